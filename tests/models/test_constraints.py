"""Every CHECK and unique constraint, in PostgreSQL: rows that it refuses, and rows that it allows."""

from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import BinaryField, Value
from django.db.models.functions import Cast, Repeat
from django.utils import timezone

from relations.models import (
    Actor,
    ArmsTransfer,
    Citation,
    Country,
    CountryCode,
    DealParty,
    Event,
    FormerAddress,
    Lifespan,
    Participation,
    Relation,
    Succession,
)
from relations.models.arms_transfer import TIV
from relations.models.tracks import TRACK_VALUES, Track
from tests.factories import (
    cite,
    make_actor,
    make_batch,
    make_country,
    make_event,
    make_figure,
    make_mission,
    make_observation,
    make_passage,
    make_period,
    make_profile,
    make_relation,
    make_source,
    make_transfer,
    make_upload,
)
from tests.models.records import MAKERS
from tests.refusals import commit, refused

pytestmark = pytest.mark.django_db

MODELS = [model for model in apps.get_app_config("relations").get_models() if not model.__name__.endswith("History")]


class Case(NamedTuple):
    """A rule, a factory, columns with which the row is refused, and columns with which it is allowed."""

    rule: str
    make: Any
    wrong: list[dict[str, Any]]
    right: list[dict[str, Any]]


def make_succession(predecessor="YMD", successor="YEM"):
    return Succession.objects.create(predecessor=make_country(predecessor), successor=make_country(successor))


def make_span(**columns):
    return Lifespan.objects.create(**{"country": make_country("YMD"), "existed_from": "1900"} | columns)


def make_code(**columns):
    return CountryCode.objects.create(
        **{"country": make_country("YMD"), "scheme": "cow", "value": "680", "valid_from": 1967} | columns
    )


def make_participation(**columns):
    return Participation.objects.create(**{"event": make_event(), "role": "host"} | columns)


def make_named(name):
    return make_country(
        f"C{chr(65 + Country.objects.count() // 26)}{chr(65 + Country.objects.count() % 26)}", name=name
    )


def make_deal_party(**columns):
    """A deal party, with the deal and the actor from earlier calls if they exist."""
    deal = ArmsTransfer.objects.filter(slug="deal").first() or make_transfer(slug="deal")
    for key in {1000, 1001} - {*Actor.objects.values_list("pk", flat=True)}:
        make_actor(f"actor-{key}", id=key)
    return DealParty.objects.create(**{"transfer": deal, "actor_id": 1000, "role": "approved"} | columns)


def make_event_figure(**columns):
    return make_figure(make_event(), **columns)


def make_pair(a, b):
    return Relation.objects.create(country_a=make_country(a), country_b=make_country(b))


def make_citation(**columns):
    return Citation.objects.create(**{"source": make_source()} | columns)


def cite_event(**columns):
    return cite(make_event(), **columns)


def of_length(number):
    """An expression for a file of this number of bytes, which PostgreSQL generates."""
    return Cast(Repeat(Value("a"), number), BinaryField())


def make_former_address(**columns):
    return FormerAddress.objects.create(**{"collection": "events", "slug": "a", "reason": "deleted"} | columns)


def make_protected(protecting_power="", **columns):
    power = make_country(protecting_power) if protecting_power else None
    return make_mission("EGY", "PRK", **{"kind": "interests_section", "protecting_power": power} | columns)


FIGURES = [
    (make_event_figure, "eventfigure", "figure"),
    (make_transfer, "armstransfer", "number_ordered"),
    (make_transfer, "armstransfer", "number_delivered"),
    (make_transfer, "armstransfer", "value"),
    (make_observation, "observation", "figure"),
]
BAD_SLUGS = ["", "Scud", "scud-", "-scud", "scud--b", "scud b", "scud_b", "scüd", "scud\n", "скад"]
GOOD_SLUGS = ["scud", "2010", "scud-b-2010"]
BAD_HASHES = ["A" * 64, "a" * 63, "g" * 64]


