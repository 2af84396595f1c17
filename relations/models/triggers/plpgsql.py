"""Building blocks for the PL/pgSQL of triggers. All names are schema-qualified, since pg_restore runs with an empty
search path.
"""

from django.db import models


def table(model: type[models.Model] | str) -> str:
    """The schema-qualified table of a model of this app."""
    name = model if isinstance(model, str) else model._meta.model_name
    return f"public.relations_{name}"


def history(model: type[models.Model]) -> str:
    """The schema-qualified history table of a model."""
    return f"{table(model)}history"


def refuse(constraint: str, message: str, *arguments: str) -> str:
    """PL/pgSQL that raises the error of a violated CHECK with this name; each `%` of the message takes an argument."""
    listed = "".join(f", {argument}" for argument in arguments)
    return f"RAISE EXCEPTION '{message}'{listed} USING ERRCODE = '23514', CONSTRAINT = '{constraint}';"


def differ(columns: list[str]) -> str:
    """An SQL condition: the update changes at least one of these columns."""
    new, old = (", ".join(f"{row}.{column}" for column in columns) for row in ("NEW", "OLD"))
    return f"ROW({new}) IS DISTINCT FROM ROW({old})"
