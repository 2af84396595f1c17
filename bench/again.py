"""Requests the same page of a site again and again on kept-alive connections, so that the page cache answers.

Prints pages per second, and the milliseconds of processor time a page costs the site and PostgreSQL: the median of many
short periods, and the best, which other work on the machine disturbed least.
"""

import select
import socket
import statistics
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from bench.drills.site import Site

PATHS = ("/", "/countries/", "/events/", "/events/?country=EGY", "/relations/EGY-PRK/", "/chronology/")
CONNECTIONS, PERIODS, SECONDS = 8, 20, 0.5


class Reader:
    """A connection that requests the next page as soon as the last one has arrived."""

    def __init__(self, port: int, path: str, *headers: str) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.request = "\r\n".join([f"GET {path} HTTP/1.1", "Host: 127.0.0.1", *headers, "", ""]).encode()
        self.pages = self.missing = 0
        self.socket.sendall(self.request)

    def read(self) -> None:
        data = self.socket.recv(1_000_000)
        if not self.missing:
            head = data.index(b"\r\n\r\n") + 4
            status, _, headers = data[:head].lower().partition(b"\r\n")
            if b" 200 " not in status and b" 304 " not in status:
                raise SystemExit(status.decode())
            length = headers.partition(b"content-length: ")[2].partition(b"\r\n")[0]
            self.missing = head + int(length or 0)
        self.missing -= len(data)
        if not self.missing:
            self.pages += 1
            self.socket.sendall(self.request)


def read(readers: list[Reader], seconds: float) -> int:
    """The number of pages that the readers receive in this time."""
    with select.epoll() as poll:
        by_file = {reader.socket.fileno(): reader for reader in readers}
        for file in by_file:
            poll.register(file, select.EPOLLIN)
        before, end = sum(reader.pages for reader in readers), time.monotonic() + seconds
        while time.monotonic() < end:
            for file, _ in poll.poll(1):
                by_file[file].read()
    return sum(reader.pages for reader in readers) - before


def processor_seconds(processes: Iterable[psutil.Process]) -> dict[int, float]:
    """The processor time in seconds of the processes that still exist, by process id."""
    seconds = {}
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            seconds[process.pid] = sum(process.cpu_times()[:2])
    return seconds


def measure(site: Site, path: str, *headers: str) -> str:
    readers = [Reader(site.port, path, *headers) for _ in range(CONNECTIONS)]
    read(readers, 5)  # until each process has cached the page
    sides = [site.workers(), list(site.database.processes().values())]
    rates, costs = [], ([], [])
    for _ in range(PERIODS):
        before = [processor_seconds(side) for side in sides]
        pages = max(read(readers, SECONDS), 1)
        rates.append(pages / SECONDS)
        for side, then, of_side in zip(sides, before, costs, strict=True):
            of_side.append(sum(now - then[pid] for pid, now in processor_seconds(side).items()) / pages * 1000)
    for reader in readers:
        reader.socket.close()
    cells = [f"{statistics.median(rates):,.0f}", f"{max(rates):,.0f}"]
    for of_side in costs:
        cells += [f"{statistics.median(of_side):.2f}", f"{min(of_side):.2f}"]
    return " | ".join(cells)


def main() -> None:
    with TemporaryDirectory(prefix="dyad-again-", dir="/tmp") as name:
        Path(name).chmod(0o755)
        site = Site(Path(name))
        print(
            "| page | a second | best | ms of the site | best | of PostgreSQL | best |\n|---|---|---|---|---|---|---|"
        )
        try:
            with site.served():
                for path in PATHS:
                    print(f"| `{path}` | {measure(site, path)} |", flush=True)
                print(f"| … revalidated (304) | {measure(site, '/countries/', 'If-None-Match: *')} |")
                print(f"| … with a session | {measure(site, '/countries/', 'Cookie: sessionid=a')} |")
        finally:
            site.database.stop()


if __name__ == "__main__":
    main()
