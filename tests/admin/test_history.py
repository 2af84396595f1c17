"""The history of a record in words; and undoing one revision, reverting to an earlier one, restoring a deletion."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import connection, transaction
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from relations.admin import changes
from relations.models import Actor, Citation, Event, FormerAddress, Passage, Source
from relations.rights import make_groups
from relations.versions import versions_of
from tests.admin.conftest import MODEL_BACKEND
from tests.factories import (
    aged,
    cite,
    make_actor,
    make_country,
    make_event,
    make_passage,
    make_period,
    make_source,
    make_transfer,
)

# The revisions of a row are transactions, so each change needs its own.
User = get_user_model()
ABOUT_120 = {"low": 120, "high": 120, "qualifier": "about", "unit": "pieces"}

pytestmark = pytest.mark.django_db(transaction=True)


def page(row, name: str, *args):
    return reverse(f"admin:relations_{row._meta.model_name}_{name}", args=[row.pk, *args])


def told(response) -> list[tuple[str, str, list]]:
    return [(change.what, change.verb, change.columns) for change in response.context["changes"]]


def taken_back(desk, row, step: int, how: str, **posted) -> list[str]:
    """Posts a revert; returns the refusals, if there are any."""
    url = page(row, how, step)
    form = desk.get(url).context["form"]
    answer = desk.post(url, {"reason": "A slip", "version": form["version"].value()} | posted)
    if answer.status_code == 200:
        return answer.context["refused"] or [str(each) for errors in form.errors.values() for each in errors]
    assert answer.url == page(row, "history")
    return []


@pytest.fixture
def visit():
    """A published event whose title was changed, then its date and a party."""
    with transaction.atomic():
        event = make_event("PRK", "EGY", slug="visit", title="A visit", happened_on="1973-03")
    Event.objects.update(title="A state visit")
    with transaction.atomic():
        Event.objects.update(happened_on="1973~", kind="agreement")
        event.participations.filter(country="EGY").delete()
        event.participations.create(country=make_country("SYR"), role="host")
    return event


def test_a_history_tells_each_change_in_words(desk, visit):
    figure = make_transfer(state="draft", **{f"number_ordered_{part}": each for part, each in ABOUT_120.items()})
    revisions = desk.get(page(visit, "history")).context["revisions"]
    assert [revision.step for revision in revisions] == [2, 1, 0]
    assert [(change.what, change.verb, change.columns) for change in revisions[0].changes] == [
        (
            "event",
            "changed",
            [("Kind", "Visit", "Agreement"), ("Happened on", "March 1973 (1973-03)", "about 1973 (1973~)")],
        ),
        (
            "participation Egypt (recipient)",
            "deleted",
            [("Role", "Recipient", ""), ("Country", "Egypt", "")],
        ),
        (
            "participation Syria (host)",
            "added",
            [("Role", "", "Host"), ("Country", "", "Syria")],
        ),
    ]
    (revision,) = desk.get(page(figure, "history")).context["revisions"]
    assert ("Number ordered", "", "about 120 pieces") in revision.changes[0].columns


def test_one_change_is_taken_back_and_later_ones_stay(desk, visit):
    assert told(desk.get(page(visit, "undo", 1))) == [
        ("event A state visit", "changed", [("Title", "A state visit", "A visit")])
    ]
    assert taken_back(desk, visit, 1, "undo") == []
    kept = Event.objects.values_list("title", "happened_on", "version").get()
    assert kept == ("A visit", "1973~", 4)
    (last, *_) = desk.get(page(visit, "history")).context["revisions"]
    assert (last.who, last.why) == ("rosa", "A slip")


def test_a_button_says_what_it_does(desk, visit):
    buttons = {how: desk.get(page(visit, how, 1)).context["button"] for how in ("undo", "back")}
    assert buttons == {"undo": "Take it back", "back": "Make it so again"}


def test_a_change_of_parts_is_taken_back_with_its_parts(desk, visit):
    assert taken_back(desk, visit, 2, "undo") == []
    assert set(visit.participations.values_list("country", "role")) == {("PRK", "actor"), ("EGY", "recipient")}
    assert Event.objects.values_list("title", "happened_on", "kind").get() == ("A state visit", "1973-03", "visit")


def test_a_part_that_came_back_since_stays_as_it_is(desk, visit):
    assert taken_back(desk, visit, 0, "back") == []
    visit.participations.filter(country="EGY").update(role="host")
    assert taken_back(desk, visit, 2, "undo") == ["there is nothing left to change"]
    assert set(visit.participations.values_list("country", "role")) == {("PRK", "actor"), ("EGY", "host")}


def test_all_since_a_point_is_taken_back(desk, visit):
    assert taken_back(desk, visit, 0, "back") == []
    assert set(visit.participations.values_list("country", "role")) == {("PRK", "actor"), ("EGY", "recipient")}
    assert Event.objects.values_list("title", "happened_on", "kind").get() == ("A visit", "1973-03", "visit")
    assert taken_back(desk, visit, 0, "back") == ["there is nothing left to change"]
    assert taken_back(desk, visit, 2, "back") == []
    assert set(visit.participations.values_list("country", "role")) == {("PRK", "actor"), ("SYR", "host")}


def test_what_was_changed_again_since_stands_in_the_way(desk, visit):
    Event.objects.update(title="A working visit")
    visit.participations.filter(country="SYR").update(role="victim")
    assert taken_back(desk, visit, 1, "undo") == ["event A working visit: title changed again since"]
    assert taken_back(desk, visit, 2, "undo") == ["participation Syria (victim): role changed again since"]
    assert Event.objects.get().title == "A working visit"
    visit.participations.filter(country="SYR").delete()
    assert taken_back(desk, visit, 4, "undo") == ["participation Syria (victim): it is gone since"]


def test_nothing_is_taken_back_without_a_reason_or_of_another_version(desk, visit):
    assert desk.post(page(visit, "undo", 1), {"reason": "", "version": "3"}).context["form"].errors["reason"]
    assert taken_back(desk, visit, 1, "undo", version="2") == ["it has changed since this page was opened; look again"]
    assert Event.objects.get().title == "A state visit"


def test_what_postgresql_refuses_is_reported_and_nothing_is_written(desk):
    with transaction.atomic():
        event = make_event("PRK", slug="visit", title="A visit", state="draft")
    with transaction.atomic():
        cite(event)
        Event.objects.update(title="A state visit")
    Event.objects.update(state="published")
    assert taken_back(desk, event, 1, "undo") == ["a published record needs a citation that supports it: visit"]
    assert (Event.objects.get().title, event.citations.count()) == ("A state visit", 1)


def test_steps_that_are_none_have_no_page(desk, visit):
    for how, step in (("undo", 0), ("undo", 9), ("back", 9)):
        assert desk.get(page(visit, how, step)).status_code == 404, (how, step)
    assert desk.get(reverse("admin:relations_event_undo", args=["none", 1])).status_code == 404


def test_a_deleted_record_is_brought_back_with_its_parts_its_slug_and_its_address(desk, client, visit):
    key, evidence = visit.pk, str(visit.citations.get())
    visit.delete()
    assert Client().get("/events/visit/").status_code == 410
    history = desk.get(reverse("admin:relations_event_history", args=[key]))
    assert "Bring it back" in history.content.decode()
    url = reverse("admin:relations_event_restore", args=[key])
    assert [(what, verb) for what, verb, _ in told(desk.get(url))] == [
        ("event A state visit", "added"),
        ("participation North Korea (actor)", "added"),
        ("participation Syria (host)", "added"),
        (f"citation {evidence}", "added"),
    ]
    assert desk.post(url, {"reason": ""}).context["form"].errors["reason"]
    assert desk.post(url, {"reason": "A slip"}).url == reverse("admin:relations_event_change", args=[key])
    event = Event.objects.get(pk=key)
    assert (event.slug, event.state, event.title, event.happened_on) == ("visit", "published", "A state visit", "1973~")
    assert set(event.participations.values_list("country", "role")) == {("PRK", "actor"), ("SYR", "host")}
    assert event.citations.count() == 1
    assert event.version == 5  # the deletion was the fourth, so forms from before it are outdated
    assert [version.number for version in versions_of(event)] == [1, 2, 3, 5]
    with transaction.atomic():
        make_event("PRK", slug="new", version=7)
    assert Event.objects.get(slug="new").version == 1  # no earlier row had its key
    assert Client().get("/events/visit/").status_code == 200
    assert not FormerAddress.objects.exists()
    assert desk.get(url).status_code == 404


def test_a_draft_that_was_public_is_brought_back_to_an_address_that_stays_gone(desk):
    with transaction.atomic():
        event = make_event("PRK", slug="visit")
    key = event.pk
    Event.objects.update(state="draft")
    event.delete()
    assert FormerAddress.objects.get().reason == "deleted"
    assert desk.post(reverse("admin:relations_event_restore", args=[key]), {"reason": "A slip"}).status_code == 302
    assert FormerAddress.objects.get().reason == "withdrawn"
    assert Client().get("/events/visit/").status_code == 410
    Event.objects.update(state="published")
    assert Client().get("/events/visit/").status_code == 200


def test_nothing_but_what_stood_there_comes_back_to_an_address(desk, visit):
    key = visit.pk
    visit.delete()
    with pytest.raises(Exception, match="stood at a public address before"), transaction.atomic():
        make_event("PRK", slug="visit")
    with pytest.raises(Exception, match="stood at a public address before"), transaction.atomic():
        make_event("PRK", slug="another", pk=key, state="draft")
        Event.objects.update(slug="visit")


def test_a_thing_is_brought_back_with_what_belonged_to_it_and_what_led_to_it(desk):
    actor = aged(make_actor("orascom"))
    Actor.objects.update(slug="orascom-telecom")
    aged(actor)
    cite(actor, stance="mentions")
    key = actor.pk
    Actor.objects.get().delete()
    assert dict(FormerAddress.objects.values_list("slug", "now_at")) == {"orascom": "", "orascom-telecom": ""}
    assert desk.post(reverse("admin:relations_actor_restore", args=[key]), {"reason": "A slip"}).status_code == 302
    assert (Actor.objects.get().slug, Citation.objects.filter(actor=key).count()) == ("orascom-telecom", 1)
    assert list(FormerAddress.objects.values_list("slug", "now_at", "reason")) == [
        ("orascom", "orascom-telecom", "renamed")
    ]


def test_a_source_is_brought_back_with_its_sentences(desk):
    with transaction.atomic():
        source = make_source("a-book")
        make_passage(source, "egypt.1.1")
    key = source.pk
    source.delete()
    make_source("another").delete()  # and is not restored
    assert desk.post(reverse("admin:relations_source_restore", args=[key]), {"reason": "A slip"}).status_code == 302
    assert Source.objects.get().pk == key
    assert Passage.objects.get().ref == "egypt.1.1"


def test_what_a_deleted_record_named_has_to_be_there(desk):
    with transaction.atomic():
        event = make_event("PRK", slug="visit", state="draft")
        party = event.participations.create(actor=make_actor("orascom"), role="host")
    key = event.pk
    event.delete()
    party.actor.delete()
    url = reverse("admin:relations_event_restore", args=[key])
    refused = desk.post(url, {"reason": "A slip"}).context["refused"]
    assert refused == ["it refers to a row that no longer exists, or another row still refers to it"]
    assert not Event.objects.exists()


def of_group(name: str) -> Client:
    """A client that is signed in as a member of a group."""
    user = User.objects.create_user(f"{name}-{User.objects.count()}", is_staff=True)
    make_groups("default")
    user.groups.add(Group.objects.get(name=name))
    client = Client()
    client.force_login(user, MODEL_BACKEND)
    client.user = user
    return client


def test_what_is_public_is_taken_back_by_editors_and_withdrawn_by_managers(visit):
    coder, editor, manager = (of_group(name) for name in ("coder", "editor", "manager"))
    assert coder.get(page(visit, "undo", 1)).status_code == 403
    assert "Take this change back" not in coder.get(page(visit, "history")).content.decode()
    Event.objects.update(state="draft")
    Event.objects.update(state="published")
    assert taken_back(editor, visit, 3, "back") == ["you may not withdraw events"]
    assert taken_back(manager, visit, 3, "back") == []
    assert taken_back(editor, visit, 1, "undo") == []
    assert Event.objects.values_list("title", "state").get() == ("A visit", "draft")


def test_parts_need_rights_of_their_own(visit):
    editor = of_group("editor")
    Group.objects.get(name="editor").permissions.remove(Permission.objects.get(codename="delete_participation"))
    assert taken_back(editor, visit, 2, "undo") == ["you may not delete participations"]
    Event.objects.get().delete()
    Group.objects.get(name="editor").permissions.remove(Permission.objects.get(codename="add_citation"))
    url = page(visit, "restore")
    assert editor.post(url, {"reason": "A slip"}).context["refused"] == ["you may not add citations"]


def test_coders_bring_back_their_own_drafts_and_editors_what_was_public():
    coder, other, editor = of_group("coder"), of_group("coder"), of_group("editor")
    with transaction.atomic():
        draft, public = make_event("PRK", state="draft", created_by=coder.user), make_event("PRK")
    keys = draft.pk, public.pk
    Event.objects.all().delete()
    own, published = (reverse("admin:relations_event_restore", args=[key]) for key in keys)
    assert other.get(own).context["refused"] == ["you may not change events that others began"]
    assert coder.get(published).context["refused"] == ["you may not publish events; send them to review"]
    assert coder.post(own, {"reason": "A slip"}).status_code == 302
    assert editor.post(published, {"reason": "A slip"}).status_code == 302
    assert Event.objects.get(pk=keys[0]).created_by == coder.user
    assert of_group("viewer").get(own).status_code == 404


def lines(desk, **asked: str) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    """The changes of a page: user, type, name, and the changes of each row."""
    page = desk.get(reverse("desk-changes"), asked)
    return [
        (line.revision.who, line.kind, line.name, [(change.what, change.verb) for change in line.revision.changes])
        for line in page.context["lines"]
    ]


def test_all_changes_stand_in_one_list_by_person_kind_sort_and_day(desk, visit):
    Event.objects.get().delete()
    assert desk.post(page(visit, "restore"), {"reason": "A slip"}).status_code == 302
    told = lines(desk, kind="event")
    assert [line[:3] for line in told] == [
        ("rosa", "event", "A state visit"),
        *(("", "event", name) for name in ("A state visit", "A state visit", "A state visit", "A visit")),
    ]
    assert told[2][3] == [
        ("event", "changed"),
        ("participation Egypt (recipient)", "deleted"),
        ("participation Syria (host)", "added"),
    ]
    rosa = str(User.objects.get(username="rosa").pk)
    assert [line[:2] for line in lines(desk, who=rosa)] == [("rosa", "event")]
    assert [line[3][0] for line in lines(desk, what="delete")] == [("event", "deleted")]
    assert {line[1] for line in lines(desk)} == {"event", "country", "source", "passage"}
    aged(visit, timedelta(days=2))
    day = (datetime.now(UTC) - timedelta(days=2)).date().isoformat()
    assert {line[1] for line in lines(desk, day=day)} == {"event"}
    assert lines(desk, day="2001-01-01") == []


def test_a_long_change_is_folded_in_a_list_of_many(desk, visit):
    page = desk.get(reverse("desk-changes"), {"kind": "event"}).content.decode()
    assert re.findall(r"<summary>(.*?)</summary>", page) == [
        "Event changed, and 2 of its parts",
        "Event added, and 3 of its parts",
    ]
    assert page.count("<strong>Event changed</strong>") > page.count("<details><summary>Event changed")


def test_changes_are_read_by_key_one_page_after_the_other(desk, monkeypatch):
    monkeypatch.setattr(changes, "PAGE_SIZE", 2)
    with transaction.atomic():
        for number in range(3):
            make_event("PRK", slug=f"visit-{number}", title=f"Visit {number}", state="draft")
            make_actor(f"actor-{number}")
    seen, query = [], {}
    while True:
        context = desk.get(reverse("desk-changes"), query).context
        seen += [line.name for line in context["lines"]]
        if not context["following"]:
            break
        query = QueryDict(context["following"]).dict()
    assert seen == ["Visit 2", "Visit 1", "Visit 0", "North Korea", "Actor 2", "Actor 1", "Actor 0"]


def test_a_change_is_of_what_pages_call_it_as_long_as_that_can_be_told(desk):
    with transaction.atomic():
        period = make_period(slug="egy-prk-legal", state="draft")
        relation = period.relation
    for kind, name in (
        ("relationperiod", "Egypt and North Korea: legal status, established"),
        ("relation", "Egypt and North Korea"),
    ):
        assert [line.name for line in desk.get(reverse("desk-changes"), {"kind": kind}).context["lines"]] == [name]
    for thing in (period, relation, *relation.states):
        thing.delete()
    lines = desk.get(reverse("desk-changes"), {"kind": "relationperiod"}).context["lines"]
    assert [line.name for line in lines] == ["egy-prk-legal"] * 2


@pytest.mark.parametrize("kind", changes.KINDS)
def test_each_list_leads_to_what_was_deleted_of_it(desk, kind):
    deleted = f"{reverse('desk-changes')}?what=delete&kind={kind}"
    page = desk.get(reverse(f"admin:relations_{kind}_changelist")).content.decode()
    assert f'<a href="{deleted.replace("&", "&amp;")}">Deleted</a>' in page
    assert desk.get(deleted).context["form"].is_valid()


def test_a_list_in_a_window_of_its_own_leads_nowhere_else(desk):
    page = desk.get(reverse("admin:relations_event_changelist"), {"_popup": "1"})
    assert "Deleted" not in page.content.decode()


@pytest.mark.parametrize("cursor", ["x", "2026-01-01T00:00:00+00:00~event~x", "2026-01-01T00:00:00+00:00~none~1"])
def test_a_malformed_cursor_is_reported(desk, cursor):
    assert desk.get(reverse("desk-changes"), {"after": cursor}).status_code == 400


def test_changes_show_what_somebody_may_look_at(client, visit):
    ada = User.objects.create_user("ada", is_staff=True)
    ada.user_permissions.add(Permission.objects.get(codename="view_country"))
    client.force_login(ada, MODEL_BACKEND)
    assert {line[1] for line in lines(client)} == {"country"}


@pytest.mark.parametrize("number", [1, 3])
def test_lists_of_changes_cost_the_same_with_one_and_with_three(desk, number):
    with transaction.atomic():
        for _ in range(number):
            event = make_event("PRK", "EGY")
    for _ in range(number):
        with transaction.atomic():
            cite(event)
    for url, queries in ((f"{reverse('desk-changes')}?kind=event", 12), (page(event, "history"), 12)):
        desk.get(url)  # fills the cache of content types
        with CaptureQueriesContext(connection) as asked:
            desk.get(url)
        assert (url, len(asked)) == (url, queries)
