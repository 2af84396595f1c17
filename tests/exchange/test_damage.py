"""Damaged files, made from good ones: each is read, or refused with a message, and none causes an exception."""

import io
import json
import re
import struct
import zipfile
from contextlib import closing, suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relations.coding.fixtures import DIRECTORY, read_fixtures
from relations.exchange.batches import File
from relations.exchange.catalogue import choose
from relations.exchange.columns import COLUMNS
from relations.exchange.exports import csv_response, xlsx_response
from relations.exchange.imports import RESOURCES
from relations.exchange.intake import Intake
from relations.exchange.mapping import Mapping
from relations.exchange.parties import Parties
from relations.exchange.rows import RefusedError, Wanted
from relations.exchange.seen import look_at
from relations.exchange.sheets import read_csv, read_xlsx
from relations.exchange.tables import SheetError
from tests.exchange.test_sheets import refusal, workbook
from tests.factories import make_one_of_everything
from tests.foreign import ODD

READERS = {"csv": read_csv, "xlsx": read_xlsx}
in_seconds = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def flipped(data: bytes, place: int, new: bytes) -> bytes:
    return data[:place] + new + data[place + len(new) :]


def cut(data: bytes, place: int, new: bytes) -> bytes:
    return data[:place]


def torn(data: bytes, place: int, new: bytes) -> bytes:
    return data[:place] + data[place + 20 :]


def inserted(data: bytes, place: int, new: bytes) -> bytes:
    return data[:place] + new + data[place:]


@st.composite
def damaged(draw: st.DrawFn, data: bytes) -> bytes:
    """The data with a few bytes changed, cut off, removed or inserted."""
    for _ in range(draw(st.integers(1, 3))):
        damage = draw(st.sampled_from([flipped, flipped, cut, torn, inserted]))
        new = draw(st.one_of(st.binary(min_size=1, max_size=4), st.sampled_from(ODD).map(str.encode)))
        data = damage(data, draw(st.integers(0, len(data))), new)
    return data


