"""The middleware of this site, in addition to that of Django and its libraries."""

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
    """Answers /healthz and /readyz before the host is checked: probes ask by IP address, not by host name."""

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


# Control characters that nobody types; PostgreSQL cannot store all of them.
UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


class CharactersMiddleware:
    """Refuses control characters in the path (404), in parameters and in the session cookie (400)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if UNSEEN.search(request.path_info):
            return errors.page(404)
        parameters = chain(request.GET.lists(), [("session", [request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")])])
        problems = [
            f"{quoted(name)} holds the unseen character {name_of(unseen[0])}; take it out."
            for name, values in parameters
            if name != REDIRECT_FIELD_NAME  # which config/accounts.py reads
            if (unseen := UNSEEN.search("".join([name, *values])))
        ]
        return errors.page(400, request=request, problems=problems) if problems else self.get_response(request)


class TrustedProxyMiddleware:
    """Sets REMOTE_ADDR to the visitor's address as trusted proxies report it; drops forwarded headers of all others."""

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
    """Forbids every page the camera, the location and other features of the browser."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = PERMISSIONS_POLICY
        return response


class PublicMiddleware:
    """Has public pages read from the nearest database, and those that are the same for everybody cached."""

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
        """Reads the data version before the first query of a page; who may be logged in reads from the primary."""
        view_class = getattr(view, "view_class", None)
        is_of_the_desk = request.path_info.startswith("/admin/")
        reads_data = getattr(view_class, "reads_data", view_class is not None) and not is_of_the_desk
        if request.method in ("GET", "HEAD") and reads_data:
            is_known = may_be_known(request.META)
            current.database, current.version = (PRIMARY, data_version()) if is_known else nearest()

    def is_for_all(self, request: HttpRequest, response: HttpResponse) -> bool:
        """Whether a response depends on its address and the data alone, and the visitor cannot be logged in."""
        has_own_rules = response.has_header("Cache-Control") or response.cookies
        return (
            response.status_code in self.STATUSES
            and not has_own_rules
            and response.get("Vary", "Cookie") == "Cookie"
            and not may_be_known(request.META)
        )


class AdminLocaleMiddleware(LocaleMiddleware):
    """Lets the admin follow the browser's language; the public site is English for everybody."""

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
    """Answers 405 to a method that a view does not have, before a CSRF token or a login is required."""

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
    """The methods of a view's class; GET, HEAD and POST for a function, such as those of the admin."""
    if view_class := getattr(view, "view_class", None):
        names = [name for name in view_class.http_method_names if hasattr(view_class, name)]
        return [name.upper() for name in [*names, *(["head"] if "get" in names and "head" not in names else [])]]
    return ["GET", "HEAD", "POST"]


class BodyMiddleware:
    """Refuses a too large body (413) before any of it is read; the limit is much lower for visitors not logged in."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        header = request.META.get("CONTENT_LENGTH") or "0"
        length = int(header) if header.isascii() and header.isdigit() else 0
        if length > BODY:
            return errors.page(413, problem=f"More than {BODY // 1_000_000} MB cannot be sent at once.")
        if length > BODY_OF_STRANGERS and not get_user(request).is_authenticated:
            return errors.page(
                413, problem=f"More than {BODY_OF_STRANGERS // 1000} kB can be sent after signing in only."
            )
        return self.get_response(request)


class DownloadsMiddleware:
    """Limits how many files are streamed at a time, in all and to one address.

    The places are advisory locks of PostgreSQL, so that all processes and hosts share them. The thread that sends a
    file holds its lock, on its connection; the place is free when either is gone.
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
            # The first piece is made now, so that an error in the file's queries still gets an error page.
            pieces: Any = iter(response)
            response.streaming_content = Pieces(chain([next(pieces, b"")], pieces), self.end)
        except BaseException:
            self.end()
            drop(response)
            raise
        return response

    def begin(self, address: str) -> int:
        """Takes a place for a file to this address; returns 0, or the status of the refusal if there is none."""
        if not fetch_value(PRIMARY, self.TAKEN, DOWNLOADS - 1, address):
            return 429
        if not fetch_value(PRIMARY, self.TAKEN, DOWNLOADS, ""):
            self.end()
            return 503
        return 0

    @staticmethod
    def end() -> None:
        """Frees the place; if the connection is lost, it is free already."""
        with suppress(Error):
            fetch_value(PRIMARY, "SELECT pg_advisory_unlock_all()")


def drop(response: StreamingHttpResponse) -> None:
    """Closes a file that is not sent; closing its response would end the request."""
    if file := getattr(response, "file_to_stream", None):
        file.close()


class Pieces:
    """The chunks of a file, with a `close()` that Django calls at the end of the response."""

    def __init__(self, pieces: Iterator[bytes], end: Callable[[], None]) -> None:
        self.pieces = pieces
        self.close = end

    def __iter__(self) -> Iterator[bytes]:
        return self.pieces
