import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

from relations.migrations._at_once import Unrendered


class Migration(migrations.Migration):
    dependencies = [
        ("relations", "0002_register"),
    ]

    operations = [
        Unrendered(
            [
                pgtrigger.migrations.AddTrigger(
                    model_name="actor",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_reused",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'UPDATE' AND NEW.slug = OLD.slug THEN\n                RETURN NULL;\n            END IF;\n            IF EXISTS (SELECT 1 FROM public.relations_formeraddress\n                       WHERE collection = 'actors' AND slug = NEW.slug) THEN\n                RAISE EXCEPTION '% stood at a public address before and cannot be used again', NEW.slug USING ERRCODE = '23514', CONSTRAINT = 'actor_slug_is_never_reused';\n            END IF;\n            RETURN NULL;\n        ",
                            hash="656d647bd1a67a4a639e8619228d50fefe3e3831",
                            operation='INSERT OR UPDATE OF "slug"',
                            pgid="pgtrigger_never_reused_080b5",
                            table="relations_actor",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="actor",
                    trigger=pgtrigger.compiler.Trigger(
                        name="follows_rename",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'DELETE' THEN\n                UPDATE public.relations_formeraddress SET now_at = '', reason = 'deleted'\n                WHERE collection = 'actors' AND now_at = OLD.slug;\n                INSERT INTO public.relations_formeraddress (collection, slug, now_at, reason, gone_at)\n                VALUES ('actors', OLD.slug, '', 'deleted', now()) ON CONFLICT (collection, slug) DO NOTHING;\n            ELSIF NEW.slug <> OLD.slug THEN\n                DELETE FROM public.relations_formeraddress\n                WHERE collection = 'actors' AND slug = NEW.slug AND now_at = OLD.slug;\n                UPDATE public.relations_formeraddress SET now_at = NEW.slug WHERE collection = 'actors' AND now_at = OLD.slug;\n                INSERT INTO public.relations_formeraddress (collection, slug, now_at, reason, gone_at)\n                VALUES ('actors', OLD.slug, NEW.slug, 'renamed', now())\n                ON CONFLICT (collection, slug) DO UPDATE SET now_at = NEW.slug, reason = 'renamed', gone_at = now();\n            END IF;\n            RETURN NULL;\n        ",
                            hash="f3abdcb57d2511624ef03326363339fd993aa1d6",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_follows_rename_7b86a",
                            table="relations_actor",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="actor",
                    trigger=pgtrigger.compiler.Trigger(
                        name="renames_participant",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            UPDATE public.relations_citation SET part = NEW.slug\n            WHERE part = OLD.slug AND NEW.slug <> OLD.slug AND (\n                event_id IN (SELECT event_id FROM public.relations_participation WHERE actor_id = NEW.id)\n                OR transfer_id IN (SELECT transfer_id FROM public.relations_dealparty WHERE actor_id = NEW.id)\n            );\n            RETURN NULL;\n        ",
                            hash="e098c2f0763fe95455c2eae0804ff1630ed42504",
                            operation='UPDATE OF "slug"',
                            pgid="pgtrigger_renames_participant_97a5d",
                            table="relations_actor",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="actor",
                    trigger=pgtrigger.compiler.Trigger(
                        name="stamp",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'INSERT' THEN\n                NEW.version := CASE WHEN NEW.version > 1 AND EXISTS (SELECT FROM public.relations_actorhistory WHERE pgh_obj_id = NEW.id) THEN NEW.version + 1 ELSE 1 END; NEW.changed_at := now();\n            ELSE\n                NEW.version := OLD.version; NEW.changed_at := OLD.changed_at;\n                IF pg_trigger_depth() > 1 OR ROW(NEW.slug, NEW.name, NEW.aliases, NEW.kind, NEW.country_id, NEW.description) IS DISTINCT FROM ROW(OLD.slug, OLD.name, OLD.aliases, OLD.kind, OLD.country_id, OLD.description) THEN\n                    \n                    IF OLD.changed_at <> now() THEN\n                        NEW.version := OLD.version + 1;\n                    END IF;\n                    IF pg_trigger_depth() > 1 OR ROW(NEW.slug, NEW.name, NEW.aliases, NEW.kind, NEW.country_id, NEW.description) IS DISTINCT FROM ROW(OLD.slug, OLD.name, OLD.aliases, OLD.kind, OLD.country_id, OLD.description) THEN\n                        NEW.changed_at := now();\n                    END IF;\n                END IF;\n            END IF;\n            \n            RETURN NEW;\n        ",
                            hash="1f88e6c7f6fc319c20d435389d0cb5fd2c10ef5a",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_stamp_9299f",
                            table="relations_actor",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="actor",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_actorhistory" ("aliases", "changed_at", "country_id", "description", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "version") SELECT new_values."aliases", new_values."changed_at", new_values."country_id", new_values."description", new_values."id", new_values."kind", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."slug", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="2957f246fbc4dffa330ae937f7ca46e4c5b0dabc",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_bb976",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="relations_actor",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="actor",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_actorhistory" ("aliases", "changed_at", "country_id", "description", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "version") SELECT new_values."aliases", new_values."changed_at", new_values."country_id", new_values."description", new_values."id", new_values."kind", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."slug", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="25ea51170b3d6f67a60732beb4466a9fc379e2ca",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_9a08e",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="relations_actor",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="actor",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_actorhistory" ("aliases", "changed_at", "country_id", "description", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "version") SELECT old_values."aliases", old_values."changed_at", old_values."country_id", old_values."description", old_values."id", old_values."kind", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."slug", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="a3259294fd37edc1af42eb690ebcb225da6567bc",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_61e0f",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="relations_actor",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="actorhistory",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="cca854b359100593d3aee8965d6a732b484082e2",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_fd6da",
                            table="relations_actorhistory",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="armstransfer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_reused",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'UPDATE' AND NEW.slug = OLD.slug THEN\n                RETURN NULL;\n            END IF;\n            IF EXISTS (SELECT 1 FROM public.relations_formeraddress\n                       WHERE collection = 'arms-transfers' AND slug = NEW.slug) THEN\n                RAISE EXCEPTION '% stood at a public address before and cannot be used again', NEW.slug USING ERRCODE = '23514', CONSTRAINT = 'armstransfer_slug_is_never_reused';\n            END IF;\n            RETURN NULL;\n        ",
                            hash="238871fa5ee79d5a3a0ba0fdca60fdc50a165b9f",
                            operation='INSERT OR UPDATE OF "slug"',
                            pgid="pgtrigger_never_reused_02d9b",
                            table="relations_armstransfer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="armstransfer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="keeps_address",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF OLD.state = 'published' AND (TG_OP = 'DELETE' OR NEW.state <> 'published') THEN\n                INSERT INTO public.relations_formeraddress (collection, slug, now_at, reason, gone_at)\n                VALUES ('arms-transfers', OLD.slug, '',\n                        CASE WHEN TG_OP = 'DELETE' THEN 'deleted' ELSE 'withdrawn' END, now())\n                ON CONFLICT (collection, slug) DO NOTHING;\n            ELSIF TG_OP = 'DELETE' THEN\n                UPDATE public.relations_formeraddress SET reason = 'deleted'\n                WHERE collection = 'arms-transfers' AND slug = OLD.slug AND reason = 'withdrawn';\n            ELSIF NEW.state = 'published' AND OLD.state <> 'published' THEN\n                DELETE FROM public.relations_formeraddress WHERE collection = 'arms-transfers' AND slug = NEW.slug;\n            END IF;\n            RETURN NULL;\n        ",
                            hash="5fdddb0386ad0289ebfc4cb5a30107cc0cf69350",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keeps_address_6db3c",
                            table="relations_armstransfer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="armstransfer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="published_is_cited",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n        IF (SELECT state FROM public.relations_armstransfer WHERE id = NEW.id) = 'published'\n           AND NOT EXISTS (SELECT 1 FROM public.relations_citation WHERE transfer_id = NEW.id AND stance = 'supports') THEN\n            RAISE EXCEPTION 'a published record needs a citation that supports it: %', (SELECT slug FROM public.relations_armstransfer WHERE id = NEW.id) USING ERRCODE = '23514', CONSTRAINT = 'armstransfer_published_is_cited';\n        END IF;\n        RETURN NULL;\n    ",
                            hash="5ab5b719f0e84e86fd5f756a459776dba416c230",
                            operation='INSERT OR UPDATE OF "state"',
                            pgid="pgtrigger_published_is_cited_c41c4",
                            table="relations_armstransfer",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="armstransfer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="stamp",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'INSERT' THEN\n                NEW.version := CASE WHEN NEW.version > 1 AND EXISTS (SELECT FROM public.relations_armstransferhistory WHERE pgh_obj_id = NEW.id) THEN NEW.version + 1 ELSE 1 END; NEW.created_at := now(); NEW.changed_at := now(); NEW.published_at := NULL;\n            ELSE\n                NEW.version := OLD.version; NEW.changed_at := OLD.changed_at; NEW.created_by_id := OLD.created_by_id; NEW.created_at := OLD.created_at; NEW.published_at := OLD.published_at;\n                IF pg_trigger_depth() > 1 OR ROW(NEW.slug, NEW.modality, NEW.negated, NEW.state, NEW.note, NEW.editor_note, NEW.supplier_id, NEW.supplier_actor_id, NEW.supplier_named_as, NEW.recipient_id, NEW.recipient_actor_id, NEW.recipient_named_as, NEW.kind, NEW.category, NEW.designation, NEW.description, NEW.condition, NEW.licence_production, NEW.deal_status, NEW.ordered_on, NEW.delivered_on, NEW.number_ordered_low, NEW.number_ordered_high, NEW.number_ordered_qualifier, NEW.number_ordered_unit, NEW.number_ordered_missing, NEW.number_delivered_low, NEW.number_delivered_high, NEW.number_delivered_qualifier, NEW.number_delivered_unit, NEW.number_delivered_missing, NEW.value_low, NEW.value_high, NEW.value_qualifier, NEW.value_unit, NEW.value_missing, NEW.value_kind, NEW.tiv_per_unit, NEW.tiv_ordered, NEW.tiv_delivered, NEW.transit_country_id, NEW.event_id, NEW.possibly_same_as_id, NEW.reason) IS DISTINCT FROM ROW(OLD.slug, OLD.modality, OLD.negated, OLD.state, OLD.note, OLD.editor_note, OLD.supplier_id, OLD.supplier_actor_id, OLD.supplier_named_as, OLD.recipient_id, OLD.recipient_actor_id, OLD.recipient_named_as, OLD.kind, OLD.category, OLD.designation, OLD.description, OLD.condition, OLD.licence_production, OLD.deal_status, OLD.ordered_on, OLD.delivered_on, OLD.number_ordered_low, OLD.number_ordered_high, OLD.number_ordered_qualifier, OLD.number_ordered_unit, OLD.number_ordered_missing, OLD.number_delivered_low, OLD.number_delivered_high, OLD.number_delivered_qualifier, OLD.number_delivered_unit, OLD.number_delivered_missing, OLD.value_low, OLD.value_high, OLD.value_qualifier, OLD.value_unit, OLD.value_missing, OLD.value_kind, OLD.tiv_per_unit, OLD.tiv_ordered, OLD.tiv_delivered, OLD.transit_country_id, OLD.event_id, OLD.possibly_same_as_id, OLD.reason) THEN\n                    IF OLD.published_at IS NOT NULL AND NEW.slug <> OLD.slug THEN RAISE EXCEPTION 'the slug % was published and cannot change', OLD.slug USING ERRCODE = '23514', CONSTRAINT = 'armstransfer_slug_is_frozen'; END IF;\n                    IF OLD.changed_at <> now() THEN\n                        NEW.version := OLD.version + 1;\n                    END IF;\n                    IF pg_trigger_depth() > 1 OR ROW(NEW.slug, NEW.modality, NEW.negated, NEW.state, NEW.note, NEW.supplier_id, NEW.supplier_actor_id, NEW.supplier_named_as, NEW.recipient_id, NEW.recipient_actor_id, NEW.recipient_named_as, NEW.kind, NEW.category, NEW.designation, NEW.description, NEW.condition, NEW.licence_production, NEW.deal_status, NEW.ordered_on, NEW.delivered_on, NEW.number_ordered_low, NEW.number_ordered_high, NEW.number_ordered_qualifier, NEW.number_ordered_unit, NEW.number_ordered_missing, NEW.number_delivered_low, NEW.number_delivered_high, NEW.number_delivered_qualifier, NEW.number_delivered_unit, NEW.number_delivered_missing, NEW.value_low, NEW.value_high, NEW.value_qualifier, NEW.value_unit, NEW.value_missing, NEW.value_kind, NEW.tiv_per_unit, NEW.tiv_ordered, NEW.tiv_delivered, NEW.transit_country_id, NEW.event_id, NEW.possibly_same_as_id, NEW.reason) IS DISTINCT FROM ROW(OLD.slug, OLD.modality, OLD.negated, OLD.state, OLD.note, OLD.supplier_id, OLD.supplier_actor_id, OLD.supplier_named_as, OLD.recipient_id, OLD.recipient_actor_id, OLD.recipient_named_as, OLD.kind, OLD.category, OLD.designation, OLD.description, OLD.condition, OLD.licence_production, OLD.deal_status, OLD.ordered_on, OLD.delivered_on, OLD.number_ordered_low, OLD.number_ordered_high, OLD.number_ordered_qualifier, OLD.number_ordered_unit, OLD.number_ordered_missing, OLD.number_delivered_low, OLD.number_delivered_high, OLD.number_delivered_qualifier, OLD.number_delivered_unit, OLD.number_delivered_missing, OLD.value_low, OLD.value_high, OLD.value_qualifier, OLD.value_unit, OLD.value_missing, OLD.value_kind, OLD.tiv_per_unit, OLD.tiv_ordered, OLD.tiv_delivered, OLD.transit_country_id, OLD.event_id, OLD.possibly_same_as_id, OLD.reason) THEN\n                        NEW.changed_at := now();\n                    END IF;\n                END IF;\n            END IF;\n            IF NEW.state = 'published' AND NEW.published_at IS NULL THEN NEW.published_at := now(); END IF;\n            RETURN NEW;\n        ",
                            hash="548c48b995c6b91a619aa1d66912af2f8460b5c9",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_stamp_75ee5",
                            table="relations_armstransfer",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="armstransfer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_armstransferhistory" ("category", "changed_at", "condition", "created_at", "created_by_id", "deal_status", "delivered_on", "description", "designation", "editor_note", "event_id", "id", "kind", "licence_production", "modality", "negated", "note", "number_delivered_high", "number_delivered_low", "number_delivered_missing", "number_delivered_qualifier", "number_delivered_unit", "number_ordered_high", "number_ordered_low", "number_ordered_missing", "number_ordered_qualifier", "number_ordered_unit", "ordered_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "possibly_same_as_id", "published_at", "reason", "recipient_actor_id", "recipient_id", "recipient_named_as", "slug", "state", "supplier_actor_id", "supplier_id", "supplier_named_as", "tiv_delivered", "tiv_ordered", "tiv_per_unit", "transit_country_id", "value_high", "value_kind", "value_low", "value_missing", "value_qualifier", "value_unit", "version") SELECT new_values."category", new_values."changed_at", new_values."condition", new_values."created_at", new_values."created_by_id", new_values."deal_status", new_values."delivered_on", new_values."description", new_values."designation", new_values."editor_note", new_values."event_id", new_values."id", new_values."kind", new_values."licence_production", new_values."modality", new_values."negated", new_values."note", new_values."number_delivered_high", new_values."number_delivered_low", new_values."number_delivered_missing", new_values."number_delivered_qualifier", new_values."number_delivered_unit", new_values."number_ordered_high", new_values."number_ordered_low", new_values."number_ordered_missing", new_values."number_ordered_qualifier", new_values."number_ordered_unit", new_values."ordered_on", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."possibly_same_as_id", new_values."published_at", new_values."reason", new_values."recipient_actor_id", new_values."recipient_id", new_values."recipient_named_as", new_values."slug", new_values."state", new_values."supplier_actor_id", new_values."supplier_id", new_values."supplier_named_as", new_values."tiv_delivered", new_values."tiv_ordered", new_values."tiv_per_unit", new_values."transit_country_id", new_values."value_high", new_values."value_kind", new_values."value_low", new_values."value_missing", new_values."value_qualifier", new_values."value_unit", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="0ce033ccca84031c4143c7a0f9445cf6d14a8067",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c3c86",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="relations_armstransfer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="armstransfer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_armstransferhistory" ("category", "changed_at", "condition", "created_at", "created_by_id", "deal_status", "delivered_on", "description", "designation", "editor_note", "event_id", "id", "kind", "licence_production", "modality", "negated", "note", "number_delivered_high", "number_delivered_low", "number_delivered_missing", "number_delivered_qualifier", "number_delivered_unit", "number_ordered_high", "number_ordered_low", "number_ordered_missing", "number_ordered_qualifier", "number_ordered_unit", "ordered_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "possibly_same_as_id", "published_at", "reason", "recipient_actor_id", "recipient_id", "recipient_named_as", "slug", "state", "supplier_actor_id", "supplier_id", "supplier_named_as", "tiv_delivered", "tiv_ordered", "tiv_per_unit", "transit_country_id", "value_high", "value_kind", "value_low", "value_missing", "value_qualifier", "value_unit", "version") SELECT new_values."category", new_values."changed_at", new_values."condition", new_values."created_at", new_values."created_by_id", new_values."deal_status", new_values."delivered_on", new_values."description", new_values."designation", new_values."editor_note", new_values."event_id", new_values."id", new_values."kind", new_values."licence_production", new_values."modality", new_values."negated", new_values."note", new_values."number_delivered_high", new_values."number_delivered_low", new_values."number_delivered_missing", new_values."number_delivered_qualifier", new_values."number_delivered_unit", new_values."number_ordered_high", new_values."number_ordered_low", new_values."number_ordered_missing", new_values."number_ordered_qualifier", new_values."number_ordered_unit", new_values."ordered_on", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."possibly_same_as_id", new_values."published_at", new_values."reason", new_values."recipient_actor_id", new_values."recipient_id", new_values."recipient_named_as", new_values."slug", new_values."state", new_values."supplier_actor_id", new_values."supplier_id", new_values."supplier_named_as", new_values."tiv_delivered", new_values."tiv_ordered", new_values."tiv_per_unit", new_values."transit_country_id", new_values."value_high", new_values."value_kind", new_values."value_low", new_values."value_missing", new_values."value_qualifier", new_values."value_unit", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."category" IS DISTINCT FROM (new_values."category") OR old_values."changed_at" IS DISTINCT FROM (new_values."changed_at") OR old_values."condition" IS DISTINCT FROM (new_values."condition") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."created_by_id" IS DISTINCT FROM (new_values."created_by_id") OR old_values."deal_status" IS DISTINCT FROM (new_values."deal_status") OR old_values."delivered_on" IS DISTINCT FROM (new_values."delivered_on") OR old_values."description" IS DISTINCT FROM (new_values."description") OR old_values."designation" IS DISTINCT FROM (new_values."designation") OR old_values."editor_note" IS DISTINCT FROM (new_values."editor_note") OR old_values."event_id" IS DISTINCT FROM (new_values."event_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."licence_production" IS DISTINCT FROM (new_values."licence_production") OR old_values."modality" IS DISTINCT FROM (new_values."modality") OR old_values."negated" IS DISTINCT FROM (new_values."negated") OR old_values."note" IS DISTINCT FROM (new_values."note") OR old_values."number_delivered_high" IS DISTINCT FROM (new_values."number_delivered_high") OR old_values."number_delivered_low" IS DISTINCT FROM (new_values."number_delivered_low") OR old_values."number_delivered_missing" IS DISTINCT FROM (new_values."number_delivered_missing") OR old_values."number_delivered_qualifier" IS DISTINCT FROM (new_values."number_delivered_qualifier") OR old_values."number_delivered_unit" IS DISTINCT FROM (new_values."number_delivered_unit") OR old_values."number_ordered_high" IS DISTINCT FROM (new_values."number_ordered_high") OR old_values."number_ordered_low" IS DISTINCT FROM (new_values."number_ordered_low") OR old_values."number_ordered_missing" IS DISTINCT FROM (new_values."number_ordered_missing") OR old_values."number_ordered_qualifier" IS DISTINCT FROM (new_values."number_ordered_qualifier") OR old_values."number_ordered_unit" IS DISTINCT FROM (new_values."number_ordered_unit") OR old_values."ordered_on" IS DISTINCT FROM (new_values."ordered_on") OR old_values."possibly_same_as_id" IS DISTINCT FROM (new_values."possibly_same_as_id") OR old_values."published_at" IS DISTINCT FROM (new_values."published_at") OR old_values."reason" IS DISTINCT FROM (new_values."reason") OR old_values."recipient_id" IS DISTINCT FROM (new_values."recipient_id") OR old_values."recipient_actor_id" IS DISTINCT FROM (new_values."recipient_actor_id") OR old_values."recipient_named_as" IS DISTINCT FROM (new_values."recipient_named_as") OR old_values."slug" IS DISTINCT FROM (new_values."slug") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."supplier_id" IS DISTINCT FROM (new_values."supplier_id") OR old_values."supplier_actor_id" IS DISTINCT FROM (new_values."supplier_actor_id") OR old_values."supplier_named_as" IS DISTINCT FROM (new_values."supplier_named_as") OR old_values."tiv_delivered" IS DISTINCT FROM (new_values."tiv_delivered") OR old_values."tiv_ordered" IS DISTINCT FROM (new_values."tiv_ordered") OR old_values."tiv_per_unit" IS DISTINCT FROM (new_values."tiv_per_unit") OR old_values."transit_country_id" IS DISTINCT FROM (new_values."transit_country_id") OR old_values."value_high" IS DISTINCT FROM (new_values."value_high") OR old_values."value_kind" IS DISTINCT FROM (new_values."value_kind") OR old_values."value_low" IS DISTINCT FROM (new_values."value_low") OR old_values."value_missing" IS DISTINCT FROM (new_values."value_missing") OR old_values."value_qualifier" IS DISTINCT FROM (new_values."value_qualifier") OR old_values."value_unit" IS DISTINCT FROM (new_values."value_unit") OR old_values."version" IS DISTINCT FROM (new_values."version")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="55354161fc6435b5268a996a45bda16b64a311f1",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_1d82a",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="relations_armstransfer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="armstransfer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_armstransferhistory" ("category", "changed_at", "condition", "created_at", "created_by_id", "deal_status", "delivered_on", "description", "designation", "editor_note", "event_id", "id", "kind", "licence_production", "modality", "negated", "note", "number_delivered_high", "number_delivered_low", "number_delivered_missing", "number_delivered_qualifier", "number_delivered_unit", "number_ordered_high", "number_ordered_low", "number_ordered_missing", "number_ordered_qualifier", "number_ordered_unit", "ordered_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "possibly_same_as_id", "published_at", "reason", "recipient_actor_id", "recipient_id", "recipient_named_as", "slug", "state", "supplier_actor_id", "supplier_id", "supplier_named_as", "tiv_delivered", "tiv_ordered", "tiv_per_unit", "transit_country_id", "value_high", "value_kind", "value_low", "value_missing", "value_qualifier", "value_unit", "version") SELECT old_values."category", old_values."changed_at", old_values."condition", old_values."created_at", old_values."created_by_id", old_values."deal_status", old_values."delivered_on", old_values."description", old_values."designation", old_values."editor_note", old_values."event_id", old_values."id", old_values."kind", old_values."licence_production", old_values."modality", old_values."negated", old_values."note", old_values."number_delivered_high", old_values."number_delivered_low", old_values."number_delivered_missing", old_values."number_delivered_qualifier", old_values."number_delivered_unit", old_values."number_ordered_high", old_values."number_ordered_low", old_values."number_ordered_missing", old_values."number_ordered_qualifier", old_values."number_ordered_unit", old_values."ordered_on", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."possibly_same_as_id", old_values."published_at", old_values."reason", old_values."recipient_actor_id", old_values."recipient_id", old_values."recipient_named_as", old_values."slug", old_values."state", old_values."supplier_actor_id", old_values."supplier_id", old_values."supplier_named_as", old_values."tiv_delivered", old_values."tiv_ordered", old_values."tiv_per_unit", old_values."transit_country_id", old_values."value_high", old_values."value_kind", old_values."value_low", old_values."value_missing", old_values."value_qualifier", old_values."value_unit", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="c99dabe6c2a8f318ca0fa1f7b4d5b23de43ae022",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_5fbab",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="relations_armstransfer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="armstransferhistory",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="5170475e412ced0a03e724a43c8ac9e694f2d8f0",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_e5af2",
                            table="relations_armstransferhistory",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="citation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="remembers_passage",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF NEW.passage_id IS NULL THEN\n                NEW.passage_sha256 := '';\n            ELSIF TG_OP = 'UPDATE' AND NEW.passage_id = OLD.passage_id THEN\n                NEW.passage_sha256 := OLD.passage_sha256;\n            ELSE\n                NEW.passage_sha256 := (SELECT sha256 FROM public.relations_passage WHERE id = NEW.passage_id);\n            END IF;\n            RETURN NEW;\n        ",
                            hash="4172fbe4e9e9962ac47b98ec57cac9add4700efa",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_remembers_passage_67626",
                            table="relations_citation",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="citation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="keeps_evidence",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n        IF (SELECT state FROM public.relations_relationperiod WHERE id = OLD.period_id) = 'published'\n           AND NOT EXISTS (SELECT 1 FROM public.relations_citation WHERE period_id = OLD.period_id AND stance = 'supports') THEN\n            RAISE EXCEPTION 'a published record needs a citation that supports it: %', (SELECT slug FROM public.relations_relationperiod WHERE id = OLD.period_id) USING ERRCODE = '23514', CONSTRAINT = 'relationperiod_published_is_cited';\n        END IF;\n        \n    \n        IF (SELECT state FROM public.relations_mission WHERE id = OLD.mission_id) = 'published'\n           AND NOT EXISTS (SELECT 1 FROM public.relations_citation WHERE mission_id = OLD.mission_id AND stance = 'supports') THEN\n            RAISE EXCEPTION 'a published record needs a citation that supports it: %', (SELECT slug FROM public.relations_mission WHERE id = OLD.mission_id) USING ERRCODE = '23514', CONSTRAINT = 'mission_published_is_cited';\n        END IF;\n        \n    \n        IF (SELECT state FROM public.relations_event WHERE id = OLD.event_id) = 'published'\n           AND NOT EXISTS (SELECT 1 FROM public.relations_citation WHERE event_id = OLD.event_id AND stance = 'supports') THEN\n            RAISE EXCEPTION 'a published record needs a citation that supports it: %', (SELECT slug FROM public.relations_event WHERE id = OLD.event_id) USING ERRCODE = '23514', CONSTRAINT = 'event_published_is_cited';\n        END IF;\n        \n    \n        IF (SELECT state FROM public.relations_armstransfer WHERE id = OLD.transfer_id) = 'published'\n           AND NOT EXISTS (SELECT 1 FROM public.relations_citation WHERE transfer_id = OLD.transfer_id AND stance = 'supports') THEN\n            RAISE EXCEPTION 'a published record needs a citation that supports it: %', (SELECT slug FROM public.relations_armstransfer WHERE id = OLD.transfer_id) USING ERRCODE = '23514', CONSTRAINT = 'armstransfer_published_is_cited';\n        END IF;\n        \n    \n        IF (SELECT state FROM public.relations_observation WHERE id = OLD.observation_id) = 'published'\n           AND NOT EXISTS (SELECT 1 FROM public.relations_citation WHERE observation_id = OLD.observation_id AND stance = 'supports') THEN\n            RAISE EXCEPTION 'a published record needs a citation that supports it: %', (SELECT slug FROM public.relations_observation WHERE id = OLD.observation_id) USING ERRCODE = '23514', CONSTRAINT = 'observation_published_is_cited';\n        END IF;\n        \n    RETURN NULL;",
                            hash="f8c5cbb4ea102b1514ac6fddebb691b0dde9a10c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keeps_evidence_c6a68",
                            table="relations_citation",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="citation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="names_participant",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="IF \n        NEW.part <> '' AND NOT EXISTS (\n            SELECT 1\n            FROM public.relations_participation AS party LEFT JOIN public.relations_actor AS actor ON actor.id = party.actor_id\n            WHERE party.event_id = NEW.event_id\n                AND NEW.part IN (party.country_id, actor.slug, party.named_as)\n        ) AND NOT EXISTS (\n            SELECT 1\n            FROM public.relations_dealparty AS party JOIN public.relations_actor AS actor ON actor.id = party.actor_id\n            WHERE party.transfer_id = NEW.transfer_id AND NEW.part = actor.slug\n        )\n     THEN RAISE EXCEPTION 'part: % is no participant', NEW.part USING ERRCODE = '23514', CONSTRAINT = 'citation_names_participant'; END IF; RETURN NULL;",
                            hash="6dca6e5fb62f326c5604909d8b74088b3f59cc82",
                            operation='INSERT OR UPDATE OF "part", "event_id", "transfer_id"',
                            pgid="pgtrigger_names_participant_49205",
                            table="relations_citation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="citation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="moves_owner_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF EXISTS (SELECT period_id FROM (TABLE written) AS part WHERE period_id IS NOT NULL) THEN\n                    UPDATE public.relations_relationperiod SET version = version\n                    WHERE id IN (SELECT period_id FROM (TABLE written) AS part) AND changed_at <> now();\n                END IF;\n            \n                IF EXISTS (SELECT mission_id FROM (TABLE written) AS part WHERE mission_id IS NOT NULL) THEN\n                    UPDATE public.relations_mission SET version = version\n                    WHERE id IN (SELECT mission_id FROM (TABLE written) AS part) AND changed_at <> now();\n                END IF;\n            \n                IF EXISTS (SELECT event_id FROM (TABLE written) AS part WHERE event_id IS NOT NULL) THEN\n                    UPDATE public.relations_event SET version = version\n                    WHERE id IN (SELECT event_id FROM (TABLE written) AS part) AND changed_at <> now();\n                END IF;\n            \n                IF EXISTS (SELECT transfer_id FROM (TABLE written) AS part WHERE transfer_id IS NOT NULL) THEN\n                    UPDATE public.relations_armstransfer SET version = version\n                    WHERE id IN (SELECT transfer_id FROM (TABLE written) AS part) AND changed_at <> now();\n                END IF;\n            \n                IF EXISTS (SELECT observation_id FROM (TABLE written) AS part WHERE observation_id IS NOT NULL) THEN\n                    UPDATE public.relations_observation SET version = version\n                    WHERE id IN (SELECT observation_id FROM (TABLE written) AS part) AND changed_at <> now();\n                END IF;\n            \n                IF EXISTS (SELECT country_id FROM (TABLE written) AS part WHERE country_id IS NOT NULL) THEN\n                    UPDATE public.relations_country SET version = version\n                    WHERE code IN (SELECT country_id FROM (TABLE written) AS part) AND changed_at <> now();\n                END IF;\n            \n                IF EXISTS (SELECT actor_id FROM (TABLE written) AS part WHERE actor_id IS NOT NULL) THEN\n                    UPDATE public.relations_actor SET version = version\n                    WHERE id IN (SELECT actor_id FROM (TABLE written) AS part) AND changed_at <> now();\n                END IF;\n            \n                IF EXISTS (SELECT relation_id FROM (TABLE written) AS part WHERE relation_id IS NOT NULL) THEN\n                    UPDATE public.relations_relation SET version = version\n                    WHERE id IN (SELECT relation_id FROM (TABLE written) AS part) AND changed_at <> now();\n                END IF;\n             RETURN NULL;",
                            hash="8a8c7161547a3499572a07c511d2715650be464e",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_moves_owner_insert_f3d63",
                            referencing="REFERENCING NEW TABLE AS written ",
                            table="relations_citation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="citation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="moves_owner_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF EXISTS (SELECT period_id FROM (TABLE gone) AS part WHERE period_id IS NOT NULL) THEN\n                    UPDATE public.relations_relationperiod SET version = version\n                    WHERE id IN (SELECT period_id FROM (TABLE gone) AS part) AND changed_at <> now();\n                END IF;\n            \n                IF EXISTS (SELECT mission_id FROM (TABLE gone) AS part WHERE mission_id IS NOT NULL) THEN\n                    UPDATE public.relations_mission SET version = version\n                    WHERE id IN (SELECT mission_id FROM (TABLE gone) AS part) AND changed_at <> now();\n                END IF;\n            \n                IF EXISTS (SELECT event_id FROM (TABLE gone) AS part WHERE event_id IS NOT NULL) THEN\n                    UPDATE public.relations_event SET version = version\n                    WHERE id IN (SELECT event_id FROM (TABLE gone) AS part) AND changed_at <> now();\n                END IF;\n            \n                IF EXISTS (SELECT transfer_id FROM (TABLE gone) AS part WHERE transfer_id IS NOT NULL) THEN\n                    UPDATE public.relations_armstransfer SET version = version\n                    WHERE id IN (SELECT transfer_id FROM (TABLE gone) AS part) AND changed_at <> now();\n                END IF;\n            \n                IF EXISTS (SELECT observation_id FROM (TABLE gone) AS part WHERE observation_id IS NOT NULL) THEN\n                    UPDATE public.relations_observation SET version = version\n                    WHERE id IN (SELECT observation_id FROM (TABLE gone) AS part) AND changed_at <> now();\n                END IF;\n            \n                IF EXISTS (SELECT country_id FROM (TABLE gone) AS part WHERE country_id IS NOT NULL) THEN\n                    UPDATE public.relations_country SET version = version\n                    WHERE code IN (SELECT country_id FROM (TABLE gone) AS part) AND changed_at <> now();\n                END IF;\n            \n                IF EXISTS (SELECT actor_id FROM (TABLE gone) AS part WHERE actor_id IS NOT NULL) THEN\n                    UPDATE public.relations_actor SET version = version\n                    WHERE id IN (SELECT actor_id FROM (TABLE gone) AS part) AND changed_at <> now();\n                END IF;\n            \n                IF EXISTS (SELECT relation_id FROM (TABLE gone) AS part WHERE relation_id IS NOT NULL) THEN\n                    UPDATE public.relations_relation SET version = version\n                    WHERE id IN (SELECT relation_id FROM (TABLE gone) AS part) AND changed_at <> now();\n                END IF;\n             RETURN NULL;",
                            hash="99b508a896b97ed89a42c84bf5b6925d969edd24",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_moves_owner_delete_84ed0",
                            referencing="REFERENCING OLD TABLE AS gone ",
                            table="relations_citation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="citation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="moves_owner_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF EXISTS (SELECT period_id FROM ((TABLE gone EXCEPT TABLE written) UNION ALL (TABLE written EXCEPT TABLE gone)) AS part WHERE period_id IS NOT NULL) THEN\n                    UPDATE public.relations_relationperiod SET version = version\n                    WHERE id IN (SELECT period_id FROM ((TABLE gone EXCEPT TABLE written) UNION ALL (TABLE written EXCEPT TABLE gone)) AS part) AND changed_at <> now();\n                END IF;\n            \n                IF EXISTS (SELECT mission_id FROM ((TABLE gone EXCEPT TABLE written) UNION ALL (TABLE written EXCEPT TABLE gone)) AS part WHERE mission_id IS NOT NULL) THEN\n                    UPDATE public.relations_mission SET version = version\n                    WHERE id IN (SELECT mission_id FROM ((TABLE gone EXCEPT TABLE written) UNION ALL (TABLE written EXCEPT TABLE gone)) AS part) AND changed_at <> now();\n                END IF;\n            \n                IF EXISTS (SELECT event_id FROM ((TABLE gone EXCEPT TABLE written) UNION ALL (TABLE written EXCEPT TABLE gone)) AS part WHERE event_id IS NOT NULL) THEN\n                    UPDATE public.relations_event SET version = version\n                    WHERE id IN (SELECT event_id FROM ((TABLE gone EXCEPT TABLE written) UNION ALL (TABLE written EXCEPT TABLE gone)) AS part) AND changed_at <> now();\n                END IF;\n            \n                IF EXISTS (SELECT transfer_id FROM ((TABLE gone EXCEPT TABLE written) UNION ALL (TABLE written EXCEPT TABLE gone)) AS part WHERE transfer_id IS NOT NULL) THEN\n                    UPDATE public.relations_armstransfer SET version = version\n                    WHERE id IN (SELECT transfer_id FROM ((TABLE gone EXCEPT TABLE written) UNION ALL (TABLE written EXCEPT TABLE gone)) AS part) AND changed_at <> now();\n                END IF;\n            \n                IF EXISTS (SELECT observation_id FROM ((TABLE gone EXCEPT TABLE written) UNION ALL (TABLE written EXCEPT TABLE gone)) AS part WHERE observation_id IS NOT NULL) THEN\n                    UPDATE public.relations_observation SET version = version\n                    WHERE id IN (SELECT observation_id FROM ((TABLE gone EXCEPT TABLE written) UNION ALL (TABLE written EXCEPT TABLE gone)) AS part) AND changed_at <> now();\n                END IF;\n            \n                IF EXISTS (SELECT country_id FROM ((TABLE gone EXCEPT TABLE written) UNION ALL (TABLE written EXCEPT TABLE gone)) AS part WHERE country_id IS NOT NULL) THEN\n                    UPDATE public.relations_country SET version = version\n                    WHERE code IN (SELECT country_id FROM ((TABLE gone EXCEPT TABLE written) UNION ALL (TABLE written EXCEPT TABLE gone)) AS part) AND changed_at <> now();\n                END IF;\n            \n                IF EXISTS (SELECT actor_id FROM ((TABLE gone EXCEPT TABLE written) UNION ALL (TABLE written EXCEPT TABLE gone)) AS part WHERE actor_id IS NOT NULL) THEN\n                    UPDATE public.relations_actor SET version = version\n                    WHERE id IN (SELECT actor_id FROM ((TABLE gone EXCEPT TABLE written) UNION ALL (TABLE written EXCEPT TABLE gone)) AS part) AND changed_at <> now();\n                END IF;\n            \n                IF EXISTS (SELECT relation_id FROM ((TABLE gone EXCEPT TABLE written) UNION ALL (TABLE written EXCEPT TABLE gone)) AS part WHERE relation_id IS NOT NULL) THEN\n                    UPDATE public.relations_relation SET version = version\n                    WHERE id IN (SELECT relation_id FROM ((TABLE gone EXCEPT TABLE written) UNION ALL (TABLE written EXCEPT TABLE gone)) AS part) AND changed_at <> now();\n                END IF;\n             RETURN NULL;",
                            hash="a4deb856a500bc00e0de8d10b9d7660f53816a14",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_moves_owner_update_9c941",
                            referencing="REFERENCING OLD TABLE AS gone  NEW TABLE AS written ",
                            table="relations_citation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="citation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_citationhistory" ("actor_id", "attributed_on", "attributed_to", "country_id", "event_id", "field", "hedge", "id", "is_announcement", "locator", "mission_id", "modality", "observation_id", "part", "passage_id", "passage_sha256", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation_id", "source_id", "stance", "transfer_id", "value") SELECT new_values."actor_id", new_values."attributed_on", new_values."attributed_to", new_values."country_id", new_values."event_id", new_values."field", new_values."hedge", new_values."id", new_values."is_announcement", new_values."locator", new_values."mission_id", new_values."modality", new_values."observation_id", new_values."part", new_values."passage_id", new_values."passage_sha256", new_values."period_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."relation_id", new_values."source_id", new_values."stance", new_values."transfer_id", new_values."value" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="746db077e18ace6a61138f4741f0225d00179540",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_72d47",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="relations_citation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="citation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_citationhistory" ("actor_id", "attributed_on", "attributed_to", "country_id", "event_id", "field", "hedge", "id", "is_announcement", "locator", "mission_id", "modality", "observation_id", "part", "passage_id", "passage_sha256", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation_id", "source_id", "stance", "transfer_id", "value") SELECT new_values."actor_id", new_values."attributed_on", new_values."attributed_to", new_values."country_id", new_values."event_id", new_values."field", new_values."hedge", new_values."id", new_values."is_announcement", new_values."locator", new_values."mission_id", new_values."modality", new_values."observation_id", new_values."part", new_values."passage_id", new_values."passage_sha256", new_values."period_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."relation_id", new_values."source_id", new_values."stance", new_values."transfer_id", new_values."value" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."actor_id" IS DISTINCT FROM (new_values."actor_id") OR old_values."attributed_on" IS DISTINCT FROM (new_values."attributed_on") OR old_values."attributed_to" IS DISTINCT FROM (new_values."attributed_to") OR old_values."country_id" IS DISTINCT FROM (new_values."country_id") OR old_values."event_id" IS DISTINCT FROM (new_values."event_id") OR old_values."field" IS DISTINCT FROM (new_values."field") OR old_values."hedge" IS DISTINCT FROM (new_values."hedge") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_announcement" IS DISTINCT FROM (new_values."is_announcement") OR old_values."locator" IS DISTINCT FROM (new_values."locator") OR old_values."mission_id" IS DISTINCT FROM (new_values."mission_id") OR old_values."modality" IS DISTINCT FROM (new_values."modality") OR old_values."observation_id" IS DISTINCT FROM (new_values."observation_id") OR old_values."part" IS DISTINCT FROM (new_values."part") OR old_values."passage_id" IS DISTINCT FROM (new_values."passage_id") OR old_values."passage_sha256" IS DISTINCT FROM (new_values."passage_sha256") OR old_values."period_id" IS DISTINCT FROM (new_values."period_id") OR old_values."relation_id" IS DISTINCT FROM (new_values."relation_id") OR old_values."source_id" IS DISTINCT FROM (new_values."source_id") OR old_values."stance" IS DISTINCT FROM (new_values."stance") OR old_values."transfer_id" IS DISTINCT FROM (new_values."transfer_id") OR old_values."value" IS DISTINCT FROM (new_values."value")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="26688352557f3d7d76046dd34d413d1315c09480",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_dddea",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="relations_citation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="citation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_citationhistory" ("actor_id", "attributed_on", "attributed_to", "country_id", "event_id", "field", "hedge", "id", "is_announcement", "locator", "mission_id", "modality", "observation_id", "part", "passage_id", "passage_sha256", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation_id", "source_id", "stance", "transfer_id", "value") SELECT old_values."actor_id", old_values."attributed_on", old_values."attributed_to", old_values."country_id", old_values."event_id", old_values."field", old_values."hedge", old_values."id", old_values."is_announcement", old_values."locator", old_values."mission_id", old_values."modality", old_values."observation_id", old_values."part", old_values."passage_id", old_values."passage_sha256", old_values."period_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."relation_id", old_values."source_id", old_values."stance", old_values."transfer_id", old_values."value" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="668f97f140963cf02acf4f50d525bd45778f8a39",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_336b2",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="relations_citation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="citationhistory",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="b30cc39d44b3c126b815aa151ed2f93aee32cf76",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_bb494",
                            table="relations_citationhistory",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="country",
                    trigger=pgtrigger.compiler.Trigger(
                        name="code_never_changes",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."code" IS DISTINCT FROM (NEW."code"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="d347286856f99538db9da01b446ae67288d3e82c",
                            operation="UPDATE",
                            pgid="pgtrigger_code_never_changes_49630",
                            table="relations_country",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="country",
                    trigger=pgtrigger.compiler.Trigger(
                        name="stamp",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'INSERT' THEN\n                NEW.version := CASE WHEN NEW.version > 1 AND EXISTS (SELECT FROM public.relations_countryhistory WHERE pgh_obj_id = NEW.code) THEN NEW.version + 1 ELSE 1 END; NEW.changed_at := now();\n            ELSE\n                NEW.version := OLD.version; NEW.changed_at := OLD.changed_at;\n                IF pg_trigger_depth() > 1 OR ROW(NEW.code, NEW.name, NEW.official_name, NEW.aliases, NEW.kind) IS DISTINCT FROM ROW(OLD.code, OLD.name, OLD.official_name, OLD.aliases, OLD.kind) THEN\n                    \n                    IF OLD.changed_at <> now() THEN\n                        NEW.version := OLD.version + 1;\n                    END IF;\n                    IF pg_trigger_depth() > 1 OR ROW(NEW.code, NEW.name, NEW.official_name, NEW.aliases, NEW.kind) IS DISTINCT FROM ROW(OLD.code, OLD.name, OLD.official_name, OLD.aliases, OLD.kind) THEN\n                        NEW.changed_at := now();\n                    END IF;\n                END IF;\n            END IF;\n            \n            RETURN NEW;\n        ",
                            hash="15c5a14ccb284fcbe25281f8b3012be198dbccc2",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_stamp_02c04",
                            table="relations_country",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="country",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_countryhistory" ("aliases", "changed_at", "code", "kind", "name", "official_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") SELECT new_values."aliases", new_values."changed_at", new_values."code", new_values."kind", new_values."name", new_values."official_name", _pgh_attached_context.value, NOW(), \'insert\', new_values."code", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="21b25920a97eba4612fef9128df2ca92151f06c2",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_151f1",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="relations_country",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="country",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_countryhistory" ("aliases", "changed_at", "code", "kind", "name", "official_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") SELECT new_values."aliases", new_values."changed_at", new_values."code", new_values."kind", new_values."name", new_values."official_name", _pgh_attached_context.value, NOW(), \'update\', new_values."code", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."code") = (new_values."code") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="16572099b37addc47e940057ce574df24ba7ec56",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c593a",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="relations_country",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="country",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_countryhistory" ("aliases", "changed_at", "code", "kind", "name", "official_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") SELECT old_values."aliases", old_values."changed_at", old_values."code", old_values."kind", old_values."name", old_values."official_name", _pgh_attached_context.value, NOW(), \'delete\', old_values."code", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="e72d5cc40f15d16f18324f92aac02add7fd29c7b",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_eec13",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="relations_country",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="countrycode",
                    trigger=pgtrigger.compiler.Trigger(
                        name="moves_owner_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF EXISTS (SELECT country_id FROM (TABLE written) AS part WHERE country_id IS NOT NULL) THEN\n                    UPDATE public.relations_country SET version = version\n                    WHERE code IN (SELECT country_id FROM (TABLE written) AS part) AND changed_at <> now();\n                END IF;\n             RETURN NULL;",
                            hash="f54571220724a116c9431b54cc6c1d6762e07b87",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_moves_owner_insert_50880",
                            referencing="REFERENCING NEW TABLE AS written ",
                            table="relations_countrycode",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="countrycode",
                    trigger=pgtrigger.compiler.Trigger(
                        name="moves_owner_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF EXISTS (SELECT country_id FROM (TABLE gone) AS part WHERE country_id IS NOT NULL) THEN\n                    UPDATE public.relations_country SET version = version\n                    WHERE code IN (SELECT country_id FROM (TABLE gone) AS part) AND changed_at <> now();\n                END IF;\n             RETURN NULL;",
                            hash="1d3e5f538207d358cbfe3835a73c0717f183303c",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_moves_owner_delete_70726",
                            referencing="REFERENCING OLD TABLE AS gone ",
                            table="relations_countrycode",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="countrycode",
                    trigger=pgtrigger.compiler.Trigger(
                        name="moves_owner_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF EXISTS (SELECT country_id FROM ((TABLE gone EXCEPT TABLE written) UNION ALL (TABLE written EXCEPT TABLE gone)) AS part WHERE country_id IS NOT NULL) THEN\n                    UPDATE public.relations_country SET version = version\n                    WHERE code IN (SELECT country_id FROM ((TABLE gone EXCEPT TABLE written) UNION ALL (TABLE written EXCEPT TABLE gone)) AS part) AND changed_at <> now();\n                END IF;\n             RETURN NULL;",
                            hash="60edc4e1f74d660acfc5908ed4c0ac3d594e859e",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_moves_owner_update_eba5f",
                            referencing="REFERENCING OLD TABLE AS gone  NEW TABLE AS written ",
                            table="relations_countrycode",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="countrycode",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_countrycodehistory" ("country_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme", "valid_from", "valid_until", "value") SELECT new_values."country_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."scheme", new_values."valid_from", new_values."valid_until", new_values."value" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="1579786336afd7eb4fea0eef5462f748141a3f6c",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_7f841",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="relations_countrycode",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="countrycode",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_countrycodehistory" ("country_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme", "valid_from", "valid_until", "value") SELECT new_values."country_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."scheme", new_values."valid_from", new_values."valid_until", new_values."value" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="efb1c1e483008b968cbb7bf004e8436ae65c87c1",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_4d791",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="relations_countrycode",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="countrycode",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_countrycodehistory" ("country_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme", "valid_from", "valid_until", "value") SELECT old_values."country_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."scheme", old_values."valid_from", old_values."valid_until", old_values."value" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="d1ef9a7cf196b2cf544fd6da2f7d49be8b3cea26",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_10c9f",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="relations_countrycode",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="countrycodehistory",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="b1b669c02d7646859d8b332b84ca31aa2f7fe5d9",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_77b9a",
                            table="relations_countrycodehistory",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="countryhistory",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="87c38b3c0169d01dc3185751f53db2bcc3ad74bc",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_233a1",
                            table="relations_countryhistory",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dealparty",
                    trigger=pgtrigger.compiler.Trigger(
                        name="stays_named",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n            DECLARE\n                gone text := (SELECT part FROM public.relations_citation AS citation\n                              WHERE transfer_id = OLD.transfer_id AND \n        citation.part <> '' AND NOT EXISTS (\n            SELECT 1\n            FROM public.relations_participation AS party LEFT JOIN public.relations_actor AS actor ON actor.id = party.actor_id\n            WHERE party.event_id = citation.event_id\n                AND citation.part IN (party.country_id, actor.slug, party.named_as)\n        ) AND NOT EXISTS (\n            SELECT 1\n            FROM public.relations_dealparty AS party JOIN public.relations_actor AS actor ON actor.id = party.actor_id\n            WHERE party.transfer_id = citation.transfer_id AND citation.part = actor.slug\n        )\n    \n                              LIMIT 1);\n            BEGIN\n                IF gone IS NOT NULL THEN RAISE EXCEPTION 'a citation is about a participant that is gone: %', gone USING ERRCODE = '23514', CONSTRAINT = 'dealparty_stays_named'; END IF;\n                RETURN NULL;\n            END;\n        ",
                            hash="6f3907000a97da113966433b8c8849eb91f01d37",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_stays_named_cee32",
                            table="relations_dealparty",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dealparty",
                    trigger=pgtrigger.compiler.Trigger(
                        name="moves_owner_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF EXISTS (SELECT transfer_id FROM (TABLE written) AS part WHERE transfer_id IS NOT NULL) THEN\n                    UPDATE public.relations_armstransfer SET version = version\n                    WHERE id IN (SELECT transfer_id FROM (TABLE written) AS part) AND changed_at <> now();\n                END IF;\n             RETURN NULL;",
                            hash="bcc1e011c093f5fb76c1616f4f092ecf02571af4",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_moves_owner_insert_e2352",
                            referencing="REFERENCING NEW TABLE AS written ",
                            table="relations_dealparty",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dealparty",
                    trigger=pgtrigger.compiler.Trigger(
                        name="moves_owner_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF EXISTS (SELECT transfer_id FROM (TABLE gone) AS part WHERE transfer_id IS NOT NULL) THEN\n                    UPDATE public.relations_armstransfer SET version = version\n                    WHERE id IN (SELECT transfer_id FROM (TABLE gone) AS part) AND changed_at <> now();\n                END IF;\n             RETURN NULL;",
                            hash="4b6b7bac2b78cb1ef916e57841e0b083cca780be",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_moves_owner_delete_4ba7c",
                            referencing="REFERENCING OLD TABLE AS gone ",
                            table="relations_dealparty",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dealparty",
                    trigger=pgtrigger.compiler.Trigger(
                        name="moves_owner_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF EXISTS (SELECT transfer_id FROM ((TABLE gone EXCEPT TABLE written) UNION ALL (TABLE written EXCEPT TABLE gone)) AS part WHERE transfer_id IS NOT NULL) THEN\n                    UPDATE public.relations_armstransfer SET version = version\n                    WHERE id IN (SELECT transfer_id FROM ((TABLE gone EXCEPT TABLE written) UNION ALL (TABLE written EXCEPT TABLE gone)) AS part) AND changed_at <> now();\n                END IF;\n             RETURN NULL;",
                            hash="87f0def38fef902115a024e1b828eac460e59411",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_moves_owner_update_20371",
                            referencing="REFERENCING OLD TABLE AS gone  NEW TABLE AS written ",
                            table="relations_dealparty",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dealparty",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_dealpartyhistory" ("actor_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "transfer_id") SELECT new_values."actor_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."role", new_values."transfer_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="ca2375860939a449f7b6594fccdca0aa679dc89c",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f06f1",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="relations_dealparty",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dealparty",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_dealpartyhistory" ("actor_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "transfer_id") SELECT new_values."actor_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."role", new_values."transfer_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="f814e8a39e197ae0a9e7a13c9cdc2239084c6d6c",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a668b",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="relations_dealparty",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dealparty",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_dealpartyhistory" ("actor_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "transfer_id") SELECT old_values."actor_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."role", old_values."transfer_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="29a9b3f0d3defeb55780caca6c35e68b7d85b50d",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_8be6c",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="relations_dealparty",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dealpartyhistory",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="12c4c4771ce5904aca8552607190f1b45e4bae9d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_78169",
                            table="relations_dealpartyhistory",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="event",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_reused",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'UPDATE' AND NEW.slug = OLD.slug THEN\n                RETURN NULL;\n            END IF;\n            IF EXISTS (SELECT 1 FROM public.relations_formeraddress\n                       WHERE collection = 'events' AND slug = NEW.slug) THEN\n                RAISE EXCEPTION '% stood at a public address before and cannot be used again', NEW.slug USING ERRCODE = '23514', CONSTRAINT = 'event_slug_is_never_reused';\n            END IF;\n            RETURN NULL;\n        ",
                            hash="b08a9c7464d70e488f845b017e70d0049c984d32",
                            operation='INSERT OR UPDATE OF "slug"',
                            pgid="pgtrigger_never_reused_3d084",
                            table="relations_event",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="event",
                    trigger=pgtrigger.compiler.Trigger(
                        name="keeps_address",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF OLD.state = 'published' AND (TG_OP = 'DELETE' OR NEW.state <> 'published') THEN\n                INSERT INTO public.relations_formeraddress (collection, slug, now_at, reason, gone_at)\n                VALUES ('events', OLD.slug, '',\n                        CASE WHEN TG_OP = 'DELETE' THEN 'deleted' ELSE 'withdrawn' END, now())\n                ON CONFLICT (collection, slug) DO NOTHING;\n            ELSIF TG_OP = 'DELETE' THEN\n                UPDATE public.relations_formeraddress SET reason = 'deleted'\n                WHERE collection = 'events' AND slug = OLD.slug AND reason = 'withdrawn';\n            ELSIF NEW.state = 'published' AND OLD.state <> 'published' THEN\n                DELETE FROM public.relations_formeraddress WHERE collection = 'events' AND slug = NEW.slug;\n            END IF;\n            RETURN NULL;\n        ",
                            hash="0a0d800cc9e7aa265ece72eaa83b793c0cb791a6",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keeps_address_465d2",
                            table="relations_event",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="event",
                    trigger=pgtrigger.compiler.Trigger(
                        name="published_is_cited",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n        IF (SELECT state FROM public.relations_event WHERE id = NEW.id) = 'published'\n           AND NOT EXISTS (SELECT 1 FROM public.relations_citation WHERE event_id = NEW.id AND stance = 'supports') THEN\n            RAISE EXCEPTION 'a published record needs a citation that supports it: %', (SELECT slug FROM public.relations_event WHERE id = NEW.id) USING ERRCODE = '23514', CONSTRAINT = 'event_published_is_cited';\n        END IF;\n        RETURN NULL;\n    ",
                            hash="810b6c4583ba0b883f19d4cf616b663f67f9db33",
                            operation='INSERT OR UPDATE OF "state"',
                            pgid="pgtrigger_published_is_cited_7b394",
                            table="relations_event",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="event",
                    trigger=pgtrigger.compiler.Trigger(
                        name="published_has_parties",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n        IF (SELECT state FROM public.relations_event WHERE id = NEW.id) = 'published'\n           AND NOT EXISTS (SELECT 1 FROM public.relations_participation WHERE event_id = NEW.id) THEN\n            RAISE EXCEPTION 'a published event needs somebody who took part: %', (SELECT slug FROM public.relations_event WHERE id = NEW.id) USING ERRCODE = '23514', CONSTRAINT = 'event_published_has_parties';\n        END IF;\n        RETURN NULL;\n    ",
                            hash="1ecb4003fd31bb94ff78dced7757f0b8caae5b8b",
                            operation='INSERT OR UPDATE OF "state"',
                            pgid="pgtrigger_published_has_parties_b6746",
                            table="relations_event",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="event",
                    trigger=pgtrigger.compiler.Trigger(
                        name="stamp",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'INSERT' THEN\n                NEW.version := CASE WHEN NEW.version > 1 AND EXISTS (SELECT FROM public.relations_eventhistory WHERE pgh_obj_id = NEW.id) THEN NEW.version + 1 ELSE 1 END; NEW.created_at := now(); NEW.changed_at := now(); NEW.published_at := NULL;\n            ELSE\n                NEW.version := OLD.version; NEW.changed_at := OLD.changed_at; NEW.created_by_id := OLD.created_by_id; NEW.created_at := OLD.created_at; NEW.published_at := OLD.published_at;\n                IF pg_trigger_depth() > 1 OR ROW(NEW.slug, NEW.modality, NEW.negated, NEW.state, NEW.note, NEW.editor_note, NEW.kind, NEW.happened_on, NEW.title, NEW.summary, NEW.place, NEW.reason, NEW.possibly_same_as_id) IS DISTINCT FROM ROW(OLD.slug, OLD.modality, OLD.negated, OLD.state, OLD.note, OLD.editor_note, OLD.kind, OLD.happened_on, OLD.title, OLD.summary, OLD.place, OLD.reason, OLD.possibly_same_as_id) THEN\n                    IF OLD.published_at IS NOT NULL AND NEW.slug <> OLD.slug THEN RAISE EXCEPTION 'the slug % was published and cannot change', OLD.slug USING ERRCODE = '23514', CONSTRAINT = 'event_slug_is_frozen'; END IF;\n                    IF OLD.changed_at <> now() THEN\n                        NEW.version := OLD.version + 1;\n                    END IF;\n                    IF pg_trigger_depth() > 1 OR ROW(NEW.slug, NEW.modality, NEW.negated, NEW.state, NEW.note, NEW.kind, NEW.happened_on, NEW.title, NEW.summary, NEW.place, NEW.reason, NEW.possibly_same_as_id) IS DISTINCT FROM ROW(OLD.slug, OLD.modality, OLD.negated, OLD.state, OLD.note, OLD.kind, OLD.happened_on, OLD.title, OLD.summary, OLD.place, OLD.reason, OLD.possibly_same_as_id) THEN\n                        NEW.changed_at := now();\n                    END IF;\n                END IF;\n            END IF;\n            IF NEW.state = 'published' AND NEW.published_at IS NULL THEN NEW.published_at := now(); END IF;\n            RETURN NEW;\n        ",
                            hash="77dbcc78d292dd3c1909c8c49d04d06e0bed4be1",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_stamp_7a9a4",
                            table="relations_event",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="event",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_eventhistory" ("changed_at", "created_at", "created_by_id", "editor_note", "happened_on", "id", "kind", "modality", "negated", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "possibly_same_as_id", "published_at", "reason", "slug", "state", "summary", "title", "version") SELECT new_values."changed_at", new_values."created_at", new_values."created_by_id", new_values."editor_note", new_values."happened_on", new_values."id", new_values."kind", new_values."modality", new_values."negated", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."place", new_values."possibly_same_as_id", new_values."published_at", new_values."reason", new_values."slug", new_values."state", new_values."summary", new_values."title", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="9f4a94f7beaac3d0725955f6f271375a4e3d1a49",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_5246b",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="relations_event",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="event",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_eventhistory" ("changed_at", "created_at", "created_by_id", "editor_note", "happened_on", "id", "kind", "modality", "negated", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "possibly_same_as_id", "published_at", "reason", "slug", "state", "summary", "title", "version") SELECT new_values."changed_at", new_values."created_at", new_values."created_by_id", new_values."editor_note", new_values."happened_on", new_values."id", new_values."kind", new_values."modality", new_values."negated", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."place", new_values."possibly_same_as_id", new_values."published_at", new_values."reason", new_values."slug", new_values."state", new_values."summary", new_values."title", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."changed_at" IS DISTINCT FROM (new_values."changed_at") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."created_by_id" IS DISTINCT FROM (new_values."created_by_id") OR old_values."editor_note" IS DISTINCT FROM (new_values."editor_note") OR old_values."happened_on" IS DISTINCT FROM (new_values."happened_on") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."modality" IS DISTINCT FROM (new_values."modality") OR old_values."negated" IS DISTINCT FROM (new_values."negated") OR old_values."note" IS DISTINCT FROM (new_values."note") OR old_values."place" IS DISTINCT FROM (new_values."place") OR old_values."possibly_same_as_id" IS DISTINCT FROM (new_values."possibly_same_as_id") OR old_values."published_at" IS DISTINCT FROM (new_values."published_at") OR old_values."reason" IS DISTINCT FROM (new_values."reason") OR old_values."slug" IS DISTINCT FROM (new_values."slug") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."summary" IS DISTINCT FROM (new_values."summary") OR old_values."title" IS DISTINCT FROM (new_values."title") OR old_values."version" IS DISTINCT FROM (new_values."version")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="750eaa79503d7b9b97c7968051965b85adf4b880",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_348bb",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="relations_event",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="event",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_eventhistory" ("changed_at", "created_at", "created_by_id", "editor_note", "happened_on", "id", "kind", "modality", "negated", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "possibly_same_as_id", "published_at", "reason", "slug", "state", "summary", "title", "version") SELECT old_values."changed_at", old_values."created_at", old_values."created_by_id", old_values."editor_note", old_values."happened_on", old_values."id", old_values."kind", old_values."modality", old_values."negated", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."place", old_values."possibly_same_as_id", old_values."published_at", old_values."reason", old_values."slug", old_values."state", old_values."summary", old_values."title", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="1b64404cc9454dcafaa85267ffc391fd10a54ecd",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_53615",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="relations_event",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="eventfigure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="moves_owner_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF EXISTS (SELECT event_id FROM (TABLE written) AS part WHERE event_id IS NOT NULL) THEN\n                    UPDATE public.relations_event SET version = version\n                    WHERE id IN (SELECT event_id FROM (TABLE written) AS part) AND changed_at <> now();\n                END IF;\n             RETURN NULL;",
                            hash="581cac117bea13edbe84703b214c6426140787b1",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_moves_owner_insert_bbbae",
                            referencing="REFERENCING NEW TABLE AS written ",
                            table="relations_eventfigure",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="eventfigure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="moves_owner_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF EXISTS (SELECT event_id FROM (TABLE gone) AS part WHERE event_id IS NOT NULL) THEN\n                    UPDATE public.relations_event SET version = version\n                    WHERE id IN (SELECT event_id FROM (TABLE gone) AS part) AND changed_at <> now();\n                END IF;\n             RETURN NULL;",
                            hash="ecefbd1ff76a1caa9c624345414c87623969e31d",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_moves_owner_delete_28a50",
                            referencing="REFERENCING OLD TABLE AS gone ",
                            table="relations_eventfigure",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="eventfigure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="moves_owner_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF EXISTS (SELECT event_id FROM ((TABLE gone EXCEPT TABLE written) UNION ALL (TABLE written EXCEPT TABLE gone)) AS part WHERE event_id IS NOT NULL) THEN\n                    UPDATE public.relations_event SET version = version\n                    WHERE id IN (SELECT event_id FROM ((TABLE gone EXCEPT TABLE written) UNION ALL (TABLE written EXCEPT TABLE gone)) AS part) AND changed_at <> now();\n                END IF;\n             RETURN NULL;",
                            hash="4cc39e84290bd2551ec5cb3dde6ed0f690bc1fce",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_moves_owner_update_5cb23",
                            referencing="REFERENCING OLD TABLE AS gone  NEW TABLE AS written ",
                            table="relations_eventfigure",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="eventfigure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_eventfigurehistory" ("event_id", "figure_high", "figure_low", "figure_missing", "figure_qualifier", "figure_unit", "id", "measure", "of", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."event_id", new_values."figure_high", new_values."figure_low", new_values."figure_missing", new_values."figure_qualifier", new_values."figure_unit", new_values."id", new_values."measure", new_values."of", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="acdf73ed88a7c9e70260017cfc13d2777206847f",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_04713",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="relations_eventfigure",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="eventfigure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_eventfigurehistory" ("event_id", "figure_high", "figure_low", "figure_missing", "figure_qualifier", "figure_unit", "id", "measure", "of", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."event_id", new_values."figure_high", new_values."figure_low", new_values."figure_missing", new_values."figure_qualifier", new_values."figure_unit", new_values."id", new_values."measure", new_values."of", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="dee736e1cf394701fcfc04743c191a42f27a73c8",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_28587",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="relations_eventfigure",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="eventfigure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_eventfigurehistory" ("event_id", "figure_high", "figure_low", "figure_missing", "figure_qualifier", "figure_unit", "id", "measure", "of", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."event_id", old_values."figure_high", old_values."figure_low", old_values."figure_missing", old_values."figure_qualifier", old_values."figure_unit", old_values."id", old_values."measure", old_values."of", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="df25cc3d261674d05caa9f51c7333b4588865ea9",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_5cf59",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="relations_eventfigure",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="eventfigurehistory",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="fd07c54072ed0deef691d2c081221de114f65c77",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_5bded",
                            table="relations_eventfigurehistory",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="eventhistory",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="d46934f87ee445d1a42284391d747575e786ede3",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_0e3c0",
                            table="relations_eventhistory",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="formeraddress",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_formeraddresshistory" ("collection", "gone_at", "id", "now_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "slug") SELECT new_values."collection", new_values."gone_at", new_values."id", new_values."now_at", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."slug" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="1c90f6e971737ccf8b65e6c5f8991a20fdcf9e31",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3cf72",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="relations_formeraddress",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="formeraddress",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_formeraddresshistory" ("collection", "gone_at", "id", "now_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "slug") SELECT new_values."collection", new_values."gone_at", new_values."id", new_values."now_at", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."slug" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="c1d0826428c31a88352e21658a6e5aa3731d36a1",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_24bb9",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="relations_formeraddress",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="formeraddress",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_formeraddresshistory" ("collection", "gone_at", "id", "now_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "slug") SELECT old_values."collection", old_values."gone_at", old_values."id", old_values."now_at", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."slug" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="4f6567415f0647882ed3a266ce3671857a0a949a",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_d2448",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="relations_formeraddress",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="formeraddresshistory",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="fcb406d26b1765686c5ff7775971d0065a4018c6",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_e86a1",
                            table="relations_formeraddresshistory",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="lifespan",
                    trigger=pgtrigger.compiler.Trigger(
                        name="moves_owner_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF EXISTS (SELECT country_id FROM (TABLE written) AS part WHERE country_id IS NOT NULL) THEN\n                    UPDATE public.relations_country SET version = version\n                    WHERE code IN (SELECT country_id FROM (TABLE written) AS part) AND changed_at <> now();\n                END IF;\n             RETURN NULL;",
                            hash="4d079bb59401809bc60ce684dc6397239ac2a377",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_moves_owner_insert_595f3",
                            referencing="REFERENCING NEW TABLE AS written ",
                            table="relations_lifespan",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="lifespan",
                    trigger=pgtrigger.compiler.Trigger(
                        name="moves_owner_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF EXISTS (SELECT country_id FROM (TABLE gone) AS part WHERE country_id IS NOT NULL) THEN\n                    UPDATE public.relations_country SET version = version\n                    WHERE code IN (SELECT country_id FROM (TABLE gone) AS part) AND changed_at <> now();\n                END IF;\n             RETURN NULL;",
                            hash="49a295963b5677ac91e35430b24a996927c0d406",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_moves_owner_delete_422e1",
                            referencing="REFERENCING OLD TABLE AS gone ",
                            table="relations_lifespan",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="lifespan",
                    trigger=pgtrigger.compiler.Trigger(
                        name="moves_owner_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF EXISTS (SELECT country_id FROM ((TABLE gone EXCEPT TABLE written) UNION ALL (TABLE written EXCEPT TABLE gone)) AS part WHERE country_id IS NOT NULL) THEN\n                    UPDATE public.relations_country SET version = version\n                    WHERE code IN (SELECT country_id FROM ((TABLE gone EXCEPT TABLE written) UNION ALL (TABLE written EXCEPT TABLE gone)) AS part) AND changed_at <> now();\n                END IF;\n             RETURN NULL;",
                            hash="77f6079868a094a27848201a52be4d0db15b2d63",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_moves_owner_update_edff8",
                            referencing="REFERENCING OLD TABLE AS gone  NEW TABLE AS written ",
                            table="relations_lifespan",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="lifespan",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_lifespanhistory" ("country_id", "existed_from", "existed_until", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."country_id", new_values."existed_from", new_values."existed_until", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="0db77be2230d1d64c2ca25c572b54198c19aa238",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b458b",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="relations_lifespan",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="lifespan",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_lifespanhistory" ("country_id", "existed_from", "existed_until", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."country_id", new_values."existed_from", new_values."existed_until", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."country_id" IS DISTINCT FROM (new_values."country_id") OR old_values."existed_from" IS DISTINCT FROM (new_values."existed_from") OR old_values."existed_until" IS DISTINCT FROM (new_values."existed_until") OR old_values."id" IS DISTINCT FROM (new_values."id")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="cabe31e82de768a07af3275a2dbd47db211ff764",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c10a2",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="relations_lifespan",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="lifespan",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_lifespanhistory" ("country_id", "existed_from", "existed_until", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."country_id", old_values."existed_from", old_values."existed_until", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="e908f2d13f4ca3d9e8d41b5022c361f962268397",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_807d1",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="relations_lifespan",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="lifespanhistory",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="e130fa9f731e000b6b3bd5587367812a33347396",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_2a7b9",
                            table="relations_lifespanhistory",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="mission",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_reused",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'UPDATE' AND NEW.slug = OLD.slug THEN\n                RETURN NULL;\n            END IF;\n            IF EXISTS (SELECT 1 FROM public.relations_formeraddress\n                       WHERE collection = 'missions' AND slug = NEW.slug) THEN\n                RAISE EXCEPTION '% stood at a public address before and cannot be used again', NEW.slug USING ERRCODE = '23514', CONSTRAINT = 'mission_slug_is_never_reused';\n            END IF;\n            RETURN NULL;\n        ",
                            hash="9596a9653e1e93cb8976621afd991f4d89891834",
                            operation='INSERT OR UPDATE OF "slug"',
                            pgid="pgtrigger_never_reused_874ca",
                            table="relations_mission",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="mission",
                    trigger=pgtrigger.compiler.Trigger(
                        name="keeps_address",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF OLD.state = 'published' AND (TG_OP = 'DELETE' OR NEW.state <> 'published') THEN\n                INSERT INTO public.relations_formeraddress (collection, slug, now_at, reason, gone_at)\n                VALUES ('missions', OLD.slug, '',\n                        CASE WHEN TG_OP = 'DELETE' THEN 'deleted' ELSE 'withdrawn' END, now())\n                ON CONFLICT (collection, slug) DO NOTHING;\n            ELSIF TG_OP = 'DELETE' THEN\n                UPDATE public.relations_formeraddress SET reason = 'deleted'\n                WHERE collection = 'missions' AND slug = OLD.slug AND reason = 'withdrawn';\n            ELSIF NEW.state = 'published' AND OLD.state <> 'published' THEN\n                DELETE FROM public.relations_formeraddress WHERE collection = 'missions' AND slug = NEW.slug;\n            END IF;\n            RETURN NULL;\n        ",
                            hash="3d0b5935beece78128a6e8d4e6a5a5c7b6705b71",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keeps_address_59d69",
                            table="relations_mission",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="mission",
                    trigger=pgtrigger.compiler.Trigger(
                        name="published_is_cited",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n        IF (SELECT state FROM public.relations_mission WHERE id = NEW.id) = 'published'\n           AND NOT EXISTS (SELECT 1 FROM public.relations_citation WHERE mission_id = NEW.id AND stance = 'supports') THEN\n            RAISE EXCEPTION 'a published record needs a citation that supports it: %', (SELECT slug FROM public.relations_mission WHERE id = NEW.id) USING ERRCODE = '23514', CONSTRAINT = 'mission_published_is_cited';\n        END IF;\n        RETURN NULL;\n    ",
                            hash="b8fa2f2e6e217060b1103b4acc21f49f32385c1e",
                            operation='INSERT OR UPDATE OF "state"',
                            pgid="pgtrigger_published_is_cited_efcd1",
                            table="relations_mission",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="mission",
                    trigger=pgtrigger.compiler.Trigger(
                        name="reopens_its_own",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            DECLARE other text;\n            BEGIN\n                SELECT slug INTO other FROM public.relations_mission\n                WHERE (id = NEW.reopens_id OR reopens_id = NEW.id)\n                  AND (sending_id, accredited_to_id) <> (NEW.sending_id, NEW.accredited_to_id);\n                IF FOUND THEN\n                    RAISE EXCEPTION 'reopens: % is of other states than this mission', other USING ERRCODE = '23514', CONSTRAINT = 'mission_reopens_its_own';\n                END IF;\n                RETURN NULL;\n            END;\n        ",
                            hash="fe019f5122239f45ef6cbfa8d338146f20b1c42c",
                            operation='INSERT OR UPDATE OF "sending_id", "accredited_to_id", "reopens_id"',
                            pgid="pgtrigger_reopens_its_own_88695",
                            table="relations_mission",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="mission",
                    trigger=pgtrigger.compiler.Trigger(
                        name="stamp",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'INSERT' THEN\n                NEW.version := CASE WHEN NEW.version > 1 AND EXISTS (SELECT FROM public.relations_missionhistory WHERE pgh_obj_id = NEW.id) THEN NEW.version + 1 ELSE 1 END; NEW.created_at := now(); NEW.changed_at := now(); NEW.published_at := NULL;\n            ELSE\n                NEW.version := OLD.version; NEW.changed_at := OLD.changed_at; NEW.created_by_id := OLD.created_by_id; NEW.created_at := OLD.created_at; NEW.published_at := OLD.published_at;\n                IF pg_trigger_depth() > 1 OR ROW(NEW.slug, NEW.modality, NEW.negated, NEW.state, NEW.note, NEW.editor_note, NEW.sending_id, NEW.accredited_to_id, NEW.kind, NEW.head_rank, NEW.protecting_power_id, NEW.city, NEW.host_country_id, NEW.opened_on, NEW.closed_on, NEW.ending, NEW.reopens_id, NEW.reason) IS DISTINCT FROM ROW(OLD.slug, OLD.modality, OLD.negated, OLD.state, OLD.note, OLD.editor_note, OLD.sending_id, OLD.accredited_to_id, OLD.kind, OLD.head_rank, OLD.protecting_power_id, OLD.city, OLD.host_country_id, OLD.opened_on, OLD.closed_on, OLD.ending, OLD.reopens_id, OLD.reason) THEN\n                    IF OLD.published_at IS NOT NULL AND NEW.slug <> OLD.slug THEN RAISE EXCEPTION 'the slug % was published and cannot change', OLD.slug USING ERRCODE = '23514', CONSTRAINT = 'mission_slug_is_frozen'; END IF;\n                    IF OLD.changed_at <> now() THEN\n                        NEW.version := OLD.version + 1;\n                    END IF;\n                    IF pg_trigger_depth() > 1 OR ROW(NEW.slug, NEW.modality, NEW.negated, NEW.state, NEW.note, NEW.sending_id, NEW.accredited_to_id, NEW.kind, NEW.head_rank, NEW.protecting_power_id, NEW.city, NEW.host_country_id, NEW.opened_on, NEW.closed_on, NEW.ending, NEW.reopens_id, NEW.reason) IS DISTINCT FROM ROW(OLD.slug, OLD.modality, OLD.negated, OLD.state, OLD.note, OLD.sending_id, OLD.accredited_to_id, OLD.kind, OLD.head_rank, OLD.protecting_power_id, OLD.city, OLD.host_country_id, OLD.opened_on, OLD.closed_on, OLD.ending, OLD.reopens_id, OLD.reason) THEN\n                        NEW.changed_at := now();\n                    END IF;\n                END IF;\n            END IF;\n            IF NEW.state = 'published' AND NEW.published_at IS NULL THEN NEW.published_at := now(); END IF;\n            RETURN NEW;\n        ",
                            hash="3b27a558e18be9a5f3f10d7d7c4add8c2569d113",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_stamp_6939f",
                            table="relations_mission",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="mission",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_missionhistory" ("accredited_to_id", "changed_at", "city", "closed_on", "created_at", "created_by_id", "editor_note", "ending", "head_rank", "host_country_id", "id", "kind", "modality", "negated", "note", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "protecting_power_id", "published_at", "reason", "reopens_id", "sending_id", "slug", "state", "version") SELECT new_values."accredited_to_id", new_values."changed_at", new_values."city", new_values."closed_on", new_values."created_at", new_values."created_by_id", new_values."editor_note", new_values."ending", new_values."head_rank", new_values."host_country_id", new_values."id", new_values."kind", new_values."modality", new_values."negated", new_values."note", new_values."opened_on", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."protecting_power_id", new_values."published_at", new_values."reason", new_values."reopens_id", new_values."sending_id", new_values."slug", new_values."state", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="65f05b201ddf08b18e139c639b0a0f50b00215d9",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3ccdf",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="relations_mission",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="mission",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_missionhistory" ("accredited_to_id", "changed_at", "city", "closed_on", "created_at", "created_by_id", "editor_note", "ending", "head_rank", "host_country_id", "id", "kind", "modality", "negated", "note", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "protecting_power_id", "published_at", "reason", "reopens_id", "sending_id", "slug", "state", "version") SELECT new_values."accredited_to_id", new_values."changed_at", new_values."city", new_values."closed_on", new_values."created_at", new_values."created_by_id", new_values."editor_note", new_values."ending", new_values."head_rank", new_values."host_country_id", new_values."id", new_values."kind", new_values."modality", new_values."negated", new_values."note", new_values."opened_on", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."protecting_power_id", new_values."published_at", new_values."reason", new_values."reopens_id", new_values."sending_id", new_values."slug", new_values."state", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."accredited_to_id" IS DISTINCT FROM (new_values."accredited_to_id") OR old_values."changed_at" IS DISTINCT FROM (new_values."changed_at") OR old_values."city" IS DISTINCT FROM (new_values."city") OR old_values."closed_on" IS DISTINCT FROM (new_values."closed_on") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."created_by_id" IS DISTINCT FROM (new_values."created_by_id") OR old_values."editor_note" IS DISTINCT FROM (new_values."editor_note") OR old_values."ending" IS DISTINCT FROM (new_values."ending") OR old_values."head_rank" IS DISTINCT FROM (new_values."head_rank") OR old_values."host_country_id" IS DISTINCT FROM (new_values."host_country_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."modality" IS DISTINCT FROM (new_values."modality") OR old_values."negated" IS DISTINCT FROM (new_values."negated") OR old_values."note" IS DISTINCT FROM (new_values."note") OR old_values."opened_on" IS DISTINCT FROM (new_values."opened_on") OR old_values."protecting_power_id" IS DISTINCT FROM (new_values."protecting_power_id") OR old_values."published_at" IS DISTINCT FROM (new_values."published_at") OR old_values."reason" IS DISTINCT FROM (new_values."reason") OR old_values."reopens_id" IS DISTINCT FROM (new_values."reopens_id") OR old_values."sending_id" IS DISTINCT FROM (new_values."sending_id") OR old_values."slug" IS DISTINCT FROM (new_values."slug") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."version" IS DISTINCT FROM (new_values."version")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="c5a1d3cf939cfe5d8e85176ba7746f97c17e7466",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_76695",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="relations_mission",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="mission",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_missionhistory" ("accredited_to_id", "changed_at", "city", "closed_on", "created_at", "created_by_id", "editor_note", "ending", "head_rank", "host_country_id", "id", "kind", "modality", "negated", "note", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "protecting_power_id", "published_at", "reason", "reopens_id", "sending_id", "slug", "state", "version") SELECT old_values."accredited_to_id", old_values."changed_at", old_values."city", old_values."closed_on", old_values."created_at", old_values."created_by_id", old_values."editor_note", old_values."ending", old_values."head_rank", old_values."host_country_id", old_values."id", old_values."kind", old_values."modality", old_values."negated", old_values."note", old_values."opened_on", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."protecting_power_id", old_values."published_at", old_values."reason", old_values."reopens_id", old_values."sending_id", old_values."slug", old_values."state", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="cc7b2d1f93c005a249b17b10bc7b6b34c0a0b36d",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_d13f0",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="relations_mission",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="missionhistory",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="9f680a9c6963e4f779e4f181ba0926e03525c3ba",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_4451f",
                            table="relations_missionhistory",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="observation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_reused",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'UPDATE' AND NEW.slug = OLD.slug THEN\n                RETURN NULL;\n            END IF;\n            IF EXISTS (SELECT 1 FROM public.relations_formeraddress\n                       WHERE collection = 'observations' AND slug = NEW.slug) THEN\n                RAISE EXCEPTION '% stood at a public address before and cannot be used again', NEW.slug USING ERRCODE = '23514', CONSTRAINT = 'observation_slug_is_never_reused';\n            END IF;\n            RETURN NULL;\n        ",
                            hash="d0b4730933cbed238e6bcca46608f2ff960c0840",
                            operation='INSERT OR UPDATE OF "slug"',
                            pgid="pgtrigger_never_reused_5ba2b",
                            table="relations_observation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="observation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="keeps_address",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF OLD.state = 'published' AND (TG_OP = 'DELETE' OR NEW.state <> 'published') THEN\n                INSERT INTO public.relations_formeraddress (collection, slug, now_at, reason, gone_at)\n                VALUES ('observations', OLD.slug, '',\n                        CASE WHEN TG_OP = 'DELETE' THEN 'deleted' ELSE 'withdrawn' END, now())\n                ON CONFLICT (collection, slug) DO NOTHING;\n            ELSIF TG_OP = 'DELETE' THEN\n                UPDATE public.relations_formeraddress SET reason = 'deleted'\n                WHERE collection = 'observations' AND slug = OLD.slug AND reason = 'withdrawn';\n            ELSIF NEW.state = 'published' AND OLD.state <> 'published' THEN\n                DELETE FROM public.relations_formeraddress WHERE collection = 'observations' AND slug = NEW.slug;\n            END IF;\n            RETURN NULL;\n        ",
                            hash="111eba557c33c586c6fd4d535ba877ef42e25443",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keeps_address_15409",
                            table="relations_observation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="observation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="published_is_cited",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n        IF (SELECT state FROM public.relations_observation WHERE id = NEW.id) = 'published'\n           AND NOT EXISTS (SELECT 1 FROM public.relations_citation WHERE observation_id = NEW.id AND stance = 'supports') THEN\n            RAISE EXCEPTION 'a published record needs a citation that supports it: %', (SELECT slug FROM public.relations_observation WHERE id = NEW.id) USING ERRCODE = '23514', CONSTRAINT = 'observation_published_is_cited';\n        END IF;\n        RETURN NULL;\n    ",
                            hash="4613afcb47b44d7611c250522444f944d695e71f",
                            operation='INSERT OR UPDATE OF "state"',
                            pgid="pgtrigger_published_is_cited_8fd13",
                            table="relations_observation",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="observation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="stamp",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'INSERT' THEN\n                NEW.version := CASE WHEN NEW.version > 1 AND EXISTS (SELECT FROM public.relations_observationhistory WHERE pgh_obj_id = NEW.id) THEN NEW.version + 1 ELSE 1 END; NEW.created_at := now(); NEW.changed_at := now(); NEW.published_at := NULL;\n            ELSE\n                NEW.version := OLD.version; NEW.changed_at := OLD.changed_at; NEW.created_by_id := OLD.created_by_id; NEW.created_at := OLD.created_at; NEW.published_at := OLD.published_at;\n                IF pg_trigger_depth() > 1 OR ROW(NEW.slug, NEW.modality, NEW.negated, NEW.state, NEW.note, NEW.editor_note, NEW.measure, NEW.from_country_id, NEW.to_country_id, NEW.period, NEW.subject, NEW.figure_low, NEW.figure_high, NEW.figure_qualifier, NEW.figure_unit, NEW.figure_missing, NEW.reporter) IS DISTINCT FROM ROW(OLD.slug, OLD.modality, OLD.negated, OLD.state, OLD.note, OLD.editor_note, OLD.measure, OLD.from_country_id, OLD.to_country_id, OLD.period, OLD.subject, OLD.figure_low, OLD.figure_high, OLD.figure_qualifier, OLD.figure_unit, OLD.figure_missing, OLD.reporter) THEN\n                    IF OLD.published_at IS NOT NULL AND NEW.slug <> OLD.slug THEN RAISE EXCEPTION 'the slug % was published and cannot change', OLD.slug USING ERRCODE = '23514', CONSTRAINT = 'observation_slug_is_frozen'; END IF;\n                    IF OLD.changed_at <> now() THEN\n                        NEW.version := OLD.version + 1;\n                    END IF;\n                    IF pg_trigger_depth() > 1 OR ROW(NEW.slug, NEW.modality, NEW.negated, NEW.state, NEW.note, NEW.measure, NEW.from_country_id, NEW.to_country_id, NEW.period, NEW.subject, NEW.figure_low, NEW.figure_high, NEW.figure_qualifier, NEW.figure_unit, NEW.figure_missing, NEW.reporter) IS DISTINCT FROM ROW(OLD.slug, OLD.modality, OLD.negated, OLD.state, OLD.note, OLD.measure, OLD.from_country_id, OLD.to_country_id, OLD.period, OLD.subject, OLD.figure_low, OLD.figure_high, OLD.figure_qualifier, OLD.figure_unit, OLD.figure_missing, OLD.reporter) THEN\n                        NEW.changed_at := now();\n                    END IF;\n                END IF;\n            END IF;\n            IF NEW.state = 'published' AND NEW.published_at IS NULL THEN NEW.published_at := now(); END IF;\n            RETURN NEW;\n        ",
                            hash="a17f79642393add692c73a5b6e769f7aa36d2658",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_stamp_1c77b",
                            table="relations_observation",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="observation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_observationhistory" ("changed_at", "created_at", "created_by_id", "editor_note", "figure_high", "figure_low", "figure_missing", "figure_qualifier", "figure_unit", "from_country_id", "id", "measure", "modality", "negated", "note", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "reporter", "slug", "state", "subject", "to_country_id", "version") SELECT new_values."changed_at", new_values."created_at", new_values."created_by_id", new_values."editor_note", new_values."figure_high", new_values."figure_low", new_values."figure_missing", new_values."figure_qualifier", new_values."figure_unit", new_values."from_country_id", new_values."id", new_values."measure", new_values."modality", new_values."negated", new_values."note", new_values."period", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."published_at", new_values."reporter", new_values."slug", new_values."state", new_values."subject", new_values."to_country_id", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="8265c01173cd763b86ffa22ce4accceac760d492",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_cacb6",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="relations_observation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="observation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_observationhistory" ("changed_at", "created_at", "created_by_id", "editor_note", "figure_high", "figure_low", "figure_missing", "figure_qualifier", "figure_unit", "from_country_id", "id", "measure", "modality", "negated", "note", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "reporter", "slug", "state", "subject", "to_country_id", "version") SELECT new_values."changed_at", new_values."created_at", new_values."created_by_id", new_values."editor_note", new_values."figure_high", new_values."figure_low", new_values."figure_missing", new_values."figure_qualifier", new_values."figure_unit", new_values."from_country_id", new_values."id", new_values."measure", new_values."modality", new_values."negated", new_values."note", new_values."period", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."published_at", new_values."reporter", new_values."slug", new_values."state", new_values."subject", new_values."to_country_id", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."changed_at" IS DISTINCT FROM (new_values."changed_at") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."created_by_id" IS DISTINCT FROM (new_values."created_by_id") OR old_values."editor_note" IS DISTINCT FROM (new_values."editor_note") OR old_values."figure_high" IS DISTINCT FROM (new_values."figure_high") OR old_values."figure_low" IS DISTINCT FROM (new_values."figure_low") OR old_values."figure_missing" IS DISTINCT FROM (new_values."figure_missing") OR old_values."figure_qualifier" IS DISTINCT FROM (new_values."figure_qualifier") OR old_values."figure_unit" IS DISTINCT FROM (new_values."figure_unit") OR old_values."from_country_id" IS DISTINCT FROM (new_values."from_country_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."measure" IS DISTINCT FROM (new_values."measure") OR old_values."modality" IS DISTINCT FROM (new_values."modality") OR old_values."negated" IS DISTINCT FROM (new_values."negated") OR old_values."note" IS DISTINCT FROM (new_values."note") OR old_values."period" IS DISTINCT FROM (new_values."period") OR old_values."published_at" IS DISTINCT FROM (new_values."published_at") OR old_values."reporter" IS DISTINCT FROM (new_values."reporter") OR old_values."slug" IS DISTINCT FROM (new_values."slug") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."subject" IS DISTINCT FROM (new_values."subject") OR old_values."to_country_id" IS DISTINCT FROM (new_values."to_country_id") OR old_values."version" IS DISTINCT FROM (new_values."version")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="3ceea67afa238dfcc2f71d9e3be0c74e28ea891b",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b2a7a",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="relations_observation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="observation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_observationhistory" ("changed_at", "created_at", "created_by_id", "editor_note", "figure_high", "figure_low", "figure_missing", "figure_qualifier", "figure_unit", "from_country_id", "id", "measure", "modality", "negated", "note", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "reporter", "slug", "state", "subject", "to_country_id", "version") SELECT old_values."changed_at", old_values."created_at", old_values."created_by_id", old_values."editor_note", old_values."figure_high", old_values."figure_low", old_values."figure_missing", old_values."figure_qualifier", old_values."figure_unit", old_values."from_country_id", old_values."id", old_values."measure", old_values."modality", old_values."negated", old_values."note", old_values."period", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."published_at", old_values."reporter", old_values."slug", old_values."state", old_values."subject", old_values."to_country_id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="82c583a5eb93df24fbea168e77a6bff40504b69e",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a5010",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="relations_observation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="observationhistory",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="83fa0e16e8a4cf950504767dd739d2d40cbb4171",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_249ef",
                            table="relations_observationhistory",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="participation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="keeps_parties",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n        IF (SELECT state FROM public.relations_event WHERE id = OLD.event_id) = 'published'\n           AND NOT EXISTS (SELECT 1 FROM public.relations_participation WHERE event_id = OLD.event_id) THEN\n            RAISE EXCEPTION 'a published event needs somebody who took part: %', (SELECT slug FROM public.relations_event WHERE id = OLD.event_id) USING ERRCODE = '23514', CONSTRAINT = 'event_published_has_parties';\n        END IF;\n        RETURN NULL;\n    ",
                            hash="f93d44ac2d378e0bb9df9e44b939979f0c07f817",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keeps_parties_5be4a",
                            table="relations_participation",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="participation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="stays_named",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n            DECLARE\n                gone text := (SELECT part FROM public.relations_citation AS citation\n                              WHERE event_id = OLD.event_id AND \n        citation.part <> '' AND NOT EXISTS (\n            SELECT 1\n            FROM public.relations_participation AS party LEFT JOIN public.relations_actor AS actor ON actor.id = party.actor_id\n            WHERE party.event_id = citation.event_id\n                AND citation.part IN (party.country_id, actor.slug, party.named_as)\n        ) AND NOT EXISTS (\n            SELECT 1\n            FROM public.relations_dealparty AS party JOIN public.relations_actor AS actor ON actor.id = party.actor_id\n            WHERE party.transfer_id = citation.transfer_id AND citation.part = actor.slug\n        )\n    \n                              LIMIT 1);\n            BEGIN\n                IF gone IS NOT NULL THEN RAISE EXCEPTION 'a citation is about a participant that is gone: %', gone USING ERRCODE = '23514', CONSTRAINT = 'participation_stays_named'; END IF;\n                RETURN NULL;\n            END;\n        ",
                            hash="de0be2056c3a73e15205e967f4b406154b657bc6",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_stays_named_6a24e",
                            table="relations_participation",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="participation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="moves_owner_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF EXISTS (SELECT event_id FROM (TABLE written) AS part WHERE event_id IS NOT NULL) THEN\n                    UPDATE public.relations_event SET version = version\n                    WHERE id IN (SELECT event_id FROM (TABLE written) AS part) AND changed_at <> now();\n                END IF;\n             RETURN NULL;",
                            hash="8ab646a36ddfa214b6b2bd624f03e2afbb9ddaba",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_moves_owner_insert_30423",
                            referencing="REFERENCING NEW TABLE AS written ",
                            table="relations_participation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="participation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="moves_owner_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF EXISTS (SELECT event_id FROM (TABLE gone) AS part WHERE event_id IS NOT NULL) THEN\n                    UPDATE public.relations_event SET version = version\n                    WHERE id IN (SELECT event_id FROM (TABLE gone) AS part) AND changed_at <> now();\n                END IF;\n             RETURN NULL;",
                            hash="0da981412c114a58ca802f8e8fb1c46080a8c275",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_moves_owner_delete_921de",
                            referencing="REFERENCING OLD TABLE AS gone ",
                            table="relations_participation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="participation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="moves_owner_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF EXISTS (SELECT event_id FROM ((TABLE gone EXCEPT TABLE written) UNION ALL (TABLE written EXCEPT TABLE gone)) AS part WHERE event_id IS NOT NULL) THEN\n                    UPDATE public.relations_event SET version = version\n                    WHERE id IN (SELECT event_id FROM ((TABLE gone EXCEPT TABLE written) UNION ALL (TABLE written EXCEPT TABLE gone)) AS part) AND changed_at <> now();\n                END IF;\n             RETURN NULL;",
                            hash="179398f6be8fbec1241a915c063dde316b557738",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_moves_owner_update_7244e",
                            referencing="REFERENCING OLD TABLE AS gone  NEW TABLE AS written ",
                            table="relations_participation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="participation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_participationhistory" ("actor_id", "count", "country_id", "event_id", "id", "named_as", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role") SELECT new_values."actor_id", new_values."count", new_values."country_id", new_values."event_id", new_values."id", new_values."named_as", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."role" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="8d2eba8652bfc1c39a678d72b448141c9fbe6e48",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3fe82",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="relations_participation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="participation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_participationhistory" ("actor_id", "count", "country_id", "event_id", "id", "named_as", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role") SELECT new_values."actor_id", new_values."count", new_values."country_id", new_values."event_id", new_values."id", new_values."named_as", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."role" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="ddcd454bba134380766f1dffff58932c73bfb808",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_537c5",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="relations_participation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="participation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_participationhistory" ("actor_id", "count", "country_id", "event_id", "id", "named_as", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role") SELECT old_values."actor_id", old_values."count", old_values."country_id", old_values."event_id", old_values."id", old_values."named_as", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."role" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="b37315c37e37e8e56b684a094e23c1562201df3c",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_68105",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="relations_participation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="participationhistory",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="93d454a773bc780a76cbd260e182ea59d30f05f6",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_f3e35",
                            table="relations_participationhistory",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="passage",
                    trigger=pgtrigger.compiler.Trigger(
                        name="stands_in_a_document",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF EXISTS (SELECT 1 FROM public.relations_source WHERE id = NEW.source_id AND csl_type = 'dataset') THEN\n                RAISE EXCEPTION 'source: a data set has rows and no sentences' USING ERRCODE = '23514', CONSTRAINT = 'passage_stands_in_a_document';\n            END IF;\n            RETURN NULL;\n        ",
                            hash="0808988b19ad5319308c50d423cef1eab135fef3",
                            operation='INSERT OR UPDATE OF "source_id"',
                            pgid="pgtrigger_stands_in_a_document_c86cd",
                            table="relations_passage",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="passage",
                    trigger=pgtrigger.compiler.Trigger(
                        name="stamp",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'INSERT' THEN\n                NEW.version := CASE WHEN NEW.version > 1 AND EXISTS (SELECT FROM public.relations_passagehistory WHERE pgh_obj_id = NEW.id) THEN NEW.version + 1 ELSE 1 END; NEW.changed_at := now();\n            ELSE\n                NEW.version := OLD.version; NEW.changed_at := OLD.changed_at;\n                IF pg_trigger_depth() > 1 OR ROW(NEW.source_id, NEW.ref, NEW.position, NEW.section, NEW.char_start, NEW.char_end, NEW.sha256, NEW.digest, NEW.finished, NEW.out_of_scope_reason) IS DISTINCT FROM ROW(OLD.source_id, OLD.ref, OLD.position, OLD.section, OLD.char_start, OLD.char_end, OLD.sha256, OLD.digest, OLD.finished, OLD.out_of_scope_reason) THEN\n                    \n                    IF OLD.changed_at <> now() THEN\n                        NEW.version := OLD.version + 1;\n                    END IF;\n                    IF pg_trigger_depth() > 1 OR ROW(NEW.source_id, NEW.ref, NEW.position, NEW.section, NEW.char_start, NEW.char_end, NEW.sha256, NEW.digest, NEW.finished, NEW.out_of_scope_reason) IS DISTINCT FROM ROW(OLD.source_id, OLD.ref, OLD.position, OLD.section, OLD.char_start, OLD.char_end, OLD.sha256, OLD.digest, OLD.finished, OLD.out_of_scope_reason) THEN\n                        NEW.changed_at := now();\n                    END IF;\n                END IF;\n            END IF;\n            \n            RETURN NEW;\n        ",
                            hash="453ea66e303e3db849eb665eb156ee0b28c763f1",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_stamp_c504f",
                            table="relations_passage",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="passage",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_passagehistory" ("changed_at", "char_end", "char_start", "digest", "finished", "id", "out_of_scope_reason", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "ref", "section", "sha256", "source_id", "version") SELECT new_values."changed_at", new_values."char_end", new_values."char_start", new_values."digest", new_values."finished", new_values."id", new_values."out_of_scope_reason", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."position", new_values."ref", new_values."section", new_values."sha256", new_values."source_id", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="f2a5e9174b1b981d45d84c5223653e4c92e081c8",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b2b17",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="relations_passage",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="passage",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_passagehistory" ("changed_at", "char_end", "char_start", "digest", "finished", "id", "out_of_scope_reason", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "ref", "section", "sha256", "source_id", "version") SELECT new_values."changed_at", new_values."char_end", new_values."char_start", new_values."digest", new_values."finished", new_values."id", new_values."out_of_scope_reason", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."position", new_values."ref", new_values."section", new_values."sha256", new_values."source_id", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="21ecddae368e06061e0512b061deaa8f00172c6f",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_bfff5",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="relations_passage",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="passage",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_passagehistory" ("changed_at", "char_end", "char_start", "digest", "finished", "id", "out_of_scope_reason", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "ref", "section", "sha256", "source_id", "version") SELECT old_values."changed_at", old_values."char_end", old_values."char_start", old_values."digest", old_values."finished", old_values."id", old_values."out_of_scope_reason", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position", old_values."ref", old_values."section", old_values."sha256", old_values."source_id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="67787ee3021f9c40d6813ca6586b5d476f9ef394",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e1584",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="relations_passage",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="passagehistory",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="d4f1583b71ce72cd9905fa3aaedb04a3a4c8d1c9",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_6d403",
                            table="relations_passagehistory",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="relation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="pair_never_changes",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."country_a_id" IS DISTINCT FROM (NEW."country_a_id") OR OLD."country_b_id" IS DISTINCT FROM (NEW."country_b_id"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="f2bb04b7e4d78a08fce79e55947fefe5d6663070",
                            operation="UPDATE",
                            pgid="pgtrigger_pair_never_changes_9be22",
                            table="relations_relation",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="relation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="stamp",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'INSERT' THEN\n                NEW.version := CASE WHEN NEW.version > 1 AND EXISTS (SELECT FROM public.relations_relationhistory WHERE pgh_obj_id = NEW.id) THEN NEW.version + 1 ELSE 1 END; NEW.changed_at := now();\n            ELSE\n                NEW.version := OLD.version; NEW.changed_at := OLD.changed_at;\n                IF pg_trigger_depth() > 1 OR ROW(NEW.country_a_id, NEW.country_b_id, NEW.summary) IS DISTINCT FROM ROW(OLD.country_a_id, OLD.country_b_id, OLD.summary) THEN\n                    \n                    IF OLD.changed_at <> now() THEN\n                        NEW.version := OLD.version + 1;\n                    END IF;\n                    IF pg_trigger_depth() > 1 OR ROW(NEW.country_a_id, NEW.country_b_id, NEW.summary) IS DISTINCT FROM ROW(OLD.country_a_id, OLD.country_b_id, OLD.summary) THEN\n                        NEW.changed_at := now();\n                    END IF;\n                END IF;\n            END IF;\n            \n            RETURN NEW;\n        ",
                            hash="9b02092843be571ea59a608001cb17ad1bc1234a",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_stamp_f45ab",
                            table="relations_relation",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="relation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_relationhistory" ("changed_at", "country_a_id", "country_b_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "summary", "version") SELECT new_values."changed_at", new_values."country_a_id", new_values."country_b_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."summary", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="8013d23ab8650c3b220363e25859dc6a069195cf",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_14aaf",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="relations_relation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="relation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_relationhistory" ("changed_at", "country_a_id", "country_b_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "summary", "version") SELECT new_values."changed_at", new_values."country_a_id", new_values."country_b_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."summary", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="85f1f9b830c75761b01904f9c545e17d6ce21020",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_0f7a4",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="relations_relation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="relation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_relationhistory" ("changed_at", "country_a_id", "country_b_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "summary", "version") SELECT old_values."changed_at", old_values."country_a_id", old_values."country_b_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."summary", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="f3baac3a4f23d358aed03df827b3f6bdd457aaa9",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2e9dc",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="relations_relation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="relationhistory",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="3b68923fbde01264105d00d75a277e5b2125880e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_360a5",
                            table="relations_relationhistory",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="relationperiod",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_reused",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'UPDATE' AND NEW.slug = OLD.slug THEN\n                RETURN NULL;\n            END IF;\n            IF EXISTS (SELECT 1 FROM public.relations_formeraddress\n                       WHERE collection = 'periods' AND slug = NEW.slug) THEN\n                RAISE EXCEPTION '% stood at a public address before and cannot be used again', NEW.slug USING ERRCODE = '23514', CONSTRAINT = 'relationperiod_slug_is_never_reused';\n            END IF;\n            RETURN NULL;\n        ",
                            hash="4890078b0f405a6691290c0714d0894c16134391",
                            operation='INSERT OR UPDATE OF "slug"',
                            pgid="pgtrigger_never_reused_facae",
                            table="relations_relationperiod",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="relationperiod",
                    trigger=pgtrigger.compiler.Trigger(
                        name="keeps_address",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF OLD.state = 'published' AND (TG_OP = 'DELETE' OR NEW.state <> 'published') THEN\n                INSERT INTO public.relations_formeraddress (collection, slug, now_at, reason, gone_at)\n                VALUES ('periods', OLD.slug, '',\n                        CASE WHEN TG_OP = 'DELETE' THEN 'deleted' ELSE 'withdrawn' END, now())\n                ON CONFLICT (collection, slug) DO NOTHING;\n            ELSIF TG_OP = 'DELETE' THEN\n                UPDATE public.relations_formeraddress SET reason = 'deleted'\n                WHERE collection = 'periods' AND slug = OLD.slug AND reason = 'withdrawn';\n            ELSIF NEW.state = 'published' AND OLD.state <> 'published' THEN\n                DELETE FROM public.relations_formeraddress WHERE collection = 'periods' AND slug = NEW.slug;\n            END IF;\n            RETURN NULL;\n        ",
                            hash="b035ddbd64fbb2e99c01fd854b0ac0b77042bfdc",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_keeps_address_4b717",
                            table="relations_relationperiod",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="relationperiod",
                    trigger=pgtrigger.compiler.Trigger(
                        name="published_is_cited",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            constraint="CONSTRAINT",
                            func="\n        IF (SELECT state FROM public.relations_relationperiod WHERE id = NEW.id) = 'published'\n           AND NOT EXISTS (SELECT 1 FROM public.relations_citation WHERE period_id = NEW.id AND stance = 'supports') THEN\n            RAISE EXCEPTION 'a published record needs a citation that supports it: %', (SELECT slug FROM public.relations_relationperiod WHERE id = NEW.id) USING ERRCODE = '23514', CONSTRAINT = 'relationperiod_published_is_cited';\n        END IF;\n        RETURN NULL;\n    ",
                            hash="f8f049720fbd1221bb4ed154ebcc27472e4cb9d9",
                            operation='INSERT OR UPDATE OF "state"',
                            pgid="pgtrigger_published_is_cited_a4ed8",
                            table="relations_relationperiod",
                            timing="DEFERRABLE INITIALLY DEFERRED",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="relationperiod",
                    trigger=pgtrigger.compiler.Trigger(
                        name="held_by_a_side",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF NEW.held_by_id IS NOT NULL AND NOT EXISTS (\n                SELECT 1 FROM public.relations_relation\n                WHERE id = NEW.relation_id AND NEW.held_by_id IN (country_a_id, country_b_id)) THEN\n                RAISE EXCEPTION 'held_by: % is no side of this relation', NEW.held_by_id USING ERRCODE = '23514', CONSTRAINT = 'relationperiod_held_by_a_side';\n            END IF;\n            RETURN NEW;\n        ",
                            hash="251d6c7e18bc8721e165634b914a5e9d9173e00f",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_held_by_a_side_13e93",
                            table="relations_relationperiod",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="relationperiod",
                    trigger=pgtrigger.compiler.Trigger(
                        name="stamp",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'INSERT' THEN\n                NEW.version := CASE WHEN NEW.version > 1 AND EXISTS (SELECT FROM public.relations_relationperiodhistory WHERE pgh_obj_id = NEW.id) THEN NEW.version + 1 ELSE 1 END; NEW.created_at := now(); NEW.changed_at := now(); NEW.published_at := NULL;\n            ELSE\n                NEW.version := OLD.version; NEW.changed_at := OLD.changed_at; NEW.created_by_id := OLD.created_by_id; NEW.created_at := OLD.created_at; NEW.published_at := OLD.published_at;\n                IF pg_trigger_depth() > 1 OR ROW(NEW.slug, NEW.modality, NEW.negated, NEW.state, NEW.note, NEW.editor_note, NEW.relation_id, NEW.track, NEW.value, NEW.held_by_id, NEW.subject, NEW.exception, NEW.began_on, NEW.ended_on, NEW.reason) IS DISTINCT FROM ROW(OLD.slug, OLD.modality, OLD.negated, OLD.state, OLD.note, OLD.editor_note, OLD.relation_id, OLD.track, OLD.value, OLD.held_by_id, OLD.subject, OLD.exception, OLD.began_on, OLD.ended_on, OLD.reason) THEN\n                    IF OLD.published_at IS NOT NULL AND NEW.slug <> OLD.slug THEN RAISE EXCEPTION 'the slug % was published and cannot change', OLD.slug USING ERRCODE = '23514', CONSTRAINT = 'relationperiod_slug_is_frozen'; END IF;\n                    IF OLD.changed_at <> now() THEN\n                        NEW.version := OLD.version + 1;\n                    END IF;\n                    IF pg_trigger_depth() > 1 OR ROW(NEW.slug, NEW.modality, NEW.negated, NEW.state, NEW.note, NEW.relation_id, NEW.track, NEW.value, NEW.held_by_id, NEW.subject, NEW.exception, NEW.began_on, NEW.ended_on, NEW.reason) IS DISTINCT FROM ROW(OLD.slug, OLD.modality, OLD.negated, OLD.state, OLD.note, OLD.relation_id, OLD.track, OLD.value, OLD.held_by_id, OLD.subject, OLD.exception, OLD.began_on, OLD.ended_on, OLD.reason) THEN\n                        NEW.changed_at := now();\n                    END IF;\n                END IF;\n            END IF;\n            IF NEW.state = 'published' AND NEW.published_at IS NULL THEN NEW.published_at := now(); END IF;\n            RETURN NEW;\n        ",
                            hash="3d2d215263bb0ce52980e622f0f9c127da353c71",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_stamp_8b466",
                            table="relations_relationperiod",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="relationperiod",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_relationperiodhistory" ("began_on", "changed_at", "created_at", "created_by_id", "editor_note", "ended_on", "exception", "held_by_id", "id", "modality", "negated", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "reason", "relation_id", "slug", "state", "subject", "track", "value", "version") SELECT new_values."began_on", new_values."changed_at", new_values."created_at", new_values."created_by_id", new_values."editor_note", new_values."ended_on", new_values."exception", new_values."held_by_id", new_values."id", new_values."modality", new_values."negated", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."published_at", new_values."reason", new_values."relation_id", new_values."slug", new_values."state", new_values."subject", new_values."track", new_values."value", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="c53956252400737d4a7affdb303f2dda298929a4",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_5b61f",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="relations_relationperiod",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="relationperiod",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_relationperiodhistory" ("began_on", "changed_at", "created_at", "created_by_id", "editor_note", "ended_on", "exception", "held_by_id", "id", "modality", "negated", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "reason", "relation_id", "slug", "state", "subject", "track", "value", "version") SELECT new_values."began_on", new_values."changed_at", new_values."created_at", new_values."created_by_id", new_values."editor_note", new_values."ended_on", new_values."exception", new_values."held_by_id", new_values."id", new_values."modality", new_values."negated", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."published_at", new_values."reason", new_values."relation_id", new_values."slug", new_values."state", new_values."subject", new_values."track", new_values."value", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."began_on" IS DISTINCT FROM (new_values."began_on") OR old_values."changed_at" IS DISTINCT FROM (new_values."changed_at") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."created_by_id" IS DISTINCT FROM (new_values."created_by_id") OR old_values."editor_note" IS DISTINCT FROM (new_values."editor_note") OR old_values."ended_on" IS DISTINCT FROM (new_values."ended_on") OR old_values."exception" IS DISTINCT FROM (new_values."exception") OR old_values."held_by_id" IS DISTINCT FROM (new_values."held_by_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."modality" IS DISTINCT FROM (new_values."modality") OR old_values."negated" IS DISTINCT FROM (new_values."negated") OR old_values."note" IS DISTINCT FROM (new_values."note") OR old_values."published_at" IS DISTINCT FROM (new_values."published_at") OR old_values."reason" IS DISTINCT FROM (new_values."reason") OR old_values."relation_id" IS DISTINCT FROM (new_values."relation_id") OR old_values."slug" IS DISTINCT FROM (new_values."slug") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."subject" IS DISTINCT FROM (new_values."subject") OR old_values."track" IS DISTINCT FROM (new_values."track") OR old_values."value" IS DISTINCT FROM (new_values."value") OR old_values."version" IS DISTINCT FROM (new_values."version")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="2e07ecf7d94680341b7147a974848f21b121dd22",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6f80a",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="relations_relationperiod",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="relationperiod",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_relationperiodhistory" ("began_on", "changed_at", "created_at", "created_by_id", "editor_note", "ended_on", "exception", "held_by_id", "id", "modality", "negated", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "reason", "relation_id", "slug", "state", "subject", "track", "value", "version") SELECT old_values."began_on", old_values."changed_at", old_values."created_at", old_values."created_by_id", old_values."editor_note", old_values."ended_on", old_values."exception", old_values."held_by_id", old_values."id", old_values."modality", old_values."negated", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."published_at", old_values."reason", old_values."relation_id", old_values."slug", old_values."state", old_values."subject", old_values."track", old_values."value", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="86d9ddd3335347ebc3cce16e3fda0c605410164d",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_59b09",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="relations_relationperiod",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="relationperiodhistory",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="d642c04df3b197189ee2b657066650aa4be37f1e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_455e7",
                            table="relations_relationperiodhistory",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="source",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_reused",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'UPDATE' AND NEW.key = OLD.key THEN\n                RETURN NULL;\n            END IF;\n            IF EXISTS (SELECT 1 FROM public.relations_formeraddress\n                       WHERE collection = 'sources' AND slug = NEW.key) THEN\n                RAISE EXCEPTION '% stood at a public address before and cannot be used again', NEW.key USING ERRCODE = '23514', CONSTRAINT = 'source_key_is_never_reused';\n            END IF;\n            RETURN NULL;\n        ",
                            hash="811889fbd7daaecd072febeb8ccd6695000710f3",
                            operation='INSERT OR UPDATE OF "key"',
                            pgid="pgtrigger_never_reused_693b1",
                            table="relations_source",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="source",
                    trigger=pgtrigger.compiler.Trigger(
                        name="follows_rename",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'DELETE' THEN\n                UPDATE public.relations_formeraddress SET now_at = '', reason = 'deleted'\n                WHERE collection = 'sources' AND now_at = OLD.key;\n                INSERT INTO public.relations_formeraddress (collection, slug, now_at, reason, gone_at)\n                VALUES ('sources', OLD.key, '', 'deleted', now()) ON CONFLICT (collection, slug) DO NOTHING;\n            ELSIF NEW.key <> OLD.key THEN\n                DELETE FROM public.relations_formeraddress\n                WHERE collection = 'sources' AND slug = NEW.key AND now_at = OLD.key;\n                UPDATE public.relations_formeraddress SET now_at = NEW.key WHERE collection = 'sources' AND now_at = OLD.key;\n                INSERT INTO public.relations_formeraddress (collection, slug, now_at, reason, gone_at)\n                VALUES ('sources', OLD.key, NEW.key, 'renamed', now())\n                ON CONFLICT (collection, slug) DO UPDATE SET now_at = NEW.key, reason = 'renamed', gone_at = now();\n            END IF;\n            RETURN NULL;\n        ",
                            hash="4e7e5b34e311ee4156f267a6f93a943b07274863",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_follows_rename_dc7fd",
                            table="relations_source",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="source",
                    trigger=pgtrigger.compiler.Trigger(
                        name="data_set_has_rows",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF NEW.csl_type = 'dataset' AND EXISTS (SELECT 1 FROM public.relations_passage WHERE source_id = NEW.id) THEN\n                RAISE EXCEPTION 'csl_type: it has sentences, and a data set has rows' USING ERRCODE = '23514', CONSTRAINT = 'source_data_set_has_rows';\n            END IF;\n            RETURN NULL;\n        ",
                            hash="de46c394b7b7e5dd6e91f10a5902e3918d4d2cf6",
                            operation='UPDATE OF "csl_type"',
                            pgid="pgtrigger_data_set_has_rows_7d5c1",
                            table="relations_source",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="source",
                    trigger=pgtrigger.compiler.Trigger(
                        name="stamp",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'INSERT' THEN\n                NEW.version := CASE WHEN NEW.version > 1 AND EXISTS (SELECT FROM public.relations_sourcehistory WHERE pgh_obj_id = NEW.id) THEN NEW.version + 1 ELSE 1 END; NEW.changed_at := now();\n            ELSE\n                NEW.version := OLD.version; NEW.changed_at := OLD.changed_at;\n                IF pg_trigger_depth() > 1 OR ROW(NEW.key, NEW.csl_type, NEW.title, NEW.authors, NEW.container_title, NEW.publisher, NEW.publisher_place, NEW.volume, NEW.issue, NEW.page, NEW.edition, NEW.language, NEW.doi, NEW.isbn, NEW.url, NEW.archive_url, NEW.issued_on, NEW.speaks_until, NEW.accessed_on, NEW.sha256, NEW.licence, NEW.licence_url, NEW.text_is_public, NEW.note) IS DISTINCT FROM ROW(OLD.key, OLD.csl_type, OLD.title, OLD.authors, OLD.container_title, OLD.publisher, OLD.publisher_place, OLD.volume, OLD.issue, OLD.page, OLD.edition, OLD.language, OLD.doi, OLD.isbn, OLD.url, OLD.archive_url, OLD.issued_on, OLD.speaks_until, OLD.accessed_on, OLD.sha256, OLD.licence, OLD.licence_url, OLD.text_is_public, OLD.note) THEN\n                    \n                    IF OLD.changed_at <> now() THEN\n                        NEW.version := OLD.version + 1;\n                    END IF;\n                    IF pg_trigger_depth() > 1 OR ROW(NEW.key, NEW.csl_type, NEW.title, NEW.authors, NEW.container_title, NEW.publisher, NEW.publisher_place, NEW.volume, NEW.issue, NEW.page, NEW.edition, NEW.language, NEW.doi, NEW.isbn, NEW.url, NEW.archive_url, NEW.issued_on, NEW.speaks_until, NEW.accessed_on, NEW.sha256, NEW.licence, NEW.licence_url, NEW.text_is_public, NEW.note) IS DISTINCT FROM ROW(OLD.key, OLD.csl_type, OLD.title, OLD.authors, OLD.container_title, OLD.publisher, OLD.publisher_place, OLD.volume, OLD.issue, OLD.page, OLD.edition, OLD.language, OLD.doi, OLD.isbn, OLD.url, OLD.archive_url, OLD.issued_on, OLD.speaks_until, OLD.accessed_on, OLD.sha256, OLD.licence, OLD.licence_url, OLD.text_is_public, OLD.note) THEN\n                        NEW.changed_at := now();\n                    END IF;\n                END IF;\n            END IF;\n            \n            RETURN NEW;\n        ",
                            hash="4d0196b15b752584bdc4cafe828e564f60d7832f",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_stamp_c7591",
                            table="relations_source",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="source",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_sourcehistory" ("accessed_on", "archive_url", "authors", "changed_at", "container_title", "csl_type", "doi", "edition", "id", "isbn", "issue", "issued_on", "key", "language", "licence", "licence_url", "note", "page", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publisher", "publisher_place", "sha256", "speaks_until", "text_is_public", "title", "url", "version", "volume") SELECT new_values."accessed_on", new_values."archive_url", new_values."authors", new_values."changed_at", new_values."container_title", new_values."csl_type", new_values."doi", new_values."edition", new_values."id", new_values."isbn", new_values."issue", new_values."issued_on", new_values."key", new_values."language", new_values."licence", new_values."licence_url", new_values."note", new_values."page", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."publisher", new_values."publisher_place", new_values."sha256", new_values."speaks_until", new_values."text_is_public", new_values."title", new_values."url", new_values."version", new_values."volume" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="e67980877b0339d1070241f7e18f7eca1db3d140",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2c421",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="relations_source",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="source",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_sourcehistory" ("accessed_on", "archive_url", "authors", "changed_at", "container_title", "csl_type", "doi", "edition", "id", "isbn", "issue", "issued_on", "key", "language", "licence", "licence_url", "note", "page", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publisher", "publisher_place", "sha256", "speaks_until", "text_is_public", "title", "url", "version", "volume") SELECT new_values."accessed_on", new_values."archive_url", new_values."authors", new_values."changed_at", new_values."container_title", new_values."csl_type", new_values."doi", new_values."edition", new_values."id", new_values."isbn", new_values."issue", new_values."issued_on", new_values."key", new_values."language", new_values."licence", new_values."licence_url", new_values."note", new_values."page", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."publisher", new_values."publisher_place", new_values."sha256", new_values."speaks_until", new_values."text_is_public", new_values."title", new_values."url", new_values."version", new_values."volume" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."accessed_on" IS DISTINCT FROM (new_values."accessed_on") OR old_values."archive_url" IS DISTINCT FROM (new_values."archive_url") OR old_values."authors" IS DISTINCT FROM (new_values."authors") OR old_values."changed_at" IS DISTINCT FROM (new_values."changed_at") OR old_values."container_title" IS DISTINCT FROM (new_values."container_title") OR old_values."csl_type" IS DISTINCT FROM (new_values."csl_type") OR old_values."doi" IS DISTINCT FROM (new_values."doi") OR old_values."edition" IS DISTINCT FROM (new_values."edition") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."isbn" IS DISTINCT FROM (new_values."isbn") OR old_values."issue" IS DISTINCT FROM (new_values."issue") OR old_values."issued_on" IS DISTINCT FROM (new_values."issued_on") OR old_values."key" IS DISTINCT FROM (new_values."key") OR old_values."language" IS DISTINCT FROM (new_values."language") OR old_values."licence" IS DISTINCT FROM (new_values."licence") OR old_values."licence_url" IS DISTINCT FROM (new_values."licence_url") OR old_values."note" IS DISTINCT FROM (new_values."note") OR old_values."page" IS DISTINCT FROM (new_values."page") OR old_values."publisher" IS DISTINCT FROM (new_values."publisher") OR old_values."publisher_place" IS DISTINCT FROM (new_values."publisher_place") OR old_values."sha256" IS DISTINCT FROM (new_values."sha256") OR old_values."speaks_until" IS DISTINCT FROM (new_values."speaks_until") OR old_values."text_is_public" IS DISTINCT FROM (new_values."text_is_public") OR old_values."title" IS DISTINCT FROM (new_values."title") OR old_values."url" IS DISTINCT FROM (new_values."url") OR old_values."version" IS DISTINCT FROM (new_values."version") OR old_values."volume" IS DISTINCT FROM (new_values."volume")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="59d4ca65887efa0125b3e2c70edfaf07b93734e7",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b4422",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="relations_source",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="source",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_sourcehistory" ("accessed_on", "archive_url", "authors", "changed_at", "container_title", "csl_type", "doi", "edition", "id", "isbn", "issue", "issued_on", "key", "language", "licence", "licence_url", "note", "page", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publisher", "publisher_place", "sha256", "speaks_until", "text_is_public", "title", "url", "version", "volume") SELECT old_values."accessed_on", old_values."archive_url", old_values."authors", old_values."changed_at", old_values."container_title", old_values."csl_type", old_values."doi", old_values."edition", old_values."id", old_values."isbn", old_values."issue", old_values."issued_on", old_values."key", old_values."language", old_values."licence", old_values."licence_url", old_values."note", old_values."page", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."publisher", old_values."publisher_place", old_values."sha256", old_values."speaks_until", old_values."text_is_public", old_values."title", old_values."url", old_values."version", old_values."volume" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="89cfdf5d228c9c658a55b02cfd95b48dc78bc60a",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b6e4a",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="relations_source",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sourcehistory",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="a4f68895db86a6d69498cc9219ebe605b1f2801d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_da02f",
                            table="relations_sourcehistory",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="succession",
                    trigger=pgtrigger.compiler.Trigger(
                        name="follows_in_time",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            PERFORM pg_advisory_xact_lock('public.relations_succession'::regclass::oid::bigint);\n            IF EXISTS (\n                WITH RECURSIVE repeated (country) AS (\n                    SELECT country_id FROM public.relations_lifespan GROUP BY country_id HAVING count(*) > 1\n                ), following (code) AS (\n                    SELECT NEW.successor_id\n                    UNION\n                    SELECT successor_id FROM public.relations_succession JOIN following ON predecessor_id = code\n                    WHERE code NOT IN (SELECT country FROM repeated)\n                )\n                SELECT 1 FROM following\n                WHERE code = NEW.predecessor_id AND code NOT IN (SELECT country FROM repeated)\n            ) THEN\n                RAISE EXCEPTION 'successor: % comes before this state already', NEW.successor_id USING ERRCODE = '23514', CONSTRAINT = 'succession_is_no_circle';\n            END IF;\n            RETURN NULL;\n        ",
                            hash="da53f36aad7aace1ac35043aed33951238bdb90f",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_follows_in_time_5525c",
                            table="relations_succession",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="succession",
                    trigger=pgtrigger.compiler.Trigger(
                        name="moves_owner_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF EXISTS (SELECT predecessor_id FROM (TABLE written) AS part WHERE predecessor_id IS NOT NULL) THEN\n                    UPDATE public.relations_country SET version = version\n                    WHERE code IN (SELECT predecessor_id FROM (TABLE written) AS part) AND changed_at <> now();\n                END IF;\n             RETURN NULL;",
                            hash="8ad1dfd0e8f49274ac6a6a3356b5fe59d4eba903",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_moves_owner_insert_ee6f6",
                            referencing="REFERENCING NEW TABLE AS written ",
                            table="relations_succession",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="succession",
                    trigger=pgtrigger.compiler.Trigger(
                        name="moves_owner_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF EXISTS (SELECT predecessor_id FROM (TABLE gone) AS part WHERE predecessor_id IS NOT NULL) THEN\n                    UPDATE public.relations_country SET version = version\n                    WHERE code IN (SELECT predecessor_id FROM (TABLE gone) AS part) AND changed_at <> now();\n                END IF;\n             RETURN NULL;",
                            hash="0c0cec492897244a184cea972853b44d81a03025",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_moves_owner_delete_cb136",
                            referencing="REFERENCING OLD TABLE AS gone ",
                            table="relations_succession",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="succession",
                    trigger=pgtrigger.compiler.Trigger(
                        name="moves_owner_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                IF EXISTS (SELECT predecessor_id FROM ((TABLE gone EXCEPT TABLE written) UNION ALL (TABLE written EXCEPT TABLE gone)) AS part WHERE predecessor_id IS NOT NULL) THEN\n                    UPDATE public.relations_country SET version = version\n                    WHERE code IN (SELECT predecessor_id FROM ((TABLE gone EXCEPT TABLE written) UNION ALL (TABLE written EXCEPT TABLE gone)) AS part) AND changed_at <> now();\n                END IF;\n             RETURN NULL;",
                            hash="2490148f24d66c22807834de2d4e8cb1b6ec0682",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_moves_owner_update_1bdd9",
                            referencing="REFERENCING OLD TABLE AS gone  NEW TABLE AS written ",
                            table="relations_succession",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="succession",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_successionhistory" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "predecessor_id", "successor_id") SELECT new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."predecessor_id", new_values."successor_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="05619f86f9350fb06a9b73bfc8c2ee1a1f287362",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a970b",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="relations_succession",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="succession",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_successionhistory" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "predecessor_id", "successor_id") SELECT new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."predecessor_id", new_values."successor_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="2979edfcf3a2931a3c6f91127899cf694efda2be",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_2d9fc",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="relations_succession",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="succession",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "relations_successionhistory" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "predecessor_id", "successor_id") SELECT old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."predecessor_id", old_values."successor_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="88981df18449e517d071cf3b446fa0d3b70fca37",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e29c4",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="relations_succession",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="successionhistory",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="352c1cae86df1062ffca68a9a1f7503ceaaedd3c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_927ba",
                            table="relations_successionhistory",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        )
    ]
