"""The reference data on states, compared with the state system list and other lists."""

import csv
import os
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from relations.exchange.columns import columns_of, values
from relations.exchange.key_hints import KeyHints
from relations.models import Country, CountryCode, Lifespan
from relations.names import folded, names_of

# The state system list of the Correlates of War (v2016), as it is downloaded; free to use with citation: Correlates of
# War Project, 2017, "State System Membership List, v2016", https://correlatesofwar.org.
STATES = os.environ.get("DYAD_STATES", "")
FIRST_DAY, LAST_DAY = date(1816, 1, 1), date(2016, 12, 31)
# SHA-256 of its 243 spells, as lines “number first-day last-day”, and some of these spells.
DIGEST = "146531f104000482c14a9bd38f53f84c87ae4c33de65f34155cf4c428b7dbd6e"
SAMPLE = [
    (40, "1902-05-20", "1906-09-25"),
    (40, "1909-01-23", "2016-12-31"),
    (210, "1816-01-01", "1940-07-14"),
    (210, "1945-06-26", "2016-12-31"),
    (245, "1816-01-01", "1871-01-18"),
    (255, "1816-01-01", "1945-05-08"),
    (255, "1990-10-03", "2016-12-31"),
    (260, "1955-05-05", "1990-10-02"),
    (305, "1919-09-10", "1938-03-13"),
    (305, "1955-07-27", "2016-12-31"),
    (345, "1878-07-13", "1941-04-20"),
    (345, "1944-10-20", "2016-12-31"),
    (365, "1816-01-01", "2016-12-31"),
    (652, "1946-04-17", "1958-02-01"),
    (652, "1961-09-29", "2016-12-31"),
    (678, "1926-09-02", "1990-05-21"),
    (730, "1887-01-01", "1905-11-17"),
    (816, "1954-07-21", "2016-12-31"),
]


def spells() -> list[tuple[int, str, str]]:
    """The spells of the list from the register: lifespans of the countries with a number, adjacent ones joined."""
    found = []
    numbers = CountryCode.objects.filter(scheme="cow").values_list("value", "country", "valid_from", "valid_until")
    listed: dict[str, dict[str, list[range]]] = {}
    for value, country, first, last in numbers:
        listed.setdefault(value, {}).setdefault(country, []).append(range(first, (last or LAST_DAY.year) + 1))
    for value, years in listed.items():
        days = []
        for lifespan in Lifespan.objects.filter(country__in=years):
            # States in the list from its first day existed by then: [..1816-01-01].
            first = lifespan.existed_from.earliest or FIRST_DAY
            last = lifespan.existed_until.latest if lifespan.existed_until else LAST_DAY
            if any(first.year in span for span in years[lifespan.country_id]):
                days.append((first, last))
        joined: list[tuple[date, date]] = []
        for first, last in sorted(days):
            if joined and first == joined[-1][1] + timedelta(days=1):
                joined[-1] = joined[-1][0], last
            else:
                joined.append((first, last))
        found += [(int(value), first.isoformat(), last.isoformat()) for first, last in joined]
    return sorted(found)


def test_every_spell_of_the_state_system_is_held_to_the_day() -> None:
    held = spells()
    assert [spell for spell in SAMPLE if spell not in held] == []
    assert len(held) == 243
    assert sha256("\n".join(f"{number} {first} {last}" for number, first, last in held).encode()).hexdigest() == DIGEST


@pytest.mark.skipif(not STATES, reason="DYAD_STATES names no list of states")
def test_every_spell_of_the_list_at_hand_is_held_to_the_day() -> None:
    def day(row: dict[str, str], which: str) -> str:
        return date(*(int(row[f"{which}{part}"]) for part in ("year", "month", "day"))).isoformat()

    rows = list(csv.DictReader(Path(STATES).read_text(encoding="utf-8-sig").splitlines()))
    assert spells() == sorted((int(row["ccode"]), day(row, "st"), day(row, "end")) for row in rows)