def slugs(owner, make, column="slug"):
    return Case(
        f"{owner}_{column}_is_well_formed",
        make,
        [{column: bad} for bad in BAD_SLUGS],
        [{column: g} for g in GOOD_SLUGS],
    )


def when_published(owner, column, fine):
    """Cases for a column that may be empty in a draft and not in a published record."""
    make = MAKERS[owner]
    drafts = [{column: "", "state": "draft"}, {column: "", "state": "in_review"}]
    return Case(f"{owner}_{column}_when_published", make, [{column: ""}], [{column: fine}, *drafts])


def instants(owner, make, *columns):
    return [
        Case(
            f"{owner}_{column}_is_an_instant",
            make,
            [{column: "1962/1966"}, {column: "1962/.."}],
            [{column: "1962"}, {column: "[1962..1966]"}, {column: ""}],
        )
        for column in columns
    ]


def in_order(owner, make, first, last):
    return Case(
        f"{owner}_ends_after_it_begins",
        make,
        [{first: "1970", last: "1969"}, {first: "1970-03-02", last: "1970-03-01"}, {first: "[1970..]", last: "1969"}],
        [
            {first: "1970", last: "1970"},
            {first: "1970-03", last: "1970-03-01"},
            {first: "[1969,1971]", last: "1970"},
            {first: "[..1970]", last: "1969"},
            {first: "1970", last: "[1960..]"},
            {first: "1970", last: ""},
            {first: "", last: "1970"},
        ],
    )


def figures(make, owner, name):
    """Cases for the rules of a figure, from 20 to 30 pieces."""
    unit = "USD" if name == "value" or make is make_observation else "pieces"  # of a figure that may be of money
    kind = {"value_kind": "contract"} if name == "value" else {}

    def columns(low, high, qualifier, missing=""):
        stated = {"low": low, "high": high, "qualifier": qualifier, "missing": missing, "unit": unit}
        return {f"{name}_{part}": value for part, value in stated.items()} | kind

    both = ("exact", "about", "estimated")
    fitting = [columns(20, 30, qualifier) for qualifier in both]
    fitting += [columns(20, None, qualifier) for qualifier in ("at_least", "more_than")]
    fitting += [columns(None, 30, "at_most"), columns(0, 0, "exact"), columns(None, None, "", "unknown")]
    unfitting = [columns(low, high, q) for q in both for low, high in ((20, None), (None, 30), (None, None))]
    unfitting += [
        columns(low, high, q) for q in ("at_least", "more_than") for low, high in ((20, 30), (None, 30), (None, None))
    ]
    unfitting += [columns(20, 30, "at_most"), columns(20, None, "at_most"), columns(None, None, "at_most")]
    unfitting += [columns(20, 30, ""), columns(20, None, ""), columns(None, 30, "")]
    return [
        Case(f"{owner}_{name}_fits_its_qualifier", make, unfitting, fitting),
        Case(f"{owner}_{name}_is_ordered", make, [columns(30, 20, "exact")], [columns(20, 20, "exact")]),
        Case(
            f"{owner}_{name}_is_not_negative",
            make,
            [
                columns(-9, -9, "exact"),
                columns(-999, None, "at_least"),
                columns(None, Decimal("-0.0001"), "at_most"),
            ],
            [columns(0, 0, "exact"), columns(None, 0, "at_most"), columns(0, Decimal("1E17"), "exact")],
        ),
        Case(
            f"{owner}_{name}_is_a_number_or_missing",
            make,
            [columns(20, 30, "exact", "unknown"), columns(0, 0, "exact", "not_reported")],
            [columns(20, 30, "exact"), columns(None, None, "", "not_reported")],
        ),
    ]


