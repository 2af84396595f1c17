"""Pages of relations, lists, files and panels give the same answers for every day on which one can change."""

from collections import defaultdict
from collections.abc import Iterator
from copy import copy
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.http import QueryDict

from relations import status
from relations.exchange.columns import columns_of
from relations.exchange.panels import DYAD_YEARS, dyad_years
from relations.models import Country, Lifespan, Mission, Relation, RelationPeriod
from relations.models.tracks import Track
from relations.views.lists import FilteredList, MissionList, RelationPeriodList

ANY_DAY = date(1, 2, 3)  # stands for the day in SQL, which `on_every_day` replaces by a column


def days() -> list[date]:
    """The bounds of all dates that a status depends on, each with the day before and the day after."""
    dated: list[Any] = [RelationPeriod.objects.published(), Mission.objects.published()]
    dated.append(Lifespan.objects.filter(country__in=Country.objects.public()))
    names = [
        (rows, f"{name}_{bound}")
        for rows in dated
        for name in ("began_on", "ended_on", "opened_on", "closed_on", "existed_from", "existed_until")
        for bound in ("earliest", "latest")
        if hasattr(rows.model, name)
    ]
    bounds = {day for rows, name in names for day in rows.values_list(name, flat=True)} - {None}
    return sorted({day + timedelta(days) for day in bounds for days in (-1, 0, 1)})


def on_every_day(asked: QuerySet, days: list[date]) -> dict[date, list[tuple[Any, ...]]]:
    """The rows of a QuerySet, built for ANY_DAY, for each of these days, by one query."""
    told = defaultdict(list)
    with connection.cursor() as cursor:
        sql = cursor.mogrify(*asked.query.sql_with_params()).replace(f"'{ANY_DAY}'::date", "day")
        cursor.execute(f"SELECT day, row.* FROM unnest(%s) AS day, LATERAL ({sql}) AS row", [days])
        for day, *columns in cursor.fetchall():
            told[day].append(tuple(columns))
    return told


def statuses(days: list[date]) -> Iterator[tuple[date, list[status.RelationStatus]]]:
    """Yields the status of all relations for each of these days; all records are read once."""
    relations, tracks = list(Relation.objects.public().with_shown()), [*Track]
    standing, records = [], []
    periods = status.periods_of([relation.pk for relation in relations], tracks)
    missions = status.missions_of([relation.code for relation in relations])
    for asked in (periods, missions):
        standing.append(on_every_day(asked.standing_on(ANY_DAY).values_list("pk", "verdict"), days))
        records.append(asked.with_shown().in_bulk())
    for day in days:
        periods, missions = (
            [with_verdict(of_type[key], verdict) for key, verdict in on_days[day]]
            for on_days, of_type in zip(standing, records, strict=True)
        )
        yield day, status.assemble(relations, day, tracks, periods, missions)


def records_on_pages() -> dict[date, list[tuple[str, str]]]:
    """The records in the answers on the pages of all relations, for each day: slug, verdict."""
    return {
        day: sorted(
            (record.slug, str(answer.verdict))
            for of_relation in of_day
            for answer in (*of_relation.answers, *of_relation.missions)
            for record in answer.records
        )
        for day, of_day in statuses(days())
    }


def with_verdict(record: Any, verdict: str) -> Any:
    """A copy of a record with this verdict."""
    record = copy(record)
    record.verdict = verdict
    return record


def test_lists_and_files_of_a_day_say_what_the_pages_of_the_pairs_say() -> None:
    told = defaultdict(list)
    views: list[type[FilteredList]] = [RelationPeriodList, MissionList]
    for view in views:
        form = view.form_class(QueryDict(f"as_of={ANY_DAY}"))
        form.check()
        rows = form.apply(view.queryset)
        of_file = {column.name: column.reads for column in columns_of(rows.model, of_a_day=True)}
        asked = rows.values_list("slug", "verdict", of_file["slug"], of_file["as_of"], of_file["verdict"])
        for day, listed in on_every_day(asked, days()).items():
            told[day] += listed
    pages = {day: [(*row, row[0], day, row[1]) for row in rows] for day, rows in records_on_pages().items()}
    assert {day: sorted(told[day]) for day in pages} == pages
    assert (len(pages) > 200, len(pages[date(2018, 1, 1)]) > 40) == (True, True)


def told_by(of_relation: status.RelationStatus) -> list[tuple[str, ...]]:
    """The answers about a relation: track, holder, verdict, and the slugs of the records."""
    return sorted(
        (
            str(answer.track),
            answer.holder.pk if answer.holder else "",
            str(answer.verdict),
            "; ".join(sorted(record.slug for record in answer.records)),
        )
        for answer in of_relation.answers
    )


def test_panel_says_of_every_relation_and_year_what_its_page_says() -> None:
    """The status of all years is read at once; for a few days it is compared with that of the day alone."""
    last_days = [date(year, 12, 31) for year in range(1945, 2027)]
    pages = dict(statuses(last_days))
    relations = [of_relation.relation for of_relation in pages[last_days[0]]]
    for day in last_days[18::30]:
        alone = status.statuses_on(relations, day)
        assert [*map(told_by, alone)] == [*map(told_by, pages[day])]
    told = defaultdict(list)
    for row in dyad_years(Relation.objects.public(), last_days, [*Track]):
        cell = dict(zip([column.name for column in DYAD_YEARS], row, strict=True))
        records = "; ".join(sorted(filter(None, cell["records"].split("; "))))
        pair = f"{cell['country_a']}-{cell['country_b']}"
        told[pair, cell["as_of"]].append((cell["track"], cell["holder"], cell["verdict"], records))
    assert {key: sorted(rows) for key, rows in told.items()} == {
        (of_relation.relation.code, day): told_by(of_relation)
        for day, of_day in pages.items()
        for of_relation in of_day
    }
    assert len(told) == len(relations) * len(last_days)
