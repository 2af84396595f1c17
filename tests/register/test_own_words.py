"""The register tells a document in our own words; asked of the document itself where somebody has it."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

RUN = 8
# Two texts are as alike with a possessive or a number as without it.
LEFT_OUT = (r"(?!)", r"['’]s\b", r"['’]s\b|\b\d[\d.,]*\b")


def runs(text: str) -> set[tuple[str, ...]]:
    """Every run of so many words in a text, whatever stands between them."""
    found: set[tuple[str, ...]] = set()
    for left_out in LEFT_OUT:
        words = re.findall(r"[^\W_]+", re.sub(left_out, " ", text.lower()))
        found |= {tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}
    return found


def committed() -> list[str]:
    """The text files that the repository holds."""
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
