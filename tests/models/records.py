"""Factories of all types of record, for tests of what they have in common."""

from typing import Any

import pytest
from django.db.models import QuerySet

from tests.factories import make_event, make_mission, make_observation, make_period, make_transfer

MAKERS = {
    "relationperiod": make_period,
    "mission": make_mission,
    "event": make_event,
    "armstransfer": make_transfer,
    "observation": make_observation,
}
EACH_RECORD = pytest.mark.parametrize("owner", MAKERS)


def rows(record: Any) -> QuerySet:
    """A QuerySet with only this record, for writing without `save()`."""
    return type(record).objects.filter(pk=record.pk)
