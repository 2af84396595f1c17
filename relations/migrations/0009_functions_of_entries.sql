-- What stands in an entry, said step by step: as a query each call took ten times as long, most of it to begin and to end it.

CREATE OR REPLACE FUNCTION public.listed_under(parties text[], bystanders text[], voters text[]) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $function$
DECLARE
    names text[] := parties;
    sides text[] := '{}';  -- the codes of those that are no bystanders, and whether each votes
    votes boolean[] := '{}';
    party text;
    code text;
    is_voter boolean;
BEGIN
    FOREACH party IN ARRAY parties LOOP
        code := split_part(party, ':', 2);
        names := names || code;
        CONTINUE WHEN split_part(party, ':', 1) = ANY (bystanders);
        is_voter := split_part(party, ':', 1) = ANY (voters);
        FOR other IN 1 .. cardinality(sides) LOOP
            CONTINUE WHEN sides[other] = code OR (is_voter AND votes[other]);
            names := names || (least(sides[other] COLLATE "C", code) || '-' || greatest(sides[other] COLLATE "C", code));
        END LOOP;
        sides := sides || code;
        votes := votes || is_voter;
    END LOOP;
    RETURN ARRAY(SELECT DISTINCT name COLLATE "C" FROM unnest(names) AS name ORDER BY 1);
END
$function$;

CREATE OR REPLACE FUNCTION public.years(earliest date, latest date) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $function$
DECLARE
    first_year int := extract(year FROM coalesce(earliest, latest));
    last_year int := extract(year FROM coalesce(latest, earliest));
BEGIN
    IF first_year IS NULL THEN
        RETURN '';
    ELSIF last_year - first_year BETWEEN 1 AND 10 THEN
        RETURN (SELECT string_agg(lpad(year::text, 4, '0'), ' ' ORDER BY year)
                FROM generate_series(first_year, last_year) AS year);
    ELSIF last_year > first_year THEN
        RETURN lpad(first_year::text, 4, '0') || ' ' || lpad(last_year::text, 4, '0');
    END IF;
    RETURN lpad(first_year::text, 4, '0');
END
$function$;
