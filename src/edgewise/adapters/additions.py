"""Finding what others have added: TOML files in the data folder, and packages that are installed beside Edgewise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import entry_points
from importlib.resources import files
from pathlib import Path

from edgewise.counterpart.additions import Additions, read_additions
from edgewise.errors import RepertoireError

#: The folder beside the rehearsals whose `.toml` files are read.
FOLDER = "additions"
#: The entry points of packages; each names a package whose `.toml` files are read.
GROUP = "edgewise.additions"
_STYLE = re.compile(r"^\s*\[styles\.([a-z-]+)\]", re.MULTILINE)


def additions(folder: Path) -> Additions:
    """Everything that was added on this machine, packages first.

    Raises:
        RepertoireError: a file does not hold what it must; says which, and on which line.
    """
    texts = [*_in_packages(), *_in_folder(folder / FOLDER)]
    known = [name for _, text in texts for name in _STYLE.findall(text)]
    found = Additions()
    for called, text in texts:
        found += read_additions(text, called=called, known=known)
    return found


def _in_packages() -> Iterator[tuple[str, str]]:
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        for entry in sorted(files(point.value).iterdir(), key=lambda entry: entry.name):
            if entry.name.endswith(".toml"):
                yield f"{point.value}/{entry.name}", entry.read_text(encoding="utf-8")


def _in_folder(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.glob("*.toml")):
        try:
            yield str(path), path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as unreadable:
            raise RepertoireError(
                f"{path} cannot be read as text in UTF-8.", next_step="Save it as UTF-8, or take it out of that folder."
            ) from unreadable
