"""Releases: complete, reproducible, never changed, and each equal to the one before with its changes applied."""

import csv
import io
import json
import sqlite3
import zipfile
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils.html import strip_tags

from relations.exchange import archives
from relations.exchange.releases import Release, ReleaseError, make, release_of, releases
from relations.models import Event, FormerAddress, Source, Succession
from tests.factories import (
    cite,
    make_country,
    make_event,
    make_figure,
    make_mission,
    make_one_of_everything,
    make_period,
    make_relation,
    make_source,
)

pytestmark = pytest.mark.django_db
DAY, SITE = date(2026, 11, 27), "https://dyad.example/"


@pytest.fixture(autouse=True)
def root(settings, tmp_path: Path) -> Path:
    """An empty folder of releases, and a register with rows of every type."""
    settings.RELEASES = str(tmp_path / "releases")
    make_one_of_everything()
    return tmp_path / "releases"


def tables_of(release: Release) -> dict[str, list[dict]]:
    """The tables of the SQLite file of a release."""
    with archives.opened(release.archive) as archive:
        return {name: archives.rows(archive, name) for name in release.rows}


def in_order(tables: dict[str, list[dict]]) -> dict[str, list[str]]:
    return {name: sorted(json.dumps(row, sort_keys=True) for row in rows) for name, rows in tables.items()}


def member(release: Release, name: str) -> bytes:
    """A file of the package of a release."""
    with zipfile.ZipFile(release.folder / f"{release.name}.zip") as archive:
        return archive.read(name)


@pytest.fixture
def validated():
    """The report of frictionless on a package; importing it raises the field size limit of the csv module globally."""
    longest = csv.field_size_limit()
    import frictionless  # noqa: PLC0415

    yield lambda path: frictionless.Package(str(path)).validate()
    csv.field_size_limit(longest)


def test_package_is_what_its_descriptor_says(tmp_path, validated):
    make_event(slug="formula", title="=1+1")
    Succession.objects.create(predecessor=make_country("EGY"), successor=make_country("XNO"))
    release = make("1.0", made_on=DAY, site=SITE)
    with zipfile.ZipFile(release.folder / f"{release.name}.zip") as archive:
        archive.extractall(tmp_path / "package")
    report = validated(tmp_path / "package" / "datapackage.json")
    assert [(task.name, error.message) for task in report.tasks for error in task.errors] == []
    assert report.stats["tasks"] == len(release.rows) == 17
    assert {task.name: task.stats["rows"] for task in report.tasks} == release.rows
    described = json.loads(member(release, "datapackage.json"))["resources"][0]["schema"]["missingValues"]
    assert [(each["value"], each["label"].partition(";")[0]) for each in described] == [
        ("", "nothing is stated, or it does not apply")
    ]
    events = list(csv.DictReader(io.StringIO(member(release, "data/events.csv").decode())))
    formula = next(row for row in events if row["slug"] == "formula")
    assert (formula["title"], formula["permalink"]) == ("=1+1", "https://dyad.example/events/formula/")
    assert "participants" not in formula
    assert b"XNO" not in member(release, "data/successions.csv")
    for line in member(release, "SHA256SUMS").decode().splitlines():
        told, name = line.split("  ")
        assert len(told) == 64
        assert member(release, name)
    assert json.loads(member(release, "zenodo.json"))["metadata"]["version"] == "1.0"
    assert b'version: "1.0"' in member(release, "CITATION.cff")


def test_release_made_twice_is_the_same_byte_for_byte(settings, tmp_path):
    one = make("1.0", made_on=DAY, site=SITE)
    files = {name: (one.folder / name).read_bytes() for name in [*one.files, "release.json"]}
    settings.RELEASES = str(tmp_path / "again")
    assert releases() == []
    two = make("1.0", made_on=DAY, site=SITE)
    assert {name: (two.folder / name).read_bytes() for name in [*two.files, "release.json"]} == files
    assert {"dyad-1.0.zip", "dyad-1.0.sqlite", "datapackage.json"} == set(two.files)


