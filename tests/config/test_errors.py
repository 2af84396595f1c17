"""Error pages, for the client's errors and our own, in the site's style and without the database."""

from typing import Any

import psycopg
import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.core.signals import request_finished
from django.db import InterfaceError, OperationalError, close_old_connections, connection, connections
from django.db.backends.utils import CursorWrapper
from django.test import Client

from config import databases
from config.limits import BODY, BODY_OF_STRANGERS
from config.middleware import DownloadsMiddleware
from relations.views.pages import Home

pytestmark = pytest.mark.django_db
STYLED = 'href="/static/relations/site.css"'


@pytest.fixture
def visitor() -> Client:
    """A client that gets errors as pages."""
    return Client(raise_request_exception=False)


@pytest.fixture
def no_database(monkeypatch):
    """Every query fails as if the database server had gone."""

    def execute(*asked: object, **options: object) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(CursorWrapper, "execute", execute)
    monkeypatch.setattr(databases, "fetch_value", execute)


@pytest.mark.parametrize("path", ["/", "/events/?q=visit", "/events.csv", "/relations/EGY-PRK/", "/admin/login/"])
def test_without_a_database_pages_answer_503_with_retry_after(visitor, no_database, path):
    visitor.cookies["sessionid"] = "a" * 32
    response = visitor.get(path)
    if path == "/admin/login/":  # loads no user until a form is sent
        response = visitor.post(path, {"username": "researcher", "password": "secret"})
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    page = response.content.decode()
    assert "<h1>The register cannot be reached</h1>" in page
    assert STYLED in page


def test_a_page_without_a_known_data_version_is_not_shown(visitor, no_database):
    assert visitor.get("/about/").status_code == 503
    assert visitor.get("/register.css").status_code in (200, 404)  # the error page has the same style as all others


def test_without_a_database_the_desk_answers_503_too(visitor, monkeypatch, no_database):
    visitor.cookies["sessionid"] = "a" * 32
    for path in ("/admin/", "/admin/relations/event/"):
        assert (visitor.get(path).status_code, visitor.get(path)["Retry-After"]) == (503, "10")


def test_a_connection_that_was_closed_meanwhile_is_no_fault_of_the_site(visitor, monkeypatch):
    def get(*asked: object) -> None:
        raise InterfaceError("connection already closed")

    monkeypatch.setattr(Home, "get", get)
    assert visitor.get("/").status_code == 503


