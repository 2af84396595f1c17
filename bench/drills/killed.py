"""Kills backups, restores and imports while they run."""

import os
import random
import shutil
import subprocess
import time
from collections import Counter
from pathlib import Path

import psutil
import psycopg

from bench.drills.site import Site, report

TABLE_ROWS = 4000  # of the import that is killed


def rows(site: Site) -> int:
    with psycopg.connect(site.url) as connection:
        return connection.execute("SELECT count(*) FROM relations_event").fetchone()[0]


def backups(site: Site, folder: Path) -> None:
    site.database.ensure_running()
    begun = time.perf_counter()
    site.manage("backup", str(folder / "whole.backup")).wait()
    size = (folder / "whole.backup").stat()
    report(
        f"a backup of {rows(site):,} events",
        f"{size.st_size / 1_000_000:.1f} MB, mode {size.st_mode & 0o777:o}, {time.perf_counter() - begun:.1f} s",
    )
    killed = 0
    for place in range(5):
        process = site.manage("backup", str(folder / f"{place}.backup"))
        while not list(folder.glob(f".{place}.backup.*")):
            time.sleep(0.001)
        time.sleep(0.04 * place)
        kill(process)
        killed += not (folder / f"{place}.backup").exists()
    report("killed five times while it is written", f"{killed} times no file of that name, {5 - killed} times too late")
    before = rows(site)
    damaged = folder / "damaged.backup"
    shutil.copy(folder / "whole.backup", damaged)
    os.truncate(damaged, size.st_size - 200)
    status = site.manage("restore", str(damaged)).wait()
    report(
        "a backup without its last 200 bytes is restored",
        f"refused ({status}), {rows(site):,} of {before:,} events there",
    )
    for place in range(5):
        process = site.manage("restore", str(folder / "whole.backup"))
        time.sleep(3 + 0.7 * place)
        kill(process)
    report("a restore is killed five times", f"{rows(site):,} of {before:,} events there")
    begun = time.perf_counter()
    site.manage("restore", str(folder / "whole.backup")).wait()
    report("… and let be", f"{rows(site):,} events after {time.perf_counter() - begun:.1f} s")


def kill(process: subprocess.Popen) -> None:
    """Kills a command and the PostgreSQL program that it runs."""
    for child in psutil.Process(process.pid).children(recursive=True):
        child.kill()
    process.kill()
    process.wait()


def imports(site: Site, folder: Path) -> None:
    """Kills an import twenty times at random moments: afterwards all of its rows exist, or none."""
    site.database.ensure_running()
    table = folder / "disputes.csv"
    lines = [f"{number},2,1950,{1 + number % 12},1,1950,12,31,1,7,0" for number in range(TABLE_ROWS)]
    table.write_text(
        "\n".join(["dispnum,ccode,styear,stmon,stday,endyear,endmon,endday,sidea,hiact_disp,fatality", *lines])
    )
    command = ("import_table", str(table), "--profile", "mids")
    before, begun = rows(site), time.perf_counter()
    site.manage(*command).wait()
    whole = time.perf_counter() - begun
    brought = rows(site) - before
    seen: Counter[int] = Counter()
    for _ in range(20):
        if rows(site) > before:
            site.manage("take_back_batch", last_batch(site)).wait()
        process = site.manage(*command)
        time.sleep(random.uniform(0, whole * 1.2))  # noqa: S311 - a moment, not a secret
        kill(process)
        seen[rows(site) - before] += 1
    told = ", ".join(f"{number} rows {times} times" for number, times in sorted(seen.items()))
    report(f"an import of {brought:,} rows, {whole:.0f} s, is killed twenty times", told)


def last_batch(site: Site) -> str:
    with psycopg.connect(site.url) as connection:
        return str(connection.execute("SELECT max(id) FROM relations_batch").fetchone()[0])
