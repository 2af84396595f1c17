"""Profiles: TOML files that say how a foreign table becomes records (docs/tables.md)."""

import codecs
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from relations.exchange.cell_errors import did_you_mean, none_of
from relations.exchange.columns import COLUMNS, collection_of
from relations.exchange.recipes import LINE, NAMED, PIECE, ProfileError
from relations.exchange.rows import Model
from relations.models import Record
from relations.models.figure import figures_of
from relations.text import TextError, prose

SHIPPED = Path(__file__).parent / "profiles"
FORMS = ("table", "csl-json")
MODELS: dict[str, Model] = {collection_of(model): model for model in COLUMNS}
OF_WORDS = ("terms", "words", "names", "unnamed")  # options of a recipe whose keys are words of the table, not verbs
PARTIES = ("supplier", "recipient")  # cells that take a country, an actor, or free text


@dataclass(frozen=True)
class RecordOf:
    """One of [[records]]: a record type, the specs of its cells, and which rows make one record together."""

    model: Model
    cells: dict[str, Any]
    where: str
    group: Any = None
    spells: dict[str, Any] | None = None
    needs: Any = None
    why: str = ""  # the reason shown for rows that are skipped because `needs` is empty
    dyad: Any = None
    locator: Any = "row {line}"
    cites: str = ""
    repeated: str = "refuse"


@dataclass(frozen=True)
class Profile:
    """A parsed profile."""

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
    skips: tuple[tuple[str, tuple[str, ...], str], ...] = ()  # column, its values in skipped rows, the reason
    values: dict[str, Any] = field(default_factory=dict)
    records: tuple[RecordOf, ...] = ()
    names: dict[str, Any] = field(default_factory=dict)  # meanings of names, for all columns
    unnamed: dict[str, Any] = field(default_factory=dict)
    text: str = ""

    @property
    def models(self) -> tuple[Model, ...]:
        """The models of its records."""
        return tuple(dict.fromkeys(each.model for each in self.records))


def read_profile(name: str, text: str) -> Profile:
    """Parses a profile; raises ProfileError for the first error in it, with its place."""
    try:
        text = prose(text)
        spec = tomllib.loads(text)
    except (TextError, tomllib.TOMLDecodeError) as error:
        raise ProfileError(f"{name}: {error}.") from None
    try:
        return profile_of(name, spec, text)
    except ProfileError as error:
        raise ProfileError(f"profile {name}: {error}") from None


def profile_of(name: str, spec: dict[str, Any], text: str) -> Profile:
    """A profile from its parsed TOML; raises ProfileError if a name in it is unknown."""
    check_keys(spec, "", {"title", "about", "also", "file", "source", "skip", "values", "records", "names", "unnamed"})
    file = section(spec, "file", dict)
    check_keys(file, "file", {"form", "encoding", "delimiter", "sheet", "missing", "columns"})
    if (form := file.get("form", "table")) not in FORMS:
        raise ProfileError(f"file.form: one of {', '.join(FORMS)}.")
    try:
        codecs.lookup(encoding := str(file.get("encoding", "utf-8")))
    except LookupError:
        raise ProfileError(f"file.encoding: {encoding} is none that Python knows.") from None
    delimiter = str(file.get("delimiter", ","))
    if len(delimiter) != 1:
        raise ProfileError("file.delimiter: one character.")
    names, unnamed = section(spec, "names", dict), section(spec, "unnamed", dict)
    records = tuple(record_of(each, f"records {n}") for n, each in enumerate(section(spec, "records", list), 1))
    records = tuple(replace(each, cells=all_with_names(each.cells, names, unnamed)) for each in records)
    if not records:
        raise ProfileError("it makes no records: give [[records]].")
    values = all_with_names(section(spec, "values", dict), names, unnamed)
    skips = tuple(skips_of(section(spec, "skip", list)))
    source = section(spec, "source", dict)
    if source:
        check_cells(MODELS["sources"], source, "source")
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
        title=str(spec.get("title", name)),
        about=str(spec.get("about", "")).strip(),
        form=form,
        encoding=encoding,
        delimiter=delimiter,
        sheet=str(file.get("sheet", "")),
        missing=tuple(map(str, file.get("missing", []))),
        columns=frozenset([*read, *named]),
        also=tuple(spec.get("also", [])),
        source=source,
        skips=skips,
        values=values,
        records=records,
        names=names,
        unnamed=unnamed,
        text=text,
    )


