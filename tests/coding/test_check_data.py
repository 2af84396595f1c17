"""Each data check finds its mistake, and finds nothing if there is none."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from relations.coding import checks, checkups
from relations.coding.checks import CHECKS, Check
from relations.coding.sentences import sha256_of
from relations.management.commands import check_data
from relations.models import (
    ArmsTransfer,
    Citation,
    Country,
    Event,
    EventFigure,
    Participation,
    Passage,
    PassageText,
    Relation,
)
from tests import factories as make
from tests.factories import cite
from tests.refusals import without_triggers

pytestmark = pytest.mark.django_db
BY_NAME = {check.find.__name__: check for check in CHECKS}

FIXTURES = """
- model: relations.source
  fields: {key: "a-paper", csl_type: "document", title: "A paper"}
"""


@pytest.fixture(autouse=True)
def fixtures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Fixtures without a mistake."""
    monkeypatch.setattr("relations.coding.fixtures.DIRECTORY", tmp_path)
    path = tmp_path / "sources.yaml"
    path.write_text(FIXTURES, encoding="utf-8")
    return path


def found(name: str) -> list[tuple[str, str]]:
    """The findings of one check."""
    return list(BY_NAME[name].find())


def run(status: int = 0) -> list[str]:
    """The lines of the command; asserts its exit status."""
    out = io.StringIO()
    if status:
        with pytest.raises(SystemExit) as ended:
            call_command("check_data", stdout=out)
        assert ended.value.code == status
    else:
        call_command("check_data", stdout=out)
    return out.getvalue().splitlines()


# The command


def test_check_data_of_a_clean_register() -> None:
    assert run() == ["0 errors, 0 warnings in 20 checks."]


def test_of_many_findings_each_is_a_line_and_the_header_stands_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def many() -> checks.Findings:
        yield from ((f"event {number}", "is wrong") for number in range(5))

    monkeypatch.setattr(checkups, "CHECKS", [Check("many", "mend", False, many)])
    monkeypatch.setattr(check_data, "AT_ONCE", 2)
    assert run() == [
        "kind           where    what      how to mend",
        *(f"warning: many  event {number}  is wrong  mend" for number in range(5)),
        f"0 errors, 5 warnings in {len(CHECKS)} checks.",
    ]


def test_check_data_ends_with_1_on_an_error() -> None:
    make.make_event(state="in_review", slug="visit")
    assert run(status=1) == [
        "kind            where        what                                      how to mend",
        (
            "error: uncited  event visit  is in review and no citation supports it  "
            "cite the sentence that supports it, or set the record back to draft"
        ),
        "1 error, 0 warnings in 20 checks.",
    ]


def test_check_data_does_not_fail_on_a_warning() -> None:
    make.make_relation()
    assert run() == [
        "kind                     where             what                        how to mend",
        "warning: empty relation  relation EGY-PRK  nothing public is about it  delete it, or publish what it is about",
        "0 errors, 1 warning in 20 checks.",
    ]


def furnish(rows: int) -> None:
    """So many rows of everything, each with a mistake of every kind that the database accepts."""
    make.make_source("test-source", speaks_until="1990")
    for code in ("GRA", "RUR", "UIB")[:rows]:
        relation = make.make_relation(code, summary="Friends.")
        event = make.make_event(title="Visit to Syria", happened_on="1991")
        cite(
            event,
            passage=make.make_passage(make.make_source(f"memoir-{code.lower()}", speaks_until="1990")),
            field="place",
        )
        Passage.objects.update(sha256="e" * 64)
        PassageText.objects.create(passage=Passage.objects.latest("pk"), text="Other.")
        make.make_figure(event, figure_unit="")
        for _ in range(2):
            cite(make.make_event("PRK", code, happened_on="1989", kind="talks"), hedge="allegedly")
        make.make_mission("EGY", code)
        make.make_period(relation=relation, began_on="1980", ended_on="1985")
        make.make_period(relation=relation, value="severed", began_on="1983")
        first = make.make_transfer(number_ordered_low=1, number_ordered_high=1, number_ordered_qualifier="exact")
        make.make_transfer(recipient="SYR", possibly_same_as=first)
        make.make_observation(state="in_review")
        make.make_relation(code, "EGY")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_register(rows: int, django_assert_num_queries: Any) -> None:
    furnish(rows)
    with django_assert_num_queries(66):
        kinds = [check.kind for check in CHECKS if list(check.find())]
    assert kinds == [
        "uncited", "told without evidence", "after its source", "unfinished", "changed since cited", "other text",
        "may overlap", "told twice", "hedge lost", "without unit", "title names another", "unlikely doubles",
        "no relation",
    ]  # fmt: skip


