"""A sheet of a workbook: its rows, and notes on what these do not show."""

import re
import warnings
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from html import unescape as unescape_xml
from typing import Any, NamedTuple

from relations.exchange.exports import TERMS
from relations.exchange.tables import MAX_TOLD, SheetError, abridged, is_blank
from relations.exchange.unpacked import parts_of, unpacked

ROW = re.compile(rb"<(?:\w+:)?row\s([^>]*)>")
COLUMNS = re.compile(rb"<(?:\w+:)?col\s([^>]*)>")
PLACES = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br=[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")
ROWS = re.compile(rb"<(?:\w+:)?(row)\s[^>]*?\br=[\"']([0-9]{1,7})[\"']")
NOWHERE = (0, 0, b"")  # sorts before all places
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?\bref=[\"']([A-Z0-9:]+)")
FORMULA = re.compile(rb"<(?:\w+:)?c(\s[^>]*)?>\s*<(?:\w+:)?f[\s/>]")
COMMENT = re.compile(rb"<(?:\w+:)?(?:comment|threadedComment)\s[^>]*?\bref=[\"']([A-Z]+[0-9]+)")
SHAPE = re.compile(rb"<xdr:sp[\s>].*?</xdr:sp>", re.DOTALL)
RUN, PARAGRAPH = re.compile(rb"<a:t(?:\s[^>]*)?>([^<]*)"), rb"</a:p>"
TABLE = re.compile(rb"<(?:\w+:)?table\s([^>]*)>")
LONGEST_TEXT = 200  # characters of a text box in a note
# openpyxl warns about parts that it ignores, such as drop-down lists; none of them are imported.
warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")

(FORMULAS, TIMES, DATES, NUMBERS, STRUCK) = (
    "Formulas are read as what the workbook last worked out: ",
    "The time of day is not read that stands beside the dates in ",
    "Dates are read as far as the workbook shows them, which is not to the day: ",
    "Numbers are read as the workbook holds them, which is not as it shows them: ",
    "Struck out in the workbook, and read: ",
)


class Cell(NamedTuple):
    """A cell of a sheet, with the attributes of openpyxl's cells that are needed, and its place (`B7`)."""

    value: Any
    data_type: str
    is_date: bool
    number_format: str = "General"
    place: str = ""


class WorkbookSheet:
    """One sheet of a workbook; raises SheetError if the workbook is damaged.

    With `worked_out`, cells with a formula have its stored result instead of the formula. Merged cells are refused,
    unless they are empty or a title: alone in a line above the table.
    """

    def __init__(self, data: bytes, choose: Callable[[Any], Any], *, worked_out: bool = False) -> None:
        from openpyxl import load_workbook  # noqa: PLC0415 - it would take a tenth of the time in which a site starts

        self.noted: dict[str, list[str]] = defaultdict(list)  # places, by the note on them
        self.width = 0
        with refusing_damage():
            archive = unpacked(data)
            self.book = load_workbook(archive.fp, read_only=True, data_only=worked_out, keep_links=False)
            self.sheet = choose(self.book)
            self.sheet.reset_dimensions()  # the size that the file states may be wrong
            self.xml = archive.read(self.sheet._worksheet_path)
            self.check_order()
            self.parts = parts_of(archive, self.sheet._worksheet_path)
            self.formulas = self.places_of_formulas() if worked_out else set()
            self.totals = totals_of(self.parts)
            styles = enumerate(self.book._cell_styles)
            self.struck = {number for number, style in styles if self.book._fonts[style.fontId].strike}

    def check_order(self) -> None:
        """Refuses a sheet whose rows or cells are not in order, because openpyxl would skip some of them."""
        for pattern in (PLACES, ROWS):
            before = NOWHERE
            for letters, number in pattern.findall(self.xml):
                place = int(number), len(letters), letters
                if place <= before:
                    message = f"{letters.decode()}{place[0]} after {before[2].decode()}{before[0]}"
                    raise SheetError(f"The sheet has {message}, out of its order; save it anew in a spreadsheet.")
                before = place

    def places_of_formulas(self) -> set[str]:
        """The places of cells with formulas, which openpyxl does not tell if it reads their stored results."""
        found = set()
        for attributes in FORMULA.findall(self.xml):
            place = attribute(attributes, b"r")
            if not place:
                raise SheetError("The workbook has formulas in cells of no place; save it anew in a spreadsheet.")
            found.add(place)
        return found

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """The rows that are not empty, with their numbers; rows of totals are left out."""
        from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above
        from openpyxl.utils.escape import unescape  # noqa: PLC0415

        titles, filled, is_above = set(), set(), True
        tops = {area.partition(":")[0] for area in self.merged_areas()}
        with refusing_damage():
            for line, row in enumerate(self.sheet.iter_rows(), 1):
                if not row or line in self.totals:
                    continue
                is_above = is_above and sum(cell.value is not None for cell in row) <= 1
                if is_above:
                    titles.add(line)
                cells = []
                for number, cell in enumerate(row, 1):
                    # Control characters are written as _x000D_ (a carriage return, from the line ends of Windows).
                    value = unescape(cell.value) if isinstance(cell.value, str) else cell.value
                    place = f"{get_column_letter(number)}{line}"
                    if value is None and place not in self.formulas:
                        cells.append(NO_CELL)
                        continue
                    if place in tops and not is_blank(str(value)):
                        filled.add(place)
                    if self.struck and cell._style_id in self.struck:
                        self.noted[STRUCK].append(place)
                    is_of_number = isinstance(value, int | float) or cell.is_date
                    number_format = cell.number_format if is_of_number else "General"
                    cells.append(Cell(value, cell.data_type, cell.is_date, number_format, place))
                self.width = max(self.width, len(cells))
                yield line, cells
        self.check_merged(titles, filled)

    def merged_areas(self) -> list[str]:
        """The areas of merged cells (`A1:C1`); of each, only the first cell has a value."""
        return [area.decode() for area in MERGED.findall(self.xml)]

    def check_merged(self, titles: set[int], filled: set[str]) -> None:
        """Refuses merged cells that are neither empty nor a title."""
        several = []
        for area in self.merged_areas():
            first, last = (int(number) for number in re.findall("[0-9]+", f"{area}:{area}")[:2])
            if area.partition(":")[0] in filled and not (first == last and first in titles):
                several.append(area)
        if several:
            raise SheetError(f"The cells {', '.join(several[:MAX_TOLD])} are one; separate them, and fill in each.")

    def notes(self, lines: Collection[int]) -> list[str]:
        """Notes, after the rows are read: what is hidden, not read, or read otherwise than it is displayed."""
        found = [*self.hidden(lines), *(f"{what}{abridged(places)}." for what, places in self.noted.items())]
        if comments := dict.fromkeys(place.decode() for part in self.parts for place in COMMENT.findall(part)):
            found.append(f"Comments are not read, those of {abridged([*comments])}.")
        found += [f"A text box is not read: “{text}”." for part in self.parts for text in texts_of_boxes(part)]
        found += [f"Line {line} is passed over: it has the totals of {what}." for line, what in self.totals.items()]
        return found

    def hidden(self, lines: Collection[int]) -> Iterator[str]:
        """Notes on hidden rows and columns that are read, and on hidden sheets that are not."""
        numbers = [attribute(each, b"r") for each in ROW.findall(self.xml) if is_hidden(each, b"ht")]
        rows = [number for number in numbers if number and int(number) in lines]
        if rows:
            one = len(rows) == 1
            message = f"{len(rows):,} of these rows {'is' if one else 'are'} hidden in the workbook, and read"
            yield f"{message}: line{'' if one else 's'} {abridged(rows)}."
        if columns := [*self.hidden_columns()]:
            yield f"Hidden columns are read: {abridged(columns)}."
        sheets = [each.title for each in self.book.worksheets if each.sheet_state != "visible"]
        if others := [f"“{name}”" for name in sheets if name not in (TERMS, self.sheet.title)]:
            yield f"Hidden sheets are not read: {abridged(others)}."

    def hidden_columns(self) -> Iterator[str]:
        """The letters of hidden columns."""
        from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above

        for each in COLUMNS.findall(self.xml):
            if is_hidden(each, b"width"):
                first, last = int(attribute(each, b"min")), int(attribute(each, b"max"))
                yield from (get_column_letter(number) for number in range(first, min(last, self.width) + 1))


NO_CELL = Cell(None, "n", False)


@contextmanager
def refusing_damage() -> Iterator[None]:
    """Turns any error while a workbook is read into a SheetError."""
    try:
        yield
    except SheetError:
        raise
    except Exception as error:  # noqa: BLE001 - zipfile and openpyxl raise many kinds of errors for damaged files
        raise SheetError(f"This is not a readable XLSX workbook ({type(error).__name__}).") from None


def attribute(attributes: bytes, name: bytes) -> str:
    """An attribute of an XML element, or an empty string."""
    found = re.search(rb"(?:^|\s)" + name + rb"=[\"']([^\"']*)", attributes)
    return unescape_xml(found[1].decode()) if found else ""


def is_hidden(attributes: bytes, size: bytes) -> bool:
    """Whether a row or column is hidden, or has no height or width."""
    return attribute(attributes, b"hidden") in ("1", "true") or attribute(attributes, size) in ("0", "0.0")


def totals_of(parts: list[bytes]) -> dict[int, str]:
    """The rows of totals of the tables in a sheet: the name of the table by line number."""
    found = {}
    for part in parts:
        for attributes in TABLE.findall(part):
            count, area = attribute(attributes, b"totalsRowCount"), attribute(attributes, b"ref")
            if count not in ("", "0") and (last := re.search("[0-9]+$", area)):
                found[int(last[0])] = f"the table “{attribute(attributes, b'displayName')}”"
    return found


def texts_of_boxes(part: bytes) -> Iterator[str]:
    """The texts of the text boxes of a drawing."""
    for shape in SHAPE.findall(part):
        lines = (b"".join(RUN.findall(each)).decode() for each in shape.split(PARAGRAPH))
        if text := " ".join(" ".join(map(unescape_xml, lines)).split()):
            yield text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…"
