"""The server and its slow, silent and greedy visitors: real sockets, with an application of three pages."""

import json
import logging
import os
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from typing import Any

import pytest
from django.conf import settings

from config import visits, worker
from config.limits import BODY, BODY_OF_STRANGERS
from relations.models.upload import MAX_BYTES
from tests.config.clients import GET, connect, read_response, running, send_request

PIECE = bytes(100_000)
COOKIE = f"{settings.SESSION_COOKIE_NAME}=abc"


class Site:
    """Answers with the length of the request body, or with an endless file; records its requests."""

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []
        self.sent = 0
        self.closed = threading.Event()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        self.requests.append(environ)
        start_response("200 OK", [("Content-Type", "text/plain")])
        if environ["PATH_INFO"] == "/file":
            return self
        if environ["PATH_INFO"] == "/page":
            return [bytes(1_000_000)]
        if environ["PATH_INFO"] == "/pieces":
            return [PIECE, PIECE]
        return [str(len(environ["wsgi.input"].read())).encode()]

    def __iter__(self) -> Iterator[bytes]:
        while True:
            self.sent += len(PIECE)
            yield PIECE

    def close(self) -> None:
        self.closed.set()


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def address(site: Site) -> Iterator[tuple[str, int]]:
    """The address of this site, which has two threads."""
    with running(site) as address:
        yield address


