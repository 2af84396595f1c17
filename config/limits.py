"""Limits of what one visitor may send and receive, so that others are served too."""

BODY_OF_STRANGERS = 64_000  # bytes of a request without a login, which sends a name, a password and a token
BODY = 21_000_000  # bytes: the largest file that may be imported (relations.models.upload.MAX_BYTES), with its form

PAGES = 4  # rendered at a time in each process
DOWNLOADS = 4  # streamed at a time by all processes, besides the pages; one address may have all but one of them
