from __future__ import annotations

from edgewise import Debrief, Reflection, side_by_side
from tests.people import KIND, manager, rehearse


def test_distress_is_shown_as_you_gave_it_and_left_open_where_you_did_not() -> None:
    rehearsal = rehearse(KIND, manager()).reflected(Reflection(distress_worst=80, distress_now=35))
    column = side_by_side([Debrief.of(rehearsal)]).columns[0]
    assert column.distress == (None, 80, 35)


def test_adding_a_take_changes_nothing_about_another() -> None:
    first = Debrief.of(rehearse(KIND, manager()))
    second = Debrief.of(rehearse(KIND, manager(), "hurt"))
    assert side_by_side([first]).columns[0] == side_by_side([first, second]).columns[0]
