"""Deletes the rows that a test has committed; Django's flush would run `migrate` signals and recreate every trigger."""

from typing import Any

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connections, transaction

from relations.rights import make_groups

# Tables written by `migrate` and by no test.
STAYS = {model._meta.db_table for model in (ContentType, Permission)}


def empty_databases(test: Any) -> None:
    """Replaces `TransactionTestCase._fixture_teardown`: deletes all rows that a test can have written."""
    for alias in test._databases_names(include_mirrors=False):
        connection = connections[alias]
        tables = set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - STAYS
        with transaction.atomic(alias), connection.cursor() as cursor:
            # Disables foreign keys and the guards of the history; the triggers of the data version still fire.
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(";".join(f"DELETE FROM {connection.ops.quote_name(table)}" for table in sorted(tables)))
        make_groups(alias)
