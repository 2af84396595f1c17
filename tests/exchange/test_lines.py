"""Foreign files, as programs and people write them: read correctly, or refused with the reason, but never guessed."""

import gzip
import io
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart

from relations.exchange.catalogue import choose, recognised
from relations.exchange.foreign import read_table
from relations.exchange.lines import lines_of
from relations.exchange.profiles import read_profile
from relations.exchange.readings import A_DATE, AS_IT_STANDS, DAY_FIRST, MONTH_FIRST, date_of
from relations.exchange.rejects import rejects
from relations.exchange.seen import look_at
from relations.exchange.sheets import OLD_WORKBOOK
from relations.exchange.tables import MAX_COLUMNS, SheetError
from relations.exchange.unpacked import MAX_CELLS
from tests.exchange.test_damage import rewritten

HEADER = ["Nr", "Date", "Guest"]
ROWS = [["1", "1973-03-01", "Türkiye"], ["2", "1974", "Syria"]]
UNKNOWN = "No profile knows the header of this file; name one, or write one (docs/tables.md)."
PROFILE = """
    title = "Visits"
    [file]
    encoding = "latin-1"
    [[records]]
    of = "actors"
    cells = { slug = "{Nr}", name = "{Guest}" }
"""


def text(*rows: list[str], mark: str = ",") -> str:
    return "".join(f"{mark.join(row)}\n" for row in [HEADER, *(rows or ROWS)])


def book(fill: Callable[[Workbook], None]) -> bytes:
    """A workbook that `fill` has filled."""
    workbook, file = Workbook(), io.BytesIO()
    fill(workbook)
    workbook.save(file)
    return file.getvalue()


def table(workbook: Workbook) -> None:
    for row in [HEADER, *ROWS]:
        workbook.active.append(row)


def told(data: bytes) -> str:
    """Why a file is refused, which is the same when its columns are inspected and when its profile is searched."""
    reasons = []
    for read in (look_at, choose):
        with pytest.raises(SheetError) as refused:
            read(data)
        reasons.append(str(refused.value))
    assert reasons[1] in (
        reasons[0],
        "No profile knows the header of this file; name one, or write one (docs/tables.md).",
    )
    return reasons[0]


pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("data", "encoding", "delimiter"),
    [
        (text().encode(), "utf-8", ","),
        (text().encode("utf-8-sig"), "utf-8", ","),
        (text(mark=";").encode("cp1252"), "cp1252", ";"),
        (text(mark="\t").encode("utf-16"), "utf-16", "\t"),
        (b"\xfe\xff" + text(mark=";").encode("utf-16-be"), "utf-16", ";"),
        (text().replace("\n", "\r").encode(), "utf-8", ","),
        (("sep=;\n" + text(mark=";")).encode(), "utf-8", ";"),
    ],
    ids=["UTF-8", "with a mark", "Western semicolons", "Unicode text of Excel", "UTF-16 turned", "old Mac", "sep"],
)
def test_a_text_is_read_in_the_encoding_that_it_is_in(data: bytes, encoding: str, delimiter: str) -> None:
    seen = look_at(data)
    assert (seen.encoding, seen.delimiter, seen.rows) == (encoding, delimiter, 2)
    assert [each.name for each in seen.columns] == HEADER
    assert [*seen.columns[2].values] == ["Türkiye", "Syria"]


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8", "utf-8-sig", "utf-16"])
def test_a_file_that_was_saved_anew_is_not_read_as_its_profile_was_told(encoding: str) -> None:
    profile, data = read_profile("visits", PROFILE), text().encode(encoding)
    read = read_table(data, profile)
    assert (read.columns, [cells for _, cells in read.lines]) == (HEADER, [*map(tuple, ROWS)])
    mended = rejects(read, profile, {2}, data, "visits.csv")
    assert mended.decode(encoding) == f"refused line of visits.csv,{text(ROWS[0])}".replace("\n", "\n2,", 1)
    assert read_table(mended, profile).lines == [(2, tuple(ROWS[0]))]


@pytest.mark.parametrize("encoding", ["", "latin-1", "utf-8"])
def test_a_text_with_a_damaged_letter_is_read_in_no_encoding_that_it_is_not_in(encoding: str) -> None:
    damaged = text(*ROWS, ["3", "1975", "Côte d’Ivoire"]).encode().replace("ô".encode(), b"\xc3")
    with pytest.raises(SheetError) as refused:
        [*lines_of(damaged, encoding, ",")]
    place = "line 4, character 9: byte C3 is not UTF-8, as the rest is."
    assert str(refused.value) == f"{place} Save the file as “CSV UTF-8”."
    if not encoding:
        assert told(damaged) == str(refused.value)


