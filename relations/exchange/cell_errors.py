"""Recognises what spreadsheets, other programs and typing errors make of cells, and says what to write instead."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

from relations.text import look_alikes

SIMILAR = 0.7  # the least similarity of a suggested word, as difflib measures it
MOST_NAMED = 15  # a refusal names all terms of a closed list that is no longer than this
NEAREST, NEAR = 5, 0.6  # of a longer list, it names as many terms, with at least this similarity
# What other programs write for an empty cell. NA is also a code of Namibia; in prose, none of these is a text.
NOTHING = {"nan", "NaN", "NAN", "NaT", "<NA>", "NA", "N/A", "n/a", "#N/A", "None", "NULL", "null"}
LEAVE_EMPTY = "is what other programs write for nothing: leave the cell empty"

ERRORS = r"#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A|SPILL!|CALC!|ERROR!)|Err:5\d\d"
AN_ERROR = "is an error of a spreadsheet; enter what should stand there"
ENGLISH = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
GERMAN = "Jan|Feb|Mrz|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez"
# French, Spanish and Italian spreadsheets write months in small letters. In a slug, these may be ordinary words.
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

# The first match is used.
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
    """An error in the text of a cell, with a message for its author."""


def quoted(text: str) -> str:
    """The text of a cell in quotes, cut off after 60 characters, with a remark on look-alike characters in it."""
    shown = f"'{text[:60]}…'" if len(text) > 60 else f"'{text}'"
    return f"{shown} ({strange})" if (strange := look_alikes(text[:60])) else shown


def did_you_mean(text: str, known: Iterable[str]) -> str:
    """A suggestion of the most similar known word, or an empty string; for words and slugs, never for codes."""
    if text in NOTHING:
        return f"; it {LEAVE_EMPTY}"
    by_folded = {term.casefold(): term for term in known}
    near = get_close_matches(text.strip().casefold(), by_folded, 1, SIMILAR)
    return f" (did you mean {by_folded[near[0]]}?)" if near else ""


def none_of(text: str, known: Iterable[str], listed_at: str = "") -> str:
    """The message for a text that is not in a closed list.

    It names all terms or, if the list is long and `listed_at` says where it can be read, the most similar ones.
    """
    known = [*filter(None, known)]
    if len(known) <= MOST_NAMED or not listed_at:
        return f"{quoted(text)} is none of {', '.join(known)}{did_you_mean(text, known)}"
    message = f"{quoted(text)} is none of the {len(known)} that {listed_at} lists"
    if text in NOTHING:
        return message + did_you_mean(text, known)
    by_folded = {term.casefold(): term for term in known}
    near = get_close_matches(text.strip().casefold(), by_folded, NEAREST, NEAR)
    return f"{message}; the nearest: {', '.join(by_folded[each] for each in near)}" if near else message


def check_is_something(text: str) -> None:
    """Refuses placeholders for empty cells, and errors of spreadsheets."""
    if text in NOTHING:
        raise CellError(f"{quoted(text)} {LEAVE_EMPTY}")
    if re.fullmatch(ERRORS, text):
        raise CellError(f"{quoted(text)} {AN_ERROR}")


def check_is_unchanged(text: str, changes: Iterable[tuple[str, str]]) -> None:
    """Refuses a code that a spreadsheet has changed into a date, a number or a boolean."""
    for pattern, what in changes:
        if re.fullmatch(pattern, text):
            raise CellError(
                f"{quoted(text)}: a spreadsheet has changed this cell into {what};"
                " format the column as text and enter it again, or use XLSX"
            )


def why_no_number(text: str, otherwise: str) -> str:
    """Why a text is not a number; `otherwise` if no known reason matches."""
    for pattern, reason in NO_NUMBERS:
        if re.fullmatch(pattern, text):
            return reason
    return otherwise
