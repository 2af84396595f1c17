"""A foreign table in a browser: mapped with menus, previewed, imported, published and taken back."""

import re

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from playwright.sync_api import Page, expect

from relations.models import Event
from tests.e2e.accessibility import findings
from tests.factories import make_country

pytestmark = pytest.mark.django_db(transaction=True)

VISITS = b"""Nr;Kind;Date;Guest;Host
1;State visit;1.3.1973;North Korea;Egypt
2;Meeting;14.3.1974;North Korea;Egypt
3;Meeting;14.13.1974;North Korea;Egypt
"""


@pytest.fixture
def desk(live_server, browser, client):
    """A signed-in page of any width, without content security policy, because axe injects styles."""
    client.force_login(get_user_model().objects.create_superuser("rosa"), "django.contrib.auth.backends.ModelBackend")
    context = browser.new_context(locale="en-GB", bypass_csp=True)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert faults == []


def faults_of(page: Page) -> list[str]:
    """The violations that axe finds on a page, dark and narrow, and whether it overflows the screen."""
    page.wait_for_load_state()
    page.set_viewport_size({"width": 360, "height": 800})
    page.emulate_media(color_scheme="dark")
    page.evaluate("document.getAnimations().forEach((each) => each.finish())")  # finishes transitions between colours
    faults = findings(page, {})
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        faults.append("is too wide")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.emulate_media(color_scheme="light")
    return faults


def test_a_table_is_described_imported_published_and_taken_back(live_server, desk):
    with transaction.atomic():
        make_country("PRK", name="North Korea")
        make_country("EGY", name="Egypt")
    found = {}
    desk.goto(f"{live_server.url}/admin/relations/batch/")
    desk.get_by_role("link", name="Import a table").click()
    expect(desk.get_by_label("File:", exact=True)).to_be_visible()
    found["upload"] = faults_of(desk)
    desk.get_by_label("File:", exact=True).set_input_files(
        {"name": "visits.csv", "mimeType": "text/csv", "buffer": VISITS}
    )
    desk.get_by_role("button", name="Preview").click()

    expect(desk.get_by_label("Guest becomes")).to_have_value("participants: actor")
    expect(desk.get_by_label("Date is read")).to_have_value("a date, day first")
    desk.get_by_label("Meeting (2) becomes").select_option("talks")
    desk.get_by_label("Title, the same in every row").fill("{Guest} in {Host}")
    found["map"] = faults_of(desk)
    desk.get_by_role("button", name="Save the profile and preview").click()

    expect(desk.get_by_text("1 fault in 1 row.")).to_be_visible()
    found["preview"] = faults_of(desk)
    with desk.expect_download() as download:
        desk.get_by_role("link", name="Download the refused rows").click()
    header, row = VISITS.splitlines()[::3]
    assert download.value.path().read_bytes() == b"refused line of visits.csv;%b\n4;%b\n" % (header, row)
    desk.get_by_role("button", name="Import all but the refused rows").click()

    publish = desk.get_by_role("button", name="Publish its 2 drafts")
    expect(publish).to_be_visible()
    found["batch"] = faults_of(desk)
    publish.click()
    expect(desk.get_by_text("Published: visits.csv")).to_be_visible()
    assert list(Event.objects.order_by("happened_on").values_list("kind", "happened_on", "state")) == [
        ("visit", "1973-03-01", "published"),
        ("talks", "1974-03-14", "published"),
    ]
    with transaction.atomic():
        Event.objects.filter(kind="talks").update(title="Mended")
    desk.get_by_role("button", name="Take the whole import back").click()
    expect(desk.get_by_text(re.compile("event visits-2: changed on"))).to_be_visible()
    found["refused"] = faults_of(desk)

    desk.goto(f"{live_server.url}/admin/relations/batch/profiles/visits/")
    found["profile"] = faults_of(desk)
    assert {name: faults for name, faults in found.items() if faults} == {}
