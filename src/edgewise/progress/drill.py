"""Takes that go straight to something: one move, no opening, or somebody who only listens."""

from __future__ import annotations

from edgewise.take import Dials, Drill, Move, Take, preset

#: Moves that can be practised by themselves.
DRILLABLE = tuple(
    move
    for move in Move
    if move
    not in {Move.GREET, Move.CLOSE, Move.WALK_OUT, Move.AGREE, Move.CONCEDE_PART, Move.OPEN_UP, Move.ANSWER, Move.PRESS}
)
_LEANS = 6.0


def drill_take(move: Move, times: int = 4) -> Take:
    """A short rehearsal of one move: they come to it at once, come back to it, and take leave.

    Between two of them there may be a turn of another kind. Which words they use, and when, is different each time.

    Args:
        move: one of `DRILLABLE`.
        times: how often they do it, 1 to 6.
    """
    usual = preset("usual")
    silence = 0.7 if move is Move.GO_SILENT else usual.dials.silence
    return Take(
        name=f"drill: {move.value.replace('_', ' ')}",
        promise=f"A short one. Every time or two, they {_does(move)}.",
        dials=usual.dials.model_copy(update={"pushback": 0.6, "silence": silence}),
        leanings={move: _LEANS},
        yields=False,
        drill=Drill(move=move, times=times),
    )


def _does(move: Move) -> str:
    return DOES[move]


#: What they do, told of "they" in the present: "they are sarcastic".
DOES: dict[Move, str] = {
    Move.DENY: "deny it",
    Move.MINIMISE: "make it small",
    Move.JUSTIFY: "explain it away",
    Move.COUNTER_ATTACK: "hit back",
    Move.SHIFT_BLAME: "blame something else",
    Move.WHATABOUT: "turn it round on you",
    Move.GUILT_TRIP: "make you feel guilty",
    Move.PLAY_VICTIM: "become the one who suffers",
    Move.SARCASM: "are sarcastic",
    Move.INTERROGATE: "question you",
    Move.DEMAND_EXAMPLE: "demand an example",
    Move.CHANGE_SUBJECT: "change the subject",
    Move.GO_SILENT: "say nothing",
    Move.CUT_OFF: "cut you off",
    Move.PATRONISE: "talk down to you",
    Move.CHARM: "charm it away",
    Move.AGREE_TOO_FAST: "say yes to make it stop",
    Move.BARGAIN: "bargain",
    Move.ASK_SINCERELY: "ask, and want to know",
    Move.DISCLOSE_HURT: "show you what hurts",
    Move.ANSWER: "answer you",
    Move.PRESS: "press you to go on",
}


def without_your_opening() -> Take:
    """Their usual self, but they know why you came, so there is nothing to open with."""
    usual = preset("usual")
    return Take(
        name="no opening",
        promise="They know why you came before you say it, and will not hear the run-up.",
        dials=usual.dials,
        takes_your_opening=True,
    )


def receptive() -> Take:
    """Somebody who lets you say it."""
    return Take(
        name="receptive",
        promise="Them on their kindest day. They let you say it.",
        dials=Dials(pushback=0.05, reasonableness=0.95, volatility=0.1, wandering=0.0, silence=0.0, warmth=0.95),
        leanings={
            Move.ASK_SINCERELY: 4.0,
            Move.COUNTER_ATTACK: 0.0,
            Move.SARCASM: 0.0,
            Move.PATRONISE: 0.0,
            Move.INTERROGATE: 0.2,
        },
    )
