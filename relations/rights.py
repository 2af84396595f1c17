"""Permissions at the desk: coders draft, editors review and publish, managers withdraw, delete and manage users.

Django's permissions say who may add, change, delete and import. The rules here depend, beyond those, on the state of a
record, and on who coded it.
"""

from collections.abc import Collection
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_permission_codename
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

from relations.models import RECORD_TYPES, Actor, Country, FormerAddress, Passage, Record, Relation, Source
from relations.models.keyed import Part
from relations.models.vocabularies import State
from relations.past import history

KINDS: dict[str, Any] = {
    "records": Record,
    "parts": Part,
    "things": (Actor, Passage, Relation, Source),
    "countries": Country,
    "addresses": FormerAddress,
}
ENTERED = ("records", "parts", "things")
# The initial permissions of the groups. Later changes of a group are kept.
GROUPS: dict[str, dict[str, Collection[str]]] = {
    "viewer": {"view": KINDS},
    "coder": {"view": KINDS, "export": KINDS, "add": ENTERED, "change": ENTERED, "delete": ("records", "parts")},
    "editor": {
        **dict.fromkeys(("view", "export", "import", "add", "change", "publish"), KINDS),
        "delete": ("records", "parts"),
    },
    "manager": dict.fromkeys(("view", "export", "import", "add", "change", "publish", "withdraw", "delete"), KINDS),
}
USERS = ("add_user", "change_user", "view_user", "view_group")  # for managers, who cannot give rights they lack


def make_groups(using: str) -> None:
    """Creates missing groups, and first the permissions, which Django may not have created yet."""
    for label in ("auth", "relations"):
        create_permissions(apps.get_app_config(label), verbosity=0, using=using)
    for name, verbs in GROUPS.items():
        group, is_new = Group.objects.using(using).get_or_create(name=name)
        if is_new:
            codenames = {
                get_permission_codename(verb, model._meta)
                for verb, kinds in verbs.items()
                for kind in kinds
                for model in apps.get_app_config("relations").get_models()
                if issubclass(model, KINDS[kind])
            }
            given = Permission.objects.using(using).filter(content_type__app_label="relations", codename__in=codenames)
            group.permissions.set(given)
            if name == "manager":
                of_users = Permission.objects.using(using).filter(content_type__app_label="auth", codename__in=USERS)
                group.permissions.add(*of_users)


def may(user: Any, verb: str, model: Any) -> bool:
    """Whether a user has the permission with this verb for a model."""
    return user.has_perm(f"{model._meta.app_label}.{get_permission_codename(verb, model._meta)}")


def refusal_of_state(user: Any, model: type[Record], record: Record | None, after: str) -> str:
    """Why a user may not change a record, or its state to `after`; an empty string if they may.

    `record` is None for a new one; `after` is empty for one that is to be deleted.
    """
    several = model._meta.verbose_name_plural
    before = state_of(record) if record else ""
    if before == State.PUBLISHED != after:
        return "" if may(user, "withdraw", model) else f"you may not withdraw {several}"
    if not may(user, "publish", model):
        if before == State.PUBLISHED:
            return f"you may not change published {several}"
        if after == State.PUBLISHED:
            return f"you may not publish {several}; send them to review"
        if record and record.created_by_id not in (None, user.pk):
            return f"you may not change {several} that others began"
    if settings.REVIEW_REQUIRED and after == State.PUBLISHED != before and not (record and has_others(record, user)):
        return "nobody else has worked on this; send it to review, so that a second person publishes it"
    return ""


def may_publish(user: Any) -> bool:
    """Whether a user may publish any type of record, and therefore change public actors, relations and sources."""
    return any(may(user, "publish", model) for model in RECORD_TYPES)


def state_of(record: Any) -> str:
    """The state that a record has in the database, whatever a form has assigned to the instance (`stored_state`)."""
    return getattr(record, "stored_state", record.state)


def has_others(record: Any, user: Any) -> bool:
    """Whether the history has a change of this record by another user or by a program."""
    return history(type(record)).filter(pgh_obj_id=record.pk).exclude(pgh_context__metadata__user=user.pk).exists()
