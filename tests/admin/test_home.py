"""The home page of the desk, the list of all records, and the actions on several of them at once."""

import re
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import connection
from django.urls import reverse

from relations.admin.actions import NO_COMMENT, NO_REASON
from relations.admin.work import NOTHING_CHOSEN, work
from relations.models import RECORD_TYPES, Event, Mission, Passage
from tests.admin.forms import address_of
from tests.admin.test_coding import cover
from tests.admin.test_records import ADD, an_event
from tests.admin.test_rights import desk_of, member
from tests.factories import (
    cite,
    make_country,
    make_event,
    make_mission,
    make_observation,
    make_passage,
    make_period,
    make_source,
    make_transfer,
)

pytestmark = pytest.mark.django_db
EVERYTHING = "/admin/records/"
EVENTS = reverse("admin:relations_event_changelist")


def sections(page: str) -> dict[str, list[str]]:
    """The text below each heading of the home page."""
    home = page.partition('<div class="home">')[2].partition('<div id="content-main">')[0]
    parts = re.findall(r"<h2 [^>]*>([^<]+)</h2>(.*?)</section>", home, re.DOTALL)
    return {heading: re.findall(r"<a [^>]*>(?:<strong>)?([^<]+)", part) for heading, part in parts}


def test_home_is_the_work_of_who_looks_and_then_the_models():
    coder, editor = member("coder"), member("editor")
    mine = make_event(slug="mine", title="Mine", state="draft", created_by=coder)
    make_event(slug="other", title="Of another", state="draft", created_by=editor)
    make_mission("EGY", "PRK", state="in_review", created_by=editor)
    source = make_source("a-report", title="A report")
    first, _second = (make_passage(source, f"egypt.1.{number}", position=number) for number in (1, 2))
    cite(mine, passage=first)
    client = desk_of(coder)
    cover(client, source, "egypt.1.1", "finished")
    page = client.get("/admin/").content.decode()
    assert sections(page) == {
        "Coding": ["Continue where I stopped", "A report", "New source"],
        "My drafts": ["Mine"],
        "Waiting for review": ["Embassy of Egypt to North Korea"],
        "Changed this week": ["egypt.1.1", "All changes", "All that was deleted"],
        "What is missing, or there twice": ["Look for it"],
        "All records": ["Everything I touched", "All drafts", "All that is alleged"],
    }
    assert f"/admin/relations/source/{source.pk}/code/?passage=egypt.1.1" in page
    Passage.objects.update(finished=True)
    LogEntry.objects.all().delete()
    assert list(sections(client.get("/admin/").content.decode())) == [
        "Coding",
        "My drafts",
        "Waiting for review",
        "Changed this week",
        "What is missing, or there twice",
        "All records",
    ]
    manager = desk_of(member("manager"))
    for path in ("/admin/", "/admin/relations/event/"):  # the second has the list of models in its side bar
        page = manager.get(path).content.decode()
        assert page.index('"/admin/relations/mission/add/"') < page.index('"/admin/auth/user/"')


def test_log_ins_stand_under_what_they_are(desk):
    page = desk.get("/admin/").content.decode()
    assert [name for name in ("Axes", "Log-ins") if f">{name}<" in re.sub(r"\s*([<>])\s*", r"\1", page)] == ["Log-ins"]


@pytest.mark.parametrize(("group", "ways"), [("coder", ["new/"]), ("editor", ["new/", "import/"]), ("viewer", [])])
def test_home_has_the_ways_in_which_somebody_may_begin(group, ways):
    page = desk_of(member(group)).get("/admin/").content.decode()
    assert re.findall(r'href="/admin/relations/(?:source|batch)/(new/|import/)"', page) == ways


def test_home_tells_nothing_to_who_may_look_at_nothing(guest):
    make_event(state="draft", title="A secret")
    page = guest.get("/admin/").content.decode()
    assert list(sections(page)) == ["All records"]
    assert "A secret" not in guest.get(EVERYTHING).content.decode()


def listed(client, query: str = "") -> list[str]:
    return [line.name for line in client.get(f"{EVERYTHING}{query}").context["lines"]]


