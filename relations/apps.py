from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate

# django-pgtrigger makes every trigger ask this function whether the session has switched it off; here none can.
NEVER_IGNORE = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT false'
"""
# Former addresses are written by triggers alone, which therefore have more rights than who sets them off.
WITH_RIGHTS_OF_OWNER = """
DO $$
DECLARE
    trigger_function regprocedure;
BEGIN
    FOR trigger_function IN
        SELECT oid FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND proname ~ '^pgtrigger_(keeps_address|follows_rename)_'
    LOOP
        EXECUTE format('ALTER FUNCTION %s SECURITY DEFINER SET search_path = public, pg_temp', trigger_function);
    END LOOP;
END
$$
"""


class RelationsConfig(AppConfig):
    """The register."""

    name = "relations"

    def ready(self) -> None:
        post_migrate.connect(guard_triggers, sender=self)


def guard_triggers(using: str, **kwargs: Any) -> None:
    """Gives the triggers what django-pgtrigger cannot say: no session switches one off, and some have more rights."""
    with connections[using].cursor() as cursor:
        cursor.execute(NEVER_IGNORE)
        cursor.execute(WITH_RIGHTS_OF_OWNER)
