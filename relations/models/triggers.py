"""What PostgreSQL does by itself when a row changes; every writer passes here, loaddata and raw SQL included.

Each function is plain PL/pgSQL with schema-qualified names, because pg_restore runs with an empty search path.
"""

from typing import Any, ClassVar

import pgtrigger
from django.db import models

UNSEEN = ("editor_note",)  # by readers
STAMPS = ("version", "created_at", "changed_at", "published_at", "created_by")


def table(model: type[models.Model] | str) -> str:
    """The schema-qualified table of a model of this app."""
    name = model if isinstance(model, str) else model._meta.model_name
    return f"public.relations_{name}"


def history(model: type[models.Model]) -> str:
    """The schema-qualified table of what is kept of the rows of a model."""
    return f"{table(model)}history"


def refuse(constraint: str, message: str, *arguments: str) -> str:
    """PL/pgSQL that refuses the row as a CHECK of that name would; each `%` of the message takes an argument."""
    listed = "".join(f", {argument}" for argument in arguments)
    return f"RAISE EXCEPTION '{message}'{listed} USING ERRCODE = '23514', CONSTRAINT = '{constraint}';"


def differ(columns: list[str]) -> str:
    """SQL that says whether an update changes one of these columns."""
    new, old = (", ".join(f"{row}.{column}" for column in columns) for row in ("NEW", "OLD"))
    return f"ROW({new}) IS DISTINCT FROM ROW({old})"


class Stamp(pgtrigger.Trigger):
    """Sets version and changed_at of a record or thing, and the other stamps that it has; keeps a published slug.

    The version counts transactions that really changed the row or a part of it, so that one save in the admin is one
    version, and a fixture loaded again or a save without a change is none. A part announces its change by an update
    from within its own trigger, which is why the depth counts as a change. What only editors see raises the version,
    which guards their forms, and leaves changed_at, which readers see.
    """

    name = "stamp"
    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update

    def get_func(self, model: Any) -> str:
        fields = [field for field in model._meta.concrete_fields if not field.generated]
        stamps = {field.name: field.column for field in fields if field.name in STAMPS}
        owned = [field.column for field in fields if field.name not in STAMPS and field.name != "id"]
        shown = [column for column in owned if column not in UNSEEN]
        initial = {"version": "1", "created_at": "now()", "changed_at": "now()", "published_at": "NULL"}
        start = " ".join(f"NEW.{name} := {value};" for name, value in initial.items() if name in stamps)
        keep = " ".join(f"NEW.{column} := OLD.{column};" for column in stamps.values())
        frozen, publish = self.publication(model) if "published_at" in stamps else ("", "")
        return f"""
            IF TG_OP = 'INSERT' THEN
                {start}
            ELSE
                {keep}
                IF pg_trigger_depth() > 1 OR {differ(owned)} THEN
                    {frozen}
                    IF OLD.changed_at <> now() THEN
                        NEW.version := OLD.version + 1;
                    END IF;
                    IF pg_trigger_depth() > 1 OR {differ(shown)} THEN
                        NEW.changed_at := now();
                    END IF;
                END IF;
            END IF;
            {publish}
            RETURN NEW;
        """

    @staticmethod
    def publication(model: Any) -> tuple[str, str]:
        """What refuses another slug for what was published, and what stamps the first publication."""
        refusal = refuse(
            f"{model._meta.model_name}_slug_is_frozen", "the slug % was published and cannot change", "OLD.slug"
        )
        return (
            f"IF OLD.published_at IS NOT NULL AND NEW.slug <> OLD.slug THEN {refusal} END IF;",
            "IF NEW.state = 'published' AND NEW.published_at IS NULL THEN NEW.published_at := now(); END IF;",
        )


