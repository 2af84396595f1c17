"""The mapping form can do with a table whatever the text of a profile can."""

import re
from typing import Any

import pytest

from relations.admin.mapping_form import OF_A_YEAR, OF_BRACES
from relations.admin.names_form import NOBODY_SAID, SAY_WHO
from relations.exchange.catalogue import profiles
from relations.exchange.drafting import AS_WORDS
from relations.exchange.parties import ADD_IT
from relations.exchange.partings import may_be_several
from relations.exchange.profile_names import SAID_HERE, names_kept, with_names
from relations.exchange.profiles import read_profile, shipped
from relations.exchange.proposals import propose
from relations.exchange.seen import look_at
from relations.models import ArmsTransfer, Event, EventFigure, KeptProfile, Mission, Observation, RelationPeriod
from relations.models.tracks import LevelOfRepresentation
from tests.admin.test_imports_of_tables import confirmed, sent
from tests.exchange.test_sheets import workbook
from tests.factories import make_country, make_profile

pytestmark = pytest.mark.django_db

NEEDED = "as it is needed"
VISITS_OF_SOMEBODY = """[source]
key = "visits"
title = "Visits"
[[records]]
of = "events"
[records.cells]
slug = "{Who} {With}"
kind = "visit"
participants = ["{Who}:actor", { split = "{With}", into = { party = "{piece}" }, role = "host" }]"""


@pytest.fixture
def states() -> None:
    for code, name in (("PRK", "North Korea"), ("EGY", "Egypt"), ("SYR", "Syria"), ("BIH", "Bosnia and Herzegovina")):
        make_country(code, name=name)


def said(width: int, columns: dict[int, str | tuple[str, str]], **others: Any) -> dict[str, Any]:
    """The choices for a table of so many columns: the targets of some, and how they are read."""
    menus = {f"target_{place}": "" for place in range(width)} | {f"reading_{place}": NEEDED for place in range(width)}
    for place, what in columns.items():
        menus[f"target_{place}"], menus[f"reading_{place}"] = (what, NEEDED) if isinstance(what, str) else what
    return {"of": "events", "name": "mine", "source_key": "a-table", "same_kind": "visit", **menus, **others}


def brought(desk: Any, content: bytes, menus: dict[str, Any]) -> Any:
    """The response after a table is mapped and its preview confirmed."""
    address = f"{sent(desk, content).redirect_chain[-1][0]}?of={menus['of']}"
    page = desk.post(address, menus, follow=True)
    return confirmed(desk, page)


def errors(desk: Any, content: bytes, menus: dict[str, Any]) -> dict[str, list[str]]:
    """The errors of the mapping form for some choices."""
    address = f"{sent(desk, content).redirect_chain[-1][0]}?of={menus['of']}"
    return {**desk.post(address, menus).context["form"].errors}


IN_PARTS = b"""Nr,Year,Month,Day,Guest
1,1973,3,1,PRK
2,1974,00,,PRK
3,1975,12,0,PRK
"""


def test_year_month_and_day_of_three_columns_are_one_date(desk: Any, states: None) -> None:
    form = sent(desk, IN_PARTS).context["form"]
    assert [(form[f"target_{n}"].value(), form[f"reading_{n}"].value()) for n in (1, 2, 3)] == [
        ("happened_on", "date: its year"),
        ("happened_on", "date: its month"),
        ("happened_on", "date: its day"),
    ]
    parts = {n: ("happened_on", f"date: its {part}") for n, part in ((1, "year"), (2, "month"), (3, "day"))}
    brought(desk, IN_PARTS, said(5, {**parts, 4: "participants: actor"}, identify=["Guest", "Year", "Month", "Day"]))
    assert [*Event.objects.order_by("slug").values_list("slug", "happened_on")] == [
        ("prk-1973-03-01", "1973-03-01"),
        ("prk-1974", "1974"),
        ("prk-1975-12", "1975-12"),
    ]


