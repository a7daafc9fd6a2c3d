"""The stages from labelled text to the file that ships."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer

from edgewise.counterpart.perceive.learned.tokens import Tokens
from training import replying, scores, wording
from training.corpora import own_turns, published
from training.encoder import published_weights, vocabulary
from training.examples import ACTS, Example
from training.export import export
from training.fit import Prepared, Recipe, answers, fit, prepare
from training.linear import Words, likelihoods
from training.lines import REPLIES, know_lines
from training.network import Network, Pair, load_encoder
from training.split import FOLDS, fold, unseen
from training.weigh import near_weights, weighings

SHIPPED = Path(__file__).parent.parent / "src/edgewise/counterpart/perceive/learned/model"
_BROAD, _OWN, _BRIEF = Recipe(), Recipe(epochs=8), Recipe(epochs=2)
_KINDS = {"face": True, "strategy": False, "offer": False}  # heads with a plain classifier beside them: one label each?


@dataclass
class Work:
    """Everything one run of the training shares."""

    build: Path
    tokens: Tokens
    prepared: list[Prepared]
    test: list[Prepared]

    @classmethod
    def begun(cls, corpora: Path, build: Path) -> Work:
        """Read the corpora, and work out what the low layers make of every turn."""
        tokenizer = Tokenizer.from_buffer(vocabulary())
        tokenizer.no_padding()
        tokenizer.no_truncation()
        tokens = Tokens(tokenizer)
        examples = own_turns() + published(corpora)
        network = _fresh()
        ready = prepare(network, tokens, examples)
        learn = [one for one in ready if not unseen(one.example)]
        test = [one for one in ready if unseen(one.example)]
        say(f"{len(learn)} to learn from, {len(test)} kept unseen")
        _refuse_other_data(build / "examples.sha256", examples)
        return cls(build, tokens, learn, test)

    def cross_validate(self) -> dict[str, float]:
        """Score each fold with a network that never saw it."""
        for number in range(FOLDS):
            self._once(f"broad{number}.pt", lambda number=number: self._fold(number, self.prepared, _BROAD))
            self._once(f"own{number}.pt", lambda number=number: self._fold(number, self._of_ours(), _OWN))
            self._once(f"fold{number}.pt", lambda number=number: self._scored(number))
        told = self._cross_scores()
        (self.build / "cross_validated.json").write_text(json.dumps(told, indent=1))
        for name, value in told.items():
            say(f"{name:44} {value:.3f}")
        return told

    def fit(self) -> None:
        """Fit the two networks that ship, on everything but the unseen fifth."""
        self._once("broad.pt", lambda: _learned(self.prepared, _BROAD).state_dict())
        self._once("own.pt", lambda: _learned(self._of_ours(), _OWN).state_dict())

    def ship(self) -> None:
        """Write the networks' file, its vocabulary and its card."""
        network = Pair(*(self._kept(name) for name in ("broad.pt", "own.pt")))
        SHIPPED.mkdir(exist_ok=True)
        model = SHIPPED / "reader.onnx"
        export(network, model)
        (SHIPPED / "vocabulary.json").write_bytes(vocabulary())
        folds, own = self._folds(), [one.example for one in self.prepared if "acts" in one.example.labels]
        worded = wording.kept(wording.fitted(own))
        (SHIPPED / "wording.npz").write_bytes(worded)
        card: dict[str, Any] = {
            "model_sha256": hashlib.sha256(model.read_bytes()).hexdigest(),
            "vocabulary_sha256": hashlib.sha256(vocabulary()).hexdigest(),
            "wording_sha256": hashlib.sha256(worded).hexdigest(),
            "acts": weighings([one.example for one in self.prepared], folds["acts"], _worded_apart(own)),
            **near_weights([one.example for one in self.prepared], folds["near"]),
            "made_from": dict(sorted(Counter(one.example.corpus for one in self.prepared).items())),
            "scores": {},
        }
        (SHIPPED / "card.json").write_text(json.dumps(card, indent=1) + "\n")
        told = scores.as_shipped([one.example for one in self.test])
        cross = json.loads((self.build / "cross_validated.json").read_text())
        card["scores"] = {name: round(value, 4) for name, value in {**told, **cross}.items()}
        (SHIPPED / "card.json").write_text(json.dumps(card, indent=1) + "\n")
        for name, value in told.items():
            say(f"{name:44} {value:.3f}")

    def teach_replies(self) -> None:
        """Teach which reply answers a turn, and write its file, the vectors of all lines, and its card."""
        published = _fresh()
        seen, kept_apart = [one.example for one in self.prepared], [one.example for one in self.test]
        self._once("replies.pt", lambda: _taught(published, self.tokens, seen).state_dict())
        replier = replying.Replier(published)
        replier.load_state_dict(torch.load(self.build / "replies.pt"))
        right = replying.picked_of_four(replier, published, self.tokens, kept_apart)
        say(f"picked of four on unseen turns {right:.3f}")
        REPLIES.mkdir(exist_ok=True)
        replying.export_replier(replier, REPLIES / "replies.onnx")
        know_lines(round(right, 4))

    def leave_one_out(self) -> None:
        """Train without each corpus in turn, for fewer rounds, and score it with what was learned elsewhere."""
        for corpus in ("receptiveness", "offers", "face acts", "casino", "tiage", "own"):
            name = f"without_{corpus.replace(' ', '_')}.pt"
            self._once(name, lambda corpus=corpus: self._without(corpus))
        told = {
            c: scores.from_elsewhere(
                c, [o.example for o in self._of(c)], torch.load(self.build / f"without_{c.replace(' ', '_')}.pt")
            )
            for c in ("receptiveness", "offers", "face acts", "casino", "tiage", "own")
        }
        (self.build / "leave_one_out.json").write_text(json.dumps(told, indent=1))
        say(json.dumps(told, indent=1))

    def _without(self, corpus: str) -> dict[str, Any]:
        network = _fresh()
        learn = [one for one in self.prepared if one.example.corpus != corpus]
        fit(learn, network, Recipe(epochs=2), tell=say)
        return {name: value.numpy() for name, value in answers(network, self._of(corpus)).items()}

    def _of(self, corpus: str) -> list[Prepared]:
        return [one for one in (self.test if corpus == "own" else self.prepared) if one.example.corpus == corpus]

    def _of_ours(self) -> list[Prepared]:
        return [one for one in self.prepared if one.example.corpus == "own"]

    def _fold(self, number: int, learn: Sequence[Prepared], recipe: Recipe) -> dict[str, torch.Tensor]:
        say(f"without fold {number + 1} of {FOLDS}")
        return _learned([one for one in learn if fold(one.example) != number], recipe).state_dict()

    def _scored(self, number: int) -> dict[str, Any]:
        network = Pair(self._kept(f"broad{number}.pt"), self._kept(f"own{number}.pt"))
        held = [at for at, one in enumerate(self.prepared) if fold(one.example) == number]
        some = [self.prepared[at] for at in held]
        said = {name: value.numpy() for name, value in answers(network, some).items()}
        return {"rows": held, "near": _nearness(network, some), **said}

    def _kept(self, name: str) -> Network:
        network = _fresh()
        network.load_state_dict(torch.load(self.build / name))
        return network

    def _folds(self) -> dict[str, Any]:
        parts = [torch.load(self.build / f"fold{number}.pt", weights_only=False) for number in range(FOLDS)]
        back = np.argsort(np.concatenate([part["rows"] for part in parts]))
        near = {row: value for part in parts for row, value in zip(part["rows"], part["near"], strict=True)}
        said = {
            name: np.concatenate([part[name] for part in parts])[back]
            for name in parts[0]
            if name not in {"rows", "near"}
        }
        return {**said, "near": [near[row] for row in range(len(self.prepared))]}

    def _cross_scores(self) -> dict[str, float]:
        examples, folds = [one.example for one in self.prepared], self._folds()
        told = scores.of_heads(examples, folds)
        meanings = self._meanings()
        for head, one_of in _KINDS.items():
            rows = [at for at, example in enumerate(examples) if head in example.labels]
            some = [examples[at] for at in rows]
            plain = self._plain(some, head, meanings, one_of=one_of)
            told |= scores.beside(head, some, folds[head][rows], plain)
        return told

    def _plain(
        self, examples: Sequence[Example], head: str, meanings: Callable[..., Any], *, one_of: bool
    ) -> np.ndarray:
        words = Words(examples, meanings)
        done = np.array([example.labels[head] for example in examples])
        where = np.array([fold(example) for example in examples])
        out = np.zeros(done.shape)
        for number in range(FOLDS):
            learn, score = np.flatnonzero(where != number), np.flatnonzero(where == number)
            known, asked = words.features(learn, score)
            out[score] = likelihoods(known, done[learn], asked, one_of=one_of)
        return out

    def _meanings(self) -> Callable[[Sequence[str]], np.ndarray]:
        network = _fresh()

        def of(texts: Sequence[str]) -> np.ndarray:
            ready = prepare(network, self.tokens, [Example("", "", text, (), {}) for text in texts])
            return answers(network, ready)["meaning"].numpy()

        return of

    def _once(self, name: str, make: Callable[[], Any]) -> None:
        path = self.build / name
        if not path.exists():
            torch.save(make(), path)