class MovesOwner(pgtrigger.Trigger):
    """Changed parts change the records and things they belong to, once a transaction; a set of them at once."""

    when = pgtrigger.After
    level = pgtrigger.Statement
    touched: ClassVar[dict[Any, str]] = {
        pgtrigger.Insert: "TABLE written",
        pgtrigger.Delete: "TABLE gone",
        # Of a row that was written as it was, nothing has changed.
        pgtrigger.Update: "(TABLE gone EXCEPT TABLE written) UNION ALL (TABLE written EXCEPT TABLE gone)",
    }

    def __init__(self, operation: Any, *owner_fields: str):
        self.owner_fields = owner_fields
        old, new = (
            "gone" if operation != pgtrigger.Insert else None,
            "written" if operation != pgtrigger.Delete else None,
        )
        super().__init__(
            name=f"moves_owner_{str(operation).lower()}",
            operation=operation,
            referencing=pgtrigger.Referencing(old=old, new=new),
        )

    def get_func(self, model: Any) -> str:
        moves = ""
        for name in self.owner_fields:
            field = model._meta.get_field(name)
            owners = f"SELECT {field.column} FROM ({self.touched[self.operation]}) AS part"
            moves += f"""
                IF EXISTS ({owners} WHERE {field.column} IS NOT NULL) THEN
                    UPDATE {table(field.related_model)} SET version = version
                    WHERE {field.target_field.column} IN ({owners}) AND changed_at <> now();
                END IF;
            """
        return f"{moves} RETURN NULL;"


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
    """Remembers where a thing stood: 301 when it was renamed, 410 when it was deleted.

    What stood there for less than an hour, nobody can have cited: a mistyped slug is free again.
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
    """An address that was public once belongs to what stood there, for good; only that may go back to it.

    A row that is entered again under the key that it had before it was deleted stands there again. It looks after the
    row is written: before, a row that waits for another transaction to delete its namesake would not see the address
    that the deletion leaves behind.
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
        return refuse_uncited(model._meta.model_name, self.column, "NEW.id")


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
        return "".join(
            refuse_uncited(owner, column, f"OLD.{column}", last=False) for column, owner in self.owners.items()
        ) + ("RETURN NULL;")


