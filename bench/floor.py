"""The cost of an empty page, which is the minimum for any page of the site.

`DATABASE_URL=… python -m bench.floor` prints microseconds of processor time for a request: of Django with an empty
view, and what each middleware and the server add to it.
"""

import multiprocessing
import socket
import time
from collections.abc import Callable
from contextlib import closing
from http.client import HTTPConnection
from typing import Any

import psutil
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings
from django.urls import path
from django.views.generic import View

from bench.ready import connection
from config.worker import EventLoop

BLOCKS, REQUESTS = 30, 50


class Empty(View):
    """An empty page."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse()


urlpatterns = [path("", Empty.as_view())]


def minimum(requests: list[Callable[[], object]]) -> list[float]:
    """Microseconds of each kind of request, in the block that other work on the machine disturbed least."""
    blocks: list[list[float]] = [[] for _ in requests]
    for _ in range(BLOCKS):
        for request, seconds in zip(requests, blocks, strict=True):
            begun = time.process_time()
            for _ in range(REQUESTS):
                request()
            seconds.append(time.process_time() - begun)
    return [min(seconds) / REQUESTS * 1e6 for seconds in blocks]


def within(middleware: list[str]) -> Callable[[], None]:
    """A function that sends a request through this middleware, without a server."""
    with override_settings(MIDDLEWARE=middleware):
        site = WSGIHandler()
    environ = RequestFactory(SERVER_NAME="127.0.0.1").get("/").environ

    def ask() -> None:
        response: Any = site(dict(environ), lambda *_: None)
        response.close()

    return ask


def served() -> float:
    """Microseconds of a request on a kept-alive connection; counts the server's process alone."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = multiprocessing.get_context("fork").Process(target=serve, args=[listener], daemon=True)
    server.start()
    process = psutil.Process(server.pid)
    with closing(HTTPConnection(*listener.getsockname())) as visitor:

        def ask() -> None:
            visitor.request("GET", "/")
            visitor.getresponse().read()

        ask()
        begun = sum(process.cpu_times()[:2])
        for _ in range(BLOCKS * REQUESTS):  # measured together: the system counts in hundredths of a second
            ask()
        found = sum(process.cpu_times()[:2]) - begun
    server.terminate()
    return found / (BLOCKS * REQUESTS) * 1e6


def serve(listener: socket.socket) -> None:
    loop = EventLoop(WSGIHandler(), [listener], threads=1)
    while True:
        loop.run_once()


@override_settings(ROOT_URLCONF=__spec__.name)
def main() -> None:
    names = settings.MIDDLEWARE
    found = minimum([within(names[:number]) for number in range(len(names) + 1)])
    print(f"| µs of a request | |\n| --- | ---: |\n| Django and an empty view | {found[0]:.0f} |")
    for name, before, after in zip(names, found, found[1:], strict=False):
        print(f"| {name.rpartition('.')[2]} | {after - before:+.0f} |")
    print(f"| all of it | {found[-1]:.0f} |")
    connection.close()  # the server's process must not inherit it
    print(f"| … with the server | {served():.0f} |")


if __name__ == "__main__":
    main()
