"""Parses environment variables into the types that the settings need; ImproperlyConfigured names an invalid one."""

import ipaddress
import os
import re
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from psycopg import Error
from psycopg.conninfo import conninfo_to_dict

SWITCH = {"on": True, "true": True, "yes": True, "1": True, "off": False, "false": False, "no": False, "0": False}


# A line of a .env file in the syntax of docker-compose and shells: a quoted value, or one up to a space and a comment.
LINE = re.compile(
    r"""\s* (?:export\s+)? (?P<name>[A-Za-z_][A-Za-z0-9_]*) \s*=
    (?: \s*'(?P<single>(?:[^'\\]|\\.)*)' | \s*"(?P<double>(?:[^"\\]|\\.)*)"
      | (?!\s*['"])(?P<plain>(?:[^\#]|(?<!\s)\#)*?) )
    (?:\s+\#.*)? \s*""",
    re.VERBOSE,
)
ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "\\": "\\", '"': '"', "$": "$"}  # within double quotes


def read_file(path: Path) -> None:
    """Add the values of a .env file to the environment; variables that are already set win."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        number = error.object.count(b"\n", 0, error.start) + 1
        raise ImproperlyConfigured(f"{path}, line {number}: this is not UTF-8.") from None
    except OSError as error:
        raise ImproperlyConfigured(f"{path} cannot be read: {error.strerror}.") from None
    values = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = LINE.fullmatch(line)
        if not match or "\0" in line:
            raise ImproperlyConfigured(f"{path}, line {number}: write NAME=value, NAME='value' or NAME=\"value\".")
        values[match["name"]] = value_of(match)  # the last one wins, as in other programs
    for name, value in values.items():
        os.environ.setdefault(name, value)


def value_of(line: re.Match[str]) -> str:
    if line["single"] is not None:
        return line["single"].replace("\\'", "'")
    if line["double"] is not None:
        return re.sub(r"\\(.)", lambda escape: ESCAPED.get(escape[1], escape[0]), line["double"])
    return line["plain"].strip()


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def switch(name: str, default: bool) -> bool:
    value = text(name)
    if value and value.lower() not in SWITCH:
        raise ImproperlyConfigured(f"{name} is {value!r}: use on or off.")
    return SWITCH[value.lower()] if value else default


def number(name: str, default: int, least: int = 0) -> int:
    value = text(name, str(default))
    if not (value.isascii() and value.isdigit() and int(value) >= least):
        raise ImproperlyConfigured(f"{name} is {value!r}: use a whole number{f' of {least} or more' if least else ''}.")
    return int(value)


def words(name: str) -> list[str]:
    """A list separated by commas, spaces or both."""
    return text(name).replace(",", " ").split()


def path(name: str) -> str:
    """A URL path that begins with a slash and does not end with one; empty for the top of the host."""
    value = text(name)
    if value and not re.fullmatch(r"(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+", value):
        raise ImproperlyConfigured(f"{name} is {value!r}: use a path such as /dyad, with no slash at its end.")
    return value


def networks(name: str) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    try:
        return [ipaddress.ip_network(word) for word in words(name)]
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: {error}: use addresses or networks such as 10.0.0.0/8.") from None


def database(name: str) -> dict[str, Any]:
    """Django's settings for a libpq URI, parsed by libpq itself (sockets, IPv6, sslmode, percent signs)."""
    try:
        options = conninfo_to_dict(text(name))
    except Error as error:
        raise ImproperlyConfigured(f"{name} cannot be read: {' '.join(str(error).split())}") from None
    named = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    settings = {setting: str(options.pop(key, "")) for setting, key in named.items()}
    return {"ENGINE": "django.db.backends.postgresql", **settings, "OPTIONS": options}
