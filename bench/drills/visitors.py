"""Visitors who try to block a site: silent, sending half a request, sending or reading slowly, requesting too much."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bench.drills.site import Site

HEADERS = b"GET /countries/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: %d.0.0.1\r\n\r\n"
BODY = b"POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\nusername="


def silent(visitor: socket.socket, number: int, goes_on: threading.Event) -> None:
    wait(visitor, goes_on)


def half_of_the_headers(visitor: socket.socket, number: int, goes_on: threading.Event) -> None:
    visitor.sendall(HEADERS[:-2] % number)
    wait(visitor, goes_on)


def half_of_a_body(visitor: socket.socket, number: int, goes_on: threading.Event) -> None:
    visitor.sendall(BODY)
    wait(visitor, goes_on)


def a_byte_a_second(visitor: socket.socket, number: int, goes_on: threading.Event) -> None:
    for byte in (HEADERS % number)[:-2]:
        visitor.sendall(bytes([byte]))
        if not goes_on.wait(1):
            return


def reads_pages_slowly(visitor: socket.socket, number: int, goes_on: threading.Event) -> None:
    visitor.sendall(HEADERS.replace(b"/countries/", b"/codebook/") % number)
    read_slowly(visitor, goes_on)


def asks_for_forty_pages_and_reads_none(visitor: socket.socket, number: int, goes_on: threading.Event) -> None:
    visitor.sendall(HEADERS.replace(b"/countries/", b"/codebook/") % number * 40)
    while goes_on.is_set():
        time.sleep(0.1)


def reads_a_file_slowly_at_one_address(visitor: socket.socket, number: int, goes_on: threading.Event) -> None:
    reads_files_slowly(visitor, 1, goes_on)


def reads_files_slowly(visitor: socket.socket, number: int, goes_on: threading.Event) -> None:
    visitor.sendall(HEADERS.replace(b"/countries/", b"/events.csv") % number)
    read_slowly(visitor, goes_on)


def wait(visitor: socket.socket, goes_on: threading.Event) -> None:
    """Waits until the site closes the connection."""
    visitor.settimeout(0.5)
    while goes_on.is_set():
        try:
            if not visitor.recv(1000):
                return
        except TimeoutError:
            continue


def read_slowly(visitor: socket.socket, goes_on: threading.Event) -> None:
    """Reads ten kilobytes a second."""
    while goes_on.is_set() and visitor.recv(1000):
        time.sleep(0.1)


@contextmanager
def siege(site: Site, visit: Callable, number: int) -> Iterator[None]:
    """Keeps this number of visitors of one kind connected; they reconnect whenever the site closes a connection."""
    goes_on = threading.Event()
    goes_on.set()

    def come(place: int) -> None:
        while goes_on.is_set():
            try:
                with socket.socket() as visitor:
                    visitor.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                    visitor.settimeout(60)
                    visitor.connect(("127.0.0.1", site.port))
                    visit(visitor, place % 200 + 1, goes_on)
            except OSError:
                time.sleep(0.1)

    crowd = [threading.Thread(target=come, args=(place,), daemon=True) for place in range(number)]
    for visitor in crowd:
        visitor.start()
    time.sleep(2)
    yield
    goes_on.clear()
    for visitor in crowd:
        visitor.join(5)
