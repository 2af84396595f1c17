"""waitress's connections, requests and responses, with deadlines and size limits for each.

waitress serves any number of slow visitors in one loop. Once a second the loop of `worker.py` closes the connections
whose deadline is over.
"""

import logging
import socket
import time
from copy import copy
from functools import cache
from io import BytesIO
from typing import Any, ClassVar
from weakref import WeakSet

from django.conf import settings
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.task import ErrorTask, Task, WSGITask
from waitress.utilities import Error, RequestEntityTooLarge, build_http_date

from config.limits import BODY_OF_STRANGERS
from config.page_cache import CachedPage
from config.visitors import visitor_of

# Seconds
FIRST_BYTE = 10  # after connecting
NEXT_REQUEST = 75  # on a kept-alive connection: longer than proxies keep one, so that it is the proxy that closes it
HEADERS = 10  # from the first byte of a request to the end of its headers
READING = 120  # to read a piece of the response: the buffer of a proxy may last a slow reader more than a minute
LINGERING = 30  # while the rest of a refused request is read and discarded
SLOWEST_BODY = 32_000  # bytes a second, after the time for the headers

LARGE = 1_000_000  # bytes of a body; there is memory for only a few large ones
LARGE_AT_A_TIME = 4

access = logging.getLogger("access")


class BusyError(Error):
    """There is no memory for another large body."""

    code, reason = 503, "Service Unavailable"


@cache
def without_session(adjustments: Adjustments) -> Adjustments:
    """waitress's settings with the lower limit for bodies of requests without a session."""
    narrower = copy(adjustments)
    narrower.max_request_body_size = BODY_OF_STRANGERS + 1  # for waitress, the first size that is too large
    return narrower


class Request(HTTPRequestParser):
    """A request as it is received. One that is too large goes to the site at once, unread, which then refuses it."""

    large: ClassVar[WeakSet["Request"]] = WeakSet()  # those whose bodies take much memory, or soon may
    completed = False
    is_unread = False  # its body is not read: it was passed on or refused, and the rest is discarded
    error: Error | None = None
    environ: dict[str, Any] | None = None  # the WSGI environment
    page: CachedPage | None = None  # the answer, if it comes from the page cache

    def __init__(self, adj: Adjustments) -> None:
        super().__init__(adj)
        self.adj: Adjustments = adj
        self.begun = time.time()

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        if f"{settings.SESSION_COOKIE_NAME}=" not in self.headers.get("COOKIE", ""):
            self.adj = without_session(self.adj)
        # After “100 Continue” waitress would wait for a body, even if the request has none.
        if not self.expected:
            self.expect_continue = False

    def received(self, data: bytes) -> int:
        """Parses received data, and returns how many bytes of it belong to this request."""
        was_in_headers = not self.headers_finished
        consumed = super().received(data)
        if was_in_headers and self.headers_finished and not self.completed and self.expected > LARGE:
            self.claim_memory()
        if isinstance(self.error, RequestEntityTooLarge):
            self.pass_to_site()
        self.is_unread |= bool(self.error)
        if self.is_unread:
            self.completed = True
            self.expect_continue = False
            return len(data)
        return consumed

    def claim_memory(self) -> None:
        """Counts this request among the few that may have a large body at a time, or refuses it."""
        if len(self.large) < LARGE_AT_A_TIME:
            self.large.add(self)
        else:
            self.error = BusyError("Other large files are being sent to this site. Try again in a minute.")

    def pass_to_site(self) -> None:
        """Turns an error of waitress into a request with an unread body, which the site refuses with its own page."""
        length = self.content_length or self.body_bytes_received
        self.headers |= {"CONNECTION": "close", "CONTENT_LENGTH": str(length)}
        self.error = None
        self.is_unread = True

    @property
    def expected(self) -> int:
        """The size of the body in bytes; for a chunked body, the maximum."""
        return self.adj.max_request_body_size if self.chunked else self.content_length

    def get_body_stream(self) -> Any:
        return BytesIO() if self.is_unread else super().get_body_stream()

    def close(self) -> None:
        self.large.discard(self)
        super().close()

    def deadline(self) -> float:
        return self.begun + HEADERS + self.expected / SLOWEST_BODY


def log_access(task: Task, **asked: Any) -> None:
    """Writes a line of the access log."""
    answered = {
        "status": task.status[:3],
        "bytes": task.content_bytes_written,
        "microseconds": round((time.time() - task.start_time) * 1_000_000),
    }
    access.info("%(method)s %(path)s %(status)s", asked | answered)


