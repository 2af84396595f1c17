"""Error responses of the API, all as problem details (RFC 9457)."""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

PROBLEM = "application/problem+json"
PATH = "/api/v1/"
# CORS headers: scripts on any host may read the API, because everything in it is public and cookies are ignored.
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Location, Retry-After",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
DETAILS = {
    404: "Nothing public stands at this address.",
    405: "This address does not take that method.",
    413: "That is more than this address takes.",
    429: "Your address is asking too much at once; wait, and ask again.",
    500: "Something went wrong here, and has been noted.",
    503: "The register cannot answer at the moment; ask again a little later.",
}


def problem(status: int, detail: str = "", problems: Iterable[str] = (), **members: Any) -> HttpResponse:
    """A response with a problem: `detail` in words, `problems` one by one if there are several, and other members."""
    listed = list(problems)
    about = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail or " ".join(listed) or DETAILS.get(status, ""),
        **({"problems": listed} if listed else {}),
        **members,
    }
    ascii_too = {"ensure_ascii": False}
    return JsonResponse(about, status=status, content_type=PROBLEM, json_dumps_params=ascii_too)


class ProblemsMiddleware:
    """Below PATH, turns every error response into a problem, also those that are HTML pages, and adds CORS headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not request.path_info.startswith(PATH):
            return response
        if response.status_code >= 400 and response["Content-Type"] != PROBLEM:
            of_page, response = response, problem(response.status_code)
            for name in ("Allow", "Retry-After"):
                if name in of_page:
                    response[name] = of_page[name]
        for name, value in OPEN.items():
            response[name] = value
        return response
