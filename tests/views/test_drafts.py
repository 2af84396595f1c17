"""Drafts show nowhere: two registers, with and without cross-linked drafts, give the same bytes at every address."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from itertools import count, cycle
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from relations.fields import LineField, ProseField
from relations.models import (
    RECORD_TYPES,
    Actor,
    ArmsTransfer,
    Country,
    DealParty,
    Event,
    Mission,
    Observation,
    Passage,
    PassageText,
    RelationPeriod,
    Source,
    Succession,
)
from tests import factories
from tests.factories import (
    cite,
    make_actor,
    make_country,
    make_event,
    make_figure,
    make_lifespan,
    make_mission,
    make_observation,
    make_one_of_everything,
    make_passage,
    make_period,
    make_relation,
    make_source,
    make_transfer,
)
from tests.foreign import PLACE, addresses
from tests.refusals import commit

pytestmark = pytest.mark.django_db
WORD = "zyxquv"
LINK = re.compile(r'(?:href="|<loc>)(?:http://testserver)?(/[^"#<]*)')
PANELS = re.compile("/(dyad-years|country-years|diplomatic-exchange)[.]")  # of which a year is enough
# JSON and workbooks are made of the rows of the CSV, which is asked for them all; so are panels of more years.
SKIPPED = re.compile(rf"{PANELS.pattern}(?!.*&to=)|.*[.](json|xlsx)[?]")
MOST_ALIKE = 2  # addresses of one page with parameters of the same names
# What a draft could open: its own address and those of what it alone names, and lists that are asked for it.
OF_DRAFTS = {"countries": ("ZZA",), "relations": ("PRK-ZZA",), "compare": ("EGY-PRK/PRK-ZZA", "EGY-PRK/PRK-YMD")}
ASKED = (f"?q={WORD}", f"?country=ZZA&actor={WORD}", "?modality=disputed", "?as_of=1973-07-07", "?from=1960&side=ends")


def starts() -> Iterator[str]:
    """Every public address without a place in it, as it is and asked for drafts; those with one, filled with drafts."""
    for route in addresses("/"):
        if route.startswith("/admin/"):
            continue
        if PANELS.match(route):
            yield f"{route}?from=1973&to=1973"
        elif PLACE.search(route):
            yield from (PLACE.sub(key, route) for key in OF_DRAFTS.get(route.split("/")[1], (f"{WORD}-0", WORD)))
        else:
            # A file is reached by a link with all that its page was asked.
            is_page = route.endswith("/") and not route.startswith("/api/")
            yield from (route, *(f"{route}{asked}" for asked in (ASKED if is_page else ASKED[:1])))


def shape(path: str) -> tuple[str, ...]:
    """A path and the names of its parameters: of the addresses of a list for each year and filter, few say as much."""
    place, _, query = path.partition("?")
    return (place, *sorted({pair.partition("=")[0] for pair in query.split("&") if pair}))


def crawl() -> dict[str, tuple[int, bytes]]:
    """The status, headers and bytes of every public address that can be reached, or that a draft might open."""
    client, answers, waiting = Client(), {}, [*starts()]
    alike: Counter[tuple[str, ...]] = Counter(map(shape, waiting))
    while waiting:
        path = waiting.pop()
        if path in answers or path.startswith(("/static/", "/admin/")) or SKIPPED.match(path):
            continue
        response = client.get(path)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        if path.partition("?")[0].endswith(".xlsx") and response.status_code == 200:
            body = told_by(body)
        headers = "".join(f"{name}: {value}\n" for name, value in sorted(response.headers.items()) if name != "Date")
        answers[path] = (response.status_code, headers.encode() + body)
        if re.search("html|application/xml", response.headers.get("Content-Type", "")):
            for link in (link.replace("&amp;", "&") for link in LINK.findall(body.decode())):
                if link not in answers and (alike[shape(link)] < MOST_ALIKE or "?" not in link):
                    alike[shape(link)] += 1
                    waiting.append(link)
    return answers


def told_by(workbook: bytes) -> bytes:
    """What a workbook says, but for when it was made."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return b"".join(archive.read(name) for name in sorted(archive.namelist()) if name != "docProps/core.xml")


def publish() -> None:
    """A register in which everything is public that can be, with a passage that only a mention touches."""
    make_one_of_everything()
    relation = make_relation("EGY", "PRK")
    for track, value, begun in (("legal", "established", "1963"), ("level", "ambassador", "1964")):
        make_period(track, value, relation=relation, began_on=begun)
    context = make_passage(Source.objects.get(key="handbook"), "egypt.9.1", finished=True)
    cite(Event.objects.get(slug="talks"), passage=context, stance="mentions")
    make_passage(Source.objects.get(key="handbook"), "egypt.9.2", finished=True)


def words(model: type[Any], *others: str) -> dict[str, str]:
    """The word in every column of free text, but for some."""
    texts = [field.name for field in model._meta.concrete_fields if isinstance(field, LineField | ProseField)]
    return {name: WORD for name in texts if name not in others}


