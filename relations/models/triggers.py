"""What PostgreSQL does by itself when a row changes; every writer passes here, loaddata and raw SQL included.

Each function is plain PL/pgSQL with schema-qualified names, because pg_restore runs with an empty search path.
"""

from typing import Any

import pgtrigger
from django.db import models

STAMPS = ("version", "created_at", "changed_at", "published_at", "created_by")


def table(model: type[models.Model] | str) -> str:
    """The schema-qualified table of a model of this app."""
    name = model if isinstance(model, str) else model._meta.model_name
    return f"public.relations_{name}"


def refuse(constraint: str, message: str, *arguments: str) -> str:
    """PL/pgSQL that refuses the row as a CHECK of that name would; each `%` of the message takes an argument."""
    listed = "".join(f", {argument}" for argument in arguments)
    return f"RAISE EXCEPTION '{message}'{listed} USING ERRCODE = '23514', CONSTRAINT = '{constraint}';"


class Stamp(pgtrigger.Trigger):
    """Sets version, created_at, changed_at and published_at of a record, and keeps a published slug.

    The version counts transactions that really changed the record or a part of it, so that one save in the admin is
    one version, and a fixture loaded again or a save without a change is none. A part announces its change by an
    update from within its own trigger, which is why the depth counts as a change.
    """

    name = "stamp"
    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update

    def get_func(self, model: Any) -> str:
        owned = [
            field.column
            for field in model._meta.concrete_fields
            if not field.generated and not field.primary_key and field.name not in STAMPS
        ]
        new, old = (", ".join(f"{row}.{column}" for column in owned) for row in ("NEW", "OLD"))
        frozen = refuse(
            f"{model._meta.model_name}_slug_is_frozen", "the slug % was published and cannot change", "OLD.slug"
        )
        return f"""
            IF TG_OP = 'INSERT' THEN
                NEW.version := 1;
                NEW.created_at := now();
                NEW.changed_at := now();
                NEW.published_at := NULL;
            ELSE
                NEW.version := OLD.version;
                NEW.created_at := OLD.created_at;
                NEW.changed_at := OLD.changed_at;
                NEW.published_at := OLD.published_at;
                NEW.created_by_id := OLD.created_by_id;
                IF pg_trigger_depth() > 1 OR ROW({new}) IS DISTINCT FROM ROW({old}) THEN
                    IF OLD.published_at IS NOT NULL AND NEW.slug <> OLD.slug THEN
                        {frozen}
                    END IF;
                    IF OLD.changed_at <> now() THEN
                        NEW.version := OLD.version + 1;
                        NEW.changed_at := now();
                    END IF;
                END IF;
            END IF;
            IF NEW.state = 'published' AND NEW.published_at IS NULL THEN
                NEW.published_at := now();
            END IF;
            RETURN NEW;
        """


class MovesOwner(pgtrigger.Trigger):
    """A changed part changes the record it belongs to."""

    name = "moves_owner"
    when = pgtrigger.After
    operation = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete

    def __init__(self, owners: dict[str, str]):
        self.owners = owners
        super().__init__()

    def get_func(self, model: Any) -> str:
        moves = "".join(
            f"""
            IF TG_OP <> 'INSERT' AND OLD.{column} IS NOT NULL THEN
                UPDATE {table(owner)} SET version = version WHERE id = OLD.{column};
            END IF;
            IF TG_OP <> 'DELETE' AND NEW.{column} IS NOT NULL THEN
                UPDATE {table(owner)} SET version = version WHERE id = NEW.{column};
            END IF;
            """
            for column, owner in self.owners.items()
        )
        return f"""
            IF TG_OP = 'UPDATE' AND NEW IS NOT DISTINCT FROM OLD THEN
                RETURN NULL;
            END IF;
            {moves}
            RETURN NULL;
        """


class KeepsAddress(pgtrigger.Trigger):
    """Remembers where a public record stood: 410 when it was withdrawn or deleted, until it is published again."""

    name = "keeps_address"
    when = pgtrigger.After
    operation = pgtrigger.Update | pgtrigger.Delete

    def __init__(self, collection: str):
        self.collection = collection
        super().__init__()

    def get_func(self, model: Any) -> str:
        addresses = table("formeraddress")
        return f"""
            IF OLD.state = 'published' AND (TG_OP = 'DELETE' OR NEW.state <> 'published') THEN
                INSERT INTO {addresses} (collection, slug, now_at, reason, gone_at)
                VALUES ('{self.collection}', OLD.slug, '',
                        CASE WHEN TG_OP = 'DELETE' THEN 'deleted' ELSE 'withdrawn' END, now())
                ON CONFLICT (collection, slug) DO NOTHING;
            ELSIF TG_OP = 'DELETE' THEN
                UPDATE {addresses} SET reason = 'deleted'
                WHERE collection = '{self.collection}' AND slug = OLD.slug AND reason = 'withdrawn';
            ELSIF NEW.state = 'published' AND OLD.state <> 'published' THEN
                DELETE FROM {addresses} WHERE collection = '{self.collection}' AND slug = NEW.slug;
            END IF;
            RETURN NULL;
        """


