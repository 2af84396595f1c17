"""Loading fixtures: new rows, changed rows, rows that users edited, and a report of every mistake."""

import datetime
import io
from pathlib import Path
from typing import Any

import pghistory
import psycopg
import pytest
import yaml
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from relations.coding.fixtures import fields_to_fill
from relations.coding.loading import digest, load_fixtures
from relations.models import Actor, ArmsTransfer, Citation, Country, Event, Participation, Passage, Source
from relations.models.vocabularies import State
from tests.database import history_sizes

pytestmark = pytest.mark.django_db

SOURCE = {"model": "relations.source", "fields": {"key": "a-paper", "csl_type": "document", "title": "A paper"}}
PASSAGE = {
    "model": "relations.passage",
    "fields": {
        "source": ["a-paper"],
        "ref": "egypt.1.1",
        "position": 1,
        "char_start": 0,
        "char_end": 20,
        "sha256": "a" * 64,
    },
}
EGYPT = {"model": "relations.country", "pk": "EGY", "fields": {"name": "Egypt", "kind": "state", "aliases": ["UAR"]}}
NORTH_KOREA = {"model": "relations.country", "pk": "PRK", "fields": {"name": "North Korea", "kind": "state"}}
COMPANY = {
    "model": "relations.actor",
    "fields": {"slug": "orascom", "name": "Orascom", "kind": "company", "country": "EGY"},
}
VISIT = {
    "model": "relations.event",
    "fields": {
        "slug": "visit-to-cairo",
        "kind": "visit",
        "state": "published",
        "title": "A delegation visits Cairo",
        "happened_on": "1963-08",
    },
}
GUEST = {
    "model": "relations.participation",
    "fields": {"event": ["visit-to-cairo"], "role": "actor", "country": "PRK"},
}
HOST = {
    "model": "relations.participation",
    "fields": {"event": ["visit-to-cairo"], "role": "host", "actor": ["orascom"]},
}
EVIDENCE = {
    "model": "relations.citation",
    "fields": {"event": ["visit-to-cairo"], "passage": ["a-paper", "egypt.1.1"]},
}
REFERENCE = {"model": "relations.citation", "fields": {"country": "EGY", "source": ["a-paper"], "locator": "entry EGY"}}


def deal(slug: str, **fields: Any) -> list[dict[str, Any]]:
    """A single draft of a deal."""
    return [{"model": "relations.armstransfer", "fields": {"slug": slug, "supplier": "PRK"} | fields}]


