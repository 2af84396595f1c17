"""Makers of realistic rows, one for each model; columns that are not given get the minimum that is valid."""

from datetime import timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from config.databases import PRIMARY
from relations.models import (
    Actor,
    ArmsTransfer,
    Batch,
    Citation,
    Country,
    CountryCode,
    DealParty,
    Event,
    EventFigure,
    KeptProfile,
    Lifespan,
    Mission,
    Observation,
    Participation,
    Passage,
    PassageText,
    Record,
    Relation,
    RelationPeriod,
    Source,
    Succession,
    Upload,
)
from relations.models.tracks import ONE_SIDED_TRACKS
from relations.models.vocabularies import State
from relations.prepared import prepared

NAMES = {
    "BGR": "Bulgaria",
    "EGY": "Egypt",
    "IRN": "Iran",
    "IRQ": "Iraq",
    "KOR": "South Korea",
    "PRK": "North Korea",
    "SYR": "Syria",
    "TUR": "Turkey",
    "YMD": "South Yemen",
}
TARGET_OF = {
    RelationPeriod: "period",
    Mission: "mission",
    Event: "event",
    ArmsTransfer: "transfer",
    Observation: "observation",
    Country: "country",
    Actor: "actor",
    Relation: "relation",
}
numbers = count(1)


@prepared
def countries_of(code: Any) -> QuerySet[Country]:
    """The country with a code, or None."""
    return Country.objects.using(PRIMARY).filter(code=code)


@prepared
def sources_of(key: Any) -> QuerySet[Source]:
    """The source with a key, or None."""
    return Source.objects.using(PRIMARY).filter(key=key)


@prepared
def relations_of(first: Any, second: Any) -> QuerySet[Relation]:
    """The relation of two codes in order, or None."""
    return Relation.objects.using(PRIMARY).filter(country_a_id=first, country_b_id=second)


def make_country(code: str, **columns: Any) -> Country:
    """The country with a code, created if necessary."""
    for country in countries_of(code):
        return country
    defaults = {"name": NAMES.get(code, f"Country {code}"), "kind": "state"}
    return Country.objects.create(code=code, **defaults | columns)


def make_lifespan(code: str, existed_from: str, existed_until: str = "") -> Lifespan:
    """A lifespan of the country with a code."""
    return Lifespan.objects.create(country=make_country(code), existed_from=existed_from, existed_until=existed_until)


def make_actor(slug: str = "orascom", **columns: Any) -> Actor:
    return Actor.objects.create(**{"slug": slug, "name": slug.replace("-", " ").title(), "kind": "company"} | columns)


def make_organ(code: str) -> Actor:
    """An actor of a country, created if necessary."""
    return Actor.objects.filter(country=code).first() or make_actor(f"organ-of-{code.lower()}", country_id=code)


def make_source(key: str = "test-source", **columns: Any) -> Source:
    """The source with a key, created if necessary."""
    for source in sources_of(key):
        return source
    defaults = {"csl_type": "document", "title": key.replace("-", " ").capitalize()}
    return Source.objects.create(key=key, **defaults | columns)


def make_passage(source: Source | None = None, ref: str = "", **columns: Any) -> Passage:
    number = next(numbers)
    values = {
        "source": source or make_source(),
        "ref": ref or f"test.1.{number}",
        "position": number,
        "char_start": number * 100,
        "char_end": number * 100 + 80,
        "sha256": f"{number:064x}",
        "digest": f"What sentence {number} says.",
    }
    return Passage.objects.create(**values | columns)


def cite(target: Any, **columns: Any) -> Citation:
    """A citation of a record or thing, by default of a new passage."""
    values: dict[str, Any] = {TARGET_OF[type(target)]: target} | columns
    if "passage" not in values and not values.get("locator"):
        values["passage"] = make_passage(values.get("source"))
    if values.get("passage"):
        values["source"] = values["passage"].source
    values.setdefault("source", make_source())
    return Citation.objects.create(**values)


