"""References and meta tags of pages, exactly, with any characters in a title."""

import json
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from config.register import ABOUT, Register
from relations.models import Event, FormerAddress, Source
from relations.views import schema
from relations.views.formats import FORMATS, SPECIAL, csl_json, in_tex, ris
from relations.views.references import Reference
from tests.factories import (
    cite,
    make_actor,
    make_event,
    make_one_of_everything,
    make_period,
    make_relation,
    make_source,
)

WRITTEN = {form.ending: form.write for form in FORMATS}
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('\\{}$&#%_^~"@,<>\n\r'), max_size=60)


def make_book() -> Source:
    """A source with a value in every column that a reference shows."""
    return Source(
        key="a-book",
        csl_type="book",
        title="Profit & loss: 100% of {what} costs $5_000 #1 ^~\\",
        authors="Müller, Jörg and Sons\nThe Institute",
        container_title="Series",
        publisher="Press",
        publisher_place="Cairo",
        volume="2",
        issue="3",
        page="10–12",
        edition="2nd ed.",
        language="de",
        doi="10.1234/a_b",
        isbn="9783161484100",
        url="https://example.org/a_{b}?x=1&y=50%25",
        issued_on="1999-05",
        accessed_on="2026-11-01",
        licence="CC BY-NC 4.0",
    )


OF_MANY = "CC BY 4.0 unless a record names that of its source"
BIBTEX = r"""@book{a-book,
  author = {{Müller}, {Jörg and Sons} and {The Institute}},
  title = {{Profit \& loss: 100\% of \textbraceleft{}what\textbraceright{} costs \$5\_000 \#1 \textasciicircum{}\textasciitilde{}\textbackslash{}}},
  howpublished = {Series},
  publisher = {Press},
  address = {Cairo},
  volume = {2},
  number = {3},
  pages = {10–12},
  edition = {2nd ed.},
  year = {1999},
  month = {5},
  doi = {10.1234/a\_b},
  isbn = {9783161484100},
  language = {de},
  url = {https://example.org/a_%7Bb%7D?x=1&y=50%25},
  urldate = {2026-11-01},
  note = {CC BY-NC 4.0}
}
"""  # noqa: E501 - as it is written
RIS = """TY  - BOOK
ID  - a-book
AU  - Müller, Jörg and Sons
AU  - The Institute
TI  - Profit & loss: 100% of {what} costs $5_000 #1 ^~\\
T2  - Series
PB  - Press
CY  - Cairo
VL  - 2
IS  - 3
SP  - 10–12
ET  - 2nd ed.
PY  - 1999
DA  - 1999/05
DO  - 10.1234/a_b
SN  - 9783161484100
LA  - de
UR  - https://example.org/a_{b}?x=1&y=50%25
Y2  - 2026/11/01
N1\x20\x20-\x20CC\x20BY-NC\x204.0
ER\x20\x20-\x20
"""
WORDS = (
    "Müller, Jörg and Sons; The Institute. “Profit & loss: 100% of {what} costs $5_000 #1 ^~\\”."
    " Series, 2 (3), 10–12, 2nd ed. Cairo: Press. May 1999. DOI 10.1234/a_b. ISBN 9783161484100."
    " https://example.org/a_{b}?x=1&y=50%25, read on 1 November 2026. CC BY-NC 4.0."
)


def test_a_source_is_cited_as_it_is_described() -> None:
    reference = Reference(make_book(), "https://dyad.example/sources/a-book/")
    assert reference.bibtex == BIBTEX
    assert ris(reference.item) == RIS.replace("\n", "\r\n")
    assert reference.words == WORDS
    (item,) = json.loads(csl_json(reference.item))
    assert item == reference.item
    assert item["author"] == [{"family": "Müller", "given": "Jörg and Sons"}, {"literal": "The Institute"}]
    assert item["issued"] == {"date-parts": [[1999, 5]]}
    assert ("citation_public_url", "https://dyad.example/sources/a-book/") in reference.tags
    assert ("citation_publication_date", "1999/05") in reference.tags


