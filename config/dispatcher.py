"""Dispatches each request: to a thread, which runs Django, or to the event loop, which answers from the page cache."""

from collections.abc import Callable
from functools import partial
from threading import Lock, Thread
from typing import Any

import psycopg
from django.db import Error, connections
from psycopg.pq import ExecStatus
from waitress import wasyncore
from waitress.task import ThreadedTaskDispatcher

from config.databases import PRIMARY, VERSION, Pause, on_this_day
from config.page_cache import PageCache

STATEMENT = b"data_version"


class Dispatcher(ThreadedTaskDispatcher):
    """Passes each request to a thread, unless the event loop can answer it from the page cache."""

    def __init__(self, site: Any, number: int, heard: dict[int, Any]) -> None:
        super().__init__()
        self.set_thread_count(number)
        self.from_cache = CacheResponder(site, super().add_task, heard) if isinstance(site, PageCache) else None

    def add_task(self, visit: Any) -> None:
        """Has the next request of a visit answered, once the visitor has read the answer to the one before.

        Otherwise a visitor who pipelines requests and reads no answers would occupy a thread.
        """
        if visit.total_outbufs_len:
            visit.is_held = True
        elif not (self.from_cache and self.from_cache.accepts(visit)):
            super().add_task(visit)

    def shutdown(self, cancel_pending: bool = True, timeout: int = 5) -> bool:
        if self.from_cache:
            self.from_cache.handle_close()
        return super().shutdown(cancel_pending, timeout)


class CacheResponder(wasyncore.file_dispatcher):
    """Answers visits from the page cache, within the event loop and without blocking it.

    It reads the data version by an asynchronous query on a connection of its own, one query for all visits that came
    before it was sent. Visits whose page is outdated, and all visits while the database does not answer, are passed on
    to the threads.
    """

    connected = False

    def __init__(self, cache: PageCache, pass_on: Callable[[Any], None], heard: dict[int, Any]) -> None:
        wasyncore.dispatcher.__init__(self, None, heard)
        self.cache, self.pass_on = cache, pass_on
        self.waiting: list[Any] = []  # visits for the next query
        self.asked: list[Any] = []  # visits for the query that is under way
        self.lock = Lock()
        self.pause = Pause()
        self.connection: Any = None

    def accepts(self, visit: Any) -> bool:
        """Queues a visit whose page is cached, of whichever data version; False where it is for the threads."""
        if len(visit.requests) > 1 or visit.requests[0].is_unread:
            return False
        if not self.cache.has(visit.environ()):
            return False
        with self.lock:
            if self.connected:
                self.waiting.append(visit)
                return True
        if not self.pause:
            self.pause.begin()
            Thread(target=self.connect, args=[visit.server.trigger], daemon=True).start()
        return False

    def connect(self, trigger: Any) -> None:
        """Opens the connection, in a thread and however long that takes, and hands it to the event loop."""
        try:
            connections[PRIMARY].ensure_connection()
            connection = connections[PRIMARY].connection
            connection.pgconn.prepare(STATEMENT, VERSION.encode())
        except (Error, psycopg.Error):
            connections[PRIMARY].close()
        else:
            trigger.pull_trigger(partial(self.begin, connection))

    def begin(self, connection: psycopg.Connection) -> None:
        if self.connected:
            connection.close()
            return
        self.connection, self.connected = connection, True
        self.set_file(connection.pgconn.socket)

    def writable(self) -> bool:
        return bool(self.waiting and not self.asked)

    def handle_write(self) -> None:
        with self.lock:
            self.asked, self.waiting = self.waiting, []
        self.connection.pgconn.send_query_prepared(STATEMENT, [])

    def handle_read(self) -> None:
        pgconn = self.connection.pgconn
        pgconn.consume_input()
        if pgconn.is_busy() or not self.asked:
            return
        answer = pgconn.get_result()
        if answer.status != ExecStatus.TUPLES_OK:
            self.handle_close()
            return
        while pgconn.get_result():
            pass
        self.respond(on_this_day(answer.get_value(0, 0).decode()))

    def respond(self, version: str) -> None:
        """Answers the visits of this query with the pages of a data version; passes on those that have none yet."""
        while self.asked:
            visit = self.asked.pop()
            if page := self.cache.get(visit.environ(), version):
                visit.requests[0].page = page
                visit.service()
            else:
                self.pass_on(visit)

    def handle_error(self) -> None:
        self.handle_close()

    def handle_close(self) -> None:
        """Passes all visits on to the threads, and does not ask the database again for a while."""
        with self.lock:
            visits = self.asked + self.waiting
            self.asked, self.waiting = [], []
            if self.connected:
                self.close()
                self.connection.close()
        self.pause.begin()
        for visit in visits:
            self.pass_on(visit)
