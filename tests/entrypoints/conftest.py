"""A home of its own for each test, and three ways to Edgewise: at once, through a pipe, and at a real terminal."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pexpect
import pytest

from edgewise import Edgewise
from edgewise.bootstrap import edgewise as open_edgewise

COMMAND = [sys.executable, "-m", "edgewise"]
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b[()=>][0-9A-B]?|\r")

#: The terminal is ready for you to type: prompt_toolkit has switched bracketed paste on and shown the cursor.
READY = "<ready>"

Run = Callable[..., subprocess.CompletedProcess[str]]
Terminal = Callable[..., "Sitting"]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv("EDGEWISE_HOME", str(folder))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    return folder


@pytest.fixture
def run(home: Path) -> Run:  # noqa: ARG001
    """Run a command to its end, with these lines on its standard input."""

    def run_(*arguments: str, typed: str = "", **more: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*COMMAND, *arguments], input=typed, capture_output=True, encoding="utf-8", timeout=60, check=False, **more
        )

    return run_


@pytest.fixture
def kept(home: Path) -> Iterator[Edgewise]:
    """What the commands have kept, seen through the library."""
    opened = open_edgewise(home)
    yield opened
    opened.store.close()


class Sitting:
    """Somebody at a real terminal."""

    def __init__(self, *arguments: str) -> None:
        self.seen = ""
        self.child: pexpect.spawn[str] = pexpect.spawn(
            sys.executable,
            ["-m", "edgewise", *arguments],
            encoding="utf-8",
            timeout=30,
            dimensions=(60, 100),
            env=os.environ | {"TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"},
        )
        self.child.delaybeforesend = 0.02

    def sees(self, *words: str) -> None:
        """Wait until these words come, in this order; where a line ends is the screen's own affair."""
        for word in words:
            for awaited in ("\x1b[?2004h", "\x1b[?25h") if word == READY else (word,):
                self.child.expect(r"\s+".join(re.escape(part) for part in awaited.split(" ")))
                self.seen += _ESCAPES.sub("", f"{self.child.before}{self.child.after}")

    def types(self, line: str) -> None:
        self.child.send(f"{line}\r")

    def leaves_with(self) -> int | None:
        """Wait for the end; the exit code."""
        self.child.expect(pexpect.EOF)
        self.seen += _ESCAPES.sub("", str(self.child.before))
        self.child.close()
        return self.child.exitstatus

    def hangs_up(self) -> None:
        self.child.close(force=True)


@pytest.fixture
def terminal(home: Path) -> Iterator[Terminal]:  # noqa: ARG001
    opened: list[Sitting] = []

    def open_(*arguments: str) -> Sitting:
        opened.append(Sitting(*arguments))
        return opened[-1]

    yield open_
    for sitting in opened:
        sitting.child.close(force=True)