# Evidence


@pytest.mark.parametrize(
    ("maker", "where"),
    [
        (make.make_event, "event a"),
        (make.make_period, "relation period a"),
        (make.make_mission, "mission a"),
        (make.make_transfer, "arms transfer a"),
        (make.make_observation, "observation a"),
    ],
)
def test_uncited_records_of_every_kind(maker: Callable[..., Any], where: str) -> None:
    record = maker(slug="a", state="in_review")
    maker(slug="b", state="draft")
    maker(slug="c")
    assert found("uncited") == [(where, "is in review and no citation supports it")]
    mention = cite(record, stance="mentions")
    assert len(found("uncited")) == 1
    Citation.objects.filter(pk=mention.pk).update(stance="supports")
    assert found("uncited") == []


def test_summaries_and_descriptions_that_no_sentence_supports() -> None:
    relation = make.make_relation("EGY", summary="Friends since 1963.")
    make.make_relation("SYR")
    make.make_relation("TUR", summary="Limited.")
    event = make.make_event("PRK", "EGY")
    make.make_event("PRK", "SYR")
    make.make_event("PRK", "TUR")
    actor = make.make_actor(description="A company.")
    make.make_actor("never-public", description="A company.")
    Participation.objects.create(event=event, actor=actor, role="recipient")
    cite(relation)
    cite(relation, field="summary", stance="mentions")
    cite(actor, field="name")
    assert found("summaries_without_evidence") == [
        ("relation EGY-PRK", "no citation supports its summary"),
        ("relation PRK-TUR", "no citation supports its summary"),
        ("actor orascom", "no citation supports its description"),
    ]
    cite(relation, field="summary")
    cite(actor, field="description")
    assert found("summaries_without_evidence") == [("relation PRK-TUR", "no citation supports its summary")]


@pytest.mark.parametrize(
    ("speaks_until", "issued_on", "is_late"),
    [
        ("1989", "", True),
        ("1990-02-28", "", True),
        ("1990-03-01", "", False),  # the month may mean its first day
        ("1990-03", "", False),
        ("", "", False),
        ("1989", "1990", False),
    ],
)
def test_dates_after_the_source_speaks(speaks_until: str, issued_on: str, is_late: bool) -> None:
    event = make.make_event(slug="visit", happened_on="1990-03", state="draft")
    passage = make.make_passage(make.make_source("memoir", speaks_until=speaks_until, issued_on=issued_on))
    cite(event, passage=passage)
    until = "1989-12-31" if speaks_until == "1989" else speaks_until
    expected = [("event visit", f"happened_on is 1990-03, its sources speak until {until}")]
    assert found("dates_after_the_source") == (expected if is_late else [])


def test_dates_in_the_future() -> None:
    make.make_event(slug="visit", happened_on="2020")
    make.make_event(slug="slip", happened_on="9999-01")
    make.make_mission(slug="embassy", opened_on="2010", closed_on="9998")
    make.make_event(slug="open", happened_on="2010/..")
    assert found("dates_in_the_future") == [
        ("mission embassy", "closed_on is 9998"),
        ("event slip", "happened_on is 9999-01"),
    ]


