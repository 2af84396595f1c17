"""Lists are read page by page in every sort order, at ten times the size of the example."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import combinations, islice, product
from string import ascii_uppercase
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from relations.filters import EventForm
from relations.models import (
    Actor,
    ArmsTransfer,
    Citation,
    Country,
    Entry,
    Event,
    Mission,
    Observation,
    Participation,
    Relation,
    RelationPeriod,
    Source,
)
from relations.paging import LONGEST_CURSOR, Page, Sort, counted, day, moment
from relations.read_model import rebuild
from tests.factories import TARGET_OF, make_country, make_event, make_relation, make_source
from tests.refusals import without_triggers

pytestmark = pytest.mark.django_db

# Dates that are alike, open on either side, vague, or not there at all.
DAYS = ("1963", "1963-01-01", "[..1963]", "[1963..]", "", "[1963,1970]", "19XX", "1963-08-24", "0001", "9999")
# Texts that are longer than a cursor, and begin alike; and what an address or a form might spoil.
LONG = "Lettre datée du 10 novembre 1975, adressée au Secrétaire général par les représentants permanents de Ň " * 3
TEXTS = (LONG, "", " ", "~", "a~b~", "a+b & c = d # e % f ? g", "Ääkköset", "東京 " * 100, "🕊️" * 150, '’“\\"\n')


def texts(size: int, length: int) -> list[str]:
    return [
        f"{TEXTS[number % len(TEXTS)][: length - 3]}{number:03}"[:length] for number in range(size - len(TEXTS))
    ] + [text[:length] for text in TEXTS]


def make_countries(size: int) -> list[str]:
    """Countries of published events, with the longest possible names."""
    codes = ["".join(letters) for letters in islice(product(ascii_uppercase, repeat=3), size - 2)]
    countries = [Country(code=code, kind="state", name=f"{LONG[:97]}{code}") for code in codes]
    event = make_event("EGY", "PRK")
    Participation.objects.bulk_create(
        Participation(event=event, country=country, role="concerned")
        for country in Country.objects.bulk_create(countries)
    )
    return [*codes, "EGY", "PRK"]


def make_relations(size: int) -> list[str]:
    pairs = list(islice(combinations(sorted(make_countries(30)), 2), size))
    Relation.objects.bulk_create(Relation(country_a_id=a, country_b_id=b) for a, b in pairs)
    return [f"{a}-{b}" for a, b in pairs]


def make_actors(size: int) -> list[str]:
    slugs = [f"{'a-' * 38}{number:04}" for number in range(size)]
    actors = [Actor(slug=slug, kind="company", name=name) for slug, name in zip(slugs, texts(size, 150), strict=True)]
    event = make_event()
    Participation.objects.bulk_create(
        Participation(event=event, actor=actor, role="host") for actor in Actor.objects.bulk_create(actors)
    )
    return slugs


def make_sources(size: int) -> list[str]:
    keys = [f"letter-{number}" for number in range(size)]
    sources = [Source(key=key, csl_type="report", title=text) for key, text in zip(keys, texts(size, 300), strict=True)]
    event = make_event()
    Citation.objects.bulk_create(
        Citation(event=event, source=source, locator="p. 1") for source in Source.objects.bulk_create(sources)
    )
    return [*keys, "test-source"]


def make_records(model: type[Any], size: int, **columns: Any) -> list[str]:
    """Published records of one type, without the trigger that would give all the same time of change."""
    slugs = [f"{model._meta.model_name}-{number}" for number in range(size)]
    changed = [datetime(2020, 1, 1, tzinfo=UTC) + timedelta(microseconds=number // 3) for number in range(size)]
    with without_triggers():
        records = model.objects.bulk_create(
            model(
                slug=slug,
                state="published",
                changed_at=changed[number * 7 % size],
                **{model.starts_on: DAYS[number % len(DAYS)]} | columns,
            )
            for number, slug in enumerate(slugs)
        )
        source = make_source()
        Citation.objects.bulk_create(
            Citation(**{TARGET_OF[model]: record}, source=source, locator="p. 1") for record in records
        )
    return slugs


def make_events(size: int) -> list[str]:
    slugs = make_records(Event, size, kind="visit", title="A visit")
    country = make_country("PRK")
    with without_triggers():
        Participation.objects.bulk_create(
            Participation(event=event, country=country, role="actor") for event in Event.objects.all()
        )
    return slugs


def make_pair(first: str, second: str) -> dict[str, Country]:
    return {first: make_country("PRK"), second: make_country("EGY")}


def make_periods(size: int) -> list[str]:
    state = {"track": "position", "value": "favours", "subject": "peace"}
    return make_records(RelationPeriod, size, relation=make_relation(), **state)


def make_deals(size: int) -> list[str]:
    deal = {"kind": "equipment", "category": "missiles", "deal_status": "delivered"}
    return make_records(ArmsTransfer, size, **deal, **make_pair("supplier", "recipient"))


BY_DATE = ("date", "-date", "-changed")
# Every list: its orders, ten times the rows of the example, and what makes them.
LISTS: dict[str, tuple[tuple[str, ...], int, Callable[[int], list[str]]]] = {
    "countries": (("name", "code"), 290, make_countries),
    "relations": (("code",), 270, make_relations),
    "actors": (("name",), 250, make_actors),
    "sources": (("key", "title"), 60, make_sources),
    "periods": (BY_DATE, 470, make_periods),
    "missions": (
        BY_DATE,
        110,
        lambda size: make_records(Mission, size, kind="embassy", **make_pair("sending", "accredited_to")),
    ),
    "events": (BY_DATE, 820, make_events),
    "arms-transfers": (BY_DATE, 180, make_deals),
    "observations": (
        BY_DATE,
        160,
        lambda size: make_records(
            Observation,
            size,
            measure="exports",
            figure_missing="not_reported",
            **make_pair("from_country", "to_country"),
        ),
    ),
}


@pytest.mark.parametrize("collection", LISTS)
def test_pages_give_each_row_once(client: Client, collection: str) -> None:
    sorts, rows, make = LISTS[collection]
    keys = make(rows)
    rebuild()  # triggers rested
    size = max(10, rows // 10)

    for sort in sorts:
        path, read = f"/{collection}/?sort={sort}&size={size}", []
        while path:
            page = client.get(path, follow=True).context
            key = "code" if collection == "relations" else page["form"].cleaned_data["sort"].key
            read += [getattr(row, key) for row in page["rows"]]
            assert page["count"] == len(keys), sort
            path = page["next"]
            assert len(read) <= len(keys), sort  # or a page came twice, and would for ever
        assert sorted(read) == sorted(keys), sort


def test_the_chronology_gives_each_entry_once(client: Client) -> None:
    slugs = [slug for name in ("periods", "missions", "events", "arms-transfers") for slug in LISTS[name][2](200)]
    rebuild()

    path, read = "/chronology/?size=100", []
    while path:
        page = client.get(path).context
        read += [entry.record.slug for entry in page["page"].rows]
        path = page["next"]
        assert len(read) <= len(slugs)

    assert sorted(read) == sorted(slugs)


@pytest.mark.parametrize(
    ("value", "cursor"),
    [("", "~key"), (" ", " ~key"), ("a~b", "a~b~key"), (date(1963, 8, 24), "1963-08-24~key"), (None, "~key")],
)
def test_cursor_is_read_as_it_was_written(value: Any, cursor: str) -> None:
    sort = Sort("any", "title", "key", parse=str if isinstance(value, str) else day)
    row = Source(key="key")
    row.sorted_by = value

    assert (sort.cursor(row), sort.read(cursor)) == (cursor, (value, "key"))


def test_cursor_of_a_moment_keeps_its_microseconds_and_its_zone() -> None:
    sort = Sort("any", "changed_at", "key", parse=moment)
    row = Source(key="key")
    row.sorted_by = datetime(2020, 1, 1, 12, 0, 0, 1, tzinfo=UTC)

    assert sort.cursor(row) == "2020-01-01T12:00:00.000001+00:00~key"
    assert sort.read(sort.cursor(row)) == (row.sorted_by, "key")


@pytest.mark.parametrize(
    ("parse", "cursor"), [(str, ""), (str, "key"), (str, "value~"), (day, "soon~key"), (moment, "~key")]
)
def test_cursor_that_no_page_gave_is_refused(parse: Callable[[str], Any], cursor: str) -> None:
    with pytest.raises(ValueError):
        Sort("any", "title", parse=parse).read(cursor)


def test_cursor_is_taken_to_the_letter(client: Client) -> None:
    page = client.get("/actors/", {"after": " a  ~key"})

    assert page.context["form"].cleaned_data["after"] == " a  ~key"


def test_cursor_is_bounded(client: Client) -> None:
    make_event()
    for length, status in ((LONGEST_CURSOR, 200), (LONGEST_CURSOR + 1, 400)):
        cursor = "é" * (length - 4) + "~key"
        assert client.get("/actors/", {"after": cursor}).status_code == status


@pytest.mark.parametrize("asked", ["", "country=EGY", "country=EGY&kind=visit"])
def test_a_list_is_counted_by_an_index_alone(asked: str) -> None:
    make_event("EGY")
    form = EventForm(QueryDict(asked))
    form.check()
    with CaptureQueriesContext(connection) as queries:
        assert counted(form.places) == 1
    table = form.places.model._meta.db_table
    with connection.cursor() as cursor:
        # A table without traces of other tests, as after a vacuum: who may see a row is known without looking at it.
        cursor.execute(f"CREATE TEMPORARY TABLE {table} (LIKE public.{table} INCLUDING ALL)")
        cursor.execute(f"INSERT INTO {table} SELECT * FROM public.{table}")
        cursor.execute("UPDATE pg_class SET relallvisible = 1000 WHERE oid = %s::regclass", [table])
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute(f"EXPLAIN {queries[-1]['sql']}")
        plan = "".join(line for (line,) in cursor.fetchall())
    assert re.findall(r"\w[\w ]+ Scan", plan) == ["Index Only Scan"], plan


@pytest.mark.parametrize("sort", ["date", "-date", "-changed"])
def test_the_first_page_comes_with_the_number_of_all_by_one_look(sort: str) -> None:
    number = len(make_events(2 * len(DAYS)))
    rebuild()
    form = EventForm(QueryDict(f"sort={sort}"))
    form.check()
    in_order: Sort = form.cleaned_data["sort"]
    places = Entry.objects.leading(Event)
    # So many rows a page, so many that are counted: fewer than there are, all, and more.
    for size, most in product((1, 7, number - 1, number, number + 1), (0, number - 1, number, number + 1)):
        page = in_order.page([places], "", size)
        with CaptureQueriesContext(connection) as queries:
            first, count = in_order.first_page(places, size, most)
        assert [place.record_id for place in first.rows] == [place.record_id for place in page.rows]
        assert (first.next, count) == (page.next, min(number, most + 1))
        assert (len(queries) == 1) is (number <= most)


def test_the_first_page_of_nothing_is_empty() -> None:
    in_order = Sort("oldest first", F("sort_on"), parse=day)
    make_events(2 * len(DAYS))
    rebuild()
    for places in (Entry.objects.none(), Entry.objects.leading(Mission)):
        assert in_order.first_page(places, 5, 10) == (Page([], ""), 0)
