"""Prepared queries return the same as the QuerySet they are compiled from, for the values of each call."""

from datetime import date
from threading import Thread
from typing import Any

import pytest
from django.db import NotSupportedError, connection, transaction
from django.db.models import Prefetch, QuerySet
from django.test.utils import CaptureQueriesContext

from relations.models import Country, CountryCode, Event, Participation, RelationPeriod
from relations.plans import rows_by_plan
from relations.prepared import planned, prefetched, prepared, read_parts
from tests.factories import make_country, make_event, make_lifespan, make_period, make_relation

BUILT = []


@prepared
def events_at(slugs: Any) -> QuerySet:
    BUILT.append(slugs)
    parties = Prefetch("participations", Participation.objects.select_related("country"))
    return Event.objects.published().filter(slug__among=slugs).order_by("slug").prefetch_related(parties)


@prepared
def verdicts_on(day: Any, relations: Any) -> QuerySet:
    periods: Any = RelationPeriod.objects.published().filter(relation__among=relations)
    return periods.standing_on(day).order_by("slug").values_list("slug", "verdict", "as_of")


@prepared
def both_ways(name: Any) -> QuerySet:
    """The value occurs in two parts of a union, and in no annotation of its own."""
    titled, placed = Event.objects.filter(title=name), Event.objects.filter(place=name)
    return titled.values_list("slug", flat=True).union(placed.values_list("slug", flat=True)).order_by("slug")[:2]


@pytest.mark.django_db
def test_each_asking_is_answered_for_its_own_values(django_assert_num_queries):
    for slug in ("a-visit", "a-vote", "a-war"):
        make_event("EGY", slug=slug)
    make_event(slug="a-draft", state="draft")
    BUILT.clear()
    with django_assert_num_queries(2 + 2 + 1):
        assert [event.slug for event in events_at(["a-war", "a-visit", "a-draft"])] == ["a-visit", "a-war"]
        (vote,) = events_at(["a-vote"])
        assert [(part.country.code, part.event is vote) for part in vote.participations.all()] == [("EGY", True)]
        assert events_at([]) == []
    assert len(BUILT) <= 1


@pytest.mark.django_db
def test_rows_are_read_anew_at_each_asking():
    event = make_event(slug="a-visit", title="A visit")
    (first,) = events_at(["a-visit"])
    Event.objects.filter(pk=event.pk).update(title="A long visit")
    (second,) = events_at(["a-visit"])
    assert (first.title, second.title) == ("A visit", "A long visit")
    Event.objects.filter(pk=event.pk).update(state="draft")
    assert events_at(["a-visit"]) == []


@pytest.mark.django_db
def test_a_value_is_replaced_everywhere_in_the_query():
    one, other = make_relation("EGY", "PRK"), make_relation("IRQ", "PRK")
    make_period("legal", "established", relation=one, slug="one", began_on="1963", ended_on="1970")
    make_period("legal", "established", relation=other, slug="other", began_on="1960")
    for day, relations, told in (
        (date(1965, 1, 1), [one.pk, other.pk], [("one", "on_that_day"), ("other", "on_that_day")]),
        (date(1972, 1, 1), [one.pk, other.pk], [("one", "ended"), ("other", "on_that_day")]),
        (date(1961, 1, 1), [one.pk], []),
        (date(1961, 1, 1), [other.pk], [("other", "on_that_day")]),
    ):
        assert verdicts_on(day, relations) == [(slug, verdict, day) for slug, verdict in told]


@pytest.mark.django_db
def test_values_are_not_interpreted_as_sql():
    make_event(slug="quoted", title="100% “it's”; DROP TABLE %s")
    make_event(slug="placed", place="Cairo")
    assert both_ways("100% “it's”; DROP TABLE %s") == ["quoted"]
    assert both_ways("Cairo") == ["placed"]
    assert both_ways("'") == []


@prepared
def first_events(title: Any, *, most: int) -> QuerySet:
    return Event.objects.filter(title=title).order_by("slug").values_list("slug", flat=True)[:most]


