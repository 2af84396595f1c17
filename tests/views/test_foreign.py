"""Whatever is asked of the public site, it answers: with a page, or with words."""

from itertools import product

import pytest
from hypothesis import HealthCheck, example, given, settings

from relations.filters import PARAMETERS
from tests.factories import make_one_of_everything
from tests.foreign import asked

NAMES = [*PARAMETERS, "utm_source", "page", "format", "next", "x"]
KNOWN = ["EGY", "EGY-PRK", "talks", "orascom", "handbook", "egypt.1.1", "embassy", "exports"]


@pytest.fixture
def register(db):
    make_one_of_everything()


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(address=asked("/", NAMES, KNOWN).filter(lambda address: not address.startswith("/admin/")))
@example("/events/?after=9999-12-31~\U0010ffff&sort=-date")
@example("/events/?after=0001-01-01T00:00:00%2B23:59~x&sort=-changed")
@example("/chronology/?after=%F0%9D%9F%99&country=%00")
@example("/relations/EGY-PRK/?as_of=0001-01-01")
@example("/relations/EGY-PRK/?as_of=9999-12-31")
def test_every_public_address_answers(client, register, address):
    response = client.get(address)
    assert response.status_code < 500
    if response.streaming:
        assert b"".join(response)


def test_a_parameter_of_characters_that_nobody_types_is_named(client, register):
    paths = ["/events/", "/events.csv", "/chronology/", "/search/", "/about/"]
    for path, name in product(paths, ["q", "country", "from", "nonsense", "utm_source"]):
        response = client.get(f"{path}?{name}=visit%07s")
        assert (response.status_code, path, name) == (400, path, name)
        page = response.content.decode()
        assert f"“{name}” holds the unseen character U+0007 control character; take it out." in page, path
        assert f'<a href="{path}">The page without parameters</a>' in page, name


def test_breaks_and_marks_of_pasted_words_are_no_reason_to_refuse(client, register):
    assert client.get("/search/", {"q": "talks\tof\x0b\r\nthe \u200eparty"}).status_code == 200