def test_all_records_stand_in_one_list_and_are_filtered(desk, editor):
    make_event(slug="a", title="A visit", state="draft", created_by=editor)
    make_event(slug="b", title="Another", modality="alleged")
    make_transfer(slug="c", designation="T-55")
    make_mission("EGY", "PRK", state="in_review")
    make_period(modality="alleged")
    make_observation()
    names = {
        "A visit",
        "Alleged: Another",
        "T-55, North Korea to Egypt",
        "Embassy of Egypt to North Korea",
        "Alleged: Egypt and North Korea: legal status, established",
        "Exports, North Korea to Egypt",
    }
    assert set(listed(desk)) == names
    assert len(listed(desk)) == 6
    assert set(listed(desk, "?modality=alleged")) == {name for name in names if name.startswith("Alleged")}
    assert listed(desk, "?state=draft") == ["A visit"]
    assert listed(desk, "?kind=transfer") == ["T-55, North Korea to Egypt"]
    assert listed(desk, "?kind=transfer&state=draft") == []
    assert listed(desk, "?whose=mine") == ["A visit"]
    assert listed(desk, "?whose=touched") == []
    url = reverse("admin:relations_event_changelist")
    desk.post(url, {"action": "send_to_review", "_selected_action": [Event.objects.get(slug="a").pk]})
    assert listed(desk, "?whose=touched") == ["A visit"]
    assert listed(desk, "?state=x") == []
    assert desk.get(f"{EVERYTHING}?page=x").status_code == 200


@pytest.mark.parametrize("records", [1, 3])
def test_queries_do_not_grow_with_records(desk, django_assert_num_queries, records):
    for number in range(records):
        make_event(slug=f"event-{number}", state="draft")
        make_transfer(slug=f"deal-{number}")
        make_period(began_on="1963")
    desk.get(EVERYTHING)
    with django_assert_num_queries(7):
        desk.get(EVERYTHING)


def acted(client, action: str, *events: Event, **typed: str) -> list[str]:
    """The messages after an action on some events."""
    form = {"action": action, "_selected_action": [event.pk for event in events], **typed}
    answer = client.post(EVENTS, form, follow=True)
    return [str(message) for message in answer.context["messages"]]


def test_records_of_several_kinds_are_sent_to_review_published_and_withdrawn_from_one_list():
    coder, editor, manager = (desk_of(member(group)) for group in ("coder", "editor", "manager"))
    mine = {"state": "draft", "created_by": User.objects.get(username="coder")}
    event, mission = make_event(slug="one", title="A visit", **mine), make_mission("EGY", "PRK", slug="two", **mine)
    theirs = make_event(slug="theirs", title="Theirs", state="draft", created_by=User.objects.get(username="editor"))
    boxes = [f"event:{event.pk}", f"mission:{mission.pk}"]
    for record in (event, mission):
        cite(record)

    def told(client, action: str, chosen: list[str], **typed: Any) -> list[str]:
        form = {"action": action, "_selected_action": chosen, **typed}
        page = client.post(f"{EVERYTHING}?state=draft", form, follow=True)
        assert page.request["QUERY_STRING"] == "state=draft"
        return sorted(str(message) for message in page.context["messages"])

    def stand() -> list[str]:
        return [model.objects.get(slug=slug).state for model, slug in ((Event, "one"), (Mission, "two"))]

    assert told(coder, "send_to_review", [*boxes, f"event:{theirs.pk}"]) == [
        "1 event sent to review.",
        "1 mission sent to review.",
        "Left as they were: Theirs: you may not change events that others began.",
    ]
    assert stand() == ["in_review", "in_review"]
    for action, chosen in (("publish", boxes), ("", boxes), ("delete_selected", boxes)):
        assert told(coder, action, chosen) == [NOTHING_CHOSEN], action
    for chosen in ([], ["event:x"], ["batch:1"], ["event"], [f"event:{'9' * 5000}"]):
        assert not {*told(editor, "publish", chosen)} - {NOTHING_CHOSEN, "0 events published."}, chosen
    assert told(editor, "send_back", boxes) == [NO_COMMENT]
    assert told(editor, "publish", [], shown=boxes) == [NOTHING_CHOSEN]
    page = editor.post(EVERYTHING, {"action": "send_back", "_selected_action": boxes[:1]}).content.decode()
    assert re.findall(r'value="(\w+:\d+)"[^>]* checked', page) == boxes[:1]
    assert re.findall(r'value="(\w+)" selected', page) == ["send_back"]
    assert stand() == ["in_review", "in_review"]
    assert told(editor, "publish", boxes) == ["1 event published.", "1 mission published."]
    assert told(editor, "withdraw", boxes, reason="Wrong.") == [NOTHING_CHOSEN]  # only managers may
    assert told(manager, "withdraw", boxes) == [NO_REASON]
    assert stand() == ["published", "published"]
    assert told(manager, "withdraw", boxes, reason="Wrong.") == ["1 event withdrawn.", "1 mission withdrawn."]
    assert stand() == ["draft", "draft"]
    shown = re.findall(r'name="shown" value="(\w+:\d+)"', coder.get(f"{EVERYTHING}?state=draft").content.decode())
    assert {*boxes} < {*shown}
    assert told(coder, "send_to_review", [], shown=boxes, whole_page="on")[:2] == [
        "1 event sent to review.",
        "1 mission sent to review.",
    ]


