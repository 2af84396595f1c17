"""The pages for what is asked wrongly, and for what goes wrong. None of them asks the database anything."""

import sys
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template import loader
from django.views import defaults
from psycopg.errors import DeadlockDetected, LockNotAvailable, QueryCanceled, SerializationFailure

IN_THE_WAY = (DeadlockDetected, LockNotAvailable, SerializationFailure)

TOO_MUCH: dict[type[Exception], str] = {
    RequestDataTooBig: f"The form holds more than {settings.DATA_UPLOAD_MAX_MEMORY_SIZE / 1_000_000:.1f} MB of text.",
    TooManyFieldsSent: f"The form has more than {settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:,} fields.",
    TooManyFilesSent: f"The form has more than {settings.DATA_UPLOAD_MAX_NUMBER_FILES:,} files.",
}


class NothingThereError(Http404):
    """Nothing stands at an address any more, for which there are words."""


def page(status: int, *, template: str = "", retry_after: int = 0, **context: Any) -> HttpResponse:
    """The page of this status; after how many seconds it is worth asking again stands in its headers."""
    response = HttpResponse(loader.get_template(template or f"{status}.html").render(context), status=status)
    if retry_after:
        response["Retry-After"] = str(retry_after)
    return response


def not_allowed(methods: list[str]) -> HttpResponse:
    """The page for a method that there is not at an address."""
    return HttpResponseNotAllowed(methods, loader.get_template("405.html").render({"methods": methods}))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for what makes no sense, with our own words where there are any; too much is a problem of its own."""
    for kind, problem in TOO_MUCH.items():
        if isinstance(exception, kind):
            return page(413, problem=problem)
    problems = [str(exception)] if isinstance(exception, BadRequest) else []
    return page(400, request=request, problems=problems)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for an address at which nothing stands, with our own words where there are any."""
    if isinstance(exception, NothingThereError):
        return page(404, request=request, why=str(exception))
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for a fault of ours, unless the database is away or takes too long."""
    error = sys.exc_info()[1]
    if isinstance(error, OperationalError) and isinstance(error.__cause__, QueryCanceled):
        return page(503, reason="slow", retry_after=60)
    if isinstance(error, OperationalError) and isinstance(error.__cause__, IN_THE_WAY):
        return page(503, reason="busy", retry_after=10)
    if isinstance(error, OperationalError | InterfaceError):
        return page(503, reason="database", retry_after=10)
    return defaults.server_error(request)
