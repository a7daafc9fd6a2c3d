"""What was decided about models: the voice that speaks, and the hosts that words may go to. It holds no secrets."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import tomli_w
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from edgewise.adapters.papers import write_privately
from edgewise.errors import DataFolderError

FILE = "models.toml"
_HEAD = (
    "# Who speaks for them, and the hosts you agreed your words may be sent to. No keys are kept here.\n"
    "# Take a host out of [agreed], and nothing is sent there any more.\n"
)


class Chosen(BaseModel):
    """The model that speaks.

    Attributes:
        source: which source it came from: "ollama".
        name: what it is called there.
        host: where it was; empty when it runs in this process.
    """

    model_config = ConfigDict(frozen=True)

    source: str
    name: str
    host: str = ""


class Decided(BaseModel):
    """Everything that was decided.

    Attributes:
        voice: the model that speaks; None for the built-in voice.
        agreed: hosts that words may be sent to, and since when.
    """

    model_config = ConfigDict(frozen=True)

    voice: Chosen | None = None
    agreed: dict[str, datetime] = Field(default_factory=dict[str, datetime])


class Choices:
    """The file they are kept in, in the data folder, readable by you alone."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    def read(self) -> Decided:
        """What was decided. A broken file decides nothing: the built-in voice speaks, and no host is agreed to."""
        try:
            return Decided.model_validate(tomllib.loads(self._path.read_text(encoding="utf-8-sig")))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError):
            return Decided()

    def agreed(self, host: str) -> bool:
        """Whether words may be sent to this host."""
        return host in self.read().agreed

    def agree(self, host: str) -> None:
        """From now on words may be sent to this host."""
        decided = self.read()
        self._write(decided.model_copy(update={"agreed": {**decided.agreed, host: datetime.now(UTC)}}))

    def take_back(self, host: str) -> None:
        """From now on nothing is sent to this host; a voice there no longer speaks."""
        decided = self.read()
        left = {one: since for one, since in decided.agreed.items() if one != host}
        voice = None if decided.voice and decided.voice.host == host else decided.voice
        self._write(Decided(voice=voice, agreed=left))

    def speak_with(self, voice: Chosen | None) -> None:
        """From now on this model speaks; None for the built-in voice."""
        self._write(self.read().model_copy(update={"voice": voice}))

    def _write(self, decided: Decided) -> None:
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_privately(self._path, _HEAD + tomli_w.dumps(decided.model_dump(exclude_none=True)))
        except OSError as refused:
            raise DataFolderError(
                f"{self._path} cannot be written: {(refused.strerror or 'the system refused').lower()}.",
                kept="What was chosen before still holds.",
                next_step="Make room or give yourself the right to write there, or set EDGEWISE_HOME to another one.",
            ) from refused
