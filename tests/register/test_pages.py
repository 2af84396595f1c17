"""All public pages of things and records render with their title, and all their links work."""

import html
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from relations.models import RECORD_TYPES, Actor, Country, Passage, Relation, Source
from relations.wording import heading

THINGS: tuple[Any, ...] = (Country, Actor, Relation, Source)
LINK = re.compile(r'href="(/[^"#?]*)')
ELSEWHERE = re.compile(r"/static/|/countries/[A-Z]{3}/dossier/|.*/cite\.|.*/versions/")  # tested elsewhere


def first_heading(page: str) -> str:
    """The text of the first heading."""
    first = re.search(r"<h1>(.*?)</h1>", page, re.DOTALL)
    assert first
    return html.unescape(re.sub(r"<sup>.*?</sup>|<[^>]+>", "", first[1])).strip()


def asked(client: Client, path: str) -> Any:
    """The response, read to its end: an unread stream would be closed at some later time, during another test."""
    answer = client.get(path)
    if answer.streaming:
        list(answer.streaming_content)
    return answer


@pytest.mark.django_db
def test_every_page_renders_and_every_link_leads_somewhere(client: Client) -> None:
    everything = [thing for model in THINGS for thing in model.objects.public()]
    everything += [record for model in RECORD_TYPES for record in model._default_manager.published()]
    addresses = {thing.get_absolute_url(): heading(thing) for thing in everything}
    addresses |= {passage.get_absolute_url(): passage.ref for passage in Passage.objects.select_related("source")}
    links: set[str] = set()
    for path, words in addresses.items():
        response = client.get(path)
        page = response.content.decode()
        assert (response.status_code, first_heading(page)) == (200, words), path
        links |= set(LINK.findall(page))

    others = {link for link in links if not ELSEWHERE.match(link)} - addresses.keys()
    assert {link: asked(client, link).status_code for link in others} == dict.fromkeys(others, 200)


def test_the_five_minutes_of_the_readme_show_what_they_say(client: Client) -> None:
    readme = Path("README.md").read_text(encoding="utf-8")
    paths = re.findall(r"http://127\.0\.0\.1:8000(/[^\s)]*)", readme.partition("## Five minutes")[2])
    answers = {path: asked(client, path) for path in paths if path not in ("/", "/admin/")}
    assert {path: answer.status_code for path, answer in answers.items()} == dict.fromkeys(answers, 200)

    def words(path: str) -> str:
        page = answers[path].content.decode().partition("<main")[2]
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())

    deal, event = (path for path in answers if "grenades" in path or "freighter" in path)
    assert "Arab Organization for Industrialization 2 Alleged allegedly" in words(deal)
    assert "estimated 26,000,000 USD 3" in words(deal)
    assert "Items: about 30,000 rocket-propelled grenades on board" in words(event)
    for path in (deal, event):
        assert "A report of the United Nations in 2016 tells of a North Korean freighter" in words(path)
    of_relation = words("/relations/EGY-PRK/")
    for part in ("States of affairs", "Missions", "Egypt to North Korea", "North Korea to Egypt", "Chronology"):
        assert part in of_relation
    on_the_day = client.get("/relations/EGY-PRK/?as_of=1964-01-01").content.decode()
    assert "Not stated: what military ties Egypt and North Korea have" in html.unescape(on_the_day)
    assert "Cite this" in of_relation and "BibTeX RIS CSL-JSON" in of_relation
    events = answers["/events/?country=EGY&from=1973&to=1973"]
    lines = client.get(events.context["files"][0][1]).getvalue().decode().splitlines()
    assert len(lines) == 1 + len(events.context["rows"])
