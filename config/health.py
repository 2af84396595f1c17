"""Whether this process can serve visitors."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor


def problem() -> str:
    """What keeps the site from serving, or nothing."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "The database does not answer."
    return f"{len(missing)} migrations are not applied." if missing else ""
