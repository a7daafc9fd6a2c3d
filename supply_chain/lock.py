"""`make lock`: write down the exact version and checksums of everything Edgewise needs, in two files.

requirements/test.txt is what the tests are run with, on every system and with every Python from 3.11 on.
requirements/run.txt is what an Edgewise with all its extras runs with; the bill of materials is made from it.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
TEST = ROOT / "requirements" / "test.txt"
RUN = ROOT / "requirements" / "run.txt"
NOT_RUN = frozenset({"dev", "fuzz", "training"})  # extras for those who work on Edgewise, not for those who use it
_COMPILE = (
    *(sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "--quiet"),
    *("--universal", "--python-version", "3.11", "--generate-hashes"),
    *("--custom-compile-command", "make lock"),
)
_ENTRY = "\n    # via"  # stands once below each package


def extras() -> tuple[str, ...]:
    """The extras somebody who uses Edgewise may install."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return tuple(sorted(set(project["optional-dependencies"]) - NOT_RUN))


def compile_to(file: Path, names: tuple[str, ...], *more: str) -> None:
    """Write one of the files."""
    chosen = [part for name in names for part in ("--extra", name)]
    command = [*_COMPILE, *chosen, *more, "--output-file", str(file.relative_to(ROOT))]
    subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603 - our own command
    print(f"{file.relative_to(ROOT)}: {file.read_text(encoding='utf-8').count(_ENTRY)} packages")


if __name__ == "__main__":
    TEST.parent.mkdir(exist_ok=True)
    compile_to(TEST, ("dev",), *sys.argv[1:])
    compile_to(RUN, extras(), *sys.argv[1:])
