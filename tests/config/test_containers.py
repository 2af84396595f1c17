"""Dockerfile and docker-compose.yml, followed without containers: copies, commands, environment and health checks."""

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
from urllib.request import Request, urlopen

import psycopg
import pytest
import yaml
from psycopg import sql

from config.embedded.server import Server
from config.embedded.user import programs, reachable_by_others, server_uid
from config.worker import DRAINING
from tests.config.conftest import CHECKOUT, free_port, reachable_folder

OPERATIONS = (CHECKOUT / "docs" / "operations.md").read_text()
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
    with reachable_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def database(folder: Path) -> Iterator[Server]:
    """Does what the PostgreSQL image does with its environment: creates an owner with a password, and the database."""
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
        packages, own = Path(sysconfig.get_path("purelib")), Path(sys.executable)
        pythons = [own, Path(f"/usr/bin/python{sysconfig.get_python_version()}")]
        for_all = [python for python in pythons if python.exists() and reachable_by_others(python.resolve().parent)]
        python = for_all[0] if for_all else own
        is_for_others = for_all and reachable_by_others(packages)
        self.ordinary_user = server_uid() if os.geteuid() == 0 and is_for_others else None
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
                *patterns, target = argument.split()
                for source in (source for pattern in patterns for source in CHECKOUT.glob(pattern)):
                    if source.is_dir():
                        shutil.copytree(source, self.app / target)
                    else:
                        shutil.copy(source, self.app / target)
            case "RUN" if not argument.startswith("useradd"):
                assert self.start(["sh", "-c", argument], {}).wait() == 0
            case "USER":
                assert argument not in ("root", "0")
                self.user = self.ordinary_user
            case "CMD":
                self.command = json.loads(argument)

    def start(self, command: list[str], environment: dict[str, str]) -> subprocess.Popen:
        return subprocess.Popen(command, cwd=self.app, env=self.environment | environment, user=self.user)


@pytest.fixture(scope="module")
def image(folder: Path, database: Server) -> Image:
    """The image, and a database that the service `migrate` has prepared."""
    image = Image(folder, database.sockets)
    assert image.start(SERVICES["migrate"]["command"], environment("migrate")).wait() == 0
    return image


def health_check(service: str) -> list[str]:
    kind, *command = SERVICES[service]["healthcheck"]["test"]
    assert kind == "CMD"
    return command


def test_services_start_in_order_and_the_site_answers_as_a_role_that_owns_nothing(image, database):
    program, *arguments = health_check("database")
    subprocess.run(
        [programs() / program, *(word.replace("127.0.0.1", str(database.sockets)) for word in arguments)], check=True
    )
    assert SERVICES["migrate"]["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert SERVICES["web"]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}

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
    assert environment_of(SERVICES["database"]["image"]) == "postgres:18"
    assert SERVICES["database"]["volumes"] == ["database:/var/lib/postgresql"]


def environment_of(text: str) -> str:
    """The value of a setting if no variable is set."""
    return re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", text)


def test_images_can_be_pinned_by_their_digests():
    assert SERVICES["database"]["image"].startswith("${POSTGRES_IMAGE:-")
    python = SERVICES["migrate"]["build"]["args"]["PYTHON_IMAGE"]
    dockerfile = (CHECKOUT / "Dockerfile").read_text()
    assert f"ARG PYTHON_IMAGE={environment_of(python)}\n" in dockerfile
    assert re.findall(r"^FROM (\S+)", dockerfile, re.MULTILINE) == ["${PYTHON_IMAGE}"] * 2
    assert "`POSTGRES_IMAGE`" in OPERATIONS
    assert "`PYTHON_IMAGE`" in OPERATIONS


def test_the_environment_sets_the_memory_of_the_database():
    settings = SERVICES["database"]["command"]
    assert list(map(environment_of, settings)) == ["postgres", "-c", "shared_buffers=256MB"]
    assert settings[2] == "shared_buffers=${POSTGRES_MEMORY:-256MB}"
    assert "`POSTGRES_MEMORY`" in OPERATIONS


@pytest.mark.parametrize(("service", "policy"), [("database", "missing"), ("migrate", "build"), ("web", "never")])
def test_no_image_from_a_registry_is_run_as_ours(service, policy):
    assert SERVICES[service]["pull_policy"] == policy
    assert (SERVICES[service]["image"] == "dyad") is (policy != "missing")


@pytest.mark.parametrize("service", SERVICES)
def test_a_container_is_confined(service):
    settings = SERVICES[service]
    assert settings["read_only"] is True
    assert settings["cap_drop"] == ["ALL"]
    assert "cap_add" not in settings
    assert "privileged" not in settings
    assert settings["security_opt"] == ["no-new-privileges:true"]
    assert settings["logging"] == {"driver": "json-file", "options": {"max-size": "10m", "max-file": "5"}}
    for place in settings["tmpfs"]:
        assert re.fullmatch(r"/(tmp|var/run/postgresql):size=\d+m", place)
    assert settings["tmpfs"][0].startswith("/tmp:")


def test_nobody_in_a_container_is_root():
    assert SERVICES["database"]["user"] == "postgres"
    assert re.findall(r"^USER (\w+)", (CHECKOUT / "Dockerfile").read_text(), re.MULTILINE) == ["dyad"]
    assert "user" not in SERVICES["migrate"].keys() | SERVICES["web"].keys()


def test_the_site_has_time_to_finish_what_is_under_way():
    assert int(SERVICES["web"]["stop_grace_period"].removesuffix("s")) > DRAINING


@pytest.mark.parametrize("service", ["migrate", "web"])
def test_every_documented_setting_reaches_the_site(service):
    table = OPERATIONS.partition("| name | default | meaning |")[2].partition("\n\n")[0]
    documented = set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE))
    assert {"SECRET_KEY", "STATEMENT_TIMEOUT", "WEB_CONCURRENCY"} < documented
    of_a_laptop = {"DYAD_DATA_DIR", "DEBUG"}
    of_pages = {"STATEMENT_TIMEOUT", "DATABASE_WAIT", "WEB_CONCURRENCY", "DATABASE_REPLICA_URL", "DATABASE_REPLICA_LAG"}
    missing = documented - SERVICES[service]["environment"].keys()
    assert missing == of_a_laptop | (of_pages if service == "migrate" else set())


