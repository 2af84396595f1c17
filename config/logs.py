"""Logs for machines: one JSON object a line on standard output."""

import json
import logging
from datetime import UTC, datetime
from typing import Any

REQUEST = {"m": "method", "U": "path", "s": "status", "B": "bytes", "D": "microseconds", "h": "address", "a": "agent"}

# Django's and gunicorn's configuration alike: everything goes to standard output.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "config.logs.JsonFormatter"}},
    "handlers": {"stdout": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "json"}},
    "root": {"handlers": ["stdout"], "level": "INFO"},
    "loggers": {
        name: {"level": "INFO", "handlers": [], "propagate": True}
        for name in ("django", "django.server", "gunicorn.access", "gunicorn.error")
    },
}


class JsonFormatter(logging.Formatter):
    """Time, level, logger and message of a record, and what an access log or an error adds to them."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        if record.name == "gunicorn.access" and isinstance(record.args, dict):
            atoms = record.args
            entry |= {name: atoms.get(atom) for atom, name in REQUEST.items()}
        else:
            entry["message"] = record.getMessage()
        if record.exc_info:
            entry["traceback"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False, default=str)
