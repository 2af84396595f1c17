"""The visitor behind a request: the address, as trusted proxies report it, and whether there may be a login."""

import ipaddress
import re
from typing import Any

from django.conf import settings

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def address_in(text: str) -> Address | None:
    """The address in the text of a connection or a proxy, without port, brackets and zone; None if there is none."""
    with_port = re.fullmatch(r"(?:\[(.+)\]|([\d.]+))(?::\d+)?", text)
    host = with_port[1] or with_port[2] if with_port else text
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def is_trusted(address: Address | None) -> bool:
    return address is not None and any(address in network for network in settings.TRUSTED_PROXY)


def visitor_of(environ: dict[str, Any]) -> Address | None:
    """The visitor's address: the one a trusted proxy reports, else that of the connection."""
    connected = address_in(environ.get("REMOTE_ADDR", ""))
    if not is_trusted(connected):
        return connected
    return forwarded(environ.get("HTTP_X_FORWARDED_FOR", "")) or connected


def forwarded(header: str) -> Address | None:
    """The client of the outermost trusted proxy in X-Forwarded-For; entries to the left of it are not trusted."""
    known = None
    for text in reversed([text.strip() for text in header.split(",") if text.strip()]):
        address = address_in(text)
        known = address or known
        if not is_trusted(address):
            break
    return known


def may_be_known(environ: dict[str, Any]) -> bool:
    """Whether a request has a session cookie or credentials, valid or not."""
    return f"{settings.SESSION_COOKIE_NAME}=" in environ.get("HTTP_COOKIE", "") or "HTTP_AUTHORIZATION" in environ
