"""What a test that commits has written is taken away again: Django's flush would make every trigger anew each time."""

from typing import Any

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connections, transaction

from relations.rights import make_groups

# What `migrate` has written, and no test writes.
STAYS = {model._meta.db_table for model in (ContentType, Permission)}


def empty_databases(test: Any) -> None:
    """Stands for `TransactionTestCase._fixture_teardown`: deletes all rows that a test could have written."""
    for alias in test._databases_names(include_mirrors=False):
        connection = connections[alias]
        tables = set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - STAYS
        with transaction.atomic(alias), connection.cursor() as cursor:
            # Neither foreign keys nor the guards of history are asked; the data version changes all the same.
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(";".join(f"DELETE FROM {connection.ops.quote_name(table)}" for table in sorted(tables)))
        make_groups(alias)
