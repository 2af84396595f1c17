"""The page cache: pages that are the same for everybody, until the data changes, and only without a session."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError, connection, connections, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from config import databases, dispatcher, page_cache, worker
from config.databases import PRIMARY, data_version
from config.page_cache import CachedPage, PageCache
from relations.models import Event, Source
from relations.views.pages import About
from tests.config.clients import connect, read_response, running, send_request
from tests.factories import make_event

pytestmark = pytest.mark.django_db(transaction=True)
VISIT = "/events/visit/"


class Site:
    """Django's application, which records its requests."""

    def __init__(self) -> None:
        self.requests: list[str] = []
        self.django = WSGIHandler()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        self.requests.append(environ["PATH_INFO"])
        return self.django(environ, start_response)


@pytest.fixture
def site(monkeypatch) -> Site:
    monkeypatch.setitem(connections.settings[PRIMARY], "CONN_MAX_AGE", 0)  # threads end with the test
    with transaction.atomic():
        make_event("EGY", "PRK", slug="visit", title="A visit")
    return Site()


# Which pages are cached


@pytest.fixture
def get(site: Site) -> Callable[..., tuple[int, dict[str, str], bytes, bool]]:
    """Sends a WSGI request: status, headers and body, and whether the page is cached for the present data version."""
    pages = PageCache(site)

    def get(path: str = VISIT, method: str = "GET", **headers: Any) -> tuple[int, dict[str, str], bytes, bool]:
        environ = getattr(RequestFactory(), method.lower())(path, **headers).environ
        started: list[Any] = []
        response = pages(environ, lambda *arguments: started.extend(arguments))
        body = b"".join(response)
        if hasattr(response, "close"):
            response.close()
        is_cached = bool(pages.get(environ, data_version()))
        return int(started[0][:3]), dict(started[1]), body, is_cached

    get.pages = pages
    return get


def cached_page(pages: PageCache, **headers: str) -> CachedPage | None:
    """The page that a request with these headers gets."""
    return pages.get(RequestFactory().get(VISIT, **headers).environ, data_version())


@pytest.mark.parametrize("path", ["/", VISIT, "/events/", "/events/?country=EGY", "/chronology/", "/search/?q=visit"])
def test_pages_are_cached(get, path):
    status, headers, body, is_cached = get(path)
    assert (status, is_cached) == (200, True)
    assert headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert headers["ETag"].strip('"')
    assert int(headers["Content-Length"]) == len(body) > 1000


def test_redirects_and_gone_pages_are_cached(get):
    assert get("/events/VISIT/")[::3] == (301, True)
    Event.objects.update(state="draft")
    assert get()[::3] == (410, True)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/no-such-page/", 404),  # there is no end of such addresses
        ("/events/no-such-event/", 404),
        ("/events/?nonsense=1", 400),
        ("/events/?q=", 302),
        ("/events.csv", 200),
        ("/admin/login/", 200),
        ("/admin/r/1/1/", 410),
        ("/healthz", 200),
    ],
)
def test_nothing_else_is_cached(get, path, status):
    answered, headers, _, is_cached = get(path)
    assert (answered, is_cached) == (status, False)
    assert headers.get("Cache-Control") != "public, max-age=0, must-revalidate"


@pytest.mark.parametrize(
    "headers",
    [{"HTTP_COOKIE": "sessionid=abc"}, {"HTTP_COOKIE": "a=b; sessionid="}, {"HTTP_AUTHORIZATION": "Bearer abc"}],
)
def test_a_request_with_a_session_bypasses_the_cache(get, site, headers):
    assert get()[3]
    for _ in range(2):
        assert (cached_page(get.pages, **headers), bool(cached_page(get.pages))) == (None, True)
        status, told, _, is_cached = get(**headers)
        assert (status, is_cached, "Cache-Control" in told, "ETag" in told) == (200, False, False, False)
    assert site.requests == [VISIT] * 3


def test_post_requests_bypass_the_cache(get):
    assert get(VISIT, "POST")[::3] == (405, False)
    assert get(VISIT, "HEAD")[::3] == (200, False)
    assert get(VISIT, "GET")[::3] == (200, True)


