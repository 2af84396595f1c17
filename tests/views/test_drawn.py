"""HTML made in Python, which templates insert as it is: values from people are escaped."""

import re
from datetime import date
from decimal import Decimal

import pytest

from relations import phrasing
from relations.dates import FuzzyDate
from relations.models import ArmsTransfer, Citation, Country, Event, Mission, RelationPeriod
from relations.models.tracks import Track
from relations.models.vocabularies import Modality
from relations.status import status_on
from relations.views import drawn
from tests.factories import (
    cite,
    make_country,
    make_event,
    make_lifespan,
    make_mission,
    make_observation,
    make_passage,
    make_period,
    make_relation,
    make_transfer,
)

TEXT = 'A "B" & <C>'
ESCAPED = "A &quot;B&quot; &amp; &lt;C&gt;"


@pytest.fixture
def pair(db):
    make_country("EGY", name=TEXT)
    return make_relation("EGY", "PRK")


def legal(pair, day):
    return drawn.legal_of(status_on(pair, day).of(Track.LEGAL)[0])


def test_a_legal_status_is_a_link_with_its_sentence_and_its_hedge(pair):
    period = make_period(relation=pair, began_on="1963", modality="reported")
    told = f"It is reported that {ESCAPED} and North Korea have diplomatic relations – since 1963."
    first, badge = legal(pair, date(1970, 1, 1)).split("</a> ", 1)
    assert first == f'<a href="/periods/{period.slug}/" title="{told}">Established'
    assert re.fullmatch(r'<a class="badge [\w-]+" href="/codebook/lists/[\w#/-]+" title="[^"<>]+">Reported</a>', badge)


def test_without_a_legal_status_the_representation_is_shown(pair):
    assert legal(pair, date(1970, 1, 1)) == '<span class="absent">not stated</span>'
    level = make_period("level", "ambassador", relation=pair, began_on="1964")
    assert legal(pair, date(1970, 1, 1)) == (
        '<span class="absent">not stated</span><span class="definition">; represented: '
        f'<a href="/periods/{level.slug}/">ambassador of {ESCAPED}</a></span>'
    )


@pytest.mark.parametrize(
    ("record", "told"),
    [
        (Mission(closed_on="1998"), "closed"),
        (Mission(closed_on="[1998..]"), "closed, if at all"),
        (RelationPeriod(ended_on="2010"), "ended"),
        (ArmsTransfer(delivered_on="2015", deal_status="delivered"), "delivered"),
        (Mission(opened_on="1990", closed_on="1998"), ""),
        (Mission(), ""),
        (Mission(closed_on="1998", negated=True), ""),
        (ArmsTransfer(delivered_on="2015", deal_status="agreed"), ""),
        (Event(happened_on="1973"), ""),
    ],
)
def test_a_record_that_is_sorted_by_its_end_says_so(record, told):
    record.hedges = []
    assert drawn.ending(record) == told


def test_a_record_that_stands_by_an_announcement_says_so(pair):
    period, mission = make_period(relation=pair, began_on="2018"), make_mission("EGY", "PRK", closed_on="1998")
    assert (drawn.ending(period), drawn.ending(mission)) == ("", "closed")
    cite(period, field="began_on", is_announcement=True)
    cite(mission, field="closed_on", is_announcement=True)
    assert (drawn.ending(period), drawn.ending(mission)) == ("announced", "closing announced")


@pytest.mark.parametrize(("path", "told"), [("/everything/", "mission closed"), ("/search/?q=embassy", "closed")])
def test_lists_of_several_types_distinguish_ends_from_beginnings(client, pair, path, told):
    make_mission(sending="EGY", accredited_to="PRK", closed_on="1998")
    assert f'</a> <span class="happened">{told}</span>' in client.get(path).content.decode()


def test_an_end_says_what_it_rests_on(pair):
    make_period(relation=pair, value="severed", began_on="1975", slug="next")
    first = make_period(relation=pair, began_on="1963")
    open_ended, ended = RelationPeriod.objects.with_shown().with_ends().order_by("-began_on")
    assert (open_ended.slug, ended) == ("next", first)
    assert drawn.end_of(open_ended) == '<span class="absent">no end stated</span>'
    assert drawn.end_of(ended).endswith('>1975</span> <a class="definition" href="/periods/next/">next value</a>')


def test_an_end_of_a_state_names_the_state(pair):
    make_lifespan("PRK", "1948")
    make_lifespan("EGY", "1922", "1971-09-02")
    make_period(relation=pair, began_on="1963")
    period = RelationPeriod.objects.with_shown().with_ends().get()
    assert drawn.end_of(period).endswith(f'>2 September 1971</span> <span class="definition">end of {ESCAPED}</span>')


