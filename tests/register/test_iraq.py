"""Iraq and North Korea: two changes of status and one deal that came to nothing."""

from datetime import date

import pytest
from django.utils.timezone import localdate

from relations.models import ArmsTransfer, DealParty, RelationPeriod
from tests.register.pages import after, lines
from tests.register.rows import coverage, hedges, known_until, standing, transfers_between

ESTABLISHED, SEVERED = ("on_that_day", "established"), ("on_that_day", "severed")
IN_1968, IN_OCTOBER = [("possibly", "established")], [("possibly", "established", "severed")]


def test_sentences_are_all_coded() -> None:
    assert coverage("iraq") == dict.fromkeys(["iraq.1.1", "iraq.1.2", "iraq.2.1", "iraq.2.2"], "coded")


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        ("1967-12-31", [("not_stated",)]),
        ("1968-01-01", IN_1968),
        ("1968-12-30", IN_1968),
        ("1968-12-31", [ESTABLISHED]),
        ("1969-01-01", [ESTABLISHED]),
        ("1975-01-01", [ESTABLISHED]),
        ("1980-09-30", [ESTABLISHED]),
        ("1980-10-01", IN_OCTOBER),
        ("1980-10-30", IN_OCTOBER),
        ("1980-10-31", [SEVERED]),
        ("1980-11-01", [SEVERED]),
        ("1981-01-01", [SEVERED]),
        ("2026-01-01", [SEVERED]),
    ],
)
def test_legal_status(day: str, answer: list) -> None:
    assert standing("IRQ-PRK", "legal", day) == answer


def test_nothing_is_known_after_the_document_ends() -> None:
    assert known_until("IRQ-PRK", "legal", "2018-12-31") == (date(2018, 12, 31), True)
    assert known_until("IRQ-PRK", "legal", str(localdate())) == (date(2018, 12, 31), False)


def test_iraq_severed_relations_for_a_stated_reason() -> None:
    period = RelationPeriod.objects.get(slug="irq-prk-legal-severed-1980")

    assert (period.held_by_id, period.began_on, period.modality) == ("IRQ", "1980-10", "asserted")
    assert "Iran" in period.reason
    reason = period.citations.get(field="reason")
    assert (reason.passage.ref, reason.modality, reason.hedge) == ("iraq.1.2", "", "")


@pytest.mark.parametrize(
    ("day", "verdict"),
    [("1980-09-30", "possibly"), ("1980-10-30", "possibly"), ("1980-10-31", "on_that_day"), ("2018-06-01", "possibly")],
)
def test_north_korea_assisted_iran_by_october_1980(day: str, verdict: str) -> None:
    assert standing("IRN-PRK", "military", day) == [(verdict, "assistance")]
    assert RelationPeriod.objects.get(slug="irn-prk-military-assistance").held_by_id == "PRK"


def test_deal_was_paid_in_part_and_never_delivered() -> None:
    assert transfers_between("IRQ", "PRK") == [
        ("PRK", "IRQ", "missile technology", "delivered", "", ""),
        ("PRK", "IRQ", "Rodong", "paid_not_delivered", "[..2003]", ""),
    ]
    assert [deal.designation for deal in ArmsTransfer.objects.affirmed().involving("IRQ", "PRK")] == ["Rodong"]
    deal = ArmsTransfer.objects.get(slug="prk-irq-rodong")
    assert (str(deal.value), deal.value_kind) == ("10,000,000 USD", "down_payment")
    assert (deal.number_delivered_low, deal.number_delivered_high, deal.number_delivered_qualifier) == (0, 0, "exact")
    assert not deal.number_ordered


def test_saddam_hussein_sought_the_missiles() -> None:
    parties = DealParty.objects.filter(transfer__supplier="PRK", transfer__recipient="IRQ")
    assert [(party.transfer.slug, party.role, party.actor.slug) for party in parties] == [
        ("prk-irq-rodong", "sought", "saddam-hussein")
    ]
    told = lines("/actors/saddam-hussein/")
    place = told.index("Rodong, North Korea to Iraq")
    assert [words.strip() for words in told[place - 3 : place]] == ["Reported", "deal status", "Asserted"]


def test_only_the_wish_for_missiles_is_reported() -> None:
    deal = ArmsTransfer.objects.get(slug="prk-irq-rodong")

    assert deal.modality == "reported"
    assert hedges("iraq") == {("iraq.2.1", "prk-irq-rodong", "", "reportedly")}
    plain = deal.citations.filter(modality="asserted", passage__ref="iraq.2.2")
    assert set(plain.values_list("field", flat=True)) == {"deal_status", "value_low", "number_delivered_low"}


RELATIONS = (
    "Iraq and North Korea have diplomatic relations – since 1968; until the next state of affairs, in October 1980."
)
BROKEN_OFF = "Iraq has severed diplomatic relations with North Korea – since October 1980."


@pytest.mark.parametrize(
    ("day", "words"), [("1975-01-01", RELATIONS), ("1981-01-01", BROKEN_OFF), ("2026-01-01", BROKEN_OFF)]
)
def test_page_answers_for_a_day_on_either_side_of_1980(day: str, words: str) -> None:
    assert after(f"/relations/IRQ-PRK/?as_of={day}", "Legal status", 1) == [words]


def test_page_says_where_the_knowledge_ends() -> None:
    words = "The sources of these answers tell of nothing after 2018."

    assert words in lines("/relations/IRQ-PRK/?as_of=2019-01-01")
    assert words not in lines("/relations/IRQ-PRK/?as_of=2018-12-31")


def test_page_tells_what_is_known_of_the_deal() -> None:
    path = "/arms-transfers/prk-irq-rodong/"

    assert after(path, "Deal status", 1) == ["Paid, not delivered"]
    assert after(path, "Number delivered", 1) == ["0 missiles"]
    assert after(path, "Value", 1) == ["10,000,000 USD"]
    assert after(path, "Kind of value", 1) == ["Down payment"]
    assert after(path, "Number ordered", 1) == ["not stated in the sources"]
