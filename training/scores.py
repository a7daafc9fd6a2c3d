"""Scores, counted as the corpora's authors count them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import f1_score, roc_auc_score

from edgewise.counterpart import Act, LearnedReader, Reading, Said
from edgewise.counterpart.perceive import Context
from edgewise.counterpart.perceive.learned.network import Network
from edgewise.counterpart.perceive.reading import LIKELY
from edgewise.person import Person, Trigger, Value
from edgewise.situation import KeyPoint, Situation
from training.examples import ACTS, FACES, STRATEGIES, Example, Note

Numbers = NDArray[np.float64]
_BINS = 10


def of_heads(examples: Sequence[Example], said: Mapping[str, Numbers]) -> dict[str, float]:
    """What the network's own heads score, corpus by corpus."""
    told: dict[str, float] = {}
    for head, score in _SCORES.items():
        rows = [row for row, example in enumerate(examples) if head in example.labels]
        if rows:
            told |= score(said[head][rows], np.array([examples[row].labels[head] for row in rows]))
    return told


def _receptive(said: Numbers, rated: Numbers) -> dict[str, float]:
    return {"receptiveness r": float(np.corrcoef(said[:, 0], rated[:, 0])[0, 1])}


def _offers(said: Numbers, warm: Numbers) -> dict[str, float]:
    return {"offers AUC": float(roc_auc_score(warm[:, 0], said[:, 0]))}


def _shift(said: Numbers, shifted: Numbers) -> dict[str, float]:
    return {"topic shift AUC": float(roc_auc_score(shifted[:, 0], said[:, 0]))}


def _faces(said: Numbers, shown: Numbers) -> dict[str, float]:
    each = f1_score(shown.argmax(1), said.argmax(1), labels=range(len(FACES)), average=None, zero_division=0)
    return {"face acts macro F1": float(each.mean())} | {
        f"face acts {name}": float(f1) for name, f1 in zip(FACES, each, strict=True)
    }


def _strategies(said: Numbers, shown: Numbers) -> dict[str, float]:
    each = [f1_score(shown[:, at], said[:, at] > 0, zero_division=0) for at in range(len(STRATEGIES))]
    return {"casino macro F1": float(np.mean(each))} | {
        f"casino {name}": float(f1) for name, f1 in zip(STRATEGIES, each, strict=True)
    }


def _acts(said: Numbers, done: Numbers) -> dict[str, float]:
    each = [f1_score(done[:, at], said[:, at] > 0, zero_division=0) for at in range(len(ACTS))]
    return {"own turns, network alone, macro F1": float(np.mean(each))}


_SCORES = {
    "receptive": _receptive,
    "offer": _offers,
    "shift": _shift,
    "face": _faces,
    "strategy": _strategies,
    "acts": _acts,
}


def beside(head: str, examples: Sequence[Example], said: Numbers, plain: Numbers) -> dict[str, float]:
    """What the network and the plain classifier score together: their log-odds, each in its own spread, added."""
    shown = np.array([example.labels[head] for example in examples])
    network = said if head != "face" else said - said.max(1, keepdims=True)
    words = (
        np.log(np.clip(plain, 1e-4, 1))
        if head == "face"
        else np.log(np.clip(plain, 1e-4, 1 - 1e-4) / (1 - np.clip(plain, 1e-4, 1 - 1e-4)))
    )
    together = _SCORES[head](network + words, shown)
    alone = _SCORES[head](words, shown)
    return {f"{name}, plain classifier": value for name, value in alone.items() if "F1" in name or "AUC" in name} | {
        f"{name}, both": value for name, value in together.items()
    }


def as_shipped(examples: Sequence[Example]) -> dict[str, float]:
    """What the reader that ships scores on our own turns it never saw."""
    Network.shipped.cache_clear()
    reader = LearnedReader()
    read = [reader.read(example.text, Context(Situation(), before=example.before)) for example in examples]
    told: dict[str, float] = {}
    for act in ACTS:
        likely = np.array([reading.acts.get(Act(act), 0.0) for reading in read])
        done = np.array([act in example.acts for example in examples])
        told[f"unseen turns {act} F1"] = float(f1_score(done, likely >= LIKELY, zero_division=0))
        told[f"unseen turns {act} calibration error"] = calibration_error(likely, done)
        told[f"unseen turns {act} count"] = float(done.sum())
    told["unseen turns macro F1"] = float(np.mean([told[f"unseen turns {act} F1"] for act in ACTS]))
    told["unseen turns worst calibration error"] = max(told[f"unseen turns {act} calibration error"] for act in ACTS)
    told["unseen turns criticise against impact accuracy"] = _told_apart(examples, read)
    told["unseen turns marked words found"] = _words_found(examples, read)
    return told | _notes_met(examples, reader)