def test_dates_after_one_source_that_another_source_supports() -> None:
    mission = make.make_mission(slug="embassy", opened_on="1970", closed_on="1990", state="draft")
    cite(mission, passage=make.make_passage(make.make_source("memoir", speaks_until="1980")))
    assert found("dates_after_the_source") == [
        ("mission embassy", "closed_on is 1990, its sources speak until 1980-12-31")
    ]
    later = make.make_passage(make.make_source("history", speaks_until="2000"))
    citation = cite(mission, passage=later, stance="mentions")
    assert len(found("dates_after_the_source")) == 1
    Citation.objects.filter(pk=citation.pk).update(stance="supports")
    assert found("dates_after_the_source") == []


def test_reports_after_the_source_speaks() -> None:
    event = make.make_event(state="draft")
    passage = make.make_passage(make.make_source("memoir", speaks_until="1980"), ref="egypt.1.1")
    citation = cite(event, passage=passage, attributed_on="1981")
    assert found("dates_after_the_source") == [
        ("citation memoir egypt.1.1", "attributed_on is 1981, later than its source speaks")
    ]
    for day in ("1980", "1980-12-31"):
        Citation.objects.filter(pk=citation.pk).update(attributed_on=day)
        assert found("dates_after_the_source") == []


# Passages


def test_unfinished_passages_in_one_line_a_source() -> None:
    memoir, history = make.make_source("memoir"), make.make_source("history")
    for number in range(7):
        make.make_passage(memoir, ref=f"egypt.1.{number}")
    make.make_passage(history, ref="iraq.1.1")
    make.make_passage(history, ref="iraq.1.2", finished=True)
    assert found("unfinished_passages") == [
        ("source history", "1 not finished: iraq.1.1"),
        (
            "source memoir",
            "7 not finished: egypt.1.0, egypt.1.1, egypt.1.2, egypt.1.3, egypt.1.4 …",
        ),
    ]


def test_finished_passages_leave_a_trace() -> None:
    memoir = make.make_source("memoir")
    silent = make.make_passage(memoir, ref="egypt.1.1", finished=True)
    make.make_passage(memoir, ref="egypt.1.2", finished=True, out_of_scope_reason="A heading.")
    make.make_passage(memoir, ref="egypt.1.3")
    assert found("passages_without_a_trace") == [
        ("passage memoir egypt.1.1", "is finished, but neither cited nor out of scope")
    ]
    cite(make.make_country("EGY"), passage=silent, stance="mentions")
    assert found("passages_without_a_trace") == []


def test_passages_that_changed_since_they_were_cited() -> None:
    passage = make.make_passage(make.make_source("memoir"), ref="egypt.1.1")
    event = make.make_event(state="draft")
    citation = cite(event, passage=passage)
    assert found("passages_changed_since_cited") == []
    Passage.objects.update(sha256="e" * 64)
    assert found("passages_changed_since_cited") == [
        ("citation memoir egypt.1.1", "the passage has another SHA-256 than when it was cited")
    ]
    citation.delete()
    cite(event, passage=Passage.objects.get())
    assert found("passages_changed_since_cited") == []


def test_texts_that_are_not_what_was_coded() -> None:
    memoir = make.make_source("memoir")
    passage = make.make_passage(memoir, ref="egypt.1.1", sha256=sha256_of("One."))
    text = PassageText.objects.create(passage=passage, text=" One.\u00a0")
    assert found("texts_of_other_passages") == []
    PassageText.objects.filter(pk=text.pk).update(text="Two.")
    assert found("texts_of_other_passages") == [
        ("passage memoir egypt.1.1", "the loaded text has another SHA-256 than the passage")
    ]


# Records