CASES = [
    # Country
    Case(
        "country_code_is_well_formed",
        make_country,
        [{"code": code} for code in ("egy", "EG", "EG1", "ÄGY", "")],
        [{"code": "EGY"}, {"code": "YAR"}],
    ),
    *instants("lifespan", lambda **columns: make_span(**{"existed_until": "1999"} | columns), "existed_from"),
    *instants("lifespan", make_span, "existed_until"),
    in_order("lifespan", make_span, "existed_from", "existed_until"),
    Case(
        "lifespan_says_something",
        make_span,
        [{"existed_from": "", "existed_until": ""}],
        [{"existed_from": "1962", "existed_until": ""}, {"existed_from": "", "existed_until": "1990"}],
    ),
    Case("succession_is_of_two", make_succession, [{"successor": "YMD"}], [{"successor": "YEM"}]),
    Case(
        "countrycode_ends_after_it_begins",
        make_code,
        [{"valid_from": 1990, "valid_until": 1989}],
        [
            {"valid_from": 1990, "valid_until": 1990},
            {"valid_from": 1990, "valid_until": None},
            {"valid_from": None, "valid_until": 1990},
        ],
    ),
    # Actor and source
    slugs("actor", make_actor),
    slugs("source", make_source, "key"),
    *instants("source", make_source, "issued_on", "speaks_until", "accessed_on"),
    Case(
        "source_sha256_is_well_formed",
        make_source,
        [{"sha256": bad} for bad in BAD_HASHES],
        [{"sha256": "0a" * 32}, {"sha256": ""}],
    ),
    Case(
        "source_doi_is_well_formed",
        make_source,
        [{"doi": bad} for bad in ("https://doi.org/10.1000/1", "10.1/1", "10.1000", "10.1000/a b")],
        [{"doi": "10.1000/182"}, {"doi": "10.1000.10/a(b)c;d"}, {"doi": ""}],
    ),
    *[
        Case(
            f"source_{column}_is_web",
            lambda **columns: make_source(**{"licence": "A licence"} | columns),
            [{column: "javascript:alert(1)"}, {column: "ftp://example.org/"}, {column: "see https://example.org/"}],
            [{column: "https://example.org/"}, {column: "http://example.org/"}, {column: ""}],
        )
        for column in ("url", "archive_url", "licence_url")
    ],
    Case(
        "source_licence_has_a_name",
        lambda **columns: make_source(**{"licence_url": "https://licence.example/"} | columns),
        [{"licence": ""}],
        [{"licence": "A licence"}, {"licence": "", "licence_url": ""}],
    ),
    # Passage and citation
    Case(
        "passage_ref_is_well_formed",
        make_passage,
        [{"ref": ref} for ref in ("egypt", "Egypt.1.1", "egypt.", ".1", "egypt.a", "egypt.1.1 ")],
        [{"ref": "egypt.1.1"}, {"ref": "saudi-arabia.10.2"}, {"ref": "a.1"}],
    ),
    Case(
        "passage_sha256_is_well_formed",
        make_passage,
        [{"sha256": bad} for bad in [*BAD_HASHES, ""]],
        [{"sha256": "0a" * 32}],
    ),
    Case(
        "passage_ends_after_it_begins",
        make_passage,
        [{"char_start": 10, "char_end": 10}, {"char_start": 10, "char_end": 9}],
        [{"char_start": 10, "char_end": 11}],
    ),
    Case(
        "passage_out_of_scope_is_finished",
        make_passage,
        [{"out_of_scope_reason": "A heading.", "finished": False}],
        [{"out_of_scope_reason": "A heading.", "finished": True}, {"finished": False}],
    ),
    Case(
        "citation_has_one_target",
        lambda **targets: make_citation(locator="p. 1", **{name: make() for name, make in targets.items()}),
        [{}, {"event": make_event, "mission": make_mission}, {"actor": make_actor, "relation": make_relation}],
        [
            {"period": make_period},
            {"mission": make_mission},
            {"event": make_event},
            {"transfer": make_transfer},
            {"observation": make_observation},
            {"country": lambda: make_country("EGY")},
            {"actor": make_actor},
            {"relation": make_relation},
        ],
    ),
    Case(
        "citation_has_a_place",
        lambda has_passage=False, **columns: make_citation(
            country=make_country("EGY"), passage=make_passage() if has_passage else None, **columns
        ),
        [{}, {"has_passage": True, "locator": "p. 1"}],
        [{"has_passage": True}, {"locator": "p. 1"}],
    ),
    Case(
        "citation_field_is_of_its_target",
        cite_event,
        [{"field": field} for field in ("titel", "designation", "slug", "editor_note", "search", "participations")],
        [{"field": field} for field in ("", "title", "happened_on", "participants", "figures")],
    ),
    Case(
        "citation_part_is_of_participants",
        lambda **columns: cite_event(**{"part": "PRK"} | columns),
        [{}, {"field": "place"}, {"field": "figures"}],
        [{"field": "participants"}, {"part": ""}],
    ),
    Case(
        "citation_announces_a_date",
        lambda **columns: cite_event(**{"is_announcement": True} | columns),
        [{}, {"field": "title"}, {"field": "happened_on", "stance": "mentions"}],
        [{"field": "happened_on"}, {"is_announcement": False}],
    ),
    Case(
        "citation_value_contradicts",
        cite_event,
        [{"value": "1974", "stance": "supports"}, {"value": "1974", "stance": "mentions"}],
        [{"value": "1974", "stance": "contradicts"}, {"value": "", "stance": "contradicts"}],
    ),
    *instants("citation", cite_event, "attributed_on"),
    # What every record keeps
    *[slugs(owner, make) for owner, make in MAKERS.items()],
    # Event and its parts
    when_published("event", "title", "Talks in Cairo"),
    Case(
        "participation_names_one_party",
        lambda party=(), **columns: make_participation(
            country=make_country("EGY") if "country" in party else None,
            actor=make_actor() if "actor" in party else None,
            named_as="two companies" if "named_as" in party else "",
            **columns,
        ),
        [
            {},
            {"party": ("country", "actor")},
            {"party": ("country", "named_as")},
            {"party": ("actor", "named_as")},
            {"party": ("country", "actor", "named_as")},
        ],
        [{"party": ("country",)}, {"party": ("actor",)}, {"party": ("named_as",)}],
    ),
    Case(
        "participation_counts_the_unnamed",
        make_participation,
        [{"count": 2, "country_id": "PRK"}],
        [{"count": 2, "named_as": "companies"}, {"count": None, "named_as": "companies"}, {"country_id": "PRK"}],
    ),
    *[case for make, owner, name in FIGURES for case in figures(make, owner, name)],
    Case(
        "eventfigure_says_something",
        make_event_figure,
        [{"low": None, "high": None, "figure_qualifier": ""}],
        [{"low": None, "high": None, "figure_qualifier": "", "figure_missing": "uncounted"}, {}],
    ),
    Case(
        "eventfigure_money_has_a_currency",
        make_event_figure,
        [{"measure": "money", "figure_unit": unit} for unit in ("", "dollars", "usd", "US", "USDT")],
        [
            {"measure": "money", "figure_unit": "USD"},
            {"measure": "persons", "figure_unit": ""},
            {
                "measure": "money",
                "figure_unit": "",
                "low": None,
                "high": None,
                "figure_qualifier": "",
                "figure_missing": "unknown",
            },
        ],
    ),
    # Arms transfer
    when_published("armstransfer", "kind", "equipment"),
    when_published("armstransfer", "category", "missiles"),
    when_published("armstransfer", "deal_status", "delivered"),
    Case(
        "armstransfer_has_one_recipient",
        lambda **columns: make_transfer("PRK", **columns),
        [
            {"state": "draft", "recipient_named_as": "rebels"},
            {"state": "published", "recipient_named_as": "rebels"},
        ],
        [{"recipient": "EGY"}, {"recipient": None, "recipient_named_as": "rebels"}],
    ),
    Case(
        "armstransfer_recipient_when_published",
        lambda **columns: make_transfer("PRK", None, **columns),
        [{}],
        [{"state": "draft"}, {"state": "in_review"}, {"recipient_named_as": "rebels"}],
    ),
    Case(
        "armstransfer_has_one_supplier",
        make_transfer,
        [
            {"state": "draft", "supplier_named_as": "dealers"},
            {"state": "published", "supplier_named_as": "dealers"},
        ],
        [{"supplier": "PRK"}, {"supplier": None, "supplier_named_as": "dealers"}],
    ),
    Case(
        "armstransfer_supplier_when_published",
        lambda **columns: make_transfer(None, **columns),
        [{}],
        [{"state": "draft"}, {"state": "in_review"}, {"supplier_named_as": "dealers"}],
    ),
    Case(
        "armstransfer_is_of_two_actors",
        lambda **columns: make_transfer(None, None, supplier_actor=make_actor("maker", id=1000), **columns),
        [{"recipient_actor_id": 1000}],
        [{"recipient_named_as": "a buyer"}],
    ),
    Case(
        "armstransfer_tiv_is_not_negative",
        make_transfer,
        [{name: value} for name in TIV for value in (-1, Decimal("-0.1"))],
        [{name: value} for name in TIV for value in (0, None, Decimal("0.5"))],
    ),
    Case(
        "armstransfer_is_of_two",
        make_transfer,
        [{"supplier": "PRK", "recipient": "PRK"}],
        [{"supplier": "PRK", "recipient": "EGY"}],
    ),
    Case(
        "armstransfer_value_has_a_currency",
        lambda unit, **columns: make_transfer(
            **{"value_low": 5, "value_high": 5, "value_qualifier": "exact", "value_kind": "contract"} | columns,
            value_unit=unit,
        ),
        [{"unit": unit} for unit in ("", "dollars", "usd")],
        [{"unit": "USD"}, {"unit": "", "value_low": None, "value_high": None, "value_qualifier": ""}],
    ),
    Case(
        "armstransfer_value_has_a_kind",
        lambda **columns: make_transfer(
            **{"value_low": 5, "value_high": 5, "value_qualifier": "exact", "value_unit": "USD"} | columns
        ),
        [{"value_kind": ""}],
        [
            {"value_kind": "aid"},
            {"value_kind": "", "state": "draft"},
            {"value_kind": "", "value_low": None, "value_high": None, "value_qualifier": ""},
        ],
    ),
    Case(
        "armstransfer_is_not_its_own_double",
        lambda **columns: make_transfer(id=1000, **columns),
        [{"possibly_same_as_id": 1000}],
        [{"possibly_same_as_id": None}],
    ),
    Case(
        "event_is_not_its_own_double",
        lambda **columns: make_event(id=1000, **columns),
        [{"possibly_same_as_id": 1000}],
        [{"possibly_same_as_id": None}],
    ),
    # Upload
    Case(
        "batch_sha256_is_well_formed",
        make_batch,
        [{"sha256": "0" * 63}, {"sha256": "g" * 64}],
        [{"sha256": "0f" * 32}],
    ),
    Case(
        "batch_is_taken_back_at_a_time",
        lambda **columns: make_batch(taken_back_by=make_upload().owner, **columns),
        [{}],
        [{"taken_back_at": timezone.now()}],
    ),
    Case("keptprofile_name_is_well_formed", make_profile, [{"name": "Visits"}, {"name": ""}], [{"name": "visits-2"}]),
    Case(
        "upload_content_is_not_too_large",
        make_upload,
        [{"content": of_length(20_000_001)}],
        [{"content": of_length(20_000_000)}],
    ),
    # Mission
    Case(
        "mission_is_of_two",
        make_mission,
        [{"sending": "EGY", "accredited_to": "EGY"}],
        [{"sending": "EGY", "accredited_to": "PRK"}],
    ),
    Case(
        "mission_is_protected_by_a_third",
        make_protected,
        [
            {"protecting_power": "EGY"},
            {"protecting_power": "PRK"},
            {"protecting_power": "CHE", "kind": "embassy"},
        ],
        [{"protecting_power": "CHE"}, {}],
    ),
    Case(
        "mission_ends_when_it_ended",
        make_mission,
        [{"ending": "closed"}, {"ending": "suspended", "state": "draft"}],
        [{"ending": "closed", "closed_on": "1970"}, {"closed_on": "1970"}],
    ),
    Case(
        "mission_reopens_another",
        lambda **columns: make_mission(id=1000, **columns),
        [{"reopens_id": 1000}],
        [{"reopens_id": None}],
    ),
    *instants("mission", make_mission, "opened_on", "closed_on"),
    in_order("mission", make_mission, "opened_on", "closed_on"),
    # Observation
    Case(
        "observation_is_of_two",
        make_observation,
        [{"from_country": "EGY", "to_country": "EGY"}],
        [{"from_country": "EGY", "to_country": "PRK"}],
    ),
    Case(
        "observation_says_something",
        lambda **columns: make_observation(
            **{"figure_low": None, "figure_high": None, "figure_qualifier": ""} | columns
        ),
        [{}],
        [{"figure_missing": "not_reported"}, {"state": "draft"}],
    ),
    Case(
        "observation_money_has_a_currency",
        make_observation,
        [{"measure": measure, "figure_unit": "dollars"} for measure in ("money", "aid", "exports")],
        [{"measure": "aid", "figure_unit": "USD"}, {"measure": "workers", "figure_unit": "persons"}],
    ),
    Case(
        "observation_has_a_unit",
        lambda **columns: make_observation(measure="workers", **columns),
        [{"figure_unit": ""}],
        [
            {"figure_unit": "persons"},
            {"figure_unit": "", "state": "draft"},
            {
                "figure_unit": "",
                "figure_low": None,
                "figure_high": None,
                "figure_qualifier": "",
                "figure_missing": "unknown",
            },
        ],
    ),
    # Relation and its periods
    Case(
        "relation_is_in_order",
        make_pair,
        [{"a": "PRK", "b": "EGY"}, {"a": "EGY", "b": "EGY"}],
        [{"a": "EGY", "b": "IRQ"}],
    ),
    when_published("relationperiod", "value", "established"),
    *(
        Case(
            f"relationperiod_value_on_{track}",
            make_period,
            [{"track": track, "subject": subject, "value": value} for value in ("nonsense", *of_others)],
            [{"track": track, "subject": subject, "value": value} for value in TRACK_VALUES[track]],
        )
        for track, subject, of_others in (
            (Track.LEGAL, "", ["ambassador"]),
            (Track.LEVEL, "", ["established"]),
            (Track.MILITARY, "", ["established"]),
            (Track.RECOGNITION, "", ["severed"]),
            (Track.POSITION, "the canal", ["recognised"]),
            (Track.COOPERATION, "cement", ["favours"]),
            (Track.CHARACTER, "a brother", ["halted"]),
        )
    ),
    Case(
        "relationperiod_holder_when_one_sided",
        lambda **columns: make_period(**{"track": "level", "value": "none", "held_by_id": None} | columns),
        [{}, {"state": "draft"}, {"track": "recognition", "value": "recognised"}],
        [{"held_by_id": "PRK"}, {"track": "legal"}],
    ),
    Case(
        "relationperiod_subject_when_open",
        make_period,
        [
            {"track": "position", "value": "favours", "subject": ""},
            {"track": "legal", "value": "established", "subject": "peace"},
            {"track": "level", "value": "none", "subject": "peace"},
        ],
        [
            {"track": "position", "value": "favours", "subject": "peace"},
            {"track": "recognition", "value": "recognised", "subject": "sovereignty over the territory"},
            {"track": "recognition", "value": "recognised", "subject": ""},
            {"track": "position", "value": "favours", "subject": "", "state": "draft"},
            {"track": "legal", "value": "established", "subject": ""},
        ],
    ),
    Case(
        "relationperiod_excepts_from_a_subject",
        lambda **columns: make_period("recognition", "recognised", exception="the Golan Heights", **columns),
        [{}],
        [{"subject": "sovereignty over the territory"}],
    ),
    *instants("relationperiod", make_period, "began_on", "ended_on"),
    in_order("relationperiod", make_period, "began_on", "ended_on"),
]


