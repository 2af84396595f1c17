"""The environment of the tests: nothing of the developer's own, except the database that they name."""

import os

os.environ |= {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "ENV_FILE": os.devnull,
    "SECRET_KEY": "the-secret-key-of-the-tests-is-known-to-everybody-0123456789",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "HTTPS": "off",
    "DEBUG": "off",
    "SITE_TITLE": "Dyad",
    "STUDIED_STATE": "PRK",
    "TRUSTED_PROXY": "",
}


def pytest_configure() -> None:
    from django.conf import settings  # noqa: PLC0415 - only now is the environment ready

    # Tests serve static files as they stand in the checkout, without collecting them first.
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
