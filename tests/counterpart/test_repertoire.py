"""The lines, read as a careful editor would."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

import pytest
from rapidfuzz import fuzz, process

from edgewise.counterpart.perceive import QUESTIONS, Act
from edgewise.counterpart.speak import Line, built_in_repertoire, read_repertoire_file
from edgewise.counterpart.speak.line import OWN_WORDS
from edgewise.errors import RepertoireError
from edgewise.person import Circle
from edgewise.take import Curveball, Mood, Move

LINES = built_in_repertoire().lines
NOT_A_PERSON = re.compile(
    r"\b(?:I hear you|I understand how you feel|valid(?:ate|ating)?|unpack|thank you for sharing|I appreciate you|"
    r"safe space|your truth|as an AI|language model|assistant|I'm here to help|that must be (?:so )?hard for you|"
    r"how does that make you feel|let's explore|process this|emotional labou?r|moving forward)\b",
    re.IGNORECASE,
)


def test_there_are_more_than_four_thousand_lines_over_every_move_mood_and_circle() -> None:
    assert len(LINES) >= 4_000
    by_service = Counter(line.serves for line in LINES)
    assert set(by_service) == set(Move) | set(Curveball)
    assert all(count >= 60 for service, count in by_service.items() if isinstance(service, Move))
    assert {mood for line in LINES for mood in line.moods} == set(Mood)
    assert {circle for line in LINES for circle in line.circles} >= set(Circle) - {Circle.OTHER}


def test_no_line_sounds_like_an_assistant_or_a_therapist() -> None:
    assert [line.says for line in LINES if NOT_A_PERSON.search(line.says)] == []


def test_no_line_shouts() -> None:
    assert sum("!" in line.says for line in LINES) <= 20
    assert [line.says for line in LINES if re.search(r"\b[A-Z]{4,}\b", line.says)] == []


def test_lines_are_the_length_people_speak_in() -> None:
    words = [len(line.says.split()) for line in LINES if line.says]
    assert sum(words) / len(words) <= 12
    assert max(words) <= 32


def test_no_line_is_written_twice_for_one_move() -> None:
    names = Counter(line.name for line in LINES)
    assert [name for name, count in names.items() if count > 1] == []


def test_near_duplicates_within_a_move_are_rare() -> None:
    by_service: defaultdict[object, list[str]] = defaultdict(list)
    for line in LINES:
        if len(line.says.split()) >= 4:
            by_service[line.serves].append(line.says)
    alike = [
        (one, other)
        for said in by_service.values()
        for at, one in enumerate(said)
        for other, _, _ in process.extract(one, said[at + 1 :], scorer=fuzz.ratio, score_cutoff=90, limit=3)
    ]
    assert alike == []


def test_a_line_that_can_follow_anything_presupposes_no_question() -> None:
    assert all(line.after & (QUESTIONS | {Act.SMALL_TALK}) for line in LINES if line.serves is Move.ANSWER)


def test_silences_have_no_words_and_stage_directions_have_no_speech_marks() -> None:
    assert all(line.does and not line.says for line in LINES if line.serves is Move.GO_SILENT)
    assert [line.does for line in LINES if re.search(r"[“”\"]", line.does)] == []
    assert [line.does for line in LINES if re.match(r"(?:they|she|he)\b", line.does, re.IGNORECASE)] == []


def test_speech_marks_are_paired() -> None:
    assert [line.says for line in LINES if line.says.count("“") != line.says.count("”")] == []


def test_their_own_sentences_stand_on_their_own() -> None:
    slot = re.compile(r"\{(" + "|".join(sorted(OWN_WORDS)) + r")\}")
    joined = [
        line.says
        for line in LINES
        for found in slot.finditer(line.says)
        if re.match(r"[a-z,;]", line.says[found.end() :])
    ]
    assert joined == []


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ('move = "deny"\n[[group]]\nlines = ["No', "Unterminated"),
        ('move = "shrug"\n[[group]]\nlines = ["No."]', "move"),
        ('move = "deny"\n[[group]]\nmoods = ["cross"]\nlines = ["No."]', "moods"),
        ('move = "deny"\n[[group]]\nlines = ["No, {everything}."]', "everything"),
        ('move = "deny"\n[[group]]\nlines = ["No, {quote."]', "No, {quote"),
        ('[[group]]\nlines = ["No."]', "serves no move"),
        ('move = "deny"\n[[group]]\nlines = [""]', "empty"),
    ],
)
def test_a_broken_line_file_says_what_is_wrong(broken: str, said: str) -> None:
    with pytest.raises(RepertoireError) as caught:
        read_repertoire_file(broken, called="mine.toml")
    assert said in str(caught.value)
    assert "mine.toml" in str(caught.value)


def test_a_line_keeps_its_name_while_its_words_stay() -> None:
    assert Line("No.", "", Move.DENY).name == Line("No.", "", Move.DENY, moods=frozenset({Mood.ANGRY})).name
    assert Line("No.", "", Move.DENY).name != Line("Nope.", "", Move.DENY).name
