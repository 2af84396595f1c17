"""Uploaded tables: what is read, and what is refused before its cells are parsed."""

import io
import zipfile
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart

from relations.exchange.sheets import read_csv, read_xlsx
from relations.exchange.tables import MAX_COLUMNS, MAX_ROWS, MAX_TOLD, SheetError

COMMA = " A text with a comma in it stands in quotation marks."
INDEX = " If it is the index of pandas, write the file with index=False."

NUL = "holds the unseen character U+0000 control character; take it out."
OVERRIDE = "holds the unseen character U+202E RIGHT-TO-LEFT OVERRIDE; take it out."


def workbook(*rows, change=lambda book: None) -> bytes:
    """A workbook with these rows, after `change` was applied."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def refusal(read, data: bytes) -> str:
    """Why the file is refused."""
    with pytest.raises(SheetError) as refused:
        read(data)
    return str(refused.value)


def edited(data: bytes, **texts: tuple[str, str]) -> bytes:
    """The workbook with a text replaced in the XML of its first sheet."""
    old, new = texts["sheet"]
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.namelist():
            content = source.read(member)
            if member == "xl/worksheets/sheet1.xml":
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            target.writestr(member, content)
    return file.getvalue()


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_csv_of_utf8_is_read_with_the_lines_of_its_rows(mark):
    dataset = read_csv(mark + 'slug,title\r\na,"P’yŏngyang\n""x"", y"\r\n\r\nb,\'=1\r\n'.encode())
    assert dataset.headers == ["slug", "title"]
    assert list(dataset) == [("a", 'P’yŏngyang\n"x", y'), ("b", "=1")]
    assert dataset.lines == [2, 5]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "line 1: the first line is empty; it must name the columns."),
        (b"slug,title\na,M\xfcnchen\n", "line 2, character 4: byte FC is not UTF-8. Save the file as “CSV UTF-8”."),
        (
            "é\n".encode("utf-8-sig") + b"ab\xe2\x80x",
            "line 2, character 3: byte E2 80 is not UTF-8. Save the file as “CSV UTF-8”.",
        ),
        ("slug,title\n".encode("utf-16"), "line 1, character 1: byte FF is not UTF-8. Save the file as “CSV UTF-8”."),
        (
            b"slug,title\na,x\x00y\n",
            f"line 2, column title: {NUL}",
        ),
        (
            "slug\nx\u202ey\n".encode(),
            f"line 2, column slug: {OVERRIDE}",
        ),
        (b"slug;title\na;b\n", "line 1: the columns are separated by “;”; they must be by commas."),
        (b"slug|title\na|b\n", "line 1: the columns are separated by “|”; they must be by commas."),
        (b"slug\ttitle\na\tb\n", "line 1: the columns are separated by tabs; they must be by commas."),
        (b'"slug";"title"\n"a";"b"\n', "line 1: the columns are separated by “;”; they must be by commas."),
        (b"sep=;\nslug;title\na;b\n", "line 1: the columns are separated by “;”; they must be by commas."),
        (b"\n,\n  ,\n", "line 1: the first line is empty; it must name the columns."),
        (b'slug,title\na,b\nc,"d\ne,f\n', "line 3: a quotation mark is never closed."),
        (
            b'slug,title\na,"b" c\n',
            "line 2: after a closing quotation mark stands neither a comma nor the end of the line.",
        ),
        (
            b"slug,title\na," + b"x" * 131_073,
            "line 2: a cell has more than 131,072 characters, or a quotation mark is never closed.",
        ),
        (b"slug\ra\xfc\r", "line 2, character 2: byte FC is not UTF-8. Save the file as “CSV UTF-8”."),
        (b"slug\rb\ra\x00\r", f"line 3, column slug: {NUL}"),
        (b"PK\x03\x04rest", "This is not a CSV but a spreadsheet: choose the format XLSX."),
        (b"\xd0\xcf\x11\xe0rest", "This is not a CSV but a spreadsheet: choose the format XLSX."),
        (b",".join([b"slug"] * 201) + b"\n" + b"," * 200 + b"a", "line 1: more than 200 columns."),
        (b"slug\n" + b"a\n" * (MAX_ROWS + 1), f"line {MAX_ROWS + 2}: more than {MAX_ROWS} rows; split the file."),
    ],
)
def test_csv_that_cannot_be_read_is_refused_with_its_line(data, reason):
    assert refusal(read_csv, data) == reason


@pytest.mark.parametrize(
    "data",
    [
        b"slug,title\ra,b\rc,d\r",
        b"slug,title\r\na,b\r\nc,d",
        b"slug,title\na,b\nc,d\n,\n\n  \n,,,\n",
        b"slug , title\na,b\nc,d\n",
        "slug\u00a0,title\na,b\nc,d\n".encode(),
        b'"slug","title"\n"a","b"\n"c","d"\n',
        b"slug,title,,\na,b,,\nc,d,,\n",
        b"slug,title,\na,b\nc,d\n",
        b"slug,title\na,b,,\nc,d,  \n",
        b"slug,,title\na,,b\nc, ,d\n",
        b"slug,title,Unnamed: 2\na,b,\nc,d,\n",
    ],
)
def test_csv_with_harmless_traces_of_other_programs_is_read(data):
    dataset = read_csv(data)
    assert dataset.headers == ["slug", "title"]
    assert list(dataset) == [("a", "b"), ("c", "d")]
    assert dataset.lines == [2, 3]


def test_csv_is_read_below_empty_lines_and_what_excel_is_told():
    for above in (b"\n,\n", b"sep=,\r\n\r\n"):
        dataset = read_csv(above + b"slug,title\na,b\n")
        assert (dataset.headers, list(dataset), dataset.lines) == (["slug", "title"], [("a", "b")], [4])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"slug,title\na\n", "The header has 2 cells, but line 2 has 1."),
        (
            b"slug,title\na,b,c\n",
            f"The header has 2 cells, but line 2 has 3.{COMMA}",
        ),
        (
            b"slug,title\na\nb,c\n\nd,e,f\ng\n",
            f"The header has 2 cells, but line 2 has 1, line 5 has 3, line 6 has 1.{COMMA}",
        ),
        (
            b"slug\na\nb,c\n",
            f"The header has 1 cell, but line 3 has 2.{COMMA}",
        ),
    ],
)
def test_lines_of_another_width_are_all_told(data, reason):
    assert refusal(read_csv, data) == reason


def test_of_many_lines_of_another_width_some_are_told():
    assert refusal(read_csv, b"slug,title\n" + b"a\n" * 20).endswith(", line 20 has 1, line 21 has 1.")
    told = refusal(read_csv, b"slug,title\n" + b"a\n" * 23)
    assert told.startswith("The header has 2 cells, but line 2 has 1, line 3 has 1, ")
    assert told.endswith(", line 21 has 1, and 3 more lines do not fit either.")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"slug,title,\na,b,\nc,d,e\n", "column 3 has no name, but line 3 has 'e' in it."),
        (b"slug,,title\na,x,b\n", "column 2 has no name, but line 2 has 'x' in it."),
        (
            b",slug,title\n0,a,b\n1,c,d\n",
            f"column 1 has no name, but line 2 has '0' in it.{INDEX}",
        ),
        (
            b"Unnamed: 0,slug\n0,a\n",
            f"column 1 has no name, but line 2 has '0' in it.{INDEX}",
        ),
    ],
)
def test_column_without_a_name_in_which_anything_stands_is_refused(data, reason):
    assert refusal(read_csv, data) == reason


HEADER = ["slug", "kind", "happened_on", "title", "participants", "citations"]
CASE = ["case-a", "talks", "1975", "T", "PRK:actor", "a-book@p. 1"]


@pytest.mark.parametrize(
    ("above", "line"),
    [
        ([["Events coded by team A"]], 2),
        ([["Events; coded by team A"]], 2),
        ([["Events coded by team A", "", "", "", "", ""], [""], ["as of", "May 1975"]], 4),
    ],
)
def test_title_above_the_header_is_told(above, line):
    reason = (
        "line 1 is no header: none of its cells is the name of a column."
        f" Line {line} looks like the header; delete what stands above it."
    )
    rows = [*above, HEADER, CASE]
    assert refusal(read_csv, "\n".join(map(",".join, rows)).encode()) == reason
    assert refusal(read_xlsx, workbook(*rows)) == reason


@pytest.mark.parametrize("row", [b"title,731,1975,,", b"title,slug,1975,1,2"])
def test_table_of_somebody_else_has_a_header_too(row):
    dataset = read_csv(b"ccode1,ccode2,year,dr1,dr2\n220,110,1970,1,1\n" + row + b"\n")
    assert (dataset.headers, len(dataset)) == (["ccode1", "ccode2", "year", "dr1", "dr2"], 2)


@pytest.mark.parametrize(
    ("data", "header"),
    [
        (b"slug,tittle,knid\na,title,kind\nkind,title,slug\n", ["slug", "tittle", "knid"]),
        (b"variable\nnote\n", ["variable"]),
        (b"year,GDP; current\n1975,5\n", ["year", "GDP; current"]),
        (b"sep=,title\na,b\n", ["sep=", "title"]),
    ],
)
def test_header_that_looks_odd_is_a_header(data, header):
    assert read_csv(data).headers == header


def test_no_row_is_taken_for_what_excel_is_told():
    assert list(read_csv(b"slug,title\na,b\nsep=,\n")) == [("a", "b"), ("sep=", "")]


def test_header_far_below_is_not_looked_for():
    far = b"x\n" * 21 + b"slug,title\n"
    assert refusal(read_csv, far) == f"The header has 1 cell, but line 22 has 2.{COMMA}"
    assert refusal(read_csv, far[2:]).startswith("line 1 is no header: ")


def test_largest_table_is_read():
    names = [f"c{number}" for number in range(MAX_COLUMNS)]
    assert len(read_csv(b"slug\n" + b"a\n" * MAX_ROWS)) == MAX_ROWS
    assert len(read_csv(",".join(names).encode() + b"\n").headers) == MAX_COLUMNS
    assert len(read_xlsx(workbook(names)).headers) == MAX_COLUMNS


def test_xlsx_is_read_as_the_text_of_its_cells():
    dataset = read_xlsx(
        workbook(["slug", "number", "share", "flag"], ["a", 1974, 0.25, True], ["b", 60000.0, None, ""])
    )
    assert dataset.headers == ["slug", "number", "share", "flag"]
    assert list(dataset) == [("a", "1974", "0.25", "true"), ("b", "60000", "", "")]
    assert dataset.lines == [2, 3]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (["a", "=1+1"], "line 2, column title: holds a formula; paste its value as text."),
        (["a", "#N/A"], "line 2, column title: holds the spreadsheet error #N/A."),
        (
            ["a", date(2017, 9, 1)],
            "line 2, column title: a spreadsheet has changed this cell into a date; format the column as text.",
        ),
        (
            ["a", datetime(2017, 9, 1, 12)],  # noqa: DTZ001 - a spreadsheet knows no time zone
            "line 2, column title: a spreadsheet has changed this cell into a date; format the column as text.",
        ),
        (
            ["a", time(12, 15)],
            "line 2, column title: a spreadsheet has changed this cell into a date; format the column as text.",
        ),
        (
            ["a", 10**15],
            "line 2, column title: of a number, a spreadsheet keeps 15 digits; format the column as text.",
        ),
        (["a", 1e300], "line 2, column title: of a number, a spreadsheet keeps 15 digits; format the column as text."),
        (["a", "b", "=1"], "line 2, column C: holds a formula; paste its value as text."),
        (["a", "b", "c"], "column 3 has no name, but line 2 has 'c' in it."),
        (["a", "b", *[None] * 298, "c"], "line 2: more than 200 columns."),
        (["a", "x_x0007_y"], "line 2, column title: holds the unseen character U+0007 control character; take it out."),
        (
            ["a", "x\u202ey"],
            f"line 2, column title: {OVERRIDE}",
        ),
    ],
)
def test_xlsx_cell_that_is_no_plain_value_is_refused(row, reason):
    assert refusal(read_xlsx, workbook(["slug", "title"], row)) == reason


def test_xlsx_cell_is_told_with_the_name_of_its_column():
    data = workbook(["slug", "title"], ["a", "Visit"], ["b", date(2017, 9, 1)])
    assert refusal(read_xlsx, data).startswith("line 3, column title: a spreadsheet has changed this cell")
    data = workbook(["slug", "ti\u202etle"], ["a", "Visit"])
    told = f"line 1, column 2: {OVERRIDE}"
    assert refusal(read_xlsx, data) == told
    assert read_xlsx(workbook(["slug", "ti\u200btle"], ["a", "Visit"])).headers == ["slug", "title"]


def test_xlsx_with_harmless_traces_of_other_programs_is_read():
    data = workbook(
        ["slug ", None, "title", "Unnamed: 3", None], [], ["a", None, "b", None, " "], [None, ""], ["c", None, "d"]
    )
    dataset = read_xlsx(data)
    assert dataset.headers == ["slug", "title"]
    assert list(dataset) == [("a", "b"), ("c", "d")]
    assert dataset.lines == [3, 5]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (9780306406157, "9780306406157"),
        (9.780306406157e12, "9780306406157"),
        (12.0, "12"),
        (0.1 + 0.2, "0.3"),
        (1e-05, "0.00001"),
        (999999999999999, "999999999999999"),
        (False, "false"),
    ],
)
def test_number_of_a_workbook_is_what_a_spreadsheet_shows(value, text):
    assert list(read_xlsx(workbook(["slug", "title"], ["a", value]))) == [("a", text)]


@pytest.mark.parametrize(
    ("stands", "text"),
    [
        ("Talks on cement_x000D_\nand steel", "Talks on cement\nand steel"),
        ("Talks on cement_x000d_and steel", "Talks on cement\nand steel"),
        ("Talks_x0009_on cement", "Talks\ton cement"),
        ("_x005F_x000D_", "_x000D_"),
        ("var_x1_x2", "var_x1_x2"),
    ],
)
def test_character_that_excel_escapes_is_read_as_what_it_is(stands, text):
    assert list(read_xlsx(workbook(["slug", "title"], ["a", stands]))) == [("a", text)]


def test_xlsx_with_other_sheets_is_refused_by_their_names():
    def with_lists(book):
        book.active.title = "events"
        book.create_sheet("Lists", 0).sheet_state = "hidden"

    assert refusal(read_xlsx, workbook(["slug"], ["a"], change=with_lists)) == (
        "The workbook has 2 sheets, “Lists” (hidden), “events”; leave the one to import."
    )


def test_xlsx_that_is_a_chart_is_refused():
    def of_a_chart(book):
        book.create_chartsheet().add_chart(BarChart())
        del book[book.sheetnames[0]]

    assert refusal(read_xlsx, workbook(change=of_a_chart)) == "The workbook has a chart and no table."


def test_xlsx_with_merged_cells_is_refused():
    def merged(book):
        book.active.merge_cells("B2:B3")

    data = workbook(["slug", "kind"], ["a", "visit"], ["b", None], change=merged)
    assert refusal(read_xlsx, data) == "The cells B2:B3 are one; separate them, and fill in each."


def test_of_many_merged_cells_some_are_told():
    def merged(book):
        for line in range(2, 23):
            book.active.append(["a"])
            book.active.merge_cells(f"A{line}:B{line}")

    told = refusal(read_xlsx, workbook(["slug", "kind"], change=merged))
    assert told.count(":B") == MAX_TOLD  # openpyxl writes them in no order


def test_old_workbook_is_told():
    assert refusal(read_xlsx, b"\xd0\xcf\x11\xe0rest") == (
        "This is an old workbook, or one with a password: save it as XLSX, without a password."
    )


def test_xlsx_that_lies_about_its_size_is_read_whole():
    data = workbook(["slug"], *[[f"s{number}"] for number in range(100)])
    lying = edited(data, sheet=('<dimension ref="A1:A101"', '<dimension ref="A1:A11"'))
    assert len(read_xlsx(lying)) == 100


def test_xlsx_that_unpacks_to_too_much_is_refused_unread():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    with pytest.raises(SheetError, match="unpacks to 1 files of 30,000,000 bytes: too much for a table"):
        read_xlsx(file.getvalue())


def test_xlsx_with_entities_is_refused():
    data = workbook(["slug"], ["a"])
    bomb = edited(data, sheet=("<worksheet ", '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet '))
    with pytest.raises(SheetError, match="This is not a readable XLSX workbook"):
        read_xlsx(bomb)


@pytest.mark.parametrize("data", [b"", b"slug\na\n", b"PK\x03\x04rest", workbook(["slug"])[:200]])
def test_xlsx_that_is_none_is_refused(data):
    with pytest.raises(SheetError, match="This is not a readable XLSX workbook"):
        read_xlsx(data)


def test_far_cell_of_a_workbook_is_neither_dropped_nor_waited_for():
    data = workbook(["slug"], ["a"])
    far = edited(edited(data, sheet=('<row r="2"', '<row r="1048576"')), sheet=('r="A2"', 'r="A1048576"'))
    assert load_workbook(io.BytesIO(far)).active.max_row == 1048576
    assert (list(read_xlsx(far)), read_xlsx(far).lines) == ([("a",)], [1048576])
