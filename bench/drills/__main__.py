"""Drills: overloads and breaks a site in every way we know, and reports what its visitors see.

Nothing here is a test: the figures depend on the machine and its load (docs/reliability.md has some). The behaviour
that must hold is tested in tests/config.
"""

import re
import signal
import statistics
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

import psycopg

from bench.drills import visitors
from bench.drills.killed import backups, imports
from bench.drills.site import PATIENCE, Site, report

EVENTS = 30_000  # their file has some fifteen megabytes
SECONDS = 10  # of each drill with slow visitors


def pages_seen(site: Site) -> str:
    """Requests a page four times a second for SECONDS, and returns how it was answered."""
    seen, end = [], time.monotonic() + SECONDS
    while time.monotonic() < end:
        seen.append(site.timed())
        time.sleep(0.25)
    answered = sorted(seconds for status, seconds in seen if status == 200)
    if not answered:
        return f"none of {len(seen)} pages within {PATIENCE} s"
    middle, slowest = statistics.median(answered) * 1000, answered[-1] * 1000
    return f"{len(answered)} of {len(seen)} pages, {middle:.0f} ms in the middle, {slowest:.0f} ms at most"


def pages_until(site: Site, end: float) -> int:
    """The number of pages that one reader gets who requests them without a pause."""
    pages = 0
    while time.monotonic() < end:
        pages += site.status() == 200
    return pages


def slow_visitors(site: Site) -> None:
    with site.served():
        report("nobody else", pages_seen(site))
        with ThreadPoolExecutor(8) as readers:
            before, end = site.processor_time(), time.monotonic() + SECONDS
            pages = sum(readers.map(lambda _: pages_until(site, end), range(8)))
        used = (site.processor_time() - before) / pages * 1000
        report("eight readers at once", f"{pages / SECONDS:.0f} pages a second, {used:.1f} ms of processor time each")
        for number, visit in (
            (200, visitors.silent),
            (24, visitors.half_of_the_headers),
            (24, visitors.half_of_a_body),
            (100, visitors.a_byte_a_second),
            (16, visitors.reads_pages_slowly),
            (16, visitors.asks_for_forty_pages_and_reads_none),
            (20, visitors.reads_a_file_slowly_at_one_address),
            (20, visitors.reads_files_slowly),
        ):
            with visitors.siege(site, visit, number):
                files = f"; somebody else's file: {site.status('/sources.csv')}" if "file" in visit.__name__ else ""
                report(f"{number}: {visit.__name__.replace('_', ' ')}", pages_seen(site) + files)


# Visitors who send too much


def sent(site: Site, path: str, megabytes: int, headers: dict[str, str]) -> str:
    """The status of the answer to a body of this size, the time, and how much of the body was accepted."""
    begun, taken, status = time.perf_counter(), 0, b""
    lines = [f"POST {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {megabytes * 1_000_000}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    with closing(site.socket()) as visitor:
        visitor.sendall("\r\n".join([*lines, "", ""]).encode())
        visitor.setblocking(False)
        while not status and taken < megabytes * 1_000_000:
            try:
                status = visitor.recv(100)
            except BlockingIOError:
                try:
                    taken += visitor.send(bytes(65_536))
                except BlockingIOError:
                    time.sleep(0.001)
        visitor.settimeout(60)
        status = status or visitor.recv(100)
    seconds = time.perf_counter() - begun
    return f"{status.split()[1].decode()} after {seconds:.2f} s and {taken / 1_000_000:.1f} MB sent"


def sign_in(site: Site, name: str, password: str, visitor: str = "203.0.113.1") -> tuple[int, str]:
    with closing(HTTPConnection("127.0.0.1", site.port, timeout=60)) as connection:
        connection.request("GET", "/admin/login/")
        page = connection.getresponse()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.read().decode())[1]
        cookie = page.headers["Set-Cookie"].partition(";")[0]
        form = urlencode({"csrfmiddlewaretoken": token, "username": name, "password": password})
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie, "X-Forwarded-For": visitor}
        connection.request("POST", "/admin/login/", form, headers)
        answer = connection.getresponse()
        answer.read()
        cookies = [line.partition(";")[0] for line in answer.headers.get_all("Set-Cookie", [])]
        return answer.status, "; ".join(cookies)


