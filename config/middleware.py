"""What every request passes that Django and its libraries do not bring."""

import ipaddress
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from threading import Lock
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from config import errors, health
from config.limits import BODY, BODY_OF_STRANGERS, DOWNLOADS

Answer = Callable[[HttpRequest], HttpResponseBase]

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone"),
        *("midi", "payment", "screen-wake-lock", "usb", "xr-spatial-tracking"),
    )
)


class HealthMiddleware:
    """/healthz and /readyz, before the host is checked: a prober asks an address, not a name."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info not in ("/healthz", "/readyz"):
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return errors.not_allowed(["GET", "HEAD"])
        response = self.alive() if request.path_info == "/healthz" else self.ready()
        response["Content-Length"] = str(len(response.content))
        return response

    @staticmethod
    def alive() -> HttpResponse:
        return HttpResponse("ok\n", content_type="text/plain")

    @staticmethod
    def ready() -> HttpResponse:
        problem = health.problem()
        return JsonResponse({"ready": not problem, "problem": problem}, status=503 if problem else 200)


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
        request.META["REMOTE_ADDR"] = str(visitor or "")
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


class MethodMiddleware:
    """A method that a view does not have is told so, before it is asked for a token or a password."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        known = methods_of(view)
        return None if request.method in known else errors.not_allowed(known)


def methods_of(view: Any) -> list[str]:
    """Those of a view's class; functions, which the admin is made of, show pages and take forms."""
    if view_class := getattr(view, "view_class", None):
        names = [name for name in view_class.http_method_names if hasattr(view_class, name)]
        return [name.upper() for name in [*names, *(["head"] if "get" in names and "head" not in names else [])]]
    return ["GET", "HEAD", "POST"]


class BodyMiddleware:
    """What is too large is refused before any of it is read; strangers have nothing to send but a password."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        told = request.META.get("CONTENT_LENGTH") or "0"
        length = int(told) if told.isascii() and told.isdigit() else 0
        if length > BODY:
            return errors.page(413, problem=f"More than {BODY // 1_000_000} MB cannot be sent at once.")
        if length > BODY_OF_STRANGERS and not get_user(request).is_authenticated:
            return errors.page(
                413, problem=f"More than {BODY_OF_STRANGERS // 1000} kB can be sent after signing in only."
            )
        return self.get_response(request)


class DownloadsMiddleware:
    """Files are streamed to so many readers at a time, and not all of them to one address."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.readers: Counter[str] = Counter()
        self.lock = Lock()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not isinstance(response, StreamingHttpResponse):
            return response
        if request.method == "HEAD":
            response.streaming_content = []
            return response
        address = request.META["REMOTE_ADDR"]
        if status := self.begin(address):
            drop(response)
            return errors.page(status, template="503.html", reason="downloads", retry_after=10)
        try:
            # What can go wrong in asking for the file does so here, where there is a page for it.
            pieces: Any = iter(response)
            response.streaming_content = Pieces(chain([next(pieces, b"")], pieces), partial(self.end, address))
        except BaseException:
            self.end(address)
            drop(response)
            raise
        return response

    def begin(self, address: str) -> int:
        """Take a place for a file to this address, or say with which status it is refused."""
        with self.lock:
            if self.readers.total() >= DOWNLOADS:
                return 503
            if self.readers[address] >= DOWNLOADS - 1:
                return 429
            self.readers[address] += 1
            return 0

    def end(self, address: str) -> None:
        with self.lock:
            self.readers[address] -= 1
            self.readers += Counter()  # forgets those who have none


def drop(response: StreamingHttpResponse) -> None:
    """Let go of a file that is not sent; to close the answer would be the end of its request."""
    if file := getattr(response, "file_to_stream", None):
        file.close()


class Pieces:
    """The pieces of a file on its way, whose end somebody waits for."""

    def __init__(self, pieces: Iterator[bytes], end: Callable[[], None]) -> None:
        self.pieces = pieces
        self.close = end

    def __iter__(self) -> Iterator[bytes]:
        return self.pieces
