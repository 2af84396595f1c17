"""Trials of imports: PostgreSQL checks everything as in a real import, but nothing is written or locked."""

from threading import Thread
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction
from tablib import Dataset

from relations.exchange import intake
from relations.exchange.batches import File
from relations.exchange.foreign import read_table
from relations.exchange.imports import RESOURCES
from relations.exchange.intake import Intake, Outcome
from relations.exchange.profiles import read_profile
from relations.exchange.trial import on_trial
from relations.models import Batch, Country, Event, FormerAddress, RelationPeriod, Source
from relations.prepared import planned
from tests.factories import cite, make_batch, make_country, make_event, make_period, make_source

PROFILE = """
[source]
key = "visits"
csl_type = "dataset"
title = "Visits"

[[records]]
of = "events"

[records.cells]
slug = "{slug}"
kind = "visit"
happened_on = "1973"
title = "{title}"
participants = ["{guest}:actor"]
"""
VISITS = b"slug,title,guest\nfirst,First,PRK\nsecond,Second,PRK\nthird,Third,PRK\n"


def tried(table: bytes = VISITS, **options: Any) -> Outcome:
    profile = read_profile("visits", PROFILE)
    return Intake(read_table(table, profile), profile, File("visits.csv", "0" * 64), state="published").run(
        rehearse=True, **options
    )


def of_tables(what: str) -> dict[str, int]:
    """A statistic of PostgreSQL for each table or sequence of the register."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute(what)
        return dict(cursor.fetchall())


WRITTEN = "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_user_tables WHERE schemaname = 'public'"
TAKEN = "SELECT sequencename, coalesce(last_value, 0) FROM pg_sequences WHERE schemaname = 'public'"


@pytest.mark.django_db(transaction=True)
def test_a_colleague_saves_while_a_file_is_tried_and_nothing_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction.atomic():
        make_country("PRK")
        cite(make_event("PRK", slug="first", title="Old"), source=make_source("visits"), locator="row 1")
    before = of_tables(WRITTEN), of_tables(TAKEN)
    saved: list[str] = []

    def colleague() -> None:
        """Changes the record that is being tried, and publishes another one of the same country."""
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '1s'")
                Event.objects.filter(slug="first").update(note="Looked at")
                make_event("PRK", slug="of-a-colleague", title="Of a colleague")
            saved.append("saved")
        except DatabaseError as error:
            saved.append(str(error))
        finally:
            connections.close_all()

    def write_and_wait(*args: Any, **kwargs: Any) -> None:
        write(*args, **kwargs)
        assert (of_tables(WRITTEN), of_tables(TAKEN)) == before
        thread = Thread(target=colleague)
        thread.start()
        thread.join()

    write = intake.write
    monkeypatch.setattr("relations.exchange.intake.write", write_and_wait)
    outcome = tried()
    assert saved == ["saved"]
    assert outcome.refusals == []
    assert {of: dict(done) for of, done in outcome.counts.items()} == {
        "events": {"added": 2, "changed": 1, "unchanged": 0}
    }
    assert list(Event.objects.order_by("slug").values_list("slug", "title")) == [
        ("first", "Old"),
        ("of-a-colleague", "Of a colleague"),
    ]


@pytest.mark.django_db
def test_postgresql_itself_lets_a_trial_write_nothing() -> None:
    with pytest.raises(DatabaseError, match="read-only transaction"), on_trial():
        make_batch()
    make_batch()
    assert Batch.objects.count() == 1


@pytest.mark.django_db
def test_later_chunks_see_the_rows_of_earlier_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    """The source of a table, and rows of earlier chunks."""
    monkeypatch.setattr("relations.exchange.intake.AT_ONCE", 1)
    make_country("PRK")
    outcome = tried()
    assert outcome.refusals == []
    assert {of: done["added"] for of, done in outcome.counts.items()} == {"sources": 1, "events": 3}
    assert Source.objects.count() == 0


@pytest.mark.django_db
def test_queries_planned_before_a_trial_read_its_rows() -> None:
    make_country("PRK")
    of_codes = planned(lambda codes: Country.objects.filter(pk__among=codes).values_list("pk"))
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE of_this_session ()")  # else its schema would be new to the plan
        assert of_codes(["PRK"]) == [("PRK",)]
        with on_trial():
            cursor.execute("INSERT INTO gone_relations_country VALUES ('PRK')")
            assert of_codes(["PRK"]) == []
        assert of_codes(["PRK"]) == [("PRK",)]


def tried_rows(model: Any, *rows: dict[str, str]) -> list[str]:
    """The refusals of a file in our own columns, after asserting that trial and import refuse the same."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    told = []
    for dry_run in (True, False):
        dataset = Dataset(*(tuple(row.get(name, "") for name in names) for row in rows), headers=names)
        with transaction.atomic():
            result = RESOURCES[model]().import_data(dataset, dry_run)
            transaction.set_rollback(True)
        base = [str(error.error) for error in result.base_errors]
        told.append(base + [message for row in result.invalid_rows for message in row.error.messages])
    assert told[0] == told[1]
    return told[0]


@pytest.mark.django_db
def test_rules_of_triggers_exclusions_and_the_end_are_told_as_when_writing() -> None:
    make_country("PRK")
    make_country("EGY")
    make_source("a-book")
    period = make_period("legal", "established", began_on="1963", ended_on="1970")
    FormerAddress.objects.create(collection="events", slug="gone", reason="deleted")
    public = {"state": "published", "citations": "a-book@1"}
    event = {"kind": "visit", "title": "A visit", "happened_on": "1973", "participants": "PRK:actor", **public}
    assert tried_rows(Event, {**event, "slug": "gone"}) != []
    assert tried_rows(Event, {**event, "slug": "uncited", "citations": ""}) != []
    assert tried_rows(Event, {**event, "slug": "without-parties", "participants": ""}) != []
    assert tried_rows(Event, {**event, "slug": "right"}) == []
    of_track = {"relation": str(period.relation), "track": "legal", "value": "severed", **public}
    assert tried_rows(RelationPeriod, {**of_track, "slug": "new", "began_on": "1965", "ended_on": "1968"}) != []
    assert tried_rows(RelationPeriod, {**of_track, "slug": "new", "began_on": "1975"}) == []


@pytest.mark.django_db
def test_a_name_that_a_country_of_the_register_has_is_refused_as_when_writing() -> None:
    make_country("EGY", name="Egypt")
    make_country("QAT", name="Qatar")
    reason = "another country has this name, but for its case, accents or spaces."
    state = {"kind": "state"}
    assert tried_rows(Country, {"code": "XEG", "name": "\xa0Égypt", **state}) == [
        f"line 2, column name: '\xa0Égypt': {reason}"
    ]
    assert tried_rows(Country, {"code": "QAT", "name": "EGYPT", **state}) == [f"line 2, column name: 'EGYPT': {reason}"]
    twins = {"code": "XAA", "name": "Arcadia", **state}, {"code": "XAB", "name": "arcadia", **state}
    assert tried_rows(Country, *twins) == [f"line 3, column name: 'arcadia': {reason}"]
    assert tried_rows(Country, {"code": "EGY", "name": "EGYPT", **state}) == []
