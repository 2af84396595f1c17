"""Finds the browser for these tests, and installs one for `make browser`."""

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from playwright.sync_api import Browser, Error, sync_playwright

# The headless shell opens and renders a page in less than half the time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# Full Chromium opens two more pages with each window, for the suggestions of its address bar.
# Of repeated options Chromium uses the last: Playwright's own list of features is not needed here.
WITHOUT_SUGGESTIONS = "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup"


def on_path() -> str | None:
    """The path of the system's Chromium, which is preferred to Playwright's."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def launched(*options: str) -> Iterator[Browser]:
    """Launches the system's Chromium, or else Playwright's own, with options of Chromium."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=on_path(), args=[WITHOUT_SUGGESTIONS, *sandbox, *options])
        yield browser
        browser.close()


def what_is_missing() -> str:
    """Why no browser can be started, in one line; empty if one can."""
    if on_path():
        return ""
    try:
        with launched():
            return ""
    except Error as error:
        return str(error).splitlines()[0]


def is_debian() -> bool:
    with suppress(OSError):
        return platform.freedesktop_os_release()["ID"] == "debian"
    return False


def install() -> None:
    """Installs Chromium unless there is one: Debian's package for root on Debian, otherwise Playwright's own."""
    if not what_is_missing():
        return
    if os.geteuid() == 0 and is_debian():
        apt = ("apt-get", "--yes", "--quiet=2")
        commands = [(*apt, "update"), (*apt, "install", "chromium-headless-shell")]
    else:
        with_libraries = ["--with-deps"] if os.geteuid() == 0 else []
        commands = [(sys.executable, "-m", "playwright", "install", *with_libraries, "chromium")]
    for command in commands:
        sys.stdout.write(f"Chromium for the browser tests: {' '.join(command)}\n")
        sys.stdout.flush()
        subprocess.run(command, check=False, env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"})
    if reason := what_is_missing():
        sys.exit(
            f"There is still no Chromium for the browser tests: install it so that `chromium` is found. ({reason})"
        )


if __name__ == "__main__":
    install()
