"""Reads fixture files (YAML with natural keys), and reports every mistake with its file, entry and column.

`relations/coding/loading.py` compares the rows with the register and writes them.
"""

from collections.abc import Hashable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models

from relations.exchange.cell_errors import CellError
from relations.exchange.closed_lists import list_of
from relations.exchange.rows import (
    GIVEN_TWICE,
    NEEDED,
    NOWHERE,
    Key,
    Model,
    Place,
    Refusal,
    RefusedError,
    Row,
    Wanted,
    in_words,
    reasons_of,
)
from relations.models import Citation, Country
from relations.models.keyed import Part, key_lookups
from relations.models.owners import WRITTEN, part_models, references

EXAMPLE = settings.BASE_DIR / "fixtures"
REFERENCE = EXAMPLE / "reference"
DIRECTORY = EXAMPLE if settings.EXAMPLE else REFERENCE
MODELS: dict[str, Model] = {model._meta.label_lower: model for model in WRITTEN}


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """A YAML loader that refuses duplicate names in a mapping, of which YAML would silently keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        names = [name.value for name, _ in node.value]
        if repeated := next((name for name in names if names.count(name) > 1), None):
            raise yaml.MarkedYAMLError(problem=f"{repeated} is given twice", problem_mark=node.start_mark)
        return super().construct_mapping(node, deep)


@cache
def fields_to_fill(model: Model) -> dict[str, models.Field]:
    """The columns that a fixture may give: all except those that PostgreSQL computes or sets."""
    return {
        field.name: field
        for field in model._meta.concrete_fields
        if (field.primary_key and not field.auto_created)
        or (field.serialize and field.editable and not field.generated)  # type: ignore[attr-defined]
    }


def fixture_files(directory: Path = DIRECTORY) -> list[Path]:
    """The fixture files in a directory, at any depth. Their order has no meaning: rows are written by reference."""
    return sorted(directory.rglob("*.yaml"))


def read_fixtures(directory: Path = DIRECTORY) -> Wanted:
    """All rows of all files, with their parts; RefusedError lists all mistakes in them."""
    files = fixture_files(directory)
    slips = [] if files else [Refusal(NOWHERE, "", "", f"{directory} holds no fixtures (*.yaml).")]
    rows: dict[tuple[Model, Key], Row] = {}
    for words, entry in entries(files, slips):
        row = read_entry(entry, Place(len(rows) + len(slips) + 1, words), slips)
        if row and (first := rows.setdefault((row.model, row.key), row)) is not row:
            slips.append(Refusal(row.place, "", "", GIVEN_TWICE.format(first.place.words)))
    if slips:
        raise RefusedError(slips)
    wanted = Wanted(list(rows.values()))
    for row in wanted.rows:
        speaking = rows.get(row.owner, row)
        wanted.all_parts |= {(part, row.owner): (speaking, "") for part in part_models(row.owner[0])}
    return wanted


def entries(files: list[Path], slips: list[Refusal]) -> Iterator[tuple[str, Any]]:
    """The entries of all files, each with its place in words; a malformed file is reported in `slips`."""
    for path in files:
        try:
            found = yaml.load(path.read_text(encoding="utf-8"), Loader) or []  # noqa: S506 - a SafeLoader
        except yaml.MarkedYAMLError as error:
            line = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
            slips.append(Refusal(Place(0, f"{path.name}{line}"), "", "", f"{error.problem}."))
        except (ValueError, yaml.YAMLError) as error:  # not UTF-8, or a number of thousands of digits
            slips.append(Refusal(Place(0, path.name), "", "", " ".join(str(error).split())))
        else:
            if isinstance(found, list):
                yield from ((f"{path.name}, entry {number}", entry) for number, entry in enumerate(found, start=1))
            else:
                slips.append(Refusal(Place(0, path.name), "", "", "a file is a list of entries."))


def read_entry(entry: Any, place: Place, slips: list[Refusal]) -> Row | None:
    """The row of one entry; None if it has mistakes, which are appended to `slips`."""
    faults = list(faults_of_entry(entry))
    if faults:
        slips += [Refusal(place, "", "", fault) for fault in faults]
        return None
    model = MODELS[entry["model"]]
    given = dict(entry.get("fields") or {})
    if "pk" in entry:
        given[model._meta.pk.name] = entry["pk"]
    if model is Citation and isinstance(given.get("passage"), list):
        given.setdefault("source", given["passage"][:1])  # the key of a passage begins with that of its source
    named = [given.get(name) for name in model.natural_key_fields]  # type: ignore[attr-defined]
    key = [part for value in named for part in (value if isinstance(value, list) else [value])]
    place = Place(place.number, f"{place.words}, {in_words(model, key)}")
    fields = fields_to_fill(model)
    refusals = [Refusal(place, name, "", "there is no such column to fill.") for name in given if name not in fields]
    values = {}
    for name, field in fields.items():
        try:
            values[name] = read_value(field, given[name]) if name in given else default(field)
        except (CellError, ValidationError) as error:
            reasons = reasons_of(error) if isinstance(error, ValidationError) else [str(error)]
            refusals.append(Refusal(place, name, "", " ".join(reasons)))
    if not refusals and (fault := fault_of_part(model, values)):
        refusals.append(Refusal(place, *fault))
    slips += refusals
    return None if refusals else Row(model, values, place, {name: shown(values[name]) for name in given})


def fault_of_part(model: Model, values: dict[str, Any]) -> tuple[str, str, str] | None:
    """What is wrong with the owner of a part, or with the source of a citation: column, value and reason; or None."""
    if issubclass(model, Part) and all(values[name] is None for name in model.owner_fields):
        return "", "", f"belongs to nothing: give one of {', '.join(model.owner_fields)}."
    if model is Citation and values["passage"] and values["source"] != values["passage"][:1]:
        return "source", shown(values["source"]), f"the passage is one of {values['passage'][0]}; leave the source out."
    return None


def shown(value: Any) -> str:
    """A value as text, for a refusal."""
    return " ".join(value) if isinstance(value, tuple | list) else str(value)


def faults_of_entry(entry: Any) -> Iterator[str]:
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
    """The value of a column that is not given; ValidationError if it is required."""
    if field.is_relation:
        if field.null:
            return None
        raise ValidationError(NEEDED)
    return field.clean(field.get_default(), None)


def read_value(field: models.Field, value: Any) -> Any:
    """Converts a value to the type of the column; ValidationError or CellError if YAML gave it another type."""
    if value is None and field.null:
        return None
    if field.is_relation:
        return read_reference(references(field.model)[field.name], value)
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
    if field.choices:
        list_of(field).read(value)
    return field.clean(value, None)


def read_reference(model: Model, value: Any) -> Key:
    """The natural key of a referenced row: the code of a country; for all others a list of the columns of the key."""
    if model is Country:
        if isinstance(value, str):
            return (value,)
        raise ValidationError(f"YAML reads {value!r}, which is not the code of a country: put it in quotes.")
    if (
        isinstance(value, list)
        and len(value) == len(key_lookups(model))
        and all(isinstance(part, str) for part in value)
    ):
        return tuple(value)
    names = ", ".join(model.natural_key_fields)  # type: ignore[attr-defined]
    raise ValidationError(f"YAML reads {value!r}; write [{names}], each in quotes.")
