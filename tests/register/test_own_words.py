"""The register tells a document in our own words; asked of the document itself where somebody has it."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from relations.coding.fixtures import fixture_files

RUN = 8
# Hedge words are quoted as they stand, and keys are no prose.
QUOTED = {"hedge", "slug", "key", "sha256", "passage", "source", "event", "actor"}


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower().replace("’s", "").replace("'s", ""))


def runs(text: str) -> set[tuple[str, ...]]:
    """Every run of so many words in a text."""
    found = words(text)
    return {tuple(found[start : start + RUN]) for start in range(len(found) - RUN + 1)}


def prose(path: Path) -> Iterator[str]:
    """Everything a fixture file says in words."""
    rows: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    for row in rows:
        yield from (value for name, value in row["fields"].items() if isinstance(value, str) and name not in QUOTED)


def test_words_are_compared_without_case_marks_and_possessives() -> None:
    assert runs("In the war’s aftermath, NORTH Korea gave aid to") == {
        ("in", "the", "war", "aftermath", "north", "korea", "gave", "aid"),
        ("the", "war", "aftermath", "north", "korea", "gave", "aid", "to"),
    }


@pytest.mark.skipif("DYAD_DOCUMENT" not in os.environ, reason="DYAD_DOCUMENT names no copy of the document")
def test_no_sentence_of_the_document_is_copied() -> None:
    document = runs(Path(os.environ["DYAD_DOCUMENT"]).read_text(encoding="utf-8"))

    assert [text for path in fixture_files() for text in prose(path) if runs(text) & document] == []
