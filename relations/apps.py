from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate

# django-pgtrigger makes every trigger ask this function whether the session has switched it off; here none can.
NEVER_IGNORE = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT false'
"""


class RelationsConfig(AppConfig):
    """The register."""

    name = "relations"

    def ready(self) -> None:
        post_migrate.connect(keep_triggers_on, sender=self)


def keep_triggers_on(using: str, **kwargs: Any) -> None:
    """Takes the switch away from which django-pgtrigger reads that a session has turned its triggers off."""
    with connections[using].cursor() as cursor:
        cursor.execute(NEVER_IGNORE)
