"""Sets up Django for benchmarks that run inside the site; import it before any model."""

import os

import django
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ["STATEMENT_TIMEOUT"] = os.environ["DATABASE_WAIT"] = "0"  # no limits for benchmarks
django.setup()

__all__ = ["connection", "logged_in"]


def logged_in() -> Client:
    """A test client that is logged in to the desk as a superuser."""
    client = Client(raise_request_exception=False, SERVER_NAME="127.0.0.1")
    rights = {"is_staff": True, "is_superuser": True}
    client.force_login(get_user_model().objects.get_or_create(username="bench", defaults=rights)[0])
    return client
