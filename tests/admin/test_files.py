"""Import and export at the desk: preview, confirmation of exactly what was shown, and export of exactly the list."""

import csv
import io
import tempfile
from threading import Barrier, Thread

import pytest
from django.contrib.admin.models import LogEntry
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection
from django.db.models.functions import Now
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from relations.admin.event import EventAdmin
from relations.exchange.columns import columns_of
from relations.exchange.imports import RESOURCES
from relations.exchange.sheets import read_csv, read_xlsx
from relations.exchange.writing import Writing
from relations.models import Event, Observation, Upload
from tests.admin.conftest import MODEL_BACKEND
from tests.factories import make_event, make_observation

IMPORT = "/admin/relations/event/import/"
CONFIRM = "/admin/relations/event/process_import/"
EXPORT = "/admin/relations/event/export/"
CSV, XLSX = "0", "1"


def preview(desk, data: bytes, file_format: str = CSV, name: str = "visits.csv"):
    return desk.post(IMPORT, {"import_file": SimpleUploadedFile(name, data), "format": file_format, "resource": "0"})


def confirmed(desk, response):
    """The response to the confirmation of a preview."""
    return desk.post(CONFIRM, {"preview": response.context["preview"]})


def test_preview_writes_nothing_and_confirmation_writes_and_logs(desk, editor):
    make_event(slug="there", title="Old")
    response = preview(desk, b"slug,kind,title\nnew,visit,New\nthere,visit,Newer\n")
    assert list(Event.objects.values_list("slug", "title")) == [("there", "Old")]
    html = response.content.decode()
    assert "1 new, 1 changed, 0 unchanged." in html
    assert "<li>title: <del>Old</del> → <ins>Newer</ins></li>" in html
    answer = confirmed(desk, response)
    assert (answer.status_code, answer.url) == (302, reverse("admin:relations_event_changelist"))
    assert set(Event.objects.values_list("slug", "title")) == {("there", "Newer"), ("new", "New")}
    assert Event.objects.get(slug="new").created_by == editor
    assert sorted(LogEntry.objects.values_list("object_repr", "action_flag")) == [("New", 1), ("Newer", 2)]


def test_preview_of_a_bad_file_tells_what_is_wrong_and_offers_no_confirmation(desk):
    response = preview(desk, b"slug,kind,title\nnew,vist,New\n")
    assert ("preview" in response.context, Upload.objects.count()) == (False, 0)
    assert "line 2, column kind: &#x27;vist&#x27; is none of" in response.content.decode()


@pytest.mark.parametrize(
    ("data", "file_format", "reason"),
    [
        (b"slug;kind\na;b\n", CSV, "line 1: the columns are separated by “;”; they must be by commas."),
        (
            b"slug,title\na,M\xfcnchen\n",
            CSV,
            "line 2, character 4: byte FC is not UTF-8. Save the file as “CSV UTF-8”.",
        ),
        (b"slug,kind\n", XLSX, "This is not a readable XLSX workbook (BadZipFile)."),
    ],
)
def test_unreadable_file_is_shown_at_its_field(desk, data, file_format, reason):
    assert preview(desk, data, file_format).context["form"].errors == {"import_file": [reason]}
    assert Upload.objects.count() == 0


def test_file_without_rows_is_refused(desk):
    (told,) = preview(desk, b"slug,kind\n").context["form"].errors["import_file"]
    assert told == "The file has a header and no rows."


def test_confirmation_writes_nothing_when_something_changed_since_the_preview(desk):
    response = preview(desk, b"slug,kind,title\nfirst,visit,First\ntaken,visit,Second\n")
    make_event(slug="taken", state="draft").delete()
    make_event("PRK", slug="taken").delete()
    answer = confirmed(desk, response)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Nothing was written: 1 error appeared since the preview." in html
    assert "line 3: taken stood at a public address before and cannot be used again" in html
    assert (Event.objects.count(), LogEntry.objects.count()) == (0, 0)


def test_what_was_previewed_is_what_is_written_else_nothing(desk):
    """Before the file is confirmed, a colleague enters one of three "new" records, and changes a field of another."""
    make_event(slug="there", title="Old", state="draft")
    data = b"slug,kind,title\nfirst,visit,First\ntaken,visit,Second\nthere,visit,Newer\nlast,visit,Last\n"
    response = preview(desk, data)
    make_event(slug="taken", title="A colleague's", state="draft")
    Event.objects.filter(slug="there").update(title="A colleague's too")
    answer = confirmed(desk, response)
    assert answer.status_code == 409
    assert answer.context["nothing_written"] == "Nothing was written: lines 3, 4 changed since the preview."
    assert dict(Event.objects.values_list("slug", "title")) == {"taken": "A colleague's", "there": "A colleague's too"}
    assert "<li>title: <del>A colleague&#x27;s</del> → <ins>Second</ins></li>" in answer.content.decode()
    # What is shown now can be confirmed once.
    assert confirmed(desk, answer).status_code == 302
    assert Event.objects.get(slug="taken").title == "Second"
    assert confirmed(desk, answer).status_code == 409


