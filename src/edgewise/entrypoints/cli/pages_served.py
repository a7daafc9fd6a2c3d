"""The pages, served from the terminal."""

from __future__ import annotations

from contextlib import ExitStack, closing
from pathlib import Path

from edgewise import config
from edgewise.adapters.papers import Papers
from edgewise.adapters.storage.keys import is_locked
from edgewise.app import Edgewise
from edgewise.config import data_folder
from edgewise.entrypoints.cli.keeping import opened, papers_here
from edgewise.entrypoints.web.guard import LOOPBACK
from edgewise.entrypoints.web.serving import serve, serve_locked


def serve_pages(*, host: str, port: int | None, browser: bool) -> None:
    """Serve them until Ctrl-C. What is locked is opened by the passphrase in the environment, or on the first page."""
    given = config.passphrase()
    if is_locked(data_folder()) and not given and host in LOOPBACK:
        _serve_locked(port=port, browser=browser)
        return
    with opened() as edgewise:
        serve(
            edgewise,
            data_folder(),
            host=host,
            port=port,
            browser=browser,
            passphrase=given,
            papers=papers_here(),
        )


def _serve_locked(*, port: int | None, browser: bool) -> None:
    from edgewise.bootstrap import edgewise, papers  # noqa: PLC0415 - slow to load

    with ExitStack() as in_the_end:

        def opens(passphrase: str) -> tuple[Edgewise, Path, Papers]:
            unlocked = edgewise(passphrase=passphrase)
            in_the_end.enter_context(closing(unlocked.store))
            return unlocked, data_folder(), papers(passphrase=passphrase)

        serve_locked(data_folder(), opens, port=port, browser=browser)
