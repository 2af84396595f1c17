"""Profiles: how a foreign table becomes records, as a TOML file says it (docs/tables.md)."""

import codecs
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from relations.exchange.columns import COLUMNS, collection_of
from relations.exchange.recipes import LINE, NAMED, PIECE, ProfileError
from relations.exchange.rows import Model
from relations.exchange.slips import did_you_mean, none_of
from relations.models import Record
from relations.models.figure import figures_of
from relations.text import TextError, prose

SHIPPED = Path(__file__).parent / "profiles"
FORMS = ("table", "csl-json")
MODELS: dict[str, Model] = {collection_of(model): model for model in COLUMNS}
OF_WORDS = ("terms", "words", "names", "unnamed")  # parts of a recipe whose keys are words of the table, and no verbs
PARTIES = ("supplier", "recipient")  # cells that take a country, an actor, or words


@dataclass(frozen=True)
class RecordOf:
    """One kind of record that rows become: a type, what its cells are made of, and which rows make one together."""

    model: Model
    cells: dict[str, Any]
    where: str
    group: Any = None
    spells: dict[str, Any] | None = None
    needs: Any = None
    why: str = ""  # nothing is made where `needs` is empty
    dyad: Any = None
    locator: Any = "row {line}"
    cites: str = ""
    repeated: str = "refuse"


@dataclass(frozen=True)
class Profile:
    """A profile as its author wrote it."""

    name: str
    title: str
    about: str = ""
    form: str = "table"
    encoding: str = "utf-8"
    delimiter: str = ","
    sheet: str = ""
    missing: tuple[str, ...] = ()
    columns: frozenset[str] = frozenset()
    also: tuple[str, ...] = ()
    source: dict[str, Any] = field(default_factory=dict)
    skips: tuple[tuple[str, tuple[str, ...], str], ...] = ()  # column, values, why
    values: dict[str, Any] = field(default_factory=dict)
    records: tuple[RecordOf, ...] = ()
    names: dict[str, Any] = field(default_factory=dict)  # who is meant, in whichever column
    unnamed: dict[str, Any] = field(default_factory=dict)
    text: str = ""

    @property
    def models(self) -> tuple[Model, ...]:
        """The types that its rows become."""
        return tuple(dict.fromkeys(each.model for each in self.records))


def read_profile(name: str, text: str) -> Profile:
    """The profile that a TOML text describes; the first slip in it is told with its place."""
    try:
        text = prose(text)
        said = tomllib.loads(text)
    except (TextError, tomllib.TOMLDecodeError) as error:
        raise ProfileError(f"{name}: {error}.") from None
    try:
        return profile_of(name, said, text)
    except ProfileError as error:
        raise ProfileError(f"profile {name}: {error}") from None


def profile_of(name: str, said: dict[str, Any], text: str) -> Profile:
    """A profile of what its TOML says, in which every name is known."""
    known(said, "", {"title", "about", "also", "file", "source", "skip", "values", "records", "names", "unnamed"})
    file = part(said, "file", dict)
    known(file, "file", {"form", "encoding", "delimiter", "sheet", "missing", "columns"})
    if (form := file.get("form", "table")) not in FORMS:
        raise ProfileError(f"file.form: one of {', '.join(FORMS)}.")
    try:
        codecs.lookup(encoding := str(file.get("encoding", "utf-8")))
    except LookupError:
        raise ProfileError(f"file.encoding: {encoding} is none that Python knows.") from None
    delimiter = str(file.get("delimiter", ","))
    if len(delimiter) != 1:
        raise ProfileError("file.delimiter: one character.")
    names, unnamed = part(said, "names", dict), part(said, "unnamed", dict)
    records = tuple(record_of(each, f"records {n}") for n, each in enumerate(part(said, "records", list), 1))
    records = tuple(replace(each, cells=knowing_all(each.cells, names, unnamed)) for each in records)
    if not records:
        raise ProfileError("it makes no records: give [[records]].")
    values, skips = knowing_all(part(said, "values", dict), names, unnamed), tuple(skips_of(part(said, "skip", list)))
    source = part(said, "source", dict)
    if source:
        cells_known(MODELS["sources"], source, "source")
        if "key" not in source:
            raise ProfileError("source: give its key.")
    if not source and any(each.cites or issubclass(each.model, Record) for each in records):
        raise ProfileError("give a [source], which every record cites.")
    read = {column for column, _, _ in skips} | set(columns_in(values)) - values.keys()
    for each in records:
        parts = (each.cells, each.group, each.spells, each.needs, each.dyad, each.locator)
        of_spells = {"began", "ended", "value", "first", "last"} if each.spells else set()
        read |= set(columns_in(parts)) - values.keys() - of_spells - {LINE}
    named = file.get("columns", [])
    return Profile(
        name=name,
        title=str(said.get("title", name)),
        about=str(said.get("about", "")).strip(),
        form=form,
        encoding=encoding,
        delimiter=delimiter,
        sheet=str(file.get("sheet", "")),
        missing=tuple(map(str, file.get("missing", []))),
        columns=frozenset([*read, *named]),
        also=tuple(said.get("also", [])),
        source=source,
        skips=skips,
        values=values,
        records=records,
        names=names,
        unnamed=unnamed,
        text=text,
    )