@pytest.mark.parametrize(
    ("headers", "may_be"),
    [
        ({"Cache-Control": "no-store"}, False),
        ({"Vary": "Accept"}, False),
        ({"Set-Cookie": "seen=yes"}, False),
        ({"Vary": "Cookie"}, True),
        ({}, True),
    ],
)
def test_a_page_that_varies_is_not_cached(get, monkeypatch, headers, may_be):
    def answer(*arguments: object) -> HttpResponse:
        response = HttpResponse("A page")
        for name, value in headers.items():
            if name == "Set-Cookie":
                response.set_cookie("seen", "yes")
            else:
                response[name] = value
        return response

    monkeypatch.setattr(About, "get", answer)
    assert get("/about/")[::3] == (200, may_be)


def test_a_page_is_not_cached_if_the_data_changed_meanwhile(get, monkeypatch):
    def answer(*arguments: object) -> HttpResponse:
        Source.objects.update(title="Changed")
        return HttpResponse("A page")

    monkeypatch.setattr(About, "get", answer)
    assert get("/about/")[0] == 200
    assert not get.pages.pages


def test_one_host_never_sees_the_page_of_another(get):
    for host in ("testserver", "localhost"):
        _, _, body, is_cached = get(HTTP_HOST=host)
        assert (is_cached, f"<code>{host}{VISIT}</code>".encode() in body) == (True, True)
    assert get(HTTP_HOST="elsewhere.example")[::3] == (400, False)
    assert [key.host for key in get.pages.pages] == ["testserver", "localhost"]


def test_https_and_http_are_distinguished_behind_a_trusted_proxy(get, settings):
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 60
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.TRUSTED_PROXY = [ip_network("10.0.0.0/8")]
    get.pages.site.django = WSGIHandler()
    proxy, stranger = {"REMOTE_ADDR": "10.0.0.1"}, {"REMOTE_ADDR": "203.0.113.9"}
    status, headers, _, is_cached = get(HTTP_X_FORWARDED_PROTO="https", **proxy)
    assert (status, headers["Strict-Transport-Security"], is_cached) == (200, "max-age=60", True)
    assert cached_page(get.pages, HTTP_X_FORWARDED_PROTO="https", **proxy)
    assert cached_page(get.pages, HTTP_X_FORWARDED_PROTO="https", **stranger) is None
    assert get(HTTP_X_FORWARDED_PROTO="https", **stranger)[::3] == (301, False)
    assert get(HTTP_X_FORWARDED_PROTO="http", **proxy)[::3] == (301, False)
    assert get(**proxy)[::3] == (301, False)


def test_campaign_parameters_are_not_part_of_the_key(get, site):
    get("/events/?utm_source=letter&country=EGY&fbclid=1")
    assert [key.query for key in get.pages.pages] == ["country=EGY"]
    assert get("/events/?country=EGY")[2] == get("/events/?country=EGY&gclid=2")[2]
    assert b"fbclid" not in get("/events/?utm_source=letter&country=EGY&fbclid=1")[2]
    assert len(get.pages.pages) == 1


# For how long


def test_a_page_is_served_for_its_data_version_only(get):
    before = get()[2]
    Event.objects.update(title="Another visit")
    assert cached_page(get.pages) is None
    status, _, after, is_cached = get()
    assert (status, is_cached, before != after) == (200, True, True)
    assert len(get.pages.pages) == 1


def test_a_page_is_served_on_its_day_only(get, monkeypatch):
    class Tomorrow(datetime):
        @classmethod
        def now(cls, zone: Any) -> datetime:
            return datetime.now(zone) + timedelta(days=1)

    assert get()[3]
    monkeypatch.setattr(databases, "datetime", Tomorrow)
    assert cached_page(get.pages) is None
    assert data_version()[:10] == str(datetime.now(UTC).date() + timedelta(days=1))


def page(length: int, version: str = "1") -> CachedPage:
    return CachedPage(version, "200 OK", [("ETag", '"a"')], bytes(length))


