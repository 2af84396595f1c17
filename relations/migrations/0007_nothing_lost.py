import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from relations.migrations._at_once import Unrendered


# What one person did is looked for among all changes.
CONTEXT_BY_USER = "CREATE INDEX context_by_user ON public.pghistory_context ((metadata -> 'user'))"


class Migration(migrations.Migration):

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('relations', '0006_batches'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Unrendered(
            [
                pgtrigger.migrations.RemoveTrigger(
                    model_name='actor',
                    name='never_reused',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='actor',
                    name='follows_rename',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='armstransfer',
                    name='never_reused',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='event',
                    name='never_reused',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='mission',
                    name='never_reused',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='observation',
                    name='never_reused',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='relationperiod',
                    name='never_reused',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='source',
                    name='never_reused',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='source',
                    name='follows_rename',
                ),
                migrations.AddIndex(
                    model_name='actorhistory',
                    index=models.Index(fields=['pgh_created_at', 'pgh_id'], name='actor_in_time'),
                ),
                migrations.AddIndex(
                    model_name='armstransferhistory',
                    index=models.Index(fields=['pgh_created_at', 'pgh_id'], name='armstransfer_in_time'),
                ),
                migrations.AddIndex(
                    model_name='citationhistory',
                    index=models.Index(fields=['pgh_created_at', 'pgh_id'], name='citation_in_time'),
                ),
                migrations.AddIndex(
                    model_name='countrycodehistory',
                    index=models.Index(fields=['pgh_created_at', 'pgh_id'], name='countrycode_in_time'),
                ),
                migrations.AddIndex(
                    model_name='countryhistory',
                    index=models.Index(fields=['pgh_created_at', 'pgh_id'], name='country_in_time'),
                ),
                migrations.AddIndex(
                    model_name='dealpartyhistory',
                    index=models.Index(fields=['pgh_created_at', 'pgh_id'], name='dealparty_in_time'),
                ),
                migrations.AddIndex(
                    model_name='eventfigurehistory',
                    index=models.Index(fields=['pgh_created_at', 'pgh_id'], name='eventfigure_in_time'),
                ),
                migrations.AddIndex(
                    model_name='eventhistory',
                    index=models.Index(fields=['pgh_created_at', 'pgh_id'], name='event_in_time'),
                ),
                migrations.AddIndex(
                    model_name='formeraddresshistory',
                    index=models.Index(fields=['pgh_created_at', 'pgh_id'], name='formeraddress_in_time'),
                ),
                migrations.AddIndex(
                    model_name='lifespanhistory',
                    index=models.Index(fields=['pgh_created_at', 'pgh_id'], name='lifespan_in_time'),
                ),
                migrations.AddIndex(
                    model_name='missionhistory',
                    index=models.Index(fields=['pgh_created_at', 'pgh_id'], name='mission_in_time'),
                ),
                migrations.AddIndex(
                    model_name='observationhistory',
                    index=models.Index(fields=['pgh_created_at', 'pgh_id'], name='observation_in_time'),
                ),
                migrations.AddIndex(
                    model_name='participationhistory',
                    index=models.Index(fields=['pgh_created_at', 'pgh_id'], name='participation_in_time'),
                ),
                migrations.AddIndex(
                    model_name='passagehistory',
                    index=models.Index(fields=['pgh_created_at', 'pgh_id'], name='passage_in_time'),
                ),
                migrations.AddIndex(
                    model_name='relationhistory',
                    index=models.Index(fields=['pgh_created_at', 'pgh_id'], name='relation_in_time'),
                ),
                migrations.AddIndex(
                    model_name='relationperiodhistory',
                    index=models.Index(fields=['pgh_created_at', 'pgh_id'], name='relationperiod_in_time'),
                ),
                migrations.AddIndex(
                    model_name='sourcehistory',
                    index=models.Index(fields=['pgh_created_at', 'pgh_id'], name='source_in_time'),
                ),
                migrations.AddIndex(
                    model_name='successionhistory',
                    index=models.Index(fields=['pgh_created_at', 'pgh_id'], name='succession_in_time'),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='actor',
                    trigger=pgtrigger.compiler.Trigger(name='never_reused', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' AND NEW.slug = OLD.slug THEN\n                RETURN NULL;\n            END IF;\n            IF EXISTS (SELECT 1 FROM public.relations_formeraddress WHERE collection = 'actors' AND slug = NEW.slug) THEN\n                IF TG_OP = 'INSERT' AND EXISTS (\n                    SELECT 1 FROM public.relations_actorhistory AS past\n                    WHERE past.pgh_obj_id = NEW.id AND past.pgh_label = 'delete'\n                      AND past.slug = NEW.slug\n                ) THEN\n                    DELETE FROM public.relations_formeraddress WHERE collection = 'actors' AND slug = NEW.slug;\n                ELSE\n                    RAISE EXCEPTION '% stood at a public address before and cannot be used again', NEW.slug USING ERRCODE = '23514', CONSTRAINT = 'actor_slug_is_never_reused';\n                END IF;\n            END IF;\n            RETURN NULL;\n        ", hash='387481754ccd856920ca938f59e9d13ee4b776d5', operation='INSERT OR UPDATE OF "slug"', pgid='pgtrigger_never_reused_080b5', table='relations_actor', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='actor',
                    trigger=pgtrigger.compiler.Trigger(name='follows_rename', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'DELETE' THEN\n                UPDATE public.relations_formeraddress SET now_at = '', reason = 'deleted'\n                WHERE collection = 'actors' AND now_at = OLD.slug;\n                INSERT INTO public.relations_formeraddress (collection, slug, now_at, reason, gone_at)\n                SELECT 'actors', OLD.slug, '', 'deleted', now() WHERE \n            EXISTS (SELECT 1 FROM public.relations_actorhistory AS past\n                    WHERE past.pgh_obj_id = OLD.id AND past.slug = OLD.slug\n                      AND past.pgh_created_at <= now() - interval '1 hour')\n        \n                ON CONFLICT (collection, slug) DO NOTHING;\n            ELSIF NEW.slug <> OLD.slug THEN\n                DELETE FROM public.relations_formeraddress\n                WHERE collection = 'actors' AND slug = NEW.slug AND now_at = OLD.slug;\n                UPDATE public.relations_formeraddress SET now_at = NEW.slug WHERE collection = 'actors' AND now_at = OLD.slug;\n                INSERT INTO public.relations_formeraddress (collection, slug, now_at, reason, gone_at)\n                SELECT 'actors', OLD.slug, NEW.slug, 'renamed', now() WHERE \n            EXISTS (SELECT 1 FROM public.relations_actorhistory AS past\n                    WHERE past.pgh_obj_id = OLD.id AND past.slug = OLD.slug\n                      AND past.pgh_created_at <= now() - interval '1 hour')\n        \n                ON CONFLICT (collection, slug) DO UPDATE SET now_at = NEW.slug, reason = 'renamed', gone_at = now();\n            END IF;\n            RETURN NULL;\n        ", hash='bf874a5f0e470dee41f73d5701b36feaf5c10be8', operation='UPDATE OR DELETE', pgid='pgtrigger_follows_rename_7b86a', table='relations_actor', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='armstransfer',
                    trigger=pgtrigger.compiler.Trigger(name='never_reused', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' AND NEW.slug = OLD.slug THEN\n                RETURN NULL;\n            END IF;\n            IF EXISTS (SELECT 1 FROM public.relations_formeraddress WHERE collection = 'arms-transfers' AND slug = NEW.slug) THEN\n                IF TG_OP = 'INSERT' AND EXISTS (\n                    SELECT 1 FROM public.relations_armstransferhistory AS past\n                    WHERE past.pgh_obj_id = NEW.id AND past.pgh_label = 'delete'\n                      AND past.slug = NEW.slug\n                ) THEN\n                    \n                IF NEW.state = 'published' THEN\n                    DELETE FROM public.relations_formeraddress WHERE collection = 'arms-transfers' AND slug = NEW.slug;\n                ELSE\n                    UPDATE public.relations_formeraddress SET reason = 'withdrawn' WHERE collection = 'arms-transfers' AND slug = NEW.slug AND reason = 'deleted';\n                END IF;\n            \n                ELSE\n                    RAISE EXCEPTION '% stood at a public address before and cannot be used again', NEW.slug USING ERRCODE = '23514', CONSTRAINT = 'armstransfer_slug_is_never_reused';\n                END IF;\n            END IF;\n            RETURN NULL;\n        ", hash='9eade1a85e4e6eacbf03b76c8b9a4f24c54c14f1', operation='INSERT OR UPDATE OF "slug"', pgid='pgtrigger_never_reused_02d9b', table='relations_armstransfer', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='event',
                    trigger=pgtrigger.compiler.Trigger(name='never_reused', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' AND NEW.slug = OLD.slug THEN\n                RETURN NULL;\n            END IF;\n            IF EXISTS (SELECT 1 FROM public.relations_formeraddress WHERE collection = 'events' AND slug = NEW.slug) THEN\n                IF TG_OP = 'INSERT' AND EXISTS (\n                    SELECT 1 FROM public.relations_eventhistory AS past\n                    WHERE past.pgh_obj_id = NEW.id AND past.pgh_label = 'delete'\n                      AND past.slug = NEW.slug\n                ) THEN\n                    \n                IF NEW.state = 'published' THEN\n                    DELETE FROM public.relations_formeraddress WHERE collection = 'events' AND slug = NEW.slug;\n                ELSE\n                    UPDATE public.relations_formeraddress SET reason = 'withdrawn' WHERE collection = 'events' AND slug = NEW.slug AND reason = 'deleted';\n                END IF;\n            \n                ELSE\n                    RAISE EXCEPTION '% stood at a public address before and cannot be used again', NEW.slug USING ERRCODE = '23514', CONSTRAINT = 'event_slug_is_never_reused';\n                END IF;\n            END IF;\n            RETURN NULL;\n        ", hash='6b9074f5752d784dcc15cf0dd967dd807eaf1ef1', operation='INSERT OR UPDATE OF "slug"', pgid='pgtrigger_never_reused_3d084', table='relations_event', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='mission',
                    trigger=pgtrigger.compiler.Trigger(name='never_reused', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' AND NEW.slug = OLD.slug THEN\n                RETURN NULL;\n            END IF;\n            IF EXISTS (SELECT 1 FROM public.relations_formeraddress WHERE collection = 'missions' AND slug = NEW.slug) THEN\n                IF TG_OP = 'INSERT' AND EXISTS (\n                    SELECT 1 FROM public.relations_missionhistory AS past\n                    WHERE past.pgh_obj_id = NEW.id AND past.pgh_label = 'delete'\n                      AND past.slug = NEW.slug\n                ) THEN\n                    \n                IF NEW.state = 'published' THEN\n                    DELETE FROM public.relations_formeraddress WHERE collection = 'missions' AND slug = NEW.slug;\n                ELSE\n                    UPDATE public.relations_formeraddress SET reason = 'withdrawn' WHERE collection = 'missions' AND slug = NEW.slug AND reason = 'deleted';\n                END IF;\n            \n                ELSE\n                    RAISE EXCEPTION '% stood at a public address before and cannot be used again', NEW.slug USING ERRCODE = '23514', CONSTRAINT = 'mission_slug_is_never_reused';\n                END IF;\n            END IF;\n            RETURN NULL;\n        ", hash='4126fc5e231b0a7baf743e153fa54d14baea712a', operation='INSERT OR UPDATE OF "slug"', pgid='pgtrigger_never_reused_874ca', table='relations_mission', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='observation',
                    trigger=pgtrigger.compiler.Trigger(name='never_reused', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' AND NEW.slug = OLD.slug THEN\n                RETURN NULL;\n            END IF;\n            IF EXISTS (SELECT 1 FROM public.relations_formeraddress WHERE collection = 'observations' AND slug = NEW.slug) THEN\n                IF TG_OP = 'INSERT' AND EXISTS (\n                    SELECT 1 FROM public.relations_observationhistory AS past\n                    WHERE past.pgh_obj_id = NEW.id AND past.pgh_label = 'delete'\n                      AND past.slug = NEW.slug\n                ) THEN\n                    \n                IF NEW.state = 'published' THEN\n                    DELETE FROM public.relations_formeraddress WHERE collection = 'observations' AND slug = NEW.slug;\n                ELSE\n                    UPDATE public.relations_formeraddress SET reason = 'withdrawn' WHERE collection = 'observations' AND slug = NEW.slug AND reason = 'deleted';\n                END IF;\n            \n                ELSE\n                    RAISE EXCEPTION '% stood at a public address before and cannot be used again', NEW.slug USING ERRCODE = '23514', CONSTRAINT = 'observation_slug_is_never_reused';\n                END IF;\n            END IF;\n            RETURN NULL;\n        ", hash='8fcb63a44e2672bf4c2fba63b459d04e64f0acc3', operation='INSERT OR UPDATE OF "slug"', pgid='pgtrigger_never_reused_5ba2b', table='relations_observation', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='relationperiod',
                    trigger=pgtrigger.compiler.Trigger(name='never_reused', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' AND NEW.slug = OLD.slug THEN\n                RETURN NULL;\n            END IF;\n            IF EXISTS (SELECT 1 FROM public.relations_formeraddress WHERE collection = 'periods' AND slug = NEW.slug) THEN\n                IF TG_OP = 'INSERT' AND EXISTS (\n                    SELECT 1 FROM public.relations_relationperiodhistory AS past\n                    WHERE past.pgh_obj_id = NEW.id AND past.pgh_label = 'delete'\n                      AND past.slug = NEW.slug\n                ) THEN\n                    \n                IF NEW.state = 'published' THEN\n                    DELETE FROM public.relations_formeraddress WHERE collection = 'periods' AND slug = NEW.slug;\n                ELSE\n                    UPDATE public.relations_formeraddress SET reason = 'withdrawn' WHERE collection = 'periods' AND slug = NEW.slug AND reason = 'deleted';\n                END IF;\n            \n                ELSE\n                    RAISE EXCEPTION '% stood at a public address before and cannot be used again', NEW.slug USING ERRCODE = '23514', CONSTRAINT = 'relationperiod_slug_is_never_reused';\n                END IF;\n            END IF;\n            RETURN NULL;\n        ", hash='b14ef6da4efe3b300977932f41c5f5d8af266d6a', operation='INSERT OR UPDATE OF "slug"', pgid='pgtrigger_never_reused_facae', table='relations_relationperiod', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='source',
                    trigger=pgtrigger.compiler.Trigger(name='never_reused', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' AND NEW.key = OLD.key THEN\n                RETURN NULL;\n            END IF;\n            IF EXISTS (SELECT 1 FROM public.relations_formeraddress WHERE collection = 'sources' AND slug = NEW.key) THEN\n                IF TG_OP = 'INSERT' AND EXISTS (\n                    SELECT 1 FROM public.relations_sourcehistory AS past\n                    WHERE past.pgh_obj_id = NEW.id AND past.pgh_label = 'delete'\n                      AND past.key = NEW.key\n                ) THEN\n                    DELETE FROM public.relations_formeraddress WHERE collection = 'sources' AND slug = NEW.key;\n                ELSE\n                    RAISE EXCEPTION '% stood at a public address before and cannot be used again', NEW.key USING ERRCODE = '23514', CONSTRAINT = 'source_key_is_never_reused';\n                END IF;\n            END IF;\n            RETURN NULL;\n        ", hash='01e7d6054dd837f7c46a815869854b4f831d61d4', operation='INSERT OR UPDATE OF "key"', pgid='pgtrigger_never_reused_693b1', table='relations_source', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='source',
                    trigger=pgtrigger.compiler.Trigger(name='follows_rename', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'DELETE' THEN\n                UPDATE public.relations_formeraddress SET now_at = '', reason = 'deleted'\n                WHERE collection = 'sources' AND now_at = OLD.key;\n                INSERT INTO public.relations_formeraddress (collection, slug, now_at, reason, gone_at)\n                SELECT 'sources', OLD.key, '', 'deleted', now() WHERE \n            EXISTS (SELECT 1 FROM public.relations_sourcehistory AS past\n                    WHERE past.pgh_obj_id = OLD.id AND past.key = OLD.key\n                      AND past.pgh_created_at <= now() - interval '1 hour')\n        \n                ON CONFLICT (collection, slug) DO NOTHING;\n            ELSIF NEW.key <> OLD.key THEN\n                DELETE FROM public.relations_formeraddress\n                WHERE collection = 'sources' AND slug = NEW.key AND now_at = OLD.key;\n                UPDATE public.relations_formeraddress SET now_at = NEW.key WHERE collection = 'sources' AND now_at = OLD.key;\n                INSERT INTO public.relations_formeraddress (collection, slug, now_at, reason, gone_at)\n                SELECT 'sources', OLD.key, NEW.key, 'renamed', now() WHERE \n            EXISTS (SELECT 1 FROM public.relations_sourcehistory AS past\n                    WHERE past.pgh_obj_id = OLD.id AND past.key = OLD.key\n                      AND past.pgh_created_at <= now() - interval '1 hour')\n        \n                ON CONFLICT (collection, slug) DO UPDATE SET now_at = NEW.key, reason = 'renamed', gone_at = now();\n            END IF;\n            RETURN NULL;\n        ", hash='38b31c9da4541b1a741d656ccdaff4c540b3162f', operation='UPDATE OR DELETE', pgid='pgtrigger_follows_rename_dc7fd', table='relations_source', when='AFTER')),
                ),
            ]
        ),
        migrations.RunSQL(CONTEXT_BY_USER, "DROP INDEX public.context_by_user"),
    ]
