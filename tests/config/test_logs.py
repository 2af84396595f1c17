"""Logs: one JSON object per line."""

import json
import logging
import sys

from config.logs import JsonFormatter


def formatted(record: logging.LogRecord) -> dict:
    line = JsonFormatter().format(record)
    assert "\n" not in line
    return json.loads(line)


def test_message_with_its_time_level_and_logger():
    record = logging.LogRecord("relations", logging.WARNING, __file__, 1, "%s:\nnot found", ("Éire",), None)
    record.created = 0.5
    assert formatted(record) == {
        "time": "1970-01-01T00:00:00.500+00:00",
        "level": "warning",
        "logger": "relations",
        "message": "Éire:\nnot found",
    }


def test_error_brings_its_traceback():
    try:
        raise ValueError("no such day")
    except ValueError:
        record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, "failed", None, sys.exc_info())
    assert formatted(record)["traceback"].endswith("ValueError: no such day")


def test_a_request_is_logged_with_named_fields():
    request = {"method": "GET", "path": "/events/", "status": "200", "bytes": 7, "microseconds": 12}
    record = logging.LogRecord("access", logging.INFO, __file__, 1, "%(method)s", (request,), None)
    entry = formatted(record)
    del entry["time"]
    assert entry == {
        "level": "info",
        "logger": "access",
        "method": "GET",
        "path": "/events/",
        "status": "200",
        "bytes": 7,
        "microseconds": 12,
    }