def refusal_of(make, columns):
    """The name of the constraint that refuses a row, at once or when deferred; rolls back."""
    try:
        with transaction.atomic():
            make(**columns)
            commit()
            transaction.set_rollback(True)
    except IntegrityError as refusal:
        return refusal.__cause__.diag.constraint_name
    return None


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_rule_refuses_what_is_wrong_and_lets_the_right_pass(case):
    make_relation()
    told = [(columns, refusal_of(case.make, columns)) for columns in [*case.wrong, *case.right]]
    assert told == [*((columns, case.rule) for columns in case.wrong), *((columns, None) for columns in case.right)]


def make_event_once():
    return Event.objects.filter(slug="once").first() or make_event("IRQ", slug="once")


class Key(NamedTuple):
    """A unique constraint, a factory, columns with which its key stays the same, and columns with which it differs."""

    rule: str
    make: Any
    same: list[dict[str, Any]]
    other: list[dict[str, Any]]


KEYS = [
    Key("succession_is_unique", make_succession, [{}], [{"successor": "YAR"}]),
    Key(
        "lifespan_is_unique",
        lambda **columns: make_span(**{"existed_from": "190X", "existed_until": "190X"} | columns),
        [{}, {"existed_until": "1908~"}],
        [{"existed_from": "191X", "existed_until": "191X"}],
    ),
    Key(
        "countrycode_is_unique",
        make_code,
        [{}, {"valid_until": 1990}],
        [{"valid_from": 1968}, {"value": "681"}, {"scheme": "gw"}],
    ),
    Key(
        "countrycode_is_unique",
        lambda **columns: make_code(**{"valid_from": None} | columns),
        [{}, {"valid_until": 1990}],
        [{"valid_from": 1967}],
    ),
    Key(
        "participation_is_unique",
        lambda **columns: make_participation(**{"event": make_event_once(), "country_id": "EGY"} | columns),
        [{}],
        [{"role": "actor"}, {"country_id": "PRK"}, {"country_id": None, "named_as": "companies"}],
    ),
    Key(
        "participation_is_unique",
        lambda **columns: make_participation(**{"event": make_event_once(), "named_as": "companies"} | columns),
        [{}, {"count": 2}],
        [{"named_as": "banks"}],
    ),
    Key(
        "dealparty_is_unique",
        make_deal_party,
        [{}],
        [{"role": "brokered"}, {"actor_id": 1001}],
    ),
    Key(
        "eventfigure_is_unique",
        lambda **columns: make_figure(make_event_once(), **columns),
        [{}, {"low": 10}],
        [{"of": "trainers"}, {"measure": "items"}],
    ),
    Key(
        "citation_is_unique",
        lambda **columns: cite(make_event_once(), **{"source": make_source(), "locator": "p. 1"} | columns),
        [{}, {"hedge": "reportedly"}],
        [{"locator": "p. 2"}, {"field": "reason"}, {"stance": "mentions"}],
    ),
    Key(
        "country_name_is_unique",
        make_named,
        [{"name": "Côte d’Ivoire"}, {"name": "cote d'ivoire"}],
        [{"name": "Côte"}],
    ),
    Key("relation_is_unique", make_pair, [{"a": "IRQ", "b": "PRK"}], [{"a": "PRK", "b": "SYR"}]),
    Key(
        "passage_is_unique",
        lambda **columns: make_passage(**{"ref": "egypt.1.1"} | columns),
        [{}, {"position": 9}],
        [{"ref": "egypt.1.2"}],
    ),
    Key(
        "upload_is_unique",
        make_upload,
        [{}, {"name": "again.csv"}],
        [{"content": b"slug\nb\n"}, {"collection": "missions"}, {"owner": "another"}],
    ),
    Key(
        "formeraddress_is_unique", make_former_address, [{}, {"now_at": "b"}], [{"slug": "b"}, {"collection": "actors"}]
    ),
]
EXCLUSIONS = {
    *("relationperiod_one_mutual_value", "relationperiod_one_value_per_holder"),  # test_relation.py
    "lifespan_is_one_at_a_time",  # test_things.py
}


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.rule)
def test_key_refuses_a_second(key):
    make_relation()
    key.make(**key.same[0])
    for columns in key.same:
        with refused(key.rule):
            key.make(**columns)
    for columns in key.other:
        key.make(**columns)


