"""Entering, publishing and correcting records at the desk."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.urls import reverse

from relations.admin.slugs import propose
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
    """What the form of an event posts."""
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
            figures=[{"measure": "persons", "figure_low": 20, "figure_high": 20, "figure_qualifier": "exact"}],
            citations=[{"passage": passage.pk, "stance": "supports", "hedge": "reportedly"}],
        ),
    )
    assert response.status_code == 302
    event = Event.objects.get()
    assert (event.slug, event.created_by, event.version) == ("a-visit-1973", editor, 1)
    assert [str(part) for part in event.participations.all()] == ["North Korea (actor)"]
    assert [str(part) for part in event.citations.all()] == ["a-book egypt.2.2"]


def test_publishing_without_a_citation_is_told_in_the_form(desk):
    make_country("EGY")
    response = desk.post(ADD, an_event(state="published", participations=[{"role": "actor", "country": "EGY"}]))
    assert errors_of(response) == {"__all__": ["a published record needs a citation that supports it: a-visit"]}
    assert Event.objects.count() == 0


def test_taking_the_last_citation_from_a_published_record_is_told_in_the_form(desk):
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
        ({"kind": "x"}, {"kind": ["Select a valid choice. x is not one of the available choices."]}),
        ({"slug": "Not A Slug"}, {"slug": ["lower-case letters a–z and digits, joined by single hyphens."]}),
        ({"title": "", "slug": "x", "state": "published"}, {"title": ["needed to publish."]}),
    ],
)
def test_broken_rule_is_told_at_its_field(desk, columns, errors):
    assert errors_of(desk.post(ADD, an_event(**columns))) == errors


def test_malformed_date_is_told_at_its_field(desk):
    (told,) = errors_of(desk.post(ADD, an_event(happened_on="Sep-17")))["happened_on"]
    assert told.startswith("“Sep-17” is not a date.")


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


def test_refusal_about_a_part_is_told_in_the_form(desk):
    figure = {"measure": "money", "figure_low": 1, "figure_high": 1, "figure_qualifier": "exact", "figure_unit": "$"}
    errors = errors_of(desk.post(ADD, an_event(figures=[figure])))
    assert errors == {"figures-0-figure_unit": ["money needs an ISO 4217 code such as USD."]}


def test_slug_that_was_public_once_is_refused_in_the_form(desk):
    make_event("PRK", slug="gone").delete()
    errors = errors_of(desk.post(ADD, an_event(slug="gone")))
    assert errors == {"__all__": ["gone stood at a public address before and cannot be used again"]}


def test_citation_of_a_passage_of_another_source_is_told_at_its_field(desk):
    passage = make_passage(make_source("a-book"))
    other = make_source("another", title="Another")
    row = {"passage": passage.pk, "source": other.pk, "stance": "supports"}
    errors = errors_of(desk.post(ADD, an_event(citations=[row])))
    assert errors == {"citations-0-passage": ["This sentence stands in A book, not in the source given."]}


def test_citation_without_source_is_told_at_its_field(desk):
    errors = errors_of(desk.post(ADD, an_event(citations=[{"locator": "p. 4", "stance": "supports"}])))
    assert errors["citations-0-source"] == ["Give the source, or the passage."]


def test_slug_is_frozen_once_it_was_public(desk):
    draft, public = make_event(state="draft"), make_event()
    for event, editable in ((draft, True), (public, False)):
        form = desk.get(reverse("admin:relations_event_change", args=[event.pk])).context["adminform"].form
        assert ("slug" in form.fields) is editable


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
    assert [error[:39] for error in errors_of(stale)["__all__"]] == ["Nothing was written: somebody changed t"]
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


def test_overlapping_periods_are_told_in_the_form(desk):
    period = make_period(began_on="1963", ended_on="1980")
    data = {
        "relation": period.relation_id,
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
    """A slug is made of the title or the parts, and of no slug that is or was taken."""

    def test_of_a_transfer(self):
        values = {
            "supplier": make_country("PRK"),
            "recipient": make_country("EGY"),
            "designation": "Scud-B",
            "description": "missiles",
            "ordered_on": ArmsTransfer(ordered_on="[1979,1980]").ordered_on,
        }
        assert propose(ArmsTransfer, values) == "prk-egy-scud-b-1979"
        assert propose(ArmsTransfer, {**values, "designation": ""}) == "prk-egy-missiles-1979"
        make_transfer(slug="prk-egy-scud-b-1979")
        assert propose(ArmsTransfer, values) == "prk-egy-scud-b-1979-2"

    def test_of_the_others(self):
        egypt, korea = make_country("EGY"), make_country("PRK")
        period = {"relation": make_relation(), "track": "legal", "value": "not_recognised", "held_by": egypt}
        assert propose(RelationPeriod, period) == "egy-prk-legal-not-recognised-egy"
        mission = {"sending": egypt, "accredited_to": korea, "kind": "embassy", "city": "P’yŏngyang"}
        assert propose(Mission, mission) == "egy-embassy-prk-pyongyang"
        observation = {"from_country": egypt, "to_country": korea, "indicator": "trade_rank"}
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
    entries = response.context["entries"]
    told = [
        (change.what, change.verb, [column for column in change.columns if column[0] == "title"])
        for entry in entries
        for change in entry.changes
    ]
    assert sorted(told) == [
        ("citation", "added", []),
        ("event", "added", [("title", "", "A visit")]),
        ("event", "changed", [("title", "A visit", "Renamed")]),
    ]
    assert {entry.who for entry in entries} == {"rosa"}
    assert "<del>A visit</del> → <ins>Renamed</ins>" in response.content.decode()


def test_history_of_an_actor_tells_its_citations(desk):
    actor = make_actor("orascom")
    cite(actor, stance="mentions")
    entries = desk.get(reverse("admin:relations_actor_history", args=[actor.pk])).context["entries"]
    assert sorted(change.what for entry in entries for change in entry.changes) == ["actor", "citation"]


def test_an_event_of_very_many_parties_is_saved(desk):
    """Ten times the most that an event of the register has, and more fields than Django takes by itself."""
    event = make_event(state="draft", slug="roll-call")
    event.participations.all().delete()
    names = [{"event": event.pk, "role": "actor", "named_as": f"delegation {number}"} for number in range(400)]
    url = reverse("admin:relations_event_change", args=[event.pk])
    data = an_event(slug="roll-call", participations=names, seen_version=str(event.version))
    assert desk.post(url, data).status_code == 302
    assert event.participations.count() == 400


def test_a_date_in_the_future_is_taken_and_told(desk):
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
