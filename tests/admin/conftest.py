"""Clients for the admin: signed in as an editor with all permissions, and as staff without any."""

import pytest

MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def editor(db, django_user_model):
    """A superuser."""
    return django_user_model.objects.create_superuser("rosa")


@pytest.fixture
def desk(client, editor):
    """A client that is signed in as a superuser."""
    client.force_login(editor, MODEL_BACKEND)
    return client


@pytest.fixture
def guest(client, db, django_user_model):
    """A client that is signed in as staff without any permission."""
    client.force_login(django_user_model.objects.create_user("ada", is_staff=True), MODEL_BACKEND)
    return client
