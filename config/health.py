"""The check behind /readyz: whether this process can serve visitors."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor


def problem() -> str:
    """The reason why the site cannot serve visitors; empty if it can."""
    try:
        missing = missing_migrations()
    except DatabaseError:
        return "The database does not answer."
    return f"{missing} migrations are not applied." if missing else ""


def missing_migrations() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
