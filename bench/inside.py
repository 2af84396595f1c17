"""Runs inside the site for bench.served: creates a session at the desk, and counts the queries of each kind of page.

Reads lists of URLs by kind of page as JSON, and writes JSON.
"""

import json
import sys

from django.conf import settings
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.ready import connection, logged_in


def main() -> None:
    desk, visitor = logged_in(), Client(raise_request_exception=False, SERVER_NAME="127.0.0.1")
    queries = {}
    for kind, urls in json.load(sys.stdin).items():
        client = desk if urls[0].startswith("/admin/") else visitor
        with CaptureQueriesContext(connection) as captured:
            b"".join(client.get(urls[-1]))
        queries[kind] = len(captured)
    session = desk.cookies[settings.SESSION_COOKIE_NAME].value
    json.dump({"session": session, "queries": queries}, sys.stdout)


if __name__ == "__main__":
    main()
