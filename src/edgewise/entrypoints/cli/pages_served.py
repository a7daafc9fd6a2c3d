"""The pages, served from the terminal."""

from __future__ import annotations

import os

from edgewise.config import data_folder
from edgewise.entrypoints.cli.keeping import opened
from edgewise.entrypoints.web.serving import serve

#: Name it in the environment, never on the command line: there others could read it.
PASSPHRASE_VARIABLE = "EDGEWISE_PASSPHRASE"  # noqa: S105 - where to look, not what is there


def serve_pages(*, host: str, port: int | None, browser: bool) -> None:
    """Serve them until Ctrl-C."""
    with opened() as edgewise:
        serve(
            edgewise,
            data_folder(),
            host=host,
            port=port,
            browser=browser,
            passphrase=os.environ.get(PASSPHRASE_VARIABLE, ""),
        )