def test_a_query_that_takes_too_long_is_reported_with_a_hint(visitor, monkeypatch):
    def get(*asked: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 1")
            cursor.execute("SELECT pg_sleep(60)")

    monkeypatch.setattr(Home, "get", get)
    response = visitor.get("/")
    page = response.content.decode()
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert "<h1>This question took too long</h1>" in page
    assert "name a country, a partner or a few years" in page
    assert STYLED in page


def test_waiting_for_a_lock_is_reported(visitor, monkeypatch):
    other = psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor})

    def get(*asked: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = 1")
            cursor.execute("LOCK TABLE relations_source")

    monkeypatch.setattr(Home, "get", get)
    with other:
        other.execute("LOCK TABLE relations_source")
        response = visitor.get("/")
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert "<h1>Somebody else is saving</h1>" in response.content.decode()


def test_other_errors_are_still_500(visitor, monkeypatch):
    def get(*asked: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Home, "get", get)
    response = visitor.get("/")
    assert (response.status_code, response.has_header("Retry-After")) == (500, False)
    assert "<h1>Something went wrong</h1>" in response.content.decode()


@pytest.mark.parametrize(
    ("path", "cookie"), [("/admin/", r'"\000aaaaaaaaaaaa"'), ("/admin/relations/event/?state=%00", "")]
)
def test_a_nul_character_is_a_bad_request(visitor, path, cookie):
    if cookie:
        response = visitor.get(path, headers={"cookie": f"sessionid={cookie}"})
    else:
        visitor.force_login(get_user_model().objects.create_superuser("researcher"))
        response = visitor.get(path)
    assert response.status_code == 400


# Methods


@pytest.mark.parametrize(
    "path", ["/", "/events/", "/events.csv", "/events/a/", "/search/", "/data/", "/relations/EGY-PRK/"]
)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_pages_are_read_only(path, method):
    response = getattr(Client(enforce_csrf_checks=True), method)(path)
    assert (response.status_code, response["Allow"]) == (405, "GET, OPTIONS, HEAD")
    assert "This address answers to GET, OPTIONS, HEAD only." in response.content.decode()


@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/admin/relations/event/", "/admin/relations/event/add/"])
@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace", "options"])
def test_the_desk_shows_pages_and_takes_forms(path, method):
    response = getattr(Client(enforce_csrf_checks=True), method)(path)
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, POST")


@pytest.mark.parametrize("path", ["/admin/logout/", "/admin/relations/event/process_import/"])
def test_post_only_views_explain_themselves_to_a_get(client, path):
    client.force_login(get_user_model().objects.create_superuser("researcher"))
    response = client.get(path)
    assert (response.status_code, "POST" in response["Allow"]) == (405, True)
    assert "<h1>Not that way</h1>" in response.content.decode()


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_nothing_can_be_sent_to_the_probes(client, path):
    assert (client.post(path).status_code, client.post(path)["Allow"]) == (405, "GET, HEAD")
    assert client.head(path).status_code == 200


def test_a_form_without_its_token_is_refused_in_words():
    response = Client(enforce_csrf_checks=True).post("/admin/login/")
    assert response.status_code == 403
    assert "<h1>This form was not accepted</h1>" in response.content.decode()
    assert STYLED in response.content.decode()


# Sizes


class Unread:
    """A body that must not be read."""

    def read(self, size: int = -1) -> bytes:
        pytest.fail("was read")

    readline = read


def posted(client: Client, path: str, length: int) -> tuple[int, str]:
    response = client.generic("POST", path, **{"CONTENT_LENGTH": str(length), "wsgi.input": Unread()})
    return response.status_code, response.content.decode()


@pytest.mark.parametrize("path", ["/admin/login/", "/", "/admin/relations/event/import/"])
def test_strangers_may_send_little_and_larger_bodies_are_not_read(client, path):
    status, page = posted(client, path, BODY_OF_STRANGERS + 1)
    assert status == 413
    assert "More than 64 kB can be sent after signing in only." in page
    assert STYLED in page


def test_a_session_without_a_login_counts_as_a_stranger(client):
    session = SessionStore()
    session["colour"] = "blue"
    session.save()
    client.cookies["sessionid"] = session.session_key
    assert posted(client, "/admin/login/", BODY_OF_STRANGERS + 1)[0] == 413


def test_users_may_send_a_file_and_larger_bodies_are_not_read(client):
    client.force_login(get_user_model().objects.create_superuser("researcher"))
    status, page = posted(client, "/admin/relations/event/import/", BODY + 1)
    assert (status, "More than 21 MB cannot be sent at once." in page) == (413, True)
    assert client.post("/admin/relations/event/import/", {"note": "a" * (BODY_OF_STRANGERS + 1)}).status_code == 200


@pytest.mark.parametrize("length", ["", "many", "²", "-1"])
def test_an_invalid_content_length_counts_as_zero(client, length):
    assert client.generic("POST", "/", CONTENT_LENGTH=length).status_code in (400, 405)


def test_a_form_of_too_much_text_or_too_many_fields_says_so(client, settings):
    client.force_login(get_user_model().objects.create_superuser("researcher"))
    page = client.post("/admin/relations/event/add/", {"note": "a" * 3_000_000})
    assert (page.status_code, "The form holds more than 2.6 MB of text." in page.content.decode()) == (413, True)
    page = client.post("/admin/relations/event/add/", {str(number): "" for number in range(20_001)})
    assert (page.status_code, "The form has more than 20,000 fields." in page.content.decode()) == (413, True)


# Files


@pytest.fixture
def readers():
    """Takes a download place for an address on a connection of its own, as other threads, processes and hosts do."""
    downloads = DownloadsMiddleware(lambda request: pytest.fail("is not asked"))
    opened = []

    def begin(address: str) -> tuple[int, Any]:
        other = connection.copy()
        opened.append(other)
        other.connect()
        own = connections["default"]
        connections["default"] = other
        try:
            return downloads.begin(address), other
        finally:
            connections["default"] = own

    yield begin
    for other in opened:
        other.close()


def test_downloads_are_limited_in_all_and_by_address(client, readers):
    def file(address: str) -> tuple[int, str]:
        response = client.get("/events.csv", REMOTE_ADDR=address)
        b"".join(response)
        return response.status_code, response.get("Retry-After", "")

    first, *_ = [readers("203.0.113.1") for _ in range(3)]
    assert readers("203.0.113.1")[0] == 429
    assert file("203.0.113.1") == (429, "10")
    assert file("203.0.113.2") == (200, "")  # is sent, and frees its place
    last = readers("203.0.113.2")
    assert (first[0], last[0]) == (0, 0)
    assert file("203.0.113.2") == (503, "10")
    assert file("203.0.113.3") == (503, "10")
    assert client.get("/events/", REMOTE_ADDR="203.0.113.2").status_code == 200
    assert client.head("/events.csv", REMOTE_ADDR="203.0.113.2").status_code == 200
    last[1].close()
    assert [file("203.0.113.2") for _ in range(9)] == [(200, "")] * 9
    assert file("203.0.113.1") == (429, "10")
    first[1].close()
    assert file("203.0.113.1") == (200, "")


def test_aborted_and_refused_downloads_free_their_places(client, readers):
    begun = client.get("/events.csv", REMOTE_ADDR="203.0.113.1")
    assert [readers("203.0.113.1")[0] for _ in range(3)] == [0, 0, 429]
    request_finished.disconnect(close_old_connections)  # would close the only connection of the test
    begun.close()
    request_finished.connect(close_old_connections)
    assert [readers("203.0.113.1")[0] for _ in range(2)] == [0, 429]
    assert [readers("203.0.113.2")[0] for _ in range(2)] == [0, 503]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid IN (1, 2, 3, 4)"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        assert cursor.fetchone() == (8,)  # the locks of four downloads, in all and for their addresses


def test_a_download_that_fails_at_its_start_gets_a_page_and_frees_its_place(visitor, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("relations.exchange.streams.TIMEOUT", "1ms")
        patch.setattr(
            "relations.exchange.exports.in_file_order", lambda rows: rows.extra(where=["(SELECT pg_sleep(1)) IS NULL"])
        )
        assert [visitor.get("/countries.csv").status_code for _ in range(5)] == [503] * 5
    assert b"".join(visitor.get("/countries.csv")).startswith(b"permalink,code,")