def test_a_span_is_made_of_its_ends_whole_or_in_parts_and_may_be_doubted(desk: Any, states: None) -> None:
    data = b"Nr,From,End year,End month,Sure?,Guest\n1,03/02/1973,1973,4,?,PRK\n2,13/02/1974,1974,2,,PRK\n"
    columns = {
        1: ("happened_on", "date: its beginning"),
        2: ("happened_on", "date: the year of its end"),
        3: ("happened_on", "date: the month of its end"),
        4: ("happened_on", "date: whether it is doubted"),
        5: "participants: actor",
    }
    brought(desk, data, said(6, columns, identify=["Nr"]))
    assert [*Event.objects.order_by("slug").values_list("slug", "happened_on")] == [
        ("a-table-1", "1973-02-03?/1973-04?"),
        ("a-table-2", "1974-02-13/1974-02"),
    ]


def test_beginning_and_end_in_parts_are_proposed(states: None) -> None:
    seen = look_at(b"ccode,styear,stmon,stday,endyear,endmon,endday\n2,1902,5,1,1902,6,2\n")
    propose(seen, Event)
    assert [(each.target, each.reading) for each in seen.columns[1:]] == [
        *(("happened_on", f"date: the {part} of its beginning") for part in ("year", "month", "day")),
        *(("happened_on", f"date: the {part} of its end") for part in ("year", "month", "day")),
    ]
    propose(seen := look_at(b"Sender,Start year,Start month,End year,End month\nPRK,1902,5,1902,6\n"), Mission)
    assert [(each.target, each.reading) for each in seen.columns[1:]] == [
        ("opened_on", "date: its year"),
        ("opened_on", "date: its month"),
        ("closed_on", "date: its year"),
        ("closed_on", "date: its month"),
    ]
    propose(seen := look_at(b"Year,Guest\n1973,PRK\n"), Event)
    assert (seen.columns[0].target, seen.columns[0].reading) == ("happened_on", "a date, year first")


@pytest.mark.parametrize(
    ("columns", "field", "reason"),
    [
        ({2: ("happened_on", "date: its month")}, "target_2", "happened_on has a month and no year"),
        (
            {1: ("happened_on", "date: its year"), 3: ("happened_on", "date: its day")},
            "target_3",
            "happened_on has a day and no month",
        ),
        (
            {1: ("happened_on", "date: its year"), 2: ("happened_on", "date: its year")},
            "target_2",
            "Year and Month both become happened_on: let one become nothing",
        ),
        (
            {1: "happened_on", 2: ("happened_on", "date: its month")},
            "target_2",
            "happened_on is made of a whole date, and of its month",
        ),
        ({1: ("happened_on", "date: its end")}, "target_1", "happened_on has an end and no beginning"),
        (
            {1: "happened_on", 2: ("happened_on", "date: its beginning")},
            "target_2",
            "happened_on is made of a date, and of its beginning or end",
        ),
        ({1: ("happened_on", "date: whether it is doubted")}, "target_1", "Year says whether happened_on is doubted"),
        ({1: ("note", "date: its year")}, "reading_1", "It is read as a part of a date, and becomes note"),
        ({1: "note", 2: "note"}, "target_2", "Year and Month both become note: let one become nothing, or say below"),
    ],
)
def test_columns_that_make_no_date_together_are_refused(
    desk: Any, states: None, columns: dict[int, Any], field: str, reason: str
) -> None:
    found = errors(desk, IN_PARTS, said(5, columns, identify=["Nr"]))
    assert ([*found], found[field][0].startswith(reason)) == ([field], True)


SEVERAL = b"""Nr;Guests;Host
1;Egypt, Syria and North Korea;PRK
2;Egypt;EGY
3;Syrie, EGY and Syria;PRK
4;;PRK
"""


def test_several_parties_of_one_cell_are_parted_and_unclear_ones_asked(desk: Any, states: None) -> None:
    page = sent(desk, SEVERAL)
    assert page.context["form"]["parted_1"].value() == ",&"
    assert "parted_2" not in page.context["form"].fields  # no cell has several names
    menus = said(3, {1: "participants: actor", 2: "participants: host"}, identify=["Nr"], parted_1=",&")
    form = desk.post(page.redirect_chain[-1][0], menus).context["form"]
    assert form.errors == {"__all__": [SAY_WHO.format("“Syrie”")]}
    assert form.names == {"who_0": "Syrie"}
    page = desk.post(page.redirect_chain[-1][0], menus | {"name_asked": ["Syrie"], "who_0": ""}, follow=True)
    (told,) = page.context["outcome"].refusals
    assert str(told) == (
        "line 4, column Guests: 'Syrie' is no code, name or alias of a country; in another language it is"
        f" Syria (SYR); {ADD_IT}"
    )
    confirmed(desk, page)
    assert {
        event.slug: sorted(event.participations.values_list("country", "role")) for event in Event.objects.all()
    } == {
        "a-table-1": [("EGY", "actor"), ("PRK", "actor"), ("PRK", "host"), ("SYR", "actor")],
        "a-table-2": [("EGY", "actor"), ("EGY", "host")],
        "a-table-4": [("PRK", "host")],
    }
    kept = desk.get(f"{page.redirect_chain[0][0].replace('?', 'map/?')}").context["form"]
    assert kept["parted_1"].value() == ",&"