@pytest.mark.parametrize(
    ("there", "named", "letter"), [(b"\xe9", "E9", "é"), (b"\xc3", "C3", "Ã"), (b"\x81", "81", "")]
)
def test_a_single_byte_that_is_not_utf8_is_refused_as_ambiguous(there: bytes, named: str, letter: str) -> None:
    lone = text(["1", "1973", "Rene"]).encode().replace(b"Rene", b"Ren" + there)
    windows = f"; in Windows-1252 it is '{letter}'" if letter else ""
    assert told(lone) == (
        f"line 2, character 11: byte {named} is not UTF-8, and nothing else tells what it is{windows}."
        " Save the file as “CSV UTF-8”."
    )
    read = [cells for _, cells in lines_of(lone, "latin-1", ",")]  # as a profile tells
    assert read[1][2] == f"Ren{there.decode('latin-1')}"


@pytest.mark.parametrize("data", [b"Ren\xe9 and Andr\xe9", b"T\xfcrkiye"], ids=["two", "none of UTF-8"])
def test_a_text_of_western_windows_is_read_and_said_to_be_one(data: bytes) -> None:
    seen = look_at(b"Nr,Date,Guest\n1,1973," + data + b"\n2,1974,Syria\n")
    assert (seen.encoding, seen.is_of_the_west) == ("cp1252", True)
    assert next(iter(seen.columns[2].values)) == data.decode("cp1252")
    assert look_at(text().encode()).is_of_the_west is False


WEB_PAGE = "This is a web page or XML, whatever its name ends in: save it as XLSX in a spreadsheet."
UTF16 = "This is UTF-16 without the mark that tells so. Save the file as “CSV UTF-8”."
UNREADABLE = {
    OLD_WORKBOOK + bytes(99): "This is an old workbook, or one with a password: save it as XLSX, without a password.",
    gzip.compress(text().encode()): "This is a packed file: unpack it first.",
    b"%PDF-1.7\n": "This is a PDF: only a CSV or XLSX is read.",
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR": "This is a picture: only a CSV or XLSX is read.",
    b"PAR1\x15\x04\x15": "This is a Parquet file: write it as a CSV.",
    b"{\\rtf1 Nr, Date}": "This is a text document: put its table into a spreadsheet, and save that as XLSX.",
    b'{"rows": [{"Nr": 1}]}': "This is JSON: only a CSV or XLSX is read, and a list of entries in CSL-JSON.",
    b"\xef\xbb\xbf\n<HTML><table><tr><td>Nr": WEB_PAGE,
    b'<?xml version="1.0"?><Workbook>': WEB_PAGE,
    text().encode("utf-16-le"): UTF16,
    text().encode("utf-16-be"): UTF16,
    b"a,b\n" + b"c," * 500_001: "line 2: has more than 1,000,000 characters; is this a table?",
    text().encode() + b"3,1975," + b"x" * 140_000: (
        "line 4: a cell has more than 131,072 characters, or a quotation mark is never closed."
    ),
    text().replace("Date", "Da\0te").encode(): (
        "line 1, column 2: its name holds the unseen character U+0000 control character; take it out."
    ),
    text().replace("Guest", "Date").encode(): "line 1: columns 2 and 3 are both called 'Date'; rename one.",
    b"Egypt, 1973\nA delegation came, they said, in spring.\nIt left in June.\nIt came again.\nNo, no, no.\n": (
        "Most of its lines do not have the columns of line 2: is this a table? A document is a new source."
    ),
    ",".join(HEADER).encode(): "The file has a header and no rows.",
    b"": "No line of the file looks like the header of a table.",
}


@pytest.mark.parametrize(("data", "reason"), UNREADABLE.items(), ids=range(len(UNREADABLE)))
def test_what_is_no_table_is_told_by_what_it_is(data: bytes, reason: str) -> None:
    assert told(data) == reason


def test_cells_that_somebody_left_beside_a_table_make_no_header() -> None:
    lines = [*text(*ROWS * 3).splitlines(), "3,1975,Iran,,11250,7", "4,1976,Iraq,,,"]
    assert [each.name for each in look_at("\n".join(["A title", *lines]).encode()).columns] == HEADER


@pytest.mark.parametrize("first", ["1", "Egypt"])
def test_rows_that_have_names_of_their_own_have_a_header_without_one(first: str) -> None:
    seen = look_at(f'"","country","year"\n"{first}","North Korea",1975\n"2","Egypt",1976\n'.encode())
    assert ([each.name for each in seen.columns], seen.rows) == (["country", "year"], 2)