def test_a_source_without_anything_is_cited_by_its_page() -> None:
    reference = Reference(Source(key="text", csl_type="document", title="A text"), "https://dyad.example/sources/text/")
    url = "https://dyad.example/sources/text/"
    assert reference.item == {"id": "text", "type": "document", "title": "A text", "URL": url}
    assert reference.words == f"“A text”. {url}."
    assert reference.bibtex == f"@misc{{text,\n  title = {{{{A text}}}},\n  url = {{{url}}}\n}}\n"
    assert ris(reference.item) == f"TY  - GEN\r\nID  - text\r\nTI  - A text\r\nUR  - {url}\r\nER  - \r\n"


@pytest.mark.parametrize(
    ("issued", "item", "year", "tag"),
    [
        ("1962-08-24", {"date-parts": [[1962, 8, 24]]}, "1962", "1962/08/24"),
        ("0962", {"date-parts": [[962]]}, "962", "962"),
        ("1962~", {"literal": "about 1962"}, "about 1962", None),
        ("1962-21", {"literal": "spring 1962"}, "spring 1962", None),
        ("[1962,1963]", {"literal": "1962 or 1963"}, "1962 or 1963", None),
    ],
)
def test_a_date_is_never_made_more_exact(issued: str, item: Any, year: str, tag: str | None) -> None:
    reference = Reference(Source(key="text", csl_type="report", title="A text", issued_on=issued), "https://x.example/")
    assert reference.item["issued"] == item
    assert f"  year = {{{year}}}" in reference.bibtex
    assert dict(reference.tags).get("citation_publication_date") == tag
    assert (f"PY  - {issued[:4]}" in ris(reference.item)) is (tag is not None)


@given(title=TEXT)
def test_no_title_breaks_bibtex(title: str) -> None:
    written, depth = in_tex(title), 0
    for sign in written:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0
    letters = {escape: letter for letter, escape in SPECIAL.items()}
    pattern = "|".join(map(re.escape, sorted(letters, key=len, reverse=True)))
    assert not set(re.sub(pattern, "", written)) & set(SPECIAL)
    assert re.sub(pattern, lambda found: letters[found[0]], written) == title


@given(title=TEXT, name=TEXT)
def test_no_title_breaks_ris_or_json(title: str, name: str) -> None:
    item = {"id": "x", "type": "report", "title": title, "author": [{"literal": name}], "URL": "https://x.example/"}
    lines = ris(item).split("\r\n")
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - [^\r\n]*", line) for line in lines[:-1])
    assert (lines[0], lines[-2:]) == ("TY  - RPRT", ["ER  - ", ""])
    assert [line[:2] for line in lines[:-1]].count("ER") == 1
    assert json.loads(csl_json(item)) == [item]


@given(title=TEXT)
def test_no_title_leaves_the_element_that_describes_it(title: str) -> None:
    element = schema.element({"@type": "Event", "name": title})
    inner = element.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set(inner) & set("<>&")
    expected = {"@context": "https://schema.org", "@type": "Event", **({"name": title} if title else {})}
    assert json.loads(inner) == expected


def of_page(client: Client, path: str) -> tuple[str, list[str], list[str]]:
    """The reference to copy from a page, the files it links to, and its canonical URLs."""
    page = client.get(path).content.decode()
    whole = [unescape(text) for text in re.findall(r'class="whole">(.*?)</', page, re.DOTALL)]
    files = [unescape(path) for path in re.findall(r'<a href="([^"]*cite\.[^"]+)"', page)]
    return (whole[0] if whole else ""), files, re.findall(r'<link rel="canonical" href="([^"]*)">', page)


@pytest.mark.django_db
def test_a_record_is_cited_with_its_version_and_the_licences_of_its_sources(client: Client, settings) -> None:
    settings.REGISTER = Register(title="Ours", licence="CC0", licence_url="https://example.org/cc0")
    event = make_event(slug="visit", title="A <visit> & a half", modality="reported")
    day = timezone.localdate()
    words = f"“Reported: A <visit> & a half”. Ours, version {event.version}. {day.day} {day:%B} {day.year}."
    url = "http://testserver/events/visit/"
    cited, files, canonical = of_page(client, "/events/visit/")
    assert cited == f"The Ours contributors. {words} {url}. CC0."
    assert files == [f"/events/visit/cite.{ending}" for ending in ("bib", "ris", "json")]
    assert canonical == [url]

    cite(event, source=make_source("table", title="A table", licence="CC BY-NC 4.0"))
    (item,) = client.get("/events/visit/cite.json").json()
    assert item["note"] == "CC0; what is made of A table: CC BY-NC 4.0"
    assert item["issued"] == {"date-parts": [[day.year, day.month, day.day]]}
    assert (item["id"], item["container-title"], item["type"]) == ("ours-event-visit", "Ours", "entry")


