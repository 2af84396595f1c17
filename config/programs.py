"""Runs PostgreSQL's own programs on the site's database."""

import os
import subprocess
from pathlib import Path

from django.core.management.base import CommandError
from django.db import connection


def run_postgresql(program: str, *arguments: str, connects: bool = True) -> None:
    """Run a program: that of the wheel for the embedded database, the installed one for that of DATABASE_URL.

    Raises CommandError if it is not installed or fails.
    """
    (psql, *address), credentials = connection.client.settings_to_cmd_args_env(connection.settings_dict, [])
    if connects:
        connection.ensure_connection()  # starts the embedded server
        connection.close()
    # A dump or restore of a whole database takes longer than STATEMENT_TIMEOUT.
    environment = {**os.environ, **(credentials or {}), "PGOPTIONS": "-c statement_timeout=0"}
    command = [str(Path(psql).with_name(program)), *(address if connects else []), *arguments]
    try:
        result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise CommandError(f"{program} is not installed: install PostgreSQL's client programs.") from None
    if result.returncode:
        raise CommandError(f"{program}: {result.stderr.strip()}")