def refuse_uncited(owner: str, column: str, key: str, last: bool = True) -> str:
    """PL/pgSQL that refuses a published record without a supporting citation."""
    return f"""
        IF (SELECT state FROM {table(owner)} WHERE id = {key}) = 'published'
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


class ReopensItsOwn(pgtrigger.Trigger):
    """What a mission reopens is another mission of the same state to the same state."""

    name = "reopens_its_own"
    when = pgtrigger.After
    operation = pgtrigger.Insert | pgtrigger.UpdateOf("sending_id", "accredited_to_id", "reopens_id")

    def get_func(self, model: Any) -> str:
        refusal = refuse("mission_reopens_its_own", "reopens: % is of other states than this mission", "other")
        return f"""
            DECLARE other text;
            BEGIN
                SELECT slug INTO other FROM {table("mission")}
                WHERE (id = NEW.reopens_id OR reopens_id = NEW.id)
                  AND (sending_id, accredited_to_id) <> (NEW.sending_id, NEW.accredited_to_id);
                IF FOUND THEN
                    {refusal}
                END IF;
                RETURN NULL;
            END;
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
            ELSIF TG_OP = 'UPDATE' AND NEW.passage_id = OLD.passage_id THEN
                NEW.passage_sha256 := OLD.passage_sha256;
            ELSE
                NEW.passage_sha256 := (SELECT sha256 FROM {table("passage")} WHERE id = NEW.passage_id);
            END IF;
            RETURN NEW;
        """


class StandsInADocument(pgtrigger.Trigger):
    """No sentence stands in a data set."""

    name = "stands_in_a_document"
    when = pgtrigger.After
    operation = pgtrigger.Insert | pgtrigger.UpdateOf("source_id")

    def get_func(self, model: Any) -> str:
        refusal = refuse("passage_stands_in_a_document", "source: a data set has rows and no sentences")
        return f"""
            IF EXISTS (SELECT 1 FROM {table("source")} WHERE id = NEW.source_id AND csl_type = 'dataset') THEN
                {refusal}
            END IF;
            RETURN NULL;
        """


class DataSetHasRows(pgtrigger.Trigger):
    """No document that has sentences becomes a data set."""

    name = "data_set_has_rows"
    when = pgtrigger.After
    operation = pgtrigger.UpdateOf("csl_type")

    def get_func(self, model: Any) -> str:
        refusal = refuse("source_data_set_has_rows", "csl_type: it has sentences, and a data set has rows")
        return f"""
            IF NEW.csl_type = 'dataset' AND EXISTS (SELECT 1 FROM {table("passage")} WHERE source_id = NEW.id) THEN
                {refusal}
            END IF;
            RETURN NULL;
        """


class PublishedHasParties(pgtrigger.Trigger):
    """At the end of the transaction a published event has a party, without which no page of a country shows it."""

    name = "published_has_parties"
    when = pgtrigger.After
    operation = pgtrigger.Insert | pgtrigger.UpdateOf("state")
    timing = pgtrigger.Deferred

    def get_func(self, model: Any) -> str:
        return without_parties("NEW.id")


class KeepsParties(pgtrigger.Trigger):
    """At the end of the transaction no published event has lost its last party."""

    name = "keeps_parties"
    when = pgtrigger.After
    operation = pgtrigger.Update | pgtrigger.Delete
    timing = pgtrigger.Deferred

    def get_func(self, model: Any) -> str:
        return without_parties("OLD.event_id")


def without_parties(event: str) -> str:
    """PL/pgSQL that refuses a published event without a party."""
    refusal = refuse(
        "event_published_has_parties",
        "a published event needs somebody who took part: %",
        f"(SELECT slug FROM {table('event')} WHERE id = {event})",
    )
    return f"""
        IF (SELECT state FROM {table("event")} WHERE id = {event}) = 'published'
           AND NOT EXISTS (SELECT 1 FROM {table("participation")} WHERE event_id = {event}) THEN
            {refusal}
        END IF;
        RETURN NULL;
    """


def is_no_participant(citation: str) -> str:
    """SQL that says whether a citation names a participant that its event or deal does not have."""
    return f"""
        {citation}.part <> '' AND NOT EXISTS (
            SELECT 1
            FROM {table("participation")} AS party LEFT JOIN {table("actor")} AS actor ON actor.id = party.actor_id
            WHERE party.event_id = {citation}.event_id
                AND {citation}.part IN (party.country_id, actor.slug, party.named_as)
        ) AND NOT EXISTS (
            SELECT 1
            FROM {table("dealparty")} AS party JOIN {table("actor")} AS actor ON actor.id = party.actor_id
            WHERE party.transfer_id = {citation}.transfer_id AND {citation}.part = actor.slug
        )
    """


class NamesParticipant(pgtrigger.Trigger):
    """A citation for one participant names one that the event or deal has."""

    name = "names_participant"
    when = pgtrigger.After
    operation = pgtrigger.Insert | pgtrigger.UpdateOf("part", "event_id", "transfer_id")

    def get_func(self, model: Any) -> str:
        refusal = refuse("citation_names_participant", "part: % is no participant", "NEW.part")
        return f"IF {is_no_participant('NEW')} THEN {refusal} END IF; RETURN NULL;"


class StaysNamed(pgtrigger.Trigger):
    """At the end of the transaction no participant is gone that a citation names."""

    name = "stays_named"
    when = pgtrigger.After
    operation = pgtrigger.Update | pgtrigger.Delete
    timing = pgtrigger.Deferred

    def __init__(self, owner_column: str):
        self.owner_column = owner_column
        super().__init__()

    def get_func(self, model: Any) -> str:
        refusal = refuse(
            f"{model._meta.model_name}_stays_named", "a citation is about a participant that is gone: %", "gone"
        )
        return f"""
            DECLARE
                gone text := (SELECT part FROM {table("citation")} AS citation
                              WHERE {self.owner_column} = OLD.{self.owner_column} AND {is_no_participant("citation")}
                              LIMIT 1);
            BEGIN
                IF gone IS NOT NULL THEN {refusal} END IF;
                RETURN NULL;
            END;
        """


class RenamesParticipant(pgtrigger.Trigger):
    """Citations follow an actor to its new slug."""

    name = "renames_participant"
    when = pgtrigger.After
    operation = pgtrigger.UpdateOf("slug")

    def get_func(self, model: Any) -> str:
        return f"""
            UPDATE {table("citation")} SET part = NEW.slug
            WHERE part = OLD.slug AND NEW.slug <> OLD.slug AND (
                event_id IN (SELECT event_id FROM {table("participation")} WHERE actor_id = NEW.id)
                OR transfer_id IN (SELECT transfer_id FROM {table("dealparty")} WHERE actor_id = NEW.id)
            );
            RETURN NULL;
        """


class FollowsInTime(pgtrigger.Trigger):
    """No state follows, by whatever way round, a state that follows it, unless one of them existed more than once."""

    name = "follows_in_time"
    when = pgtrigger.After
    operation = pgtrigger.Insert | pgtrigger.Update

    def get_func(self, model: Any) -> str:
        successions = table(model)
        refusal = refuse("succession_is_no_circle", "successor: % comes before this state already", "NEW.successor_id")
        return f"""
            PERFORM pg_advisory_xact_lock('{successions}'::regclass::oid::bigint);
            IF EXISTS (
                WITH RECURSIVE repeated (country) AS (
                    SELECT country_id FROM {table("lifespan")} GROUP BY country_id HAVING count(*) > 1
                ), following (code) AS (
                    SELECT NEW.successor_id
                    UNION
                    SELECT successor_id FROM {successions} JOIN following ON predecessor_id = code
                    WHERE code NOT IN (SELECT country FROM repeated)
                )
                SELECT 1 FROM following
                WHERE code = NEW.predecessor_id AND code NOT IN (SELECT country FROM repeated)
            ) THEN
                {refusal}
            END IF;
            RETURN NULL;
        """
