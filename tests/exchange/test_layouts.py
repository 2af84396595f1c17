"""Files in the layouts of SIPRI and PLOVER: their contents, and what is left out."""

import csv
import io

import pytest

from relations.exchange.layouts import LAYOUTS, sipri
from relations.exchange.layouts.plover import plover_of
from relations.exchange.layouts.sipri import years
from relations.models.vocabularies import EventKind
from tests.exchange.test_sipri import bring_in
from tests.factories import make_actor, make_country, make_event, make_transfer

pytestmark = pytest.mark.django_db
# The made-up rows of tests/exchange/test_sipri.py as SIPRI's two layouts have them.
CLASSIC = """\
Egypt,Country SUN,1961,?,40,?,Specimen-1,fighter aircraft,40,?,1962-1965,New,COMMENT,4,160,160
Country IND,Country RUS,2001,?,,,Specimen-10,tank,110,?,2002-2003,New,,3,,330
Turkey,Country USA,2001,,12,,Specimen-2,APC,7,,2003-2004,Second hand but modernized,Señor version,0.2,2.4,1.4
Hezbollah*,Iran,2005,?,,,Specimen-3,portable SAM,20,?,2006,New,,0.02,,0.4
NATO**,Country USA,2010,,5,,Specimen-4,UAV,5,,2019,New,,10,50,50
unknown recipient(s),Country CHN,1990,?,10,?,Specimen-5,anti-ship missile,10,?,1991,New,,0.3,3,3
Iraq,unknown supplier(s),1985,?,2,,Specimen-6,satellite,2,,1986,New,,1,2,2
Country CIV,Country DDR,1980,,3,,Specimen-7,patrol boat,,,,New,,2,6,
"""


def table(client, path: str) -> list[list[str]]:
    response = client.get(path)
    assert response.status_code == 200
    return list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode())))


def test_deals_stand_in_the_columns_of_sipris_register(client):
    bring_in()
    told = table(client, "/sipri.csv")
    right = list(csv.reader(io.StringIO(CLASSIC.replace("COMMENT", '"Delivered in 1962, 1963 and 1965."'))))
    assert told[0][:16] == list(sipri.CLASSIC)
    assert [row[:16] for row in told[1:]] == right
    assert told[1][16:18] == ["specimen-1", "asserted"]


def test_deals_stand_in_the_columns_of_sipris_register_since_2025(client):
    bring_in()
    header, *rows = table(client, "/sipri-2025.csv?status=delivered&country=IND&country=TUR&country=USA")
    told = [dict(zip(header, row, strict=True)) for row in rows]
    names = ("Recipient", "Armament category", "Order date", "Order date is estimate", "Numbers delivered")
    names += ("Numbers delivered is estimate", "Delivery year", "Status", "TIV deal unit", "Local production")
    assert [[row[name] for name in names] for row in told] == [
        ["Country IND", "Armoured vehicles", "2001", "Yes", "110", "Yes", "2002-2003", "New", "3", "Yes"],
        ["NATO**", "Aircraft", "2010", "No", "5", "No", "2019", "New", "10", "No"],
    ]


def test_what_was_only_sought_denied_or_is_no_equipment_is_not_in_sipris_columns(client):
    make_transfer(slug="bought", deal_status="ordered")
    make_transfer(slug="sought", deal_status="sought")
    make_transfer(slug="denied", deal_status="delivered", negated=True)
    make_transfer(slug="training", deal_status="delivered", kind="assistance")
    assert [row[16] for row in table(client, "/sipri.csv")[1:]] == ["bought"]


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("", ("", False)),
        ("1961", ("1961", False)),
        ("1961-03-04", ("1961", False)),
        ("1961?", ("1961", True)),
        ("1961~", ("1961", True)),
        ("196X", ("", True)),
        ("[1979,1980]", ("1979", True)),
        ("{1962,1963,1965}", ("1962; 1963; 1965", False)),
        ("1962/1965", ("1962-1965", False)),
        ("1962?/1965", ("1962-1965", True)),
        ("1962/1962", ("1962", False)),
    ],
)
def test_years_are_no_more_exact_than_the_date(day, told):
    assert years(day) == told


def test_event_is_a_row_for_each_pair_of_who_did_it_and_to_whom(client):
    make_country("PRK").codes.create(scheme="cow", value="731", valid_from=1948)
    make_country("EGY").codes.create(scheme="cow", value="651", valid_from=1980)
    event = make_event("PRK", "EGY", slug="visit", kind="visit", title="A visit", happened_on="1973-03", place="Cairo")
    event.participations.create(actor=make_actor("orascom", country=make_country("EGY")), role="recipient")
    event.participations.create(country=make_country("IRN"), role="concerned")
    vote = make_event("PRK", slug="vote", kind="un_vote", happened_on="1975")
    vote.participations.create(country=make_country("EGY"), role="voted_against")
    make_event("PRK", "EGY", slug="never", negated=True)
    header, *rows = table(client, "/plover.csv")
    told = [dict(zip(header, row, strict=True)) for row in rows]
    names = ("Event ID", "Event Date", "Event Type", "Event Mode", "Quad Code", "Actor COW", "Recipient Name")
    names += ("Recipient Country", "Recipient COW", "Placename", "dyad_date")
    assert [[row[name] for name in names] for row in told] == [
        ["visit", "1973-03-01", "CONSULT", "visit", "1", "731", "Egypt", "EGY", "", "Cairo", "1973-03"],
        ["visit", "1973-03-01", "CONSULT", "visit", "1", "731", "Orascom", "EGY", "", "Cairo", "1973-03"],
        ["vote", "1975-01-01", "", "", "", "731", "", "", "", "", "1975"],
        ["vote", "1975-01-01", "REJECT", "", "3", "", "", "", "", "", "1975"],
    ]


def test_kind_that_may_be_one_of_several_has_only_what_these_have_in_common():
    assert plover_of("threat", "actor") == ("THREATEN", "", "")
    assert plover_of("expulsion", "actor") == ("", "", "")
    assert plover_of("occupation", "actor") == ("COERCE", "seize", "military;territory")
    assert plover_of("statement", "actor") == ("", "", "")
    assert plover_of("un_vote", "voted_for") == ("SUPPORT", "", "diplomatic")
    unread = [kind.value for kind in EventKind if kind.plover != "no code" and not plover_of(kind, "actor")[0]]
    assert unread == ["un_vote", "expulsion"]


def test_layouts_are_csv_alone(client):
    for layout in LAYOUTS:
        assert client.get(f"/{layout.name}.json").status_code == 404