def test_the_least_recently_used_pages_are_evicted(monkeypatch):
    def environ(path: str) -> dict[str, Any]:
        return RequestFactory().get(path).environ

    def keep(path: str, length: int) -> None:
        pages.store(page_cache.key_of(environ(path)), page(length))

    pages = PageCache(Site())
    monkeypatch.setattr(page_cache, "MAX_BYTES", 3 * (page_cache.OVERHEAD + 1002))
    for path in ("/1", "/2", "/3"):
        keep(path, 1000)
    assert pages.get(environ("/1"), "1")
    keep("/4", 1000)
    keep("/4", 1000)
    assert [key.path for key in pages.pages] == ["/3", "/1", "/4"]
    assert pages.bytes == page_cache.MAX_BYTES
    keep("/5", page_cache.MAX_PAGE_BYTES)
    assert len(pages.pages) == 3
    assert page_cache.MAX_PAGE_BYTES < worker.BUFFERED


@pytest.mark.parametrize("told", ['"{}"', 'W/"{}"', '"other", "{}"', "*"])
def test_a_visitor_with_the_page_gets_304(get, told):
    _, headers, _, _ = get()
    etag = headers["ETag"].strip('"')
    status, again, body, _ = get(HTTP_IF_NONE_MATCH=told.format(etag))
    assert (status, body) == (304, b"")
    assert again == {name: value for name, value in headers.items() if name not in ("Content-Type", "Content-Length")}
    assert get(HTTP_IF_NONE_MATCH='"other"')[0] == 200


def test_a_new_rendering_with_equal_content_has_the_same_etag(get, site):
    etag = get()[1]["ETag"]
    make_event(state="draft")
    assert cached_page(get.pages) is None
    assert get(HTTP_IF_NONE_MATCH=etag)[::3] == (304, True)


def test_gone_and_moved_pages_have_no_etag(get):
    Event.objects.update(state="draft")
    assert [get(HTTP_IF_NONE_MATCH="*")[0] for _ in range(2)] == [410, 410]
    assert "ETag" not in get()[1]


# In the server process


class Visitors:
    """Clients of the process, and the requests that reach the site."""

    def __init__(self, address: tuple[str, int], site: Site) -> None:
        self.address, self.site = address, site

    def request(self, path: str, *headers: str, method: str = "GET") -> bytes:
        return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: localhost", *headers, "", ""]).encode()

    def get(self, path: str = VISIT, *headers: str) -> tuple[int, dict[str, str], bytes]:
        status, received, body = send_request(self.address, self.request(path, *headers))
        return status, {name.lower(): value for name, value in received.items() if name != "Date"}, body

    def is_cached(self, path: str = VISIT) -> bool:
        before = len(self.site.requests)
        self.get(path)
        return len(self.site.requests) == before

    def wait_until_cached(self, path: str = VISIT) -> None:
        while not self.is_cached(path):
            time.sleep(0.01)


@pytest.fixture
def visitors(site: Site) -> Iterator[Visitors]:
    with running(PageCache(site)) as address:
        yield Visitors(address, site)


def test_a_cached_page_equals_the_first_response(visitors):
    first = visitors.get()
    visitors.wait_until_cached()
    heard = len(visitors.site.requests)
    status, headers, body = visitors.get()
    assert headers.pop("connection") == "keep-alive"
    assert (status, headers, body) == (first[0], first[1], first[2])
    with closing(connect(visitors.address)) as visitor:  # all on one connection
        visitor.sendall(visitors.request(VISIT, method="HEAD"))
        assert read_response(visitor, has_body=False)[1]["Content-Length"] == str(len(body))
        visitor.sendall(visitors.request(VISIT, f"If-None-Match: {headers['etag']}"))
        assert read_response(visitor, has_body=False)[0] == 304
        visitor.sendall(visitors.request(VISIT, "Connection: close"))
        assert read_response(visitor)[2] == body
        assert visitor.recv(1) == b""
    assert len(visitors.site.requests) == heard


