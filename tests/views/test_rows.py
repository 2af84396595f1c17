"""Rows are text that the page takes as it is: what people wrote is escaped, and what is not said leaves no mark."""

import re

import pytest

from relations.views.dossiers import Line
from relations.views.rows import dossier_lines
from tests.factories import (
    cite,
    make_country,
    make_event,
    make_mission,
    make_passage,
    make_period,
    make_relation,
    make_source,
    make_transfer,
)

pytestmark = pytest.mark.django_db
TEXT = 'A "B" & <C>'
ESCAPED = "A &quot;B&quot; &amp; &lt;C&gt;"


def page(client, path):
    """A page in one line, without what attributes say on hover and without the navigation."""
    html = " ".join(client.get(path).content.decode().split("</header>", 1)[1].split())
    return re.sub(r' title="In our words[^"]*"', "", html)


def test_a_relation_in_a_list_and_on_the_page_of_a_side_says_since_when_and_what_came_last(client):
    make_country("EGY", name=TEXT)
    relation = make_relation("EGY", "PRK")
    period = make_period("legal", "established", relation=relation, began_on="1963", slug="established")
    make_mission(sending="PRK", accredited_to="EGY", opened_on="1970", slug="mission")
    make_transfer("PRK", "EGY", slug="deal", delivered_on="1972", deal_status="delivered", designation=TEXT)
    listed, beside = page(client, "/relations/"), page(client, "/countries/PRK/")
    deal = f'<a href="/arms-transfers/deal/" title="{ESCAPED}, North Korea to {ESCAPED}">1972</a>'
    assert (
        f'<th scope="row"><a href="/relations/EGY-PRK/">{ESCAPED} and North Korea</a> <code>EGY-PRK</code></th>'
        in listed
    )
    assert '<td data-label="Missions"><a href="/missions/?country=EGY&amp;partner=PRK">1</a></td>' in listed
    assert '<td data-label="Deals"><a href="/arms-transfers/?country=EGY&amp;partner=PRK">1</a></td>' in listed
    assert f'<th scope="row"><a href="/relations/EGY-PRK/">{ESCAPED}</a></th>' in beside
    for found in (listed, beside):
        assert re.search(r'<td data-label="Since"><span class="date" title="[^"]+">1963</span></td>', found)
        assert f'<td data-label="Last dated act">{deal}</td>' in found
    period.state = "draft"
    period.save()
    make_relation("PRK", "SYR")
    make_event("PRK", "SYR", happened_on="")
    bare = page(client, "/relations/").split("<code>PRK-SYR</code></th>")[1].split("</tr>")[0]
    assert re.sub("<[^>]+>", "", bare).split() == ["not", "stated"]


def test_a_sentence_of_a_dossier_has_its_date_before_it_and_its_places_behind_it():
    lines = [Line(TEXT, [3, 12], "/events/one/", TEXT, f" {TEXT}."), Line("So it was.", [])]
    assert str(dossier_lines(lines)) == (
        f'<li>{ESCAPED}: <a href="/events/one/">{ESCAPED}</a> {ESCAPED}.'
        '<sup><a class="note" href="#place-3" aria-label="Place 3">3</a></sup><sup>,</sup>'
        '<sup><a class="note" href="#place-12" aria-label="Place 12">12</a></sup></li>\n'
        '<li><a href="">So it was.</a></li>'
    )


def test_a_sentence_of_a_document_says_what_it_is_evidence_for_and_how_it_puts_that(client):
    source = make_source("book", text_is_public=True)
    told = make_passage(source, "one.1", digest=TEXT, finished=True)
    make_passage(source, "one.2", digest="", out_of_scope_reason=TEXT, finished=True)
    event = make_event(title=TEXT, slug="visit")
    deal = make_transfer("PRK", "EGY", slug="deal", deal_status="agreed", designation="MiG")
    cite(event, source=source, passage=told)
    cite(event, source=source, passage=told, field="happened_on", stance="contradicts", modality="reported", hedge=TEXT)
    cite(deal, source=source, passage=told)
    plain, other, agreed = re.findall(
        "<li>(?:(?!<li>).)*</li>", page(client, "/sources/book/one.1/").split("Evidence for")[1]
    )[:3]
    assert plain == f'<li><a href="/events/visit/">{ESCAPED}</a></li>'
    assert re.sub(r' (title|href)="[^"]+"', "", other) == (
        f'<li><a>{ESCAPED}</a> <a class="badge stance-contradicts">Contradicts</a>'
        ' <span class="definition">happened on</span> <a class="badge modality-reported">Reported</a>'
        f' <q class="hedge">{ESCAPED}</q></li>'
    )
    assert '</a> <span class="happened"><a class="badge' in agreed
    found = page(client, "/sources/book/")
    assert f'<p class="digest">{ESCAPED} <span class="ours">In our words.</span></p>' in found
    assert found.count('<p class="digest">') == 1
    assert '<a class="ref" href="/sources/book/one.1/">one.1</a> <span class="coverage-is coded">coded</span>' in found
    reason = f'<p class="definition">Out of scope: {ESCAPED}</p>'
    assert f'<span class="coverage-is out-of-scope">out of scope</span></p> {reason}' in found
    assert '<a class="ref"' not in page(client, "/sources/book/one.1/")


def test_a_row_of_a_data_set_says_for_which_columns_it_is_evidence(client):
    source = make_source("rows", csl_type="dataset")
    event = make_event(title=TEXT, slug="visit")
    for field in ("", "happened_on", "place"):
        cite(event, source=source, passage=None, locator="2 & 3", field=field)
    assert (
        f'<li><span class="definition">2 &amp; 3</span> <a href="/events/visit/">{ESCAPED}</a>'
        ' <span class="definition">happened on,</span> <span class="definition">place</span></li>'
    ) in page(client, "/sources/rows/")
