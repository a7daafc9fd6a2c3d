"""What can still be read in a data file when SQLite itself gives it up.

A table of SQLite lies on pages of 4096 bytes. The pages that hold rows can be told by their first byte, and say where
each row begins; a row says the kind and length of each value in it, and a row too long for its page goes on in a chain
of others (https://sqlite.org/fileformat2.html, sections 1.6, 2.1 and 4). So rows can be read off the pages one by one,
without the tree that leads to them, whatever is missing elsewhere. Which of them are as they were written is for
whoever asks to find out: Edgewise's rows bear a seal.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from edgewise.adapters.storage.keys import MAGIC, PAGE, Key

Value = int | float | str | bytes | None
Row = tuple[Value, ...]

_LEAF_OF_A_TABLE = 0x0D
_RESERVED = 80  # bytes at the end of each page that SQLCipher sealed: 16 of chance, 64 of checksum
_VECTOR = 16
_FRAME = 24  # bytes before each page in the log
_LOG_HEADER = 32
_FIRST_PAGE = 100  # bytes of the file's header
_MOST_VALUES = 100  # in one row; ours have at most some twenty
_MOST_BYTES = 64 * 1024 * 1024  # in one row; a damaged length must not fill the memory
_FIXED = {0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8, 7: 8, 8: 0, 9: 0}


class _UnreadableError(ValueError):
    """There is no row here, or not all of it."""


def rows_in(file: Path, key: Key | None) -> Iterator[Row]:
    """Every row that can be read in the data file and in the log beside it.

    A row comes as often as it lies there, in the order in which it was written; and some were never a row.

    Raises:
        OSError: the file cannot be read.
    """
    pages = _Pages(PAGE if key is None else PAGE - _RESERVED, dict(_pages(file.read_bytes(), key)))
    yield from pages.rows(list(pages.held))
    log = file.with_name(f"{file.name}-wal")
    changed: list[int] = []
    for number, page, finished in _frames(log.read_bytes() if log.is_file() else b"", key):
        pages.held[number] = page
        changed.append(number)
        if finished:
            yield from pages.rows(changed)
            changed = []
    yield from pages.rows(changed)


@dataclass(frozen=True, slots=True)
class _Pages:
    """The pages of the data file by number, from 1.

    Attributes:
        usable: bytes of each page that SQLite uses.
    """

    usable: int
    held: dict[int, bytes] = field(repr=False)

    def rows(self, numbers: Iterable[int]) -> Iterator[Row]:
        """Every row that can be read on these pages."""
        for number in numbers:
            page, start = self.held[number], _FIRST_PAGE if number == 1 else 0
            if page[start : start + 1] == bytes([_LEAF_OF_A_TABLE]):
                yield from self._rows_of(page, start)

    def _rows_of(self, page: bytes, start: int) -> Iterator[Row]:
        count = int.from_bytes(page[start + 3 : start + 5], "big")
        for place in range(min(count, PAGE // 4)):
            at = start + 8 + 2 * place
            try:
                yield self._row(page, int.from_bytes(page[at : at + 2], "big"))
            except (_UnreadableError, IndexError, struct.error):
                continue

    def _row(self, page: bytes, at: int) -> Row:
        length, at = _number(page, at)
        _, at = _number(page, at)  # the row's own number, which nothing of ours refers to
        if not 0 < length <= _MOST_BYTES:
            raise _UnreadableError
        return _values(self._payload(page, at, length))

    def _payload(self, page: bytes, at: int, length: int) -> bytes:
        here = self._kept_here(length)
        payload = page[at : at + here]
        following = int.from_bytes(page[at + here : at + here + 4], "big") if here < length else 0
        met: set[int] = set()
        parts = [payload]
        left = length - len(payload)
        while left > 0:
            if following in met or following not in self.held:
                raise _UnreadableError
            met.add(following)
            further = self.held[following]
            parts.append(further[4 : min(self.usable, 4 + left)])
            left -= len(parts[-1])
            following = int.from_bytes(further[:4], "big")
        return b"".join(parts)

    def _kept_here(self, length: int) -> int:
        """How much of a row stands on its own page (section 1.6 of SQLite's description)."""
        most, least = self.usable - 35, (self.usable - 12) * 32 // 255 - 23
        if length <= most:
            return length
        wanted = least + (length - least) % (self.usable - 4)
        return wanted if wanted <= most else least


def _pages(content: bytes, key: Key | None) -> Iterator[tuple[int, bytes]]:
    for number, at in enumerate(range(0, len(content), PAGE), start=1):
        yield number, _opened(content[at : at + PAGE], number, key)


def _frames(log: bytes, key: Key | None) -> Iterator[tuple[int, bytes, bool]]:
    """Each page in the log with its number, and whether a change ended with it. Older leftovers bear another salt."""
    salt = log[16:24]
    for at in range(_LOG_HEADER, len(log) - _FRAME, _FRAME + PAGE):
        number, size = struct.unpack(">II", log[at : at + 8])
        if log[at + 8 : at + 16] == salt and number > 0:
            yield number, _opened(log[at + _FRAME : at + _FRAME + PAGE], number, key), size > 0


def _opened(page: bytes, number: int, key: Key | None) -> bytes:
    """A page as SQLite would read it; where it is damaged, what comes out is nonsense and bears no seal."""
    if key is None or len(page) < PAGE:
        return page
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes  # noqa: PLC0415 - with a passphrase only

    start, end = (len(MAGIC) if number == 1 else 0), PAGE - _RESERVED
    decryptor = Cipher(algorithms.AES(key.secret), modes.CBC(page[end : end + _VECTOR])).decryptor()
    plain = decryptor.update(page[start:end]) + decryptor.finalize()
    return (MAGIC if number == 1 else b"") + plain


def _values(payload: bytes) -> Row:
    size, at = _number(payload, 0)
    if not 0 < size <= min(len(payload), 9 * _MOST_VALUES):
        raise _UnreadableError
    kinds: list[int] = []
    while at < size:
        kind, at = _number(payload, at)
        kinds.append(kind)
    values: list[Value] = []
    for kind in kinds:
        width = _width(kind)
        if at + width > len(payload):
            raise _UnreadableError
        values.append(_value(kind, payload[at : at + width]))
        at += width
    return tuple(values)


def _width(kind: int) -> int:
    if kind in _FIXED:
        return _FIXED[kind]
    if kind < 12:  # noqa: PLR2004 - 10 and 11 are for SQLite's own use
        raise _UnreadableError
    return (kind - 12) // 2


def _value(kind: int, held: bytes) -> Value:
    if kind == 0:
        return None
    if kind in {8, 9}:
        return kind - 8
    if kind == 7:  # noqa: PLR2004 - SQLite's number for a fraction
        return float(struct.unpack(">d", held)[0])
    if kind in _FIXED:
        return int.from_bytes(held, "big", signed=True)
    return held.decode("utf-8", "replace") if kind % 2 else held


def _number(held: bytes, at: int) -> tuple[int, int]:
    """One of SQLite's numbers of varying length, and where it ends."""
    value = 0
    for place in range(8):
        byte = held[at + place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:  # noqa: PLR2004 - the last byte has no high bit
            return value, at + place + 1
    return value << 8 | held[at + 8], at + 9