def test_the_log_names_the_visitor_and_not_the_proxy(visitors, settings, caplog):
    caplog.set_level(logging.INFO, "access")
    settings.TRUSTED_PROXY = [ip_network("127.0.0.1")]
    visitors.get(VISIT, "X-Forwarded-For: 203.0.113.9")
    visitors.wait_until_cached()
    visitors.get(VISIT, "X-Forwarded-For: 203.0.113.10")
    while len(caplog.records) < 2 or caplog.records[-1].args["address"] == "127.0.0.1":
        time.sleep(0.01)
    logged = [dict(record.args) for record in caplog.records]
    for entry in logged:
        del entry["microseconds"], entry["agent"]
    first, again = logged[0], logged[-1]
    assert (first.pop("address"), again.pop("address")) == ("203.0.113.9", "203.0.113.10")
    assert first == again == {"method": "GET", "path": VISIT, "status": "200", "bytes": len(visitors.get()[2])}


def test_a_withdrawn_page_is_gone_at_once(visitors):
    visitors.get()
    visitors.wait_until_cached()
    Event.objects.update(state="draft")
    assert visitors.get()[0] == 410


def test_a_logged_in_user_never_gets_a_cached_page(visitors, client):
    visitors.get()
    visitors.wait_until_cached()
    client.force_login(get_user_model().objects.create_superuser("researcher"))
    heard = len(visitors.site.requests)
    assert visitors.get(VISIT, f"Cookie: sessionid={client.cookies['sessionid'].value}")[0] == 200
    assert visitors.get(VISIT, "Cookie: csrftoken=abc")[0] == 200
    assert len(visitors.site.requests) == heard + 1


def test_visitors_who_read_nothing_block_no_cached_page(visitors, monkeypatch):
    monkeypatch.setattr(About, "get", lambda *arguments: HttpResponse(b"a" * 400_000))
    visitors.get("/about/")
    visitors.wait_until_cached("/about/")
    with ExitStack() as stack:
        for _ in range(20):
            greedy = stack.enter_context(closing(connect(visitors.address)))
            greedy.sendall(visitors.request("/about/") * 100)
        assert [visitors.get("/about/")[0] for _ in range(100)] == [200] * 100


def test_without_the_database_no_cached_page_is_served(visitors, monkeypatch):
    visitors.get()
    visitors.wait_until_cached()
    monkeypatch.setattr(dispatcher, "VERSION", "SELECT away")
    with monkeypatch.context() as patch:

        def away(*arguments: Any) -> None:
            raise OperationalError("server closed the connection unexpectedly")

        patch.setattr(databases, "fetch_value", away)
        end_connections()
        assert [visitors.get()[0] for _ in range(3)] == [503] * 3
    assert [visitors.get()[0] for _ in range(3)] == [200] * 3


def end_connections() -> None:
    """Closes all connections but our own, as a restart of the database does."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_after_a_restart_of_the_database_pages_are_cached_again(visitors, monkeypatch):
    monkeypatch.setattr(databases, "LEFT_ALONE", 0)
    visitors.get()
    visitors.wait_until_cached()
    end_connections()
    assert [visitors.get()[0] for _ in range(3)] == [200] * 3
    visitors.wait_until_cached()


class Visit:
    """A visit that requests a page, and records which one it gets."""

    total_outbufs_len = 0

    def __init__(self) -> None:
        self.requests = [SimpleNamespace(is_unread=False, page=None)]
        self.versions: list[str] = []

    def environ(self) -> dict[str, Any]:
        return RequestFactory().get(VISIT).environ

    def service(self) -> None:
        self.versions.append(self.requests[0].page.version)


def test_a_request_during_a_version_query_waits_for_the_next_query(monkeypatch):
    """The answer may be older than the data that this visitor has seen."""
    pages, passed_on = PageCache(Site()), []
    line = dispatcher.CacheResponder(pages, passed_on.append, {})
    line.connected = True
    line.connection = type(
        "Connection", (), {"pgconn": type("Line", (), {"send_query_prepared": lambda *arguments: 0})()}
    )()
    early, late = Visit(), Visit()
    pages.store(page_cache.key_of(early.environ()), page(10, "old"))
    assert (line.writable(), line.accepts(early), line.writable()) == (False, True, True)
    line.handle_write()
    assert (line.accepts(late), line.writable()) == (True, False)
    line.respond("old")
    assert (early.versions, late.versions) == (["old"], [])
    assert line.writable()
    line.handle_write()
    line.respond("new")
    assert (late.versions, passed_on) == ([], [late])
