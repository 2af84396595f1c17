"""Batches: recorded, published together, and taken back as a whole or not at all."""

import io
from typing import Any

import pghistory
import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from relations.exchange.batches import FREE_FOR, drafts_of, publish, refusal_to_publish, refusal_to_take_back, take_back
from relations.exchange.imports import RESOURCES
from relations.exchange.rows import RefusedError
from relations.models import Batch, Event, FormerAddress, Participation, Relation, RelationPeriod, Source
from tests.exchange.test_imports import csv_of
from tests.factories import cite, make_country, make_event, make_passage, make_source
from tests.refusals import commit

pytestmark = pytest.mark.django_db

EVENT = {
    "slug": "visit",
    "kind": "visit",
    "happened_on": "1973-03",
    "title": "A visit",
    "participants": "PRK:actor; EGY:recipient",
    "citations": "table@row 1",
    "state": "published",
}


def imported(*rows: dict[str, str], model: Any = Event, user: Any = None) -> Batch:
    """The batch of an import without refusals."""
    result = RESOURCES[model]().import_data(csv_of(*rows), file_name="visits.csv", user=user, raise_errors=True)
    return result.batch


@pytest.fixture
def table() -> Source:
    """The rows that the imports refer to: two states and a source."""
    make_country("PRK")
    make_country("EGY")
    return make_source("table", csl_type="dataset")