@pytest.mark.django_db
def test_what_is_given_by_keyword_is_part_of_the_query():
    for slug in ("a", "b", "c"):
        make_event(slug=slug, title="A visit")
    assert first_events("A visit", most=2) == ["a", "b"]
    assert first_events("A visit", most=3) == ["a", "b", "c"]
    assert first_events("A visit", most=2) == ["a", "b"]


@prepared
def kinds_by_title(place: Any) -> QuerySet:
    return Event.objects.filter(place=place).order_by("title").values_list("slug", "kind").distinct()


@pytest.mark.django_db
def test_columns_used_only_for_sorting_are_not_returned():
    make_event(slug="a", title="Talks", kind="talks", place="Cairo")
    make_event(slug="b", title="A visit", kind="visit", place="Cairo")
    assert kinds_by_title("Cairo") == [("b", "visit"), ("a", "talks")]


@prepared
def events_with_doubles(slugs: Any) -> QuerySet:
    published = Event.objects.published()
    doubles = Prefetch("possibly_same_as", published), Prefetch("possible_doubles", published, to_attr="doubled_by")
    return Event.objects.filter(slug__among=slugs).order_by("slug").prefetch_related(*doubles)


@pytest.mark.django_db
def test_related_rows_are_loaded_if_they_are_public(django_assert_num_queries):
    visit = make_event(slug="a-visit")
    make_event(slug="another", possibly_same_as=visit)
    make_event(slug="of-a-draft", possibly_same_as=make_event(slug="a-draft", state="draft"))
    with django_assert_num_queries(3):
        named, another, unnamed = events_with_doubles(["a-visit", "another", "of-a-draft"])
        assert (named.possibly_same_as, another.possibly_same_as, unnamed.possibly_same_as) == (None, visit, None)
        assert [[event.slug for event in each.doubled_by] for each in (named, another)] == [["another"], []]
    with django_assert_num_queries(2):
        (named,) = events_with_doubles(["a-visit"])
        assert named.possibly_same_as is None


@pytest.mark.django_db
def test_parts_are_read_once_for_all_rows_that_lack_them(django_assert_num_queries):
    make_lifespan("SUN", "1922", "1991")
    make_lifespan("YUG", "1918", "1992")
    union, other = Country.objects.filter(code__in=("SUN", "YUG")).order_by("code")
    with django_assert_num_queries(1):
        read_parts([union], "lifespans")
    with django_assert_num_queries(1):
        read_parts([union, other], "lifespans")
        ended = [str(span.existed_until) for each in (union, other) for span in prefetched(each, "lifespans")]
        assert ended == ["1991", "1992"] == [str(each.lifespans.all()[0].existed_until) for each in (union, other)]
    with django_assert_num_queries(0):
        read_parts([union, other], "lifespans")
    unread = Country.objects.get(code="SUN")
    with django_assert_num_queries(1):
        assert [str(span.existed_from) for span in prefetched(unread, "lifespans")] == ["1922"]


@pytest.mark.django_db
def test_it_takes_as_many_values_as_it_is_built_of():
    with pytest.raises(ValueError, match="shorter"):
        events_at()


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_by_its_own_connection():
    with transaction.atomic():
        make_event(slug="a-visit")
    assert len(events_at(["a-visit"])) == 1
    found: list[Any] = []

    def ask() -> None:
        found.extend(event.slug for event in events_at(["a-visit"]))
        connection.close()

    with connection.cursor() as cursor:  # which another thread may not use
        cursor.execute("SELECT 1")
        thread = Thread(target=ask)
        thread.start()
        thread.join()
    assert found == ["a-visit"]


@planned
def events_of(keys: Any, state: Any) -> QuerySet:
    named = Event.objects.filter(pk__among=keys, state=state).exclude(title="100% “it's”").order_by("pk")
    return named.prefetch_related("participations")


