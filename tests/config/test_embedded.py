"""The embedded database: servers in folders of their own, of which some tests share one."""

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
from django.db import connections

from config.embedded import server as embedded
from config.embedded import user
from config.embedded.base import DatabaseWrapper
from config.embedded.server import Server
from config.embedded.user import EmbeddedError, nobody, server_uid
from tests.config.conftest import reachable_folder

CHECKOUT = Path(__file__).resolve().parents[2]
START = """
import sys
from pathlib import Path
from config.embedded.server import Server
Server(Path(sys.argv[1])).ensure_running()
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    with reachable_folder() as folder:
        yield folder


@pytest.fixture(scope="session")
def cluster() -> Iterator[Path]:
    """A cluster without a running server; copying it is faster than another initdb."""
    with reachable_folder() as folder:
        server = Server(folder / "pgdata")
        server.ensure_running()
        server.stop()
        with (server.data / "postgresql.conf").open("a") as file:
            file.write("fsync = off\n")
        yield server.data


def started(cluster: Path, folder: Path) -> Server:
    """A server that runs in a copy of the cluster."""
    folder.mkdir()
    server = Server(folder / "pgdata")
    subprocess.run(["cp", "-a", cluster, server.data], check=True)
    server.ensure_running()
    return server


@pytest.fixture
def make_server(folder: Path, cluster: Path) -> Iterator[Callable[[str], Server]]:
    """Starts servers in folders with these names; stops all of them at the end."""
    servers = []

    def make(name: str) -> Server:
        servers.append(server := started(cluster, folder / name))
        return server

    yield make
    for server in servers:
        server.stop()


@pytest.fixture(scope="module")
def shared(cluster: Path) -> Iterator[Server]:
    with reachable_folder() as folder:
        yield (server := started(cluster, folder / "checkout"))
        server.stop()


@pytest.fixture
def server(shared: Server) -> Server:
    """A running server for tests that leave it able to start again: copying a cluster takes longer than these."""
    shared.ensure_running()
    return shared


@pytest.fixture
def created(folder: Path) -> Iterator[Server]:
    """A server whose data directory does not exist yet."""
    server = Server(folder / "pgdata")
    yield server
    server.stop()


def query(server: Server, statement: str) -> tuple:
    with psycopg.connect(host=str(server.sockets), user=server.USER, dbname=server.NAME) as connection:
        return connection.execute(statement).fetchone()


def postmaster(server: Server) -> psutil.Process:
    (process,) = server.postmasters()
    return process


def has_stopped(process: psutil.Process) -> bool:
    """Holds even before the parent has noticed."""
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


@pytest.fixture
def bystander() -> Iterator[subprocess.Popen]:
    """An unrelated process of the server's user."""
    user = nobody().pw_uid if os.geteuid() == 0 else None
    with subprocess.Popen(["sleep", "600"], user=user, cwd="/") as process:
        yield process
        process.kill()


def test_eight_simultaneous_first_starts_give_one_server(created):
    starts = [subprocess.Popen([sys.executable, "-c", START, created.data], cwd=CHECKOUT) for _ in range(8)]
    assert [start.wait() for start in starts] == [0] * 8
    assert len(created.postmasters()) == 1
    assert query(created, "SELECT 1") == (1,)


def test_a_page_waits_for_a_moment_only_and_the_start_goes_on(make_server, monkeypatch):
    server = make_server("checkout")
    may_start, calls = threading.Event(), []

    def ensure_running(asked: Server) -> None:
        calls.append(asked.data)
        may_start.wait(60)

    monkeypatch.setattr(Server, "ensure_running", ensure_running)
    wrapper = DatabaseWrapper(settings_of(server) | {"EMBEDDED_WAIT": 0.01})
    for _ in range(3):
        with pytest.raises(psycopg.OperationalError, match=r"^The database is starting\.$"):
            wrapper.get_new_connection(wrapper.get_connection_params())
    assert calls == [server.data]
    may_start.set()
    DatabaseWrapper.starts[server.data].join()
    with wrapper.get_new_connection(wrapper.get_connection_params()) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_page_gets_the_reason_why_there_is_no_database(make_server, monkeypatch):
    server = make_server("checkout")

    def ensure_running(asked: Server) -> None:
        raise EmbeddedError("the disk is full")

    monkeypatch.setattr(Server, "ensure_running", ensure_running)
    wrapper = DatabaseWrapper(settings_of(server) | {"EMBEDDED_WAIT": 60})
    with pytest.raises(psycopg.OperationalError, match=r"^the disk is full$"):
        wrapper.get_new_connection(wrapper.get_connection_params())


def settings_of(server: Server) -> dict[str, object]:
    """Django's settings for this server's database."""
    return connections.settings["default"] | {"EMBEDDED_DATA": str(server.data), "NAME": server.NAME}


