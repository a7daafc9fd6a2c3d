"""Lines with their slots filled, read as a careful editor would: thousands of them, with what people really type."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest

from edgewise import Person, Relationship, Situation, example, example_names, preset
from edgewise.counterpart.mind import Mind
from edgewise.counterpart.perceive import Context, RuleReader
from edgewise.counterpart.speak import Line, built_in_repertoire
from edgewise.counterpart.speak.aside import Aside, lead_ins, tags
from edgewise.counterpart.speak.fill import Filling
from edgewise.rehearsal import YourTurn

TURNS = [
    json.loads(line)["text"]
    for line in (Path(__file__).parents[2] / "benchmarks/data/user_turns.jsonl").read_text("utf-8").splitlines()
]
SOMEBODY = Situation(
    person=Person(relationship=Relationship.MANAGER), ask="stop interrupting me", came_to_say="Stop it"
)
FILLED = [line for line in built_in_repertoire().lines if line.slots]
TIMES = 8

WRONG = {
    "an unfilled slot": r"[{}]",
    "two spaces": r"  ",
    "a space before a stop": r" [.,;?]",
    "a doubled stop": r"(?<!\.)\.\.(?!\.)|[?,;]\.|\.[,;?]|,,",
    "a doubled word": r"\b(a|an|the|to|and|of|I|you|me|my|your)\s\1\b(?!['’])",
    "a verb that does not agree with I": r"(?<!and )\bI (?:is|are|has|does|doesn't|isn't|aren't)\b",
    "a verb that does not agree with you": r"(?<!of )(?<!to )\byou (?:am|has|doesn't|isn't|wasn't)\b",
    "a sentence that begins small": r"(?<!\.)[.?!]”? [a-z]",
    "an empty pair of speech marks": r"“\s*”",
}


@pytest.fixture(scope="module")
def fillings() -> list[Filling]:
    dice, found = random.Random(7), list[Filling]()
    for situation in (*map(example, example_names()), SOMEBODY):
        fresh = Mind.before_the_first_word(situation, preset("usual"))
        for text in dice.sample([turn for turn in TURNS if turn], 60):
            reading = RuleReader().read(text, Context(situation))
            found.append(Filling(_having_asked(fresh).having_heard(YourTurn(text=text), reading), reading))
    return found


def _having_asked(mind: Mind) -> Mind:
    asked = f"I want you to {mind.situation.ask}. {mind.situation.came_to_say}"
    return mind.having_heard(YourTurn(text=asked), RuleReader().read(asked, Context(mind.situation)))


def _mistakes(text: str) -> list[str]:
    ours = re.sub(r"“[^”]+”", "“Quoted”", text)  # what people typed is quoted as they typed it
    return [what for what, pattern in WRONG.items() if re.search(pattern, ours)]


def test_thousands_of_filled_lines_read_as_sentences(fillings: list[Filling]) -> None:
    dice, read, wrong = random.Random(1), 0, list[tuple[str, list[str]]]()
    for line in FILLED:
        for filling in dice.sample(fillings, TIMES):
            filled = filling.filled(line)
            if filled:
                read += 1
                wrong += [(text, found) for text in filled[:2] if (found := _mistakes(text))]
    assert read >= 3_000
    assert wrong == []


def test_lines_with_a_word_before_or_after_them_read_as_sentences() -> None:
    dice = random.Random(2)
    lines = [line for line in built_in_repertoire().lines if line.says and not line.slots and line.says[0].isalpha()]

    def joined(one: Aside, line: Line) -> str:
        return one.before(line.says, "Jo") if one in lead_ins() else one.after_it(line.says, "Jo")

    made = [joined(one, dice.choice(lines)) for one in (*lead_ins(), *tags()) for _ in range(12)]
    wrong = [(text, found) for text in made if text and (found := _mistakes(text))]
    assert sum(map(bool, made)) >= 2_000
    assert wrong == []