@pytest.mark.parametrize(
    ("number", "codes", "kinds"),
    [
        (305, ["AUT"], ["state"]),  # the list's own letters for it are AUS, which are Australia's in ISO 3166
        (900, ["AUS"], ["state"]),
        (366, ["EST"], ["state"]),
        (255, ["DEU"], ["state"]),
        (260, ["XWG"], ["former_state"]),
        (265, ["DDR"], ["former_state"]),
        (345, ["SCG", "SRB", "YUG"], ["former_state", "state", "former_state"]),
        (365, ["RUS", "SUN"], ["state", "former_state"]),
        (730, ["XKO"], ["former_state"]),
        (732, ["KOR"], ["state"]),
        (245, ["XBV"], ["former_state"]),
        (678, ["XMK", "YAR"], ["former_state", "former_state"]),
        (679, ["YEM"], ["state"]),
        (347, ["XKX"], ["partly_recognised_state"]),
    ],
)
def test_a_number_of_the_state_system_leads_to_its_states(number: int, codes: list[str], kinds: list[str]) -> None:
    countries = Country.objects.filter(codes__scheme="cow", codes__value=number).distinct().order_by("code")
    assert [(country.code, country.kind) for country in countries] == list(zip(codes, kinds, strict=True))


@pytest.mark.parametrize(
    ("number", "day", "code"),
    [
        (40, "1904-07-01", "CUB"),
        (40, "1907-07-01", ""),
        (365, "1914-08-01", "RUS"),
        (365, "1950-01-01", "SUN"),
        (365, "2000-01-01", "RUS"),
        (345, "1914-07-28", "SRB"),
        (345, "1962-01-01", "YUG"),
        (345, "2005-01-01", "SCG"),
        (678, "1950-01-01", "XMK"),
        (678, "1970-01-01", "YAR"),
        (816, "1970-01-01", "VDR"),
        (816, "1980-01-01", "VNM"),
    ],
)
def test_on_a_day_a_number_means_one_state_or_none(number: int, day: str, code: str) -> None:
    on = date.fromisoformat(day)
    spans = Lifespan.objects.filter(
        country__in=Country.objects.filter(codes__scheme="cow", codes__value=number).values("pk")
    )
    assert [span.country_id for span in spans if not (span.is_to_come(on) or span.is_over(on))] == [code] * bool(code)


def test_all_of_iso_3166_is_there() -> None:
    living = CountryCode.objects.filter(scheme="iso3", valid_until=None)
    assert living.count() == 249
    assert [code.value for code in living if code.value != code.country_id] == []
    pairs = dict(CountryCode.objects.filter(scheme="iso2", valid_until=None).values_list("country", "value"))
    assert set(pairs) == {code.value for code in living}
    assert [pairs[code] for code in ("EGY", "AUT", "AUS", "NAM", "XKX") if code in pairs] == ["EG", "AT", "AU", "NA"]
    assert len(set(pairs.values())) == 249


def test_codes_of_ours_never_clash_with_those_of_iso_3166() -> None:
    of_iso = set(CountryCode.objects.filter(scheme="iso3").values_list("value", flat=True))
    ours = set(Country.objects.values_list("code", flat=True)) - of_iso
    # ISO 3166-1 leaves XAA to XZZ to its users; YAR it has neither assigned nor withdrawn.
    assert {code for code in ours if code[0] != "X"} == {"YAR"}
    assert {code for code in of_iso if code[0] == "X"} == set()


def test_a_withdrawn_code_is_one_of_a_country_and_dated() -> None:
    withdrawn = CountryCode.objects.filter(scheme="iso3", valid_until__isnull=False)
    assert {(code.value, code.country_id, code.valid_until) for code in withdrawn} >= {
        ("BUR", "MMR", 1989),
        ("ZAR", "COD", 1997),
        ("SUN", "SUN", 1992),
        ("YMD", "YMD", 1990),
        ("YEM", "YAR", 1990),
        ("DEU", "XWG", 1990),
        ("ANT", "ANT", 2010),
    }


