"""What any store refuses, said the same way whichever store it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from edgewise.errors import (
    AlreadyKeptError,
    DeveloperError,
    EdgewiseError,
    ElsewhereError,
    RehearsalOverError,
    UnknownNameError,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

#: What stands for the newest rehearsal wherever an id is asked for.
NEWEST = "last"

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def could_be_an_id(name: str) -> bool:
    """Whether a rehearsal could be called this at all, so that pasted nonsense never reaches the disk."""
    return _ID.fullmatch(name) is not None


def unknown(name: str) -> UnknownNameError:
    """No rehearsal is called this."""
    return UnknownNameError(
        f"There is no rehearsal called “{name[:64]}”.",
        next_step="See their names with edgewise list.",
    )


def ambiguous(name: str, ids: Sequence[str]) -> UnknownNameError:
    """Several rehearsals begin like this, and guessing could show or resume the wrong one."""
    return UnknownNameError(
        f"More than one rehearsal begins with “{name}”: {', '.join(ids[:5])}{', …' if len(ids) > 5 else ''}.",  # noqa: PLR2004
        next_step="Give more of the name; edgewise list shows them all.",
    )


def already_kept(rehearsal_id: str) -> AlreadyKeptError:
    """A rehearsal of this id is here already; what you said in it must not be written over."""
    return AlreadyKeptError(
        f"A rehearsal called “{rehearsal_id}” is already kept here.",
        kept="It was left as it is.",
        next_step=f"Look at it with edgewise show {rehearsal_id}, or remove it first with edgewise delete.",
    )


def refuse_unless_next(rehearsal_id: str, place: int, *, kept: int, over: bool) -> None:
    """Let a turn in only as the next one of a conversation that still goes on.

    Raises:
        RehearsalOverError: it has ended, perhaps in another window.
        ElsewhereError: the place is taken, so another window is in the same conversation.
        DeveloperError: turns before it were never kept.
    """
    if over:
        raise RehearsalOverError(
            "This conversation has ended.",
            kept=f"All {kept} of its turns are saved.",
            next_step=f"Look at it with edgewise show {rehearsal_id}, or start another take with edgewise rehearse.",
        )
    if place != kept:
        raise _out_of_step(rehearsal_id, place, kept)


def _out_of_step(rehearsal_id: str, place: int, kept: int) -> EdgewiseError:
    saved = f"The {kept} turns on disk are as they were; this one was not added."
    if 0 <= place < kept:
        return ElsewhereError(
            "Another Edgewise window has gone on with this rehearsal.",
            kept=saved,
            next_step=f"Close one of the two windows, then go on with edgewise resume {rehearsal_id}.",
        )
    return DeveloperError(
        f"Turn {place + 1} was to be kept, but {kept} turns are on disk before it.",
        kept=saved,
        next_step=f"Go on from what is saved with edgewise resume {rehearsal_id}, and please report this.",
    )
