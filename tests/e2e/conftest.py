"""A real browser: Chromium, found on this machine or fetched, that may speak to this machine only."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Request, Route, sync_playwright

OURS = ("127.0.0.1", "localhost")

# Playwright runs an event loop in this thread, where Django would refuse to ask the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def chromium() -> str | None:
    """The program on PATH, else Debian's package when we may install it; else Playwright's own (None)."""
    names = ("chromium", "chromium-browser", "google-chrome")
    if found := next(filter(None, map(shutil.which, names)), None):
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "install", "--yes", "--quiet", "chromium"], check=False, capture_output=True)
        if found := shutil.which("chromium"):
            return found
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False, capture_output=True)
    return None


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=chromium(), args=options)
        except Error as error:
            pytest.exit(f"Browser tests need Chromium: install it so that it is found as `chromium`. ({error})", 1)
        yield browser
        browser.close()


def watch(context: BrowserContext) -> list[str]:
    """What goes wrong in the pages of a context, as it goes wrong; no request leaves this machine."""
    complaints: list[str] = []

    def stay_here(route: Route, request: Request) -> None:
        if urlsplit(request.url).hostname in OURS:
            route.continue_()
        else:
            complaints.append(f"request: {request.url}")
            route.abort()

    context.route("**/*", stay_here)
    # Chromium writes violations of the content security policy to the console, too.
    context.on("console", lambda message: message.type == "error" and complaints.append(f"console: {message.text}"))
    context.on("weberror", lambda error: complaints.append(f"script: {error.error}"))
    return complaints


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in English that fails its test on an error in the console, a policy violation or a foreign request."""
    context = browser.new_context(locale="en-GB", timezone_id="UTC")
    complaints = watch(context)
    yield context.new_page()
    context.close()
    assert complaints == []
