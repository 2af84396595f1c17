"""Imports of foreign tables: recognised or mapped, previewed, confirmed as a batch, published and taken back."""

import io
import re
import tempfile
from pathlib import Path
from typing import Any

import pghistory
import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from relations.admin.names_form import SAY_WHO
from relations.exchange.catalogue import choose
from relations.exchange.proposals import missing, propose
from relations.exchange.seen import look_at
from relations.models import Batch, Event, KeptProfile, RelationPeriod, Source, Succession, Upload
from relations.models.upload import WAITS_NO_MORE
from tests.admin.conftest import MODEL_BACKEND
from tests.exchange.test_sheets import workbook
from tests.factories import make_actor, make_batch, make_country, make_event, make_lifespan, make_profile

pytestmark = pytest.mark.django_db

DISPUTES = b"""dispnum,ccode,styear,stmon,stday,endyear,endmon,endday,sidea,hiact_disp,fatality
2,200,1902,5,-9,1902,5,-9,0,7,0
2,2,1902,5,-9,1902,5,-9,1,7,0
"""
VISITS = b"""Nr;Kind of event;Date;Guest;Host;Remarks
1;visit;1973-03-01;PRK;Egypt;Made up
2;visit;1974;North Korea;EGY;
"""


@pytest.fixture
def states() -> None:
    for code, name, number in (("GBR", "United Kingdom", "200"), ("USA", "United States", "2")):
        make_country(code, name=name).codes.create(scheme="cow", value=number)
    make_country("PRK")
    make_country("EGY")


def sent(desk: Any, content: bytes, name: str = "table.csv", **asked: str) -> Any:
    """The page that an upload redirects to."""
    file = SimpleUploadedFile(name, content)
    return desk.post(reverse("admin:table_import"), {"file": file, **asked}, follow=True)


def confirmed(desk: Any, page: Any) -> Any:
    """The response to the confirmation of a preview."""
    fields = dict(
        re.findall(r'type="hidden" name="(profile|publish|seal|rest)" value="([^"]*)"', page.content.decode())
    )
    return desk.post(re.search(r'action="([^"]+/confirm/)"', page.content.decode())[1], fields, follow=True)


def inline(page: Any) -> list[str]:
    """The parts of a page that a content security policy forbids."""
    return re.findall(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)[^>]*>", page.content.decode())


def test_a_table_whose_header_is_known_is_previewed_and_becomes_a_batch(desk: Any, states: None, editor: Any) -> None:
    page = sent(desk, DISPUTES, publish="on")
    assert "by the profile" in page.content.decode()
    assert page.context["outcome"].refusals == []
    assert page.context["counts"]["events"]["added"] == 1
    assert (Event.objects.count(), Batch.objects.count()) == (0, 0)
    done = confirmed(desk, page)
    batch = Batch.objects.get()
    assert done.redirect_chain == [(reverse("admin:relations_batch_change", args=[batch.pk]), 302)]
    assert (batch.owner, batch.profile, batch.name) == (editor, "mids", "table.csv")
    assert (Event.objects.get().state, Upload.objects.count()) == ("published", 0)
    assert [inline(answer) for answer in (page, done)] == [[], []]
    page = desk.post(reverse("admin:relations_batch_take_back", args=[batch.pk]), follow=True)
    assert "Taken back" in page.content.decode()
    assert Event.objects.count() == 0


def test_the_same_preview_confirmed_twice_writes_once(desk: Any, states: None) -> None:
    page = sent(desk, DISPUTES)
    assert confirmed(desk, page).status_code == 200
    again = confirmed(desk, page)
    assert (again.status_code, WAITS_NO_MORE in again.content.decode()) == (404, True)
    assert "nothing public ever did" not in again.content.decode()
    assert "The register holds all of the file: it changes nothing." in sent(desk, DISPUTES).content.decode()
    assert (Event.objects.count(), Batch.objects.count()) == (1, 1)