@pytest.mark.django_db
def test_a_thing_is_cited_as_it_was_read(client: Client) -> None:
    make_event("EGY", "PRK")
    make_relation("EGY", "PRK")
    day = timezone.localdate()
    read = f"read on {day.day} {day:%B} {day.year}"
    url = "http://testserver/relations/EGY-PRK/"
    cited, _, canonical = of_page(client, "/relations/EGY-PRK/?as_of=1970")
    assert cited == f"The Dyad contributors. “Egypt and North Korea”. Dyad. {url}, {read}. {OF_MANY}."
    assert canonical == [url]
    cite(make_relation("EGY", "PRK"), source=make_source("table", title="A table", licence="CC BY-NC 4.0"))
    (item,) = client.get("/relations/EGY-PRK/cite.json").json()
    assert item["note"] == f"{OF_MANY}; what is made of A table: CC BY-NC 4.0"
    (item,) = client.get("/countries/EGY/cite.json").json()
    assert "version" not in item
    assert item["note"] == OF_MANY
    assert item["accessed"] == {"date-parts": [[day.year, day.month, day.day]]}


@pytest.mark.django_db
def test_everything_that_has_a_page_is_cited_in_every_format(client: Client) -> None:
    make_one_of_everything()
    make_relation("EGY", "PRK")
    paths = ("periods", "missions", "events", "arms-transfers", "observations", "sources", "actors", "countries")
    lists = [client.get(f"/{path}/").context["rows"] for path in (*paths, "relations")]
    types = {form.ending: form.content_type for form in FORMATS}
    for rows in lists:
        files = {f"{rows[0].get_absolute_url()}cite.{ending}": kind for ending, kind in types.items()}
        answers = {path: client.get(path) for path in files}
        assert {path: answer.headers.get("Content-Type") for path, answer in answers.items()} == files
        address = getattr(rows[0], "url", "") or rows[0].get_absolute_url()
        assert all(address in answer.content.decode() for answer in answers.values())


@pytest.mark.django_db
def test_a_list_is_cited_with_its_filters(client: Client, settings) -> None:
    settings.REGISTER = Register(title="Ours", licence="CC0", licence_url="https://example.org/cc0")
    make_event("EGY", "PRK", slug="visit", happened_on="1973")
    day = timezone.localdate()
    read = f"read on {day.day} {day:%B} {day.year}"
    cited, files, _ = of_page(client, "/events/?country=EGY&from=1973&size=10")
    asked = "?country=EGY&from=1973"
    url = f"http://testserver/events/{asked}"
    title, of_many = "Events (Country: Egypt; From: 1973)", "CC0 unless a record names that of its source"
    assert cited == f"The Ours contributors. “{title}”. Ours. {url}, {read}. {of_many}."
    assert files == [f"/events.cite.{ending}{asked}" for ending in ("bib", "ris", "json")]
    (item,) = client.get(files[2]).json()
    assert (item["id"], item["type"], item["title"]) == (
        "ours-events",
        "dataset",
        title,
    )
    assert item["note"] == of_many
    assert (item["URL"], item["accessed"]) == (url, {"date-parts": [[day.year, day.month, day.day]]})
    assert client.get("/events.cite.bib?nonsense=1").status_code == 400


@pytest.mark.django_db
def test_every_list_is_cited_in_every_format(client: Client) -> None:
    make_one_of_everything()
    records = ("periods", "missions", "events", "arms-transfers", "observations")
    for path in (*records, "sources", "actors", "countries", "relations", "figures", "everything"):
        files = {f"/{path}.cite.{form.ending}": form.content_type for form in FORMATS}
        assert of_page(client, f"/{path}/")[1] == list(files)
        answers = {file: client.get(file) for file in files}
        assert {file: answer.headers["Content-Type"] for file, answer in answers.items()} == files
        assert all(f"http://testserver/{path}/" in answer.content.decode() for answer in answers.values())


