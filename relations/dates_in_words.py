"""Fuzzy dates in English: “about March 1973”, “some time from 1976 to 1981”, “since 1988”."""

from typing import TYPE_CHECKING

from relations.hints import MONTH_NAMES, SEASONS

if TYPE_CHECKING:
    from relations.dates import Span, Unit

QUALIFIERS = {"": "", "~": "about ", "?": "perhaps ", "%": "perhaps about "}


def unit_in_words(unit: "Unit") -> str:
    """A single date; the year comes last, so that two dates of the same year can share it."""
    digits, month, day = unit.text[:4], unit.text[5:7], unit.text[8:]
    year = str(int(digits.replace("X", "0")))
    if len(year) < 4:
        year = f"AD {year}"
    if unit.precision == "century":
        words = f"the {year}s ({year} to {int(digits.replace('X', '9'))})"
    elif unit.precision == "decade":
        words = f"the {year}s"
    elif unit.precision == "season":
        words = f"{SEASONS[int(month)]} {year}"
    else:
        named = f"{MONTH_NAMES[int(month) - 1]} {year}" if month.isdigit() else year
        if day == "XX":
            words = f"some day in {named}"
        elif month == "XX":
            words = f"some month in {named}"
        else:
            words = f"{int(day)} {named}" if day else named
    return QUALIFIERS[unit.qualifier] + words


def interval_in_words(span: "Span", text: str) -> str:
    """An interval; its EDTF string `text` tells an open end (..) from an unknown one."""
    first, last = span
    if first and last:
        return f"within {unit_in_words(first)}" if first == last else _from_to(first, last)
    if first:
        return f"{'since' if text.endswith('..') else 'from'} {unit_in_words(first)}"
    return f"{'up to' if text.startswith('..') else 'until'} {unit_in_words(last)}" if last else ""


def set_in_words(spans: tuple["Span", ...]) -> str:
    """A one-of set: one of several dates or spans."""
    words = []
    for first, last in spans:
        if first and last:
            words.append(unit_in_words(first) if first == last else f"some time from {_from_to(first, last)}")
        elif first:
            words.append(f"{unit_in_words(first)} or later")
        elif last:
            words.append(f"by {unit_in_words(last)}")
    if len(words) == 1 or any(first != last for first, last in spans):
        return ", or ".join(words)
    return f"{', '.join(words[:-1])} or {words[-1]}"


def _from_to(first: "Unit", last: "Unit") -> str:
    """From one date to another; a month and year that both have exactly are written once: "1 to 7 March 1973"."""
    start, end = unit_in_words(first), unit_in_words(last)
    exact = not (first.qualifier or last.qualifier or "X" in first.text + last.text)
    if exact and first.precision == last.precision and first.precision in ("day", "month"):
        if first.precision == "day" and first.text[:7] == last.text[:7]:
            start = str(first.earliest.day)
        elif first.text[:4] == last.text[:4]:
            month = MONTH_NAMES[first.earliest.month - 1]
            start = start.partition(month)[0] + month
    return f"{start} to {end}"
