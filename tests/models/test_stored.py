"""`Stored.from_db`: rows have the columns that were read, defer the others, and can be saved."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from relations.dates import FuzzyDate
from relations.models import Event
from tests.factories import make_event


def test_a_row_has_the_columns_that_were_read_and_asks_for_the_others(db):
    event = make_event(kind="visit", happened_on="1963-08-24")
    read = Event.objects.only("slug").get()
    assert (read == event, read._state.adding, read._state.db) == (True, False, "default")
    with CaptureQueriesContext(connection) as asked:
        assert (read.slug, len(asked)) == (event.slug, 0)
        assert (read.kind, len(asked)) == ("visit", 1)
        assert (read.kind, len(asked)) == ("visit", 1)


def test_a_date_that_was_read_is_one_and_says_its_bounds(db):
    make_event(happened_on="1963-08")
    read = Event.objects.get()
    assert type(read.happened_on) is FuzzyDate
    assert (str(read.happened_on_earliest), str(read.happened_on_latest)) == ("1963-08-01", "1963-08-31")
    read.happened_on = "1964"
    assert (str(read.happened_on_earliest), str(read.happened_on_latest)) == ("1964-01-01", "1964-12-31")


def test_a_row_that_was_read_is_written_again_as_it_is(db):
    event = make_event(happened_on="1963-08")
    read = Event.objects.defer("kind").get()
    read.happened_on = "1964"
    read.save()
    again = Event.objects.get()
    assert (again.pk, again.kind, str(again.happened_on)) == (event.pk, event.kind, "1964")
    again.refresh_from_db()
    assert str(again.happened_on_earliest) == "1964-01-01"
