"""The size of the private server's `shared_buffers`.

PostgreSQL's default, 128 MB, suits the smallest machines: the pages of a large register would be copied from the
operating system's cache again and again. Memory is taken as pages are read, so a small register takes little.
"""

from collections.abc import Iterator
from pathlib import Path

import psutil

from config.embedded.user import EmbeddedError, run

DEFAULT = 128  # MB, PostgreSQL's own
MOST = 4096  # MB; a register of a million events has some 5,000, of which pages read a part
SHARE = 4  # a quarter of the memory, as PostgreSQL's manual advises
CONTROL_GROUPS = Path("/sys/fs/cgroup")  # Linux cgroups, which limit a container or a service
OURS = Path("/proc/self/cgroup")
BLOCKS = 128  # of 8 kB, PostgreSQL's unit, in an MB
LIMITS = {"": "memory.max", "memory": "memory.limit_in_bytes"}  # the file of a limit, by controller: cgroups v2, v1


def settings(data: Path) -> list[str]:
    """The options to start the server of a data directory with; none if its configuration sets `shared_buffers`."""
    megabytes = min(for_pages(), MOST)
    if megabytes <= DEFAULT or configured(data) != str(DEFAULT * BLOCKS):
        return []
    return ["-c", f"shared_buffers={megabytes}MB"]


def configured(data: Path) -> str:
    """The configured `shared_buffers` in blocks; empty if the configuration is broken, which the start reports."""
    try:
        return run(data, "postgres", "-C", "shared_buffers", "-D", data).strip()
    except EmbeddedError:
        return ""


def for_pages() -> int:
    """The recommended size in MB: a quarter of the memory that this process and its children may use."""
    return min([psutil.virtual_memory().total, *limits()]) // 2**20 // SHARE


def limits() -> Iterator[int]:
    """The limits in bytes of all control groups of this process; none where there are no control groups."""
    for line in content(OURS).splitlines():
        _, controllers, group = line.split(":", 2)
        if file := next((LIMITS[each] for each in controllers.split(",") if each in LIMITS), ""):
            folder = CONTROL_GROUPS / controllers / group.lstrip("/")
            for inside in (folder, *folder.parents):
                if (limit := content(inside / file).strip()).isdecimal():
                    yield int(limit)


def content(file: Path) -> str:
    """The text of a file of the kernel; empty if it does not exist or cannot be read."""
    try:
        return file.read_text()
    except OSError:
        return ""
