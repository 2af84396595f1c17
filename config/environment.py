"""What the environment may say, read into the types that the settings need."""

import ipaddress
import os
import re
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from psycopg import Error
from psycopg.conninfo import conninfo_to_dict

SWITCH = {"on": True, "true": True, "yes": True, "1": True, "off": False, "false": False, "no": False, "0": False}


def read_file(path: Path) -> None:
    """Add the NAME=value lines of a file to the environment; what is already set there wins."""
    if not path.is_file():
        return
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, separator, value = line.partition("=")
        if not separator or not name.strip().isidentifier():
            raise ImproperlyConfigured(f"{path}, line {number}: write NAME=value.")
        os.environ.setdefault(name.strip(), value.strip())


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def switch(name: str, default: bool) -> bool:
    value = text(name)
    if value and value.lower() not in SWITCH:
        raise ImproperlyConfigured(f"{name} is {value!r}: use on or off.")
    return SWITCH[value.lower()] if value else default


def number(name: str, default: int) -> int:
    value = text(name, str(default))
    if not (value.isascii() and value.isdigit()):
        raise ImproperlyConfigured(f"{name} is {value!r}: use a whole number.")
    return int(value)


def words(name: str) -> list[str]:
    """A list separated by commas, spaces or both."""
    return text(name).replace(",", " ").split()


def path(name: str) -> str:
    """A path below which something lies, without a slash at its end; nothing for the top."""
    value = text(name)
    if value and not re.fullmatch(r"(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+", value):
        raise ImproperlyConfigured(f"{name} is {value!r}: use a path such as /dyad, with no slash at its end.")
    return value


def networks(name: str) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    try:
        return [ipaddress.ip_network(word) for word in words(name)]
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: {error}: use addresses or networks such as 10.0.0.0/8.") from None


def database(url: str) -> dict[str, Any]:
    """Django's settings for a libpq address, read by libpq's own parser (sockets, IPv6, sslmode, percent signs)."""
    try:
        options = conninfo_to_dict(url)
    except Error as error:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read: {' '.join(str(error).split())}") from None
    named = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    settings = {setting: str(options.pop(key, "")) for setting, key in named.items()}
    return {"ENGINE": "django.db.backends.postgresql", **settings, "OPTIONS": options}
