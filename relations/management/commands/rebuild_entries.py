from typing import Any

from django.core.management.base import BaseCommand

from relations.models import Entry
from relations.read_model import rebuild


class Command(BaseCommand):
    help = "Rebuild the read model from the records; needed after rows were written with triggers disabled."

    def handle(self, **options: Any) -> None:
        rebuild()
        self.stdout.write(f"{Entry.objects.count():,} entries")
