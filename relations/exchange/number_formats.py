"""Compares what a spreadsheet displays of a number or date with the value that the cell stores."""

import re
from datetime import date, datetime
from decimal import Decimal

# Parts of a format that display nothing: a colour or condition, padding, a fill character.
SILENT = re.compile(r"\[(?!\$)[^\]]*\]|\[\$-[^\]]*\]|[_*].")
WORDS = re.compile(r'"[^"]+"|\\[^ ()\-]|\[\$[^\]]+\]|[^\x00-\x7f\xa0\u202f]|[$%]')  # text next to the digits
NOT_OF_DATES = re.compile(r'\[[^\]]*\]|"[^"]*"|\\.')
DIGITS = re.compile(r"[0#?]+")


def is_displayed_otherwise(value: float, number_format: str) -> bool:
    """Whether a number is displayed otherwise than it is stored: rounded, in thousands, with text, as a percentage.

    Separators of thousands and padding make no difference; leading zeros (007) and a currency do.
    """
    if number_format.casefold() in ("general", "@", ""):
        return False
    shown = SILENT.sub("", number_format.split(";", maxsplit=1)[0])
    if WORDS.search(shown):
        return True
    whole, _, decimals = shown.partition(".")
    if not DIGITS.search(shown) or re.search(r"E[+-]|/|[0#?],+(?:\.|$)", shown.strip()):
        return True
    places = sum(map(len, DIGITS.findall(decimals)))
    held = Decimal(f"{value:.15g}")
    return round(held, places) != held or whole.count("0") > len(str(abs(int(value))))


def displayed_date(day: date, number_format: str) -> str:
    """A date in ISO 8601, as exact as its format displays it: a year, a month, or a day."""
    letters = NOT_OF_DATES.sub("", number_format.split(";", maxsplit=1)[0]).casefold()
    text = day.isoformat()[:10]
    if "d" in letters or "y" not in letters:
        return text
    return text[:7] if "m" in letters else text[:4]


def time_of(day: date) -> str:
    """The time of a datetime as HH:MM; empty for midnight, the time of dates without one."""
    if isinstance(day, datetime) and (day.hour, day.minute, day.second) != (0, 0, 0):
        return f"{day:%H:%M}"
    return ""
