"""Sentences are split, joined and swapped before anything is coded in them, and their refs follow."""

import pytest

from relations.coding.documents import attach, create_source, document_of
from relations.coding.sentences import sha256_of
from relations.models import Passage, Source
from tests.admin.test_rights import desk_of, member
from tests.factories import cite, make_event

pytestmark = pytest.mark.django_db

TEXT = "It sold tea.It bought\nrice. It left!\n\nIt came,\n\nback. It stayed.\n\nNorth\n\nOne. Two.\n"
CUT = ["intro.1.1 It sold tea.", "intro.1.2 It bought\nrice.", "intro.1.3 It left!", "intro.2.1 It came,"]
REST = ["intro.3.1 back.", "intro.3.2 It stayed.", "north.1.1 One.", "north.1.2 Two."]


@pytest.fixture
def source() -> Source:
    """A document of eight uncoded sentences."""
    return create_source(document_of(TEXT.encode(), "a.txt"), "a-text", "A text")


def stands(source: Source) -> list[str]:
    """Its sentences in order; asserts that their offsets and hashes fit the text."""
    passages = source.passages.order_by("position").select_related("loaded")
    assert [each.position for each in passages] == [*range(1, len(passages) + 1)]
    assert {each.sha256 == sha256_of(each.loaded.text) for each in passages} == {True}
    return [f"{each.ref} {each.loaded.text}" for each in passages]


def posted(client, source: Source, ref: str, way: str, lines: str = "", *, shown: str | None = None) -> list[str]:
    """The message after a sentence was recut on its page."""
    address = f"/admin/relations/source/{source.pk}/code/?passage={ref}"
    if shown is None:
        shown = client.get(address).context["shown"]
    answer = client.post(address, {"cut": way, "lines": lines, "shown": shown}, follow=True)
    assert answer.status_code == 200
    return [str(message) for message in answer.context["messages"]]


def test_a_document_is_cut_as_it_is_written(source):
    assert stands(source) == CUT + REST


def test_a_sentence_is_split_where_its_line_is_broken(desk, source):
    assert posted(desk, source, "intro.1.2", "split", "It\r\n\r\n bought\r\nrice.") == []
    assert stands(source) == [
        *(CUT[0], "intro.1.2 It", "intro.1.3 bought", "intro.1.4 rice.", "intro.1.5 It left!", CUT[3]),
        *REST,
    ]
    assert not attach(document_of(TEXT.encode(), "a.txt"), source).unmatched
    assert attach(document_of(TEXT.encode(), "a.txt"), source).by_splitting == []
    history = Passage.pgh_event_model.objects.filter(pgh_context__metadata__reason="intro.1.2 split into 3")
    assert history.filter(pgh_label="insert").count() == 2


def test_a_sentence_is_joined_with_the_next_of_its_paragraph_or_of_the_next(desk, source):
    source.passages.filter(ref="intro.1.2").update(digest="Rice")
    source.passages.filter(ref="intro.1.3").update(digest="Away")
    assert posted(desk, source, "intro.1.1", "join") == []
    assert stands(source)[:2] == ["intro.1.1 It sold tea.It bought\nrice.", "intro.1.2 It left!"]
    assert posted(desk, source, "intro.1.1", "join") == []
    assert source.passages.get(ref="intro.1.1").digest == "Rice\nAway"
    assert posted(desk, source, "intro.2.1", "join") == []
    assert stands(source)[1:4] == ["intro.2.1 It came,  back.", "intro.3.1 It stayed.", REST[2]]
    assert posted(desk, source, "intro.2.1", "join") == []
    assert stands(source)[1:] == ["intro.2.1 It came,  back. It stayed.", *REST[2:]]
    assert not attach(document_of(TEXT.encode(), "a.txt"), source).unmatched


def test_paragraphs_after_one_that_goes_are_numbered_anew(desk, source):
    assert posted(desk, source, "intro.1.3", "join") == []
    assert stands(source)[2:5] == ["intro.1.3 It left!  It came,", "intro.2.1 back.", "intro.2.2 It stayed."]


