import os
import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.programs import run_postgresql

EXISTS = "{} exists: a backup never replaces a file."


class Command(BaseCommand):
    help = "Write the whole database to a new file, for `restore`; only the owner of the file may read it."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, file: Path, **options: Any) -> None:
        if not file.name:
            raise CommandError("Name the file to write.")
        if file.exists():
            raise CommandError(EXISTS.format(file))
        try:
            # It contains password hashes and texts that are not public: mkstemp makes it readable by its owner only.
            descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from error
        os.close(descriptor)
        unfinished = Path(name)
        try:
            # pg_dump syncs the file to disk before it returns.
            run_postgresql("pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--file={unfinished}")
            if file.exists():
                raise CommandError(EXISTS.format(file))
            unfinished.rename(file)
            sync_folder(file.parent)
        finally:
            unfinished.unlink(missing_ok=True)
        self.stdout.write(f"{file}: {file.stat().st_size:,} bytes.")


def sync_folder(folder: Path) -> None:
    """Writes the entries of a folder to disk, so that the name of a new file survives a crash."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
