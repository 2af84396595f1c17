from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from config.programs import run_postgresql

EMPTY = """
DROP SCHEMA public CASCADE;
CREATE SCHEMA public AUTHORIZATION pg_database_owner;
GRANT USAGE ON SCHEMA public TO PUBLIC;
"""
NEWER = (
    "{} was written by a later version of PostgreSQL's programs than those that are installed here. "
    "Nothing was changed. Install the client programs of that version: they restore into an older server, too."
)


class Command(BaseCommand):
    help = "Replace everything in the database with a file that `backup` wrote, in one transaction."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, file: Path, **options: Any) -> None:
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        with TemporaryDirectory() as folder:
            empty, script = Path(folder) / "empty.sql", Path(folder) / "backup.sql"
            empty.write_text(EMPTY)
            # pg_restore writes the whole script first: one that breaks off would be committed as far as it goes.
            try:
                run_postgresql("pg_restore", "--no-owner", "--no-acl", f"--file={script}", str(file), connects=False)
            except CommandError as error:
                if "unsupported version" in str(error):
                    raise CommandError(NEWER.format(file)) from error
                raise
            if connection.pg_version < 170000:  # type: ignore[attr-defined]
                comment_out_new_setting(script)
            connection.close()
            run_postgresql(
                *("psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"),
                *("--output=/dev/null", f"--file={empty}", f"--file={script}"),
            )
        self.stdout.write(f"Restored from {file}. `migrate` brings a backup of an older version up to date.")


def comment_out_new_setting(script: Path) -> None:
    """Comments out a setting that servers before version 17 do not know, without changing the size of the file."""
    with script.open("r+b") as file:
        at = file.read(10_000).find(b"\nSET transaction_timeout = 0;")
        if at >= 0:
            file.seek(at + 1)
            file.write(b"--")
