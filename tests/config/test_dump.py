"""Django's own dump: the commands of docs/operations.md copy a register with edits into an empty one."""

import json
import os
import re
import shlex
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from tests.config.conftest import CHECKOUT, manage
from tests.factories import make_event

WORK = """
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.db import transaction
from relations.models import Event
from tests.factories import make_event, make_one_of_everything
call_command("migrate", verbosity=0)
with transaction.atomic():
    make_one_of_everything()
    deleted, renamed, withdrawn = (make_event("PRK", slug=slug) for slug in ("deleted", "renamed", "withdrawn"))
coders = Group.objects.create(name="Our coders")
coders.permissions.add(Permission.objects.get(codename="change_event"))
researcher = User.objects.create_user("somebody", password="secret")
researcher.groups.add(coders)
deleted.delete()  # its address is gone
Event.objects.filter(pk=renamed.pk).update(title="Another title")
Event.objects.filter(pk=withdrawn.pk).update(state="draft")  # the address is gone, the record is not
LogEntry.objects.log_actions(researcher.pk, Event.objects.published()[:2], CHANGE)
"""


def documented_commands() -> str:
    """The commands in the section “Django's own dump”."""
    page = (CHECKOUT / "docs" / "operations.md").read_text()
    return re.search(r"^### Django's own dump\n.*?^```\n(.*?)^```", page, re.MULTILINE | re.DOTALL)[1]


def run_command(folder: Path, *arguments: str, **variables: str) -> str:
    with manage(folder, *arguments, **variables) as process:
        printed = process.communicate()[0]
    assert process.returncode == 0, printed
    return printed


def rows_of(dump: str) -> list[Any]:
    """The rows of a dump, which keeps milliseconds: Django writes those of a whole second in two ways."""
    return list(json.loads(dump.replace(".000Z", "Z")))


def test_the_documented_commands_carry_everything_into_an_empty_register(checkout):
    (checkout / ".venv" / "bin").mkdir(parents=True)
    python = checkout / ".venv" / "bin" / "python"
    python.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n')
    python.chmod(0o755)
    run_command(checkout, "shell", "--verbosity", "0", "--command", WORK)
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DYAD_DATA_DIR")}
    second = {"DYAD_DATA_DIR": str(checkout / "var" / "second" / "pgdata")}
    try:
        command = ["sh", "-euc", documented_commands()]
        result = subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=False)
        assert (result.returncode, result.stderr) == (0, "")
        again = run_command(checkout, "dumpdata", **second)
    finally:
        run_command(checkout, "stop_database", **second)
    assert (checkout / "dyad.json").stat().st_mode & 0o777 == 0o600
    rows = rows_of((checkout / "dyad.json").read_text())
    assert rows_of(again) == rows
    kinds = {row["model"] for row in rows}
    assert {
        "relations.event",
        "relations.formeraddress",
        "relations.passagetext",
        "auth.user",
        "auth.group",
        "admin.logentry",
    } <= kinds
    by_itself = r".*history|pghistory\..*|contenttypes\..*|auth\.permission"
    assert {kind for kind in kinds if re.fullmatch(by_itself, kind)} == set()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("named", "models"),
    [
        (["relations.Event"], {"relations.event"}),
        (["relations.EventHistory"], {"relations.eventhistory"}),
        (["relations.event", "relations.eventhistory"], {"relations.event", "relations.eventhistory"}),
        (["auth"], {"auth.group", "auth.user"}),
        (["auth.user", "auth.permission"], {"auth.user", "auth.permission"}),
    ],
)
def test_generated_rows_are_dumped_only_if_their_model_is_named(named, models):
    make_event("PRK", slug="visit")
    User.objects.create_user("researcher")
    output = StringIO()
    call_command("dumpdata", *named, stdout=output)
    assert {row["model"] for row in json.loads(output.getvalue())} == models
