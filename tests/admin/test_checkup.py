"""The findings of the data checks at the desk: stored, shown with their time, and recomputed within a time limit."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from relations.coding import checks, checkups
from relations.coding.checks import Check
from relations.models import Checkup
from tests.admin.test_rights import desk_of, member
from tests.factories import make_batch, make_event, make_passage

pytestmark = pytest.mark.django_db
CHECKS = "/admin/checks/"
FIXTURES = '[{model: relations.source, fields: {key: "a", csl_type: "document", title: "A"}}]'


@pytest.fixture(autouse=True)
def no_fixtures(tmp_path, monkeypatch):
    """No fixture has a mistake."""
    (tmp_path / "sources.yaml").write_text(FIXTURES, encoding="utf-8")
    monkeypatch.setattr("relations.coding.fixtures.DIRECTORY", tmp_path)


def words(page) -> str:
    return " ".join(re.sub("<[^>]+>", " ", page.content.decode()).split())


def test_what_is_found_is_kept_and_shown_with_its_time():
    make_passage()
    make_event(slug="visit", title="A visit", state="in_review")
    client = desk_of(member("editor"))
    assert "The checks have not run yet." in words(client.get(CHECKS))
    page = words(client.post(CHECKS, follow=True))
    assert "1 error and 1 warning, looked for on" in page
    assert "by editor." in page
    assert "Uncited (1) To mend it: cite the sentence that supports it" in page
    assert "event visit: is in review and no citation supports it" in page
    assert "Unfinished (1), a warning" in page
    assert "1 error and 1 warning, looked for on" in words(client.get("/admin/"))
    checkup = Checkup.objects.get()
    assert (checkup.errors, checkup.warnings, checkup.owner.username, checkup.unfinished) == (1, 1, "editor", [])


def test_a_command_keeps_what_it_found_in_the_place_of_what_was_found_before():
    client = desk_of(member("coder"))
    make_passage()
    for _ in range(2):
        call_command("check_data", stdout=StringIO())
    assert (Checkup.objects.get().warnings, Checkup.objects.get().owner) == (1, None)
    assert "0 errors and 1 warning" in words(client.get("/admin/"))
    assert "Check now" not in words(client.get(CHECKS))


def slow():
    """A check whose query takes longer than the time limit."""
    yield "event a", "is wrong"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(30)")


def test_a_check_for_which_there_is_no_time_is_broken_off_and_named(monkeypatch):
    make_passage()
    few = [Check("slow", "wait", True, slow), *checks.CHECKS]
    monkeypatch.setattr(checkups, "CHECKS", few)
    monkeypatch.setattr(checkups, "SECONDS", 0.2)
    checkup = checkups.check_up(None)
    assert checkup.unfinished[0] == "slow"
    assert len(checkup.unfinished) == len(few)
    assert (checkup.errors, checkup.findings[0]["told"]) == (1, [["event a", "is wrong"]])
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() != ("200ms",)


def test_of_many_findings_the_first_are_kept_and_all_counted(monkeypatch):
    def many():
        yield from ((f"event {number}", "is wrong") for number in range(51))

    monkeypatch.setattr(checkups, "CHECKS", [Check("many", "mend", False, many)])
    checkup = checkups.check_up(None)
    assert (checkup.warnings, checkup.findings[0]["number"], len(checkup.findings[0]["told"])) == (51, 51, 50)


@pytest.mark.django_db(transaction=True)
def test_two_do_not_check_at_once(settings):
    with other_connection() as other, other.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('check_up'))")
        client = desk_of(member("editor"))
        assert "Somebody is checking at this moment." in words(client.post(CHECKS, follow=True))
    assert Checkup.objects.count() == 0


def other_connection():
    """Another database session."""
    return connection.Database.connect(**connection.get_connection_params())


def test_imports_stand_on_the_home_of_those_who_import(guest):
    make_batch(name="visits.csv", counts={"events": {"added": 2, "changed": 0}})
    page = words(desk_of(member("editor")).get("/admin/"))
    assert "Last imports visits.csv events: 2 added;" in page
    assert "Last imports" not in words(desk_of(member("coder")).get("/admin/"))
    assert "looked for" not in words(guest.get("/admin/"))
    assert guest.get(CHECKS).status_code == 403
