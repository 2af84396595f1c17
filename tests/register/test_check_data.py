"""The data checks find nothing in the register."""

import io

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_check_data_finds_nothing() -> None:
    out = io.StringIO()
    call_command("check_data", stdout=out)
    assert out.getvalue() == "0 errors, 0 warnings in 20 checks.\n"
