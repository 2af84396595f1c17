"""Clients of a server process: real sockets and plain HTTP."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from typing import Any

from config import worker

ASK = b"GET / HTTP/1.1\r\nHost: dyad.example\r\n\r\n"


@contextmanager
def opened(site: Any, threads: int = 2) -> Iterator[tuple[str, int]]:
    """The address of this site."""
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
            with suppress(OSError):  # it may have looked up by itself, and closed
                loop.listeners[0].pull_trigger()
            thread.join()


def connected(address: tuple[str, int]) -> socket.socket:
    return socket.create_connection(address, timeout=60)


def answer(visitor: socket.socket, *, has_body: bool = True) -> tuple[int, dict[str, str], bytes]:
    """The status, headers and body of a response, read up to the end of the body."""
    with visitor.makefile("rb") as file:
        status = int(file.readline().split()[1])
        headers = {}
        while (line := file.readline().strip()) != b"":
            name, _, value = line.decode().partition(": ")
            headers[name] = value
        return status, headers, file.read(int(headers["Content-Length"])) if has_body else b""


def asked(address: tuple[str, int], request: bytes) -> tuple[int, dict[str, str], bytes]:
    with closing(connected(address)) as visitor:
        visitor.sendall(request)
        return answer(visitor)
