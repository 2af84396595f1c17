"""Measures the site at one or several sizes of a generated register; prints tables and saves the results as JSON.

Each size, such as `ROWS="10000 100000 1000000" make bench`, has its own database and site (bench.served).
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROWS = [int(rows) for rows in os.environ.get("ROWS", "100000").split()]
RESULTS = Path(__file__).resolve().parent.parent / "var" / "bench.json"


def line(*cells: object) -> None:
    print("|", " | ".join(map(str, cells)), "|", flush=True)


def main() -> None:
    results = []
    for rows in ROWS:
        answer = subprocess.run([sys.executable, "-m", "bench.served", str(rows)], check=True, stdout=subprocess.PIPE)
        results.append(json.loads(answer.stdout.splitlines()[-1]))
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")
    line("milliseconds", *(f"{size['rows']:,} events | site, PostgreSQL | queries | kB" for size in results))
    line("---", *("---: | ---: | ---: | ---:" for _ in results))
    for kind in results[0]["pages"]:
        line(kind, *(page(size["pages"][kind]) for size in results))
    for size in results:
        print(others(size))


def page(of: dict[str, Any]) -> str:
    """The cells of a page: milliseconds, processor time, queries, kilobytes, and any status other than 200."""
    others = " ".join(f" **{status}**" for status in of["statuses"] if status != 200)
    return f"{of['ms']:.1f}{others} | {of['site ms']:.1f}, {of['postgresql ms']:.1f} | {of['queries']} | {of['kB']:.0f}"


def others(size: dict[str, Any]) -> str:
    """A paragraph with everything measured besides pages."""
    crowd, file = size["crowd"], size["file"]
    return (
        f"\n{size['rows']:,} events, filled in {size['seconds to fill']:.0f} s."
        f" Eight clients at distinct pages: {crowd['a second']:.0f} a second, {crowd['not 200']} not answered,"
        f" {crowd['site ms']:.1f} + {crowd['postgresql ms']:.1f} ms of processor time each."
        f" The file of all events: {file['rows a second']:,.0f} rows a second, first byte after"
        f" {file['first byte ms']:.0f} ms, {file['site µs a row']:.1f} + {file['postgresql µs a row']:.1f} µs a row."
        f" A process takes {size['MB before the file']:.0f} MB at most, {size['MB after the file']:.0f} with the file."
    )


if __name__ == "__main__":
    main()