def make_record(model: type[Record], defaults: dict[str, Any], columns: dict[str, Any]) -> Any:
    """A published record with a citation, unless the columns give another state."""
    record = model.objects.create(**{"state": State.PUBLISHED} | defaults | columns)
    if record.state == State.PUBLISHED:
        cite(record)
    return record


def make_relation(a: str = "EGY", b: str = "PRK", **columns: Any) -> Relation:
    """The relation of a pair, created if necessary."""
    first, second = sorted((a, b))
    for relation in relations_of(first, second):
        return relation
    return Relation.objects.create(country_a=make_country(first), country_b=make_country(second), **columns)


def make_period(track: str = "legal", value: str = "established", **columns: Any) -> RelationPeriod:
    """A state of affairs; on a one-sided track, of the first country unless `held_by` is given."""
    relation = columns.pop("relation", None) or make_relation()
    number = next(numbers)
    defaults = {"slug": f"period-{number}", "relation": relation, "track": track, "value": value}
    if track in ONE_SIDED_TRACKS and not columns.keys() & {"held_by", "held_by_id"}:
        defaults["held_by"] = relation.country_a
    return make_record(RelationPeriod, defaults, columns)


def make_mission(sending: str = "EGY", accredited_to: str = "PRK", **columns: Any) -> Mission:
    defaults = {
        "slug": f"mission-{next(numbers)}",
        "sending": make_country(sending),
        "accredited_to": make_country(accredited_to),
        "kind": "embassy",
    }
    return make_record(Mission, defaults, columns)


def make_event(*countries: str, **columns: Any) -> Event:
    """An event with the first country as actor and the others as recipients."""
    number = next(numbers)
    defaults = {"slug": f"event-{number}", "kind": "visit", "title": f"Event {number}"}
    event = make_record(Event, defaults, columns)
    for place, code in enumerate(countries or ("PRK", "EGY")):
        Participation.objects.create(event=event, country=make_country(code), role="recipient" if place else "actor")
    return event


def make_event_of(*actors: Actor, **columns: Any) -> Event:
    """An event with South Korea and these actors as participants."""
    event = make_event("KOR", **columns)
    for actor in actors:
        event.participations.create(role="concerned", actor=actor)
    return event


def make_figure(event: Event, measure: str = "persons", low: Any = 20, high: Any = 20, **columns: Any) -> EventFigure:
    defaults = {"figure_low": low, "figure_high": high, "figure_qualifier": "exact", "figure_unit": measure}
    return EventFigure.objects.create(event=event, measure=measure, **defaults | columns)


def make_transfer(supplier: str | None = "PRK", recipient: str | None = "EGY", **columns: Any) -> ArmsTransfer:
    defaults = {
        "slug": f"transfer-{next(numbers)}",
        "supplier": make_country(supplier) if supplier else None,
        "recipient": make_country(recipient) if recipient else None,
        "kind": "equipment",
        "category": "missiles",
        "designation": "Scud-B",
        "deal_status": "delivered",
    }
    return make_record(ArmsTransfer, defaults, columns)


def make_observation(from_country: str = "PRK", to_country: str = "EGY", **columns: Any) -> Observation:
    defaults = {
        "slug": f"observation-{next(numbers)}",
        "measure": "exports",
        "from_country": make_country(from_country),
        "to_country": make_country(to_country),
        "figure_low": 712000,
        "figure_high": 712000,
        "figure_qualifier": "exact",
        "figure_unit": "USD",
    }
    return make_record(Observation, defaults, columns)


def make_upload(owner: str = "researcher", **columns: Any) -> Upload:
    """A previewed file that waits for confirmation by the user with this name."""
    defaults = {"collection": "events", "file_format": "csv", "name": "visits.csv", "content": b"slug\na\n"}
    defaults |= {"expires_at": timezone.now() + timedelta(hours=1)}
    user = get_user_model().objects.get_or_create(username=owner)[0]
    return Upload.objects.create(**{"owner": user} | defaults | columns)


def make_batch(**columns: Any) -> Batch:
    """A batch without any changes in the history."""
    defaults = {"name": "visits.csv", "sha256": "0" * 64, "profile": "events", "contexts": [str(uuid4())]}
    return Batch.objects.create(**defaults | columns)