class Answer(WSGITask):
    """The answer of the site to a request."""

    def service(self) -> None:
        try:
            super().service()
        finally:
            environ = self.get_environment()
            log_access(
                self,
                method=environ["REQUEST_METHOD"],
                path=environ["SCRIPT_NAME"] + environ["PATH_INFO"],
                address=environ["REMOTE_ADDR"],
                agent=environ.get("HTTP_USER_AGENT"),
            )

    def get_environment(self) -> dict[str, Any]:
        if not self.request.environ:
            self.request.environ = super().get_environment()
            # It would end a request in another thread than the one that served it.
            del self.request.environ["wsgi.file_wrapper"]
        return self.request.environ

    def write(self, data: bytes) -> None:
        """Sends a piece of the body; to a HEAD request, only the headers."""
        is_whole = self.request.command != "HEAD"
        super().write(data if is_whole else b"")
        self.chunked_response &= is_whole  # else waitress would end the chunks, of which there are none


class CachedAnswer(Answer):
    """A page of the cache, written in one piece."""

    def execute(self) -> None:
        environ = self.get_environment()
        self.status, headers, body = self.request.page.answer(environ)
        environ["REMOTE_ADDR"] = str(visitor_of(environ) or "")  # as the site has it, for the log
        self.close_on_finish = self.request.connection_close
        headers = [
            *headers,
            ("Connection", "close" if self.close_on_finish else "keep-alive"),
            ("Date", build_http_date(self.start_time)),
        ]
        lines = [f"HTTP/{self.version} {self.status}", *map(": ".join, headers), "", ""]
        self.channel.write_soon("\r\n".join(lines).encode("latin-1") + body)
        self.wrote_header = True
        self.content_bytes_written = len(body)


class Refusal(ErrorTask):
    """The answer to a request that never reaches the site: it is malformed, or there is no memory for its body."""

    def service(self) -> None:
        try:
            super().service()
        finally:
            log_access(self, method=None, path=None, address=self.channel.addr[0], agent=None)

    def execute(self) -> None:
        self.response_headers += [("X-Content-Type-Options", "nosniff"), ("Cache-Control", "no-store")]
        if isinstance(self.request.error, BusyError):
            self.response_headers.append(("Retry-After", "60"))
        super().execute()


class Visit(HTTPChannel):
    """A connection, with a deadline for whatever its visitor does next."""

    error_task_class = Refusal
    parser_class = Request
    is_unread = False
    is_held = False  # its next request waits until the visitor has read the previous response
    lingers_until = 0.0

    def deadline(self) -> float:
        """When the connection is overdue, in seconds since the epoch; never while the site works on a request."""
        if self.lingers_until:
            return self.lingers_until
        if self.total_outbufs_len:
            return self.last_activity + READING
        if self.requests:
            return float("inf")
        if self.request:
            return self.request.deadline()
        return self.last_activity + (FIRST_BYTE if self.last_activity == self.creation_time else NEXT_REQUEST)

    def environ(self) -> dict[str, Any]:
        """The WSGI environment of the current request."""
        return Answer(self, self.requests[0]).get_environment()

    # If a socket with unread data is closed, the visitor's system discards the response, and a browser reports that the
    # connection was reset. So the data that still arrives after a refusal is read and discarded here.

    def service(self) -> None:
        self.is_unread = self.requests[0].is_unread
        self.task_class = CachedAnswer if self.requests[0].page else Answer
        super().service()

    def readable(self) -> bool:
        return bool(self.lingers_until) or super().readable()

    def writable(self) -> bool:
        return not self.lingers_until and bool(self.is_held or super().writable())

    def handle_write(self) -> None:
        super().handle_write()
        if self.is_held and self.connected and not self.total_outbufs_len:
            self.is_held = False
            self.server.add_task(self)

    def handle_read(self) -> None:
        if not self.lingers_until:
            super().handle_read()
        elif not self.recv(self.adj.recv_bytes):
            self.drop()

    def handle_close(self) -> None:
        if self.is_unread and self.connected and not self.lingers_until:
            self.lingers_until = time.time() + LINGERING
            self.socket.shutdown(socket.SHUT_WR)
        else:
            self.drop()

    def drop(self) -> None:
        """Closes the connection now, whatever is under way."""
        super().handle_close()
