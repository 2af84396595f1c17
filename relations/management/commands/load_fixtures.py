from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from relations.coding.fixtures import DIRECTORY
from relations.coding.loading import Load, is_empty, is_up_to, load_fixtures
from relations.exchange.rows import RefusedError, in_words
from relations.models.owners import WRITTEN

MOST_NAMES = 10  # names of a kind that are listed, unless --verbosity is 2


class Command(BaseCommand):
    help = (
        "Updates the register from its fixtures: adds new rows, updates those that nobody has edited since they were "
        "loaded, and lists those it leaves unchanged. Everything is written, or nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="load only into an empty register; for any other, report what loading would do",
        )
        parser.add_argument("--check", action="store_true", help="report what would be done, and write nothing")
        parser.add_argument("--directory", type=Path, default=DIRECTORY, help="where the fixtures are")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and not is_empty():
            if options["verbosity"]:
                self.remind(options["directory"])
            return
        try:
            load = load_fixtures(options["directory"], rehearse=options["check"])
        except RefusedError as error:
            raise CommandError(str(error)) from error
        most = None if options["verbosity"] > 1 else MOST_NAMES
        if load.changes and not options["check"]:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL statement_timeout = 0")
                # Until autovacuum has run, PostgreSQL would plan for empty tables. Only our tables are analysed, since
                # the catalogues that all databases of a server share would be locked for the others.
                tables = ", ".join(model._meta.db_table for model in apps.get_app_config("relations").get_models())
                cursor.execute(f"ANALYZE {tables}")
        if not options["verbosity"]:
            return
        self.report(load, "would be " if options["check"] else "", most)
        left_alone, dropped = ([in_words(*owner) for owner in owners] for owners in (load.left_alone, load.dropped))
        self.write_names("left alone, because somebody edited it", left_alone, most)
        self.write_names("no longer in the fixtures, kept in the register", dropped, most)
        if not load.changes:
            self.stdout.write("The register holds what the fixtures say.")

    def remind(self, directory: Path) -> None:
        """Reports what loading would change, if anything; errors in the files are reported, but do not fail."""
        if is_up_to(directory):
            return
        try:
            load = load_fixtures(directory, rehearse=True)
        except RefusedError as error:
            self.stderr.write(f"The fixtures cannot be loaded:\n{error}")
            return
        if load.changes:
            self.stdout.write("The fixtures have changed; python manage.py load_fixtures brings them in:")
            self.report(load, "would be ", MOST_NAMES)

    def report(self, load: Load, would: str, most: int | None) -> None:
        counts = Counter(each.model for each in load.changes.added)
        names = [
            f"{counts[model]:,} {model._meta.verbose_name if counts[model] == 1 else model._meta.verbose_name_plural}"
            for model in WRITTEN
            if model in counts
        ]
        if names:
            self.stdout.write(f"{would}added: {', '.join(names)}")
        self.write_names(f"{would}updated", [in_words(each.model, each.row.key) for each in load.changes.updated], most)
        self.write_names(f"{would}removed", load.removed, most)

    def write_names(self, heading: str, names: list[str], most: int | None) -> None:
        if names:
            more = [f"… and {len(names) - most:,} more; --verbosity 2 lists all"] if most and len(names) > most else []
            self.stdout.write("\n  ".join([f"{heading}:", *names[:most], *more]))
