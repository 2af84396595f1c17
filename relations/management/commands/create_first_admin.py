import secrets
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = "Create an administrator with a random password, unless there is an administrator already."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--username", default="admin")
        parser.add_argument("--keep", type=Path, help="a file that keeps name and password, readable by its owner only")

    def handle(self, username: str, keep: Path | None, **options: Any) -> None:
        users = get_user_model()._default_manager
        if users.filter(is_superuser=True, is_active=True).exists():
            if options["verbosity"]:
                self.stdout.write("There is an administrator already; `manage.py changepassword` sets a password.")
            return
        password = secrets.token_urlsafe(15)
        if keep:  # written first: an interrupted run must not leave an account whose password is lost
            keep.parent.mkdir(parents=True, exist_ok=True)
            keep.unlink(missing_ok=True)
            keep.touch(mode=0o600, exist_ok=False)
            keep.write_text(f"{username}\n{password}\n")
        users.create_superuser(username=username, password=password)
        self.stdout.write(f"Administrator: {username}, password: {password}" + (f" (kept in {keep})" if keep else ""))
