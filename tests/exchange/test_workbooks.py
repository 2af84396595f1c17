"""What workbooks have besides cells, in foreign tables and in our own columns: read with a note, or refused."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import datetime

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.table import Table

from relations.exchange.foreign import ForeignTable, read_table
from relations.exchange.profiles import read_profile
from relations.exchange.sheets import read_csv, read_xlsx
from relations.exchange.tables import SheetError
from tests.exchange.test_damage import rewritten

HEADER = ["slug", "name", "note"]
ROWS = [["a", "Fatah", "x"], ["b", "Amal", "y"], ["c", "Kataeb", "z"]]
NO_VALUE = (
    "column name: '#REF!' is an error of a spreadsheet; enter what should stand there,"
    " or say that it stands for nothing (missing)"
)
PROFILE = """
    [file]
    missing = ["#N/A"]
    [[records]]
    of = "actors"
    cells = { slug = "{slug}", name = "{name}" }
"""


def book(change: Callable[[Workbook], None] = lambda book: None) -> bytes:
    """A workbook with a header and three rows, after `change` was applied."""
    workbook, file = Workbook(), io.BytesIO()
    for row in [HEADER, *ROWS]:
        workbook.active.append(row)
    change(workbook)
    workbook.save(file)
    return file.getvalue()


def changed(**cells: object) -> Callable[[Workbook], None]:
    """Puts other values into cells of the sheet: a value, or a pair of a value and its format."""

    def change(workbook: Workbook) -> None:
        for place, value in cells.items():
            cell = workbook.active[place]
            cell.value, cell.number_format = value if isinstance(value, tuple) else (value, "General")

    return change


def of_sheet(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with the XML of its sheet changed."""
    return rewritten(data, lambda name, content: change(content) if name.endswith("/sheet1.xml") else content)


def with_part(data: bytes, name: str, content: str) -> bytes:
    """The workbook with another member that belongs to its sheet."""
    file = io.BytesIO(data)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(f"xl/{name}", content)
        archive.writestr(
            "xl/worksheets/_rels/sheet1.xml.rels",
            f"<Relationships><Relationship Id='rId1' Type='x' Target='../{name}'/></Relationships>",
        )
    return file.getvalue()


def theirs(data: bytes) -> ForeignTable:
    """The workbook read as a foreign table."""
    return read_table(data, read_profile("visits", PROFILE))


def read_at_both_doors(data: bytes) -> tuple[list[list[str]], list[str]]:
    """The rows and notes of a workbook, which are the same as a foreign table and in our own columns."""
    ours, table = read_xlsx(data), theirs(data)
    assert ([list(row) for row in ours], ours.notes) == ([list(cells) for _, cells in table.lines], table.notes)
    assert table.faults == {}
    return [list(row) for row in ours], ours.notes


def refused_at_both_doors(data: bytes) -> str:
    reasons = []
    for read in (read_xlsx, theirs):
        with pytest.raises(SheetError) as refused:
            read(data)
        reasons.append(str(refused.value))
    assert reasons[0] == reasons[1]
    return reasons[0]


def hidden_rows(workbook: Workbook) -> None:
    workbook.active.auto_filter.ref = "A1:C4"
    workbook.active.auto_filter.add_filter_column(1, ["Amal"])
    for line in (2, 4, 9):  # the last is empty
        workbook.active.row_dimensions[line].hidden = True


def hidden_columns(workbook: Workbook) -> None:
    workbook.active.column_dimensions["B"].hidden = True
    workbook.active.column_dimensions["J"].hidden = True  # beyond the table


def comments(workbook: Workbook) -> None:
    workbook.active["B2"].comment = Comment("doubtful", "A historian")
    workbook.active["B9"].comment = Comment("there is more", "A historian")  # in a cell without anything else


def merged_of_nothing(workbook: Workbook) -> None:
    workbook.active.merge_cells("A9:C12")


def struck(workbook: Workbook) -> None:
    for cell in workbook.active[3]:
        cell.font = Font(strike=True)


def total_row(workbook: Workbook) -> None:
    workbook.active.append(["Total", None, 3])
    table = Table(displayName="Visits", ref="A1:C5", totalsRowCount=1)
    workbook.active.add_table(table)


