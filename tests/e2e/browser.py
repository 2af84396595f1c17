"""The browser of these tests; `make browser` installs one where there is none."""

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from playwright.sync_api import Browser, Error, sync_playwright

# The shell has no windows, and opens and shows a page for less than half.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# A Chromium with windows opens two more pages with each of them, in which its address bar would list what it suggests.
# Of several such options Chromium takes the last: Playwright's own list of features is not needed here.
WITHOUT_SUGGESTIONS = "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup"


def on_path() -> str | None:
    """The machine's own Chromium, which goes before Playwright's."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def launched(*options: str) -> Iterator[Browser]:
    """The machine's Chromium, else the one that Playwright keeps for itself; with options of Chromium."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=on_path(), args=[WITHOUT_SUGGESTIONS, *sandbox, *options])
        yield browser
        browser.close()


def what_is_missing() -> str:
    """Why no browser starts, in one line; nothing where there is one."""
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
    """Install Chromium, Debian's for root on Debian and Playwright's own for anybody else, unless there is one."""
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
