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
    ]
