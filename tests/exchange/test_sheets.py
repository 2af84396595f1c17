"""Uploaded tables: what is read, and what is refused before anything looks at it."""

import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook

from relations.exchange.sheets import MAX_ROWS, SheetError, read_csv, read_xlsx


def workbook(*rows, sheets: int = 1) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for _ in range(sheets - 1):
        book.create_sheet()
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def edited(data: bytes, **texts: tuple[str, str]) -> bytes:
    """The workbook with a text of its first sheet replaced by another."""
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
        (b"slug,title\na,M\xfcnchen\n", "line 2, byte 4: not UTF-8. Save the file as “CSV UTF-8”."),
        ("slug,title\n".encode("utf-16"), "line 1, byte 1: not UTF-8. Save the file as “CSV UTF-8”."),
        (b"slug,title\na,x\x00y\n", "line 2, character 4: holds the unseen character U+0000 control character."),
        ("slug\nx\u202ey\n".encode(), "line 2, character 2: holds the unseen character U+202E RIGHT-TO-LEFT OVERRIDE."),
        (b"slug;title\na;b\n", "line 1: the columns are separated by “;”; they must be by commas."),
        (b"slug\ttitle\na\tb\n", "line 1: the columns are separated by “\t”; they must be by commas."),
        (b'slug,title\na,b\nc,"d\ne,f\n', "line 3: a quotation mark is never closed."),
        (b"slug,title\na\n", "line 2: 1 cells, but the header names 2 columns."),
        (b"slug,title\na,b,c\n", "line 2: 3 cells, but the header names 2 columns."),
        (b"PK\x03\x04rest", "This is not a CSV but a spreadsheet: choose the format XLSX."),
        (b"slug\n" + b"a\n" * (MAX_ROWS + 1), f"line {MAX_ROWS + 2}: more than {MAX_ROWS} rows; split the file."),
    ],
)
def test_csv_that_cannot_be_read_is_refused_with_its_line(data, reason):
    with pytest.raises(SheetError) as refusal:
        read_csv(data)
    assert str(refusal.value) == reason


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
        (["a", "=1+1"], "line 2, column number 2: holds a formula; paste its value as text."),
        (["a", "#N/A"], "line 2, column number 2: holds the spreadsheet error #N/A."),
        (
            ["a", date(2017, 9, 1)],
            "line 2, column number 2: a spreadsheet has changed this cell into a date; format the column as text.",
        ),
        (["a", "b", "c"], "line 2: 3 cells, but the header names 2 columns."),
        (["a", "x\u202ey"], "line 2, column title: holds the unseen character U+202E RIGHT-TO-LEFT OVERRIDE."),
    ],
)
def test_xlsx_cell_that_is_no_plain_value_is_refused(row, reason):
    with pytest.raises(SheetError) as refusal:
        read_xlsx(workbook(["slug", "title"], row))
    assert str(refusal.value) == reason


def test_xlsx_with_another_sheet_is_refused():
    with pytest.raises(SheetError, match="The workbook has 2 sheets"):
        read_xlsx(workbook(["slug"], ["a"], sheets=2))


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
    with pytest.raises(SheetError, match="line 10001: more than 10000 lines"):
        read_xlsx(far)
