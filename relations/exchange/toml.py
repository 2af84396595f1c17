"""Writes strings, lists and tables as TOML, each on one line."""

import json
from collections.abc import Iterable


def text(value: str) -> str:
    """A string."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def listed(values: Iterable[str]) -> str:
    """A list of strings."""
    return f"[{', '.join(map(text, values))}]"


def inline(table: dict[str, str]) -> str:
    """An inline table of values that are TOML already."""
    return f"{{ {', '.join(f'{text(name)} = {value}' for name, value in table.items())} }}"