GONE = (
    "Nothing was written: this file does not wait to be confirmed any more: it was confirmed before, or is older than "
    "a day. Upload it again; what is written already shows as unchanged."
)


def test_a_file_is_confirmed_once(desk):
    response = preview(desk, b"slug,kind,title\nnew,visit,New\n")
    assert confirmed(desk, response).status_code == 302
    again = confirmed(desk, response)
    assert (again.status_code, again.context["nothing_written"]) == (409, GONE)
    assert 'type="file"' in again.content.decode()
    assert (Event.objects.count(), LogEntry.objects.count(), Upload.objects.count()) == (1, 1, 0)


@pytest.mark.django_db(transaction=True)
def test_one_of_two_who_confirm_at_the_same_moment_is_refused(desk, editor):
    response = preview(desk, b"slug,kind,title\nnew,visit,New\n")
    start, statuses = Barrier(2), []
    hands = [Client(), Client()]
    for hand in hands:
        hand.force_login(editor, MODEL_BACKEND)

    def confirm(hand):
        start.wait(10)
        statuses.append(confirmed(hand, response).status_code)
        connection.close()

    threads = [Thread(target=confirm, args=[hand]) for hand in hands]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(statuses) == [302, 409]
    assert Event.objects.count() == 1


def test_a_file_that_has_waited_a_day_is_not_confirmed(desk):
    response = preview(desk, b"slug,kind,title\nnew,visit,New\n")
    Upload.objects.update(expires_at=Now())
    assert confirmed(desk, response).context["nothing_written"] == GONE
    assert Event.objects.count() == 0


def test_the_history_names_the_file_as_it_was_uploaded(desk):
    confirmed(desk, preview(desk, b"slug,kind,title\nnew,visit,New\n", name="Visits of 1973.csv"))
    url = reverse("admin:relations_event_history", args=[Event.objects.get().pk])
    assert [revision.file for revision in desk.get(url).context["revisions"]] == ["Visits of 1973.csv"]


def test_a_full_temporary_folder_keeps_nobody_from_importing(desk, monkeypatch):
    """Django stores uploads above 2.5 MB in temporary files."""
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")
    with pytest.raises(FileNotFoundError):
        tempfile.mkstemp()
    data = b"slug,kind,title\nnew,visit,New\n" + (b" " * 100_000 + b",,\n") * 30
    assert confirmed(desk, preview(desk, data)).status_code == 302
    assert Event.objects.get().title == "New"


def test_a_workbook_for_which_the_server_has_no_room_is_shown_on_the_page(desk, monkeypatch):
    make_event()
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")
    html = desk.post(EXPORT, {"format": XLSX, "resource": "0"}).content.decode()
    assert "The server has no room to make a workbook; use CSV, or try again later." in html


@pytest.mark.django_db(transaction=True)
def test_confirmation_whose_connection_died_writes_nothing_and_can_be_tried_again(desk, monkeypatch):
    response = preview(desk, b"slug,kind,title\nnew,visit,New\n")

    def dies(*_, **__):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    with monkeypatch.context() as patch:
        patch.setattr(Writing, "check_what_is_deferred", dies)
        answer = confirmed(desk, response)
    assert answer.status_code == 409
    assert "Nothing was written: " in answer.content.decode()
    assert (Event.objects.count(), LogEntry.objects.count()) == (0, 0)
    assert confirmed(desk, answer).status_code == 302
    assert Event.objects.count() == 1


def test_rows_and_log_are_written_together(desk, monkeypatch):
    def refuses(*_, **__):
        raise IntegrityError("the log is full")

    response = preview(desk, b"slug,kind,title\nnew,visit,New\n")
    monkeypatch.setattr(EventAdmin, "generate_log_entries", refuses)
    assert "Nothing was written: the log is full" in confirmed(desk, response).content.decode()
    assert Event.objects.count() == 0


def test_confirmation_takes_only_a_file_that_was_previewed(desk):
    sealed = preview(desk, b"slug,kind,title\nnew,visit,New\n").context["preview"]
    digest = Upload.objects.get().sha256
    others = signing.dumps([digest, {}], salt="import of relations.event by 0")
    for forged in ("", digest, others, f"{sealed}x", sealed[1:], "\0", "é"):
        answer = desk.post(CONFIRM, {"preview": forged})
        assert (answer.status_code, answer.context["nothing_written"]) == (
            409,
            "Nothing was written: this file was not previewed here; upload it again.",
        )
    assert (Event.objects.count(), Upload.objects.count()) == (0, 1)


