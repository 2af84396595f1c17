"""Texts, lists and tables as TOML has them, in one line each."""

import json
from collections.abc import Iterable


def text(value: str) -> str:
    """A text."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def listed(values: Iterable[str]) -> str:
    """A list of texts."""
    return f"[{', '.join(map(text, values))}]"


def inline(table: dict[str, str]) -> str:
    """A table of values that are TOML already."""
    return f"{{ {', '.join(f'{text(name)} = {value}' for name, value in table.items())} }}"
