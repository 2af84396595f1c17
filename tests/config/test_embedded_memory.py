"""The size of the embedded database's `shared_buffers`."""

import mmap
from collections.abc import Iterator

import psutil
import psycopg
import pytest

from config.embedded import memory
from config.embedded.server import Server
from tests.config.conftest import reachable_folder


class Machine:
    """psutil's report for a machine with this number of MB."""

    def __init__(self, megabytes: int) -> None:
        self.total = megabytes * 2**20


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with reachable_folder() as folder:
        server = Server(folder / "pgdata")
        server.ensure_running()
        yield server
        server.stop()


@pytest.fixture
def limit_memory(tmp_path, monkeypatch):
    """Makes /proc and /sys report 8,000 MB and control groups: the one of this process, and the limit of each."""

    def limit_memory(ours: str, limits: dict[str, str]) -> None:
        (tmp_path / "ours").write_text(ours)
        for file, limit in limits.items():
            path = tmp_path / "groups" / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(limit)

    monkeypatch.setattr(memory, "OURS", tmp_path / "ours")
    monkeypatch.setattr(memory, "CONTROL_GROUPS", tmp_path / "groups")
    monkeypatch.setattr(psutil, "virtual_memory", lambda: Machine(8000))
    return limit_memory


def restarted_size(server: Server) -> str:
    """The `shared_buffers` of a server that is started now."""
    server.stop()
    server.ensure_running()
    with psycopg.connect(host=str(server.sockets), user=server.USER, dbname=server.NAME) as connection:
        ((size,),) = connection.execute("SHOW shared_buffers").fetchall()
    return size


def test_shared_buffers_are_a_quarter_of_the_memory(limit_memory):
    limit_memory("", {})
    assert memory.for_pages() == 2000


def test_without_control_groups_the_machine_alone_counts(limit_memory):
    assert not memory.OURS.exists()
    assert memory.for_pages() == 2000


@pytest.mark.parametrize(
    ("ours", "limits", "megabytes"),
    [
        ("0::/\n", {"memory.max": "1048576000\n"}, 250),
        ("0::/site/web\n", {"site/web/memory.max": "1048576000\n", "site/memory.max": "max\n"}, 250),
        ("0::/site/web\n", {"site/web/memory.max": "max\n", "site/memory.max": "524288000\n"}, 125),
        ("0::/site/web\n", {"other/memory.max": "524288000\n"}, 2000),
        ("0::/site/bus-:1.2.service\n", {"site/bus-:1.2.service/memory.max": "524288000\n"}, 125),
        ("0::/\n", {"memory.max": f"{2**40}\n"}, 2000),
        ("5:memory:/web\n4:cpu:/\n", {"memory/web/memory.limit_in_bytes": "524288000\n"}, 125),
        ("5:memory:/\n", {"memory/memory.limit_in_bytes": "9223372036854771712\n"}, 2000),
        ("5:cpu,memory:/web\n", {"cpu,memory/web/memory.limit_in_bytes": "524288000\n"}, 125),
        ("4:cpu:/web\n", {"cpu/web/memory.limit_in_bytes": "524288000\n"}, 2000),
    ],
)
def test_the_limit_of_a_container_counts(limit_memory, ours, limits, megabytes):
    limit_memory(ours, limits)
    assert memory.for_pages() == megabytes


def test_an_unreadable_control_group_is_ignored(limit_memory):
    limit_memory("0::/site\n", {"site/memory.max/of": "what is no file", "memory.max": "1048576000\n"})
    assert memory.for_pages() == 250


@pytest.mark.parametrize(("megabytes", "kept_in"), [(129, "129MB"), (128, "128MB"), (1, "128MB"), (10**6, "160MB")])
def test_shared_buffers_are_between_a_minimum_and_a_maximum(server, monkeypatch, megabytes, kept_in):
    monkeypatch.setattr(memory, "MOST", 160)
    monkeypatch.setattr(memory, "for_pages", lambda: megabytes)
    assert restarted_size(server) == kept_in


def test_a_configured_value_is_kept(server, monkeypatch):
    monkeypatch.setattr(memory, "for_pages", lambda: 160)
    configuration = server.data / "postgresql.conf"
    before = configuration.read_text()
    configuration.write_text(f"{before}\nshared_buffers = 24MB\n")
    assert restarted_size(server) == "24MB"
    configuration.write_text(before)
    assert restarted_size(server) == "160MB"


def can_be_had(megabytes: int) -> bool:
    """Whether the system grants this much memory; some overcommit."""
    try:
        mmap.mmap(-1, megabytes * 2**20).close()
    except OSError:
        return False
    return True


@pytest.mark.skipif(can_be_had(4_000_000), reason="this system promises any memory")
def test_the_server_starts_with_the_minimum_if_less_memory_is_available(server, monkeypatch):
    monkeypatch.setattr(memory, "MOST", 4_000_000)
    monkeypatch.setattr(memory, "for_pages", lambda: 4_000_000)
    assert restarted_size(server) == "128MB"
    assert "could not map anonymous shared memory" in (server.data / "server.log").read_text()
