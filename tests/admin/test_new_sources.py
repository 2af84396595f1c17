"""New sources at the desk: from a text, a bibliography or a DOI, each previewed before anything is written."""

import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from relations.models import Batch, Passage, PassageText, Source, Upload
from relations.models.upload import WAITS_NO_MORE
from tests.admin.test_rights import desk_of, member
from tests.factories import make_country, make_source, make_upload

pytestmark = pytest.mark.django_db

NEW = "/admin/relations/source/new/"
TEXT = "Tea and the harbour\n\nIt sold tea. It bought rice!\n\nEgypt\n\nA delegation came in 1973.\n"
ARTICLE = {
    "id": "rivers2019",
    "type": "article-journal",
    "title": "A river",
    "author": [{"family": "Rivers", "given": "Ada"}],
    "issued": {"date-parts": [[2019, 3]]},
    "DOI": "https://doi.org/10.1000/182",
}


def sent(desk: Any, by: str, content: bytes = b"", name: str = "report.txt", **typed: str) -> Any:
    """The page that one of the forms redirects to."""
    files = {"file": SimpleUploadedFile(name, content)} if content else {}
    return desk.post(NEW, {"by": by, **files, **typed}, follow=True)


def begun(desk: Any, page: Any, **typed: str) -> Any:
    """The page after the preview of a text was confirmed."""
    initial = page.context["form"].initial
    return desk.post(page.request["PATH_INFO"], {**initial, **typed}, follow=True)


def told(page: Any) -> str:
    """The errors on a page."""
    return " ".join(
        re.findall(
            r"<li>([^<]+)</li>", "".join(re.findall(r'<ul class="errorlist.*?</ul>', page.content.decode(), re.S))
        )
    )


def test_a_text_becomes_a_source_whose_sentences_were_shown(desk):
    make_country("EGY")
    page = sent(desk, "text", TEXT.encode())
    assert page.context["form"].initial == {"title": "Tea and the harbour", "key": "tea-and-the-harbour"}
    refs = ["intro.1.1", "intro.1.2", "egypt.1.1"]
    assert [each.ref for each in page.context["sentences"]] == refs
    assert (Source.objects.count(), Upload.objects.count()) == (0, 1)
    done = begun(desk, page, title="Tea")
    source = Source.objects.get()
    assert done.redirect_chain == [(reverse("admin:relations_source_code", args=[source.pk]), 302)]
    assert (source.key, source.title, source.csl_type) == ("tea-and-the-harbour", "Tea", "document")
    assert [*source.passages.order_by("position").values_list("ref", flat=True)] == refs
    assert PassageText.objects.get(passage__ref="intro.1.2").text == "It bought rice!"
    assert Upload.objects.count() == 0
    again = begun(desk, page)
    assert (again.status_code, WAITS_NO_MORE in again.content.decode()) == (404, True)
    history = Passage.pgh_event_model.objects.values_list("pgh_context__metadata__import_file", flat=True)
    assert set(history) == {"report.txt"}


def test_a_text_without_a_heading_is_called_by_its_file(desk):
    page = sent(desk, "text", b"It sold tea.\n", name="Report 7.txt")
    assert page.context["form"].initial == {"title": "[Report 7]", "key": "report-7"}


def test_a_key_that_is_taken_is_refused_with_all_that_was_typed(desk):
    make_source("taken")
    page = sent(desk, "text", TEXT.encode())
    answer = begun(desk, page, key="taken", title="Mine")
    assert told(answer).startswith("There is a source taken already")
    assert 'value="Mine"' in answer.content.decode()
    assert Passage.objects.count() == 0
    assert told(begun(desk, page, key="A b")).startswith("“A b” is no key")


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"It\x92s", "a.txt", "a.txt is not in UTF-8 (line 1 has the byte 0x92): save it as UTF-8."),
        (b"One.\nTwo\x1b.", "a.txt", "a.txt is no text: line 2 has the character U+001B control character."),
        (b" \n", "a.txt", "a.txt is empty."),
        (b"%PDF-1.7", "a.pdf", "a.pdf is a PDF file: save it as plain text, in UTF-8."),
        (b"a" * 10_000_001, "a.txt", "a.txt has more than 10 MB."),
    ],
)
def test_what_is_no_text_is_refused_in_words(desk, content, name, words):
    assert told(sent(desk, "text", content, name)) == words
    assert Upload.objects.count() == 0


@pytest.mark.parametrize("way", ["file", "pasted"])
def test_a_bibliography_is_previewed_and_added_without_what_is_there(desk, way):
    make_source("old", doi="10.1000/AbC")
    entries = [ARTICLE, {"id": "other", "type": "book", "title": "Old", "DOI": "10.1000/aBc"}]
    entries.append({"id": "old", "type": "book", "title": "Another of that key"})
    content = json.dumps(entries)
    page = (
        sent(desk, "bibliography", content.encode(), "zotero.json")
        if way == "file"
        else sent(desk, "bibliography", pasted=content)
    )
    assert [each["key"] for each in page.context["shown"]] == ["rivers2019"]
    assert [(made.cells["title"], source.key) for made, source in page.context["there"]] == [
        ("Old", "old"),
        ("Another of that key", "old"),
    ]
    assert Source.objects.count() == 1
    done = desk.post(page.request["PATH_INFO"], {"seal": page.context["seal"]}, follow=True)
    source = Source.objects.get(key="rivers2019")
    assert done.redirect_chain == [(reverse("admin:relations_source_change", args=[source.pk]), 302)]
    assert (source.csl_type, source.authors, str(source.issued_on), source.doi) == (
        "article-journal",
        "Rivers, Ada",
        "2019-03",
        "10.1000/182",
    )
    assert Source.objects.get(key="old").title != "Another of that key"
    assert (Batch.objects.get().profile, Upload.objects.count()) == ("csl-json", 0)


