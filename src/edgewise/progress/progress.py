"""Everything that has accumulated over the runs of one conversation."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from edgewise.person import Record
from edgewise.progress.edges import EdgeMap, edge_map
from edgewise.progress.how_it_was import FearedBesideActual, feared_beside_actual, stayed_though_hard
from edgewise.progress.ladder import Ladder, Proposed, asks_whether_it_helps, next_rung, proposed_ladder
from edgewise.progress.over_rehearsal import OverRehearsal, over_rehearsal
from edgewise.progress.run_record import RunRecord
from edgewise.situation import Situation

#: The last runs of one conversation that are counted: a hundred runs ago you were somebody else.
COUNTED = 60


class Progress(Record):
    """What the runs of one conversation show together.

    Attributes:
        newest: the newest of them; another is begun from it.
        runs: their records, oldest first.
        edges: what shifts you, and which way.
        over: whether your words have set.
        ladder: your rungs.
        following: the rung proposed next.
        runs_today: how many runs began today, of any conversation.
        unread: how many further runs have not been read yet, or cannot be.
    """

    heading: str
    person: str
    newest: str
    runs: tuple[RunRecord, ...]
    edges: EdgeMap
    over: OverRehearsal
    ladder: Ladder
    following: Proposed
    runs_today: int = 0
    unread: int = 0

    @property
    def feared(self) -> FearedBesideActual:
        """What you feared in these runs, beside what came."""
        return feared_beside_actual([run.how for run in self.runs])

    @property
    def stayed_though_hard(self) -> int:
        """In how many runs you stayed, though it was hard."""
        return stayed_though_hard([run.how for run in self.runs])

    @property
    def asks_whether_it_helps(self) -> bool:
        """Whether to ask, before another run today, if it still helps."""
        return asks_whether_it_helps(self.runs_today)


def progress_of(
    newest: str,
    situation: Situation,
    records: Sequence[RunRecord],
    ladder: Ladder | None,
    *,
    runs_today: int = 0,
    unread: int = 0,
) -> Progress:
    """What these runs show together.

    Args:
        newest: the newest rehearsal of this conversation.
        situation: as it was told in that one.
        records: of its runs that are over.
        ladder: the one you keep; the one proposed unless given.
        runs_today: how many runs began today.
        unread: how many further runs there are whose records are not among these.
    """
    runs = tuple(sorted(records, key=lambda one: (one.started, one.rehearsal)))
    edges = edge_map(runs)
    kept = ladder or proposed_ladder(situation, edges)
    return Progress(
        heading=situation.heading,
        person=situation.person.known_as,
        newest=newest,
        runs=runs,
        edges=edges,
        over=over_rehearsal(runs),
        ladder=kept,
        following=next_rung(kept),
        runs_today=runs_today,
        unread=unread,
    )


def conversation_key(heading: str, person: str) -> str:
    """Under which name the ladder of a conversation is kept; it gives neither of them away."""
    return hashlib.sha256(f"{heading}\n{person}".encode()).hexdigest()[:24]
