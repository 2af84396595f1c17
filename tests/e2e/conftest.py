"""A real browser: Chromium, which may speak to this machine only."""

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from tests.e2e.browser import launched

OURS = ("127.0.0.1", "localhost")

# A busy machine takes its time; a page that does not come at all is told all the same.
expect.set_options(timeout=20_000)

# Playwright runs an event loop in this thread, where Django would refuse to ask the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Chromium knows no other host. To route each request through Python would put its cache out of use as well.
    here = ", ".join(f"EXCLUDE {host}" for host in OURS)
    with launched(f"--host-resolver-rules=MAP * ~NOTFOUND, {here}") as browser:
        yield browser


def watch(context: BrowserContext) -> list[str]:
    """What goes wrong in the pages of a context, as it goes wrong."""
    complaints: list[str] = []

    def stay_here(request: Request) -> None:
        if urlsplit(request.url).hostname not in OURS:
            complaints.append(f"request: {request.url}")

    context.on("request", stay_here)
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
