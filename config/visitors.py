"""Who asks: from which address, whom of those on the way we believe, and whether we may know the visitor."""

import ipaddress
import re
from typing import Any

from django.conf import settings

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def address_in(text: str) -> Address | None:
    """The address in what a connection or a proxy tells, without port, brackets and zone; None where there is none."""
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
    """Where the visitor is: whom a trusted proxy tells of, else who is connected."""
    connected = address_in(environ.get("REMOTE_ADDR", ""))
    if not is_trusted(connected):
        return connected
    return forwarded(environ.get("HTTP_X_FORWARDED_FOR", "")) or connected


def forwarded(told: str) -> Address | None:
    """Who spoke to the outermost trusted proxy: each tells of the one before it; what strangers tell is hearsay."""
    known = None
    for text in reversed([text.strip() for text in told.split(",") if text.strip()]):
        address = address_in(text)
        known = address or known
        if not is_trusted(address):
            break
    return known


def may_be_known(environ: dict[str, Any]) -> bool:
    """Whether a request says who asks, be it true or not."""
    return f"{settings.SESSION_COOKIE_NAME}=" in environ.get("HTTP_COOKIE", "") or "HTTP_AUTHORIZATION" in environ
