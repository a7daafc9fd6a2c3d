"""Programs the tests start beside themselves."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import edgewise

_SOURCE = Path(edgewise.__file__).parents[1]
_TESTS = Path(__file__).parents[2]


def environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": f"{_SOURCE}{os.pathsep}{_TESTS}", "PYTHONDONTWRITEBYTECODE": "1"}


def started(program: str, *arguments: str, talks: bool = False) -> subprocess.Popen[str]:
    """A Python program, running; its output can be read line by line, and if it talks, it can be told something."""
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", textwrap.dedent(program), *arguments],
        env=environment(),
        stdin=subprocess.PIPE if talks else None,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def said_by(program: str, *arguments: str, dies: bool = False) -> str:
    """What a Python program printed before it ended well; or, if it is to die, before it was killed."""
    with started(program, *arguments) as child:
        out, err = child.communicate(timeout=60)
    assert child.returncode == (-signal.SIGKILL if dies else 0), err
    return out
