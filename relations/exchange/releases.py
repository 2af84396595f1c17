"""Releases: the public data frozen as a data package and as one SQLite file, which never change again.

A release is a folder in RELEASES, created atomically. The folders are the only list of releases. They do not depend on
the database, which may be restored to an earlier state, while a release that has been cited must stay.
"""

import json
import os
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.text import slugify

from relations.addresses import public
from relations.exchange import archives, differences, packages
from relations.exchange.codebook import figures_file, first_paragraph
from relations.exchange.column import Column
from relations.exchange.columns import COLUMNS, collection_of, columns_of, key_of
from relations.exchange.exports import csv_lines, raw_cell
from relations.exchange.streams import csv_of, snapshot
from relations.exchange.tidy import TIDY, tidy_of
from relations.figures import BY_RECORD, Figures, Records
from relations.figures import COLUMNS as FIGURES
from relations.models import ArmsTransfer, Citation, Event, EventFigure, Observation, Passage, Record, Source
from relations.models.citation import RECORD_TARGETS
from relations.models.vocabularies import Measure, Stance

VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{0,29}", re.ASCII)
ABOUT, CHANGES = "release.json", "changes.jsonl"
LEAST = 0.9  # the share of its rows that a table must keep, unless a reason is given


class ReleaseError(Exception):
    """Why a release cannot be made."""


@dataclass(frozen=True)
class FrozenTable:
    """A table of a release."""

    name: str
    help: str  # what a row is
    model: Any
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    pieces: Any  # a function that returns the CSV in pieces

    def write(self, path: Path) -> None:
        """Writes the CSV."""
        with path.open("wb") as file:
            for piece in self.pieces():
                file.write(piece)


@dataclass(frozen=True)
class Release:
    """A release, as its release.json describes it."""

    version: str
    number: int
    made_on: str
    site: str
    name: str  # of its files, without suffix
    rows: dict[str, int] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    reason: str = ""
    before: str = ""  # the version before it
    changes: dict[str, dict[str, int]] = field(default_factory=dict)
    sha256: dict[str, str] = field(default_factory=dict)  # of its files

    @property
    def folder(self) -> Path:
        """The folder of the release."""
        return root() / self.version

    @property
    def archive(self) -> Path:
        """The SQLite file."""
        return self.folder / f"{self.name}.sqlite"

    @property
    def files(self) -> list[str]:
        """The names of its files."""
        return sorted(self.sha256)

    @property
    def changed(self) -> dict[str, int]:
        """The number of rows of all tables that were added, changed, deleted or merged since the release before."""
        totals: dict[str, int] = {}
        for of_table in self.changes.values():
            for change, number in of_table.items():
                totals[change] = totals.get(change, 0) + number
        return totals


def root() -> Path:
    """The folder of all releases."""
    return Path(settings.RELEASES)


def releases() -> list[Release]:
    """All releases, the latest first."""
    found = [read_release(path) for path in root().glob(f"*/{ABOUT}")] if root().is_dir() else []
    return sorted(found, key=lambda release: -release.number)


def read_release(path: Path) -> Release:
    """Reads a release from its release.json."""
    return Release(**json.loads(path.read_text()))


def release_of(version: str) -> Release | None:
    """The release of a version, or None."""
    return next((release for release in releases() if release.version == version), None)


def tables(site: str, left_out: list[str]) -> list[FrozenTable]:
    """The tables of a release, sorted by key: the lists without the cells of parts, the parts, and all figures."""
    found = []
    for model in COLUMNS:
        if model is not Passage:
            columns = tuple(column for column in columns_of(model) if tidy_of(column) is None)
            rows = without_sources(public(collection_of(model)), left_out).order_by(
                *(column.reads for column in key_of(model))
            )
            key = tuple(column.name for column in key_of(model))
            found.append(frozen_table(collection_of(model), [rows], columns, key, site))
    for tidy in TIDY:
        if tidy.has_file:
            runs = tidy.runs(lambda collection: without_sources(public(collection), left_out))
            if tidy.model is Citation:
                runs = [rows.exclude(source__key__in=left_out) for rows in runs]
            found.append(frozen_table(tidy.name, runs, tidy.columns, tidy.key, site))
    return [*found, figures(site, left_out)]


def frozen_table(
    name: str, runs: list[QuerySet], columns: tuple[Column, ...], key: tuple[str, ...], site: str
) -> FrozenTable:
    """A table with the rows of some querysets, one after the other."""
    model = runs[0].model
    return FrozenTable(
        name, first_paragraph(model), model, columns, key, lambda: csv_of(runs, columns, site, guarded=False)
    )


