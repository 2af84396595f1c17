"""Egypt and North Korea: what the document says, and no more."""

import pytest

from relations.models import ArmsTransfer, Citation, Event, Mission, Observation, Participation, RelationPeriod
from tests.register.pages import after, lines
from tests.register.rows import context_of, coverage, hedges, parties, posts, standing, transfers_between

NOTHING = [("not_stated",)]
AMBASSADOR = [("on_that_day", "ambassador")] * 2  # the levels of Egypt and of North Korea


def test_sentences_are_all_coded_but_for_the_one_that_explains_the_heading() -> None:
    words = coverage("egypt")

    assert len(words) == 30
    assert {ref for ref, word in words.items() if word != "coded"} == {"egypt.1.1"}
    assert words["egypt.1.1"] == "out of scope"


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        ("1962-01-01", NOTHING * 2),
        ("1963-08-23", NOTHING * 2),
        ("1963-08-24", AMBASSADOR),
        ("1963-08-25", AMBASSADOR),
        ("1964-01-01", AMBASSADOR),
        ("2018-12-31", AMBASSADOR),
    ],
)
def test_level_is_that_of_ambassadors_from_the_day_it_was_raised(day: str, answer: list) -> None:
    assert standing("EGY-PRK", "level", day) == answer


@pytest.mark.parametrize("day", ["1956-11-03", "1961-12-31", "1963-08-24", "2017-12-31"])
def test_legal_status_is_stated_nowhere(day: str) -> None:
    assert standing("EGY-PRK", "legal", day) == NOTHING


def test_level_before_1948_was_that_of_no_state() -> None:
    assert standing("EGY-PRK", "level", "1948-09-08") == [("did_not_exist_yet",)] * 2
    assert standing("EGY-PRK", "level", "1948-09-09") == NOTHING * 2


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        ("1973-06-15", NOTHING),
        ("2016-12-31", NOTHING),
        ("2017-12-30", [("possibly", "severed")]),
        ("2017-12-31", [("on_that_day", "severed")]),
    ],
)
def test_military_ties_were_severed_as_announced_in_2017(day: str, answer: list) -> None:
    assert standing("EGY-PRK", "military", day) == answer


def test_end_of_military_ties_is_egypts_and_only_reported() -> None:
    period = RelationPeriod.objects.get(slug="egy-prk-military-severed-2017")

    assert (period.held_by_id, period.modality, period.began_on, period.reason) == ("EGY", "reported", "2017", "")
    citation = period.citations.get(field="")
    assert (citation.attributed_to, citation.attributed_on) == ("Sedki Sobhi, defence minister of Egypt", "2017")
    assert period.citations.get(field="began_on").is_announcement


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        ("1972-12-31", None),
        ("1973-01-01", "possibly"),
        ("1973-12-30", "possibly"),
        ("1973-12-31", "on_that_day"),
        ("1975-12-31", "on_that_day"),
        ("1976-01-01", "possibly"),
        ("1976-12-31", "possibly"),
        ("1977-01-01", None),
    ],
)
def test_egypt_sided_with_north_korea_in_the_years_that_are_printed(day: str, verdict: str | None) -> None:
    undated = [("not_dated", "favours"), ("not_dated", "refuses")]

    assert sorted(standing("EGY-PRK", "position", day)) == sorted(
        [*([(verdict, "favours")] if verdict else []), *undated]
    )


def test_character_is_strong_and_cordial_in_the_words_of_the_source() -> None:
    assert sorted(standing("EGY-PRK", "character", "1980-01-01")) == [("not_dated", "cordial"), ("not_dated", "strong")]


def test_embassies_sit_in_the_capitals_since_no_stated_day() -> None:
    assert posts("EGY", "PRK", "2018-12-31") == {
        ("not_dated", "EGY", "PRK", "Pyongyang", "PRK"),
        ("not_dated", "PRK", "EGY", "Cairo", "EGY"),
    }
    assert {post.is_resident for post in Mission.objects.published().involving("EGY", "PRK")} == {True}


def test_missiles_went_both_ways() -> None:
    assert transfers_between("EGY", "PRK") == [
        ("EGY", "PRK", "R-17 Elbrus", "agreed", "1976/1981", ""),
        ("EGY", "PRK", "Scud-B", "delivered", "", "[1979,1980]"),
        ("PRK", "recipients in Africa", "weapons", "unknown", "", ""),
        ("PRK", "EGY", "help with the development of Egypt's own missile systems", "delivered", "", ""),
        ("PRK", "EGY", "missile technology", "delivered", "", ""),
        (
            "PRK",
            "Arab Organization for Industrialization",
            "rocket-propelled grenades, the buyer alleged",
            "interdicted",
            "[..2016]",
            "",
        ),
        ("PRK", "EGY", "Scud-C", "ordered", "199X", ""),
    ]


