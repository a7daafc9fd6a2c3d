from __future__ import annotations

import contextlib
import os
import re
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from edgewise.entrypoints.web.connections import MOST, punctual
from tests.entrypoints.web.conftest import Served, Serving

Connect = Callable[[], socket.socket]

_MANY = 2_000
_FILES = 1_024  # what a system commonly lets one program have open
_A_LETTER_S = 0.05


@pytest.fixture
def hasty(serving: Serving) -> Served:
    """The pages, with half a second to say what is wanted, and room for twenty."""
    served = serving()
    served.stop()
    served.http = punctual(saying_s=0.5, most=20)
    served.start()
    return served


@pytest.fixture
def connect(hasty: Served) -> Iterator[Connect]:
    with contextlib.ExitStack() as opened:

        def connected() -> socket.socket:
            return opened.enter_context(socket.create_connection(("127.0.0.1", hasty.port), timeout=5))

        yield connected


def is_let_go(connection: socket.socket) -> bool:
    """Whether the other side ends it, in place of answering."""
    try:
        return connection.recv(100) == b""
    except ConnectionError:
        return True


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n",
        b"POST /api/rehearsals HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 90\r\n\r\n{",
    ],
    ids=["nothing", "half a question", "half a body"],
)
def test_who_does_not_finish_what_they_want_is_let_go(connect: Connect, said: bytes) -> None:
    connection = connect()
    connection.sendall(said)
    began = time.monotonic()
    assert is_let_go(connection)
    assert 0.3 < time.monotonic() - began < 3


def test_who_says_it_letter_by_letter_for_ever_is_let_go(connect: Connect) -> None:
    connection = connect()
    connection.sendall(b"GET / HTTP/1.1\r\nX: ")

    def goes_on() -> None:
        for _ in range(100):
            connection.sendall(b"a")
            time.sleep(_A_LETTER_S)

    with pytest.raises(ConnectionError):
        goes_on()


def test_who_is_slow_and_finishes_in_time_is_answered_again_and_again(connect: Connect, hasty: Served) -> None:
    connection = connect()
    for _ in range(3):
        for piece in (b"GET /static/edgewise.css HTTP/1.1\r\n", f"Host: 127.0.0.1:{hasty.port}\r\n".encode(), b"\r\n"):
            connection.sendall(piece)
            time.sleep(_A_LETTER_S)
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += connection.recv(65_536)
        assert answer.startswith(b"HTTP/1.1 200")
        length = re.search(rb"content-length: (\d+)", answer)
        assert length
        left = int(length[1]) - len(answer.partition(b"\r\n\r\n")[2])
        while left:
            left -= len(connection.recv(min(left, 65_536)))


def test_when_there_are_too_many_the_longest_silent_goes_first(connect: Connect, hasty: Served) -> None:
    silent = [connect() for _ in range(20)]
    time.sleep(0.1)
    assert httpx.get(f"{hasty.address}/", timeout=5).status_code == 200
    began = time.monotonic()
    assert is_let_go(silent[0])
    assert time.monotonic() - began < 0.2


def test_who_asks_and_never_takes_the_answer_holds_nobody_up(connect: Connect, hasty: Served) -> None:
    largest = max(Path("src/edgewise/entrypoints/web/static").rglob("*.js"), key=lambda path: path.stat().st_size)
    asked = f"GET /static/{largest.name} HTTP/1.1\r\nHost: 127.0.0.1:{hasty.port}\r\n\r\n".encode()
    for _ in range(40):
        connection = connect()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        connection.sendall(asked * 4)
    assert httpx.get(f"{hasty.address}/", timeout=5).status_code == 200


@pytest.fixture
def with_few_files(tmp_path: Path) -> Iterator[str]:
    """The command as somebody runs it, where one program may have 1024 files open."""
    command = [sys.executable, "-m", "edgewise", "serve", "--no-browser", "--port", "0"]
    limit = f"import os, resource; resource.setrlimit(resource.RLIMIT_NOFILE, ({_FILES}, {_FILES})); "
    run = f"{limit}os.execv({command[0]!r}, {command!r})"
    told = {**os.environ, "EDGEWISE_HOME": str(tmp_path)}
    with subprocess.Popen([sys.executable, "-c", run], stdout=subprocess.PIPE, text=True, env=told) as program:
        assert program.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+", program.stdout.readline())
        assert found
        try:
            yield found[0]
        finally:
            program.terminate()


@pytest.fixture
def many_files() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < _MANY + 200:
        pytest.skip(f"this machine lets a program open {hard} files, and this needs {_MANY}")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, _MANY + 200), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.usefixtures("many_files")
def test_two_thousand_silent_connections_do_not_shut_the_person_out(with_few_files: str) -> None:
    port = int(with_few_files.rpartition(":")[2])
    assert httpx.get(with_few_files, timeout=20).status_code == 200
    with contextlib.ExitStack() as opened:
        for number in range(_MANY):
            connection = opened.enter_context(socket.socket())
            connection.settimeout(0)
            connection.connect_ex(("127.0.0.1", port))
            if number % 200 == 0:
                assert httpx.get(with_few_files, timeout=10).status_code == 200
        assert httpx.get(with_few_files, timeout=10).status_code == 200
        assert _MANY > MOST
