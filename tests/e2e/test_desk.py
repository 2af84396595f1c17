"""A researcher's day at the desk, with the strict content security policy."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from playwright.sync_api import Page, expect

from relations.models import Event, PassageText, Source
from tests.e2e.accessibility import EVERY_RULE, findings
from tests.factories import make_country, make_event, make_passage, make_source

pytestmark = pytest.mark.django_db(transaction=True)


def signed_in(page: Page, live_server, client) -> Page:
    """A context of the browser that is signed in to the admin."""
    client.force_login(
        get_user_model().objects.create_superuser("researcher"), "django.contrib.auth.backends.ModelBackend"
    )
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    return page


@pytest.fixture
def desk(live_server, page, client) -> Page:
    """A page of the admin with its content security policy."""
    return signed_in(page, live_server, client)


@pytest.fixture
def measured(live_server, browser, client) -> Iterator[Page]:
    """A page of the admin without its policy, because axe injects styles."""
    context = browser.new_context(locale="en-GB", bypass_csp=True)
    yield signed_in(context.new_page(), live_server, client)
    context.close()


def choose(page: Page, field: str, words: str, wanted: str) -> None:
    """Searches and selects a row in an autocomplete field."""
    page.locator(f"#id_{field} + .select2").click()
    with page.expect_response(re.compile(r"[?&]term=[^&]")):  # the previous results disappear
        page.locator(".select2-search__field").fill(words)
    page.locator(".select2-results__option", has_text=wanted).first.click()
    expect(page.locator(f"#id_{field} + .select2")).to_contain_text(wanted)


def test_researcher_enters_and_publishes_an_event(live_server, desk):
    make_country("PRK")
    make_passage(make_source("a-book"), "egypt.2.2")
    desk.goto(f"{live_server.url}/admin/relations/event/add/")
    expect(desk.get_by_label("Title:")).to_be_focused()
    desk.get_by_role("button", name="How dates and figures are typed").click()
    expect(desk.get_by_text("late 1980s")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(desk.get_by_role("combobox", name="Possibly same as")).to_be_visible()
    desk.get_by_label("Title:").fill("A visit to Cairo")
    desk.get_by_label("Kind:").first.select_option("visit")
    desk.get_by_label("Happened on:").fill("1973-03")
    desk.locator("#participations-group .add-row a").click()
    desk.locator("#id_participations-0-role").select_option("actor")
    choose(desk, "participations-0-country", "North", "North Korea")
    desk.get_by_label("State:").select_option("published")
    desk.get_by_role("button", name="Save", exact=True).first.click()
    expect(desk.locator("#errors")).to_contain_text("a published record needs a citation that supports it")
    expect(desk.locator(".errornote:visible")).to_have_count(1)
    desk.locator("#citations-group .add-row a").click()
    choose(desk, "citations-0-passage", "a-book 2.2", "egypt.2.2")
    desk.get_by_role("button", name="Save", exact=True).first.click()
    expect(desk.get_by_text("was added successfully")).to_be_visible()
    assert list(Event.objects.values_list("slug", "state")) == [("a-visit-to-cairo-1973", "published")]


def test_researcher_previews_and_confirms_a_file(live_server, desk):
    desk.goto(f"{live_server.url}/admin/relations/event/")
    desk.get_by_role("link", name="Import").click()
    file = {"name": "visits.csv", "mimeType": "text/csv", "buffer": b"slug,kind,title\na-visit,visit,A visit\n"}
    desk.get_by_label("File to import:").set_input_files(file)
    desk.get_by_label("Format:").select_option("CSV")
    desk.get_by_role("button", name="Preview").click()
    expect(desk.get_by_text("1 new, 0 changed, 0 unchanged.")).to_be_visible()
    desk.get_by_role("button", name="Confirm import").click()
    expect(desk.get_by_text("Import finished: 1 new")).to_be_visible()
    expect(desk).to_have_url(re.compile("/admin/relations/event/$"))


@pytest.fixture
def document() -> Source:
    """Two sentences about two countries."""
    with transaction.atomic():
        for code in ("PRK", "EGY"):
            make_country(code)
        source = make_source("a-book", title="A book on North Korea")
        texts = ("A delegation reportedly visited Cairo in May 1973.", "It returned in June 1973.")
        for number, text in enumerate(texts, start=1):
            passage = make_passage(source, f"egypt.1.{number}", section="Egypt", position=number)
            PassageText.objects.create(passage=passage, text=text)
    return source


# Presses a key once, as soon as the next sentence is swapped in.
PRESS_AT_ONCE = """key => document.addEventListener("htmx:afterSwap", function press({target}) {
    if (target.id === "coding") {
        document.removeEventListener("htmx:afterSwap", press);
        setTimeout(() => document.body.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true})));
    }
})"""


def test_coder_works_through_a_document_without_leaving_the_page(live_server, desk, document):
    loads = []
    desk.goto(f"{live_server.url}/admin/relations/source/{document.pk}/code/")
    desk.on("load", lambda page: loads.append(page.url))
    keys, hand = desk.keyboard, desk.locator("form.coded")
    keys.press("e")
    expect(hand.get_by_label("Kind:").first).to_be_focused()
    keys.type("Vis")
    keys.press("Tab")
    keys.type("5/6/1973")
    keys.press("Tab")
    expect(desk.get_by_text("which is the day and which the month cannot be told.")).to_be_visible()
    keys.type("Delegation visits Cairo")
    keys.press("Control+Enter")
    expect(hand.get_by_label("Happened on:")).to_be_focused()
    expect(desk.locator("#errors")).to_contain_text("Nothing was saved.")
    keys.press("Control+A")
    keys.type("May 1973")
    keys.press("Escape")
    desk.locator(".at-hand .text").evaluate(
        "text => getSelection().setBaseAndExtent(text.firstChild, 13, text.firstChild, 23)"
    )
    keys.press("h")
    expect(hand.get_by_label("Hedge:").first).to_have_value("reportedly")
    expect(hand.get_by_label("Modality:").first).to_have_value("reported")
    signed_in_by = desk.context.cookies()
    desk.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    keys.press("Control+Enter")
    expect(desk.get_by_text("Nothing was saved: you are no longer signed in.")).to_be_visible()
    desk.context.add_cookies(signed_in_by)
    desk.evaluate(PRESS_AT_ONCE, "e")
    keys.press("Control+Enter")
    expect(desk.locator(".at-hand h2")).to_have_text("egypt.1.2")
    hand.get_by_label("Kind:").first.select_option("visit")
    hand.get_by_label("Happened on:").fill("1973")
    keys.press("Tab")
    expect(desk.get_by_text("Is it one of these?")).to_be_visible()
    expect(hand.locator(".select2").first).to_contain_text("North Korea")
    desk.get_by_role("link", name="It is the same: cite it there").click()
    expect(hand.get_by_label("Title:")).to_have_value("Delegation visits Cairo")
    expect(hand.get_by_label("Hedge:").nth(1)).to_be_focused()
    keys.press("Escape")
    keys.press("?")
    expect(desk.get_by_role("heading", name="Keys")).to_be_visible()
    keys.press("Escape")
    desk.get_by_role("button", name="Save, finish sentence, next").click()
    expect(desk.locator(".tally")).to_have_text("2 coded")
    assert loads == []
    event = Event.objects.get()
    assert (event.happened_on, event.modality, event.slug) == ("1973-05", "reported", "delegation-visits-cairo-1973")
    assert [(each.passage.ref, each.hedge) for each in event.citations.order_by("passage__position")] == [
        ("egypt.1.1", "reportedly"),
        ("egypt.1.2", ""),
    ]


def test_a_record_with_one_party_more_is_entered_and_saved_by_keys(live_server, desk, document):
    make_country("SYR")
    desk.goto(f"{live_server.url}/admin/relations/source/{document.pk}/code/")
    keys, hand = desk.keyboard, desk.locator("form.coded")
    keys.press("e")
    hand.get_by_label("Kind:").first.select_option("visit")
    hand.get_by_label("Title:").fill("Delegation visits Cairo and Damascus")
    hand.get_by_role("button", name="Add another Participation").press("Enter")
    expect(hand.locator("#id_participations-2-role")).to_be_focused()
    keys.type("Host")
    choose(desk, "participations-2-country", "syr", "Syria")
    keys.press("Control+Enter")
    expect(desk.locator(".at-hand h2")).to_have_text("egypt.1.2")
    expect(desk.locator(".select2-dropdown")).to_have_count(0)
    keys.press("e")
    expect(hand.get_by_label("Kind:").first).to_be_focused()
    assert {*Event.objects.get().participations.values_list("country", "role")} == {
        ("PRK", "actor"),
        ("EGY", "recipient"),
        ("SYR", "host"),
    }


def test_what_a_list_can_do_is_read_on_a_small_screen(live_server, desk):
    with transaction.atomic():
        make_event("PRK", state="draft")
    desk.goto(f"{live_server.url}/admin/relations/event/")
    for width in (360, 768):
        desk.set_viewport_size({"width": width, "height": 800})
        row, heading = desk.locator(".actions").bounding_box(), desk.get_by_role("heading", level=1).bounding_box()
        for field in ("Action:", "Reason:"):
            box = desk.get_by_label(field).bounding_box()
            assert (box["width"] > 100, box["x"] + box["width"] <= row["x"] + row["width"]) == (True, True), field
        assert 300 < desk.locator(".results").bounding_box()["width"] <= row["width"]
        assert desk.evaluate("document.documentElement.scrollWidth") == width
        assert desk.get_by_role("link", name="Deleted").bounding_box()["y"] >= heading["y"] + heading["height"]


def test_fields_end_within_their_row_beside_the_sidebar(live_server, desk):
    with transaction.atomic():
        event = make_event("PRK", state="draft")
    desk.set_viewport_size({"width": 768, "height": 800})
    desk.goto(f"{live_server.url}/admin/relations/event/{event.pk}/change/")
    title, combobox = desk.get_by_label("Title:"), desk.locator("#id_possibly_same_as + .select2")
    for field in (title, combobox):
        box, row = field.bounding_box(), desk.locator(".form-row", has=field).first.bounding_box()
        assert (box["width"] > 150, box["x"] + box["width"] <= row["x"] + row["width"]) == (True, True)
    assert title.bounding_box()["x"] == combobox.bounding_box()["x"]


def test_boxes_beside_a_sentence_end_within_their_frame_on_a_phone(live_server, desk, document):
    desk.set_viewport_size({"width": 360, "height": 800})
    desk.goto(f"{live_server.url}/admin/relations/source/{document.pk}/code/?passage=egypt.1.1&kind=event")
    frame, box = (
        desk.locator("#citations-0 .form-row").first.bounding_box(),
        desk.get_by_label("Hedge:").first.bounding_box(),
    )
    assert box["x"] + box["width"] <= frame["x"] + frame["width"]


def test_lists_and_forms_fit_a_narrow_window(live_server, desk):
    with transaction.atomic():
        event = make_event("PRK", "EGY", title="A title as long as those of records are, and longer than one line")
    desk.set_viewport_size({"width": 360, "height": 800})
    desk.goto(f"{live_server.url}/admin/records/")
    assert desk.evaluate("document.documentElement.scrollWidth") == 360
    desk.set_viewport_size({"width": 768, "height": 800})
    desk.goto(f"{live_server.url}/admin/relations/event/")
    rows, filters = (desk.locator(each).bounding_box() for each in ("#result_list", "#changelist-filter"))
    assert rows["y"] + rows["height"] <= filters["y"]
    assert desk.evaluate("document.documentElement.scrollWidth") == 768
    desk.goto(f"{live_server.url}/admin/relations/event/{event.pk}/change/")
    name, tools = (desk.locator(each).bounding_box() for each in ("#content > h2", "ul.object-tools"))
    assert name["y"] + name["height"] <= tools["y"]
    for label in ("Title", "Happened on", "Summary"):
        box = desk.get_by_label(f"{label}:").bounding_box()
        row = desk.locator(".form-row", has=desk.get_by_label(f"{label}:")).bounding_box()
        assert box["x"] + box["width"] <= row["x"] + row["width"], label


PAGES = (
    "relations/source/{source}/code/?passage=egypt.1.1&kind=transfer",
    "",
    "records/",
    "checks/",
    "relations/source/new/",
    "relations/event/",
    "relations/event/add/",
    "relations/event/{event}/change/",
    "relations/event/{event}/history/",
    "relations/event/{event}/history/0/back/",
    "changes/",
    "relations/event/import/",
    "relations/event/export/",
)


@pytest.mark.parametrize("paths", [PAGES[::2], PAGES[1::2]], ids=["half", "other half"])
def test_desk_is_accessible(live_server, measured, document, paths):
    with transaction.atomic():
        event = make_event("PRK", "EGY")
    found = {}
    for path in paths:
        measured.goto(f"{live_server.url}/admin/{path.format(event=event.pk, source=document.pk)}")
        found[path] = findings(measured, EVERY_RULE)
    assert {path: problems for path, problems in found.items() if problems} == {}
