"""How long `edgewise --version` takes, beside importing the web framework and the storage it must not wait for."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

ROUNDS = 9
OURS = [sys.executable, "-m", "edgewise", "--version"]
THEIRS = [sys.executable, "-c", "import fastapi, sqlalchemy, sqlalchemy.orm"]


def _seconds(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own commands
    return time.perf_counter() - began


def main() -> None:
    """Print both medians and the median of the ratios, pair by pair."""
    _seconds(OURS), _seconds(THEIRS)
    pairs = [(_seconds(OURS), _seconds(THEIRS)) for _ in range(ROUNDS)]
    print(f"edgewise --version              {statistics.median(one for one, _ in pairs) * 1000:6.0f} ms")
    print(f"import fastapi, sqlalchemy.orm  {statistics.median(other for _, other in pairs) * 1000:6.0f} ms")
    print(f"ratio (median of {ROUNDS} pairs)       {statistics.median(one / other for one, other in pairs):6.2f}")


if __name__ == "__main__":
    main()
