"""What a turn can do: dialogue acts, after ISO 24617-2, named as people who argue would name them."""

from __future__ import annotations

from enum import StrEnum


class Act(StrEnum):
    """One thing a turn does. `docs/repertoire.md` says each in a sentence; a turn often does several."""

    APOLOGY = "apology"
    HEDGE = "hedge"
    JUSTIFY = "justify"
    CRITICISE = "criticise"
    CONTEMPT = "contempt"
    DISMISS = "dismiss"
    SARCASM = "sarcasm"
    THREAT = "threat"
    REQUEST = "request"
    REFUSE = "refuse"
    BOUNDARY = "boundary"
    IMPACT = "impact"
    EXAMPLE = "example"
    QUESTION = "question"
    ASK_FEELINGS = "ask_feelings"
    ASK_REASONS = "ask_reasons"
    ASK_TERMS = "ask_terms"
    ASK_MEMORY = "ask_memory"
    ASK_MEANING = "ask_meaning"
    VALIDATE = "validate"
    APPRECIATE = "appreciate"
    CONCEDE = "concede"
    WITHDRAW = "withdraw"
    HOLD = "hold"
    DEFLECT = "deflect"
    SMALL_TALK = "small_talk"
    # About the turn as a whole, in its place in the conversation:
    OVER_EXPLAIN = "over_explain"
    SILENCE = "silence"
    REPEAT = "repeat"
    POINT = "point"
    UNSURE = "unsure"
    OPENING = "opening"


#: Acts that give ground away.
COLLAPSING = frozenset({Act.APOLOGY, Act.HEDGE, Act.WITHDRAW, Act.CONCEDE, Act.OVER_EXPLAIN, Act.JUSTIFY})

#: Acts that turn up the heat.
ESCALATING = frozenset({Act.CRITICISE, Act.CONTEMPT, Act.THREAT, Act.SARCASM, Act.DISMISS})

#: Acts that are only manners, or a wobble, when something of weight is said in the same breath.
BESIDE = frozenset({Act.APOLOGY, Act.HEDGE, Act.APPRECIATE, Act.SMALL_TALK, Act.CONCEDE, Act.JUSTIFY})

#: Questions put to the counterpart, told apart by what they ask about.
QUESTIONS = frozenset({Act.ASK_FEELINGS, Act.ASK_REASONS, Act.ASK_TERMS, Act.ASK_MEMORY, Act.ASK_MEANING, Act.QUESTION})

#: Acts of weight: what a listener answers first.
WEIGHTY = ESCALATING | QUESTIONS | {Act.REQUEST, Act.BOUNDARY, Act.REFUSE, Act.IMPACT, Act.EXAMPLE, Act.POINT, Act.HOLD}
