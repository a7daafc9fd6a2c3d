"""The trained network that reads turns, and the checks its file must pass before it is believed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Protocol, Self, cast

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from edgewise.counterpart.perceive.acts import Act
from edgewise.counterpart.perceive.learned.card import Card
from edgewise.counterpart.perceive.learned.tokens import Tokens, Window
from edgewise.counterpart.perceive.learned.wording import Wording
from edgewise.counterpart.perceive.reader import Before
from edgewise.errors import ModelFileError

Numbers = NDArray[np.float32]
Gist = NDArray[np.float16]

#: Turns whose answers are kept in memory: a debrief reads again what the conversation has read already.
_REMEMBERED = 4096
#: Texts whose low layers are kept, some 30 kB each: whether a turn tells of danger and which reply answers it both
#: begin there.
_JUST_READ = 16


@dataclass(frozen=True, slots=True)
class Answer:
    """What the network makes of one turn.

    Attributes:
        acts: for each act the log-odds it gives, before they are weighed against the wording and the rules.
        wording: for each act the log-odds its wording alone gives.
        pieces: word pieces × acts: how strongly each piece of the turn shows each act, as log-odds.
        offsets: where each word piece stands in the turn's text.
        warmth, dominance: interpersonal circumplex, -1 to 1.
        receptiveness: z-scored, as readers who disagree with the writer would rate it.
        shift: log-odds that the turn leaves the subject of those before it.
        meaning: where the turn points among meanings; of length one.
        gist: everything the network told the rest from; others may have learned to tell more from it.
    """

    acts: Mapping[Act, float]
    wording: Mapping[Act, float]
    pieces: Numbers
    offsets: tuple[tuple[int, int], ...]
    warmth: float
    dominance: float
    receptiveness: float
    shift: float
    meaning: Numbers
    gist: Gist


class Session(Protocol):
    """A network's file, opened."""

    def run(self, output_names: Sequence[str] | None, input_feed: Mapping[str, Any]) -> Sequence[Numbers]:
        """What it answers to these inputs."""
        ...


class Network:
    """A trained network, ready to read. Loading takes a moment; `shipped` does it once."""

    def __init__(self, card: Card, tokens: Tokens, wording: Wording, opened: Session) -> None:
        self.card = card
        self._tokens = tokens
        self._wording = wording
        self._session = opened
        self._acts = tuple(Act(name) for name in card.acts)
        self.answer = lru_cache(maxsize=_REMEMBERED)(self._answer)
        self.low = lru_cache(maxsize=_JUST_READ)(self._low)

    @classmethod
    @lru_cache(maxsize=1)
    def shipped(cls) -> Self:
        """The network that comes with Edgewise.

        Raises:
            ModelFileError: its file is missing, damaged, or not the one that was tested.
        """
        folder = files("edgewise.counterpart.perceive.learned").joinpath("model")
        try:
            return cls.checked(*(folder.joinpath(name).read_bytes() for name in _FILES))
        except OSError as missing:
            raise damaged("The file Edgewise reads your turns with is missing.") from missing

    @classmethod
    def checked(cls, card: bytes, model: bytes, vocabulary: bytes, wording: bytes) -> Self:
        """A network from the contents of its four files, once their checksums are found right.

        Raises:
            ModelFileError: a checksum is off, or the card cannot be read.
        """
        try:
            told = Card.model_validate_json(card)
        except ValidationError as broken:
            raise damaged("The card of the file Edgewise reads your turns with does not read back.") from broken
        sums = (told.model_sha256, told.vocabulary_sha256, told.wording_sha256)
        for content, right in zip((model, vocabulary, wording), sums, strict=True):
            if hashlib.sha256(content).hexdigest() != right:
                raise damaged("The file Edgewise reads your turns with is not the one that was tested.")
        return cls(told, _tokens(vocabulary), Wording.of_bytes(wording), session(model))

    def _low(self, text: str) -> tuple[Numbers, NDArray[np.int64]]:
        """What the low layers make of the first window of a text, where other networks begin; and its parts."""
        feed = _fed(self._tokens.windows(text, ())[0])
        return self._session.run(["low"], feed)[0], feed["parts"]

    def _answer(self, text: str, before: tuple[Before, ...] = ()) -> Answer:
        worded = self._wording.log_odds(text, before[-1].words if before else "")
        wording = dict(zip(self._acts, worded, strict=True))
        return _joined([self._read(window, wording) for window in self._tokens.windows(text, before)])

    def _read(self, window: Window, wording: Mapping[Act, float]) -> Answer:
        acts, pieces, circumplex, receptive, shift, meaning, gist, _ = self._session.run(None, _fed(window))
        return Answer(
            acts=dict(zip(self._acts, acts[0].tolist(), strict=True)),
            wording=wording,
            pieces=pieces[0, 1 : 1 + len(window.offsets)],
            offsets=tuple(window.offsets),
            warmth=float(circumplex[0, 0]),
            dominance=float(circumplex[0, 1]),
            receptiveness=float(receptive[0, 0]),
            shift=float(shift[0, 0]),
            meaning=meaning[0],
            gist=gist[0].astype(np.float16),
        )


