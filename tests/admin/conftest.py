"""The admin in the hands of an editor, and of somebody who may do nothing in it."""

import pytest

MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def editor(db, django_user_model):
    """Somebody who may do everything."""
    return django_user_model.objects.create_superuser("rosa")


@pytest.fixture
def desk(client, editor):
    """The admin in the hands of somebody who may do everything."""
    client.force_login(editor, MODEL_BACKEND)
    return client


@pytest.fixture
def guest(client, db, django_user_model):
    """The admin in the hands of staff without any permission."""
    client.force_login(django_user_model.objects.create_user("ada", is_staff=True), MODEL_BACKEND)
    return client
