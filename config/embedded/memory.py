"""How much memory the private server keeps pages of its tables and indexes in.

PostgreSQL's default, 128 MB, is for the smallest machines: what a large register is asked for is then copied from the
operating system's memory again and again. Memory is taken as pages are read, so that a small register takes little.
"""

from collections.abc import Iterator
from pathlib import Path

import psutil

from config.embedded.user import EmbeddedError, run

DEFAULT = 128  # MB, which a cluster has where nobody says otherwise
MOST = 4096  # MB; a register of a million events has some 5,000, of which pages read a part
SHARE = 4  # a quarter of what there is, as PostgreSQL's handbook advises
CONTROL_GROUPS = Path("/sys/fs/cgroup")  # of Linux, which confine a container or a service
OURS = Path("/proc/self/cgroup")
BLOCKS = 128  # in an MB, in which PostgreSQL counts
LIMITS = {"": "memory.max", "memory": "memory.limit_in_bytes"}  # by how /proc calls a group of each version


def settings(data: Path) -> list[str]:
    """What the server of a data directory is started with; nothing where its configuration says what it has."""
    megabytes = min(for_pages(), MOST)
    if megabytes <= DEFAULT or configured(data) != str(DEFAULT * BLOCKS):
        return []
    return ["-c", f"shared_buffers={megabytes}MB"]


def configured(data: Path) -> str:
    """The blocks that its configuration says; nothing where that is broken, as the start will tell."""
    try:
        return run(data, "postgres", "-C", "shared_buffers", "-D", data).strip()
    except EmbeddedError:
        return ""


def for_pages() -> int:
    """The MB that a server should keep pages in: a quarter of what this process and its children may use."""
    return min([psutil.virtual_memory().total, *limits()]) // 2**20 // SHARE


def limits() -> Iterator[int]:
    """The bytes of memory that each control group in which we are allows; none where there are no such groups."""
    for line in content(OURS).splitlines():
        _, controllers, group = line.split(":", 2)
        if file := next((LIMITS[each] for each in controllers.split(",") if each in LIMITS), ""):
            folder = CONTROL_GROUPS / controllers / group.lstrip("/")
            for inside in (folder, *folder.parents):
                if (limit := content(inside / file).strip()).isdecimal():
                    yield int(limit)


def content(file: Path) -> str:
    """What a file of the kernel says; nothing where there is none, or where it may not be read."""
    try:
        return file.read_text()
    except OSError:
        return ""
