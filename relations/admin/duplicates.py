"""Existing records that a new one may duplicate: of the same kind and parties, at the same time."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import admin

from relations.admin.keys import may_be_key
from relations.models import Actor, Country, Event, Record, RelationPeriod
from relations.models.event import Participation

MAX_DUPLICATES = 5
PARTY = re.compile(r"participations-\d+-(country|actor)")


def likely_duplicates(model: type[Record], typed: dict[str, Any], rows: Any) -> list[Any]:
    """At most five records that may be the same as the typed one; an empty list if too little is typed to tell.

    `typed` are the cleaned values of the form, `rows` is the POST data with the forms of its parts.
    """
    codes = sides(model, typed, rows)
    desk: Any = admin.site.get_model_admin(model)
    alike = {name: typed.get(name) for name in desk.alike}
    if len(codes) < 2 or not all(alike.values()):
        return []
    records: Any = model._default_manager
    found = records.involving(*sorted(codes)).filter(**alike)
    dates = [day for name in (model.starts_on, model.ends_on) if (day := typed.get(name))]
    if dates:
        found = found.possibly_within(dates[0].earliest or date.min, dates[-1].latest or date.max)
    else:
        found = found.filter(**{model.starts_on: "", model.ends_on: ""})
    return list(found.with_shown().order_by("slug")[:MAX_DUPLICATES])


def sides(model: type[Record], typed: dict[str, Any], rows: Any) -> set[str]:
    """The codes of the typed countries, including the countries of typed actors."""
    if model is Event:
        return set(parties(rows))
    if model is RelationPeriod:
        relation = typed.get("relation")
        return {relation.country_a_id, relation.country_b_id} if relation else set()
    lookups = [lookup for role, of_role in model.parties.items() if role not in model.bystanders for lookup in of_role]
    chosen = [typed.get(lookup.partition("__")[0]) for lookup in lookups]
    return {each.pk if isinstance(each, Country) else each.country_id for each in chosen if each} - {None}


def parties(rows: Any) -> Iterable[str]:
    """The codes of the countries of posted participants; malformed keys are skipped."""
    chosen: dict[str, set[str]] = {"country": set(), "actor": set()}
    for name, value in rows.items():
        if (match := PARTY.fullmatch(name)) and value:
            field: Any = Participation._meta.get_field(match[1])
            if may_be_key(field.target_field, value):
                chosen[match[1]].add(value)
    yield from Country.objects.filter(pk__in=chosen["country"]).values_list("pk", flat=True)
    actors = Actor.objects.filter(pk__in=chosen["actor"]).exclude(country=None)
    yield from actors.values_list("country_id", flat=True)