def _refuse_other_data(path: Path, examples: Sequence[Example]) -> None:
    """Stages made from other data must not be mixed with these."""
    now = hashlib.sha256(repr(examples).encode()).hexdigest()
    if path.exists() and path.read_text() != now:
        raise SystemExit(f"The data has changed since {path.parent} was begun. Delete that folder, and begin anew.")
    path.write_text(now)


def _fresh() -> Network:
    network = Network()
    load_encoder(network, published_weights())
    return network


def _learned(learn: Sequence[Prepared], recipe: Recipe) -> Network:
    network = _fresh()
    fit(learn, network, recipe, tell=say)
    return network


def _taught(published: Network, tokens: Tokens, examples: Sequence[Example]) -> replying.Replier:
    replier = replying.Replier(published)
    replying.Lesson(published, tokens, examples).teach(replier, say)
    return replier


def _worded_apart(own: Sequence[Example]) -> np.ndarray:
    """What wording learned on the other folds says of each turn."""
    where = np.array([fold(example) for example in own])
    out = np.zeros((len(own), len(ACTS)))
    for number in range(FOLDS):
        others = [example for example, at in zip(own, where, strict=True) if at != number]
        held = [example for example, at in zip(own, where, strict=True) if at == number]
        out[where == number] = wording.log_odds(wording.fitted(others), held)
    return out


@torch.no_grad()
def _nearness(network: Pair, ready: Sequence[Prepared]) -> list[list[float]]:
    """For each example the likeness of its meaning to each of its notes."""
    said = answers(network, ready)["meaning"]
    notes = {note.example.text: note for one in ready for note, _ in one.notes}
    meant = dict(zip(notes, answers(network, list(notes.values()))["meaning"], strict=True)) if notes else {}
    return [
        [float(mine @ meant[note.example.text]) for note, _ in one.notes] for mine, one in zip(said, ready, strict=True)
    ]


def say(words: str) -> None:
    """Tell whoever waits."""
    print(words, flush=True)
