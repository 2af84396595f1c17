import hashlib
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from config import health
from relations.exchange.key_hints import KeyHints
from relations.exchange.releases import make, releases
from relations.models import Country

FIRST_RELEASE = "example-1"
ONE_AT_A_TIME = 0x64796164  # the key of the advisory lock that lets only one `prepare` run


class Command(BaseCommand):
    help = "Make this checkout ready to serve: migrations, data into an empty database, an administrator, static files."
    requires_system_checks = []

    def handle(self, **options: Any) -> None:
        if server := getattr(connection, "server", None):
            server.ensure_running()  # the first start takes longer than a connection waits
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
            cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        if missing := health.missing_migrations():  # `migrate` with nothing to do takes a second
            self.stdout.write(f"Applying {missing} migrations")
            self.stdout.flush()
            call_command("migrate", verbosity=0)
        was_empty = not Country.objects.exists()
        call_command("load_fixtures", if_empty=True, stdout=self.stdout)
        self._refuse_unknown_state()
        if was_empty and settings.EXAMPLE and not releases():
            self._release_the_example()
        call_command(
            "create_first_admin", keep=settings.BASE_DIR / "var" / "admin.txt", verbosity=0, stdout=self.stdout
        )
        if not settings.DEBUG:
            self._collect_static_files()
        connection.close()  # releases the lock, and drops the setting of the timeout

    def _refuse_unknown_state(self) -> None:
        """Raises CommandError if the studied state is not a country of the register."""
        code = settings.REGISTER.studied_state
        if code and not Country.objects.filter(code=code).exists():
            raise CommandError(f"{settings.REGISTER.file}: studied_state: {KeyHints().why_unknown(Country, (code,))}.")

    def _release_the_example(self) -> None:
        """Makes a release of the example data; failing to write it is only a warning."""
        try:
            make(FIRST_RELEASE, made_on=timezone.localdate())
        except OSError as error:
            self.stderr.write(f"No release of the example: {error}")

    def _collect_static_files(self) -> None:
        """Collects and compresses static files, which takes seconds, only if they have changed."""
        digest = hashlib.sha256()
        for finder in get_finders():
            for path, storage in finder.list([]):
                digest.update(f"{path} {storage.size(path)} {storage.get_modified_time(path)}\n".encode())
        stamp = settings.BASE_DIR / "var" / "static.sha256"
        if not (settings.STATIC_ROOT.is_dir() and stamp.exists() and stamp.read_text() == digest.hexdigest()):
            call_command("collectstatic", interactive=False, clear=True, verbosity=0)
            stamp.write_text(digest.hexdigest())
