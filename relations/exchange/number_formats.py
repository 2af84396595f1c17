"""What a spreadsheet shows of a number or a date, where that is other or less than what the cell holds."""

import re
from datetime import date, datetime
from decimal import Decimal

# A part of a format that shows nothing of its own: a colour or condition, room for a letter, a letter that fills.
SILENT = re.compile(r"\[(?!\$)[^\]]*\]|\[\$-[^\]]*\]|[_*].")
WORDS = re.compile(r'"[^"]+"|\\[^ ()\-]|\[\$[^\]]+\]|[^\x00-\x7f\xa0\u202f]|[$%]')  # what stands beside the digits
NOT_OF_DATES = re.compile(r'\[[^\]]*\]|"[^"]*"|\\.')
DIGITS = re.compile(r"[0#?]+")


def shows_otherwise(value: float, number_format: str) -> bool:
    """Whether a number is shown otherwise than it is held: rounded, in thousands, with words, as a percentage.

    Separators of thousands and room around a number change nothing; zeros in front of it (007) and a currency do.
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


def shown_of_date(day: date, number_format: str) -> str:
    """A day as far as its format shows it: the year alone, the year and its month, or the day."""
    letters = NOT_OF_DATES.sub("", number_format.split(";", maxsplit=1)[0]).casefold()
    text = day.isoformat()[:10]
    if "d" in letters or "y" not in letters:
        return text
    return text[:7] if "m" in letters else text[:4]


def time_of(day: date) -> str:
    """The time of day that a date has beside it; empty for midnight, which dates without a time have."""
    if isinstance(day, datetime) and (day.hour, day.minute, day.second) != (0, 0, 0):
        return f"{day:%H:%M}"
    return ""
