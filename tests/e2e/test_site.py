"""A reader's visit: without account, cookies or JavaScript, with a keyboard, on a phone."""

from datetime import date
from itertools import pairwise, product
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Locator, Page, expect

from relations.exchange.releases import make
from relations.models import Participation
from tests.e2e.accessibility import RULES_OF_LOOKS, findings
from tests.factories import (
    cite,
    make_actor,
    make_country,
    make_event,
    make_figure,
    make_mission,
    make_observation,
    make_passage,
    make_period,
    make_relation,
    make_source,
    make_transfer,
)

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = (
    *("/", "/countries/", "/countries/EGY/", "/relations/", "/relations/EGY-PRK/?as_of=1964-01-01", "/actors/"),
    *(
        "/actors/orascom/",
        "/periods/",
        "/periods/ambassadors/",
        "/missions/?as_of=1970-01-01",
        "/missions/cairo/",
        "/events/?country=EGY",
    ),
    *("/events/reopening/", "/arms-transfers/", "/arms-transfers/grenades/", "/observations/", "/observations/rank/"),
    *(
        "/sources/",
        "/sources/report/",
        "/sources/report/egypt.8.2/",
        "/chronology/?country=IRQ",
        "/search/?q=Egypt+canal",
        "/everything/?modality=reported",
        "/events/?from=2015&to=2015",
    ),
    *("/relations/?as_of=1965", "/network/", "/network/?country=EGY"),
    *(
        "/codebook/",
        "/codebook/periods/",
        "/codebook/lists/eventkind/",
        "/data/",
        "/api/",
        "/about/",
        "/compare/",
        "/compare/EGY-PRK/IRQ-PRK/",
    ),
    *("/events/reopening/versions/", "/events/reopening/versions/1/"),
    *("/relations/EGY-PRK/dossier/", "/countries/EGY/dossier/"),
)
REFUSED = ("/events/?country=EGX", "/events/never/")


@pytest.fixture
def site(live_server, page: Page) -> Page:
    """The site with a few records of every type."""
    with transaction.atomic():
        source = make_source("report", title="A report", speaks_until="2017")
        passage = make_passage(source, "egypt.8.2", finished=True, section="Egypt")
        make_passage(source, "egypt.8.3", section="Egypt")
        make_relation("EGY", "PRK", summary="The two have long been close.")
        event = make_event("EGY", "PRK", slug="reopening", title="The canal is reopened", happened_on="2015")
        Participation.objects.create(event=event, actor=make_actor("orascom", country=make_country("EGY")), role="host")
        make_figure(event, of="guests")
        visit = make_event("PRK", "IRQ", slug="visit", title="A visit to Iraq", happened_on="1971")
        delegation = make_actor("delegation", name="A delegation with a name that is longer than a telephone is wide")
        Participation.objects.create(event=visit, actor=delegation, role="host")
        transfer = make_transfer("PRK", "EGY", slug="grenades", ordered_on="[..2016]", event=event, modality="reported")
        make_transfer("PRK", "EGY", slug="twin", possibly_same_as=transfer, modality="disputed")
        cite(transfer, passage=passage, field="recipient", modality="alleged", hedge="allegedly")
        cite(make_country("EGY"), passage=passage, stance="mentions")
        make_period("level", "ambassador", slug="ambassadors", began_on="1963-08-24")
        make_period(slug="with-iraq", relation=make_relation("IRQ", "PRK"), began_on="1958")
        make_period("position", "opposes", slug="opposes", subject="sanctions", held_by=make_country("EGY"))
        make_mission("PRK", "EGY", slug="cairo", city="Cairo", opened_on="[1961..1963]", closed_on="1999")
        make_observation("EGY", "PRK", slug="rank", measure="trade_rank", period="2010", figure_unit="rank")
    page.goto(live_server.url)
    return page


def too_wide(page: Page, width: int) -> list[str]:
    """An error message if the page overflows a window of this width."""
    page.set_viewport_size({"width": width, "height": 800})
    over = page.evaluate("document.documentElement.scrollWidth") - width
    return [f"{over} px too wide for {width}"] * (over > 0)