@prepared
def all_titles() -> QuerySet:
    return Event.objects.order_by("title").values_list("title", flat=True)


@planned
def codes_of(scheme: Any) -> QuerySet:
    return CountryCode.objects.filter(scheme=scheme)


def plans() -> list[tuple[str, int, int]]:
    """The statements that the connection has prepared, with the numbers of generic and custom plans."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT statement, generic_plans, custom_plans FROM pg_prepared_statements ORDER BY prepare_time"
        )
        return cursor.fetchall()


@pytest.mark.django_db
def test_planned_queries_and_parts_are_planned_once_per_connection():
    event = make_event("EGY", slug="a-visit")
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    assert first_events(event.title, most=2) == ["a-visit"]
    assert plans() == []
    assert [each.slug for each in events_at(["a-visit"])] == ["a-visit"]
    assert all_titles() == [event.title]
    (parts, generic, custom), (of_all, *_) = plans()
    assert of_all.startswith('SELECT "relations_event"."title"')
    assert ("relations_participation" in parts, generic, custom) == (True, 1, 0)
    for keys in ([event.pk], [event.pk, 2**40], [event.pk]):
        assert [each.pk for each in events_of(keys, "published")] == [event.pk]
    assert events_of([event.pk], "draft") == []
    (_, of_parts, _), _, (asked, generic, custom), (_, of_own_parts, _) = plans()
    assert (generic, custom, of_parts, of_own_parts) == (4, 0, 1, 3)
    assert ("$2" in asked, "$3" in asked, "'100% “it''s”'" in asked) == (True, False, True)


@pytest.mark.django_db
def test_a_list_of_nothing_is_asked_for_by_the_same_plan():
    event = make_event("EGY")
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    found = [[each.pk for each in events_of(keys, "published")] for keys in ([], [event.pk], [event.pk, 2**40], [])]
    assert found == [[], [event.pk], [event.pk], []]
    assert [generic for statement, generic, _ in plans() if "$2" in statement] == [4]


@pytest.mark.django_db
def test_what_is_planned_stands_in_the_log_of_queries_too():
    event = make_event("EGY", slug="a-visit")
    with CaptureQueriesContext(connection) as asked:
        assert [each.pk for each in events_of([event.pk], "published")] == [event.pk]
    told = [query["sql"] for query in asked]
    assert ['FROM "relations_event"' in told[0], 'FROM "relations_participation"' in told[1]] == [True, True]


@pytest.mark.django_db
def test_all_plans_that_pages_and_the_desk_need_are_kept():
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    for number in [*range(150), *range(150)]:
        assert rows_by_plan(connection, f"SELECT {number} + %s", [1]) == [(number + 1,)]
    assert [generic for _, generic, _ in plans()] == [2] * 150


@pytest.mark.django_db
def test_a_search_is_planned_for_its_words(client):
    make_event("EGY", title="A visit of cranes", slug="a-visit")
    for address in ("/search/?q=cranes", "/events/?q=cranes", "/events/a-visit/", "/countries/EGY/"):
        assert client.get(address).status_code == 200
    asked = [statement for statement, *_ in plans()]
    assert [statement for statement in asked if "@@" in statement] == []
    assert [statement for statement in asked if "relations_event" in statement] != []


@pytest.mark.django_db(transaction=True)
def test_a_plan_that_a_migration_has_made_useless_is_made_anew():
    CountryCode.objects.create(country=make_country("EGY"), scheme="iso3", value="EGY")
    migration = connection.copy()
    try:
        for length in (11, 10):
            assert [code.value for code in codes_of("iso3")] == ["EGY"]
            with migration.cursor() as cursor:
                cursor.execute(f"ALTER TABLE relations_countrycode ALTER scheme TYPE varchar({length})")
            if length == 10:
                with pytest.raises(NotSupportedError), transaction.atomic():
                    codes_of("iso3")
            assert [code.value for code in codes_of("iso3")] == ["EGY"]
    finally:
        migration.close()
