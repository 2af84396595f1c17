"""The OpenAPI document: every request gets a response as described, whether it is valid or not."""

from urllib.parse import urlsplit

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from relations.addresses import RECORDS, THINGS
from relations.api.openapi import document
from tests.factories import make_event, make_figure, make_one_of_everything

pytestmark = pytest.mark.django_db
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
OPERATIONS = 2 * (len(THINGS) + len(RECORDS)) + 3


@pytest.fixture
def operations():
    """All operations of the schema, for a register with every type of row, within the transaction of the test."""
    make_one_of_everything()
    make_figure(make_event(slug="visit"))
    keys = known_keys()  # first, because Django's test client reconnects these signals
    schema = schemathesis.openapi.from_dict(document("http://localhost/"))
    schema.app = WSGIHandler()
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield keys, {operation.ok().label: operation.ok() for operation in schema.get_all_operations()}
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def known_keys() -> dict[str, str]:
    """The key of one row of each collection."""
    keys = {}
    for collection in (*THINGS, *RECORDS):
        row = Client().get(f"/api/v1/{collection}/").json()["results"][0]
        keys[collection] = urlsplit(row["permalink"]).path.strip("/").rpartition("/")[2]
    return keys


def test_every_question_is_answered_as_described(operations):
    (keys, every), answered = operations, {}
    assert len(every) == OPERATIONS
    for label, operation in every.items():
        collection = label.split("/")[3]
        path = {"key": keys[collection]} if "{key}" in label else {}
        body = {"body": {"queries": '{"q0": {"query": "Egypt"}}'}} if operation.method == "post" else {}
        case = operation.Case(path_parameters=path, **body)
        response = case.call()
        answered[label] = response.status_code
        case.validate_response(response, checks=CHECKS)
    assert set(answered.values()) == {200}


def test_invalid_requests_are_answered_as_described(operations):
    for operation in operations[1].values():

        @settings(max_examples=2, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def asked(case):
            case.validate_response(case.call(), checks=CHECKS)

        asked()


def test_description_names_what_a_form_takes():
    paths = document("https://dyad.example/")["paths"]
    asked = {each["name"]: each for each in paths["/api/v1/events/"]["get"]["parameters"]}
    assert asked.keys() >= {"country", "partner", "actor", "role", "kind", "from", "to", "q", "after", "size", "sort"}
    assert asked["kind"]["schema"]["items"]["enum"][:2] == ["agreement", "visit"]
    assert asked["country"]["schema"]["items"] == {"type": "string", "pattern": "^[A-Z]{3}$"}
    assert asked["size"]["schema"] == {"type": "integer", "minimum": 10, "maximum": 200, "default": 50}
    assert asked["updated_since"]["schema"]["format"] == "date-time"
    assert "as_of" not in asked
    assert "as_of" in {each["name"] for each in paths["/api/v1/missions/{key}/"]["get"]["parameters"]}