@pytest.mark.parametrize("owner", MAKERS)
def test_slug_is_unique_in_its_collection(owner):
    record = MAKERS[owner](slug="once")
    with pytest.raises(IntegrityError, match=f"relations_{owner}_slug"), transaction.atomic():
        MAKERS[owner](slug="once")
    for other in set(MAKERS) - {owner}:
        MAKERS[other](slug="once")
    assert type(record).objects.get(slug="once") == record


def test_citation_passage_is_of_its_source():
    handbook, report = make_source("handbook"), make_source("report")
    citation = cite(make_country("EGY"), passage=make_passage(handbook))
    commit()
    with refused("citation_passage_of_its_source"):
        Citation.objects.filter(pk=citation.pk).update(source=report)
        commit()


@pytest.mark.parametrize(("make", "owner", "name"), FIGURES, ids=lambda part: part if isinstance(part, str) else "")
def test_not_a_number_is_no_figure(make, owner, name):
    """Django refuses NaN itself; raw SQL must be refused too."""
    row = make()
    number = f"{name}_low = NULL, {name}_high = 'NaN', {name}_qualifier = 'at_most', {name}_missing = ''"
    unit = f", {name}_unit = 'USD', value_kind = 'contract'" if name == "value" else ""
    with refused(f"{owner}_{name}_is_not_negative"), connection.cursor() as cursor:
        cursor.execute(f"UPDATE relations_{owner} SET {number}{unit} WHERE id = %s", [row.pk])


