"""The introduction: general remarks, two claims, one confrontation."""

from tests.register.rows import context_of, event, parties, period, records_from, standing


def test_each_government_claims_to_be_the_only_one() -> None:
    assert records_from("intro.1.2") == {"period/kor-prk-position-claims-north", "period/kor-prk-position-claims-south"}
    assert period("kor-prk-position-claims-north") == ("position", "claims", "PRK", "", "", "asserted")
    assert period("kor-prk-position-claims-south") == ("position", "claims", "KOR", "", "", "asserted")


def test_no_refusal_of_recognition_is_made_of_the_claims() -> None:
    assert standing("KOR-PRK", "recognition", "2000-01-01") == [("not_stated",), ("not_stated",)]


def test_confrontation_is_with_the_south_and_with_the_american_forces_and_undated() -> None:
    for pair in ("KOR-PRK", "PRK-USA"):
        assert standing(pair, "military", "1960-01-01") == [("not_dated", "confrontation")]


def test_general_remarks_stand_on_north_koreas_page() -> None:
    assert context_of("intro.1.1") == {"country/PRK", "relation/KOR-PRK"}
    assert context_of("intro.2.1") == {"country/PRK"}
    assert records_from("intro.1.1") == records_from("intro.2.1") == records_from("intro.3.1") == set()


def test_what_cannot_be_dated_has_no_date() -> None:
    assert event("north-korea-joins-non-aligned-movement") == ("accession", "", "asserted")
    assert parties("north-korea-joins-non-aligned-movement") == {
        ("actor", "PRK"),
        ("recipient", "non-aligned-movement"),
    }


def test_efforts_coincide_with_the_collapse_of_the_eastern_bloc() -> None:
    slug = "north-korea-seeks-better-relations-with-capitalist-countries"

    assert event(slug) == ("policy", "1989/1992", "asserted")
    assert parties(slug) == {("actor", "PRK"), ("recipient", "developed capitalist countries")}
