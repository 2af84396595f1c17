from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

import pghistory
from django.core.management.base import BaseCommand, CommandError

from relations.coding.documents import (
    Document,
    DocumentError,
    attach,
    check_key,
    create_source,
    read_document,
    sentences_of,
    title_of,
)
from relations.models import Source


class Command(BaseCommand):
    help = (
        "Attaches a document to the passages of its source, or begins a new source with a passage for every "
        "sentence. The text is shown to the public only where the source says that it may."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the document: plain text in UTF-8 (.txt)")
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--source", metavar="KEY", help="the source whose passages get their sentences")
        what.add_argument("--new", metavar="KEY", help="the key of a new source, with passages to be coded")
        parser.add_argument("--check", action="store_true", help="with --new: list the sentences, and write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"] and options["new"] is None:
            raise CommandError("--check goes with --new.")
        try:
            document = read_document(options["file"])
            if options["new"] is not None:
                self.begin(document, options["new"], options["file"].name, options["check"])
            else:
                self.attach(document, options["source"])
        except DocumentError as error:
            raise CommandError(str(error)) from error

    def attach(self, document: Document, key: str) -> None:
        source = Source.objects.filter(key=key).first()
        if source is None:
            known = ", ".join(Source.objects.filter(passages__isnull=False).distinct().values_list("key", flat=True))
            raise DocumentError(f"There is no source {key}; sources with passages: {known or 'none'}.")
        if not source.passages.exists():
            raise DocumentError(f"The source {key} has no passages; --new begins a new source with passages.")
        attachment = attach(document, source)
        if attachment.unmatched:
            raise DocumentError(
                "\n  ".join(
                    [
                        "Nothing was attached: the file has no sentence with the SHA-256 of these passages.",
                        *(passage.ref for passage in attachment.unmatched),
                    ]
                )
            )
        if not attachment.is_same_file:
            self.stdout.write("The file is not the one that was coded, but has all its sentences.")
        in_place, by_splitting = len(attachment.in_place), len(attachment.by_splitting)
        self.stdout.write(
            f"{in_place + by_splitting} sentences attached: {in_place} at their recorded places, {by_splitting} found "
            "by splitting."
        )

    def begin(self, document: Document, key: str, name: str, is_rehearsal: bool) -> None:
        sentences = sentences_of(document)
        if is_rehearsal:
            check_key(key)
            for sentence in sentences:
                self.stdout.write(f"{sentence.ref}\t{sentence.start}–{sentence.end}\t{' '.join(sentence.text.split())}")
            return
        with pghistory.context(reason="load_document"):
            source = create_source(document, key, title_of(document, name))
        for section, count in Counter(sentence.section for sentence in sentences).items():
            self.stdout.write(f"{section}: {count:,}")
        self.stdout.write(
            f"{len(sentences):,} passages of {key} wait to be coded. Describe the source in the admin: it is called "
            f"“{source.title}”, by its first heading or its file."
        )
