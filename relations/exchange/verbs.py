"""The verbs of recipes.

{of = "{status}", terms = {New = "new"}}     translates a term; else = what all other terms become
{of = "{kind}", words = {tank = "…"}}        the entry for the first of these words that the text contains
{if = "{a}", then = "…", else = "…"}         depends on whether the text is empty
{less = ["{a}", "{b}"], then =, else = "…"}  if the first number is less than the second
{date = ["{y}", "{m}", "{d}"], unknown = ["-9"], doubted = "{y?}"}
{span = ["{from}", "{to}"]}                  an interval between two dates
{years = "{Year(s) of delivery}"}            an interval over the listed years; with `gaps` they are named in words
{country = "{ccode}", scheme = "cow", on = "{date}"}, {party = …}, {dyad = ["{a}", "{b}"]}
{split = "{hosts}", at = ";", into = {party = "{piece}"}, role = "host"}   applied to each piece of a cell, and joined
{figure = "{number}", estimated = "{n?}", unit = "pieces", missing = "uncounted"}
{each = …}, {sum = …}, {earliest = …}, {latest = …}, {any = …}, {first = …}   combine the rows of one record
"""

import re
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

from relations.dates import FuzzyDateError
from relations.exchange.cell_errors import CellError, none_of
from relations.exchange.date_verbs import dated, gap_years, is_yes, span, years
from relations.exchange.parties import OWN
from relations.exchange.readers import fuzzy_date, number
from relations.exchange.recipes import PIECE, ProfileError, Recipe, RecipeBuilder, RecipeError, Rows, Verb, columns_read
from relations.exchange.written_figures import MARKS, figure_in_words, number_written
from relations.exchange.written_figures import WORDS as IN_WORDS
from relations.models.figure import FigureValue, without_zeros
from relations.models.vocabularies import Qualifier

CODE = re.compile(r"[A-Z]{3}")
MISSING_HERE = "leave the cell empty"


def terms(builder: RecipeBuilder, spec: dict[str, Any], where: str) -> Recipe:
    source = builder.recipe(spec["of"], where)
    table, words = spec.get("terms", {}), spec.get("words", {})
    if not isinstance(table, dict) or not isinstance(words, dict) or not (table or words):
        raise ProfileError(f"{where}: give terms or words, each with what it becomes.")
    becomes = {str(term): builder.recipe(value, where) for term, value in table.items()}
    sought = [(re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE), text) for word, text in words.items()]
    otherwise = builder.recipe(spec["else"], where) if "else" in spec else None

    def make(rows: Rows) -> str:
        text = source.apply(rows)
        if text in becomes:
            return becomes[text].apply(rows)
        for pattern, word in sought:
            if pattern.search(text):
                return str(word)
        if otherwise:
            return otherwise.apply(rows)
        if not text and not table:
            return ""
        raise CellError(none_of(text, [*becomes, *words], "the profile"))

    return Recipe(make, columns_read([source, *([otherwise] if otherwise else [])]))


def condition(builder: RecipeBuilder, spec: dict[str, Any], where: str) -> Recipe:
    compared = builder.several(spec["if"] if "if" in spec else spec["less"], where)
    then, otherwise = (builder.recipe(spec.get(name, ""), where) for name in ("then", "else"))
    if "less" in spec and len(compared) != 2:
        raise ProfileError(f"{where}: less compares two numbers.")

    def make(rows: Rows) -> str:
        texts = [each.apply(rows) for each in compared]
        if "if" in spec:
            is_met = all(texts)
        else:
            one, other = (number(text, MISSING_HERE) if text else None for text in texts)
            is_met = one is not None and other is not None and one < other
        return (then if is_met else otherwise).apply(rows)

    return Recipe(make, columns_read([*compared, then, otherwise]))


def names_in(spec: dict[str, Any], where: str) -> dict[str, str | list[str]]:
    """The meanings of names in a spec: a country, an actor, or a list of countries, of which one existed on the day."""
    names = spec.get("names", {})
    if not isinstance(names, dict):
        raise ProfileError(f"{where}.names: give names, each with who is meant.")
    return {name: [*map(str, who)] if isinstance(who, list) else str(who) for name, who in names.items()}


