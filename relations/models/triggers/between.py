"""Rules between rows: who may hold a period, which mission reopens which, and no circle of successors."""

from typing import Any

import pgtrigger

from relations.models.triggers.plpgsql import refuse, table


class HeldByASide(pgtrigger.Trigger):
    """The holder of a period is one of the two countries of its relation."""

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
    """A mission reopens only a mission with the same sending and receiving state."""

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


class FollowsInTime(pgtrigger.Trigger):
    """Successions form no circle, unless a state in it has several lifespans."""

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