def test_archive_has_types_and_the_rows_of_the_package():
    make_figure(make_event(slug="measured"), low="0.50", high="0.50")
    release = make("1.0", made_on=DAY)
    with closing(sqlite3.connect(release.archive)) as archive:
        assert archive.execute(
            "SELECT typeof(negated), typeof(version), title FROM events WHERE slug = 'measured'"
        ).fetchone()[:2] == (
            "integer",
            "integer",
        )
        assert archive.execute("SELECT figure_low, figure_missing FROM figures WHERE slug = 'measured'").fetchone() == (
            0.5,
            None,
        )
        joined = "SELECT count(*) FROM events JOIN participations ON event = slug WHERE country = 'EGY'"
        assert archive.execute(joined).fetchone() > (0,)


def applied(tables: dict[str, list[dict]], told: list[dict]) -> dict[str, list[dict]]:
    """The tables of a release, computed from those of the one before and its changes, as any user could."""
    by_key: dict[str, dict] = {}
    for change in told:
        name, names = change["table"], tuple(change["key"])
        of_table = by_key.setdefault(name, {key_in(row, names): dict(row) for row in tables.get(name, ())})
        key = key_in(change["key"], names)
        if change["change"] == "added":
            of_table[key] = dict(change["row"])
        elif change["change"] == "changed":
            of_table[key] |= {column: new for column, (_, new) in change["columns"].items()}
        else:
            del of_table[key]
    return tables | {name: list(of_table.values()) for name, of_table in by_key.items()}


def key_in(row: dict, names: tuple[str, ...]) -> tuple:
    return tuple(row[name] for name in names)


def test_changes_applied_to_the_one_release_give_the_other():
    changed, gone, merged = (make_event(slug=slug) for slug in ("changed", "gone", "merged"))
    make_mission(slug="post", city="Cairo")
    old = make("1.0", made_on=DAY)
    Event.objects.filter(pk=changed.pk).update(title="Said otherwise", place="Cairo")
    changed.participations.filter(role="recipient").delete()
    for event, reason, now_at in ((gone, "deleted", ""), (merged, "merged", "changed")):
        event.delete()
        FormerAddress.objects.filter(slug=event.slug).delete()
        FormerAddress.objects.create(collection="events", slug=event.slug, reason=reason, now_at=now_at)
    make_period("military", "alliance", slug="new", began_on="1970")
    new = make("1.1", made_on=date(2026, 11, 28), reason="Told twice.")
    told = [json.loads(line) for line in (new.folder / "changes.jsonl").read_text().splitlines()]
    assert in_order(applied(tables_of(old), told)) == in_order(tables_of(new))
    assert in_order(tables_of(old)) != in_order(tables_of(new))
    of_events = {change["key"]["slug"]: change for change in told if change["table"] == "events"}
    assert {slug: change["change"] for slug, change in of_events.items()} == {
        "changed": "changed",
        "gone": "deleted",
        "merged": "merged",
    }
    assert of_events["changed"]["columns"]["place"] == [None, "Cairo"]
    assert of_events["merged"]["now_at"] == "changed"
    assert [change["key"] for change in told if change["table"] == "periods" and change["change"] == "added"] == [
        {"slug": "new"}
    ]
    assert (new.before, new.number, new.changes["events"]) == ("1.0", 2, {"changed": 1, "deleted": 1, "merged": 1})
    assert new.changes["missions"] == {}


def test_table_that_shrinks_by_more_than_a_tenth_needs_a_reason(root):
    for number in range(20):
        make_event(slug=f"event-{number}")
    rows = make("1.0", made_on=DAY).rows["events"]
    Event.objects.filter(slug__in=["event-0", "event-1"]).delete()
    make("1.1", made_on=DAY)
    Event.objects.filter(slug__in=[f"event-{number}" for number in range(2, 8)]).delete()
    with pytest.raises(ReleaseError, match=f"events has {rows - 8} rows, and had {rows - 2}.*Give --reason"):
        make("1.2", made_on=DAY)
    assert [path.name for path in sorted(root.iterdir())] == ["1.0", "1.1"]
    assert make("1.2", made_on=DAY, reason="Told twice.").reason == "Told twice."
    assert [release.version for release in releases()] == ["1.2", "1.1", "1.0"]


