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

-- Text as relations/text.py leaves it: composed (NFC), without white space at its ends and without unseen characters.
CREATE FUNCTION public.is_prose(value text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $function$
    SELECT value IS NFC NORMALIZED AND value !~ '^[ \n\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]|[ \n\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]$|[\u0001-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\U0001FFFE\U0001FFFF\U0002FFFE\U0002FFFF\U0003FFFE\U0003FFFF\U0004FFFE\U0004FFFF\U0005FFFE\U0005FFFF\U0006FFFE\U0006FFFF\U0007FFFE\U0007FFFF\U0008FFFE\U0008FFFF\U0009FFFE\U0009FFFF\U000AFFFE\U000AFFFF\U000BFFFE\U000BFFFF\U000CFFFE\U000CFFFF\U000DFFFE\U000DFFFF\U000EFFFE\U000EFFFF\U000FFFFE\U000FFFFF\U0010FFFE\U0010FFFF]'
$function$;

-- The same in one line.
CREATE FUNCTION public.is_line(value text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $function$
    SELECT value !~ '[\n\t]' AND public.is_prose(value)
$function$;

-- A plain list of such lines, of which none is empty.
CREATE FUNCTION public.are_lines(list text[]) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $function$
    SELECT cardinality(list) = 0 OR array_ndims(list) = 1
        AND (SELECT bool_and(coalesce(value <> '' AND public.is_line(value), false)) FROM unnest(list) AS value)
$function$;

-- With a range type of text an exclusion constraint compares text for equality without btree_gist: textrange(code, code, '[]').
CREATE TYPE public.textrange AS RANGE (subtype = text, collation = "C");

-- One bound of one date of EDTF: a day, month, season, year, decade or century, with its qualifier; NULL for what is no such date.
-- The rules are those of relations/dates.py. It looks at the shape of the string, because a regular expression takes five times as long.
CREATE FUNCTION public.edtf_unit(value text, is_last boolean) RETURNS date
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $function$
DECLARE
    body text := rtrim(value, '?~%');
    shape text := translate(body, '123456789', '000000000');
    year_number int;
    month_number int;
    first_day date;
    last_day date;
    unit interval;
BEGIN
    IF length(value) > length(body) + 1
        OR shape NOT IN ('0000', '0000-00', '0000-00-00', '000X', '00XX', '0000-XX', '0000-00-XX', '0000-XX-XX')
        OR translate(left(body, 4), 'X', '0') = '0000'
    THEN
        RETURN NULL;
    END IF;
    year_number := translate(left(body, 4), 'X', CASE WHEN is_last THEN '9' ELSE '0' END)::int;
    IF shape LIKE '0000-00%' THEN
        month_number := substr(body, 6, 2)::int;
    END IF;
    IF month_number BETWEEN 1 AND 12 THEN
        first_day := make_date(year_number, month_number, 1);
        last_day := (first_day + interval '1 month')::date - 1;
        IF shape = '0000-00-00' THEN
            first_day := first_day + (right(body, 2)::int - 1);
            IF first_day > last_day OR right(body, 2) = '00' THEN
                RETURN NULL;
            END IF;
            last_day := first_day;
        END IF;
    ELSIF month_number IS NULL OR month_number BETWEEN 21 AND 24 AND length(body) = 7 THEN
        first_day := make_date(year_number, 1, 1);
        last_day := make_date(year_number, 12, 31);
        IF month_number = 24 AND year_number < 9999 THEN
            last_day := make_date(year_number + 1, 3, 20);
        END IF;
    ELSE
        RETURN NULL;
    END IF;
    IF right(value, 1) IN ('~', '%') THEN
        unit := CASE
            WHEN length(body) = 10 THEN interval '1 day'
            WHEN month_number > 12 THEN interval '3 months'
            WHEN length(body) = 7 THEN interval '1 month'
            WHEN shape = '00XX' THEN interval '100 years'
            WHEN shape = '000X' THEN interval '10 years'
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
    shape text := translate(value, '123456789', '000000000');
    is_set boolean;
    separator text;
    members text[];
    cut int;
    first_unit text;
    last_unit text;
    earliest date;
    latest date;
    low date := 'infinity';
    high date := '-infinity';
    is_refused boolean;
BEGIN
    IF value = '' THEN
        RETURN NULL;
    -- The forms that most rows have come first, in half the time of the others: rows are loaded by the million.
    ELSIF shape = '0000' AND value <> '0000' THEN
        RETURN make_date(value::int, CASE WHEN is_last THEN 12 ELSE 1 END, CASE WHEN is_last THEN 31 ELSE 1 END);
    ELSIF shape = '0000-00-00'
        AND left(value, 4) <> '0000'
        AND substr(value, 6, 2) BETWEEN '01' AND '12'
        AND right(value, 2) BETWEEN '01' AND '28'
    THEN
        RETURN make_date(left(value, 4)::int, substr(value, 6, 2)::int, right(value, 2)::int);
    END IF;
    earliest := public.edtf_unit(value, is_last);
    IF earliest IS NOT NULL THEN
        RETURN earliest;
    END IF;
    is_set := value LIKE '[%]';
    separator := CASE WHEN is_set THEN '..' ELSE '/' END;
    members := CASE WHEN is_set THEN string_to_array(substr(value, 2, length(value) - 2), ',') ELSE ARRAY[value] END;
    is_refused := cardinality(members) = 0 OR is_set AND cardinality(members) = 1 AND position('..' IN value) = 0;
    FOR number IN 1..cardinality(members) LOOP
        cut := position(separator IN members[number]);
        first_unit := CASE WHEN cut > 0 THEN left(members[number], cut - 1) ELSE members[number] END;
        last_unit := CASE WHEN cut > 0 THEN substr(members[number], cut + length(separator)) ELSE members[number] END;
        IF NOT is_set THEN
            first_unit := CASE WHEN first_unit = '..' THEN '' ELSE first_unit END;
            last_unit := CASE WHEN last_unit = '..' THEN '' ELSE last_unit END;
        END IF;
        earliest := CASE WHEN first_unit = '' THEN '-infinity' ELSE public.edtf_unit(first_unit, false) END;
        latest := CASE WHEN last_unit = '' THEN 'infinity' ELSE public.edtf_unit(last_unit, true) END;
        is_refused := is_refused
            OR earliest IS NULL OR latest IS NULL OR earliest > latest
            OR first_unit = '' AND number > 1
            OR last_unit = '' AND number < cardinality(members);
        low := least(low, earliest);
        high := greatest(high, latest);
    END LOOP;
    IF is_refused OR low = '-infinity' AND high = 'infinity' THEN
        RAISE EXCEPTION '"%" is not a date', value USING ERRCODE = 'invalid_datetime_format';
    END IF;
    RETURN CASE WHEN is_last THEN nullif(high, 'infinity') ELSE nullif(low, '-infinity') END;
END
$function$;

-- The days a period certainly covers: from the latest day it may have begun to the day before the earliest it may have ended. Where
-- no end is known, the one day on which it certainly began, so that two values of a track cannot begin on one day and both go on.
-- Not STRICT: where a bound is missing nothing is certain, and "empty" says so in every comparison, as NULL does not.
CREATE FUNCTION public.period_core(began_earliest date, began_latest date, ended_earliest date) RETURNS daterange
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $function$
    SELECT CASE
        WHEN began_latest < ended_earliest THEN daterange(began_latest, ended_earliest, '[)')
        WHEN ended_earliest IS NULL AND began_earliest = began_latest THEN daterange(began_latest, began_latest, '[]')
        ELSE 'empty'::daterange
    END
$function$;
