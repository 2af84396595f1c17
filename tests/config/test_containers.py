"""The two container files, followed without containers: copies, commands, environment and health checks, in order."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import Request, urlopen

import psycopg
import pytest
import yaml
from psycopg import sql

from config.embedded import server as embedded
from config.embedded.server import Server, programs, reachable_by_others
from tests.config.conftest import CHECKOUT, free_port

SERVICES = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text())["services"]
VARIABLES = {
    "SECRET_KEY": "s" * 50,
    "ALLOWED_HOSTS": "dyad.example",
    "OWNER_PASSWORD": "the owner's: p@ss/word%",
    "WEB_PASSWORD": "the site's: p@ss/word%",
    "TRUSTED_PROXY": "127.0.0.1",
}


def environment(service: str) -> dict[str, str]:
    """The environment of a service, with every ${NAME}, ${NAME:-default} and ${NAME:?message} substituted."""

    def value(match: re.Match) -> str:
        assert match["name"] in VARIABLES or match["kind"] == ":-", match["rest"]
        return VARIABLES.get(match["name"], match["rest"])

    pattern = r"\$\{(?P<name>\w+)(?P<kind>:[-?])(?P<rest>[^}]*)\}"
    found = {name: re.sub(pattern, value, text) for name, text in SERVICES[service]["environment"].items()}
    # Without a network of containers the database is found by its socket.
    return found | {"DATABASE_URL": found.get("DATABASE_URL", "").replace("@database/", "@/")}


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with TemporaryDirectory(prefix="dyad-test-", dir="/tmp") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture(scope="module")
def database(folder: Path) -> Iterator[Server]:
    """What the image of PostgreSQL makes of its environment: an owner with a password, and his database."""
    server = Server(folder / "pgdata")
    server.ensure_running()
    given = environment("database")
    owner = sql.Identifier(given["POSTGRES_USER"])
    with psycopg.connect(host=str(server.sockets), user=server.USER, dbname="postgres", autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE ROLE {} SUPERUSER LOGIN PASSWORD {}").format(owner, sql.Literal(given["POSTGRES_PASSWORD"]))
        )
        connection.execute(f"ALTER DATABASE {server.NAME} RENAME TO unused")
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(given["POSTGRES_DB"]), owner))
        (server.data / "pg_hba.conf").write_text(f"local all {server.USER} trust\nlocal all all scram-sha-256\n")
        connection.execute("SELECT pg_reload_conf()")
    yield server
    server.stop()


class Image:
    """The last stage of the Dockerfile, followed in an empty folder."""

    def __init__(self, folder: Path, sockets: Path) -> None:
        self.app = folder / "app"
        self.app.mkdir()
        self.user: int | None = None
        self.command: list[str] = []
        packages, python = Path(sysconfig.get_path("purelib")), Path(sys.executable)
        if not reachable_by_others(python.resolve().parent):
            python = Path(f"/usr/bin/python{sysconfig.get_python_version()}")
        self.ordinary_user = None
        if os.geteuid() == 0 and reachable_by_others(packages) and python.exists():
            self.ordinary_user = embedded._server_uid()
        programs_folder = folder / "bin"
        programs_folder.mkdir()
        (programs_folder / "python").write_text(f'#!/bin/sh\nexec {shlex.quote(str(python))} "$@"\n')
        (programs_folder / "python").chmod(0o755)
        self.environment = {
            "PATH": f"{programs_folder}:/usr/bin:/bin",
            "PYTHONPATH": str(packages),
            "PGHOST": str(sockets),
        }
        text = re.sub(r"^#.*\n", "", (CHECKOUT / "Dockerfile").read_text(), flags=re.MULTILINE).replace("\\\n", "")
        for line in re.split(r"^FROM .*\n", text, flags=re.MULTILINE)[-1].splitlines():
            if line:
                self._follow(*line.split(maxsplit=1))

    def _follow(self, instruction: str, argument: str) -> None:
        match instruction:
            case "ENV":
                values = dict(word.split("=", 1) for word in argument.split())
                self.environment |= {name: value for name, value in values.items() if name != "PATH"}
            case "COPY" if not argument.startswith("--from=build /venv"):
                source, target = argument.split()
                if (CHECKOUT / source).is_dir():
                    shutil.copytree(CHECKOUT / source, self.app / target)
                else:
                    shutil.copy(CHECKOUT / source, self.app / target)
            case "RUN" if not argument.startswith("useradd"):
                assert self.start(["sh", "-c", argument], {}).wait() == 0
            case "USER":
                assert argument not in ("root", "0")
                self.user = self.ordinary_user
            case "CMD":
                self.command = json.loads(argument)

    def start(self, command: list[str], environment: dict[str, str]) -> subprocess.Popen:
        return subprocess.Popen(command, cwd=self.app, env=self.environment | environment, user=self.user)


def health_check(service: str) -> list[str]:
    kind, *command = SERVICES[service]["healthcheck"]["test"]
    assert kind == "CMD"
    return command


def test_services_start_in_order_and_the_site_answers_as_a_role_that_owns_nothing(folder, database):
    program, *arguments = health_check("database")
    subprocess.run(
        [programs() / program, *(word.replace("127.0.0.1", str(database.sockets)) for word in arguments)], check=True
    )
    assert SERVICES["migrate"]["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert SERVICES["web"]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
    image = Image(folder, database.sockets)
    assert image.start(SERVICES["migrate"]["command"], environment("migrate")).wait() == 0

    port = free_port()
    with image.start([word.replace("8000", port) for word in image.command], environment("web")) as web:
        check = [word.replace("8000", port) for word in health_check("web")]
        while image.start(check, {}).wait() != 0:
            assert web.poll() is None
        behind_proxy = {"Host": "dyad.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
        with urlopen(Request(f"http://127.0.0.1:{port}/admin/login/", headers=behind_proxy)) as page:
            html = page.read().decode()
            assert (page.status, page.headers["Strict-Transport-Security"][:16]) == (200, "max-age=31536000")
        style = re.search(r'href="(/static/admin/css/base\.[0-9a-f]+\.css)"', html)[1]
        with urlopen(Request(f"http://127.0.0.1:{port}{style}", headers=behind_proxy)) as page:
            assert "immutable" in page.headers["Cache-Control"]
        web.terminate()
        assert web.wait() == 0

    with psycopg.connect(
        host=str(database.sockets), user="dyad_web", dbname="dyad", password=VARIABLES["WEB_PASSWORD"]
    ) as role:
        assert role.execute("SELECT count(*) FROM pg_class WHERE relowner = 'dyad_web'::regrole").fetchone() == (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            role.execute("CREATE TABLE mine (number int)")


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "OWNER_PASSWORD", "WEB_PASSWORD"])
def test_missing_secret_is_asked_for(name):
    assert f"${{{name}:?Set {name} to " in (CHECKOUT / "docker-compose.yml").read_text()


def test_database_volume_is_where_postgresql_18_wants_it():
    assert SERVICES["database"]["image"] == "postgres:18"
    assert SERVICES["database"]["volumes"] == ["database:/var/lib/postgresql"]