@pytest.mark.parametrize(
    ("typed", "on_hover"),
    [
        ("1963-08", "1963-08 · 1963-08-01 to 1963-08-31"),
        ("1963/..", "1963/.. · 1963-01-01 to open"),
        ("[..1963]", "[..1963] · open to 1963-12-31"),
    ],
)
def test_a_date_has_its_bounds_on_hover(typed, on_hover):
    assert re.findall(' title="(.*?)"', drawn.fuzzy_date(typed)) == [on_hover]


def test_a_beginning_says_whether_it_is_the_date_of_an_announcement(pair):
    period = make_period(relation=pair, began_on="1963")
    plain = drawn.beginning_of(RelationPeriod.objects.get())
    assert plain == drawn.fuzzy_date("1963")
    cite(period, field="began_on", is_announcement=True)
    announced = drawn.beginning_of(RelationPeriod.objects.get())
    assert announced == f'{plain} <span class="happened">announced</span>'


def test_a_hedge_of_one_field_stands_behind_that_of_the_whole(pair):
    period = make_period(relation=pair, began_on="1963", modality="reported")
    reported, alleged = map(drawn.badge, (Modality.REPORTED, Modality.ALLEGED))
    assert drawn.modality_of(RelationPeriod.objects.get()) == reported
    cite(period, field="began_on", modality="alleged")
    hedged = drawn.modality_of(RelationPeriod.objects.get())
    assert hedged == f'{reported} <span class="hedge-of">began on {alleged}</span>'


@pytest.mark.parametrize(
    ("columns", "host", "seat"),
    [
        ({}, None, '<span class="absent">not stated</span>'),
        ({"city": TEXT}, None, ESCAPED),
        ({"city": "Cairo"}, "EGY", f"Cairo, {ESCAPED}"),
        ({}, "SDN", 'Sudan <span class="happened">non-resident</span>'),
    ],
    ids=["nowhere", "a city", "where it is accredited to", "elsewhere"],
)
def test_a_seat(pair, columns, host, seat):
    make_mission("PRK", "EGY", **columns, host_country=host and make_country(host, name="Sudan"))
    assert drawn.seat(Mission.objects.get()) == seat


def test_places_are_links_with_the_digest_of_a_sentence(pair):
    period = make_period(relation=pair)
    Citation.objects.all().delete()
    cite(period, passage=make_passage(ref="one.1", digest=TEXT))
    cite(period, locator=TEXT)
    assert drawn.refs_of(RelationPeriod.objects.get()) == (
        f'<span class="refs"><a href="/sources/test-source/one.1/" title="In our words: {ESCAPED}">one.1</a> '
        f'<a href="/sources/test-source/">{ESCAPED}</a></span>'
    )


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ({}, '<span class="absent">not stated</span>'),
        ({"ordered": 9}, f"9 {ESCAPED}"),
        ({"ordered": 9, "delivered": 5}, f'5 {ESCAPED} <span class="happened">delivered</span>'),
    ],
    ids=["nothing", "ordered", "delivered"],
)
def test_the_number_of_a_deal(numbers, words):
    figure = {"qualifier": "exact", "unit": TEXT}
    columns = {
        f"number_{name}_{part}": value
        for name, number in numbers.items()
        for part, value in {"low": Decimal(number), "high": Decimal(number), **figure}.items()
    }
    assert drawn.number(ArmsTransfer(**columns)) == words


def happened(record, *told):
    """What a line says about a record on 1963-08-24, besides its name."""
    return re.findall('<span class="happened">(.*?)</span>', drawn.line(record, FuzzyDate("1963-08-24"), *told))


def test_a_line_says_what_happened_on_its_day_unless_its_name_does(pair):
    period = make_period(relation=pair)
    assert happened(period, "began") == ["began"]
    assert "ended, if at all</span>" in drawn.line(period, FuzzyDate("[2018..]"), "ended")
    assert "began</span>" in drawn.line(period, FuzzyDate("[2018..]"), "began")
    assert happened(period, TEXT) == [ESCAPED]
    assert happened(period) == happened(period, "event") == happened(period, "deal") == []
    assert re.findall('class="happened"', drawn.line(period, "", "began")) == []
    assert happened(make_period(relation=make_relation("EGY", "SDN"), negated=True), "began") == []


def test_a_line_of_a_deal_says_how_far_it_came(db):
    (status,) = happened(make_transfer(deal_status="ordered"), "deal")
    assert re.fullmatch("<a [^<>]*>Ordered</a>", status)
    (status,) = happened(make_transfer(deal_status="ordered", negated=True), "deal")
    assert re.fullmatch("not <a [^<>]*>Ordered</a>", status)
    assert happened(make_transfer(deal_status="delivered"), "delivered") == ["delivered"]


def sure(record, day):
    """The hedges in a line of a record on a day."""
    found = re.search(r'<span class="sure">(.*)</span>\n', drawn.line(record, day))
    return re.sub("<[^<>]*>", "", found[1]) if found else ""


