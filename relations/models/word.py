"""The words that stand in the register, each in one spelling: a part of the read model, never entered."""

from django.contrib.postgres.indexes import HashIndex
from django.db import connections, models

MOST = 1000  # words with the same letters in them, of which PostgreSQL asks an index
HOLDING = """
    SELECT typed, count(text),
        array_agg(DISTINCT plainto_tsquery('pg_catalog.english', public.words(text))::text) FILTER (WHERE text <> '')
    FROM unnest(string_to_array(public.words(%s), ' ')) AS typed
    LEFT JOIN LATERAL (SELECT text FROM public.relations_word WHERE strpos(text, typed) > 0 LIMIT %s) AS word ON true
    GROUP BY typed
"""


class WordQuerySet(models.QuerySet):
    """The words of the register."""

    def holding(self, typed: str) -> dict[str, list[str] | None]:
        """For each word that is typed, the lexemes of the words that hold it, as PostgreSQL writes what it looks for.

        None where an index cannot be asked: common words have no lexemes, and very many words hold a single letter.
        """
        with connections[self.db].cursor() as cursor:
            cursor.execute(HOLDING, [typed, MOST + 1])
            return {
                word: None if number > MOST or "" in (lexemes or []) else lexemes or []
                for word, number, lexemes in cursor.fetchall()
            }


class Word(models.Model):
    """A word of the texts by which rows are searched, or the letters of one of their slugs, keys and refs.

    Who writes one that is not here yet adds it and waits for nobody, so that some are here twice. None is taken away
    with the last text that has it, but when the read model is made anew.
    """

    text = models.TextField(db_collation="C", help_text="The word, without case, accents and the marks around it.")

    objects = WordQuerySet.as_manager()

    class Meta:
        indexes = [HashIndex(fields=["text"], name="word_text")]  # which holds words of any length

    def __str__(self) -> str:
        return self.text
