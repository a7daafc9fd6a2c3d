"""What was written into a form, as a situation. What the form did not ask for stays as it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from starlette.datastructures import FormData

from edgewise.errors import PersonError
from edgewise.person import Person, Relationship, Worded, listed, plain_words, relationship_heard_in
from edgewise.situation import Situation
from edgewise.situation.interview import INTERVIEW, OF_AN_INCIDENT, Answer

_BY_NAME = {asked.where: asked for asked in INTERVIEW}
_INCIDENTS = "person.incidents"
_SLOTS = ("what", *(asked.where for asked in OF_AN_INCIDENT))
_MOST_INCIDENTS = 50

#: What a language model had them say back, where you ticked that they would.
RINGS_TRUE = "rings-true"


def filled_in(situation: Situation, form: FormData) -> Situation:
    """The situation with every answer the form holds.

    Raises:
        PersonError: an answer is longer than one can be, or is no number where one is asked; says which.
    """
    written: dict[str, Any] = situation.model_dump()
    for name in form:
        if asked := _BY_NAME.get(name):
            _put(written, name, _answer(asked.answer, name, form, situation))
    if any(name.startswith(f"{_INCIDENTS}.") for name in form):
        _put(written, _INCIDENTS, _incidents(form, situation.person))
    written["person"]["comebacks"] = _rings_true(written["person"]["comebacks"], several(form, RINGS_TRUE))
    _call(written["person"], words(form, "person.relationship"))
    if "asked.avoid" in form and "avoid" not in form:
        written["avoid"] = []
    try:
        return Situation.model_validate(written)
    except ValidationError as wrong:
        raise _too_much(wrong) from wrong


def words(form: FormData, name: str) -> str:
    """One answer as it was written; empty when there was none."""
    given = form.get(name, "")
    return given if isinstance(given, str) else ""


def several(form: FormData, name: str) -> list[str]:
    """Every answer of this name."""
    return [one for one in form.getlist(name) if isinstance(one, str)]


def place(form: FormData, name: str) -> int:
    """A place in a conversation; 0 when it is none."""
    given = words(form, name)
    return int(given) if given.isdecimal() and len(given) < 10 else 0  # noqa: PLR2004 - digits


def percent(form: FormData, name: str) -> int | None:
    """A number from 0 to 100; None when it was left out.

    Raises:
        PersonError: it is not such a number.
    """
    given = words(form, name).strip().rstrip("%").strip()
    if not given:
        return None
    if given.isdecimal() and len(given) <= 3 and int(given) <= 100:  # noqa: PLR2004 - per cent
        return int(given)
    raise PersonError(
        "That is not a number from 0 to 100.", kept="Everything else is kept.", next_step="Change it, or leave it out."
    )


def _call(person: dict[str, Any], relationship: str) -> None:
    """Somebody who is none of the usual, and has no name, is called what they are: "my landlord" is Landlord."""
    if relationship and not person["name"] and person["relationship"] is Relationship.OTHER:
        called = relationship.strip().removeprefix("my ").removeprefix("My ")[:80]
        person["name"] = called[:1].upper() + called[1:]


def _rings_true(comebacks: Iterable[str], ticked: Iterable[str]) -> list[str]:
    return list(dict.fromkeys((*comebacks, *(line for one in ticked if (line := one.strip())))))


def _put(written: dict[str, Any], where: str, given: object) -> None:
    *path, last = where.split(".")
    for name in path:
        written = written[name]
    written[last] = given


def _answer(answer: Answer, name: str, form: FormData, before: Situation) -> Any:
    given = words(form, name)
    match answer:
        case Answer.LISTED:
            return _as_before(listed(given), getattr(before.person, name.partition(".")[2]))
        case Answer.SEVERAL:
            lines = [line.strip() for line in given.splitlines() if line.strip()]
            return _as_before(lines, before.key_points) if name == "key_points" else lines
        case Answer.PERCENT:
            return percent(form, name)
        case Answer.PITFALLS:
            return several(form, name)
        case Answer.RELATIONSHIP:
            return relationship_heard_in(given)
        case _:
            return given


def _as_before(given: Sequence[str], before: Sequence[Worded]) -> list[Any]:
    """Things named; one that was there already keeps whatever else is known of it."""
    known: Mapping[str, Any] = {" ".join(plain_words(one).split()): one.model_dump() for one in before}
    return [known.get(" ".join(one.split()), one) for one in given]


def _incidents(form: FormData, before: Person) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = []
    for place in range(_MOST_INCIDENTS):
        given = {slot: words(form, f"{_INCIDENTS}.{place}.{slot}").strip() for slot in _SLOTS}
        if given["what"]:
            known = before.incidents[place].model_dump() if place < len(before.incidents) else {}
            told.append({**known, **given})
    return told


def _too_much(wrong: ValidationError) -> PersonError:
    where = ".".join(str(part) for part in wrong.errors()[0]["loc"] if not isinstance(part, int))
    asked = _BY_NAME.get(where) or _BY_NAME.get(where.rpartition(".")[0])
    which = f"“{asked.question}”" if asked else "One of the questions"
    return PersonError(
        f"{which} has more in it than one answer can hold.",
        kept="What was kept before is as it was, and what you wrote is still in the form.",
        next_step="Say the heart of it, in a line or two.",
    )
