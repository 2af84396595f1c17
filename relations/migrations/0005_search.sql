-- What a search needs beside fold, words and sought.

-- The same as it is written: not by the stems of its words, and with the common ones.
CREATE FUNCTION public.sought_exactly(query text) RETURNS tsquery
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $function$
    SELECT websearch_to_tsquery('pg_catalog.simple', coalesce(string_agg(
        CASE WHEN piece[1] || piece[3] = 'or' THEN 'or' ELSE piece[1] || '"' || found.words || '"' END, ' ' ORDER BY place
    ), ''))
    FROM regexp_matches(public.fold(query), '(-?)(?:"([^"]*)"?|([^\s"]+))', 'g') WITH ORDINALITY AS pieces (piece, place),
        LATERAL (SELECT public.words(coalesce(piece[2], piece[3])) AS words) AS found
    WHERE found.words <> ''
$function$;

-- What a thing is found by that has these names: each whole, after a sign that no word has, and the words of all.
CREATE FUNCTION public.names(list text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $function$
    SELECT coalesce(array_agg(DISTINCT kept.name), '{}')
    FROM unnest(list) AS given (name),
        LATERAL (SELECT public.words(given.name) AS words) AS found,
        LATERAL (SELECT '=' || found.words UNION ALL SELECT unnest(string_to_array(found.words, ' '))) AS kept (name)
    WHERE found.words <> ''
$function$;

-- The whole names that may stand in a query: its words, and whatever up to sixteen of them make that follow one another.
CREATE FUNCTION public.names_in(query text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $function$
    SELECT coalesce(array_agg(DISTINCT '=' || array_to_string(words[place:last], ' ')), '{}')
    FROM (SELECT string_to_array(public.words(query), ' ') AS words) AS found,
        generate_series(1, cardinality(words)) AS place,
        generate_series(place, least(place + 15, cardinality(words))) AS last
$function$;

-- The years in which a day may lie, as words; of those that may lie in very many, and of open ones, the years that are known.
CREATE FUNCTION public.years(earliest date, latest date) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $function$
    SELECT coalesce(string_agg(lpad(year::text, 4, '0'), ' ' ORDER BY year), '')
    FROM (SELECT extract(year FROM coalesce(earliest, latest))::int, extract(year FROM coalesce(latest, earliest))::int)
            AS bounds (first_year, last_year),
        generate_series(first_year, last_year, CASE WHEN last_year - first_year BETWEEN 1 AND 10 THEN 1
                        ELSE greatest(last_year - first_year, 1) END) AS year
$function$;