def member(group: str) -> Any:
    user = User.objects.create_user(group, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return User.objects.get(pk=user.pk)


def obstacles(batch: Batch) -> list[str]:
    """The obstacles to taking a batch back."""
    with pytest.raises(RefusedError) as refused:
        take_back(batch)
    return str(refused.value).splitlines()


def test_drafts_of_a_batch_are_published_some_thousand_at_once(table: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = imported(*(EVENT | {"slug": slug, "state": "draft"} for slug in ("a", "b", "c")))
    monkeypatch.setattr("relations.exchange.batches.AT_ONCE", 2)
    with CaptureQueriesContext(connection) as queries:
        assert publish(batch) == 3
    assert sum('UPDATE "relations_event" SET "state"' in each["sql"] for each in queries) == 2
    assert {*Event.objects.values_list("state", flat=True)} == {"published"}


def test_drafts_of_a_batch_are_found_by_their_keys_and_not_beside_its_whole_history(table: Source) -> None:
    make_event(slug="another", state="draft")
    batch = imported(EVENT | {"state": "draft"})
    drafts = drafts_of(batch)[Event]
    assert [*drafts.values_list("slug", flat=True)] == ["visit"]
    assert "history" not in str(drafts.query)


def test_an_import_is_a_batch_that_knows_what_it_did(table: Source) -> None:
    make_event(slug="other")
    batch = imported(EVENT, {**EVENT, "slug": "other", "title": "Another"})
    assert (batch.name, batch.profile, batch.owner, len(batch.sha256)) == ("visits.csv", "events", None, 64)
    assert (batch.counts, batch.summary) == ({"events": {"added": 1, "changed": 1}}, "events: 1 added, 1 changed")
    assert imported(EVENT, {**EVENT, "slug": "other", "title": "Another"}) is None


def test_a_batch_is_taken_back_as_a_whole_and_what_it_changed_is_as_before(table: Source) -> None:
    other = make_event("PRK", slug="other", title="As it was", note="Kept.")
    before = list(other.participations.values_list("country", "role")), list(other.citations.values_list("passage"))
    batch = imported(EVENT, {**EVENT, "slug": "other", "title": "Changed"})
    assert (Event.objects.get(slug="other").title, Participation.objects.count()) == ("Changed", 4)

    take_back(batch)

    other.refresh_from_db()
    assert [event.slug for event in Event.objects.all()] == ["other"]
    assert (other.title, other.note, other.happened_on) == ("As it was", "Kept.", "")
    after = list(other.participations.values_list("country", "role")), list(other.citations.values_list("passage"))
    assert after == before
    commit()
    batch.refresh_from_db()
    assert (batch.taken_back_at is None, batch.taken_back_by) == (False, None)
    assert obstacles(batch) == ["it is taken back already"]


def test_addresses_are_free_again_where_nobody_can_have_cited_them(table: Source) -> None:
    take_back(imported(EVENT))
    assert FormerAddress.objects.count() == 0
    batch = imported({**EVENT, "slug": "second"})
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE relations_event DISABLE TRIGGER USER")
        cursor.execute("UPDATE relations_event SET published_at = now() - interval '25 hours'")
        cursor.execute("ALTER TABLE relations_event ENABLE TRIGGER USER")
    take_back(batch)
    assert list(FormerAddress.objects.values_list("slug", "reason")) == [("second", "deleted")]


def test_an_address_that_went_before_stays_known(table: Source) -> None:
    make_event(slug="gone").delete()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE relations_formeraddress SET gone_at = gone_at - interval '1 minute'")
    take_back(imported(EVENT))
    assert list(FormerAddress.objects.values_list("slug", flat=True)) == ["gone"]


def test_later_edits_stand_in_the_way_one_by_one(table: Source, django_user_model: Any) -> None:
    rosa = django_user_model.objects.create_user("rosa")
    batch = imported(EVENT, {**EVENT, "slug": "second", "title": "Another"}, {**EVENT, "slug": "third"})
    visit, second = Event.objects.get(slug="visit"), Event.objects.get(slug="second")
    today = f"{timezone.now():%Y-%m-%d}"
    with pghistory.context(user=rosa.pk):
        Event.objects.filter(pk=visit.pk).update(title="Mended")
    with pghistory.context():
        cite(second, passage=make_passage(), stance="mentions")
        make_event(slug="later", possibly_same_as=second)
    told = obstacles(batch)
    assert told[0] == f"event visit: changed on {today} by rosa"
    assert "event later: names event second" in told
    assert [line for line in told if line.startswith("event second: has citation")] != []
    assert (Event.objects.count(), [line for line in told if "third" in line]) == (4, [])


def test_a_dyad_that_others_need_by_now_stays(table: Source) -> None:
    period = {"track": "legal", "value": "established", "citations": "table@row 1", "state": "published"}
    relation = {"country_a": "EGY", "country_b": "PRK"}
    batch = imported(relation, model=Relation)
    with pghistory.context():
        RESOURCES[RelationPeriod]().import_data(
            csv_of({**period, "slug": "ties", "relation": "EGY-PRK"}), raise_errors=True
        )
    take_back(batch)
    assert Relation.objects.count() == 1
    other = imported({"country_a": "EGY", "country_b": "TUR"}, model=Relation) if make_country("TUR") else None
    take_back(other)
    assert Relation.objects.count() == 1


def test_who_may_not_publish_imports_drafts_which_an_editor_publishes_together(table: Source) -> None:
    coder, editor = member("coder"), member("editor")
    batch = imported({**EVENT, "state": "draft"}, {**EVENT, "slug": "second", "state": "draft"}, user=editor)
    assert refusal_to_publish(batch, coder) == "you may not publish events"
    with pytest.raises(RefusedError, match="you may not publish events"):
        publish(batch, coder)
    assert publish(batch, editor) == 2
    assert set(Event.objects.values_list("state", flat=True)) == {"published"}
    assert refusal_to_publish(batch, editor) == "it has no drafts"
    batch.refresh_from_db()
    take_back(batch)
    assert Event.objects.count() == 0


def test_where_review_is_required_somebody_else_publishes(table: Source, settings: Any) -> None:
    settings.REVIEW_REQUIRED = True
    manager, editor = member("manager"), member("editor")
    batch = imported({**EVENT, "state": "draft"}, user=editor)
    told = "nobody else has worked on this; a second person publishes it"
    assert (refusal_to_publish(batch, editor), refusal_to_publish(batch, manager)) == (told, "")


def test_who_imported_takes_back_while_it_is_fresh_and_later_who_may_withdraw(table: Source) -> None:
    editor, manager = member("editor"), member("manager")
    batch = imported(EVENT, user=editor)
    assert refusal_to_take_back(batch, editor) == ""
    batch.made_at -= FREE_FOR
    assert (refusal_to_take_back(batch, editor), refusal_to_take_back(batch, manager)) == (
        "you may not withdraw events",
        "",
    )
    assert refusal_to_take_back(batch, member("coder")) == "you may not withdraw events"


def test_publishing_needs_evidence_for_every_draft(table: Source) -> None:
    batch = imported({**EVENT, "state": "draft", "citations": ""})
    with pytest.raises(DatabaseError, match="a published record needs a citation"), transaction.atomic():
        publish(batch)


def test_the_command_names_batches_and_takes_one_back(table: Source) -> None:
    batch, out = imported(EVENT), io.StringIO()
    call_command("take_back_batch", stdout=out)
    assert f"{batch.pk}  " in out.getvalue()
    call_command("take_back_batch", batch.pk, stdout=out)
    assert (Event.objects.count(), "Taken back: events: 1 added" in out.getvalue()) == (0, True)
    with pytest.raises(CommandError, match="it is taken back already"):
        call_command("take_back_batch", batch.pk)
    with pytest.raises(CommandError, match="There is no batch 0"):
        call_command("take_back_batch", 0)