@pytest.mark.parametrize(
    ("first", "second", "is_found"),
    [
        ({"began_on": "1966"}, {"began_on": "1980"}, False),
        ({"began_on": "1966"}, {"began_on": "[1966,1967]"}, True),
        ({"began_on": "1966"}, {"began_on": "[1966..2018]"}, False),
        ({"began_on": "1966"}, {"began_on": "[1966-02..2018]"}, True),
        ({"began_on": "1966", "ended_on": "1980"}, {"began_on": "1980"}, False),
        ({"began_on": "1966", "ended_on": "1980"}, {"began_on": "1980-10"}, True),
        ({"began_on": "1966", "ended_on": "1979"}, {"began_on": "1980"}, False),
        ({"began_on": "1966", "ended_on": "[1979..1981]"}, {"began_on": "1980"}, True),
        ({"began_on": "1966"}, {"began_on": ""}, False),
        ({"began_on": "1966"}, {"began_on": "[..2018]"}, False),
        ({"began_on": "1966"}, {"began_on": "1966-05", "modality": "disputed"}, False),
        ({"began_on": "1966"}, {"began_on": "1966-05", "track": "level", "value": "ambassador"}, False),
        ({"began_on": "1966"}, {"began_on": "1966-05", "state": "draft"}, False),
    ],
)
def test_periods_that_may_overlap(first: dict[str, str], second: dict[str, str], is_found: bool) -> None:
    make.make_period(slug="a", **first)
    make.make_period(slug="b", **{"value": "severed"} | second)
    expected = [("relation period a, b", "legal: both may hold on the same days")]
    assert found("possible_overlaps") == (expected if is_found else [])


def test_periods_in_turn_whatever_their_slugs() -> None:
    make.make_period(slug="b", began_on="1974")
    make.make_period(slug="a", value="severed", began_on="[1974..2018]")
    assert found("possible_overlaps") == []


def test_periods_of_two_holders_do_not_overlap() -> None:
    relation = make.make_relation()
    for slug, holder in (("a", relation.country_a), ("b", relation.country_b)):
        make.make_period("recognition", "recognised", slug=slug, began_on="1966", held_by=holder)
    assert found("possible_overlaps") == []
    make.make_period("recognition", "not_recognised", slug="c", began_on="1966-05", held_by=relation.country_a)
    assert found("possible_overlaps") == [("relation period a, c", "recognition: both may hold on the same days")]


def test_who_acted_changes_no_order_where_the_answer_is_for_both() -> None:
    relation = make.make_relation()
    make.make_period(slug="a", began_on="1966", relation=relation)
    make.make_period(slug="b", value="severed", began_on="1980", relation=relation, held_by=relation.country_a)
    assert found("possible_overlaps") == []
    make.make_period(slug="c", value="severed", began_on="[1966,1967]", relation=relation, held_by=relation.country_a)
    assert found("possible_overlaps") == [("relation period a, c", "legal: both may hold on the same days")]


def test_open_tracks_have_any_number_of_values() -> None:
    for subject in ("tea", "rice"):
        make.make_period("position", "favours", began_on="1966", subject=subject)
    assert found("possible_overlaps") == []


FIRST: dict[Callable[..., Any], dict[str, str]] = {
    make.make_event: {"happened_on": "1973"},
    make.make_transfer: {"delivered_on": "1973"},
    make.make_observation: {"period": "1973"},
    make.make_mission: {},
    make.make_period: {},
}


@pytest.mark.parametrize("maker", FIRST, ids=lambda maker: maker.__name__)
def test_claims_told_twice_of_every_kind(maker: Callable[..., Any]) -> None:
    first = maker(slug="a", **FIRST[maker])
    maker(slug="b", **FIRST[maker])
    maker(slug="c", state="draft", **FIRST[maker])
    name = f"{first._meta.verbose_name} a, b"
    assert found("duplicates") == [(name, "claim the same of the same parties at the same time")]