@pytest.mark.parametrize(
    ("cell", "parted"),
    [
        ("Egypt; Syria", ";"),
        ("Egypt / Syria", "/"),
        ("Egypt, Syria", ","),
        ("Egypt and Syria", ",&"),
        ("Bosnia and Herzegovina", ""),
        ("Egypt", ""),
    ],
)
def test_what_parts_parties_is_proposed_by_the_cells(states: None, cell: str, parted: str) -> None:
    propose(seen := look_at(f'Nr,Actor\n1,"{cell}"\n2,PRK\n'.encode()), Event)
    assert (seen.columns[1].target, seen.columns[1].parted) == ("participants: actor", parted)


def test_only_cells_of_words_may_name_several_parties() -> None:
    cells = ("PRK/EGY", "PRK, EGY", "1/2/1973", "1,000; 2,000", "Egypt", "Egypt;")
    assert [cell for cell in cells if may_be_several(cell)] == ["PRK/EGY", "PRK, EGY"]


def test_a_slug_has_the_part_of_a_date_that_alone_identifies_its_row(desk: Any, states: None) -> None:
    parts = {n: ("happened_on", f"date: its {part}") for n, part in ((1, "year"), (2, "month"), (3, "day"))}
    brought(desk, IN_PARTS, said(5, {**parts, 4: "participants: actor"}, identify=["Guest", "Year"]))
    assert [*Event.objects.order_by("slug").values_list("slug", flat=True)] == ["prk-1973", "prk-1974", "prk-1975"]


def test_a_slug_has_the_date_as_it_is_read(desk: Any, states: None) -> None:
    data = b"Day,Guest\n13/2/1973,PRK\n3/2/1974,PRK\n"
    brought(desk, data, said(2, {0: "happened_on", 1: "participants: actor"}, identify=["Guest", "Day"]))
    assert [*Event.objects.order_by("slug").values_list("slug", "happened_on")] == [
        ("prk-1973-02-13", "1973-02-13"),
        ("prk-1974-02-03", "1974-02-03"),
    ]
    assert 'slug = "{Guest} {on}"' in KeptProfile.objects.get().text


DEALS = b"""Id;Seller;Buyer;Kind;Ordered;Guess;Unit;Price;Remarks
1;PRK;EGY;weapons;20;?;guns;1000;x
2;PRK;SYR;arms;;;guns;;y
3;PRK;SYR;whatever;5;no;guns;7;z
4;Total;;;25;;;1007;
"""


def test_units_estimates_gaps_other_values_and_rows_that_are_none_are_chosen(desk: Any, states: None) -> None:
    menus = said(
        9,
        {
            1: "supplier",
            2: "recipient",
            3: "kind",
            4: "number_ordered",
            5: "number_ordered: whether it is estimated",
            7: "value",
            8: "note",
        },
        of="arms-transfers",
        identify=["Id"],
        same_kind="",
        locator="deal {Id}, line {line}",
        skipped="Seller = Total\n",
        unit_number_ordered="{Unit}",
        missing_number_ordered="not_reported",
        unit_value="EUR",
        term_3_0="equipment",
        term_3_1="equipment",
        term_3_2="",
        else_3="assistance",
    )
    assert sent(desk, DEALS).context["form"]["skipped"].value() == "Seller = Total"
    page = brought(desk, DEALS, menus)
    assert "Imported" in page.content.decode()
    assert [
        (each.slug, each.kind, str(each.number_ordered), str(each.value), each.citations.get().locator)
        for each in ArmsTransfer.objects.order_by("slug")
    ] == [
        ("a-table-1", "equipment", "estimated 20 guns", "1,000 EUR", "deal 1, line 2"),
        ("a-table-2", "equipment", "not reported", "", "deal 2, line 3"),
        ("a-table-3", "assistance", "5 guns", "7 EUR", "deal 3, line 4"),
    ]
    again = sent(desk, DEALS).context
    assert again["skipped"] == {"Seller is Total": 1}
    assert errors(
        desk, DEALS.replace(b"Id", b"No"), {**menus, "name": "b", "target_4": "", "skipped": "Sellr = a"}
    ) == {
        "identify": ["Select a valid choice. Id is not one of the available choices."],
        "skipped": ["“Sellr” is no column of the table (did you mean Seller?)."],
        "target_5": ["Guess becomes “number_ordered: whether it is estimated”: choose the column of the number, too."],
    }
    assert errors(
        desk, DEALS.replace(b"Id", b"No"), {**menus, "name": "b", "identify": ["No"], "skipped": "Seller"}
    ) == {
        "skipped": ["“Seller” is not of the form column = what stands there."],
    }


