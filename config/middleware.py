"""What every request passes that Django and its libraries do not bring."""

import ipaddress
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
        if request.path == "/healthz":
            return HttpResponse("ok\n", content_type="text/plain")
        if request.path == "/readyz":
            problem = health.problem()
            return JsonResponse({"ready": not problem, "problem": problem}, status=503 if problem else 200)
        return self.get_response(request)


class TrustedProxyMiddleware:
    """The visitor's address from a trusted proxy; forwarded headers of anybody else are dropped."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
        if self._is_trusted(request.META.get("REMOTE_ADDR", "")):
            addresses = [address.strip() for address in forwarded.split(",") if address.strip()]
            strangers = [address for address in addresses if not self._is_trusted(address)]
            if strangers:  # the last one is who spoke to the outermost trusted proxy; those before it are hearsay
                request.META["REMOTE_ADDR"] = strangers[-1]
        else:
            for header in [name for name in request.META if name.startswith("HTTP_X_FORWARDED_")]:
                del request.META[header]
        return self.get_response(request)

    @staticmethod
    def _is_trusted(address: str) -> bool:
        try:
            return any(ipaddress.ip_address(address) in network for network in settings.TRUSTED_PROXY)
        except ValueError:
            return False


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
        if request.path.startswith("/admin/"):
            super().process_request(request)
        else:
            translation.activate(settings.LANGUAGE_CODE)

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path.startswith("/admin/"):
            return super().process_response(request, response)
        return response
