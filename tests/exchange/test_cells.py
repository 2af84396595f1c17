"""Cells: what each kind of column accepts, and the messages for what it refuses."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relations.exchange.cell_errors import CellError
from relations.exchange.cells import PART_READERS, read_cell
from relations.exchange.columns import COLUMNS, columns_of, values
from relations.exchange.imports import RESOURCES
from relations.exchange.key_hints import KeyHints
from relations.exchange.sheet_reader import STALE
from relations.exchange.sheets import read_csv
from relations.models import (
    Actor,
    ArmsTransfer,
    Country,
    CountryCode,
    Event,
    EventFigure,
    Observation,
    Participation,
    Passage,
    RelationPeriod,
    Source,
)
from relations.models.owners import references
from relations.models.vocabularies import Modality
from relations.text import line
from tests.factories import (
    make_actor,
    make_country,
    make_event,
    make_observation,
    make_passage,
    make_relation,
    make_source,
)

pytestmark = pytest.mark.django_db

ADD = "add the country first, or see the list of countries"
UNIT = "a unit does not begin with a digit; write thousands without a space, or a backslash before the unit"
WHY_MISSING = "unknown, uncounted, not_reported, reported_none, not_applicable, withheld"
CHANGED = "a spreadsheet has changed this cell into {}; format the column as text and enter it again, or use XLSX"
EMPTY = "is what other programs write for nothing: leave the cell empty"


def column_of(model, name):
    return next(column for column in columns_of(model, "desk") if column.name == name)


def read(model, name, text):
    return read_cell(model, column_of(model, name), text)


def refusal(model, name, text) -> str:
    """Why the text is refused."""
    with pytest.raises(CellError) as refused:
        read(model, name, text)
    return str(refused.value)


def unknown(model, name, text) -> str:
    """Why the last key in a cell is refused."""
    column, value = column_of(model, name), read(model, name, text)
    owner, values = model, {column.writes: value}
    if column.writes in PART_READERS:
        owner, (values,) = PART_READERS[column.writes].model, value
    *_, (target, key) = [(to, values[by]) for by, to in references(owner).items() if values.get(by)]
    return KeyHints().why_unknown(target, key)


def refusals(model, data: bytes) -> list[str]:
    """The refusals of a file."""
    result = RESOURCES[model]().import_data(read_csv(data))
    base = [str(error.error) for error in result.base_errors]
    return base + [message for row in result.invalid_rows for message in row.error.messages]


# Codes, which spreadsheets take for dates and numbers


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("page", "Dec-15", "a date"),
        ("page", "15-Dec-12", "a date"),
        ("page", "01. Dez", "a date"),
        ("page", "Mrz 15", "a date"),
        ("page", "12-déc", "a date"),
        ("page", "janv-15", "a date"),
        ("volume", "dic-15", "a date"),
        ("issue", "02-Jan", "a date"),
        ("issue", "2015-12-01 00:00:00", "a date"),
        ("issue", "2015-12-01T00:00", "a date"),
        ("isbn", "9.78E+12", "a number in powers of ten"),
        ("isbn", "9,78092E+12", "a number in powers of ten"),
        ("doi", "1.01E+06", "a number in powers of ten"),
        ("sha256", "1e+63", "a number in powers of ten"),
        ("volume", "TRUE", "a truth value"),
        ("edition", "False", "a truth value"),
        ("edition", "02-Feb", "a date"),
        ("language", "#NAME?", "an error"),
        ("key", "Sep-11", "a date"),
    ],
)
def test_code_that_a_spreadsheet_changed_is_refused(name, text, what):
    expected = f"'{text}': {CHANGED.format(what)}"
    if text.startswith("#"):
        expected = f"'{text}' is an error of a spreadsheet; enter what should stand there"
    assert refusal(Source, name, text) == expected


def test_codes_of_all_tables_are_guarded():
    kinds = {
        f"{model._meta.model_name}.{column.name}": column.kind
        for model in COLUMNS
        for column in columns_of(model, "desk")
        if column.kind in ("code", "numbering", "isbn", "doi")
    }
    records = ("relationperiod", "mission", "event", "armstransfer", "observation")
    assert kinds == {
        **{f"{record}.slug": "code" for record in records},
        **{f"relationperiod.{scheme}_{side}": "code" for scheme in ("cow", "gw") for side in "ab"},
        "country.code": "code",
        "actor.slug": "code",
        "source.key": "code",
        "source.volume": "numbering",
        "source.issue": "numbering",
        "source.page": "numbering",
        "source.edition": "code",
        "source.language": "code",
        "source.doi": "doi",
        "source.isbn": "isbn",
        "source.sha256": "code",
        "passage.ref": "code",
        "passage.sha256": "code",
        "armstransfer.designation": "code",
    }


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("page", "12–15"),
        ("page", "12-15"),
        ("page", "393–413"),
        ("page", "S. 12 ff."),
        ("issue", "1-2"),
        ("issue", "May 1975"),
        ("issue", "12 December 1975"),
        ("volume", "XII"),
        ("edition", "2.0"),
        ("edition", "1.10"),
        ("edition", "3rd, revised"),
        ("language", "ko"),
        ("isbn", "978-0-306-40615-7"),
        ("doi", "10.1080/03050629908434958"),
        ("key", "may-15"),
        ("sha256", "1e5" + "0" * 61),
        ("page", ""),
        ("isbn", ""),
        ("doi", ""),
    ],
)
def test_code_that_is_one_is_taken_as_it_stands(name, text):
    assert read(Source, name, text) == text


def test_name_of_a_weapon_is_a_code():
    assert refusal(ArmsTransfer, "designation", "01-Mar") == f"'01-Mar': {CHANGED.format('a date')}"
    for designation in ("MAR-290", "Mi-8", "Type-63", "R-17", "D-30"):
        assert read(ArmsTransfer, "designation", designation) == designation


@pytest.mark.parametrize("name", ["volume", "issue", "page"])
def test_number_that_became_a_decimal_is_refused_where_numbers_are_names(name):
    told = refusal(Source, name, "12.0")
    assert told == "'12.0': another program has made this number a decimal one: write 12"


def test_isbn_and_doi_are_checked():
    assert refusal(Source, "isbn", "978-0-306-40615-8").startswith("“978-0-306-40615-8” is no ISBN: its last digit")
    assert refusal(Source, "doi", "https://doi.org/10.5281/a") == (
        "“https://doi.org/10.5281/a” is no DOI: write 10.5281/a alone."
    )


def test_file_with_a_damaged_source_is_refused_cell_by_cell():
    data = (
        b"key,csl_type,title,volume,issue,page,isbn\n"
        b"case-excel,article-journal,A paper on aid,3,02-Jan,Dec-15,9.78092E+12\n"
    )
    assert refusals(Source, data) == [
        f"line 2, column issue: '02-Jan': {CHANGED.format('a date')}",
        f"line 2, column page: 'Dec-15': {CHANGED.format('a date')}",
        f"line 2, column isbn: '9.78092E+12': {CHANGED.format('a number in powers of ten')}",
    ]
    assert not Source.objects.exists()


@pytest.mark.parametrize("text", ["Jan-02", "Dec-15", "TRUE", "1E+05", "12.0", "2015-12-01 00:00:00"])
def test_prose_may_look_like_anything(text):
    assert read(Event, "title", text) == text
    assert read(Event, "summary", text) == text


def test_lifespans_stand_in_a_cell():
    assert read(Country, "lifespans", "[..1816-01-01]/1870; 1909-01-23 / ..;/1700; 1995/") == [
        {"existed_from": "[..1816-01-01]", "existed_until": "1870"},
        {"existed_from": "1909-01-23", "existed_until": ""},
        {"existed_from": "", "existed_until": "1700"},
        {"existed_from": "1995", "existed_until": ""},
    ]
    assert read(Country, "lifespans", "") == []
    assert refusal(Country, "lifespans", "1909") == "'1909' is not of the form first day/last day"
    assert "“May 1902” is not a date" in refusal(Country, "lifespans", "May 1902/1906")
    assert refusal(Country, "lifespans", "1909/..; 1909/1910") == "'1909/1910' stands there twice"


def test_parts_hold_codes_too():
    make_source("a-book")
    make_country("EGY")
    assert refusal(Event, "citations", "a-book@Dec-15") == f"'Dec-15': {CHANGED.format('a date')}"
    assert refusal(Event, "citations", "a-book@nan") == f"'nan' {EMPTY}"
    told = "'651.0': another program has made this number a decimal one: write 651"
    assert refusal(Country, "codes", "cow=651.0@1937..") == told
    assert read(Country, "codes", "iso2=NA@1990.0..") == [
        {"scheme": "iso2", "value": "NA", "valid_from": 1990, "valid_until": None}
    ]
    (part,) = read(Event, "citations", "a-book@p. 12-15")
    assert (part["source"], part["passage"], part["locator"]) == (("a-book",), None, "p. 12-15")


# What other programs write for nothing


@pytest.mark.parametrize("text", ["nan", "NaN", "NaT", "<NA>", "NA", "N/A", "#N/A", "None", "NULL"])
@pytest.mark.parametrize(
    ("model", "name"),
    [(Source, "page"), (Event, "title"), (Event, "happened_on"), (Source, "text_is_public"), (Passage, "section")],
)
def test_nothing_is_an_empty_cell(model, name, text):
    assert refusal(model, name, text) == f"'{text}' {EMPTY}"


def test_of_a_long_list_the_nearest_are_named_and_where_it_stands():
    of_kinds = "is none of the 52 that /codebook/lists/eventkind/ lists"
    assert refusal(Event, "kind", "Statment") == f"'Statment' {of_kinds}; the nearest: statement"
    assert refusal(Event, "kind", "zz") == f"'zz' {of_kinds}"
    assert refusal(Event, "kind", "NA") == f"'NA' {of_kinds}; it {EMPTY}"
    assert refusal(Event, "modality", "zz") == f"'zz' is none of {', '.join(Modality.values)}"
    assert read(Event, "kind", "statement") == "statement"


def test_nothing_among_terms_and_keys_is_an_empty_cell():
    assert refusal(Observation, "figure_missing", "NA") == f"'NA' is none of {WHY_MISSING}; it {EMPTY}"
    make_country("EGY")
    assert unknown(Actor, "country", "NaN") == f"'NaN' is not a known country code; it {EMPTY}"
    make_actor("none")
    assert unknown(ArmsTransfer, "recipient_actor", "None") == f"'None' is not a known actor; it {EMPTY}"
    assert read(ArmsTransfer, "recipient_actor", "none") == Actor.objects.get().natural_key()


def test_nothing_that_is_a_code_is_told_as_one():
    namibia = make_country("NAM", name="Namibia")
    CountryCode.objects.create(country=namibia, scheme="iso2", value="NA")
    assert unknown(Actor, "country", "NA") == (
        "'NA' is not a known country code; it is a code of Namibia (iso2): use NAM"
    )


@pytest.mark.parametrize("text", ["#REF!", "#DIV/0!", "#VALUE!", "#NAME?"])
def test_error_of_a_spreadsheet_is_refused_in_prose_too(text):
    assert refusal(Event, "title", text) == f"'{text}' is an error of a spreadsheet; enter what should stand there"


# Numbers


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("12", "12"),
        ("1.0", "1"),
        ("189000.0", "189000"),
        ("3.5", "3.5"),
        ("0.5000", "0.5"),
        ("3.125", "3.125"),
    ],
)
def test_number_is_read(text, value):
    assert read(Observation, "figure_low", text) == Decimal(value)
    assert read(Observation, "figure_low", "") is None


@pytest.mark.parametrize("text", ["-9", "-999", "-99.0", "−9", "–9", "- 9", "(9)", "-0.5"])
@pytest.mark.parametrize(
    ("model", "name", "missing"),
    [
        (Observation, "figure_low", "figure_missing"),
        (ArmsTransfer, "number_ordered_high", "number_ordered_missing"),
        (ArmsTransfer, "value_low", "value_missing"),
    ],
)
def test_negative_number_is_refused_with_where_to_say_that_it_is_missing(model, name, missing, text):
    assert refusal(model, name, text) == (
        f"'{text}' is negative; where a number is missing, leave the cell empty and say why in {missing}: {WHY_MISSING}"
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("NaN", f"; where it is missing, leave the cell empty and say why in figure_missing: {WHY_MISSING}"),
        ("NA", f"; where it is missing, leave the cell empty and say why in figure_missing: {WHY_MISSING}"),
        ("Infinity", ": digits with a point before decimals"),
        ("1e400", ": it is written in powers of ten, as spreadsheets do with long numbers; write it out"),
        ("1.2E+05", ": it is written in powers of ten, as spreadsheets do with long numbers; write it out"),
        ("１２", ": write it in the digits 0 to 9"),
        ("1٢", ": write it in the digits 0 to 9"),
        ("1,000", ": no thousands marks; a point stands before decimals"),
        ("1 000", ": no thousands marks; a point stands before decimals"),
        ("1\u202f000\u202f000", ": no thousands marks; a point stands before decimals"),
        ("1'000", ": no thousands marks; a point stands before decimals"),
        ("1.000.000", ": no thousands marks; a point stands before decimals"),
        ("3,5", ": a point stands before decimals, not a comma"),
        ("10-20", ": a range is two numbers, low and high"),
        ("10–20", ": a range is two numbers, low and high"),
        ("10..20", ": a range is two numbers, low and high"),
        ("1" * 19, ": at most eighteen digits before the point"),
        ("0.12345", ": at most four decimals"),
        ("~30", ": how it is meant is said by its qualifier"),
        ("about 30", ": how it is meant is said by its qualifier"),
        ("30+", ": how it is meant is said by its qualifier"),
        ("<30", ": how it is meant is said by its qualifier"),
        ("$30", ": a unit or a sign does not belong to the number"),
        ("30 USD", ": a unit or a sign does not belong to the number"),
        ("+30", ": a unit or a sign does not belong to the number"),
        ("many", ": digits with a point before decimals"),
        ("TRUE", ": digits with a point before decimals"),
        (".5", ": digits with a point before decimals"),
    ],
)
def test_text_that_is_no_number_is_refused_with_the_reason(text, reason):
    assert refusal(Observation, "figure_low", text) == f"'{text}' is not a number{reason}"


@pytest.mark.parametrize(
    ("text", "reason"), [("60.000", "60000 or 60"), ("12.250", "12250 or 12.25"), ("1.500", "1500 or 1.5")]
)
def test_number_whose_point_may_mark_thousands_is_not_guessed(text, reason):
    assert refusal(Observation, "figure_low", text) == f"'{text}' may be {reason}: write which"


def test_file_with_missing_codes_of_another_data_set_is_refused():
    make_source("a-book")
    for code in ("PRK", "KWT"):
        make_country(code)
    data = (
        b"slug,measure,from_country,to_country,period,figure_low,figure_high,figure_qualifier,figure_unit,citations\n"
        b"case-workers,workers,PRK,KWT,2015,-999,-9,exact,persons,a-book@p. 1\n"
    )
    why = f"where a number is missing, leave the cell empty and say why in figure_missing: {WHY_MISSING}"
    assert refusals(Observation, data) == [
        f"line 2, column figure_low: '-999' is negative; {why}",
        f"line 2, column figure_high: '-9' is negative; {why}",
    ]


@pytest.mark.parametrize(("text", "value"), [("0", 0), ("1", 1), ("1.0", 1), ("12.00", 12), ("", None)])
def test_whole_number_is_read_also_as_pandas_writes_it(text, value):
    assert read(Passage, "position", text) == value


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1.5", "'1.5' is not a whole number: digits only, at most nine"),
        ("-9", "'-9' is negative; where a number is missing, leave it out"),
        ("1,000", "'1,000' is not a whole number: no thousands marks; a point stands before decimals"),
        ("1" * 10, "'1111111111' is not a whole number: digits only, at most nine"),
        ("nan", f"'nan' {EMPTY}"),
    ],
)
def test_text_that_is_no_whole_number_is_refused(text, told):
    assert refusal(Passage, "position", text) == told


@pytest.mark.parametrize("text", ["true", "True", "TRUE", "1", "1.0", "WAHR", "VRAI", "ИСТИНА"])
def test_true_is_read_as_programs_write_it(text):
    assert read(Source, "text_is_public", text) is True


@pytest.mark.parametrize("text", ["false", "False", "FALSE", "0", "0.0", "FALSCH", "FAUX", "YANLIŞ"])
def test_false_is_read_as_programs_write_it(text):
    assert read(Source, "text_is_public", text) is False


@pytest.mark.parametrize("text", ["yes", "2", "-1", "t", "", "ja"])
def test_neither_true_nor_false_is_refused(text):
    assert refusal(Source, "text_is_public", text) == f"'{text}' is neither true nor false: write one of these words"


def test_version_that_pandas_made_a_decimal_is_the_same_version():
    event = make_event("PRK", slug="a-visit", title="Old", state="draft")
    result = RESOURCES[Event]().import_data(read_csv(f"slug,title,version\na-visit,New,{event.version}.0\n".encode()))
    assert (result.totals["update"], Event.objects.get().title) == (1, "New")
    stale = Event.objects.get().version
    assert refusals(Event, f"slug,title,version\na-visit,Newer,{stale + 1}.0\n".encode()) == [
        f"line 2, column version: '{stale + 1}.0': {STALE.format(stale)}",
    ]
    assert refusals(Event, b"slug,title,version\na-visit,Newer,one\n") == [
        "line 2, column version: 'one' is not a whole number: digits only, at most nine"
    ]


def test_export_that_went_through_pandas_changes_nothing():
    observation = make_observation(slug="exports", figure_low=5, figure_high=5)
    data = f"slug,figure_low,figure_high,version\nexports,5.0,5.0,{observation.version}.0\n".encode()
    result = RESOURCES[Observation]().import_data(read_csv(data))
    assert (result.totals["skip"], result.has_validation_errors()) == (1, False)


def test_wrong_value_that_stands_in_the_register_can_be_mended():
    make_source("a-paper", page="Dec-15")
    RESOURCES[Source]().import_data(read_csv("key,page\na-paper,12–15\n".encode()))
    assert Source.objects.get(key="a-paper").page == "12–15"


# Figures and counts in parts


@pytest.mark.parametrize("number", ["-999", "−9", "(9)"])
def test_negative_figure_of_an_event_is_refused(number):
    assert refusal(Event, "figures", f"killed={number} persons") == (
        f"'{number}' is negative; where a number is missing, write why in its place: {WHY_MISSING}"
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("persons=nan", f"'nan' is not a number; where it is missing, write why in its place: {WHY_MISSING}"),
        ("persons=10-20 men", "'10-20' is not a number: a range is two numbers, low and high"),
        ("persons=1,000 men", "'1,000' is not a number: no thousands marks; a point stands before decimals"),
        ("money=60.000 USD", "'60.000' may be 60000 or 60: write which"),
        (
            "persons=1 000 men",
            f"'persons=1 000 men': {UNIT}",
        ),
    ],
)
def test_figure_that_is_no_number_is_refused(text, told):
    assert refusal(Event, "figures", text) == told


@pytest.mark.parametrize(
    ("text", "count", "name"),
    [
        ('"16 other Arab states":addressee', 16, "other Arab states"),
        ('"16.0 other Arab states":addressee', 16, "other Arab states"),
        ('"other Arab states":addressee', None, "other Arab states"),
        ('"1st Army":addressee', None, "1st Army"),
        (r'"\16 Arab states":addressee', None, "16 Arab states"),
        (r'"\-9 Arab states":addressee', None, "-9 Arab states"),
        (r'"3 \2 Corps men":addressee', 3, "2 Corps men"),
    ],
)
def test_unnamed_parties_are_counted(text, count, name):
    (part,) = read(Event, "participants", text)
    assert (part["count"], part["named_as"]) == (count, name)


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("-9", "'-9' is negative; where a number is missing, leave it out"),
        ("1,000", "'1,000' is not a whole number: no thousands marks; a point stands before decimals"),
        ("1 000", "'1 000' is not a whole number: no thousands marks; a point stands before decimals"),
        ("1.5", "'1.5' is not a whole number: digits only, at most nine"),
    ],
)
def test_count_of_unnamed_parties_that_is_none_is_refused(number, reason):
    assert refusal(Event, "participants", f'"{number} workers":actor') == (
        f"{reason}; a backslash before it makes it a part of the name"
    )


STARTS = st.sampled_from(["", "9 ", "-9 ", "−9 ", "(9) ", "+9 ", "1,000 ", "1 000 ", "1.5 ", "1st ", "of "])
REST = st.text(st.sampled_from("0123456789 .,-−–+('’\u00a0\u202fab\\\"of"), min_size=1, max_size=8).filter(str.strip)
WORDS = st.builds("".join, st.tuples(STARTS, REST))


@settings(max_examples=100, deadline=None)
@given(named_as=WORDS, count=st.none() | st.integers(0, 2000))
def test_counted_words_come_back_as_they_were(named_as, count):
    event = make_event("PRK", slug="a-visit") if not Event.objects.exists() else Event.objects.get()
    event.participations.all().delete()
    Participation.objects.create(event=event, role="host", named_as=named_as, count=count)
    ((text,),) = values(Event.objects.all(), [column_of(Event, "participants")])
    (part,) = read(Event, "participants", text)
    assert (part["named_as"], part["count"]) == (line(named_as), count)


@settings(max_examples=100, deadline=None)
@given(unit=WORDS.map(str.strip), number=st.integers(0, 2000))
def test_units_come_back_as_they_were(unit, number):
    event = make_event("PRK", slug="a-visit") if not Event.objects.exists() else Event.objects.get()
    event.figures.all().delete()
    EventFigure.objects.create(
        event=event, measure="items", figure_low=number, figure_high=number, figure_qualifier="exact", figure_unit=unit
    )
    ((text,),) = values(Event.objects.all(), [column_of(Event, "figures")])
    (part,) = read(Event, "figures", text)
    assert (part["figure_unit"], part["figure_low"]) == (line(unit), number)


# Keys


@pytest.fixture
def countries():
    """Countries with other codes in other schemes."""
    make_country("PRK", official_name="Democratic People's Republic of Korea", aliases=["DPRK", "Korea"])
    make_country("KOR", official_name="Republic of Korea", aliases=["ROK", "Korea"])
    make_country("BGR")
    make_country("TUR", name="Türkiye", aliases=["Turkey"])
    egypt, russia, soviet = (
        make_country("EGY"),
        make_country("RUS", name="Russia"),
        make_country("SUN", name="Soviet Union"),
    )
    CountryCode.objects.create(country=egypt, scheme="iso2", value="EG")
    CountryCode.objects.create(country=egypt, scheme="cow", value="651", valid_from=1855, valid_until=1882)
    CountryCode.objects.create(country=egypt, scheme="cow", value="651", valid_from=1937)
    CountryCode.objects.create(country=russia, scheme="cow", value="365", valid_from=1816)
    CountryCode.objects.create(country=soviet, scheme="cow", value="365")
    CountryCode.objects.create(country=soviet, scheme="gw", value="365", valid_until=1991)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("ROK", "it is a name of South Korea: use KOR"),
        ("dprk", "it is a name of North Korea: use PRK"),
        ("Egypt", "it is a name of Egypt: use EGY"),
        ("TURKIYE", "it is a name of Türkiye: use TUR"),
        ("Corée du Nord", "it is a name of North Korea in another language: use PRK"),
        ("مصر", "it is a name of Egypt in another language: use EGY"),
        ("Republic of Korea", "it is a name of South Korea: use KOR"),
        ("Korea", "it is a name of South Korea and a name of North Korea: use KOR or PRK"),
        ("egy", "codes are in capital letters: use EGY"),
        ("eg", "it is a code of Egypt (iso2): use EGY"),
        ("651", "it is a code of Egypt (cow 1855–1882, cow 1937–): use EGY"),
        ("365", "it is a code of Russia (cow 1816–) and a code of Soviet Union (cow, gw –1991): use RUS or SUN"),
        ("\u0301", ADD),
        ("GDR", ADD),
        ("DRK", ADD),
        ("PRX", ADD),
    ],
)
def test_code_of_a_country_is_never_guessed_by_its_letters(countries, text, meant):
    for model, name, cell in (
        (Event, "participants", f"{text}:actor"),
        (Country, "successors", text),
        (Actor, "country", text),
    ):
        assert unknown(model, name, cell) == f"'{text}' is not a known country code; {meant}"


def test_party_that_is_missing_is_told():
    assert refusal(Event, "participants", ":actor") == "a party is missing"


def test_codes_of_all_rows_are_told(countries):
    make_source("a-book")
    data = b"slug,kind,happened_on,title,participants,citations\n" + b"".join(
        b"case-%d,talks,1975,Talks on cement,%b:actor,a-book@p. 1\n" % row
        for row in enumerate([b"ROK", b"DRK", b"GDR"])
    )
    assert refusals(Event, data) == [
        "line 2, column participants: 'ROK' is not a known country code; it is a name of South Korea: use KOR",
        f"line 3, column participants: 'DRK' is not a known country code; {ADD}",
        f"line 4, column participants: 'GDR' is not a known country code; {ADD}",
    ]


def test_names_and_codes_of_countries_are_read_once(countries, django_assert_num_queries):
    known = KeyHints()
    known.why_unknown(Country, ("ROK",))
    with django_assert_num_queries(1):  # the spelling as PostgreSQL folds it
        known.why_unknown(Country, ("Korea",))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("PRK-EGY", "'PRK-EGY' is not a known relation; it is written EGY-PRK"),
        ("EGY–PRK", "'EGY–PRK' is not a known relation; it is written EGY-PRK"),
        ("EGY-KOR", "'EGY-KOR' is not a known relation; add the relation first"),
        ("EGY-GDR", f"'EGY-GDR' is not a known relation; 'GDR' is not a known country code; {ADD}"),
        ("EGYPRK", "'EGYPRK' is not a known relation; a relation is written as EGY-PRK"),
    ],
)
def test_relation_is_named_by_its_two_codes(countries, text, told):
    make_relation("EGY", "PRK")
    assert unknown(RelationPeriod, "relation", text) == told


def test_typing_error_in_a_slug_is_reported():
    make_actor("orascom")
    make_source("a-book")
    assert unknown(ArmsTransfer, "recipient_actor", "orascon") == (
        "'orascon' is not a known actor (did you mean orascom?)"
    )
    assert unknown(ArmsTransfer, "recipient_actor", "oracle") == "'oracle' is not a known actor"
    assert unknown(Event, "citations", "a-bok@p. 4") == "'a-bok' is not a known source (did you mean a-book?)"


def test_number_of_a_sentence_is_not_guessed():
    make_passage(make_source("a-book"), "egypt.2.2")
    assert unknown(Event, "citations", "a-book#egypt.2.3") == "'egypt.2.3' is not a known passage of a-book"
    assert unknown(Event, "citations", "a-book#egipt.2.2") == (
        "'egipt.2.2' is not a known passage of a-book (did you mean egypt?)"
    )


def test_long_text_is_not_repeated_whole():
    assert refusal(Passage, "position", "x" * 61) == f"'{'x' * 60}…' is not a whole number: digits only, at most nine"
