"""Rules of evidence: published records have a citation, and only documents have passages."""

from typing import Any

import pgtrigger

from relations.models.triggers.plpgsql import refuse, table


class PublishedIsCited(pgtrigger.Trigger):
    """At the end of the transaction a record that was published in it has a supporting citation."""

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
    """At the end of the transaction no published record has lost its last supporting citation.

    `owners` maps the columns of citations that refer to records to the names of their models.
    """

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
    """PL/pgSQL that refuses a published record without a supporting citation; `last` if no statement follows."""
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


class RemembersPassage(pgtrigger.Trigger):
    """Stores the sha256 of a passage when it is cited, so that a later change of its text can be detected."""

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
    """Refuses passages of a data set."""

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
    """Refuses to make a data set of a document that has passages."""

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
