"""A release as a Frictionless data package: the schemas of its tables, the licences, and how to cite it."""

import csv
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist

from relations.exchange.codebook import vocabulary_of_column
from relations.exchange.column import Column
from relations.exchange.columns import collection_of, terms_of
from relations.models import Actor, ArmsTransfer, Country, Event, Source
from relations.models.terms import VOCABULARIES

TYPES = {"number": "number", "boolean": "boolean", "day": "date", "instant": "datetime"}
# The targets of foreign keys. Their rows are always in the release, even if sources are left out.
REFERRED = {Country: "code", Actor: "slug", Source: "key", Event: "slug", ArmsTransfer: "slug"}
OWNERS = ("event", "transfer")
PROFILES = "https://datapackage.org/profiles/2.0/"
MISSING = {"value": "", "label": "nothing is stated, or it does not apply; of a figure, its column …_missing says why"}
Json = dict[str, Any]


def resource(table: Any, folder: Path) -> Json:
    """A table with its schema, size and hash."""
    path = folder / "data" / f"{table.name}.csv"
    return {
        "$schema": f"{PROFILES}dataresource.json",
        "name": table.name,
        "path": f"data/{table.name}.csv",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"lineTerminator": "\n"},
        "bytes": path.stat().st_size,
        "hash": f"sha256:{sha256(path)}",
        "schema": schema(table),
    }


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def schema(table: Any) -> Json:
    """The fields, primary key and foreign keys of a table."""
    return {
        "$schema": f"{PROFILES}tableschema.json",
        "fields": [field(table, column) for column in table.columns],
        "missingValues": [MISSING],
        **({"primaryKey": list(table.key)} if len(table.key) == 1 else {}),
        "foreignKeys": [
            {"fields": [column.name], "reference": {"resource": collection_of(model), "fields": [REFERRED[model]]}}
            for column in table.columns
            if (model := referred(table.model, column))
        ],
    }


def referred(model: Any, column: Column) -> Any:
    """The model that a column refers to, if its rows are always in the release; else None."""
    if column.kind != "key" or not column.writes:
        return None
    try:
        target = model._meta.get_field(column.writes).related_model
    except FieldDoesNotExist:
        return None
    is_owner = column.name in OWNERS and hasattr(model, "owner_fields")
    return target if target in REFERRED and (is_owner or target not in (Event, ArmsTransfer)) else None


def field(table: Any, column: Column) -> Json:
    """The description of a column: its type, meaning and constraints."""
    kind = TYPES.get(column.kind, "string")
    constraints: Json = {}
    if (column.name,) == table.key:
        constraints |= {"required": True, "unique": True}
    if terms := terms_of(table.model, column):
        constraints["enum"] = terms
    vocabulary = column.vocabulary or vocabulary_of_column(table.model, column.name)
    return {
        "name": column.name,
        "type": kind,
        "description": column.help,
        **({"format": "any"} if kind == "datetime" else {}),
        **({"trueValues": ["true"], "falseValues": ["false"]} if kind == "boolean" else {}),
        **({"constraints": constraints} if constraints else {}),
        **({"codebook": vocabulary.__name__} if vocabulary else {}),
    }