def test_deals_that_may_be_one_stay_two() -> None:
    pairs = ArmsTransfer.objects.involving("EGY", "PRK").exclude(possibly_same_as=None)

    assert dict(pairs.values_list("slug", "possibly_same_as__slug")) == {
        "egy-prk-r-17-elbrus": "egy-prk-scud-b",
        "prk-egy-missile-technology": "prk-egy-missile-development",
    }


def test_approval_of_the_sale_stands_on_the_page_of_sadat() -> None:
    assert context_of("egypt.7.1") == {"actor/Anwar Sadat"}


def test_numbers_of_missiles_are_not_stated() -> None:
    for slug in ("egy-prk-r-17-elbrus", "egy-prk-scud-b", "prk-egy-scud-c-1990s"):
        deal = ArmsTransfer.objects.get(slug=slug)
        assert not deal.number_ordered
        assert not deal.number_delivered


def test_grenades_are_valued_and_sold_as_the_united_nations_said() -> None:
    deal = ArmsTransfer.objects.get(slug="prk-egy-rocket-propelled-grenades")

    assert (str(deal.value), deal.value_kind) == ("estimated 26,000,000 USD", "estimate")
    assert not deal.number_ordered
    assert not deal.number_delivered
    assert (deal.modality, deal.event.slug) == ("reported", "north-korean-freighter-intercepted-off-egypt")
    whole = deal.citations.get(field="")
    assert (whole.attributed_to, whole.attributed_on) == ("the United Nations", "2016")
    buyer = deal.citations.get(field="recipient_actor")
    assert (buyer.modality, buyer.hedge, buyer.attributed_to) == ("alleged", "allegedly", "")


def test_freighter_was_intercepted_off_egypt_by_nobody_who_is_named() -> None:
    event = Event.objects.get(slug="north-korean-freighter-intercepted-off-egypt")

    assert (event.happened_on, event.modality, event.place) == ("[..2016]", "reported", "off the coast of Egypt")
    assert parties(event.slug) == {("recipient", "PRK"), ("concerned", "EGY")}


def test_grenades_on_board_are_a_figure_of_the_interception() -> None:
    event = Event.objects.get(slug="north-korean-freighter-intercepted-off-egypt")

    assert [str(figure) for figure in event.figures.all()] == ["Items: about 30,000 rocket-propelled grenades on board"]
    assert event.citations.get(field="figures").hedge.endswith("… some")


def test_abstentions_are_not_votes_against() -> None:
    assembly, koreas = ("host", "united-nations-general-assembly"), {("concerned", "PRK"), ("concerned", "KOR")}

    assert parties("egypt-abstains-on-inviting-koreas") == {("abstained", "EGY"), assembly, *koreas}
    assert parties("egypt-votes-for-soviet-draft-to-invite-both-koreas") == {
        ("voted_for", "EGY"),
        ("sponsor", "SUN"),
        assembly,
        *koreas,
    }
    assert parties("egypt-abstains-on-resolutions-sponsored-by-united-states") == {
        ("abstained", "EGY"),
        ("sponsor", "USA"),
        assembly,
        *koreas,
    }
    against = Participation.objects.filter(role="voted_against", country="EGY")
    assert [(part.event.slug, part.event.negated, part.event.happened_on) for part in against] == [
        ("egypt-votes-against-resolutions-sponsored-by-united-states", True, "1962/1966")
    ]


def test_motive_of_the_vote_is_inferred_and_the_vote_is_not() -> None:
    vote = Event.objects.get(slug="egypt-votes-for-soviet-draft-to-invite-both-koreas")

    assert (vote.happened_on, vote.modality) == ("1962-12-11", "asserted")
    motive = vote.citations.get(field="reason")
    assert (motive.modality, motive.hedge) == ("inferred", "probably")


@pytest.mark.parametrize(("day", "answer"), [("1962-04-08", NOTHING), ("1962-04-09", [("on_that_day", "established")])])
def test_israel_and_south_korea_have_relations_from_a_day_in_1962(day: str, answer: list) -> None:
    assert standing("ISR-KOR", "legal", day) == answer


