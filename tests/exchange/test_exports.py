"""Files: streamed, exact, and harmless in a spreadsheet."""

import csv
import io
from contextlib import closing
from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from relations.exchange.columns import columns_of
from relations.exchange.exports import csv_cell, csv_response, guarded, stream, unguarded, xlsx_response
from relations.exchange.sheets import read_xlsx
from relations.models import Country, Event, Observation, Relation, Source
from tests.factories import make_country, make_event, make_observation, make_relation, make_source

BASE = "https://dyad.example"


def rows_of(response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(b"".join(response).decode(), newline="")))


def workbook_of(queryset) -> bytes:
    with closing(xlsx_response(queryset, base_url=BASE)) as response:
        return b"".join(response)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''-1"])
def test_formula_gets_one_apostrophe(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Cairo", "1+1", "a=b", "'Amman", " =1", "..", "[..2016]"])
def test_text_that_is_no_formula_is_left_alone(text):
    assert guarded(text) == text
    assert unguarded(text) == text


@given(st.text(alphabet="'=+-@\t\ra1 ", max_size=6))
def test_unguarded_gives_back_every_text(text):
    assert unguarded(guarded(text)) == text


@pytest.mark.django_db
def test_csv_is_named_after_its_records():
    response = csv_response(Event.objects.published(), base_url=BASE)
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="events.csv"'
    assert b"".join(response).startswith(b"permalink,slug,kind,happened_on,")


@pytest.mark.django_db
def test_csv_holds_exactly_the_queryset():
    make_event(slug="shown", title="Visit to “Cairo”, with an escort", summary="one\ntwo")
    make_event(slug="hidden", state="draft")
    (row,) = rows_of(csv_response(Event.objects.published(), base_url=BASE + "/"))
    assert row["permalink"] == "https://dyad.example/events/shown/"
    assert (row["title"], row["summary"]) == ("Visit to “Cairo”, with an escort", "one\ntwo")
    assert row["happened_on_earliest"] == ""


@pytest.mark.django_db
def test_csv_guards_text_and_leaves_numbers_alone():
    make_event(slug="formula", title='=HYPERLINK("https://evil.example")', place="@here", summary="-x")
    make_observation(figure_low="0.5000", figure_high=5, reporter="+1", period="1990")
    (event,) = rows_of(csv_response(Event.objects.all(), base_url=BASE))
    assert (event["title"], event["place"], event["summary"]) == (
        '\'=HYPERLINK("https://evil.example")',
        "'@here",
        "'-x",
    )
    (observation,) = rows_of(csv_response(Observation.objects.all(), base_url=BASE))
    assert (observation["figure_low"], observation["figure_high"]) == ("0.5", "5")
    assert (observation["reporter"], observation["period"]) == ("'+1", "1990")
    columns = {column.name: column for column in columns_of(Observation)}
    assert csv_cell(Decimal("-5"), columns["figure_low"]) == "-5"


@pytest.mark.django_db
def test_csv_stands_in_the_order_of_its_keys_by_code_point():
    for slug in ("b", "a-z", "a", "a1"):
        make_event(slug=slug)
    assert [row["slug"] for row in rows_of(csv_response(Event.objects.all(), base_url=BASE))] == ["a", "a-z", "a1", "b"]
    make_country("AAA", name="Zanzibar")
    make_country("ZZZ", name="Atlantis")
    codes = [row["code"] for row in rows_of(csv_response(Country.objects.all(), base_url=BASE))]
    assert codes == ["AAA", "EGY", "PRK", "ZZZ"]
    make_relation("ZZZ", "AAA")
    make_relation("EGY", "PRK")
    relations = rows_of(csv_response(Relation.objects.all(), base_url=BASE))
    assert [row["country_a"] for row in relations] == ["AAA", "EGY"]


@pytest.mark.django_db
def test_csv_keeps_an_order_it_was_given():
    make_event(slug="early", happened_on="1963")
    make_event(slug="a-late", happened_on="1973")
    rows = rows_of(csv_response(Event.objects.published().in_order(), base_url=BASE))
    assert [row["slug"] for row in rows] == ["early", "a-late"]


@pytest.mark.django_db(transaction=True)
def test_csv_is_streamed_with_time_enough_and_leaves_the_connection_as_it_was():
    make_event(state="draft")

    def timeout() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            return cursor.fetchone()[0]

    before = timeout()
    pieces = stream(Event.objects.all(), columns_of(Event), BASE)
    next(pieces)
    assert (timeout(), connection.in_atomic_block) == ("5min", True)
    pieces.close()
    assert (timeout(), connection.in_atomic_block) == (before, False)


@pytest.mark.django_db
def test_workbook_keeps_as_text_what_is_typed_into_it():
    make_observation(slug="exports", figure_low=5, figure_high=5)
    sheet = load_workbook(io.BytesIO(workbook_of(Observation.objects.all()))).active
    formats = {
        cell.value: (below.number_format, sheet.column_dimensions[cell.column_letter].number_format)
        for cell, below in zip(sheet[1], sheet[2], strict=True)
    }
    numbers = [name for name, found in formats.items() if found == ("General", "General")]
    assert numbers == ["figure_low", "figure_high"]
    assert {found for name, found in formats.items() if name not in numbers} == {("@", "@")}


@pytest.mark.django_db
@pytest.mark.parametrize("title", ["_x000D_", "_x005F_x000D_", "var_x1_x2", "__x00e4__", "=1+1"])
def test_workbook_gives_back_every_text(title):
    make_source("a-book", title=title)
    (row,) = read_xlsx(workbook_of(Source.objects.all())).dict
    assert row["title"] == title