@pytest.mark.parametrize(
    ("maker", "other"),
    [
        (make.make_event, {"happened_on": "1974"}),
        (make.make_event, {"happened_on": "1973", "kind": "talks"}),
        (make.make_transfer, {"delivered_on": "1973", "ordered_on": "1970"}),
        (make.make_transfer, {"delivered_on": "1973", "designation": "Scud-C"}),
        (make.make_transfer, {"delivered_on": "1973", "kind": "technology"}),
        (make.make_observation, {"period": "1974"}),
        (make.make_observation, {"period": "1973", "measure": "aid"}),
        (make.make_observation, {"period": "1973", "reporter": "a customs office"}),
        (make.make_mission, {"kind": "consulate"}),
        (make.make_mission, {"city": "Cairo"}),
        (make.make_period, {"value": "severed"}),
        (make.make_period, {"track": "level", "value": "ambassador"}),
    ],
)
def test_claims_that_differ_in_one_thing_are_two(maker: Callable[..., Any], other: dict[str, str]) -> None:
    maker(slug="a", **FIRST[maker])
    maker(slug="b", **other)
    assert found("duplicates") == []


def test_events_of_other_parties_or_of_no_stated_date_are_not_the_same() -> None:
    make.make_event("PRK", "EGY", happened_on="1973")
    make.make_event("EGY", "PRK", happened_on="1973")
    make.make_event("PRK", "EGY", "SYR", happened_on="1973")
    make.make_event("PRK", "EGY")
    make.make_event("PRK", "EGY")
    assert found("duplicates") == []


@pytest.mark.parametrize("maker", FIRST, ids=lambda maker: maker.__name__)
def test_a_claim_and_its_denial_are_two(maker: Callable[..., Any]) -> None:
    maker(**FIRST[maker])
    maker(**FIRST[maker], negated=True)
    assert found("duplicates") == []


@pytest.mark.parametrize("maker", [make.make_transfer, make.make_event])
def test_a_possible_double_is_not_told_twice(maker: Callable[..., Any]) -> None:
    first = maker(slug="a", **FIRST[maker])
    maker(slug="b", **FIRST[maker], possibly_same_as=first)
    assert found("duplicates") == []


@pytest.mark.parametrize(
    ("first", "second", "is_found"),
    [
        ({}, {}, True),
        ({"began_on": "1966"}, {}, True),
        ({"began_on": "1966", "ended_on": "1980"}, {"began_on": "1980"}, True),
        ({"began_on": "1966", "ended_on": "1980"}, {"began_on": "[1979..]"}, True),
        ({"began_on": "1966", "ended_on": "1980"}, {"began_on": "1981"}, False),
        ({"began_on": "1966", "ended_on": "1980"}, {"ended_on": "1965"}, False),
        ({"began_on": "1966", "ended_on": "1980"}, {"ended_on": "1970"}, True),
        ({"began_on": "1966"}, {"began_on": "1970", "subject": "rice"}, False),
        ({"began_on": "1966"}, {"began_on": "1970", "value": "opposes"}, False),
    ],
)
def test_periods_of_one_value_are_one_claim_on_days_that_both_may_cover(
    first: dict[str, str], second: dict[str, str], is_found: bool
) -> None:
    for slug, columns in (("a", first), ("b", second)):
        make.make_period(**{"track": "position", "value": "favours", "subject": "tea", "slug": slug} | columns)
    assert [where for where, _ in found("duplicates")] == (["relation period a, b"] if is_found else [])


def test_a_value_that_another_ended_between_is_told_anew() -> None:
    make.make_period(slug="first", began_on="1966")
    make.make_period("legal", "severed", slug="between", began_on="1980")
    make.make_period(slug="again", began_on="1990")
    assert found("duplicates") == []


def test_positions_of_two_holders_are_two_claims() -> None:
    relation = make.make_relation()
    for holder in (relation.country_a, relation.country_b):
        make.make_period("position", "favours", subject="tea", held_by=holder)
    assert found("duplicates") == []


