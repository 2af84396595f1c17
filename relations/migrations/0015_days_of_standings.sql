DROP FUNCTION public.standing(date, date, date, boolean, text[], boolean, daterange[], daterange[]);
TRUNCATE public.relations_standing;

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
