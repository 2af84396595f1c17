"""The coding screen without JavaScript: a sentence becomes a record through the desk's own forms and saving."""

import re
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from relations.models import (
    ArmsTransfer,
    Citation,
    Country,
    Event,
    Mission,
    Observation,
    Passage,
    PassageText,
    RelationPeriod,
    Source,
)
from tests.admin.forms import filled
from tests.admin.test_records import errors_of
from tests.admin.test_rights import desk_of, member
from tests.factories import (
    cite,
    make_country,
    make_event,
    make_passage,
    make_period,
    make_relation,
    make_source,
    make_transfer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    """A document of three sentences about two countries in the register."""
    make_country("PRK")
    make_country("EGY")
    source = make_source("a-report", title="A report on North Korea")
    for number, text in enumerate(("They reportedly met in 1973.", "They sold tanks.", "It rained."), start=1):
        passage = make_passage(source, f"egypt.1.{number}", section="Egypt", position=number)
        PassageText.objects.create(passage=passage, text=text)
    return source


def address(source: Any, **asked: Any) -> str:
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return f"{reverse('admin:relations_source_code', args=[source.pk])}?{query}"


def screen(desk, source, **asked: Any) -> Any:
    response = desk.get(address(source, **asked))
    assert response.status_code == 200
    return response


def parties(*codes: str) -> dict[str, str]:
    rows = {f"participations-{number}-country": code for number, code in enumerate(codes)}
    return rows | {f"participations-{number}-role": "actor" for number in range(len(codes))}


def told(desk, url: str) -> list[str]:
    """The messages of the page after a POST."""
    return re.findall(r'<li class="(?:success|error)">(.+?)</li>', desk.get(url).content.decode())


def test_sentences_stand_in_order_with_text_coverage_and_records(desk, source):
    _, second, third = source.passages.order_by("position")
    cite(make_transfer(slug="tanks", designation="T-55"), passage=second)
    second.finished = True
    second.save()
    third.finished, third.out_of_scope_reason = True, "The weather."
    third.save()
    page = screen(desk, source).content.decode()
    shown = re.findall(r'class="ref" href="[^"]+"(?: aria-current="true")?>(\S+)</a>\s*<span[^>]*>([^<]+)</span>', page)
    assert shown == [("egypt.1.1", "to do"), ("egypt.1.2", "coded"), ("egypt.1.3", "out of scope")]
    assert page.index("They reportedly met in 1973.") < page.index("They sold tanks.") < page.index("T-55, North Korea")
    assert (
        '<a class="ref" href="{}" aria-current="true">egypt.1.1</a>'.format(address(source, passage="egypt.1.1"))
        in page
    )


def test_digest_is_shown_if_no_text_is_loaded(desk):
    source = make_source("another")
    make_passage(source, "egypt.1.1", digest="They met.")
    assert "<p>They met.</p>" in screen(desk, source).content.decode()


def test_a_source_without_sentences_says_so(desk):
    page = screen(desk, make_source("a-list")).content.decode()
    assert "It has no sentences: load a text of it." in page
    assert "data-key" not in page


def test_a_sentence_becomes_an_event_and_the_next_is_at_hand(desk, source, editor):
    form = screen(desk, source, passage="egypt.1.1", kind="event")
    assert form.templates[0].name == "admin/relations/coding.html"
    values = filled(form, title="A meeting", kind="visit", happened_on="in 1973", modality="reported")
    values |= parties("PRK", "EGY") | {"citations-0-hedge": "reportedly", "_finish": "on"}
    answer = desk.post(address(source, passage="egypt.1.1", kind="event"), values)
    assert (answer.status_code, answer.url) == (302, address(source, passage="egypt.1.2"))
    assert told(desk, answer.url) == ["Saved in egypt.1.1: A meeting."]
    event = Event.objects.get()
    assert (event.slug, event.happened_on, event.state, event.created_by) == ("a-meeting-1973", "1973", "draft", editor)
    assert sorted(part.country_id for part in event.participations.all()) == ["EGY", "PRK"]
    citation = event.citations.get()
    assert (citation.passage.ref, citation.source, citation.hedge) == ("egypt.1.1", source, "reportedly")
    assert Passage.objects.with_coverage().get(ref="egypt.1.1").coverage == "coded"
    assert LogEntry.objects.filter(content_type__model="passage", user=editor).count() == 1


def test_save_and_next_record_stays_with_the_sentence(desk, source):
    form = screen(desk, source, passage="egypt.1.1", kind="mission")
    values = filled(form, sending="EGY", accredited_to="PRK", kind="embassy", _next="on")
    here = address(source, passage="egypt.1.1", kind="mission")
    assert desk.post(here, values).url == here
    assert not Passage.objects.get(ref="egypt.1.1").finished
    following = screen(desk, source, passage="egypt.1.2", kind="mission").context["adminform"].form
    assert [following[name].value() for name in ("sending", "accredited_to")] == ["EGY", "PRK"]


def test_parties_and_direction_are_those_of_the_nearest_record_of_the_section(desk, source):
    first, _, third = source.passages.order_by("position")
    cite(make_transfer("EGY", "PRK"), passage=first)
    cite(make_transfer("PRK", "SYR"), passage=make_passage(source, "syria.1.1", section="Syria", position=4))
    form = screen(desk, source, passage=third.ref, kind="transfer").context["adminform"].form
    assert [form[name].value() for name in ("supplier", "recipient")] == ["EGY", "PRK"]
    form = screen(desk, source, passage=third.ref, kind="observation").context["adminform"].form
    assert [form[name].value() for name in ("from_country", "to_country")] == ["PRK", "EGY"]


def test_the_pair_is_read_from_the_section_where_nothing_is_coded_yet(desk, source):
    form = screen(desk, source, passage="egypt.1.1", kind="period").context["adminform"].form
    assert [form[name].value() for name in ("one_side", "other_side")] == ["PRK", "EGY"]
    (rows, *_) = screen(desk, source, passage="egypt.1.1", kind="event").context["inline_admin_formsets"]
    assert [form["country"].value() for form in rows.formset.forms] == ["PRK", "EGY"]


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("Cuban troops left Angola.", ["CUB", "AGO"]),
        ("Angola saw Cuban troops leave.", ["AGO", "CUB"]),
        ("They left.", ["AGO", "CUB"]),
    ],
)
def test_of_two_other_states_the_one_that_the_sentence_names_first_comes_first(desk, source, text, pair):
    first, second, _ = source.passages.order_by("position")
    make_country("AGO", name="Angola")
    make_country("CUB", name="Cuba")
    cite(make_period(relation=make_relation("AGO", "CUB")), passage=first)
    PassageText.objects.filter(passage=second).update(text=text)
    (rows, *_) = screen(desk, source, passage=second.ref, kind="event").context["inline_admin_formsets"]
    assert [form["country"].value() for form in rows.formset.forms] == pair