def test_what_changed_since_the_preview_is_shown_again_and_not_written(desk: Any, states: None) -> None:
    page = sent(desk, DISPUTES)
    Source.objects.create(key="gml-mid", csl_type="dataset", title="Entered meanwhile")
    answer = confirmed(desk, page)
    assert (answer.status_code, Event.objects.count()) == (409, 0)
    assert "has changed since the preview" in answer.content.decode()
    assert confirmed(desk, answer).status_code == 200
    assert Event.objects.count() == 1


def test_drafts_of_a_batch_are_published_together(desk: Any, states: None) -> None:
    confirmed(desk, sent(desk, DISPUTES))
    batch = Batch.objects.get()
    assert Event.objects.get().state == "draft"
    page = desk.get(reverse("admin:relations_batch_change", args=[batch.pk]))
    assert "Publish its 1 draft" in page.content.decode()
    desk.post(reverse("admin:relations_batch_publish", args=[batch.pk]))
    assert Event.objects.get().state == "published"


def test_edits_in_the_way_are_named(desk: Any, states: None) -> None:
    confirmed(desk, sent(desk, DISPUTES))
    with pghistory.context():
        Event.objects.update(title="Mended")
    answer = desk.post(reverse("admin:relations_batch_take_back", args=[Batch.objects.get().pk]))
    assert (answer.status_code, Event.objects.count()) == (409, 1)
    assert "event dispute-2: changed on" in answer.content.decode()


def test_all_that_is_wrong_is_reported_by_its_sort_and_can_be_downloaded(desk: Any, states: None) -> None:
    wrong = DISPUTES.replace(b"2,200,", b"2,999,") + b"3,998,1913,5,2,1913,10,25,0,10,0\n"
    page = sent(desk, wrong)
    text = page.content.decode()
    assert (
        "ccode: … is no code of the scheme cow; add it first, or say in the profile who is meant (names) – 2 times"
        in text
    )
    assert "2 faults in 3 rows" in text
    assert "line 2, column ccode: &#x27;999&#x27; is no code of the scheme cow" in text
    assert "Confirm import" not in text
    links = re.findall(r'href="([^"]+(?:refusals\.csv|rejects/)[^"]*)"', text)
    refusals, rejects = (desk.get(link.replace("&amp;", "&")).content.decode() for link in links)
    assert [line.split(",")[:3] for line in refusals.splitlines()] == [
        ["place", "column", "value"],
        ["line 2", "ccode", "999"],
        ["line 4", "ccode", "998"],
    ]
    assert rejects.splitlines() == [
        f"{number},{line}"
        for number, line in zip(("refused line of table.csv", "2", "3", "4"), wrong.decode().splitlines(), strict=True)
    ]


def chosen(**others: Any) -> dict[str, Any]:
    """The choices in the mapping form for the made-up visits."""
    return {
        "of": "events",
        "name": "state-visits",
        "identify": ["Kind of event", "Guest", "Date"],
        "same_title": "{Guest} in {Host}",
        "source_key": "visits",
        "source_title": "Visits of states",
        **{f"target_{number}": "" for number in range(6)},
        **{f"reading_{number}": "as it is needed" for number in range(6)},
        "target_1": "kind",
        "target_2": "happened_on",
        "target_3": "participants: actor",
        "target_4": "participants: host",
        "target_5": "note",
        **others,
    }


def test_an_unknown_header_is_described_kept_and_downloaded(desk: Any, states: None, editor: Any) -> None:
    page = sent(desk, VISITS, "State visits.csv", publish="on")
    seen = page.context["seen"]
    assert [(each.name, each.commonest[0], each.filled, each.target, each.reading) for each in seen.columns] == [
        ("Nr", ("1", 1), 2, "", "as it is needed"),
        ("Kind of event", ("visit", 2), 2, "kind", "as it stands"),
        ("Date", ("1973-03-01", 1), 2, "happened_on", "a date, year first"),
        ("Guest", ("PRK", 1), 2, "participants: actor", "a country or an actor"),
        ("Host", ("Egypt", 1), 2, "participants: host", "a country or an actor"),
        ("Remarks", ("Made up", 1), 1, "note", "as it stands"),
    ]
    assert (page.context["form"].initial["name"], page.context["form"].initial["identify"]) == ("state-visits", ["Nr"])
    page = desk.post(page.redirect_chain[-1][0], chosen(publish="on"), follow=True)
    confirmed(desk, page)
    events = Event.objects.order_by("slug")
    assert [(each.slug, each.happened_on, each.title, each.note, each.state) for each in events] == [
        ("visit-north-korea-1974", "1974", "North Korea in EGY", "", "published"),
        ("visit-prk-1973-03-01", "1973-03-01", "PRK in Egypt", "Made up", "published"),
    ]
    assert sorted(events[0].participations.values_list("country", "role")) == [("EGY", "host"), ("PRK", "actor")]
    kept = KeptProfile.objects.get()
    assert (kept.name, kept.owner) == ("state-visits", editor)
    file = desk.get(reverse("admin:table_profile_file", args=["state-visits"])).content.decode()
    assert 'delimiter = ";"' in file
    assert choose(VISITS)[0].name == "state-visits"