def test_one_entry_alone_is_a_bibliography(desk):
    assert sent(desk, "bibliography", pasted=json.dumps(ARTICLE)).context["number"] == 1


def test_what_changed_since_a_preview_is_shown_again_and_not_written(desk):
    page = sent(desk, "bibliography", pasted=json.dumps([ARTICLE, ARTICLE | {"id": "b", "DOI": ""}]))
    make_source("b")
    answer = desk.post(page.request["PATH_INFO"], {"seal": page.context["seal"]})
    assert (answer.status_code, Source.objects.count()) == (409, 1)
    assert "has changed since the preview" in answer.content.decode()
    desk.post(page.request["PATH_INFO"], {"seal": answer.context["seal"]})
    assert Source.objects.count() == 2


@pytest.mark.parametrize(
    ("pasted", "words"),
    [
        ("", "Give a file, or paste its text; not both."),
        ("[]", "A bibliography in CSL-JSON is a list of entries."),
        (
            '[{"date": "1974", "id": 7}]',
            "This is JSON and no bibliography: no entry has the id and the type of CSL-JSON.",
        ),
        ("[" * 100_000, "This is not readable JSON: lists in it are too deep."),
        ("{", "This is not readable JSON: Expecting property name"),
    ],
)
def test_what_is_no_bibliography_is_refused_in_words(desk, pasted, words):
    assert told(sent(desk, "bibliography", pasted=pasted)).startswith(words)


def test_an_entry_that_is_wrong_is_named_and_nothing_is_written(desk):
    page = sent(
        desk, "bibliography", pasted=json.dumps([ARTICLE, {"id": "b", "type": "book", "title": "", "DOI": "x"}])
    )
    text = page.content.decode()
    assert "entry 2" in text
    assert "is no DOI" in text
    desk.post(page.request["PATH_INFO"], {"seal": page.context["seal"]})
    assert Source.objects.count() == 0


@pytest.mark.parametrize(
    "typed", ["10.1000/182", "doi:10.1000/182", " https://dx.doi.org/10.1000%2F182", "DOI: 10.1000/182"]
)
def test_a_doi_fills_in_the_identifier_and_the_address(desk, typed):
    page = sent(desk, "doi", doi=typed)
    form = page.context["adminform"].form
    assert (form["doi"].value(), form["url"].value()) == ("10.1000/182", "https://doi.org/10.1000/182")


def test_a_doi_that_is_there_leads_to_its_source(desk):
    source = make_source("old", doi="10.1000/182")
    page = sent(desk, "doi", doi="https://doi.org/10.1000/182").content.decode()
    assert "It is in the register already" in page
    assert reverse("admin:relations_source_change", args=[source.pk]) in page
    assert told(sent(desk, "doi", doi="11.1000/182")).startswith("“11.1000/182” is no DOI")


def test_the_form_of_a_source_takes_a_doi_with_its_resolver_and_refuses_one_that_is_there(desk):
    make_source("old", doi="10.1000/182")
    add = reverse("admin:relations_source_add")
    typed = {"key": "new", "csl_type": "book", "title": "New"}
    answer = desk.post(add, typed | {"doi": "doi:10.1000/182"})
    assert answer.context["adminform"].form.errors == {"doi": ["It is in the register already: Old (old)."]}
    desk.post(add, typed | {"doi": "https://doi.org/10.1000/183"})
    source = Source.objects.get(key="new")
    assert (source.doi, source.url) == ("10.1000/183", "https://doi.org/10.1000/183")


def test_a_file_of_somebody_else_and_an_unknown_way_are_refused(desk):
    upload = make_upload("ada", collection="texts", file_format="txt", name="a.txt", content=b"One.")
    assert desk.get(reverse("admin:source_new_text", args=[upload.pk])).status_code == 404
    assert desk.post(NEW, {"by": "x"}).status_code == 400


@pytest.mark.parametrize(("group", "status"), [("viewer", 403), ("coder", 200), ("editor", 200)])
def test_who_may_add_sources_begins_them(group, status):
    user = member(group)
    client = desk_of(user)
    assert client.get(NEW).status_code == status
    for page, kind, content, refused in (
        ("source_new_text", "texts", b"One.", 200),  # without a title
        ("source_new_bibliography", "bibliographies", json.dumps([ARTICLE]).encode(), 409),  # without a valid signature
    ):
        upload = make_upload(user.username, collection=kind, file_format="txt", name="a.txt", content=content)
        address = reverse(f"admin:{page}", args=[upload.pk])
        assert client.get(address).status_code == status
        assert client.post(address).status_code == (403 if status == 403 else refused)
    listed = client.get(reverse("admin:relations_source_changelist")).content.decode()
    assert (NEW in listed) == (status == 200)
