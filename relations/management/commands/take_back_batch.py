import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from relations.exchange.batches import take_back
from relations.exchange.rows import RefusedError
from relations.management.commands.import_table import Bar
from relations.models import Batch


class Command(BaseCommand):
    help = (
        "Takes an import back as a whole: deletes what it added, and restores what it changed. Without a number, lists "
        "the batches. If somebody has changed any of it since, nothing is done, and these edits are listed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("batch", type=int, nargs="?", help="the number of the batch")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["batch"] is None:
            for batch in Batch.objects.select_related("owner"):
                is_gone = ", taken back" if batch.taken_back_at else ""
                self.stdout.write(f"{batch.pk}  {batch.made_at:%Y-%m-%d %H:%M}  {batch.name}: {batch.summary}{is_gone}")
            return
        try:
            batch = Batch.objects.get(pk=options["batch"])
        except Batch.DoesNotExist:
            raise CommandError(f"There is no batch {options['batch']}.") from None
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
        bar = Bar(self.stderr if options["verbosity"] and sys.stderr.isatty() else None)
        try:
            take_back(batch, progress=lambda done, of: bar("taking back", done, of))
        except RefusedError as error:
            raise CommandError(f"Nothing was taken back:\n{error}") from None
        finally:
            bar.close()
        self.stdout.write(f"Taken back: {batch.summary}")
