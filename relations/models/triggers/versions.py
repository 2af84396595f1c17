"""Versions and timestamps of records and things, which also change when their parts do."""

from typing import Any, ClassVar

import pgtrigger

from relations.models.triggers.plpgsql import differ, history, refuse, table

UNSEEN = ("editor_note",)  # columns that readers never see
STAMPS = ("version", "created_at", "changed_at", "published_at", "created_by")


class Stamp(pgtrigger.Trigger):
    """Sets version, changed_at and the other stamps of a record or thing; refuses another slug once it was published.

    The version counts the transactions that changed the row or a part of it: one save in the admin is one version; a
    save without a change, or a fixture loaded again, is none. The trigger of a part updates the owner, so an update
    from within a trigger (pg_trigger_depth) counts as a change. A change of columns that only editors see raises the
    version, which guards their forms, but not changed_at, which readers see. A deleted row that is inserted again under
    its old primary key continues with the version after its last one.
    """

    name = "stamp"
    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update

    def get_func(self, model: Any) -> str:
        fields = [field for field in model._meta.concrete_fields if not field.generated]
        stamps = {field.name: field.column for field in fields if field.name in STAMPS}
        owned = [field.column for field in fields if field.name not in STAMPS and field.name != "id"]
        shown = [column for column in owned if column not in UNSEEN]
        again = f"EXISTS (SELECT FROM {history(model)} WHERE pgh_obj_id = NEW.{model._meta.pk.column})"
        version = f"CASE WHEN NEW.version > 1 AND {again} THEN NEW.version + 1 ELSE 1 END"
        initial = {"version": version, "created_at": "now()", "changed_at": "now()", "published_at": "NULL"}
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
        """PL/pgSQL that refuses another slug after publication, and PL/pgSQL that sets `published_at` once."""
        refusal = refuse(
            f"{model._meta.model_name}_slug_is_frozen", "the slug % was published and cannot change", "OLD.slug"
        )
        return (
            f"IF OLD.published_at IS NOT NULL AND NEW.slug <> OLD.slug THEN {refusal} END IF;",
            "IF NEW.state = 'published' AND NEW.published_at IS NULL THEN NEW.published_at := now(); END IF;",
        )


class MovesOwner(pgtrigger.Trigger):
    """Updates the owners of changed parts, and so their versions: each once per transaction, by one UPDATE."""

    when = pgtrigger.After
    level = pgtrigger.Statement
    touched: ClassVar[dict[Any, str]] = {
        pgtrigger.Insert: "TABLE written",
        pgtrigger.Delete: "TABLE gone",
        # Without the rows that the update left as they were.
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