def test_rows_that_are_alike_are_refused_numbered_or_one_record(desk: Any, states: None) -> None:
    data = b"Treaty,Party,Signed\nA,EGY,1973\nA,PRK,1973\nB,SYR,1974\n"
    columns = {1: "participants: actor", 2: "happened_on"}
    became = {}
    for name, repeated in (("refused", ""), ("numbered", "number"), ("together", "together")):
        menus = said(3, columns, identify=["Treaty"], name=name, repeated=repeated, source_key=name, same_title=name)
        brought(desk, data.replace(b"A,", name.encode() + b" A,").replace(b"B,", name.encode() + b" B,"), menus)
        became[name] = {
            event.slug: sorted(event.participations.values_list("country", flat=True))
            for event in Event.objects.filter(title=name)
        }
        KeptProfile.objects.all().delete()
    assert became == {
        "refused": {"refused-a": ["EGY"], "refused-b": ["SYR"]},
        "numbered": {"numbered-a": ["EGY"], "numbered-a-2": ["PRK"], "numbered-b": ["SYR"]},
        "together": {"together-a": ["EGY", "PRK"], "together-b": ["SYR"]},
    }


def test_values_of_a_track_have_menus(desk: Any, states: None) -> None:
    data = b"Sender,Receiver,Rank,From\nPRK,EGY,Ambassador (resident),1973\nPRK,SYR,consular,1974\n"
    columns = {0: "relation: first side", 1: "relation: second side", 2: "value", 3: "began_on"}
    menus = said(4, columns, of="periods", identify=["Sender", "Receiver"], same_track="level", fixed="held_by = PRK")
    address = f"{sent(desk, data).redirect_chain[-1][0]}?of=periods"
    form = desk.post(address, menus).context["form"]
    assert form.fields["term_2_0"].choices[1:] == [*LevelOfRepresentation.choices]
    assert form.fields["term_2_0"].initial == "ambassador"
    confirmed(desk, desk.post(address, menus | {"term_2_0": "ambassador"}, follow=True))
    assert [*RelationPeriod.objects.order_by("began_on").values_list("value", flat=True)] == ["ambassador", "consular"]


def test_the_sheet_of_a_workbook_is_named(desk: Any, states: None) -> None:
    def with_notes(book: Any) -> None:
        book.active.title = "Visits"
        book.create_sheet("Notes").append(["What this is", "a note"])

    content = workbook(["Nr", "Guest"], [1, "PRK"], change=with_notes)
    assert sent(desk, content, "a.xlsx").context["form"].errors["file"] == [
        "The workbook has 2 sheets, 'Visits', 'Notes'; name the one to import (sheet), or leave it alone."
    ]
    page = sent(desk, content, "a.xlsx", sheet="Vists")
    assert page.context["form"].errors["file"] == ["The workbook has no sheet 'Vists'; it has 'Visits', 'Notes'."]
    page = sent(desk, content, "a.xlsx", sheet="Visits")
    menus = said(2, {1: "participants: actor"}, identify=["Nr"], sheet="Visits")
    assert 'name="sheet" value="Visits"' in page.content.decode()
    confirmed(desk, desk.post(page.redirect_chain[-1][0], menus, follow=True))
    assert Event.objects.get().slug == "a-table-1"
    address = sent(desk, content, "a.xlsx").redirect_chain[-1][0]
    assert address.endswith("/?profile=mine")
    back = desk.get(address.replace("?", "map/?")).context
    assert (back["seen"].sheet, back["form"]["target_1"].value()) == ("Visits", "participants: actor")


