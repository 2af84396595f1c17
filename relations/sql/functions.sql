-- What the schema needs and PostgreSQL has not. Only functions of pg_catalog and names qualified with "public" are used, because
-- pg_restore runs with an empty search_path; nothing here needs an extension or a PostgreSQL newer than 15.

-- Text in one spelling, for all comparisons of text: without case, accents and apostrophes, and with one sign for each kind of
-- quotation mark and dash. It is immutable, as unaccent() is not. Why each step: docs/decisions/0008-search.md
CREATE FUNCTION public.fold(value text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $function$
DECLARE
    -- The collation of the database, also for the columns in "C", where lower() knows only ASCII.
    folded text COLLATE "default" := replace(replace(value, '`', ''''), '_', ' ');
BEGIN
    IF folded !~ '[^A-Za-z0-9 -]' THEN
        RETURN lower(folded);  -- nothing else to do, for most titles and for all slugs
    END IF;
    IF octet_length(folded) > length(folded) THEN
        -- Accents and a raised c that are typed for an apostrophe: NFKD would make a space and a letter of them.
        folded := normalize(regexp_replace(folded, '[´΄᾽᾿῾´ᶜ]', '''', 'g'), NFKD);
        -- Combining marks, Hebrew points, Arabic vowels, the stretching tatweel, and what cannot be seen, as soft hyphens.
        folded := regexp_replace(folded, '[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u0640\u064b-\u065f\u0670'
            '\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]', '', 'g');
        -- Apostrophes, and the letters that stand for ayin and hamza.
        folded := regexp_replace(folded, '[‘’‚‛′‵ʹʻʼʽʾʿˀˁʔʕꜢꜣꜤꜥ׳՚]', '''', 'g');
        folded := regexp_replace(folded, '[‐‑‒–—―−]', '-', 'g');
        folded := regexp_replace(folded, '[“”„‟«»]', '"', 'g');
        -- What stands between words in other scripts, as an Arabic comma does, and two signs among the letters.
        folded := regexp_replace(folded, '[\u00d7\u00f7\u055b-\u055f\u0589\u05be\u05c0\u05c3\u060c\u061b-\u061f\u066a-\u066d\u06d4'
            '\u0964\u0965\u2e00-\u2e7f\u3001-\u3004\u3008-\u3020\u30fb]', ' ', 'g');
        folded := lower(normalize(folded, NFC));
        IF folded ~ '[øłđðıħŧŋςßþæœىیکةٱ٠-٩۰-۹]' THEN
            folded := translate(folded, 'øłđðıħŧŋςىیکةٱ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹', 'olddihtnσييكها01234567890123456789');
            folded := replace(replace(replace(replace(folded, 'ß', 'ss'), 'þ', 'th'), 'æ', 'ae'), 'œ', 'oe');
        END IF;
    ELSE
        folded := lower(folded);
    END IF;
    IF position('''' IN folded) > 0 THEN
        -- A French article or preposition is a word of its own (d'Ivoire), and the English possessive is none (Nasser's, but
        -- Ra's is a cape); every other apostrophe stands within its word (Sana'a, 1990's).
        folded := regexp_replace(folded, '(\m[dl])''(?=[[:alpha:]])', '\1 ', 'g');
        folded := regexp_replace(folded, '(\m[[:alpha:]]a)''s\M', '\1s', 'g');
        folded := regexp_replace(folded, '([[:alpha:]]\.?)''s\M', '\1', 'g');
        folded := replace(folded, '''', '');
    END IF;
    -- One word: U.S. is US, and 30,000 is 30000.
    IF folded ~ '\m[[:alpha:]]\.[[:alpha:]]\M' THEN
        folded := regexp_replace(
            folded, '(?<=\m[[:alpha:]])\.(?=[[:alpha:]]\M)|(?<=\.[[:alpha:]])\.(?![[:alnum:]])', '', 'g'
        );
    END IF;
    IF folded ~ '[0-9],[0-9]' THEN
        folded := regexp_replace(folded, '([0-9]),(?=[0-9]{3}(?![0-9]))', '\1', 'g');
    END IF;
    RETURN folded;
END
$function$;

-- The words of a text, letters and digits, with single spaces between them. A number begins a word of its own (R17 is R-17) and
-- has no plural (MiG-21s), which the English stemmer leaves to it. Letters above ASCII are named by their numbers, because a
-- database in the locale "C" knows none.
CREATE FUNCTION public.words(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $function$
    SELECT btrim(regexp_replace(
        regexp_replace(
            public.fold(value) COLLATE "default",
            '[^[:alnum:]\u00c0-\u1fff\u2c00-\U0010ffff]{2,}|[^[:alnum:]\u00c0-\u1fff\u2c00-\U0010ffff ]'
            '|(?<=[[:alpha:]\u00c0-\u1fff\u2c00-\U0010ffff])(?=[0-9])',
            ' ', 'g'
        ),
        '([0-9])s\M', '\1', 'g'
    ))
$function$;

-- What a reader's query looks for in to_tsvector('english', words(…)): all its words, those written together (R-17, and/or) side by
-- side; quotation marks, a minus sign before a word and `or` mean what they mean on the web.
CREATE FUNCTION public.sought(query text) RETURNS tsquery
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $function$
    SELECT websearch_to_tsquery('pg_catalog.english', coalesce(string_agg(
        CASE WHEN piece[1] || piece[3] = 'or' THEN 'or' ELSE piece[1] || '"' || found.words || '"' END, ' ' ORDER BY place
    ), ''))
    FROM regexp_matches(public.fold(query), '(-?)(?:"([^"]*)"?|([^\s"]+))', 'g') WITH ORDINALITY AS pieces (piece, place),
        LATERAL (SELECT public.words(coalesce(piece[2], piece[3])) AS words) AS found
    WHERE found.words <> ''
$function$;

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

-- Text as relations/text.py leaves it: composed (NFC), without white space at its ends and without unseen characters.
CREATE FUNCTION public.is_prose(value text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $function$
    SELECT value IS NFC NORMALIZED AND value !~ '^[ \n\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]|[ \n\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]$|[\u0001-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U0001BCA0-\U0001BCA3\U0001D173-\U0001D17A\U000E0000-\U000E0FFF\U0001FFFE\U0001FFFF\U0002FFFE\U0002FFFF\U0003FFFE\U0003FFFF\U0004FFFE\U0004FFFF\U0005FFFE\U0005FFFF\U0006FFFE\U0006FFFF\U0007FFFE\U0007FFFF\U0008FFFE\U0008FFFF\U0009FFFE\U0009FFFF\U000AFFFE\U000AFFFF\U000BFFFE\U000BFFFF\U000CFFFE\U000CFFFF\U000DFFFE\U000DFFFF\U000EFFFE\U000EFFFF\U000FFFFE\U000FFFFF\U0010FFFE\U0010FFFF]'
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

-- What an entry of the read model is listed under: its countries, by themselves and with their roles, and the pairs of
-- those that are its sides.
-- Those who vote are a pair with whom they vote about, and not with one another. Parties are written role:code.
CREATE FUNCTION public.listed_under(parties text[], bystanders text[], voters text[]) RETURNS text[]
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

-- The days on which something that lasts is certain, possible, not dated, ended: four sets that share no day. In none is a day on which it
-- had not begun, nor one on which one of the two states certainly did not exist and only a missing date, or none at all, would carry it
-- there; in a later lifespan of that state it is no longer certain. What fades is certain only on the day by which it had begun.
-- The end in effect is {sort day, basis, date, ended by, earliest, latest}. A bound of a range that is NULL is open.
CREATE FUNCTION public.days_standing(
    began_earliest date, began_latest date, is_dated boolean, end_in_effect text[], fades boolean,
    lifespans_of_one daterange[], lifespans_of_other daterange[]
) RETURNS datemultirange[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $function$
DECLARE
    never CONSTANT datemultirange := '{}';
    always CONSTANT datemultirange := '{(,)}';
    has_stated_end boolean := coalesce(end_in_effect[2] = 'stated', false);
    ends_earliest date := end_in_effect[5];
    ends_latest date := end_in_effect[6];
    begun datemultirange := datemultirange(daterange(began_earliest, NULL));
    certain datemultirange := never;
    doubtful datemultirange := never;
    ended datemultirange := never;
    absent datemultirange := never;
    silenced datemultirange := never;
    state_absent datemultirange;
    state_silences datemultirange;
    lifespans daterange[];
    span daterange;
BEGIN
    FOR state IN 1..2 LOOP
        lifespans := CASE state WHEN 1 THEN lifespans_of_one ELSE lifespans_of_other END;
        CONTINUE WHEN lifespans = '{}';
        state_absent := always;
        state_silences := never;
        FOREACH span IN ARRAY lifespans LOOP
            state_absent := state_absent - datemultirange(span);
            IF began_earliest IS NULL AND NOT lower_inf(span) THEN
                state_silences := state_silences + datemultirange(daterange(NULL, lower(span)));
            END IF;
            CONTINUE WHEN has_stated_end OR upper_inf(span);
            IF began_earliest IS NULL OR began_earliest < upper(span) THEN
                state_silences := state_silences + datemultirange(daterange(upper(span), NULL));
            END IF;
            IF began_latest < upper(span) THEN
                doubtful := doubtful + datemultirange(daterange(upper(span), NULL));
            END IF;
        END LOOP;
        absent := absent + state_absent;
        silenced := silenced + state_absent * state_silences;
    END LOOP;
    IF NOT is_dated THEN
        RETURN ARRAY[never, never, always - absent, never];
    END IF;
    IF ends_latest IS NOT NULL THEN
        ended := begun * datemultirange(daterange(ends_latest, NULL, '()'));
    END IF;
    IF fades AND NOT has_stated_end THEN
        doubtful := doubtful + datemultirange(daterange(began_latest, NULL, '()'));
    END IF;
    IF began_latest IS NOT NULL AND (end_in_effect IS NULL OR ends_earliest IS NOT NULL) THEN
        certain := datemultirange(daterange(began_latest, NULL)) * datemultirange(daterange(NULL, ends_earliest));
        certain := certain - doubtful - silenced;
    END IF;
    RETURN ARRAY[certain, begun - ended - silenced - certain, never, ended - absent];
END
$function$;

-- How something that lasts stands to a day, so that the least answers for it: {1} on that day, {2} possibly on that day, {3} not dated,
-- {4, …} ended, what ended later before what ended earlier; NULL where it says nothing of that day.
CREATE FUNCTION public.standing(day date, days datemultirange[], end_in_effect text[]) RETURNS int[]
LANGUAGE sql STABLE PARALLEL SAFE AS $function$
    SELECT CASE
        WHEN day <@ days[1] THEN ARRAY[1]
        WHEN day <@ days[2] THEN ARRAY[2]
        WHEN day <@ days[3] THEN ARRAY[3]
        WHEN day <@ days[4] THEN ARRAY[4, date '9999-12-31' - end_in_effect[6]::date]
    END
$function$;