def all_with_names(recipes: dict[str, Any], names: dict[str, Any], unnamed: dict[str, Any]) -> dict[str, Any]:
    """The specs with the names of the whole profile added to every `country` and `party` in them."""
    return {name: with_names(spec, names, unnamed) for name, spec in recipes.items()}


def with_names(spec: Any, names: dict[str, Any], unnamed: dict[str, Any]) -> Any:
    """A spec with the names of the profile added to every `country` and `party`; their own names take precedence.

    A `country` gets only the names that mean countries, not actors or free text.
    """
    if isinstance(spec, list):
        return [with_names(each, names, unnamed) for each in spec]
    if not isinstance(spec, dict):
        return spec
    if "party" in spec:
        both = {"names": names, "unnamed": unnamed}
        return spec | {part: table | spec.get(part, {}) for part, table in both.items() if table}
    if "country" in spec:
        countries = {name: who for name, who in names.items() if not str(who).startswith("actor/")}
        return spec | ({"names": countries | spec.get("names", {})} if countries else {})
    return {name: each if name in OF_WORDS else with_names(each, names, unnamed) for name, each in spec.items()}


def record_of(spec: Any, where: str) -> RecordOf:
    """Parses one of [[records]]."""
    if not isinstance(spec, dict):
        raise ProfileError(f"{where}: a table.")
    names = {"of", "cells", "group", "spells", "needs", "why", "dyad", "locator", "cites", "repeated"}
    check_keys(spec, where, names)
    if (of := spec.get("of", "")) not in MODELS:
        raise ProfileError(f"{where}.of: {none_of(str(of), MODELS)}.")
    cells = section(spec, "cells", dict, where)
    check_cells(MODELS[of], cells, f"{where}.cells")
    if spec.get("repeated", "refuse") not in ("refuse", "number"):
        raise ProfileError(f"{where}.repeated: refuse or number.")
    if "group" in spec and "spells" in spec:
        raise ProfileError(f"{where}: spells are groups already; leave group out.")
    given = {name: spec[name] for name in names - {"of", "cells"} if name in spec}
    return RecordOf(MODELS[of], cells, where, **given)


def check_cells(model: Model, cells: dict[str, Any], where: str) -> None:
    """Refuses names that are not writable columns; figures and the parties of a deal are one cell each."""
    names = {column.name for column in COLUMNS[model] if column.writes and column.only_for != "public"}
    names = (names - {"citations", "state"}) | set(figures_of(model))
    check_keys(cells, where, names)


def check_keys(spec: dict[str, Any], where: str, names: set[str]) -> None:
    """Refuses unknown keys, and suggests the nearest known one."""
    if unknown := sorted(spec.keys() - names):
        at = f"{where}.{unknown[0]}" if where else unknown[0]
        raise ProfileError(
            f"{at}: there is no such thing{did_you_mean(unknown[0], names)}; {', '.join(sorted(names))}."
        )


def section(spec: dict[str, Any], name: str, kind: type, where: str = "") -> Any:
    """A table or list of a profile, empty if it is not given; raises ProfileError if it is of another kind."""
    found = spec.get(name, kind())
    if not isinstance(found, kind):
        raise ProfileError(f"{where + '.' if where else ''}{name}: a {'table' if kind is dict else 'list'}.")
    return found


def skips_of(spec: list[Any]) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Parses [[skip]]: which rows are skipped, and why."""
    for number, each in enumerate(spec, 1):
        where = f"skip {number}"
        if not isinstance(each, dict) or each.keys() != {"column", "values", "why"}:
            raise ProfileError(f"{where}: give column, values and why.")
        yield str(each["column"]), tuple(map(str, each["values"])), str(each["why"])


def columns_in(spec: Any) -> Iterator[str]:
    """All names in braces in a spec, without `{piece}` inside of a `split`."""
    if isinstance(spec, str):
        yield from NAMED.findall(spec)
    elif isinstance(spec, dict):
        names = (name for each in spec.values() for name in columns_in(each))
        yield from (name for name in names if name != PIECE or "split" not in spec)
    elif isinstance(spec, list | tuple):
        for each in spec:
            yield from columns_in(each)


@cache
def shipped() -> dict[str, Profile]:
    """The profiles that come with the program, by name."""
    return {
        path.stem: read_profile(path.stem, path.read_text(encoding="utf-8")) for path in sorted(SHIPPED.glob("*.toml"))
    }
