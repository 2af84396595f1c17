"""The app, and what it installs in the database after each `migrate`."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate

# django-pgtrigger lets a session switch triggers off, for which each trigger calls this function; here none can.
NEVER_IGNORE = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT false'
"""
# Only triggers may write former addresses, so these run with the rights of their owner, not of the current role.
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
# A write to any table of the register changes the data version, even in a session that has disabled other triggers.
# This includes the read model and former addresses. It excludes history tables, which follow other tables, and uploads
# and checkups, which no public page shows.
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
    """The app `relations`."""

    name = "relations"

    def ready(self) -> None:
        post_migrate.connect(guard_triggers, sender=self)
        post_migrate.connect(make_groups, sender=self)


def guard_triggers(using: str, **kwargs: Any) -> None:
    """Installs what django-pgtrigger cannot declare, then the functions and triggers of the read model."""
    with connections[using].cursor() as cursor:
        cursor.execute(NEVER_IGNORE)
        cursor.execute(WITH_RIGHTS_OF_OWNER)
        cursor.execute(EVERY_TABLE_CHANGES_DATA_VERSION)
    from relations import read_model  # noqa: PLC0415 - it names the models, which are ready only now

    read_model.install(using)


def make_groups(using: str, **kwargs: Any) -> None:
    """Creates missing groups and permissions."""
    from relations import rights  # noqa: PLC0415 - it names the models, which are ready only now

    rights.make_groups(using)
