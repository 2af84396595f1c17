"""The text of public pages as lines, without markup."""

import html
import re
from itertools import dropwhile

from django.test import Client

BLOCKS = re.compile(r"</?(?:p|div|li|tr|td|th|h\d|dt|dd|section|ul|table|article|header|span|a|sup)\b[^>]*>")


def lines(path: str) -> list[str]:
    """The text of the main element of a page, a line for each block, without navigation and footnotes."""
    response = Client().get(path)
    assert response.status_code == 200, path
    content = re.search(r"<main\b.*</main>", response.content.decode(), re.DOTALL)
    assert content
    text = re.sub(
        r"<[^>]+>", " ", BLOCKS.sub("\n", re.sub(r"<sup.*?</sup>|<nav.*?</nav>", "", content[0], flags=re.DOTALL))
    )
    return [line for line in (" ".join(html.unescape(part).split()) for part in text.splitlines()) if line]


def after(path: str, heading: str, count: int) -> list[str]:
    """The next `count` lines of a page after the line `heading`."""
    found = list(dropwhile(lambda line: line != heading, lines(path)))
    assert found, f"{path} does not say {heading}"
    return found[1 : count + 1]
