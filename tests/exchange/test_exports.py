"""Exported files: streamed, exact, and safe to open in a spreadsheet."""

import csv
import gzip
import io
import json
import zlib
from contextlib import closing
from datetime import date
from decimal import Decimal
from typing import get_args

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from relations.exchange.column import Audience
from relations.exchange.columns import COLUMNS, columns_of, values
from relations.exchange.exports import (
    MOST_ROWS,
    TooManyRowsError,
    as_text,
    csv_cell,
    csv_lines,
    csv_response,
    file_name,
    guarded,
    gzipped,
    in_file_order,
    json_lines,
    packed,
    unguarded,
    workbook,
    xlsx_response,
)
from relations.exchange.sheets import read_xlsx
from relations.exchange.streams import csv_of, json_of
from relations.exchange.workbooks import xlsx_cell
from relations.models import Country, Event, Observation, Relation, RelationPeriod, Source
from relations.models.vocabularies import Modality
from relations.text import line, prose
from tests.factories import (
    make_country,
    make_event,
    make_figure,
    make_observation,
    make_one_of_everything,
    make_period,
    make_relation,
    make_source,
)

BASE = "https://dyad.example"
NASTY = st.text(alphabet="'=+-@\"\\,;|#:. \n\té😀aZ0", min_size=1, max_size=5)


def rows_of(response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(b"".join(response).decode(), newline="")))


def workbook_of(queryset) -> bytes:
    with xlsx_response(queryset, base_url=BASE).file_to_stream as file:
        return file.read()


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


def assert_copied_as_read(model, audience="public") -> None:
    """Asserts that PostgreSQL writes the same file as Python for the same rows."""
    rows, columns = in_file_order(model.objects.all()), columns_of(model, audience)
    expected = "".join(csv_lines(columns, values(rows, columns, BASE)))
    assert b"".join(csv_of([rows], columns, BASE)).decode() == expected


@pytest.mark.django_db
def test_postgresql_writes_every_column_as_python_reads_it():
    make_one_of_everything()
    for model in COLUMNS:
        assert model.objects.count()
        for audience in get_args(Audience):
            assert_copied_as_read(model, audience)


@pytest.mark.django_db
@settings(max_examples=30, deadline=None)
@given(st.lists(NASTY.map(prose), min_size=4, max_size=4))
def test_postgresql_writes_every_text_as_python_does(texts):
    one, two, three, four = (line(text) for text in texts)
    source = make_source()
    Source.objects.filter(pk=source.pk).update(title=one or "-", authors=two, note=texts[2], licence=four)
    event = make_event(state="draft", title=one, place=two, summary=texts[2], note=texts[3])
    if three:
        event.participations.create(named_as=three, role="concerned")
        event.citations.create(source=source, locator=three, hedge=one, attributed_to=two)
    assert_copied_as_read(Source)
    assert_copied_as_read(Event)
    Event.objects.all().delete()


@pytest.mark.django_db
def test_csv_is_what_its_readers_know():
    make_observation(
        slug="exports",
        subject='"Arms", as said',
        reporter="'=1",
        period="1990~",
        figure_low="0.50",
        figure_high=None,
        figure_qualifier="at_least",
        negated=True,
        note="one\ntwo",
        state="draft",
    )
    changed = as_text(Observation.objects.get().changed_at)
    (header, row) = b"".join(csv_response(Observation.objects.all(), base_url=BASE)).split(b"\n", 1)
    assert header == ",".join(column.name for column in columns_of(Observation)).encode()
    assert row.decode() == (
        "https://dyad.example/observations/exports/,exports,exports,PRK,North Korea,EGY,Egypt,"
        "1990~,1989-01-01,1991-12-31,"
        '"""Arms"", as said",0.5,,at_least,USD,,\'\'=1,asserted,true,"one\ntwo",,'
        f",1,{changed}\n"
    )