def describe(folder: Path, release: Any, tables: Iterable[Any], sources: Iterable[Any]) -> None:
    """Writes the other files of the package. Of `sources`, the key, title, url and licence are needed."""
    tables = list(tables)
    with (folder / "codebook.csv").open("w", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(["table", "column", "help", "list"])
        for table in tables:
            for column in table.columns:
                vocabulary = column.vocabulary or vocabulary_of_column(table.model, column.name)
                lines.writerow([table.name, column.name, column.help, vocabulary.__name__ if vocabulary else ""])
    with (folder / "terms.csv").open("w", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(["list", "value", "label", "definition", "origin"])
        for each in VOCABULARIES:
            for term in each:
                lines.writerow([each.__name__, term.value, term.label, term.definition, term.origin])
    with (folder / "licences.csv").open("w", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(["source", "title", "licence", "licence_url"])
        register = settings.REGISTER
        for source in sources:
            own = (source.licence, source.licence_url) if source.licence else (register.licence, register.licence_url)
            lines.writerow([source.key, source.title, *own])
    descriptor = package(folder, release, tables, sources)
    write_json(folder / "datapackage.json", descriptor)
    write_json(folder / "zenodo.json", zenodo(release))
    write_json(folder / "dataverse.json", dataverse(release))
    (folder / "README.md").write_text(readme(release, tables))
    (folder / "CITATION.cff").write_text(citation(release))
    hashes = {path.relative_to(folder).as_posix(): sha256(path) for path in sorted(folder.rglob("*")) if path.is_file()}
    (folder / "SHA256SUMS").write_text("".join(f"{digest}  {name}\n" for name, digest in hashes.items()))


def write_json(path: Path, described: Json) -> None:
    """Writes a description as JSON."""
    path.write_text(json.dumps(described, ensure_ascii=False, indent=1) + "\n")


def package(folder: Path, release: Any, tables: list[Any], sources: Iterable[Any]) -> Json:
    """The descriptor of the package."""
    register = settings.REGISTER
    return {
        "$schema": f"{PROFILES}datapackage.json",
        "name": release.name.lower(),
        "title": f"{register.title} {release.version}",
        "description": about(release),
        "version": release.version,
        "created": f"{release.made_on}T00:00:00Z",
        **({"homepage": release.site} if release.site else {}),
        **({"licenses": [licence(register.licence, register.licence_url)]} if register.licence else {}),
        "contributors": [{"title": f"The {register.title} contributors", "role": "author"}],
        "sources": [
            {"title": source.title, **({"path": source.url} if source.url else {}), "licence": source.licence}
            for source in sources
        ],
        "resources": [resource(table, folder) for table in tables],
    }


def licence(name: str, url: str) -> Json:
    """A licence by name and address."""
    return {"name": name.replace(" ", "-"), "title": name, **({"path": url} if url else {})}


def about(release: Any) -> str:
    """A description of the release in a few sentences."""
    register = settings.REGISTER
    left_out = f" Left out, because their terms forbid it: {', '.join(release.left_out)}." if release.left_out else ""
    reason = f" {release.reason}" if release.reason else ""
    return " ".join(
        f"{register.about} What was public in {register.title} on {release.made_on}.{left_out}{reason}".split()
    )


def readme(release: Any, tables: list[Any]) -> str:
    """The README of the package."""
    register = settings.REGISTER
    listed = "\n".join(f"| data/{table.name}.csv | {release.rows[table.name]:,} | {table.help} |" for table in tables)
    terms = f"{register.licence} ({register.licence_url})" if register.licence_url else register.licence or "not stated"
    return f"""# {register.title} {release.version}

{about(release)}

| file | rows | a row is |
|---|---:|---|
{listed}

Parts (participations, citations, lifespans …) join their record by its `slug` or `code`; `citations.csv` names it by
`collection` and `slug`. Dates are EDTF; `…_earliest` and `…_latest` are the days between which they lie. An empty cell
means that nothing is stated, and `…_missing` says why a number is missing. Leave out rows with `negated` before you
count: they are what a source says did not happen. `codebook.csv` and `terms.csv` explain every column and every term.

Licence: {terms}; what is made of a source with a licence of its own is under that one (licences.csv).
How to cite: CITATION.cff. Whether the files are whole: `sha256sum -c SHA256SUMS`.
"""


def citation(release: Any) -> str:
    """The citation of the release in the Citation File Format."""
    register = settings.REGISTER
    lines = [
        "cff-version: 1.2.0",
        "message: Please cite this release, and the sources of the records that you use.",
        "type: dataset",
        f"title: {json.dumps(register.title, ensure_ascii=False)}",
        f"version: {json.dumps(release.version)}",
        f"date-released: {release.made_on}",
        "authors:",
        f"  - name: {json.dumps(f'The {register.title} contributors', ensure_ascii=False)}",
        *([f"url: {json.dumps(release.site)}"] if release.site else []),
        *([f"license-url: {json.dumps(register.licence_url)}"] if register.licence_url else []),
    ]
    return "\n".join(lines) + "\n"


def zenodo(release: Any) -> Json:
    """The metadata of a deposit at Zenodo."""
    register = settings.REGISTER
    return {
        "metadata": {
            "upload_type": "dataset",
            "title": f"{register.title} {release.version}",
            "version": release.version,
            "publication_date": release.made_on,
            "description": about(release),
            "creators": [{"name": f"The {register.title} contributors"}],
            "access_right": "open",
            "license": register.licence.lower().replace(" ", "-"),
        }
    }


def dataverse(release: Any) -> Json:
    """The metadata of a dataset in a Dataverse."""
    register = settings.REGISTER

    def text(name: str, value: str) -> Json:
        return {"typeName": name, "multiple": False, "typeClass": "primitive", "value": value}

    def several(name: str, value: Json) -> Json:
        return {"typeName": name, "multiple": True, "typeClass": "compound", "value": [value]}

    contributors = f"The {register.title} contributors"
    contact = {"datasetContactName": text("datasetContactName", contributors)}
    if "@" in register.contact:
        contact["datasetContactEmail"] = text("datasetContactEmail", register.contact)
    subject = {
        "typeName": "subject",
        "multiple": True,
        "typeClass": "controlledVocabulary",
        "value": ["Social Sciences"],
    }
    fields = [
        text("title", f"{register.title} {release.version}"),
        several("author", {"authorName": text("authorName", contributors)}),
        several("datasetContact", contact),
        several("dsDescription", {"dsDescriptionValue": text("dsDescriptionValue", about(release))}),
        subject,
        text("productionDate", release.made_on),
    ]
    return {"datasetVersion": {"metadataBlocks": {"citation": {"displayName": "Citation Metadata", "fields": fields}}}}
