"""A cache of whole public pages in each process, for visitors who send neither a session nor credentials.

config.middleware.PublicMiddleware marks the responses that may be cached by their attribute `data_version`. A page is
served again by config.dispatcher only if the data version, read after the request came in, is still that of the page:
what was withdrawn is never served again, by whichever process or host. A new release starts with an empty cache.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any, NamedTuple

from django.utils.http import parse_etags

from config.visitors import address_in, is_trusted, may_be_known
from relations.parameters import IGNORED

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

MAX_BYTES = 64_000_000  # of all pages, in each process
MAX_PAGE_BYTES = 500_000  # the server buffers a page whole, without waiting for its reader (worker.BUFFERED)
OVERHEAD = 2_000  # bytes of a page besides its body and URL


class Key(NamedTuple):
    """What a page is cached by."""

    host: str
    scheme: str
    path: str
    query: str


class CachedPage(NamedTuple):
    """A response as every visitor without a session gets it, and the data version that it was made of."""

    version: str
    status: str
    headers: list[tuple[str, str]]
    body: bytes

    def answer(self, environ: dict[str, Any]) -> tuple[str, list[tuple[str, str]], bytes]:
        """Status, headers and body: the page, or 304 if the visitor has it already."""
        etag = dict(self.headers).get("ETag")
        sent = [each.removeprefix("W/") for each in parse_etags(environ.get("HTTP_IF_NONE_MATCH", ""))]
        if etag and (etag in sent or sent == ["*"]):
            about_body = ("Content-Type", "Content-Length")
            return "304 Not Modified", [header for header in self.headers if header[0] not in about_body], b""
        return self.status, self.headers, self.body if environ["REQUEST_METHOD"] == "GET" else b""


class PageCache:
    """The WSGI application of the site, with its most recently used pages."""

    def __init__(self, site: Application) -> None:
        self.site = site
        self.pages: OrderedDict[Key, CachedPage] = OrderedDict()
        self.bytes = 0
        self.lock = Lock()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        key = key_of(environ)
        if key:
            environ["QUERY_STRING"] = key.query
        started: list[Any] = []
        response: Any = self.site(environ, lambda *arguments: started.extend(arguments))
        if not (key and hasattr(response, "data_version")):
            start_response(*started)
            return response
        status, headers = started
        page = CachedPage(response.data_version, status, headers, response.content)
        response.close()
        self.store(key, page)
        status, headers, body = page.answer(environ)
        start_response(status, headers)
        return [body]

    def store(self, key: Key, page: CachedPage) -> None:
        """Caches a page, and evicts the least recently used ones."""
        if size(key, page) > MAX_PAGE_BYTES:
            return
        with self.lock:
            self._drop(key)
            self.pages[key] = page
            self.bytes += size(key, page)
            while self.bytes > MAX_BYTES:
                self._drop(next(iter(self.pages)))

    def _drop(self, key: Key) -> None:
        if page := self.pages.pop(key, None):
            self.bytes -= size(key, page)

    def get(self, environ: dict[str, Any], version: str) -> CachedPage | None:
        """The cached page for a request, if it is of this data version."""
        key = key_of(environ)
        with self.lock:
            if key is None or key not in self.pages or self.pages[key].version != version:
                return None
            self.pages.move_to_end(key)
            return self.pages[key]

    def has(self, environ: dict[str, Any]) -> bool:
        """Whether a page is cached for a request, of whichever data version."""
        return key_of(environ) in self.pages


def size(key: Key, page: CachedPage) -> int:
    return len(page.body) + len(key.path) + len(key.query) + OVERHEAD


def key_of(environ: dict[str, Any]) -> Key | None:
    """The key of the requested page; None for other methods, and for visitors who may be logged in."""
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or may_be_known(environ):
        return None
    scheme = environ["wsgi.url_scheme"]
    if "HTTP_X_FORWARDED_PROTO" in environ and is_trusted(address_in(environ["REMOTE_ADDR"])):
        scheme = environ["HTTP_X_FORWARDED_PROTO"]
    return Key(environ.get("HTTP_HOST", ""), scheme, environ["PATH_INFO"], canonical(environ["QUERY_STRING"]))


def canonical(query: str) -> str:
    """The query string without the parameters that the site ignores, which differ for each visitor of a campaign."""
    return "&".join(each for each in query.split("&") if not IGNORED.fullmatch(each.partition("=")[0]))
