"""The fixtures themselves: loaded once more, by either command, they change nothing."""

import io

import pytest
from django.core.management import call_command

from relations.coding.fixtures import KEYS, fixture_files
from relations.coding.loading import history_of

pytestmark = pytest.mark.django_db


def history() -> dict[str, int]:
    """How many rows the history of every model has."""
    return {model.__name__: history_of(model).count() for model in KEYS}


def test_loaddata_again_writes_no_history() -> None:
    before = history()
    call_command("loaddata", *fixture_files(), verbosity=0)
    assert history() == before


def test_load_fixtures_after_loaddata_finds_nothing_to_do() -> None:
    before = history()
    out = io.StringIO()
    call_command("load_fixtures", stdout=out)
    assert out.getvalue() == "The register holds what the fixtures say.\n"
    assert history() == before
