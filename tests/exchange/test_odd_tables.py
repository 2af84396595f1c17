"""Odd and hostile tables: each is read correctly, or refused with one sentence and without writing anything."""

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook

from relations.exchange.catalogue import recognised
from relations.exchange.cell_errors import CellError
from relations.exchange.foreign import read_json, read_table
from relations.exchange.parties import Parties
from relations.exchange.profiles import Profile, read_profile, shipped
from relations.exchange.proposals import propose, skipped
from relations.exchange.readers import date_in_words
from relations.exchange.recipes import ForeignRow, ProfileError, RecipeBuilder
from relations.exchange.rejects import rejects
from relations.exchange.seen import Seen, look_at
from relations.exchange.tables import SheetError
from relations.exchange.verbs import VERBS
from relations.exchange.written_figures import number_written, style_of
from relations.models import Event
from tests.exchange.test_sheets import workbook
from tests.factories import make_country

pytestmark = pytest.mark.django_db

HEADER = "Nr,Date,Guest,Host,Number\n"
ROW, NEXT = "1,1973,EGY,PRK,1\n", "2,1974,EGY,PRK,2\n"
PROFILE = """
    [file]
    columns = ["Nr", "Date", "Host"]
    [[records]]
    of = "actors"
    cells = { slug = "{Nr}", name = "{Guest}" }
"""
LINES = [(2, ("1", "1973", "EGY", "PRK", "1")), (3, ("2", "1974", "EGY", "PRK", "2"))]


@pytest.fixture
def states() -> None:
    make_country("PRK", name="North Korea")
    make_country("EGY", name="Egypt")


def profile() -> Profile:
    return read_profile("visits", PROFILE)


def proposed(data: bytes) -> Seen:
    """The proposals of the desk for a table."""
    propose(seen := look_at(data), Event)
    return seen


def refused(read: Callable[[bytes], Any], data: bytes) -> str:
    """Why a table is refused."""
    with pytest.raises(SheetError) as reason:
        read(data)
    return str(reason.value)


READ = {
    "mark in the middle": HEADER + ROW.replace("EGY", "\ufeffEGY") + NEXT,
    "ends of three kinds": HEADER + ROW.replace("\n", "\r") + NEXT.replace("\n", "\r\n"),
    "no end": (HEADER + ROW + NEXT).rstrip(),
    "no-break spaces": HEADER + ROW.replace("EGY", "\u00a0EGY\u00a0") + NEXT,
    "texts of Excel": HEADER + '="1",="1973",="EGY",PRK,"=""1"""\n' + NEXT,
    "a line of 100,000 commas": HEADER + ROW.rstrip() + "," * 100_000 + "\n" + NEXT,
}


@pytest.mark.parametrize("text", READ.values(), ids=READ)
def test_unusual_notation_is_read(text: str) -> None:
    assert read_table(text.encode(), profile()).lines == LINES


def test_utf_32_is_read_and_not_taken_for_utf_16() -> None:
    text = f"\ufeff{HEADER}{ROW}{NEXT}"
    for encoding in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
        assert read_table(text.encode(encoding), profile()).lines == LINES
    assert [each.name for each in look_at(text.encode("utf-32-le")).columns] == HEADER.strip().split(",")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (
            f"\ufeff{HEADER}{ROW}".encode("utf-16-le")[:-1],
            "This is UTF-16, and damaged from its byte 87 on; it may",
        ),
        (f"\ufeff{HEADER}{ROW}".encode("utf-32-le")[:-3], "This is UTF-32, and damaged from its byte 173 on; it may"),
        (
            b"\xef\xbb\xbf" + HEADER.encode() + b"1,1973,\xff,PRK,1\n",
            "line 2, character 8: byte FF is not UTF-8, as",
        ),
    ],
)
def test_a_text_that_is_not_what_its_mark_says_is_refused(data: bytes, reason: str) -> None:
    for read in (look_at, lambda data: read_table(data, profile())):
        assert refused(read, data).startswith(reason)
    assert recognised(data) is None


def test_a_line_that_repeats_the_header_is_passed_over_and_told() -> None:
    data = f"\ufeff{HEADER}{ROW}\ufeff{HEADER}{NEXT}{HEADER}".encode()
    table = read_table(data, profile())
    assert [line for line, _ in table.lines] == [2, 4]
    assert table.notes == ["Lines that repeat the header are passed over: 3, 5."]
    seen = look_at(data)
    assert (seen.rows, [*seen.columns[1].values]) == (2, ["1973", "1974"])
    other = read_table(f"{HEADER}{ROW}Nr,Date,Guest,Host,2\n".encode(), profile())
    assert ([line for line, _ in other.lines], other.notes) == ([2, 3], [])


