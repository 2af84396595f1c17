import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations
from django.db.migrations.operations.base import Operation


class TriggersAtOnce(Operation):
    """Many AddTrigger operations as one: by itself each would have Django render all related models again.

    A rendered model does not need to know its triggers, so that the state is told and nothing is rendered.
    """

    def __init__(self, operations):
        self.operations = operations

    def state_forwards(self, app_label, state):
        for operation in self.operations:
            options = state.models[app_label, operation.model_name].options
            options["triggers"] = [*options.get("triggers", []), operation.trigger]

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return f"Create {len(self.operations)} triggers"


class Migration(migrations.Migration):
    dependencies = [
        ("relations", "0002_register"),
    ]

    operations = [
        TriggersAtOnce(
            [
                pgtrigger.migrations.AddTrigger(
                    model_name="formeraddress",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "relations_formeraddresshistory" ("collection", "gone_at", "id", "now_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "slug") VALUES (NEW."collection", NEW."gone_at", NEW."id", NEW."now_at", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."slug"); RETURN NULL;',
                            hash="d1f99ee3319510a90457fdb7b4d6c31a6225a411",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3cf72",
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
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "relations_formeraddresshistory" ("collection", "gone_at", "id", "now_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "slug") VALUES (NEW."collection", NEW."gone_at", NEW."id", NEW."now_at", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."slug"); RETURN NULL;',
                            hash="ded0088f0e4c1d07f0ef343c849847a9f2dd034c",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_24bb9",
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
                            func='INSERT INTO "relations_formeraddresshistory" ("collection", "gone_at", "id", "now_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "slug") VALUES (OLD."collection", OLD."gone_at", OLD."id", OLD."now_at", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."slug"); RETURN NULL;',
                            hash="357df6822e4ce4b0c58ecb8817c2baec42173fc4",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_d2448",
                            table="relations_formeraddress",
                            when="AFTER",
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
                        name="stamp",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'INSERT' THEN\n                NEW.version := 1; NEW.changed_at := now();\n            ELSE\n                NEW.version := OLD.version; NEW.changed_at := OLD.changed_at;\n                IF pg_trigger_depth() > 1 OR ROW(NEW.key, NEW.csl_type, NEW.title, NEW.authors, NEW.container_title, NEW.publisher, NEW.publisher_place, NEW.volume, NEW.issue, NEW.page, NEW.edition, NEW.language, NEW.doi, NEW.isbn, NEW.url, NEW.archive_url, NEW.issued_on, NEW.speaks_until, NEW.accessed_on, NEW.sha256, NEW.text_is_public, NEW.note) IS DISTINCT FROM ROW(OLD.key, OLD.csl_type, OLD.title, OLD.authors, OLD.container_title, OLD.publisher, OLD.publisher_place, OLD.volume, OLD.issue, OLD.page, OLD.edition, OLD.language, OLD.doi, OLD.isbn, OLD.url, OLD.archive_url, OLD.issued_on, OLD.speaks_until, OLD.accessed_on, OLD.sha256, OLD.text_is_public, OLD.note) THEN\n                    \n                    IF OLD.changed_at <> now() THEN\n                        NEW.version := OLD.version + 1;\n                    END IF;\n                    IF pg_trigger_depth() > 1 OR ROW(NEW.key, NEW.csl_type, NEW.title, NEW.authors, NEW.container_title, NEW.publisher, NEW.publisher_place, NEW.volume, NEW.issue, NEW.page, NEW.edition, NEW.language, NEW.doi, NEW.isbn, NEW.url, NEW.archive_url, NEW.issued_on, NEW.speaks_until, NEW.accessed_on, NEW.sha256, NEW.text_is_public, NEW.note) IS DISTINCT FROM ROW(OLD.key, OLD.csl_type, OLD.title, OLD.authors, OLD.container_title, OLD.publisher, OLD.publisher_place, OLD.volume, OLD.issue, OLD.page, OLD.edition, OLD.language, OLD.doi, OLD.isbn, OLD.url, OLD.archive_url, OLD.issued_on, OLD.speaks_until, OLD.accessed_on, OLD.sha256, OLD.text_is_public, OLD.note) THEN\n                        NEW.changed_at := now();\n                    END IF;\n                END IF;\n            END IF;\n            \n            RETURN NEW;\n        ",
                            hash="f5ca9146b7928ea854ba73cc5d8a4fbe59d7c652",
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
                            func='INSERT INTO "relations_sourcehistory" ("accessed_on", "archive_url", "authors", "changed_at", "container_title", "csl_type", "doi", "edition", "id", "isbn", "issue", "issued_on", "key", "language", "note", "page", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publisher", "publisher_place", "sha256", "speaks_until", "text_is_public", "title", "url", "version", "volume") VALUES (NEW."accessed_on", NEW."archive_url", NEW."authors", NEW."changed_at", NEW."container_title", NEW."csl_type", NEW."doi", NEW."edition", NEW."id", NEW."isbn", NEW."issue", NEW."issued_on", NEW."key", NEW."language", NEW."note", NEW."page", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."publisher", NEW."publisher_place", NEW."sha256", NEW."speaks_until", NEW."text_is_public", NEW."title", NEW."url", NEW."version", NEW."volume"); RETURN NULL;',
                            hash="0400b11faeb9f11e168d171069321f9989a57f21",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2c421",
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
                            condition='WHEN (OLD."accessed_on" IS DISTINCT FROM (NEW."accessed_on") OR OLD."archive_url" IS DISTINCT FROM (NEW."archive_url") OR OLD."authors" IS DISTINCT FROM (NEW."authors") OR OLD."changed_at" IS DISTINCT FROM (NEW."changed_at") OR OLD."container_title" IS DISTINCT FROM (NEW."container_title") OR OLD."csl_type" IS DISTINCT FROM (NEW."csl_type") OR OLD."doi" IS DISTINCT FROM (NEW."doi") OR OLD."edition" IS DISTINCT FROM (NEW."edition") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."isbn" IS DISTINCT FROM (NEW."isbn") OR OLD."issue" IS DISTINCT FROM (NEW."issue") OR OLD."issued_on" IS DISTINCT FROM (NEW."issued_on") OR OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."page" IS DISTINCT FROM (NEW."page") OR OLD."publisher" IS DISTINCT FROM (NEW."publisher") OR OLD."publisher_place" IS DISTINCT FROM (NEW."publisher_place") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."speaks_until" IS DISTINCT FROM (NEW."speaks_until") OR OLD."text_is_public" IS DISTINCT FROM (NEW."text_is_public") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."url" IS DISTINCT FROM (NEW."url") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."volume" IS DISTINCT FROM (NEW."volume"))',
                            func='INSERT INTO "relations_sourcehistory" ("accessed_on", "archive_url", "authors", "changed_at", "container_title", "csl_type", "doi", "edition", "id", "isbn", "issue", "issued_on", "key", "language", "note", "page", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publisher", "publisher_place", "sha256", "speaks_until", "text_is_public", "title", "url", "version", "volume") VALUES (NEW."accessed_on", NEW."archive_url", NEW."authors", NEW."changed_at", NEW."container_title", NEW."csl_type", NEW."doi", NEW."edition", NEW."id", NEW."isbn", NEW."issue", NEW."issued_on", NEW."key", NEW."language", NEW."note", NEW."page", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."publisher", NEW."publisher_place", NEW."sha256", NEW."speaks_until", NEW."text_is_public", NEW."title", NEW."url", NEW."version", NEW."volume"); RETURN NULL;',
                            hash="6fd503f62b396ce27d53ab8b8cc8ee76bc563e43",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b4422",
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
                            func='INSERT INTO "relations_sourcehistory" ("accessed_on", "archive_url", "authors", "changed_at", "container_title", "csl_type", "doi", "edition", "id", "isbn", "issue", "issued_on", "key", "language", "note", "page", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publisher", "publisher_place", "sha256", "speaks_until", "text_is_public", "title", "url", "version", "volume") VALUES (OLD."accessed_on", OLD."archive_url", OLD."authors", OLD."changed_at", OLD."container_title", OLD."csl_type", OLD."doi", OLD."edition", OLD."id", OLD."isbn", OLD."issue", OLD."issued_on", OLD."key", OLD."language", OLD."note", OLD."page", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."publisher", OLD."publisher_place", OLD."sha256", OLD."speaks_until", OLD."text_is_public", OLD."title", OLD."url", OLD."version", OLD."volume"); RETURN NULL;',
                            hash="37626d0e92c0e3617b7253eebcbd48f40aacb40b",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b6e4a",
                            table="relations_source",
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
                        name="stamp",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'INSERT' THEN\n                NEW.version := 1; NEW.changed_at := now();\n            ELSE\n                NEW.version := OLD.version; NEW.changed_at := OLD.changed_at;\n                IF pg_trigger_depth() > 1 OR ROW(NEW.slug, NEW.name, NEW.aliases, NEW.kind, NEW.country_id, NEW.description) IS DISTINCT FROM ROW(OLD.slug, OLD.name, OLD.aliases, OLD.kind, OLD.country_id, OLD.description) THEN\n                    \n                    IF OLD.changed_at <> now() THEN\n                        NEW.version := OLD.version + 1;\n                    END IF;\n                    IF pg_trigger_depth() > 1 OR ROW(NEW.slug, NEW.name, NEW.aliases, NEW.kind, NEW.country_id, NEW.description) IS DISTINCT FROM ROW(OLD.slug, OLD.name, OLD.aliases, OLD.kind, OLD.country_id, OLD.description) THEN\n                        NEW.changed_at := now();\n                    END IF;\n                END IF;\n            END IF;\n            \n            RETURN NEW;\n        ",
                            hash="cb2b999d3dfcbc2b17d48e3905685f0e8ba7c8b3",
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
                            func='INSERT INTO "relations_actorhistory" ("aliases", "changed_at", "country_id", "description", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "version") VALUES (NEW."aliases", NEW."changed_at", NEW."country_id", NEW."description", NEW."id", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."slug", NEW."version"); RETURN NULL;',
                            hash="cd97574aa000342c907fae335dd19231a023209c",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_bb976",
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
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "relations_actorhistory" ("aliases", "changed_at", "country_id", "description", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "version") VALUES (NEW."aliases", NEW."changed_at", NEW."country_id", NEW."description", NEW."id", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."slug", NEW."version"); RETURN NULL;',
                            hash="36bca377252932777d76ace870a192a2c1fe60dd",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_9a08e",
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
                            func='INSERT INTO "relations_actorhistory" ("aliases", "changed_at", "country_id", "description", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "slug", "version") VALUES (OLD."aliases", OLD."changed_at", OLD."country_id", OLD."description", OLD."id", OLD."kind", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."slug", OLD."version"); RETURN NULL;',
                            hash="a4918ad7c5ba547cfa8ad1abaa03355ed748404c",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_61e0f",
                            table="relations_actor",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="countrycode",
                    trigger=pgtrigger.compiler.Trigger(
                        name="moves_owner",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'UPDATE' AND NEW IS NOT DISTINCT FROM OLD THEN\n                RETURN NULL;\n            END IF;\n            \n                    IF TG_OP <> 'INSERT' AND OLD.country_id IS NOT NULL THEN\n                        UPDATE public.relations_country SET version = version\n                        WHERE code = OLD.country_id AND changed_at <> now();\n                    END IF;\n                \n                    IF TG_OP <> 'DELETE' AND NEW.country_id IS NOT NULL THEN\n                        UPDATE public.relations_country SET version = version\n                        WHERE code = NEW.country_id AND changed_at <> now();\n                    END IF;\n                \n            RETURN NULL;\n        ",
                            hash="9ae2263c8ca3ccac804a767df5fce1ca75cefcc4",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_moves_owner_170e8",
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
                            func='INSERT INTO "relations_countrycodehistory" ("country_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme", "valid_from", "valid_until", "value") VALUES (NEW."country_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."scheme", NEW."valid_from", NEW."valid_until", NEW."value"); RETURN NULL;',
                            hash="0e778146f41d9c3524e35d0e1f2c601cb4080057",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_7f841",
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
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "relations_countrycodehistory" ("country_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme", "valid_from", "valid_until", "value") VALUES (NEW."country_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."scheme", NEW."valid_from", NEW."valid_until", NEW."value"); RETURN NULL;',
                            hash="54b9e057b13d0c568e95fd1497d30e6943a8476d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_4d791",
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
                            func='INSERT INTO "relations_countrycodehistory" ("country_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scheme", "valid_from", "valid_until", "value") VALUES (OLD."country_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."scheme", OLD."valid_from", OLD."valid_until", OLD."value"); RETURN NULL;',
                            hash="acc935ce2726edd0164b1b6649567090940ad6d2",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_10c9f",
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
                            func="\n        IF EXISTS (SELECT 1 FROM public.relations_event WHERE id = NEW.id AND state = 'published')\n           AND NOT EXISTS (SELECT 1 FROM public.relations_citation WHERE event_id = NEW.id AND stance = 'supports') THEN\n            RAISE EXCEPTION 'a published record needs a citation that supports it: %', (SELECT slug FROM public.relations_event WHERE id = NEW.id) USING ERRCODE = '23514', CONSTRAINT = 'event_published_is_cited';\n        END IF;\n        RETURN NULL;\n    ",
                            hash="a894b4c5af71afaec85f66ca51cc04b3e7f5726f",
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
                            func="\n        IF EXISTS (SELECT 1 FROM public.relations_event WHERE id = NEW.id AND state = 'published')\n           AND NOT EXISTS (SELECT 1 FROM public.relations_participation WHERE event_id = NEW.id) THEN\n            RAISE EXCEPTION 'a published event needs somebody who took part: %', (SELECT slug FROM public.relations_event WHERE id = NEW.id) USING ERRCODE = '23514', CONSTRAINT = 'event_published_has_parties';\n        END IF;\n        RETURN NULL;\n    ",
                            hash="9097dae3f419eb6623f85f981d8bdfcad479cf14",
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
                            func="\n            IF TG_OP = 'INSERT' THEN\n                NEW.version := 1; NEW.created_at := now(); NEW.changed_at := now(); NEW.published_at := NULL;\n            ELSE\n                NEW.version := OLD.version; NEW.changed_at := OLD.changed_at; NEW.created_by_id := OLD.created_by_id; NEW.created_at := OLD.created_at; NEW.published_at := OLD.published_at;\n                IF pg_trigger_depth() > 1 OR ROW(NEW.slug, NEW.modality, NEW.state, NEW.note, NEW.editor_note, NEW.kind, NEW.happened_on, NEW.title, NEW.summary, NEW.place, NEW.reason) IS DISTINCT FROM ROW(OLD.slug, OLD.modality, OLD.state, OLD.note, OLD.editor_note, OLD.kind, OLD.happened_on, OLD.title, OLD.summary, OLD.place, OLD.reason) THEN\n                    IF OLD.published_at IS NOT NULL AND NEW.slug <> OLD.slug THEN RAISE EXCEPTION 'the slug % was published and cannot change', OLD.slug USING ERRCODE = '23514', CONSTRAINT = 'event_slug_is_frozen'; END IF;\n                    IF OLD.changed_at <> now() THEN\n                        NEW.version := OLD.version + 1;\n                    END IF;\n                    IF pg_trigger_depth() > 1 OR ROW(NEW.slug, NEW.modality, NEW.state, NEW.note, NEW.kind, NEW.happened_on, NEW.title, NEW.summary, NEW.place, NEW.reason) IS DISTINCT FROM ROW(OLD.slug, OLD.modality, OLD.state, OLD.note, OLD.kind, OLD.happened_on, OLD.title, OLD.summary, OLD.place, OLD.reason) THEN\n                        NEW.changed_at := now();\n                    END IF;\n                END IF;\n            END IF;\n            IF NEW.state = 'published' AND NEW.published_at IS NULL THEN NEW.published_at := now(); END IF;\n            RETURN NEW;\n        ",
                            hash="34906e338395323e1e30e2e228a2ef76e1af6ae7",
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
                            func='INSERT INTO "relations_eventhistory" ("changed_at", "created_at", "created_by_id", "editor_note", "happened_on", "id", "kind", "modality", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "published_at", "reason", "slug", "state", "summary", "title", "version") VALUES (NEW."changed_at", NEW."created_at", NEW."created_by_id", NEW."editor_note", NEW."happened_on", NEW."id", NEW."kind", NEW."modality", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."published_at", NEW."reason", NEW."slug", NEW."state", NEW."summary", NEW."title", NEW."version"); RETURN NULL;',
                            hash="337e64737209de458979cd0a24547511b117b9a0",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_5246b",
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
                            condition='WHEN (OLD."changed_at" IS DISTINCT FROM (NEW."changed_at") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."editor_note" IS DISTINCT FROM (NEW."editor_note") OR OLD."happened_on" IS DISTINCT FROM (NEW."happened_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."modality" IS DISTINCT FROM (NEW."modality") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."summary" IS DISTINCT FROM (NEW."summary") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "relations_eventhistory" ("changed_at", "created_at", "created_by_id", "editor_note", "happened_on", "id", "kind", "modality", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "published_at", "reason", "slug", "state", "summary", "title", "version") VALUES (NEW."changed_at", NEW."created_at", NEW."created_by_id", NEW."editor_note", NEW."happened_on", NEW."id", NEW."kind", NEW."modality", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."published_at", NEW."reason", NEW."slug", NEW."state", NEW."summary", NEW."title", NEW."version"); RETURN NULL;',
                            hash="8ba90d5f15755e0b50d941d52d290982d71492bd",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_348bb",
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
                            func='INSERT INTO "relations_eventhistory" ("changed_at", "created_at", "created_by_id", "editor_note", "happened_on", "id", "kind", "modality", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "published_at", "reason", "slug", "state", "summary", "title", "version") VALUES (OLD."changed_at", OLD."created_at", OLD."created_by_id", OLD."editor_note", OLD."happened_on", OLD."id", OLD."kind", OLD."modality", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."published_at", OLD."reason", OLD."slug", OLD."state", OLD."summary", OLD."title", OLD."version"); RETURN NULL;',
                            hash="d7609c1b4d148f9ae5d481feeefb0c5dded42b06",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_53615",
                            table="relations_event",
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
                            func="\n        IF EXISTS (SELECT 1 FROM public.relations_armstransfer WHERE id = NEW.id AND state = 'published')\n           AND NOT EXISTS (SELECT 1 FROM public.relations_citation WHERE transfer_id = NEW.id AND stance = 'supports') THEN\n            RAISE EXCEPTION 'a published record needs a citation that supports it: %', (SELECT slug FROM public.relations_armstransfer WHERE id = NEW.id) USING ERRCODE = '23514', CONSTRAINT = 'armstransfer_published_is_cited';\n        END IF;\n        RETURN NULL;\n    ",
                            hash="cba48745ebcea6ff45feeffb5539ead16c9bda11",
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
                            func="\n            IF TG_OP = 'INSERT' THEN\n                NEW.version := 1; NEW.created_at := now(); NEW.changed_at := now(); NEW.published_at := NULL;\n            ELSE\n                NEW.version := OLD.version; NEW.changed_at := OLD.changed_at; NEW.created_by_id := OLD.created_by_id; NEW.created_at := OLD.created_at; NEW.published_at := OLD.published_at;\n                IF pg_trigger_depth() > 1 OR ROW(NEW.slug, NEW.modality, NEW.state, NEW.note, NEW.editor_note, NEW.supplier_id, NEW.recipient_id, NEW.recipient_actor_id, NEW.recipient_named_as, NEW.kind, NEW.category, NEW.designation, NEW.description, NEW.deal_status, NEW.ordered_on, NEW.delivered_on, NEW.number_ordered_low, NEW.number_ordered_high, NEW.number_ordered_qualifier, NEW.number_ordered_unit, NEW.number_ordered_missing, NEW.number_delivered_low, NEW.number_delivered_high, NEW.number_delivered_qualifier, NEW.number_delivered_unit, NEW.number_delivered_missing, NEW.value_low, NEW.value_high, NEW.value_qualifier, NEW.value_unit, NEW.value_missing, NEW.value_kind, NEW.transit_country_id, NEW.event_id, NEW.possibly_same_as_id, NEW.reason) IS DISTINCT FROM ROW(OLD.slug, OLD.modality, OLD.state, OLD.note, OLD.editor_note, OLD.supplier_id, OLD.recipient_id, OLD.recipient_actor_id, OLD.recipient_named_as, OLD.kind, OLD.category, OLD.designation, OLD.description, OLD.deal_status, OLD.ordered_on, OLD.delivered_on, OLD.number_ordered_low, OLD.number_ordered_high, OLD.number_ordered_qualifier, OLD.number_ordered_unit, OLD.number_ordered_missing, OLD.number_delivered_low, OLD.number_delivered_high, OLD.number_delivered_qualifier, OLD.number_delivered_unit, OLD.number_delivered_missing, OLD.value_low, OLD.value_high, OLD.value_qualifier, OLD.value_unit, OLD.value_missing, OLD.value_kind, OLD.transit_country_id, OLD.event_id, OLD.possibly_same_as_id, OLD.reason) THEN\n                    IF OLD.published_at IS NOT NULL AND NEW.slug <> OLD.slug THEN RAISE EXCEPTION 'the slug % was published and cannot change', OLD.slug USING ERRCODE = '23514', CONSTRAINT = 'armstransfer_slug_is_frozen'; END IF;\n                    IF OLD.changed_at <> now() THEN\n                        NEW.version := OLD.version + 1;\n                    END IF;\n                    IF pg_trigger_depth() > 1 OR ROW(NEW.slug, NEW.modality, NEW.state, NEW.note, NEW.supplier_id, NEW.recipient_id, NEW.recipient_actor_id, NEW.recipient_named_as, NEW.kind, NEW.category, NEW.designation, NEW.description, NEW.deal_status, NEW.ordered_on, NEW.delivered_on, NEW.number_ordered_low, NEW.number_ordered_high, NEW.number_ordered_qualifier, NEW.number_ordered_unit, NEW.number_ordered_missing, NEW.number_delivered_low, NEW.number_delivered_high, NEW.number_delivered_qualifier, NEW.number_delivered_unit, NEW.number_delivered_missing, NEW.value_low, NEW.value_high, NEW.value_qualifier, NEW.value_unit, NEW.value_missing, NEW.value_kind, NEW.transit_country_id, NEW.event_id, NEW.possibly_same_as_id, NEW.reason) IS DISTINCT FROM ROW(OLD.slug, OLD.modality, OLD.state, OLD.note, OLD.supplier_id, OLD.recipient_id, OLD.recipient_actor_id, OLD.recipient_named_as, OLD.kind, OLD.category, OLD.designation, OLD.description, OLD.deal_status, OLD.ordered_on, OLD.delivered_on, OLD.number_ordered_low, OLD.number_ordered_high, OLD.number_ordered_qualifier, OLD.number_ordered_unit, OLD.number_ordered_missing, OLD.number_delivered_low, OLD.number_delivered_high, OLD.number_delivered_qualifier, OLD.number_delivered_unit, OLD.number_delivered_missing, OLD.value_low, OLD.value_high, OLD.value_qualifier, OLD.value_unit, OLD.value_missing, OLD.value_kind, OLD.transit_country_id, OLD.event_id, OLD.possibly_same_as_id, OLD.reason) THEN\n                        NEW.changed_at := now();\n                    END IF;\n                END IF;\n            END IF;\n            IF NEW.state = 'published' AND NEW.published_at IS NULL THEN NEW.published_at := now(); END IF;\n            RETURN NEW;\n        ",
                            hash="3b66cecdaebad3b0d5d8a72bd996f7e88ff63b39",
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
                            func='INSERT INTO "relations_armstransferhistory" ("category", "changed_at", "created_at", "created_by_id", "deal_status", "delivered_on", "description", "designation", "editor_note", "event_id", "id", "kind", "modality", "note", "number_delivered_high", "number_delivered_low", "number_delivered_missing", "number_delivered_qualifier", "number_delivered_unit", "number_ordered_high", "number_ordered_low", "number_ordered_missing", "number_ordered_qualifier", "number_ordered_unit", "ordered_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "possibly_same_as_id", "published_at", "reason", "recipient_actor_id", "recipient_id", "recipient_named_as", "slug", "state", "supplier_id", "transit_country_id", "value_high", "value_kind", "value_low", "value_missing", "value_qualifier", "value_unit", "version") VALUES (NEW."category", NEW."changed_at", NEW."created_at", NEW."created_by_id", NEW."deal_status", NEW."delivered_on", NEW."description", NEW."designation", NEW."editor_note", NEW."event_id", NEW."id", NEW."kind", NEW."modality", NEW."note", NEW."number_delivered_high", NEW."number_delivered_low", NEW."number_delivered_missing", NEW."number_delivered_qualifier", NEW."number_delivered_unit", NEW."number_ordered_high", NEW."number_ordered_low", NEW."number_ordered_missing", NEW."number_ordered_qualifier", NEW."number_ordered_unit", NEW."ordered_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."possibly_same_as_id", NEW."published_at", NEW."reason", NEW."recipient_actor_id", NEW."recipient_id", NEW."recipient_named_as", NEW."slug", NEW."state", NEW."supplier_id", NEW."transit_country_id", NEW."value_high", NEW."value_kind", NEW."value_low", NEW."value_missing", NEW."value_qualifier", NEW."value_unit", NEW."version"); RETURN NULL;',
                            hash="1da6af44c9c4df9da983c051fe037bc131af6189",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c3c86",
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
                            condition='WHEN (OLD."category" IS DISTINCT FROM (NEW."category") OR OLD."changed_at" IS DISTINCT FROM (NEW."changed_at") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."deal_status" IS DISTINCT FROM (NEW."deal_status") OR OLD."delivered_on" IS DISTINCT FROM (NEW."delivered_on") OR OLD."description" IS DISTINCT FROM (NEW."description") OR OLD."designation" IS DISTINCT FROM (NEW."designation") OR OLD."editor_note" IS DISTINCT FROM (NEW."editor_note") OR OLD."event_id" IS DISTINCT FROM (NEW."event_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."modality" IS DISTINCT FROM (NEW."modality") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."number_delivered_high" IS DISTINCT FROM (NEW."number_delivered_high") OR OLD."number_delivered_low" IS DISTINCT FROM (NEW."number_delivered_low") OR OLD."number_delivered_missing" IS DISTINCT FROM (NEW."number_delivered_missing") OR OLD."number_delivered_qualifier" IS DISTINCT FROM (NEW."number_delivered_qualifier") OR OLD."number_delivered_unit" IS DISTINCT FROM (NEW."number_delivered_unit") OR OLD."number_ordered_high" IS DISTINCT FROM (NEW."number_ordered_high") OR OLD."number_ordered_low" IS DISTINCT FROM (NEW."number_ordered_low") OR OLD."number_ordered_missing" IS DISTINCT FROM (NEW."number_ordered_missing") OR OLD."number_ordered_qualifier" IS DISTINCT FROM (NEW."number_ordered_qualifier") OR OLD."number_ordered_unit" IS DISTINCT FROM (NEW."number_ordered_unit") OR OLD."ordered_on" IS DISTINCT FROM (NEW."ordered_on") OR OLD."possibly_same_as_id" IS DISTINCT FROM (NEW."possibly_same_as_id") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."recipient_id" IS DISTINCT FROM (NEW."recipient_id") OR OLD."recipient_actor_id" IS DISTINCT FROM (NEW."recipient_actor_id") OR OLD."recipient_named_as" IS DISTINCT FROM (NEW."recipient_named_as") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."supplier_id" IS DISTINCT FROM (NEW."supplier_id") OR OLD."transit_country_id" IS DISTINCT FROM (NEW."transit_country_id") OR OLD."value_high" IS DISTINCT FROM (NEW."value_high") OR OLD."value_kind" IS DISTINCT FROM (NEW."value_kind") OR OLD."value_low" IS DISTINCT FROM (NEW."value_low") OR OLD."value_missing" IS DISTINCT FROM (NEW."value_missing") OR OLD."value_qualifier" IS DISTINCT FROM (NEW."value_qualifier") OR OLD."value_unit" IS DISTINCT FROM (NEW."value_unit") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "relations_armstransferhistory" ("category", "changed_at", "created_at", "created_by_id", "deal_status", "delivered_on", "description", "designation", "editor_note", "event_id", "id", "kind", "modality", "note", "number_delivered_high", "number_delivered_low", "number_delivered_missing", "number_delivered_qualifier", "number_delivered_unit", "number_ordered_high", "number_ordered_low", "number_ordered_missing", "number_ordered_qualifier", "number_ordered_unit", "ordered_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "possibly_same_as_id", "published_at", "reason", "recipient_actor_id", "recipient_id", "recipient_named_as", "slug", "state", "supplier_id", "transit_country_id", "value_high", "value_kind", "value_low", "value_missing", "value_qualifier", "value_unit", "version") VALUES (NEW."category", NEW."changed_at", NEW."created_at", NEW."created_by_id", NEW."deal_status", NEW."delivered_on", NEW."description", NEW."designation", NEW."editor_note", NEW."event_id", NEW."id", NEW."kind", NEW."modality", NEW."note", NEW."number_delivered_high", NEW."number_delivered_low", NEW."number_delivered_missing", NEW."number_delivered_qualifier", NEW."number_delivered_unit", NEW."number_ordered_high", NEW."number_ordered_low", NEW."number_ordered_missing", NEW."number_ordered_qualifier", NEW."number_ordered_unit", NEW."ordered_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."possibly_same_as_id", NEW."published_at", NEW."reason", NEW."recipient_actor_id", NEW."recipient_id", NEW."recipient_named_as", NEW."slug", NEW."state", NEW."supplier_id", NEW."transit_country_id", NEW."value_high", NEW."value_kind", NEW."value_low", NEW."value_missing", NEW."value_qualifier", NEW."value_unit", NEW."version"); RETURN NULL;',
                            hash="b4fffa56fdfcdd091e448f1e580ab6dbae2861c3",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_1d82a",
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
                            func='INSERT INTO "relations_armstransferhistory" ("category", "changed_at", "created_at", "created_by_id", "deal_status", "delivered_on", "description", "designation", "editor_note", "event_id", "id", "kind", "modality", "note", "number_delivered_high", "number_delivered_low", "number_delivered_missing", "number_delivered_qualifier", "number_delivered_unit", "number_ordered_high", "number_ordered_low", "number_ordered_missing", "number_ordered_qualifier", "number_ordered_unit", "ordered_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "possibly_same_as_id", "published_at", "reason", "recipient_actor_id", "recipient_id", "recipient_named_as", "slug", "state", "supplier_id", "transit_country_id", "value_high", "value_kind", "value_low", "value_missing", "value_qualifier", "value_unit", "version") VALUES (OLD."category", OLD."changed_at", OLD."created_at", OLD."created_by_id", OLD."deal_status", OLD."delivered_on", OLD."description", OLD."designation", OLD."editor_note", OLD."event_id", OLD."id", OLD."kind", OLD."modality", OLD."note", OLD."number_delivered_high", OLD."number_delivered_low", OLD."number_delivered_missing", OLD."number_delivered_qualifier", OLD."number_delivered_unit", OLD."number_ordered_high", OLD."number_ordered_low", OLD."number_ordered_missing", OLD."number_ordered_qualifier", OLD."number_ordered_unit", OLD."ordered_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."possibly_same_as_id", OLD."published_at", OLD."reason", OLD."recipient_actor_id", OLD."recipient_id", OLD."recipient_named_as", OLD."slug", OLD."state", OLD."supplier_id", OLD."transit_country_id", OLD."value_high", OLD."value_kind", OLD."value_low", OLD."value_missing", OLD."value_qualifier", OLD."value_unit", OLD."version"); RETURN NULL;',
                            hash="9a9bcbb0d09f429034a844dccb6cccce1e382222",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_5fbab",
                            table="relations_armstransfer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="eventfigure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="moves_owner",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'UPDATE' AND NEW IS NOT DISTINCT FROM OLD THEN\n                RETURN NULL;\n            END IF;\n            \n                    IF TG_OP <> 'INSERT' AND OLD.event_id IS NOT NULL THEN\n                        UPDATE public.relations_event SET version = version\n                        WHERE id = OLD.event_id AND changed_at <> now();\n                    END IF;\n                \n                    IF TG_OP <> 'DELETE' AND NEW.event_id IS NOT NULL THEN\n                        UPDATE public.relations_event SET version = version\n                        WHERE id = NEW.event_id AND changed_at <> now();\n                    END IF;\n                \n            RETURN NULL;\n        ",
                            hash="ce9226ba5f7605dc79cb089c6a260840bc8d427a",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_moves_owner_11584",
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
                            func='INSERT INTO "relations_eventfigurehistory" ("event_id", "figure_high", "figure_low", "figure_missing", "figure_qualifier", "figure_unit", "id", "measure", "of", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."event_id", NEW."figure_high", NEW."figure_low", NEW."figure_missing", NEW."figure_qualifier", NEW."figure_unit", NEW."id", NEW."measure", NEW."of", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                            hash="6e11bd450bdc513d850fd7000648b61c90f8b52e",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_04713",
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
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "relations_eventfigurehistory" ("event_id", "figure_high", "figure_low", "figure_missing", "figure_qualifier", "figure_unit", "id", "measure", "of", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."event_id", NEW."figure_high", NEW."figure_low", NEW."figure_missing", NEW."figure_qualifier", NEW."figure_unit", NEW."id", NEW."measure", NEW."of", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="1468a487f0fe6109fc8b3ba1afb7748681ad9fd6",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_28587",
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
                            func='INSERT INTO "relations_eventfigurehistory" ("event_id", "figure_high", "figure_low", "figure_missing", "figure_qualifier", "figure_unit", "id", "measure", "of", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."event_id", OLD."figure_high", OLD."figure_low", OLD."figure_missing", OLD."figure_qualifier", OLD."figure_unit", OLD."id", OLD."measure", OLD."of", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                            hash="8761a0ff45dd0e7e20fd6408f90991ecad41ab41",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_5cf59",
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
                            func="\n        IF EXISTS (SELECT 1 FROM public.relations_mission WHERE id = NEW.id AND state = 'published')\n           AND NOT EXISTS (SELECT 1 FROM public.relations_citation WHERE mission_id = NEW.id AND stance = 'supports') THEN\n            RAISE EXCEPTION 'a published record needs a citation that supports it: %', (SELECT slug FROM public.relations_mission WHERE id = NEW.id) USING ERRCODE = '23514', CONSTRAINT = 'mission_published_is_cited';\n        END IF;\n        RETURN NULL;\n    ",
                            hash="a65c114374909ce3f7471942572f7a00268804ec",
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
                        name="stamp",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'INSERT' THEN\n                NEW.version := 1; NEW.created_at := now(); NEW.changed_at := now(); NEW.published_at := NULL;\n            ELSE\n                NEW.version := OLD.version; NEW.changed_at := OLD.changed_at; NEW.created_by_id := OLD.created_by_id; NEW.created_at := OLD.created_at; NEW.published_at := OLD.published_at;\n                IF pg_trigger_depth() > 1 OR ROW(NEW.slug, NEW.modality, NEW.state, NEW.note, NEW.editor_note, NEW.sending_id, NEW.accredited_to_id, NEW.kind, NEW.city, NEW.host_country_id, NEW.opened_on, NEW.closed_on, NEW.reason) IS DISTINCT FROM ROW(OLD.slug, OLD.modality, OLD.state, OLD.note, OLD.editor_note, OLD.sending_id, OLD.accredited_to_id, OLD.kind, OLD.city, OLD.host_country_id, OLD.opened_on, OLD.closed_on, OLD.reason) THEN\n                    IF OLD.published_at IS NOT NULL AND NEW.slug <> OLD.slug THEN RAISE EXCEPTION 'the slug % was published and cannot change', OLD.slug USING ERRCODE = '23514', CONSTRAINT = 'mission_slug_is_frozen'; END IF;\n                    IF OLD.changed_at <> now() THEN\n                        NEW.version := OLD.version + 1;\n                    END IF;\n                    IF pg_trigger_depth() > 1 OR ROW(NEW.slug, NEW.modality, NEW.state, NEW.note, NEW.sending_id, NEW.accredited_to_id, NEW.kind, NEW.city, NEW.host_country_id, NEW.opened_on, NEW.closed_on, NEW.reason) IS DISTINCT FROM ROW(OLD.slug, OLD.modality, OLD.state, OLD.note, OLD.sending_id, OLD.accredited_to_id, OLD.kind, OLD.city, OLD.host_country_id, OLD.opened_on, OLD.closed_on, OLD.reason) THEN\n                        NEW.changed_at := now();\n                    END IF;\n                END IF;\n            END IF;\n            IF NEW.state = 'published' AND NEW.published_at IS NULL THEN NEW.published_at := now(); END IF;\n            RETURN NEW;\n        ",
                            hash="5cd8a4aa85e242dfa99717809b6884681ceb50d6",
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
                            func='INSERT INTO "relations_missionhistory" ("accredited_to_id", "changed_at", "city", "closed_on", "created_at", "created_by_id", "editor_note", "host_country_id", "id", "kind", "modality", "note", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "reason", "sending_id", "slug", "state", "version") VALUES (NEW."accredited_to_id", NEW."changed_at", NEW."city", NEW."closed_on", NEW."created_at", NEW."created_by_id", NEW."editor_note", NEW."host_country_id", NEW."id", NEW."kind", NEW."modality", NEW."note", NEW."opened_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_at", NEW."reason", NEW."sending_id", NEW."slug", NEW."state", NEW."version"); RETURN NULL;',
                            hash="a6657439ee7f81cbbed21fb3f2d97a258ede01a7",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3ccdf",
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
                            condition='WHEN (OLD."accredited_to_id" IS DISTINCT FROM (NEW."accredited_to_id") OR OLD."changed_at" IS DISTINCT FROM (NEW."changed_at") OR OLD."city" IS DISTINCT FROM (NEW."city") OR OLD."closed_on" IS DISTINCT FROM (NEW."closed_on") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."editor_note" IS DISTINCT FROM (NEW."editor_note") OR OLD."host_country_id" IS DISTINCT FROM (NEW."host_country_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."modality" IS DISTINCT FROM (NEW."modality") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."opened_on" IS DISTINCT FROM (NEW."opened_on") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."sending_id" IS DISTINCT FROM (NEW."sending_id") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "relations_missionhistory" ("accredited_to_id", "changed_at", "city", "closed_on", "created_at", "created_by_id", "editor_note", "host_country_id", "id", "kind", "modality", "note", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "reason", "sending_id", "slug", "state", "version") VALUES (NEW."accredited_to_id", NEW."changed_at", NEW."city", NEW."closed_on", NEW."created_at", NEW."created_by_id", NEW."editor_note", NEW."host_country_id", NEW."id", NEW."kind", NEW."modality", NEW."note", NEW."opened_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_at", NEW."reason", NEW."sending_id", NEW."slug", NEW."state", NEW."version"); RETURN NULL;',
                            hash="da719a24391efbc0b127cd79440de1a97d5445ae",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_76695",
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
                            func='INSERT INTO "relations_missionhistory" ("accredited_to_id", "changed_at", "city", "closed_on", "created_at", "created_by_id", "editor_note", "host_country_id", "id", "kind", "modality", "note", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "reason", "sending_id", "slug", "state", "version") VALUES (OLD."accredited_to_id", OLD."changed_at", OLD."city", OLD."closed_on", OLD."created_at", OLD."created_by_id", OLD."editor_note", OLD."host_country_id", OLD."id", OLD."kind", OLD."modality", OLD."note", OLD."opened_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."published_at", OLD."reason", OLD."sending_id", OLD."slug", OLD."state", OLD."version"); RETURN NULL;',
                            hash="0d2765e01bb5c2b7c1d898e7fc5f7cecd560ae68",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_d13f0",
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
                            func="\n        IF EXISTS (SELECT 1 FROM public.relations_observation WHERE id = NEW.id AND state = 'published')\n           AND NOT EXISTS (SELECT 1 FROM public.relations_citation WHERE observation_id = NEW.id AND stance = 'supports') THEN\n            RAISE EXCEPTION 'a published record needs a citation that supports it: %', (SELECT slug FROM public.relations_observation WHERE id = NEW.id) USING ERRCODE = '23514', CONSTRAINT = 'observation_published_is_cited';\n        END IF;\n        RETURN NULL;\n    ",
                            hash="17ff89bf51d109f63b0bb8b3c2fb049cc5a8e6f8",
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
                            func="\n            IF TG_OP = 'INSERT' THEN\n                NEW.version := 1; NEW.created_at := now(); NEW.changed_at := now(); NEW.published_at := NULL;\n            ELSE\n                NEW.version := OLD.version; NEW.changed_at := OLD.changed_at; NEW.created_by_id := OLD.created_by_id; NEW.created_at := OLD.created_at; NEW.published_at := OLD.published_at;\n                IF pg_trigger_depth() > 1 OR ROW(NEW.slug, NEW.modality, NEW.state, NEW.note, NEW.editor_note, NEW.indicator, NEW.from_country_id, NEW.to_country_id, NEW.period, NEW.subject, NEW.figure_low, NEW.figure_high, NEW.figure_qualifier, NEW.figure_unit, NEW.figure_missing, NEW.reporter) IS DISTINCT FROM ROW(OLD.slug, OLD.modality, OLD.state, OLD.note, OLD.editor_note, OLD.indicator, OLD.from_country_id, OLD.to_country_id, OLD.period, OLD.subject, OLD.figure_low, OLD.figure_high, OLD.figure_qualifier, OLD.figure_unit, OLD.figure_missing, OLD.reporter) THEN\n                    IF OLD.published_at IS NOT NULL AND NEW.slug <> OLD.slug THEN RAISE EXCEPTION 'the slug % was published and cannot change', OLD.slug USING ERRCODE = '23514', CONSTRAINT = 'observation_slug_is_frozen'; END IF;\n                    IF OLD.changed_at <> now() THEN\n                        NEW.version := OLD.version + 1;\n                    END IF;\n                    IF pg_trigger_depth() > 1 OR ROW(NEW.slug, NEW.modality, NEW.state, NEW.note, NEW.indicator, NEW.from_country_id, NEW.to_country_id, NEW.period, NEW.subject, NEW.figure_low, NEW.figure_high, NEW.figure_qualifier, NEW.figure_unit, NEW.figure_missing, NEW.reporter) IS DISTINCT FROM ROW(OLD.slug, OLD.modality, OLD.state, OLD.note, OLD.indicator, OLD.from_country_id, OLD.to_country_id, OLD.period, OLD.subject, OLD.figure_low, OLD.figure_high, OLD.figure_qualifier, OLD.figure_unit, OLD.figure_missing, OLD.reporter) THEN\n                        NEW.changed_at := now();\n                    END IF;\n                END IF;\n            END IF;\n            IF NEW.state = 'published' AND NEW.published_at IS NULL THEN NEW.published_at := now(); END IF;\n            RETURN NEW;\n        ",
                            hash="573a85d9c8f64aee194e6047d89661e46922e232",
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
                            func='INSERT INTO "relations_observationhistory" ("changed_at", "created_at", "created_by_id", "editor_note", "figure_high", "figure_low", "figure_missing", "figure_qualifier", "figure_unit", "from_country_id", "id", "indicator", "modality", "note", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "reporter", "slug", "state", "subject", "to_country_id", "version") VALUES (NEW."changed_at", NEW."created_at", NEW."created_by_id", NEW."editor_note", NEW."figure_high", NEW."figure_low", NEW."figure_missing", NEW."figure_qualifier", NEW."figure_unit", NEW."from_country_id", NEW."id", NEW."indicator", NEW."modality", NEW."note", NEW."period", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_at", NEW."reporter", NEW."slug", NEW."state", NEW."subject", NEW."to_country_id", NEW."version"); RETURN NULL;',
                            hash="df9ee96314d04bf26308b1943447cea5faff11bb",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_cacb6",
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
                            condition='WHEN (OLD."changed_at" IS DISTINCT FROM (NEW."changed_at") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."editor_note" IS DISTINCT FROM (NEW."editor_note") OR OLD."figure_high" IS DISTINCT FROM (NEW."figure_high") OR OLD."figure_low" IS DISTINCT FROM (NEW."figure_low") OR OLD."figure_missing" IS DISTINCT FROM (NEW."figure_missing") OR OLD."figure_qualifier" IS DISTINCT FROM (NEW."figure_qualifier") OR OLD."figure_unit" IS DISTINCT FROM (NEW."figure_unit") OR OLD."from_country_id" IS DISTINCT FROM (NEW."from_country_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."indicator" IS DISTINCT FROM (NEW."indicator") OR OLD."modality" IS DISTINCT FROM (NEW."modality") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."period" IS DISTINCT FROM (NEW."period") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."reporter" IS DISTINCT FROM (NEW."reporter") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."subject" IS DISTINCT FROM (NEW."subject") OR OLD."to_country_id" IS DISTINCT FROM (NEW."to_country_id") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "relations_observationhistory" ("changed_at", "created_at", "created_by_id", "editor_note", "figure_high", "figure_low", "figure_missing", "figure_qualifier", "figure_unit", "from_country_id", "id", "indicator", "modality", "note", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "reporter", "slug", "state", "subject", "to_country_id", "version") VALUES (NEW."changed_at", NEW."created_at", NEW."created_by_id", NEW."editor_note", NEW."figure_high", NEW."figure_low", NEW."figure_missing", NEW."figure_qualifier", NEW."figure_unit", NEW."from_country_id", NEW."id", NEW."indicator", NEW."modality", NEW."note", NEW."period", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_at", NEW."reporter", NEW."slug", NEW."state", NEW."subject", NEW."to_country_id", NEW."version"); RETURN NULL;',
                            hash="ed15a0a5f15f593fff55ed6ce94e48f25ec1759d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b2a7a",
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
                            func='INSERT INTO "relations_observationhistory" ("changed_at", "created_at", "created_by_id", "editor_note", "figure_high", "figure_low", "figure_missing", "figure_qualifier", "figure_unit", "from_country_id", "id", "indicator", "modality", "note", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "reporter", "slug", "state", "subject", "to_country_id", "version") VALUES (OLD."changed_at", OLD."created_at", OLD."created_by_id", OLD."editor_note", OLD."figure_high", OLD."figure_low", OLD."figure_missing", OLD."figure_qualifier", OLD."figure_unit", OLD."from_country_id", OLD."id", OLD."indicator", OLD."modality", OLD."note", OLD."period", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."published_at", OLD."reporter", OLD."slug", OLD."state", OLD."subject", OLD."to_country_id", OLD."version"); RETURN NULL;',
                            hash="9d84c58e8dc9a007ccd93203cd80088f1f00b966",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a5010",
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
                            func="\n        IF EXISTS (SELECT 1 FROM public.relations_event WHERE id = OLD.event_id AND state = 'published')\n           AND NOT EXISTS (SELECT 1 FROM public.relations_participation WHERE event_id = OLD.event_id) THEN\n            RAISE EXCEPTION 'a published event needs somebody who took part: %', (SELECT slug FROM public.relations_event WHERE id = OLD.event_id) USING ERRCODE = '23514', CONSTRAINT = 'event_published_has_parties';\n        END IF;\n        RETURN NULL;\n    ",
                            hash="b8aac55cd5f0f70f89a3d655f5b1781d5b29b544",
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
                        name="moves_owner",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'UPDATE' AND NEW IS NOT DISTINCT FROM OLD THEN\n                RETURN NULL;\n            END IF;\n            \n                    IF TG_OP <> 'INSERT' AND OLD.event_id IS NOT NULL THEN\n                        UPDATE public.relations_event SET version = version\n                        WHERE id = OLD.event_id AND changed_at <> now();\n                    END IF;\n                \n                    IF TG_OP <> 'DELETE' AND NEW.event_id IS NOT NULL THEN\n                        UPDATE public.relations_event SET version = version\n                        WHERE id = NEW.event_id AND changed_at <> now();\n                    END IF;\n                \n            RETURN NULL;\n        ",
                            hash="d6497e6ee9097d83200a07230842a3038e596211",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_moves_owner_c02d3",
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
                            func='INSERT INTO "relations_participationhistory" ("actor_id", "count", "country_id", "event_id", "id", "named_as", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role") VALUES (NEW."actor_id", NEW."count", NEW."country_id", NEW."event_id", NEW."id", NEW."named_as", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."role"); RETURN NULL;',
                            hash="bfc0b442259334d30bf66e494f7679150708bac5",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3fe82",
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
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "relations_participationhistory" ("actor_id", "count", "country_id", "event_id", "id", "named_as", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role") VALUES (NEW."actor_id", NEW."count", NEW."country_id", NEW."event_id", NEW."id", NEW."named_as", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."role"); RETURN NULL;',
                            hash="e2831f2ea95d9dcaac5faa367d80e1b40831e9ab",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_537c5",
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
                            func='INSERT INTO "relations_participationhistory" ("actor_id", "count", "country_id", "event_id", "id", "named_as", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role") VALUES (OLD."actor_id", OLD."count", OLD."country_id", OLD."event_id", OLD."id", OLD."named_as", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."role"); RETURN NULL;',
                            hash="8e3e651098b3467f5334eaab0fffe3801f31fe87",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_68105",
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
                            func="\n            IF TG_OP = 'INSERT' THEN\n                NEW.version := 1; NEW.changed_at := now();\n            ELSE\n                NEW.version := OLD.version; NEW.changed_at := OLD.changed_at;\n                IF pg_trigger_depth() > 1 OR ROW(NEW.country_a_id, NEW.country_b_id, NEW.summary) IS DISTINCT FROM ROW(OLD.country_a_id, OLD.country_b_id, OLD.summary) THEN\n                    \n                    IF OLD.changed_at <> now() THEN\n                        NEW.version := OLD.version + 1;\n                    END IF;\n                    IF pg_trigger_depth() > 1 OR ROW(NEW.country_a_id, NEW.country_b_id, NEW.summary) IS DISTINCT FROM ROW(OLD.country_a_id, OLD.country_b_id, OLD.summary) THEN\n                        NEW.changed_at := now();\n                    END IF;\n                END IF;\n            END IF;\n            \n            RETURN NEW;\n        ",
                            hash="8373d6fa04f421024fedf72e41fe19a53dfacc1c",
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
                            func='INSERT INTO "relations_relationhistory" ("changed_at", "country_a_id", "country_b_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "summary", "version") VALUES (NEW."changed_at", NEW."country_a_id", NEW."country_b_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."summary", NEW."version"); RETURN NULL;',
                            hash="a580691899869cdc1bb95f7d7548ba733f2a1b90",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_14aaf",
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
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "relations_relationhistory" ("changed_at", "country_a_id", "country_b_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "summary", "version") VALUES (NEW."changed_at", NEW."country_a_id", NEW."country_b_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."summary", NEW."version"); RETURN NULL;',
                            hash="04716bda18cd285211595a23d051c4a3fa4cfafb",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_0f7a4",
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
                            func='INSERT INTO "relations_relationhistory" ("changed_at", "country_a_id", "country_b_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "summary", "version") VALUES (OLD."changed_at", OLD."country_a_id", OLD."country_b_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."summary", OLD."version"); RETURN NULL;',
                            hash="9ef62a999786639b877e4f57eba10b5f0ce276da",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2e9dc",
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
                            func="\n        IF EXISTS (SELECT 1 FROM public.relations_relationperiod WHERE id = NEW.id AND state = 'published')\n           AND NOT EXISTS (SELECT 1 FROM public.relations_citation WHERE period_id = NEW.id AND stance = 'supports') THEN\n            RAISE EXCEPTION 'a published record needs a citation that supports it: %', (SELECT slug FROM public.relations_relationperiod WHERE id = NEW.id) USING ERRCODE = '23514', CONSTRAINT = 'relationperiod_published_is_cited';\n        END IF;\n        RETURN NULL;\n    ",
                            hash="344810d7321958da04966d11b3539569c8566eba",
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
                            func="\n            IF TG_OP = 'INSERT' THEN\n                NEW.version := 1; NEW.created_at := now(); NEW.changed_at := now(); NEW.published_at := NULL;\n            ELSE\n                NEW.version := OLD.version; NEW.changed_at := OLD.changed_at; NEW.created_by_id := OLD.created_by_id; NEW.created_at := OLD.created_at; NEW.published_at := OLD.published_at;\n                IF pg_trigger_depth() > 1 OR ROW(NEW.slug, NEW.modality, NEW.state, NEW.note, NEW.editor_note, NEW.relation_id, NEW.track, NEW.value, NEW.held_by_id, NEW.subject, NEW.began_on, NEW.ended_on, NEW.reason) IS DISTINCT FROM ROW(OLD.slug, OLD.modality, OLD.state, OLD.note, OLD.editor_note, OLD.relation_id, OLD.track, OLD.value, OLD.held_by_id, OLD.subject, OLD.began_on, OLD.ended_on, OLD.reason) THEN\n                    IF OLD.published_at IS NOT NULL AND NEW.slug <> OLD.slug THEN RAISE EXCEPTION 'the slug % was published and cannot change', OLD.slug USING ERRCODE = '23514', CONSTRAINT = 'relationperiod_slug_is_frozen'; END IF;\n                    IF OLD.changed_at <> now() THEN\n                        NEW.version := OLD.version + 1;\n                    END IF;\n                    IF pg_trigger_depth() > 1 OR ROW(NEW.slug, NEW.modality, NEW.state, NEW.note, NEW.relation_id, NEW.track, NEW.value, NEW.held_by_id, NEW.subject, NEW.began_on, NEW.ended_on, NEW.reason) IS DISTINCT FROM ROW(OLD.slug, OLD.modality, OLD.state, OLD.note, OLD.relation_id, OLD.track, OLD.value, OLD.held_by_id, OLD.subject, OLD.began_on, OLD.ended_on, OLD.reason) THEN\n                        NEW.changed_at := now();\n                    END IF;\n                END IF;\n            END IF;\n            IF NEW.state = 'published' AND NEW.published_at IS NULL THEN NEW.published_at := now(); END IF;\n            RETURN NEW;\n        ",
                            hash="037fe55a54abe11af12830b0e1084c4511919031",
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
                            func='INSERT INTO "relations_relationperiodhistory" ("began_on", "changed_at", "created_at", "created_by_id", "editor_note", "ended_on", "held_by_id", "id", "modality", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "reason", "relation_id", "slug", "state", "subject", "track", "value", "version") VALUES (NEW."began_on", NEW."changed_at", NEW."created_at", NEW."created_by_id", NEW."editor_note", NEW."ended_on", NEW."held_by_id", NEW."id", NEW."modality", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_at", NEW."reason", NEW."relation_id", NEW."slug", NEW."state", NEW."subject", NEW."track", NEW."value", NEW."version"); RETURN NULL;',
                            hash="c631723883197abf80f5d2b609b2ed9bf77334fb",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_5b61f",
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
                            condition='WHEN (OLD."began_on" IS DISTINCT FROM (NEW."began_on") OR OLD."changed_at" IS DISTINCT FROM (NEW."changed_at") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."editor_note" IS DISTINCT FROM (NEW."editor_note") OR OLD."ended_on" IS DISTINCT FROM (NEW."ended_on") OR OLD."held_by_id" IS DISTINCT FROM (NEW."held_by_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."modality" IS DISTINCT FROM (NEW."modality") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."relation_id" IS DISTINCT FROM (NEW."relation_id") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."subject" IS DISTINCT FROM (NEW."subject") OR OLD."track" IS DISTINCT FROM (NEW."track") OR OLD."value" IS DISTINCT FROM (NEW."value") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "relations_relationperiodhistory" ("began_on", "changed_at", "created_at", "created_by_id", "editor_note", "ended_on", "held_by_id", "id", "modality", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "reason", "relation_id", "slug", "state", "subject", "track", "value", "version") VALUES (NEW."began_on", NEW."changed_at", NEW."created_at", NEW."created_by_id", NEW."editor_note", NEW."ended_on", NEW."held_by_id", NEW."id", NEW."modality", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_at", NEW."reason", NEW."relation_id", NEW."slug", NEW."state", NEW."subject", NEW."track", NEW."value", NEW."version"); RETURN NULL;',
                            hash="af97beb7b16a855edf8f7386bf6a406400c846e9",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_6f80a",
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
                            func='INSERT INTO "relations_relationperiodhistory" ("began_on", "changed_at", "created_at", "created_by_id", "editor_note", "ended_on", "held_by_id", "id", "modality", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_at", "reason", "relation_id", "slug", "state", "subject", "track", "value", "version") VALUES (OLD."began_on", OLD."changed_at", OLD."created_at", OLD."created_by_id", OLD."editor_note", OLD."ended_on", OLD."held_by_id", OLD."id", OLD."modality", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."published_at", OLD."reason", OLD."relation_id", OLD."slug", OLD."state", OLD."subject", OLD."track", OLD."value", OLD."version"); RETURN NULL;',
                            hash="8b963f1755e3686dfcec9db94e88495d842897d8",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_59b09",
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
                    model_name="passage",
                    trigger=pgtrigger.compiler.Trigger(
                        name="stamp",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'INSERT' THEN\n                NEW.version := 1; NEW.changed_at := now();\n            ELSE\n                NEW.version := OLD.version; NEW.changed_at := OLD.changed_at;\n                IF pg_trigger_depth() > 1 OR ROW(NEW.source_id, NEW.ref, NEW.position, NEW.section, NEW.char_start, NEW.char_end, NEW.sha256, NEW.digest, NEW.finished, NEW.out_of_scope_reason) IS DISTINCT FROM ROW(OLD.source_id, OLD.ref, OLD.position, OLD.section, OLD.char_start, OLD.char_end, OLD.sha256, OLD.digest, OLD.finished, OLD.out_of_scope_reason) THEN\n                    \n                    IF OLD.changed_at <> now() THEN\n                        NEW.version := OLD.version + 1;\n                    END IF;\n                    IF pg_trigger_depth() > 1 OR ROW(NEW.source_id, NEW.ref, NEW.position, NEW.section, NEW.char_start, NEW.char_end, NEW.sha256, NEW.digest, NEW.finished, NEW.out_of_scope_reason) IS DISTINCT FROM ROW(OLD.source_id, OLD.ref, OLD.position, OLD.section, OLD.char_start, OLD.char_end, OLD.sha256, OLD.digest, OLD.finished, OLD.out_of_scope_reason) THEN\n                        NEW.changed_at := now();\n                    END IF;\n                END IF;\n            END IF;\n            \n            RETURN NEW;\n        ",
                            hash="2a351fb6f02dabf280f15a7004107b2b85c0168e",
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
                            func='INSERT INTO "relations_passagehistory" ("changed_at", "char_end", "char_start", "digest", "finished", "id", "out_of_scope_reason", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "ref", "section", "sha256", "source_id", "version") VALUES (NEW."changed_at", NEW."char_end", NEW."char_start", NEW."digest", NEW."finished", NEW."id", NEW."out_of_scope_reason", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."ref", NEW."section", NEW."sha256", NEW."source_id", NEW."version"); RETURN NULL;',
                            hash="a3b1e41682cb065c2ee46c43accb5bac23e7c0b9",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b2b17",
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
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "relations_passagehistory" ("changed_at", "char_end", "char_start", "digest", "finished", "id", "out_of_scope_reason", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "ref", "section", "sha256", "source_id", "version") VALUES (NEW."changed_at", NEW."char_end", NEW."char_start", NEW."digest", NEW."finished", NEW."id", NEW."out_of_scope_reason", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."ref", NEW."section", NEW."sha256", NEW."source_id", NEW."version"); RETURN NULL;',
                            hash="6f4e9d370d50f785cd9636e7509f0cf0ffab8bb4",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_bfff5",
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
                            func='INSERT INTO "relations_passagehistory" ("changed_at", "char_end", "char_start", "digest", "finished", "id", "out_of_scope_reason", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "ref", "section", "sha256", "source_id", "version") VALUES (OLD."changed_at", OLD."char_end", OLD."char_start", OLD."digest", OLD."finished", OLD."id", OLD."out_of_scope_reason", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."ref", OLD."section", OLD."sha256", OLD."source_id", OLD."version"); RETURN NULL;',
                            hash="34c676687a3daea0d614698ae5c126faace3e9e2",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e1584",
                            table="relations_passage",
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
                            func="\n        IF EXISTS (SELECT 1 FROM public.relations_relationperiod WHERE id = OLD.period_id AND state = 'published')\n           AND NOT EXISTS (SELECT 1 FROM public.relations_citation WHERE period_id = OLD.period_id AND stance = 'supports') THEN\n            RAISE EXCEPTION 'a published record needs a citation that supports it: %', (SELECT slug FROM public.relations_relationperiod WHERE id = OLD.period_id) USING ERRCODE = '23514', CONSTRAINT = 'relationperiod_published_is_cited';\n        END IF;\n        \n    \n        IF EXISTS (SELECT 1 FROM public.relations_mission WHERE id = OLD.mission_id AND state = 'published')\n           AND NOT EXISTS (SELECT 1 FROM public.relations_citation WHERE mission_id = OLD.mission_id AND stance = 'supports') THEN\n            RAISE EXCEPTION 'a published record needs a citation that supports it: %', (SELECT slug FROM public.relations_mission WHERE id = OLD.mission_id) USING ERRCODE = '23514', CONSTRAINT = 'mission_published_is_cited';\n        END IF;\n        \n    \n        IF EXISTS (SELECT 1 FROM public.relations_event WHERE id = OLD.event_id AND state = 'published')\n           AND NOT EXISTS (SELECT 1 FROM public.relations_citation WHERE event_id = OLD.event_id AND stance = 'supports') THEN\n            RAISE EXCEPTION 'a published record needs a citation that supports it: %', (SELECT slug FROM public.relations_event WHERE id = OLD.event_id) USING ERRCODE = '23514', CONSTRAINT = 'event_published_is_cited';\n        END IF;\n        \n    \n        IF EXISTS (SELECT 1 FROM public.relations_armstransfer WHERE id = OLD.transfer_id AND state = 'published')\n           AND NOT EXISTS (SELECT 1 FROM public.relations_citation WHERE transfer_id = OLD.transfer_id AND stance = 'supports') THEN\n            RAISE EXCEPTION 'a published record needs a citation that supports it: %', (SELECT slug FROM public.relations_armstransfer WHERE id = OLD.transfer_id) USING ERRCODE = '23514', CONSTRAINT = 'armstransfer_published_is_cited';\n        END IF;\n        \n    \n        IF EXISTS (SELECT 1 FROM public.relations_observation WHERE id = OLD.observation_id AND state = 'published')\n           AND NOT EXISTS (SELECT 1 FROM public.relations_citation WHERE observation_id = OLD.observation_id AND stance = 'supports') THEN\n            RAISE EXCEPTION 'a published record needs a citation that supports it: %', (SELECT slug FROM public.relations_observation WHERE id = OLD.observation_id) USING ERRCODE = '23514', CONSTRAINT = 'observation_published_is_cited';\n        END IF;\n        \n    RETURN NULL;",
                            hash="2609cd79299f0d0529defdbe3c4aed3b5e4bf621",
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
                        name="moves_owner",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'UPDATE' AND NEW IS NOT DISTINCT FROM OLD THEN\n                RETURN NULL;\n            END IF;\n            \n                    IF TG_OP <> 'INSERT' AND OLD.period_id IS NOT NULL THEN\n                        UPDATE public.relations_relationperiod SET version = version\n                        WHERE id = OLD.period_id AND changed_at <> now();\n                    END IF;\n                \n                    IF TG_OP <> 'DELETE' AND NEW.period_id IS NOT NULL THEN\n                        UPDATE public.relations_relationperiod SET version = version\n                        WHERE id = NEW.period_id AND changed_at <> now();\n                    END IF;\n                \n                    IF TG_OP <> 'INSERT' AND OLD.mission_id IS NOT NULL THEN\n                        UPDATE public.relations_mission SET version = version\n                        WHERE id = OLD.mission_id AND changed_at <> now();\n                    END IF;\n                \n                    IF TG_OP <> 'DELETE' AND NEW.mission_id IS NOT NULL THEN\n                        UPDATE public.relations_mission SET version = version\n                        WHERE id = NEW.mission_id AND changed_at <> now();\n                    END IF;\n                \n                    IF TG_OP <> 'INSERT' AND OLD.event_id IS NOT NULL THEN\n                        UPDATE public.relations_event SET version = version\n                        WHERE id = OLD.event_id AND changed_at <> now();\n                    END IF;\n                \n                    IF TG_OP <> 'DELETE' AND NEW.event_id IS NOT NULL THEN\n                        UPDATE public.relations_event SET version = version\n                        WHERE id = NEW.event_id AND changed_at <> now();\n                    END IF;\n                \n                    IF TG_OP <> 'INSERT' AND OLD.transfer_id IS NOT NULL THEN\n                        UPDATE public.relations_armstransfer SET version = version\n                        WHERE id = OLD.transfer_id AND changed_at <> now();\n                    END IF;\n                \n                    IF TG_OP <> 'DELETE' AND NEW.transfer_id IS NOT NULL THEN\n                        UPDATE public.relations_armstransfer SET version = version\n                        WHERE id = NEW.transfer_id AND changed_at <> now();\n                    END IF;\n                \n                    IF TG_OP <> 'INSERT' AND OLD.observation_id IS NOT NULL THEN\n                        UPDATE public.relations_observation SET version = version\n                        WHERE id = OLD.observation_id AND changed_at <> now();\n                    END IF;\n                \n                    IF TG_OP <> 'DELETE' AND NEW.observation_id IS NOT NULL THEN\n                        UPDATE public.relations_observation SET version = version\n                        WHERE id = NEW.observation_id AND changed_at <> now();\n                    END IF;\n                \n                    IF TG_OP <> 'INSERT' AND OLD.country_id IS NOT NULL THEN\n                        UPDATE public.relations_country SET version = version\n                        WHERE code = OLD.country_id AND changed_at <> now();\n                    END IF;\n                \n                    IF TG_OP <> 'DELETE' AND NEW.country_id IS NOT NULL THEN\n                        UPDATE public.relations_country SET version = version\n                        WHERE code = NEW.country_id AND changed_at <> now();\n                    END IF;\n                \n                    IF TG_OP <> 'INSERT' AND OLD.actor_id IS NOT NULL THEN\n                        UPDATE public.relations_actor SET version = version\n                        WHERE id = OLD.actor_id AND changed_at <> now();\n                    END IF;\n                \n                    IF TG_OP <> 'DELETE' AND NEW.actor_id IS NOT NULL THEN\n                        UPDATE public.relations_actor SET version = version\n                        WHERE id = NEW.actor_id AND changed_at <> now();\n                    END IF;\n                \n                    IF TG_OP <> 'INSERT' AND OLD.relation_id IS NOT NULL THEN\n                        UPDATE public.relations_relation SET version = version\n                        WHERE id = OLD.relation_id AND changed_at <> now();\n                    END IF;\n                \n                    IF TG_OP <> 'DELETE' AND NEW.relation_id IS NOT NULL THEN\n                        UPDATE public.relations_relation SET version = version\n                        WHERE id = NEW.relation_id AND changed_at <> now();\n                    END IF;\n                \n            RETURN NULL;\n        ",
                            hash="be8d741d332f15ecf61af6a50637795e17c17c57",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_moves_owner_94546",
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
                            func='INSERT INTO "relations_citationhistory" ("actor_id", "attributed_on", "attributed_to", "country_id", "event_id", "field", "hedge", "id", "locator", "mission_id", "modality", "observation_id", "passage_id", "passage_sha256", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation_id", "source_id", "stance", "transfer_id", "value") VALUES (NEW."actor_id", NEW."attributed_on", NEW."attributed_to", NEW."country_id", NEW."event_id", NEW."field", NEW."hedge", NEW."id", NEW."locator", NEW."mission_id", NEW."modality", NEW."observation_id", NEW."passage_id", NEW."passage_sha256", NEW."period_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."relation_id", NEW."source_id", NEW."stance", NEW."transfer_id", NEW."value"); RETURN NULL;',
                            hash="f72f9e0b883f65f38b23db8e34ea242c0a01894a",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_72d47",
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
                            condition='WHEN (OLD."actor_id" IS DISTINCT FROM (NEW."actor_id") OR OLD."attributed_on" IS DISTINCT FROM (NEW."attributed_on") OR OLD."attributed_to" IS DISTINCT FROM (NEW."attributed_to") OR OLD."country_id" IS DISTINCT FROM (NEW."country_id") OR OLD."event_id" IS DISTINCT FROM (NEW."event_id") OR OLD."field" IS DISTINCT FROM (NEW."field") OR OLD."hedge" IS DISTINCT FROM (NEW."hedge") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."locator" IS DISTINCT FROM (NEW."locator") OR OLD."mission_id" IS DISTINCT FROM (NEW."mission_id") OR OLD."modality" IS DISTINCT FROM (NEW."modality") OR OLD."observation_id" IS DISTINCT FROM (NEW."observation_id") OR OLD."passage_id" IS DISTINCT FROM (NEW."passage_id") OR OLD."passage_sha256" IS DISTINCT FROM (NEW."passage_sha256") OR OLD."period_id" IS DISTINCT FROM (NEW."period_id") OR OLD."relation_id" IS DISTINCT FROM (NEW."relation_id") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."stance" IS DISTINCT FROM (NEW."stance") OR OLD."transfer_id" IS DISTINCT FROM (NEW."transfer_id") OR OLD."value" IS DISTINCT FROM (NEW."value"))',
                            func='INSERT INTO "relations_citationhistory" ("actor_id", "attributed_on", "attributed_to", "country_id", "event_id", "field", "hedge", "id", "locator", "mission_id", "modality", "observation_id", "passage_id", "passage_sha256", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation_id", "source_id", "stance", "transfer_id", "value") VALUES (NEW."actor_id", NEW."attributed_on", NEW."attributed_to", NEW."country_id", NEW."event_id", NEW."field", NEW."hedge", NEW."id", NEW."locator", NEW."mission_id", NEW."modality", NEW."observation_id", NEW."passage_id", NEW."passage_sha256", NEW."period_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."relation_id", NEW."source_id", NEW."stance", NEW."transfer_id", NEW."value"); RETURN NULL;',
                            hash="369cad010854b8a79f54b333639999d6591eca5f",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_dddea",
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
                            func='INSERT INTO "relations_citationhistory" ("actor_id", "attributed_on", "attributed_to", "country_id", "event_id", "field", "hedge", "id", "locator", "mission_id", "modality", "observation_id", "passage_id", "passage_sha256", "period_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation_id", "source_id", "stance", "transfer_id", "value") VALUES (OLD."actor_id", OLD."attributed_on", OLD."attributed_to", OLD."country_id", OLD."event_id", OLD."field", OLD."hedge", OLD."id", OLD."locator", OLD."mission_id", OLD."modality", OLD."observation_id", OLD."passage_id", OLD."passage_sha256", OLD."period_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."relation_id", OLD."source_id", OLD."stance", OLD."transfer_id", OLD."value"); RETURN NULL;',
                            hash="61d6bbfe349e0c6e966ed653bede6367495f6718",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_336b2",
                            table="relations_citation",
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
                            func="\n            PERFORM pg_advisory_xact_lock('public.relations_succession'::regclass::oid::bigint);\n            IF EXISTS (\n                WITH RECURSIVE following (code) AS (\n                    SELECT NEW.successor_id\n                    UNION\n                    SELECT successor_id FROM public.relations_succession JOIN following ON predecessor_id = code\n                )\n                SELECT 1 FROM following WHERE code = NEW.predecessor_id\n            ) THEN\n                RAISE EXCEPTION 'successor: % comes before this state already', NEW.successor_id USING ERRCODE = '23514', CONSTRAINT = 'succession_is_no_circle';\n            END IF;\n            RETURN NULL;\n        ",
                            hash="a03863ffa0cc7c54041ea5628b63ed7eadc1414c",
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
                        name="moves_owner",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            IF TG_OP = 'UPDATE' AND NEW IS NOT DISTINCT FROM OLD THEN\n                RETURN NULL;\n            END IF;\n            \n                    IF TG_OP <> 'INSERT' AND OLD.predecessor_id IS NOT NULL THEN\n                        UPDATE public.relations_country SET version = version\n                        WHERE code = OLD.predecessor_id AND changed_at <> now();\n                    END IF;\n                \n                    IF TG_OP <> 'DELETE' AND NEW.predecessor_id IS NOT NULL THEN\n                        UPDATE public.relations_country SET version = version\n                        WHERE code = NEW.predecessor_id AND changed_at <> now();\n                    END IF;\n                \n            RETURN NULL;\n        ",
                            hash="b43d597b829014a487ff85e80689ab609975a36d",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_moves_owner_214b5",
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
                            func='INSERT INTO "relations_successionhistory" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "predecessor_id", "successor_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."predecessor_id", NEW."successor_id"); RETURN NULL;',
                            hash="0cbde6a43889d2328a052aae411f835bd30a8ca3",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a970b",
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
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "relations_successionhistory" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "predecessor_id", "successor_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."predecessor_id", NEW."successor_id"); RETURN NULL;',
                            hash="e5da8648d54d8561f95954ea0785af532d322f2f",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_2d9fc",
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
                            func='INSERT INTO "relations_successionhistory" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "predecessor_id", "successor_id") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."predecessor_id", OLD."successor_id"); RETURN NULL;',
                            hash="9d5b6de913cb2f827c2d7bc34aa2558bb1b59921",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e29c4",
                            table="relations_succession",
                            when="AFTER",
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
                            func="\n            IF TG_OP = 'INSERT' THEN\n                NEW.version := 1; NEW.changed_at := now();\n            ELSE\n                NEW.version := OLD.version; NEW.changed_at := OLD.changed_at;\n                IF pg_trigger_depth() > 1 OR ROW(NEW.code, NEW.name, NEW.official_name, NEW.aliases, NEW.kind, NEW.existed_from, NEW.existed_until) IS DISTINCT FROM ROW(OLD.code, OLD.name, OLD.official_name, OLD.aliases, OLD.kind, OLD.existed_from, OLD.existed_until) THEN\n                    \n                    IF OLD.changed_at <> now() THEN\n                        NEW.version := OLD.version + 1;\n                    END IF;\n                    IF pg_trigger_depth() > 1 OR ROW(NEW.code, NEW.name, NEW.official_name, NEW.aliases, NEW.kind, NEW.existed_from, NEW.existed_until) IS DISTINCT FROM ROW(OLD.code, OLD.name, OLD.official_name, OLD.aliases, OLD.kind, OLD.existed_from, OLD.existed_until) THEN\n                        NEW.changed_at := now();\n                    END IF;\n                END IF;\n            END IF;\n            \n            RETURN NEW;\n        ",
                            hash="cac9b2c9b218da55d4d9696c256cef03bb7c6366",
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
                            func='INSERT INTO "relations_countryhistory" ("aliases", "changed_at", "code", "existed_from", "existed_until", "kind", "name", "official_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."aliases", NEW."changed_at", NEW."code", NEW."existed_from", NEW."existed_until", NEW."kind", NEW."name", NEW."official_name", _pgh_attach_context(), NOW(), \'insert\', NEW."code", NEW."version"); RETURN NULL;',
                            hash="2cba847ba2c8248081160dfdb8f2c37e8fa4b856",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_151f1",
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
                            condition='WHEN (OLD."aliases" IS DISTINCT FROM (NEW."aliases") OR OLD."changed_at" IS DISTINCT FROM (NEW."changed_at") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."existed_from" IS DISTINCT FROM (NEW."existed_from") OR OLD."existed_until" IS DISTINCT FROM (NEW."existed_until") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."official_name" IS DISTINCT FROM (NEW."official_name") OR OLD."version" IS DISTINCT FROM (NEW."version"))',
                            func='INSERT INTO "relations_countryhistory" ("aliases", "changed_at", "code", "existed_from", "existed_until", "kind", "name", "official_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."aliases", NEW."changed_at", NEW."code", NEW."existed_from", NEW."existed_until", NEW."kind", NEW."name", NEW."official_name", _pgh_attach_context(), NOW(), \'update\', NEW."code", NEW."version"); RETURN NULL;',
                            hash="cbe06fb5802cf6dc82c6988d6e9fcbd6a5b3d8ff",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c593a",
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
                            func='INSERT INTO "relations_countryhistory" ("aliases", "changed_at", "code", "existed_from", "existed_until", "kind", "name", "official_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (OLD."aliases", OLD."changed_at", OLD."code", OLD."existed_from", OLD."existed_until", OLD."kind", OLD."name", OLD."official_name", _pgh_attach_context(), NOW(), \'delete\', OLD."code", OLD."version"); RETURN NULL;',
                            hash="ea9af407800cb0ce8857f8fcf40f83cbab94e69c",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_eec13",
                            table="relations_country",
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
