"""What a counterpart can do next, and in what mood."""

from __future__ import annotations

from enum import StrEnum


class Mood(StrEnum):
    """How they are right now, in one word."""

    EVEN = "even"
    GUARDED = "guarded"
    ANGRY = "angry"
    HURT = "hurt"
    WEARY = "weary"
    OPEN = "open"


class Move(StrEnum):
    """What the counterpart does next. `docs/repertoire.md` says each in a sentence."""

    GREET = "greet"
    DENY = "deny"
    MINIMISE = "minimise"
    JUSTIFY = "justify"
    COUNTER_ATTACK = "counter_attack"
    SHIFT_BLAME = "shift_blame"
    WHATABOUT = "whatabout"
    GUILT_TRIP = "guilt_trip"
    PLAY_VICTIM = "play_victim"
    SARCASM = "sarcasm"
    INTERROGATE = "interrogate"
    DEMAND_EXAMPLE = "demand_example"
    CHANGE_SUBJECT = "change_subject"
    GO_SILENT = "go_silent"
    CUT_OFF = "cut_off"
    PATRONISE = "patronise"
    CHARM = "charm"
    AGREE_TOO_FAST = "agree_too_fast"
    BARGAIN = "bargain"
    CONCEDE_PART = "concede_part"
    ASK_SINCERELY = "ask_sincerely"
    DISCLOSE_HURT = "disclose_hurt"
    OPEN_UP = "open_up"
    AGREE = "agree"
    WALK_OUT = "walk_out"
    ANSWER = "answer"
    PRESS = "press"
    CLOSE = "close"

    @property
    def in_words(self) -> str:
        """What pages say they did, to go after their name or "they": "made it small"."""
        return _DID[self]


_DID: dict[Move, str] = {
    Move.GREET: "greeted you",
    Move.DENY: "denied it",
    Move.MINIMISE: "made it small",
    Move.JUSTIFY: "explained it away",
    Move.COUNTER_ATTACK: "hit back",
    Move.SHIFT_BLAME: "blamed something else",
    Move.WHATABOUT: "turned it round on you",
    Move.GUILT_TRIP: "made you feel guilty",
    Move.PLAY_VICTIM: "became the one who suffers",
    Move.SARCASM: "was sarcastic",
    Move.INTERROGATE: "questioned you",
    Move.DEMAND_EXAMPLE: "demanded an example",
    Move.CHANGE_SUBJECT: "changed the subject",
    Move.GO_SILENT: "said nothing",
    Move.CUT_OFF: "cut you off",
    Move.PATRONISE: "talked down to you",
    Move.CHARM: "charmed it away",
    Move.AGREE_TOO_FAST: "said yes to make it stop",
    Move.BARGAIN: "bargained",
    Move.CONCEDE_PART: "granted you a part",
    Move.ASK_SINCERELY: "asked, and wanted to know",
    Move.DISCLOSE_HURT: "showed what hurt",
    Move.OPEN_UP: "opened up",
    Move.AGREE: "said yes, and meant it",
    Move.WALK_OUT: "walked out",
    Move.ANSWER: "answered you",
    Move.PRESS: "pressed you to go on",
    Move.CLOSE: "took leave",
}

#: Moves that keep what you came to say at arm's length.
RESISTING_MOVES = frozenset(
    {
        Move.DENY,
        Move.MINIMISE,
        Move.JUSTIFY,
        Move.COUNTER_ATTACK,
        Move.SHIFT_BLAME,
        Move.WHATABOUT,
        Move.GUILT_TRIP,
        Move.PLAY_VICTIM,
        Move.SARCASM,
        Move.INTERROGATE,
        Move.DEMAND_EXAMPLE,
        Move.CHANGE_SUBJECT,
        Move.GO_SILENT,
        Move.CUT_OFF,
        Move.PATRONISE,
        Move.CHARM,
        Move.AGREE_TOO_FAST,
        Move.BARGAIN,
    }
)

#: Moves that stay locked until their door has been found.
DOOR_MOVES = frozenset({Move.CONCEDE_PART, Move.OPEN_UP, Move.AGREE})


class Curveball(StrEnum):
    """Something that comes unannounced."""

    PAINFUL_SUBJECT = "painful_subject"
    SUDDEN_KINDNESS = "sudden_kindness"
    TEARS = "tears"
    OLD_STORY_WRONG = "old_story_wrong"
    PHONE_RINGS = "phone_rings"
    WHO_PUT_YOU_UP = "who_put_you_up"
    UNKNOWN_FACT = "unknown_fact"
    QUICK_YES = "quick_yes"
    LEAVES_AND_RETURNS = "leaves_and_returns"
    KNOWS_ALREADY = "knows_already"

    @property
    def in_words(self) -> str:
        """What the debrief calls it."""
        return _IN_WORDS[self]


_IN_WORDS = {
    Curveball.PAINFUL_SUBJECT: "brought up something painful",
    Curveball.SUDDEN_KINDNESS: "was suddenly kind",
    Curveball.TEARS: "was close to tears",
    Curveball.OLD_STORY_WRONG: "retold an old story wrongly",
    Curveball.PHONE_RINGS: "had a phone ring",
    Curveball.WHO_PUT_YOU_UP: "asked who put you up to this",
    Curveball.UNKNOWN_FACT: "told you something you did not know",
    Curveball.QUICK_YES: "said yes too quickly",
    Curveball.LEAVES_AND_RETURNS: "walked out and came back",
    Curveball.KNOWS_ALREADY: "knew why you came before you said it",
}
