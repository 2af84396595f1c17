"""Documents are split into sentences, attached to the passages coded from them, and refused if they are not text."""

import hashlib
import io
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from config.register import Register
from relations.coding.documents import Document, read_document
from relations.coding.sentences import Section, sha256_of, split_document
from relations.models import Country, Passage, PassageText, Source
from tests.factories import make_source

RURITANIA = Path(__file__).parent / "documents" / "ruritania.txt"
DOCUMENT = os.environ.get("DYAD_DOCUMENT", "")
NBSP = "\u00a0"


def run(*arguments: Any, **options: Any) -> str:
    out = io.StringIO()
    call_command("load_document", *arguments, stdout=out, **options)
    return out.getvalue()


def refused(*arguments: Any, **options: Any) -> str:
    with pytest.raises(CommandError) as refusal:
        run(*arguments, **options)
    return str(refusal.value)


def cut(text: str) -> list[str]:
    """The sentences of a text."""
    return [sentence.text for sentence in split_document(text, lambda heading: None)]


# Sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("He restored relations.On 3 May he left.", ["He restored relations.", "On 3 May he left."]),
        ("See example.com for more.", ["See example.com for more."]),
        ("Kim sent a message.[8] However, he stayed.[9]", ["Kim sent a message.[8]", "However, he stayed.[9]"]),
        ("Kim sent a message. [8] However, he stayed.", ["Kim sent a message. [8]", "However, he stayed."]),
        ("A “friend.” He left.", ["A “friend.”", "He left."]),
        ("A “friend”. “He” left (soon.) Then all.", ["A “friend”.", "“He” left (soon.)", "Then all."]),
        ("It sided with the U.S. In 1973 it did not.", ["It sided with the U.S.", "In 1973 it did not."]),
        ("The U.S. Congress met.", ["The U.S. Congress met."]),
        ("A U.S.-sponsored resolution passed.", ["A U.S.-sponsored resolution passed."]),
        ("George W. Bush and J. A. Smith met.", ["George W. Bush and J. A. Smith met."]),
        ("He met Dr. The. It was brief.", ["He met Dr. The.", "It was brief."]),
        ("They sold tea, rice etc. The rest stayed.", ["They sold tea, rice etc.", "The rest stayed."]),
        ("They sold tea, rice etc. to Egypt.", ["They sold tea, rice etc. to Egypt."]),
        ("On 9 Apr. 1962 it began.", ["On 9 Apr. 1962 it began."]),
        ("It sent 5.000 tons (approx. 60.000 won).", ["It sent 5.000 tons (approx. 60.000 won)."]),
        ("It waited … and left. 20 pilots came.", ["It waited … and left.", "20 pilots came."]),
        ("“We are here!” he said.", ["“We are here!” he said."]),
        (f"In 1974.{NBSP} In 1998,{NBSP}it closed.{NBSP}", ["In 1974.", f"In 1998,{NBSP}it closed."]),
        ("Exports were not reporte", ["Exports were not reporte"]),
        ("One.\nTwo.", ["One.", "Two."]),
        ("The talks\nwith the U.S.\nCongress failed.", ["The talks\nwith the U.S.\nCongress failed."]),
        (" \n\n ", []),
    ],
)
def test_split_ends_sentences_where_a_reader_does(text: str, sentences: list[str]) -> None:
    assert cut(text) == sentences


def test_split_tells_headings_from_paragraphs() -> None:
    text = f"Trade\n\nTea was sold\n\nTea:\n\nBlack.\nGreen\n\n{'Long ' * 20}\n\nLast words"
    headings: list[str] = []

    def section_of(heading: str) -> Section:
        headings.append(heading)
        return Section(heading.partition(" ")[0].lower(), heading)

    sentences = split_document(text, section_of)
    assert headings == ["Trade", "Tea was sold"]
    assert [(sentence.ref, sentence.text) for sentence in sentences] == [
        ("tea.1.1", "Tea:"),
        ("tea.2.1", "Black."),
        ("tea.3.1", "Green"),
        ("tea.4.1", ("Long " * 20).strip()),
        ("tea.5.1", "Last words"),
    ]