@pytest.mark.parametrize(
    ("title", "text", "pair"),
    [
        ("Egypt and Sudan", "A visit to Cairo.", [None, None]),
        ("Egypt and Sudan", "", ["PRK", "EGY"]),
        ("Egypt and Sudan", "North Korean guests in Cairo.", ["PRK", "EGY"]),
        ("Egypt and the DPRK", "A visit to Cairo.", ["PRK", "EGY"]),
    ],
    ids=["another state", "no text here", "named in it", "named by its title"],
)
def test_the_studied_state_is_proposed_where_the_document_may_be_about_it(desk, source, title, text, pair):
    Country.objects.filter(pk="PRK").update(name="North Korea", aliases=["DPRK"])
    Source.objects.update(title=title)
    PassageText.objects.all().delete()
    if text:
        PassageText.objects.create(passage=source.passages.get(ref="egypt.1.2"), text=text)
    form = screen(desk, source, passage="egypt.1.1", kind="transfer").context["adminform"].form
    assert [form[name].value() for name in ("supplier", "recipient")] == pair


def test_two_countries_make_their_relation(desk, source):
    form = screen(desk, source, passage="egypt.1.1", kind="period")
    values = filled(form, one_side="PRK", other_side="EGY", track="legal", value="established", began_on="1963")
    here = address(source, passage="egypt.1.1", kind="period")
    assert errors_of(desk.post(here, values | {"other_side": "PRK"}))["other_side"] == ["Give two different countries."]
    assert not RelationPeriod.objects.exists()
    assert desk.post(here, values).status_code == 302
    period = RelationPeriod.objects.get()
    assert (period.relation.code, period.slug) == ("EGY-PRK", "egy-prk-legal-established-1963")
    assert desk.post(here, values | {"value": "severed", "began_on": "1970"}).status_code == 302
    assert {each.relation for each in RelationPeriod.objects.all()} == {period.relation}


def test_what_the_kind_needs_comes_first_and_the_rest_is_folded(desk, source):
    (first, more) = screen(desk, source, passage="egypt.1.1", kind="event").context["adminform"].fieldsets
    assert first == (None, {"fields": (("kind", "happened_on"), "title", "modality")})
    assert (more[0], more[1]["classes"]) == ("More", ["collapse"])
    assert {"slug", "state", "summary", "negated", "possibly_same_as"} <= set(more[1]["fields"])
    assert not {"title", "version", "created"} & set(more[1]["fields"])


