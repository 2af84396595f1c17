"""What a page costs Python: milliseconds of processor time of a request, within one process and without a server.

`DATABASE_URL=… python -m bench.cost` asks the register that `bench.register` has filled, at the addresses of
`bench.served`; names of questions as arguments ask these alone. Beside all of it stands what goes into templates, with
the sentences and addresses that they ask for, and into making SQL of queries.
"""

import os
import statistics
import sys
import time
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.db.models.sql.compiler import SQLCompiler
from django.template.backends.django import Template
from django.test import RequestFactory

from bench.ready import signed_in
from bench.served import questions

WARM, ASKED = 5, 30


class Watch:
    """How long a method takes, with all that it calls, itself among them."""

    def __init__(self, owner: type, name: str) -> None:
        self.seconds, self.depth = 0.0, 0
        method = getattr(owner, name)

        def watched(*args: Any, **kwargs: Any) -> Any:
            begun, self.depth = time.process_time(), self.depth + 1
            try:
                return method(*args, **kwargs)
            finally:
                self.depth -= 1
                if not self.depth:
                    self.seconds += time.process_time() - begun

        setattr(owner, name, watched)


def main() -> None:
    site, cookies = WSGIHandler(), signed_in().cookies
    cookie = "; ".join(f"{name}={each.value}" for name, each in cookies.items())
    watches = [Watch(Template, "render"), Watch(SQLCompiler, "as_sql")]

    def seconds(address: str) -> list[float]:
        """Of a request, of the desk by somebody who has signed in: in all, in templates, in SQL."""
        known = {"HTTP_COOKIE": cookie} if address.startswith("/admin/") else {}
        environ = RequestFactory(SERVER_NAME="127.0.0.1").get(address, **known).environ
        for watch in watches:
            watch.seconds = 0.0
        begun = time.process_time()
        b"".join(site(environ, lambda *_: None))
        return [time.process_time() - begun, *(watch.seconds for watch in watches)]

    print("| milliseconds | all | templates | SQL |\n| --- | ---: | ---: | ---: |")
    for question, addresses in questions(os.environ["DATABASE_URL"]).items():
        if question not in (sys.argv[1:] or [question]):
            continue
        told = [seconds(address) for address in (addresses * (WARM + ASKED))[: WARM + ASKED]][WARM:]
        print(
            f"| {question} |",
            " | ".join(f"{statistics.median(each) * 1000:.1f}" for each in zip(*told, strict=True)),
            "|",
        )


if __name__ == "__main__":
    main()