@pytest.mark.django_db
def test_csv_of_many_rows_is_as_one_of_few(monkeypatch):
    for number in range(7):
        make_event(slug=f"event-{number}", happened_on=f"{1970 + number % 3}")
    whole = b"".join(csv_response(Event.objects.in_order(), base_url=BASE))
    monkeypatch.setattr("relations.exchange.streams.FIRST", 1)
    monkeypatch.setattr("relations.exchange.streams.MOST", 2)
    pieces = list(csv_response(Event.objects.in_order(), base_url=BASE))
    assert [piece.count(b"\n") for piece in pieces] == [1, 1, 2, 2, 2]
    assert b"".join(pieces) == whole


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sizes", "rows"),
    [
        ({"FIRST": 2, "MOST": 100}, [2, 5]),
        ({"FIRST": 2, "MOST": 100, "HELD": 1}, [2, 1, 1, 1, 1, 1]),  # a row is read, however long
        ({"FIRST": 5, "MOST": 100, "PIECE": 2}, [2, 2, 1, 2]),
    ],
)
@pytest.mark.parametrize(("make", "mark"), [(csv_of, b"https://dyad.example/events/"), (json_of, b'"slug":')])
def test_file_is_read_as_far_as_there_is_room_and_sent_in_pieces(monkeypatch, sizes, rows, make, mark):
    for number in range(7):
        make_event(slug=f"event-{number}")
    events, columns = [in_file_order(Event.objects.all())], columns_of(Event)
    whole = b"".join(make(events, columns, BASE))
    for name, size in sizes.items():
        monkeypatch.setattr(f"relations.exchange.streams.{name}", size)
    pieces = list(make(events, columns, BASE))
    assert list(filter(None, (piece.count(mark) for piece in pieces))) == rows
    assert b"".join(pieces) == whole


@pytest.mark.django_db
@pytest.mark.parametrize("make", [csv_of, json_of])
def test_slow_reader_of_a_file_keeps_its_transaction_awake(monkeypatch, make):
    for number in range(4):
        make_event(slug=f"event-{number}")
    events, columns = [in_file_order(Event.objects.all())], columns_of(Event)

    def asked_for_nothing() -> tuple[bytes, int]:
        with CaptureQueriesContext(connection) as queries:
            file = b"".join(make(events, columns, BASE))
        return file, sum(query["sql"] == "SELECT" for query in queries)

    monkeypatch.setattr("relations.exchange.streams.PIECE", 1)
    file, quick = asked_for_nothing()
    monkeypatch.setattr("relations.exchange.streams.PATIENCE", -1)
    assert (quick, asked_for_nothing()) == (0, (file, 4))


@pytest.mark.django_db
def test_days_are_written_in_one_way_however_postgresql_is_set():
    make_event(slug="visit", happened_on="1973-10-06")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL DateStyle = 'German, DMY'")
    (row,) = rows_of(csv_response(Event.objects.all(), base_url=BASE))
    assert (row["happened_on_earliest"], row["happened_on_latest"]) == ("1973-10-06", "1973-10-06")


@pytest.mark.django_db(transaction=True)
def test_csv_is_from_one_snapshot_with_a_longer_timeout_and_restores_the_connection(monkeypatch):
    monkeypatch.setattr("relations.exchange.streams.FIRST", 1)
    for slug in ("a", "b"):
        make_event(slug=slug, title="As it was", state="draft")

    def setting(name: str) -> str:
        with connection.cursor() as cursor:
            cursor.execute(f"SHOW {name}")
            return cursor.fetchone()[0]

    def elsewhere(sql: str) -> None:
        with closing(connection.copy()) as other, other.cursor() as cursor:
            cursor.execute(sql)

    before = setting("statement_timeout")
    pieces = iter(csv_response(Event.objects.all(), base_url=BASE))
    assert next(pieces).startswith(b"permalink,")
    assert (setting("statement_timeout"), setting("transaction_isolation")) == ("5min", "repeatable read")
    elsewhere("UPDATE relations_event SET title = 'As it is'")
    assert b"".join(pieces).count(b",As it was,") == 2
    assert (setting("statement_timeout"), connection.in_atomic_block) == (before, False)
    left = csv_of([Event.objects.all()], columns_of(Event), BASE)
    next(left)
    left.close()
    assert (setting("statement_timeout"), connection.in_atomic_block) == (before, False)


