"""Hedges of single fields: the filter finds them, lists show them, and one can belong to a single participant."""

import pytest
from django.test import Client

from relations.models import Actor, Citation, DealParty, Event, Participation
from tests.exchange.test_imports import csv_of, imported, refusals
from tests.factories import (
    cite,
    make_actor,
    make_country,
    make_event,
    make_mission,
    make_observation,
    make_period,
    make_source,
    make_transfer,
)
from tests.refusals import commit, refused

pytestmark = pytest.mark.django_db
FIELDS = [
    (make_period, "held_by"),
    (make_mission, "city"),
    (make_event, "place"),
    (make_transfer, "recipient"),
    (make_observation, "figure"),
]


@pytest.mark.parametrize(("make", "field"), FIELDS)
def test_a_record_is_found_by_the_modality_of_a_single_field(make: object, field: str, client: Client) -> None:
    plain, whole, partly = (make(slug=slug) for slug in ("plain", "whole", "partly"))
    type(whole).objects.filter(pk=whole.pk).update(modality="alleged")
    cite(plain, field=field)
    cite(plain, modality="alleged")  # of the whole, which is not what its other sources say
    for _ in range(2):
        cite(partly, field=field, modality="alleged")
    path = f"/{partly.collection}/"

    def listed(query: str) -> list[str]:
        return sorted(record.slug for record in client.get(path + query).context["rows"])

    assert listed("?modality=alleged") == ["partly", "whole"]
    assert listed("?modality=alleged&modality=asserted") == ["partly", "plain", "whole"]
    assert listed("?modality=asserted") == ["partly", "plain"]
    assert listed("?modality=inferred") == []


def test_list_says_which_field_is_put_otherwise(client: Client) -> None:
    deal = make_transfer(modality="reported", slug="grenades")
    cite(deal, field="recipient", modality="alleged")
    cite(deal, field="value_low", modality="reported")
    page = client.get("/arms-transfers/").content.decode()
    assert page.count('class="hedge-of"') == 1
    assert '<span class="hedge-of">recipient <a class="badge modality-alleged"' in page


def test_lists_do_not_repeat_the_modality_of_the_record_for_fields(client: Client) -> None:
    cite(make_event(), field="place", modality="asserted")
    cite(make_event(), field="place")
    assert "hedge-of" not in client.get("/events/").content.decode()


# One participant among others


@pytest.fixture
def strike() -> Event:
    """An event with a country, an actor and unnamed victims."""
    event = make_event("ISR", slug="strike")
    event.participations.create(role="actor", actor=make_actor("air-force"))
    event.participations.create(role="victim", named_as="scientists; ten", count=10)
    return event


@pytest.mark.parametrize(
    ("part", "named"),
    [
        ("ISR", "Country ISR (actor)"),
        ("air-force", "Air Force (actor)"),
        ("scientists; ten", "10 scientists; ten (victim)"),
    ],
)
def test_citation_names_one_participant(strike: Event, part: str, named: str, client: Client) -> None:
    said = cite(strike, field="participants", part=part, modality="reported", hedge="it is said")
    page = client.get("/events/strike/").content.decode()
    who = page[page.index('<ul class="parties">') : page.index("</ul>", page.index('<ul class="parties">'))]
    assert [line.count("it is said") for line in who.split("</li>")[:3]].count(1) == 1
    assert f"<em>{named}</em>" in page
    for path in ("/events/", "/everything/"):
        assert f'<span class="hedge-of">{named} <a class="badge modality-reported"' in client.get(path).content.decode()
    for place in (said.source, said.passage):
        assert f'<span class="definition">{named}</span>' in client.get(place.get_absolute_url()).content.decode()


def test_citation_for_all_participants_stands_below_them(strike: Event, client: Client) -> None:
    cite(strike, field="participants", hedge="it is said")
    page = client.get("/events/strike/").content.decode()
    who = page[page.index('<ul class="parties">') : page.index("</ul>", page.index('<ul class="parties">'))]
    assert "#evidence-" not in who
    assert "<em>participants</em>" in page


