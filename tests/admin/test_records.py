"""Entering, publishing and correcting records at the desk."""

import re
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.urls import reverse

from relations.admin.slugs import propose
from relations.dates import FuzzyDate
from relations.models import (
    Actor,
    ArmsTransfer,
    Citation,
    Country,
    Event,
    FormerAddress,
    Mission,
    Observation,
    Passage,
    PassageText,
    Relation,
    RelationPeriod,
)
from relations.models.constraints import TIDY
from relations.models.vocabularies import Modality, Role
from tests.admin.forms import address_of, filled
from tests.factories import (
    cite,
    make_actor,
    make_country,
    make_event,
    make_passage,
    make_period,
    make_relation,
    make_source,
    make_transfer,
)


def formset(prefix: str, *rows: dict, initial: int = 0) -> dict[str, str]:
    data = {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": str(initial)}
    for number, row in enumerate(rows):
        data |= {f"{prefix}-{number}-{name}": str(value) for name, value in row.items()}
    return data


def an_event(*, citations=(), participations=(), figures=(), kept: int = 0, **columns: str) -> dict[str, str]:
    """The POST data of the form of an event."""
    fields = {"title": "A visit", "kind": "visit", "modality": "asserted", "state": "draft", **columns}
    return {
        **fields,
        **formset("participations", *participations),
        **formset("figures", *figures),
        **formset("citations", *citations, initial=kept),
    }


def errors_of(response) -> dict[str, list[str]]:
    """The errors that the form shows; a response without a form was a success."""
    assert response.status_code == 200
    found = dict(response.context["adminform"].form.errors)
    for inline in response.context["inline_admin_formsets"]:
        for number, form in enumerate(inline.formset.forms):
            found |= {f"{inline.formset.prefix}-{number}-{name}": told for name, told in form.errors.items()}
    return found


ADD = "/admin/relations/event/add/"


def test_new_record_is_stamped_with_its_maker_and_gets_a_slug(desk, editor):
    make_country("PRK")
    passage = make_passage(make_source("a-book"), "egypt.2.2")
    response = desk.post(
        ADD,
        an_event(
            happened_on="1973-03",
            state="published",
            participations=[{"role": "actor", "country": "PRK"}],
            figures=[{"measure": "persons", "figure": "about 20 trainers"}],
            citations=[{"passage": passage.pk, "stance": "supports", "hedge": "reportedly"}],
        ),
    )
    assert response.status_code == 302
    event = Event.objects.get()
    assert (event.slug, event.created_by, event.version) == ("a-visit-1973", editor, 1)
    assert [str(part) for part in event.participations.all()] == ["North Korea (actor)"]
    assert [str(part) for part in event.citations.all()] == ["a-book egypt.2.2"]
    assert [str(part) for part in event.figures.all()] == ["Persons: about 20 trainers"]


def test_publishing_without_a_citation_is_shown_in_the_form(desk):
    make_country("EGY")
    response = desk.post(ADD, an_event(state="published", participations=[{"role": "actor", "country": "EGY"}]))
    assert errors_of(response) == {"__all__": ["a published record needs a citation that supports it: a-visit"]}
    assert Event.objects.count() == 0


def test_value_of_a_closed_list_is_refused_with_what_is_allowed(desk):
    make_country("EGY")
    row = {"role": "gest", "country": "EGY"}
    told = errors_of(desk.post(ADD, an_event(kind="vist", modality="sure", participations=[row])))
    assert told == {
        "kind": ["'vist' is none of the 52 that /codebook/lists/eventkind/ lists; the nearest: visit."],
        "modality": [f"'sure' is none of {', '.join(Modality.values)}."],
        "participations-0-role": [f"'gest' is none of {', '.join(Role.values)}."],
    }
    relation = make_relation("EGY", "PRK")
    asked = {"slug": "p", "relation": relation.pk, "modality": "asserted", "state": "draft", **formset("citations")}
    page = "/admin/relations/relationperiod/add/"
    told = errors_of(desk.post(page, {**asked, "track": "legal", "value": "ambassador"}))
    assert told["value"] == ["use one of established, suspended, severed, interrupted, none on the track legal."]
    assert errors_of(desk.post(page, {**asked, "track": "legal", "value": "warm"}))["value"][0].startswith(
        "'warm' is none of established, suspended, severed, interrupted, none, none, interests_section"
    )


def test_taking_the_last_citation_from_a_published_record_is_shown_in_the_form(desk):
    event = make_event("PRK", slug="there")
    citation = event.citations.get()
    row = {"id": citation.pk, "event": event.pk, "passage": citation.passage_id, "stance": "supports", "DELETE": "on"}
    data = an_event(state="published", citations=[row], kept=1, seen_version="1") | formset("participations")
    response = desk.post(reverse("admin:relations_event_change", args=[event.pk]), data)
    assert errors_of(response) == {"__all__": ["a published record needs a citation that supports it: there"]}
    assert Citation.objects.count() == 1


@pytest.mark.parametrize(
    ("columns", "errors"),
    [
        ({"kind": "x"}, {"kind": ["'x' is none of the 52 that /codebook/lists/eventkind/ lists."]}),
        ({"slug": "Not A Slug"}, {"slug": ["lower-case letters a–z and digits, joined by single hyphens."]}),
        ({"title": "", "slug": "x", "state": "published"}, {"title": ["needed to publish."]}),
    ],
)
def test_broken_rule_is_shown_at_its_field(desk, columns, errors):
    assert errors_of(desk.post(ADD, an_event(**columns))) == errors


def test_letter_that_looks_like_another_is_named(desk):
    assert errors_of(desk.post(ADD, an_event(slug="а-visit"))) == {
        "slug": [
            "lower-case letters a–z and digits, joined by single hyphens.",
            "а is U+0430 CYRILLIC SMALL LETTER A.",
        ]
    }
    assert "title" not in errors_of(desk.post(ADD, an_event(title="СССР", slug="Not a slug")))


def test_part_that_is_entered_twice_is_shown_with_what_is_the_same(desk):
    make_country("EGY")
    passage = make_passage(make_source("a-book"), "egypt.2.2")
    twice = {"passage": passage.pk, "stance": "supports"}
    host = {"country": "EGY", "role": "host"}
    named = [{"named_as": "companies", "role": "host"}, {"named_as": "banks", "role": "host"}]
    response = desk.post(
        ADD,
        an_event(
            citations=[twice, {**twice, "hedge": "reportedly"}, {**twice, "field": "title"}],
            participations=[host, *named, host],
        ),
    )
    assert errors_of(response) == {
        "citations-1-__all__": [
            "This is on the page already, with the same source “A book”, passage “egypt.2.2”, stance “supports”."
        ],
        "participations-3-__all__": ["This is on the page already, with the same role “host”, country “Egypt”."],
    }
    assert Event.objects.count() == 0


def test_cited_passage_must_stay_with_its_source(desk):
    passage = make_passage(make_source("a-book"), "egypt.2.2")
    cite(make_event(), passage=passage)
    url = reverse("admin:relations_passage_change", args=[passage.pk])
    other = str(make_source("another").pk)
    response = desk.post(url, filled(desk.get(url), source=other))
    assert errors_of(response) == {"__all__": ["A passage that is cited stays with the source of its citations."]}


def test_a_form_that_is_refused_shows_the_row_that_was_chosen(desk):
    make_country("PRK")
    url = address_of(make_event("EGY", slug="visit"))
    chosen = {"participations-0-country": "PRK", "kind": "no-kind"}
    for changes, shown in (({}, "EGY"), (chosen, "PRK")):
        page = desk.post(url, filled(desk.get(url), **changes)) if changes else desk.get(url)
        parties = next(
            each.formset for each in page.context["inline_admin_formsets"] if each.formset.prefix == "participations"
        )
        options = re.findall('<option value="(.*?)"( selected)?', str(parties.forms[0]["country"]))
        assert options == [("", ""), (shown, " selected")]


def test_malformed_date_is_shown_at_its_field(desk):
    for text, hint in (
        ("Sep-17", ""),
        ("1973-1976", "Write “1973/1976” for a span, “[1973..1976]” for one occasion in it."),
        ("3/11/1956", "Write the year first, “1956-11-03” or “1956-03-11”: which is the day and which the month"),
        ("31.02.1975", "February 1975 has 28 days."),
    ):
        (told,) = errors_of(desk.post(ADD, an_event(happened_on=text)))["happened_on"]
        assert told.startswith(f"“{text}” is not a date. {hint}")
    assert not Event.objects.exists()


def test_slug_is_asked_for_where_the_title_is_in_other_letters(desk):
    make_country("PRK")
    posted = an_event(
        title="조선 대표단의 방문", happened_on="1979", participations=[{"role": "actor", "country": "PRK"}]
    )
    response = desk.post(ADD, posted)
    assert errors_of(response) == {
        "slug": ["Write a slug: the title is not in the letters a–z, of which one could be made."]
    }
    assert Event.objects.count() == 0
    form, (participations, *_) = response.context["adminform"].form, response.context["inline_admin_formsets"]
    assert (form["title"].value(), form["happened_on"].value()) == ("조선 대표단의 방문", "1979")
    assert participations.formset.forms[0]["country"].value() == "PRK"
    assert desk.post(ADD, posted | {"slug": "visit-of-a-delegation"}).status_code == 302
    assert Event.objects.get().title == "조선 대표단의 방문"


def test_refusal_about_a_part_is_shown_in_the_form(desk):
    errors = errors_of(desk.post(ADD, an_event(figures=[{"measure": "money", "figure": "1 pound of gold"}])))
    assert errors == {"figures-0-figure": ["money needs an ISO 4217 code such as USD."]}


def test_slug_that_was_public_once_is_refused_in_the_form(desk):
    make_event("PRK", slug="gone").delete()
    errors = errors_of(desk.post(ADD, an_event(slug="gone")))
    assert errors == {"__all__": ["gone stood at a public address before and cannot be used again"]}


def test_citation_of_a_passage_of_another_source_is_shown_at_its_field(desk):
    passage = make_passage(make_source("a-book"))
    other = make_source("another", title="Another")
    row = {"passage": passage.pk, "source": other.pk, "stance": "supports"}
    errors = errors_of(desk.post(ADD, an_event(citations=[row])))
    assert errors == {"citations-0-passage": ["This sentence is in A book, not in the source given."]}


def test_citation_without_source_is_shown_at_its_field(desk):
    errors = errors_of(desk.post(ADD, an_event(citations=[{"locator": "p. 4", "stance": "supports"}])))
    assert errors["citations-0-source"] == ["Give the source, or the passage."]


def test_slug_is_frozen_once_it_was_public(desk):
    draft, public = make_event(state="draft"), make_event()
    for event, editable in ((draft, True), (public, False)):
        form = desk.get(reverse("admin:relations_event_change", args=[event.pk])).context["adminform"].form
        assert ("slug" in form.fields) is editable


@pytest.mark.parametrize(
    ("slug", "mended", "is_told"),
    [
        ("agrement-on-trade-1974", {"title": "Agreement on trade"}, True),
        ("agrement-on-trade-1974-2", {"title": "Agreement on trade"}, True),
        ("agrement-on-trade-1974", {"happened_on": "1975"}, True),
        ("agrement-on-trade-1974", {"happened_on": "1974-03"}, False),  # would get the same slug
        ("agrement-on-trade-1974", {"title": "Соглашение"}, False),
        ("of-my-own", {"title": "Agreement on trade"}, False),
        ("agrement-on-trade-1974", {"title": "Agreement on trade", "slug": "of-my-own"}, False),
        ("agrement-on-trade-1974", {"title": "Agreement on trade", "state": "published"}, False),
    ],
)
def test_a_draft_whose_address_tells_what_was_mended_gets_a_warning(desk, slug, mended, is_told):
    event = make_event(state="draft", slug=slug, title="Agrement on trade", happened_on="1974")
    cite(event)
    url = reverse("admin:relations_event_change", args=[event.pk])
    page = desk.post(url, filled(desk.get(url), **mended), follow=True)
    told = [str(each) for each in page.context["messages"] if "address" in str(each)]
    words = f"Please check: its address is still {slug}; empty the slug to have another, until it is published."
    assert told == ([words] if is_told else [])
    assert Event.objects.get().slug == mended.get("slug", slug)


def test_an_address_that_was_public_is_not_asked_about(desk):
    event = make_event(slug="agrement-on-trade", title="Agrement on trade")
    Event.objects.update(state="draft")
    url = reverse("admin:relations_event_change", args=[event.pk])
    page = desk.post(url, filled(desk.get(url), title="Agreement on trade"), follow=True)
    assert Event.objects.get().title == "Agreement on trade"
    assert "its address is still" not in page.content.decode()


def test_stamps_are_shown_and_cannot_be_posted(desk):
    event = make_event(state="draft", slug="there")
    url = reverse("admin:relations_event_change", args=[event.pk])
    form = desk.get(url).context["adminform"].form
    assert set(form.fields) & {"version", "created_by", "created_at", "changed_at", "published_at"} == set()
    row = formset(
        "participations",
        *[
            {"id": part.pk, "event": event.pk, "role": part.role, "country": part.country_id}
            for part in event.participations.all()
        ],
        initial=2,
    )
    response = desk.post(url, an_event(slug="there", title=event.title, version="99", seen_version="1") | row)
    assert response.status_code == 302
    assert Event.objects.get().version == event.version


def test_change_made_meanwhile_is_not_overwritten(desk):
    event = make_event(state="draft", slug="there", title="As it is")
    event.participations.all().delete()
    url = reverse("admin:relations_event_change", args=[event.pk])
    seen = desk.get(url).context["adminform"].form["seen_version"].value()
    assert seen == event.version
    stale = desk.post(url, an_event(slug="there", title="From a stale page", seen_version=str(seen - 1)))
    assert [(each.now, each.typed) for each in stale.context["choices"]] == [("As it is", "From a stale page")]
    assert Event.objects.get().title == "As it is"
    assert desk.post(url, an_event(slug="there", title="From a fresh page", seen_version=str(seen))).status_code == 302
    assert Event.objects.get().title == "From a fresh page"


def test_public_page_is_linked_only_from_what_is_public(desk):
    draft, public = make_event(state="draft"), make_event(slug="there")
    for event, address in ((draft, None), (public, "/events/there/")):
        response = desk.get(reverse("admin:relations_event_change", args=[event.pk]))
        assert response.context["absolute_url"] == address
    unnamed = make_country("BGR")
    assert desk.get(reverse("admin:relations_country_change", args=["BGR"])).context["absolute_url"] is None
    assert unnamed in Country.objects.all()
    assert (
        desk.get(reverse("admin:relations_country_change", args=["PRK"])).context["absolute_url"] == "/countries/PRK/"
    )


def test_code_of_a_country_and_pair_of_a_relation_are_entered_once(desk):
    relation = make_relation()
    for model, key, fixed in ((Country, "EGY", {"code"}), (Relation, relation.pk, {"country_a", "country_b"})):
        url = reverse(f"admin:relations_{model._meta.model_name}_change", args=[key])
        assert fixed & set(desk.get(url).context["adminform"].form.fields) == set()
        add = reverse(f"admin:relations_{model._meta.model_name}_add")
        assert fixed - set(desk.get(add).context["adminform"].form.fields) == set()


def test_other_names_are_entered_one_a_line(desk):
    data = {"slug": "ocst", "name": "Orascom", "kind": "company", "aliases": "OT\r\nOrascom, Telecom"}
    response = desk.post(reverse("admin:relations_actor_add"), data | formset("citations"))
    assert response.status_code == 302
    assert Actor.objects.get().aliases == ["OT", "Orascom, Telecom"]


def test_value_of_a_period_is_chosen_under_its_track(desk):
    field = desk.get(reverse("admin:relations_relationperiod_add")).context["adminform"].form.fields["value"]
    groups = dict(field.choices[1:])
    assert groups["Recognition"] == [("recognised", "Recognised"), ("not_recognised", "Not recognised")]


def test_overlapping_periods_are_shown_in_the_form(desk):
    make_period(began_on="1963", ended_on="1980")
    data = {
        "one_side": "PRK",
        "other_side": "EGY",
        "track": "legal",
        "value": "severed",
        "began_on": "1970",
        "ended_on": "1975",
        "modality": "asserted",
        "state": "published",
    }
    passage = make_passage()
    citations = formset("citations", {"passage": passage.pk, "stance": "supports"})
    errors = errors_of(desk.post(reverse("admin:relations_relationperiod_add"), data | citations))
    assert errors == {"__all__": ["Another published value of this track certainly covers some of the same days."]}


ADD_PERIOD = "/admin/relations/relationperiod/add/"


def a_period(relation: Relation, **columns: str) -> dict[str, str]:
    """The POST data of the form of a period, with one citation."""
    passage = Passage.objects.first() or make_passage()
    sides = {"one_side": relation.country_a_id, "other_side": relation.country_b_id}
    own = sides | {"modality": "asserted", "state": "published", **columns}
    return own | formset("citations", {"passage": passage.pk, "stance": "supports", "hedge": "raised"})


@pytest.mark.parametrize(("holder", "first", "second"), [("", "EGY", "PRK"), ("PRK", "PRK", "EGY")])
def test_both_sides_are_entered_in_one_act(desk, editor, holder, first, second):
    relation = make_relation("EGY", "PRK")
    columns = {"track": "level", "value": "ambassador", "began_on": "1963-08-24", "note": "By both."}
    response = desk.post(ADD_PERIOD, a_period(relation, held_by=holder, both_sides="on", **columns))
    assert response.status_code == 302
    periods = list(RelationPeriod.objects.order_by("pk"))
    assert [(period.held_by_id, period.slug) for period in periods] == [
        (code, f"egy-prk-level-ambassador-{code.lower()}-1963") for code in (first, second)
    ]
    alike = {(p.value, p.began_on, p.note, p.state, p.version, p.created_by) for p in periods}
    assert alike == {("ambassador", "1963-08-24", "By both.", "published", 1, editor)}
    cited = [[(c.passage.ref, c.hedge) for c in period.citations.all()] for period in periods]
    assert cited[0] == cited[1] == [(Passage.objects.get().ref, "raised")]


def test_one_side_is_entered_alone_unless_both_are_asked_for(desk):
    relation = make_relation("EGY", "PRK")
    desk.post(ADD_PERIOD, a_period(relation, track="recognition", value="recognised", held_by="PRK"))
    assert [period.held_by_id for period in RelationPeriod.objects.all()] == ["PRK"]


def test_both_sides_are_asked_for_where_each_has_a_value_only(desk):
    errors = errors_of(desk.post(ADD_PERIOD, a_period(make_relation(), track="legal", value="none", both_sides="on")))
    assert errors == {"both_sides": ["Only level of representation and recognition have a value for each side."]}
    assert not RelationPeriod.objects.exists()


def test_both_sides_are_entered_or_neither(desk):
    relation = make_relation("EGY", "PRK")
    make_period("level", "minister", held_by_id="PRK", began_on="1963-08-24", relation=relation)
    columns = {"track": "level", "value": "ambassador", "began_on": "1963-08-24", "held_by": "EGY"}
    errors = errors_of(desk.post(ADD_PERIOD, a_period(relation, both_sides="on", **columns)))
    assert errors == {"__all__": ["Another published value of this track certainly covers some of the same days."]}
    assert RelationPeriod.objects.count() == 1


def test_both_sides_are_offered_where_a_record_is_entered(desk):
    period = make_period("level", "none")
    change = reverse("admin:relations_relationperiod_change", args=[period.pk])
    offered = ["both_sides" in desk.get(path).context["adminform"].form.fields for path in (ADD_PERIOD, change)]
    assert offered == [True, False]


def test_text_of_a_passage_can_be_read_and_not_changed(desk):
    passage = make_passage()
    PassageText.objects.create(passage=passage, text="The sentence <itself>.")
    response = desk.get(reverse("admin:relations_passage_change", args=[passage.pk]))
    assert "The sentence &lt;itself&gt;." in response.content.decode()
    assert "text" not in response.context["adminform"].form.fields
    other = desk.get(reverse("admin:relations_passage_change", args=[make_passage().pk]))
    assert "Not loaded here." in other.content.decode()
    assert Passage.objects.count() == 2


def test_former_address_takes_only_where_it_is_now_and_why(desk):
    make_event("PRK", slug="gone").delete()
    address = FormerAddress.objects.get()
    url = reverse("admin:relations_formeraddress_change", args=[address.pk])
    assert set(desk.get(url).context["adminform"].form.fields) == {"now_at", "reason"}
    desk.post(url, {"now_at": "there", "reason": "merged", "slug": "changed"})
    address.refresh_from_db()
    assert (address.slug, address.now_at, address.reason) == ("gone", "there", "merged")
    told = errors_of(desk.post(url, {"now_at": "the\u202ere", "reason": "merged"}))
    assert told == {"__all__": [TIDY]}
    assert desk.get(reverse("admin:relations_formeraddress_add")).status_code == 403
    assert desk.get(reverse("admin:relations_formeraddress_delete", args=[address.pk])).status_code == 403


def test_deleting_what_others_name_says_what_they_are(desk):
    make_event("PRK")
    response = desk.post(reverse("admin:relations_country_delete", args=["PRK"]), {"post": "yes"})
    assert response.status_code == 200
    assert "would require deleting the following protected related objects" in response.content.decode()
    assert Country.objects.filter(code="PRK").exists()


@pytest.mark.django_db
class TestProposedSlug:
    """A slug is made of the title or the parts, and is none that is or was taken."""

    def test_of_a_transfer(self):
        values = {
            "supplier": make_country("PRK"),
            "recipient": make_country("EGY"),
            "designation": "Scud-B",
            "description": "missiles",
            "ordered_on": FuzzyDate("1979"),
        }
        assert propose(ArmsTransfer, values) == "prk-egy-scud-b-1979"
        assert propose(ArmsTransfer, {**values, "designation": ""}) == "prk-egy-missiles-1979"
        make_transfer(slug="prk-egy-scud-b-1979")
        assert propose(ArmsTransfer, values) == "prk-egy-scud-b-1979-2"

    @pytest.mark.parametrize(
        ("day", "slug"),
        [
            ("1973-10-18", "visit-1973"),
            ("1973-03-01/1973-03-07", "visit-1973"),
            ("[1973-03..1973-06]", "visit-1973"),
            ("[1979,1980]", "visit"),
            ("1976/1981", "visit"),
            ("199X", "visit"),
            ("[..2016]", "visit"),
            ("[2008..]", "visit"),
            ("1988/..", "visit"),
            ("", "visit"),
        ],
    )
    def test_has_the_year_where_the_date_can_mean_no_other(self, day, slug):
        assert propose(Event, {"title": "Visit", "happened_on": day and FuzzyDate(day)}) == slug

    def test_of_the_others(self):
        egypt, korea = make_country("EGY"), make_country("PRK")
        period = {"relation": make_relation(), "track": "legal", "value": "not_recognised", "held_by": egypt}
        assert propose(RelationPeriod, period) == "egy-prk-legal-not-recognised-egy"
        mission = {"sending": egypt, "accredited_to": korea, "kind": "embassy", "city": "P’yŏngyang"}
        assert propose(Mission, mission) == "egy-embassy-prk-pyongyang"
        observation = {"from_country": egypt, "to_country": korea, "measure": "trade_rank"}
        assert propose(Observation, observation) == "egy-prk-trade-rank"
        assert propose(Event, {"title": ""}) == "event"

    @pytest.mark.parametrize(
        ("title", "slug"),
        [
            ("Łódź greets Józef’s delegation", "lodz-greets-jozef-delegation-1979"),
            ("IĞDIR ve Şırnak", "igdir-ve-sirnak-1979"),
            ("Þór og Æsir á Íslandi", "thor-og-aesir-a-islandi-1979"),
            ("Đặng Søren Straße Œuvre", "dang-soren-strasse-oeuvre-1979"),
            ("Visit to Sanaʿa’s port", "visit-to-sanaa-port-1979"),
            ("The U.S. and 1.5 million of 30,000/R-17s", "the-us-and-1-5-million-of-30000-r-17s-1979"),
            ("Talks in the 1990s_again", "talks-in-the-1990s-again-1979"),
            ("1979", "1979-1979"),
            ("Visit of 조선로동당 to Damascus", "visit-of-to-damascus-1979"),
            ("Talks with Kim Il Sung (김일성)", "talks-with-kim-il-sung-1979"),
        ],
    )
    def test_has_the_letters_that_search_has(self, title, slug):
        assert propose(Event, {"title": title, "happened_on": Event(happened_on="1979").happened_on}) == slug

    @pytest.mark.parametrize(
        "title",
        [
            "조선 대표단의 방문",
            "조선 대표단의 방문, 1979",
            "زيارة وفد الى القاهرة",
            "Визит делегации",
            "Επίσκεψη στην Αθήνα",
            "方問 Damascus",
            "…?!",
        ],
    )
    def test_is_asked_for_where_the_title_is_in_other_letters(self, title):
        for values in ({"title": title}, {"title": title, "happened_on": Event(happened_on="1979").happened_on}):
            with pytest.raises(ValidationError) as refusal:
                propose(Event, values)
            assert refusal.value.messages == [
                "Write a slug: the title is not in the letters a–z, of which one could be made."
            ]

    def test_is_asked_for_where_any_of_its_parts_is_in_other_letters(self):
        values = {"supplier": make_country("PRK"), "recipient": make_country("EGY"), "designation": "천마호"}
        with pytest.raises(ValidationError, match="Write a slug: the designation is not in the letters"):
            propose(ArmsTransfer, values)
        assert propose(ArmsTransfer, {**values, "designation": "Ch’ŏnma-ho (천마호)"}) == "prk-egy-chonma-ho"

    def test_is_never_one_that_was_public(self):
        make_event("PRK", slug="a-visit").delete()
        make_event("PRK", slug="a-visit-2", state="draft")
        assert propose(Event, {"title": "A visit"}) == "a-visit-3"

    def test_is_cut_between_words(self):
        slug = propose(Event, {"title": "word " * 30})
        assert slug == "-".join(["word"] * 16)
        make_event(slug=slug)
        assert propose(Event, {"title": "word " * 30}) == "-".join(["word"] * 15) + "-2"
        assert propose(Event, {"title": "x" * 200}) == "x" * 80


def test_history_tells_who_changed_what_in_a_record_and_its_parts(desk):
    desk.post(ADD, an_event(slug="there"))
    event = Event.objects.get()
    cite(event, passage=make_passage(make_source("a-book"), "egypt.2.2"))
    renamed = an_event(slug="there", title="Renamed", seen_version="1")
    desk.post(reverse("admin:relations_event_change", args=[event.pk]), renamed)
    response = desk.get(reverse("admin:relations_event_history", args=[event.pk]))
    revisions = response.context["revisions"]
    told = [
        (change.what, change.verb, [column for column in change.columns if column[0] == "Title"])
        for revision in revisions
        for change in revision.changes
    ]
    assert sorted(told) == [
        ("citation a-book egypt.2.2", "added", []),
        ("event", "added", [("Title", "", "A visit")]),
        ("event", "changed", [("Title", "A visit", "Renamed")]),
    ]
    assert {revision.who for revision in revisions} == {"rosa"}
    assert "<del>A visit</del> → <ins>Renamed</ins>" in response.content.decode()


def test_history_of_an_actor_tells_its_citations(desk):
    actor = make_actor("orascom")
    citation = cite(actor, stance="mentions")
    revisions = desk.get(reverse("admin:relations_actor_history", args=[actor.pk])).context["revisions"]
    assert sorted(change.what for revision in revisions for change in revision.changes) == [
        "actor",
        f"citation {citation}",
    ]


def test_an_event_of_very_many_parties_is_saved(desk):
    """Ten times the most that any event of the register has, and more fields than Django accepts by default."""
    event = make_event(state="draft", slug="roll-call")
    event.participations.all().delete()
    names = [{"event": event.pk, "role": "actor", "named_as": f"delegation {number}"} for number in range(400)]
    url = reverse("admin:relations_event_change", args=[event.pk])
    data = an_event(slug="roll-call", participations=names, seen_version=str(event.version))
    assert desk.post(url, data).status_code == 302
    assert event.participations.count() == 400


def test_a_date_in_the_future_is_accepted_with_a_warning(desk):
    response = desk.post(ADD, an_event(happened_on="9999-02", slug="slip"), follow=True)
    assert Event.objects.get().happened_on == "9999-02"
    told = [str(message) for message in response.context["messages"] if message.level_tag == "warning"]
    assert told == ["Please check: happened on 9999-02 lies in the future."]
    response = desk.post(ADD, an_event(happened_on="2010/..", slug="open"), follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["success"]


def test_no_address_tells_the_slug_of_a_draft(guest):
    draft = make_event(state="draft", slug="secret")
    content_type = ContentType.objects.get_for_model(Event)
    response = guest.get(f"/admin/r/{content_type.pk}/{draft.pk}/")
    assert (response.status_code, "secret" in response.content.decode()) == (410, False)


def test_the_desk_tells_all_times_in_one_form_that_says_utc(desk):
    """Regardless of how the language of the browser formats times."""
    event = make_event(slug="visit", negated=True)
    make_event(slug="gone").delete()
    event.refresh_from_db()
    time = f"{event.changed_at:%-d %B %Y, %H:%M} (UTC)"
    record, address = reverse("admin:relations_event_change", args=[event.pk]), FormerAddress.objects.get()
    pages = {
        record: 3,  # entered, changed and published
        reverse("admin:relations_event_history", args=[event.pk]): 1,
        reverse("admin:relations_formeraddress_changelist"): 1,
        reverse("admin:relations_formeraddress_change", args=[address.pk]): 1,
    }
    for page, times in pages.items():
        html = desk.get(page).content.decode()
        assert html.count(time) == times, page
        assert not re.search(r"\d [ap]\.m\.", html)
    german = desk.get(record, headers={"Accept-Language": "de"}).content.decode()
    assert german.count(f"{event.changed_at:%H:%M} (UTC)") == 3


def cells(desk, model) -> list[dict[str, str]]:
    """The cells of a list, by the names of its columns."""
    html = desk.get(reverse(f"admin:relations_{model._meta.model_name}_changelist")).content.decode()
    rows = re.findall(r'<t[dh] class="field-(\w+)[^>]*>(.*?)</t[dh]>', html, re.DOTALL)
    columns = [(name, re.sub("<[^>]+>", "", cell)) for name, cell in rows]
    width = len(dict(columns))
    return [dict(columns[first : first + width]) for first in range(0, len(columns), width)]


def test_lists_tell_records_in_words_how_sure_they_are_and_what_they_cite(desk):
    passages = [make_passage(make_source("a-book"), f"egypt.1.{number}", position=number) for number in (1, 2, 3)]
    event = make_event(
        "PRK", "EGY", slug="visit", title="A visit", negated=True, happened_on="[1979,1980]", state="draft"
    )
    for passage in passages:
        cite(event, passage=passage)
    event.participations.create(named_as="others", role="concerned")
    make_period(began_on="1963-08", modality="reported", state="draft")
    make_transfer(slug="deal", designation="T-55", ordered_on="1970~", state="draft")
    assert cells(desk, Event) == [
        {
            "called": "A visit",
            "kind": "Visit",
            "parties": "North Korea, Egypt and 1 more",
            "happened_on": "1979 or 1980",
            "how_sure": "Asserted, did not happen",
            "state": "Draft",
            "cited": "a-book egypt.1.1, a-book egypt.1.2 and 1 more",
        }
    ]
    (period,) = cells(desk, RelationPeriod)
    assert (period["called"], period["how_sure"], period["cited"], period["state"]) == (
        "Egypt and North Korea: legal status, established",
        "Reported",
        "–",
        "Draft",
    )
    assert [each["called"] for each in cells(desk, ArmsTransfer)] == ["T-55, North Korea to Egypt"]
    assert [each["names"] for each in cells(desk, Relation)] == ["Egypt and North Korea"]
    PassageText.objects.create(passage=passages[0], text=f"A visit\nwas {'long ' * 60}")
    Passage.objects.filter(pk=passages[1].pk).update(digest="Another", finished=True)
    listed = cells(desk, Passage)
    assert [(each["ref"], each["records"], each["coverage"]) for each in listed] == [
        ("egypt.1.1", "1 record", "to do"),
        ("egypt.1.2", "1 record", "coded"),
        ("egypt.1.3", "1 record", "to do"),
    ]
    assert listed[0]["sentence"].startswith("A visit was long")
    assert [each["sentence"] for each in listed[1:]] == ["Another", passages[2].digest]
    assert len(listed[0]["sentence"]) == 200
    html = desk.get(reverse("admin:relations_source_changelist")).content.decode()
    assert "Type of source" in html
    assert "Csl type" not in html


def test_filters_count_no_list_of_too_many_rows(desk, monkeypatch):
    for number in range(3):
        make_event(slug=f"talks-{number}")
    events = reverse("admin:relations_event_changelist")
    monkeypatch.setattr("relations.admin.lists.MANY", 3)
    page = desk.get(events, {"_facets": "True"})
    assert (page.context["cl"].add_facets, list(page.context["messages"])) == (True, [])
    monkeypatch.setattr("relations.admin.lists.MANY", 2)
    page = desk.get(events, {"_facets": "True"})
    assert page.context["cl"].add_facets is False
    assert [str(each) for each in page.context["messages"]] == ["The filters count lists of at most 10,000 rows."]


def another(desk, row: Any) -> Any:
    """The form for another record after one that was saved."""
    change = reverse(f"admin:relations_{row._meta.model_name}_change", args=[row.pk])
    answer = desk.post(change, filled(desk.get(change)) | {"_addanother": "on"})
    assert answer.headers["Location"] == f"{reverse(f'admin:relations_{row._meta.model_name}_add')}?like={row.pk}"
    return desk.get(answer.headers["Location"])


def rows_of(page: Any, prefix: str) -> list[dict[str, Any]]:
    """The initial values of the new rows for parts."""
    (formset,) = (each.formset for each in page.context["inline_admin_formsets"] if each.formset.prefix == prefix)
    return [form.initial for form in formset.forms]


def test_another_record_has_the_parties_and_the_place_of_the_one_before(desk):
    passage = make_passage(make_source("a-book"), "egypt.1.1")
    event = make_event("PRK", "EGY", slug="visit", title="A visit", state="draft")
    event.participations.create(named_as="others", role="concerned")
    cite(event, passage=passage, hedge="reportedly")
    page = another(desk, event)
    assert page.context["adminform"].form["title"].value() is None
    assert [(each["role"], each["country"]) for each in rows_of(page, "participations")] == [
        ("actor", "PRK"),
        ("recipient", "EGY"),
    ]
    place = {"passage": passage.pk, "source": passage.source_id, "locator": ""}
    assert rows_of(page, "citations") == [place]
    period = make_period(state="draft")
    form = another(desk, period).context["adminform"].form
    assert [str(form[name].value()) for name in ("one_side", "other_side")] == ["EGY", "PRK"]
    typed = an_event(participations=[{"role": "actor", "country": "PRK"}], citations=[{**place, "stance": "supports"}])
    assert desk.post(f"{ADD}?like={event.pk}", typed).status_code == 302
    made = Event.objects.exclude(pk=event.pk).get()
    assert ([part.country_id for part in made.participations.all()], made.citations.get().passage) == (["PRK"], passage)


@pytest.mark.parametrize("like", ["", "x", "999999", "9" * 30])
def test_another_record_like_none_is_an_empty_form(desk, like):
    page = desk.get(ADD, {"like": like})
    assert (page.status_code, rows_of(page, "citations")) == (200, [])


def test_examples_stand_once_on_a_page_and_what_is_wrong_on_top(desk):
    page = desk.get(reverse("admin:relations_relationperiod_add")).content.decode()
    assert page.count("1988/..") == page.count('popovertarget="examples"') == 1
    answer = desk.post(ADD, an_event(happened_on="3/11/1956"))
    summary = answer.content.decode().partition('id="errors"')[2].partition("</div>")[0]
    assert '<a href="#id_happened_on">Happened on</a>: ' in summary