def test_reader_goes_from_a_country_to_the_sentence_and_back(site: Page) -> None:
    site.get_by_role("main").get_by_role("link", name="Egypt", exact=True).click()
    expect(site.get_by_role("heading", level=1)).to_have_text("Egypt and North Korea")

    site.get_by_role("link", name="Scud-B, North Korea to Egypt").first.click()
    expect(site.get_by_role("heading", level=1)).to_contain_text("Scud-B, North Korea to Egypt")
    expect(site.get_by_role("definition").filter(has_text="Egypt")).to_contain_text("allegedly")

    site.get_by_role("link", name="egypt.8.2").click()
    expect(site.get_by_role("heading", level=1)).to_have_text("egypt.8.2")

    site.get_by_role("main").get_by_role("link", name="Scud-B, North Korea to Egypt").first.click()
    expect(site).to_have_url(site.url.partition("/arms")[0] + "/arms-transfers/grenades/")
    assert site.context.cookies() == []


def test_reader_filters_a_list_and_downloads_exactly_that(site: Page) -> None:
    site.get_by_role("link", name="Events", exact=True).first.click()
    expect(site.locator("tbody tr:not(.year)")).to_have_count(2)

    site.get_by_text("Filter and sort").click()
    site.get_by_role("group", name="Country").get_by_label("Egypt").check()
    site.get_by_role("button", name="Apply").click()
    expect(site.locator("tbody tr:not(.year)")).to_have_count(1)
    assert site.url.endswith("/events/?country=EGY")

    with site.expect_download() as download:
        site.get_by_role("link", name="CSV").click()
    name = download.value.suggested_filename
    assert (name[:7], name.endswith("_country-EGY.csv")) == ("events_", True)
    rows = download.value.path().read_text().splitlines()
    assert [row.split(",")[1] for row in rows] == ["slug", "reopening"]

    site.get_by_role("link", name="Remove the filter Country: Egypt").click()
    expect(site.locator("tbody tr:not(.year)")).to_have_count(2)


def test_reader_asks_what_was_the_case_on_a_day(live_server, site: Page) -> None:
    site.goto(f"{live_server.url}/relations/EGY-PRK/")
    expect(site.get_by_role("heading", name="Today, as far as the sources go")).to_be_visible()
    site.get_by_label("On the day").fill("1.1.1964")
    site.get_by_role("button", name="Ask").click()

    level = site.locator(".answers li").filter(has_text="Level of representation").first
    sentence = level.get_by_role("link", name="Egypt is represented to North Korea")
    expect(sentence).to_have_attribute("href", "/periods/ambassadors/")
    expect(site.locator(".answers li").filter(has_text="Legal status")).to_contain_text("is not stated")
    expect(site.locator(".silent")).to_contain_text("Not stated: at what level North Korea is represented to Egypt;")

    site.get_by_role("link", name="Today").click()
    expect(site.get_by_role("heading", name="Today, as far as the sources go")).to_be_visible()

    site.goto(f"{live_server.url}/periods/")
    site.get_by_text("Filter and sort").click()
    site.get_by_label("On the day").fill("1964-01-01")
    site.get_by_role("button", name="Apply").click()
    expect(site.locator("tbody tr:not(.year)").filter(has_text="ambassador")).to_contain_text("On that day")
    expect(site.locator("tbody tr:not(.year)").filter(has_text="sanctions")).to_contain_text("Not dated")

    site.get_by_text("Filter and sort (1 set)").click()
    site.get_by_label("On the day").fill("")
    site.get_by_label("From").fill("1963-08")
    site.get_by_label("In that time").select_option("Began")
    site.get_by_role("button", name="Apply").click()
    expect(site.locator("tbody tr:not(.year)")).to_have_count(1)
    assert site.url.endswith("/periods/?from=1963-08&side=begins")


def test_reader_searches_by_keyboard_alone(live_server, site: Page) -> None:
    site.keyboard.press("Tab")
    expect(site.get_by_role("link", name="Skip to the content")).to_be_focused()
    site.keyboard.press("Enter")
    expect(site.locator("main")).to_be_focused()

    site.goto(live_server.url)  # without the link's fragment, from which keyboard navigation would continue
    for _ in range(3):
        site.keyboard.press("Tab")
    site.keyboard.type("Egypt canal")
    site.keyboard.press("Enter")
    expect(site.locator(".understood")).to_contain_text("the word canal.")
    expect(site.get_by_role("main").get_by_role("link", name="The canal is reopened")).to_be_visible()


