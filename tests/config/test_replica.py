"""Reading from a replica that has the data of the primary: two servers, the second of which follows the first."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from config import databases
from config.databases import PRIMARY, REPLICA, Router, data_version, fetch_value, nearest
from config.embedded.server import Server
from config.embedded.user import own, run
from relations.models import Source
from tests.config.conftest import reachable_folder
from tests.factories import make_event

pytestmark = pytest.mark.django_db(transaction=True, databases=[PRIMARY, REPLICA])
LIST = "/sources/"


@pytest.fixture(scope="module")
def follower(django_db_setup) -> Iterator[Server]:
    """A server that replicates that of the tests."""
    primary = getattr(connection, "server", None)
    if primary is None:
        pytest.skip("A replica is made of the embedded database, and DATABASE_URL names another.")
    primary.ensure_running()
    with reachable_folder() as folder:
        server = Server(folder / "pgdata")
        own(server.data)
        origin = ("--host", primary.sockets, "--port", primary.PORT, "--username", primary.USER)
        run(
            server.data, "pg_basebackup", *origin, "--pgdata", server.data, "--write-recovery-conf", "--checkpoint=fast"
        )
        with (server.data / "postgresql.conf").open("a") as file:
            file.write("fsync = off\n")
        server.ensure_running()
        settings.DATABASES[REPLICA] = {
            **connection.settings_dict,
            "ENGINE": "django.db.backends.postgresql",
            "HOST": str(server.sockets),
            "TEST": {**connection.settings_dict["TEST"], "MIRROR": PRIMARY},
        }
        yield server
        del connections[REPLICA], settings.DATABASES[REPLICA]
        server.stop()


@pytest.fixture
def replica(follower, monkeypatch) -> Iterator[None]:
    """The replica has caught up, and there is public data."""
    monkeypatch.setattr(databases, "without_replica", databases.Pause())
    with transaction.atomic():
        make_event("EGY", "PRK", slug="visit")
    follow()
    yield
    query_replica("SELECT pg_wal_replay_resume() WHERE pg_is_in_recovery()")
    connections[REPLICA].close()


def follow() -> None:
    """Waits until the replica has the data of the primary."""
    while data_version(REPLICA) != data_version(PRIMARY):
        time.sleep(0.01)


def query_replica(question: str) -> Any:
    return fetch_value(REPLICA, question)


def fall_behind() -> None:
    """Pauses the replay: the replica receives changes and applies none."""
    query_replica("SELECT pg_wal_replay_pause()")
    while query_replica("SELECT pg_get_wal_replay_pause_state()") != "paused":
        time.sleep(0.01)
    Source.objects.update(title="Changed")


def get(client, path: str = LIST, **asked: Any) -> tuple[set[str], str]:
    """The databases that answer, and their answers."""
    with CaptureQueriesContext(connections[PRIMARY]) as primary, CaptureQueriesContext(connections[REPLICA]) as replica:
        response = client.get(path, **asked)
        page = b"".join(response).decode()
    assert response.status_code == 200
    return {name for name, queries in ((PRIMARY, primary), (REPLICA, replica)) if len(queries)}, page


@pytest.mark.parametrize("path", [LIST, "/events/", "/events.csv", "/chronology/"])
def test_readers_read_the_replica(client, replica, path):
    assert get(client, path)[0] == {REPLICA}


def test_sessions_the_desk_and_posts_read_the_primary(client, replica):
    assert client.post("/admin/login/", {"username": "nobody", "password": "wrong"}).status_code == 200
    for known in ({"headers": {"cookie": "sessionid=abc"}}, {"headers": {"authorization": "Bearer abc"}}):
        assert get(client, **known)[0] == {PRIMARY}
    client.force_login(get_user_model().objects.create_superuser("researcher"))
    follow()
    for path in (LIST, "/admin/", "/admin/relations/source/"):
        assert get(client, path)[0] == {PRIMARY}


def test_rows_read_from_the_replica_are_written_to_the_primary(client, replica, monkeypatch):
    monkeypatch.setattr(databases.current, "database", REPLICA)
    source = Source.objects.get()
    assert source._state.db == REPLICA
    source.title = "Changed"
    source.save()
    assert Source.objects.using(PRIMARY).get().title == "Changed"
    assert Router().allow_migrate(PRIMARY, "relations") and not Router().allow_migrate(REPLICA, "relations")


def test_a_replica_that_is_behind_is_not_read(client, replica):
    assert get(client)[0] == {REPLICA}
    fall_behind()
    read_there, page = get(client)
    assert (read_there, "Changed" in page) == ({PRIMARY}, True)
    query_replica("SELECT pg_wal_replay_resume()")
    follow()
    read_there, page = get(client)
    assert (read_there, "Changed" in page) == ({REPLICA}, True)


def test_a_replica_within_the_permitted_lag_is_read(client, replica, settings):
    fall_behind()
    settings.DATABASE_REPLICA_LAG = 3600
    read_there, page = get(client)
    assert (read_there, "Changed" in page) == ({REPLICA}, False)
    settings.DATABASE_REPLICA_LAG = 1e-6
    assert get(client)[0] == {PRIMARY}


def test_a_page_of_a_replica_is_of_its_version(replica, settings):
    assert nearest() == (REPLICA, data_version(PRIMARY))
    before = data_version(PRIMARY)
    fall_behind()
    settings.DATABASE_REPLICA_LAG = 3600
    assert nearest() == (REPLICA, before)
    assert data_version(PRIMARY) != before


def test_a_replica_that_is_away_is_left_alone_for_a_while(client, replica, follower, monkeypatch):
    follower.stop()
    assert (client.get(LIST).status_code, databases.current.database) == (200, PRIMARY)
    with monkeypatch.context() as patch:
        patch.setattr(connections[REPLICA], "ensure_connection", lambda: pytest.fail("is asked"))
        assert nearest()[0] == PRIMARY
    follower.ensure_running()
    monkeypatch.setattr(databases.without_replica, "ends", 0.0)
    follow()
    assert get(client)[0] == {REPLICA}


def test_a_replica_that_lost_its_primary_is_read_only_while_nothing_changes(client, replica, settings):
    settings.DATABASE_REPLICA_LAG = 3600
    query_replica("SELECT pg_promote()")
    assert get(client)[0] == {REPLICA}
    Source.objects.update(title="Changed")
    assert get(client)[0] == {PRIMARY}
