"""One size of the made-up register, served as in production and asked by this other process; prints JSON.

A question is asked at addresses that differ, so that no page is given again; one that has a single address as by
somebody with a session, who is given no kept page. A crowd asks as readers do who are not known, at addresses of which
none was asked before. Milliseconds are those of the request in the middle, processor time is that of all requests, of
the site and of PostgreSQL.
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

from bench.again import used
from bench.drills.site import MADE_ANEW, Site

SAMPLES = int(os.environ.get("SAMPLES", "200"))
CLIENTS, SECONDS = 8, 15
OF_EACH = 500  # addresses of each question that the crowd may ask, more than it has time for
SYLLABLES = "baceidofuguhajekilomunaperisotuvawexiyozu"


def word(place: int) -> str:
    """The word that is met most often but for so many (see bench.register)."""
    return "".join(SYLLABLES[(part := 2 * (place // 20**digit % 20)) : part + 2] for digit in range(4))


def drawn(connection: psycopg.Connection, number: int, query: LiteralString) -> list[tuple[Any, ...]]:
    """So many of the rows of a query, by chance."""
    return connection.execute(f"{query} ORDER BY random() LIMIT %s", [number]).fetchall()


def public_sources(connection: psycopg.Connection, number: int) -> list[str]:
    """The keys of so many sources, by chance; one that is cited for states alone is public only where these are."""
    query = """
        SELECT key FROM relations_source WHERE id IN (SELECT source_id FROM relations_citation WHERE country_id IS NULL)
    """
    return [key for (key,) in drawn(connection, number, query)]


def questions(database: str, most: int = SAMPLES) -> dict[str, list[str]]:
    """Each question to the register in a database, and so many addresses at which it is asked."""
    with psycopg.connect(database) as connection:
        rows = partial(drawn, connection, most)
        codes = [code for (code,) in rows("SELECT code FROM relations_country WHERE code BETWEEN 'QMA' AND 'QZZ'")]
        pairs = rows("SELECT country_a_id, country_b_id FROM relations_relation")
        events = rows("SELECT id, slug, coalesce(happened_on_earliest::text, '') FROM relations_event")
        sources = public_sources(connection, most)
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


def unasked(database: str, asked: dict[str, list[str]]) -> list[str]:
    """Addresses of all kinds of public pages at which nobody has asked yet, in an order of chance."""
    others = questions(database, OF_EACH).items()
    found = {path for question, paths in others if not question.startswith("desk") for path in paths}
    addresses = sorted(found.difference(*asked.values()))
    random.shuffle(addresses)
    return addresses


def inside(site: Site, asked: dict[str, list[str]]) -> dict[str, Any]:
    """What bench.inside tells."""
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


class Spent:
    """Milliseconds of processor time of both sides, since it was made."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.before = self.now()

    def now(self) -> dict[str, dict[int, float]]:
        return {side: used(processes) for side, processes in sides(self.site).items()}

    def each(self, requests: int) -> dict[str, float]:
        """Of each of so many requests."""
        return {
            side: sum(seconds - self.before[side].get(pid, 0) for pid, seconds in of_side.items()) * 1000 / requests
            for side, of_side in self.now().items()
        }


def get(connection: HTTPConnection, address: str, headers: dict[str, str]) -> tuple[int, int]:
    """The status and the length of what is answered."""
    connection.request("GET", address, headers=headers)
    response = connection.getresponse()
    return response.status, len(response.read())


def measured(site: Site, addresses: list[str], session: str) -> dict[str, Any]:
    """How long a page takes and what it costs; the first few are not counted."""
    of_desk = addresses[0].startswith("/admin/")
    headers = {"Cookie": f"sessionid={session}"} if of_desk else MADE_ANEW if len(addresses) == 1 else {}
    every = (addresses * SAMPLES)[: SAMPLES if len(addresses) > 1 else SAMPLES // 10]
    seconds, sizes, statuses = [], [], set()
    with closing(HTTPConnection("127.0.0.1", site.port, timeout=120)) as connection:
        for address in every[:2]:
            get(connection, address, MADE_ANEW | headers)
        spent = Spent(site)
        for address in every:
            begun = time.perf_counter()
            status, size = get(connection, address, headers)
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


def crowd(site: Site, addresses: list[str]) -> dict[str, float]:
    """What several clients get who ask for pages without a pause, each for others."""
    statuses: Counter[int] = Counter()
    end = time.monotonic() + SECONDS

    def ask(own: list[str]) -> None:
        with closing(HTTPConnection("127.0.0.1", site.port, timeout=120)) as connection:
            for address in own:
                if time.monotonic() > end:
                    return
                statuses[get(connection, address, {})[0]] += 1

    spent, begun = Spent(site), time.monotonic()
    with ThreadPoolExecutor(CLIENTS) as clients:
        list(clients.map(ask, [addresses[first::CLIENTS] for first in range(CLIENTS)]))
    taken, total = time.monotonic() - begun, statuses.total()
    refused = total - statuses[200]
    return {"a second": total / taken, "not 200": refused, **{f"{k} ms": v for k, v in spent.each(total).items()}}


def file(site: Site) -> dict[str, float]:
    """How fast the file of all events comes, and how large the process grows that sends it."""
    spent, begun = Spent(site), time.perf_counter()
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
    """The most that a process of the site has had, in MB."""
    told = [Path(f"/proc/{worker.pid}/status").read_text() for worker in site.workers()]
    return max(int(status.partition("VmHWM:")[2].split()[0]) for status in told) / 1000


def main() -> None:
    rows = int(sys.argv[1])
    random.seed(rows)
    with TemporaryDirectory(prefix="dyad-bench-", dir="/tmp") as name:
        Path(name).chmod(0o755)
        site = Site(Path(name))
        try:
            with site.served(EXAMPLE="off"):  # makes the database
                pass
            begun = time.perf_counter()
            site.filled(rows)
            told: dict[str, Any] = {"rows": rows, "seconds to fill": time.perf_counter() - begun}
            asked = questions(site.url)
            known = inside(site, asked)
            with site.served(EXAMPLE="off"):
                told["pages"] = {
                    question: measured(site, addresses, known["session"]) | {"queries": known["queries"][question]}
                    for question, addresses in asked.items()
                }
                told["crowd"] = crowd(site, unasked(site.url, asked))
                told["MB before the file"] = memory(site)
                told["file"] = file(site)
                told["MB after the file"] = memory(site)
        finally:
            site.database.stop()
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