def test_navigation_folds_on_a_phone_and_marks_where_one_is(live_server, site: Page) -> None:
    site.set_viewport_size({"width": 390, "height": 844})
    site.goto(f"{live_server.url}/events/reopening/")
    header = site.locator("header.site")
    events, relations = (
        site.get_by_role("navigation", name="Register").get_by_text(words) for words in ("Events", "Relations")
    )
    assert header.bounding_box()["height"] <= 120
    expect(events).to_be_hidden()
    header.get_by_text("Explore").click()
    expect(relations).to_be_visible()
    header.get_by_text("Records").press("Enter")
    expect(events).to_be_visible()
    expect(events).to_have_attribute("aria-current", "true")
    expect(relations).to_be_hidden()  # only one group is open at a time
    events.click()
    expect(site.get_by_role("heading", level=1)).to_have_text("Events")

    site.set_viewport_size({"width": 1280, "height": 844})
    expect(events).to_be_visible()
    expect(events).to_have_attribute("aria-current", "page")
    expect(relations).to_be_visible()
    expect(relations).not_to_have_attribute("aria-current", "page")
    expect(header.get_by_text("Explore", exact=True)).to_be_hidden()
    assert header.bounding_box()["height"] <= 120


def test_a_filtered_list_answers_on_the_first_screens_of_a_phone(live_server, site: Page) -> None:
    site.set_viewport_size({"width": 390, "height": 844})
    for path in ("/events/?country=EGY&country=PRK&from=2015", "/periods/?as_of=1964-01-01&country=EGY&q=Egypt"):
        site.goto(f"{live_server.url}{path}")
        expect(site.get_by_text(f"Filter and sort ({path.count('=') - path.count('q=')} set)")).to_be_visible()
        expect(site.get_by_label("Sort")).to_be_hidden()
        assert site.locator("tbody tr:not(.year)").first.bounding_box()["y"] <= 844, path


def test_plain_questions_are_answered_in_two_steps_and_one_screen_of_a_phone(live_server, site: Page) -> None:
    site.set_viewport_size({"width": 360, "height": 800})

    def ask(words: str) -> None:
        site.goto(live_server.url)
        site.get_by_role("main").get_by_role("searchbox").fill(words)
        site.get_by_role("main").get_by_role("searchbox").press("Enter")

    def seen(answer: Locator) -> None:
        expect(answer.first).to_be_in_viewport()
        assert site.evaluate("scrollY") == 0

    # Does Iraq have relations, and since when?
    ask("Does Iraq have relations with North Korea?")
    seen(site.get_by_text("Iraq and North Korea have diplomatic relations – since 1958"))
    # Who says so?
    site.get_by_role("main").locator(".answer .refs a").first.click()
    seen(site.get_by_role("heading", level=1))
    # How sure is it that grenades were bought?
    ask("Scud-B")
    seen(site.get_by_role("main").locator(".line", has_text="Scud-B").locator(".badge", has_text="Reported"))
    # When was the canal reopened?
    ask("canal")
    seen(site.get_by_role("main").locator(".line", has_text="The canal is reopened").get_by_text("2015"))
    # What happened to Egypt? A country is found by typing it.
    site.goto(f"{live_server.url}/everything/")
    site.get_by_text("Filter and sort").click()
    site.get_by_role("group", name="Country").get_by_label("By name or code").fill("egypt")
    site.get_by_role("button", name="Apply").click()
    assert site.url.endswith("/everything/?country=EGY")
    seen(site.get_by_role("link", name="Remove the filter Country: Egypt"))
    seen(site.get_by_text("7 records"))


# How many letters of its own text fit on the widest line of each element of prose.
LETTERS = """() => [...document.querySelectorAll('.lead, .prose p, .digest, .silent')].map(element => {
  const style = getComputedStyle(element), pen = document.createElement('canvas').getContext('2d')
  pen.font = `${style.fontSize} ${style.fontFamily}`
  const text = element.textContent.trim().replace(/\\s+/g, ' ')
  return [text.slice(0, 30), Math.round(element.clientWidth / (pen.measureText(text).width / text.length))]
}).filter(([text]) => text.length === 30)"""


def test_prose_is_not_wide_and_rows_are_not_high(live_server, site: Page) -> None:
    site.set_viewport_size({"width": 1600, "height": 900})
    for path in ("/about/", "/events/", "/events/reopening/", "/relations/EGY-PRK/", "/sources/report/egypt.8.2/"):
        site.goto(f"{live_server.url}{path}")
        assert [found for found in site.evaluate(LETTERS) if found[1] > 72] == [], path
    site.goto(f"{live_server.url}/events/")
    assert site.locator("tbody tr:not(.year)").first.bounding_box()["height"] <= 40
    assert site.locator("table.rows").bounding_box()["width"] > 1400