def test_who_may_do_nothing_at_once_is_offered_nothing():
    make_event(slug="one")
    page = desk_of(member("viewer")).get(EVERYTHING).content.decode()
    assert "With the selected records" not in page
    assert "_selected_action" not in page
    assert "With the selected records" in desk_of(member("coder")).get(EVERYTHING).content.decode()


def states() -> dict[str, str]:
    return dict(Event.objects.values_list("slug", "state"))


def test_records_are_sent_to_review_published_and_withdrawn_together():
    coder, editor, manager = member("coder"), member("editor"), member("manager")
    one, other = (make_event(slug=slug, state="draft", created_by=coder) for slug in ("one", "other"))
    foreign = make_event(slug="foreign", title="Theirs", state="draft", created_by=editor)
    cite(one)
    told = acted(desk_of(coder), "send_to_review", one, other, foreign)
    assert told == [
        "2 events sent to review.",
        "Left as they were: Theirs: you may not change events that others began.",
    ]
    assert states() == {"one": "in_review", "other": "in_review", "foreign": "draft"}
    assert acted(desk_of(coder), "publish", one) == ["No action selected."]  # coders are offered none
    told = acted(desk_of(editor), "publish", one, other)
    assert told[0] == "1 event published."
    assert told[1].endswith("a published record needs a citation that supports it: other.")
    assert states() == {"one": "published", "other": "in_review", "foreign": "draft"}
    assert acted(desk_of(editor), "withdraw", one, reason="x") == ["No action selected."]
    assert acted(desk_of(manager), "withdraw", one) == []
    assert states()["one"] == "published"
    assert acted(desk_of(manager), "withdraw", one, reason=" It was  another. ") == ["1 event withdrawn."]
    assert states()["one"] == "draft"
    page = desk_of(manager).get(reverse("admin:relations_event_history", args=[one.pk])).content.decode()
    assert "<p>It was another.</p>" in page
    assert LogEntry.objects.filter(object_id=one.pk).count() == 3


@pytest.mark.parametrize(
    ("action", "state", "asked", "verb"),
    [
        ("withdraw", "published", "Nothing is withdrawn yet: say why. It stands in the history.", "Withdraw"),
        ("send_back", "in_review", "Nothing is sent back yet: say what is to be mended.", "Send back"),
    ],
)
@pytest.mark.parametrize("across", ["0", "1"])
def test_who_gives_no_reason_is_asked_for_it_and_the_rows_stay_chosen(action, state, asked, verb, across):
    events = [make_event(slug=f"of-{number:02}", title=f"No. <{number}>", state="draft") for number in range(22)]
    for event in events:
        cite(event)
    Event.objects.exclude(slug="of-21").update(state=state)
    chosen, desk = events[:1] if across == "1" else events, desk_of(member("manager"))
    form = {"action": action, "select_across": across, "_selected_action": [event.pk for event in chosen]}
    page = desk.post(f"{EVENTS}?modality__exact=asserted", {**form, "reason": " "}).content.decode()
    assert f'<p class="errornote" role="alert">{asked}</p>' in page
    assert f"<h1>{verb} 21 events</h1>" in page
    assert [number for number in range(22) if f"<li>No. &lt;{number}&gt;</li>" in page] == [*range(20)]
    assert "<li>and 1 more</li>" in page
    sent = re.findall(r'<input type="hidden" name="((?!csrf)\w+)" value="([^"]*)">', page)
    keys = [("_selected_action", str(event.pk)) for event in chosen]
    assert sent == [("action", action), ("select_across", across), *keys]
    assert acted(desk, action, events[-1]) == [f"0 events {'withdrawn' if action == 'withdraw' else 'sent back'}."]
    told = acted(desk, action, *chosen, reason="Because", select_across=across)
    assert told == [f"21 events {'withdrawn' if action == 'withdraw' else 'sent back'}."]


