"""Rules of parties: a published event has one, and a citation for a party names one that exists."""

from typing import Any

import pgtrigger

from relations.models.triggers.plpgsql import refuse, table


class PublishedHasParties(pgtrigger.Trigger):
    """At the end of the transaction a published event has a party; without one no page of a country would show it."""

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
    """An SQL condition: the row `citation` names a participant that its event or deal does not have."""
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
    """A citation for a single participant names one that its event or deal has."""

    name = "names_participant"
    when = pgtrigger.After
    operation = pgtrigger.Insert | pgtrigger.UpdateOf("part", "event_id", "transfer_id")

    def get_func(self, model: Any) -> str:
        refusal = refuse("citation_names_participant", "part: % is no participant", "NEW.part")
        return f"IF {is_no_participant('NEW')} THEN {refusal} END IF; RETURN NULL;"


class StaysNamed(pgtrigger.Trigger):
    """At the end of the transaction every participant named by a citation still exists."""

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
    """When the slug of an actor changes, changes it in the citations that name the actor as participant."""

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
