"""What a form asks, with what has been answered: the interview's own questions, in its own words."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from starlette.datastructures import FormData

from edgewise.entrypoints.web.forms import several, words
from edgewise.person import Worded, plain_words
from edgewise.situation import Situation
from edgewise.situation.interview import INTERVIEW, OF_AN_INCIDENT, Answer, Asked, Part

#: Empty places offered for one more thing that happened between you.
_ONE_MORE = 1


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form.

    Attributes:
        name: what it is called when it is sent.
        question: what is asked.
        hint: what an answer could be.
        answer: what an answer looks like.
        value: what has been answered, as it stands in the form.
        wrong: what is wrong with what was written; empty when nothing is.
        inner: for things that happened: one group of fields each, the last of them empty.
    """

    name: str
    question: str
    hint: str
    answer: Answer
    value: Any = ""
    wrong: str = ""
    inner: tuple[tuple[Field, ...], ...] = field(default=())


def fields_for(part: Part, situation: Situation) -> tuple[Field, ...]:
    """The fields of one part of the interview."""
    return tuple(field_for(asked, situation) for asked in INTERVIEW if asked.part is part)


def field_for(asked: Asked, situation: Situation) -> Field:
    """One question with what has been answered."""
    given = _at(situation, asked.where)
    if asked.answer is Answer.INCIDENTS:
        return _field(asked, inner=tuple(_incident(place, given) for place in range(len(given) + _ONE_MORE)))
    return _field(asked, value=_as_written(asked.answer, given))


def as_tried(one: Field, form: FormData) -> Field:
    """A field with what was just written in it, so that nothing has to be typed again."""
    if one.inner:
        return replace(one, inner=tuple(tuple(as_tried(inner, form) for inner in group) for group in one.inner))
    if one.answer is Answer.PITFALLS:
        return replace(one, value=tuple(several(form, one.name)))
    return replace(one, value=words(form, one.name)) if one.name in form else one


def _field(asked: Asked, *, value: Any = "", inner: tuple[tuple[Field, ...], ...] = ()) -> Field:
    hint = "One a line." if asked.answer is Answer.SEVERAL and not asked.hint else asked.hint
    if asked.answer is Answer.SEVERAL and asked.hint:
        hint = f"{asked.hint} One a line."
    hint = "" if asked.answer in {Answer.PITFALLS, Answer.PRONOUNS} else hint
    return Field(asked.where, asked.question, hint, asked.answer, value, inner=inner)


def _at(situation: Situation, where: str) -> Any:
    found: Any = situation
    for name in where.split("."):
        found = getattr(found, name)
    return found


def _as_written(answer: Answer, given: Any) -> Any:
    match answer:
        case Answer.LISTED:
            return "; ".join(_worded(one) for one in given)
        case Answer.SEVERAL:
            return "\n".join(_worded(one) for one in given)
        case Answer.PITFALLS:
            return tuple(given)
        case Answer.RELATIONSHIP:
            return "" if given.value == "other" else given.value
        case Answer.PRONOUNS:
            return given.value
        case _:
            return "" if given is None else given


def _worded(one: str | Worded) -> str:
    """A thing with words for it, as plain words."""
    return " ".join((one if isinstance(one, str) else plain_words(one)).split())


_WHAT = Asked("what", "What happened?", "She cut me off in the planning meeting.", Answer.LINE, Part.BETWEEN)


def _incident(place: int, given: Any) -> tuple[Field, ...]:
    one = given[place] if place < len(given) else None
    return tuple(
        Field(
            f"person.incidents.{place}.{asked.where}",
            asked.question,
            asked.hint,
            asked.answer,
            getattr(one, asked.where) if one is not None else "",
        )
        for asked in (_WHAT, *OF_AN_INCIDENT)
    )