def test_a_cell_that_cannot_be_read_is_none_of_the_values_that_are_looked_at(states: None) -> None:
    data = f"{HEADER}1,1973,EG\0Y,PRK,1\n2,1974,PRK,\0,\u202e2\n".encode()
    seen = proposed(data)
    assert [(each.target, each.filled, [*each.values]) for each in seen.columns[2:4]] == [
        ("participants: actor", 2, ["PRK"]),
        ("participants: host", 2, ["PRK"]),
    ]
    assert read_table(data, profile()).faults == {
        2: "column Guest holds the unseen character U+0000 control character; take it out",
        3: "column Number holds the unseen character U+202E RIGHT-TO-LEFT OVERRIDE; take it out",
    }


UNREADABLE = {
    b"": "No line of the file looks like the header of a table.",
    "\ufeff".encode(): "No line of the file looks like the header of a table.",
    b" \n\n \n": "No line of the file looks like the header of a table.",
    b",\n,\n": "No line of the file looks like the header of a table.",
    b"Guest\nEGY\n": "No line of the file looks like the header of a table.",
    b"Nr  Date\n1   1973\n": "No line of the file looks like the header of a table.",
    HEADER.encode(): "The file has a header and no rows.",
    (HEADER + HEADER).encode(): "The file has a header and no rows.",
    b";\n1;2\n3;4\n": "line 2: numbers alone name no columns; where there is no header, write one above.",
    b"1973,-1974.5\n1,2\n": "line 1: numbers alone name no columns; where there is no header, write one above.",
    b"Nr,Guest,Guest ,Date\n1,a,b,1\n": "line 1: columns 2 and 3 are both called 'Guest'; rename one.",
    f"{HEADER}1,1973,EGY,PRK,{'x' * 200_000}\n".encode(): (
        "line 2: a cell has more than 131,072 characters, or a quotation mark is never closed."
    ),
    (HEADER + ROW * 20_000 + '7,"1973,EGY\n' + ROW * 9).encode(): "line 20002: a quotation mark is never closed.",
    b"-- a dump\nINSERT INTO visits VALUES (1, 'a');\n": "This is SQL: have the database write the table as a CSV.",
    b'\xef\xbb\xbf{"a": 1}\n': "This is JSON: only a CSV or XLSX is read, and a list of entries in CSL-JSON.",
    (",".join(f"c{n}" for n in range(16_384)) + "\n" + "1," * 16_384).encode(): (
        "line 1: the header has 16,384 columns, and menus are for 200 at most; delete those that are not needed."
    ),
}


@pytest.mark.parametrize(("data", "reason"), UNREADABLE.items(), ids=range(len(UNREADABLE)))
def test_what_is_no_table_is_refused_in_one_sentence(data: bytes, reason: str) -> None:
    assert refused(look_at, data) == reason


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("3 March 1973", "1973-03-03"),
        ("March 3, 1973", "1973-03-03"),
        ("3 mars 1973", "1973-03-03"),
        ("3. März 1973", "1973-03-03"),
        ("3 de marzo de 1973", "1973-03-03"),
        ("3 марта 1973", "1973-03-03"),
        ("1973年3月1日", "1973-03-01"),
        ("1973년 3월", "1973-03"),
        ("late 1980s", "[1986..1989]"),
        ("1973-03", "1973-03"),
        ("", ""),
        ("3/4/1973", None),
        ("31 June 1973", None),
        ("whenever", None),
    ],
)
def test_a_date_is_read_as_a_text_says_it(text: str, date: str | None) -> None:
    if date is None:
        with pytest.raises(CellError):
            date_in_words(text)
    else:
        assert str(date_in_words(text)) == date


def test_dates_in_words_are_proposed_and_doubted(states: None) -> None:
    seen = proposed(b"Nr,Told,Guest\n1,3 mars 1973,EGY\n2,octobre 1974,PRK\n3,1975,PRK\n")
    assert (seen.columns[1].target, seen.columns[1].reading) == ("happened_on", "a date in words")
    assert proposed(b"Nr,Told,Guest\n1,soon,EGY\n2,later,PRK\n").columns[1].target == ""