def _words_found(examples: Sequence[Example], read: Sequence[Reading]) -> float:
    """Of the acts a marked part of a turn shows, how often the span given for the act shares words with that part."""
    hits = [
        any(span.start < at + len(words) and at < span.end for span in reading.spans[Act(act)])
        for example, reading in zip(examples, read, strict=True)
        for act, words in example.where.items()
        if Act(act) in reading.spans
        for at in (example.text.find(words),)
    ]
    return float(np.mean(hits))


def _notes_met(examples: Sequence[Example], reader: LearnedReader) -> dict[str, float]:
    """F1 of points said plainly, points touched, triggers hit and values honoured, on turns never seen."""
    pairs: dict[str, list[tuple[bool, bool]]] = {"said": [], "touched": [], "trigger": [], "value": []}
    for example in examples:
        if example.notes:
            noted = {
                kind: [note for note in example.notes if note.kind == kind] for kind in ("point", "trigger", "value")
            }
            reading = reader.read(example.text, Context(_situation(noted), before=example.before))
            for note, said in zip(noted["point"], reading.points, strict=True):
                pairs["said"].append((note.near == 1.0, said is Said.PLAINLY))
                pairs["touched"].append((note.near > 0, said is not Said.NOT_AT_ALL))
            for kind, touches in (("trigger", reading.triggers), ("value", reading.values)):
                met = {touch.what for touch in touches}
                pairs[kind] += [(note.near > 0, note.text in met) for note in noted[kind]]
    return {
        f"unseen notes {kind} F1": float(f1_score(*zip(*found, strict=True), zero_division=0))
        for kind, found in pairs.items()
        if found
    }


def _situation(noted: Mapping[str, Sequence[Note]]) -> Situation:
    person = Person(
        triggers=tuple(Trigger(what=note.text) for note in noted["trigger"]),
        values=tuple(Value(what=note.text) for note in noted["value"]),
    )
    return Situation(person=person, key_points=tuple(KeyPoint(text=note.text) for note in noted["point"]))


def _told_apart(examples: Sequence[Example], read: Sequence[Reading]) -> float:
    """Of the turns that do one of criticise and impact and not the other, how often the right one is likelier."""
    right = [
        (reading.acts[Act.CRITICISE] > reading.acts[Act.IMPACT]) == ("criticise" in example.acts)
        for example, reading in zip(examples, read, strict=True)
        if len(example.acts & {"criticise", "impact"}) == 1
    ]
    return float(np.mean(right))


def calibration_error(likely: Numbers, done: Numbers) -> float:
    """Expected calibration error (Guo et al. 2017), ten equal-width bins, 0 to 1."""
    bins = np.minimum((likely * _BINS).astype(int), _BINS - 1)
    gaps = [
        (bins == at).mean() * abs(likely[bins == at].mean() - done[bins == at].mean())
        for at in range(_BINS)
        if (bins == at).any()
    ]
    return float(sum(gaps))


def from_elsewhere(corpus: str, examples: Sequence[Example], said: Mapping[str, Numbers]) -> dict[str, float]:
    """What a corpus scores when nothing was learned from it: its labels told from the acts learned elsewhere."""
    acts = {act: said["acts"][:, at] for at, act in enumerate(ACTS)}
    if corpus == "own":
        return _acts(said["acts"], np.array([example.labels["acts"] for example in examples]))
    if corpus == "receptiveness":
        heard = _odds(acts, "validate", "concede", "hedge", "appreciate") - _odds(
            acts, "criticise", "dismiss", "contempt", "sarcasm"
        )
        return _receptive(heard[:, None], np.array([example.labels["receptive"] for example in examples]))
    if corpus == "offers":
        return _offers(said["circumplex"][:, :1], np.array([example.labels["offer"] for example in examples]))
    if corpus == "tiage":
        return _shift(acts["deflect"][:, None], np.array([example.labels["shift"] for example in examples]))
    head, names, meant = (
        ("face", FACES, _FACE_ACTS) if corpus == "face acts" else ("strategy", STRATEGIES, _STRATEGY_ACTS)
    )
    shown = np.array([example.labels[head] for example in examples])
    return {
        f"{corpus} {label} AUC from {' or '.join(some)}": float(
            roc_auc_score(shown[:, names.index(label)], _odds(acts, *some))
        )
        for label, some in meant.items()
    }


_FACE_ACTS = {
    "hpos-": ("criticise", "dismiss", "contempt"),
    "hpos+": ("validate", "appreciate", "concede"),
    "hneg-": ("request", "question"),
    "sneg+": ("refuse",),
    "spos-": ("apology",),
    "hneg+": ("hedge",),
}
_STRATEGY_ACTS = {
    "small-talk": ("small_talk",),
    "elicit-pref": ("question", "ask_terms"),
    "showing-empathy": ("validate", "appreciate"),
    "self-need": ("justify",),
    "uv-part": ("dismiss", "refuse"),
}


def _odds(acts: Mapping[str, Numbers], *some: str) -> Numbers:
    return np.max([acts[act] for act in some], axis=0)
