"""Rehearsals to keep, ordinary ones and strange ones."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import strategies as st

from edgewise.person import Incident, Person, Relationship, Style, Trigger, Value, tidy
from edgewise.rehearsal import (
    FEELINGS,
    CounterpartTurn,
    EmotionalState,
    Ending,
    Reason,
    Recalled,
    Recollection,
    Reflection,
    Rehearsal,
    Turn,
    YourTurn,
)
from edgewise.situation import Fear, KeyPoint, Kind, Pitfall, Situation, TheirSide
from edgewise.take import Curveball, Dials, Mood, Move, Take

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def you(text: str = "I wrote that report.") -> YourTurn:
    return YourTurn(text=text, silence_s=1.5, typing_s=4.25)


def them(text: str = "Did you now.", *, leaves: bool = False) -> CounterpartTurn:
    return CounterpartTurn(
        text=text,
        gesture="looks at the table",
        move=Move.WALK_OUT if leaves else Move.DENY,
        mood=Mood.GUARDED,
        state=EmotionalState(anger=0.3333),
        reasons=(Reason(why="You gave a date.", quote="I wrote", effect={"trust": 0.1}),),
        leaves=leaves,
    )


def a_rehearsal(
    name: str = "monday-1",
    *,
    turns: tuple[Turn, ...] = (),
    came_to_say: str = "Put my name on the report",
    minutes: int = 0,
    ending: Ending | None = None,
) -> Rehearsal:
    return Rehearsal(
        id=name,
        situation=Situation(person=Person(name="Dana", phrases=("Let's be adults.",)), came_to_say=came_to_say),
        take=Take(name="defensive"),
        seed=7,
        started=NOON + timedelta(minutes=minutes),
        distress_before=70,
        turns=turns,
        ending=ending,
    )


def recalled(rehearsal: str, what: str = "backed_down", words: str = "It's fine") -> Recollection:
    return Recollection(rehearsal=rehearsal, what=Recalled(what), words=words, when="last week")


_ODD = st.one_of(
    st.text(max_size=40),
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40),
    st.sampled_from(
        ("🙂‍↔️", "שלום, אמא", "e\u0301te\u0301", "a\u0000b", "\u202etxt", "100% _ ' \" ; --", "ﬃ\u2028x", "\U0001d160")
    ),
)
words = _ODD.map(lambda text: tidy(text.encode("utf-8", "ignore").decode("utf-8")))
_several = st.lists(words, max_size=3).map(tuple)
_percent = st.none() | st.integers(0, 100)
_level = st.floats(0.0, 1.0)
_seconds = st.floats(0.0, 86_400.0)

people = st.builds(
    Person,
    name=words,
    relationship=st.sampled_from(Relationship),
    manner=words,
    styles=st.lists(st.sampled_from(Style), max_size=4).map(tuple),
    triggers=st.lists(st.builds(Trigger, what=words, cues=_several), max_size=2).map(tuple),
    values=st.lists(st.builds(Value, what=words), max_size=2).map(tuple),
    incidents=st.lists(st.builds(Incident, what=words, when=words, they_tell_it=words), max_size=2).map(tuple),
    phrases=_several,
    grievances=_several,
)
situations = st.builds(
    Situation,
    title=words,
    kind=st.sampled_from(Kind),
    person=people,
    came_to_say=words,
    key_points=st.lists(st.builds(KeyPoint, text=words, cues=_several), max_size=3).map(tuple),
    avoid=st.lists(st.sampled_from(Pitfall), max_size=6).map(tuple),
    private_intention=words,
    fear=st.builds(Fear, what=words, likelihood=_percent),
    distress_before=_percent,
    their_side=st.builds(TheirSide, defence=words, fact=words),
)
takes = st.builds(
    Take,
    name=words,
    dials=st.builds(Dials, pushback=_level, warmth=_level),
    leanings=st.dictionaries(st.sampled_from(Move), st.floats(0.0, 10.0), max_size=3),
    curveballs=st.lists(st.sampled_from(Curveball), max_size=3).map(tuple),
    curveball_count=st.integers(0, 5),
)
states = st.builds(EmotionalState, **dict.fromkeys(FEELINGS, _level))
reasons = st.builds(
    Reason,
    why=words,
    quote=words,
    effect=st.dictionaries(st.sampled_from(FEELINGS), st.floats(allow_nan=False, allow_infinity=False), max_size=3),
)
your_turns = st.builds(YourTurn, text=words, silence_s=_seconds, typing_s=_seconds)
their_turns = st.builds(
    CounterpartTurn,
    text=words,
    gesture=words,
    move=st.sampled_from(Move),
    mood=st.sampled_from(Mood),
    state=states,
    reasons=st.lists(reasons, max_size=2).map(tuple),
    silence_s=_seconds,
    line=words,
    curveball=st.none() | st.sampled_from(Curveball),
)
turns = st.one_of(your_turns, their_turns)
_zones = st.none() | st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))
reflections = st.builds(Reflection, going_for=words, lost_ground=words, distress_worst=_percent)
recollections = st.builds(
    Recollection,
    rehearsal=st.from_regex(r"\A[a-z0-9]{1,8}\Z"),
    what=st.sampled_from(Recalled),
    words=words,
    when=words,
)
rehearsals = st.builds(
    Rehearsal,
    id=st.from_regex(r"\A[A-Za-z0-9_-]{1,64}\Z"),
    situation=situations,
    take=takes,
    seed=st.integers(-(2**70), 2**70),
    started=st.datetimes(timezones=_zones),
    distress_before=_percent,
    remembered=st.lists(recollections, max_size=4).map(tuple),
    turns=st.lists(turns, max_size=4).map(tuple),
    ending=st.none() | st.sampled_from(Ending),
    reflection=st.none() | reflections,
)
