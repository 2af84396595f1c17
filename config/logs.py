"""Logs for machines: one JSON object per line on standard output."""

import json
import logging
from datetime import UTC, datetime
from typing import Any

# Used by Django and gunicorn: everything goes to standard output.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "config.logs.JsonFormatter"}},
    "handlers": {"stdout": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "json"}},
    "root": {"handlers": ["stdout"], "level": "INFO"},
    "loggers": {
        **{
            name: {"level": "INFO", "handlers": [], "propagate": True}
            for name in ("django", "django.server", "gunicorn.error")
        },
        "waitress.queue": {"level": "ERROR"},  # it warns of every request that waits for a moment
    },
}


class JsonFormatter(logging.Formatter):
    """Time, level, logger and message of a record, with the fields of an access log or the traceback of an error."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        if record.name == "access" and isinstance(record.args, dict):
            entry |= record.args
        else:
            entry["message"] = record.getMessage()
        if record.exc_info:
            entry["traceback"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False, default=str)