def test_starting_again_keeps_the_server(server):
    before = postmaster(server)
    server.ensure_running()
    assert postmaster(server) == before


def test_killed_server_is_started_again_with_its_data(server):
    with psycopg.connect(host=str(server.sockets), user=server.USER, dbname=server.NAME) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    before = postmaster(server)
    before.send_signal(signal.SIGKILL)
    server.ensure_running()
    assert postmaster(server) != before
    assert query(server, "SELECT number FROM kept") == (7,)


def test_start_overcomes_the_pid_of_a_bystander(server, bystander):
    server.stop()
    for pid_file in ("postmaster.pid", ".s.PGSQL.5432.lock"):
        (server.data / pid_file).write_text(f"{bystander.pid}\n{server.data}\n1\n5432\n{server.data}\n\n0 0\n")
    server.ensure_running()
    assert query(server, "SELECT 1") == (1,)
    assert bystander.poll() is None


def test_stop_spares_the_pid_of_a_bystander(server, bystander):
    ours = postmaster(server)
    pid_file = server.data / "postmaster.pid"
    pid_file.write_text(pid_file.read_text().replace(str(ours.pid), str(bystander.pid), 1))
    assert server.stop() is True
    assert has_stopped(ours)
    assert bystander.poll() is None


def test_stop_without_a_server_spares_the_pid_of_a_bystander(server, bystander):
    assert server.stop() is True
    (server.data / "postmaster.pid").write_text(f"{bystander.pid}\n{server.data}\n1\n5432\n{server.data}\n\nready\n")
    assert server.stop() is False
    assert bystander.poll() is None


def test_stopping_a_server_that_never_ran_leaves_no_trace(folder):
    assert Server(folder / "never" / "pgdata").stop() is False
    assert list(folder.iterdir()) == []


def test_database_is_utf8_and_utc_and_safe_and_private_whatever_the_environment(created, monkeypatch):
    for name, value in {
        "LC_ALL": "tlh_KX.UTF-8",
        "LANG": "tlh_KX",
        "PGDATA": "/nowhere",
        "PGOPTIONS": "-c a=b",
    }.items():
        monkeypatch.setenv(name, value)
    created.ensure_running()
    monkeypatch.undo()
    settings = ("server_encoding", "TimeZone", "fsync", "data_checksums", "listen_addresses", "unix_socket_permissions")
    values = ", ".join(f"current_setting('{setting}')" for setting in settings)
    assert query(created, f"SELECT lower('É'), {values}") == ("é", "UTF8", "UTC", "on", "on", "", "0700")
    assert created.data.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("name", ["long-" * 20 + "path", 'it\'s, a "$HOME" `path`'])
def test_path_that_no_socket_can_have(make_server, name):
    server = make_server(name)
    assert server.sockets.parent == Path("/tmp")
    assert server.sockets.stat().st_mode & 0o777 == 0o700
    assert query(server, "SELECT 1") == (1,)
    server.stop()
    assert not server.sockets.exists()


def test_socket_folder_that_somebody_else_made_is_refused(make_server, folder):
    server = make_server("long-" * 20)
    server.stop()
    server.sockets.symlink_to(folder)
    try:
        with pytest.raises(EmbeddedError, match="is not a private directory of this server: remove it"):
            server.ensure_running()
    finally:
        server.sockets.unlink()


@pytest.mark.parametrize("name", ["short", "long-" * 20])
def test_checkout_moved_under_a_running_server(make_server, name):
    old = make_server(name)
    with psycopg.connect(host=str(old.sockets), user=old.USER, dbname=old.NAME) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    before = postmaster(old)
    moved = old.data.parent.rename(old.data.parent.with_name(f"{name}moved"))
    new = Server(moved / "pgdata")
    new.ensure_running()
    assert query(new, "SELECT number FROM kept") == (7,)
    assert has_stopped(before)
    new.stop()
    shutil.rmtree(old.sockets, ignore_errors=True)