def test_every_rule_is_tried():
    tried = {case.rule for case in CASES} | {key.rule for key in KEYS} | EXCLUSIONS
    declared = {constraint.name for model in MODELS for constraint in model._meta.constraints}
    elsewhere = ("_is_known", "_text_is_tidy")  # test_vocabularies.py, test_text.py
    assert {name for name in declared if not name.endswith(elsewhere)} == tried


def test_every_rule_is_kept_by_postgresql():
    """Closed lists are tested in test_vocabularies.py; two rules of passages and sources are created in SQL."""
    declared = {constraint.name for model in MODELS for constraint in model._meta.constraints}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT conname FROM pg_constraint
            WHERE conrelid::regclass::text = ANY(%(tables)s) AND contype IN ('c', 'u', 'x')
                AND NOT starts_with(conname, 'relations_')
            UNION SELECT indexrelid::regclass::text FROM pg_index
            WHERE indrelid::regclass::text = ANY(%(tables)s) AND indisunique AND indexprs IS NOT NULL
            """,
            {"tables": [model._meta.db_table for model in MODELS]},
        )
        kept = {name for (name,) in cursor.fetchall()}
    assert kept == declared | {"passage_of_its_source"}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_rules_are_named_after_their_model(model):
    for constraint in model._meta.constraints:
        assert constraint.name.startswith(f"{model._meta.model_name}_")
        assert len(constraint.name.encode()) <= 63
