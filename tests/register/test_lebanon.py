"""Lebanon and North Korea: relations, a closed embassy, trade in both directions."""

import pytest

from tests.register.rows import evidence, mission, observation, open_missions, standing


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        ("1980-12-31", ("not_stated",)),
        ("1981-01-01", ("possibly", "established")),
        ("1981-12-30", ("possibly", "established")),
        ("1981-12-31", ("on_that_day", "established")),
        ("1982-01-01", ("on_that_day", "established")),
        ("1996-01-01", ("on_that_day", "established")),
    ],
)
def test_legal_status_outlives_the_embassy(day: str, answer: tuple[str, ...]) -> None:
    assert standing("LBN-PRK", "legal", day) == [answer]


def test_closed_embassy() -> None:
    assert mission("prk-lbn-embassy") == ("PRK", "LBN", "LBN", "", "", "1995")
    assert open_missions("PRK", "LBN", "1994-12-31") == [("possibly", "prk-lbn-embassy")]
    assert open_missions("PRK", "LBN", "1995-12-31") == [("possibly", "prk-lbn-embassy")]
    assert open_missions("PRK", "LBN", "1996-01-01") == [("ended", "prk-lbn-embassy")]


def test_exports_in_both_directions() -> None:
    assert observation("prk-lbn-exports-2017") == ("exports", "PRK", "LBN", "2017", "712,000 USD", "asserted")
    assert observation("lbn-prk-exports-2017") == ("exports", "LBN", "PRK", "2017", "189,000 USD", "asserted")


def test_reported_of_a_trade_figure_is_kept_and_is_no_doubt() -> None:
    assert evidence("observation", "lbn-prk-exports-2017") == {
        ("lebanon.1.3", "", "", "", "", ""),
        ("lebanon.1.3", "figure", "", "were reported to be", "", ""),
    }
    assert evidence("observation", "prk-lbn-exports-2017") == {("lebanon.1.3", "", "", "", "", "")}