def test_a_line_marks_what_is_hedged_of_its_own_words_alone(pair):
    mission = make_mission("PRK", "EGY", opened_on="1970", closed_on="1998")
    cite(mission, field="opened_on", modality="reported")
    cite(mission, field="closed_on", modality="alleged")
    cite(mission, field="city", modality="disputed")
    assert [sure(mission, FuzzyDate(day)) for day in ("1970", "1998")] == [
        " opened on Reported",
        " closed on Alleged",
    ]
    deal = make_transfer(deal_status="agreed", modality="reported", ordered_on="1999")
    for column, modality in {
        "recipient": "disputed",
        "deal_status": "asserted",
        "number_ordered_low": "alleged",
    }.items():
        cite(deal, field=column, modality=modality)
    assert sure(deal, FuzzyDate("1999")) == "Reported deal status Asserted recipient Disputed"
    deal.deal_status = "delivered"
    assert sure(deal, FuzzyDate("1999")) == "Reported recipient Disputed"
    for column in ("figure", "figure_low"):
        observation = make_observation()
        cite(observation, field=column, modality="alleged")
        assert drawn.hedges_in_line(observation, "") == ""
        assert drawn.hedges_in_line(observation, "", "figure").startswith(' <span class="hedge-of">figure <a')


@pytest.mark.parametrize(
    "path",
    ["/", "/chronology/", "/search/?q=raid", "/everything/", "/countries/EGY/", "/countries/SDN/", "/events/raid/"],
)
def test_every_line_of_an_event_marks_its_hedged_party_by_name(client, pair, path):
    raid = make_event("EGY", "SDN", slug="raid", title="A raid", place="Sudan", possibly_same_as=make_event("EGY"))
    other = make_event("EGY", slug="other", title="Other", possibly_same_as=raid)
    for event in (raid, other):
        event.participations.create(country=make_country("PRK"), role="victim")
        cite(event, field="participants", part="PRK", modality="alleged")
    page = client.get(path).content.decode()
    alleged = f'<span class="hedge-of">North Korea (victim) {drawn.badge(Modality.ALLEGED)}</span>'
    lines = re.findall(r"(?s)<li.*?</li>", page)
    titled = [line for line in lines if re.search(">(Other|A raid|A <mark>raid</mark>)</a>", line)]
    assert titled
    assert all(alleged in line for line in titled)


def test_hedges_of_records_of_all_types_are_read_together(pair, django_assert_num_queries):
    mission, events = make_mission("PRK", "EGY", opened_on="1970"), [make_event("EGY"), make_event("EGY")]
    for record in (mission, *events):
        cite(record, field=record.starts_on, modality="alleged")
    missions, found = list(Mission.objects.with_shown()), list(Event.objects.all())
    with django_assert_num_queries(1):
        phrasing.read_hedges([*missions, *found, *found])
        assert [phrasing.hedges(each)[0][0] for each in (*missions, *found)] == ["opened on", *["happened on"] * 2]
    cite(events[0], field="participants", part="EGY", modality="reported")
    with django_assert_num_queries(2):
        phrasing.read_hedges([*missions, *found])
        told = [words for each in found for words, _ in phrasing.hedges(each)]
    assert sorted(told) == [f"{TEXT} (actor)", "happened on", "happened on"]
    with django_assert_num_queries(0):
        phrasing.read_hedges([])


def test_a_line_names_a_record_with_its_hedge_and_the_roles_of_somebody(pair):
    period = make_period("cooperation", "under_way", relation=pair, subject=TEXT, modality="alleged")
    line = drawn.line(period, FuzzyDate("1963"), "", [TEXT, "host"])
    assert line.startswith('<li class="line">\n  <span class="when"><span class="date" title="1963 · ')
    assert (
        f'">Alleged</a></span>\n  <span class="what"><a href="/periods/{period.slug}/">{ESCAPED} and North Korea: '
        in line
    )
    assert line.endswith(f' – {ESCAPED}</a> <span class="happened">role: {ESCAPED} and host</span></span>\n</li>\n')


def test_words_that_lead_to_something(pair):
    country = Country.objects.get(name=TEXT)
    assert drawn.linked(country, TEXT) == f'<a href="/countries/EGY/">{ESCAPED}</a>'
    assert drawn.linked(country, TEXT, TEXT) == f'<a href="/countries/EGY/" title="{ESCAPED}">{ESCAPED}</a>'


def test_a_field_leads_to_its_evidence_and_says_how_that_puts_it():
    plain, hedged = Citation(), Citation(modality="reported", hedge=TEXT)
    one, two = (
        f'<sup><a class="note" href="#evidence-{number}" aria-label="Evidence {number}">{number}</a></sup>'
        for number in (1, 1200)
    )
    assert drawn.note_numbers([(1, plain), (1200, hedged)]) == one + two
    assert drawn.noted([]) == " "
    assert drawn.noted([(1, plain), (1200, hedged)]) == (
        f'{one}{two} {drawn.badge(Modality.REPORTED)} <q class="hedge">{ESCAPED}</q>'
    )