def knowing_all(recipes: dict[str, Any], names: dict[str, Any], unnamed: dict[str, Any]) -> dict[str, Any]:
    """Recipes by their names, in which every country and party knows who is meant."""
    return {name: knowing(said, names, unnamed) for name, said in recipes.items()}


def knowing(said: Any, names: dict[str, Any], unnamed: dict[str, Any]) -> Any:
    """A recipe in which every country and party knows who is meant; what one of them says itself goes before.

    A column of countries knows neither actors nor words.
    """
    if isinstance(said, list):
        return [knowing(each, names, unnamed) for each in said]
    if not isinstance(said, dict):
        return said
    if "party" in said:
        both = {"names": names, "unnamed": unnamed}
        return said | {part: table | said.get(part, {}) for part, table in both.items() if table}
    if "country" in said:
        countries = {name: who for name, who in names.items() if not str(who).startswith("actor/")}
        return said | ({"names": countries | said.get("names", {})} if countries else {})
    return {name: each if name in OF_WORDS else knowing(each, names, unnamed) for name, each in said.items()}


def record_of(said: Any, where: str) -> RecordOf:
    """One of [[records]]."""
    if not isinstance(said, dict):
        raise ProfileError(f"{where}: a table.")
    names = {"of", "cells", "group", "spells", "needs", "why", "dyad", "locator", "cites", "repeated"}
    known(said, where, names)
    if (of := said.get("of", "")) not in MODELS:
        raise ProfileError(f"{where}.of: {none_of(str(of), MODELS)}.")
    cells = part(said, "cells", dict, where)
    cells_known(MODELS[of], cells, f"{where}.cells")
    if said.get("repeated", "refuse") not in ("refuse", "number"):
        raise ProfileError(f"{where}.repeated: refuse or number.")
    if "group" in said and "spells" in said:
        raise ProfileError(f"{where}: spells are groups already; leave group out.")
    given = {name: said[name] for name in names - {"of", "cells"} if name in said}
    return RecordOf(MODELS[of], cells, where, **given)


def cells_known(model: Model, cells: dict[str, Any], where: str) -> None:
    """Refuses a cell of no column that can be written; a figure and a party of a deal are one cell each."""
    names = {column.name for column in COLUMNS[model] if column.writes and column.only_for != "public"}
    names = (names - {"citations", "state"}) | set(figures_of(model))
    known(cells, where, names)


def known(said: dict[str, Any], where: str, names: set[str]) -> None:
    """Refuses what nobody knows, and says what is near."""
    if unknown := sorted(said.keys() - names):
        at = f"{where}.{unknown[0]}" if where else unknown[0]
        raise ProfileError(
            f"{at}: there is no such thing{did_you_mean(unknown[0], names)}; {', '.join(sorted(names))}."
        )


def part(said: dict[str, Any], name: str, kind: type, where: str = "") -> Any:
    """A part of a profile, empty where it is not given."""
    found = said.get(name, kind())
    if not isinstance(found, kind):
        raise ProfileError(f"{where + '.' if where else ''}{name}: a {'table' if kind is dict else 'list'}.")
    return found


def skips_of(said: list[Any]) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Which rows make no records, and why."""
    for number, each in enumerate(said, 1):
        where = f"skip {number}"
        if not isinstance(each, dict) or each.keys() != {"column", "values", "why"}:
            raise ProfileError(f"{where}: give column, values and why.")
        yield str(each["column"]), tuple(map(str, each["values"])), str(each["why"])


def columns_in(said: Any) -> Iterator[str]:
    """The names in braces, wherever they stand, without that of a piece of a cell that is split."""
    if isinstance(said, str):
        yield from NAMED.findall(said)
    elif isinstance(said, dict):
        names = (name for each in said.values() for name in columns_in(each))
        yield from (name for name in names if name != PIECE or "split" not in said)
    elif isinstance(said, list | tuple):
        for each in said:
            yield from columns_in(each)


@cache
def shipped() -> dict[str, Profile]:
    """The profiles that come with the program."""
    return {
        path.stem: read_profile(path.stem, path.read_text(encoding="utf-8")) for path in sorted(SHIPPED.glob("*.toml"))
    }