def test_what_only_a_source_without_permission_supports_is_left_out_and_named():
    closed = make_source("closed", title="Closed")
    only, both = make_event(slug="only", title="Only"), make_event(slug="both")
    only.citations.update(source=closed, passage=None, locator="row 1")
    cite(both, source=closed, locator="row 2")
    make_figure(only)
    release = make("1.0", made_on=DAY, left_out=["closed"])
    tables = tables_of(release)
    assert {row["slug"] for row in tables["events"]} & {"only", "both"} == {"both"}
    assert "closed" not in {row["source"] for row in tables["citations"]}
    assert "both" in {row["slug"] for row in tables["citations"]}
    assert "only" not in {row["event"] for row in tables["participations"]} | {row["slug"] for row in tables["figures"]}
    assert "closed" not in {row["key"] for row in tables["sources"]}
    assert b"Left out, because their terms forbid it: closed." in member(release, "README.md")
    assert Source.objects.filter(key="closed").exists()


def test_release_is_made_once_under_a_name_that_an_address_can_have(root):
    call_command("release", "1.0", "--date", "2026-11-27", verbosity=0)
    for version, reason in (
        ("1.0", "is a release already"),
        ("../x", "is no version"),
        ("", "is no version"),
        (".", "is no version"),
    ):
        with pytest.raises(CommandError, match=reason):
            call_command("release", version)
    with pytest.raises(CommandError, match="There is no source nothing"):
        call_command("release", "1.1", "--without", "nothing")
    assert [path.name for path in root.iterdir()] == ["1.0"]
    assert release_of("1.1") is None


def test_drafts_are_in_no_release():
    make_event(slug="hidden", title="Hidden", state="draft")
    release = make("1.0", made_on=DAY)
    assert "hidden" not in {row["slug"] for row in tables_of(release)["events"]}
    assert b"Hidden" not in b"".join((release.folder / name).read_bytes() for name in ("dyad-1.0.sqlite",))


def test_page_of_data_lists_releases_with_what_has_changed(client):
    assert "There is no release yet." in client.get("/data/").content.decode()
    make("1.0", made_on=DAY)
    make_event(slug="new")
    make("1.1", made_on=date(2026, 11, 28), reason="One more.")
    page = client.get("/data/").content.decode()
    assert "Since 1.0: " in page
    assert ">28 November 2026</span>" in page
    assert "One more." in page
    assert page.index(">1.1<") < page.index(">1.0<")
    for path in ("/releases/1.1/dyad-1.1.zip", "/releases/1.1/changes.jsonl", "/releases/1.0/dyad-1.0.sqlite"):
        assert f'href="{path}"' in page
        assert b"".join(client.get(path)) == (release_of(path.split("/")[2]).folder / path.split("/")[3]).read_bytes()
    for path in ("/releases/1.0/release.json", "/releases/1.0/..%2f1.1%2frelease.json", "/releases/9/dyad-9.zip"):
        assert client.get(path).status_code == 404


def test_record_is_shown_as_it_was_in_a_release(client):
    event = make_event(slug="visit-of-state", title="A visit", place="Cairo")
    make_period(relation=make_relation("EGY", "PRK"))
    make("1.0", made_on=DAY)
    Event.objects.filter(pk=event.pk).update(title="Another title")
    page = client.get("/events/visit-of-state@1.0/").content.decode()
    assert "A visit" in page
    assert "Another title" not in page
    assert "As it was in release 1.0 of 27 November 2026." in strip_tags(page)
    assert "<h2>Participations</h2>" in page
    assert "<h2>Citations</h2>" in page
    assert "Another title" in client.get("/events/visit-of-state/").content.decode()
    assert client.get("/countries/EGY@1.0/").status_code == client.get("/relations/EGY-PRK@1.0/").status_code == 200
    for path in ("/events/visit-of-state@2.0/", "/events/nothing@1.0/", "/events/visit-of-state@/", "/events/x'@1.0/"):
        assert client.get(path).status_code == 404