def total_row_that_was_taken_off(workbook: Workbook) -> None:
    workbook.active.add_table(Table(displayName="Visits", ref="A1:C4", totalsRowCount=0, totalsRowShown=False))


def of_rich_text(workbook: Workbook) -> None:
    workbook.active["B2"] = CellRichText("Fa", TextBlock(InlineFont(b=True), "tah"))


@pytest.mark.parametrize(
    ("change", "notes"),
    [
        (lambda workbook: None, []),
        (hidden_rows, ["2 of these rows are hidden in the workbook, and read: lines 2, 4."]),
        (hidden_columns, ["Hidden columns are read: B."]),
        (comments, ["Comments are not read, those of B2, B9."]),
        (merged_of_nothing, []),
        (struck, ["Struck out in the workbook, and read: A3, B3, C3."]),
        (total_row, ["Line 5 is passed over: it has the totals of the table “Visits”."]),
        (total_row_that_was_taken_off, []),
        (of_rich_text, []),
    ],
)
def test_what_a_workbook_has_beside_its_cells_is_told(change: Callable[[Workbook], None], notes: list[str]) -> None:
    assert read_at_both_doors(book(change)) == (ROWS, notes)


def test_columns_and_rows_of_no_size_are_hidden() -> None:
    def thin(sheet: bytes) -> bytes:
        sheet = sheet.replace(b"<sheetData>", b'<cols><col min="2" max="9" width="0"/></cols><sheetData>')
        return sheet.replace(b'<row r="3"', b'<row r="3" ht="0" customHeight="1"')

    assert read_at_both_doors(of_sheet(book(), thin))[1] == [
        "1 of these rows is hidden in the workbook, and read: line 3.",
        "Hidden columns are read: B, C.",
    ]


def one_hidden_row(workbook: Workbook) -> None:
    workbook.active.row_dimensions[3].hidden = True


def test_one_hidden_row_is_told_in_the_singular() -> None:
    assert theirs(book(one_hidden_row)).notes == ["1 of these rows is hidden in the workbook, and read: line 3."]


def test_of_many_hidden_rows_the_first_are_named() -> None:
    def change(workbook: Workbook) -> None:
        for number in range(22):
            workbook.active.append([f"s{number}", "Amal", "x"])
            workbook.active.row_dimensions[number + 5].hidden = True

    (note,) = theirs(book(change)).notes
    assert note.startswith("22 of these rows are hidden in the workbook, and read: lines 5, 6, ")
    assert note.endswith(", 24 and 2 more.")


def test_hidden_sheets_are_told_where_they_are_left_out() -> None:
    def change(workbook: Workbook) -> None:
        for state, title in (("hidden", "old"), ("veryHidden", "codes"), ("visible", "empty")):
            workbook.create_sheet(title).sheet_state = state

    assert theirs(book(change)).notes == ["Hidden sheets are not read: “old”, “codes”."]


def test_threads_of_comments_are_told() -> None:
    thread = (
        '<ThreadedComments><threadedComment ref="B2" id="1"><text>doubtful</text></threadedComment></ThreadedComments>'
    )
    data = with_part(book(), "threadedComments/threadedComment1.xml", thread)
    assert read_at_both_doors(data) == (ROWS, ["Comments are not read, those of B2."])


def test_text_boxes_are_told() -> None:
    first = '<a:p><a:r><a:t>Source:</a:t></a:r><a:r><a:t xml:space="preserve"> A &amp; B</a:t></a:r></a:p>'
    box = f"<xdr:sp>{first}<a:p><a:t>1973</a:t></a:p></xdr:sp>"
    drawing = f"<xdr:wsDr><xdr:pic><a:t>no text</a:t></xdr:pic>{box}</xdr:wsDr>"
    data = with_part(book(), "drawings/drawing1.xml", drawing)
    assert read_at_both_doors(data) == (ROWS, ["A text box is not read: “Source: A & B 1973”."])
    long = with_part(book(), "drawings/drawing1.xml", box.replace("Source:", "x" * 300))
    assert theirs(long).notes == [f"A text box is not read: “{'x' * 200}…”."]