def test_a_line_with_a_gap_elsewhere_is_no_header_of_row_names() -> None:
    for title in (b"Visits,,1973", b",,Visits,1973"):
        seen = look_at(title + b"\nNr,Date,Guest\n1,1973,Syria\n")
        assert ([each.name for each in seen.columns], seen.rows) == (["Nr", "Date", "Guest"], 1)


def test_more_columns_than_menus_are_told() -> None:
    names = [f"c{number}" for number in range(MAX_COLUMNS + 1)]
    lines = [",".join(names[:width]) + "\n" + ",".join("1" * width) + "\n" for width in (MAX_COLUMNS, MAX_COLUMNS + 1)]
    assert len(look_at(lines[0].encode()).columns) == MAX_COLUMNS
    assert told(lines[1].encode()).startswith("line 1: the header has 201 columns, and menus are for 200 at most;")


def test_a_workbook_of_too_many_columns_is_refused_before_it_is_read() -> None:
    def wide(columns: int) -> bytes:
        return book(lambda workbook: [workbook.active.append(["a"] * columns) for _ in range(2)])

    narrow = [len(cells) for _, cells in lines_of(wide(MAX_CELLS), "utf-8", ",")]
    assert narrow == [MAX_CELLS] * 2
    assert told(wide(MAX_CELLS + 1)) == (
        "The sheet has 1,001 columns, and 1,000 are read of a workbook at most;"
        " delete those that are not needed, or save it as a CSV."
    )


@pytest.mark.django_db
def test_a_workbook_is_looked_at_once_for_all_profiles(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[bytes] = []
    monkeypatch.setattr(
        "relations.exchange.catalogue.lines_of", lambda data, *way: looked_at.append(data) or lines_of(data, *way)
    )
    assert (recognised(book(table)), len(looked_at)) == (None, 1)
    looked_at.clear()
    assert (recognised(text().encode()), len(looked_at)) == (None, 2)  # in UTF-8 and in Latin-1


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("table.csv", "This is a packed folder and not a workbook: unpack it first."),
        ("content.xml", "This is an OpenDocument file: save its table as XLSX."),
        ("word/document.xml", "This is a Word document: save its table as XLSX."),
        ("xl/workbook.bin", "This is a binary workbook (XLSB): save its table as XLSX."),
        ("Index/Document.iwa", "This is a document of Numbers or Pages: save its table as XLSX."),
    ],
)
def test_a_packed_folder_is_no_workbook(name: str, reason: str) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as folder:
        folder.writestr(name, text())
    assert told(file.getvalue()) == reason


def test_names_in_angle_brackets_are_a_header() -> None:
    assert [each.name for each in look_at(b"<TICKER>,<DATE>\nA,1974\n").columns] == ["<TICKER>", "<DATE>"]


def of_hidden_notes(workbook: Workbook) -> None:
    workbook.active.append(["a", "b"])
    workbook.active.append([1, 2])
    workbook.active.sheet_state = "hidden"
    workbook.active = workbook.create_sheet("Data")
    table(workbook)


def of_empty_sheets(workbook: Workbook) -> None:
    workbook.active = workbook.create_sheet("Data")
    table(workbook)
    workbook.create_sheet("Sheet3")


def of_a_chart(workbook: Workbook) -> None:
    table(workbook)
    workbook.create_chartsheet("Chart", 0).add_chart(BarChart())


def of_a_merged_title(workbook: Workbook) -> None:
    workbook.active.append(["Visits of state"])
    workbook.active.merge_cells("A1:C1")
    table(workbook)


@pytest.mark.parametrize("fill", [table, of_hidden_notes, of_empty_sheets, of_a_chart, of_a_merged_title])
def test_the_one_table_of_a_workbook_is_read(fill: Callable[[Workbook], None]) -> None:
    seen = look_at(book(fill))
    assert ([each.name for each in seen.columns], seen.rows) == (HEADER, 2)


ONE_OF_THEM = "name the one to import (sheet), or leave it alone"


def test_empty_cells_at_the_end_of_a_line_of_a_workbook_are_no_fault() -> None:
    rows = [["A title"], [], HEADER, ["1", "1973", "Syria"], ["2", "1974"], [], ["3"]]

    def fill(workbook: Workbook) -> None:
        for row in rows:
            workbook.active.append(row)

    read = read_table(book(fill), read_profile("visits", PROFILE))
    assert (read.lines, read.faults) == (
        [(4, ("1", "1973", "Syria")), (5, ("2", "1974", "")), (7, ("3", "", ""))],
        {},
    )
    short = read_table(b"Nr,Date,Guest\n1,1973\n", read_profile("visits", PROFILE))
    assert short.faults == {2: "has 2 cells, and the header 3"}


