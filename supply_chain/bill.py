"""`make sbom`: the software bill of materials, as CycloneDX JSON.

All that runs with an Edgewise that has every extra, with checksums from the lock file; and what lies inside our own
package but was not written as its code: the trained models, and the scripts carried in the pages.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from supply_chain.lock import ROOT, RUN

BILL = ROOT / "dist" / "edgewise.cdx.json"
_PACKAGE = ROOT / "src" / "edgewise"
_VENDORED = _PACKAGE / "entrypoints" / "web" / "static" / "vendor"
_MAKE = (
    *(sys.executable, "-m", "cyclonedx_py", "requirements", str(RUN)),
    *("--pyproject", str(ROOT / "pyproject.toml"), "--mc-type", "application"),
    *("--output-format", "JSON", "--output-reproducible"),
)


def models() -> tuple[Path, ...]:
    """The files of trained models that come with Edgewise."""
    return tuple(sorted(path for path in _PACKAGE.rglob("model/*") if path.name != "card.json"))


def carried() -> Iterator[dict[str, Any]]:
    """What lies inside our own package, as components of the bill."""
    for path in models():
        yield _component(path, "machine-learning-model", path.relative_to(_PACKAGE).as_posix())
    for path in sorted(_VENDORED.glob("*.js")):
        name, _, version = path.name.removesuffix(".min.js").rpartition("-")
        yield {**_component(path, "library", name), "version": version, "purl": f"pkg:npm/{name}@{version}"}


def _component(path: Path, kind: str, name: str) -> dict[str, Any]:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return {
        "type": kind,
        "bom-ref": f"carried:{path.relative_to(_PACKAGE).as_posix()}",
        "name": name,
        "hashes": [{"alg": "SHA-256", "content": digest}],
    }


def bill() -> dict[str, Any]:
    """The whole bill."""
    made = subprocess.run(_MAKE, cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603 - our own command
    told: dict[str, Any] = json.loads(made.stdout)
    told["components"] += carried()
    return told


def main() -> None:
    """Write it."""
    BILL.parent.mkdir(exist_ok=True)
    told = bill()
    BILL.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    print(f"{BILL.relative_to(ROOT)}: {len(told['components'])} components")


if __name__ == "__main__":
    main()
