"""The data version: changes with every transaction that changes the register, and with no other."""

from collections.abc import Iterator
from contextlib import ExitStack

import psycopg
import pytest
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction

from config.databases import PRIMARY, data_version
from relations.models import Checkup, Event, Upload
from tests.factories import make_event, make_source, make_upload
from tests.refusals import without_triggers

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = """
    INSERT INTO relations_formeraddress (collection, slug, now_at, reason, gone_at)
    VALUES ('events', 'a', '', 'deleted', now())
"""
NAME = "UPDATE relations_source SET title = %s WHERE key = %s"


def current_version() -> str:
    return data_version(PRIMARY)


def number_of_rows() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM data_version")
        return cursor.fetchone()[0]


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def writers() -> Iterator[list[psycopg.Connection]]:
    """Three transactions that write at the same time do not wait for one another."""
    for key in ("one", "two", "three"):
        make_source(key)
    run("DELETE FROM data_version")
    with ExitStack() as stack:
        parameters = connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}
        opened = [stack.enter_context(psycopg.connect(**parameters)) for _ in range(3)]
        for writer in opened:
            writer.execute("SET lock_timeout = '100ms'")
            writer.commit()
        yield opened


@pytest.mark.parametrize(
    "statement",
    [
        ADDRESS,
        "UPDATE relations_event SET note = 'Changed'",
        "DELETE FROM relations_participation",
        "TRUNCATE relations_event CASCADE",
    ],
)
def test_every_kind_of_statement_changes_the_version(statement):
    make_event(state="draft")
    before = current_version()
    assert current_version() == before
    run(statement)
    assert current_version() != before


def test_sessions_uploads_and_reads_do_not_change_the_version():
    before = current_version()
    SessionStore().save()
    make_upload().delete()
    list(Event.objects.all())
    assert current_version() == before


def test_a_rolled_back_change_does_not_change_the_version():
    before = current_version()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        make_source("never")
        raise ZeroDivisionError
    assert current_version() == before
    with transaction.atomic():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            make_source("never")
            raise ZeroDivisionError
        make_source("stays")
    assert current_version() != before


def test_a_transaction_is_one_change_seen_when_it_ends(writers):
    first, *_ = writers
    before = current_version()
    for title in ("A", "B"):
        first.execute(NAME, [title, "one"])
        assert current_version() == before
    first.commit()
    after = current_version()
    assert after != before
    assert number_of_rows() == 1


def test_writers_do_not_wait_for_one_another_and_late_commits_change_the_version(writers):
    seen = {current_version()}
    for writer, key in zip(writers, ("one", "two", "three"), strict=True):
        writer.execute(NAME, ["Changed", key])
    for writer in reversed(writers):
        writer.commit()
        seen.add(current_version())
    assert len(seen) == 4


def test_there_are_as_many_places_as_ever_wrote_at_once(writers):
    for _ in range(3):
        for writer, key in zip(writers, ("one", "two", "three"), strict=True):
            writer.execute(NAME, ["Changed", key])
        for writer in writers:
            writer.commit()
        Event.objects.all().delete()
        Event.objects.all().delete()
    assert number_of_rows() == 3


def test_a_repeatable_read_transaction_changes_the_version(writers):
    first, second, _ = writers
    first.execute("SET default_transaction_isolation = 'repeatable read'")
    first.commit()
    first.execute("SELECT count(*) FROM relations_source")
    second.execute(NAME, ["Changed", "two"])
    second.commit()
    before = current_version()
    first.execute(NAME, ["Changed", "one"])
    first.commit()
    assert current_version() != before


def test_a_session_with_disabled_triggers_changes_the_version():
    make_event(slug="visit", state="draft")
    before = current_version()
    with transaction.atomic(), without_triggers():
        Event.objects.update(note="Changed")
    assert current_version() != before


def test_every_table_of_the_register_changes_the_version():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'changes_data_version' AND tgenabled = 'A'"
        )
        changing = {table for (table,) in cursor.fetchall()}
    models = {*apps.get_app_config("relations").get_models(include_auto_created=True)} - {Checkup, Upload}
    assert changing == {model._meta.db_table for model in models if not hasattr(model, "pgh_tracked_model")}