def without_sources(rows: QuerySet, left_out: list[str]) -> QuerySet:
    """The rows without the sources that are left out, and without records that only these support."""
    if not left_out:
        return rows
    if rows.model is Source:
        return rows.exclude(key__in=left_out)
    if not issubclass(rows.model, Record):
        return rows
    target = next(name for name, model in RECORD_TARGETS.items() if model is rows.model)
    supporting = Citation.objects.filter(stance=Stance.SUPPORTS, **{f"{target}__isnull": False})
    others = supporting.exclude(source__key__in=left_out).values(target)
    return rows.filter(Q(pk__in=others) | ~Q(pk__in=supporting.filter(source__key__in=left_out).values(target)))


def figures(site: str, left_out: list[str]) -> FrozenTable:
    """The table of all figures."""
    records: Records = {
        model: without_sources(public(str(model.collection)), left_out) for model in (Event, ArmsTransfer, Observation)
    }

    def pieces() -> Iterator[bytes]:
        rows = Figures(records, Measure.values).rows(BY_RECORD, site)
        for line in csv_lines(FIGURES, rows, raw_cell):
            yield line.encode()

    return FrozenTable(
        "figures", figures_file().help, EventFigure, FIGURES, ("collection", "slug", "measure", "of"), pieces
    )


def make(version: str, *, made_on: date, site: str = "", left_out: Iterable[str] = (), reason: str = "") -> Release:
    """Makes a release of the public data; leaves nothing behind if it fails. Raises ReleaseError."""
    before = next(iter(releases()), None)
    left_out = sorted(set(left_out))
    if not VERSION.fullmatch(version):
        raise ReleaseError(f"{version!r} is no version such as 1.0 or 2026.1: letters, digits, points and hyphens.")
    if release_of(version):
        raise ReleaseError(f"{version} is a release already, and stays as it is.")
    if unknown := [key for key in left_out if not Source.objects.filter(key=key).exists()]:
        raise ReleaseError(f"There is no source {', '.join(unknown)}.")
    root().mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".making-", dir=root()))
    release = Release(
        version=version,
        number=before.number + 1 if before else 1,
        made_on=made_on.isoformat(),
        site=site,
        name=f"{slugify(settings.REGISTER.title)}-{version}",
        left_out=left_out,
        reason=reason,
        before=before.version if before else "",
    )
    try:
        release = write_files(folder, release, before)
        folder.chmod(0o755)
        os.rename(folder, release.folder)  # noqa: PTH104 - fails if the release has been made in the meantime
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return release


def write_files(folder: Path, release: Release, before: Release | None) -> Release:
    """Writes all files of a release into a folder, and returns it with counts and hashes."""
    package, archive = folder / "package", folder / f"{release.name}.sqlite"
    (package / "data").mkdir(parents=True)
    with snapshot("default"):
        all_tables = tables(release.site, release.left_out)
        for table in all_tables:
            table.write(package / "data" / f"{table.name}.csv")
        rows_of_sources = without_sources(public(Source.collection), release.left_out).order_by("key")
        sources = list(rows_of_sources.values_list("key", "title", "url", "licence", "licence_url", named=True))
        moved = differences.moves()
    rows = archives.write(archive, all_tables, package / "data")
    refuse_if_shrunk(rows, before, release.reason)
    release = replace(release, rows=rows)
    if before:
        changes = differences.write(folder / CHANGES, before.archive, archive, all_tables, moved)
        release = replace(release, changes=changes)
    packages.describe(package, release, all_tables, sources)
    write_zip(package, folder / f"{release.name}.zip")
    shutil.copy(package / "datapackage.json", folder / "datapackage.json")
    shutil.rmtree(package)
    release = replace(release, sha256={path.name: packages.sha256(path) for path in sorted(folder.iterdir())})
    (folder / ABOUT).write_text(json.dumps(asdict(release), ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    return release


def refuse_if_shrunk(rows: dict[str, int], before: Release | None, reason: str) -> None:
    """Raises ReleaseError if a table has lost more than a tenth of its rows and no reason is given."""
    shrunk = [
        f"{name} has {rows.get(name, 0):,} rows, and had {number:,}"
        for name, number in (before.rows if before else {}).items()
        if rows.get(name, 0) < number * LEAST
    ]
    if shrunk and not reason:
        raise ReleaseError(f"{'; '.join(shrunk)}. Give --reason where that is meant.")


def write_zip(folder: Path, path: Path) -> None:
    """Writes a folder as a ZIP, byte by byte the same for the same files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for each in sorted(folder.rglob("*")):
            if each.is_file():
                member = zipfile.ZipInfo(each.relative_to(folder).as_posix(), (1980, 1, 1, 0, 0, 0))
                member.compress_type, member.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                with each.open("rb") as file, archive.open(member, "w") as target:
                    shutil.copyfileobj(file, target)
