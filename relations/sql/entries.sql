-- What keeps the read model, beside what relations/read_model.py makes of what the models declare: keep_entries(), and the
-- triggers of the tables of records, citations and parts.

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
