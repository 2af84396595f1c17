from django.db import migrations


class Migration(migrations.Migration):
    """A citation's passage is a passage of its source: a composite foreign key, which Django cannot declare."""

    dependencies = [("relations", "0003_triggers")]
    operations = [
        migrations.RunSQL(
            """
            ALTER TABLE public.relations_passage
                ADD CONSTRAINT passage_of_its_source UNIQUE (source_id, id);
            ALTER TABLE public.relations_citation
                ADD CONSTRAINT citation_passage_of_its_source FOREIGN KEY (source_id, passage_id)
                REFERENCES public.relations_passage (source_id, id) DEFERRABLE INITIALLY DEFERRED;
            """,
            """
            ALTER TABLE public.relations_citation DROP CONSTRAINT citation_passage_of_its_source;
            ALTER TABLE public.relations_passage DROP CONSTRAINT passage_of_its_source;
            """,
        )
    ]