@pytest.mark.parametrize(
    ("slug", "day"),
    [
        ("north-korea-declares-solidarity-in-suez-crisis", "1956-11-03"),
        ("north-korea-sends-financial-aid-after-suez-invasion", "[1956..]"),
        ("egypt-and-north-korea-sign-trade-agreement", "1957"),
        ("egypt-and-north-korea-sign-cultural-agreement", "1958"),
        ("north-korean-diplomats-sent-to-set-up-consular-relations", "1961"),
        ("egypt-abstains-on-inviting-koreas", "/1962-12-11"),
        ("egypt-abstains-on-resolutions-sponsored-by-united-states", "1962/1966"),
        ("north-korea-gives-egypt-food-aid-after-six-day-war", ""),
        ("north-korean-delegation-visits-egypt", "1973-03-01/1973-03-07"),
        ("el-shazly-asks-for-north-korean-troops", "[1973-03-01..1973-03-07]"),
        ("el-shazly-visits-north-korea", "1973-04-06/1973-04-13"),
        ("kim-il-sung-consents-to-sending-trainers", "[1973-04-06..1973-04-13]"),
        ("north-korean-trainers-arrive-in-egypt", "1973-06"),
        ("north-korean-trainers-are-assigned", "1973-07"),
        ("kim-il-sung-sends-solidarity-to-arab-states", "1973-10-18"),
        ("north-korea-sides-with-libya-against-egypt", "1977-07"),
        ("el-sisi-invites-kim-jong-un-to-suez-canal-reopening", "2015"),
        ("united-states-cuts-aid-to-egypt", "[..2017]"),
        ("orascom-first-foreign-company-with-north-korean-licence", ""),
    ],
)
def test_event_is_dated_as_exactly_as_the_text_and_no_more(slug: str, day: str) -> None:
    assert str(Event.objects.get(slug=slug).happened_on) == day


@pytest.mark.parametrize("of", ["sinai-interim-agreement", "end-of-egyptian-soviet-treaty", "camp-david-accords"])
def test_agreement_of_north_korea_has_not_the_date_of_what_it_agreed_with(of: str) -> None:
    assert Event.objects.get(slug=f"north-korea-agrees-with-{of}").happened_on == ""
    assert {("actor", "PRK"), ("concerned", "EGY")} <= parties(f"north-korea-agrees-with-{of}")


def test_summary_of_the_soviet_draft_says_nothing_of_its_fate() -> None:
    assert "whether it was carried is not stated" in " ".join(lines("/relations/PRK-SUN/"))


@pytest.mark.parametrize(
    ("slug", "figures"),
    [
        ("north-korea-sends-financial-aid-after-suez-invasion", {"Aid: 60,000 KPW"}),
        ("north-korea-gives-egypt-food-aid-after-six-day-war", {"Weight: 5,000 tons cereals"}),
        ("north-korean-trainers-arrive-in-egypt", {"Persons: 20 persons pilots", "Persons: 18 persons other staff"}),
        ("north-korean-trainers-are-assigned", set()),
        ("united-states-cuts-aid-to-egypt", {"Aid: about 291,000,000 USD cut"}),
    ],
)
def test_figures_of_an_event(slug: str, figures: set[str]) -> None:
    assert {str(figure) for figure in Event.objects.get(slug=slug).figures.all()} == figures


def test_sixteen_arab_states_are_counted_beside_egypt() -> None:
    others = Participation.objects.get(event__slug="kim-il-sung-sends-solidarity-to-arab-states", named_as__gt="")

    assert (others.count, others.named_as, others.role) == (16, "other Arab states", "addressee")


def test_north_korea_took_libyas_side_against_egypt() -> None:
    assert parties("north-korea-sides-with-libya-against-egypt") == {
        ("actor", "PRK"),
        ("recipient", "LBY"),
        ("concerned", "EGY"),
    }


def test_sadat_approved_the_sale_of_missiles() -> None:
    deal = ArmsTransfer.objects.get(slug="egy-prk-r-17-elbrus")
    assert [(party.role, party.actor.slug) for party in deal.deal_parties.all()] == [("approved", "anwar-sadat")]
    assert "R-17 Elbrus, Egypt to North Korea" in lines("/actors/anwar-sadat/")


def test_kim_yong_nam_came_in_kim_jong_uns_place() -> None:
    assert parties("kim-yong-nam-attends-suez-canal-reopening") == {
        ("actor", "PRK"),
        ("represented_by", "kim-yong-nam"),
        ("concerned", "kim-jong-un"),
        ("host", "EGY"),
    }
    did_not = Event.objects.get(slug="kim-jong-un-attends-suez-canal-reopening")
    assert (did_not.kind, did_not.negated, did_not.happened_on, did_not.modality) == ("visit", True, "2015", "asserted")
    assert parties(did_not.slug) == {("actor", "PRK"), ("actor", "kim-jong-un"), ("host", "EGY")}
    assert "Did not happen: Kim Jong-un attends the reopening of the Suez Canal" in lines("/relations/EGY-PRK/")


def test_ranks_in_trade_say_whose_place_it_is() -> None:
    ranks = Observation.objects.published().filter(citations__passage__ref__startswith="egypt.10.")

    assert set(
        ranks.values_list("from_country", "to_country", "period", "figure_low", "figure_high", "figure_missing")
    ) == {
        ("PRK", "EGY", "", None, None, "uncounted"),
        ("PRK", "EGY", "2010", 3, 3, ""),
        ("PRK", "CHN", "2010", 1, 2, ""),
        ("PRK", "KOR", "2010", 1, 2, ""),
        ("EGY", "PRK", "2010", 1, 5, ""),
    }