def make_profile(name: str = "visits", **columns: Any) -> KeptProfile:
    """A stored profile."""
    text = 'records = [{of = "actors", cells = {slug = "{Who}", name = "{Who}"}}]'
    return KeptProfile.objects.create(**{"name": name, "text": text} | columns)


def make_one_of_everything():
    """At least one row of every model, with every kind of date, figure and citation target."""
    south_yemen, yemen = make_country("YMD", aliases=["PDRY"]), make_country("YEM")
    make_lifespan("YMD", "[..1967-11]", "1990")
    Succession.objects.create(predecessor=south_yemen, successor=yemen)
    CountryCode.objects.create(country=south_yemen, scheme="cow", value="680", valid_from=1967, valid_until=1990)
    CountryCode.objects.create(country=yemen, scheme="iso2", value="YE")
    make_country("EGY")
    actor = make_actor("orascom", country_id="EGY", aliases=["Orascom Telecom", "CHEO"])
    passage = make_passage(make_source("handbook", issued_on="[2018..]"), "egypt.1.1")
    event = make_event("PRK", slug="talks", happened_on="1973-03-01/1973-03-07", summary="They met — at length.")
    event.participations.create(actor=actor, role="host")
    event.participations.create(named_as="companies", count=2, role="concerned")
    make_figure(event, of="trainers")
    make_figure(event, "items", None, None, figure_qualifier="", figure_missing="uncounted")
    double = make_transfer(slug="scud-1980", ordered_on="[1979,1980]", event=event)
    DealParty.objects.create(transfer=double, actor=actor, role="brokered")
    make_transfer(
        "PRK",
        None,
        slug="scud-1981",
        recipient_actor=actor,
        value_low="5.5",
        value_high="60000000.25",
        value_qualifier="about",
        value_unit="USD",
        value_kind="estimate",
        possibly_same_as=double,
    )
    first = make_mission("EGY", "PRK", slug="embassy", opened_on="1964~", closed_on="1970", ending="suspended")
    protected = {"kind": "interests_section", "head_rank": "consul", "protecting_power_id": "YEM"}
    make_mission("EGY", "PRK", slug="a-section", host_country_id="PRK", reopens=first, **protected)
    make_observation(slug="exports", period="2010/..")
    period = make_period("recognition", "recognised", relation=make_relation("PRK", "YMD"), held_by_id="YMD", slug="p")
    for target in (event, double, period):
        cite(target, passage=passage, hedge="reportedly", field="reason", modality="reported", attributed_on="2016")
    cite(event, source=make_source("atlas"), locator="p. 1", stance="contradicts", value="1974", attributed_to="them")
    cite(event, passage=passage, field="participants", part="companies")
    for thing in (yemen, actor, period.relation):
        cite(thing, passage=passage, stance="mentions")
    make_event(slug="draft", state="draft", title="", possibly_same_as=event)
    make_transfer(None, "PRK", slug="parts", supplier_actor=actor, tiv_delivered="0.4", condition="second_hand")
    make_transfer("PRK", None, slug="grenades", recipient_named_as="an unnamed buyer", negated=True)
    make_transfer(None, "EGY", slug="shells", supplier_named_as="a firm abroad")
    position = {"subject": "unity", "exception": "of Aden", "held_by_id": "PRK"}
    make_period("position", "favours", slug="unity", relation=period.relation, **position)
    make_passage(passage.source, "egypt.1.2", finished=True, out_of_scope_reason="A caption.")
    PassageText.objects.create(passage=passage, text="A sentence that is nobody's business.")
    make_upload()
    make_batch()
    make_profile()


def aged(row: Any, by: timedelta = timedelta(hours=2)) -> Any:
    """Moves the whole history of a row back by this time, and returns the row."""
    table = row.pgh_event_model._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(f"UPDATE {table} SET pgh_created_at = pgh_created_at - %s WHERE pgh_obj_id = %s", [by, row.pk])
        cursor.execute("SET LOCAL session_replication_role = origin")
    return row