DISPUTES = b"""dispnum,ccode,styear,stmon,stday,endyear,endmon,endday,sidea,hiact_disp,fatality
2,200,1902,5,-9,1902,5,-9,0,7,0
2,999,1902,5,-9,1902,5,-9,1,7,0
3,998,1913,5,2,1913,10,25,0,10,0
3,200,1913,5,2,1913,10,25,1,10,0
"""


def test_who_is_meant_is_said_of_a_profile_that_is_shipped_and_kept_for_the_next_table(desk: Any, states: None) -> None:
    make_country("GBR", name="United Kingdom").codes.create(scheme="cow", value="200")
    page = sent(desk, DISPUTES)
    (names,) = re.findall(r'href="([^"]+/names/[^"]*)"', page.content.decode())
    form = desk.get(names).context["form"]
    assert form.names == {"who_0": "998", "who_1": "999"}
    nobody = {"profile": "mids", "name_asked": ["998", "999"], "who_0": "", "who_1": ""}
    assert desk.post(names, nobody).context["form"].errors == {"__all__": [NOBODY_SAID]}
    page = desk.post(names, nobody | {"who_1": "PRK"}, follow=True)
    assert [each.value for each in page.context["outcome"].refusals] == ["998"]
    assert (page.context["profile"].name, page.context["counts"]["events"]["added"]) == ("mids-names", 1)
    asked = nobody | {"profile": "mids-names", "who_0": "SYR"}
    page = desk.post(names.replace("mids", "mids-names"), asked, follow=True)
    assert (page.context["outcome"].refusals, page.context["counts"]["events"]["added"]) == ([], 2)
    assert profiles()["mids-names"].names == {"999": "PRK", "998": "SYR"}
    assert KeptProfile.objects.get().text.startswith(shipped()["mids"].text.strip())
    confirmed(desk, page)
    parties = Event.objects.get(slug="dispute-2").participations.values_list("country", flat=True)
    assert sorted(parties) == ["GBR", "PRK"]
    again = sent(desk, DISPUTES.replace(b"2,", b"5,", 1))
    assert again.context["profile"].name == "mids-names"  # and not the shipped one
    assert "names" not in again.context


def test_names_of_all_columns_are_words_actors_or_several_countries_and_stay_with_what_a_recipe_says() -> None:
    profile = read_profile(
        "visits",
        """
        [source]
        key = "visits"
        [values]
        a = { party = "{A}", names = { Korea = "KOR" } }
        b = { country = "{B}" }
        [[records]]
        of = "events"
        cells = { slug = "{A}", participants = ["{a}:actor"] }
        """,
    )
    said = {"Korea": "PRK", "Yemen": "YAR YEM", "Fatah": "actor/fatah", "Rebels": AS_WORDS}
    known = read_profile("visits", with_names(profile, said))
    assert names_kept(known) == said
    assert known.values == {
        "a": {
            "party": "{A}",
            "names": {"Korea": "KOR", "Yemen": ["YAR", "YEM"], "Fatah": "actor/fatah"},
            "unnamed": {"Rebels": "Rebels"},
        },
        "b": {"country": "{B}", "names": {"Korea": "PRK", "Yemen": ["YAR", "YEM"]}},
    }
    again = read_profile("visits", with_names(known, {"Yemen": "YMD YEM"}))
    assert names_kept(again) == said | {"Yemen": "YMD YEM"}
    assert again.text.count(SAID_HERE) == 1


def test_a_profile_of_somebody_else_stays_as_it_is(desk: Any, states: None, django_user_model: Any) -> None:
    text = VISITS_OF_SOMEBODY
    make_profile("theirs", owner=django_user_model.objects.create_user("other"), text=text)
    page = sent(desk, b"Who,With\nPRK,Utopia\n")
    (names,) = re.findall(r'href="([^"]+/names/[^"]*)"', page.content.decode())
    said = {"profile": "theirs", "name_asked": ["Utopia"], "who_0": AS_WORDS}
    page = desk.post(names, said, follow=True)
    assert page.context["profile"].name == "theirs-names"
    assert KeptProfile.objects.get(name="theirs").text == text
    assert desk.get(names.replace("theirs", "nobodys")).status_code == 404
    forged = desk.post(names, said | {"name_asked": ["Utopia\u202e"]})
    assert (forged.status_code, "holds the unseen character U+202E" in forged.content.decode()) == (404, True)


