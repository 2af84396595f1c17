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
# Whoever writes to a table of the register changes the data version, in a session whose other triggers rest as well.
# The read model and former addresses are such tables. History is none: it follows from what it is the history of.
# Files that wait to be confirmed, and what was found wrong with the data, are none either.
EVERY_TABLE_CHANGES_DATA_VERSION = """
DO $$
DECLARE
    changed regclass;
BEGIN
    FOR changed IN
        SELECT oid FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND starts_with(relname, 'relations_')
          AND relname NOT IN ('relations_upload', 'relations_checkup')
          AND NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = pg_class.oid AND attname = 'pgh_id')
          AND NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = pg_class.oid AND tgname = 'changes_data_version')
          AND to_regproc('public.changes_data_version') IS NOT NULL
    LOOP
        EXECUTE format('CREATE TRIGGER changes_data_version AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %s '
                       'FOR EACH STATEMENT EXECUTE FUNCTION public.changes_data_version()', changed);
        EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER changes_data_version', changed);
    END LOOP;
END
$$
"""


class RelationsConfig(AppConfig):
    """The register."""

    name = "relations"

    def ready(self) -> None:
        post_migrate.connect(guard_triggers, sender=self)
        post_migrate.connect(make_groups, sender=self)


def guard_triggers(using: str, **kwargs: Any) -> None:
    """What django-pgtrigger cannot say: no session switches one off, some have more rights, some are of every table."""
    with connections[using].cursor() as cursor:
        cursor.execute(NEVER_IGNORE)
        cursor.execute(WITH_RIGHTS_OF_OWNER)
        cursor.execute(EVERY_TABLE_CHANGES_DATA_VERSION)
    from relations import read_model  # noqa: PLC0415 - it names the models, which are ready only now

    read_model.install(using)


def make_groups(using: str, **kwargs: Any) -> None:
    """The groups of a team."""
    from relations import rights  # noqa: PLC0415 - it names the models, which are ready only now

    rights.make_groups(using)
