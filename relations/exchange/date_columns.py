"""Dates that stand in several columns: a year, a month and a day, or the beginning and the end of what lasted.

Each of the columns becomes the date, and is read as a part of it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from relations.exchange.seen import SeenColumn
from relations.exchange.toml import listed, text

PARTS = ("year", "month", "day")
BEGINNING, END, DOUBT = "beginning", "end", "whether it is doubted"
DOUBTED = "date: whether it is doubted"
# By how a column is read: of which end of the date it is, empty where it has but one, and which part of that.
A_PART: dict[str, tuple[str, str]] = {
    **{f"date: its {part}": ("", part) for part in PARTS},
    **{f"date: its {end}": (end, "") for end in (BEGINNING, END)},
    **{f"date: the {part} of its {end}": (end, part) for end in (BEGINNING, END) for part in PARTS},
    DOUBTED: (DOUBT, ""),
}
WHOLE = ("", "")  # a date in one column
READ_AS = {what: reading for reading, what in A_PART.items()}
NOTHING = ["0", "00"]  # of a month or day that nobody knows
# What tables of the field put before “year”, “month” and “day”.
OF_PART = re.compile(r"(.*?) ?\b(year|yr|month|mon|mo|mth|day|dy)s?|(st|end|start|e|s)(year|mon|month|day)")
IN_FULL = {"y": "year", "m": "month", "d": "day"}
FIRST = re.compile("st|s|start|started|begin|began|beginning|from|first|since|opened|opening|open|order|ordered")
LAST = re.compile("e|end|ended|ending|to|until|last|closed|closing|close|delivery|delivered|del")


def part_named(words: str) -> tuple[str, str]:
    """What comes before “year”, “month” or “day” in the name of a column, and which of these; nothing for others."""
    match = OF_PART.fullmatch(words)
    if match is None:
        return "", ""
    before, part = (match[1], match[2]) if match[2] else (match[3], match[4])
    return before, IN_FULL[part[0]]


def sets_of_parts(named: Iterable[tuple[str, SeenColumn]]) -> dict[str, dict[str, SeenColumn]]:
    """The columns, with their names in words, that are year, month and maybe day of one date, by what leads them."""
    found: dict[str, dict[str, SeenColumn]] = {}
    for words, column in named:
        before, part = part_named(words)
        if part:
            found.setdefault(before, {}).setdefault(part, column)
    return {before: parts for before, parts in found.items() if {"year", "month"} <= parts.keys()}


def end_of(before: str) -> str:
    """Whether words lead the beginning of something, or its end."""
    words = before.split()
    if any(map(FIRST.fullmatch, words)):
        return BEGINNING
    return END if any(map(LAST.fullmatch, words)) else ""


def why_no_date(target: str, columns: Sequence[SeenColumn]) -> Iterator[str]:
    """What is wrong with the columns that are to become a date together."""
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
    """The recipe for a date of its columns; `order_of` has in which order a column is written, by its name."""
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
