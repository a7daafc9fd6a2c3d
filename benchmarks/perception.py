"""How well and how fast turns are understood: the learned reader and the rules, and a public tool on the same turns.

`data/user_turns.jsonl` was written and labelled apart from everything the readers were made of, by two readers, a third
settling what they read differently. Its turns with an even number were looked at while the rules were made; those with
an odd number never were. The network has seen none of them.

`data/dialects.jsonl` says thirty things in British, American, African American and Indian English, short and long.

The public tool is ConvoKit's politeness strategies (Danescu-Niculescu-Mizil et al. 2013) over spaCy. It is large,
so it is measured only where it is installed: pip install convokit. Where spaCy's English model is not installed
either, a tagger and parser of its default shape stand in, untrained: they take about as long, and their answers are not
used.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from edgewise import Situation
from edgewise.counterpart import Act, LearnedReader, Reader, RuleReader
from edgewise.counterpart.perceive import Before, Context
from edgewise.take import Move

DATA = Path(__file__).parent / "data"
ROUNDS = 400


def main() -> None:
    """Print speed first, while nothing is loaded; then scores."""
    rows = _rows("user_turns.jsonl")
    before = _megabytes()
    began = time.perf_counter()
    reader = LearnedReader()
    reader.get_ready()
    print(f"cold load of the learned reader        {(time.perf_counter() - began) * 1000:7.0f} ms")
    ours = _milliseconds(lambda row: reader.read(row["text"], _context(row)), rows)
    print(f"memory it adds                         {_megabytes() - before:7.0f} MB")
    print(f"a turn, learned reader, median         {ours:7.2f} ms")
    print(f"a turn, rules alone, median            {_milliseconds(_by_rule, rows):7.2f} ms")
    _beside_public_tool(ours, rows)
    _dialects(reader)
    unseen = [row for row in rows if row["id"] % 2]
    _table({"learned": _scores(reader, unseen), "rules": _scores(RuleReader(), unseen)}, len(unseen))
    print(f"macro F1 over all {len(rows)} turns: learned {_macro(_scores(reader, rows)):.3f}")


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


def _context(row: dict[str, Any]) -> Context:
    said = [(one["text"], one["who"] != "counterpart") for one in row["before"]]
    pushed = bool(said) and not said[-1][1]
    before = tuple(Before(words, mine=mine) for words, mine in said)
    return Context(Situation(), their_move=Move.DENY if pushed else None, before=before)


def _by_rule(row: dict[str, Any]) -> object:
    return RuleReader().read(row["text"], _context(row))


def _milliseconds(read: Callable[[dict[str, Any]], object], rows: list[dict[str, Any]]) -> float:
    took: list[float] = []
    for row in rows[:ROUNDS]:
        began = time.perf_counter()
        read(row)
        took.append(time.perf_counter() - began)
    return statistics.median(took) * 1000


def _megabytes() -> float:
    """What the process holds now; the most it ever held, where the system does not say."""
    status = Path(f"/proc/{os.getpid()}/statm")
    if status.exists():
        return int(status.read_text().split()[1]) * resource.getpagesize() / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _beside_public_tool(ours: float, rows: list[dict[str, Any]]) -> None:
    try:
        from convokit import PolitenessStrategies, Speaker, Utterance  # noqa: PLC0415
    except ImportError:
        print("(ConvoKit is not installed; to measure beside it: pip install convokit)")
        return
    language, strategies, speaker = _spacy(), PolitenessStrategies(), Speaker(id="you")

    def read(row: dict[str, Any]) -> object:
        return strategies.transform_utterance(Utterance(text=row["text"], speaker=speaker), spacy_nlp=language)

    theirs = _milliseconds(read, rows)
    print(f"a turn, ConvoKit's politeness, median  {theirs:7.2f} ms; ours takes {ours / theirs:.2f} times as long")


def _spacy() -> Any:
    import spacy  # noqa: PLC0415
    from spacy.tokens import Doc  # noqa: PLC0415
    from spacy.training import Example  # noqa: PLC0415

    if spacy.util.is_package("en_core_web_sm"):
        return spacy.load("en_core_web_sm")
    language = spacy.blank("en")
    language.add_pipe("sentencizer")
    language.add_pipe("tagger")
    language.add_pipe("parser")
    words, deps = ["Please", "stop", "."], ["intj", "ROOT", "punct"]
    parsed = Doc(language.vocab, words=words, tags=["UH", "VB", "."], heads=[1, 1, 1], deps=deps)
    language.initialize(lambda: [Example(Doc(language.vocab, words=words), parsed)])
    return language


def _dialects(reader: Reader) -> None:
    found: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for row in _rows("dialects.jsonl"):
        context = Context(Situation(), before=tuple(Before(words) for words in row["before"]))
        hostile = reader.read(row["text"], context).did_any({Act.CRITICISE, Act.CONTEMPT})
        kind = "hostile" if row["does"] in {"criticise", "contempt"} else "not hostile"
        for group in (row["variety"], row["length"]):
            found[kind, group].append(hostile)
    print("\nread as criticism or contempt:")
    for (kind, group), hostile in sorted(found.items()):
        print(f"  {kind:12} {group:18} {sum(hostile) / len(hostile):5.2f} of {len(hostile)}")


def _scores(reader: Reader, rows: list[dict[str, Any]]) -> dict[str, tuple[int, float]]:
    found, invented, missed = Counter[str](), Counter[str](), Counter[str]()
    for row in rows:
        labelled = set(row["acts"])
        read = {act.value for act in reader.read(row["text"], _context(row)).done}
        found.update(labelled & read)
        invented.update(read - labelled)
        missed.update(labelled - read)
    return {
        act.value: (found[act] + missed[act], 2 * found[act] / (2 * found[act] + invented[act] + missed[act]))
        for act in Act
        if found[act] + missed[act]
    }


def _table(scores: dict[str, dict[str, tuple[int, float]]], count: int) -> None:
    print(f"\n{'F1 by act':14} {'n':>4} " + " ".join(f"{name:>8}" for name in scores) + f"   ({count} unseen turns)")
    for act, (number, _) in next(iter(scores.values())).items():
        print(f"{act:14} {number:4} " + " ".join(f"{told[act][1]:8.2f}" for told in scores.values()))
    print(f"{'macro':19} " + " ".join(f"{_macro(told):8.3f}" for told in scores.values()))


def _macro(scores: dict[str, tuple[int, float]]) -> float:
    return sum(f1 for _, f1 in scores.values()) / len(scores)


if __name__ == "__main__":
    main()
