"""Dates in several columns of a foreign table: year, month and day, or the beginning and the end of a period.

All these columns have the same target, the date, and each is read as a part of it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from relations.exchange.seen import SeenColumn
from relations.exchange.toml import listed, text

PARTS = ("year", "month", "day")
BEGINNING, END, DOUBT = "beginning", "end", "whether it is doubted"
DOUBTED = "date: whether it is doubted"
# By the reading of a column: the end of the date that it belongs to (empty for a single date), and the part of that.
A_PART: dict[str, tuple[str, str]] = {
    **{f"date: its {part}": ("", part) for part in PARTS},
    **{f"date: its {end}": (end, "") for end in (BEGINNING, END)},
    **{f"date: the {part} of its {end}": (end, part) for end in (BEGINNING, END) for part in PARTS},
    DOUBTED: (DOUBT, ""),
}
WHOLE = ("", "")  # a date in one column
READ_AS = {what: reading for reading, what in A_PART.items()}
NOTHING = ["0", "00"]  # for an unknown month or day
# How data sets name such columns: “start year”, “styear”, “smonth”.
OF_PART = re.compile(r"(.*?) ?\b(year|yr|month|mon|mo|mth|day|dy)s?|(st|end|start|e|s)(year|mon|month|day)")
IN_FULL = {"y": "year", "m": "month", "d": "day"}
FIRST = re.compile("st|s|start|started|begin|began|beginning|from|first|since|opened|opening|open|order|ordered")
LAST = re.compile("e|end|ended|ending|to|until|last|closed|closing|close|delivery|delivered|del")


def part_named(words: str) -> tuple[str, str]:
    """Splits the name of a column into a prefix and year, month or day; two empty strings for other names."""
    match = OF_PART.fullmatch(words)
    if match is None:
        return "", ""
    before, part = (match[1], match[2]) if match[2] else (match[3], match[4])
    return before, IN_FULL[part[0]]


def sets_of_parts(named: Iterable[tuple[str, SeenColumn]]) -> dict[str, dict[str, SeenColumn]]:
    """The columns that are the year, month and maybe day of one date, by their prefix and then by part."""
    found: dict[str, dict[str, SeenColumn]] = {}
    for words, column in named:
        before, part = part_named(words)
        if part:
            found.setdefault(before, {}).setdefault(part, column)
    return {before: parts for before, parts in found.items() if {"year", "month"} <= parts.keys()}


def end_of(before: str) -> str:
    """Whether a prefix stands for the beginning or the end of a period; empty if for neither."""
    words = before.split()
    if any(map(FIRST.fullmatch, words)):
        return BEGINNING
    return END if any(map(LAST.fullmatch, words)) else ""


def why_no_date(target: str, columns: Sequence[SeenColumn]) -> Iterator[str]:
    """The errors in a choice of columns that are combined into one date, as messages."""
    read = [A_PART.get(each.reading, WHOLE) for each in columns]
    for place, what in enumerate(read):
        if what in read[:place]:
            first, second = columns[read.index(what)].name, columns[place].name
            yield f"{first} and {second} both become {target}: let one become nothing, or read each as a part of it."
    ends = {end for end, _ in read if end != DOUBT}
    if not ends:
        yield f"{columns[0].name} says whether {target} is doubted: choose the column that becomes it."
    elif "" in ends and len(ends) > 1:
        yield f"{target} is made of a date, and of its beginning or end: choose either."
    elif ends == {END}:
        yield f"{target} has an end and no beginning: choose the column of its beginning."
    for end in sorted(ends):
        parts = [part for one, part in read if one == end]
        if "" in parts and len(parts) > 1:
            yield f"{target} is made of a whole date, and of its {' and '.join(filter(None, parts))}: choose either."
        elif "" not in parts and "year" not in parts:
            yield f"{target} has a {' and a '.join(parts)} and no year: choose the column of its year."
        elif "day" in parts and "month" not in parts:
            yield f"{target} has a day and no month: choose the column of its month."


def date_recipe(columns: Sequence[SeenColumn], order_of: dict[str, str]) -> str:
    """The recipe, in TOML, for a date from its columns; `order_of` maps a column to the order of its parts."""
    by_part = {A_PART.get(each.reading, WHOLE): each.name for each in columns}
    doubt = by_part.get((DOUBT, ""), "")
    doubted = f", doubted = {text('{' + doubt + '}')}" if doubt else ""

    def one(end: str) -> str:
        if whole := by_part.get((end, "")):
            order = f", order = {text(order_of[whole])}" if order_of.get(whole) else ""
            return f"{{ date = {text('{' + whole + '}')}{order}{doubted} }}"
        names = [by_part[end, part] for part in PARTS if (end, part) in by_part]
        return f"{{ date = {listed('{' + name + '}' for name in names)}, unknown = {listed(NOTHING)}{doubted} }}"

    if (BEGINNING, "") in by_part or (BEGINNING, "year") in by_part:
        ends = [one(end) for end in (BEGINNING, END) if any(each == end for each, _ in by_part)]
        return f"{{ span = [{', '.join(ends)}] }}" if len(ends) == 2 else ends[0]
    return one("")
