from django.core.management.commands import makemigrations

from relations.management.bare import BareAutodetector


class Command(makemigrations.Command):
    autodetector = BareAutodetector
