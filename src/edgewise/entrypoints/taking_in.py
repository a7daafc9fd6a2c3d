"""A file somebody gives us to keep: an exported rehearsal, a situation file, or a character card."""

from __future__ import annotations

from pathlib import Path

from edgewise.adapters.given_files import holds_a_situation, situation_in, text_in
from edgewise.adapters.papers import Papers
from edgewise.app import Edgewise
from edgewise.errors import ImportFileError
from edgewise.rehearsal import Rehearsal
from edgewise.situation import Situation


def take_in(content: bytes, called: str, edgewise: Edgewise, papers: Papers) -> Rehearsal | Path:
    """Keep what is in a file here.

    Args:
        content: the file.
        called: its name.
        edgewise: where rehearsals are kept.
        papers: where situations are kept.

    Returns:
        The rehearsal; or the file of the situation, which now is one of yours.

    Raises:
        ImportFileError: it is empty, or JSON and neither an exported rehearsal nor a character card.
        SituationFileError: it is not what it seems to be, or something is wrong in it; says where.
        PracticeStoppedError: something in it may tell of real danger.
    """
    if holds_a_situation(content):
        situation = situation_in(content, called=called)
        if situation == Situation():
            raise ImportFileError(
                f"{called} says nothing of anybody.",
                kept="Nothing was changed.",
                next_step="Choose an exported rehearsal, a situation file or a character card.",
            )
        edgewise.watch.situation(situation)
        return papers.keep_situation(situation)
    return edgewise.import_(text_in(content, called=called))