def test_a_cell_with_an_unseen_character_is_refused_in_every_line() -> None:
    data = b"Nr,Date,Guest\n1,1973,Sy\0ria\n2,1974,Sy\0ria\n3,1975,Syria\n"
    read = read_table(data, read_profile("visits", PROFILE))
    reason = "column Guest holds the unseen character U+0000 control character; take it out"
    assert read.faults == {2: reason, 3: reason}


def of_two_tables(workbook: Workbook) -> None:
    workbook.active.title = "Read me"
    workbook.active.append(["What this is"])
    workbook.active = workbook.create_sheet("Data")
    table(workbook)


def of_merged_cells(workbook: Workbook) -> None:
    table(workbook)
    workbook.active.merge_cells("C2:C3")


def of_a_merged_heading_within(workbook: Workbook) -> None:
    table(workbook)
    workbook.active.append(["The seventies"])
    workbook.active.merge_cells("A4:C4")


def of_merged_headings(workbook: Workbook) -> None:
    workbook.active.append(["", "When and who", ""])
    workbook.active.merge_cells("B1:C1")
    workbook.active["A1"] = "Which"
    table(workbook)


@pytest.mark.parametrize(
    ("fill", "reason"),
    [
        (of_two_tables, f"The workbook has 2 sheets, 'Read me', 'Data'; {ONE_OF_THEM}."),
        (of_merged_cells, "The cells C2:C3 are one; separate them, and fill in each."),
        (of_a_merged_heading_within, "The cells A4:C4 are one; separate them, and fill in each."),
        (of_merged_headings, "The cells B1:C1 are one; separate them, and fill in each."),
        (lambda workbook: None, "No line of the file looks like the header of a table."),
    ],
)
def test_an_ambiguous_choice_of_sheet_is_refused(fill: Callable[[Workbook], None], reason: str) -> None:
    assert told(book(fill)) == reason


def test_a_workbook_of_several_tables_is_read_where_the_profile_names_one() -> None:
    named, data = PROFILE.replace("[file]", '[file]\n    sheet = "Data"'), book(of_two_tables)
    assert len(read_table(data, read_profile("visits", named)).lines) == 2
    with pytest.raises(SheetError) as refused:
        read_table(data, read_profile("visits", named.replace("Data", "Chart")))
    assert str(refused.value) == "The workbook has no sheet 'Chart'; it has 'Read me', 'Data'."


@pytest.mark.parametrize(
    ("part", "damage", "reason"),
    [
        ("sheet1.xml", lambda content: content[:-40], "This is not a readable XLSX workbook (ParseError)."),
        ("workbook.xml", lambda content: b"", "This is not a readable XLSX workbook (ParseError)."),
    ],
)
def test_a_damaged_workbook_of_somebody_is_refused(part: str, damage: Callable[[bytes], bytes], reason: str) -> None:
    data = rewritten(book(table), lambda name, content: damage(content) if name.endswith(f"/{part}") else content)
    assert told(data) == reason


def test_lines_of_one_cell_alone_are_told() -> None:
    profile = read_profile("visits", PROFILE)
    data = b"Nr,Date,Guest\nAfrica,,\n1,1973,Syria\nNote: all dates are approximate,,\n"
    assert read_table(data, profile).notes == [
        "Lines in which one cell alone is filled are read as rows: 2 'Africa', 4 'Note: all dates are approximate'."
    ]
    assert read_table(b"Nr,Date,Guest\n1,1973,Syria\n2,1974,\n", profile).notes == []
    assert read_table(b"Nr,Guest\n1,\n2,Syria\n", profile).notes == []


ORDERS = {
    ("03/04/1973", "05/06/1974"): AS_IT_STANDS,
    ("03-04-1973",): AS_IT_STANDS,
    ("03.04.1973", "5. 6. 1974"): DAY_FIRST,
    ("03/04/1973", "31/12/1974"): DAY_FIRST,
    ("03/04/1973", "12/31/1974"): MONTH_FIRST,
    ("31/12/1973", "12/31/1974"): AS_IT_STANDS,
    ("1973-03-04", "1974", "NaT"): A_DATE,
    ("19730304",): A_DATE,
    ("1973?", "c. 1974"): AS_IT_STANDS,
}


@pytest.mark.parametrize(("values", "order"), ORDERS.items(), ids=map(str, ORDERS))
def test_the_order_of_a_date_is_proposed_where_the_values_tell_it(values: tuple[str, ...], order: str) -> None:
    assert date_of(values) == order
