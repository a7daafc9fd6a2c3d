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

from edgewise.errors import DataFolderError, EdgewiseError, UnknownNameError
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
    """Drafts and situations in the data folder."""

    def __init__(self, folder: Path) -> None:
        self._drafts = folder / "drafts"
        self._situations = folder / "situations"

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
        return _read(path) if path.is_file() else Draft(path, Situation(), 0)

    def draft_of(self, situation: Situation) -> Draft:
        """A sheet that already holds a situation, to be changed without changing where it came from."""
        draft = replace(self.new_draft(), situation=situation)
        self.keep_draft(draft)
        return draft

    def keep_draft(self, draft: Draft) -> None:
        """Write down every answer so far."""
        _write(draft.path, f"# asked: {draft.asked}\n{write_situation(draft.situation)}")

    def newest_draft(self) -> Draft | None:
        """The interview begun last; a sheet that cannot be read is left where it is and passed over."""
        for path in sorted(_toml_files(self._drafts), key=_age):
            with suppress(OSError, UnicodeDecodeError, EdgewiseError):
                return _read(path)
        return None

    def drop_draft(self, draft: Draft) -> None:
        """Take a draft away once a rehearsal or a file holds what was in it."""
        with _told(draft.path):
            draft.path.unlink(missing_ok=True)

    def keep_situation(self, situation: Situation) -> Path:
        """Keep a situation as a file of its own, under a name nobody has yet."""
        stem = _slug(situation)
        path = self._situations / f"{stem}.toml"
        number = 2
        while path.exists():
            path = self._situations / f"{stem}-{number}.toml"
            number += 1
        _write(path, write_situation(situation))
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
        """
        path = self.situation_file(name)
        if path is None:
            raise UnknownNameError(
                "There is no situation of that name here.", next_step="It may have been renamed or deleted; look again."
            )
        return read_situation(path.read_text(encoding="utf-8"), called=path.name)

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


def _read(path: Path) -> Draft:
    text = path.read_text(encoding="utf-8")
    asked = _ASKED.match(text)
    return Draft(path, read_situation(text, called="this interview"), int(asked[1]) if asked else 0)


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


def _write(path: Path, text: str) -> None:
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