def large_bodies(site: Site) -> None:
    with site.served():
        report("a stranger posts 100 MB", sent(site, "/admin/login/", 100, {}))
        report(
            "… with somebody's cookie made up", sent(site, "/admin/login/", 100, {"Cookie": f"sessionid={'a' * 32}"})
        )
        report(
            "… of 20 MB, as large as a file may be",
            sent(site, "/admin/login/", 20, {"Cookie": f"sessionid={'a' * 32}"}),
        )
        cookie = sign_in(site, *(site.folder / "var" / "admin.txt").read_text().split())[1]
        report("a researcher imports 200 MB", sent(site, "/admin/relations/event/import/", 200, {"Cookie": cookie}))
        guesses = [(sign_in(site, f"name {place}", "wrong", "198.51.100.9")[0], 0.0) for place in range(60)]
        report("one address tries sixty names", counted(guesses))


# The database goes


def database_away(site: Site) -> None:
    """Stops, restarts and kills a database that the site does not start itself, as on a server."""
    command = ("-m", "config.gunicorn", "--bind", "127.0.0.1:PORT")
    with site.served(*command, DATABASE_URL=site.url):
        with ThreadPoolExecutor(30) as readers:
            list(readers.map(lambda _: site.status(), range(60)))
            site.database.stop()
            answers = list(readers.map(lambda _: site.timed(), range(30)))
        first = [site.timed()[1] for _ in range(5)]
        slowest = max(seconds for _, seconds in answers)
        report("the database is stopped; thirty visitors at once", f"{counted(answers)}, {slowest:.1f} s at most")
        report("… and then one by one", f"{max(first):.1f} s at most")
        site.database.ensure_running()
        report("… and started", f"pages answer after {until_answered(site):.1f} s")
        for mode in ("restarted", "killed and started"):
            with ThreadPoolExecutor(8) as readers:
                list(readers.map(lambda _: site.status(), range(60)))
                if mode == "restarted":
                    site.database.stop()
                else:
                    (postmaster,) = site.database.postmasters()
                    postmaster.kill()
                site.database.ensure_running()
                answers = list(readers.map(lambda _: site.timed(), range(100)))
            report(f"the database is {mode}; a hundred pages after it", counted(answers))
    with site.served(*command, DATABASE_URL=site.url, STATEMENT_TIMEOUT="2"), psycopg.connect(site.url) as other:
        other.execute("LOCK TABLE relations_country")
        status, seconds = site.timed()
        report("a question that takes longer than 2 s", f"{status} after {seconds:.1f} s")


def counted(answers: list[tuple[int, float]]) -> str:
    return ", ".join(
        f"{number} × {status or 'nothing'}" for status, number in Counter(status for status, _ in answers).items()
    )


def until_answered(site: Site) -> float:
    begun = time.perf_counter()
    while site.status() != 200:
        time.sleep(0.05)
    return time.perf_counter() - begun


def embedded_database_dies(site: Site) -> None:
    with site.served():
        (postmaster,) = site.database.postmasters()
        postmaster.kill()
        status, seconds = site.timed()
        report(
            "the embedded database is killed",
            f"{status} after {seconds:.1f} s, pages again after {until_answered(site):.1f} s",
        )
        made_by = site.database.data / "PG_VERSION"
        site.database.stop()
        kept = made_by.read_text()
        made_by.write_text("7\n")
        status, seconds = site.timed()
        made_by.write_text(kept)
        report(
            "… and cannot be started", f"{status} after {seconds:.1f} s, pages again after {until_answered(site):.1f} s"
        )


# The site is stopped


def stopped_at_work(site: Site) -> None:
    with site.served():
        with ThreadPoolExecutor(16) as readers:
            answers = [readers.submit(site.timed) for _ in range(16)]
            time.sleep(0.3)
            begun = time.perf_counter()
            site.process.send_signal(signal.SIGTERM)
            site.process.wait()
            seconds = time.perf_counter() - begun
            seen = counted([answer.result() for answer in answers])
        report("the site is told to stop while sixteen pages are asked for", f"{seen}, over after {seconds:.1f} s")


def main() -> None:
    print("| drill | seen |\n|---|---|")
    with TemporaryDirectory(prefix="dyad-drills-", dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)
        site = Site(folder)
        try:
            with site.served():  # makes the database
                pass
            site.filled(EVENTS)
            slow_visitors(site)
            large_bodies(site)
            database_away(site)
            embedded_database_dies(site)
            stopped_at_work(site)
            backups(site, folder)
            imports(site, folder)
        finally:
            site.database.stop()


if __name__ == "__main__":
    main()