def test_split_knows_where_each_sentence_stands() -> None:
    text = read_document(RURITANIA).text
    sentences = split_document(text, lambda heading: None)
    assert [text[sentence.start : sentence.end] for sentence in sentences] == [sentence.text for sentence in sentences]
    assert [sentence.position for sentence in sentences] == list(range(1, len(sentences) + 1))


def test_sha256_folds_every_white_space() -> None:
    assert sha256_of(f" One{NBSP}\n two\u2009\tthree ") == hashlib.sha256(b"One two three").hexdigest()
    assert sha256_of("One two three") != sha256_of("One twothree")


# Files


def test_read_takes_page_breaks_and_next_lines(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text("One.\x0c\x0bTwo.\x85", encoding="utf-8")
    assert read_document(path).text == "One.\x0c\x0bTwo.\x85"


def test_read_takes_a_byte_order_mark_and_any_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "text.TXT"
    path.write_bytes(b"\xef\xbb\xbfOne.\r\nTwo \xc3\xa9.\rThree.\n")
    assert read_document(path) == Document("One.\nTwo é.\nThree.\n", hashlib.sha256(path.read_bytes()).hexdigest())


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", b"", "a.txt is empty."),
        ("a.txt", "\ufeff \u00a0\n".encode(), "a.txt is empty."),
        ("a.txt", b"One.\nTwo\0.", "a.txt is no text: line 2 has the character U+0000 control character."),
        ("a.txt", b"One.\x7f", "a.txt is no text: line 1 has the character U+007F control character."),
        ("a.txt", b"One.\nIt\x92s", "a.txt is not in UTF-8 (line 2 has the byte 0x92): save it as UTF-8."),
        ("a.txt", "One.".encode("utf-16"), "a.txt is in UTF-16: save it as UTF-8."),
        ("a.txt", b"%PDF-1.7 text", "a.txt is a PDF file: save it as plain text, in UTF-8."),
        ("a.pdf", b"%PDF-1.7 text", "a.pdf is a PDF file: save it as plain text, in UTF-8."),
        ("a.docx", b"PK\x03\x04", "a.docx is a DOCX, ODT or other ZIP file: save it as plain text, in UTF-8."),
        ("a.doc", b"\xd0\xcf\x11\xe0", "a.doc is a DOC file: save it as plain text, in UTF-8."),
        ("a.rtf", b"{\\rtf1}", "a.rtf is an RTF file: save it as plain text, in UTF-8."),
        ("a.md", b"# One", "a.md is not a .txt file: save it as plain text, in UTF-8."),
        ("a.txt", b"a" * 10_000_001, "a.txt is larger than 10 MB: load its parts as documents."),
    ],
)
def test_load_refuses_what_is_no_utf8_text(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert refused(tmp_path / name, new="a-paper") == words


def test_load_refuses_a_directory_and_a_missing_file(tmp_path: Path) -> None:
    assert refused(tmp_path, new="a-paper") == f"{tmp_path} is not a file."
    assert refused(tmp_path / "none.txt", new="a-paper") == f"There is no file {tmp_path / 'none.txt'}."


def test_load_wants_either_a_source_or_a_new_key() -> None:
    with pytest.raises(CommandError, match="one of the arguments --source --new is required"):
        call_command("load_document", str(RURITANIA))


# A new document


@pytest.fixture
def countries(db: None, settings: Any) -> None:
    """An imaginary world: the studied state, and two others that headings name."""
    settings.REGISTER = Register(studied_state="RUR")
    Country.objects.create(code="RUR", name="Ruritania", kind="state")
    Country.objects.create(code="GRA", name="Graustark", kind="state", aliases=["GKG"])
    Country.objects.create(code="UIB", name="United Isles of Balnibarbi", kind="state", aliases=["Isles", "UIoB"])


REFS = [
    "intro.1.1", "intro.1.2", "intro.2.1",
    "graustark.1.1", "graustark.1.2", "graustark.1.3", "graustark.2.1", "graustark.3.1", "graustark.3.2",
    "graustark.3.3", "graustark.3.4", "graustark.3.5", "graustark.3.6", "graustark.4.1", "graustark.4.2",
    "graustark.4.3", "uiob.1.1", "uiob.1.2", "uiob.2.1",
]  # fmt: skip


def test_new_document_proposes_a_passage_for_every_sentence(countries: None) -> None:
    assert run(RURITANIA, new="ruritania") == (
        "Introduction: 3\nGraustark: 13\nUnited Isles of Balnibarbi: 3\n"
        "19 passages of ruritania wait to be coded. Describe the source in the admin: it is called “[ruritania]”, "
        "by its first heading or its file.\n"
    )
    source = Source.objects.get(key="ruritania")
    assert (source.title, source.text_is_public, source.sha256) == (
        "[ruritania]",
        False,
        hashlib.sha256(RURITANIA.read_bytes()).hexdigest(),
    )
    passages = source.passages.order_by("position")
    assert [passage.ref for passage in passages] == REFS
    assert {(passage.finished, passage.digest, passage.out_of_scope_reason) for passage in passages} == {
        (False, "", "")
    }
    last = passages.last()
    assert last is not None
    assert (last.section, last.loaded.text, last.sha256) == (
        "United Isles of Balnibarbi",
        "According to the minister, trade with Ruritania was not reporte",
        sha256_of("According to the minister, trade with Ruritania was not reporte"),
    )


def test_new_document_says_in_the_history_where_its_passages_come_from(countries: None) -> None:
    run(RURITANIA, new="ruritania")
    reasons = Passage.pgh_event_model.objects.values_list("pgh_context__metadata__reason", flat=True).distinct()
    assert list(reasons) == ["load_document"]


def test_new_document_makes_sections_of_its_headings_where_they_name_no_country(db: None, tmp_path: Path) -> None:
    path = tmp_path / "paper.txt"
    path.write_text("One.\n\nFirst findings\n\nTwo.\n\n第一\n\nThree.\n", encoding="utf-8")
    run(path, new="a-paper")
    assert list(Passage.objects.values_list("ref", "section")) == [
        ("intro.1.1", "Introduction"),
        ("first-findings.1.1", "First findings"),
        ("section.1.1", "第一"),
    ]


def test_new_document_names_every_country_of_a_heading(countries: None, tmp_path: Path) -> None:
    path = tmp_path / "paper.txt"
    path.write_text("Ruritania, the Isles and Graustark\n\nOne.\n", encoding="utf-8")
    run(path, new="a-paper")
    assert Source.objects.get().title == "Ruritania, the Isles and Graustark"
    assert list(Passage.objects.values_list("ref", "section")) == [
        ("uiob-graustark.1.1", "United Isles of Balnibarbi and Graustark")
    ]


def test_new_document_can_be_looked_at_first(countries: None) -> None:
    lines = run(RURITANIA, new="ruritania", check=True).splitlines()
    assert len(lines) == 19
    assert lines[4] == "graustark.1.2\t232–264\tBoth closed their posts in 1905."
    assert Source.objects.count() == Passage.objects.count() == 0


def test_new_document_refuses_a_key_that_is_taken_or_malformed(countries: None) -> None:
    make_source("ruritania")
    assert refused(RURITANIA, new="ruritania") == (
        "There is a source ruritania already; load_document --source ruritania attaches a text to its passages."
    )
    for key in ("Ruritania 1", "", "r" * 81):
        assert refused(RURITANIA, new=key) == (
            f"“{key}” is no key: lower-case letters a–z and digits, joined by single hyphens, at most 80."
        )
    assert Passage.objects.count() == 0


# The text of passages that are there


@pytest.fixture
def passages(countries: None) -> None:
    """The passages of the document without their text, as fixtures have them."""
    run(RURITANIA, new="ruritania")
    PassageText.objects.all().delete()


def texts() -> list[str]:
    return list(PassageText.objects.order_by("passage__position").values_list("text", flat=True))


def test_load_attaches_sentences_at_their_recorded_places(passages: None) -> None:
    assert run(RURITANIA, source="ruritania") == (
        "19 sentences attached: 19 at their recorded places, 0 found by splitting.\n"
    )
    text = read_document(RURITANIA).text
    assert texts() == [text[passage.char_start : passage.char_end] for passage in Passage.objects.order_by("position")]


def test_load_checks_new_documents_only(passages: None) -> None:
    assert refused(RURITANIA, source="ruritania", check=True) == "--check goes with --new."
    assert texts() == []


def test_load_twice_changes_nothing(passages: None) -> None:
    run(RURITANIA, source="ruritania")
    before = texts()
    run(RURITANIA, source="ruritania")
    assert texts() == before


def test_load_finds_sentences_that_moved(passages: None, tmp_path: Path) -> None:
    path = tmp_path / "moved.txt"
    text = read_document(RURITANIA).text
    first, _, rest = text.partition("Graustark–Ruritania relations\n")
    path.write_text(f"{first}Graustark and Ruritania\n\n(Revised.)\n{rest.replace(NBSP, ' ')}", encoding="utf-8-sig")
    assert run(path, source="ruritania") == (
        "The file is not the one that was coded, but has all its sentences.\n"
        "19 sentences attached: 3 at their recorded places, 16 found by splitting.\n"
    )
    assert [sha256_of(text) for text in texts()] == list(
        Passage.objects.order_by("position").values_list("sha256", flat=True)
    )


def test_load_attaches_nothing_when_a_sentence_is_missing(passages: None, tmp_path: Path) -> None:
    path = tmp_path / "changed.txt"
    text = read_document(RURITANIA).text
    path.write_text(text.replace("1905", "1906").replace("Nobody", "Everybody"), encoding="utf-8")
    assert refused(path, source="ruritania") == (
        "Nothing was attached: the file has no sentence with the SHA-256 of these passages.\n"
        "  graustark.1.2\n  graustark.4.3"
    )
    assert texts() == []


def test_load_leaves_what_was_attached_when_another_text_does_not_match(passages: None, tmp_path: Path) -> None:
    run(RURITANIA, source="ruritania")
    before = texts()
    path = tmp_path / "other.txt"
    path.write_text("Quite another text.", encoding="utf-8")
    assert refused(path, source="ruritania").count("\n") == 19
    assert texts() == before


def test_load_names_the_sources_there_are(passages: None) -> None:
    make_source("atlas")
    assert refused(RURITANIA, source="ruritanai") == "There is no source ruritanai; sources with passages: ruritania."
    assert refused(RURITANIA, source="atlas") == (
        "The source atlas has no passages; --new begins a new source with passages."
    )


# The document that the register was coded from, for those who have it


@pytest.mark.skipif(not DOCUMENT, reason="DYAD_DOCUMENT does not name the file")
@pytest.mark.django_db
def test_document_is_split_and_attached_as_it_was_coded() -> None:
    call_command("load_fixtures", verbosity=0)
    coded = Source.objects.get(sha256=read_document(Path(DOCUMENT)).sha256)
    assert run(DOCUMENT, source=coded.key) == (
        "110 sentences attached: 110 at their recorded places, 0 found by splitting.\n"
    )
    run(DOCUMENT, new="split-anew")
    columns = ("ref", "section", "position", "char_start", "char_end", "sha256", "loaded__text")
    assert list(Passage.objects.filter(source__key="split-anew").values_list(*columns)) == list(
        coded.passages.values_list(*columns)
    )
