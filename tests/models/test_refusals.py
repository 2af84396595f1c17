"""Errors of PostgreSQL are shown in words for the person who entered the data."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import DatabaseError, OperationalError, connection, transaction

from relations.models import CountryCode, Event, Passage, Source
from relations.models.constraints import TIDY
from relations.models.refusals import AWAY, BUSY, FULL, SLOW, STILL_NAMED, refusal
from tests.factories import cite, make_country, make_event, make_passage, make_source
from tests.refusals import commit

pytestmark = pytest.mark.django_db


@contextmanager
def refused_with(*expected: str) -> Iterator[None]:
    """Asserts that the block is refused, with this column and reason."""
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        yield
        commit()
    assert refusal(error.value) == expected


@pytest.mark.django_db(transaction=True)
def test_rows_that_somebody_else_is_changing():
    with transaction.atomic():
        event = make_event()
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}) as other:
        other.execute("SELECT FROM relations_event FOR UPDATE")
        with refused_with("", BUSY), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '10ms'")
            Event.objects.filter(pk=event.pk).update(title="Mine")


def test_what_takes_too_long():
    with refused_with("", SLOW), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '10ms'")
        cursor.execute("SELECT pg_sleep(60)")


@pytest.mark.parametrize(
    ("code", "reason"), [("40P01", BUSY), ("40001", BUSY), ("53100", FULL), ("57P01", AWAY), ("08006", AWAY)]
)
def test_what_is_no_fault_of_a_row(code, reason):
    with refused_with("", reason), connection.cursor() as cursor:
        cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION 'in its own words' USING ERRCODE = '{code}'; END $$")


def test_a_lost_connection():
    assert refusal(OperationalError("server closed the connection unexpectedly")) == ("", AWAY)


def test_a_key_that_another_row_has():
    make_event(slug="a-visit")
    with refused_with("slug", "“a-visit” is taken already"):
        make_event(slug="a-visit")


def test_a_key_of_several_columns_that_another_row_has():
    code = {"country": make_country("YMD"), "scheme": "cow", "value": "680"}
    CountryCode.objects.create(**code)
    reason = (
        "There is one already with the same scheme, value, valid_from: country_id “YMD”, scheme “cow”, value “680”."
    )
    with refused_with("", reason):
        CountryCode.objects.create(**code)
    make_passage(make_source(), "egypt.1.1")
    with refused_with("", "There is one already with the same source, ref: ref “egypt.1.1”."):
        make_passage(make_source(), "egypt.1.1")


def test_a_name_that_another_row_has_is_told_at_its_column():
    make_country("CIV", name="Côte d’Ivoire")
    with refused_with("name", "another country has this name, but for its case, accents or spaces."):
        make_country("XXX", name="cote d'ivoire")


def test_what_is_needed():
    with refused_with("title", "is needed"):
        Source.objects.create(key="a", csl_type="document", title=None)
    with refused_with("source", "is needed"):
        make_passage()
        Passage.objects.update(source=None)


def test_a_row_that_is_not_there_any_more_or_is_still_named():
    with refused_with("", STILL_NAMED):
        Passage.objects.filter(pk=make_passage().pk).update(source_id=0)
    cite(make_country("EGY"))
    with refused_with("", STILL_NAMED):
        Source.objects.all()._raw_delete("default")


def test_a_rule_that_is_made_in_sql():
    citation = cite(make_country("EGY"), passage=make_passage(make_source("handbook")))
    with refused_with("", "A passage that is cited stays with the source of its citations."):
        Passage.objects.filter(pk=citation.passage_id).update(source=make_source("report"))


def test_a_rule_about_all_of_a_row_names_no_column():
    with refused_with("", TIDY):
        make_country("EGY")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE relations_country SET official_name = %s", ["Arab\u202eRepublic"])
