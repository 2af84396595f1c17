"""Unpacks an uploaded workbook: checks its size and form, and removes empty cells and rows from its sheets."""

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import chain
from pathlib import PurePosixPath

from relations.exchange.tables import SheetError

MAX_UNPACKED_BYTES = 60_000_000
MAX_EMPTY_BYTES = 500_000_000  # unpacked; a spreadsheet can write so much for a million emptied rows
MAX_RATIO = 200  # of unpacked to packed size; sheets of repeated codes reach 100, zip bombs 1,000 and more
MAX_MEMBERS = 200
MAX_CELLS = 1_000  # per row; they take a hundred times as long to read as those of a CSV
PIECE = 4_000_000  # bytes of a sheet that are processed at once
OTHER_FOLDERS = {  # other kinds of files, by one of their members
    "content.xml": "an OpenDocument file",
    "word/document.xml": "a Word document",
    "xl/workbook.bin": "a binary workbook (XLSB)",
    "Index/Document.iwa": "a document of Numbers or Pages",
}
SHEETS = "xl/worksheets/"
STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"  # the strict form of XLSX, which few programs read
# Empty cells and rows that have a reference. Removing them does not move the others, which have references as well.
EMPTY_CELL = re.compile(rb"<((?:\w+:)?c)\s(?=[^>]*?\br=)[^>]*(?:/>|></\1>)")
EMPTY_ROW = re.compile(rb"<((?:\w+:)?row)\s(?=[^>]*?\br=)[^>]*(?:/>|>\s*</\1>)")
CELL, END_OF_LINE = re.compile(rb"<(?:\w+:)?c[\s/>]"), re.compile(rb"</(?:\w+:)?row>")
FAR_CELL = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br=[\"']([A-Z]{3,})[0-9]")
TARGET = re.compile(rb"\bTarget=[\"']([^\"']+)")


def unpacked(data: bytes) -> zipfile.ZipFile:
    """A workbook without the empty cells and rows of its sheets; raises SheetError if it is invalid or too large."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    check_members(archive, len(data))
    light = io.BytesIO()
    with zipfile.ZipFile(light, "w") as target:
        for name in archive.NameToInfo:
            if name.startswith(SHEETS) and name.endswith(".xml"):
                target.writestr(name, sheet := b"".join(without_what_is_empty(archive, name)))
                check_width(sheet)
            else:
                target.writestr(name, archive.read(name))
    return zipfile.ZipFile(light)


def check_members(archive: zipfile.ZipFile, size: int) -> None:
    """Refuses an archive that is not a workbook, or whose unpacked size is too large."""
    members = archive.infolist()
    if kind := next((kind for name, kind in OTHER_FOLDERS.items() if name in archive.NameToInfo), ""):
        raise SheetError(f"This is {kind}: save its table as XLSX.")
    if not any(member.filename.startswith("xl/") for member in members):
        raise SheetError("This is a packed folder and not a workbook: unpack it first.")
    whole = sum(member.file_size for member in members)
    beside_sheets = sum(member.file_size for member in members if not member.filename.startswith(SHEETS))
    is_too_much = whole > max(1_000_000, MAX_RATIO * size) or whole > MAX_EMPTY_BYTES
    if len(members) > MAX_MEMBERS or beside_sheets > MAX_UNPACKED_BYTES or is_too_much:
        raise SheetError(f"The workbook unpacks to {len(members)} files of {whole:,} bytes: too much for a table.")
    if "xl/workbook.xml" in archive.NameToInfo and STRICT in archive.read("xl/workbook.xml"):
        raise SheetError("This is a workbook in the strict form of XLSX: save it as “Excel Workbook (*.xlsx)”.")


def without_what_is_empty(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A sheet in pieces, without empty cells and rows.

    Pieces are cut before a row, because an empty cell that is cut in two would not be found, and the sheet would seem
    as wide as the place of that cell.
    """
    held, rest = 0, b""
    with archive.open(name) as sheet:
        for piece in chain(iter(lambda: sheet.read(PIECE), b""), [b""]):
            rest += piece
            cut = max(rest.rfind(b"<", 0, rest.rfind(b"row ")), 0) if piece else len(rest)
            filled = EMPTY_ROW.sub(b"", EMPTY_CELL.sub(b"", rest[:cut]))
            rest = rest[cut:]
            held += len(filled)
            if held + len(rest) > MAX_UNPACKED_BYTES:
                raise SheetError(f"A sheet of the workbook has more than {MAX_UNPACKED_BYTES:,} bytes: too much.")
            yield filled


def check_width(sheet: bytes) -> None:
    """Refuses a sheet with more than MAX_CELLS cells in a row, before openpyxl takes minutes to read it."""
    widest = max(len(CELL.findall(line)) for line in END_OF_LINE.split(sheet))
    farthest = max(map(place_of, {*FAR_CELL.findall(sheet)}), default=0)
    if max(widest, farthest) > MAX_CELLS:
        raise SheetError(
            f"The sheet has {max(widest, farthest):,} columns, and {MAX_CELLS:,} are read of a workbook at most;"
            " delete those that are not needed, or save it as a CSV."
        )


def place_of(letters: bytes) -> int:
    """The number of a column: 1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def parts_of(archive: zipfile.ZipFile, sheet: str) -> list[bytes]:
    """The XML of the parts that belong to a sheet besides its cells: comments, drawings, tables."""
    path = PurePosixPath(sheet)
    relations = str(path.parent / "_rels" / f"{path.name}.rels")
    if relations not in archive.NameToInfo:
        return []
    found = []
    for target in TARGET.findall(archive.read(relations)):
        name = target.decode().removeprefix("../")
        name = name.removeprefix("/") if name.startswith("/") else f"xl/{name}"
        if name in archive.NameToInfo and name.endswith(".xml"):
            found.append(archive.read(name))
    return found
