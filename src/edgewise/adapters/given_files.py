"""Files somebody hands us: situations and character cards, bounded first, because strangers may have written them."""

from __future__ import annotations

from pathlib import Path

from edgewise.adapters.card_pictures import SIGNATURE, card_in
from edgewise.errors import SituationFileError
from edgewise.situation import Situation, is_card, read_card, read_situation

LARGEST_FILE = 20_000_000  # bytes; a large picture with a card in it


def situation_at(path: Path) -> Situation:
    """The situation in a file, or the person on a character card.

    Raises:
        SituationFileError: it cannot be opened, is too large, or holds something else; says where.
    """
    return situation_in(content_of(path), called=path.name)


def content_of(path: Path) -> bytes:
    """What a file holds.

    Raises:
        SituationFileError: it cannot be opened, or is larger than anything Edgewise reads.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise SituationFileError(
                f"{path.name} is larger than {LARGEST_FILE // 1_000_000} MB.",
                kept="The file was left as it is.",
                next_step="Choose the file itself, not a collection of them.",
            )
        return path.read_bytes()
    except OSError as refused:
        raise SituationFileError(
            f"{path.name} cannot be opened: {(refused.strerror or 'the system refused').lower()}.",
            next_step="Check its name and that you may read it.",
        ) from refused


def situation_in(content: bytes, *, called: str) -> Situation:
    """The situation, or the person on a character card, in what a file held.

    Raises:
        SituationFileError: it holds something else, or something is wrong in it; says where.
    """
    if content.startswith(SIGNATURE):
        return read_card(card_in(content, called=called), called=called)
    text = text_in(content, called=called)
    if text.lstrip().startswith("{"):
        return read_card(text, called=called)
    return read_situation(text, called=called)


def holds_a_situation(content: bytes) -> bool:
    """Whether this is for `situation_in`: anything but an exported rehearsal, which is JSON and no card."""
    if content.startswith(SIGNATURE):
        return True
    text = content.decode("utf-8-sig", errors="replace").lstrip()
    return is_card(text) if text.startswith("{") else True


def text_in(content: bytes, *, called: str) -> str:
    """The text in what a file held.

    Raises:
        SituationFileError: it is not UTF-8.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        raise SituationFileError(
            f"{called} is not text in UTF-8 (byte {broken.start + 1} cannot be read).",
            kept="The file was left as it is.",
            next_step="Save it as UTF-8 and try again.",
        ) from broken
