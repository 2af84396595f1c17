"""The environment of the tests: none of the developer's own settings, except a DATABASE_URL."""

import gc
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

RELEASES = TemporaryDirectory(prefix="dyad-releases-")  # removed after the tests
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "ENV_FILE": os.devnull,
    "SECRET_KEY": "the-secret-key-of-the-tests-is-known-to-everybody-0123456789",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "HTTPS": "off",
    "DEBUG": "off",
    "EXAMPLE": "on",
    "REVIEW_REQUIRED": "off",
    "REGISTER": str(Path(__file__).resolve().parent.parent / "fixtures" / "register.toml"),
    "RELEASES": RELEASES.name,
    "TRUSTED_PROXY": "",
    "SCRIPT_NAME": "",
    "WEB_CONCURRENCY": "2",
    "DATABASE_WAIT": "0",
    "DATABASE_REPLICA_URL": "",
    "DATABASE_REPLICA_LAG": "",
    "STATEMENT_TIMEOUT": "120",  # a busy machine creates and drops databases slowly
}


# Reference counting frees most objects. Collecting the rest after every 700 new ones takes a fifth of the tests' time.
gc.set_threshold(100_000, 50, 50)


def pytest_configure() -> None:
    from django.conf import settings  # noqa: PLC0415 - only now is the environment ready

    # Tests serve static files from the checkout, without collecting them first.
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    for database in settings.DATABASES.values():  # the data of tests need not survive a crash
        database["OPTIONS"]["options"] += " -c synchronous_commit=off"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session", autouse=True)
def fast_emptying() -> Iterator[None]:
    from django.test import TransactionTestCase  # noqa: PLC0415 - only now is the environment ready

    from tests.emptying import empty_databases  # noqa: PLC0415

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_databases)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The test database, which PostgreSQL drops only when no session uses it.

    The backend of a connection that a test has closed may live for some seconds more on a busy machine.
    """
    from django.db import connection  # noqa: PLC0415 - only now is the environment ready

    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True)
def reset_current_database() -> Iterator[None]:
    """Resets the database and data version that the last request of this thread read from."""
    from config.databases import PRIMARY, current  # noqa: PLC0415 - only now is the environment ready

    yield
    current.database, current.version = PRIMARY, ""


def pytest_collection_finish(session: pytest.Session) -> None:
    gc.freeze()  # what exists by now stays, and need not be scanned again and again
    if not (session.config.option.collectonly or hasattr(session.config, "workerinput")):
        require_browser(item.nodeid for item in session.items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_node_collection_finished(ids: Iterable[str]) -> None:
    require_browser(ids)


def require_browser(tests: Iterable[str]) -> None:
    """Stops before the first test, with one line, if some tests need a browser and there is none."""
    if not any(test.startswith("tests/e2e/") for test in tests):
        return
    from tests.e2e.browser import what_is_missing  # noqa: PLC0415 - Playwright is not for those who run other tests

    if what_is_missing():
        pytest.exit(
            "Browser tests need Chromium: run `make browser`, or other tests (make test TESTS=…).", returncode=1
        )
