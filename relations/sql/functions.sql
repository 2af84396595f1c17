-- What the schema needs and PostgreSQL has not. Only functions of pg_catalog and names qualified with "public" are used, because
-- pg_restore runs with an empty search_path; nothing here needs an extension or a PostgreSQL newer than 15.

-- Text as it is searched: without case, accents, and typographers' quotes and dashes. It is immutable, as unaccent() is not.
CREATE FUNCTION public.fold(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $function$
    SELECT replace(replace(replace(replace(translate(
        lower(regexp_replace(
            -- The collation of the database, also for the columns in "C", where lower() knows only ASCII.
            normalize(value COLLATE "default", NFKD),
            -- Combining marks, Hebrew points, Arabic vowels and the stretching tatweel.
            '[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u0640\u064b-\u065f\u0670]', '', 'g'
        )),
        'øłđðıħŧ‘’‚‛ʼʾʿ“”„‟‐‑‒–—―−',
        'olddiht''''''''''''''""""-------'
    ), 'ß', 'ss'), 'þ', 'th'), 'æ', 'ae'), 'œ', 'oe')
$function$;

-- With a range type of text an exclusion constraint compares text for equality without btree_gist: textrange(code, code, '[]').
CREATE TYPE public.textrange AS RANGE (subtype = text, collation = "C");

-- One bound of one EDTF date: a day, month, season, year, decade or century, with its qualifier. The rules are those of relations/dates.py.
CREATE FUNCTION public.edtf_unit(value text, is_last boolean) RETURNS date
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $function$
DECLARE
    parts text[] := regexp_match(
        value,
        '^([0-9]{4}|[0-9]{3}X|[0-9]{2}XX|[0-9]{4}-(?:[0-9]{2}|XX)|[0-9]{4}-[0-9]{2}-(?:[0-9]{2}|XX)|[0-9]{4}-XX-XX)([?~%]?)$'
    );
    body text := parts[1];
    year_of int;
    month_of int;
    first_day date;
    last_day date;
    unit interval;
BEGIN
    IF parts IS NULL OR body LIKE '000X' OR body LIKE '00XX' OR body LIKE '0000%' THEN
        RAISE EXCEPTION '"%" is not a date', value USING ERRCODE = '22007';
    END IF;
    year_of := translate(left(body, 4), 'X', CASE WHEN is_last THEN '9' ELSE '0' END)::int;
    IF length(body) = 4 OR substr(body, 6, 2) = 'XX' THEN
        first_day := make_date(year_of, 1, 1);
        last_day := make_date(year_of, 12, 31);
    ELSE
        month_of := substr(body, 6, 2)::int;
        IF month_of BETWEEN 21 AND 24 AND length(body) = 7 THEN
            first_day := make_date(year_of, 1, 1);
            last_day := CASE WHEN month_of = 24 AND year_of < 9999 THEN make_date(year_of + 1, 3, 20) ELSE make_date(year_of, 12, 31) END;
        ELSIF month_of BETWEEN 1 AND 12 THEN
            first_day := make_date(year_of, month_of, 1);
            last_day := (first_day + interval '1 month')::date - 1;
            IF length(body) = 10 AND right(body, 2) <> 'XX' THEN
                IF right(body, 2)::int NOT BETWEEN 1 AND extract(day FROM last_day)::int THEN
                    RAISE EXCEPTION '"%" is not a date', value USING ERRCODE = '22007';
                END IF;
                first_day := first_day + (right(body, 2)::int - 1);
                last_day := first_day;
            END IF;
        ELSE
            RAISE EXCEPTION '"%" is not a date', value USING ERRCODE = '22007';
        END IF;
    END IF;
    IF parts[2] IN ('~', '%') THEN
        unit := CASE
            WHEN length(body) = 10 THEN interval '1 day'
            WHEN month_of > 12 THEN interval '3 months'
            WHEN length(body) = 7 THEN interval '1 month'
            WHEN body LIKE '%XX' THEN interval '100 years'
            WHEN body LIKE '%X' THEN interval '10 years'
            ELSE interval '1 year'
        END;
        first_day := greatest((first_day - unit)::date, make_date(1, 1, 1));
        last_day := least((last_day + 1 + unit)::date - 1, make_date(9999, 12, 31));
    END IF;
    RETURN CASE WHEN is_last THEN last_day ELSE first_day END;
END
$function$;

-- The earliest or the latest day an EDTF string may mean: NULL for an open or unknown end and for the empty string, an error for what is no date.
CREATE FUNCTION public.edtf_bound(value text, is_last boolean) RETURNS date
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $function$
DECLARE
    members text[];
    member text;
    first_unit text;
    last_unit text;
    earliest date;
    latest date;
    low date := 'infinity';
    high date := '-infinity';
BEGIN
    IF value = '' THEN
        RETURN NULL;
    ELSIF value LIKE '[%]' THEN
        members := string_to_array(substr(value, 2, length(value) - 2), ',');
    ELSIF position('/' IN value) > 0 THEN
        members := ARRAY[value];
    ELSE
        RETURN public.edtf_unit(value, is_last);
    END IF;
    IF cardinality(members) = 0 OR cardinality(members) = 1 AND value LIKE '[%]' AND position('..' IN value) = 0 THEN
        RAISE EXCEPTION '"%" is not a date', value USING ERRCODE = '22007';
    END IF;
    FOR number IN 1..cardinality(members) LOOP
        member := members[number];
        IF value NOT LIKE '[%]' THEN
            first_unit := split_part(member, '/', 1);
            last_unit := substr(member, position('/' IN member) + 1);
            first_unit := CASE WHEN first_unit = '..' THEN '' ELSE first_unit END;
            last_unit := CASE WHEN last_unit = '..' THEN '' ELSE last_unit END;
        ELSIF position('..' IN member) > 0 THEN
            first_unit := split_part(member, '..', 1);
            last_unit := substr(member, position('..' IN member) + 2);
            IF first_unit = '' AND number > 1 OR last_unit = '' AND number < cardinality(members) THEN
                RAISE EXCEPTION '"%" is not a date', value USING ERRCODE = '22007';
            END IF;
        ELSIF member = '' THEN
            RAISE EXCEPTION '"%" is not a date', value USING ERRCODE = '22007';
        ELSE
            first_unit := member;
            last_unit := member;
        END IF;
        earliest := CASE WHEN first_unit <> '' THEN public.edtf_unit(first_unit, false) END;
        latest := CASE WHEN last_unit <> '' THEN public.edtf_unit(last_unit, true) END;
        IF earliest > latest OR earliest IS NULL AND latest IS NULL THEN
            RAISE EXCEPTION '"%" is not a date', value USING ERRCODE = '22007';
        END IF;
        low := least(low, coalesce(earliest, '-infinity'));
        high := greatest(high, coalesce(latest, 'infinity'));
    END LOOP;
    IF low = '-infinity' AND high = 'infinity' THEN
        RAISE EXCEPTION '"%" is not a date', value USING ERRCODE = '22007';
    END IF;
    RETURN CASE WHEN is_last THEN nullif(high, 'infinity') ELSE nullif(low, '-infinity') END;
END
$function$;

-- The days a period certainly covers: from the latest day it may have begun to the day before the earliest it may have ended.
-- Not STRICT: where a bound is missing nothing is certain, and "empty" says so in every comparison, as NULL does not.
CREATE FUNCTION public.period_core(began_latest date, ended_earliest date) RETURNS daterange
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $function$
    SELECT CASE WHEN began_latest < ended_earliest THEN daterange(began_latest, ended_earliest, '[)') ELSE 'empty'::daterange END
$function$;