def test_an_error_is_shown_on_top_with_a_way_to_its_field(desk, source):
    form = screen(desk, source, passage="egypt.1.1", kind="observation")
    values = filled(form, measure="exports", figure="60.000 USD", period="3/11/1956")
    page = desk.post(address(source, passage="egypt.1.1", kind="observation"), values).content.decode()
    summary = re.findall(r'<li><a href="#(\w+)">([^<]+)</a>: “(.+?)”', page)
    assert summary == [("id_figure", "Figure", "60.000 USD"), ("id_period", "Period", "3/11/1956")]
    assert not Observation.objects.exists()


def test_a_likely_duplicate_is_shown_and_asks_once(desk, source):
    there = make_event("PRK", "EGY", slug="there", kind="visit", title="They met", happened_on="1973-05")
    make_event("PRK", "EGY", slug="another-kind", kind="statement", happened_on="1973-05")
    make_event("PRK", "EGY", slug="another-time", kind="visit", happened_on="1974")
    make_event("PRK", "SYR", slug="another-pair", kind="visit", happened_on="1973")
    here = address(source, passage="egypt.1.1", kind="event")
    values = filled(desk.get(here), title="A meeting", kind="visit", happened_on="1973") | parties("PRK", "EGY")
    panel = desk.post(f"{here}&likely=on", values)
    assert [record for record, *_ in panel.context["likely"]] == [there]
    assert "Address: <code>/events/a-meeting-1973/</code>" in panel.content.decode()
    refused = desk.post(here, values)
    (told,) = errors_of(refused)["__all__"]
    assert told == "This may be in the register already. Say below that it is the same, or that it is another."
    ((record, name, cited_there),) = refused.context["likely"]
    assert (record, name) == (there, "They met, May 1973")
    assert '<p><a href="#likely">To what it may be the same as</a></p>' in refused.content.decode()
    assert Event.objects.count() == 4
    assert desk.post(here, values | {"another": "on"}).status_code == 302
    assert Event.objects.count() == 5
    form = desk.get(cited_there)
    assert desk.post(cited_there, filled(form, **{"citations-1-hedge": "reportedly"})).status_code == 302
    assert [(each.passage.ref, each.hedge) for each in there.citations.order_by("pk")][1:] == [
        ("egypt.1.1", "reportedly")
    ]


def test_undated_records_are_alike_only_among_themselves(desk, source):
    make_transfer("PRK", "EGY", slug="dated", ordered_on="1980", delivered_on="1981")
    undated = make_transfer("PRK", "EGY", slug="undated")
    here = address(source, passage="egypt.1.1", kind="transfer")
    values = filled(desk.get(here), category="missiles", supplier="PRK", recipient="EGY")

    def found(**typed):
        return [record.slug for record, *_ in desk.post(f"{here}&likely=on", values | typed).context["likely"]]

    assert found() == [undated.slug]
    assert found(ordered_on="late 1970s", delivered_on="1980") == ["dated"]
    assert found(ordered_on="1979") == []
    assert found(recipient="") == []


def test_a_record_is_opened_next_to_its_sentence_and_saved_by_its_own_page(desk, source):
    event = make_event("PRK", "EGY", slug="there", state="draft")
    cite(event, passage=source.passages.get(ref="egypt.1.2"))
    here = address(source, passage="egypt.1.2", kind="event", record=event.pk)
    assert f'href="{here.replace("&", "&amp;")}"' in screen(desk, source).content.decode()
    form = desk.get(here)
    assert desk.post(here, filled(form, title="A visit")).url == address(source, passage="egypt.1.2")
    assert Event.objects.get().title == "A visit"
    stale = desk.post(here, filled(form, title="From a stale page", seen_version="0"))
    assert [each.typed for each in stale.context["choices"] if each.label == "Title"] == ["From a stale page"]
    assert Event.objects.get().title == "A visit"


def cover(desk, source, ref: str, coverage: str, **reason: str) -> tuple[list[str], str]:
    """The messages, and the coverage of the sentence afterwards."""
    answer = desk.post(address(source, passage=ref), {"coverage": coverage, **reason})
    assert answer.status_code == 302
    return told(desk, answer.url), Passage.objects.with_coverage().get(ref=ref).coverage


