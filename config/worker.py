"""A process of the site: waitress hears and answers any number of slow visitors, and a few threads work for them.

gunicorn starts such processes and sees to it that they live. Its own threaded worker gives a connection a thread for as
long as the visitor likes, so that two dozen half-sent requests, or as many slow readers, would stop the site.
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

WAITING = 1000  # connections without a whole request; beyond them, who was heard of longest ago goes
AHEAD = 1_000_000  # bytes of a streamed answer that wait for their reader
UNSENT = 128_000  # bytes, beside these, that the system takes before the reader's system has room for them
DRAINING = 25  # seconds for what is under way when the process is told to stop


class Door:
    """Where visitors come in: sockets that are open already."""

    def __init__(self, site: Any, sockets: list[socket.socket], threads: int) -> None:
        self.open: dict[int, Any] = {}
        self.threads = Dispatcher(site, threads, self.open)
        for listener in sockets:
            tell_of_little_room(listener)
        create_server(
            site,
            _dispatcher=self.threads,
            map=self.open,
            sockets=sockets,
            asyncore_use_poll=True,
            channel_timeout=100 * NEXT_REQUEST,  # each visit has its own deadlines
            clear_untrusted_proxy_headers=False,  # Django alone decides whom to believe: TRUSTED_PROXY
            connection_limit=2 * WAITING,
            ident=None,
            inbuf_overflow=2 * BODY,  # no body is ever written to a file
            max_request_body_size=BODY + 1,
            outbuf_high_watermark=AHEAD,
            outbuf_overflow=8 * AHEAD,  # nor an answer, unless one piece of it is larger
        )
        self.listeners = [listener for listener in self.open.values() if isinstance(listener, BaseWSGIServer)]
        for listener in self.listeners:
            listener.channel_class = Visit
        self.next_look = 0.0

    def visits(self) -> list[Visit]:
        return [visit for visit in self.open.values() if isinstance(visit, Visit)]

    def turn(self) -> None:
        """Hear and answer who is ready, for a second at most; once a second, part from who takes too long."""
        wasyncore.loop(timeout=1, use_poll=True, map=self.open, count=1)
        now = time.time()
        if now >= self.next_look:
            self.next_look = now + 1
            self.part(now)

    def part(self, now: float) -> None:
        """Part from visitors whose time is over, and from those who have waited longest where too many wait."""
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
        self.threads.shutdown(timeout=1)
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


def tell_of_little_room(listener: socket.socket) -> None:
    """Have the system tell of each of its connections when a slow reader has taken some tens of kilobytes.

    Linux would wait until a third of all that it keeps for a reader is taken, which is up to 4 MB: somebody who reads
    25 kB a second would seem to take nothing for a minute. It keeps less now of what is not sent; what is on its way is
    as much as before, so that a long line carries as much. Other systems tell of little room anyway.
    """
    if sys.platform == "linux" and listener.family != socket.AF_UNIX:
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, UNSENT)


def make_room_for_files() -> None:
    """Let this process have a file for each connection, where the system gives it 256 or 1024."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 4 * WAITING if hard == resource.RLIM_INFINITY else min(4 * WAITING, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
