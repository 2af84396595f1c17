"""Drafts show nowhere: two registers, with and without cross-linked drafts, give the same bytes at every address."""

import re
from itertools import cycle

import pytest
from django.test import Client

from relations.models import (
    RECORD_TYPES,
    ArmsTransfer,
    Citation,
    Country,
    Event,
    Passage,
    RelationPeriod,
    Source,
    Succession,
)
from tests.factories import (
    cite,
    make_actor,
    make_country,
    make_event,
    make_figure,
    make_mission,
    make_observation,
    make_one_of_everything,
    make_passage,
    make_period,
    make_relation,
    make_source,
    make_transfer,
)

pytestmark = pytest.mark.django_db
LINK = re.compile(r'href="(/[^"#]*)"')
STARTS = ("/", "/countries/", "/relations/", "/actors/", "/sources/", "/periods/", "/missions/", "/events/")
ALSO = (
    *("/arms-transfers/", "/observations/", "/chronology/", "/data/", "/codebook/", "/about/"),
    *("/search/?q=visit", "/search/?q=secret", "/events/?q=secret", "/relations/EGY-PRK/?as_of=1990-01-01"),
    *("/countries/ZZA/", "/relations/PRK-ZZA/", "/actors/secret/", "/sources/secret/", "/events/secret-0/"),
    *("/events/?country=ZZA", "/events/?actor=secret", "/chronology/?country=ZZA"),
)


def crawl() -> dict[str, tuple[int, bytes]]:
    """The status and the bytes of every public address that can be reached, and of some that a draft might open."""
    client, answers, waiting = Client(), {}, [*STARTS, *ALSO]
    while waiting:
        path = waiting.pop()
        if path in answers or path.startswith(("/static/", "/admin/")):
            continue
        response = client.get(path)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        headers = "".join(f"{name}: {value}\n" for name, value in sorted(response.headers.items()))
        answers[path] = (response.status_code, headers.encode() + body)
        if "html" in response.headers.get("Content-Type", ""):
            waiting += [link.replace("&amp;", "&") for link in LINK.findall(body.decode())]
    return answers


def publish() -> None:
    """A register in which everything is public that can be, with a passage that only a mention touches."""
    make_one_of_everything()
    relation = make_relation("EGY", "PRK")
    for track, value, begun in (("legal", "established", "1963"), ("level", "ambassador", "1964")):
        make_period(track, value, relation=relation, began_on=begun)
    context = make_passage(Source.objects.get(key="handbook"), "egypt.9.1", finished=True)
    cite(Event.objects.get(slug="talks"), passage=context, stance="mentions")
    make_passage(Source.objects.get(key="handbook"), "egypt.9.2", finished=True)


def draft(number: int) -> None:
    """Drafts of every type that cite, name and refer to what is public, and to things that only they name."""
    hidden = {"state": "draft" if number % 2 else "in_review", "note": "SECRET", "editor_note": "SECRET"}
    source, passages = make_source("secret"), list(Passage.objects.filter(source__key="handbook"))
    country, public = make_country(f"ZZ{'ABCDEFGHIJ'[number]}"), Event.objects.get(slug="talks")
    actor = make_actor("secret") if not number else public.participations.exclude(actor=None)[0].actor
    records = [
        make_event("PRK", "EGY", country.code, slug=f"secret-{number}", happened_on="1973", **hidden),
        make_mission("PRK", "EGY", slug=f"secret-{number}", opened_on="1950", host_country=country, **hidden),
        make_period("legal", "severed", relation=make_relation(), slug=f"secret-{number}", began_on="1970", **hidden),
        make_transfer(slug=f"secret-{number}", event=public, transit_country=country, ordered_on="1973", **hidden),
        make_observation(slug=f"secret-{number}", period="1973", **hidden),
    ]
    records[0].participations.create(actor=actor, role="host")
    make_figure(records[0], of="secret")
    make_relation("PRK", country.code)
    for record, passage in zip(records, cycle(passages), strict=False):
        cite(record, passage=passage, hedge="SECRET")
        cite(record, source=source, locator="SECRET")
    Succession.objects.create(predecessor=Country.objects.get(code="YMD"), successor=country)


def test_fifty_drafts_change_no_byte():
    publish()
    before = crawl()
    assert {status for status, _ in before.values()} <= {200, 400, 404}
    assert len(before) > 80
    for number in range(10):
        draft(number)
    for model in RECORD_TYPES:
        model._default_manager.filter(state="published").update(editor_note="SECRET")
    assert sum(model._default_manager.exclude(state="published").count() for model in RECORD_TYPES) > 50
    after = crawl()
    assert after.keys() == before.keys()
    assert [path for path in before if after[path] != before[path]] == []


def test_what_the_crawl_compares_is_what_a_publication_changes():
    """The same drafts, published: were they not seen then, the test before would say nothing."""
    publish()
    paths = ("/", "/events/", "/relations/EGY-PRK/", "/sources/handbook/", "/chronology/", "/countries/ZZA/")
    before = [Client().get(path).content for path in paths]
    draft(0)
    Citation.objects.filter(hedge="SECRET").update(hedge="reportedly")
    for model in (Event, ArmsTransfer, RelationPeriod):
        model.objects.filter(slug="secret-0").update(state="published", note="Shown.")
    after = [Client().get(path).content for path in paths]
    assert [path for path, was, now in zip(paths, before, after, strict=True) if was == now] == []
