"""Logging in: guessing is stopped, the page says for how long, and the login leads to the desk."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import get_user_model
from django.db.models import F
from django.test import Client
from django.utils.timezone import now

pytestmark = pytest.mark.django_db
LOGIN = "/admin/login/"


@pytest.fixture
def researcher():
    return get_user_model().objects.create_superuser("researcher", password="the right one")


WRONG = "a wrong one"


def log_in(client: Client, name: str, password: str = WRONG, address: str = "203.0.113.1", **form: str):
    return client.post(LOGIN, {"username": name, "password": password, **form}, REMOTE_ADDR=address)


def guess_passwords(client: Client, number: int, names: str = "name", address: str = "203.0.113.1") -> list[int]:
    """Sends this number of wrong passwords, each for another name."""
    return [log_in(client, f"{names} {place}", address=address).status_code for place in range(number)]


def wait_minutes(minutes: int) -> None:
    """Lets time pass by making the recorded failures older."""
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=minutes))


def test_fifth_wrong_password_locks_out_this_name_from_this_address_only(client, researcher):
    assert [log_in(client, "researcher").status_code for _ in range(5)] == [200, 200, 200, 200, 429]
    assert log_in(client, "researcher", "the right one").status_code == 429
    assert log_in(client, "researcher", "the right one", address="203.0.113.9").status_code == 302


def test_thirtieth_failure_locks_out_an_address_whatever_the_names(client, researcher):
    assert guess_passwords(client, 60) == [200] * 29 + [429] * 31
    assert log_in(client, "researcher", "the right one").status_code == 429
    assert log_in(client, "researcher", "the right one", address="203.0.113.9").status_code == 302
    assert AccessAttempt.objects.count() == 30  # who is locked out writes nothing


def test_logging_in_with_another_account_does_not_reset_the_count(client, researcher):
    guess_passwords(client, 29)
    assert log_in(client, "researcher", "the right one").status_code == 302
    assert log_in(client, "another").status_code == 429


def test_success_resets_the_failures_of_this_name_and_address(client, researcher):
    for _ in range(3):
        assert [log_in(client, "researcher").status_code for _ in range(4)] == [200] * 4
        assert log_in(client, "researcher", "the right one").status_code == 302


def test_an_ipv6_network_counts_as_one_address(client):
    assert [log_in(client, f"name {place}", address=f"2001:db8:0:1::{place:x}").status_code for place in range(30)] == [
        *[200] * 29,
        429,
    ]
    assert log_in(client, "name", address="2001:db8:0:2::1").status_code == 200


def test_visitors_without_an_address_do_not_lock_out_each_other(client):
    assert guess_passwords(client, 40, address="") == [200] * 40


@pytest.mark.parametrize(("number", "names"), [(5, ["researcher"] * 5), (30, [f"name {place}" for place in range(30)])])
def test_lock_out_says_when_it_ends_and_ends_then(client, researcher, number, names):
    begun = now()
    responses = [log_in(client, name) for name in names]
    ends = [moment + timedelta(minutes=30) for moment in (begun, now())]  # the minute may change between the two
    assert responses[-1].status_code == 429
    assert 1700 < int(responses[-1]["Retry-After"]) <= 1800
    page = responses[-1].content.decode()
    assert any(f"locked until {end:%H:%M} UTC on {end.day} {end:%B %Y}" in page for end in ends)
    wait_minutes(20)
    response = log_in(client, "researcher")
    assert 500 < int(response["Retry-After"]) <= 600  # trying again has not made it longer
    wait_minutes(11)
    assert log_in(client, "researcher", "the right one").status_code == 302


def test_a_lockout_ends_when_enough_failures_are_old(client):
    guess_passwords(client, 10)
    wait_minutes(20)
    assert guess_passwords(client, 30, names="other") == [200] * 19 + [429] * 11
    assert int(log_in(client, "name")["Retry-After"]) <= 600
    wait_minutes(11)
    assert log_in(client, "name").status_code == 200


@pytest.mark.parametrize("length", [151, 5000, 60_000])
def test_a_too_long_name_is_refused_without_a_query(client, length):
    response = log_in(client, "x" * length)
    assert response.status_code == 200
    assert f"Ensure this value has at most 150 characters (it has {length})." in response.content.decode()
    assert AccessAttempt.objects.count() == 0


@pytest.mark.parametrize(
    "form",
    [{"username": "a\0b", "password": "a"}, {"username": "a" * 150, "password": "b" * 60_000}, {}, {"username": "a"}],
)
def test_no_odd_form_breaks_the_login(client, form):
    assert client.post(LOGIN, form, headers={"user-agent": "u" * 5000, "accept": "a" * 5000}).status_code == 200


# Where it leads


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("/admin/", "/admin/"),
        ("/admin/relations/event/?state=draft", "/admin/relations/event/?state=draft"),
        ("/admin/relations/event/add/", "/admin/relations/event/add/"),
        ("/admin/password_change/", "/admin/password_change/"),
        *(
            (address, "/admin/")
            for address in (
                *("", "no address", "/no/such/", "/admin/no/such/", "/admin/logout/", "/events/", "/events/no-such/"),
                *("/admin/autocomplete/", "/admin/jsi18n/", "/admin/relations/event/process_import/"),
                *("https://example.org/", "https://example.org/admin/", "//example.org/admin/", "/\\example.org/"),
                *("javascript:alert(1)", "http://[", "/admin/\0", "/admin/r/1/1/", "\x01//example.org"),
            )
        ),
    ],
)
def test_login_redirects_only_to_pages_of_the_desk(client, researcher, asked, found):
    """In the query string of the form, or in a field of it."""
    page = client.get(LOGIN, {"next": asked})
    assert page.status_code == 200
    response = client.post(page.wsgi_request.get_full_path(), {"username": "researcher", "password": "the right one"})
    assert (response.status_code, response["Location"]) == (302, found)
    client.logout()
    response = log_in(client, "researcher", "the right one", next=asked)
    assert (response.status_code, response["Location"]) == (302, found)


def test_a_logged_in_user_skips_the_login_page(client, researcher):
    client.force_login(researcher)
    assert client.get(LOGIN, {"next": "/no/such/"})["Location"] == "/admin/"


def test_login_returns_to_the_requested_page(client, researcher):
    response = client.get("/admin/relations/event/")
    assert response["Location"] == "/admin/login/?next=/admin/relations/event/"
    response = client.post(response["Location"], {"username": "researcher", "password": "the right one"})
    assert response["Location"] == "/admin/relations/event/"


# How long it lasts


def test_a_session_ends_with_the_browser_and_after_a_working_day(client, researcher):
    cookie = log_in(client, "researcher", "the right one").cookies["sessionid"]
    assert (cookie["max-age"], cookie["expires"]) == ("", "")
    session = client.session
    assert session.get_expiry_age() <= 12 * 60 * 60
    assert client.get("/admin/").status_code == 200
    session_row = session.model.objects.get()
    session_row.expire_date -= timedelta(hours=12)
    session_row.save()
    assert client.get("/admin/")["Location"] == "/admin/login/?next=/admin/"


def test_login_sets_only_the_cookies_of_session_and_csrf(client, researcher):
    log_in(client, "researcher", "the right one")
    client.post("/admin/relations/country/add/", {"code": "XXX", "name": "A country", "kind": "state"})
    assert client.cookies.keys() <= {"sessionid", "csrftoken"}
