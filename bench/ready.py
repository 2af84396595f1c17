"""Django, set up for a bench that works inside the site: imported ahead of the models, which cannot be without it."""

import os

import django
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ["STATEMENT_TIMEOUT"] = os.environ["DATABASE_WAIT"] = "0"  # a bench has time
django.setup()

__all__ = ["connection", "signed_in"]


def signed_in() -> Client:
    """A browser of somebody at the desk."""
    client = Client(raise_request_exception=False, SERVER_NAME="127.0.0.1")
    rights = {"is_staff": True, "is_superuser": True}
    client.force_login(get_user_model().objects.get_or_create(username="bench", defaults=rights)[0])
    return client
