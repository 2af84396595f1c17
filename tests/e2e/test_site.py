"""A reader's visit: no account, no cookie, no script, a keyboard, a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import transaction
from playwright.sync_api import Page, expect

from relations.models import Participation
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
        "/missions/",
        "/missions/cairo/",
        "/events/?country=EGY",
    ),
    *("/events/reopening/", "/arms-transfers/", "/arms-transfers/grenades/", "/observations/", "/observations/rank/"),
    *("/sources/", "/sources/report/", "/sources/report/egypt.8.2/", "/chronology/", "/search/?q=Egypt+canal"),
    *("/codebook/", "/data/", "/about/"),
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
        make_event("PRK", "IRQ", slug="visit", title="A visit to Iraq", happened_on="1971")
        transfer = make_transfer("PRK", "EGY", slug="grenades", ordered_on="[..2016]", event=event, modality="reported")
        make_transfer("PRK", "EGY", slug="twin", possibly_same_as=transfer, modality="disputed")
        cite(transfer, passage=passage, field="recipient", modality="alleged", hedge="allegedly")
        cite(make_country("EGY"), passage=passage, stance="mentions")
        make_period("level", "ambassador", slug="ambassadors", began_on="1963-08-24")
        make_period("position", "opposes", slug="opposes", subject="sanctions", held_by=make_country("EGY"))
        make_mission("PRK", "EGY", slug="cairo", city="Cairo", opened_on="[1961..1963]", closed_on="1999")
        make_observation("EGY", "PRK", slug="rank", indicator="trade_rank", period="2010", figure_unit="rank")
    page.goto(live_server.url)
    return page


def findings(page: Page) -> list[str]:
    """What axe finds, by rule and place."""
    return [
        f"{violation['id']}: {node['target']}"
        for violation in Axe().run(page).response["violations"]
        for node in violation["nodes"]
    ]


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
    expect(site.locator("tbody tr")).to_have_count(2)

    site.get_by_text("Filter and sort").click()
    site.get_by_role("group", name="Country").get_by_label("Egypt").check()
    site.get_by_role("button", name="Apply").click()
    expect(site.locator("tbody tr")).to_have_count(1)
    assert site.url.endswith("/events/?country=EGY")

    with site.expect_download() as download:
        site.get_by_role("link", name="Download as CSV").click()
    assert download.value.suggested_filename == "events.csv"
    rows = download.value.path().read_text().splitlines()
    assert [row.split(",")[1] for row in rows] == ["slug", "reopening"]

    site.get_by_role("link", name="Remove the filter Country: Egypt").click()
    expect(site.locator("tbody tr")).to_have_count(2)


def test_reader_asks_what_was_the_case_on_a_day(live_server, site: Page) -> None:
    site.goto(f"{live_server.url}/relations/EGY-PRK/")
    site.get_by_label("On the day").fill("1964-01-01")
    site.get_by_role("button", name="Ask").click()

    level = site.locator(".answers li").filter(has_text="Level of representation")
    expect(level).to_contain_text("Certain")
    expect(level.get_by_role("link", name="Ambassador")).to_have_attribute("href", "/periods/ambassadors/")
    expect(site.locator(".answers li").filter(has_text="Legal status")).to_contain_text("Not stated")


def test_reader_searches_by_keyboard_alone(site: Page) -> None:
    site.keyboard.press("Tab")
    expect(site.get_by_role("link", name="Skip to the content")).to_be_focused()
    site.keyboard.press("Enter")
    expect(site.locator("main")).to_be_focused()

    site.reload()
    for _ in range(3):
        site.keyboard.press("Tab")
    site.keyboard.type("Egypt canal")
    site.keyboard.press("Enter")
    expect(site.locator(".understood")).to_contain_text("the words canal.")
    expect(site.get_by_role("main").get_by_role("link", name="The canal is reopened")).to_be_visible()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_pages_are_accessible_and_fit(live_server, site: Page, scheme: str, width: int) -> None:
    site.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    site.set_viewport_size({"width": width, "height": 800})
    found = {}
    for path in PAGES:
        site.goto(f"{live_server.url}{path}")
        wide = site.evaluate("document.documentElement.scrollWidth") - width
        if problems := findings(site) + ([f"{wide} px too wide"] if wide > 0 else []):
            found[path] = problems

    assert found == {}


def test_refusals_are_accessible_too(live_server, browser) -> None:
    # Chromium reports an answer of 400 or 404 as an error in the console, which the watched page forbids.
    context = browser.new_context()
    page = context.new_page()
    for path in REFUSED:
        page.goto(f"{live_server.url}{path}")
        assert findings(page) == []
    context.close()