def test_a_row_of_totals_is_proposed_to_become_nothing(states: None) -> None:
    rows = "".join(f"{number},1973,EGY,PRK,1\n" for number in range(300))
    seen = look_at(f"{HEADER}{rows}Grand total,,,,300\n1,1973,Total War,x,1\n".encode())
    assert skipped(seen) == [("Nr", "Grand total")]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (
            b'[{"id": "a", "type": "book", "title": "x", "title": "y"}]',
            "The JSON says 'title' of the entry 'a' twice;",
        ),
        (b'[{"a": {"b": 1, "b": 2}}]', "The JSON says 'b' twice; take one away."),
        (b'[{"id": "a", "type": "book", "volume": NaN}]', "The JSON has NaN in it, which is no value of JSON"),
        (b'[{"id": "a", "issued": {"date-parts": [[-Infinity]]}}]', "The JSON has -Infinity in it, which is no value"),
        (b'[{"id": ' + b"[" * 100_000, "This is not readable JSON: lists in it are too deep."),
        (b'[{"id": ' + b"9" * 5000 + b"}]", "This is not readable JSON: a number in it is too long."),
        (b'[{"id": "a"', "This is not readable JSON: Expecting ',' delimiter: line 1 column 12 (char 11)."),
    ],
    ids=range(7),
)
def test_json_that_says_two_things_or_none_is_refused(data: bytes, reason: str) -> None:
    for read in (read_json, lambda data: read_table(data, shipped()["csl-json"])):
        assert refused(read, data).startswith(reason)


def test_a_bibliography_with_a_mark_is_one(states: None) -> None:
    data = b"\xef\xbb\xbf" + json.dumps([{"id": "a", "type": "book", "title": "A"}]).encode()
    found = recognised(data)
    assert found == shipped()["csl-json"]
    table = read_table(data, found)
    assert len(table.lines) == 1
    assert json.loads(rejects(table, found, {1}, data, "a.json"))[0]["title"] == "A"


# Figures


@pytest.mark.parametrize(
    ("style", "text", "number"),
    [
        ("1,234.5", "1,200", "1200"),
        ("1,234.5", "12,345,678.25", "12345678.25"),
        ("1,234.5", "1200", "1200"),
        ("1,234.5", "12,00,000", None),
        ("1,234.5", "1.234,5", None),
        ("1,234.5", "1,200*", None),
        ("1,234.5", "(1,200)", None),
        ("1.234,5", "1.200", "1200"),
        ("1.234,5", "1.200,50", "1200.5"),
        ("1.234,5", "1200,5", "1200.5"),
        ("1.234,5", "1.20", None),
        ("1 234,5", "1 200,5", "1200.5"),
        ("1 234,5", "1\u202f200\u00a0000", "1200000"),
        ("1'234.5", "1’200.5", "1200.5"),
    ],
)
def test_a_number_is_read_as_its_table_writes_it(style: str, text: str, number: str | None) -> None:
    if number is None:
        with pytest.raises(CellError, match=f"is not written as {style}"):
            number_written(text, style)
    else:
        assert number_written(text, style) == number


@pytest.mark.parametrize(
    ("values", "style"),
    [
        (["1,200", "35", "1,234.5"], "1,234.5"),
        (["1.200,5", "35"], "1.234,5"),
        (["1 200", "1 234,5"], "1 234,5"),
        (["1'200"], "1'234.5"),
        (["about 20", "20-30", "35"], "words"),
        (["1.200", "3.400"], ""),  # thousands or fractions: nobody can tell
        (["1,200", "3,400"], ""),
        (["35", "12.5", ""], ""),
        (["some", "none"], ""),
    ],
)
def test_the_notation_of_numbers_is_proposed_if_it_is_unambiguous(values: list[str], style: str) -> None:
    assert style_of(values) == style


def figure(text: str, **said: str) -> str:
    """The five cells of a figure, joined by “|”."""
    builder = RecipeBuilder(["n", "u"], {}, Parties(), VERBS)
    row = ForeignRow(2, (text, "guns"), {"n": 0, "u": 1}, {}, "2")
    return builder.recipe({"figure": "{n}", **said}, "here").apply([row]).replace("\n", "|")


