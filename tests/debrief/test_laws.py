from __future__ import annotations

import pytest
from hypothesis import given

from edgewise import Debrief, Evidence, Question, side_by_side
from edgewise.debrief.findings import check_evidence
from edgewise.errors import EvidenceError
from tests.people import ATTACKING, COLLAPSING, KIND, lines_typed, manager, rehearse, seeds, take_names


@given(lines_typed, take_names, seeds)
def test_every_quote_stands_in_its_turn_whatever_was_said(lines: tuple[str, ...], take: str, seed: int) -> None:
    rehearsal = rehearse(lines, manager(), take, seed)
    for finding in Debrief.of(rehearsal).findings:
        assert 0.0 <= finding.confidence <= 1.0
        assert finding.says
        assert finding.try_next
        for piece in finding.evidence:
            assert rehearsal.turns[piece.turn].who == "you"
            assert piece.quote in rehearsal.turns[piece.turn].text


@given(lines_typed, take_names, seeds)
def test_each_question_is_answered_once_and_a_debrief_reads_the_same_twice(
    lines: tuple[str, ...], take: str, seed: int
) -> None:
    rehearsal = rehearse(lines, manager(), take, seed)
    once = Debrief.of(rehearsal)
    assert [finding.question for finding in once.findings] == list(rehearsal.asked)
    assert once == Debrief.of(rehearsal)


def test_a_quote_of_what_nobody_said_is_refused() -> None:
    rehearsal = rehearse(KIND, manager())
    with pytest.raises(EvidenceError, match="turn 1"):
        check_evidence([Evidence(turn=1, quote="I hate you")], rehearsal)
    with pytest.raises(EvidenceError):
        check_evidence([Evidence(turn=99, quote="x")], rehearsal)


def test_the_reveal_shows_the_state_at_every_turn_of_theirs_with_reasons() -> None:
    rehearsal = rehearse(ATTACKING, manager(), "hits-back")
    reveal = Debrief.of(rehearsal).reveal
    assert [then.turn for then in reveal.then] == [
        place for place, turn in enumerate(rehearsal.turns) if turn.who == "counterpart"
    ]
    assert any(then.reasons for then in reveal.then)
    assert reveal.still_shut
    assert not reveal.came_through


def test_the_reveal_says_what_would_have_opened_the_door_until_it_was_open() -> None:
    shut = Debrief.of(rehearse(COLLAPSING, manager())).reveal.still_shut
    assert any("one plain sentence" in words for words in shut)


def test_takes_side_by_side_show_where_they_differ() -> None:
    beside = side_by_side(
        [Debrief.of(rehearse(KIND, manager())), Debrief.of(rehearse(ATTACKING, manager(), "hits-back"))]
    )
    assert [column.take for column in beside.columns] == ["usual", "hits-back"]
    assert Question.REACTIVE in beside.changed()
    assert beside.unlike > 0.1