def test_values_that_are_no_terms_get_menus_of_their_own(desk: Any, states: None) -> None:
    other = VISITS.replace(b"1;visit", b"1;State visit").replace(b"2;visit", b"2;Meeting")
    page = sent(desk, other)
    url = page.redirect_chain[-1][0]
    assert [each.initial for each in page.context["form"].rows()[1]["terms"]] == ["visit", "", None]
    page = desk.post(url, chosen())
    assert page.context["form"].non_field_errors() == [
        "Choose what each value of Kind of event becomes, and send it again."
    ]
    assert 'name="term_1_0"' in page.content.decode()
    page = desk.post(url, chosen(term_1_0="visit", term_1_1="talks"), follow=True)
    confirmed(desk, page)
    assert sorted(Event.objects.values_list("kind", flat=True)) == ["talks", "visit"]


WITH_GAPS = b"""Nr;Kind of event;Date;Guest;Host;Remarks
1;visit;1973-03-01;PRK;Egypt;.
2;n/a;1974;North Korea;EGY;-99
3;talks;1975;PRK;-99;None given
"""


def test_values_that_mean_empty_are_proposed_and_set_once_for_all_columns(desk: Any, states: None) -> None:
    page = sent(desk, WITH_GAPS)
    form = page.context["form"]
    assert form["missing"].value() == "n/a\n-99\n."
    assert [each["terms"] for each in form.rows()] == [[]] * 6  # no menu for n/a
    url = page.redirect_chain[-1][0]
    page = desk.post(url, chosen(missing="n/a\r\n -99 \r\n.\r\n\r\nNone given", same_title="Made up"), follow=True)
    assert [(each.place.number, each.column) for each in page.context["outcome"].refusals] == [(3, "Kind of event")]
    page = desk.post(url, chosen(missing="-99\n.\nNone given", name="again", same_title="Made up"))
    assert "Choose what each value of Kind of event becomes" in page.content.decode()
    chosen_again = chosen(missing="-99\n.\nNone given", name="again", same_title="Made up", term_1_0="invitation")
    confirmed(desk, desk.post(url, chosen_again, follow=True))
    assert [*Event.objects.order_by("slug").values_list("kind", "note")] == [
        ("invitation", ""),
        ("talks", ""),
        ("visit", ""),
    ]
    assert Event.objects.get(kind="talks").participations.values_list("country", "role").get() == ("PRK", "actor")
    file = desk.get(reverse("admin:table_profile_file", args=["again"])).content.decode()
    assert 'missing = ["-99", ".", "None given"]' in file


@pytest.mark.parametrize(("other", "proposed"), [("EG", ""), ("Egypt", "NA")])
def test_na_is_nothing_unless_it_is_namibia(desk: Any, other: str, proposed: str) -> None:
    page = sent(desk, f"Nr,Guest\n1,NA\n2,{other}\n".encode())
    assert page.context["form"]["missing"].value() == proposed


def test_what_every_row_needs_is_said_by_a_column_or_once_for_all(desk: Any, states: None) -> None:
    url = sent(desk, VISITS).redirect_chain[-1][0]
    page = desk.post(url, chosen(target_1=""))
    assert page.context["form"].errors == {"same_kind": ["No column becomes it: choose one above, or say it here."]}
    page = desk.post(url, chosen(target_1="", same_kind="talks"), follow=True)
    confirmed(desk, page)
    assert [*Event.objects.values_list("kind", flat=True)] == ["talks", "talks"]