def test_dates_in_words_are_read_and_columns_in_braces_are_to_be_renamed(desk: Any, states: None) -> None:
    data = b"Nr,Told,Guest,{x}\n1,3 mars 1973,PRK,a\n2,octobre 1974,PRK,b\n"
    form = sent(desk, data).context["form"]
    assert form["reading_1"].value() == "a date in words"
    assert [name for name, _ in form.fields["identify"].choices] == ["Nr", "Told", "Guest"]
    menus = said(4, {1: "happened_on", 2: "participants: actor"}, identify=["Guest", "Told"])
    menus |= {"fixed": "figures = killed={Nr} persons"}
    assert errors(desk, data, menus | {"target_3": "note"}) == {"target_3": [OF_BRACES]}
    brought(desk, data, menus)
    assert [*Event.objects.order_by("slug").values_list("slug", "happened_on")] == [
        ("prk-1973-03-03", "1973-03-03"),
        ("prk-1974-10", "1974-10"),
    ]
    assert [str(each) for each in EventFigure.objects.order_by("event__slug")] == [
        "Killed: 1 person",
        "Killed: 2 persons",
    ]


def test_numbers_are_read_as_the_menu_says_that_they_are_written(desk: Any, states: None) -> None:
    data = b'Nr,From,To,Period,Figure\n1,PRK,EGY,1973,1.200\n2,PRK,SYR,1974,"3.400,5"\n'
    page = sent(desk, data)
    form = desk.get(f"{page.redirect_chain[-1][0]}?of=observations").context["form"]
    assert (form["target_4"].value(), form["reading_4"].value()) == ("figure", "a number, as 1.234,5")
    columns = {1: "from_country", 2: "to_country", 3: "period", 4: ("figure", "a number, as 1.234,5")}
    menus = said(
        5, columns, of="observations", identify=["Nr"], same_kind="", same_measure="weight", unit_figure="tonnes"
    )
    brought(desk, data, menus)
    assert [str(each.figure) for each in Observation.objects.order_by("slug")] == ["1,200 tonnes", "3,400.5 tonnes"]


def test_an_unseen_character_in_a_box_is_named(desk: Any, states: None) -> None:
    menus = said(5, {1: "happened_on", 4: "participants: actor"}, identify=["Nr"], fixed="note = From\u202e a table")
    told = "mine: holds the unseen character U+202E RIGHT-TO-LEFT OVERRIDE; take it out."
    assert errors(desk, IN_PARTS, menus) == {"__all__": [told]}


def test_what_was_so_year_by_year_becomes_states_of_affairs(desk: Any, states: None) -> None:
    data = b"A,B,Year,Level\nPRK,EGY,1973,consular\nPRK,EGY,1974,ambassador\nPRK,EGY,1975,ambassador\n"
    data += b"PRK,EGY,1976,consular\nPRK,SYR,1973,consular\nPRK,SYR,1976,consular\n"
    columns = {0: "relation: first side", 1: "relation: second side", 2: "began_on", 3: "value"}
    menus = said(4, columns, of="periods", identify=["A", "B", "Year"], same_track="level", fixed="held_by = PRK")
    menus |= {"same_kind": "", "seen_in": "year"}
    assert errors(desk, data, menus | {"target_2": "ended_on"})["seen_in"] == [OF_A_YEAR]
    assert errors(desk, data, menus | {"target_3": "ended_on"})["seen_in"] == [OF_A_YEAR]
    assert "seen_in" not in sent(desk, data).context["form"].fields  # a table of events
    brought(desk, data, menus)
    rows = RelationPeriod.objects.order_by("slug").values_list("slug", "value", "began_on", "ended_on")
    assert [*rows] == [
        ("prk-egy-1973", "consular", "[..1973]", "1973"),
        ("prk-egy-1974", "ambassador", "1974", "1975"),
        ("prk-egy-1976", "consular", "1976", ""),
        ("prk-syr-1973", "consular", "[..1973]", "1973"),  # the table says nothing about 1974 and 1975
        ("prk-syr-1976", "consular", "1976", ""),
    ]
