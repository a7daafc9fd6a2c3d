from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from edgewise import preset
from edgewise.counterpart import LearnedReader
from edgewise.progress import RunRecord, Trend, Way, edge_map, record_of
from edgewise.progress.edges import FEWEST
from edgewise.take import Move
from tests.people import COLLAPSING, KIND, manager, rehearse
from tests.progress.records import a_run, met, runs

STEADY = [met(Move.DENY) for _ in range(12)]
GIVES_WAY = met(Move.SARCASM, Way.COLLAPSE)


def edges(*given: RunRecord) -> list[tuple[Move, Way]]:
    return [(edge.move, edge.way) for edge in edge_map(given).edges]


def test_a_move_that_shifts_you_each_time_while_others_do_not_is_an_edge() -> None:
    assert edges(a_run(*STEADY, *[GIVES_WAY] * 4)) == [(Move.SARCASM, Way.COLLAPSE)]


def test_two_instances_are_not_called_a_pattern_but_are_worth_finding_out() -> None:
    found = edge_map([a_run(*STEADY, GIVES_WAY, GIVES_WAY)])
    assert found.edges == ()
    assert [edge.move for edge in found.suspected] == [Move.SARCASM]


def test_who_gives_way_to_everything_has_no_edge() -> None:
    everything = [met(move, Way.COLLAPSE) for move in (Move.DENY, Move.SARCASM, Move.MINIMISE) for _ in range(6)]
    assert edges(a_run(*everything)) == []


def test_one_move_alone_cannot_be_compared_and_is_no_edge() -> None:
    assert edges(a_run(*[GIVES_WAY] * 8)) == []


def test_two_edges_do_not_hide_each_other() -> None:
    hits_back = [met(Move.MINIMISE, Way.COLLAPSE)] * 6
    assert set(edges(a_run(*STEADY, *[GIVES_WAY] * 6, *hits_back))) == {
        (Move.SARCASM, Way.COLLAPSE),
        (Move.MINIMISE, Way.COLLAPSE),
    }


def test_an_edge_that_shifts_you_less_lately_is_said_to_be_easing() -> None:
    before, now = a_run(*STEADY, *[GIVES_WAY] * 6), a_run(*[met(Move.SARCASM)] * 6, day=1)
    edge = edge_map([before, now]).of(Move.SARCASM, Way.COLLAPSE)
    assert edge is not None
    assert edge.trend is Trend.EASING


@given(runs)
def test_an_edge_needs_evidence(given: list[RunRecord]) -> None:
    for edge in edge_map(given).met:
        assert edge.moved.count == len(edge.instances)
        assert all(one.quote for one in edge.instances)
        if edge.is_edge:
            assert edge.moved.count >= FEWEST
            assert edge.moved.share > edge.otherwise.share


@given(runs, st.randoms(use_true_random=False))
def test_the_order_in_which_runs_are_looked_at_does_not_matter(given: list[RunRecord], dice) -> None:
    shuffled = list(given)
    dice.shuffle(shuffled)
    assert edge_map(shuffled) == edge_map(given)


def test_your_words_at_the_time_stand_in_the_transcript() -> None:
    rehearsal = rehearse(COLLAPSING, manager(), "defensive")
    shifted = [reply for reply in record_of(rehearsal, LearnedReader()).replies if reply.collapsed]
    assert shifted
    assert all(reply.collapsed in rehearsal.turns[reply.turn].text for reply in shifted)


def test_adding_a_run_never_changes_the_record_of_another() -> None:
    reader = LearnedReader()
    first = rehearse(KIND, manager())
    alone = record_of(first, reader)
    record_of(rehearse(COLLAPSING, manager(), "hits-back", seed=8), reader)
    assert record_of(first, reader) == alone == record_of(first, LearnedReader())


def test_what_a_branch_has_in_common_with_another_run_is_counted_once() -> None:
    whole = rehearse(KIND, manager())
    branch = whole.rewound(5, id_="branch", started=whole.started)
    assert record_of(branch, LearnedReader()).replies == ()


def test_a_take_says_nothing_of_edges_by_its_name() -> None:
    assert record_of(rehearse(KIND[:2], manager(), preset("harder")), LearnedReader()).take == "harder"
