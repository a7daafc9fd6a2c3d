"""The files beside the rehearsals: interviews you have begun, and situations you keep. Readable by you alone."""

from __future__ import annotations

import os
import re
import secrets
import unicodedata
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from edgewise.adapters.sealing import Sealing, is_sealed
from edgewise.adapters.storage.copies import blank
from edgewise.adapters.storage.keys import needed
from edgewise.errors import DataFolderError, EdgewiseError, SituationFileError, UnknownNameError
from edgewise.situation import Situation, read_situation, write_situation

_ASKED = re.compile(r"# asked: (\d{1,3})\n")
_DRAFT = re.compile(r"[0-9a-f]{8}")
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Draft:
    """An interview that was begun.

    Attributes:
        asked: how many of its questions have been asked.
    """

    path: Path
    situation: Situation
    asked: int

    @property
    def name(self) -> str:
        """What it is called."""
        return self.path.stem


class Papers:
    """Drafts and situations in the data folder.

    Args:
        folder: the data folder.
        sealing: what the passphrase makes of them, if there is one: then neither what is in them nor what they are
            called can be read without it.
    """

    def __init__(self, folder: Path, sealing: Sealing | None = None) -> None:
        self._drafts = folder / "drafts"
        self._situations = folder / "situations"
        self._sealing = sealing

    def new_draft(self) -> Draft:
        """A fresh sheet; nothing is written before the first answer."""
        return Draft(self._drafts / f"{secrets.token_hex(4)}.toml", Situation(), 0)

    def draft(self, name: str) -> Draft:
        """The interview of this name, as far as it has come; a fresh sheet when nothing was answered yet.

        Raises:
            UnknownNameError: this is no name of an interview.
            SituationFileError: it was written to from outside and cannot be read any more.
        """
        if not _DRAFT.fullmatch(name):
            raise UnknownNameError("There is no such interview.", next_step="Begin again from the first page.")
        path = self._drafts / f"{name}.toml"
        return self._read(path) if path.is_file() else Draft(path, Situation(), 0)

    def draft_of(self, situation: Situation) -> Draft:
        """A sheet that already holds a situation, to be changed without changing where it came from."""
        draft = replace(self.new_draft(), situation=situation)
        self.keep_draft(draft)
        return draft

    def keep_draft(self, draft: Draft) -> None:
        """Write down every answer so far."""
        self._write(draft.path, f"# asked: {draft.asked}\n{write_situation(draft.situation)}")

    def newest_draft(self) -> Draft | None:
        """The interview begun last; a sheet that cannot be read is left where it is and passed over."""
        for path in sorted(_toml_files(self._drafts), key=_age):
            with suppress(OSError, UnicodeDecodeError, EdgewiseError):
                return self._read(path)
        return None

    def drop_draft(self, draft: Draft) -> None:
        """Take a draft away once a rehearsal or a file holds what was in it."""
        with _told(draft.path):
            draft.path.unlink(missing_ok=True)

    def keep_situation(self, situation: Situation) -> Path:
        """Keep a situation as a file of its own, under a name nobody has yet."""
        stem = _slug(situation) if self._sealing is None else secrets.token_hex(4)
        path = _free(self._situations, stem)
        self._write(path, write_situation(situation))
        return path

    def situation_files(self) -> tuple[Path, ...]:
        """The situations you keep, by name."""
        return tuple(sorted(_toml_files(self._situations)))

    def situation_file(self, name: str) -> Path | None:
        """The situation of yours that has this name."""
        return next((path for path in self.situation_files() if path.stem == name), None)

    def situation(self, name: str) -> Situation:
        """The situation of yours that has this name.

        Raises:
            UnknownNameError: there is none.
            SituationFileError: its file cannot be read any more.
            PassphraseError: it was written under a passphrase that was not given.
        """
        path = self.situation_file(name)
        if path is None:
            raise UnknownNameError(
                "There is no situation of that name here.", next_step="It may have been renamed or deleted; look again."
            )
        return read_situation(self._text(path), called=path.name)

    def called(self, path: Path) -> str:
        """What a kept situation is shown as: the name of its file, or what stands in it when that says nothing."""
        if self._sealing is None:
            return path.stem
        with suppress(EdgewiseError):
            return self.situation(path.stem).heading
        return path.stem

    def drop_situation(self, name: str) -> None:
        """Take a kept situation away for good."""
        if path := self.situation_file(name):
            with _told(path):
                path.unlink(missing_ok=True)

    def rename_situation(self, name: str, situation: Situation) -> Path:
        """Keep a situation under the name its title now gives, and no longer under the old one."""
        path = self.keep_situation(situation)
        self.drop_situation(name)
        return path

    def everything(self) -> tuple[Path, ...]:
        """Every file here."""
        return (*_toml_files(self._drafts), *self.situation_files())

    def drop_everything(self) -> None:
        """Take all of them away."""
        for path in self.everything():
            with _told(path):
                path.unlink(missing_ok=True)

    def seal_all(self) -> None:
        """Write under the passphrase what still lies there without it, and overwrite the plain files."""
        for path in self.everything():
            if not is_sealed(path.read_bytes()):
                self._rewrite(path, self)

    def unseal_all(self) -> None:
        """Write without the passphrase what lies there under it."""
        plain = Papers(self._drafts.parent)
        for path in self.everything():
            if is_sealed(path.read_bytes()):
                self._rewrite(path, plain)

    def _rewrite(self, path: Path, papers: Papers) -> None:
        """Have other papers keep what is in a file in their way, as old as it was, in place of it."""
        text, age = self._text(path), path.stat().st_mtime
        kept = path.with_name(f"{papers.name_for(path, text)}.toml")
        fresh = kept.with_name(f".{kept.stem}.fresh")
        papers._write(fresh, text)
        os.utime(fresh, (age, age))
        with _told(path), path.open("r+b") as old:
            fresh.replace(kept)
            blank(old.fileno())
            if kept != path:
                path.unlink()

    def name_for(self, path: Path, text: str) -> str:
        """What a file with this text is called here; drafts are never called after what is in them."""
        if path.parent == self._drafts:
            return path.stem
        if self._sealing is not None:
            return secrets.token_hex(4)
        with suppress(EdgewiseError):
            return _free(path.parent, _slug(read_situation(text, called=path.name))).stem
        return path.stem

    def _text(self, path: Path) -> str:
        with _told(path):
            held = path.read_bytes()
        if is_sealed(held):
            if self._sealing is None:
                raise needed()
            held = self._sealing.open(held)
        try:
            return held.decode("utf-8-sig")
        except UnicodeDecodeError as broken:
            raise SituationFileError(
                f"{path.name} is not text in UTF-8 (byte {broken.start + 1} cannot be read).",
                kept="The file was left as it is.",
                next_step="Save it as UTF-8 and try again.",
            ) from broken

    def _read(self, path: Path) -> Draft:
        text = self._text(path)
        asked = _ASKED.match(text)
        return Draft(path, read_situation(text, called="this interview"), int(asked[1]) if asked else 0)

    def _write(self, path: Path, text: str) -> None:
        _write(path, text if self._sealing is None else self._sealing.seal(text))


