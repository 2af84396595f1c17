from django.db import migrations

# A citation's passage is a passage of its source: a composite foreign key.
PASSAGE_OF_ITS_SOURCE = """
ALTER TABLE public.relations_passage
    ADD CONSTRAINT passage_of_its_source UNIQUE (source_id, id);
ALTER TABLE public.relations_citation
    ADD CONSTRAINT citation_passage_of_its_source FOREIGN KEY (source_id, passage_id)
    REFERENCES public.relations_passage (source_id, id) DEFERRABLE INITIALLY DEFERRED;
"""
# Who changed what, and by which file, is kept by django-pghistory in a table of its own; what it says stays said.
CONTEXT_IS_ADDED_TO = """
CREATE FUNCTION public.context_is_added_to() RETURNS trigger LANGUAGE plpgsql AS $function$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.id <> OLD.id OR NEW.created_at <> OLD.created_at OR NOT NEW.metadata @> OLD.metadata THEN
        RAISE EXCEPTION 'the context of a change can be added to, and not rewritten'
            USING ERRCODE = '23514', CONSTRAINT = 'context_is_added_to';
    END IF;
    RETURN NEW;
END
$function$;
CREATE TRIGGER context_is_added_to BEFORE UPDATE OR DELETE ON public.pghistory_context
    FOR EACH ROW EXECUTE FUNCTION public.context_is_added_to();
"""
# The data version: rows of which each holds the last transaction that took it and changed the register. A transaction
# takes one that nobody else holds, or makes one, so that no writer waits; all rows together are another version after
# every commit, in whichever order transactions begin and end, and for each server that replays them.
DATA_VERSION = """
CREATE TABLE public.data_version (
    place integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    changed_by xid8 NOT NULL,
    changed_at timestamptz NOT NULL
);
CREATE FUNCTION public.changes_data_version() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $function$
BEGIN
    IF NOT EXISTS (SELECT FROM data_version WHERE changed_by = pg_current_xact_id()) THEN
        UPDATE data_version SET changed_by = pg_current_xact_id(), changed_at = now()
        WHERE place = (
            SELECT place FROM data_version
            WHERE current_setting('transaction_isolation') = 'read committed'  -- others see places as they were
            LIMIT 1 FOR UPDATE SKIP LOCKED
        );
        IF NOT FOUND THEN
            INSERT INTO data_version (changed_by, changed_at) VALUES (pg_current_xact_id(), now());
        END IF;
    END IF;
    RETURN NULL;
END
$function$;
"""


class Migration(migrations.Migration):
    dependencies = [("relations", "0003_triggers"), ("pghistory", "0007_auto_20250421_0444")]

    operations = [
        migrations.RunSQL(
            PASSAGE_OF_ITS_SOURCE,
            """
            ALTER TABLE public.relations_citation DROP CONSTRAINT citation_passage_of_its_source;
            ALTER TABLE public.relations_passage DROP CONSTRAINT passage_of_its_source;
            """,
        ),
        migrations.RunSQL(CONTEXT_IS_ADDED_TO, "DROP FUNCTION public.context_is_added_to() CASCADE"),
        migrations.RunSQL(
            DATA_VERSION, "DROP FUNCTION public.changes_data_version() CASCADE; DROP TABLE public.data_version"
        ),
    ]
