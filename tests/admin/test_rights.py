"""The rights of a team: viewers, coders, editors and managers, at every URL of the desk and with every record."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from relations.admin.event import EventAdmin
from relations.models import Event, Record, Source
from relations.rights import GROUPS, make_groups
from tests.admin.conftest import MODEL_BACKEND
from tests.admin.forms import filled
from tests.exchange.test_imports import EVENT, csv_of, imported, refusals
from tests.factories import (
    cite,
    make_actor,
    make_country,
    make_event,
    make_one_of_everything,
    make_passage,
    make_source,
)

pytestmark = pytest.mark.django_db

User = get_user_model()
LOOKED_AT = ("changelist", "change", "history", "preview", "code")
TAKEN_BACK = ("back", "undo")
POSTED = ("process_import", "comment")
DESK = {model: model._meta.model_name for model in admin.site._registry if model._meta.app_label == "relations"}


def member(group: str, name: str = "") -> Any:
    """A user of a group."""
    user = User.objects.create_user(name or group, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return User.objects.get(pk=user.pk)  # without cached permissions


def desk_of(user: Any) -> Client:
    client = Client()
    client.force_login(user, MODEL_BACKEND)
    return client


def allowed(group: str, model: Any, page: str) -> bool:
    """Whether a group may open a page of a model, whose records are all published here."""
    verb = {**dict.fromkeys(LOOKED_AT, "view"), "process_import": "import", "comment": "add"}.get(page, page)
    name = DESK[model]
    if name in ("formeraddress", "batch"):
        return verb == "view" and (name == "formeraddress" or group in ("editor", "manager"))
    if verb in ("view",):
        return True
    if group == "viewer":
        return False
    if verb == "add":
        return name != "country" or group in ("editor", "manager")
    if verb == "delete":
        return group == "manager"  # since they are published
    is_work_of_coders = verb in TAKEN_BACK and name == "passage"  # everything else is public here
    return verb == "export" or group in ("editor", "manager") or is_work_of_coders


@pytest.mark.parametrize("group", GROUPS)
def test_every_address_of_every_model_is_open_to_the_right_groups(group, tmp_path, monkeypatch):
    monkeypatch.setattr("relations.coding.fixtures.DIRECTORY", tmp_path)  # the real ones take long to read
    make_one_of_everything()
    make_event(slug="gone").delete()
    client, told, expected = desk_of(member(group)), {}, {}
    for model, name in DESK.items():
        row = model._default_manager.order_by("pk").first()
        for page in (*LOOKED_AT, *TAKEN_BACK, "add", "delete", "import", "export", *POSTED):
            if name in ("formeraddress", "batch") and page in TAKEN_BACK:
                continue
            if name in ("formeraddress", "batch") and page in ("import", "export", "process_import"):
                continue
            if (page in ("preview", "comment") and not issubclass(model, Record)) or (
                page == "code" and model is not Source
            ):
                continue
            of_row = ("change", "delete", "history", "preview", "code", "comment")
            args = [row.pk, 0] if page in TAKEN_BACK else [row.pk] if page in of_row else []
            url = reverse(f"admin:relations_{name}_{page}", args=args)
            answer = client.post(url) if page in POSTED else client.get(url)
            told[name, page] = answer.status_code != 403
            expected[name, page] = allowed(group, model, page)
    assert told == expected
    of_all = ("reading", "desk-records", "desk-changes", "desk-checks", "admin:index")
    assert [client.get(reverse(name), {"kind": "date"}).status_code for name in of_all] == [200] * len(of_all)
    may_begin, may_check = group != "viewer", group in ("editor", "manager")
    assert client.get(reverse("admin:source_new")).status_code == (200 if may_begin else 403)
    assert client.post(reverse("desk-checks")).status_code == (302 if may_check else 403)
    assert {name: client.get(reverse(f"admin:{name}")).status_code != 403 for name in ("auth_user_changelist",)} == {
        "auth_user_changelist": group == "manager"
    }


def change(user: Any, event: Event, **changes: str) -> str:
    """The outcome of changing an event in its form: saved, the error of a field, or forbidden."""
    client, url = desk_of(user), reverse("admin:relations_event_change", args=[event.pk])
    form = client.get(url)
    if form.status_code == 403 or "adminform" not in form.context or not form.context["has_change_permission"]:
        assert client.post(url, {"title": "Another"}).status_code == 403
        return "may not"
    answer = client.post(url, filled(form, **changes))
    return "saved" if answer.status_code == 302 else answer.context["adminform"].form.errors["state"][0]


def test_a_coder_drafts_an_editor_publishes_and_a_manager_withdraws():
    coder, other, editor, manager = member("coder"), member("coder", "other"), member("editor"), member("manager")
    event = make_event("PRK", slug="visit", state="draft", created_by=coder)
    assert change(other, event, title="Mine") == "may not"
    assert change(coder, event, title="A visit to Cairo") == "saved"
    told = "You may not publish events; send them to review."
    assert change(coder, event, state="published") == told
    assert change(coder, event, state="in_review") == "saved"
    cite(event)
    assert change(editor, event, state="published") == "saved"
    assert change(coder, event, title="Another") == "may not"
    assert change(editor, event, title="A state visit to Cairo") == "saved"
    assert change(editor, event, state="draft") == "You may not withdraw events."
    assert change(manager, event, state="draft") == "saved"
    assert change(coder, event, title="A visit") == "saved"
    event.refresh_from_db()
    assert (event.state, event.title) == ("draft", "A visit")


def test_a_refused_state_leaves_the_form_to_be_mended():
    coder = member("coder")
    event = make_event("PRK", state="draft", created_by=coder)
    client, url = desk_of(coder), reverse("admin:relations_event_change", args=[event.pk])
    answer = client.post(url, filled(client.get(url), state="published", title="Kept"))
    assert answer.context["has_change_permission"]
    assert answer.context["adminform"].form["title"].value() == "Kept"


def test_what_is_public_is_deleted_by_managers_alone():
    event, draft = make_event("PRK", slug="public"), make_event("PRK", slug="draft", state="draft")
    for group, page, several in (("coder", 403, [draft]), ("editor", 403, [draft]), ("manager", 200, [])):
        client = desk_of(member(group))
        assert client.get(reverse("admin:relations_event_delete", args=[event.pk])).status_code == page
        asked = {"action": "delete_selected", "_selected_action": [event.pk, draft.pk], "post": "yes"}
        client.post(reverse("admin:relations_event_changelist"), asked)
        assert Event.objects.filter(pk__in=[event.pk, draft.pk]).count() == (2 if several else 0)


def test_coders_delete_their_own_drafts_and_see_why_not_others():
    coder, editor = member("coder"), member("editor")
    own = make_event("PRK", slug="own", state="draft", created_by=coder)
    other = make_event("PRK", slug="other", state="draft", created_by=editor)
    client, url = desk_of(coder), reverse("admin:relations_event_changelist")
    asked = {"action": "delete_selected", "_selected_action": [own.pk, other.pk]}
    assert "you may not change events that others began" in client.post(url, asked).content.decode()
    client.post(url, asked | {"_selected_action": [own.pk], "post": "yes"})
    assert list(Event.objects.values_list("slug", flat=True)) == ["other"]


def test_a_record_that_was_published_since_somebody_was_asked_is_not_deleted(monkeypatch):
    client, draft = desk_of(member("editor")), make_event("PRK", slug="draft", state="draft")
    cite(draft)
    asked = EventAdmin.get_deleted_objects

    def meanwhile(*args: Any) -> Any:
        found = asked(*args)
        Event.objects.update(state="published")
        return found

    monkeypatch.setattr(EventAdmin, "get_deleted_objects", meanwhile)
    form = {"action": "delete_selected", "_selected_action": [draft.pk], "post": "yes"}
    assert client.post(reverse("admin:relations_event_changelist"), form).status_code == 403
    assert Event.objects.get().state == "published"


def test_coders_change_things_until_these_are_public_and_show_no_text():
    coder, client = member("coder"), desk_of(member("coder", "second"))
    actor, source = make_actor("ministry"), make_source("report")
    passage = make_passage(source, "egypt.1.1")
    urls = {
        row: reverse(f"admin:relations_{row._meta.model_name}_change", args=[row.pk])
        for row in (actor, source, passage)
    }
    assert [client.get(url).context["has_change_permission"] for url in urls.values()] == [True] * 3
    assert "text_is_public" not in client.get(urls[source]).context["adminform"].form.fields
    assert "text_is_public" not in client.get(reverse("admin:relations_source_add")).context["adminform"].form.fields
    event = make_event("PRK", created_by=coder)
    event.participations.create(actor=actor, role="host")
    cite(event, passage=passage)
    assert [client.get(url).context["has_change_permission"] for url in urls.values()] == [False, False, True]
    assert client.post(urls[actor], {"name": "Another"}).status_code == 403
    assert desk_of(member("editor")).get(urls[actor]).context["has_change_permission"]


def test_who_may_not_is_told_what_is_missing_and_who_may():
    coder, editor, manager = (member(group) for group in ("coder", "editor", "manager"))
    chief = User.objects.create_superuser("chief")
    event, draft = make_event("PRK", slug="public"), make_event("PRK", slug="draft", state="draft", created_by=editor)

    def told(user, page, *args):
        answer = desk_of(user).get(reverse(f"admin:{page}", args=args))
        assert answer.status_code == 403
        words = answer.content.decode().partition('<p class="lead">')[2]
        events = reverse("admin:relations_event_changelist")
        assert f'<a href="{reverse("admin:index")}">desk</a>' in words
        assert (f'<a href="{events}">events</a>' in words) == ("event" in page and user.groups.exists())
        return words.partition("</p>")[0]

    may = "; the groups editor and manager may."
    assert told(coder, "relations_event_import") == f"You may not import events{may}"
    assert told(coder, "relations_country_add") == f"You may not add countries{may}"
    assert told(coder, "relations_event_delete", event.pk) == "You may not withdraw events; the group manager may."
    assert told(editor, "relations_event_delete", event.pk) == "You may not withdraw events; the group manager may."
    assert told(coder, "relations_event_delete", draft.pk) == "You may not change events that others began."
    assert told(editor, "relations_source_delete", 1) == "You may not delete sources; the group manager may."
    assert told(manager, "relations_formeraddress_add") == "You may not do this with former addresses."
    actor = make_actor("orascom")
    event.participations.create(actor=actor, role="host")
    public = "You may not change actors that are public without the permission to publish; the groups editor and"
    assert told(coder, "relations_actor_undo", actor.pk, 0) == f"{public} manager may."
    assert told(coder, "relations_actor_merge", actor.pk) == "You may not delete actors; the group manager may."
    assert told(manager, "auth_user_password_change", chief.pk) == "You may not change this user."
    assert told(editor, "auth_user_changelist") == "You may not view users; the group manager may."
    nobody = User.objects.create_user("nobody", is_staff=True)
    assert told(nobody, "relations_event_change", event.pk) == (
        "You may not change events; the groups coder, editor and manager may."
    )
    assert told(nobody, "relations_event_changelist") == (
        "You may not view events; the groups coder, editor, manager and viewer may."
    )
    assert told(nobody, "relations_event_change", draft.pk).startswith("You may not change events;")
    Group.objects.all().delete()
    assert told(nobody, "relations_event_export") == "You may not export events."


def test_an_import_is_bound_by_the_same_rights():
    coder, editor = member("coder"), member("editor")
    coder.user_permissions.add(Permission.objects.get(codename="import_event"))
    make_event("PRK", slug="public", title="Public")
    make_event("PRK", slug="draft-of-another", state="draft", created_by=editor)
    rows = [
        {**EVENT, "slug": "new"},
        {**EVENT, "slug": "new-and-public", "state": "published"},
        {**EVENT, "slug": "public", "state": "published"},
        {**EVENT, "slug": "draft-of-another"},
    ]
    assert refusals(Event, *rows, user=coder) == [
        "line 3, column state: you may not publish events; send them to review",
        "line 4, column state: you may not change published events",
        "line 5, column state: you may not change events that others began",
    ]
    assert refusals(Event, {**EVENT, "slug": "public", "state": "draft"}, user=editor) == [
        "line 2, column state: you may not withdraw events"
    ]
    imported(Event, csv_of(rows[0]), user=coder)
    assert Event.objects.get(slug="new").created_by == coder


def test_where_review_is_required_nobody_publishes_what_only_they_have_coded(settings):
    settings.REVIEW_REQUIRED = True
    editor, second = member("editor"), member("editor", "second")
    client = desk_of(editor)
    make_event(slug="of-another", created_by=second)
    add = client.get(reverse("admin:relations_event_add"))
    form = filled(add, slug="alone", title="A visit", kind="visit", happened_on="1973")
    told = "Nobody else has worked on this; send it to review, so that a second person publishes it."
    answer = client.post(reverse("admin:relations_event_add"), form | {"state": "published"})
    assert answer.context["adminform"].form.errors["state"] == [told]
    assert client.post(reverse("admin:relations_event_add"), form | {"state": "in_review"}).status_code == 302
    event = Event.objects.get(slug="alone")
    assert change(editor, event, state="published") == told
    assert change(second, event, title="A visit to Cairo") == "saved"
    event.participations.create(country=make_country("PRK"), role="actor")
    cite(event)
    assert change(editor, event, state="published") == "saved"


def test_the_permissions_of_a_group_are_of_the_register_and_for_managers_of_users():
    Group.objects.all().delete()
    make_groups("default")
    given = Permission.objects.filter(group__name="manager").order_by("codename")
    assert set(given.values_list("content_type__app_label", flat=True)) == {"auth", "relations"}
    of_users = given.filter(content_type__app_label="auth").values_list("codename", flat=True)
    assert list(of_users) == ["add_user", "change_user", "view_group", "view_user"]
    assert not Permission.objects.filter(group__name="editor").exclude(content_type__app_label="relations").exists()


def test_a_manager_makes_nobody_more_than_they_are():
    manager, coder = member("manager"), member("coder")
    chief = User.objects.create_superuser("chief")
    stronger = Group.objects.create(name="stronger")
    stronger.permissions.add(Permission.objects.get(codename="delete_user"))
    client = desk_of(manager)
    page = client.get(reverse("admin:auth_user_change", args=[coder.pk]))
    form = page.context["adminform"].form
    assert not {"is_superuser", "user_permissions"} & form.fields.keys()
    assert sorted(group.name for group in form.fields["groups"].queryset) == ["coder", "editor", "manager", "viewer"]
    for page in ("auth_user_change", "auth_user_password_change"):
        assert client.post(reverse(f"admin:{page}", args=[chief.pk]), {"username": "mine"}).status_code == 403
    chief.refresh_from_db()
    assert chief.username == "chief"
    resting = User.objects.create_user("resting", is_active=False)
    resting.user_permissions.add(Permission.objects.get(codename="delete_user"))
    url = reverse("admin:auth_user_password_change", args=[resting.pk])
    assert client.post(url, {"password1": "of-mine-alone-1", "password2": "of-mine-alone-1"}).status_code == 403
    assert desk_of(chief).get(reverse("admin:auth_user_change", args=[manager.pk])).status_code == 200


def test_a_group_that_somebody_changed_stays_so():
    Group.objects.get(name="coder").permissions.clear()
    Group.objects.filter(name="viewer").delete()
    call_command("migrate", verbosity=0)
    assert not Group.objects.get(name="coder").permissions.exists()
    assert Group.objects.get(name="viewer").permissions.filter(codename="view_event").exists()


def test_parts_are_shown_to_whom_they_may_be():
    event = make_event()
    parties = event.participations.count()
    shown = {}
    for name, verbs in (("ada", ("add",)), ("rosa", ("add", "view"))):
        user = User.objects.create_user(name, is_staff=True)
        codenames = ["view_event", "change_event", *(f"{verb}_participation" for verb in verbs)]
        user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
        page = desk_of(user).get(reverse("admin:relations_event_change", args=[event.pk]))
        (parts,) = (each.formset for each in page.context["inline_admin_formsets"])
        shown[verbs] = [part.instance.pk for part in parts.initial_forms]
    assert parties and shown == {("add",): [], ("add", "view"): [each.pk for each in event.participations.all()]}
