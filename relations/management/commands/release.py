from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from relations.exchange.releases import ReleaseError, make


class Command(BaseCommand):
    help = "Freeze the public data as a release: a data package and one SQLite file, which never change again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("version", help="The name of the release: 1.0, 2026.1.")
        parser.add_argument("--site", default="", help="The address of the site, for permalinks.")
        parser.add_argument("--date", type=date.fromisoformat, help="The date of the release; by default, today.")
        parser.add_argument(
            "--without", action="append", default=[], metavar="SOURCE", help="A source that may not be redistributed."
        )
        parser.add_argument("--reason", default="", help="Why a table has lost more than a tenth of its rows.")

    def handle(self, version: str, **options: Any) -> None:
        try:
            release = make(
                version,
                made_on=options["date"] or timezone.localdate(),
                site=options["site"],
                left_out=options["without"],
                reason=options["reason"],
            )
        except ReleaseError as error:
            raise CommandError(str(error)) from error
        changed = ", ".join(f"{number:,} {change}" for change, number in release.changed.items())
        self.stdout.write(f"{release.folder}: {sum(release.rows.values()):,} rows in {len(release.rows)} tables")
        if release.before:
            self.stdout.write(f"Since {release.before}: {changed or 'nothing has changed'}")