def test_merged_cells_of_another_sheet_are_no_fault() -> None:
    def change(workbook: Workbook) -> None:
        other = workbook.create_sheet("notes")
        other["A1"], other["A5"] = "How to read it", "x"
        other.merge_cells("A5:C6")
        other.sheet_state = "hidden"

    assert [list(cells) for _, cells in theirs(book(change)).lines] == ROWS


def test_merged_cells_are_refused_at_both_doors() -> None:
    def change(workbook: Workbook) -> None:
        workbook.active.merge_cells("B2:B3")

    assert refused_at_both_doors(book(change)) == "The cells B2:B3 are one; separate them, and fill in each."


def test_what_a_formula_came_to_is_read_of_somebodys_table_and_refused_in_ours() -> None:
    data = book(changed(B2="=UPPER(C2)", C2="=1+1", B3="=C9", B4="=A4"))
    kept = {
        b"<f>UPPER(C2)</f><v />": b"<f>UPPER(C2)</f><v>FATAH</v>",
        b"<f>1+1</f><v />": b'<f t="shared" si="0">1+1</f><v>2</v>',
    }

    def worked_out(sheet: bytes) -> bytes:
        for old, new in kept.items():
            assert old in sheet
            sheet = sheet.replace(old, new)
        sheet = re.sub(rb'<c r="B2"( t="\w+")?>', b'<c r="B2" t="str">', sheet)
        return re.sub(rb"<f>A4</f><v />", b"<f>A4</f><v>#REF!</v>", sheet).replace(b'<c r="B4">', b'<c r="B4" t="e">')

    table = theirs(of_sheet(data, worked_out))
    assert [cells for _, cells in table.lines] == [("a", "FATAH", "2"), ("b", "", "y"), ("c", "#REF!", "z")]
    assert table.notes == ["Formulas are read as what the workbook last worked out: B2, C2, B4."]
    assert table.faults == {
        3: "column name: holds a formula that has no value; open the workbook in a spreadsheet and save it",
        4: NO_VALUE,
    }
    with pytest.raises(SheetError, match=r"^line 2, column name: holds a formula; paste its value as text.$"):
        read_xlsx(of_sheet(data, worked_out))


def test_a_line_of_formulas_without_values_alone_is_not_taken_for_an_empty_one() -> None:
    table = theirs(book(changed(A3="=A9", B3="=B9", C3="=C9")))
    assert table.lines == [(2, ("a", "Fatah", "x")), (3, ("", "", "")), (4, ("c", "Kataeb", "z"))]
    assert [*table.faults] == [3]


def test_formulas_without_a_place_are_refused() -> None:
    data = of_sheet(book(changed(B3="=C9")), lambda sheet: sheet.replace(b'<c r="B3"', b"<c"))
    with pytest.raises(SheetError, match=r"^The workbook has formulas in cells of no place; save it anew"):
        theirs(data)


def test_an_error_of_a_spreadsheet_is_nothing_only_where_the_profile_says_so() -> None:
    table = theirs(book(changed(B2="#N/A", B3="#REF!", C4="#DIV/0!")))  # of which nobody reads the last
    assert [cells for _, cells in table.lines] == [("a", "", "x"), ("b", "#REF!", "y"), ("c", "Kataeb", "#DIV/0!")]
    reason = NO_VALUE
    assert table.faults == {3: reason}
    assert theirs(b"slug,name,note\na,#N/A,x\nb,#REF!,y\n").faults == {3: reason}
    with pytest.raises(SheetError, match=r"^line 2, column name: holds the spreadsheet error #REF!.$"):
        read_xlsx(book(changed(B2="#REF!")))


def test_dates_are_as_exact_as_they_are_shown() -> None:
    day, hour = datetime(1973, 3, 15), datetime(1973, 3, 15, 14, 30)  # noqa: DTZ001 - a spreadsheet knows no time zone
    cells = {
        "B2": (day, "yyyy-mm-dd"),
        "C2": (day, "mmm yyyy"),
        "B3": (day, "[Red]yyyy"),
        "C3": (hour, "dd/mm/yy hh:mm"),
    }
    table = theirs(book(changed(**cells, B4=(day, '[$-409]mmmm "days" yyyy;@'))))
    assert [cells[1:] for _, cells in table.lines] == [
        ("1973-03-15", "1973-03"),
        ("1973", "1973-03-15"),
        ("1973-03", "z"),
    ]
    assert table.notes == [
        "Dates are read as far as the workbook shows them, which is not to the day: C2 1973-03, B3 1973, B4 1973-03.",
        "The time of day is not read that stands beside the dates in C3.",
    ]


