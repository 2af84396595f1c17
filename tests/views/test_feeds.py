"""Sitemap, feed of latest changes, and the address for reports of errors."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from defusedxml.ElementTree import fromstring
from django.contrib.staticfiles import finders
from django.test import Client

from config.register import Register
from relations.models import RECORD_TYPES, Actor, Country, Event, Relation, Source
from relations.views import feeds
from tests.factories import cite, make_actor, make_event, make_one_of_everything, make_relation, make_transfer
from tests.refusals import commit

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def locations(client: Client, path: str) -> list[str]:
    """The URLs in a part of the sitemap, or of its parts."""
    response = client.get(path)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/xml")
    root = fromstring(response.content)
    return [element.text or "" for element in root.iter() if element.tag.endswith("}loc")]


def test_every_public_page_is_in_the_map_once(client: Client, monkeypatch) -> None:
    monkeypatch.setattr(feeds, "CHUNK", 2)
    make_one_of_everything()
    make_relation("EGY", "PRK")
    for number in range(4):
        make_event(slug=f"visit-{number}", negated=number > 1)
    make_event("EGY", "ZZZ", slug="secret", state="draft")
    make_actor("nobody")
    commit()
    things = [thing for model in (Country, Relation, Actor, Source) for thing in model.objects.public()]
    records = [record for model in RECORD_TYPES for record in model._default_manager.published()]
    rows = [f"http://testserver{row.get_absolute_url()}" for row in (*things, *records)]

    first, *parts = locations(client, "/sitemap.xml")
    found = [location for part in parts for location in locations(client, part)]

    assert sorted(found) == sorted(rows)
    assert all(len(locations(client, part)) <= 2 for part in parts)
    assert len(parts) > len(feeds.SECTIONS)
    alone = locations(client, first)
    for path in ("", "figures/", "arms-transfers/", "codebook/events/", "codebook/lists/modality/"):
        assert f"http://testserver/{path}" in alone
    assert {client.get(location).status_code for location in alone} == {200}
    visits = client.get("/sitemap/events.xml").content.decode()
    assert visits.count("<lastmod>") == visits.count("<loc>")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_map_and_the_feed_cost_the_same_however_much_they_hold(
    client: Client, django_assert_num_queries, rows: int
) -> None:
    for number in range(rows):
        make_event(slug=f"visit-{number}")
        make_transfer(slug=f"deal-{number}")
    for path, cost in {
        "/sitemap.xml": 5,
        "/sitemap/events.xml": 1,
        "/sitemap/pages.xml": 0,
        "/changes.atom": 4,
    }.items():
        with django_assert_num_queries(cost, info=path):
            client.get(path)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/sitemap/secrets.xml", 404),
        ("/sitemap/events.xml?after=x", 400),
        ("/sitemap/events.xml?after=2026-01-01~x", 400),
        ("/sitemap/events.xml?page=2", 400),
        ("/sitemap/relations.xml?after=2000", 200),
        ("/sitemap/relations.xml?after=-1", 400),
    ],
)
def test_a_part_that_there_is_not_is_refused(client: Client, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_robots_may_ask_for_pages_and_the_map(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /*?",
        "Allow: /sitemap/*?",
        "Sitemap: http://testserver/sitemap.xml",
    ]


def test_the_feed_has_the_latest_changes_first_and_no_draft(client: Client, settings) -> None:
    settings.REGISTER = Register(title="Ours", licence="CC0", licence_url="https://example.org/cc0")
    make_event(slug="visit", title="A <visit> & more")
    cite(make_transfer("PRK", "EGY", slug="deal", modality="alleged"), field="recipient", modality="disputed")
    make_event(slug="gone")
    make_event(slug="secret", title="SECRET", state="draft")
    Event.objects.filter(slug="gone").update(state="draft")
    commit()
    with_change = Event.objects.get(slug="visit")
    response = client.get("/changes.atom")
    feed = fromstring(response.content)
    entries = feed.findall(f"{ATOM}entry")
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert feed.findtext(f"{ATOM}title") == "Ours: latest changes"
    assert {entry.findtext(f"{ATOM}title") for entry in entries} == {
        "A <visit> & more",
        "Alleged: Scud-B, North Korea to Egypt",
    }
    visit = next(entry for entry in entries if "visit" in (entry.findtext(f"{ATOM}id") or ""))
    assert visit.findtext(f"{ATOM}id") == "http://testserver/events/visit/"
    assert visit.findtext(f"{ATOM}summary") == f"Event, version {with_change.version}."
    deal = next(entry for entry in entries if entry is not visit)
    assert re.fullmatch(r"Arms transfer, version \d+; recipient: disputed\.", deal.findtext(f"{ATOM}summary") or "")
    assert visit.findtext(f"{ATOM}updated") == with_change.changed_at.isoformat()


def test_the_feed_is_in_the_order_of_change(monkeypatch, client: Client) -> None:
    monkeypatch.setattr(feeds, "LATEST", 2)
    for slug in ("b", "c", "a"):
        make_event(slug=slug)
    feed = fromstring(client.get("/changes.atom").content)
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
    # All were changed in one transaction, so the slug decides.
    assert ids == ["http://testserver/events/b/", "http://testserver/events/c/"]


def report(client: Client, path: str) -> list[str]:
    """The link on a page for reporting an error."""
    return [unescape(link) for link in re.findall(r'href="(mailto:[^"]*\?[^"]*)"', client.get(path).content.decode())]


def test_an_error_is_reported_with_the_address_of_the_page(client: Client, settings) -> None:
    make_event("EGY", "PRK", slug="visit")
    assert report(client, "/events/visit/") == []
    settings.REGISTER = Register(contact="https://example.org/contact")
    assert report(client, "/events/visit/") == []
    settings.REGISTER = Register(title="Ours & theirs", contact="register+dyad@example.org")
    (link,) = report(client, "/events/visit/?utm_source=x")
    parts = urlsplit(link)
    assert parts.path == "register+dyad@example.org"
    assert "+" not in parts.query  # mail programs would not decode it as a space
    assert parse_qs(parts.query) == {
        "subject": ["Ours & theirs: an error on a page"],
        "body": ["The page: http://testserver/events/visit/\nWhat is wrong, and where it is said: "],
    }
    assert "events%2F%3Fcountry%3DEGY" in report(client, "/events/?country=EGY")[0]
    assert report(client, "/events/never/") == []


def test_pages_name_their_icon_and_the_feed(client: Client) -> None:
    page = client.get("/").content.decode()
    assert '<link rel="icon" href="/static/relations/icon.svg" type="image/svg+xml">' in page
    assert finders.find("relations/icon.svg")
    assert 'type="application/atom+xml" title="Latest changes" href="/changes.atom">' in page
