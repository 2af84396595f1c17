"""What every request passes that Django and its libraries do not bring."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import chain
from typing import Any

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME, get_user
from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import patch_cache_control, set_response_etag

from config import errors, health
from config.databases import PRIMARY, current, data_version, fetch_value, nearest
from config.limits import BODY, BODY_OF_STRANGERS, DOWNLOADS
from config.visitors import address_in, is_trusted, may_be_known, visitor_of
from relations.text import name_of, quoted

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


# Control characters that nobody types, and PostgreSQL could not even keep all of them.
UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


class CharactersMiddleware:
    """What nobody types is refused at the door, in an address, its parameters and the cookie of a session."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if UNSEEN.search(request.path_info):
            return errors.page(404)
        asked = chain(request.GET.lists(), [("session", [request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")])])
        problems = [
            f"{quoted(name)} holds the unseen character {name_of(unseen[0])}; take it out."
            for name, values in asked
            if name != REDIRECT_FIELD_NAME  # which config/accounts.py reads
            if (unseen := UNSEEN.search("".join([name, *values])))
        ]
        return errors.page(400, request=request, problems=problems) if problems else self.get_response(request)


class TrustedProxyMiddleware:
    """The visitor's address from a trusted proxy; forwarded headers of anybody else are dropped."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        visitor = visitor_of(request.META)
        if not is_trusted(address_in(request.META.get("REMOTE_ADDR", ""))):
            for header in [name for name in request.META if name.startswith("HTTP_X_FORWARDED_")]:
                del request.META[header]
        request.META["REMOTE_ADDR"] = str(visitor or "")
        return self.get_response(request)


class PermissionsPolicyMiddleware:
    """No page asks for a device of its visitor."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = PERMISSIONS_POLICY
        return response


class PublicMiddleware:
    """A page of the register is read from the nearest database, and is the same for all while its data are the same."""

    STATUSES = (200, 301, 410)  # of addresses that lead somewhere, or did

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        current.database, current.version = PRIMARY, ""
        response = self.get_response(request)
        if current.version and isinstance(response, HttpResponse) and self.is_for_all(request, response):
            patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
            if response.status_code == 200:
                set_response_etag(response)
            if request.method == "GET" and data_version(current.database) == current.version:
                response.data_version = current.version  # type: ignore[attr-defined]
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Ask for the version before the first query of a page; who may be known reads it from the primary."""
        view_class = getattr(view, "view_class", None)
        is_of_the_desk = request.path_info.startswith("/admin/")
        reads_data = getattr(view_class, "reads_data", view_class is not None) and not is_of_the_desk
        if request.method in ("GET", "HEAD") and reads_data:
            is_known = may_be_known(request.META)
            current.database, current.version = (PRIMARY, data_version()) if is_known else nearest()

    def is_for_all(self, request: HttpRequest, response: HttpResponse) -> bool:
        """Whether nothing but the address and the data made it what it is, and nobody asked who may be known."""
        has_own_rules = response.has_header("Cache-Control") or response.cookies
        return (
            response.status_code in self.STATUSES
            and not has_own_rules
            and response.get("Vary", "Cookie") == "Cookie"
            and not may_be_known(request.META)
        )


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
    """A method that a view does not have is told so: before it is asked for a token or a password, where that shows."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            return errors.not_allowed(response["Allow"].split(", "))
        return response

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
    """Files are streamed to so many readers at a time, and not all of them to one address.

    The places are locks of PostgreSQL, so that all processes and hosts have them in common. One is held by the thread
    that sends the file, on its connection, and is free when either is gone.
    """

    TAKEN = """
        SELECT place FROM generate_series(1, %s) AS place
        WHERE pg_try_advisory_lock(hashtext('download ' || %s), place) LIMIT 1
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not isinstance(response, StreamingHttpResponse):
            return response
        if request.method == "HEAD":
            response.streaming_content = []
            return response
        if status := self.begin(request.META["REMOTE_ADDR"]):
            drop(response)
            return errors.page(status, template="503.html", reason="downloads", retry_after=10)
        try:
            # What can go wrong in asking for the file does so here, where there is a page for it.
            pieces: Any = iter(response)
            response.streaming_content = Pieces(chain([next(pieces, b"")], pieces), self.end)
        except BaseException:
            self.end()
            drop(response)
            raise
        return response

    def begin(self, address: str) -> int:
        """Take a place for a file to this address, or say with which status it is refused."""
        if not fetch_value(PRIMARY, self.TAKEN, DOWNLOADS - 1, address):
            return 429
        if not fetch_value(PRIMARY, self.TAKEN, DOWNLOADS, ""):
            self.end()
            return 503
        return 0

    @staticmethod
    def end() -> None:
        """Let go of the place; with a connection that is lost it is free already."""
        with suppress(Error):
            fetch_value(PRIMARY, "SELECT pg_advisory_unlock_all()")


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
