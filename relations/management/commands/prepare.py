import hashlib
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from config import health

ONE_AT_A_TIME = 0x64796164  # an advisory lock of ours


class Command(BaseCommand):
    help = "Make this checkout ready to serve: migrations, data into an empty database, an administrator, static files."
    requires_system_checks = []

    def handle(self, **options: Any) -> None:
        if server := getattr(connection, "server", None):
            server.ensure_running()  # a page would not wait for as long as the first start takes
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
            cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        if missing := health.missing_migrations():  # `migrate` with nothing to do takes a second
            self.stdout.write(f"Applying {missing} migrations")
            self.stdout.flush()
            call_command("migrate", verbosity=0)
        call_command("load_fixtures", if_empty=True, stdout=self.stdout)
        call_command(
            "create_first_admin", keep=settings.BASE_DIR / "var" / "admin.txt", verbosity=0, stdout=self.stdout
        )
        if not settings.DEBUG:
            self._collect_static_files()
        connection.close()  # and with it the lock and the endless patience

    def _collect_static_files(self) -> None:
        """Collect and compress only what has changed: it takes seconds."""
        digest = hashlib.sha256()
        for finder in get_finders():
            for path, storage in finder.list([]):
                digest.update(f"{path} {storage.size(path)} {storage.get_modified_time(path)}\n".encode())
        stamp = settings.BASE_DIR / "var" / "static.sha256"
        if not (settings.STATIC_ROOT.is_dir() and stamp.exists() and stamp.read_text() == digest.hexdigest()):
            call_command("collectstatic", interactive=False, clear=True, verbosity=0)
            stamp.write_text(digest.hexdigest())
