"""A GGUF file, in this process: llama.cpp's server started here, asked over loopback with a key nobody else has.

That server opens a listener in any case, so it is also how we talk to it: one way of asking, tested once.
"""

from __future__ import annotations

import os
import secrets
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from edgewise.adapters.models import faults
from edgewise.adapters.models.openai_compatible import Endpoint, OpenAIModel
from edgewise.config import data_folder
from edgewise.errors import MissingExtraError, ModelFileError
from edgewise.ports.language_model import LanguageModel, ModelCard, Said

#: Files or folders, separated as PATH is.
VARIABLE = "EDGEWISE_GGUF"
#: Tokens of room: a rehearsal's prompt fits well, and what it takes in memory stays small.
ROOM = 8192
#: MiB of prompts kept for the next turn. llama.cpp's own default is eight gigabytes.
_CACHE_MIB = 512
#: How deep below a folder a file is looked for: publisher, model, file.
_DEEP = 3
# Parts of the names of files that are no whole model: what lets one see, and the second and further parts of one.
_NO_MODEL = ("mmproj", "-of-")


def places() -> tuple[Path, ...]:
    """Where GGUF files lie: what the environment names, our own folder, where LM Studio and llama.cpp put theirs."""
    named = [Path(one).expanduser() for one in os.environ.get(VARIABLE, "").split(os.pathsep) if one.strip()]
    home = Path.home()
    return (
        *named,
        data_folder() / "models",
        home / ".lmstudio" / "models",
        home / ".cache" / "llama.cpp",
        home / "Library" / "Caches" / "llama.cpp",
    )


class GgufFiles:
    """Finds and opens them.

    Args:
        where: files and folders to look at; the usual ones unless given.
    """

    name = "gguf"

    def __init__(self, where: Sequence[Path] | None = None) -> None:
        self._where = where

    def found(self) -> Sequence[ModelCard]:
        """One card for each file; its room is measured when it is opened."""
        return [ModelCard(name, self.name, None, leaves_machine=False, context=0) for name in self._files()]

    def open(self, card: ModelCard) -> LanguageModel:
        """The model in the file.

        Raises:
            MissingExtraError: what runs it is not installed.
            ModelError: the file is gone.
            ModelFileError: the file is damaged, or too large for this machine.
        """
        path = self._files().get(card.name)
        if path is None:
            raise faults.missing(card)
        return GgufModel(path, card)

    def _files(self) -> dict[str, Path]:
        files: dict[str, Path] = {}
        for place in places() if self._where is None else self._where:
            for path in _in(place):
                if path.resolve() not in {one.resolve() for one in files.values()}:
                    name = path.stem if path.stem not in files else f"{path.parent.name}/{path.stem}"
                    files[name] = path
        return files


class GgufModel:
    """A model in this process.

    Args:
        path: its file.
        card: what it is called.
    """

    def __init__(self, path: Path, card: ModelCard) -> None:
        key = secrets.token_urlsafe(32)
        self._server: Any = _started(path, key)
        address = str(self._server.listening_address)
        asked = replace(card, name=path.name, host=None)
        self._model = OpenAIModel(asked, Endpoint(address, key))
        self._card = replace(card, context=self._model.card.context)

    @property
    def card(self) -> ModelCard:
        """Which model this is."""
        return self._card

    def stream(self, said: Sequence[Said], *, most: int, stop: threading.Event | None = None) -> Iterator[str]:
        """Its answer, piece by piece."""
        return self._model.stream(said, most=most, stop=stop)

    def structured(self, said: Sequence[Said], schema: Mapping[str, object], *, most: int) -> str:
        """Its answer as JSON that follows the schema."""
        return self._model.structured(said, schema, most=most)

    def count(self, text: str) -> int:
        """Tokens in a text, as this model cuts it."""
        return self._model.count(text)

    def close(self) -> None:
        """Take the model out of memory."""
        self._model.close()
        self._server = None  # it ends when nobody holds it any more


def _in(place: Path) -> list[Path]:
    if place.is_file():
        return [place]
    if not place.is_dir():
        return []
    depths = ["/".join(["*"] * deep) for deep in range(1, _DEEP + 1)]
    files = sorted(path for pattern in depths for path in place.glob(f"{pattern}.gguf") if path.is_file())
    return [path for path in files if not any(part in path.name for part in _NO_MODEL) or "-00001-of-" in path.name]


def _started(path: Path, key: str) -> Any:
    library = _library()
    params = library.CommonParams()
    params.model.path = str(path)
    params.model_alias = {path.name}
    params.api_keys = [key]
    params.n_ctx = ROOM
    params.n_parallel = 1
    params.cache_ram_mib = _CACHE_MIB
    # One core is left for us: with as many threads as cores, words come eight times slower once anything else runs.
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = max(1, (os.cpu_count() or 2) - 1)
    params.verbosity = -1
    params.ui = params.endpoint_slots = False
    try:
        return library.Server(params)
    except RuntimeError as refused:
        raise ModelFileError(
            f"{path.name} could not be loaded.",
            kept="Nothing was changed.",
            next_step="See whether the whole file is there and fits into memory, or choose another model.",
        ) from refused


def _library() -> Any:
    try:
        return import_module("xllamacpp")
    except ImportError as missing:
        raise MissingExtraError(
            "To run a GGUF file, further packages are needed.",
            kept="The built-in voice works without them.",
            next_step="Install them: pip install 'edgewise[gguf]'",
        ) from missing
