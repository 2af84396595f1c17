"""Measures the processor time and size of every kind of public page, in a register of 65,000 events.

`python -m bench.pages` prints the table “Pages at size” of the README.
"""

import os
import random
import sys
from contextlib import closing
from functools import partial
from http.client import HTTPConnection
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from bench.drills.site import UNCACHED, Site
from bench.served import ProcessorTime, get, random_public_sources, random_rows, word

EVENTS, PAIRS, DEALS = 65_000, 6_500, 30_000
SAMPLES = int(os.environ.get("SAMPLES", "10"))


def pages(site: Site, state: str) -> dict[str, list[str]]:
    """URLs of each kind of page."""
    with psycopg.connect(site.url) as connection:
        some = partial(random_rows, connection, SAMPLES)
        pairs = some("SELECT country_a_id, country_b_id FROM relations_relation")
        events = [slug for (slug,) in some("SELECT slug FROM relations_event")]
        deals = [slug for (slug,) in some("SELECT slug FROM relations_armstransfer")]
        passages = some(
            "SELECT key, ref FROM relations_passage JOIN relations_source AS source ON source.id = source_id"
        )
        sources = random_public_sources(connection, SAMPLES)
    codes = [code for pair in pairs for code in pair][:SAMPLES]
    dyads = [f"{one}-{other}" for one, other in pairs]
    neighbours = [name for name in dyads if state in name] or dyads
    words = [word(place) for place in random.sample(range(200, 12_000), SAMPLES)]
    sorts = ("status", "since", "-deals", "-records")
    return {
        "home": ["/"],
        "relations": ["/relations/"],
        "relations, 200 a page": ["/relations/?size=200"],
        "relations on a day": [f"/relations/?as_of={year}-01-01" for year in range(1950, 1950 + SAMPLES)],
        "relations of a state": [f"/relations/?country={code}" for code in codes],
        "relations of the state with most, 200": [f"/relations/?country={state}&size=200"],
        **{f"relations by {sort}": [f"/relations/?sort={sort}"] for sort in sorts},
        "relation": [f"/relations/{name}/" for name in dyads],
        "dossier of a relation": [f"/relations/{name}/dossier/" for name in dyads],
        "two compared": [f"/compare/{one}/{other}/" for one, other in pairwise(dyads)],
        "relation of the state with most": [f"/relations/{name}/" for name in neighbours],
        "country": [f"/countries/{code}/" for code in codes],
        "country with most": [f"/countries/{state}/"],
        "dossier of a country": [f"/countries/{code}/dossier/" for code in codes],
        "dossier of the country with most": [f"/countries/{state}/dossier/"],
        "countries": ["/countries/"],
        "countries, 200 a page": ["/countries/?size=200"],
        "actors": ["/actors/"],
        "sources": ["/sources/"],
        "source": [f"/sources/{key}/" for key in sources],
        "source of 30,000 rows": ["/sources/source-1/"],
        "sentence": [f"/sources/{key}/{ref}/" for key, ref in passages],
        "chronology": ["/chronology/"],
        "chronology of a state": [f"/chronology/?country={code}" for code in codes],
        "chronology, 200 a page": ["/chronology/?size=200"],
        "network": ["/network/"],
        "network of a state": [f"/network/?country={code}" for code in codes],
        "everything": ["/everything/"],
        "everything, 200 a page": ["/everything/?size=200"],
        **{
            of.replace("-", " "): [f"/{of}/"]
            for of in ("periods", "missions", "events", "arms-transfers", "observations", "figures")
        },
        "events, 200 a page": ["/events/?size=200"],
        "arms transfers, 200 a page": ["/arms-transfers/?size=200"],
        "periods on a day": [f"/periods/?as_of={year}-01-01" for year in range(1950, 1950 + SAMPLES)],
        "event": [f"/events/{slug}/" for slug in events],
        "arms transfer": [f"/arms-transfers/{slug}/" for slug in deals],
        "search, a word": [f"/search/?q={text}" for text in words],
        "search, a word beside a state": [
            f"/search/?q={text}+{code}" for text, code in zip(words, codes, strict=False)
        ],
        "search, three words that nothing has together": [
            f"/search/?q={'+'.join(random.sample(words, 3))}" for _ in range(SAMPLES)
        ],
        "search, two states": [f"/search/?q={one}+{other}" for one, other in pairs],
        "codebook": ["/codebook/"],
        "table of the codebook": ["/codebook/events/"],
        "data": ["/data/"],
        "handbook of the API": ["/api/"],
        "about": ["/about/"],
        "map of the site": ["/sitemap.xml"],
        "latest changes": ["/changes.atom"],
    }


def measured(site: Site, urls: list[str]) -> tuple[float, float, float, set[int]]:
    """Milliseconds of the site and of PostgreSQL for a request, the maximum of kilobytes, and the statuses."""
    every = (urls * SAMPLES)[:SAMPLES]
    with closing(HTTPConnection("127.0.0.1", site.port, timeout=120)) as connection:
        get(connection, every[0], UNCACHED)
        spent = ProcessorTime(site)
        responses = [get(connection, url, UNCACHED) for url in every]
    costs = spent.each(len(every))
    return (
        costs["site"],
        costs["postgresql"],
        max(size for _, size in responses) / 1000,
        {status for status, _ in responses},
    )


def main() -> None:
    random.seed(PAIRS)
    with TemporaryDirectory(prefix="dyad-bench-", dir="/tmp") as name:
        Path(name).chmod(0o755)
        site = Site(Path(name))
        try:
            with site.served(EXAMPLE="off"):  # creates the database, with all countries of the reference list
                pass
            site.filled(EVENTS, PAIRS, DEALS)
            with psycopg.connect(site.url) as connection:
                ((state,),) = connection.execute('SELECT min(code COLLATE "C") FROM relations_country').fetchall()
            described = Path(name) / "register.toml"
            described.write_text(f'studied_state = "{state}"\n')
            with site.served(EXAMPLE="off", REGISTER=str(described)):
                print("| page | site ms | PostgreSQL ms | kB |\n| --- | ---: | ---: | ---: |", flush=True)
                for kind, urls in pages(site, state).items():
                    of_site, of_database, size, statuses = measured(site, urls)
                    others = "".join(f" **{status}**" for status in sorted(statuses - {200}))
                    print(f"| {kind}{others} | {of_site:.0f} | {of_database:.0f} | {size:.0f} |", flush=True)
        finally:
            site.database.stop()


if __name__ == "__main__":
    sys.exit(main())
