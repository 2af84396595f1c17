"""Measures the site at one size of the made-up register, or at several side by side, and keeps the figures as JSON.

`ROWS="10000 100000 1000000" make bench` takes a while; each size has a database and a site of its own (bench.served).
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROWS = [int(rows) for rows in os.environ.get("ROWS", "100000").split()]
KEPT = Path(__file__).resolve().parent.parent / "var" / "bench.json"


def line(*cells: object) -> None:
    print("|", " | ".join(map(str, cells)), "|", flush=True)


def main() -> None:
    told = []
    for rows in ROWS:
        answer = subprocess.run([sys.executable, "-m", "bench.served", str(rows)], check=True, stdout=subprocess.PIPE)
        told.append(json.loads(answer.stdout.splitlines()[-1]))
        KEPT.parent.mkdir(exist_ok=True)
        KEPT.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n")
    line("milliseconds", *(f"{size['rows']:,} events | site, PostgreSQL | queries | kB" for size in told))
    line("---", *("---: | ---: | ---: | ---:" for _ in told))
    for question in told[0]["pages"]:
        line(question, *(page(size["pages"][question]) for size in told))
    for size in told:
        print(others(size))


def page(of: dict[str, Any]) -> str:
    """What a page takes: milliseconds, those of processor time, queries, size; and any other answer than 200."""
    others = " ".join(f" **{status}**" for status in of["statuses"] if status != 200)
    return f"{of['ms']:.1f}{others} | {of['site ms']:.1f}, {of['postgresql ms']:.1f} | {of['queries']} | {of['kB']:.0f}"


def others(size: dict[str, Any]) -> str:
    """What was measured beside pages."""
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
