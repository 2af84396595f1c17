"""The error pages, for the client's errors and for our own. None of them queries the database."""

import sys
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template import loader
from django.views import defaults
from psycopg.errors import DeadlockDetected, LockNotAvailable, QueryCanceled, SerializationFailure

CONFLICTS = (DeadlockDetected, LockNotAvailable, SerializationFailure)

TOO_MUCH: dict[type[Exception], str] = {
    RequestDataTooBig: f"The form holds more than {settings.DATA_UPLOAD_MAX_MEMORY_SIZE / 1_000_000:.1f} MB of text.",
    TooManyFieldsSent: f"The form has more than {settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:,} fields.",
    TooManyFilesSent: f"The form has more than {settings.DATA_UPLOAD_MAX_NUMBER_FILES:,} files.",
}


class NothingThereError(Http404):
    """A 404 whose message explains to the reader why nothing is at the address."""


def page(status: int, *, template: str = "", retry_after: int = 0, **context: Any) -> HttpResponse:
    """The page for a status; `retry_after` is in seconds and becomes the header `Retry-After`, unless it is 0."""
    response = HttpResponse(loader.get_template(template or f"{status}.html").render(context), status=status)
    if retry_after:
        response["Retry-After"] = str(retry_after)
    return response


def not_allowed(methods: list[str]) -> HttpResponse:
    """The page for a method that a view does not have."""
    return HttpResponseNotAllowed(methods, loader.get_template("405.html").render({"methods": methods}))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for a bad request (400), with the message of a `BadRequest`; 413 if the request is too large."""
    for kind, problem in TOO_MUCH.items():
        if isinstance(exception, kind):
            return page(413, problem=problem)
    problems = [str(exception)] if isinstance(exception, BadRequest) else []
    return page(400, request=request, problems=problems)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The 404 page, with the message of a `NothingThereError`."""
    if isinstance(exception, NothingThereError):
        return page(404, request=request, why=str(exception))
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """The 500 page; 503 if the database is unavailable, too slow, or locked by others."""
    error = sys.exc_info()[1]
    if isinstance(error, OperationalError) and isinstance(error.__cause__, QueryCanceled):
        return page(503, reason="slow", retry_after=60)
    if isinstance(error, OperationalError) and isinstance(error.__cause__, CONFLICTS):
        return page(503, reason="busy", retry_after=10)
    if isinstance(error, OperationalError | InterfaceError):
        return page(503, reason="database", retry_after=10)
    return defaults.server_error(request)