def test_acts_of_others_do_not_involve_north_korea() -> None:
    told = Event.objects.published().filter(citations__passage__ref__startswith="egypt.")

    assert set(told.exclude(pk__in=told.involving("PRK")).values_list("slug", flat=True)) == {
        "sadat-breaks-with-soviet-union",
        "egyptian-soviet-treaty-of-friendship-abrogated",
        "sadat-visits-jerusalem",
        "sedki-sobhi-visits-south-korea",
        "united-states-cuts-aid-to-egypt",
    }


def test_hedges_are_kept_in_the_words_of_the_document() -> None:
    report = "The United Nations reported in 2016 that"
    grenades = "prk-egy-rocket-propelled-grenades"

    assert hedges("egypt") == {
        ("egypt.3.2", "egypt-votes-for-soviet-draft-to-invite-both-koreas", "reason", "probably"),
        ("egypt.8.2", "north-korean-freighter-intercepted-off-egypt", "", report),
        ("egypt.8.2", "north-korean-freighter-intercepted-off-egypt", "figures", f"{report} … some"),
        ("egypt.8.2", grenades, "", report),
        ("egypt.8.2", grenades, "recipient_actor", "allegedly"),
        ("egypt.8.2", grenades, "value_low", f"{report} … an estimated"),
        ("egypt.9.1", "egy-prk-military-severed-2017", "", "reportedly announced that"),
        ("egypt.9.1", "united-states-cuts-aid-to-egypt", "", "reportedly announced … some"),
    }


def test_everything_else_is_stated_plainly() -> None:
    of_records = Citation.objects.filter(relation=None, actor=None, country=None)
    citations = of_records.filter(passage__ref__startswith="egypt.", stance="supports")
    hedged = {citation.passage.ref for citation in citations if citation.target.modality != "asserted"}

    assert hedged == {"egypt.8.2", "egypt.9.1"}


def test_page_answers_for_a_day_on_either_side_of_1963() -> None:
    level = "Level of representation"

    before = lines("/relations/EGY-PRK/?as_of=1962-01-01")
    assert [line for line in before if "at what level Egypt is represented to North Korea" in line] != []
    since = "Egypt is represented to North Korea at the level of ambassador – since 24 August 1963."
    for path in ("/relations/EGY-PRK/?as_of=1964-01-01", "/relations/EGY-PRK/"):
        assert after(path, level, 2) == [since, "egypt.2.5"]


def test_page_shows_missiles_in_both_directions() -> None:
    head = ["What", "Ordered", "Delivered", "Number", "Deal", "Sources say"]
    silent = ["not stated", "not stated", "not stated", "Delivered"]
    grenades = "Rocket-propelled grenades, the buyer alleged, North Korea to Arab Organization for Industrialization"

    assert after("/relations/EGY-PRK/", "Arms transfers", 48) == [
        *["Egypt to North Korea", "Arms transfers: Egypt to North Korea", *head],
        *["R-17 Elbrus, Egypt to North Korea", "1976 to 1981", "not stated", "not stated", "Agreed", "egypt.7.1"],
        *["Scud-B, Egypt to North Korea", "not stated", "1979 or 1980", "not stated", "Delivered", "egypt.7.3"],
        *["North Korea to Egypt", "Arms transfers: North Korea to Egypt", *head],
        *["Scud-C, North Korea to Egypt", "the 1990s", "not stated", "not stated", "Ordered", "egypt.7.3"],
        *[
            grenades,
            "by 2016",
            "not stated",
            "not stated",
            "Interdicted",
            "Reported",
            "recipient actor",
            "Alleged",
            "egypt.8.2",
        ],
        *["Help with the development of Egypt's own missile systems, North Korea to Egypt", *silent],
    ]


def test_page_of_the_grenades_keeps_each_doubt_at_its_figure() -> None:
    path, report = "/arms-transfers/prk-egy-rocket-propelled-grenades/", "The United Nations reported in 2016 that …"

    assert after(path, "Recipient", 3) == ["Arab Organization for Industrialization", "Alleged", "allegedly"]
    assert after(path, "Number ordered", 1) == ["not stated in the sources"]
    on_board = ["Items: about 30,000 rocket-propelled grenades", "on board", f"{report} some"]
    assert after("/events/north-korean-freighter-intercepted-off-egypt/", "Figures", 3) == on_board
    assert after(path, "Value", 2) == ["estimated 26,000,000 USD", f"{report} an estimated"]
    assert after(path, "Number delivered", 1) == ["not stated in the sources"]
