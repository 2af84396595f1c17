"""Fixture files: YAML with natural keys, read more strictly than `loaddata` reads them, so that each slip is named.

What the rows change in the register is decided in `relations/coding/loading.py`.
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models

from relations.models import (
    Actor,
    ArmsTransfer,
    Citation,
    Country,
    CountryCode,
    Event,
    EventFigure,
    Mission,
    Observation,
    Participation,
    Passage,
    Relation,
    RelationPeriod,
    Source,
    Succession,
)
from relations.models.keyed import Part

DIRECTORY = settings.BASE_DIR / "fixtures"
# What other files refer to is loaded first; the rest follows by name.
FIRST = ("sources", "countries", "actors", "document")

# Every model a fixture may hold, before the models that refer to it.
IN_ORDER: tuple[Any, ...] = (
    *(Source, Country, CountryCode, Succession, Actor, Passage, Relation),
    *(RelationPeriod, Mission, Event, Participation, EventFigure, ArmsTransfer, Observation, Citation),
)
MODELS = {f"relations.{model._meta.model_name}": model for model in IN_ORDER}
KEYS: dict[type[models.Model], tuple[str, ...]] = {model: model.natural_key_fields for model in IN_ORDER}
# Parts, with the columns of which one names their owner.
OWNERS: dict[type[models.Model], tuple[str, ...]] = {
    model: model.owner_fields for model in IN_ORDER if issubclass(model, Part)
}

Model = type[models.Model]
Key = Hashable  # the one value of a key of one column, else a tuple; a reference stands in it as the key it refers to
Unit = tuple[Model, Key]  # a record, thing or passage, by its key, together with its parts


class FixtureError(Exception):
    """What is wrong with the fixtures, one line for each slip."""


@cache
def columns_of(model: Model) -> dict[str, models.Field]:
    """The columns a fixture says: what PostgreSQL computes or stamps is not among them."""
    return {
        field.name: field
        for field in model._meta.concrete_fields
        if (field.primary_key and not field.auto_created)
        or (field.serialize and field.editable and not field.generated)  # type: ignore[attr-defined]
    }


def key_of(model: Model, values: dict[str, Any]) -> Key:
    """What identifies a row among those of its model."""
    key = tuple(values[name] for name in KEYS[model])
    return key[0] if len(key) == 1 else key


def unit_of(model: Model, values: dict[str, Any]) -> Unit:
    """The owner of a row; a row that is no part owns itself."""
    for name in OWNERS.get(model, ()):
        if values[name] is not None:
            return related(columns_of(model)[name]), values[name]
    return model, key_of(model, values)


def related(field: models.Field) -> Model:
    """The model that a foreign key refers to."""
    return cast("Model", field.related_model)


def named(model: Model, key: Key) -> str:
    """A row in words: `event nasser-visits-pyongyang`."""
    return " ".join([str(model._meta.verbose_name), *dict.fromkeys(words_of(key))])


def words_of(key: Key) -> list[str]:
    """The filled columns of a key."""
    if isinstance(key, tuple):
        return [word for part in key for word in words_of(part)]
    return [] if key in (None, "") else [str(key)]


@dataclass(frozen=True)
class Row:
    """One row of a fixture file: every column with its value, a reference as the key of what it refers to."""

    model: Model
    values: dict[str, Any]
    place: str

    @property
    def key(self) -> Key:
        return key_of(self.model, self.values)

    @property
    def unit(self) -> Unit:
        return unit_of(self.model, self.values)

    def __str__(self) -> str:
        return f"{self.place}, {named(self.model, self.key)}"


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML in which a name given twice is an error, not silently the last one."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        names = [name.value for name, _ in node.value]
        if repeated := next((name for name in names if names.count(name) > 1), None):
            raise FixtureError(f"line {node.start_mark.line + 1}: {repeated} is given twice.")
        return super().construct_mapping(node, deep)


def fixture_files(directory: Path = DIRECTORY) -> list[Path]:
    """The files in the order in which `loaddata` can load them, too."""

    def place(path: Path) -> tuple[int, str]:
        return (FIRST.index(path.stem) if path.stem in FIRST else len(FIRST), path.name)

    return sorted(directory.glob("*.yaml"), key=place)


def read_fixtures(directory: Path = DIRECTORY) -> list[Row]:
    """All rows of all files; every slip in them is named at once."""
    rows: dict[tuple[Model, Key], Row] = {}
    slips: list[str] = []
    files = fixture_files(directory)
    if not files:
        slips.append(f"{directory} holds no fixtures (*.yaml).")
    for path in files:
        try:
            entries = yaml.load(path.read_text(encoding="utf-8"), Loader) or []  # noqa: S506 - a SafeLoader
        except (FixtureError, UnicodeDecodeError, yaml.YAMLError) as error:
            slips.append(f"{path.name}, {' '.join(str(error).split())}")
            continue
        if not isinstance(entries, list):
            slips.append(f"{path.name}: a file is a list of entries.")
            continue
        for number, entry in enumerate(entries, start=1):
            row = read_row(entry, f"{path.name}, entry {number}", slips)
            if row and (first := rows.setdefault((row.model, row.key), row)) is not row:
                slips.append(f"{row}: is given twice, first in {first.place}.")
    if slips:
        raise FixtureError("\n".join(slips))
    return list(rows.values())


def read_row(entry: Any, place: str, slips: list[str]) -> Row | None:
    """One entry of a file; None where it has slips, which are appended to the others."""
    where = place
    found = list(slips_of_entry(entry))
    if not found:
        model = MODELS[entry["model"]]
        given = dict(entry.get("fields") or {})
        if "pk" in entry:
            given[model._meta.pk.name] = entry["pk"]
        where = f"{place}, {model._meta.verbose_name} {given.get(KEYS[model][0], '')}".rstrip()
        columns = columns_of(model)
        found += [f"{name}: there is no such column to fill." for name in given if name not in columns]
        values = {}
        for name, field in columns.items():
            try:
                values[name] = read_value(field, given[name]) if name in given else default(field)
            except ValidationError as error:
                found.append(f"{name}: {' '.join(error.messages)}")
        if not found:
            return Row(model, values, place)
    slips += [f"{where}, {slip}" for slip in found]
    return None


def slips_of_entry(entry: Any) -> Iterator[str]:
    """What is wrong with an entry as a whole."""
    if not isinstance(entry, dict) or not isinstance(entry.get("fields", {}), dict) or "model" not in entry:
        yield "an entry has a model and fields."
        return
    model = MODELS.get(str(entry["model"]))
    if unknown := entry.keys() - {"model", "pk", "fields"}:
        yield f"{', '.join(map(str, unknown))}: an entry has a model and fields."
    if model is None:
        yield f"model {entry['model']} is not one that fixtures hold."
    elif "pk" in entry and model is not Country:
        yield "pk: rows are identified by their natural key; leave it out."


def default(field: models.Field) -> Any:
    """The value of a column that is not given."""
    if field.is_relation:
        return None if field.null else field.clean(None, None)
    return field.clean(field.get_default(), None)


def read_value(field: models.Field, value: Any) -> Any:
    """A value as the column holds it, refused unless YAML read it as what the column is."""
    if value is None and field.null:
        return None
    if field.is_relation:
        return read_reference(related(field), value)
    if isinstance(field, models.CharField | models.TextField):
        expected = isinstance(value, str), "text: put it in quotes"
    elif isinstance(field, models.BooleanField):
        expected = isinstance(value, bool), "true or false"
    elif isinstance(field, models.DecimalField):
        expected = isinstance(value, int | float | str) and not isinstance(value, bool), "a number"
    elif isinstance(field, ArrayField):
        expected = (
            isinstance(value, list) and all(isinstance(item, str) for item in value),
            "a list of texts: put each in quotes",
        )
    else:
        expected = isinstance(value, int) and not isinstance(value, bool), "a whole number without quotes"
    is_expected, wording = expected
    if not is_expected:
        raise ValidationError(f"YAML reads {value!r}, which is not {wording}.")
    return field.clean(value, None)


def read_reference(model: Model, value: Any) -> Key:
    """The key of the row that a foreign key names: the code of a country, a list of the key's columns of all others."""
    if model is Country:
        if isinstance(value, str):
            return value
        raise ValidationError(f"YAML reads {value!r}, which is not the code of a country: put it in quotes.")
    names = KEYS[model]
    if isinstance(value, list) and len(value) == len(names) and all(isinstance(part, str) for part in value):
        return value[0] if len(value) == 1 else tuple(value)
    raise ValidationError(f"YAML reads {value!r}; write [{', '.join(names)}], each in quotes.")
