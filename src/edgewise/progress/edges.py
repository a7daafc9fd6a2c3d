"""Edges: moves of theirs that reliably shift you, towards giving way or towards hitting back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum

from edgewise.person import Record
from edgewise.progress.proportion import SURE_95, Share, at_least_more
from edgewise.progress.run_record import Reply, RunRecord
from edgewise.rehearsal.rehearsal import RehearsalId
from edgewise.take import Move

#: How often a move must have shifted you before it can be called an edge: two instances are no pattern.
FEWEST = 3
#: Standard deviations for a change over time to be called one: about nine in ten.
_A_CHANGE = 1.281552
_FEWEST_FOR_A_TREND = 6
#: What passes between you without pressing on anything.
NOT_PRESSING = frozenset({Move.GREET, Move.CLOSE, Move.WALK_OUT, Move.AGREE, Move.CONCEDE_PART, Move.OPEN_UP})


class Way(StrEnum):
    """Which way a move shifts you."""

    COLLAPSE = "collapse"
    ESCALATE = "escalate"

    @property
    def in_words(self) -> str:
        """What you do."""
        return "give way" if self is Way.COLLAPSE else "hit back"


class Trend(StrEnum):
    """Whether it shifts you more or less than it did."""

    EASING = "easing"
    GROWING = "growing"
    UNCLEAR = "no clear change"


class Instance(Record):
    """One time they did it and you shifted.

    Attributes:
        turn: your turn's place in that rehearsal, from 0.
        after: what they had said; empty for a silence.
        quote: your own words at the time.
    """

    rehearsal: RehearsalId
    turn: int
    started: datetime
    after: str
    quote: str


class Edge(Record):
    """One move and one way it can shift you, with what is known of it.

    Attributes:
        moved: how often it shifted you, of the times you met it.
        otherwise: the same for every other move of theirs: your own base rate.
        instances: each time it did, newest first.
        trend: the later half of the times you met it against the earlier half.
        is_edge: whether that is a pattern, and not chance or simply your way with everything.
    """

    move: Move
    way: Way
    moved: Share
    otherwise: Share
    instances: tuple[Instance, ...] = ()
    trend: Trend = Trend.UNCLEAR
    is_edge: bool = False

    @property
    def interval(self) -> tuple[float, float]:
        """Between which shares the true one lies, 0 to 1, with 95 per cent sureness (Wilson 1927)."""
        return self.moved.interval(SURE_95)


class EdgeMap(Record):
    """Every move you have met, each way.

    Attributes:
        met: which way each move shifts you, the most telling first.
        runs: over how many runs it was counted.
    """

    met: tuple[Edge, ...] = ()
    runs: int = 0

    @property
    def edges(self) -> tuple[Edge, ...]:
        """The ones that are edges."""
        return tuple(one for one in self.met if one.is_edge)

    @property
    def suspected(self) -> tuple[Edge, ...]:
        """The ones that may be edges, likeliest first: they shifted you, and too little is known to say more.

        A drill of one finds out.
        """
        maybe = [one for one in self.met if not one.is_edge and one.moved.count and _may_be(one)]
        return tuple(sorted(maybe, key=lambda one: (-one.moved.share, -one.moved.of, one.move.value)))

    @property
    def moves(self) -> tuple[Move, ...]:
        """The moves you met, the most telling first."""
        return tuple(dict.fromkeys(one.move for one in self.met))

    def of(self, move: Move, way: Way) -> Edge | None:
        """What is known of a move, one way; None when you have not met it."""
        return next((one for one in self.met if (one.move, one.way) == (move, way)), None)


def _may_be(edge: Edge) -> bool:
    return edge.moved.of <= _STILL_OPEN and edge.moved.share > edge.otherwise.interval()[1]


#: Meetings up to which the matter is still open.
_STILL_OPEN = 6


def edge_map(records: Iterable[RunRecord]) -> EdgeMap:
    """What these runs show of your edges; the order in which they are given does not matter."""
    runs = sorted(records, key=lambda one: (one.started, one.rehearsal))
    answered = [(run, reply) for run in runs for reply in run.replies if _pressed(reply)]
    met = [edge for way in Way for edge in _one_way(way, answered)]
    return EdgeMap(met=tuple(sorted(met, key=_telling)), runs=len(runs))


_Answered = tuple[RunRecord, Reply]


def _pressed(reply: Reply) -> bool:
    return reply.move is not None and reply.move not in NOT_PRESSING


def _telling(edge: Edge) -> tuple[bool, float, int, str, str]:
    return not edge.is_edge, -edge.interval[0], -edge.moved.of, edge.move.value, edge.way.value


def _one_way(way: Way, answered: Sequence[_Answered]) -> list[Edge]:
    moves = dict.fromkeys(reply.move for _, reply in answered if reply.move is not None)
    shares = {move: _share([reply for _, reply in answered if reply.move is move], way) for move in moves}
    edges = _edges_among(shares)
    return [_told(move, way, answered, shares, edges) for move in moves]


def _share(replies: Sequence[Reply], way: Way) -> Share:
    return Share(count=sum(bool(_quote(reply, way)) for reply in replies), of=len(replies))


def _quote(reply: Reply, way: Way) -> str:
    return reply.collapsed if way is Way.COLLAPSE else reply.escalated


def _edges_among(shares: dict[Move, Share]) -> frozenset[Move]:
    """The moves that shift you more than the rest do.

    Found one after the other, the clearest first: a move that is an edge is no part of how you usually are, so it does
    not hide the next one.
    """
    found: frozenset[Move] = frozenset()
    while True:
        more = {
            move: at_least_more(share, otherwise(shares, {*found, move}))
            for move, share in shares.items()
            if move not in found and share.count >= FEWEST
        }
        clearest = max(more, key=lambda move: (more[move], move), default=None)
        if clearest is None or more[clearest] <= 0:
            return found
        found |= {clearest}


def otherwise(shares: dict[Move, Share], leaving_out: Iterable[Move]) -> Share:
    """How often you shift at everything else."""
    left_out = frozenset(leaving_out)
    rest = [share for move, share in shares.items() if move not in left_out]
    return Share(count=sum(share.count for share in rest), of=sum(share.of for share in rest))


def _told(
    move: Move, way: Way, answered: Sequence[_Answered], shares: dict[Move, Share], edges: frozenset[Move]
) -> Edge:
    mine = [(run, reply) for run, reply in answered if reply.move is move]
    instances = [
        Instance(rehearsal=run.rehearsal, turn=reply.turn, started=run.started, after=reply.after, quote=quote)
        for run, reply in mine
        if (quote := _quote(reply, way))
    ]
    return Edge(
        move=move,
        way=way,
        moved=shares[move],
        otherwise=otherwise(shares, edges | {move}),
        instances=tuple(reversed(instances)),
        trend=_trend([reply for _, reply in mine], way),
        is_edge=move in edges,
    )


def _trend(replies: Sequence[Reply], way: Way) -> Trend:
    if len(replies) < _FEWEST_FOR_A_TREND:
        return Trend.UNCLEAR
    half = len(replies) // 2
    then, now = _share(replies[:half], way), _share(replies[half:], way)
    if at_least_more(then, now, _A_CHANGE) > 0:
        return Trend.EASING
    return Trend.GROWING if at_least_more(now, then, _A_CHANGE) > 0 else Trend.UNCLEAR
