"""The fixtures: loading them again changes nothing, and no slug is more precise than its record."""

import io

import pytest
from django.core.management import call_command

from relations.models import ArmsTransfer, Event, Mission, Observation
from tests.database import history_sizes

pytestmark = pytest.mark.django_db


def test_fixtures_loaded_again_write_no_history() -> None:
    before = history_sizes()
    out = io.StringIO()
    call_command("load_fixtures", stdout=out)
    assert out.getvalue() == "The register holds what the fixtures say.\n"
    assert history_sizes() == before


@pytest.mark.parametrize("model", [Mission, Event, ArmsTransfer, Observation], ids=lambda model: model._meta.model_name)
def test_no_slug_ends_with_a_year_that_the_dates_of_its_record_leave_open(model) -> None:
    """Except periods, whose years distinguish them from others of their pair."""
    for record in model._default_manager.filter(slug__regex=r"-\d{4}$"):
        dates = [getattr(record, column) for column in (model.starts_on, model.ends_on)]
        years = {day and day.year for date in dates if date for day in (date.earliest, date.latest)}
        assert years == {int(record.slug[-4:])}, record.slug