def test_a_sentence_is_exchanged_with_a_neighbour_whatever_paragraph_that_is_in(desk, source):
    source.passages.filter(ref="intro.1.3").update(digest="Away")
    assert posted(desk, source, "intro.1.3", "later") == []
    assert stands(source)[2:4] == ["intro.1.3 It came,", "intro.2.1 It left!"]
    assert source.passages.get(ref="intro.2.1").digest == "Away"
    assert posted(desk, source, "intro.2.1", "earlier") == []
    assert stands(source) == CUT + REST
    posted(desk, source, "intro.1.3", "later")
    assert posted(desk, source, "intro.1.2", "join") == [
        "Nothing was changed. intro.1.2 and intro.1.3 do not stand next to each other in the document, in one section."
    ]
    assert not attach(document_of(TEXT.encode(), "a.txt"), source).unmatched


@pytest.mark.parametrize(
    ("ref", "way", "lines", "reason"),
    [
        ("intro.1.1", "split", "It sold tea.", "Break the line where the sentence is to be split."),
        ("intro.1.1", "split", "It sold\ncoffee.", "Only break the line: the words stay as the document has them."),
        ("intro.1.1", "earlier", "", "There is no sentence there."),
        ("north.1.2", "join", "", "There is no sentence there."),
        ("intro.3.2", "join", "", "intro.3.2 and north.1.1 do not stand next to each other in the document, in one"),
    ],
)
def test_what_is_impossible_is_reported(desk, source, ref, way, lines, reason):
    (told,) = posted(desk, source, ref, way, lines)
    assert told.startswith(f"Nothing was changed. {reason}")
    assert stands(source) == CUT + REST


def test_what_is_cited_or_finished_or_public_stays(desk, source):
    event = make_event(slug="visit", state="draft")
    cite(event, passage=source.passages.get(ref="intro.1.3"))
    cited = ["Nothing was changed. intro.1.3 is cited already, and a ref that is cited stays."]
    assert posted(desk, source, "intro.1.1", "split", "It\nsold tea.") == cited
    assert posted(desk, source, "intro.1.2", "later") == cited
    assert posted(desk, source, "intro.1.2", "join") == cited
    assert posted(desk, source, "intro.1.3", "split", "It\nleft!") == cited
    assert posted(desk, source, "intro.3.1", "split", "ba\nck.") == []
    source.passages.filter(ref="intro.3.3").update(finished=True)
    finished = "Nothing was changed. intro.3.3 is finished already; set it to do again first."
    assert posted(desk, source, "intro.3.2", "later") == [finished]
    assert desk.get(f"/admin/relations/source/{source.pk}/code/?passage=intro.3.3").context["shown"] == ""
    event.state = "published"
    event.title = "A visit"
    event.save()
    before = stands(source)
    assert posted(desk, source, "north.1.1", "later", shown="") == [
        "Nothing was changed. The source is public: readers have the addresses of its sentences."
    ]
    assert stands(source) == before


@pytest.mark.django_db(transaction=True)
def test_the_second_of_two_who_cut_at_once_is_refused(desk, source):
    shown = desk.get(f"/admin/relations/source/{source.pk}/code/?passage=intro.1.1").context["shown"]
    assert posted(desk, source, "intro.1.2", "split", "It bought\nrice.") == []
    assert posted(desk, source, "intro.1.1", "join", shown=shown) == [
        "Nothing was changed. Somebody cut these sentences, or worked on them, meanwhile. Look at them again."
    ]


def test_who_may_not_add_sentences_cuts_none(source):
    address = f"/admin/relations/source/{source.pk}/code/?passage=intro.1.1"
    viewer, coder = desk_of(member("viewer")), desk_of(member("coder"))
    assert viewer.get(address).context["shown"] == ""
    assert viewer.post(address, {"cut": "join"}).status_code == 403
    assert coder.post(address, {"cut": "x"}).status_code == 400
    assert posted(coder, source, "intro.1.1", "join") == []
    assert b"Split, join or move" in coder.get(address).content


def test_a_sentence_whose_text_is_not_here_or_of_another_file_stays(desk, source):
    passage = source.passages.get(ref="intro.1.1")
    passage.loaded.text = "It  sold tea."
    passage.loaded.save()
    (told,) = posted(desk, source, "intro.1.1", "split", "It\nsold tea.")
    assert told.endswith(
        "The text of intro.1.1 was attached from another file than it was cut from, so that its place is not known."
    )
    shown = desk.get(f"/admin/relations/source/{source.pk}/code/?passage=intro.1.1").context["shown"]
    passage.loaded.delete()
    assert posted(desk, source, "intro.1.1", "split", "It\nsold tea.", shown=shown) == [
        "Nothing was changed. The text of intro.1.1 is not loaded here."
    ]
