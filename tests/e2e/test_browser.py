"""Which browser is used: the system's, Playwright's, or none and a line that says so."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e import browser

CHECKOUT = Path(__file__).resolve().parents[2]
LAUNCH = (
    "from tests.e2e.browser import launched, on_path, what_is_missing\nprint(on_path(), what_is_missing() or 'none')"
)


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """Fake commands on PATH; apt-get logs its arguments, and installs as long as `server` exists."""
    folder = tmp_path / "bin"
    folder.mkdir()
    apt = folder / "apt-get"
    apt.write_text(
        f'#!/bin/sh\necho "$@" >> {tmp_path}/calls\n[ ! -e {tmp_path}/server ] || /bin/cp "$0" {folder}/chromium\n'
    )
    apt.chmod(0o755)
    return folder


def run(programs: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A Python process for which neither PATH nor Playwright has a browser."""
    variables = {"PATH": str(programs), "PLAYWRIGHT_BROWSERS_PATH": str(programs.parent / "browsers")}
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=CHECKOUT, env=os.environ | variables, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("workers", ["0", "1"])
def test_without_a_browser_a_line_says_what_to_run_and_nothing_is_fetched(programs, workers):
    result = run(programs, "-m", "pytest", "-q", "-n", workers, "tests/e2e/test_watch.py")
    told = [line.strip("! ") for line in result.stdout.splitlines() if "Chromium" in line]
    assert (result.returncode, told) == (
        1,
        ["_pytest.outcomes.Exit: Browser tests need Chromium: run `make browser`, or other tests (make test TESTS=…)."],
    )
    assert "passed" not in result.stdout
    assert not (programs.parent / "calls").exists()


def test_other_tests_need_no_browser(programs):
    result = run(
        programs, "-m", "pytest", "-q", "-n", "0", "tests/e2e", "tests/config/test_logs.py", "-k", "its_traceback"
    )
    assert result.returncode == 0
    assert "1 passed" in result.stdout


def test_playwright_s_own_browser_is_used_where_path_has_none(programs):
    found = browser.on_path()
    own = re.search(r"Executable doesn't exist at (\S+)", run(programs, "-c", LAUNCH).stdout)
    executable = Path(own[1])
    executable.parent.mkdir(parents=True)
    executable.symlink_to(found or executable)
    assert run(programs, "-c", LAUNCH).stdout == "None none\n"


def test_make_browser_does_nothing_where_there_is_one(programs, monkeypatch, capfd):
    monkeypatch.setenv("PATH", str(programs))
    (programs / "apt-get").rename(programs / "google-chrome")
    browser.install()
    assert capfd.readouterr() == ("", "")
    assert not (programs.parent / "calls").exists()


@pytest.mark.parametrize(
    ("uid", "debian", "commands"),
    [
        (
            0,
            True,
            ["apt-get --yes --quiet=2 update", "apt-get --yes --quiet=2 install chromium-headless-shell"],
        ),
        (0, False, [f"{sys.executable} -m playwright install --with-deps chromium"]),
        (1000, True, [f"{sys.executable} -m playwright install chromium"]),
    ],
)
def test_make_browser_says_what_it_runs(monkeypatch, capsys, uid, debian, commands):
    ran, missing = [], ["no browser", ""]
    monkeypatch.setattr(os, "geteuid", lambda: uid)
    monkeypatch.setattr(browser, "is_debian", lambda: debian)
    monkeypatch.setattr(browser, "what_is_missing", lambda: missing.pop(0))
    monkeypatch.setattr(subprocess, "run", lambda command, **options: ran.append(" ".join(command)))
    browser.install()
    assert ran == commands
    assert capsys.readouterr().out.splitlines() == [
        f"Chromium for the browser tests: {command}" for command in commands
    ]


@pytest.mark.parametrize("helps", [True, False])
def test_make_browser_tells_in_one_line_what_it_could_not_install(programs, monkeypatch, helps):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(browser, "is_debian", lambda: True)
    monkeypatch.setattr(browser, "what_is_missing", lambda: "" if browser.on_path() else "no browser")
    monkeypatch.setenv("PATH", str(programs))
    if helps:
        (programs.parent / "server").touch()
        browser.install()
        assert browser.on_path() == str(programs / "chromium")
    else:
        with pytest.raises(SystemExit) as refusal:
            browser.install()
        assert str(refusal.value) == (
            "There is still no Chromium for the browser tests: install it so that `chromium` is found. (no browser)"
        )
    calls = ["--yes --quiet=2 update", "--yes --quiet=2 install chromium-headless-shell"]
    assert (programs.parent / "calls").read_text().splitlines() == calls