@pytest.mark.parametrize(
    ("record", "citation", "told"),
    [
        ({}, {}, None),
        ({}, {"hedge": "reportedly"}, "“reportedly”"),
        ({}, {"modality": "reported"}, "reported"),
        ({}, {"modality": "reported", "hedge": "it is said"}, "“it is said”"),
        ({"modality": "reported"}, {"hedge": "reportedly"}, None),
        ({"modality": "reported"}, {"modality": "alleged", "hedge": "allegedly"}, "“allegedly”"),
        ({"title": "An alleged visit"}, {"modality": "alleged", "hedge": "allegedly"}, None),
        ({}, {"field": "title", "modality": "alleged"}, "alleged"),
        ({}, {"field": "place", "modality": "alleged", "hedge": "allegedly"}, None),
        ({}, {"modality": "reported", "stance": "mentions"}, None),
        ({"state": "draft"}, {"modality": "reported"}, None),
    ],
)
def test_hedges_that_a_title_loses(record: dict[str, str], citation: dict[str, str], told: str | None) -> None:
    event = make.make_event(slug="visit", **{"title": "A visit"} | record)
    cite(event, passage=make.make_passage(ref="egypt.1.1"), **citation)
    expected = [("event visit", f"its title does not say what egypt.1.1 does: {told}")]
    assert found("hedges_lost_by_the_title") == (expected if told else [])


@pytest.mark.parametrize(
    ("maker", "field", "other"),
    [
        (make.make_period, "value", "began_on"),
        (make.make_mission, "accredited_to", "city"),
        (make.make_transfer, "recipient", "number_ordered"),
        (make.make_observation, "from_country", "figure"),
    ],
)
def test_hedges_on_what_a_title_is_made_of(maker: Callable[..., Any], field: str, other: str) -> None:
    record = maker()
    cite(record, field=other, modality="alleged", hedge="allegedly")
    assert found("hedges_lost_by_the_title") == []
    cite(record, field=field, modality="alleged", hedge="allegedly")
    assert len(found("hedges_lost_by_the_title")) == 1


def test_figures_without_a_unit() -> None:
    event = make.make_event(slug="visit")
    make.make_figure(event, figure_unit="")
    make.make_figure(event, measure="killed")
    make.make_figure(event, "items", None, None, figure_qualifier="", figure_unit="", figure_missing="uncounted")
    make.make_transfer(slug="deal", number_ordered_low=30, number_ordered_high=30, number_ordered_qualifier="exact")
    make.make_transfer(
        slug="counted",
        number_delivered_low=30,
        number_delivered_high=30,
        number_delivered_qualifier="exact",
        number_delivered_unit="missiles",
    )
    assert found("figures_without_unit") == [
        ("arms transfer deal", "number_ordered: 30.0000 of what?"),
        ("event figure visit", "figure: 20.0000 of what?"),
    ]
    EventFigure.objects.update(figure_unit="persons")
    assert len(found("figures_without_unit")) == 1


def test_slugs_changed_since_publication() -> None:
    make.make_event(slug="visit")
    never_public = make.make_event(slug="draft", state="draft")
    never_public.slug = "another-draft"
    never_public.save()
    assert found("slugs_changed_since_publication") == []
    with without_triggers():
        Event.objects.filter(slug="visit").update(slug="voyage")
    assert found("slugs_changed_since_publication") == [("event voyage", "was published as visit")]


@pytest.mark.parametrize(
    ("title", "missing"),
    [
        ("North Korea and Egypt meet", []),
        ("North Korea votes in the UAR", []),
        ("North Korea sells tea to Syria and Syria pays", ["Syria"]),
        ("South Korea protests", ["South Korea"]),
        ("A Syrian envoy visits", []),
        ("The Egypt-Syria road opens", []),
    ],
)
def test_titles_that_name_a_country_without_a_part(title: str, missing: list[str]) -> None:
    make.make_country("EGY", aliases=["UAR"])
    make.make_country("SYR")
    make.make_country("KOR", aliases=["Korea"])
    make.make_event("PRK", "EGY", slug="visit", title=title)
    assert found("countries_only_in_the_title") == [
        ("event visit", f"{name} is in its title and has no part") for name in missing
    ]


