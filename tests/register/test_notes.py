"""Doubts about the printed text are in public notes."""

import pytest

from relations.models import RECORD_TYPES
from tests.register.pages import after


@pytest.mark.parametrize(
    ("path", "doubt"),
    [
        ("/events/united-states-signs-nonproliferation-act/", "whether the act of that year had this title"),
        ("/missions/prk-ymd-embassy/", "twenty years after the establishment of relations"),
        ("/arms-transfers/prk-irn-missile-technology/", "Iran among Israel's neighbours, which is doubtful"),
        ("/arms-transfers/prk-lby-missile-technology/", "Libya among Israel's neighbours, which is doubtful"),
        ("/events/north-korea-sends-financial-aid-after-suez-invasion/", "sixty thousand are meant and not sixty"),
        ("/periods/prk-pse-legal-established-1966/", "Who stood for Palestine in 1966 is not stated"),
    ],
)
def test_a_doubt_about_what_is_printed_is_a_public_note(path: str, doubt: str) -> None:
    assert doubt in after(path, "Note", 1)[0]


def test_nothing_is_left_to_editors_alone() -> None:
    assert [record.slug for model in RECORD_TYPES for record in model._default_manager.exclude(editor_note="")] == []