def test_a_draft_that_cannot_be_published_is_named(desk: Any, states: None) -> None:
    page = desk.post(sent(desk, VISITS).redirect_chain[-1][0], chosen(same_title="{Remarks}"), follow=True)
    confirmed(desk, page)
    answer = desk.post(reverse("admin:relations_batch_publish", args=[Batch.objects.get().pk]))
    assert answer.context["reasons"] == ["event visit-north-korea-1974: title: needed to publish."]
    assert {*Event.objects.values_list("state", flat=True)} == {"draft"}


def test_menus_come_back_as_they_were_chosen(desk: Any, states: None) -> None:
    page = desk.post(sent(desk, VISITS).redirect_chain[-1][0], chosen(target_5=""), follow=True)
    back = desk.get(re.search(r'href="([^"]+/map/[^"]*)"', page.content.decode())[1].replace("&amp;", "&"))
    form = back.context["form"]
    assert (form["target_5"].value(), form["target_4"].value(), form["name"].value()) == (
        *("", "participants: host"),
        "state-visits",
    )
    changed = desk.post(back.wsgi_request.path, chosen(profile="state-visits", target_5="note"), follow=True)
    assert "note" in changed.context["shown"][1][1].cells
    KeptProfile.objects.update(text=KeptProfile.objects.get().text + "\n", choices={})  # edited as text since
    assert desk.get(back.wsgi_request.get_full_path()).context["form"].is_bound is False


def test_a_name_that_is_taken_is_refused(desk: Any, states: None, django_user_model: Any) -> None:
    make_profile("theirs", owner=django_user_model.objects.create_user("other"))
    make_profile("mine", owner=django_user_model.objects.get(username="rosa"))
    url = sent(desk, VISITS).redirect_chain[-1][0]
    told = {
        name: desk.post(url, chosen(name=name)).context["form"].errors["name"] for name in ("theirs", "mine", "mids")
    }
    assert told == {
        "theirs": ["Somebody else has a profile of that name; choose another name."],
        "mine": ["You have a profile of that name already; choose another name."],
        "mids": ["A profile of that name comes with the program; choose another name."],
    }


def test_no_file_of_the_machine_is_read_as_a_profile(desk: Any, states: None, tmp_path: Path) -> None:
    (tmp_path / "secret.toml").write_text("title = 'Secret'")
    pk = re.search(r"/import/(\d+)/", sent(desk, DISPUTES).redirect_chain[-1][0])[1]
    page = desk.get(reverse("admin:table_preview", args=[pk]), {"profile": str(tmp_path / "secret.toml")})
    assert (page.status_code, "There is no profile" in page.content.decode()) == (422, True)


def test_the_rest_comes_in_without_the_refused_rows(desk: Any, states: None) -> None:
    page = sent(desk, DISPUTES + b"3,998,1913,5,2,1913,10,25,0,10,0\n")
    assert "Import all but the refused rows" in page.content.decode()
    confirmed(desk, page)
    assert [*Event.objects.values_list("slug", flat=True)] == ["dispute-2"]
    assert Upload.objects.count() == 1  # so that the refused rows can still be downloaded
    page = desk.get(page.redirect_chain[-1][0])
    assert "it changes nothing" in page.content.decode()


def test_a_kept_profile_is_changed_by_who_keeps_it_alone(desk: Any, client: Any, django_user_model: Any) -> None:
    others = django_user_model.objects.create_user("other")
    make_profile("theirs", owner=others)
    url = reverse("admin:table_profile", args=["theirs"])
    text = KeptProfile.objects.get().text
    assert desk.post(url, {"text": text}).status_code == 403
    KeptProfile.objects.update(owner=django_user_model.objects.get(username="rosa"))
    page = desk.post(url, {"text": text.replace("actors", "actress")})
    assert "records 1.of: &#x27;actress&#x27; is none of" in page.content.decode()
    page = desk.post(url, {"text": f"title = 'Who\u202e acts'\n{text}"})
    assert "theirs: holds the unseen character U+202E RIGHT-TO-LEFT OVERRIDE; take it out." in page.content.decode()
    assert desk.post(url, {"text": f"title = 'A cafe\u0301'\r\n{text}"}).status_code == 302
    assert KeptProfile.objects.get().text == f"title = 'A café'\n{text}"
    assert desk.post(url, {"text": f"title = 'Who acts'\n{text}"}).status_code == 302
    assert KeptProfile.objects.get().text == f"title = 'Who acts'\n{text}"


