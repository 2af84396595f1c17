"""A process of the site: waitress hears and answers any number of slow visitors, and a few threads work for them.

gunicorn starts such processes and sees to it that they live. Its own threaded worker gives a connection a thread for as
long as the visitor likes, so that two dozen half-sent requests, or as many slow readers, would stop the site.
"""

import logging
import os
import resource
import socket
import time
from copy import copy
from functools import cache
from io import BytesIO
from typing import Any, ClassVar
from weakref import WeakSet

from django.conf import settings
from gunicorn.workers import base
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import BaseWSGIServer, create_server
from waitress.task import ErrorTask, Task, WSGITask
from waitress.utilities import Error, RequestEntityTooLarge

from config.limits import BODY, BODY_OF_STRANGERS

# Seconds that a visitor has
FIRST_BYTE = 10  # after connecting
NEXT_REQUEST = 75  # on a kept connection: longer than proxies keep one, so that they are the ones who close it
HEADERS = 10  # from the first byte of a request to the end of its headers
READING = 30  # to take a piece of the answer
LINGERING = 30  # in which the rest of a refused request is thrown away
SLOWEST_BODY = 32_000  # bytes a second, after the time for the headers

WAITING = 1000  # connections without a whole request; beyond them, who was heard of longest ago goes
LARGE = 1_000_000  # bytes of a body that is kept in a file
LARGE_AT_A_TIME = 4
AHEAD = 1_000_000  # bytes of a streamed answer that wait for their reader
DRAINING = 25  # seconds for what is under way when the process is told to stop

access = logging.getLogger("access")


class BusyError(Error):
    """As many large bodies are being sent as there is room for."""

    code, reason = 503, "Service Unavailable"


@cache
def for_strangers(adjustments: Adjustments) -> Adjustments:
    """The same, with the size of a body that anybody may send."""
    narrower = copy(adjustments)
    narrower.max_request_body_size = BODY_OF_STRANGERS + 1
    return narrower


class Request(HTTPRequestParser):
    """A request as it comes in. One that is too large is given to the site at once, unread: the site refuses it."""

    large: ClassVar[WeakSet["Request"]] = WeakSet()  # bodies that lie in files, or soon may
    is_unread = completed = False
    error: Error | None = None

    def __init__(self, adj: Adjustments) -> None:
        super().__init__(adj)
        self.adj: Adjustments = adj
        self.begun = time.time()

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        if f"{settings.SESSION_COOKIE_NAME}=" not in self.headers.get("COOKIE", ""):
            self.adj = for_strangers(self.adj)

    def received(self, data: bytes) -> int:
        was_in_headers = not self.headers_finished
        consumed = super().received(data)
        if was_in_headers and self.headers_finished and not self.completed and self.expected > LARGE:
            if len(self.large) < LARGE_AT_A_TIME:
                self.large.add(self)
            else:
                self.error = BusyError("Other large files are being sent to this site. Try again in a minute.")
        if isinstance(self.error, RequestEntityTooLarge):
            self.error = None
            length = self.content_length or self.body_bytes_received
            self.headers |= {"CONNECTION": "close", "CONTENT_LENGTH": str(length)}
            self.is_unread = True
        if self.error:
            self.is_unread = True
        if self.is_unread:
            self.completed = True
            self.expect_continue = False
            return len(data)
        return consumed

    @property
    def expected(self) -> int:
        """The bytes of the body, as many as they may be where they come in chunks."""
        return self.adj.max_request_body_size if self.chunked else self.content_length

    def get_body_stream(self) -> Any:
        return BytesIO() if self.is_unread else super().get_body_stream()

    def close(self) -> None:
        self.large.discard(self)
        super().close()

    def deadline(self) -> float:
        return self.begun + HEADERS + self.expected / SLOWEST_BODY


def note(task: Task, **asked: Any) -> None:
    """A line of the access log."""
    answered = {
        "status": task.status[:3],
        "bytes": task.content_bytes_written,
        "microseconds": round((time.time() - task.start_time) * 1_000_000),
    }
    access.info("%(method)s %(path)s %(status)s", asked | answered)


class Answer(WSGITask):
    """What the site says to a request."""

    def service(self) -> None:
        try:
            super().service()
        finally:
            environ = self.get_environment()
            note(
                self,
                method=environ["REQUEST_METHOD"],
                path=environ["SCRIPT_NAME"] + environ["PATH_INFO"],
                address=environ["REMOTE_ADDR"],
                agent=environ.get("HTTP_USER_AGENT"),
            )

    def get_environment(self) -> dict[str, Any]:
        environ = super().get_environment()
        environ.pop("wsgi.file_wrapper", None)  # it would end a request in another thread than the one that served it
        return environ


