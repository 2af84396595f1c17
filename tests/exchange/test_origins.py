"""Refused rows that are imported by themselves are cited by their line numbers in the first file."""

import json

import pytest

from relations.exchange.batches import File
from relations.exchange.foreign import read_table
from relations.exchange.intake import Intake
from relations.exchange.origins import NEW_ROWS, NOTE, origin_file
from relations.exchange.profiles import read_profile, shipped
from relations.exchange.rejects import rejects
from relations.exchange.seen import look_at
from relations.models import Citation
from tests.exchange.test_sheets import workbook
from tests.factories import make_country

pytestmark = pytest.mark.django_db

VISITS = """
title = "Visits"
[source]
key = "visits"
csl_type = "dataset"
title = "Visits"
[[records]]
of = "events"
[records.cells]
slug = "visit {guest} {host} {year}"
kind = "{kind}"
title = "Visit {line}"
happened_on = "{year}"
participants = ["{guest}:actor", "{host}:host"]
"""


def test_a_refused_row_is_cited_by_its_place_in_the_file_that_it_came_from() -> None:
    for code in ("PRK", "EGY"):
        make_country(code)
    profile = read_profile("visits", VISITS)
    first = b"year,guest,host,kind\n1973,PRK,EGY,visit\n1974,PRK,EGY,vizit\n1975,PRK,EGY,visit\n1976,EGY,PRK,vizit\n"
    table = read_table(first, profile)
    outcome = Intake(table, profile, File("visits.csv", "0" * 64)).run(without_refused=True)
    mend = rejects(table, profile, outcome.refused, first, "visits.csv").decode()
    assert mend == "refused line of visits.csv,year,guest,host,kind\n3,1974,PRK,EGY,vizit\n5,1976,EGY,PRK,vizit\n"

    half = mend.replace("EGY,vizit", "EGY,visit").encode()
    table = read_table(half, profile)
    outcome = Intake(table, profile, File("mended.csv", "1" * 64)).run(without_refused=True)
    (refusal,) = outcome.refusals
    assert str(refusal).startswith("line 3 (5 of visits.csv), column kind: 'vizit' is none of the 52")
    again = rejects(table, profile, outcome.refused, half, "mended.csv").decode()
    assert again == "refused line of visits.csv,year,guest,host,kind\n5,1976,EGY,PRK,vizit\n"

    last = read_table(again.replace("vizit", "visit").encode(), profile)
    Intake(last, profile, File("again.csv", "2" * 64)).run()
    found = Citation.objects.order_by("event__slug").values_list("event__slug", "event__title", "locator")
    assert [*found] == [
        ("visit-egy-prk-1976", "Visit 5", "row 5"),
        ("visit-prk-egy-1973", "Visit 2", "row 2"),
        ("visit-prk-egy-1974", "Visit 3", "row 3"),
        ("visit-prk-egy-1975", "Visit 4", "row 4"),
    ]


@pytest.mark.parametrize(("told", "why"), [("", "it is missing"), ("3a", "a unit or a sign"), ("-3", "is negative")])
def test_a_row_that_stood_in_no_line_of_that_file_is_refused(told: str, why: str) -> None:
    profile = read_profile("visits", VISITS)
    data = f"refused line of a.csv,year,guest,host,kind\n{told},1974,PRK,EGY,visit\n4,1975,PRK,EGY,visit\n".encode()
    table = read_table(data, profile)
    assert [*table.faults] == [2]
    assert table.faults[2].startswith("column refused line of a.csv: ")
    assert (why in table.faults[2], table.faults[2].endswith(NEW_ROWS)) == (True, True)
    assert table.place(2, 3).words == "lines 2, 3 (4 of a.csv)"
    assert rejects(table, profile, {2}, data, "b.csv") == b"\n".join([*data.splitlines()[:2], b""])


def test_a_refused_entry_of_a_bibliography_keeps_its_place() -> None:
    profile = shipped()["csl-json"]
    data = json.dumps([{"id": "a", "type": "book", "title": "A"}, {"id": "b", "type": "boook", "title": "B"}]).encode()
    mend = rejects(read_table(data, profile), profile, {2}, data, "library.json")
    assert json.loads(mend) == [{"refused entry of library.json": "2", "id": "b", "type": "boook", "title": "B"}]
    table = read_table(mend, profile)
    assert (table.place(1).words, table.notes) == ("entry 1 (2 of library.json)", [NOTE.format("library.json")])
    assert rejects(table, profile, {1}, mend, "mended.json") == mend


def test_a_file_whose_name_cannot_be_read_is_no_origin() -> None:
    assert origin_file(" refused line of a  b.csv ") == "a b.csv"
    assert [origin_file(name) for name in ("refused line of a\0.csv", "refused line of ", "line of a.csv", "")] == [
        ""
    ] * 4


def test_the_column_of_places_is_no_column_of_the_table() -> None:
    data = b"refused line of a.csv,Guest,Host\n7,PRK,EGY\n9,SYR,EGY\n"
    assert [each.name for each in look_at(data).columns] == ["Guest", "Host"]
    cells = [["refused line of a.csv", "year", "guest", "host", "kind"], ["7", "#REF!", "PRK", "EGY", "visit"]]
    table = read_table(workbook(*cells), read_profile("visits", VISITS))
    assert (table.columns, [*table.faults]) == (["year", "guest", "host", "kind"], [2])
    assert table.faults[2].startswith("column year: '#REF!' is an error of a spreadsheet")
