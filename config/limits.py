"""How much one visitor may send and take, so that there is room for the others."""

BODY_OF_STRANGERS = 64_000  # bytes: a name, a password and a token
BODY = 21_000_000  # bytes: a file as large as may be imported (relations.models.upload.MAX_BYTES), and its form

PAGES = 4  # at a time in each process
DOWNLOADS = 4  # at a time, of all processes, beside their pages; one address may have all but one of them