@pytest.mark.parametrize("name", ["STATEMENT_TIMEOUT", "DATABASE_WAIT", "DATABASE_REPLICA_URL", "DATABASE_REPLICA_LAG"])
def test_a_setting_that_is_not_set_has_its_default(name):
    """An empty variable counts as not set."""
    assert SERVICES["web"]["environment"][name] == f"${{{name}:-}}"


def documented_commands(heading: str, containing: str) -> str:
    """The commands of a section of docs/operations.md, as a shell gets them."""
    chapter = OPERATIONS.partition(f"### {heading}\n")[2].partition("\n### ")[0]
    (commands,) = [
        block for block in re.findall(r"^```\n(.*?)^```", chapter, re.MULTILINE | re.DOTALL) if containing in block
    ]
    return commands


@pytest.fixture
def shell(image: Image, database: Server, tmp_path: Path):
    """Runs documented commands with the programs of the database's container, and its files in a folder."""
    (volume := tmp_path / "volume").mkdir()
    (tmp_path / "bin").mkdir()
    docker = tmp_path / "bin" / "docker"
    docker.write_text(
        '#!/bin/sh\necho "$*" | cut -d" " -f1-3 >> docker.log\n[ "$2" = exec ] || exit 0\nshift 4\nexec "$@"\n'
    )
    docker.chmod(0o755)
    variables = {
        "PATH": f"{tmp_path / 'bin'}:{programs()}:/usr/bin:/bin",
        "PGHOST": str(database.sockets),
        "PGPASSWORD": VARIABLES["OWNER_PASSWORD"],
    }

    def run(commands: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            ["sh", "-ec", commands.replace("/var/lib/postgresql", str(volume))],
            cwd=tmp_path,
            env=variables,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_documented_backup_is_private_whole_and_restored_in_one_transaction(shell, database, tmp_path):
    """The commands of docs/operations.md, with a `docker` that runs them here."""

    def events() -> int:
        return connection.execute("SELECT count(*) FROM relations_event").fetchone()[0]

    with psycopg.connect(
        host=str(database.sockets),
        user="dyad_owner",
        dbname="dyad",
        password=VARIABLES["OWNER_PASSWORD"],
        autocommit=True,
    ) as connection:
        connection.execute("CREATE TABLE made_before (number int)")
        backup = documented_commands("Backup, and a rehearsed restore", "pg_dump")
        made = shell(backup)
        assert (made.returncode, made.stderr) == (0, "")
        (file,) = tmp_path.glob("dyad-*.backup")
        assert file.stat().st_mode & 0o777 == 0o600
        assert not list(tmp_path.glob("*unfinished*"))

        connection.execute("DROP TABLE made_before")
        restore = documented_commands("Backup, and a rehearsed restore", "psql").replace(
            "dyad-2026-11-01.backup", file.name
        )
        whole = file.read_bytes()
        file.write_bytes(whole[: len(whole) // 2])
        refused = shell(restore)
        assert (refused.returncode, "pg_restore" in refused.stderr) == (1, True)
        assert events() == 0  # the tables are there
        file.write_bytes(whole)
        restored = shell(restore)
        assert (restored.returncode, restored.stderr) == (0, "")
        assert connection.execute("SELECT to_regclass('made_before') IS NOT NULL").fetchone() == (True,)
        connection.execute("DROP TABLE made_before")
    assert list((tmp_path / "volume").iterdir()) == []
    asked = (tmp_path / "docker.log").read_text().splitlines()
    assert asked[:2] == ["compose exec -T", "compose stop web"]
    assert asked[-1] == "compose up --detach"
    assert asked.count("compose up --detach") == 1  # not after a refusal
