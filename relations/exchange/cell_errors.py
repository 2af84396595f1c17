"""What spreadsheets, other programs and hasty hands make of a cell, told with what to write instead."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

from relations.text import look_alikes

SIMILAR = 0.7  # how near in letters a known word must be to be meant
MOST_NAMED = 15  # terms of a closed list, all of which a refusal names
NEAREST, NEAR = 5, 0.6  # of a longer one, so many that are so near in letters
# What other programs write for nothing. NA is also a code of Namibia, and none of these is prose.
NOTHING = {"nan", "NaN", "NAN", "NaT", "<NA>", "NA", "N/A", "n/a", "#N/A", "None", "NULL", "null"}
LEAVE_EMPTY = "is what other programs write for nothing: leave the cell empty"

ERRORS = r"#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A|SPILL!|CALC!|ERROR!)|Err:5\d\d"
AN_ERROR = "is an error of a spreadsheet; enter what should stand there"
ENGLISH = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
GERMAN = "Jan|Feb|Mrz|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez"
# French, Spanish and Italian spreadsheets write months in small letters, which in a slug are words of their own.
SMALL = (
    r"(?:janv\.?|févr\.?|mars|avr\.?|mai|juin|juil\.?|août|sept\.?|oct\.?|nov\.?|déc\.?"
    r"|ene|feb|mar|abr|may|jun|jul|ago|sep|dic|gen|apr|mag|giu|lug|set|ott)"
)
POWERS_OF_TEN = r"\d(?:[.,]\d+)?[Ee][+-]\d+"
CHANGES_OF_CODES = [
    (rf"\d{{1,2}}-(?:{ENGLISH}|{GERMAN})(?:-\d\d)?|(?:{ENGLISH}|{GERMAN})-\d\d", "a date"),
    (rf"\d{{1,2}}\. ?(?:{GERMAN})|(?:{GERMAN}) \d\d", "a date"),
    (r"\d{4}-\d\d-\d\d[ T]00:00(?::00(?:\.0+)?)?", "a date"),
    (POWERS_OF_TEN, "a number in powers of ten"),
    (r"(?i:true|false)", "a truth value"),
    (ERRORS, "an error"),
]
CHANGES_OF_NUMBERS = [*CHANGES_OF_CODES, (rf"\d{{1,2}}-{SMALL}(?:-\d\d)?|{SMALL}-\d\d", "a date")]

# The first that fits speaks.
NO_NUMBERS = [
    (r"", "it is missing"),
    (r".*(?![0-9])\d.*", "write it in the digits 0 to 9"),
    (r"\d+(\.\d+)?[eE][+-]?\d+", "it is written in powers of ten, as spreadsheets do with long numbers; write it out"),
    (r"[1-9]\d{0,2}([,.'’ \u00a0\u2009\u202f]\d{3})+", "no thousands marks; a point stands before decimals"),
    (r"\d+,\d+", "a point stands before decimals, not a comma"),
    (r"\d+(\.\d+)?\s*(-|–|/|\.\.|to|or)\s*\d+(\.\d+)?", "a range is two numbers, low and high"),
    (r"\d{19,}(\.\d+)?", "at most eighteen digits before the point"),
    (r"\d+\.\d{5,}", "at most four decimals"),
    (r"[~<>≤≥≈±].*|.*[+?*]|(?i:about|ca?\.?|circa|over|some)\s.*", "how it is meant is said by its qualifier"),
    (r"(?=.*[^\d.,' ])\D*\d[\d.,' ]*\D*", "a unit or a sign does not belong to the number"),
]


class CellError(ValueError):
    """What is wrong with the text of a cell, in words for its author."""


def quoted(text: str) -> str:
    """What stands in a cell, no longer than one needs to find it, and what in it is not what it looks like."""
    shown = f"'{text[:60]}…'" if len(text) > 60 else f"'{text}'"
    return f"{shown} ({strange})" if (strange := look_alikes(text[:60])) else shown


def did_you_mean(text: str, known: Iterable[str]) -> str:
    """The nearest in letters of what is known, or nothing; for words and slugs that are typed, never for codes."""
    if text in NOTHING:
        return f"; it {LEAVE_EMPTY}"
    by_folded = {term.casefold(): term for term in known}
    near = get_close_matches(text.strip().casefold(), by_folded, 1, SIMILAR)
    return f" (did you mean {by_folded[near[0]]}?)" if near else ""


def none_of(text: str, known: Iterable[str], listed_at: str = "") -> str:
    """That a text is none of a closed list: with all of it or, where it is long and stands somewhere, the nearest."""
    known = [*filter(None, known)]
    if len(known) <= MOST_NAMED or not listed_at:
        return f"{quoted(text)} is none of {', '.join(known)}{did_you_mean(text, known)}"
    told = f"{quoted(text)} is none of the {len(known)} that {listed_at} lists"
    if text in NOTHING:
        return told + did_you_mean(text, known)
    by_folded = {term.casefold(): term for term in known}
    near = get_close_matches(text.strip().casefold(), by_folded, NEAREST, NEAR)
    return f"{told}; the nearest: {', '.join(by_folded[each] for each in near)}" if near else told


def check_is_something(text: str) -> None:
    """Refuses what programs and spreadsheets write where there is nothing, or nothing that they could reckon."""
    if text in NOTHING:
        raise CellError(f"{quoted(text)} {LEAVE_EMPTY}")
    if re.fullmatch(ERRORS, text):
        raise CellError(f"{quoted(text)} {AN_ERROR}")


def check_is_unchanged(text: str, changes: Iterable[tuple[str, str]]) -> None:
    """Refuses a code that a spreadsheet has taken for a date, a number or a truth value."""
    for pattern, what in changes:
        if re.fullmatch(pattern, text):
            raise CellError(
                f"{quoted(text)}: a spreadsheet has changed this cell into {what};"
                " format the column as text and enter it again, or use XLSX"
            )


def why_no_number(text: str, otherwise: str) -> str:
    """What keeps a text from being a number."""
    for pattern, reason in NO_NUMBERS:
        if re.fullmatch(pattern, text):
            return reason
    return otherwise