def on_its_day(who: Callable[[str], str], day: Recipe, rows: Rows) -> str:
    """Calls `who` with the day of the rows; an invalid day is reported with the columns of the day."""
    try:
        return who(day.apply(rows))
    except FuzzyDateError as error:
        raise RecipeError(str(error), day.columns, day.read(rows)) from None


def country(builder: RecipeBuilder, spec: dict[str, Any], where: str) -> Recipe:
    source, day = (builder.recipe(spec.get(name, ""), where) for name in ("country", "on"))
    scheme, alone, names = str(spec.get("scheme", "")), bool(spec.get("alone")), names_in(spec, where)
    builder.parties.check_scheme(scheme, where)

    def make(rows: Rows) -> str:
        text = source.apply(rows)
        who = names.get(text, text)
        if isinstance(who, list):
            return on_its_day(lambda on: builder.parties.one_of(who, text, on), day, rows)
        by = OWN if text in names and builder.parties.is_own(who) else scheme
        return on_its_day(lambda on: builder.parties.country(who, by, on, alone), day, rows) if who else ""

    return Recipe(make, source.columns)


def party(builder: RecipeBuilder, spec: dict[str, Any], where: str) -> Recipe:
    source, day = (builder.recipe(spec.get(name, ""), where) for name in ("party", "on"))
    names = names_in(spec, where)
    unnamed = {str(name): str(words) for name, words in spec.get("unnamed", {}).items()}
    marks, scheme = str(spec.get("marks", "")), str(spec.get("scheme", ""))
    builder.parties.check_scheme(scheme, where)

    def make(rows: Rows) -> str:
        text = source.apply(rows)
        if not text:
            return ""
        if text in unnamed:
            return builder.parties.unnamed(unnamed[text])
        if marks and text.endswith(tuple(marks)):
            return builder.parties.actor_or_unnamed(text.rstrip(marks + " "))
        who = names.get(text, text)
        if isinstance(who, list):
            return on_its_day(lambda on: builder.parties.one_of(who, text, on), day, rows)
        if text in names and who.startswith("actor/"):
            return builder.parties.actor_named(who.removeprefix("actor/"))
        by = OWN if text in names and builder.parties.is_own(who) else scheme
        return on_its_day(lambda on: builder.parties.party(who, by, on), day, rows)

    return Recipe(make, source.columns)


def pieces(builder: RecipeBuilder, spec: dict[str, Any], where: str) -> Callable[[Rows], Rows]:
    """A function that returns the row once for each piece of a cell, with the piece as a named value."""
    source = builder.recipe(spec["split"], where)
    marks = spec.get("at", ";")
    marks = marks if isinstance(marks, list) else [marks]
    if not marks or not all(isinstance(mark, str) and mark for mark in marks):
        raise ProfileError(f"{where}.at: give what parts the pieces.")
    parting = re.compile("|".join(map(re.escape, marks)), re.IGNORECASE)

    def cut(rows: Rows) -> Rows:
        found = filter(None, map(str.strip, parting.split(source.apply(rows))))
        return [rows[0].with_values(**{PIECE: piece}) for piece in dict.fromkeys(found)]

    return cut


def split(builder: RecipeBuilder, spec: dict[str, Any], where: str) -> Recipe:
    """The recipe that is applied to each piece of a cell; joins the results, each with its role if one is given."""
    cut, source = pieces(builder, spec, where), builder.recipe(spec["split"], where)
    with builder.with_name(PIECE):
        into = builder.recipe(spec.get("into", f"{{{PIECE}}}"), where)
    role = f":{spec['role']}" if spec.get("role") else ""

    def make(rows: Rows) -> str:
        made = []
        for row in cut(rows):
            try:
                made.append(into.apply([row]))
            except RecipeError as error:
                raise RecipeError(str(error), error.columns or source.columns, error.value or row[PIECE]) from None
        return "; ".join(f"{text}{role}" for text in dict.fromkeys(filter(None, made)))

    return Recipe(make, columns_read([source, into]))


