"""Results that many pages share are computed once per data version."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.databases import current
from config.register import Register
from relations.filters.lists import names_of_countries
from relations.models import Event
from relations.paging import counted
from relations.remembered import remembered
from relations.tally import best_known_pairs, best_known_states
from tests.factories import make_event


@pytest.fixture
def version() -> None:
    """A request that has read the data version “1”."""
    current.version = "1"


@pytest.fixture
def calls(version: None) -> list[Any]:
    """The arguments of each call to a remembered function."""
    return []


def remembered_function(calls: list[Any], most: int = 2) -> Any:
    @remembered(most=most)
    def function(*what: Any) -> str:
        calls.append(what)
        return f"answer {len(calls)}"

    return function


def test_a_result_is_reused_for_the_same_arguments(calls: list[Any]) -> None:
    function = remembered_function(calls)
    assert [function("a"), function("b"), function("a")] == ["answer 1", "answer 2", "answer 1"]
    assert calls == [("a",), ("b",)]


def test_a_new_data_version_recomputes_the_result(calls: list[Any]) -> None:
    function = remembered_function(calls)
    function("a")
    current.version = "2"
    assert function("a") == "answer 2"
    current.version = "1"
    assert function("a") == "answer 1"


def test_without_a_data_version_nothing_is_reused(calls: list[Any]) -> None:
    function = remembered_function(calls)
    current.version = ""
    assert [function("a"), function("a")] == ["answer 1", "answer 2"]
    current.version = "1"
    assert function("a") == "answer 3"


def test_the_least_recently_used_results_are_evicted(calls: list[Any]) -> None:
    function = remembered_function(calls, most=2)
    for what in "abac":
        function(what)
    assert calls == [("a",), ("b",), ("c",)]
    assert function("a") == "answer 1"
    assert function("b") == "answer 4"


def test_additional_results_are_stored(calls: list[Any]) -> None:
    function = remembered_function(calls, most=2)
    assert function.cached("a") is None
    function.store("found", "a")
    assert (function.cached("a"), function("a"), calls) == ("found", "found", [])
    current.version = "2"
    assert function.cached("a") is None
    for what in "bcd":
        function.store(what, what)
    assert [function.cached(what) for what in "bcd"] == [None, "c", "d"]


def test_without_a_data_version_nothing_is_stored(calls: list[Any]) -> None:
    function = remembered_function(calls)
    current.version = ""
    function.store("found", "a")
    assert (function.cached("a"), dict(function.results)) == (None, {})


@pytest.mark.django_db(transaction=True)
def test_a_search_is_counted_once_for_all_of_its_pages(client: Client) -> None:
    with transaction.atomic():
        for number in range(21):
            make_event("EGY", "PRK", slug=f"visit-{number:02}", title="A visit")

    def searches(**parameters: str) -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            response = client.get("/events/", {"q": "visit", "size": "20", **parameters})
        assert (response.status_code, response.context["count"]) == (200, 21)
        about_words = [query["sql"] for query in queries if '"relations_entry"."words" @@' in query["sql"]]
        return [sql for sql in about_words if "count(*) AS number" in sql or sql.startswith("SELECT count(*) FROM")]

    assert len(searches()) == 1
    assert searches(after="1963-08-24~visit-19") == searches(sort="-date") == []


@pytest.mark.django_db
def test_in_a_transaction_results_are_not_reused(version: None) -> None:
    events = Event.objects.published()
    assert counted(events) == 0
    make_event("EGY", "PRK")
    assert counted(events) == 1


@pytest.mark.django_db(transaction=True)
def test_pages_of_a_list_share_their_number_and_the_names_of_their_form(client: Client) -> None:
    def page(number: int) -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            response = client.get("/events/", {"after": f"~visit-{number}"})
        assert (response.status_code, response.context["count"]) == (200, Event.objects.count())
        assert [code for code, _ in response.context["form"].countries] == ["EGY", "PRK"][: 2 * Event.objects.count()]
        return [query["sql"] for query in queries]

    def of_all_pages(queries: list[str]) -> int:
        names = ('SELECT "relations_country"."code" AS "code"', 'SELECT "relations_actor"."slug" AS "slug"')
        return sum(query.startswith(("SELECT count(*)", *names)) for query in queries)

    with transaction.atomic():
        for number in range(3):
            make_event("EGY", "PRK", slug=f"visit-{number}")
    assert [of_all_pages(page(number)) for number in range(3)] == [3, 0, 0]
    with transaction.atomic():
        make_event("EGY", "PRK", slug="visit-3")
    assert [of_all_pages(page(number)) for number in range(3)] == [3, 0, 0]
    Event.objects.all().delete()
    assert [of_all_pages(page(number)) for number in range(2)] == [3, 0]


@pytest.mark.django_db(transaction=True)
def test_sessions_reuse_the_results_of_others_until_the_data_changes(client: Client) -> None:
    def is_asked() -> bool:
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/events/")
        offered = [code for code, _ in page.context["form"].countries]
        assert offered == ["EGY", "PRK"][: 2 * Event.objects.published().count()]
        return any(query["sql"].startswith('SELECT "relations_country"."code" AS "code"') for query in queries)

    names_of_countries.results.clear()
    with transaction.atomic():
        make_event("EGY", "PRK")
    assert is_asked()
    client.force_login(get_user_model().objects.create_superuser("researcher"))
    assert not is_asked()
    Event.objects.update(state="draft")
    assert is_asked()
    del client.cookies["sessionid"]
    assert not is_asked()


@pytest.mark.django_db(transaction=True)
def test_the_best_documented_relations_are_computed_once_per_data_version(client: Client, settings: Any) -> None:
    settings.REGISTER = Register()

    def added_up() -> tuple[list[str], int]:
        with CaptureQueriesContext(connection) as queries:
            states = [state.code for state in client.get("/").context["states"]]
        return states, sum('FROM "relations_tally"' in query["sql"] and " DESC" in query["sql"] for query in queries)

    best_known_states.names.results.clear()
    best_known_pairs.names.results.clear()
    with transaction.atomic():
        make_event("EGY", "PRK")
    assert [added_up(), added_up()] == [(["EGY", "PRK"], 2), (["EGY", "PRK"], 0)]
    with transaction.atomic():
        make_event("IRQ", "PRK", title="Another")
    assert [added_up(), added_up()] == [(["PRK", "EGY", "IRQ"], 2), (["PRK", "EGY", "IRQ"], 0)]


@pytest.mark.django_db(transaction=True)
def test_the_desk_asks_anew(client: Client) -> None:
    client.force_login(get_user_model().objects.create_superuser("researcher"))
    client.get("/events/")
    assert current.version
    client.get("/admin/relations/event/")
    assert not current.version


@pytest.mark.django_db
def test_rows_are_counted_to_one_more_than_the_most() -> None:
    for number in range(3):
        make_event("EGY", "PRK", slug=f"visit-{number}")
    events: Any = Event.objects.with_parties().order_by("slug")
    assert [counted(events, most) for most in (0, 1, 2, 3)] == [1, 2, 3, 3]
    assert counted(events.none()) == 0
    assert counted(events.values("kind").distinct()) == 1
    assert counted(events.filter(slug="visit-0").union(events.filter(slug="visit-1"))) == 2
