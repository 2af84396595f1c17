"""What a page costs Python: milliseconds of processor time for a request, in one process and without a server.

`DATABASE_URL=… python -m bench.cost` requests the pages of `bench.served` from a register that `bench.register` has
filled; arguments name some of these pages. Next to the total are the shares of rendering templates, including the
methods they call, and of compiling queries to SQL.
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

from bench.ready import logged_in
from bench.served import urls_by_page

WARM_UP, SAMPLES = 5, 30  # requests


class Watch:
    """Measures the time in a method and all that it calls; recursive calls count once."""

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
    site, cookies = WSGIHandler(), logged_in().cookies
    cookie = "; ".join(f"{name}={each.value}" for name, each in cookies.items())
    watches = [Watch(Template, "render"), Watch(SQLCompiler, "as_sql")]

    def seconds(url: str) -> list[float]:
        """Total, templates and SQL of a request; pages of the desk are requested with a login."""
        known = {"HTTP_COOKIE": cookie} if url.startswith("/admin/") else {}
        environ = RequestFactory(SERVER_NAME="127.0.0.1").get(url, **known).environ
        for watch in watches:
            watch.seconds = 0.0
        begun = time.process_time()
        b"".join(site(environ, lambda *_: None))
        return [time.process_time() - begun, *(watch.seconds for watch in watches)]

    print("| milliseconds | all | templates | SQL |\n| --- | ---: | ---: | ---: |")
    for kind, urls in urls_by_page(os.environ["DATABASE_URL"]).items():
        if kind not in (sys.argv[1:] or [kind]):
            continue
        samples = [seconds(url) for url in (urls * (WARM_UP + SAMPLES))[: WARM_UP + SAMPLES]][WARM_UP:]
        print(
            f"| {kind} |",
            " | ".join(f"{statistics.median(each) * 1000:.1f}" for each in zip(*samples, strict=True)),
            "|",
        )


if __name__ == "__main__":
    main()