def test_a_territory_has_no_lifespan_and_a_former_state_no_open_one() -> None:
    assert not Lifespan.objects.filter(country__kind="territory").exists()
    assert not Lifespan.objects.filter(country__kind="former_state", existed_until="").exists()
    assert not Country.objects.filter(kind="former_state", lifespans=None).exists()


def test_the_number_of_the_three_yemens_of_the_north_is_one_unbroken_entry() -> None:
    codes = CountryCode.objects.filter(scheme="gw", value="678").order_by("country")
    assert list(codes.values_list("country", "valid_from", "valid_until")) == [
        ("XMK", 1918, None),
        ("YAR", 1918, None),
        ("YEM", 1918, None),
    ]
    assert list(Lifespan.objects.filter(country__in=["XMK", "YAR"]).values_list("existed_from", "existed_until")) == [
        ("1926-09-02", "1962-09-25"),
        ("1962-09-26", "1990-05-21"),
    ]


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("Burma", ["MMR"]),
        ("Zaire", ["COD"]),
        ("Persia", ["IRN"]),
        ("South Korea", ["KOR"]),
        ("Republic of Korea", ["KOR"]),
        ("Côte d’Ivoire", ["CIV"]),
        ("Cote d'Ivoire", ["CIV"]),
        ("Ivory Coast", ["CIV"]),
        ("Holland", ["NLD"]),
        ("USSR", ["SUN"]),
        ("UAR", ["EGY"]),
        ("Two Sicilies", ["XTS"]),
        ("Viet Nam", ["VNM"]),
        ("Rumania", ["ROU"]),
        ("Ceylon", ["LKA"]),
    ],
)
def test_a_name_that_texts_use_leads_to_its_country(name: str, codes: list[str]) -> None:
    names = names_of(Country.objects.all(), "", "code", "name", "official_name")
    assert sorted({code for spelling, _, code, _ in names if [spelling] == folded([name])}) == codes


def test_a_foreign_code_is_told_with_its_scheme_and_never_taken() -> None:
    known = KeyHints()
    assert known.why_unknown(Country, ("BUR",)) == (
        "'BUR' is not a known country code; it is a code of Myanmar (iso3 –1989): use MMR"
    )
    assert known.why_unknown(Country, ("GFR",)).endswith("; add the country first, or see the list of countries")


def test_what_a_list_says_is_cited_where_it_says_it() -> None:
    for scheme, source in (("cow", "cow-state-system-2016"), ("gw", "gleditsch-ward"), ("wikidata", "wikidata")):
        coded = CountryCode.objects.filter(scheme=scheme).exclude(
            country__citations__source__key=source, country__citations__field="codes"
        )
        assert list(coded) == []
    for country in Country.objects.filter(lifespans__isnull=False).distinct():
        assert country.citations.filter(field="lifespans").exists(), country
    citation = Country.objects.get(code="CAN").citations.get(field="lifespans", stance="contradicts")
    assert (citation.source.key, citation.place, citation.value) == ("gleditsch-ward", "state 20", "1867-07-01/..")


def test_every_successor_is_there_and_began_when_or_before_it_followed() -> None:
    soviet = Country.objects.get(code="SUN")
    assert soviet.successors.filter(code="RUS").exists()
    for country in Country.objects.filter(successors__isnull=False).prefetch_related("successors__lifespans"):
        first = country.lifespans.first().existed_from.latest
        for successor in country.successors.all():
            assert any(not span.is_over(first) for span in successor.lifespans.all()), (country, successor)


def test_no_country_is_shown_of_which_nothing_is_published() -> None:
    public = set(Country.objects.public().values_list("code", flat=True))
    assert "PRK" in public
    assert "XBV" not in public
    assert len(public) < 30


def test_every_successor_that_a_file_names_has_a_row_in_it() -> None:
    columns = [column for column in columns_of(Country) if column.name in ("code", "successors")]
    rows = dict(values(Country.objects.public(), columns))
    named = {code for codes in rows.values() for code in codes.split("; ") if code}
    assert named == {"YEM"}
    assert named <= set(rows)
