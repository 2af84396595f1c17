"""A real browser: Chromium, which can connect to this machine only."""

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from tests.e2e.browser import launched

OURS = ("127.0.0.1", "localhost")

# A long timeout for busy machines; a page that never loads still fails the test.
expect.set_options(timeout=20_000)

# Playwright runs an event loop in this thread, in which Django would refuse synchronous queries.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Chromium resolves no other host. Routing each request through Python would disable its cache as well.
    here = ", ".join(f"EXCLUDE {host}" for host in OURS)
    with launched(f"--host-resolver-rules=MAP * ~NOTFOUND, {here}") as browser:
        yield browser


def watch(context: BrowserContext) -> list[str]:
    """A list to which the errors in the pages of a context are appended as they occur."""
    complaints: list[str] = []

    def stay_here(request: Request) -> None:
        if urlsplit(request.url).hostname not in OURS:
            complaints.append(f"request: {request.url}")

    context.on("request", stay_here)
    # Chromium also writes violations of the content security policy to the console.
    context.on("console", lambda message: message.type == "error" and complaints.append(f"console: {message.text}"))
    context.on("weberror", lambda error: complaints.append(f"script: {error.error}"))
    return complaints


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in English that fails its test on a console error, a policy violation or a request to another host."""
    context = browser.new_context(locale="en-GB", timezone_id="UTC")
    complaints = watch(context)
    yield context.new_page()
    context.close()
    assert complaints == []
