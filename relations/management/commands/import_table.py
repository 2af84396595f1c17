import sys
import time
from argparse import ArgumentParser
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection, transaction
from import_export.results import RowResult

from relations.exchange.batches import File
from relations.exchange.catalogue import choose
from relations.exchange.imports import RESOURCES
from relations.exchange.intake import Intake, Outcome
from relations.exchange.profiles import MODELS
from relations.exchange.recipes import ProfileError
from relations.exchange.rejects import rejects
from relations.exchange.rows import RefusedError
from relations.exchange.sheets import ZIP, read_csv_of, read_xlsx
from relations.exchange.tables import SheetError
from relations.models import Batch
from relations.models.owners import WRITTEN
from relations.models.refusals import refusal
from relations.models.vocabularies import State

MOST_TOLD = 50  # refusals that are listed, unless --verbosity is 2
NOTHING = "Nothing was written: {}. Run it again; what is written already shows as unchanged."
OWN = {
    RowResult.IMPORT_TYPE_NEW: "added",
    RowResult.IMPORT_TYPE_UPDATE: "changed",
    RowResult.IMPORT_TYPE_SKIP: "unchanged",
}


class Command(BaseCommand):
    help = (
        "Imports a foreign table through a profile (docs/tables.md). Every cell is read before anything is written. "
        "The table is written as a whole or not at all, as one batch, which take_back_batch undoes."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a CSV or XLSX, or a bibliography in CSL-JSON")
        parser.add_argument(
            "--profile",
            default="",
            help="a name, a TOML file, or the type of an export of ours; by default, the one that matches the header",
        )
        parser.add_argument("--check", action="store_true", help="report what would be done, and write nothing")
        parser.add_argument(
            "--rejects", type=Path, help="write refused rows to this file, to be corrected, and import the others"
        )
        parser.add_argument("--user", default="", help="the user who owns the batch, and whose permissions apply")
        parser.add_argument("--drafts", action="store_true", help="add new records as drafts instead of published")

    def handle(self, *args: Any, **options: Any) -> None:
        data = self.read(options["file"])
        user = self.user_named(options["user"])
        if options["profile"] in MODELS:
            self.import_own(data, user, options)
            return
        try:
            profile, table = choose(data, options["profile"])
        except (SheetError, ProfileError) as error:
            raise CommandError(str(error)) from None
        file = File(options["file"].name, sha256(data).hexdigest())
        state = State.DRAFT if options["drafts"] else State.PUBLISHED
        rows = in_rows(len(table.lines))
        self.stdout.write(f"{file.name}: {rows}, by the profile {profile.name} ({profile.title})")
        self.write_notes(table.notes)
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
        intake = Intake(table, profile, file, user=user, state=state)
        progress = Bar(self.stderr if options["verbosity"] and sys.stderr.isatty() else None)
        try:
            outcome = intake.run(rehearse=options["check"], without_refused=bool(options["rejects"]), progress=progress)
        except (RefusedError, ProfileError) as error:
            raise CommandError(str(error)) from None
        except DatabaseError as error:
            raise CommandError(NOTHING.format(refusal(error)[1])) from None
        finally:
            progress.close()
        self.report(outcome, "would be " if options["check"] else "", options["verbosity"])
        if options["rejects"] and outcome.refused:
            options["rejects"].write_bytes(rejects(table, profile, outcome.refused, data, file.name))
            self.stdout.write(
                f"{len(outcome.refused):,} refused rows are in {options['rejects']}; mend and send them alone."
            )
        if outcome.refusals and not outcome.batch:
            raise CommandError("Nothing was written.")
        if outcome.batch:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"ANALYZE {', '.join(model._meta.db_table for model in WRITTEN)}")
            self.write_batch(outcome.batch)
        elif not outcome.is_changing and not outcome.refusals:
            self.stdout.write("The register holds what the table says; nothing was written.")

    def import_own(self, data: bytes, user: Any, options: dict[str, Any]) -> None:
        """Imports a file in our own columns, such as an edited export."""
        path = options["file"]
        resource = RESOURCES[MODELS[options["profile"]]]()
        of_file: dict[str, Any] = {"file_name": path.name, "sha256": sha256(data).hexdigest()}
        try:
            dataset = read_xlsx(data) if data.startswith(ZIP) else read_csv_of(data, len(data))
            self.write_notes(dataset.notes)
            result = resource.import_data(dataset, options["check"], raise_errors=True, user=user, **of_file)
        except (SheetError, RefusedError) as error:
            raise CommandError(f"{error}\nNothing was written.") from None
        except DatabaseError as error:
            raise CommandError(NOTHING.format(refusal(error)[1])) from None
        told = ", ".join(f"{result.totals[kind]:,} {verb}" for kind, verb in OWN.items())
        self.stdout.write(f"{options['profile']}: {told}" + (" (nothing is written)" if options["check"] else ""))
        self.write_batch(result.batch)

    def read(self, path: Path) -> bytes:
        try:
            return path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from None

    def write_notes(self, notes: list[str]) -> None:
        """Writes the notes on a file."""
        for note in notes:
            self.stdout.write(note)

    def write_batch(self, batch: Batch | None) -> None:
        if batch:
            self.stdout.write(f"This is batch {batch.pk}; python manage.py take_back_batch {batch.pk} undoes it.")

    def user_named(self, name: str) -> Any:
        if not name:
            return None
        user = get_user_model()._default_manager.filter(username=name, is_active=True).first()
        if user is None:
            raise CommandError(f"There is no user {name}.")
        return user

    def report(self, outcome: Outcome, would: str, verbosity: int) -> None:
        for each in outcome.refusals[: None if verbosity > 1 else MOST_TOLD]:
            self.stderr.write(str(each))
        if verbosity < 2 and len(outcome.refusals) > MOST_TOLD:
            self.stderr.write(f"… and {len(outcome.refusals) - MOST_TOLD:,} more; --verbosity 2 lists all")
        for why, number in outcome.skipped.items():
            self.stdout.write(f"{in_rows(number)} passed over: {why}")
        for of, done in outcome.counts.items():
            told = ", ".join(
                f"{done[verb]:,} {would if verb != 'unchanged' else ''}{verb}" for verb in done if done[verb]
            )
            self.stdout.write(f"{of}: {told or 'none'}")


class Bar:
    """A progress bar on one line: how much is done, how fast, and how long the rest will take."""

    def __init__(self, out: Any) -> None:
        self.out, self.what, self.begun, self.shown = out, "", time.monotonic(), 0.0

    def __call__(self, what: str, done: int, of: int) -> None:
        now = time.monotonic()
        if what != self.what:
            self.what, self.begun, self.shown = what, now, 0.0
        if self.out and (now - self.shown > 0.2 or done >= of):
            self.shown = now
            rate = done / max(now - self.begun, 0.001)
            left = (of - done) / rate if rate else 0
            bar = "█" * (20 * done // max(of, 1))
            self.out.write(
                f"\r{what} {bar:<20} {done:,} of {of:,}, {rate:,.0f} a second, {left:.0f} s left ", ending=""
            )

    def close(self) -> None:
        if self.out and self.what:
            self.out.write("")


def in_rows(number: int) -> str:
    """A number of rows as text: `1 row`, `2,000 rows`."""
    return f"{number:,} row{'' if number == 1 else 's'}"
