"""Records of runs, as tests need them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from edgewise.progress import RunRecord, Way
from edgewise.progress.run_record import Reply, Sentence
from edgewise.take import Move

BEGAN = datetime(2026, 1, 5, 18, tzinfo=UTC)
PRESSING = (Move.SARCASM, Move.GO_SILENT, Move.MINIMISE, Move.CHANGE_SUBJECT, Move.DENY)


def met(move: Move, way: Way | None = None, turn: int = 2) -> Reply:
    """One answer of yours to a move, in which you shifted this way or not at all."""
    return Reply(
        turn=turn,
        move=move,
        words="These were my words.",
        collapsed="my words" if way is Way.COLLAPSE else "",
        escalated="my words" if way is Way.ESCALATE else "",
    )


def a_run(*replies: Reply, day: int = 0, name: str = "") -> RunRecord:
    return RunRecord(
        rehearsal=name or f"run-{day}", started=BEGAN + timedelta(days=day), take="usual", replies=tuple(replies)
    )


def said(*turns: tuple[str, str], day: int = 0) -> RunRecord:
    """A run in which you said these things, each to what they had said."""
    replies = tuple(
        Reply(
            turn=2 * place + 1,
            move=Move.INTERROGATE if "?" in after else Move.JUSTIFY,
            after=after,
            words=words,
            sentences=tuple(Sentence(words=f"{part}.") for part in words.split(".") if len(part.split()) > 4),
        )
        for place, (after, words) in enumerate(turns)
    )
    return a_run(*replies, day=day)


replies = st.builds(met, st.sampled_from(PRESSING), st.none() | st.sampled_from(Way))
runs = st.lists(st.lists(replies, max_size=12), max_size=6).map(
    lambda days: [a_run(*given, day=day) for day, given in enumerate(days)]
)
