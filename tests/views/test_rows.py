"""Table rows made in Python: values are escaped, and missing values leave no markup."""

import re
from datetime import date
from types import SimpleNamespace

import pytest

from relations import density
from relations.models import Event, Mission, Observation, PassageText, RelationPeriod
from relations.phrasing import read_hedges
from relations.views.charts import Bar, Point
from relations.views.dossiers import Line
from relations.views.drawings import density_steps, marks, points, timeline_bars
from relations.views.listed import listed_rows
from relations.views.rows import dossier_lines, dossier_places, evidence_line, located_line
from tests.factories import (
    cite,
    make_actor,
    make_country,
    make_event,
    make_mission,
    make_observation,
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
    """A page as one line, without title attributes and navigation."""
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


def test_a_place_of_a_dossier_leads_to_its_sentence_and_to_its_source():
    source = make_source("book", title=TEXT)
    told, bare = make_passage(source, "one.1", digest=TEXT), make_passage(source, "one.2", digest="")
    event = make_event(slug="visit")
    places = [cite(event, passage=told), cite(event, passage=bare), cite(event, source=source, locator=TEXT)]
    of_source = f'in <cite><a href="/sources/book/">{ESCAPED}</a></cite>'
    assert str(dossier_places(enumerate(places, 3))).split("\n") == [
        f'<li id="place-3"><a href="/sources/book/one.1/">one.1</a> {of_source}. In our words: {ESCAPED}</li>',
        f'<li id="place-4"><a href="/sources/book/one.2/">one.2</a> {of_source}</li>',
        f'<li id="place-5">{ESCAPED} {of_source}</li>',
    ]
    source.issued_on = "1980"
    assert re.search(
        r'</cite>, <span class="date" title="[^"]+">1980</span></li>$', str(dossier_places([(1, places[1])]))
    )


def test_the_text_of_a_sentence_stands_in_its_page_escaped_where_it_is_public(client):
    told = make_passage(make_source("book", text_is_public=True), "one.1")
    kept = make_passage(make_source("paper", text_is_public=False), "one.1")
    for passage in (told, kept):
        PassageText.objects.create(passage=passage, text=TEXT)
        cite(make_event(slug=passage.source.key), passage=passage)
    assert f"<blockquote>{ESCAPED}</blockquote>" in page(client, "/sources/book/one.1/")
    assert "<blockquote>" not in page(client, "/sources/paper/one.1/")


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


def test_evidence_for_a_party_names_it():
    make_country("EGY", name=TEXT)
    event = make_event("EGY", slug="visit")
    citation = cite(event, field="participants", part="EGY", modality="reported")
    read_hedges([event])
    party = f'<span class="definition">{ESCAPED} (actor)</span>'
    assert evidence_line(citation).startswith(f'<li><a href="/events/visit/">{event.title}</a> {party} <a')
    assert str(located_line([citation])).endswith(f"</a> {party}</li>")


def drawn_mark(**is_so):
    outline = SimpleNamespace(path="M0 0h9")
    plain = {"is_plain": True, "is_small": False, "is_tiny": False}
    about = {"url": "/relations/EGY-PRK/", "spot": "M1 2h0", "pattern": "severed", "title": TEXT, "shape": outline}
    return SimpleNamespace(**about, **plain | is_so)


def test_a_mark_on_a_map_is_seen_and_touched_however_small_it_is():
    whole = f'<title>{ESCAPED}</title><path d="M0 0h9" fill="url(#fill-severed)"/>'
    target = '<path class="target" d="M1 2h0"/>'
    dot = '<path class="rim" d="M1 2h0"/><path class="dot" d="M1 2h0" stroke="url(#fill-severed)"/>'
    small, tiny = drawn_mark(is_small=True), drawn_mark(is_small=True, is_tiny=True)
    shown = SimpleNamespace(marks=[drawn_mark(), small, tiny, drawn_mark(is_plain=False)])
    for day, link in ((None, "/relations/EGY-PRK/"), (date(987, 1, 2), "/relations/EGY-PRK/?as_of=0987-01-02")):
        assert str(marks(shown, day)).split("</a>\n") == [
            f'<a href="{link}">{whole}\n  ',
            f'<a href="{link}">{whole}\n  {target}',
            f'<a href="{link}">{whole}\n  {target}{dot}',
            f'<a href="{link}" class="unsure">{whole}\n  ',
            "",
        ]


@pytest.mark.parametrize(
    ("negated", "core", "told"),
    [
        (False, 4.5, ["possible", "certain"]),
        (False, 0, ["possible"]),
        (True, 4.5, ["denied"]),
    ],
)
def test_a_bar_of_a_time_line_is_certain_only_where_it_was_so(negated, core, told):
    svg = str(timeline_bars([Bar(SimpleNamespace(negated=negated), TEXT, 1.25, 9.5, 2.5, core)]))
    assert svg.startswith(f'<p class="label">{ESCAPED}</p>')
    assert re.findall('<rect x="([^"]+)" width="([^"]+)" height="100%" class="([^"]+)"/>', svg) == [
        ({"certain": "2.5%"}.get(kind, "1.25%"), {"certain": f"{core}%"}.get(kind, "9.5%"), kind) for kind in told
    ]


STEP = (
    '<a href="/chronology/?{asked}from=0001&amp;to=0009" aria-label="1–9: {number}">\n  <title>1–9: {number}</title>\n'
    '  <rect class="ground" x="2.5%" width="50%" y="0" height="58"/>\n'
    '  <rect x="3.5%" width="4.25%" y="10.0" height="30.0"/>\n  <text x="2.5%" y="54">1</text>\n</a>\n'
)


def test_a_drawing_of_time_leads_to_the_chronology_of_each_of_its_steps():
    bars = [density.Bar(3.5, 4.25, 10.0, 30.0)]
    few, many = (density.Step(1, 9, 301, is_more, 2.5, 50, bars) for is_more in (False, True))
    assert density_steps([few, many], "", "", "") == "".join(
        STEP.format(asked="", number=number) for number in ("301", "more than 301")
    )
    of_pair = STEP.format(asked="country=EGY&amp;partner=PRK&amp;", number="301")
    assert density_steps([few], "EGY", "PRK", "envoy") == of_pair
    assert density_steps([few], "EGY", "", "") == STEP.format(asked="country=EGY&amp;", number="301")
    assert density_steps([few], "", "PRK", TEXT) == STEP.format(asked=f"actor={ESCAPED}&amp;", number="301")


def cells(*things):
    """The labels of the cells on narrow screens, and their texts."""
    found = re.findall(
        r'<t[dh](?: class="when"| scope="row")?(?: data-label="([^"]*)")?>(.*?)</t[dh]>', listed_rows(things)
    )
    return [(label, re.sub("<[^>]+>", "", words)) for label, words in found]


def test_events_in_a_list_say_when_they_were_who_took_part_and_how_sure_they_are():
    make_event("PRK", "EGY", slug="a-visit", title=TEXT, happened_on="1963", modality="alleged", negated=True)
    talks = make_event(slug="b-talks", title="Talks", happened_on="1964", modality="reported")
    talks.participations.all().delete()
    parties = {
        "host": {"actor": make_actor()},
        "actor": {"named_as": TEXT, "count": 3},
        "addressee": {"named_as": "UN"},
    }
    for role, party in parties.items():
        talks.participations.create(role=role, **party)
    events = Event.objects.with_who("role", "pk").order_by("slug")
    words = [words for _, words in cells(*events)]
    assert words[:5] == ["1963", f"Did not happen: {ESCAPED}", "North Korea, Egypt", "Visit", "Alleged"]
    assert words[5:] == ["1964", "Talks", f"3 {ESCAPED}, UN, Orascom", "Visit", "Reported"]
    assert '<a href="/events/a-visit/">' in listed_rows(events)
    # A party has the same name if its row is read.
    assert [each.who for each in Event.objects.with_who("pk").order_by("slug")] == [
        [each.party for each in event.participations.order_by("pk")] for event in Event.objects.order_by("slug")
    ]


def test_rows_of_a_list_say_what_their_type_is_listed_by():
    make_country("EGY", name=TEXT)
    make_period("legal", "established", relation=make_relation("EGY", "PRK"), began_on="0963", slug="legal")
    make_mission("PRK", "EGY", slug="post", city=TEXT, opened_on="0963", modality="reported")
    period, mission = (
        model.objects.with_shown().with_ends().with_verdict(date(987, 1, 2)).get()
        for model in (RelationPeriod, Mission)
    )
    deal = make_transfer("PRK", "EGY", slug="deal", designation=TEXT, ordered_on="1972")
    make_observation("PRK", "EGY", subject=TEXT, period="1972", measure="weight", figure_unit=TEXT)
    figure = Observation.objects.get()
    source = make_source("book", title=TEXT, licence=TEXT, issued_on="1999")
    unsaid, on_day = "not stated", ("On 2 January 0987", "On that day")
    assert cells(period, mission, deal, figure, source, make_source("plain")) == [
        *(
            ("Began", "AD 963"),
            ("Ended", "no end stated"),
            ("", f"{ESCAPED} and North Korea: legal status, established"),
        ),
        *(on_day, ("Track", "Legal status"), ("How sure", "")),
        *(("Opened", "AD 963"), ("Ended", "no end stated"), ("", f"Embassy of North Korea to {ESCAPED}")),
        *(on_day, ("Sits in", ESCAPED), ("How sure", "Reported")),
        *(("Ordered", "1972"), ("Delivered", unsaid), ("", f"{ESCAPED}, North Korea to {ESCAPED}")),
        *(("Number", unsaid), ("Deal", "Delivered"), ("How sure", "")),
        *(("", "1972"), ("", f"Weight, North Korea to {ESCAPED} – {ESCAPED}")),
        *(("Figure", f"712,000 {ESCAPED}"), ("How sure", "")),
        *(("Published", "1999"), ("", ESCAPED), ("Type", "Document"), ("Speaks until", unsaid), ("Licence", ESCAPED)),
        *(("Published", unsaid), ("", "Plain"), ("Type", "Document"), ("Speaks until", unsaid)),
        ("Licence", "that of the register"),
    ]


def test_a_figure_among_others_leads_to_its_record():
    record = SimpleNamespace(figure=TEXT, get_absolute_url=lambda: "/observations/one/")
    drawn = points(SimpleNamespace(points=[Point(record, 1973, 10.5, 40.0, 60.0)]))
    assert str(drawn) == (
        f'<a href="/observations/one/" aria-label="1973: {ESCAPED}"><title>1973: {ESCAPED}</title>'
        '<rect class="ground" x="10.5%" y="0" width="24" height="100%"/>'
        '<rect x="10.5%" y="40.0%" width="10" height="60.0%" class="certain"/></a>'
    )


def test_tables_of_a_relation_say_of_each_record_when_it_was_and_how_far_it_came(client):
    make_country("EGY", name=TEXT)
    make_relation("EGY", "PRK")
    make_mission(sending="PRK", accredited_to="EGY", opened_on="1970", closed_on="1975", city="Cairo", slug="mission")
    make_transfer("PRK", "EGY", slug="deal", ordered_on="1971", deal_status="agreed", designation="Gun")
    make_observation("PRK", "EGY", slug="figure", period="1972", figure_low=3, figure_high=3)
    html = page(client, "/relations/EGY-PRK/")

    def cells(path):
        row = html.split(f'<tr> <th scope="row"><a href="{path}">')[1].split("</tr>")[0]
        found = re.findall('<td data-label="([^"]+)">(.*?)</td>', row)
        return {label: re.sub("<[^>]+>", "", cell).strip() for label, cell in found}

    mission, deal, figure = map(cells, ("/missions/mission/", "/arms-transfers/deal/", "/observations/figure/"))
    assert (mission["Sits in"], mission["Opened"], mission["Ended"]) == ("Cairo", "1970", "1975")
    assert (deal["Ordered"], deal["Delivered"], deal["Number"]) == ("1971", "not stated", "not stated")
    assert deal["Deal"] == "Agreed"
    assert (figure["Period"], figure["Figure"].split()[0]) == ("1972", "3")
    for record in (mission, deal, figure):
        assert re.fullmatch(r"test\.1\.\d+", record["Sources say"])


def test_home_says_at_a_glance_since_when_and_how_sure(client):
    make_country("EGY", name=TEXT)
    make_period("legal", "established", relation=make_relation("EGY", "PRK"), began_on="1963", modality="reported")
    make_period("legal", "established", relation=make_relation("PRK", "SYR"), began_on="1966", slug="other")
    found = page(client, "/").split("<dd>")[1].split("</dd>")[0]
    first, second = found.split('<span class="unseen">,</span></span> ')
    since = '<span class="definition">since {}</span>'.format
    assert first.startswith(f'<span><a href="/relations/EGY-PRK/">{ESCAPED}</a> {since(1963)} <a')
    assert first.endswith(">Reported</a>")
    assert second == f'<span><a href="/relations/PRK-SYR/">Syria</a> {since(1966)} </span>'
