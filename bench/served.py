"""Fills and serves a register of one size as in production, requests its pages from this process, and prints JSON.

The URLs of a kind of page differ, so that the page cache never answers; a kind with a single URL is requested with a
session cookie, which bypasses the cache. The crowd requests, without a session, URLs that were not requested before.
Milliseconds are the median of all requests; processor time is their mean, of the site and of PostgreSQL.
"""

import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, LiteralString

import psutil
import psycopg

from bench.again import processor_seconds
from bench.drills.site import UNCACHED, Site

SAMPLES = int(os.environ.get("SAMPLES", "200"))
CLIENTS, SECONDS = 8, 15
OF_EACH = 500  # URLs of each kind for the crowd, more than it has time for
SYLLABLES = "baceidofuguhajekilomunaperisotuvawexiyozu"


def word(place: int) -> str:
    """The word at this place of the list by frequency, from 1 (see bench.register)."""
    return "".join(SYLLABLES[(part := 2 * (place // 20**digit % 20)) : part + 2] for digit in range(4))


def random_rows(connection: psycopg.Connection, number: int, query: LiteralString) -> list[tuple[Any, ...]]:
    """A random sample of the rows of a query."""
    return connection.execute(f"{query} ORDER BY random() LIMIT %s", [number]).fetchall()


def random_public_sources(connection: psycopg.Connection, number: int) -> list[str]:
    """The keys of a random sample of public sources: those that are not only cited for countries."""
    query = """
        SELECT key FROM relations_source WHERE id IN (SELECT source_id FROM relations_citation WHERE country_id IS NULL)
    """
    return [key for (key,) in random_rows(connection, number, query)]


def urls_by_page(database: str, most: int = SAMPLES) -> dict[str, list[str]]:
    """URLs of each kind of page of the register in a database, at most `most` of each."""
    with psycopg.connect(database) as connection:
        rows = partial(random_rows, connection, most)
        codes = [code for (code,) in rows("SELECT code FROM relations_country WHERE code BETWEEN 'QMA' AND 'QZZ'")]
        pairs = rows("SELECT country_a_id, country_b_id FROM relations_relation")
        events = rows("SELECT id, slug, coalesce(happened_on_earliest::text, '') FROM relations_event")
        sources = random_public_sources(connection, most)
    rare, medium = (
        [word(place) for place in random.sample(range(*span), most)] for span in ((12_000, 20_000), (200, 800))
    )
    choose = "/admin/autocomplete/?app_label=relations&model_name=armstransfer&field_name=event&term="
    return {
        "home": ["/"],
        "list": ["/events/"],
        "… of a country": [f"/events/?country={code}" for code in codes],
        "… and a kind": [f"/events/?country={code}&kind=visit" for code in codes],
        "… and a partner": [f"/events/?country={one}&partner={other}" for one, other in pairs],
        "… from anywhere": [f"/events/?after={day}~{slug}" for _, slug, day in events],
        "search, rare word": [f"/events/?q={text}" for text in rare],
        "search, medium word": [f"/events/?q={text}" for text in medium],
        "search, most common word": [f"/events/?q={word(1)}"],
        "search everything, rare word": [f"/search/?q={text}" for text in rare],
        "event": [f"/events/{slug}/" for _, slug, _ in events],
        "relation": [f"/relations/{one}-{other}/" for one, other in pairs],
        "relation, the busiest": ["/relations/QMB-QMC/"],
        "relation on a day": [f"/relations/{one}-{other}/?as_of=1975-01-01" for one, other in pairs],
        "relations": ["/relations/"],
        "country": [f"/countries/{code}/" for code in codes],
        "country, the busiest": ["/countries/QMB/"],
        "chronology of a pair": [f"/chronology/?country={one}&partner={other}" for one, other in pairs],
        "source": [f"/sources/{key}/" for key in sources],
        "source, the busiest": ["/sources/source-1/"],
        "sources": ["/sources/"],
        "desk: list": ["/admin/relations/event/"],
        "desk: search, rare word": [f"/admin/relations/event/?q={text}" for text in rare],
        "desk: form": [f"/admin/relations/event/{key}/change/" for key, _, _ in events],
        "desk: choice of an event": [choose + text for text in rare],
    }


def unrequested(database: str, asked: dict[str, list[str]]) -> list[str]:
    """URLs of all kinds of public pages that were not requested yet, in random order."""
    others = urls_by_page(database, OF_EACH).items()
    found = {path for kind, paths in others if not kind.startswith("desk") for path in paths}
    urls = sorted(found.difference(*asked.values()))
    random.shuffle(urls)
    return urls


def inside(site: Site, asked: dict[str, list[str]]) -> dict[str, Any]:
    """The results of bench.inside: a session at the desk, and the number of queries of each kind of page."""
    told = subprocess.run(
        [sys.executable, "-m", "bench.inside"],
        cwd=site.folder,
        env=site.environment | {"DATABASE_URL": site.url},
        input=json.dumps(asked),
        text=True,
        stdout=subprocess.PIPE,
        check=True,
    )
    found: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
    return found


def sides(site: Site) -> dict[str, list[psutil.Process]]:
    return {"site": site.workers(), "postgresql": list(site.database.processes().values())}


class ProcessorTime:
    """The processor time of the site and of PostgreSQL since this object was created."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.before = self.now()

    def now(self) -> dict[str, dict[int, float]]:
        return {side: processor_seconds(processes) for side, processes in sides(self.site).items()}

    def each(self, requests: int) -> dict[str, float]:
        """Milliseconds for each of this number of requests."""
        return {
            side: sum(seconds - self.before[side].get(pid, 0) for pid, seconds in of_side.items()) * 1000 / requests
            for side, of_side in self.now().items()
        }


def get(connection: HTTPConnection, url: str, headers: dict[str, str]) -> tuple[int, int]:
    """The status and the length of a response."""
    connection.request("GET", url, headers=headers)
    response = connection.getresponse()
    return response.status, len(response.read())


def measured(site: Site, urls: list[str], session: str) -> dict[str, Any]:
    """The time, processor time and size of a kind of page; two requests to warm up are not counted."""
    of_desk = urls[0].startswith("/admin/")
    headers = {"Cookie": f"sessionid={session}"} if of_desk else UNCACHED if len(urls) == 1 else {}
    every = (urls * SAMPLES)[: SAMPLES if len(urls) > 1 else SAMPLES // 10]
    seconds, sizes, statuses = [], [], set()
    with closing(HTTPConnection("127.0.0.1", site.port, timeout=120)) as connection:
        for url in every[:2]:
            get(connection, url, UNCACHED | headers)
        spent = ProcessorTime(site)
        for url in every:
            begun = time.perf_counter()
            status, size = get(connection, url, headers)
            seconds.append(time.perf_counter() - begun)
            sizes.append(size)
            statuses.add(status)
    costs = spent.each(len(every))
    return {
        "ms": statistics.median(seconds) * 1000,
        "slowest ms": max(seconds) * 1000,
        **{f"{side} ms": cost for side, cost in costs.items()},
        "kB": statistics.median(sizes) / 1000,
        "statuses": sorted(statuses),
    }


def crowd(site: Site, urls: list[str]) -> dict[str, float]:
    """Has several clients request different pages without a pause; returns pages a second and processor time."""
    statuses: Counter[int] = Counter()
    end = time.monotonic() + SECONDS

    def ask(own: list[str]) -> None:
        with closing(HTTPConnection("127.0.0.1", site.port, timeout=120)) as connection:
            for url in own:
                if time.monotonic() > end:
                    return
                statuses[get(connection, url, {})[0]] += 1

    spent, begun = ProcessorTime(site), time.monotonic()
    with ThreadPoolExecutor(CLIENTS) as clients:
        list(clients.map(ask, [urls[first::CLIENTS] for first in range(CLIENTS)]))
    taken, total = time.monotonic() - begun, statuses.total()
    refused = total - statuses[200]
    return {"a second": total / taken, "not 200": refused, **{f"{k} ms": v for k, v in spent.each(total).items()}}


def file(site: Site) -> dict[str, float]:
    """Downloads the file of all events; returns rows a second, the first byte, size and processor time."""
    spent, begun = ProcessorTime(site), time.perf_counter()
    with closing(HTTPConnection("127.0.0.1", site.port, timeout=600)) as connection:
        connection.request("GET", "/events.csv")
        response = connection.getresponse()
        first, lines, size = 0.0, 0, 0
        while piece := response.read1(1_000_000):
            first = first or time.perf_counter() - begun
            lines += piece.count(b"\n")
            size += len(piece)
    taken = time.perf_counter() - begun
    costs = {f"{side} µs a row": cost * 1000 for side, cost in spent.each(lines).items()}
    return {"rows a second": lines / taken, "first byte ms": first * 1000, "MB": size / 1e6, **costs}


def memory(site: Site) -> float:
    """The peak memory of a process of the site, in MB."""
    told = [Path(f"/proc/{worker.pid}/status").read_text() for worker in site.workers()]
    return max(int(status.partition("VmHWM:")[2].split()[0]) for status in told) / 1000


def main() -> None:
    rows = int(sys.argv[1])
    random.seed(rows)
    with TemporaryDirectory(prefix="dyad-bench-", dir="/tmp") as name:
        Path(name).chmod(0o755)
        site = Site(Path(name))
        try:
            with site.served(EXAMPLE="off"):  # creates the database
                pass
            begun = time.perf_counter()
            site.filled(rows)
            told: dict[str, Any] = {"rows": rows, "seconds to fill": time.perf_counter() - begun}
            asked = urls_by_page(site.url)
            known = inside(site, asked)
            with site.served(EXAMPLE="off"):
                told["pages"] = {
                    kind: measured(site, urls, known["session"]) | {"queries": known["queries"][kind]}
                    for kind, urls in asked.items()
                }
                told["crowd"] = crowd(site, unrequested(site.url, asked))
                told["MB before the file"] = memory(site)
                told["file"] = file(site)
                told["MB after the file"] = memory(site)
        finally:
            site.database.stop()
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