def draft(number: int) -> None:
    """Drafts of every type that cite, name and refer to what is public, and to things that only they name."""
    hidden = {"state": "draft" if number % 2 else "in_review", "slug": f"{WORD}-{number}", "modality": "disputed"}
    source, passages = (
        make_source(WORD, **words(Source, "isbn", "doi")),
        list(Passage.objects.filter(source__key="handbook")),
    )
    country = make_country(f"ZZ{'ABCDEFGHIJ'[number]}", **words(Country) | {"name": f"{WORD} {number}"})
    make_lifespan(country.code, "1901", "1999")
    talks, deal = Event.objects.get(slug="talks"), ArmsTransfer.objects.get(slug="scud-1980")
    actor = Actor.objects.filter(slug=WORD).first() or make_actor(WORD, aliases=[WORD], country=country, **words(Actor))
    event = make_event(
        *("PRK", "EGY", country.code), happened_on="1973-07-07", possibly_same_as=talks, **hidden | words(Event)
    )
    mission = make_mission(
        *("EGY", "PRK"),
        opened_on="1950",
        host_country=country,
        protecting_power_id="YEM",
        kind="interests_section",
        reopens=Mission.objects.get(slug="embassy"),
        **hidden | words(Mission),
    )
    period = make_period(
        *("legal", "severed"), relation=make_relation(), began_on="1970", **hidden | words(RelationPeriod, "value")
    )
    figure = {"low": 7777, "high": 7777, "qualifier": "exact"}
    figures = {
        f"{name}_{part}": value
        for name in ("number_ordered", "number_delivered", "value")
        for part, value in figure.items()
    }
    transfer = make_transfer(
        event=talks,
        transit_country=country,
        possibly_same_as=deal,
        ordered_on="1973-07-07",
        **hidden | words(ArmsTransfer, "supplier_named_as", "recipient_named_as", "value_unit") | figures,
        value_unit="USD",
        value_kind="estimate",
    )
    observation = make_observation(period="1973-07", **hidden | words(Observation, "figure_unit"))
    event.participations.create(actor=actor, role="host")
    event.participations.create(named_as=WORD, role="concerned")
    make_figure(event, of=WORD)
    DealParty.objects.create(transfer=transfer, actor=actor, role="brokered")
    make_relation("PRK", country.code, summary=WORD)
    of_its_own = make_passage(source, f"{WORD}.1.{number}", section=WORD, digest=WORD)
    PassageText.objects.create(passage=of_its_own, text=WORD)
    for record, passage in zip((event, mission, period, transfer, observation), cycle(passages), strict=False):
        said = {"hedge": WORD, "attributed_to": WORD, "modality": "alleged"}
        cite(record, passage=passage, **said)
        cite(record, source=source, locator=WORD, stance="contradicts", value=WORD, **said)
        cite(record, passage=of_its_own)
    Succession.objects.create(predecessor=Country.objects.get(code="YMD"), successor=country)


def refer_to_drafts() -> None:
    """What is public refers to drafts wherever it can, and has notes that nobody else reads."""
    event, transfer, mission = (model.objects.get(slug=f"{WORD}-0") for model in (Event, ArmsTransfer, Mission))
    public = {model: model._default_manager.filter(state="published") for model in RECORD_TYPES}
    public[Event].filter(slug="talks").update(possibly_same_as=event)
    public[ArmsTransfer].filter(slug="scud-1980").update(possibly_same_as=transfer)
    public[ArmsTransfer].filter(event=None).update(event=event)
    public[Mission].filter(slug="embassy").update(reopens=mission)
    for records in public.values():
        records.update(editor_note=WORD)


def register(*, with_drafts: bool) -> dict[str, tuple[int, bytes]]:
    """What every address of such a register answers; it is made anew each time, in one and the same transaction."""
    factories.numbers = count(1)
    with transaction.atomic():
        publish()
        if with_drafts:
            for number in range(10):
                draft(number)
            refer_to_drafts()
            assert sum(model._default_manager.exclude(state="published").count() for model in RECORD_TYPES) > 50
        commit()
        answers = crawl()
        transaction.set_rollback(True)
    return answers


def test_fifty_drafts_change_no_byte():
    before = register(with_drafts=False)
    after = register(with_drafts=True)
    assert {status for status, _ in before.values()} <= {200, 302, 400, 404}
    assert sum(status == 200 for status, _ in before.values()) > 150
    assert after.keys() == before.keys()
    assert [path for path in before if after[path] != before[path]] == []
    assert [path for path, (_, body) in after.items() if WORD.encode() in body and WORD not in path] == []


def test_what_the_crawl_compares_is_what_a_publication_changes():
    """The same drafts, published: were they not seen then, the test before would say nothing."""
    publish()
    paths = ("/", "/events/", "/relations/EGY-PRK/", "/sources/handbook/", "/chronology/", "/countries/ZZA/")
    before = [Client().get(path).content for path in paths]
    draft(0)
    RelationPeriod.objects.filter(slug=f"{WORD}-0").update(subject="", exception="")
    for model in (Event, ArmsTransfer, RelationPeriod):
        model.objects.filter(slug=f"{WORD}-0").update(state="published")
    after = [Client().get(path).content for path in paths]
    assert [path for path, was, now in zip(paths, before, after, strict=True) if was == now] == []