def test_one_sentence_may_be_evidence_for_two_participants(strike: Event) -> None:
    passage = cite(strike, field="participants", part="ISR").passage
    cite(strike, passage=passage, field="participants", part="air-force")
    with refused("citation_is_unique"):
        cite(strike, passage=passage, field="participants", part="ISR")


@pytest.mark.parametrize("part", ["EGY", "Air-Force", "scientists"])
def test_the_part_of_a_citation_must_be_a_participant(strike: Event, part: str) -> None:
    make_event("EGY")
    with refused("citation_names_participant"):
        cite(strike, field="participants", part=part)


def test_participant_of_a_deal_is_named_by_its_slug(client: Client) -> None:
    deal = make_transfer(slug="deal")
    DealParty.objects.create(transfer=deal, role="approved", actor=make_actor("anwar-sadat"))
    cite(deal, field="participants", part="anwar-sadat", modality="inferred")
    page = client.get("/arms-transfers/deal/").content.decode()
    assert "<em>Anwar Sadat (approved it)</em>" in page
    for path in ("/arms-transfers/", "/everything/"):
        listed = client.get(path).content.decode()
        assert '<span class="hedge-of">Anwar Sadat (approved it) <a class="badge modality-inferred"' in listed
    with refused("citation_names_participant"):
        cite(deal, field="participants", part="PRK")  # its supplier, which has a column of its own


def test_participant_that_a_citation_names_does_not_go(strike: Event) -> None:
    cite(strike, field="participants", part="ISR")
    with refused("participation_stays_named"):
        Participation.objects.filter(country="ISR").delete()
        commit()
    with refused("participation_stays_named"):
        Participation.objects.filter(country="ISR").update(country=make_country("EGY"))
        commit()
    Participation.objects.filter(country=None, actor=None).delete()
    commit()


def test_participant_goes_with_its_citation_or_its_event(strike: Event) -> None:
    cite(strike, field="participants", part="ISR")
    cite(strike, field="participants", part="air-force")
    Citation.objects.filter(part="ISR").delete()
    Participation.objects.filter(country="ISR").delete()
    commit()
    strike.delete()
    commit()
    assert not Citation.objects.exists()


def test_participant_of_a_deal_that_a_citation_names_does_not_go() -> None:
    deal = make_transfer()
    party = DealParty.objects.create(transfer=deal, role="approved", actor=make_actor("anwar-sadat"))
    citation = cite(deal, field="participants", part="anwar-sadat")
    with refused("dealparty_stays_named"):
        party.delete()
        commit()
    citation.delete()
    DealParty.objects.all().delete()
    commit()


def test_citations_follow_an_actor_to_its_new_slug(strike: Event) -> None:
    deal = make_transfer()
    DealParty.objects.create(transfer=deal, role="approved", actor=Actor.objects.get())
    ours = [cite(row, field="participants", part="air-force") for row in (strike, deal)]
    words = make_event()
    words.participations.create(role="actor", named_as="air-force")
    ours.append(cite(words, field="participants", part="air-force"))
    Actor.objects.update(slug="israeli-air-force")
    commit()
    for citation in ours:
        citation.refresh_from_db()
    assert [citation.part for citation in ours] == ["israeli-air-force", "israeli-air-force", "air-force"]


def test_file_says_and_reads_which_participant_is_meant(strike: Event, client: Client) -> None:
    make_source("a-book")
    cell = r"a-book@4; a-book@4 |field=participants |part=ISR; a-book@4 |field=participants |part=scientists\; ten"
    row = {"slug": "strike", "citations": cell}
    imported(Event, csv_of(row))
    told = b"".join(client.get("/events.csv").streaming_content).decode()
    assert cell in told
    assert {*Citation.objects.values_list("part", flat=True)} == {"", "ISR", "scientists; ten"}
    (wrong,) = refusals(Event, {"slug": "strike", "citations": "a-book@4; a-book@5 |field=participants |part=EGY"})
    assert wrong.startswith("line 2, column citations: ")
    assert wrong.endswith("part: EGY is no participant")
