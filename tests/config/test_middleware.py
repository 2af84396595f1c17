"""The middleware of every request."""

import runpy
from ipaddress import ip_address, ip_network

import pytest
from axes.models import AccessAttempt
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from hypothesis import given
from hypothesis import strategies as st

from config.environment import networks
from config.middleware import TrustedProxyMiddleware


def seen_behind(
    remote_address: str,
    settings,
    trusted: str,
    monkeypatch,
    forwarded: str = "6.6.6.6, 203.0.113.9, 10.0.0.2",
) -> tuple[str, str | None]:
    """The visitor's address and the forwarded protocol, as the application sees them."""
    monkeypatch.setenv("TRUSTED_PROXY", trusted)
    settings.TRUSTED_PROXY = networks("TRUSTED_PROXY")
    headers = {"HTTP_X_FORWARDED_FOR": forwarded, "HTTP_X_FORWARDED_PROTO": "https"}
    request = RequestFactory().get("/", REMOTE_ADDR=remote_address, **headers)
    TrustedProxyMiddleware(lambda request: HttpResponse())(request)
    return request.META["REMOTE_ADDR"], request.META.get("HTTP_X_FORWARDED_PROTO")


def test_trusted_proxy_names_the_visitor_who_spoke_to_it(settings, monkeypatch):
    assert seen_behind("10.0.0.1", settings, "10.0.0.0/8", monkeypatch) == ("203.0.113.9", "https")


def test_forwarded_headers_of_anybody_else_are_dropped(settings, monkeypatch):
    assert seen_behind("198.51.100.7", settings, "10.0.0.0/8", monkeypatch) == ("198.51.100.7", None)
    assert seen_behind("10.0.0.1", settings, "", monkeypatch) == ("10.0.0.1", None)


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("198.51.100.7:51324", "198.51.100.7"),
        ("198.51.100.7:51324, 10.0.0.2:443", "198.51.100.7"),
        ("[2001:db8::1]:443", "2001:db8::1"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("2001:DB8:0::1", "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("203.0.113.9,,", "203.0.113.9"),
        ("10.0.0.9, 10.0.0.2", "10.0.0.9"),  # a visitor from among the proxies' own network
        # Texts that are no addresses count as unknown: the visitor is the last known address, or the proxy.
        ("203.0.113.9, unknown, 10.0.0.2", "10.0.0.2"),
        ("203.0.113.9, unknown", "10.0.0.1"),
        ("203.0.113.9:port", "10.0.0.1"),
        ("2001:db8::1:443:51324:1:2:3:4:5", "10.0.0.1"),
        ("999.1.1.1", "10.0.0.1"),
        ("[203.0.113.9", "10.0.0.1"),
        ("']; DROP TABLE", "10.0.0.1"),
        ("%", "10.0.0.1"),
        ("١.2.3.4", "10.0.0.1"),
        ("", "10.0.0.1"),
        (" , ", "10.0.0.1"),
    ],
)
def test_address_is_read_in_every_form_that_proxies_write(settings, monkeypatch, forwarded, address):
    assert seen_behind("10.0.0.1", settings, "10.0.0.0/8", monkeypatch, forwarded) == (address, "https")


@pytest.mark.parametrize(
    ("remote_address", "seen"),
    [("::ffff:10.0.0.1", ("203.0.113.9", "https")), ("fe80::1%eth0", ("fe80::1", None)), ("", ("", None))],
)
def test_the_address_of_the_connection_is_parsed_in_the_same_way(settings, monkeypatch, remote_address, seen):
    assert seen_behind(remote_address, settings, "10.0.0.0/8", monkeypatch) == seen


@given(forwarded=st.text())
def test_no_forwarded_header_breaks_a_request(forwarded):
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded)
    with override_settings(TRUSTED_PROXY=[ip_network("10.0.0.0/8")]):
        TrustedProxyMiddleware(lambda request: HttpResponse())(request)
    assert ip_address(request.META["REMOTE_ADDR"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("remote_address", "forwarded", "counted"),
    [
        ("127.0.0.1", "198.51.100.7:51324", "198.51.100.7"),
        ("127.0.0.1", "[2001:db8::1]:443", "2001:db8::"),  # with IPv6 the network
        ("127.0.0.1", "unknown", "127.0.0.1"),
        ("fe80::1%eth0", "", "fe80::"),
        ("", "", None),  # a Unix socket
        ("localhost", "", None),  # as waitress calls one
    ],
)
def test_wrong_passwords_are_counted_by_address_behind_a_proxy(client, settings, remote_address, forwarded, counted):
    settings.TRUSTED_PROXY = [ip_network("127.0.0.1")]
    login = {"username": "researcher", "password": "a wrong one"}
    headers = {"REMOTE_ADDR": remote_address, "HTTP_X_FORWARDED_FOR": forwarded}
    assert client.post("/admin/login/", login, **headers).status_code == 200
    assert list(AccessAttempt.objects.values_list("ip_address", "failures_since_start")) == [(counted, 1)]


def test_healthz_answers_any_host_without_the_database(client):
    response = client.get("/healthz", headers={"host": "10.1.2.3:8000"})
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_readyz_is_ready_when_all_migrations_are_applied(client):
    response = client.get("/readyz", headers={"host": "10.1.2.3:8000"})
    assert (response.status_code, response.json()) == (200, {"ready": True, "problem": ""})


@pytest.mark.django_db
def test_readyz_is_not_ready_while_a_migration_is_missing(client):
    MigrationRecorder(connection).record_unapplied("sessions", "0001_initial")
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (
        503,
        {"ready": False, "problem": "1 migrations are not applied."},
    )


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/admin/login/", "/healthz", "/readyz", "/no-such-page", "/events/?nonsense=1"])
def test_every_response_has_a_permissions_policy(client, path):
    response = client.get(path)
    directives = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    assert directives == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize(("script_name", "path"), [("", "/healthz"), ("", "/readyz"), ("/registers/dyad", "/readyz")])
def test_probers_need_no_tls_and_others_do(client, settings, monkeypatch, script_name, path):
    monkeypatch.setenv("SCRIPT_NAME", script_name)
    settings.SECURE_SSL_REDIRECT = True
    settings.FORCE_SCRIPT_NAME = script_name or None
    settings.SECURE_REDIRECT_EXEMPT = runpy.run_path("config/settings.py")["SECURE_REDIRECT_EXEMPT"]
    assert Client().get(path).status_code == 200
    assert [Client().get(other).status_code for other in ("/", f"/events{path}", f"{path}/", "/xhealthz")] == [301] * 4


@pytest.mark.django_db
def test_admin_speaks_the_browser_s_language_and_the_site_english(client):
    german = {"accept-language": "de"}
    assert client.get("/admin/login/", headers=german)["Content-Language"] == "de"
    response = client.get("/no-such-page", headers=german)
    assert not response.has_header("Content-Language")
    assert 'lang="en"' in response.content.decode()
    assert "Accept-Language" not in response.get("Vary", "")
