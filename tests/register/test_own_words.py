"""The repository copies no sentence of the document; compared with the document itself if a copy is at hand."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

RUN = 8
# Runs are compared as they are, without possessives, and without possessives and numbers.
LEFT_OUT = (r"(?!)", r"['’]s\b", r"['’]s\b|\b\d[\d.,]*\b")


def runs(text: str) -> set[tuple[str, ...]]:
    """All sequences of RUN words in a text, without regard to case and punctuation."""
    found: set[tuple[str, ...]] = set()
    for left_out in LEFT_OUT:
        words = re.findall(r"[^\W_]+", re.sub(left_out, " ", text.lower()))
        found |= {tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}
    return found


def committed() -> list[str]:
    """The names of the text files in the repository."""
    return subprocess.check_output(["git", "grep", "-Il", ""], cwd=settings.BASE_DIR, text=True).splitlines()


TOLD = "In the war’s aftermath, North Korea gave (5.000 tons of) food aid to Egypt."


@pytest.mark.parametrize(
    "copied",
    [
        "in the war's aftermath north korea gave 5.000 tons",
        "In the aftermath, NORTH\n    # Korea gave tons of food aid to",
        "def test_in_the_war_s_aftermath_north_korea_gave_tons",
        "war’s aftermath, North-Korea “gave 5,000 tons …”",
    ],
)
def test_a_copied_run_is_found_whatever_its_case_marks_lines_and_numbers(copied: str) -> None:
    assert runs(copied) & runs(TOLD)


@pytest.mark.parametrize(
    "own", ["North Korea gave tons of food aid", "In the war's aftermath Egypt was given food aid by North Korea."]
)
def test_seven_words_and_other_words_are_our_own(own: str) -> None:
    assert not runs(own) & runs(TOLD)


def test_every_committed_text_file_is_asked() -> None:
    files = committed()

    assert {"README.md", "docs/coding/egypt-a.csv", "fixtures/egypt.yaml", "tests/register/rows.py"} <= {*files}
    assert "docs/tour/relation.png" not in files


@pytest.mark.skipif("DYAD_DOCUMENT" not in os.environ, reason="DYAD_DOCUMENT names no copy of the document")
def test_no_sentence_of_the_document_is_copied() -> None:
    document = runs(Path(os.environ["DYAD_DOCUMENT"]).read_text(encoding="utf-8"))

    copied = {
        file: [" ".join(run) for run in sorted(runs((settings.BASE_DIR / file).read_text(encoding="utf-8")) & document)]
        for file in committed()
    }
    assert {file: found for file, found in copied.items() if found} == {}
