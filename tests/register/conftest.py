"""Loads the fixtures once for all tests in this folder, which only read."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from pytest_django import DjangoDbBlocker


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the tests of this folder: pytest-django sets up a test database only for tests that say they need one."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(scope="package", autouse=True)
def register(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Loads the fixtures in a transaction that is rolled back after the last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_fixtures", verbosity=0)
        yield
        transaction.set_rollback(True)
