"""The first start: a fresh checkout serves the register in its style, and the second start keeps the data."""

import re
from urllib.request import urlopen

from tests.config.conftest import served


def get(port: str, path: str) -> str:
    """A page, without the port in its URLs, which differs each time."""
    with urlopen(f"http://127.0.0.1:{port}{path}") as page:
        return page.read().decode().replace(f"127.0.0.1:{port}", "127.0.0.1")


def test_first_start_serves_the_register_in_its_style_and_the_second_keeps_what_is_there(checkout):
    with served(checkout) as (port, printed):
        assert "Warning" not in printed
        assert re.search(r"Administrator: admin, password: \S{12,}", printed)
        home = get(port, "/")
        assert "Egypt" in home
        style = re.search(r'href="(/static/relations/[^"]+\.css)"', home)[1]
        assert "font-family" in get(port, style)
    with served(checkout) as (port, printed):
        assert "Administrator" not in printed
        assert "added" not in printed
        assert get(port, "/") == home
