"""Militarised interstate disputes as events: a table of the field, mapped by the codes of our kinds of events.

The rows are disputes 2, 3 and 4 of Gibler, Miller and Little, "An Assessment of the Militarized Interstate Dispute
(MID) Dataset, 1816–2001", International Studies Quarterly 60 (2016), free to use with citation.
"""

import csv
import io

import pytest
from django.test import Client

from relations.models import Event
from relations.models.vocabularies import EventKind
from tests.exchange.test_imports import csv_of, imported
from tests.factories import make_country, make_source

pytestmark = pytest.mark.django_db

DISPUTES = """\
dispnum,ccode,styear,stmon,stday,endyear,endmon,endday,sidea,hiact_part,outcome,settle,fatality,hiact_disp,hostlev
2,200,1902,5,-9,1902,5,-9,0,0,6,1,0,7,3
2,2,1902,5,-9,1902,5,-9,1,7,6,1,0,7,3
3,345,1913,5,2,1913,10,25,0,0,4,3,0,10,3
3,300,1913,5,2,1913,10,25,1,10,4,3,0,10,3
4,339,1946,5,15,1946,11,13,1,16,6,1,2,16,4
4,200,1946,5,15,1946,11,13,0,7,6,1,2,16,4
"""
CODES = {"2": "USA", "200": "GBR", "300": "AUH", "339": "ALB", "345": "YUG"}
KILLED = {"0": "killed=0 persons", "2": "killed=26..100 persons"}
KIND_OF = {action: kind for kind in EventKind if kind.mid for action in kind.mid.actions}


def day(year: str, month: str, day: str) -> str:
    """A date in EDTF from the parts of the table, in which -9 means unknown."""
    return "-".join([year, *(f"{int(part):02}" for part in (month, day) if part != "-9")])


def event(sides: list[dict[str, str]]) -> dict[str, str]:
    """A dispute as a row of our file."""
    first, kind = sides[0], KIND_OF[int(sides[0]["hiact_disp"])]
    began, ended = (day(*(first[f"{end}{part}"] for part in ("year", "mon", "day"))) for end in ("st", "end"))
    roles = [f"{CODES[side['ccode']]}:{'actor' if side['sidea'] == '1' else 'recipient'}" for side in sides]
    return {
        "slug": f"dispute-{first['dispnum']}",
        "kind": kind,
        "happened_on": began if began == ended else f"{began}/{ended}",
        "title": f"Dispute {first['dispnum']}",
        "participants": "; ".join(roles),
        "figures": KILLED[first["fatality"]],
        "citations": f"gml-mid@{first['dispnum']}",
        "state": "published",
    }


@pytest.fixture
def disputes() -> list[list[dict[str, str]]]:
    """The rows of the table, grouped by dispute."""
    rows = list(csv.DictReader(io.StringIO(DISPUTES)))
    return [[row for row in rows if row["dispnum"] == number] for number in ("2", "3", "4")]


def test_disputes_are_events_with_the_kinds_and_parties_of_their_codes(
    disputes: list[list[dict[str, str]]], client: Client
) -> None:
    make_source("gml-mid", csl_type="dataset")
    for code in CODES.values():
        make_country(code)

    imported(Event, csv_of(*map(event, disputes)))

    page = client.get("/events.csv")
    told = csv.DictReader(io.StringIO(b"".join(page.streaming_content).decode()))
    columns = ("slug", "kind", "happened_on", "participants", "figures")
    assert [tuple(row[name] for name in columns) for row in told] == [
        ("dispute-2", "show_of_force", "1902-05", "USA:actor; GBR:recipient", "killed=0 persons"),
        ("dispute-3", "mobilisation", "1913-05-02/1913-10-25", "AUH:actor; YUG:recipient", "killed=0 persons"),
        ("dispute-4", "attack", "1946-05-15/1946-11-13", "ALB:actor; GBR:recipient", "killed=26..100 persons"),
    ]


def test_level_of_a_dispute_is_that_of_its_kind(disputes: list[list[dict[str, str]]]) -> None:
    levels = [KIND_OF[int(sides[0]["hiact_disp"])].mid.level for sides in disputes]
    assert levels == [int(sides[0]["hostlev"]) for sides in disputes] == [3, 3, 4]
