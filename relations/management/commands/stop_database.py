from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection


class Command(BaseCommand):
    help = "Stop the embedded database of this checkout."
    requires_system_checks = []

    def handle(self, **options: Any) -> None:
        server = getattr(connection, "server", None)
        if server is None:
            self.stdout.write("The database is the one of DATABASE_URL: not ours to stop.")
        elif server.stop():
            self.stdout.write(
                "The embedded database has stopped. A site that still runs starts it again when it is asked for a page:"
                " stop the site first, with Ctrl-C."
            )
        else:
            self.stdout.write("The embedded database was not running.")
