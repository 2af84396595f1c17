import os
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management.base import CommandParser
from django.core.management.commands import dumpdata
from pghistory.models import Context, Event

from relations.models import Batch, Checkup, Entry, Listing, Standing, Tally, Upload, Word

LEFT_OUT = (Event, Context, ContentType, Permission, Batch, Checkup, Entry, Listing, Standing, Tally, Upload, Word)


class Command(dumpdata.Command):
    help = (
        f"{dumpdata.Command.help} Models that are filled automatically when the others are loaded are left out unless "
        "they are named: the history, which only triggers may write, with the batches that depend on it, the read "
        "model, content types and permissions. So are uploaded files that wait to be confirmed. "
        "Foreign keys are natural keys."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(use_natural_foreign_keys=True)

    def handle(self, *app_labels: str, **options: Any) -> None:
        named = {label.lower() for label in app_labels}
        left_out = [model._meta.label for model in apps.get_models() if issubclass(model, LEFT_OUT)]
        options["exclude"] = [*options["exclude"], *(label for label in left_out if label.lower() not in named)]
        before = os.umask(0o077)  # the output contains accounts and their password hashes
        try:
            super().handle(*app_labels, **options)
        finally:
            os.umask(before)