@pytest.mark.parametrize("name", ["short", "long-" * 20])
def test_data_directory_deleted_under_a_running_server(make_server, name):
    server = make_server(name)
    with psycopg.connect(host=str(server.sockets), user=server.USER, dbname=server.NAME) as connection:
        connection.execute("CREATE TABLE lost AS SELECT 7 AS number")
    before = postmaster(server)
    shutil.rmtree(server.data)
    server.ensure_running()
    assert query(server, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == (0,)
    assert has_stopped(before)


def test_a_socket_deleted_by_a_cleaner_is_recreated(server):
    (server.sockets / ".s.PGSQL.5432").unlink()
    server.ensure_running()
    assert query(server, "SELECT 1") == (1,)


def test_an_interrupted_first_start_is_repeated(created):
    half = created.data.with_name("pgdata.new")
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    created.ensure_running()
    assert query(created, "SELECT 1") == (1,)
    assert not half.exists()


def test_cluster_of_another_version_is_refused_in_words(make_server):
    server = make_server("checkout")
    server.stop()
    (server.data / "PG_VERSION").write_text("15\n")
    with pytest.raises(EmbeddedError, match=r"was made by PostgreSQL 15, 18\.\d+ is installed"):
        server.ensure_running()


def test_folder_of_other_files_is_left_alone(folder):
    data = folder / "pgdata"
    data.mkdir()
    if os.geteuid() == 0:
        os.chown(data, server_uid(), -1)
    (data / "thesis.odt").write_text("mine")
    with pytest.raises(EmbeddedError, match="is neither empty nor a PostgreSQL data directory"):
        Server(data).ensure_running()
    assert (data / "thesis.odt").read_text() == "mine"


def test_a_broken_configuration_is_reported_in_the_server_s_words(make_server):
    server = make_server("checkout")
    server.stop()
    with (server.data / "postgresql.conf").open("a") as file:
        file.write("max_connections = many\n")
    with pytest.raises(EmbeddedError, match=r"PostgreSQL does not start: .*configuration file .* contains errors"):
        server.ensure_running()


def test_data_directory_is_inside_the_checkout_unless_it_cannot_be_reached(folder, monkeypatch):
    checkout = folder / "checkout"
    checkout.mkdir()
    assert embedded.default_data_dir(checkout) == checkout / "var" / "pgdata"
    folder.chmod(0o700)
    monkeypatch.setattr(embedded, "is_root", lambda: False)
    assert embedded.default_data_dir(checkout) == checkout / "var" / "pgdata"
    monkeypatch.setattr(embedded, "is_root", lambda: True)
    elsewhere = embedded.default_data_dir(checkout)
    assert elsewhere.parts[:4] == ("/", "var", "lib", "dyad")
    assert elsewhere != embedded.default_data_dir(folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs programs as somebody else")
def test_programs_unreachable_for_the_user_nobody_are_copied(make_server, folder, monkeypatch):
    monkeypatch.setattr(user, "reachable_by_others", lambda path: False)
    assert folder in Path(postmaster(make_server("checkout")).exe()).parents


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs programs as somebody else")
def test_root_with_a_private_umask_gives_the_server_s_user_access(folder, monkeypatch):
    monkeypatch.setattr(user, "reachable_by_others", lambda path: False)
    server = Server(folder / "var" / "pgdata")
    before = os.umask(0o077)
    try:
        server.ensure_running()
        assert query(server, "SELECT 1") == (1,)
    finally:
        os.umask(before)
        server.stop()
    assert (folder / "var").stat().st_mode & 0o777 == 0o701
    assert server.data.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs programs as somebody else")
def test_a_full_disk_while_copying_programs_is_reported_in_one_line(created, monkeypatch):
    def full(*arguments, **options):
        raise shutil.Error([("a", "b", "[Errno 28] No space left on device: 'b'"), ("c", "d", "[Errno 28] …")])

    monkeypatch.setattr(user, "reachable_by_others", lambda path: False)
    monkeypatch.setattr(user.shutil, "copytree", full)
    with pytest.raises(EmbeddedError) as told:
        created.ensure_running()
    assert str(told.value) == (
        "PostgreSQL's programs cannot be copied beside its data: [Errno 28] No space left on device: 'b'."
    )
    assert [*created.data.parent.glob("postgresql-*")] == []


def test_only_the_errors_of_a_program_s_output_are_reported(created):
    with pytest.raises(EmbeddedError) as told:
        user.run(created.data, "initdb", "--pgdata", created.data, "--locale=C", "--encoding=nonsense")
    assert str(told.value) == 'initdb failed: initdb: error: "nonsense" is not a valid server encoding name'


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be refused a stranger's files")
def test_data_of_another_user_is_refused_in_words(server):
    before = postmaster(server)
    os.chown(server.data, 12345, 12345)
    for act in (server.ensure_running, server.stop):
        with pytest.raises(EmbeddedError, match="belongs to another user: run as that user, or set DYAD_DATA_DIR"):
            act()
    assert before.is_running()
    os.chown(server.data, server_uid(), -1)


def test_a_connection_starts_the_server_and_restarts_it(server, django_db_blocker):
    template = connections["default"].settings_dict
    database = DatabaseWrapper(template | {"NAME": server.NAME, "EMBEDDED_DATA": str(server.data)})
    for number in (1, 2):
        server.stop()
        with django_db_blocker.unblock(), database.cursor() as cursor:
            cursor.execute("SELECT %s::int", [number])
            assert cursor.fetchone() == (number,)
        database.close()