def test_a_time_of_day_is_no_date() -> None:
    table = theirs(book(changed(B2=(0.5, "hh:mm"), B3=(1.5, "[h]:mm"))))
    reason = "column name: is a time of day or a length of time, and no date; format the column as text"
    assert table.faults == dict.fromkeys((2, 3), reason)


def test_dates_of_the_system_of_1904_are_the_days_that_are_shown() -> None:
    def change(workbook: Workbook) -> None:
        workbook.epoch = CALENDAR_MAC_1904
        changed(B2=(datetime(1973, 3, 15), "yyyy-mm-dd"))(workbook)  # noqa: DTZ001 - as above

    assert theirs(book(change)).lines[0][1][1] == "1973-03-15"


SHOWN_OTHERWISE = {
    (0.25, "0%"): "0.25",
    (12.7, "0"): "12.7",
    (1234.567, "#,##0.00"): "1234.567",
    (5000000, "0.0,,"): "5000000",
    (500, '"c. "0'): "500",
    (1200, "[$€-407] #,##0.00"): "1200",
    (1200, "$#,##0"): "1200",
    (7, "000"): "7",
    (0.5, "# ?/?"): "0.5",
    (12000, "0.0E+00"): "12000",
    (5, ";;;"): "5",  # which shows nothing
    (5, r"0\t"): "5",
    (1200, "[$USD] #,##0"): "1200",
    (1200, "#,##0 €"): "1200",
}


@pytest.mark.parametrize(("shown", "text"), SHOWN_OTHERWISE.items())
def test_a_number_that_is_shown_otherwise_is_told_or_refused(shown: tuple[float, str], text: str) -> None:
    data = book(changed(B2=shown))
    table = theirs(data)
    assert table.lines[0][1][1] == text
    told = f"Numbers are read as the workbook holds them, which is not as it shows them: B2 {text} (“{shown[1]}”)."
    assert (table.notes, table.faults) == ([told], {})
    with pytest.raises(SheetError) as refused:
        read_xlsx(data)
    assert str(refused.value) == (
        f"line 2, column name: holds {text} and shows it in the format “{shown[1]}”;"
        " format the column as text, and write what is meant."
    )


@pytest.mark.parametrize(
    ("value", "number_format"),
    [
        (1234567, "#,##0"),
        (12.5, "0.00"),
        (-12.5, "#,##0.0_);[Red](#,##0.0)"),
        (12, "_-* #,##0_-;-* #,##0_-"),
        (1973, "0"),
        (1973, "@"),
        (12, "00"),
        (12, "[Blue]0"),
        (12, "[$-409]0"),
        (12.5, "0.0_%"),
        (0.25, "0.??"),
    ],
)
def test_a_number_that_is_shown_as_it_is_held_is_read(value: float, number_format: str) -> None:
    rows, notes = read_at_both_doors(book(changed(B2=(value, number_format))))
    assert (rows[0][1], notes) == (str(value), [])


LAST_LINE = 1_048_576


def emptied(last: int, write: Callable[[int], bytes]) -> bytes:
    """A workbook with additional rows down to that line, in the XML of some program."""
    below = b"".join(map(write, range(5, last + 1)))
    return of_sheet(book(), lambda sheet: sheet.replace(b"</sheetData>", below + b"</sheetData>"))


def test_all_rows_that_a_workbook_can_have_may_be_empty() -> None:
    # As Excel, LibreOffice and others leave rows.
    ways = (b'<row r="%d" spans="1:3"/>', b'<row r="%d" ht="12"><c r="A%d" s="0"/></row>', b'<row r="%d"></row>')
    data = emptied(LAST_LINE, lambda line: ways[line % 3] % ((line,) * ways[line % 3].count(b"%d")))
    assert [list(cells) for _, cells in theirs(data).lines] == ROWS