def test_time_line_is_whole_on_a_phone_and_its_legend_has_its_colours(live_server, site: Page) -> None:
    site.set_viewport_size({"width": 360, "height": 800})
    site.goto(f"{live_server.url}/relations/EGY-PRK/")
    years = site.locator(".axis text")
    assert years.all_text_contents() == ["1960", "1970", "1980", "1990"]
    boxes = [year.bounding_box() for year in years.all()]
    assert all(left["x"] + left["width"] < right["x"] for left, right in pairwise(boxes))
    assert boxes[-1]["x"] + boxes[-1]["width"] <= 360
    for scheme, kind in product(("light", "dark"), ("certain", "possible")):
        site.emulate_media(color_scheme=scheme)
        marks = site.locator(f".timeline .{kind}")
        colours = marks.evaluate_all("marks => marks.map(mark => getComputedStyle(mark).fill)")
        assert (len(colours) > 1, len(set(colours))) == (True, 1), scheme


def test_a_small_state_on_the_map_is_hit_by_a_finger_and_leads_to_that_day(live_server, site: Page) -> None:
    with transaction.atomic():
        make_period(slug="with-bahrain", relation=make_relation("BHR", "PRK"), began_on="2001")
    site.set_viewport_size({"width": 360, "height": 800})
    site.goto(f"{live_server.url}/relations/?as_of=2010")
    place = site.locator('.map a[href*="BHR-PRK"] .target')
    place.scroll_into_view_if_needed()
    box = place.evaluate("mark => mark.getBoundingClientRect().toJSON()")
    site.mouse.click(box["x"] + 10, box["y"] + 5)
    expect(site.get_by_role("heading", name="On 31 December 2010, as far as the sources go")).to_be_visible()
    expect(site.get_by_role("heading", level=1)).to_have_text("Country BHR and North Korea")


@pytest.mark.parametrize("paths", [PAGES[::2], PAGES[1::2]], ids=["half", "other half"])
def test_pages_are_accessible_and_fit(
    live_server, site: Page, paths: tuple[str, ...], settings: Any, tmp_path: Any
) -> None:
    settings.RELEASES = str(tmp_path / "releases")
    if "/data/" in paths:
        make("1.0", made_on=date(2026, 11, 27))
    site.emulate_media(reduced_motion="reduce")
    found = {}
    for path in paths:
        site.emulate_media(color_scheme="light")
        site.set_viewport_size({"width": 1280, "height": 800})
        site.goto(f"{live_server.url}{path}")
        found[path] = findings(site) + too_wide(site, 1280) + too_wide(site, 768)
        site.emulate_media(color_scheme="dark")
        found[path] += too_wide(site, 360) + findings(site, RULES_OF_LOOKS)
    assert {path: problems for path, problems in found.items() if problems} == {}


def test_a_reference_is_copied_by_a_button(live_server, site: Page) -> None:
    site.context.grant_permissions(["clipboard-read", "clipboard-write"])
    site.goto(f"{live_server.url}/events/reopening/")
    site.get_by_text("Cite this").click()
    text = site.locator(".cite pre")
    site.locator(".cite button").nth(1).click()
    expect(site.get_by_role("button", name="Copied")).to_have_count(1)
    assert site.evaluate("navigator.clipboard.readText()") == text.text_content()
    expect(text).to_contain_text("@misc{")


def test_a_list_on_paper_says_what_was_asked_for(live_server, site: Page) -> None:
    site.goto(f"{live_server.url}/events/?country=EGY")
    site.emulate_media(media="print")
    expect(site.locator(".chips").get_by_text("Country: Egypt")).to_be_visible()
    for what_paper_cannot in (
        site.get_by_text("Clear all"),
        site.get_by_text("×"),
        site.get_by_text("Filter and sort"),
        site.get_by_text("Cite this"),
    ):
        expect(what_paper_cannot).to_be_hidden()


def test_refusals_are_accessible_too(live_server, browser) -> None:
    # Chromium reports a 400 or 404 response as a console error, on which the watched page fails.
    context = browser.new_context()
    page = context.new_page()
    for path in REFUSED:
        page.goto(f"{live_server.url}{path}")
        assert findings(page) == []
    context.close()