class FollowsRename(pgtrigger.Trigger):
    """Remembers where a thing stood: 301 when it was renamed, 410 when it was deleted."""

    name = "follows_rename"
    when = pgtrigger.After
    operation = pgtrigger.Update | pgtrigger.Delete

    def __init__(self, collection: str, column: str):
        self.collection, self.column = collection, column
        super().__init__()

    def get_func(self, model: Any) -> str:
        addresses, old, new = table("formeraddress"), f"OLD.{self.column}", f"NEW.{self.column}"
        return f"""
            IF TG_OP = 'DELETE' THEN
                UPDATE {addresses} SET now_at = '', reason = 'deleted'
                WHERE collection = '{self.collection}' AND now_at = {old};
                INSERT INTO {addresses} (collection, slug, now_at, reason, gone_at)
                VALUES ('{self.collection}', {old}, '', 'deleted', now()) ON CONFLICT (collection, slug) DO NOTHING;
            ELSIF {new} <> {old} THEN
                DELETE FROM {addresses} WHERE collection = '{self.collection}' AND slug = {new};
                UPDATE {addresses} SET now_at = {new} WHERE collection = '{self.collection}' AND now_at = {old};
                INSERT INTO {addresses} (collection, slug, now_at, reason, gone_at)
                VALUES ('{self.collection}', {old}, {new}, 'renamed', now())
                ON CONFLICT (collection, slug) DO UPDATE SET now_at = {new}, reason = 'renamed', gone_at = now();
            END IF;
            RETURN NULL;
        """


class NeverReused(pgtrigger.Trigger):
    """An address that was public once belongs to what stood there, for good; only that may go back to it."""

    name = "never_reused"
    when = pgtrigger.Before

    def __init__(self, collection: str, column: str = "slug"):
        self.collection, self.column = collection, column
        super().__init__(operation=pgtrigger.Insert | pgtrigger.UpdateOf(column))

    def get_func(self, model: Any) -> str:
        refusal = refuse(
            f"{model._meta.model_name}_{self.column}_is_never_reused",
            "% stood at a public address before and cannot be used again",
            f"NEW.{self.column}",
        )
        return f"""
            IF EXISTS (SELECT 1 FROM {table("formeraddress")}
                       WHERE collection = '{self.collection}' AND slug = NEW.{self.column}
                         AND NOT (TG_OP = 'UPDATE' AND OLD.{self.column} IN (NEW.{self.column}, now_at))) THEN
                {refusal}
            END IF;
            RETURN NEW;
        """


class PublishedIsCited(pgtrigger.Trigger):
    """At the end of the transaction a published record has evidence: a citation that supports it."""

    name = "published_is_cited"
    when = pgtrigger.After
    operation = pgtrigger.Insert | pgtrigger.UpdateOf("state")
    timing = pgtrigger.Deferred

    def __init__(self, column: str):
        self.column = column
        super().__init__()

    def get_func(self, model: Any) -> str:
        return uncited(model._meta.model_name, self.column, "NEW.id")


class KeepsEvidence(pgtrigger.Trigger):
    """At the end of the transaction no published record has lost its last supporting citation."""

    name = "keeps_evidence"
    when = pgtrigger.After
    operation = pgtrigger.Update | pgtrigger.Delete
    timing = pgtrigger.Deferred

    def __init__(self, owners: dict[str, str]):
        self.owners = owners
        super().__init__()

    def get_func(self, model: Any) -> str:
        return "".join(uncited(owner, column, f"OLD.{column}", last=False) for column, owner in self.owners.items()) + (
            "RETURN NULL;"
        )


def uncited(owner: str, column: str, key: str, last: bool = True) -> str:
    """PL/pgSQL that refuses a published record without a supporting citation."""
    return f"""
        IF EXISTS (SELECT 1 FROM {table(owner)} WHERE id = {key} AND state = 'published')
           AND NOT EXISTS (SELECT 1 FROM {table("citation")} WHERE {column} = {key} AND stance = 'supports') THEN
            {
        refuse(
            f"{owner}_published_is_cited",
            "a published record needs a citation that supports it: %",
            f"(SELECT slug FROM {table(owner)} WHERE id = {key})",
        )
    }
        END IF;
        {"RETURN NULL;" if last else ""}
    """


class HeldByASide(pgtrigger.Trigger):
    """What a side holds is held by one of the two sides."""

    name = "held_by_a_side"
    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update

    def get_func(self, model: Any) -> str:
        refusal = refuse("relationperiod_held_by_a_side", "held_by: % is no side of this relation", "NEW.held_by_id")
        return f"""
            IF NEW.held_by_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM {table("relation")}
                WHERE id = NEW.relation_id AND NEW.held_by_id IN (country_a_id, country_b_id)) THEN
                {refusal}
            END IF;
            RETURN NEW;
        """


class RemembersPassage(pgtrigger.Trigger):
    """Keeps the sha256 that the passage had when it was cited, so that a text that changes later shows."""

    name = "remembers_passage"
    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update

    def get_func(self, model: Any) -> str:
        return f"""
            IF NEW.passage_id IS NULL THEN
                NEW.passage_sha256 := '';
            ELSIF NEW.passage_sha256 = '' OR TG_OP = 'UPDATE' AND NEW.passage_sha256 = OLD.passage_sha256
                    AND NEW.passage_id IS DISTINCT FROM OLD.passage_id THEN
                IF TG_OP = 'UPDATE' AND OLD.passage_id = NEW.passage_id THEN
                    NEW.passage_sha256 := OLD.passage_sha256;
                ELSE
                    NEW.passage_sha256 := (SELECT sha256 FROM {table("passage")} WHERE id = NEW.passage_id);
                END IF;
            END IF;
            RETURN NEW;
        """
