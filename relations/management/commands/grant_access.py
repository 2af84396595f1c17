import os
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from psycopg import sql

from relations.read_model import TABLES

# The site sets its own limits. These apply to other programs that connect with its role, and where it sets none.
TIMEOUTS = {"statement_timeout": "60s", "lock_timeout": "10s", "idle_in_transaction_session_timeout": "5min"}
READ, ADD, ALL = "SELECT", "SELECT, INSERT", "SELECT, INSERT, UPDATE, DELETE"


class Command(BaseCommand):
    help = (
        "Grant a role that owns nothing the rights to read and write the data; if WEB_PASSWORD is set, create the role "
        "with that password."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role")

    def handle(self, role: str, **options: Any) -> None:
        name = sql.Identifier(role)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            exists = cursor.fetchone()
            if password := os.environ.get("WEB_PASSWORD"):
                verb = sql.SQL("ALTER" if exists else "CREATE")
                try:
                    cursor.execute(sql.SQL("{} ROLE {} LOGIN PASSWORD {}").format(verb, name, sql.Literal(password)))
                except ProgrammingError as error:
                    raise CommandError(
                        f"This role may not make or change the role {role} (it lacks CREATEROLE). Have it made by "
                        "somebody who may, and leave WEB_PASSWORD out."
                    ) from error
            elif not exists:
                raise CommandError(f"There is no role {role}: set WEB_PASSWORD to create it.")
            cursor.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(name))
            cursor.execute(sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}").format(name))
            cursor.execute(sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(name))
            # The preview of an import uses temporary tables (relations/exchange/trial.py).
            database = sql.Identifier(str(connection.settings_dict["NAME"]))
            cursor.execute(sql.SQL("GRANT TEMPORARY ON DATABASE {} TO {}").format(database, name))
            for table in connection.introspection.table_names(cursor):
                grant = sql.SQL("GRANT {} ON public.{} TO {}").format(
                    sql.SQL(rights_on(table)), sql.Identifier(table), name
                )
                cursor.execute(grant)
            limits = [
                sql.SQL("ALTER ROLE {} SET {} = {}").format(name, sql.Identifier(setting), sql.Literal(value))
                for setting, value in TIMEOUTS.items()
            ]
            try:
                with transaction.atomic():
                    for limit in limits:
                        cursor.execute(limit)
            except ProgrammingError:
                asked = "; ".join(limit.as_string(cursor.connection) for limit in limits)
                self.stdout.write(f"This role may not limit the time of {role}. Have somebody who may run: {asked}")
        self.stdout.write(f"{role} may read and write the data.")


def rights_on(table: str) -> str:
    """The privileges that the site needs on a table.

    It only reads what triggers maintain, only adds to the history, and may edit where former addresses lead.
    """
    if table in ("django_migrations", "data_version", *TABLES):
        return READ
    if table == "relations_formeraddress":  # filled by triggers that run with their owner's rights
        return f"{READ}, UPDATE (now_at, reason)"
    if table == "pghistory_context":  # a trigger prevents changes other than additions
        return f"{ADD}, UPDATE"
    if any(table == model._meta.db_table for model in apps.get_models() if hasattr(model, "pgh_tracked_model")):
        return ADD
    return ALL
