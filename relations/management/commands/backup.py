from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.programs import run_postgresql


class Command(BaseCommand):
    help = "Write the whole database to a new file, from which `restore` makes it again."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, file: Path, **options: Any) -> None:
        if not file.name:
            raise CommandError("Name the file to write.")
        if file.exists():
            raise CommandError(f"{file} exists: a backup never replaces a file.")
        unfinished = file.with_name(f"{file.name}.unfinished")
        try:
            run_postgresql("pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--file={unfinished}")
            unfinished.rename(file)
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from error
        finally:
            unfinished.unlink(missing_ok=True)
        self.stdout.write(f"{file}: {file.stat().st_size:,} bytes.")
