#!/usr/bin/env python
"""Dyad's command line: `manage.py help` lists the commands."""

import os
import sys
from errno import EDQUOT, ENOSPC, EROFS

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError

NO_ROOM = (EDQUOT, ENOSPC, EROFS)  # a full or read-only disk


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if sys.argv[1:2] not in (["runserver"], ["serve"]):  # commands have no limits of time; pages do
        os.environ.setdefault("STATEMENT_TIMEOUT", "0")
        os.environ.setdefault("DATABASE_WAIT", "0")
    try:
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, OperationalError) as error:
        if "--traceback" in sys.argv:
            raise
        message = str(error).partition("\nCONTEXT:")[0]  # without the SQL in which the error occurred
        sys.exit(f"{sys.argv[0]}: {' '.join(message.split())}")
    except OSError as error:
        if "--traceback" in sys.argv or error.errno not in NO_ROOM:
            raise
        sys.exit(f"{sys.argv[0]}: {error.filename or 'A file'} cannot be written: {error.strerror}.")
    except KeyboardInterrupt:
        if "--traceback" in sys.argv:
            raise
        sys.exit(f"{sys.argv[0]}: stopped by Ctrl-C. What it had not finished, it does when it is started again.")


if __name__ == "__main__":
    main()
