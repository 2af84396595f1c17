"""Who works for a visitor: a thread, which asks the site, or the one loop of the process, which has the page."""

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
from config.kept import Kept

STATEMENT = b"data_version"


class Threads(ThreadedTaskDispatcher):
    """Gives a visit that has asked something to a thread, unless the loop has the page."""

    def __init__(self, site: Any, number: int, heard: dict[int, Any]) -> None:
        super().__init__()
        self.set_thread_count(number)
        self.asker = Asker(site, super().add_task, heard) if isinstance(site, Kept) else None

    def add_task(self, visit: Any) -> None:
        """Have a visit answered, once the visitor has taken what was answered before.

        A thread that went on to the next of several requests that came at once would wait for somebody who reads none.
        """
        if visit.total_outbufs_len:
            visit.is_held = True
        elif not (self.asker and self.asker.takes(visit)):
            super().add_task(visit)

    def shutdown(self, cancel_pending: bool = True, timeout: int = 5) -> bool:
        if self.asker:
            self.asker.handle_close()
        return super().shutdown(cancel_pending, timeout)


class Asker(wasyncore.file_dispatcher):
    """Asks for the data version, once for all who came before the question, and gives them the pages that are kept.

    The loop that hears all visitors does so between two of them, and waits neither for the database nor for a reader.
    Where the database does not answer, the threads find out why.
    """

    connected = False

    def __init__(self, kept: Kept, pass_on: Callable[[Any], None], heard: dict[int, Any]) -> None:
        wasyncore.dispatcher.__init__(self, None, heard)
        self.kept, self.pass_on = kept, pass_on
        self.waiting: list[Any] = []  # for the next question
        self.asked: list[Any] = []  # for the answer to this one
        self.lock = Lock()
        self.pause = Pause()
        self.connection: Any = None

    def takes(self, visit: Any) -> bool:
        """Take a visit whose page is kept, whichever version that is of."""
        if len(visit.requests) > 1 or visit.requests[0].is_unread:
            return False
        if not self.kept.has(visit.environ()):
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
        """Have a connection of its own, however long that takes, and give it to the loop."""
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
        self.tell(on_this_day(answer.get_value(0, 0).decode()))

    def tell(self, version: str) -> None:
        """Answer who waits for it with the pages of this version; there may be none yet."""
        while self.asked:
            visit = self.asked.pop()
            if page := self.kept.page(visit.environ(), version):
                visit.requests[0].page = page
                visit.service()
            else:
                self.pass_on(visit)

    def handle_error(self) -> None:
        self.handle_close()

    def handle_close(self) -> None:
        """Let the threads work for all who wait, and the database alone for a while."""
        with self.lock:
            visits = self.asked + self.waiting
            self.asked, self.waiting = [], []
            if self.connected:
                self.close()
                self.connection.close()
        self.pause.begin()
        for visit in visits:
            self.pass_on(visit)
