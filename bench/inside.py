"""What only the site itself can tell: a session of somebody at its desk, and how many queries a page takes.

Reads addresses by question as JSON, and writes JSON.
"""

import json
import sys

from django.conf import settings
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.ready import connection, signed_in


def main() -> None:
    desk, visitor = signed_in(), Client(raise_request_exception=False, SERVER_NAME="127.0.0.1")
    queries = {}
    for question, addresses in json.load(sys.stdin).items():
        client = desk if addresses[0].startswith("/admin/") else visitor
        with CaptureQueriesContext(connection) as asked:
            b"".join(client.get(addresses[-1]))
        queries[question] = len(asked)
    session = desk.cookies[settings.SESSION_COOKIE_NAME].value
    json.dump({"session": session, "queries": queries}, sys.stdout)


if __name__ == "__main__":
    main()
