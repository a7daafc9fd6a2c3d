"""The pages, served from the command line."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx

from edgewise.entrypoints.web.serving import _listening

SERVE = [sys.executable, "-m", "edgewise", "serve", "--no-browser"]


def free_port() -> int:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def serving(home: Path, *more: str, **environment: str) -> Generator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [*SERVE, *more],
        env={**os.environ, "EDGEWISE_HOME": str(home), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def first_page(port: int) -> httpx.Response:
    for _ in range(300):
        try:
            return httpx.get(f"http://127.0.0.1:{port}/")
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError("no page came")


def test_the_first_page_comes_and_ctrl_c_ends_it_without_a_noise(tmp_path: Path) -> None:
    port = free_port()
    with serving(tmp_path, "--port", str(port)) as process:
        page = first_page(port)
        assert page.status_code == 200
        assert "Who do you need to talk to?" in page.text
        process.send_signal(signal.SIGINT)
        told, trouble = process.communicate(timeout=20)
    assert f"http://127.0.0.1:{port}/" in told
    assert "only you can see it" in told
    assert trouble == ""


def test_what_it_keeps_beside_the_rehearsals_is_readable_by_you_alone(tmp_path: Path) -> None:
    port = free_port()
    with serving(tmp_path, "--port", str(port)):
        first_page(port)
    assert {oct(path.stat().st_mode & 0o777) for path in tmp_path.iterdir() if path.is_file()} == {"0o600"}


def test_what_they_say_is_sent_as_it_comes_and_not_gathered_first() -> None:
    with closing(_listening("127.0.0.1", 0)) as listening:
        assert listening.proto == socket.IPPROTO_TCP  # else asyncio leaves Nagle's algorithm on: 40 ms for each word


def test_a_port_that_is_taken_is_told_plainly(tmp_path: Path) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with serving(tmp_path, "--port", str(port)) as process:
            _, told = process.communicate(timeout=30)
    assert process.returncode == 3
    assert f"Port {port}" in told
    assert "Leave --port out" in told


def test_other_machines_are_let_in_only_with_a_passphrase(tmp_path: Path) -> None:
    with serving(tmp_path, "--host", "0.0.0.0", "--port", str(free_port())) as process:  # noqa: S104 - refused
        _, told = process.communicate(timeout=30)
    assert process.returncode == 3
    assert "EDGEWISE_PASSPHRASE" in told
    port = free_port()
    with serving(tmp_path, "--host", "0.0.0.0", "--port", str(port), EDGEWISE_PASSPHRASE="a long secret"):  # noqa: S104, S106
        asked = first_page(port)
        assert asked.status_code == 303
        assert asked.headers["location"] == "/enter"