class Refusal(ErrorTask):
    """What is said to a request that the site cannot be asked: it makes no sense, or there is no room for it."""

    def service(self) -> None:
        try:
            super().service()
        finally:
            note(self, method=None, path=None, address=self.channel.addr[0], agent=None)

    def execute(self) -> None:
        self.response_headers += [("X-Content-Type-Options", "nosniff"), ("Cache-Control", "no-store")]
        if isinstance(self.request.error, BusyError):
            self.response_headers.append(("Retry-After", "60"))
        super().execute()


class Visit(HTTPChannel):
    """A connection, whose visitor has some time for each thing."""

    task_class = Answer
    error_task_class = Refusal
    parser_class = Request
    is_unread = False
    lingers_until = 0.0

    def deadline(self) -> float:
        """Until when the visitor should have gone on; without an end while the site works for them."""
        if self.lingers_until:
            return self.lingers_until
        if self.total_outbufs_len:
            return self.last_activity + READING
        if self.requests:
            return float("inf")
        if self.request:
            return self.request.deadline()
        return self.last_activity + (FIRST_BYTE if self.last_activity == self.creation_time else NEXT_REQUEST)

    # If a socket with unread data is closed, the visitor's system throws the answer away, and a browser says that the
    # connection was reset. So what is still sent after a refusal is read, and thrown away here.

    def service(self) -> None:
        self.is_unread = self.requests[0].is_unread
        super().service()

    def readable(self) -> bool:
        return bool(self.lingers_until) or super().readable()

    def writable(self) -> bool:
        return not self.lingers_until and bool(super().writable())

    def handle_read(self) -> None:
        if not self.lingers_until:
            super().handle_read()
        elif not self.recv(self.adj.recv_bytes):
            self.leave()

    def handle_close(self) -> None:
        if self.is_unread and self.connected and not self.lingers_until:
            self.lingers_until = time.time() + LINGERING
            self.socket.shutdown(socket.SHUT_WR)
        else:
            self.leave()

    def leave(self) -> None:
        """Close the connection now, whatever is under way."""
        super().handle_close()


class Door:
    """Where visitors come in: sockets that are open already."""

    def __init__(self, site: Any, sockets: list[socket.socket], threads: int) -> None:
        self.open: dict[int, Any] = {}
        create_server(
            site,
            map=self.open,
            sockets=sockets,
            threads=threads,
            asyncore_use_poll=True,
            channel_timeout=100 * NEXT_REQUEST,  # each visit has its own deadlines
            clear_untrusted_proxy_headers=False,  # Django alone decides whom to believe: TRUSTED_PROXY
            connection_limit=2 * WAITING,
            ident=None,
            inbuf_overflow=LARGE,
            max_request_body_size=BODY + 1,
            outbuf_high_watermark=AHEAD,
            outbuf_overflow=8 * AHEAD,
        )
        self.listeners = [listener for listener in self.open.values() if isinstance(listener, BaseWSGIServer)]
        for listener in self.listeners:
            listener.channel_class = Visit
        self.next_look = 0.0

    def visits(self) -> list[Visit]:
        return [visit for visit in self.open.values() if isinstance(visit, Visit)]

    def turn(self) -> None:
        """Hear and answer who is ready, for a second at most, and part from who takes too long."""
        wasyncore.loop(timeout=1, use_poll=True, map=self.open, count=1)
        now = time.time()
        if now < self.next_look:
            return
        self.next_look = now + 1
        for visit in self.visits():
            if visit.deadline() < now:
                visit.leave()
        waiting = [visit for visit in self.visits() if not (visit.requests or visit.total_outbufs_len)]
        waiting.sort(key=lambda visit: visit.last_activity)
        for visit in waiting[: max(len(waiting) - WAITING, 0)]:
            visit.leave()

    def close(self) -> None:
        """Let nobody in any more, and see off who is being served."""
        for listener in self.listeners:
            listener.accepting = False
        until = time.time() + DRAINING
        while time.time() < until and any(visit.requests or visit.total_outbufs_len for visit in self.visits()):
            self.turn()
        for visit in self.visits():
            visit.leave()
        self.listeners[0].task_dispatcher.shutdown(timeout=1)
        for listener in self.listeners:
            listener.close()


class Worker(base.Worker):
    """gunicorn's process, with that door."""

    def run(self) -> None:
        make_room_for_files()
        door = Door(self.wsgi, [listener.sock for listener in self.sockets], self.cfg.threads)
        while self.alive and self.ppid == os.getppid():
            self.notify()
            door.turn()
        door.close()


def make_room_for_files() -> None:
    """Let this process have a file for each connection, where the system gives it 256 or 1024."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 4 * WAITING if hard == resource.RLIM_INFINITY else min(4 * WAITING, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
