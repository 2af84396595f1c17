"""Ranks of representatives observed every few years, as levels of either side: their status on days in between.

The rows are some of France's in the Correlates of War's Diplomatic Exchange, 2006v1 (Reşat Bayer), free to use with
citation. `DR_at_1` is the rank of the representative of the second state at the first.
"""

import csv
import io
from datetime import date
from itertools import groupby, pairwise

import pytest

from relations.models import RelationPeriod
from relations.status import status_on
from tests.exchange.test_imports import csv_of, imported
from tests.factories import make_country, make_relation, make_source

pytestmark = pytest.mark.django_db

RANKS = """\
ccode1,ccode2,year,DR_at_1,DR_at_2
220,110,1970,0,0
220,110,1975,3,0
220,110,1980,3,3
220,110,1985,0,0
220,110,1990,0,0
220,115,1975,0,0
220,115,1980,0,3
220,115,1985,0,1
220,115,1990,0,1
220,115,1995,0,3
220,115,2000,0,3
220,140,1914,2,2
220,140,1920,3,2
220,140,1925,3,3
220,140,1940,3,3
220,140,1950,9,9
220,140,1965,9,9
220,140,1970,3,3
220,145,1970,1,3
220,145,1975,3,3
"""
CODES = {"110": "GUY", "115": "SUR", "140": "BRA", "145": "BOL", "220": "FRA"}
LEVELS = {"1": "charge_d_affaires", "2": "minister", "3": "ambassador", "9": "unspecified"}
NONE_SEEN = "0"  # nobody has seen a representative, which is not that somebody says there was none
ON = "on_that_day"
ANSWERS = {
    ("SUR", "FRA", "1985-07-01"): ("not_stated", []),
    ("FRA", "SUR", "1985-07-01"): (ON, ["charge_d_affaires"]),
    ("FRA", "SUR", "1992-07-01"): ("possibly", ["charge_d_affaires", "ambassador"]),
    ("FRA", "SUR", "1995-07-01"): (ON, ["ambassador"]),
    ("GUY", "FRA", "1975-07-01"): (ON, ["ambassador"]),
    ("FRA", "GUY", "1975-07-01"): ("not_stated", []),
    ("GUY", "FRA", "1985-07-01"): ("ended", ["ambassador"]),
    ("BRA", "FRA", "1920-07-01"): (ON, ["ambassador"]),
    ("FRA", "BRA", "1920-07-01"): (ON, ["minister"]),
    ("BRA", "FRA", "1955-07-01"): (ON, ["unspecified"]),
    ("BOL", "FRA", "1970-07-01"): (ON, ["charge_d_affaires"]),
    ("FRA", "BOL", "1970-07-01"): (ON, ["ambassador"]),
}


def levels(sender: str, receiver: str, seen: list[tuple[str, str]]) -> list[dict[str, str]]:
    """The levels of one side from its observed ranks in the order of years.

    A level began after the last observation of another one, and by its own first. If the next observation is that there
    is nobody, it ended before that.
    """
    runs = [(rank, [year for _, year in years]) for rank, years in groupby(seen, key=lambda each: each[0])]
    began, found = f"[..{runs[0][1][0]}-01-01]", []
    for number, ((rank, years), (following, later)) in enumerate(pairwise([*runs, ("", [])])):
        changed = f"[{int(years[-1]) + 1}-01-01..{later[0]}-01-01]" if later else ""
        if rank != NONE_SEEN:
            found.append(
                {
                    "slug": f"{sender}-{receiver}-{number}".lower(),
                    "relation": make_relation(sender, receiver).code,
                    "track": "level",
                    "value": LEVELS[rank],
                    "held_by": sender,
                    "began_on": began,
                    "ended_on": changed if following == NONE_SEEN else "",
                    "citations": f"cow-dipex@{sender} in {receiver}, {years[0]}",
                    "state": "published",
                }
            )
        began = changed
    return found


def test_rank_on_a_day_is_the_one_seen_or_the_two_between_which_it_changed() -> None:
    make_source("cow-dipex", csl_type="dataset")
    rows = list(csv.DictReader(io.StringIO(RANKS)))
    for code in CODES.values():
        make_country(code)
    periods = []
    for other in ("110", "115", "140", "145"):
        of_pair = [row for row in rows if row["ccode2"] == other]
        periods += levels(CODES[other], "FRA", [(row["DR_at_1"], row["year"]) for row in of_pair])
        periods += levels("FRA", CODES[other], [(row["DR_at_2"], row["year"]) for row in of_pair])
    imported(RelationPeriod, csv_of(*periods))
    told = {}
    for sender, receiver, day in ANSWERS:
        answers = status_on(make_relation(sender, receiver), date.fromisoformat(day), ["level"]).answers
        (answer,) = (answer for answer in answers if answer.holder and answer.holder.code == sender)
        told[sender, receiver, day] = str(answer.verdict), [record.value for record in answer.records]
    assert told == ANSWERS