def changed(entry: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return entry | {"fields": entry["fields"] | fields}


class Files:
    """A directory of fixtures that tests write, load and change."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.write("sources", SOURCE, PASSAGE)
        self.write("countries", EGYPT, NORTH_KOREA, REFERENCE)
        self.write("actors", COMPANY)
        self.write("egypt", VISIT, GUEST, HOST, EVIDENCE)

    def write(self, name: str, *entries: Any) -> None:
        (self.directory / f"{name}.yaml").write_text(yaml.safe_dump(list(entries)), encoding="utf-8")

    def load(self, **options: Any) -> str:
        out = io.StringIO()
        call_command("load_fixtures", directory=self.directory, stdout=out, **options)
        return out.getvalue()

    def refused(self) -> str:
        with pytest.raises(CommandError) as refusal:
            self.load()
        return str(refusal.value)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


def somebody() -> pghistory.context:
    """Edits by a user: the history has a context of its own for what is written inside."""
    return pghistory.context(user=7)


NO_KIND = "column kind: 'voyage' is none of the 52 that /codebook/lists/eventkind/ lists"
NOTHING = "The register holds what the fixtures say.\n"


def test_load_adds_everything_to_an_empty_register(files: Files) -> None:
    assert files.load() == (
        "added: 1 source, 2 countries, 1 actor, 1 passage, 1 event, 2 participations, 2 citations\n"
    )
    event = Event.objects.get(slug="visit-to-cairo")
    assert (event.title, event.happened_on, event.state, event.version) == (
        "A delegation visits Cairo",
        "1963-08",
        State.PUBLISHED,
        1,
    )
    assert [(part.role, part.country_id, str(part.actor or "")) for part in event.participations.all()] == [
        ("actor", "PRK", ""),
        ("host", None, "Orascom"),
    ]
    assert event.citations.get().passage == Passage.objects.get(ref="egypt.1.1")
    assert Country.objects.get(code="EGY").aliases == ["UAR"]


def test_load_says_in_the_history_that_it_was_a_load(files: Files) -> None:
    files.load()
    histories = Event.pgh_event_model.objects
    (metadata,) = (row.pgh_context.metadata for row in histories.all())
    assert metadata == {"reason": "load_fixtures", "fixtures": digest(files.directory)}


def test_load_twice_changes_nothing_and_writes_no_history(files: Files) -> None:
    files.load()
    before = history_sizes()
    assert files.load() == NOTHING
    assert history_sizes() == before
    assert Event.objects.get().version == 1


def test_passage_names_the_source_of_its_citation(files: Files) -> None:
    files.load()
    assert Citation.objects.get(event__isnull=False).source == Source.objects.get(key="a-paper")
    files.write("egypt", VISIT, GUEST, HOST, changed(EVIDENCE, source=["a-paper"]))
    assert files.load() == NOTHING


def test_load_if_empty_only_reminds_where_something_is(files: Files) -> None:
    Source.objects.create(key="another", csl_type="document", title="Another")
    before = history_sizes()
    assert files.load(if_empty=True) == (
        "The fixtures have changed; python manage.py load_fixtures brings them in:\n"
        "would be added: 1 source, 2 countries, 1 actor, 1 passage, 1 event, 2 participations, 2 citations\n"
    )
    assert history_sizes() == before


def test_load_if_empty_says_nothing_where_it_would_do_nothing(files: Files) -> None:
    files.load()
    with somebody():
        Event.objects.update(place="Cairo")
    assert files.load(if_empty=True) == ""


def test_load_if_empty_does_not_read_again_what_was_loaded_last(files: Files, django_assert_max_num_queries) -> None:
    files.load()
    with django_assert_max_num_queries(2):
        assert files.load(if_empty=True) == ""
    files.write(
        "more",
        changed(VISIT, slug="another-visit"),
        changed(EVIDENCE, event=["another-visit"]),
        *[changed(entry, event=["another-visit"]) for entry in (GUEST, HOST)],
    )
    assert "would be added: 1 event" in files.load(if_empty=True)
    files.load()
    files.write("more")
    with somebody():
        Event.objects.filter(slug="another-visit").delete()
    assert files.load(if_empty=True) == ""


def test_load_if_empty_goes_on_despite_a_slip(files: Files) -> None:
    files.load()
    files.write("more", changed(VISIT, kind="voyage"))
    err = io.StringIO()
    assert files.load(if_empty=True, stderr=err) == ""
    assert err.getvalue() == (f"The fixtures cannot be loaded:\nmore.yaml, entry 1, event visit-to-cairo, {NO_KIND}\n")


def test_load_if_empty_fills_an_empty_register(files: Files) -> None:
    files.load(if_empty=True)
    assert Event.objects.count() == 1


def test_check_says_what_would_be_done_and_does_nothing(files: Files) -> None:
    assert files.load(check=True) == (
        "would be added: 1 source, 2 countries, 1 actor, 1 passage, 1 event, 2 participations, 2 citations\n"
    )
    assert set(history_sizes().values()) == {0}


def test_check_finds_what_the_database_would_refuse(files: Files) -> None:
    files.write("egypt", VISIT, HOST)
    with pytest.raises(CommandError) as refusal:
        files.load(check=True)
    assert str(refusal.value) == (
        "egypt.yaml, entry 1, event visit-to-cairo, column citations: "
        "a published record needs a citation that supports it"
    )


def test_check_without_words_when_there_is_nothing_to_do(files: Files) -> None:
    files.load()
    assert files.load(check=True, verbosity=0) == ""


def test_nothing_is_said_where_nothing_is_to_be_said(files: Files) -> None:
    assert files.load(verbosity=0) == ""
    assert Event.objects.count() == 1
    files.write("egypt", VISIT, HOST, EVIDENCE)
    assert files.load(if_empty=True, verbosity=0) == ""
    with somebody():
        Event.objects.update(place="Cairo")
    files.write("actors")
    assert files.load(verbosity=0) == ""


def test_load_during_an_import_is_refused_in_words(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("relations.exchange.existing_rows.PATIENCE", "10ms")
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}) as other:
        other.execute("SELECT pg_advisory_xact_lock(hashtext('relations_event'))")
        assert files.refused().startswith(
            "Somebody else is importing the same table, or loading fixtures, at this moment."
        )


def test_load_follows_the_files_where_nobody_edited(files: Files) -> None:
    files.load()
    files.write(
        "egypt", changed(VISIT, title="A delegation comes to Cairo"), GUEST, EVIDENCE, changed(HOST, role="victim")
    )
    assert files.load() == (
        "added: 1 participation\n"
        "updated:\n  event visit-to-cairo\n"
        "removed:\n  participation visit-to-cairo host orascom\n"
    )
    event = Event.objects.get()
    assert event.title == "A delegation comes to Cairo"
    assert sorted(event.participations.values_list("role", flat=True)) == ["actor", "victim"]
    assert files.load() == NOTHING


def test_load_names_a_few_of_many_changes_unless_asked_for_all(files: Files) -> None:
    slugs = [f"deal-{number:02}" for number in range(12)]
    files.write("deals", *(entry for slug in slugs for entry in deal(slug)))
    files.load()
    files.write("deals", *(entry for slug in slugs for entry in deal(slug, note="Talked about.")))
    names = [f"  arms transfer {slug}" for slug in slugs]
    assert files.load(check=True, verbosity=2).splitlines() == ["would be updated:", *names]
    assert files.load().splitlines() == ["updated:", *names[:10], "  … and 2 more; --verbosity 2 lists all"]


def test_load_removes_evidence_that_left_the_files(files: Files) -> None:
    files.write("more", changed(EVIDENCE, field="happened_on"))
    files.load()
    files.write("more")
    assert files.load() == "removed:\n  citation visit-to-cairo a-paper egypt.1.1 happened_on supports\n"
    assert [citation.field for citation in Citation.objects.filter(event__isnull=False)] == [""]
    assert Event.objects.get().version == 1


@pytest.mark.parametrize("edit", ["owner", "part added", "part changed", "part deleted"])
def test_load_leaves_alone_what_somebody_edited(files: Files, edit: str) -> None:
    files.load()
    event = Event.objects.get()
    with somebody():
        if edit == "owner":
            Event.objects.update(place="Cairo")
        elif edit == "part added":
            Participation.objects.create(event=event, role="victim", country_id="EGY")
        elif edit == "part changed":
            Citation.objects.filter(event=event).update(hedge="reportedly")
        else:
            event.participations.filter(role="host").delete()
    before = history_sizes()
    files.write("egypt", changed(VISIT, title="A delegation comes to Cairo"), GUEST, HOST, EVIDENCE)
    assert files.load() == (f"left alone, because somebody edited it:\n  event visit-to-cairo\n{NOTHING}")
    assert history_sizes() == before
    assert Event.objects.get().title == "A delegation visits Cairo"


def test_load_does_not_pass_over_a_row_that_needs_what_somebody_deleted(files: Files) -> None:
    files.load()
    with somebody():
        Event.objects.all().delete()
    files.write("deals", *deal("first", event=["visit-to-cairo"]))
    assert files.refused() == (
        "deals.yaml, entry 1, arms transfer first, column event: 'visit-to-cairo' is not a known event"
    )
    assert ArmsTransfer.objects.count() == 0


def test_load_does_not_leave_out_a_double_that_somebody_deleted(files: Files) -> None:
    files.write("deals", *deal("second"))
    files.load()
    with somebody():
        ArmsTransfer.objects.all().delete()
    files.write("deals", *deal("first", possibly_same_as=["second"]), *deal("second"))
    assert files.refused() == (
        "deals.yaml, entry 1, arms transfer first, column possibly_same_as: 'second' is not a known arms transfer"
    )


def test_load_updates_the_neighbours_of_what_somebody_edited(files: Files) -> None:
    files.load()
    with somebody():
        Event.objects.update(place="Cairo")
    files.write("actors", changed(COMPANY, name="Orascom Telecom"))
    assert files.load() == (
        "updated:\n  actor orascom\nleft alone, because somebody edited it:\n  event visit-to-cairo\n"
    )
    assert Actor.objects.get().name == "Orascom Telecom"


def test_load_does_not_bring_back_what_somebody_deleted(files: Files) -> None:
    files.load()
    with somebody():
        Event.objects.all().delete()
    assert files.load() == f"left alone, because somebody edited it:\n  event visit-to-cairo\n{NOTHING}"
    assert Event.objects.count() == 0


def test_load_does_not_bring_back_the_passages_of_a_source_that_somebody_deleted(files: Files) -> None:
    files.write("countries", EGYPT, NORTH_KOREA)
    files.write("egypt")
    files.load()
    with somebody():
        Source.objects.all().delete()
    assert files.load() == (
        "left alone, because somebody edited it:\n  source a-paper\n  passage a-paper egypt.1.1\n" + NOTHING
    )


def test_load_removes_no_record_but_names_it(files: Files) -> None:
    files.load()
    files.write("egypt")
    assert files.load() == (f"no longer in the fixtures, kept in the register:\n  event visit-to-cairo\n{NOTHING}")
    assert Event.objects.count() == 1


def test_load_joins_deals_in_whatever_order_they_stand(files: Files) -> None:
    files.write(
        "deals",
        *deal("first", possibly_same_as=["second"]),
        *deal("second", possibly_same_as=["first"], event=["visit-to-cairo"]),
    )
    files.load()
    assert ArmsTransfer.objects.get(slug="first").possibly_same_as == ArmsTransfer.objects.get(slug="second")
    assert ArmsTransfer.objects.get(slug="second").possibly_same_as == ArmsTransfer.objects.get(slug="first")
    assert files.load() == NOTHING


def test_load_refers_to_what_only_the_register_holds(files: Files) -> None:
    Country.objects.create(code="LBY", name="Libya", kind="state")
    files.write("deals", *deal("first", recipient="LBY"))
    files.load()
    assert ArmsTransfer.objects.get().recipient.name == "Libya"


def test_load_writes_all_or_nothing(files: Files) -> None:
    files.write("deals", *deal("first", recipient="PRK"))
    assert files.refused() == (
        "deals.yaml, entry 1, arms transfer first, column recipient: 'PRK': another state than the supplier."
    )


def test_load_names_every_row_that_the_database_refuses(files: Files) -> None:
    files.write("deals", *deal("first", recipient="PRK"), *deal("second"), *deal("third", recipient="PRK"))
    files.write("more", changed(GUEST, named_as="a guest"), *deal("Fourth"))
    assert files.refused().splitlines() == [
        "deals.yaml, entry 1, arms transfer first, column recipient: 'PRK': another state than the supplier.",
        "deals.yaml, entry 3, arms transfer third, column recipient: 'PRK': another state than the supplier.",
        (
            "more.yaml, entry 1, participation visit-to-cairo actor PRK a guest: "
            "Give exactly one of country, actor and named_as."
        ),
        (
            "more.yaml, entry 2, arms transfer Fourth, column slug: "
            "'Fourth': lower-case letters a–z and digits, joined by single hyphens."
        ),
    ]
    assert set(history_sizes().values()) == {0}


def test_load_takes_no_query_each(files: Files, django_assert_num_queries: Any) -> None:
    for number in (1, 3, 50):
        files.write("deals", *(entry for each in range(number) for entry in deal(f"deal-{each}", recipient="EGY")))
        with transaction.atomic():
            with django_assert_num_queries(53):
                load_fixtures(files.directory)
            with django_assert_num_queries(34):
                assert not load_fixtures(files.directory).changes
            transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("entry", "slip"),
    [
        (
            changed(VISIT, happend_on="1963"),
            ", event visit-to-cairo, column happend_on: there is no such column to fill.",
        ),
        (changed(VISIT, version=3), ", event visit-to-cairo, column version: there is no such column to fill."),
        (
            changed(VISIT, happened_on=1963),
            ", event visit-to-cairo, column happened_on: YAML reads 1963, which is not text: put it in quotes.",
        ),
        (
            changed(VISIT, happened_on=datetime.date(1963, 8, 24)),
            (
                ", event visit-to-cairo, column happened_on: YAML reads datetime.date(1963, 8, 24), "
                "which is not text: put it in quotes."
            ),
        ),
        (
            changed(VISIT, kind="voyage"),
            f", event visit-to-cairo, {NO_KIND}",
        ),
        (
            changed(VISIT, place=None),
            ", event visit-to-cairo, column place: YAML reads None, which is not text: put it in quotes.",
        ),
        (
            changed(GUEST, country=False),
            (
                ", participation visit-to-cairo actor False, column country: YAML reads False, "
                "which is not the code of a country: put it in quotes."
            ),
        ),
        (
            changed(GUEST, event="visit-to-cairo"),
            (
                ", participation visit-to-cairo actor PRK, column event: "
                "YAML reads 'visit-to-cairo'; write [slug], each in quotes."
            ),
        ),
        (
            changed(EVIDENCE, passage=["egypt.1.1"]),
            (
                ", citation visit-to-cairo egypt.1.1, column passage: "
                "YAML reads ['egypt.1.1']; write [source, ref], each in quotes."
            ),
        ),
        (
            changed(PASSAGE, position="1"),
            ", passage a-paper egypt.1.1, column position: YAML reads '1', which is not a whole number without quotes.",
        ),
        (
            changed(PASSAGE, finished="yes"),
            ", passage a-paper egypt.1.1, column finished: YAML reads 'yes', which is not true or false.",
        ),
        (
            changed(EGYPT, aliases="UAR"),
            ", country EGY, column aliases: YAML reads 'UAR', which is not a list of texts: put each in quotes.",
        ),
        (
            changed(EVIDENCE, source=["another"]),
            (
                ", citation visit-to-cairo another a-paper egypt.1.1, column source: "
                "'another': the passage is one of a-paper; leave the source out."
            ),
        ),
        (
            {"model": "relations.citation", "fields": {"passage": ["a-paper", "egypt.1.1"]}},
            (
                ", citation a-paper egypt.1.1: belongs to nothing: "
                "give one of period, mission, event, transfer, observation, country, actor, relation."
            ),
        ),
        (
            {"model": "relations.source", "fields": {"key": "other", "title": "Other"}},
            ", source other, column csl_type: is needed",
        ),
        (
            {"model": "relations.mission", "fields": {"slug": "first", "accredited_to": "EGY", "kind": "embassy"}},
            ", mission first, column sending: is needed",
        ),
        (VISIT | {"pk": 1}, ": pk: rows are identified by their natural key; leave it out."),
        ({"model": "relations.happening", "fields": {}}, ": model relations.happening is not one that fixtures hold."),
        (VISIT | {"field": {}}, ": field: an entry has a model and fields."),
        ("visit-to-cairo", ": an entry has a model and fields."),
    ],
)
def test_load_names_file_record_and_column_of_a_slip(files: Files, entry: Any, slip: str) -> None:
    files.write("slips", entry)
    assert files.refused() == f"slips.yaml, entry 1{slip}"
    assert set(history_sizes().values()) == {0}


def test_load_names_a_date_that_is_none(files: Files) -> None:
    files.write("egypt", changed(VISIT, happened_on="August 1963"), GUEST, HOST, EVIDENCE)
    assert files.refused().startswith(
        "egypt.yaml, entry 1, event visit-to-cairo, column happened_on: “August 1963” is not a date."
    )


def test_load_names_every_slip_at_once(files: Files) -> None:
    files.write("slips", changed(VISIT, kind="voyage", titel="x"), *deal("first", suplier="PRK"))
    assert files.refused().splitlines() == [
        "slips.yaml, entry 1, event visit-to-cairo, column titel: there is no such column to fill.",
        f"slips.yaml, entry 1, event visit-to-cairo, {NO_KIND}",
        "slips.yaml, entry 2, arms transfer first, column suplier: there is no such column to fill.",
    ]


def test_load_refuses_a_row_given_twice(files: Files) -> None:
    files.write("more", changed(VISIT, title="Another title"))
    assert files.refused() == (
        "more.yaml, entry 1, event visit-to-cairo: is given twice, first in egypt.yaml, entry 1, event visit-to-cairo"
    )


def test_load_refuses_a_column_given_twice(files: Files) -> None:
    (files.directory / "more.yaml").write_text(
        "- model: relations.event\n  fields:\n    slug: 'a'\n    slug: 'b'\n", encoding="utf-8"
    )
    assert files.refused() == "more.yaml, line 3: slug is given twice."


@pytest.mark.parametrize("text", ["3", "true", "a: b"])
def test_load_refuses_a_file_that_is_no_list(files: Files, text: str) -> None:
    (files.directory / "more.yaml").write_text(text, encoding="utf-8")
    assert files.refused() == "more.yaml: a file is a list of entries."


def test_load_refuses_what_is_no_yaml(files: Files) -> None:
    (files.directory / "more.yaml").write_text("- [", encoding="utf-8")
    assert files.refused().startswith("more.yaml, line 2: ")


def test_load_refuses_a_reference_to_nothing(files: Files) -> None:
    files.write("deals", *deal("first", recipient="LBY"))
    assert files.refused() == (
        "deals.yaml, entry 1, arms transfer first, column recipient: "
        "'LBY' is not a known country code; add the country first, or see the list of countries"
    )


def test_load_refuses_a_directory_without_fixtures(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"holds no fixtures \(\*\.yaml\)\.$"):
        call_command("load_fixtures", directory=tmp_path)


def test_fixtures_hold_the_columns_that_people_fill() -> None:
    assert list(fields_to_fill(Actor)) == ["slug", "name", "aliases", "kind", "country", "description"]
    assert list(fields_to_fill(Country))[:2] == ["code", "name"]
