"""Messages for errors of PostgreSQL, written for the person who entered the data."""

import re
from functools import cache

from django.apps import apps
from django.db import DatabaseError, OperationalError, connection

BUSY = "somebody else is changing the same rows at this moment; try again in a minute"
SLOW = "it took longer than allowed; try again later, or with less at once"
FULL = "the database has no room left; tell those who run this site"
AWAY = "the database was away for a moment; try again"
STILL_NAMED = "it refers to a row that no longer exists, or another row still refers to it"
# Messages by SQLSTATE, or by its class, for operational errors, which no row is to blame for; others are AWAY.
OPERATIONAL = {"40": BUSY, "55": BUSY, "57014": SLOW, "53": FULL}
# Messages of constraints that migrations make in SQL, because Django cannot declare them.
MADE_IN_SQL = {"citation_passage_of_its_source": "A passage that is cited stays with the source of its citations."}
MISSING, NAMED, TAKEN = "23502", "23503", "23505"
KEY = re.compile(r"Key \((.+?)\)=\((.*)\) already exists\.", re.DOTALL)


@cache
def constraint_messages() -> dict[str, str]:
    """The messages of the constraints of all models, by constraint name."""
    return MADE_IN_SQL | {
        constraint.name: str(constraint.violation_error_message)
        for model in apps.get_app_config("relations").get_models()
        for constraint in model._meta.constraints
        if constraint.violation_error_message != constraint.default_violation_error_message
    }


def refusal(error: DatabaseError) -> tuple[str, str]:
    """The column that an error is about, empty if it is about none or several, and the reason in words."""
    diagnosis = getattr(error.__cause__, "diag", None)
    code = (diagnosis.sqlstate if diagnosis else None) or ""
    if isinstance(error, OperationalError):
        return "", OPERATIONAL.get(code, OPERATIONAL.get(code[:2], AWAY))
    if diagnosis is None or diagnosis.message_primary is None:
        return "", str(error)
    message = constraint_messages().get(diagnosis.constraint_name or "", "")
    column, colon, reason = message.partition(": ")
    if colon and column.isidentifier() and column.islower():
        return column, reason
    if code == TAKEN:
        return duplicate(message, diagnosis.message_detail or "")
    if code == MISSING:
        return (diagnosis.column_name or "").removesuffix("_id"), "is needed"
    return "", message or (STILL_NAMED if code == NAMED else diagnosis.message_primary)


def check_deferred() -> None:
    """Checks deferred constraints now, while an error can still be shown, instead of at the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def duplicate(message: str, detail: str) -> tuple[str, str]:
    """Column and reason for a violated unique constraint; the reason names the values of several columns.

    `message` is the message of the constraint, `detail` that of PostgreSQL. Primary keys of other rows are left out.
    """
    key = KEY.fullmatch(detail)
    names, values = (key[1].split(", "), key[2].split(", ")) if key else ([], [])
    if not message and len(names) == 1:
        return names[0], f"“{values[0]}” is taken already"
    same = dict(zip(names, values, strict=True)) if len(names) == len(values) else {}
    told = [f"{name} “{value}”" for name, value in same.items() if name.isidentifier() and is_readable(name, value)]
    message = message or "There is such a row already."
    return "", f"{message.removesuffix('.')}: {', '.join(told)}." if told else message


def is_readable(name: str, value: str) -> bool:
    """Whether the value of a column means something to users: it is not empty and not the primary key of a row."""
    return value not in ("", "null") and not (name.endswith("_id") and value.isdigit())