def posted(length: int, *headers: str, body: bytes = b"") -> bytes:
    lines = ["POST / HTTP/1.1", "Host: dyad.example", f"Content-Length: {length}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


@contextmanager
def crowd(address: tuple[str, int], number: int) -> Iterator[list[socket.socket]]:
    with ExitStack() as stack:
        yield [stack.enter_context(closing(connect(address))) for _ in range(number)]


@pytest.mark.parametrize(
    "sent", [b"", GET[:-2], posted(1000, body=b"name=")], ids=["nothing", "half of the headers", "a part of the body"]
)
def test_two_hundred_incomplete_requests_block_nobody(address, sent):
    with crowd(address, 200) as visitors:
        for visitor in visitors:
            visitor.sendall(sent)
        assert [send_request(address, GET)[0] for _ in range(5)] == [200] * 5


def test_pipelined_requests_that_are_not_read_block_nobody(address):
    page = GET.replace(b"/ ", b"/page ")
    with crowd(address, 20) as visitors:
        for visitor in visitors:
            visitor.sendall(page * 19 + page.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        assert send_request(address, GET)[2] == b"0"
        with visitors[0].makefile("rb") as file:  # a client that reads late still gets all of them
            assert file.read().count(bytes(1_000_000)) == 20


@pytest.mark.parametrize(
    ("limit", "sent"), [("FIRST_BYTE", b""), ("HEADERS", GET[:-2]), ("HEADERS", posted(1000, body=b"name="))]
)
def test_a_request_that_takes_too_long_is_closed(address, site, monkeypatch, limit, sent):
    monkeypatch.setattr(visits, limit, 0.1)
    with closing(connect(address)) as visitor:
        visitor.sendall(sent)
        assert visitor.recv(1) == b""
    assert site.requests == []


def test_time_is_counted_from_the_first_byte_and_not_from_the_last(address, monkeypatch):
    monkeypatch.setattr(visits, "HEADERS", 1)
    with closing(connect(address)) as visitor, pytest.raises(OSError):
        for _ in range(600):
            visitor.sendall(b"G")
            time.sleep(0.1)


def test_an_idle_kept_alive_connection_is_closed(address, monkeypatch):
    with closing(connect(address)) as visitor:
        visitor.sendall(GET)
        assert read_response(visitor)[0] == 200
        visitor.sendall(GET)
        assert read_response(visitor)[0] == 200
        monkeypatch.setattr(visits, "NEXT_REQUEST", 0.1)
        assert visitor.recv(1) == b""


def test_the_deadline_of_a_large_body_depends_on_its_length(monkeypatch):
    request = visits.Request(visits.Adjustments(max_request_body_size=BODY))
    request.received(posted(3_200_000, f"Cookie: {COOKIE}"))
    assert request.deadline() - request.begun == visits.HEADERS + 3_200_000 / visits.SLOWEST_BODY == 110


def test_a_file_is_not_read_ahead_of_its_reader_and_ends_when_nobody_reads_it(address, site, monkeypatch):
    monkeypatch.setattr(visits, "READING", 1)
    with closing(connect(address)) as visitor:
        visitor.sendall(GET.replace(b"/ ", b"/file "))
        assert site.closed.wait(60)
    assert site.sent < worker.BUFFERED + 20_000_000  # the buffers of the system come on top


def test_the_progress_of_a_slow_reader_is_noticed_and_extends_the_deadline(address, site, monkeypatch):
    monkeypatch.setattr(visits, "READING", 2)
    ends = time.monotonic() + 4.5
    with socket.socket() as reader, reader.makefile("rb") as file:
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)  # a small buffer in the reader's own system
        reader.settimeout(60)
        reader.connect(address)
        reader.sendall(GET.replace(b"/ ", b"/file "))
        while time.monotonic() < ends:
            sent = -1
            while sent != site.sent:  # until nothing more is made ahead of the reader
                sent = site.sent
                time.sleep(0.2)
            assert len(file.read(300_000)) == 300_000
            until = time.monotonic() + 20
            while site.sent == sent:
                assert time.monotonic() < until
                time.sleep(0.01)


def test_of_too_many_idle_connections_the_longest_silent_is_closed(address, monkeypatch):
    monkeypatch.setattr(worker, "MAX_IDLE", 3)
    with crowd(address, 5) as visitors:
        assert [visitor.recv(1) for visitor in visitors[:2]] == [b"", b""]
        visitors[4].sendall(GET)
        assert read_response(visitors[4])[0] == 200


@pytest.mark.parametrize(
    ("length", "headers", "seen"),
    [
        (BODY_OF_STRANGERS, [], str(BODY_OF_STRANGERS)),
        (BODY, [f"Cookie: a=b; {COOKIE}"], str(BODY)),
    ],
)
def test_a_body_that_may_be_sent_reaches_the_site(address, site, length, headers, seen):
    assert send_request(address, posted(length, *headers, body=bytes(length)))[2] == seen.encode()


@pytest.mark.parametrize(
    ("length", "headers"),
    [
        (BODY_OF_STRANGERS + 1, []),
        (BODY_OF_STRANGERS + 1, ["Cookie: csrftoken=abc"]),
        (BODY + 1, [f"Cookie: {COOKIE}"]),
        (100_000_000_000, []),
        (BODY + 1, ["Expect: 100-continue"]),
    ],
)
def test_a_body_that_is_too_large_is_left_unread_and_the_site_is_told_its_length(address, site, length, headers):
    """The site knows the user, and refuses the body; nothing of it was written to disk."""
    status, answered, body = send_request(address, posted(length, *headers))
    assert (status, body, answered["Connection"]) == (200, b"0", "close")
    assert [environ["CONTENT_LENGTH"] for environ in site.requests] == [str(length)]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_request_with_expect_and_no_body_is_answered_at_once(address, method):
    head = f"{method} / HTTP/1.1\r\nHost: dyad.example\r\nExpect: 100-continue\r\n\r\n"
    assert send_request(address, head.encode())[0] == 200


def test_a_chunked_body_is_refused_when_it_becomes_too_large(address, site):
    head = b"POST / HTTP/1.1\r\nHost: dyad.example\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunk = b"2710\r\n" + bytes(10_000) + b"\r\n"
    assert send_request(address, head + 3 * chunk + b"0\r\n\r\n")[2] == b"30000"
    assert send_request(address, head + 9 * chunk)[2] == b"0"
    assert int(site.requests[-1]["CONTENT_LENGTH"]) > BODY_OF_STRANGERS


def test_a_client_that_goes_on_sending_can_read_the_refusal(address):
    with closing(connect(address)) as visitor:
        visitor.sendall(posted(30_000_000) + bytes(3_000_000))
        visitor.sendall(bytes(27_000_000))
        assert read_response(visitor)[0] == 200
        assert visitor.recv(1) == b""


def test_the_number_of_simultaneous_large_bodies_is_limited(address, site, monkeypatch):
    monkeypatch.setattr(visits, "LARGE_AT_A_TIME", 2)
    large = posted(visits.LARGE + 1, f"Cookie: {COOKIE}")
    first, second = connect(address), connect(address)
    for visitor in (first, second):
        visitor.sendall(large)
    while len(visits.Request.large) < 2:
        time.sleep(0.01)
    status, headers, body = send_request(address, large)
    assert (status, headers["Retry-After"], headers["X-Content-Type-Options"]) == (503, "60", "nosniff")
    assert b"Other large files are being sent" in body
    assert send_request(address, posted(5, f"Cookie: {COOKIE}", body=b"small"))[2] == b"5"
    first.sendall(bytes(visits.LARGE + 1))
    assert read_response(first)[2] == str(visits.LARGE + 1).encode()
    second.close()
    while visits.Request.large:
        time.sleep(0.01)
    assert send_request(address, large + bytes(visits.LARGE + 1))[0] == 200
    first.close()


def test_a_file_can_be_sent_with_a_full_temporary_folder(address, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")
    assert send_request(address, posted(BODY, f"Cookie: {COOKIE}", body=bytes(BODY)))[2] == str(BODY).encode()


def test_the_largest_file_that_may_be_imported_can_be_sent():
    assert MAX_BYTES + 500_000 < BODY


def test_malformed_requests_are_refused_in_words(address, site):
    status, headers, body = send_request(address, b"GET / HTTP/1.1\r\nno header\r\n\r\n")
    assert (status, headers["X-Content-Type-Options"]) == (400, "nosniff")
    assert b"Invalid header" in body
    assert site.requests == []


def headers_alone(visitor: socket.socket, path: bytes) -> list[bytes]:
    visitor.sendall(GET.replace(b"GET / ", b"HEAD %b " % path))
    with visitor.makefile("rb") as file:
        return list(iter(file.readline, b"\r\n"))


def test_a_head_request_gets_the_headers_alone(address):
    with closing(connect(address)) as visitor:
        assert b"Content-Length: 1000000\r\n" in headers_alone(visitor, b"/page")
        visitor.sendall(GET)
        assert read_response(visitor)[2] == b"0"
    with closing(connect(address)) as visitor:
        assert b"Transfer-Encoding: chunked\r\n" in headers_alone(visitor, b"/pieces")
        assert visitor.recv(1) == b""  # the length is unknown, so the connection ends with the response


def test_forwarded_headers_reach_the_site(address, site):
    send_request(address, GET.replace(b"\r\n\r\n", b"\r\nX-Forwarded-For: 203.0.113.9\r\n\r\n"))
    assert site.requests[0]["HTTP_X_FORWARDED_FOR"] == "203.0.113.9"


def test_each_answer_is_a_line_of_the_log(address, caplog):
    caplog.set_level(logging.INFO, "access")
    send_request(address, b"GET /caf%C3%A9?q=secret HTTP/1.1\r\nHost: dyad.example\r\nUser-Agent: curl\r\n\r\n")
    send_request(address, b"nonsense\r\n\r\n")
    while len(caplog.records) < 2:
        time.sleep(0.01)
    entries = [dict(record.args) for record in caplog.records]
    assert all(isinstance(entry.pop("microseconds"), int) for entry in entries)
    assert entries[0] == {
        "method": "GET",
        "path": "/caf\u00c3\u00a9",  # as WSGI has it
        "address": "127.0.0.1",
        "agent": "curl",
        "status": "200",
        "bytes": 1,
    }
    assert (entries[1]["status"], entries[1]["path"]) == ("400", None)
    assert json.dumps(entries)


def test_requests_under_way_are_answered_when_the_site_stops(site):
    begun, goes_on = threading.Event(), threading.Event()

    def slow(environ: dict[str, Any], start_response: Any) -> Any:
        begun.set()
        goes_on.wait(60)
        return site(environ, start_response)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        loop = worker.EventLoop(slow, [listener], threads=1)
        with closing(connect(listener.getsockname())) as visitor:
            visitor.sendall(GET)
            while not begun.is_set():
                loop.run_once()
            closing_time = threading.Thread(target=loop.close)
            closing_time.start()
            goes_on.set()
            assert read_response(visitor)[2] == b"0"
            closing_time.join()


def test_the_limit_of_open_files_is_raised(monkeypatch):
    limits = {"now": (256, worker.resource.RLIM_INFINITY)}
    monkeypatch.setattr(worker.resource, "getrlimit", lambda which: limits["now"])
    monkeypatch.setattr(worker.resource, "setrlimit", lambda which, limit: limits.update(now=limit))
    worker.raise_file_limit()
    assert limits["now"] == (4000, worker.resource.RLIM_INFINITY)
    limits["now"] = (256, 1024)
    worker.raise_file_limit()
    assert limits["now"] == (1024, 1024)
    limits["now"] = (65536, 65536)
    worker.raise_file_limit()
    assert limits["now"] == (65536, 65536)


def test_a_process_without_its_master_ends(monkeypatch):
    monkeypatch.setattr(worker.EventLoop, "run_once", lambda loop: pytest.fail("goes on"))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        process = worker.Worker.__new__(worker.Worker)
        process.alive, process.ppid, process.wsgi = True, os.getppid() + 1, lambda *asked: []
        process.sockets = [type("Listener", (), {"sock": listener})]
        process.cfg = type("Config", (), {"threads": 1})
        process.run()