def _fed(window: Window) -> dict[str, NDArray[np.int64]]:
    return {"ids": np.array([window.ids], np.int64), "parts": np.array([window.parts], np.int64)}


_FILES = ("card.json", "reader.onnx", "vocabulary.json", "wording.npz")


def _joined(read: list[Answer]) -> Answer:
    """One answer for a turn that was read in several windows: an act done in one of them was done."""
    if len(read) == 1:
        return read[0]
    sizes = np.array([max(1, len(one.offsets)) for one in read], np.float32)
    meaning: Numbers = np.average([one.meaning for one in read], axis=0, weights=sizes).astype(np.float32)
    gist = np.average([one.gist for one in read], axis=0, weights=sizes).astype(np.float16)

    def mean(values: list[float]) -> float:
        return float(np.average(values, weights=sizes))

    return Answer(
        acts={act: max(one.acts[act] for one in read) for act in read[0].acts},
        wording=read[0].wording,
        pieces=np.concatenate([one.pieces for one in read]),
        offsets=tuple(offset for one in read for offset in one.offsets),
        warmth=mean([one.warmth for one in read]),
        dominance=mean([one.dominance for one in read]),
        receptiveness=mean([one.receptiveness for one in read]),
        shift=read[0].shift,
        meaning=(meaning / np.linalg.norm(meaning)).astype(np.float32),
        gist=gist,
    )


def _tokens(vocabulary: bytes) -> Tokens:
    from tokenizers import Tokenizer  # noqa: PLC0415 - a rehearsal must not wait for it to be listed

    tokenizer = Tokenizer.from_buffer(vocabulary)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return Tokens(tokenizer)


def session(model: bytes) -> Session:
    """A network's file, opened: few threads, little memory, and quiet while nobody asks."""
    import onnxruntime  # noqa: PLC0415 - the same

    runtime = cast(Any, onnxruntime)  # it comes without types
    options = runtime.SessionOptions()
    options.intra_op_num_threads = 1  # a second makes one turn hardly quicker, and two at once much slower
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False
    # Weights laid out a second time for speed cost as much memory again and save a tenth of the time.
    options.add_session_config_entry("session.disable_prepacking", "1")
    # A thread that waits by spinning keeps a laptop's fan going while the person thinks.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return cast(Session, runtime.InferenceSession(model, options, providers=["CPUExecutionProvider"]))


def damaged(happened: str) -> ModelFileError:
    """What to say when a file that came with Edgewise cannot be believed."""
    return ModelFileError(
        happened,
        kept="Nothing you wrote is touched.",
        next_step="Install Edgewise again: pip install --force-reinstall edgewise.",
    )