def test_coverage_is_set_and_what_is_missing_is_reported(desk, source):
    nothing = "Nothing is coded in egypt.1.1: code it, say that it is context, or why it is out of scope."
    assert cover(desk, source, "egypt.1.1", "finished") == ([nothing], "to do")
    assert cover(desk, source, "egypt.1.1", "out of scope") == (["Say why it is out of scope."], "to do")
    assert cover(desk, source, "egypt.1.1", "out of scope", reason=" The weather. ") == ([], "out of scope")
    assert Passage.objects.get(ref="egypt.1.1").out_of_scope_reason == "The weather."
    assert cover(desk, source, "egypt.1.1", "to do") == ([], "to do")
    no_relation = "The section of egypt.1.2 is not about an existing relation: cite the sentence in what it mentions"
    (refused,), _ = cover(desk, source, "egypt.1.2", "context")
    assert refused.startswith(no_relation)
    relation = make_relation("PRK", "EGY")
    assert cover(desk, source, "egypt.1.2", "context") == ([], "context")
    assert cover(desk, source, "egypt.1.2", "context") == ([], "context")
    assert [(each.passage.ref, each.stance) for each in relation.citations.all()] == [("egypt.1.2", "mentions")]
    assert cover(desk, source, "egypt.1.2", "out of scope", reason="x") == (["egypt.1.2 is cited."], "context")
    cite(make_event(state="draft"), passage=source.passages.get(ref="egypt.1.3"))
    assert cover(desk, source, "egypt.1.3", "finished") == ([], "coded")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"passage": "egypt.9.9"}, "a-report has no sentence “egypt.9.9”."),
        ({"passage": "egypt.1.1", "kind": "country"}, "“country” is none of them."),
    ],
)
def test_what_is_not_there_is_reported(desk, source, asked, told):
    answer = desk.get(address(source, **asked))
    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert desk.post(address(source, passage="egypt.1.1"), {"coverage": "x"}).status_code == 400


def test_rights_are_those_of_the_desk(source):
    passage = source.passages.get(ref="egypt.1.1")
    coder = member("coder")
    public, other = make_event(slug="public"), make_event(slug="other", state="draft", created_by=member("editor"))
    for event in (public, other):
        cite(event, passage=passage)
    here, client = address(source, passage=passage.ref, kind="event"), desk_of(member("viewer"))
    assert client.get(here).status_code == 403
    page = client.get(address(source, passage=passage.ref)).content.decode()
    assert "What the sentence holds" not in page
    assert 'name="coverage"' not in page
    assert client.post(address(source, passage=passage.ref), {"coverage": "to do"}).status_code == 403
    assert client.post(f"{here}&likely=on", {}).status_code == 403
    client = desk_of(coder)
    values = filled(client.get(here), title="Mine", kind="visit", state="published") | parties("PRK", "EGY")
    (told,) = errors_of(client.post(here, values))["state"]
    assert told == "You may not publish events; send them to review."
    assert client.post(here, values | {"state": "draft", "another": "on"}).status_code == 302
    assert Event.objects.get(title="Mine").created_by == coder
    for event in (public, other):
        beside = f"{here}&record={event.pk}"
        assert client.get(beside).context["has_change_permission"] is False
        assert client.post(beside, {"title": "Another"}).status_code == 403
    relation = make_relation("PRK", "EGY")
    cite(relation)
    make_transfer("PRK", "EGY")
    assert client.post(address(source, passage=passage.ref), {"coverage": "context"}).status_code == 403
    assert not Citation.objects.filter(relation=relation, passage=passage).exists()


@pytest.mark.parametrize("records", [1, 3])
def test_queries_do_not_grow_with_sentences_and_records(desk, source, django_assert_num_queries, records):
    for number in range(records):
        passage = make_passage(source, f"egypt.2.{number + 1}", section="Egypt", position=10 + number)
        cite(make_transfer(slug=f"deal-{number}"), passage=passage)
        cite(make_event(slug=f"event-{number}"), passage=passage)
    here = address(source, passage="egypt.1.1")
    desk.get(here)
    with django_assert_num_queries(9):
        desk.get(here)


def test_every_kind_of_record_is_coded(desk, source):
    typed = {
        "event": {"title": "A meeting", "kind": "visit", **parties("PRK", "EGY")},
        "transfer": {"category": "missiles", "kind": "equipment", "designation": "Scud-B", "deal_status": "ordered"},
        "period": {"track": "legal", "value": "established"},
        "mission": {"kind": "embassy"},
        "observation": {"measure": "exports", "figure": "60 million USD"},
    }
    for kind, columns in typed.items():
        here = address(source, passage="egypt.1.1", kind=kind)
        form = desk.get(here)
        values = filled(form)
        assert desk.post(here, values | columns).status_code == 302, kind
    models = (Event, ArmsTransfer, RelationPeriod, Mission, Observation)
    assert [[record.citations.get().passage.ref for record in model.objects.all()] for model in models] == [
        ["egypt.1.1"]
    ] * 5
