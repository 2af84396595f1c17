"""The agreement of two codings: which claims are the same, how they differ, and how often."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[2] / "docs" / "coding" / "agreement.py"
HEADER = "ref,claim,model,countries,date,figure,modality,hedge,note\n"


def load_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("agreement", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["agreement"] = module
    spec.loader.exec_module(module)
    return module


agreement = load_script()


def claim(text: str = "Egypt buys missiles.", **columns: str) -> Any:
    values = {
        "ref": "egypt.7.3",
        "model": "arms_transfer:ordered",
        "countries": "PRK:supplier; EGY:recipient",
        "date": "199X",
        "figure": "",
        "modality": "asserted",
    }
    return agreement.Claim(claim=text, **values | columns)


def texts(pairs: list[Any]) -> list[tuple[str, str]]:
    return [(a.claim, b.claim) for a, b in pairs]


def fields(a: Any, b: Any) -> list[str]:
    """The fields in which two codings of one claim differ."""
    comparison = agreement.compare([a], [b])
    assert len(comparison.pairs) == 1
    return list(comparison.fields_of_difference(comparison.pairs[0]))


def test_claims_of_a_sentence_are_paired_by_what_they_say() -> None:
    bought = claim("Egypt buys Scud-C missiles.")
    sold = claim("North Korea gets Scud-B missiles.", countries="EGY:supplier; PRK:recipient", date="[1979,1980]")
    other_words = claim("North Korea obtains Scud-B.", countries="EGY:supplier; PRK:recipient", date="[1979,1980]")
    comparison = agreement.compare([bought, sold], [other_words, claim("Missiles go to Egypt.")])
    assert texts(comparison.pairs) == [
        ("Egypt buys Scud-C missiles.", "Missiles go to Egypt."),
        ("North Korea gets Scud-B missiles.", "North Korea obtains Scud-B."),
    ]
    assert (comparison.only_a, comparison.only_b) == ([], [])


def test_claims_of_different_sentences_are_never_paired() -> None:
    comparison = agreement.compare([claim()], [claim(ref="egypt.7.2")])
    assert (comparison.pairs, comparison.only_a, comparison.only_b) == ([], [claim()], [claim(ref="egypt.7.2")])


def test_claims_that_have_nothing_in_common_stay_alone() -> None:
    visit = claim("Sadat travels.", model="event:visit", countries="EGY:actor; ISR:host", date="1977-11")
    comparison = agreement.compare([claim()], [visit])
    assert (comparison.pairs, comparison.only_a, comparison.only_b) == ([], [claim()], [visit])


def test_a_claim_coded_once_by_one_and_twice_by_the_other_leaves_one_over() -> None:
    comparison = agreement.compare([claim(), claim("Egypt pays.")], [claim()])
    assert texts(comparison.pairs) == [("Egypt buys missiles.", "Egypt buys missiles.")]
    assert [left.claim for left in comparison.only_a] == ["Egypt pays."]


@pytest.mark.parametrize(
    ("changes", "differing"),
    [
        ({}, []),
        ({"claim": "Missiles are bought by Egypt."}, []),
        ({"countries": "EGY:recipient; PRK:supplier"}, []),
        ({"countries": "EGY:supplier; PRK:recipient"}, ["roles"]),
        ({"countries": "PRK:supplier; SYR:recipient"}, ["parties"]),
        ({"model": "arms_transfer:delivered"}, ["value"]),
        ({"model": "event:purchase"}, ["model", "value"]),
        ({"date": "1990~/1999~"}, ["date"]),
        ({"figure": "ordered=about 30 missiles"}, ["figure"]),
        ({"modality": "reported"}, ["modality"]),
    ],
)
def test_every_field_is_compared(changes: dict[str, str], differing: list[str]) -> None:
    assert fields(claim(), claim(changes.pop("claim", "Egypt buys missiles."), **changes)) == differing


@pytest.mark.parametrize(
    ("a", "b", "is_same"),
    [
        ("value=712000 USD", "exports=712000 USD", True),
        ("ordered=about 30000", "ordered=about 30000 pieces", True),
        ("ordered=about 30000", "ordered=30000", False),
        ("pilots=20 persons; staff=18 persons", "staff=18 persons; pilots=20 persons", True),
        ("pilots=20 persons; staff=18 persons", "pilots=20 persons", False),
        ("workers=missing:uncounted", "workers=missing:not_reported", False),
    ],
)
def test_figures_are_compared_by_number_and_qualifier(a: str, b: str, is_same: bool) -> None:
    assert fields(claim(figure=a), claim(figure=b)) == ([] if is_same else ["figure"])


def test_kinds_of_events_and_words_for_the_unnamed_are_free() -> None:
    a = claim("Told.", model="event:message", countries='PRK:actor; "Arab states":addressee')
    b = claim("Told.", model="event:letter", countries='PRK:actor; "16 states":addressee')
    assert fields(a, b) == []


def test_context_is_compared_by_its_model_alone() -> None:
    assert fields(claim(model="context", modality=""), claim(model="context", date="")) == []
    assert fields(claim(model="context", modality=""), claim(date="")) == ["model"]


@pytest.mark.parametrize(
    ("pairs", "kappa"),
    [
        # 20 and 15 of 50 in agreement: the example of many textbooks.
        ([("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15, 0.4),
        ([("yes", "yes"), ("no", "no")], 1.0),
        ([("yes", "no"), ("no", "yes")], -1.0),
        ([("yes", "yes")] * 3, None),
        ([], None),
    ],
)
def test_kappa_is_agreement_beyond_chance(pairs: list[tuple[str, str]], kappa: float | None) -> None:
    assert agreement.kappa(pairs) == (None if kappa is None else pytest.approx(kappa))


@pytest.fixture
def codings(tmp_path: Path) -> Path:
    (tmp_path / "egypt-a.csv").write_text(
        HEADER
        + 'egypt.10.1,Egypt buys missiles.,arms_transfer:ordered,"PRK:supplier; EGY:recipient",199X,,asserted,,\n'
        + "egypt.2.1,Says what the heading means.,out_of_scope,,,,,,\n",
        encoding="utf-8",
    )
    (tmp_path / "egypt-b.csv").write_text(
        HEADER
        + 'egypt.10.1,Egypt bought missiles.,arms_transfer:delivered,"PRK:supplier; EGY:recipient",199X,,reported,,\n'
        + "egypt.10.1,Relations are old.,relation_period:character,PRK:actor,,,asserted,,\n",
        encoding="utf-8",
    )
    return tmp_path


def test_differences_and_rates_are_printed(codings: Path, capsys: pytest.CaptureFixture[str]) -> None:
    agreement.main([], codings)
    assert capsys.readouterr().out == (
        "\negypt.2.1  Says what the heading means.\n"
        "  only a    out_of_scope\n"
        "\negypt.10.1  Egypt buys missiles.\n"
        "  value     a  arms_transfer:ordered\n"
        "            b  arms_transfer:delivered\n"
        "  modality  a  asserted\n"
        "            b  reported\n"
        "\negypt.10.1  Relations are old.\n"
        "  only b    relation_period:character\n"
        "\n"
        "sentences     1 of    2    50%\n"
        "claims        1 of    3    33%\n"
        "model         1 of    1   100%   kappa –\n"
        "value         0 of    1     0%\n"
        "parties       1 of    1   100%\n"
        "roles         1 of    1   100%\n"
        "date          1 of    1   100%\n"
        "figure        0 of    0      –\n"
        "modality      0 of    1     0%   kappa 0.00\n"
    )


def test_a_section_without_its_second_coding_is_named(codings: Path) -> None:
    (codings / "iraq-a.csv").write_text(HEADER, encoding="utf-8")
    with pytest.raises(agreement.CodingError, match=r"^There is no iraq-b\.csv: a section needs both codings\.$"):
        agreement.main([], codings)


def test_a_table_with_other_columns_is_refused(codings: Path) -> None:
    (codings / "egypt-b.csv").write_text("ref,claim\n", encoding="utf-8")
    with pytest.raises(agreement.CodingError, match=r"^egypt-b\.csv: the columns are not ref,claim,model,"):
        agreement.main([], codings)


def test_the_two_codings_of_the_document_can_be_compared() -> None:
    result = subprocess.run([sys.executable, SCRIPT], capture_output=True, text=True, check=True)
    assert "\nsentences   110 of  110   100%\n" in result.stdout
