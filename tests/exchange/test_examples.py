"""The examples of docs/data.md: each runs as it is printed, against a register with data."""

import io
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.test import Client

from relations.exchange.releases import make
from tests.factories import make_event, make_mission, make_period

pytestmark = pytest.mark.django_db
TEXT = (Path(__file__).resolve().parents[2] / "docs" / "data.md").read_text()
EXAMPLES = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
IN_R = re.findall(r"```r\n(.*?)```", TEXT, re.DOTALL)
PRINTED = [
    "[(('EGY', 'PRK'), 10)]\n",
    "[(('EGY', 'recipient'), 1), (('PRK', 'actor'), 1)]\n",
    "2 0\n",
    "[('events', 2, 2), ('missions', 1, 1), ('periods', 2, 2)]\nRelease 1.0 of the register at http://127.0.0.1:8000/\n",
]


@pytest.fixture(autouse=True)
def register(settings, tmp_path, monkeypatch):
    """A register with a release, and `urlopen` patched to request its pages."""
    settings.RELEASES = str(tmp_path)
    with transaction.atomic():
        make_period("legal", "established", began_on="1963-08-24", slug="begun")
        make_period("legal", "severed", began_on="1973", slug="ended")
        make_event("PRK", "EGY", slug="visit")
        make_event("PRK", "EGY", slug="never", negated=True)
        make_mission(slug="post", opened_on="1964")
    make("1.0", made_on=date(2026, 11, 27))

    def urlopen(address: str) -> io.BytesIO:
        parts = urlsplit(address)
        return io.BytesIO(Client().get(f"{parts.path}?{parts.query}").getvalue())

    monkeypatch.setattr("urllib.request.urlopen", urlopen)


@pytest.mark.parametrize(("code", "printed"), [*zip(EXAMPLES, PRINTED, strict=True)])
def test_example_prints_what_it_is_for(code, printed, capsys):
    exec(compile(code, "docs/data.md", "exec"), {})  # noqa: S102 - our own documentation
    assert capsys.readouterr().out == printed


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not at hand")
def test_example_in_r_counts_embassies(live_server):
    (code,) = IN_R
    code = code.replace("http://127.0.0.1:8000/", f"{live_server.url}/")
    told = subprocess.run(["Rscript", "-e", code], capture_output=True, text=True, check=True).stdout
    assert "2020" in told


def test_there_are_five_examples():
    assert (len(EXAMPLES), len(IN_R)) == (4, 1)
