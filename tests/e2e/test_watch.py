"""The browser tests notice what they promise to notice."""

import pytest

from tests.e2e.conftest import watch

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        ("console.error('lost')", "console: lost"),
        ("setTimeout(() => { throw new Error('broken') })", "script: broken"),
        ("document.body.setAttribute('style', 'color: red')", "console: Applying inline style violates"),
        ("fetch('https://dyad.example/')", "console: Connecting to 'https://dyad.example/' violates"),
        ("console.log('fine')", None),
    ],
)
def test_watch_hears_of_every_fault(live_server, browser, script, complaint):
    context = browser.new_context()
    complaints = watch(context)
    page = context.new_page()
    page.goto(f"{live_server.url}/admin/login/")
    assert complaints == []
    page.evaluate(f"() => {{ {script} }}")
    page.evaluate("() => new Promise(resolve => setTimeout(resolve))")
    context.close()
    assert [text[: len(complaint or text)] for text in complaints[:1]] == ([complaint] if complaint else [])


def test_watch_keeps_a_foreign_page_away(browser):
    context = browser.new_context()
    complaints = watch(context)
    context.new_page().set_content("<img src='http://dyad.example/flag.png' alt=''>")
    context.close()
    assert complaints[0] == "request: http://dyad.example/flag.png"