def test_nobody_confirms_what_somebody_else_previewed(desk, django_user_model):
    response = preview(desk, b"slug,kind,title\nnew,visit,New\n")
    other = Client()
    other.force_login(django_user_model.objects.create_superuser("karl"), MODEL_BACKEND)
    assert confirmed(other, response).status_code == 409
    missions = desk.post("/admin/relations/mission/process_import/", {"preview": response.context["preview"]})
    assert (missions.status_code, Event.objects.count()) == (409, 0)
    assert confirmed(desk, response).status_code == 302


def test_confirmation_is_posted(desk):
    response = desk.get(CONFIRM)
    assert (response.status_code, response.headers["Allow"]) == (405, "POST")


def test_export_holds_exactly_the_filtered_list(desk):
    make_event("PRK", slug="shown", title="=1+1", state="in_review")
    make_event("PRK", slug="hidden", state="draft")
    response = desk.post(f"{EXPORT}?state__exact=in_review", {"format": CSV, "resource": "0"})
    assert response.headers["Content-Disposition"] == 'attachment; filename="events.csv"'
    (row,) = csv.DictReader(io.StringIO(b"".join(response).decode(), newline=""))
    assert (row["slug"], row["title"], row["state"], row["version"]) == ("shown", "'=1+1", "in_review", "1")
    assert row["permalink"] == "http://testserver/events/shown/"


def test_export_of_selected_rows_keeps_to_the_list(desk):
    events = [
        make_event("PRK", slug=slug, state=state)
        for slug, state in (("a", "draft"), ("b", "draft"), ("c", "in_review"))
    ]
    data = {"action": "export_selected", "_selected_action": [event.pk for event in events if event.slug != "a"]}
    response = desk.post("/admin/relations/event/?state__exact=draft", data)
    dataset = read_csv(b"".join(response))
    assert [row["slug"] for row in dataset.dict] == ["b"]


def test_xlsx_keeps_text_text_and_numbers_numbers(desk):
    make_observation(slug="exports", figure_low="0.5000", reporter="=1+1", period="1990", subject="'x")
    make_observation(slug="large", figure_low="123456789012345678.25", figure_high=None, figure_qualifier="at_least")
    response = desk.post("/admin/relations/observation/export/", {"format": XLSX, "resource": "0"})
    data = b"".join(response)
    assert response.headers["Content-Disposition"] == 'attachment; filename="observations.xlsx"'
    sheet = load_workbook(io.BytesIO(data)).active
    names = [cell.value for cell in sheet[1]]
    first, second = (dict(zip(names, row, strict=True)) for row in sheet.iter_rows(min_row=2))
    assert (first["reporter"].value, first["reporter"].data_type) == ("=1+1", "s")
    assert (first["figure_low"].value, first["figure_low"].data_type) == (0.5, "n")
    assert (first["period"].value, first["period_earliest"].value) == ("1990", "1990-01-01")
    assert (first["subject"].value, second["figure_low"].value) == ("'x", "123456789012345678.25")
    dataset = read_xlsx(data)
    result = RESOURCES[Observation]().import_data(dataset)
    assert (result.totals["skip"], result.totals["update"]) == (2, 0)


def test_cell_that_no_workbook_holds_is_shown_on_the_page(desk):
    make_event("PRK", slug="long", note="x" * 32_768)
    html = desk.post(EXPORT, {"format": XLSX, "resource": "0"}).content.decode()
    assert "Note: a cell of 32768 characters does not fit into a workbook; use CSV." in html
    row = next(csv.DictReader(io.StringIO(b"".join(desk.post(EXPORT, {"format": CSV, "resource": "0"})).decode())))
    assert len(row["note"]) == 32_768


def test_export_without_a_format_asks_for_one(desk):
    response = desk.post(EXPORT, {"resource": "0"})
    assert response.context["form"].errors == {"format": ["This field is required."]}


def test_files_are_for_those_who_may_import_and_export(guest):
    assert [guest.get(url).status_code for url in (IMPORT, EXPORT)] == [403, 403]
    assert guest.post(EXPORT, {"format": CSV, "resource": "0"}).status_code == 403


def test_pages_tell_every_column_with_its_help(desk):
    for url in (IMPORT, EXPORT):
        html = desk.get(url).content.decode()
        for column in columns_of(Event, "desk"):
            assert f"<code>{column.name}</code>" in html


def test_export_of_a_list_with_an_unknown_filter_is_a_bad_request(desk):
    assert desk.get("/admin/relations/event/export/?foo=1").status_code == 400
