"""Migrations contain what the database depends on, with frozen copies of functions, and no help texts or messages."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.db.models import CheckConstraint

from relations.management.bare import BareAutodetector
from relations.models import Event
from tests.factories import make_event
from tests.refusals import refused

ROOT = Path(apps.get_app_config("relations").path)


def changes(alter):
    """The operations that `makemigrations` would create after a change of the models."""
    history, after = MigrationLoader(None), ProjectState.from_apps(apps)
    alter(after.models["relations", "event"])
    found = BareAutodetector(history.project_state(), after).changes(graph=history.graph)
    return [type(operation).__name__ for migration in found.get("relations", ()) for operation in migration.operations]


def reword_help(event):
    event.fields["title"].help_text = "Said otherwise."


def rename_label(event):
    event.fields["title"]._verbose_name = "heading"
    event.options["verbose_name_plural"] = "happenings"


def relabel_choices(event):
    event.fields["kind"].choices = [("visit", "A visit")]


def validate_otherwise(event):
    event.fields["title"]._validators = [lambda value: None]


def reword_refusal(event):
    event.options["constraints"][0].violation_error_message = "Said otherwise."


@pytest.mark.parametrize("alter", [reword_help, rename_label, relabel_choices, validate_otherwise, reword_refusal])
def test_words_cost_no_migration(alter):
    assert changes(alter) == []


def widen(event):
    event.fields["title"].max_length = 161


def drop_a_rule(event):
    event.options["constraints"] = event.options["constraints"][1:]


@pytest.mark.parametrize(("alter", "operations"), [(widen, ["AlterField"]), (drop_a_rule, ["RemoveConstraint"])])
def test_what_postgresql_knows_costs_a_migration(alter, operations):
    assert changes(alter) == operations


def test_no_words_stand_in_migrations():
    text = "".join(path.read_text() for path in (ROOT / "migrations").glob("*.py"))
    assert re.findall("help_text|verbose_name|violation_error_message|validators|choices=", text) == []


@pytest.mark.django_db
def test_functions_that_migrations_made_are_the_live_ones():
    """Migrations have copies of the SQL; whoever changes the live file must add a migration that does the same."""
    live = (ROOT / "sql" / "functions.sql").read_text()
    columns = "proname, prosrc, provolatile, proparallel, proisstrict, prorettype::regtype::text, proargnames"
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA live")
        cursor.execute(live.replace("public.", "live."))
        cursor.execute(
            f"SELECT {columns} FROM pg_proc WHERE pronamespace = 'live'::regnamespace"
            " AND proname !~ '^text' ORDER BY proname"
        )
        written = [(name, source.replace("live.", "public."), *rest) for name, source, *rest in cursor.fetchall()]
        cursor.execute(
            f"SELECT {columns} FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
            " AND proname = ANY(%s) ORDER BY proname",
            [[name for name, *_ in written]],
        )
        made = cursor.fetchall()
    names = set(re.findall(r"FUNCTION public\.(\w+)\(", live))
    assert {name for name, *_ in written} == names
    assert made == written


@pytest.mark.django_db
def test_no_session_can_switch_a_trigger_off():
    event = make_event(slug="visit")
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        names = ",".join(name for (name,) in cursor.fetchall())
        cursor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", [f"{{{names}}}"])
        with refused("event_slug_is_frozen"):
            Event.objects.filter(pk=event.pk).update(slug="voyage")
        cursor.execute("SELECT public._pgtrigger_should_ignore(tgname) FROM pg_trigger WHERE NOT tgisinternal")
        assert set(cursor.fetchall()) == {(False,)}


def test_every_rule_has_words_of_its_own():
    """Refusals show these messages, which migrations leave out."""
    for model in apps.get_app_config("relations").get_models():
        for constraint in model._meta.constraints:
            if isinstance(constraint, CheckConstraint):
                assert constraint.violation_error_message != constraint.default_violation_error_message, constraint.name
