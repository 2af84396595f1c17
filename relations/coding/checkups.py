"""Runs the checks within a time limit, and stores their findings for the desk."""

import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import OperationalError, connection, transaction

from relations.coding.checks import CHECKS, Check
from relations.models import Checkup

SECONDS = 20  # for all checks, when a user waits for them at the desk
MAX_PER_KIND = 50  # findings of each kind that are stored
UNDER_WAY = "Somebody is checking at this moment."


class CheckupError(Exception):
    """The checks cannot run now; the message is shown to the user."""


class OutOfTimeError(Exception):
    """The time for all checks is over."""


@dataclass
class Report:
    """The number of findings of each kind, and the first of them as pairs of where and what."""

    numbers: Counter[str] = field(default_factory=Counter)
    first: dict[str, list[list[str]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, check: Check, where: str, what: str) -> None:
        """Counts a finding, and stores it if it is one of the first of its kind."""
        self.numbers[check.kind] += 1
        if self.numbers[check.kind] <= MAX_PER_KIND:
            self.first[check.kind].append([where, what])

    def number(self, *, is_error: bool) -> int:
        """The number of errors, or of warnings."""
        return sum(self.numbers[check.kind] for check in CHECKS if check.is_error == is_error)

    @property
    def kinds(self) -> list[dict[str, Any]]:
        """The findings by kind, in the order of the checks, as they are stored in `Checkup.findings`."""
        return [
            {
                "kind": check.kind,
                "mend": check.mend,
                "is_error": check.is_error,
                "number": self.numbers[check.kind],
                "told": self.first[check.kind],
            }
            for check in CHECKS
            if self.numbers[check.kind]
        ]


def findings() -> Iterator[tuple[Check, str, str]]:
    """All findings of all checks, without a time limit."""
    return ((check, *finding) for check in CHECKS for finding in check.find())


def findings_within(seconds: float) -> tuple[Report, list[str]]:
    """The findings of so many seconds, and the kinds of the checks that did not finish.

    SQL statements are cancelled when the time is over; Python code between two findings is not interrupted.
    """
    report = Report()
    unfinished, end = [], time.monotonic() + seconds
    for check in CHECKS:
        left = end - time.monotonic()
        try:
            if left <= 0:
                raise OutOfTimeError
            with transaction.atomic(), limited(left):
                for finding in check.find():
                    report.add(check, *finding)
                    if time.monotonic() > end:
                        raise OutOfTimeError
        except (OutOfTimeError, OperationalError):
            unfinished.append(check.kind)
    return report, unfinished


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Sets `statement_timeout` for the block, which must be inside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        (before,) = cursor.fetchone()
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [f"{max(1, round(seconds * 1000))}ms"])
        yield
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [before])


def check_up(owner: Any) -> Checkup:
    """Runs the checks for a user of the desk, and stores the findings; CheckupError if they are running already."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('check_up'))")
        if not cursor.fetchone()[0]:
            raise CheckupError(UNDER_WAY)
        return keep(*findings_within(SECONDS), owner=owner)


def keep(report: Report, unfinished: list[str], owner: Any = None) -> Checkup:
    """Stores a report as a `Checkup`."""
    errors, warnings = report.number(is_error=True), report.number(is_error=False)
    checkup = Checkup(owner=owner, errors=errors, warnings=warnings, unfinished=unfinished, findings=report.kinds)
    Checkup.objects.keep(checkup)
    return checkup