def test_cells_and_rows_without_a_place_stand_where_they_are_counted() -> None:
    last = b'<row><c s="0"/><c t="inlineStr"><is><t>Fatah</t></is></c></row>'
    data = of_sheet(
        book(), lambda sheet: sheet.replace(b"</sheetData>", b'<row spans="1:3"/>' + last + b"</sheetData>")
    )
    assert theirs(data).lines[-1] == (6, ("", "Fatah", ""))


def test_a_sheet_whose_tags_have_a_prefix_is_read_alike() -> None:
    def prefixed(sheet: bytes) -> bytes:
        filled = sheet.replace(b"</sheetData>", b'<row r="5"><c r="XFD5" s="0"/></row></sheetData>')
        return re.sub(rb"<(/?)([a-zA-Z])", rb"<\1x:\2", filled.replace(b" xmlns=", b" xmlns:x="))

    told = ["1 of these rows is hidden in the workbook, and read: line 3."]
    assert read_at_both_doors(of_sheet(book(one_hidden_row), prefixed)) == (ROWS, told)


def test_empty_rows_are_passed_over_at_both_doors() -> None:
    row = b'<row r="%d"><c r="A%d" t="inlineStr"><is><t> </t></is></c></row>'
    data = emptied(10_100, lambda line: row % (line, line))
    assert read_at_both_doors(data) == (ROWS, [])


def test_empty_rows_of_a_csv_are_passed_over_at_both_doors() -> None:
    data = ("\n".join(map(",".join, [HEADER, *ROWS])) + "\n" + ",,\n" * 20_000 + " , ,\n").encode()
    assert [list(row) for row in read_csv(data)] == [list(cells) for _, cells in theirs(data).lines] == ROWS


def test_a_row_that_was_formatted_to_its_end_has_no_more_columns() -> None:
    cells = b"".join(b'<c r="%s2" s="0"/>' % letters for letters in (b"D", b"AAA", b"XFD"))
    data = of_sheet(book(), lambda sheet: sheet.replace(b"</row>", cells + b"</row>", 2).replace(cells, b"", 1))
    assert read_at_both_doors(data) == (ROWS, [])


@pytest.mark.parametrize("piece", [7, 50, 300])
def test_where_a_sheet_is_cut_to_be_read_no_empty_cell_is_left(monkeypatch: pytest.MonkeyPatch, piece: int) -> None:
    monkeypatch.setattr("relations.exchange.unpacked.PIECE", piece)
    cells = b"".join(b'<c r="%s%%d" s="0"/>' % letters for letters in (b"A", b"AAA", b"XFC", b"XFD"))
    data = emptied(30, lambda line: b'<row r="%d">' % line + cells % ((line,) * 4) + b"</row>")
    assert read_at_both_doors(data) == (ROWS, [])


def test_a_cell_far_to_the_right_is_refused() -> None:
    def with_cell(place: bytes) -> bytes:
        cell = b'<c r="%s"><v>1</v></c></row>' % place
        return of_sheet(book(), lambda sheet: sheet.replace(b"</row>", cell, 1))

    assert len(theirs(with_cell(b"ALL1")).columns) == 1000
    cells = b"<row>" + b"<c><v>1</v></c>" * 1001 + b"</row></sheetData>"  # which tell no place
    told = refused_at_both_doors(of_sheet(book(), lambda sheet: sheet.replace(b"</sheetData>", cells)))
    assert told.startswith("The sheet has 1,001 columns")
    for place, columns in ((b"ALM1", "1,001"), (b"XFD1", "16,384")):
        told = f"The sheet has {columns} columns, and 1,000 are read"
        assert refused_at_both_doors(with_cell(place)).startswith(told)


def test_a_sheet_of_too_much_that_is_not_empty_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = emptied(1000, lambda line: b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (line, line))
    monkeypatch.setattr("relations.exchange.unpacked.MAX_UNPACKED_BYTES", 30_000)
    assert refused_at_both_doors(data) == "A sheet of the workbook has more than 30,000 bytes: too much."
