"""What PostgreSQL refused, in words for the person who entered it."""

import re
from functools import cache

from django.apps import apps
from django.db import DatabaseError, OperationalError, connection

BUSY = "somebody else is changing the same rows at this moment; try again in a minute"
SLOW = "it took longer than it may; try again later, or with less at once"
FULL = "the database has no room left; tell those who run this site"
AWAY = "the database was away for a moment; try again"
STILL_NAMED = "it names a row that is not there any more, or is itself still named by another"
# By their SQLSTATE, or its class, what is no fault of any row; the rest is a lost connection.
IN_THE_WAY = {"40": BUSY, "55": BUSY, "57014": SLOW, "53": FULL}
# The rules that Django cannot declare.
MADE_IN_SQL = {"citation_passage_of_its_source": "A passage that is cited stays with the source of its citations."}
MISSING, NAMED, TAKEN = "23502", "23503", "23505"
KEY = re.compile(r"Key \((.+?)\)=\((.*)\) already exists\.", re.DOTALL)


@cache
def constraint_messages() -> dict[str, str]:
    """What the constraints of the models say when they are broken, by name."""
    return MADE_IN_SQL | {
        constraint.name: str(constraint.violation_error_message)
        for model in apps.get_app_config("relations").get_models()
        for constraint in model._meta.constraints
        if constraint.violation_error_message != constraint.default_violation_error_message
    }


def refusal(error: DatabaseError) -> tuple[str, str]:
    """The column that a refusal is about, empty where it is about none or several, and the reason."""
    diagnosis = getattr(error.__cause__, "diag", None)
    code = (diagnosis.sqlstate if diagnosis else None) or ""
    if isinstance(error, OperationalError):
        return "", IN_THE_WAY.get(code, IN_THE_WAY.get(code[:2], AWAY))
    if diagnosis is None or diagnosis.message_primary is None:
        return "", str(error)
    message = constraint_messages().get(diagnosis.constraint_name or "", "")
    column, colon, reason = message.partition(": ")
    if colon and column.isidentifier() and column.islower():
        return column, reason
    if code == TAKEN:
        return taken(message, diagnosis.message_detail or "")
    if code == MISSING:
        return (diagnosis.column_name or "").removesuffix("_id"), "is needed"
    return "", message or (STILL_NAMED if code == NAMED else diagnosis.message_primary)


def check_deferred() -> None:
    """Has PostgreSQL check now what it would check at the end of the transaction, while a refusal can still be told."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def taken(message: str, detail: str) -> tuple[str, str]:
    """Which column, or what of several, another row has already; what only the database can read is left out."""
    key = KEY.fullmatch(detail)
    names, values = (key[1].split(", "), key[2].split(", ")) if key else ([], [])
    if not message and len(names) == 1:
        return names[0], f"“{values[0]}” is taken already"
    same = dict(zip(names, values, strict=True)) if len(names) == len(values) else {}
    told = [f"{name} “{value}”" for name, value in same.items() if name.isidentifier() and is_readable(name, value)]
    message = message or "There is such a row already."
    return "", f"{message.removesuffix('.')}: {', '.join(told)}." if told else message


def is_readable(name: str, value: str) -> bool:
    """Whether the value of a column says something to people, as the number of a row does not."""
    return value not in ("", "null") and not (name.endswith("_id") and value.isdigit())
