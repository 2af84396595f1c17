"""The fixtures themselves: loaded once more they change nothing."""

import io

import pytest
from django.core.management import call_command

from relations.exchange.rows import WRITTEN

pytestmark = pytest.mark.django_db


def history() -> dict[str, int]:
    """How many rows the history of every model has."""
    return {model.__name__: model.pgh_event_model.objects.count() for model in WRITTEN}


def test_fixtures_loaded_again_write_no_history() -> None:
    before = history()
    out = io.StringIO()
    call_command("load_fixtures", stdout=out)
    assert out.getvalue() == "The register holds what the fixtures say.\n"
    assert history() == before
