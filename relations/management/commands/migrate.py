from django.core.management.commands import migrate

from relations.management.bare import BareAutodetector


class Command(migrate.Command):
    autodetector = BareAutodetector
