"""Pages that are kept, and given again as long as nothing has changed that the public sees.

A page is made once for everybody who is not known: config.middleware.PublicMiddleware says which one may be kept, and
of which data version it is. Who gives it again (config.asker) has read that version after the request came, so that
nobody on any process or host sees a page that was withdrawn. A new release or setting is a new process, with no pages.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any, NamedTuple

from django.utils.http import parse_etags

from config.visitors import address_in, is_trusted, may_be_known
from relations.parameters import IGNORED

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

ROOM = 64_000_000  # bytes of all pages, in each process
LARGEST = 500_000  # bytes of a page: the server takes it whole, without waiting for its reader (worker.AHEAD)
OVERHEAD = 2_000  # bytes of what a page needs beside its text


class Key(NamedTuple):
    """What tells one page from another."""

    host: str
    scheme: str
    path: str
    query: str


class Page(NamedTuple):
    """A page as everybody gets it who is not known."""

    version: str
    status: str
    headers: list[tuple[str, str]]
    body: bytes

    def answer(self, environ: dict[str, Any]) -> tuple[str, list[tuple[str, str]], bytes]:
        """Status, headers and body: the page, or that it is what the visitor has already."""
        etag = dict(self.headers).get("ETag")
        told = [each.removeprefix("W/") for each in parse_etags(environ.get("HTTP_IF_NONE_MATCH", ""))]
        if etag and (etag in told or told == ["*"]):
            about_body = ("Content-Type", "Content-Length")
            return "304 Not Modified", [header for header in self.headers if header[0] not in about_body], b""
        return self.status, self.headers, self.body if environ["REQUEST_METHOD"] == "GET" else b""


class Kept:
    """The site, and those of its pages that were asked for last."""

    def __init__(self, site: Application) -> None:
        self.site = site
        self.pages: OrderedDict[Key, Page] = OrderedDict()
        self.bytes = 0
        self.lock = Lock()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        key = key_of(environ)
        if key:
            environ["QUERY_STRING"] = key.query
        started: list[Any] = []
        response: Any = self.site(environ, lambda *told: started.extend(told))
        if not (key and hasattr(response, "data_version")):
            start_response(*started)
            return response
        status, headers = started
        page = Page(response.data_version, status, headers, response.content)
        response.close()
        self.keep(key, page)
        status, headers, body = page.answer(environ)
        start_response(status, headers)
        return [body]

    def keep(self, key: Key, page: Page) -> None:
        """Keep a page, in the place of those that nobody asked for in the longest time."""
        if size(key, page) > LARGEST:
            return
        with self.lock:
            self._drop(key)
            self.pages[key] = page
            self.bytes += size(key, page)
            while self.bytes > ROOM:
                self._drop(next(iter(self.pages)))

    def _drop(self, key: Key) -> None:
        if page := self.pages.pop(key, None):
            self.bytes -= size(key, page)

    def page(self, environ: dict[str, Any], version: str) -> Page | None:
        """The page that answers, if it is of this version."""
        key = key_of(environ)
        with self.lock:
            if key is None or key not in self.pages or self.pages[key].version != version:
                return None
            self.pages.move_to_end(key)
            return self.pages[key]

    def has(self, environ: dict[str, Any]) -> bool:
        """Whether a page is kept that answers, if it is of the present version."""
        return key_of(environ) in self.pages


def size(key: Key, page: Page) -> int:
    return len(page.body) + len(key.path) + len(key.query) + OVERHEAD


def key_of(environ: dict[str, Any]) -> Key | None:
    """Which page is asked for; none where something is sent, or where the visitor may be known."""
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or may_be_known(environ):
        return None
    scheme = environ["wsgi.url_scheme"]
    if "HTTP_X_FORWARDED_PROTO" in environ and is_trusted(address_in(environ["REMOTE_ADDR"])):
        scheme = environ["HTTP_X_FORWARDED_PROTO"]
    return Key(environ.get("HTTP_HOST", ""), scheme, environ["PATH_INFO"], canonical(environ["QUERY_STRING"]))


def canonical(query: str) -> str:
    """The parameters without those that are for nobody here: each of a campaign's visitors has others."""
    return "&".join(each for each in query.split("&") if not IGNORED.fullmatch(each.partition("=")[0]))