@pytest.mark.django_db
def test_a_file_of_a_reference_is_public_as_long_as_its_page(client: Client) -> None:
    event = make_event(slug="visit")
    make_event(slug="secret", state="draft")
    FormerAddress.objects.create(collection="events", slug="old", now_at="visit", reason="renamed")
    moved = client.get("/events/old/cite.bib")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/events/visit/cite.bib")
    assert client.get("/relations/prk-egy/cite.ris").status_code == 404
    assert [client.get(f"/events/{path}").status_code for path in ("secret/cite.bib", "visit/cite.xml")] == [404, 404]
    Event.objects.filter(pk=event.pk).update(state="draft")
    assert client.get("/events/visit/cite.json").status_code == 410


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("columns", "described"),
    [
        ({"happened_on": "1963-08-24", "place": "Cairo"}, {"startDate": "1963-08-24"}),
        ({"happened_on": "1963/1965-02"}, {"startDate": "1963", "endDate": "1965-02"}),
        *(({"happened_on": day}, {}) for day in ("", "1963~", "196X", "1963-21", "[1963,1965]", "[..1963]")),
    ],
)
def test_an_event_is_described_with_the_dates_that_it_has(client: Client, columns: Any, described: Any) -> None:
    make_event(slug="visit", title="A </script> visit", summary="They met.", **columns)
    page = client.get("/events/visit/").content.decode()
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    place = {"location": {"@type": "Place", "name": "Cairo"}} if "place" in columns else {}
    assert json.loads(found) == {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "A </script> visit",
        "description": "They met.",
        "url": "http://testserver/events/visit/",
        **described,
        **place,
    }


@pytest.mark.django_db
def test_the_register_is_described_with_its_files_and_what_did_not_happen_is_no_event(client: Client, settings) -> None:
    settings.REGISTER = Register(title="Ours", about="Of\n\nus.", licence="CC0", licence_url="https://example.org/cc0")
    for path in ("/", "/data/"):
        (found,) = re.findall(r'ld\+json">(.*?)</script>', client.get(path).content.decode())
        described = json.loads(found)
        assert (described["@type"], described["name"], described["url"]) == ("Dataset", "Ours", "http://testserver/")
        assert described["license"] == "https://example.org/cc0"
        assert described["description"].endswith(" Of us.")
        files = [file["contentUrl"] for file in described["distribution"]]
        assert files[:2] == ["http://testserver/countries.csv", "http://testserver/countries.json"]
        assert [file["encodingFormat"] for file in described["distribution"]][:2] == ["text/csv", "application/json"]
        assert [client.head(file).status_code for file in files] == [200] * len(files)
    make_event(slug="visit", negated=True)
    make_actor("nobody")
    assert "ld+json" not in client.get("/events/visit/").content.decode()


@pytest.mark.django_db
def test_a_page_that_is_shared_says_in_a_sentence_what_it_tells(client: Client, settings) -> None:
    settings.REGISTER = Register(title="Ours", about="Of us.")
    make_event("EGY", "PRK", slug="visit", title="A visit", summary="They <met>.")
    make_period("legal", "established", relation=make_relation("EGY", "PRK"), began_on="1963")
    make_event("PRK", "SYR", slug="talks")
    make_relation("PRK", "SYR")
    anything = f"{ABOUT} Of us."
    for path, told in {
        "/": anything,
        "/events/": anything,
        "/events/visit/": "They <met>.",
        "/events/talks/": anything,
        "/relations/EGY-PRK/": "Egypt and North Korea have diplomatic relations – since 1963.",
        "/relations/PRK-SYR/": "Not stated: whether North Korea and Syria have diplomatic relations",
    }.items():
        page = client.get(path).content.decode()
        (found,) = re.findall(r'<meta name="description" property="og:description" content="(.*?)">', page)
        assert unescape(found).strip().startswith(told), path
        assert page.count("og:description") == page.count('<meta property="og:site_name" content="Ours">') == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "canonical"),
    [
        ("/", ["http://testserver/"]),
        ("/events/?utm_source=x&country=EGY", ["http://testserver/events/?country=EGY"]),
        ("/search/?q=a+b", ["http://testserver/search/?q=a+b"]),
        ("/events/?nonsense=1", []),
        ("/events/never/", []),
    ],
)
def test_a_page_calls_one_address_its_own(client: Client, path: str, canonical: list[str]) -> None:
    make_event("EGY", "PRK")
    assert of_page(client, path)[2] == canonical
