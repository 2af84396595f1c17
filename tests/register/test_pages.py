"""Every page of every thing and record of the register renders, and says what it is."""

import html
import re
from typing import Any

import pytest
from django.test import Client

from relations.models import RECORD_TYPES, Actor, Country, Passage, Relation, Source
from relations.wording import title

THINGS: tuple[Any, ...] = (Country, Actor, Relation, Source)
LINK = re.compile(r'href="(/[^"#?]*)')


def heading(page: str) -> str:
    """The words of the first heading."""
    first = re.search(r"<h1>(.*?)</h1>", page, re.DOTALL)
    assert first
    return html.unescape(re.sub(r"<sup>.*?</sup>|<[^>]+>", "", first[1])).strip()


@pytest.mark.django_db
def test_every_page_renders_and_every_link_leads_somewhere(client: Client) -> None:
    everything = [thing for model in THINGS for thing in model.objects.public()]
    everything += [record for model in RECORD_TYPES for record in model._default_manager.published()]  # type: ignore[attr-defined]
    addresses = {thing.get_absolute_url(): title(thing) for thing in everything}
    addresses |= {passage.get_absolute_url(): passage.ref for passage in Passage.objects.select_related("source")}
    links: set[str] = set()
    for path, words in addresses.items():
        response = client.get(path)
        page = response.content.decode()
        assert (response.status_code, heading(page)) == (200, words), path
        links |= set(LINK.findall(page))

    others = {link for link in links if not link.startswith("/static/")} - addresses.keys()
    assert {link: client.get(link).status_code for link in others} == dict.fromkeys(others, 200)
