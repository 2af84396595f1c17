"""Clients of a server process: real sockets and plain HTTP."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from typing import Any

from config import worker

GET = b"GET / HTTP/1.1\r\nHost: dyad.example\r\n\r\n"


@contextmanager
def running(site: Any, threads: int = 2) -> Iterator[tuple[str, int]]:
    """Runs a server process for a WSGI application in a thread; yields its address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        loop = worker.EventLoop(site, [listener], threads)
        goes_on = threading.Event()
        goes_on.set()

        def run() -> None:
            while goes_on.is_set():
                loop.run_once()
            loop.close()

        thread = threading.Thread(target=run)
        thread.start()
        try:
            yield listener.getsockname()
        finally:
            goes_on.clear()
            with suppress(OSError):  # the loop may have noticed and closed already
                loop.listeners[0].pull_trigger()
            thread.join()


def connect(address: tuple[str, int]) -> socket.socket:
    return socket.create_connection(address, timeout=60)


def read_response(visitor: socket.socket, *, has_body: bool = True) -> tuple[int, dict[str, str], bytes]:
    """The status, headers and body of the next response."""
    with visitor.makefile("rb") as file:
        status = int(file.readline().split()[1])
        headers = {}
        while (line := file.readline().strip()) != b"":
            name, _, value = line.decode().partition(": ")
            headers[name] = value
        return status, headers, file.read(int(headers["Content-Length"])) if has_body else b""


def send_request(address: tuple[str, int], content: bytes) -> tuple[int, dict[str, str], bytes]:
    with closing(connect(address)) as visitor:
        visitor.sendall(content)
        return read_response(visitor)
