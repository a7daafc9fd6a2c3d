"""The passphrase: asked for, put on what is kept, and taken away; and what a damaged file still held."""

from __future__ import annotations

import getpass
import sys
from functools import lru_cache
from pathlib import Path

import typer

from edgewise import config
from edgewise.adapters.storage.keys import SHORTEST, is_locked, key_of, needed
from edgewise.config import data_folder
from edgewise.entrypoints.cli.screen import Screen
from edgewise.entrypoints.words import turns_in_words
from edgewise.errors import PassphraseError, PersonError

_TRIES = 3
_BEFOREHAND = (
    "Everything kept here will be written anew, so that only the passphrase opens it.",
    "It is stored nowhere and nobody can reset it: if you lose it, everything is lost.",
    "Copies you made elsewhere, exports and backups of this disk are not touched.",
)


@lru_cache(maxsize=1)
def passphrase_given() -> str:
    """The passphrase for what is kept: from the environment, or asked for once; empty when there is none on it.

    Raises:
        PassphraseError: there is one, and nobody is there to ask.
    """
    given, folder = config.passphrase(), data_folder()
    if given or not is_locked(folder):
        return given
    for _ in range(_TRIES):
        given = _asked("Passphrase: ")
        if _opens(folder, given):
            return given
        typer.echo("That is not it.", err=True)
    return given


def _opens(folder: Path, given: str) -> bool:
    from edgewise.adapters.storage.sqlite_store import SqliteStore  # noqa: PLC0415 - slow to load

    try:
        SqliteStore(folder, key=key_of(folder, given)).close()
    except PassphraseError:
        return False
    return True


def _asked(prompt: str) -> str:
    if not sys.stdin.isatty():
        raise needed()
    try:
        return getpass.getpass(prompt)
    except EOFError as nobody:
        raise needed() from nobody


def lock_all() -> None:
    """Put a passphrase on all that is kept, or another in place of the one there is."""
    from edgewise.adapters.storage.locking import lock  # noqa: PLC0415 - slow to load

    screen, folder = Screen(), data_folder()
    before = passphrase_given() if is_locked(folder) else ""
    for line in _BEFOREHAND:
        screen.say(line)
    chosen = _asked(f"A new passphrase, {SHORTEST} characters or more (Enter to leave it): ")
    if not chosen:
        screen.say("Left as it is.")
        return
    if _asked("Once more: ") != chosen:
        raise PersonError(
            "Those two are not the same.", kept="All of it is as it was.", next_step="Try again: edgewise lock"
        )
    lock(folder, chosen, before=before)
    screen.say("Locked. From now on Edgewise asks for the passphrase.")


def unlock_all() -> None:
    """Take the passphrase away again."""
    from edgewise.adapters.storage.locking import unlock  # noqa: PLC0415 - slow to load

    screen, folder = Screen(), data_folder()
    if not is_locked(folder):
        raise PersonError("There is no passphrase on what is kept here.", next_step="Put one on it: edgewise lock")
    unlock(folder, passphrase_given())
    screen.say("Unlocked. What is kept here can be read without a passphrase.")


def salvage_all() -> None:
    """Save what can be read of a damaged data file, and say what was saved and what was lost."""
    from edgewise.adapters.storage.salvage import salvage  # noqa: PLC0415 - slow to load

    screen, folder = Screen(), data_folder()
    given = _asked("Passphrase: ") if is_locked(folder) and not config.passphrase() else config.passphrase()
    salvaged = salvage(folder, passphrase=given)
    if salvaged.original is None:
        screen.say(f"Nothing is damaged. {_rehearsals(len(salvaged.saved))} read well, and nothing was changed.")
        return
    screen.say(f"Saved: {_rehearsals(len(salvaged.saved))}, {sum(one.whole for one in salvaged.saved)} of them whole.")
    for one in salvaged.saved:
        if not one.whole:
            had = f"of {turns_in_words(one.turns)}" if one.turns is not None else "and nothing else"
            read = turns_in_words(len(one.rehearsal.turns))
            screen.say(f"  {one.rehearsal.id}  {one.rehearsal.situation.heading}: {read} {had}")
    if salvaged.lost:
        screen.say(f"Found but not understood: {', '.join(salvaged.lost)}.")
    screen.say("What left no trace in the file cannot be named.")
    screen.say(f"The damaged file is kept as it was, in {salvaged.original}.")
    screen.quietly("It goes with the next rehearsal you delete, because it may hold those words as well.")


def _rehearsals(count: int) -> str:
    return "1 rehearsal" if count == 1 else f"{count} rehearsals"