def test_too_many_rows_for_a_browser_get_the_command(desk: Any, states: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("relations.admin.tables.MAX_ROWS", 1)
    page = sent(desk, DISPUTES).content.decode()
    assert "<code>python manage.py import_table table.csv --profile mids --user rosa --drafts</code>" in page
    assert "Confirm import" not in page


def test_who_may_not_import_sees_none_of_it(client: Any, django_user_model: Any, states: None) -> None:
    coder = django_user_model.objects.create_user("coder", is_staff=True)
    coder.groups.add(Group.objects.get(name="coder"))
    client.force_login(coder, MODEL_BACKEND)
    batch = make_batch()
    gets = [("table_import", []), ("relations_batch_changelist", []), ("relations_batch_change", [batch.pk])]
    gets += [("table_profile", ["a"]), ("table_profile_file", ["mids"])]
    gets += [(f"table_{page}", [1]) for page in ("preview", "map", "names", "refusals", "rejects")]
    answers = {page: client.get(reverse(f"admin:{page}", args=args)).status_code for page, args in gets}
    posts = [("table_confirm", 1), ("relations_batch_publish", batch.pk), ("relations_batch_take_back", batch.pk)]
    answers |= {page: client.post(reverse(f"admin:{page}", args=[pk])).status_code for page, pk in posts}
    assert answers == dict.fromkeys(answers, 403)


def test_a_file_waits_for_its_owner_alone(desk: Any, states: None, django_user_model: Any) -> None:
    sent(desk, DISPUTES)
    pk = Upload.objects.get().pk
    desk.force_login(django_user_model.objects.create_superuser("else"), MODEL_BACKEND)
    assert desk.get(reverse("admin:table_preview", args=[pk]), {"profile": "mids"}).status_code == 404


def test_a_table_that_is_not_utf8_is_said_to_be_read_in_another_encoding(desk: Any) -> None:
    said = "It is not in UTF-8, and is read as cp1252, the encoding of western Windows."
    assert said in sent(desk, b"Nr,Guest,Host\n1,T\xfcrkiye,Syria\n").content.decode()
    assert said not in sent(desk, "Nr,Guest,Host\n1,Türkiye,Syria\n".encode()).content.decode()


def test_what_is_no_table_is_refused_at_the_form(desk: Any) -> None:
    page = sent(desk, b"only one line")
    assert page.context["form"].errors == {"file": ["No line of the file looks like the header of a table."]}
    page = sent(desk, VISITS, profile="mids")
    assert "is the header of the profile mids" in page.context["form"].errors["file"][0]
    assert Upload.objects.count() == 0


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_file_of_ours_is_sent_where_it_comes_in(desk: Any, ending: str) -> None:
    make_event()
    own = b"".join(desk.get(f"/events.{ending}"))
    (told,) = sent(desk, own, f"events.{ending}").context["form"].errors["file"]
    assert told.startswith("These are our own columns of events: import the file in their list at the desk, or by")
    for others in (b"slug,happened_on,,\na,1973,,\n", b"Visits,\n\nslug,happened_on\na,1973\n"):
        assert sent(desk, others).context["form"].errors["file"] == [told]
    assert sent(desk, b"slug,kind,guest\na,visit,Egypt\n").redirect_chain[-1][0].endswith("/map/")


@pytest.mark.parametrize("number", [1, 3])
def test_list_of_batches_asks_as_much_for_one_as_for_three(
    desk: Any, editor: Any, django_assert_num_queries: Any, number: int
) -> None:
    for each in range(number):
        make_batch(name=f"{each}.csv", owner=editor)
    with django_assert_num_queries(5):
        desk.get(reverse("admin:relations_batch_changelist"))


def test_what_a_workbook_displays_differently_is_noted_at_both_doors_and_by_the_command(
    desk: Any, states: None
) -> None:
    def hidden(workbook: Any) -> None:
        workbook.active.row_dimensions[2].hidden = True

    told = "1 of these rows is hidden in the workbook, and read: line 2."
    disputes = [row.split(",") for row in DISPUTES.decode().split()]
    page = sent(desk, workbook(*disputes, change=hidden), "table.xlsx").content.decode()
    assert ("by the profile" in page, f"<li>{told}</li>" in page) == (True, True)
    assert "Notes on the file" not in sent(desk, DISPUTES).content.decode()
    ours = workbook(["slug", "kind", "title"], ["new", "visit", "New"], change=hidden)
    file = SimpleUploadedFile("table.xlsx", ours)
    page = desk.post("/admin/relations/event/import/", {"import_file": file, "format": "1", "resource": "0"})
    assert ("1 new, 0 changed" in page.content.decode(), f"<li>{told}</li>" in page.content.decode()) == (True, True)
    for content, profile in ((workbook(*disputes, change=hidden), ""), (ours, "events")):
        out = io.StringIO()
        with tempfile.NamedTemporaryFile(suffix=".xlsx") as there:
            Path(there.name).write_bytes(content)
            call_command("import_table", there.name, profile=profile, check=True, stdout=out)
        assert told in out.getvalue().splitlines()


def yemens() -> None:
    """A state with two successors, and two states that share half a name."""
    for code, name in (("YAR", "North Yemen"), ("YMD", "South Yemen"), ("YEM", "Yemen"), ("KOR", "South Korea")):
        make_country(code, name=name)
    for code, *span in (("YAR", "1918", "1990-05-21"), ("YMD", "1967", "1990-05-21"), ("YEM", "1990-05-22")):
        make_lifespan(code, *span)
    for code in ("YAR", "YMD"):
        Succession.objects.create(predecessor_id=code, successor_id="YEM")


UNCLEAR = b"""Nr;Kind of event;Date;Guest;Host;Remarks
1;visit;1973;Yemen;Egypt;
2;visit;1975;Korea;Yemen;
3;visit;1995;Yemen;Egypt;
4;visit;1996;PLO;Egypt;
5;visit;1997;Hamas;Egypt;
"""


def test_who_is_meant_by_names_is_asked_and_kept_in_the_profile(desk: Any, states: None) -> None:
    yemens()
    make_country("PSE", name="Palestine")
    url = sent(desk, UNCLEAR).redirect_chain[-1][0]
    page = desk.post(url, chosen())
    form = page.context["form"]
    names = "“Yemen”, “Hamas”, “Korea” or “PLO”"
    assert form.non_field_errors() == [SAY_WHO.format(names)]
    choices = {name: form.fields[field].choices for field, name in form.names.items()}
    assert [label for _, label in choices["Yemen"][1][1]] == [
        "North Yemen (YAR), then Yemen (YEM)",
        "South Yemen (YMD), then Yemen (YEM)",
        "Yemen (YEM)",
        "North Yemen (YAR)",
        "South Yemen (YMD)",
    ]
    assert choices["Korea"][1] == ("It may be", [("KOR", "South Korea (KOR)"), ("PRK", "North Korea (PRK)")])
    assert "It may be" not in dict(choices["PLO"])
    assert ("PSE", "Palestine (PSE)") in dict(choices["PLO"])["Any other country"]
    assert [form.fields[field].label for field in form.names] == [
        "Yemen, in 2 rows, is",
        "Hamas, in 1 row, is",
        "Korea, in 1 row, is",
        "PLO, in 1 row, is",
    ]
    said = {"name_asked": [*form.names.values()], "who_0": "YAR YEM", "who_1": "as words", "who_2": "PRK", "who_3": ""}
    page = desk.post(url, chosen(**said), follow=True)
    assert "column Guest: &#x27;PLO&#x27; is no code, name or alias of a country" in page.content.decode()
    confirmed(desk, page)
    found = {
        event.happened_on: sorted((each.country_id or each.named_as, each.role) for each in event.participations.all())
        for event in Event.objects.all()
    }
    assert found == {
        "1973": [("EGY", "host"), ("YAR", "actor")],
        "1975": [("PRK", "actor"), ("YAR", "host")],
        "1995": [("EGY", "host"), ("YEM", "actor")],
        "1997": [("EGY", "host"), ("Hamas", "actor")],
    }
    text = KeptProfile.objects.get().text
    assert 'names = { "Yemen" = ["YAR", "YEM"], "Korea" = "PRK" }, unnamed = { "Hamas" = "Hamas" } }' in text
    kept = desk.get(f"{url}?profile=state-visits").context["form"]  # the stored choices, to be changed
    assert kept.errors == {}
    assert [kept[field].value() for field in kept.names] == ["YAR YEM", "as words", "PRK", ""]
    assert kept.fields["who_0"].choices[1][1][0] == ("YAR YEM", "North Yemen (YAR), then Yemen (YEM)")


def test_who_is_meant_is_a_choice_of_the_menu(desk: Any, states: None) -> None:
    yemens()
    url = sent(desk, UNCLEAR).redirect_chain[-1][0]
    for wrong in ("ZZZ", "YAR ZZZ", "actor/nobody", "x"):
        page = desk.post(url, chosen(name_asked=["Yemen"], who_0=wrong))
        assert page.context["form"].errors["who_0"] == [
            f"Select a valid choice. {wrong} is not one of the available choices."
        ]
    assert KeptProfile.objects.count() == 0


def test_a_name_of_several_actors_is_asked_and_a_column_of_countries_takes_neither_them_nor_words(
    desk: Any, states: None
) -> None:
    for slug in ("fatah", "fatah-intifada"):
        make_actor(slug, name="Fatah")
    make_country("PSE", name="Palestine")
    data = b"Nr;From;Sender;Receiver\n1;1975;PRK;Fatah\n2;1976;PRK;Syrie\n"
    make_country("SYR", name="Syria")
    url = sent(desk, data).redirect_chain[-1][0]
    menus = {"identify": ["Nr"], "name": "missions", "source_key": "missions", "of": "missions", "same_kind": "embassy"}
    menus |= {"target_1": "opened_on", "target_2": "sending", "target_3": "accredited_to"}
    menus |= {f"reading_{number}": "as it is needed" for number in range(4)}
    form = desk.post(f"{url}?of=missions", menus).context["form"]
    assert form.names == {"who_0": "Fatah", "who_1": "Syrie"}
    choices = {name: dict(form.fields[field].choices) for field, name in form.names.items()}
    assert "as words" not in choices["Fatah"]
    assert choices["Syrie"]["It may be"] == [("SYR", "Syria (SYR)")]
    events = b"Nr;Kind of event;Date;Guest;Host;Remarks\n1;visit;1973;Fatah;Egypt;\n"
    url = sent(desk, events).redirect_chain[-1][0]
    form = desk.post(url, chosen()).context["form"]
    assert dict(form.fields["who_0"].choices)["It may be"] == [
        ("actor/fatah", "actor: fatah"),
        ("actor/fatah-intifada", "actor: fatah-intifada"),
    ]
    page = desk.post(url, chosen(name_asked=["Fatah"], who_0="actor/fatah-intifada"), follow=True)
    confirmed(desk, page)
    assert [*Event.objects.get().participations.values_list("actor__slug", flat=True).order_by("role")] == [
        "fatah-intifada",
        None,
    ]


PROPOSED = {
    b"dispnum,stabb,stateabb2\n1,PRK,EGY\n2,EGY,PRK\n": [  # codes of COW, in which AUS is Austria
        ("dispnum", "", "as it is needed"),
        ("stabb", "", "as it is needed"),
        ("stateabb2", "", "as it is needed"),
    ],
    b"Event ID,Event Date,Source Country,Intensity\n20718170,2010-01-01,North Korea,1\n20718171,2010-01-02,Egypt,2\n": [
        ("Event ID", "", "as it is needed"),
        ("Event Date", "happened_on", "a date, year first"),
        ("Source Country", "participants: actor", "a country or an actor"),
        ("Intensity", "", "as it is needed"),
    ],
    b"ccode1,actor,SQLDATE,x\n2,2,20100101,1\n200,200,20100102,2\n": [
        ("ccode1", "", "as it is needed"),
        ("actor", "participants: actor", "a country or an actor"),
        ("SQLDATE", "", "as it is needed"),
        ("x", "", "as it is needed"),
    ],
    b"date,Staat A,Staat B\n1975.0,Nordkorea,\xc3\x84gypten\nNaT,Nordkorea,\xc3\x84gypten\n": [
        ("date", "happened_on", "a date, year first"),
        ("Staat A", "participants: actor", "a country or an actor"),
        ("Staat B", "participants: recipient", "a country or an actor"),
    ],
    b"date,Who\n20100101,PRK\n20100102,EGY\n": [
        ("date", "happened_on", "a date, year first"),
        ("Who", "participants: actor", "a country or an actor"),
    ],
}


@pytest.mark.parametrize(("data", "proposed"), PROPOSED.items(), ids=range(len(PROPOSED)))
def test_columns_are_proposed_by_their_names_and_values(states: None, data: bytes, proposed: list[Any]) -> None:
    seen = look_at(data)
    propose(seen, Event)
    assert [(each.name, each.target, each.reading) for each in seen.columns] == proposed


def test_nothing_is_proposed_for_what_pandas_and_stata_write_for_it() -> None:
    seen = look_at(b"a,b,c,d\nNaT,-99,<NA>,x\n1,-9.0,\xe2\x80\x94,none\n")
    assert missing(seen) == ["NaT", "-99", "-9.0", "<NA>", "—"]


def test_numbers_are_codes_of_the_scheme_that_is_chosen(desk: Any, states: None) -> None:
    data = b"Nr;Kind of event;Date;Guest;Host;Remarks\n1;visit;1973;2;200;\n2;visit;1974;200;7;\n"
    url = sent(desk, data).redirect_chain[-1][0]
    page = desk.post(url, chosen(), follow=True).content.decode()
    assert "column Guest: &#x27;2&#x27; is a number, which is a code of other countries elsewhere" in page
    by_code = {"reading_3": "a country, by its code of cow", "reading_4": "a country, by its code of cow"}
    url = sent(desk, data.replace(b"Remarks", b"Note")).redirect_chain[-1][0]
    said = chosen(name="by-code", **by_code)
    assert desk.post(url, said).context["form"].names == {"who_0": "7"}
    page = desk.post(url, said | {"name_asked": ["7"], "who_0": ""}, follow=True)
    assert "column Host: &#x27;7&#x27; is no code of the scheme cow" in page.content.decode()
    assert "Its records cite Visits of states (visits)." in page.content.decode()
    page = desk.post(url, said | {"name": "by-code-2", "name_asked": ["7"], "who_0": "PRK"}, follow=True)
    confirmed(desk, page)
    assert sorted(Event.objects.get(happened_on="1974").participations.values_list("country", "role")) == [
        ("GBR", "actor"),
        ("PRK", "host"),
    ]
    assert sorted(Event.objects.get(happened_on="1973").participations.values_list("country", "role")) == [
        ("GBR", "host"),
        ("USA", "actor"),
    ]


def test_columns_of_the_correlates_of_war_are_proposed_to_be_read_by_its_codes(states: None) -> None:
    seen = look_at(b"ccode1,ccode2,side a,year\n2,200,2,1975\n200,2,200,1976\n")
    propose(seen, RelationPeriod)
    readings = [(each.target, each.reading) for each in seen.columns]
    assert readings[0] == ("relation: first side", "a country, by its code of cow")
    assert readings[1] == ("relation: second side", "a country, by its code of cow")


def test_a_number_that_lost_its_digits_makes_no_address(desk: Any, states: None) -> None:
    data = b"Nr;Kind of event;Date;Guest;Host;Remarks\n1.01235E+18;visit;1973;PRK;EGY;\n"
    page = desk.post(sent(desk, data).redirect_chain[-1][0], chosen(identify=["Nr"]), follow=True).content.decode()
    assert "column Nr: &#x27;1.01235E+18&#x27;: a spreadsheet has cut off digits; take the whole number" in page
