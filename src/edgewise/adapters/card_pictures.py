"""Character cards as pictures: a PNG with the card among its text chunks, base64 in the field the form prescribes.

Only chunks are read here, never pixels, so a picture that would unfold to gigabytes costs what its file is long.
"""

from __future__ import annotations

import base64
import binascii
import io
import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, cast

import png

from edgewise.errors import SituationFileError
from edgewise.situation import LONGEST_CARD, read_card

_Chunk = tuple[bytes, bytes]

SIGNATURE = b"\x89PNG\r\n\x1a\n"

_LATER, _EARLIER = b"ccv3", b"chara"
_PLAIN = (400, 600)  # pixels; the shape programs expect of a portrait
_QUIET = (92, 107, 115)  # one calm colour


def card_in(picture: bytes, *, called: str = "the picture") -> str:
    """The JSON of the card in a PNG; the newest form of it when there are several.

    Raises:
        SituationFileError: it is no whole PNG, or there is no card in it.
    """
    try:
        found = dict(_texts(picture))
        held = found.get(_LATER) or found.get(_EARLIER)
    except png.Error as broken:
        raise _unreadable(called, "is not a whole PNG picture") from broken
    if held is None:
        raise _unreadable(called, "is a picture without a character card in it")
    if len(held) > LONGEST_CARD * 2:
        raise _unreadable(called, "holds a larger card than can be taken in")
    try:
        return base64.b64decode(b"".join(held.split()), validate=True).decode("utf-8-sig")
    except (binascii.Error, UnicodeDecodeError) as broken:
        raise _unreadable(called, "holds a card that is damaged") from broken


def picture_with(card: str, picture: bytes | None = None) -> bytes:
    """A PNG with a card in it: a picture of yours, or a plain one.

    Args:
        card: the card's JSON.
        picture: a whole PNG; a card that is in it already is replaced, everything else is left as it is.

    Raises:
        SituationFileError: the picture is no whole PNG.
    """
    read_card(card)
    try:
        chunks = [chunk for chunk in _chunks(picture or _plain()) if not _is_card(*chunk)]
    except png.Error as broken:
        raise _unreadable("the picture", "is not a whole PNG picture") from broken
    held = [(b"tEXt", field + b"\0" + base64.b64encode(text.encode())) for field, text in _fields(card)]
    out = io.BytesIO()
    write = cast(Callable[[io.BytesIO, Sequence[_Chunk]], None], png.write_chunks)  # the library has no types
    write(out, [*chunks[:-1], *held, chunks[-1]])
    return out.getvalue()


def _fields(card: str) -> Iterator[tuple[bytes, str]]:
    """Which fields the card is written to: V3 in its own, and once more as V2 for programs that know no other."""
    data: dict[str, Any] = json.loads(card)
    if data.get("spec") == "chara_card_v3":
        yield _LATER, card
        card = json.dumps({**data, "spec": "chara_card_v2", "spec_version": "2.0"})
    yield _EARLIER, card


def _texts(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    for kind, held in _chunks(picture):
        if kind == b"tEXt":
            field, _, text = held.partition(b"\0")
            yield field.lower(), text


def _chunks(picture: bytes) -> Iterator[_Chunk]:
    """Every chunk to the end of the picture, its checksum checked."""
    if not picture.startswith(SIGNATURE):
        raise png.FormatError("no PNG signature")
    ended = False
    for kind, held in cast(Iterator[_Chunk], png.Reader(bytes=picture).chunks()):
        ended = kind == b"IEND"
        yield kind, held
    if not ended:
        raise png.FormatError("no end")


def _is_card(kind: bytes, held: bytes) -> bool:
    return kind == b"tEXt" and held.partition(b"\0")[0].lower() in {_LATER, _EARLIER}


def _plain() -> bytes:
    width, height = _PLAIN
    out = io.BytesIO()
    writer = png.Writer(width, height, palette=[_QUIET], bitdepth=1)
    cast(Callable[[io.BytesIO, Sequence[Sequence[int]]], int], writer.write)(out, [[0] * width] * height)
    return out.getvalue()


def _unreadable(called: str, why: str) -> SituationFileError:
    return SituationFileError(
        f"{called} {why}.", kept="Nothing was changed.", next_step="Choose the card as JSON or PNG, as it was made."
    )