def _free(folder: Path, stem: str) -> Path:
    """A file of this name, or of the nearest one that nobody has yet."""
    path, number = folder / f"{stem}.toml", 2
    while path.exists():
        path, number = folder / f"{stem}-{number}.toml", number + 1
    return path


def write_privately(path: Path, given: str | bytes) -> None:
    """Write a file that only you can read, whole or not at all."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(given if isinstance(given, bytes) else given.encode())
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _write(path: Path, text: str | bytes) -> None:
    with _told(path):
        for folder in (path.parent.parent, path.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_privately(path, text)


@contextmanager
def _told(path: Path) -> Generator[None]:
    try:
        yield
    except OSError as refused:
        raise DataFolderError(
            f"{path} cannot be written: {(refused.strerror or 'the system refused').lower()}.",
            kept="What was written before is as it was.",
            next_step="Make room or give yourself the right to write there, or set EDGEWISE_HOME to another folder.",
        ) from refused


def _toml_files(folder: Path) -> list[Path]:
    return [path for path in folder.glob("*.toml") if path.is_file()] if folder.is_dir() else []


def _age(path: Path) -> float:
    return -path.stat().st_mtime


def _slug(situation: Situation) -> str:
    """A name for the file that can be typed: "dana-the-review"."""
    person = situation.person.name or ("" if situation.person.known_as == "Them" else situation.person.known_as)
    words = situation.title or f"{person} {situation.about}"
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_NAME].strip("-") or "conversation"