def rewritten(data: bytes, damage) -> bytes:
    """A workbook in which `damage` has changed each member, given its name and content."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, damage(name, source.read(name)))
    return file.getvalue()


@pytest.fixture
def good(db):
    """A file with rows for every format and every model that can be imported."""
    make_one_of_everything()
    files = {}
    for model in COLUMNS:
        rows = model._default_manager.all()
        files["csv", model] = b"".join(csv_response(rows, base_url="", audience="desk"))
        with closing(xlsx_response(rows, base_url="", audience="desk").file_to_stream) as file:
            files["xlsx", model] = file.read()
    return files


def imported(file_format: str, model, data: bytes) -> str:
    """The reasons why a file is refused; an empty list if it would be written."""
    try:
        dataset = READERS[file_format](data)
    except SheetError as error:
        return str(error)
    result = RESOURCES[model]().import_data(dataset, dry_run=True)
    told = [str(error.error) for error in result.base_errors]
    return "\n".join(told + [message for row in result.invalid_rows for message in row.error.messages])


FILES = [(file_format, model) for file_format in READERS for model in COLUMNS]


def test_the_good_files_are_read(good):
    assert {key: imported(*key, data) for key, data in good.items()} == dict.fromkeys(FILES, "")


@in_seconds
@given(key=st.sampled_from(FILES), data=st.data())
def test_a_damaged_file_is_read_or_refused(good, key, data):
    imported(*key, data.draw(damaged(good[key])))


@in_seconds
@given(model=st.sampled_from(list(COLUMNS)), data=st.data())
def test_a_workbook_with_a_damaged_part_is_read_or_refused(good, model, data):
    book = good["xlsx", model]
    part = data.draw(st.sampled_from(zipfile.ZipFile(io.BytesIO(book)).namelist()))
    imported(
        "xlsx",
        model,
        rewritten(book, lambda name, content: data.draw(damaged(content)) if name == part else content),
    )


@in_seconds
@given(data=st.data())
def test_a_damaged_fixture_is_read_or_refused(tmp_path, data):
    good = (DIRECTORY / data.draw(st.sampled_from(["actors.yaml", "jordan.yaml", "sources.yaml"]))).read_bytes()
    (tmp_path / "damaged.yaml").write_bytes(data.draw(damaged(good)))
    try:
        assert isinstance(read_fixtures(tmp_path), Wanted)
    except RefusedError as error:
        assert str(error)


# What was an error of ours before.
GOOD = workbook(["slug"], ["a"])


def with_headers(offset: int, value: int) -> bytes:
    """A workbook with a changed number in the headers of its members: flags are at 6, compression at 8."""
    data = workbook(["slug"], ["a"])
    for begin, more in ((rb"PK\x03\x04", 0), (rb"PK\x01\x02", 2)):
        for found in re.finditer(begin, data):
            data = flipped(data, found.start() + offset + more, struct.pack("<H", value))
    return data


def of_sheet(old: bytes, new: bytes) -> bytes:
    """A workbook with a changed sheet."""
    return rewritten(workbook(["slug"], [1]), lambda name, content: content.replace(old, new))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (with_headers(6, 1), "RuntimeError"),
        (with_headers(8, 99), "NotImplementedError"),
        (flipped(GOOD, GOOD.index(b"xl/worksheets/sheet1.xml") + 30, bytes(20)), "error"),
        (rewritten(GOOD, lambda name, content: content[:-9]), "ParseError"),
        (rewritten(GOOD, lambda name, content: b""), "ParseError"),
        (of_sheet(b'<c r="A2"', b'<c r="A2" s="999"'), "IndexError"),
    ],
    ids=["encrypted", "packed by nobody", "damaged deflate", "cut XML", "no XML", "of no style"],
)
def test_a_damaged_workbook_is_refused_in_words(data, kind):
    assert refusal(read_xlsx, data) == f"This is not a readable XLSX workbook ({kind})."


# Tables of somebody else

SOMEBODYS = {
    "text": "Nr;Date;Guest\n1;1973-03-01;Türkiye\n2;1974;Syria\n".encode("cp1252"),
    "workbook": workbook(["Nr", "Date", "Guest"], [1, "1973-03-01", "Türkiye"], [2, "1974", "Syria"]),
    "bibliography": b'[{"id": "a", "type": "book", "title": "T", "author": [{"family": "F", "given": "G"}],'
    b' "issued": {"date-parts": [[1973, 3]]}, "DOI": "10.1/x"}]',
}

CSL = [
    *("id", "type", "title", "author", "editor", "issued", "accessed", "DOI", "URL", "language", "note", "abstract"),
    *("family", "given", "literal", "date-parts", "circa", "raw", "page", "publisher", "container-title"),
]


@pytest.mark.django_db
@in_seconds
@given(kind=st.sampled_from(sorted(SOMEBODYS)), data=st.data())
def test_a_damaged_table_of_somebody_is_looked_at_or_refused(kind, data):
    content = data.draw(damaged(SOMEBODYS[kind]))
    for read in (look_at, choose):
        with suppress(SheetError):
            read(content)


@pytest.mark.django_db
@in_seconds
@given(data=st.data())
def test_a_workbook_of_somebody_with_a_damaged_part_is_looked_at_or_refused(data):
    book = SOMEBODYS["workbook"]
    part = data.draw(st.sampled_from(zipfile.ZipFile(io.BytesIO(book)).namelist()))
    with suppress(SheetError):
        look_at(rewritten(book, lambda name, content: data.draw(damaged(content)) if name == part else content))


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=9),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.sampled_from(CSL), children, max_size=3),
)


@pytest.mark.django_db
@in_seconds
@given(entry=st.dictionaries(st.sampled_from(CSL), ANYTHING, min_size=1))
def test_a_bibliography_of_anything_is_read(entry):
    profile, table = choose(json.dumps([{"id": "a", "type": "book", "title": "T"} | entry]).encode())
    Mapping(table, profile, Parties()).lines()


@pytest.mark.django_db
def test_half_a_character_in_a_bibliography_is_named():
    profile, table = choose(b'[{"id": "a", "type": "book", "title": "half \\ud800"}]')
    outcome = Intake(table, profile, File("a.json", "")).run(rehearse=True)
    assert [str(each) for each in outcome.refusals] == [
        "entry 1: title is not as CSL-JSON has it (holds the unseen character U+D800 control character; take it out)"
    ]


@pytest.mark.django_db
def test_a_date_of_a_bibliography_that_is_no_number_is_named():
    profile, table = choose(b'[{"id": "a", "type": "book", "title": "T", "issued": {"date-parts": [[1e400]]}}]')
    outcome = Intake(table, profile, File("a.json", "")).run(rehearse=True)
    assert [str(each) for each in outcome.refusals] == [
        "entry 1: issued is not as CSL-JSON has it (cannot convert float infinity to integer)"
    ]