def test_figures_are_read_in_the_words_of_the_desk() -> None:
    words = {"written": "words", "unit": "{u}", "missing": "not_reported"}
    texts = ("about 1,200", "20-30 tanks", ">500", "", "60 million USD", "35")
    assert {text: figure(text, **words) for text in texts} == {
        "about 1,200": "1200|1200|about|guns|",
        "20-30 tanks": "20|30|exact|tanks|",
        ">500": "500||more_than|guns|",
        "": "||||not_reported",
        "60 million USD": "60000000|60000000|exact|USD|",
        "35": "35|35|exact|guns|",
    }
    assert figure("35", **words, estimated="yes") == "35|35|estimated|guns|"
    assert figure("1.200,50", written="1.234,5", unit="pieces") == "1200.5|1200.5|exact|pieces|"
    for options in ({"written": "words"}, {"written": "1,234.5"}):
        with pytest.raises(CellError, match="1,2,3"):
            figure("1,2,3", **options)
    with pytest.raises(ProfileError, match=r"here\.written: '1234' is none of 1,234\.5, 1\.234,5, 1 234,5, "):
        figure("35", written="1234")


# Workbooks


def book(change: Callable[[dict[str, bytes]], None]) -> bytes:
    """A workbook with the same rows, and with some changed members."""
    cells = [line.split(",") for line in f"{HEADER}{ROW}{NEXT}".splitlines()]
    archive = zipfile.ZipFile(io.BytesIO(workbook(*cells)))
    parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name, part in parts.items():
            target.writestr(name, part)
    return file.getvalue()


def related(parts: dict[str, bytes], kind: str, element: bytes) -> None:
    """Makes the workbook refer to a member that does not exist."""
    link = f'<Relationship Id="rId99" Type="{RELATIONS}/{kind}" Target="{kind}/part.xml"/></Relationships>'
    rels = "xl/_rels/workbook.xml.rels"
    parts[rels] = parts[rels].replace(b"</Relationships>", link.encode())
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"</sheets>", b"</sheets>" + element)


RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = b"vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
SHEET = "xl/worksheets/sheet1.xml"


def replaced(name: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        assert old in parts[name]
        parts[name] = parts[name].replace(old, new, 1)

    return change


def with_macros(parts: dict[str, bytes]) -> None:
    replaced("[Content_Types].xml", MAIN, b"vnd.ms-excel.sheet.macroEnabled.main+xml")(parts)
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0"


ODD_BOOKS = {
    "macros": with_macros,
    "a link to a workbook that is not there": lambda parts: related(parts, "externalLink", b""),
    "a cache of a pivot table that is not there": lambda parts: related(parts, "pivotCacheDefinition", b""),
    "a name of nothing": lambda parts: related(
        parts, "theme", b'<definedNames><definedName name="a">[1]Gone!$A$1</definedName></definedNames>'
    ),
    "a part that would lie elsewhere": lambda parts: parts.update({"../../etc/passwd": b"x"}),
}


@pytest.mark.parametrize("change", ODD_BOOKS.values(), ids=ODD_BOOKS)
def test_other_parts_of_a_workbook_are_ignored(change: Callable[[dict[str, bytes]], None]) -> None:
    assert read_table(book(change), profile()).lines == LINES


REFUSED_BOOKS = {
    "a row after a later one": (
        replaced(SHEET, b'<row r="2"', b'<row r="9"'),
        "The sheet has row3 after row9, out of its order; save it anew in a spreadsheet.",
    ),
    "a cell twice": (
        replaced(SHEET, b'r="B2"', b'r="A2"'),
        "The sheet has A2 after A2, out of its order; save it anew in a spreadsheet.",
    ),
    "the strict form": (
        replaced(
            "xl/workbook.xml",
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ),
        "This is a workbook in the strict form of XLSX: save it as “Excel Workbook (*.xlsx)”.",
    ),
    "a bomb of blanks": (
        replaced(SHEET, b"<sheetData>", b"<sheetData>" + b" " * 20_000_000),
        "The workbook unpacks to 9 files of 20,0",
    ),
}


@pytest.mark.parametrize(("change", "reason"), REFUSED_BOOKS.values(), ids=REFUSED_BOOKS)
def test_a_workbook_of_which_something_would_be_lost_is_refused(
    change: Callable[[dict[str, bytes]], None], reason: str
) -> None:
    for read in (look_at, lambda data: read_table(data, profile())):
        assert refused(read, book(change)).startswith(reason)


def test_a_second_table_beside_the_first_is_refused() -> None:
    def beside(parts: Workbook) -> None:
        for number, cells in enumerate((["Id", "Day", "Who"], [7, "1980", "PRK"], [8, "1981", "EGY"]), 9):
            for place, cell in enumerate(cells, 8):
                parts.active.cell(number, place, cell)

    data = workbook(["Nr", "Date", "Guest", "Host"], [1, "1973", "EGY", "PRK"], change=beside)
    assert refused(look_at, data).startswith("Most of its lines do not have the columns of line 1: is this a table?")