@pytest.mark.django_db
def test_workbook_keeps_as_text_what_is_typed_into_it():
    make_observation(slug="exports", figure_low=5, figure_high=5)
    sheet = load_workbook(io.BytesIO(workbook_of(Observation.objects.all()))).active
    formats = {
        cell.value: (below.number_format, sheet.column_dimensions[cell.column_letter].number_format)
        for cell, below in zip(sheet[1], sheet[2], strict=True)
    }
    numbers = [name for name, found in formats.items() if found == ("General", "General")]
    assert numbers == ["figure_low", "figure_high", "version"]
    assert {found for name, found in formats.items() if name not in numbers} == {("@", "@")}


@pytest.mark.django_db
def test_workbook_offers_the_terms_of_closed_lists_and_keeps_its_header_in_sight():
    make_period(slug="first")
    book = load_workbook(io.BytesIO(workbook_of(RelationPeriod.objects.all())))
    sheet, terms = book.worksheets
    assert (sheet.freeze_panes, terms.title, terms.sheet_state) == ("A2", "terms", "veryHidden")
    header = {cell.value: cell.column_letter for cell in sheet[1]}
    offered = {}
    for rule in sheet.data_validations.dataValidation:
        (cells,) = str(rule.sqref).split()
        assert rule.allow_blank
        area = terms[rule.formula1.removeprefix("terms!").replace("$", "")]
        offered[cells.split(":")[0].rstrip("2")] = [cell.value for (cell,) in area]
    assert offered.keys() == {header[name] for name in ("track", "value", "modality")}
    assert offered[header["modality"]] == list(Modality)
    assert {"established", "ambassador", "hostile"} <= set(offered[header["value"]])
    assert read_xlsx(workbook_of(RelationPeriod.objects.all())).dict[0]["slug"] == "first"


@pytest.mark.django_db
def test_workbook_stops_where_it_grows_too_large_and_points_to_the_csv(monkeypatch):
    monkeypatch.setattr("relations.exchange.exports.MOST_ROWS", 2)
    for slug in ("a", "b"):
        make_event(slug=slug)
    assert len(read_xlsx(workbook_of(Event.objects.all())).dict) == 2
    make_event(slug="c")
    with pytest.raises(TooManyRowsError, match="A workbook stops at 2 rows, and these are more: take the CSV"):
        xlsx_response(Event.objects.all(), base_url=BASE)
    assert MOST_ROWS == 100_000


def test_name_of_a_sheet_is_as_long_as_a_spreadsheet_takes():
    (title,) = (column for column in columns_of(Event, "public") if column.name == "title")
    with workbook("x" * 40, [title], [("A visit",)], {}) as file:
        assert load_workbook(file).sheetnames == ["x" * 31]


def test_cell_of_a_workbook_holds_so_much_text_and_no_more():
    (title,) = (column for column in columns_of(Event, "public") if column.name == "title")
    sheet, text = Workbook(write_only=True).create_sheet(), "x" * 32_767
    assert xlsx_cell(sheet, text, title).value == text
    with pytest.raises(ValueError, match="title: a cell of 32768 characters does not fit into a workbook"):
        xlsx_cell(sheet, f"{text}x", title)


@pytest.mark.django_db
def test_page_of_a_workbook_that_grows_too_large_says_so(client, monkeypatch):
    monkeypatch.setattr("relations.exchange.exports.MOST_ROWS", 1)
    for slug in ("a", "b"):
        make_event(slug=slug)
    response = client.get("/events.xlsx")
    assert (response.status_code, "take the CSV, which has no end" in response.content.decode()) == (400, True)
    assert client.get("/events.xlsx?q=a").getvalue()


def test_json_of_rows_that_python_makes_has_words_numbers_and_nothing():
    title, negated = (column for column in columns_of(Event, "public") if column.name in ("title", "negated"))
    number = next(column for column in columns_of(Observation, "public") if column.kind == "number")
    rows = [("Émile “said”", True, Decimal("1.50")), ("", None, None)]
    assert "".join(json_lines([title, negated, number], rows)) == (
        '[\n{"title":"Émile “said”","negated":true,"NUMBER":1.5},\n{"title":null,"negated":null,"NUMBER":null}\n]\n'
    ).replace("NUMBER", number.name)
    assert "".join(json_lines([title], [])) == "[]\n"


