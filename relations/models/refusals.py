"""What PostgreSQL refused, in words for the person who entered it."""

from functools import cache

from django.apps import apps
from django.db import DatabaseError


@cache
def constraint_messages() -> dict[str, str]:
    """What the constraints of the models say when they are broken, by name."""
    return {
        constraint.name: str(constraint.violation_error_message)
        for model in apps.get_app_config("relations").get_models()
        for constraint in model._meta.constraints
        if constraint.violation_error_message != constraint.default_violation_error_message
    }


def refusal(error: DatabaseError) -> tuple[str, str]:
    """The column that a refusal is about, empty where it is about none or several, and the reason."""
    diagnosis = getattr(error.__cause__, "diag", None)
    if diagnosis is None or diagnosis.message_primary is None:
        return "", str(error)
    message = constraint_messages().get(diagnosis.constraint_name or "", "")
    column, colon, reason = message.partition(": ")
    if colon and column.isidentifier():
        return column, reason
    if message:
        return "", message
    if diagnosis.sqlstate == "23505":
        return "", f"There is such a row already. {diagnosis.message_detail or ''}".strip()
    if diagnosis.sqlstate == "23502":
        return (diagnosis.column_name or "").removesuffix("_id"), "is needed"
    return "", diagnosis.message_primary
