"""The whole site below a path of its host, served by gunicorn."""

import csv
import json
import re
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse
from io import StringIO
from pathlib import Path
from urllib.parse import urlencode

import pytest

from config.wsgi import below
from tests.config.conftest import served

PAGES = (
    *("/", "/countries/", "/countries/EGY/", "/relations/", "/relations/EGY-PRK/", "/events/?country=EGY&size=10"),
    *("/arms-transfers/", "/sources/", "/sources/middle-east-relations-of-north-korea/", "/chronology/?country=EGY"),
    *("/search/?q=embassy", "/codebook/", "/data/", "/about/", "/no-such-page/", "/events/?nonsense=1"),
    *("/changes.atom", "/admin/login/"),
)


class Visitor:
    """A client that follows no redirects, and keeps cookies as a browser does."""

    def __init__(self, port: str) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}

    def get(self, path: str, form: dict[str, str] | None = None, **headers: str) -> HTTPResponse:
        headers |= {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if form is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        with closing(HTTPConnection("127.0.0.1", int(self.port))) as connection:
            connection.request("POST" if form else "GET", path, urlencode(form or {}), headers)
            response = connection.getresponse()
            response.body = response.read()
        for cookie in response.headers.get_all("Set-Cookie", []):
            name, value, place = re.match(r"(\w+)=([^;]*);.*Path=([^;]*)", cookie).groups()
            assert place == "/registers/dyad/"
            self.cookies[name] = value
        return response

    def send(self, path: str, form: dict[str, str]) -> HTTPResponse:
        """Sends the form of a page."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(path).body.decode())[1]
        return self.get(path, form | {"csrfmiddlewaretoken": token})


@pytest.fixture(scope="module")
def visitor(checkout: Path) -> Iterator[Visitor]:
    with served(checkout, SCRIPT_NAME="/registers/dyad") as (port, printed):
        assert f"Serving http://127.0.0.1:{port}/registers/dyad/ and " in printed
        yield Visitor(port)


@pytest.mark.parametrize("page", PAGES)
def test_every_address_on_a_page_is_below_the_path(visitor, page):
    html = visitor.get(f"/registers/dyad{page}").body.decode()
    addresses = re.findall(r'(?:href|src|action)="([^"#?][^"]*)"', html)
    assert len(addresses) > 3
    addresses = [re.sub(r"^http://127\.0\.0\.1:\d+", "", address) for address in addresses]
    ours = [address for address in addresses if not re.match(r"https?://|mailto:|data:", address)]
    assert [address for address in ours if not address.startswith("/registers/dyad/")] == []


def test_the_site_s_own_files_are_served_and_kept(visitor):
    html = visitor.get("/registers/dyad/").body.decode()
    styles = re.findall(r'href="([^"]+\.css)"', html)
    assert styles
    for style in styles:
        answer = visitor.get(style)
        assert (answer.status, "immutable" in answer.headers["Cache-Control"]) == (200, True)


def permalinks(file: bytes) -> list[str]:
    return [line["permalink"] for line in csv.DictReader(StringIO(file.decode()))]


def test_permalinks_in_files_lead_to_the_records(visitor):
    links = permalinks(visitor.get("/registers/dyad/events.csv?country=EGY").body)
    site = f"http://127.0.0.1:{visitor.port}"
    assert len(links) > 1
    assert [link for link in links if not link.startswith(f"{site}/registers/dyad/events/")] == []
    assert [visitor.get(link.removeprefix(site)).status for link in links[:2]] == [200, 200]


def test_robots_find_the_map_and_the_pages_below_the_path(visitor):
    below = f"http://127.0.0.1:{visitor.port}/registers/dyad/"
    robots = visitor.get("/registers/dyad/robots.txt").body.decode().splitlines()
    assert (robots[1], robots[-1]) == ("Disallow: /registers/dyad/admin/", f"Sitemap: {below}sitemap.xml")
    for part in ("sitemap.xml", "sitemap/pages.xml", "sitemap/countries.xml", "sitemap/events.xml"):
        found = re.findall("<loc>(.*?)</loc>", visitor.get(f"/registers/dyad/{part}").body.decode())
        assert found
        assert [address for address in found if not address.startswith(below)] == []


@pytest.mark.parametrize(
    ("asked", "status", "location"),
    [
        ("/countries/egy/", 301, "/countries/EGY/"),
        ("/relations/PRK-EGY/", 301, "/relations/EGY-PRK/"),
        ("/events", 301, "/events/"),
        ("/events/?country=EGY&q=", 302, "/events/?country=EGY"),
        ("/chronology/?country=EGY&actor=", 302, "/chronology/?country=EGY"),
        ("/admin/", 302, "/admin/login/?next=/registers/dyad/admin/"),
    ],
)
def test_redirects_stay_below_the_path(visitor, asked, status, location):
    answer = visitor.get(f"/registers/dyad{asked}")
    assert (answer.status, answer.headers["Location"]) == (status, f"/registers/dyad{location}")


@pytest.mark.parametrize("prefix", ["", "/registers/dyad"])
def test_health_checks_answer_at_the_top_and_below(visitor, prefix):
    assert visitor.get(f"{prefix}/healthz").body == b"ok\n"
    answer = visitor.get(f"{prefix}/readyz")
    assert (answer.status, json.loads(answer.body)) == (200, {"ready": True, "problem": ""})


@pytest.mark.parametrize("outside", ["/", "/events/", "/registers/", "/registers/dyadic/", "/static/x.css"])
def test_outside_the_path_the_answer_is_404_with_the_path(visitor, outside):
    answer = visitor.get(outside)
    assert (answer.status, answer.body) == (404, b"This site is at /registers/dyad/\n")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_admin_speaks_the_browser_s_language_and_lets_people_in(visitor, checkout):
    assert visitor.get("/registers/dyad/admin/login/", **{"Accept-Language": "de"}).headers["Content-Language"] == "de"
    name, password = (checkout / "var" / "admin.txt").read_text().split()
    login = "/registers/dyad/admin/login/?next=/registers/dyad/admin/"
    answer = visitor.send(login, {"username": name, "password": password})
    assert (answer.status, answer.headers["Location"]) == (302, "/registers/dyad/admin/")
    home = visitor.get("/registers/dyad/admin/")
    assert home.status == 200
    assert re.findall(r'(?:href|src|action)="(/(?!registers/dyad[/"])[^"]*)"', home.body.decode()) == []
    events = "/registers/dyad/admin/relations/event/"
    selected = re.search(r'name="_selected_action" value="(\d+)"', visitor.get(events).body.decode())[1]
    whole = permalinks(visitor.send(f"{events}export/", {"format": "0", "resource": "0"}).body)
    one = permalinks(visitor.send(events, {"action": "export_selected", "_selected_action": selected}).body)
    assert (len(whole) > 10, len(one)) == (True, 1)
    site = f"http://127.0.0.1:{visitor.port}/registers/dyad/events/"
    assert [link for link in whole + one if not link.startswith(site)] == []


def environ_of(site: str, path: str) -> dict[str, str] | None:
    """The SCRIPT_NAME and PATH_INFO that reach the application; None if the request does not."""
    seen = {}
    below("/dyad", lambda environ, start_response: seen.update(environ) or [])(
        {"SCRIPT_NAME": site, "PATH_INFO": path}, lambda status, headers: None
    )
    return seen or None


@pytest.mark.parametrize(
    ("site", "path", "seen"),
    [
        ("", "/dyad/events/", ("/dyad", "/events/")),
        ("", "/dyad", ("/dyad", "")),
        ("", "/dyad/dyad/", ("/dyad", "/dyad/")),
        ("/dyad", "/events/", ("/dyad", "/events/")),  # a server that has stripped it
        ("/dyad", "/dyad/", ("/dyad", "/dyad/")),
        ("", "/readyz", ("", "/readyz")),
        ("", "/events/", None),
        ("", "/dyadic/", None),
        ("", "", None),
    ],
)
def test_the_path_is_stripped_exactly_once(site, path, seen):
    environ = environ_of(site, path)
    assert (environ and (environ["SCRIPT_NAME"], environ["PATH_INFO"])) == seen
