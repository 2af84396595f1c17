"""The verbs of recipes for dates: from one cell or several, in any order or in words, and from lists of years."""

import re
from typing import Any

from relations.exchange.cell_errors import CellError, quoted
from relations.exchange.readers import date_in_words, fuzzy_date
from relations.exchange.recipes import ProfileError, Recipe, RecipeBuilder, Rows, columns_read

YEAR = re.compile(r"[0-9]{4}")
EIGHT_DIGITS = re.compile("([0-9]{4})([0-9]{2})([0-9]{2})")  # as ISO and data sets of events write a day
OF_PROGRAMS = re.compile(r"^([0-9]{1,4})\.0$|(?<=[0-9])[ T]00:00(?::00(?:\.0+)?)?$")
WORDS = "words"  # as an `order`: the date is written in words, such as 3 March 1973
PARTS_OF_DATES = ("year", "month", "day")
YES, NO = {"?", "yes", "y", "true", "1", "x"}, {"", "no", "n", "false", "0"}


def is_yes(text: str) -> bool:
    """Whether a cell means yes; raises CellError if it means neither yes nor no."""
    if text.casefold() in YES:
        return True
    if text.casefold() in NO:
        return False
    raise CellError(f"{quoted(text)} says neither yes nor no")


def without_traces(text: str) -> str:
    """A date, or its year, month or day, without what programs append: midnight, or the decimal of 1973.0."""
    return OF_PROGRAMS.sub(r"\1", text)


def padded(text: str, digits: int) -> str:
    """A year, month or day padded with zeros; any other text, such as 1973², unchanged."""
    return f"{int(text):0{digits}}" if re.fullmatch("[0-9]{1,4}", text) else text


def parts_in_order(text: str, order: list[str]) -> list[str]:
    """The year, month and day of a date in one cell; month and day are empty if the cell does not have them."""
    pieces = re.split(r"[-/. ]+", text)
    given = [name for name in order if name in PARTS_OF_DATES[: len(pieces)]]
    named = dict(zip(given, pieces, strict=False))
    if len(pieces) > len(order) or not YEAR.fullmatch(named["year"]):
        raise CellError(f"{quoted(text)} is not written as {'-'.join(order)}")
    return [named.get(name, "") for name in PARTS_OF_DATES]


def dated(builder: RecipeBuilder, spec: dict[str, Any], where: str) -> Recipe:
    parts, unknown = builder.several(spec["date"], where), {"", *map(str, spec.get("unknown", []))}
    doubted = builder.recipe(spec.get("doubted", ""), where)
    if spec.get("order") == WORDS:
        return date_in_words_recipe(parts, doubted, where)
    order = str(spec["order"]).split("-") if spec.get("order") else []
    if order and sorted(order) != sorted(PARTS_OF_DATES):
        raise ProfileError(f"{where}: order puts year, month and day in a row, as in day-month-year, or is {WORDS}.")

    def make(rows: Rows) -> str:
        texts = [without_traces(part.apply(rows)) for part in parts]
        if len(texts) == 1 and not order and (of_eight := EIGHT_DIGITS.fullmatch(texts[0])):
            texts = [*of_eight.groups()]
        if order and texts[0] not in unknown:
            texts = parts_in_order(texts[0], order)
        known: list[str] = []
        for text in texts:
            if text in unknown:
                break
            known.append(padded(text, 2 if known else 4))
        if not known:
            return ""
        return fuzzy_date("-".join(known) + ("?" if is_yes(doubted.apply(rows)) else ""))

    return Recipe(make, columns_read([*parts, doubted]))


def date_in_words_recipe(parts: list[Recipe], doubted: Recipe, where: str) -> Recipe:
    """The recipe of a date that a cell has in words."""
    if len(parts) != 1:
        raise ProfileError(f"{where}: a date in words stands in one cell.")

    def make(rows: Rows) -> str:
        date = str(date_in_words(without_traces(parts[0].apply(rows))))
        return str(fuzzy_date(f"{date}?")) if date and is_yes(doubted.apply(rows)) else date

    return Recipe(make, columns_read([*parts, doubted]))


def span(builder: RecipeBuilder, spec: dict[str, Any], where: str) -> Recipe:
    ends = builder.several(spec["span"], where)
    if len(ends) != 2:
        raise ProfileError(f"{where}: a span is from one date to another.")

    def make(rows: Rows) -> str:
        first, last = (end.apply(rows) for end in ends)
        return first if first == last else f"{first}/{last}"

    return Recipe(make, columns_read(ends))


def years(builder: RecipeBuilder, spec: dict[str, Any], where: str) -> Recipe:
    source = builder.recipe(spec["years"], where)
    doubted = builder.recipe(spec.get("doubted", ""), where)

    def make(rows: Rows) -> str:
        text = source.apply(rows)
        found = [each.strip() for each in re.split("[;,]", text) if each.strip()]
        if odd := next((each for each in found if not YEAR.fullmatch(each)), ""):
            raise CellError(f"{quoted(odd)} is no year")
        mark = "?" if found and is_yes(doubted.apply(rows)) else ""
        ends = dict.fromkeys(f"{year}{mark}" for year in (min(found), max(found))) if found else ()
        return "/".join(ends)

    return Recipe(make, columns_read([source, doubted]))


def gap_years(builder: RecipeBuilder, spec: dict[str, Any], where: str) -> Recipe:
    """The recipe for listed years with gaps, as a phrase: “1962, 1963 and 1965”; empty if there are no gaps."""
    source = builder.recipe(spec["gaps"], where)

    def make(rows: Rows) -> str:
        found = sorted({*YEAR.findall(source.apply(rows))})
        if not found or int(found[-1]) - int(found[0]) == len(found) - 1:
            return ""
        return f"{', '.join(found[:-1])} and {found[-1]}"

    return Recipe(make, source.columns)
