from __future__ import annotations

from edgewise import Debrief, Reflection, side_by_side
from tests.people import COLLAPSING, KIND, manager, rehearse


def test_distress_is_shown_as_you_gave_it_and_left_open_where_you_did_not() -> None:
    rehearsal = rehearse(KIND, manager()).reflected(Reflection(distress_worst=80, distress_now=35))
    column = side_by_side([Debrief.of(rehearsal)]).columns[0]
    assert column.distress == (None, 80, 35)


def test_adding_a_take_changes_nothing_about_another() -> None:
    first = Debrief.of(rehearse(KIND, manager()))
    second = Debrief.of(rehearse(KIND, manager(), "hurt"))
    assert side_by_side([first]).columns[0] == side_by_side([first, second]).columns[0]


def test_each_point_stands_in_the_words_it_had_in_each_take() -> None:
    takes = side_by_side([Debrief.of(rehearse(KIND, manager())), Debrief.of(rehearse(KIND[:1], manager(), "hurt"))])
    wording = takes.wording()
    assert [one.point for one in wording] == [point.text for point in manager().points]
    assert all(len(one.then) == 2 for one in wording)
    quotes = [found.evidence.quote for one in wording for found in one.then if found and found.evidence]
    assert quotes
    assert all(any(quote in line for line in KIND) for quote in quotes)


def test_the_words_beside_an_answer_are_yours() -> None:
    column = side_by_side([Debrief.of(rehearse(COLLAPSING, manager()))]).columns[0]
    shown = [piece for pieces in column.shown_by.values() for piece in pieces]
    assert shown
    assert all(any(piece.quote in line for line in COLLAPSING) for piece in shown)
