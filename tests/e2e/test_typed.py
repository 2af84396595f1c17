"""Unsaved input at the desk is stored in the browser, and offered again to the user who typed it."""

import re

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from playwright.sync_api import Page, Route, expect

from relations.models import Event, Passage
from tests.e2e.test_desk import choose
from tests.factories import make_country, make_event, make_passage, make_source

pytestmark = pytest.mark.django_db(transaction=True)

REASSURED = "What was typed here and not saved is kept, and offered on its page after you have signed in."
KEPT = "Object.keys(localStorage).filter(key => key.startsWith('dyad-typed:')).length"


@pytest.fixture
def users():
    for name in ("rosa", "karl"):
        get_user_model().objects.create_superuser(name, password="secret")


def sign_in(page: Page, name: str) -> None:
    """Signs in on the login page, wherever that leads."""
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill("secret")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("button", name="Log out")).to_be_visible()


def nothing_is_kept(page: Page) -> None:
    """Asserts that nothing is stored, once the page has loaded, since entries are only removed then."""
    page.wait_for_load_state()
    assert page.evaluate(KEPT) == 0


def test_what_was_typed_is_taken_up_after_a_closed_page_and_a_log_in_that_ran_out(live_server, page, users):
    with transaction.atomic():
        event = make_event("PRK", title="A visit", state="draft")
        make_country("EGY")
    url = f"{live_server.url}/admin/relations/event/{event.pk}/change/"
    page.goto(url)
    page.wait_for_load_state()
    expect(page.get_by_text(REASSURED)).to_have_count(0)
    sign_in(page, "rosa")
    page.get_by_label("Title:").fill("A state visit")
    page.locator("#participations-group .add-row a").click()
    page.locator("#id_participations-1-role").select_option("host")
    choose(page, "participations-1-country", "Egypt", "Egypt")
    page.close(run_before_unload=False)

    page = page.context.new_page()
    page.goto(url)
    expect(page.get_by_label("Title:")).to_have_value("A visit")
    page.get_by_role("button", name=re.compile(r"Take up what you had typed at \d\d:\d\d")).click()
    expect(page.get_by_label("Title:")).to_have_value("A state visit")
    expect(page.locator("#id_participations-1-country + .select2")).to_contain_text("Egypt")
    page.get_by_label("Place:").fill("Cairo")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.get_by_text(REASSURED)).to_be_visible()
    sign_in(page, "rosa")
    page.goto(url)
    page.get_by_role("button", name="Take up what you had typed").click()
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    nothing_is_kept(page)
    assert Event.objects.values_list("title", "place").get() == ("A state visit", "Cairo")
    assert set(event.participations.values_list("country", "role")) == {("PRK", "actor"), ("EGY", "host")}


def test_nobody_else_is_offered_it_and_it_can_be_thrown_away(live_server, page, users):
    with transaction.atomic():
        source = make_source("a-book")
        make_passage(source, "egypt.1.1", section="Egypt")
    offered = page.get_by_role("button", name="Take up what you had typed")
    page.goto(f"{live_server.url}/admin/relations/source/{source.pk}/code/?passage=egypt.1.1&kind=event")
    sign_in(page, "rosa")
    page.get_by_label("Title:").fill("A visit")
    page.reload()
    page.get_by_role("button", name="Throw it away").click()
    page.reload()
    expect(page.get_by_label("Title:")).to_be_visible()
    expect(offered).to_have_count(0)
    passage = f"{live_server.url}/admin/relations/passage/{Passage.objects.get().pk}/change/"
    page.goto(passage)
    page.get_by_label("Digest:").fill("Of Rosa")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.goto(passage)
    assert page.evaluate(KEPT) == 1
    sign_in(page, "karl")
    expect(offered).to_have_count(0)
    page.get_by_label("Digest:").fill("Of Karl")
    assert page.evaluate(KEPT) == 1
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_text("Logged out").first).to_be_visible()
    nothing_is_kept(page)


def test_what_was_typed_before_a_page_was_whole_is_kept_and_nothing_but_a_person_gives_it_up(live_server, page, users):
    with transaction.atomic():
        event = make_event("PRK", title="A visit", state="draft")
    url = f"{live_server.url}/admin/relations/event/{event.pk}/change/"
    page.goto(url)
    sign_in(page, "rosa")
    held: list[Route] = []

    def hold(image: Route) -> None:
        held.append(image)

    page.route("**/icon-addlink.svg", hold)
    page.goto(url, wait_until="domcontentloaded")
    page.get_by_label("Title:").fill("A state visit")
    assert page.evaluate(KEPT) == 0
    for each in held:
        each.continue_()
    page.unroute("**/icon-addlink.svg")
    page.wait_for_load_state()
    page.reload()
    offered = page.get_by_role("button", name="Take up what you had typed")
    expect(offered).to_be_visible()
    page.get_by_label("Title:").dispatch_event("change")
    page.reload()
    offered.click()
    expect(page.get_by_label("Title:")).to_have_value("A state visit")
