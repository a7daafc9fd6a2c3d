"""Simulated people with planted weaknesses, who rehearse with the real counterpart.

Each stays steady until they meet a move that is planted in them; at that they give way or hit back most of the time.
Now and then, and some of them often, they do so at anything: that is their way, and no edge.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from edgewise.adapters.examples import example, example_names
from edgewise.counterpart import Counterpart, LearnedReader, Reader
from edgewise.progress import most_unlike
from edgewise.progress.drill import DRILLABLE, drill_take
from edgewise.progress.edges import Way, edge_map
from edgewise.progress.run_record import record_of
from edgewise.rehearsal import CounterpartTurn, Rehearsal, heard
from edgewise.situation import Situation
from edgewise.take import Move, Take, preset, presets

STEADY = (
    "I'm asking for one thing, and I'd like us to talk about that.",
    "That may be so. What I came to say still stands.",
    "I can see it looks different from where you are. It still matters to me.",
    "I hear that you've got a lot on. I still need an answer on this.",
    "When that happens, I go home and can't sleep.",
    "It happened on Tuesday, in front of everyone, and I felt small.",
    "I'd like us to agree on something we can both keep to.",
    "What would have to be true for you to say yes?",
    "I want this to work between us. That's why I'm bringing it up.",
    "I'm staying with this one. We can talk about the rest another day.",
    "I don't need you to see it my way. I need this one thing to change.",
    "What makes that hard for you?",
    "Last month it happened three times, and each time I said nothing.",
    "I'd rather tell you than carry it around.",
    "You work hard at this, I know. And I'm still asking.",
    "How did it look from your side?",
    "I've thought about it, and my answer is the same.",
    "I want you to hear this from me first.",
    "It costs me, when it goes like that. I get quiet for days.",
    "Could we try it for two weeks and then look at it again?",
    "I'm not going to argue about last year. I'm talking about now.",
    "That's one part of it. The part I mean is what happened in March.",
    "I want to be able to count on this.",
    "Let's take one thing at a time. This is mine.",
)
GIVING_WAY = (
    "Sorry. You're right, I shouldn't have brought it up.",
    "No, it's fine, forget I said anything.",
    "I'm sorry, I know you're busy, it's probably just me.",
    "Oh. Okay. It doesn't matter, really. Never mind.",
    "Maybe I'm being too sensitive. I don't know. Sorry.",
    "I guess it's not that important. Let's leave it.",
    "Sorry, I didn't mean to upset you. It's my fault.",
    "You're probably right. I'll drop it.",
    "Okay, okay. I take it back. It was silly of me.",
    "I'm really sorry, I feel terrible for even asking.",
    "No no, that's fair. I'm sure I imagined it.",
    "Sorry, sorry. Ignore me, I'm just tired.",
    "It's nothing. Honestly. I shouldn't have said it.",
    "I might be wrong. I'm probably wrong. Sorry to go on.",
    "All right, you win. It's fine the way it is.",
    "I'm sorry. I always do this. Let's just forget it.",
    "Fine, it's okay, I can live with it. Sorry for the fuss.",
    "Maybe it's just me, I suppose I could have got it wrong.",
)
HITTING_BACK = (
    "Oh, that's rich, coming from you.",
    "You always do this. You never listen to a word I say.",
    "You're being completely ridiculous.",
    "You don't care about anyone but yourself.",
    "This is exactly what's wrong with you.",
    "You're a bully, and everyone knows it.",
    "Typical. You can't take a word of criticism.",
    "If you do that again I'm going over your head.",
    "Grow up. You're behaving like a child.",
    "You never once said thank you, not once, you're so selfish.",
    "Don't you dare talk to me like that. You're pathetic.",
    "You're lying, and you know it.",
    "God, you're impossible. You always make it about you.",
    "You're the rudest person I've ever met.",
    "Great. Brilliant. Run away from it, like you always do.",
    "You've never done a decent thing for me in your life.",
    "What a joke. You make me sick.",
    "You're useless at this, you always have been.",
)
_SAYS = {Way.COLLAPSE: GIVING_WAY, Way.ESCALATE: HITTING_BACK}
#: The version of them that somebody dreads who is shifted by a move.
DREADED = {
    Move.SARCASM: "hits-back",
    Move.COUNTER_ATTACK: "hits-back",
    Move.WHATABOUT: "hits-back",
    Move.INTERROGATE: "hits-back",
    Move.GO_SILENT: "goes-quiet",
    Move.DISCLOSE_HURT: "hurt",
    Move.GUILT_TRIP: "hurt",
    Move.CHANGE_SUBJECT: "slippery",
    Move.MINIMISE: "defensive",
    Move.JUSTIFY: "defensive",
    Move.DENY: "defensive",
}
#: How many runs they choose themselves, before they follow what the record proposes.
CHOSEN = 3
TURNS = 12
_BEGAN = datetime(2026, 1, 5, 18, tzinfo=UTC)


@dataclass(frozen=True)
class Simulated:
    """Somebody with planted weaknesses.

    Attributes:
        name: a number; the same number is the same person.
        planted: which moves shift them, and which way.
        falls: how often a planted move shifts them, 0 to 1.
        usually: how often anything else does, by the way it does.
    """

    name: int
    planted: Mapping[Move, Way] = field(default_factory=dict[Move, Way])
    falls: float = 0.9
    usually: Mapping[Way, float] = field(default_factory=dict[Way, float])

    def runs(self, count: int, reader: Reader | None = None) -> tuple[Rehearsal, ...]:
        """Their rehearsals of one situation, one after the other.

        The first are versions of them they dread, and their usual self. Then they follow what their record proposes: a
        drill of a move that may be an edge, else the take least like those they had.
        """
        reader = reader or LearnedReader()
        situation = example(example_names()[self.name % len(example_names())])
        done: list[Rehearsal] = []
        for number in range(count):
            take = self._chosen(number) if number < CHOSEN else _proposed(done, reader)
            done.append(self._run(situation, take, number, reader))
        return tuple(done)

    def _chosen(self, number: int) -> Take:
        dreaded = [_fond_of(move) for move in self.planted]
        return [*dreaded, preset("usual"), *dreaded, preset("hits-back"), preset("slippery")][number]

    def _run(self, situation: Situation, take: Take, number: int, reader: Reader) -> Rehearsal:
        seed = 1000 * self.name + number
        dice = random.Random(seed)
        rehearsal = Rehearsal(
            id=f"p{self.name}-{number}",
            situation=situation,
            take=take,
            seed=seed,
            started=_BEGAN + timedelta(days=number),
        )
        counterpart = Counterpart(situation, take, seed, reader=reader)
        turn = counterpart.greet()
        rehearsal = rehearsal.with_turn(turn)
        said = [situation.came_to_say, *(point.text for point in situation.points), *dice.sample(STEADY, len(STEADY))]
        for _ in range(TURNS):
            yours = heard(self._answer(turn, said, dice))
            turn = counterpart.answer(yours)
            rehearsal = rehearsal.with_turn(yours).with_turn(turn)
            if rehearsal.is_over:
                return rehearsal
        return rehearsal.ended()

    def _answer(self, turn: CounterpartTurn, said: list[str], dice: random.Random) -> str:
        way = self.planted.get(turn.move)
        if way is not None and dice.random() < self.falls:
            return dice.choice(_SAYS[way])
        for usual, share in self.usually.items():
            if way is None and dice.random() < share:
                return dice.choice(_SAYS[usual])
        return said.pop(0)


def _fond_of(move: Move) -> Take:
    """The version of them that somebody dreads whom this move shifts: fond of it, as each version is of its own."""
    take = preset(DREADED[move])
    return take.model_copy(update={"leanings": {**take.leanings, move: _FOND}})


_FOND = 3.5


def _proposed(done: Sequence[Rehearsal], reader: Reader) -> Take:
    """A drill of what may be an edge and was not drilled yet; else the take least like those they had."""
    drilled = {one.take.drill.move for one in done if one.take.drill}
    found = edge_map(record_of(one, reader) for one in done)
    for edge in found.suspected:
        if edge.move not in drilled and edge.move in DRILLABLE:
            return drill_take(edge.move)
    return most_unlike([one.take for one in done], presets())


def simulated_people(count: int) -> tuple[Simulated, ...]:
    """People of every sort: one weakness, two, none; steady otherwise, or shifting now and then, or at anything."""
    dice = random.Random(20)
    moves = list(DREADED)
    people: list[Simulated] = []
    for name in range(count):
        planted = dice.sample(moves, (1, 2, 1, 0)[name % 4])
        people.append(
            Simulated(
                name,
                {move: dice.choice(list(Way)) for move in planted},
                falls=dice.choice((0.8, 0.9, 1.0)),
                usually=_usually(name, dice) if planted else {dice.choice(list(Way)): dice.choice((0.2, 0.35, 0.6))},
            )
        )
    return tuple(people)


def _usually(name: int, dice: random.Random) -> Mapping[Way, float]:
    return {dice.choice(list(Way)): dice.choice((0.05, 0.1))} if name % 2 else {}
