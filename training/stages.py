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
from training.network import Network, load_encoder
from training.split import FOLDS, SCORED, fold, unseen
from training.weigh import near_weights, weighings

SHIPPED = Path(__file__).parent.parent / "src/edgewise/counterpart/perceive/learned/model"
_RECIPE = Recipe()
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
        """Score each of the folds that are scored with a network that never saw it."""
        for number in range(SCORED):
            self.fold(number)
            self._once(f"fold{number}.pt", lambda number=number: self._scored(number))
        told = self._cross_scores()
        (self.build / "cross_validated.json").write_text(json.dumps(told, indent=1))
        for name, value in told.items():
            say(f"{name:44} {value:.3f}")
        return told

    def fit(self) -> None:
        """Fit the network that ships, on everything but the unseen fifth."""
        self._once("whole.pt", lambda: _learned(self.prepared, _RECIPE).state_dict())

    def fold(self, number: int) -> None:
        """Fit the network that does not see one fold."""
        self._once(f"without{number}.pt", lambda: self._fold(number).state_dict())

    def ship(self) -> None:
        """Write the network's file, its vocabulary and its card."""
        network = self._kept("whole.pt")
        SHIPPED.mkdir(exist_ok=True)
        model = SHIPPED / "reader.onnx"
        export(network, model)
        (SHIPPED / "vocabulary.json").write_bytes(vocabulary())
        held, folds = self._folds()
        own = [one.example for one in self.prepared if "acts" in one.example.labels]
        worded = wording.kept(wording.fitted(own))
        (SHIPPED / "wording.npz").write_bytes(worded)
        card: dict[str, Any] = {
            "model_sha256": hashlib.sha256(model.read_bytes()).hexdigest(),
            "vocabulary_sha256": hashlib.sha256(vocabulary()).hexdigest(),
            "wording_sha256": hashlib.sha256(worded).hexdigest(),
            "acts": weighings(held, folds["acts"], _worded_apart(own, held)),
            **near_weights(held, folds["near"]),
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

    def _fold(self, number: int) -> Network:
        say(f"without fold {number + 1} of {FOLDS}")
        return _learned([one for one in self.prepared if fold(one.example) != number], _RECIPE)

    def _scored(self, number: int) -> dict[str, Any]:
        network = self._kept(f"without{number}.pt")
        held = [at for at, one in enumerate(self.prepared) if fold(one.example) == number]
        some = [self.prepared[at] for at in held]
        said = {name: value.numpy() for name, value in answers(network, some).items()}
        return {"rows": held, "near": _nearness(network, some), **said}

    def _kept(self, name: str) -> Network:
        network = _fresh()
        network.load_state_dict(torch.load(self.build / name))
        return network

    def _folds(self) -> tuple[list[Example], dict[str, Any]]:
        """The examples of the scored folds, and what was said of each by a network that never saw it."""
        parts = [torch.load(self.build / f"fold{number}.pt", weights_only=False) for number in range(SCORED)]
        held = [self.prepared[row].example for part in parts for row in part["rows"]]
        said = {
            name: np.concatenate([part[name] for part in parts]) for name in parts[0] if name not in {"rows", "near"}
        }
        return held, {**said, "near": [near for part in parts for near in part["near"]]}

    def _cross_scores(self) -> dict[str, float]:
        examples, folds = self._folds()
        told = scores.of_heads(examples, folds)
        meanings = self._meanings()
        for head, one_of in _KINDS.items():
            rows = [at for at, example in enumerate(examples) if head in example.labels]
            some = [examples[at] for at in rows]
            plain = self._plain(head, meanings, one_of=one_of)
            told |= scores.beside(head, some, folds[head][rows], plain)
        return told

    def _plain(self, head: str, meanings: Callable[..., Any], *, one_of: bool) -> np.ndarray:
        """What the plain classifier, taught on the other folds, says of the examples that are scored."""
        examples = [one.example for one in self.prepared if head in one.example.labels]
        words = Words(examples, meanings)
        done = np.array([example.labels[head] for example in examples])
        where = np.array([fold(example) for example in examples])
        out: list[np.ndarray] = []
        for number in range(SCORED):
            learn, score = np.flatnonzero(where != number), np.flatnonzero(where == number)
            known, asked = words.features(learn, score)
            out.append(likelihoods(known, done[learn], asked, one_of=one_of))
        return np.concatenate(out)

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


def _worded_apart(own: Sequence[Example], held: Sequence[Example]) -> np.ndarray:
    """What wording learned on the other folds says of each of our own turns among those held."""
    some = [example for example in held if "acts" in example.labels]
    where = np.array([fold(example) for example in some])
    out = np.zeros((len(some), len(ACTS)))
    for number in sorted(set(where)):
        others = [example for example in own if fold(example) != number]
        asked = [example for example, at in zip(some, where, strict=True) if at == number]
        out[where == number] = wording.log_odds(wording.fitted(others), asked)
    return out


@torch.no_grad()
def _nearness(network: Network, ready: Sequence[Prepared]) -> list[list[float]]:
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
