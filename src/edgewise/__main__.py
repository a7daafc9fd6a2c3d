"""`edgewise` and `python -m edgewise`: the terminal."""

from __future__ import annotations

import gc
import sys

_OBJECTS = 100_000  # made before garbage is looked for; all that loading makes stays, and looking took a tenth of it


def main() -> None:
    """Start the terminal; a question about the version is answered before anything else is loaded."""
    if sys.argv[1:] == ["--version"]:
        from edgewise import __version__  # noqa: PLC0415

        sys.stdout.write(f"edgewise {__version__}\n")
        return
    gc.set_threshold(_OBJECTS)
    from edgewise.entrypoints.cli import run  # noqa: PLC0415 - loading Typer takes longer than the version does

    run()


if __name__ == "__main__":
    main()
