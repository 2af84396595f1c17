-- What keeps the read model, beside keep_entries(), which relations/read_model.py makes of what the models declare.
-- Triggers of each statement; the rows it touched are those that are gone and those that are written.

-- The entries of the records that a column of the touched rows names, which are of a type.
-- Of what lasts, one may end by the beginning of another: all that have the fellows' column in common are made anew, by
-- one writer after the other.
CREATE OR REPLACE FUNCTION public.entries_follow() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $function$
DECLARE
    ids bigint[];
    fellows bigint[];
    touched text := CASE TG_OP
        WHEN 'INSERT' THEN 'TABLE written'
        WHEN 'DELETE' THEN 'TABLE gone'
        -- Of a row that was written as it was, nobody holds the record.
        ELSE '(TABLE gone EXCEPT TABLE written) UNION ALL (TABLE written EXCEPT TABLE gone)'
    END;
BEGIN
    EXECUTE format('SELECT array_agg(DISTINCT %1$I) FROM (%2$s) AS row WHERE %1$I IS NOT NULL', TG_ARGV[1], touched)
    INTO ids;
    IF TG_NARGS > 2 THEN
        EXECUTE format('SELECT array_agg(DISTINCT %1$I ORDER BY %1$I) FROM (%2$s) AS row', TG_ARGV[2], touched)
        INTO fellows;
        PERFORM pg_advisory_xact_lock(TG_RELID::int, hashint8(fellow)) FROM unnest(fellows) AS fellow;
        EXECUTE format('SELECT array_agg(id) || $1 FROM %s WHERE %I = ANY ($2)', TG_RELID::regclass, TG_ARGV[2])
        USING ids, fellows INTO ids;
    END IF;
    IF ids IS NOT NULL THEN
        PERFORM public.keep_entries(TG_ARGV[0], ids);
    END IF;
    RETURN NULL;
END
$function$;

-- The entries of all that is listed under a name. Who changes what is behind the name waits for those who write records,
-- as these wait for its end.
CREATE OR REPLACE FUNCTION public.keep_entries_under(names text[]) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $function$
BEGIN
    IF names <> '{}' THEN
        PERFORM pg_advisory_xact_lock('public.relations_actor'::regclass::oid::bigint);
        PERFORM public.keep_entries(collection, array_agg(DISTINCT record_id))
        FROM public.relations_listing WHERE under = ANY (names) GROUP BY collection;
    END IF;
END
$function$;

CREATE OR REPLACE FUNCTION public.entries_follow_actors() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $function$
BEGIN
    PERFORM public.keep_entries_under(ARRAY(
        SELECT gone.slug FROM gone JOIN written USING (id)
        WHERE (gone.slug, gone.country_id) IS DISTINCT FROM (written.slug, written.country_id)
    ));
    RETURN NULL;
END
$function$;

CREATE OR REPLACE TRIGGER entries_follow_update AFTER UPDATE ON public.relations_actor
REFERENCING OLD TABLE AS gone NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION public.entries_follow_actors();

CREATE OR REPLACE FUNCTION public.entries_follow_lifespans() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $function$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM public.keep_entries_under(ARRAY(SELECT DISTINCT country_id FROM gone));
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM public.keep_entries_under(ARRAY(SELECT DISTINCT country_id FROM written));
    END IF;
    RETURN NULL;
END
$function$;

CREATE OR REPLACE TRIGGER entries_follow_insert AFTER INSERT ON public.relations_lifespan
REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION public.entries_follow_lifespans();
CREATE OR REPLACE TRIGGER entries_follow_update AFTER UPDATE ON public.relations_lifespan
REFERENCING OLD TABLE AS gone NEW TABLE AS written FOR EACH STATEMENT
EXECUTE FUNCTION public.entries_follow_lifespans();
CREATE OR REPLACE TRIGGER entries_follow_delete AFTER DELETE ON public.relations_lifespan
REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.entries_follow_lifespans();