@pytest.mark.django_db
def test_json_has_the_columns_of_the_csv_with_parts_as_lists(client):
    event = make_event("PRK", "EGY", slug="visit", title='=1 “and” \\ "more"', happened_on="1973-03")
    event.participations.create(named_as="others", count=3, role="concerned")
    make_figure(event, low="0.50", high=None, figure_qualifier="at_least", of="of them")
    make_event(slug="bare")
    row, bare = json.loads(client.get("/events.json").getvalue())
    (header,) = csv.reader([client.get("/events.csv").getvalue().decode().split("\n", 1)[0]])
    assert list(row) == header
    assert (row["title"], row["version"], row["negated"], row["place"]) == (
        '=1 “and” \\ "more"',
        1,
        False,
        None,
    )
    assert (row["happened_on"], row["happened_on_earliest"], row["happened_on_latest"]) == (
        "1973-03",
        "1973-03-01",
        "1973-03-31",
    )
    assert [(part["role"], part["country"], part["named_as"], part["count"]) for part in row["participants"]] == [
        ("actor", "PRK", None, None),
        ("recipient", "EGY", None, None),
        ("concerned", None, "others", 3),
    ]
    (figure,) = row["figures"]
    assert (figure["measure"], figure["of"], figure["figure_low"], figure["figure_high"]) == (
        "persons",
        "of them",
        0.5,
        None,
    )
    assert [part["source"] for part in row["citations"]] == ["test-source"]
    assert (bare["slug"], bare["figures"]) == ("bare", [])


@pytest.mark.django_db
def test_json_of_every_type_is_one_list_and_of_nothing_an_empty_one():
    for model in COLUMNS:
        assert b"".join(json_of([model.objects.all()], columns_of(model), BASE)) == b"[]\n"
    assert list(json_lines([], [])) == ["[]\n"]
    make_one_of_everything()
    for model in COLUMNS:
        rows = json.loads(b"".join(json_of([model.objects.all()], columns_of(model), BASE)))
        assert len(rows) == model.objects.count()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("accepted", "is_packed"),
    [
        ("gzip, deflate, br", True),
        ("br;q=1.0, gzip;q=0.8", True),
        ("*", True),
        ("", False),
        ("identity", False),
        ("gzip;q=0", False),
        ("gzip;q=0.0, br", False),
    ],
)
def test_file_is_packed_where_its_reader_asks_for_gzip(accepted, is_packed):
    make_event(slug="visit")
    plain = b"".join(csv_response(Event.objects.all(), base_url=BASE))
    response = packed(csv_response(Event.objects.all(), base_url=BASE), accepted)
    content = b"".join(response)
    assert response.get("Content-Encoding") == ("gzip" if is_packed else None)
    assert response["Vary"] == "Accept-Encoding"
    assert (gzip.decompress(content) if is_packed else content) == plain


def test_packed_pieces_can_be_read_as_they_come():
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    assert [unpacker.decompress(piece) for piece in gzipped([b"one", b"two"])] == [b"one", b"two", b""]


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ([], "events_2026-11-27"),
        (
            [("country", "EGY"), ("from", "1973-03"), ("q", 'a "b"/../c')],
            "events_2026-11-27_country-EGY_from-1973-03_q-a-b-..-c",
        ),
        ([("q", "平壤")], "events_2026-11-27_q"),
        ([("q", "x" * 300)], "events_2026-11-27_q-" + "x" * 100),
    ],
)
def test_file_is_called_by_what_it_holds_its_day_and_what_was_asked(asked, name):
    assert file_name("events", asked, date(2026, 11, 27)) == name


@pytest.mark.django_db
@pytest.mark.parametrize("title", ["_x000D_", "_x005F_x000D_", "var_x1_x2", "__x00e4__", "=1+1"])
def test_workbook_gives_back_every_text(title):
    make_source("a-book", title=title)
    (row,) = read_xlsx(workbook_of(Source.objects.all())).dict
    assert row["title"] == title
