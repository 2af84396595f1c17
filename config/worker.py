"""A gunicorn worker on top of waitress: one event loop for any number of slow visitors, and a few threads for Django.

gunicorn starts the processes and keeps them alive. Its own threaded worker gives a connection a thread for as long as
the visitor likes, so that two dozen half-sent requests, or as many slow readers, would block the site.
"""

import os
import resource
import socket
import sys
import time
from typing import Any

from gunicorn.workers import base
from waitress import wasyncore
from waitress.server import BaseWSGIServer, create_server

from config.dispatcher import Dispatcher
from config.limits import BODY
from config.visits import NEXT_REQUEST, Visit

MAX_IDLE = 1000  # connections without a complete request; beyond that the longest silent ones are closed
BUFFERED = 1_000_000  # bytes of a streamed response that are made ahead of its reader
UNSENT = 128_000  # more bytes that the system holds before it sends them
DRAINING = 25  # seconds for the requests under way when the process is told to stop


class EventLoop:
    """The loop of a process that serves all of its connections, on sockets that are open already."""

    def __init__(self, site: Any, sockets: list[socket.socket], threads: int) -> None:
        self.open: dict[int, Any] = {}
        self.threads = Dispatcher(site, threads, self.open)
        for listener in sockets:
            limit_unsent(listener)
        create_server(
            site,
            _dispatcher=self.threads,
            map=self.open,
            sockets=sockets,
            asyncore_use_poll=True,
            channel_timeout=100 * NEXT_REQUEST,  # each visit has its own deadlines
            clear_untrusted_proxy_headers=False,  # Django alone decides whom to trust: TRUSTED_PROXY
            connection_limit=2 * MAX_IDLE,
            ident=None,
            inbuf_overflow=2 * BODY,  # no body is ever written to a file
            max_request_body_size=BODY + 1,
            outbuf_high_watermark=BUFFERED,
            outbuf_overflow=8 * BUFFERED,  # nor a response, unless one piece of it is larger
        )
        self.listeners = [listener for listener in self.open.values() if isinstance(listener, BaseWSGIServer)]
        for listener in self.listeners:
            listener.channel_class = Visit
        self.next_look = 0.0

    def visits(self) -> list[Visit]:
        return [visit for visit in self.open.values() if isinstance(visit, Visit)]

    def run_once(self) -> None:
        """Waits up to a second for connections to be ready, and serves these; once a second, closes overdue ones."""
        wasyncore.loop(timeout=1, use_poll=True, map=self.open, count=1)
        now = time.time()
        if now >= self.next_look:
            self.next_look = now + 1
            self.drop_overdue(now)

    def drop_overdue(self, now: float) -> None:
        """Closes connections past their deadline, and the longest silent ones where too many are idle."""
        for visit in self.visits():
            if visit.deadline() < now:
                visit.drop()
        waiting = [visit for visit in self.visits() if not (visit.requests or visit.total_outbufs_len)]
        waiting.sort(key=lambda visit: visit.last_activity)
        for visit in waiting[: max(len(waiting) - MAX_IDLE, 0)]:
            visit.drop()

    def close(self) -> None:
        """Accepts no more connections, and ends once the requests under way are answered, or their time is over."""
        for listener in self.listeners:
            listener.accepting = False
        until = time.time() + DRAINING
        while time.time() < until and any(visit.requests or visit.total_outbufs_len for visit in self.visits()):
            self.run_once()
        for visit in self.visits():
            visit.drop()
        self.threads.shutdown(timeout=1)
        for listener in self.listeners:
            listener.close()


class Worker(base.Worker):
    """The gunicorn worker that runs this loop."""

    def run(self) -> None:
        raise_file_limit()
        loop = EventLoop(self.wsgi, [listener.sock for listener in self.sockets], self.cfg.threads)
        while self.alive and self.ppid == os.getppid():
            self.notify()
            loop.run_once()
        loop.close()


def limit_unsent(listener: socket.socket) -> None:
    """Makes Linux report a socket as writable whenever a slow reader has taken some tens of kilobytes.

    By default it waits until a third of its send buffer is free, which is up to 4 MB: somebody who reads 25 kB a second
    would seem to take nothing for a minute. The limit is for data that is not sent yet; what is in flight is as much as
    before, and so is the throughput. Other systems report small amounts anyway.
    """
    if sys.platform == "linux" and listener.family != socket.AF_UNIX:
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, UNSENT)


def raise_file_limit() -> None:
    """Raises the limit of open files from the usual 256 or 1024, so that each connection can have one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 4 * MAX_IDLE if hard == resource.RLIM_INFINITY else min(4 * MAX_IDLE, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
