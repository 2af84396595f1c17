import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction
from psycopg import sql


class Command(BaseCommand):
    help = "Let a role read and write the data that owns nothing; create it with the password in WEB_PASSWORD."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role")

    def handle(self, role: str, **options: Any) -> None:
        name = sql.Identifier(role)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            exists = cursor.fetchone()
            if password := os.environ.get("WEB_PASSWORD"):
                verb = sql.SQL("ALTER" if exists else "CREATE")
                cursor.execute(sql.SQL("{} ROLE {} LOGIN PASSWORD {}").format(verb, name, sql.Literal(password)))
            elif not exists:
                raise CommandError(f"There is no role {role}: set WEB_PASSWORD to create it.")
            for grant in (
                "GRANT USAGE ON SCHEMA public TO {}",
                "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
                "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
            ):
                cursor.execute(sql.SQL(grant).format(name))
        self.stdout.write(f"{role} may read and write the data.")
