"""All words in the register, in their folded spelling: a part of the read model."""

from django.contrib.postgres.indexes import HashIndex
from django.db import connections, models

MOST = 1000  # words with the same letters in them that are looked up in an index
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
        """For each word in `typed`, the words of the register that contain it, as texts of tsqueries of their lexemes.

        None if an index is of no use: for words without lexemes (stop words), and for letters that too many words
        contain.
        """
        with connections[self.db].cursor() as cursor:
            cursor.execute(HOLDING, [typed, MOST + 1])
            return {
                word: None if number > MOST or "" in (lexemes or []) else lexemes or []
                for word, number, lexemes in cursor.fetchall()
            }


class Word(models.Model):
    """A word of a text that is searched, or a slug, key or ref without its punctuation.

    A writer adds missing words without waiting for other writers, so a word may be there twice. A word stays when the
    last text with it is gone, until the read model is rebuilt.
    """

    text = models.TextField(db_collation="C", help_text="The word, without case, accents and the marks around it.")

    objects = WordQuerySet.as_manager()

    class Meta:
        indexes = [HashIndex(fields=["text"], name="word_text")]  # a hash index has no limit for the length of words

    def __str__(self) -> str:
        return self.text