def dyad(builder: RecipeBuilder, spec: dict[str, Any], where: str) -> Recipe:
    sides = builder.several(spec["dyad"], where)
    if len(sides) != 2:
        raise ProfileError(f"{where}: a dyad is of two.")

    def make(rows: Rows) -> str:
        codes = sorted(side.apply(rows) for side in sides)
        if not all(CODE.fullmatch(code) for code in codes):  # a side is empty, an actor, or free text
            return ""
        if codes[0] == codes[1]:
            raise CellError(f"both sides are {codes[0]}")
        return "-".join(codes)

    return Recipe(make, columns_read(sides))


def figure(builder: RecipeBuilder, spec: dict[str, Any], where: str) -> Recipe:
    """The recipe of the five cells of a figure, one per line: low, high, qualifier, unit, missing."""
    amount, estimated = (builder.recipe(spec.get(name, ""), where) for name in ("figure", "estimated"))
    unit, missing = builder.recipe(spec.get("unit", ""), where), str(spec.get("missing", ""))
    style = str(spec.get("written", ""))
    if style not in ("", *MARKS, IN_WORDS):
        raise ProfileError(f"{where}.written: {none_of(style, [*MARKS, IN_WORDS])}.")

    def make(rows: Rows) -> str:
        text = amount.apply(rows)
        if not text:
            return f"\n\n\n\n{missing}"
        qualifier = "estimated" if is_yes(estimated.apply(rows)) else "exact"
        if style == IN_WORDS:
            return in_five_cells(figure_in_words(text), qualifier, unit.apply(rows))
        text = number_written(text, style) if style else text
        return f"{text}\n{text}\n{qualifier}\n{unit.apply(rows)}\n"

    return Recipe(make, columns_read([amount, estimated, unit]))


def in_five_cells(value: FigureValue, qualifier: str, unit: str) -> str:
    """The five cells of a figure that was written in words; `qualifier` and `unit` are the defaults."""
    if value.missing:
        return f"\n\n\n\n{value.missing}"
    numbers = ("" if each is None else without_zeros(each) for each in (value.low, value.high))
    stated = value.qualifier if value.qualifier != Qualifier.EXACT else qualifier
    return "\n".join([*numbers, stated, value.unit or unit, ""])


def aggregate(verb: str, take: Callable[[list[str]], str]) -> Callable[[RecipeBuilder, dict[str, Any], str], Recipe]:
    """The builder of a verb that combines the texts of several rows of a record."""

    def build(builder: RecipeBuilder, spec: dict[str, Any], where: str) -> Recipe:
        source = builder.recipe(spec[verb], where)
        return Recipe(lambda rows: take([source.apply([row]) for row in rows]), source.columns)

    return build


def total(texts: list[str]) -> str:
    numbers = [number(text, MISSING_HERE) for text in texts if text]
    return without_zeros(sum(numbers, Decimal())) if numbers else ""


def by_day(texts: list[str], pick: Any, bound: str) -> str:
    found = [date for text in texts if (date := fuzzy_date(text))]
    return str(pick(found, key=lambda each: getattr(each, bound))) if found else ""


VERBS = {
    "split": Verb(split, ("at", "into", "role")),
    "of": Verb(terms, ("terms", "words", "else")),
    "if": Verb(condition, ("then", "else")),
    "less": Verb(condition, ("then", "else")),
    "date": Verb(dated, ("unknown", "doubted", "order")),
    "span": Verb(span),
    "years": Verb(years, ("doubted",)),
    "gaps": Verb(gap_years),
    "country": Verb(country, ("scheme", "on", "names", "alone")),
    "party": Verb(party, ("scheme", "on", "names", "unnamed", "marks")),
    "dyad": Verb(dyad),
    "figure": Verb(figure, ("estimated", "unit", "missing", "written")),
    "each": Verb(aggregate("each", lambda texts: "; ".join(dict.fromkeys(filter(None, texts))))),
    "sum": Verb(aggregate("sum", total)),
    "earliest": Verb(aggregate("earliest", partial(by_day, pick=min, bound="earliest"))),
    "latest": Verb(aggregate("latest", partial(by_day, pick=max, bound="latest"))),
    "any": Verb(aggregate("any", lambda texts: "true" if any(map(is_yes, texts)) else "false")),
    "first": Verb(aggregate("first", lambda texts: next(filter(None, texts), ""))),
}
