"""A day of three people at the desk: a coder, an editor who reviews, and a manager who merges and deletes."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import NamedTuple

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from playwright.sync_api import Browser, Locator, Page, expect

from relations.models import Actor, Event
from relations.rights import make_groups
from tests.e2e.conftest import watch
from tests.e2e.test_desk import choose
from tests.e2e.test_tables import faults_of
from tests.e2e.test_typed import sign_in
from tests.factories import aged, make_actor, make_country, make_event

pytestmark = pytest.mark.django_db(transaction=True)

REPORT = b"""Egypt

A delegation from Pyongyang visited Cairo on 3 November 1973.
In the spring of 1974 North Korea and Egypt signed an agreement on trade.
In November 1973 North Koreans were on a visit in Cairo.
"""


class Team(NamedTuple):
    """A signed-in browser for each; the editor's and the manager's without content security policy, for axe."""

    coder: Page
    editor: Page
    manager: Page


@pytest.fixture
def team(live_server, browser: Browser, settings) -> Iterator[Team]:
    settings.REVIEW_REQUIRED = True
    make_groups("default")
    pages, complaints = [], []
    with ExitStack() as opened:
        for group in Team._fields:
            user = get_user_model().objects.create_user(group, password="secret", is_staff=True)
            user.groups.add(Group.objects.get(name=group))
            context = browser.new_context(locale="en-GB", timezone_id="UTC", bypass_csp=group != "coder")
            opened.callback(context.close)
            complaints.append(watch(context))
            pages.append(context.new_page())
            pages[-1].goto(f"{live_server.url}/admin/")
            sign_in(pages[-1], group)
        yield Team(*pages)
    assert complaints == [[], [], []]


@pytest.fixture
def register() -> None:
    """Two countries, and an actor that was entered twice."""
    with transaction.atomic():
        for code in ("PRK", "EGY"):
            make_country(code)
        make_actor("kimco", name="Kimco")
        other = make_actor("kim-co", name="Kim Co.")
        make_event("PRK", "EGY", slug="talks", title="Talks").participations.create(actor=other, role="host")
    aged(other)


def begin(coder: Page) -> None:
    """Creates a source from a text, whose sentences are previewed."""
    coder.get_by_role("link", name="New source", exact=True).click()
    file = {"name": "report.txt", "mimeType": "text/plain", "buffer": REPORT}
    coder.get_by_role("region", name="From its text").locator("input[type=file]").set_input_files(file)
    coder.get_by_role("button", name="Show its sentences").click()
    expect(coder.get_by_text("report.txt: 3 sentences. Nothing is written yet.")).to_be_visible()
    coder.get_by_role("button", name="Begin the source").click()
    expect(coder.locator(".at-hand h2")).to_have_text("egypt.1.1")


def code(coder: Page) -> None:
    """Codes two events, with an ambiguous date, an unknown country, and a visit that was coded already."""
    keys, hand = coder.keyboard, coder.locator("form.coded")
    coder.wait_for_load_state()  # until then keys are ignored
    keys.press("e")
    hand.get_by_label("Kind:").first.select_option("visit")
    hand.get_by_label("Happened on:").fill("3/11/1973")
    hand.get_by_label("Title:").fill("Delegation visits Cairo")
    hand.locator("#id_participations-1-country + .select2").click()
    coder.locator(".select2-search__field").fill("Atlantis")
    expect(coder.locator(".select2-results")).to_have_text("No results found")
    keys.press("Escape")
    keys.press("Control+Enter")
    expect(coder.locator("#errors")).to_contain_text("which is the day and which the month cannot be told")
    hand.get_by_label("Happened on:").fill("3 November 1973")
    keys.press("Control+Enter")
    expect(coder.get_by_text("Saved in egypt.1.1: Delegation visits Cairo.")).to_be_visible()
    expect(coder.locator(".at-hand h2")).to_have_text("egypt.2.1")
    keys.press("e")
    hand.get_by_label("Kind:").first.select_option("agreement")
    hand.get_by_label("Happened on:").fill("spring 1974")
    hand.get_by_label("Title:").fill("Agrement on trade")
    keys.press("Control+Enter")
    expect(coder.locator(".at-hand h2")).to_have_text("egypt.3.1")
    keys.press("e")
    hand.get_by_label("Kind:").first.select_option("visit")
    hand.get_by_label("Happened on:").fill("November 1973")
    keys.press("Tab")
    coder.get_by_role("link", name="It is the same: cite it there").click()
    expect(hand.get_by_label("Title:")).to_have_value("Delegation visits Cairo")
    keys.press("Control+Enter")
    expect(coder.locator(".tally")).to_have_text("3 coded")


def act(page: Page, url: str, titles: list[str], action: str, reason: str = "") -> Locator:
    """Runs an action on some events of the list; returns the message."""
    page.goto(f"{url}/admin/relations/event/")
    for title in titles:
        page.get_by_role("row", name=title).get_by_role("checkbox").check()
    page.get_by_label("Action:").select_option(action)
    page.get_by_label("Reason:").fill(reason)
    page.get_by_role("button", name="Go", exact=True).click()
    return page.locator(".messagelist")


def review(team: Team, url: str) -> None:
    """The editor sends one of two back, the coder corrects it, and the editor publishes both."""
    both = ["Delegation visits Cairo", "Agrement on trade"]
    expect(act(team.coder, url, both, "send_to_review")).to_have_text("2 events sent to review.")
    team.editor.goto(f"{url}/admin/")
    waiting = team.editor.get_by_role("region", name="Waiting for review").get_by_role("listitem")
    expect(waiting).to_have_count(2)
    told = act(team.editor, url, both[1:], "send_back", "Agreement has two e.")
    expect(told).to_have_text("1 event sent back.")
    team.coder.goto(f"{url}/admin/")
    sent_back = team.coder.get_by_role("region", name="Sent back to me")
    expect(sent_back.get_by_role("listitem")).to_contain_text("editor: Agreement has two e.")
    sent_back.get_by_role("link").click()
    team.coder.get_by_label("Title:").fill("Agreement on trade")
    team.coder.get_by_role("button", name="Save and continue editing").first.click()
    expect(team.coder.get_by_text("its address is still agrement-on-trade-1974")).to_be_visible()
    team.coder.get_by_label("Slug:").fill("")
    team.coder.get_by_label("State:").select_option("in_review")
    team.coder.get_by_role("button", name="Save", exact=True).first.click()
    expect(team.coder.get_by_text("was changed successfully")).to_be_visible()
    told = act(team.editor, url, ["Delegation visits Cairo", "Agreement on trade"], "publish")
    expect(told).to_have_text("2 events published.")
    team.coder.goto(f"{url}/events/delegation-visits-cairo-1973/")
    expect(team.coder.get_by_role("heading", level=1)).to_contain_text("Delegation visits Cairo")
    expect(team.coder.get_by_text("egypt.1.1")).to_be_visible()
    expect(team.coder.get_by_text("egypt.3.1")).to_be_visible()


def meet(team: Team, form: str) -> list[str]:
    """The editor saves after the manager, sees both values, and keeps one of each; returns what axe finds there."""
    for page in (team.editor, team.manager):
        page.goto(form)
    team.manager.get_by_label("Title:").fill("Delegation in Cairo")
    team.manager.get_by_label("Place:").fill("Cairo")
    team.editor.get_by_label("Title:").fill("A delegation visits Cairo")
    team.manager.get_by_role("button", name="Save", exact=True).first.click()
    expect(team.manager.get_by_text("was changed successfully")).to_be_visible()
    team.editor.get_by_role("button", name="Save", exact=True).first.click()
    expect(team.editor.get_by_text("Nothing was saved yet: manager changed this")).to_be_visible()
    faults = faults_of(team.editor)
    row = team.editor.get_by_role("row", name="Title both changed")
    expect(row.get_by_role("radio", name="Delegation in Cairo")).not_to_be_checked()
    row.get_by_role("radio", name="A delegation visits Cairo").check()
    team.editor.get_by_role("button", name="Save what is chosen").click()
    expect(team.editor.get_by_text("was changed successfully")).to_be_visible()
    assert Event.objects.filter(title="A delegation visits Cairo", place="Cairo").count() == 1
    return faults


def take_back(editor: Page, form: str) -> list[str]:
    """The editor undoes the last change, with a reason."""
    editor.goto(form)
    editor.get_by_role("link", name="History").click()
    editor.get_by_role("link", name="Take this change back").first.click()
    expect(editor.get_by_role("button", name="Take it back")).to_be_visible()
    faults = faults_of(editor)
    editor.get_by_label("Why:").fill("The manager is right.")
    editor.get_by_role("button", name="Take it back").click()
    expect(editor.get_by_text("The manager is right.")).to_be_visible()
    assert Event.objects.filter(title="Delegation in Cairo", place="Cairo").count() == 1
    return faults


def merge(manager: Page, url: str) -> list[str]:
    """One of two actors is merged into the other, and its address redirects there."""
    manager.goto(f"{url}/admin/relations/actor/{Actor.objects.get(slug='kim-co').pk}/change/")
    manager.get_by_role("link", name="Merge").click()
    choose(manager, "into", "Kimco", "Kimco")
    manager.get_by_role("button", name="Compare").click()
    merged = manager.get_by_role("button", name="Merge this one into “Kimco”")
    expect(merged).to_be_visible()
    faults = faults_of(manager)
    merged.click()
    expect(manager.get_by_text("Kim Co. is now merged into Kimco.")).to_be_visible()
    manager.goto(f"{url}/actors/kim-co/")
    expect(manager).to_have_url(f"{url}/actors/kimco/")
    expect(manager.get_by_role("link", name="Talks")).to_be_visible()
    return faults


def delete_and_restore(manager: Page, url: str) -> list[str]:
    """A record is deleted, found in the list of changes, and restored at its address."""
    public = f"{url}/events/agreement-on-trade-1974/"
    manager.goto(f"{url}/admin/relations/event/{Event.objects.get(title='Agreement on trade').pk}/delete/")
    manager.get_by_role("button", name="Yes, I’m sure").click()
    expect(manager.get_by_text("was deleted successfully")).to_be_visible()
    assert manager.request.get(public).status == 410
    manager.get_by_role("link", name="Deleted", exact=True).click()
    manager.get_by_role("row", name="Agreement on trade").get_by_role("link").click()
    manager.get_by_role("link", name="Bring it back").click()
    restored = manager.get_by_role("button", name="Bring it back")
    expect(restored).to_be_visible()
    faults = faults_of(manager)
    manager.get_by_label("Why:").fill("A slip.")
    restored.click()
    expect(manager.get_by_label("Title:")).to_have_value("Agreement on trade")
    assert manager.request.get(public).status == 200
    return faults


def test_a_day_of_a_coder_an_editor_and_a_manager(live_server, team, register):
    url = live_server.url
    begin(team.coder)
    code(team.coder)
    visit = Event.objects.get(title="Delegation visits Cairo")
    assert list(visit.citations.order_by("pk").values_list("passage__ref", flat=True)) == ["egypt.1.1", "egypt.3.1"]
    review(team, url)
    form = f"{url}/admin/relations/event/{visit.pk}/change/"
    found = {
        "choices": meet(team, form),
        "take back": take_back(team.editor, form),
        "merge": merge(team.manager, url),
        "restore": delete_and_restore(team.manager, url),
    }
    assert found == {"choices": [], "take back": [], "merge": [], "restore": []}
