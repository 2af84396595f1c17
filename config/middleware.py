"""What every request passes that Django and its libraries do not bring."""

import ipaddress
import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from config import health

Answer = Callable[[HttpRequest], HttpResponseBase]

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone"),
        *("midi", "payment", "screen-wake-lock", "usb", "xr-spatial-tracking"),
    )
)


class HealthMiddleware:
    """/healthz and /readyz, before hosts and HTTPS are checked: a prober asks an address, not a name."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info == "/healthz":
            return HttpResponse("ok\n", content_type="text/plain")
        if request.path_info == "/readyz":
            problem = health.problem()
            return JsonResponse({"ready": not problem, "problem": problem}, status=503 if problem else 200)
        return self.get_response(request)


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


class TrustedProxyMiddleware:
    """The visitor's address from a trusted proxy; forwarded headers of anybody else are dropped."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        visitor = address_in(request.META.get("REMOTE_ADDR", ""))
        if is_trusted(visitor):
            visitor = self._forwarded(request.META.get("HTTP_X_FORWARDED_FOR", "")) or visitor
        else:
            for header in [name for name in request.META if name.startswith("HTTP_X_FORWARDED_")]:
                del request.META[header]
        if visitor:
            request.META["REMOTE_ADDR"] = str(visitor)
        return self.get_response(request)

    @staticmethod
    def _forwarded(told: str) -> Address | None:
        """Who spoke to the outermost trusted proxy: each tells of the one before it; what strangers tell is hearsay."""
        known = None
        for text in reversed([text.strip() for text in told.split(",") if text.strip()]):
            address = address_in(text)
            known = address or known
            if not is_trusted(address):
                break
        return known


class PermissionsPolicyMiddleware:
    """No page asks for a device of its visitor."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = PERMISSIONS_POLICY
        return response


class AdminLocaleMiddleware(LocaleMiddleware):
    """The admin follows the browser's language; the public site is English for everybody."""

    def process_request(self, request: HttpRequest) -> None:
        if request.path_info.startswith("/admin/"):
            super().process_request(request)
        else:
            translation.activate(settings.LANGUAGE_CODE)

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path_info.startswith("/admin/"):
            return super().process_response(request, response)
        return response