def test_what_is_sent_back_stands_on_the_home_of_who_began_it_until_it_is_corrected():
    coder, editor = member("coder"), member("editor")
    event = make_event(slug="one", title="A visit", state="in_review", created_by=coder)
    assert acted(desk_of(editor), "send_back", event) == []
    assert states() == {"one": "in_review"}
    assert acted(desk_of(editor), "send_back", event, reason="Which <day>?") == ["1 event sent back."]
    assert states() == {"one": "draft"}
    home = desk_of(coder).get("/admin/").content.decode()
    assert sections(home)["Sent back to me"] == ["A visit"]
    assert "editor: Which &lt;day&gt;?" in home
    page = reverse("admin:relations_event_change", args=[event.pk])
    assert "<strong>Which &lt;day&gt;?</strong></p>" in desk_of(coder).get(page).content.decode()
    assert "Sent back to me" not in sections(desk_of(editor).get("/admin/").content.decode())
    assert acted(desk_of(coder), "send_to_review", event) == ["1 event sent to review."]
    assert "Sent back to me" not in sections(desk_of(coder).get("/admin/").content.decode())
    assert "Sent back by" not in desk_of(coder).get(page).content.decode()


def test_review_by_a_second_person_holds_for_several_at_once(settings):
    settings.REVIEW_REQUIRED = True
    make_country("PRK")
    editor, passage = member("editor"), make_passage()
    row = {"passage": passage.pk, "stance": "supports"}
    typed = an_event(participations=[{"role": "actor", "country": "PRK"}], citations=[row])
    assert desk_of(editor).post(ADD, typed).status_code == 302
    event = Event.objects.get()
    (told,) = acted(desk_of(editor), "publish", event)
    assert told.startswith("Left as they were: A visit: nobody else has worked on this; send it to review, so that")
    assert acted(desk_of(editor), "send_to_review", event) == ["1 event sent to review."]
    assert states() == {"a-visit": "in_review"}


def test_what_is_in_work_is_found_by_indexes_of_that_alone():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = work(member("editor"), state="in_review").explain()
    indexes = [f"{model._meta.model_name}_in_work" for model in RECORD_TYPES]
    assert sorted(re.findall(r"Scan using (\w+) on \w+", plan)) == sorted(indexes)


def test_comments_wait_for_those_who_publish_until_they_are_settled():
    event = make_event(slug="visit", title="A visit")
    page, comment = (reverse(f"admin:relations_event_{name}", args=[event.pk]) for name in ("change", "comment"))
    coder, editor, viewer = desk_of(member("coder")), desk_of(member("editor")), desk_of(member("viewer"))
    assert viewer.post(comment, {"comment": "Mine"}).status_code == 403
    told = [str(each) for each in coder.post(comment, {"comment": " "}, follow=True).context["messages"]]
    assert told == ["Nothing was kept: This field is required."]
    coder.post(comment, {"comment": "Which  <day>?"})
    coder.post(comment, {"comment": "The 3rd"})
    assert [comment for _, comment in coder.get(page).context["comments"]] == ["Which <day>?", "The 3rd"]
    other = address_of(make_mission("PRK", "EGY", pk=event.pk))  # a record of another type with the same key
    assert coder.get(other).context["comments"] == []
    home = editor.get("/admin/").content.decode()
    assert sections(home)["Comments waiting"] == ["A visit"]
    assert "coder: The 3rd" in home
    assert "Comments waiting" not in sections(coder.get("/admin/").content.decode())
    assert coder.post(comment, {"settle": "on"}).status_code == 403
    assert b"Mark all as settled" not in coder.get(page).content
    editor.post(comment, {"settle": "on"})
    assert editor.get(page).context["comments"] == []
    assert "Comments waiting" not in sections(editor.get("/admin/").content.decode())
    coder.post(comment, {"comment": "Again"})
    assert [comment for _, comment in editor.get(page).context["comments"]] == ["Again"]
    assert editor.get(comment).status_code == 405
    event.refresh_from_db()
    assert event.title == "A visit"