def test_titles_may_name_the_country_of_an_actor() -> None:
    event = make.make_event("PRK", slug="visit", title="North Korea meets Egypt")
    company = make.make_actor(country=make.make_country("EGY"))
    assert len(found("countries_only_in_the_title")) == 1
    Participation.objects.create(event=event, actor=company, role="recipient")
    assert found("countries_only_in_the_title") == []


def test_doubles_of_other_parties() -> None:
    first = make.make_transfer("PRK", "EGY", slug="first")
    make.make_transfer("PRK", "EGY", slug="second", possibly_same_as=first)
    make.make_transfer("PRK", None, slug="unnamed", possibly_same_as=first, recipient_named_as="a buyer")
    assert found("doubles_of_other_parties") == []
    make.make_transfer("EGY", "PRK", slug="third", possibly_same_as=first)
    assert found("doubles_of_other_parties") == [("arms transfer third", "has other parties than first")]
    make.make_country("SYR")
    ArmsTransfer.objects.filter(slug="third").update(supplier="SYR", recipient="EGY")
    assert len(found("doubles_of_other_parties")) == 1
    ArmsTransfer.objects.filter(slug="third").update(supplier="PRK", recipient="SYR")
    assert len(found("doubles_of_other_parties")) == 1


# Relations


def test_relations_without_a_reason() -> None:
    relation = make.make_relation("EGY")
    make.make_event("PRK", "SYR")
    make.make_relation("SYR")
    assert found("relations_without_reason") == [("relation EGY-PRK", "nothing public is about it")]
    cite(relation, stance="mentions")
    assert found("relations_without_reason") == []


def test_pairs_without_a_relation() -> None:
    make.make_mission("TUR", slug="embassy")
    make.make_transfer("PRK", None, slug="unnamed", recipient_named_as="buyers in Africa")
    make.make_observation("SYR", "PRK", slug="exports", state="draft")
    assert found("pairs_without_relation") == [("PRK-TUR", "is no relation, but mission embassy is about it")]
    make.make_relation("TUR")
    assert found("pairs_without_relation") == []


def test_things_called_alike() -> None:
    make.make_country("TUR", name="Turkey", aliases=["Türkiye"])
    make.make_country("XTK", name="Turkiyé")
    make.make_actor("one-ali", name="Ali")
    assert found("things_called_alike") == [("country turkiye", "is what Turkey (TUR) and Turkiyé (XTK) are called")]
    make.make_actor("another-ali", name="ALI")
    told = "is what ALI (another-ali) and Ali (one-ali) are called"
    assert found("things_called_alike")[1:] == [("actor ali", told)]


# Fixtures


def test_drafts_in_fixtures(fixtures: Path) -> None:
    event = "- model: relations.event\n  fields: {slug: 'visit', kind: 'visit', state: '%s'}\n"
    fixtures.write_text(FIXTURES + event % "published", encoding="utf-8")
    assert found("slips_in_fixtures") == []
    fixtures.write_text(FIXTURES + event % "draft", encoding="utf-8")
    assert found("slips_in_fixtures") == [("sources.yaml, entry 2, event visit", "is not published")]


def test_slips_in_fixtures(fixtures: Path) -> None:
    fixtures.write_text(FIXTURES.replace("csl_type", "type"), encoding="utf-8")
    assert found("slips_in_fixtures") == [
        ("sources.yaml, entry 1, source a-paper, column type", "there is no such column to fill."),
        ("sources.yaml, entry 1, source a-paper, column csl_type", "is needed"),
    ]
    assert Country.objects.count() == Relation.objects.count() == 0
