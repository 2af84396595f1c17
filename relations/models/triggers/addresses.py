"""Triggers that remember public addresses: a former one answers 301 or 410, and no other row may take it."""

from typing import Any

import pgtrigger

from relations.models.triggers.plpgsql import history, refuse, table


class KeepsAddress(pgtrigger.Trigger):
    """Writes the address of a withdrawn or deleted public record, for a 410; removes it when published again."""

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
    """Writes the old address of a thing: for a 301 when it was renamed, for a 410 when it was deleted.

    An address that existed for less than an hour is not kept: nobody can have cited it, and a mistyped slug stays free.
    """

    name = "follows_rename"
    when = pgtrigger.After
    operation = pgtrigger.Update | pgtrigger.Delete

    def __init__(self, collection: str, column: str):
        self.collection, self.column = collection, column
        super().__init__()

    def get_func(self, model: Any) -> str:
        addresses, old, new = table("formeraddress"), f"OLD.{self.column}", f"NEW.{self.column}"
        stood_for_long = f"""
            EXISTS (SELECT 1 FROM {history(model)} AS past
                    WHERE past.pgh_obj_id = OLD.id AND past.{self.column} = {old}
                      AND past.pgh_created_at <= now() - interval '1 hour')
        """
        return f"""
            IF TG_OP = 'DELETE' THEN
                UPDATE {addresses} SET now_at = '', reason = 'deleted'
                WHERE collection = '{self.collection}' AND now_at = {old};
                INSERT INTO {addresses} (collection, slug, now_at, reason, gone_at)
                SELECT '{self.collection}', {old}, '', 'deleted', now() WHERE {stood_for_long}
                ON CONFLICT (collection, slug) DO NOTHING;
            ELSIF {new} <> {old} THEN
                DELETE FROM {addresses}
                WHERE collection = '{self.collection}' AND slug = {new} AND now_at = {old};
                UPDATE {addresses} SET now_at = {new} WHERE collection = '{self.collection}' AND now_at = {old};
                INSERT INTO {addresses} (collection, slug, now_at, reason, gone_at)
                SELECT '{self.collection}', {old}, {new}, 'renamed', now() WHERE {stood_for_long}
                ON CONFLICT (collection, slug) DO UPDATE SET now_at = {new}, reason = 'renamed', gone_at = now();
            END IF;
            RETURN NULL;
        """


class NeverReused(pgtrigger.Trigger):
    """Refuses a new row, or a new slug, at an address that was public before; only the row that had it may return.

    A deleted row that is inserted again under its old primary key gets its address back. This is an AFTER trigger: a
    BEFORE trigger of a row that waits for another transaction to delete a row with the same slug would not see the
    former address that the deletion writes.
    """

    name = "never_reused"
    when = pgtrigger.After

    def __init__(self, collection: str, column: str = "slug"):
        self.collection, self.column = collection, column
        super().__init__(operation=pgtrigger.Insert | pgtrigger.UpdateOf(column))

    def get_func(self, model: Any) -> str:
        refusal = refuse(
            f"{model._meta.model_name}_{self.column}_is_never_reused",
            "% stood at a public address before and cannot be used again",
            f"NEW.{self.column}",
        )
        address = f"collection = '{self.collection}' AND slug = NEW.{self.column}"
        stands_again = f"DELETE FROM {table('formeraddress')} WHERE {address};"
        if any(field.name == "state" for field in model._meta.concrete_fields):
            stands_again = f"""
                IF NEW.state = 'published' THEN
                    {stands_again}
                ELSE
                    UPDATE {table("formeraddress")} SET reason = 'withdrawn' WHERE {address} AND reason = 'deleted';
                END IF;
            """
        return f"""
            IF TG_OP = 'UPDATE' AND NEW.{self.column} = OLD.{self.column} THEN
                RETURN NULL;
            END IF;
            IF EXISTS (SELECT 1 FROM {table("formeraddress")} WHERE {address}) THEN
                IF TG_OP = 'INSERT' AND EXISTS (
                    SELECT 1 FROM {history(model)} AS past
                    WHERE past.pgh_obj_id = NEW.id AND past.pgh_label = 'delete'
                      AND past.{self.column} = NEW.{self.column}
                ) THEN
                    {stands_again}
                ELSE
                    {refusal}
                END IF;
            END IF;
            RETURN NULL;
        """
