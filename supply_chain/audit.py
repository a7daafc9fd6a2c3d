"""`make audit`: ask whether any locked package has a known hole; say aloud when that could not be asked.

Exit code 1 when a hole is known, 0 when none is, and 0 with "SKIPPED" when the list of holes cannot be reached: the
tests must pass on a machine without a network, but nobody should believe that it was looked for.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from supply_chain.lock import ROOT, TEST

#: Holes that were looked at and do not touch us: the advisory, and why.
LOOKED_AT: dict[str, str] = {}
_WAIT_S = 15  # seconds for each answer
_LONGEST_S = 240  # seconds for all of them
_SKIPPED = "AUDIT SKIPPED: the list of known holes could not be asked"
_AUDIT = (
    *(sys.executable, "-m", "pip_audit", "--requirement", str(TEST), "--require-hashes", "--disable-pip"),
    *("--format", "json", "--progress-spinner", "off", "--timeout", str(_WAIT_S)),
)


def holes(answer: dict[str, Any]) -> list[str]:
    """Every known hole that was not looked at, one line each."""
    return [
        f"{package['name']} {package['version']}: {hole['id']} (mended in {', '.join(hole['fix_versions']) or 'none'})"
        for package in answer["dependencies"]
        for hole in package.get("vulns", ())
        if not {hole["id"], *hole["aliases"]} & LOOKED_AT.keys()
    ]


def told(printed: str, said: str) -> tuple[int, str]:
    """The exit code and what to say, from what pip-audit printed and what it said on the side."""
    try:
        answer = json.loads(printed)
        found, asked = holes(answer), ["vulns" in package for package in answer["dependencies"]]
    except (ValueError, KeyError, TypeError):
        why = (said.strip().splitlines() or ["it said nothing"])[-1]
        return 0, f"{_SKIPPED} ({why[:200]})."
    if found:
        return 1, "\n".join(["Known holes in what Edgewise is made of:", *found])
    if not any(asked):
        return 0, f"{_SKIPPED} (it knows none of the {len(asked)} packages)."
    return 0, f"Audit: no known hole in {sum(asked)} of {len(asked)} packages; the others could not be asked about."


def main() -> int:
    """Ask, and say what came of it."""
    try:
        asked = subprocess.run(  # noqa: S603 - our own command
            _AUDIT, cwd=ROOT, capture_output=True, text=True, check=False, timeout=_LONGEST_S
        )
        code, says = told(asked.stdout, asked.stderr)
    except subprocess.TimeoutExpired:
        code, says = told("", "no answer came in time")
    print(says)
    return code


if __name__ == "__main__":
    sys.exit(main())
