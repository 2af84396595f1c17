"""The rights of the site's database role: it reads and writes data, and cannot change the rules."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, ProgrammingError, connection, transaction

from relations.models import Event, FormerAddress, Upload
from tests.factories import cite, make_event, make_one_of_everything, make_upload
from tests.refusals import commit

pytestmark = pytest.mark.django_db
WEB = "dyad_web_of_the_tests"
SWITCH = """
    CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
    LANGUAGE sql AS 'SELECT true'
"""
ADDRESS = """
    INSERT INTO relations_formeraddress (collection, slug, now_at, reason, gone_at)
    VALUES ('events', 'a', '', 'deleted', now())
"""
CONTEXT = """
    INSERT INTO pghistory_context (id, created_at, updated_at, metadata)
    VALUES (gen_random_uuid(), now(), now(), '{"user": 1}')
"""


@pytest.fixture
def web():
    """Has the rights of the site's role until the end of the test."""
    make_one_of_everything()
    make_event(slug="public")
    commit()
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {WEB}")
        call_command("grant_access", WEB, stdout=StringIO())
        cursor.execute(f"SET LOCAL ROLE {WEB}")
        yield cursor
        cursor.execute("RESET ROLE")


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (number int)",
        "TRUNCATE relations_event CASCADE",
        "DROP TABLE relations_event",
        "ALTER TABLE relations_event DISABLE TRIGGER ALL",
        "ALTER TABLE relations_event DROP CONSTRAINT event_title_when_published",
        "SET session_replication_role = replica",
        SWITCH,
        "UPDATE django_migrations SET name = 'none'",
        "DELETE FROM django_migrations",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('relations', '9999', now())",
        "UPDATE relations_eventhistory SET title = 'Never happened'",
        "DELETE FROM relations_eventhistory",
        "DELETE FROM pghistory_context",
        ADDRESS,
        "UPDATE relations_formeraddress SET slug = 'free'",
        "DELETE FROM relations_formeraddress",
        "DELETE FROM data_version",
        "DELETE FROM relations_entry",
        "UPDATE relations_listing SET under = 'EGY'",
        "UPDATE relations_standing SET negated = true",
        "INSERT INTO relations_word (text) VALUES ('hwasong')",
        "UPDATE data_version SET changed_by = '1'",
    ],
)
def test_the_role_of_the_site_may_not_execute_it(web, statement):
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), transaction.atomic():
        web.execute(statement)


@pytest.mark.parametrize(
    ("statement", "refusal"),
    [
        ("UPDATE relations_event SET slug = 'other' WHERE slug = 'public'", "was published and cannot change"),
        ("DELETE FROM relations_citation", "needs a citation that supports it"),
        ("UPDATE relations_event SET state = 'published' WHERE slug = 'draft'", "event_title_when_published"),
        ("UPDATE relations_country SET code = 'XXX' WHERE code = 'EGY'", "Cannot update"),
    ],
)
def test_no_session_setting_disables_a_rule(web, statement, refusal):
    web.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
    names = ",".join(name for (name,) in web.fetchall())
    web.execute("SELECT set_config('pgtrigger.ignore', %s, true)", [f"{{{names}}}"])
    with pytest.raises(DatabaseError, match=refusal), transaction.atomic():
        web.execute(statement)
        commit()


def test_the_role_writes_data_with_history_and_former_addresses(web):
    event = make_event("PRK", slug="entered")
    cite(event)
    event.title = "Changed"
    event.save()
    commit()
    event.delete()
    commit()
    assert FormerAddress.objects.values_list("slug", "reason").get(slug="entered") == ("entered", "deleted")
    kept = Event.pgh_event_model.objects.filter(slug="entered").order_by("pgh_id").values_list("pgh_label", flat=True)
    assert list(dict.fromkeys(kept)) == ["insert", "update", "delete"]
    FormerAddress.objects.filter(slug="entered").update(now_at="public")


def test_the_role_stores_and_deletes_uploads(web):
    upload = make_upload(content=b"slug\nb\n")
    Upload.objects.stage(Upload(owner=upload.owner, collection="events", file_format="csv", name="a", content=b"slug"))
    assert Upload.objects.waiting(upload.owner, "events").select_for_update().get(name="a").delete()[0] == 1


def test_the_context_of_a_change_cannot_be_rewritten(web):
    web.execute(CONTEXT)
    web.execute("""UPDATE pghistory_context SET metadata = '{"user": 1, "import_file": "a.csv"}'""")
    another_user = """metadata = '{"user": 2, "import_file": "a.csv"}'"""
    for change in (another_user, "metadata = '{}'", "created_at = '2000-01-01'"):
        with pytest.raises(DatabaseError, match="can be added to, and not rewritten"), transaction.atomic():
            web.execute(f"UPDATE pghistory_context SET {change}")


def test_a_role_that_may_not_create_roles_gets_an_explanation(monkeypatch):
    monkeypatch.setenv("WEB_PASSWORD", "secret")
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {WEB}")
        cursor.execute(f"SET LOCAL ROLE {WEB}")
        with pytest.raises(CommandError) as refusal:
            call_command("grant_access", "another")
        cursor.execute("RESET ROLE")
    assert str(refusal.value) == (
        "This role may not make or change the role another (it lacks CREATEROLE). Have it made by somebody who may, "
        "and leave WEB_PASSWORD out."
    )
