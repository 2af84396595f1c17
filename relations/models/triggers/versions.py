"""Versions and other stamps, which count what is changed in a row and in its parts."""

from typing import Any, ClassVar

import pgtrigger

from relations.models.triggers.plpgsql import differ, history, refuse, table

UNSEEN = ("editor_note",)  # by readers
STAMPS = ("version", "created_at", "changed_at", "published_at", "created_by")


class Stamp(pgtrigger.Trigger):
    """Sets version and changed_at of a record or thing, and the other stamps that it has; keeps a published slug.

    The version counts transactions that really changed the row or a part of it, so that one save in the admin is one
    version, and a fixture loaded again or a save without a change is none. A part announces its change by an update
    from within its own trigger, which is why the depth counts as a change. What only editors see raises the version,
    which guards their forms, and leaves changed_at, which readers see. A row that was deleted and is entered again
    under its key goes on from the version that it had.
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
