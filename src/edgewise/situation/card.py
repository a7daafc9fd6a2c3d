"""Character cards: a person somebody wrote for other programs, read as one to rehearse with, and written out again.

A card is JSON in one of three forms: without a name of its form (the first), `chara_card_v2` and `chara_card_v3`. Cards
are written by strangers. So only what tells of the person is read; orders to a language model (`system_prompt`,
`post_history_instructions`, the character book, prompts among the extensions) are kept and never used. The whole card
stays beside the person, so that it is written out again with nothing lost.

Sources: the specifications of character cards V2 (malfoyslastname) and V3 (kwaroran).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from edgewise.errors import SituationFileError
from edgewise.person import Person, Pronouns, Relationship, portrait, relationship_heard_in, tidy, word_count
from edgewise.situation.situation import LONGEST_CARD, Situation, TheirSide

_LONGEST_ANSWER = 2_000  # characters; what a line of a situation may hold
_MOST_PHRASES = 12
_LONGEST_PHRASE = 30  # words; more is a speech, not something somebody says
_TOLD_BY = 2  # mentions from which a pronoun tells how they are spoken of

#: The texts that every card of the second form has.
_TEXTS = (
    "personality",
    "scenario",
    "first_mes",
    "mes_example",
    "creator_notes",
    "system_prompt",
    "post_history_instructions",
    "creator",
    "character_version",
)

_MACRO = re.compile(r"\{\{[^{}]*\}\}")
_THEM = re.compile(r"\{\{char\}\}|<BOT>|<CHAR>", re.IGNORECASE)
_YOU_CALLED = re.compile(r",?\s*(?:\{\{user\}\}|<USER>)(?=[\s,.!?…]|$)", re.IGNORECASE)
_YOURS = re.compile(r"(?:\{\{user\}\}|<USER>)['’]s\b", re.IGNORECASE)
_YOU = re.compile(r"\{\{user\}\}|<USER>", re.IGNORECASE)
_TO_YOU = re.compile(r"(?:\{\{user\}\}['’]s|<USER>['’]s|\byour)\s+((?:[\w-]+\s?){1,3})", re.IGNORECASE)
_SEEN = re.compile(r"\*[^*]*\*|\([^)]*\)")
_QUOTED = re.compile(r"[\"“]([^\"“”]+)[\"”]")
_SPOKEN_OF = {"she": Pronouns.SHE, "her": Pronouns.SHE, "he": Pronouns.HE, "him": Pronouns.HE, "his": Pronouns.HE}


class _Ours(BaseModel):
    """What Edgewise itself writes into a card: the person as they were written here."""

    model_config = ConfigDict(extra="ignore")

    person: Person
    their_side: TheirSide = TheirSide()


class _Body(BaseModel):
    """What is read of a card; all the rest is let be."""

    model_config = ConfigDict(extra="ignore", strict=True)

    name: str = Field(pattern=r"\S")
    nickname: str | None = None
    description: str | None = None
    personality: str | None = None
    scenario: str | None = None
    mes_example: str | None = None
    extensions: dict[str, Any] | None = None


def is_card(text: str) -> bool:
    """Whether a text is JSON that looks like a character card, whole or broken further in."""
    try:
        card = _as_data(text)
    except ValueError:
        return '"chara_card' in text[:2_000]
    return "spec" in card or ("name" in card and not card.keys().isdisjoint(_Body.model_fields.keys() - {"name"}))


def read_card(text: str, *, called: str = "the card") -> Situation:
    """The person on a card, as somebody to rehearse with; what you came to say is still yours to add.

    Args:
        text: the card's JSON, at most `LONGEST_CARD` characters.
        called: what to call it in an error.

    Raises:
        SituationFileError: it is no card, too large, or something in it is not what a card has there; says where.
    """
    if len(text) > LONGEST_CARD:
        raise SituationFileError(
            f"{called} is {len(text):,} characters long; the most is {LONGEST_CARD:,}.",
            kept="Nothing was changed.",
            next_step="Take out its character book, which is not used here, and try again.",
        )
    try:
        card = _as_data(text)
        return _situation_on(card).model_copy(update={"card": kept_form(card)})
    except ValidationError as wrong:
        raise SituationFileError(
            f"{called} does not fit: {'; '.join(_said(error, text) for error in wrong.errors()[:5])}.",
            kept="Nothing was changed.",
            next_step="Mend that line, or write the person down yourself.",
        ) from wrong
    except ValueError as broken:
        raise SituationFileError(
            f"{called} cannot be read: {broken}.",
            kept="Nothing was changed.",
            next_step="Choose the card as JSON or PNG, as it was made.",
        ) from broken


def write_card(situation: Situation) -> str:
    """The person as a character card: the one they came on with what was changed here, or a new one (V2).

    What is yours stays here: what you came to say, what you fear, why it matters to you. Reading the card back gives
    the same person, the same setting and the same side of theirs.
    """
    person = situation.person
    card = _as_data(situation.card) if situation.card else _new(person)
    body, before = _body_of(card), _situation_on(card)
    if person.name != before.person.name:
        body["nickname" if body.get("nickname") else "name"] = person.name or person.known_as
    if person.manner != before.person.manner:
        body["personality"] = person.manner
    if situation.setting != before.setting:
        body["scenario"] = situation.setting
    if person.phrases != before.person.phrases:
        body["mes_example"] = "\n".join(f"<START>\n{{{{char}}}}: {phrase}" for phrase in person.phrases)
    if (person, situation.their_side) != (before.person, before.their_side):
        ours = _Ours(person=person, their_side=situation.their_side).model_dump(mode="json", exclude_defaults=True)
        body["extensions"] = {**(body.get("extensions") or {}), "edgewise": ours}
    return json.dumps(card, indent=2, allow_nan=False)


def kept_form(card: Mapping[str, Any]) -> str:
    """A card as it is kept: all of it, in ASCII, so that nothing a stranger wrote can disturb a file or a screen."""
    return json.dumps(card, separators=(",", ":"), allow_nan=False)


def words_about_them(card: str) -> Iterator[str]:
    """What a kept card tells of the person, paragraph by paragraph, so that it can be looked at for danger."""
    if card:
        body = _read_body(_as_data(card))
        for text in (body.description, body.personality, body.scenario):
            yield from (line for line in tidy(text or "").split("\n") if line.strip())


def _as_data(text: str) -> dict[str, Any]:
    """The JSON object in a text.

    Raises:
        ValueError: there is none, or it holds numbers that cannot be written again.
    """
    try:
        read: object = json.loads(text, parse_constant=_no_number)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    if not isinstance(read, dict):
        raise ValueError("it is no JSON object")  # noqa: TRY004 - whatever is wrong with a card is one kind of wrong
    card = cast(dict[str, Any], read)
    kept_form(card)
    return card


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number in JSON")


def _new(person: Person) -> dict[str, Any]:
    """A card that says who it is, every field there that V2 asks for."""
    body: dict[str, Any] = dict.fromkeys(_TEXTS, "")
    body |= {"name": person.known_as, "description": "\n".join(portrait(person))}
    body |= {"alternate_greetings": [], "tags": [], "extensions": {}}
    return {"spec": "chara_card_v2", "spec_version": "2.0", "data": body}


def _body_of(card: dict[str, Any]) -> dict[str, Any]:
    """Where a card tells of the person: at its top in the first form, under `data` in the later ones.

    Raises:
        ValueError: a later form without `data`.
    """
    if "spec" not in card:
        return card
    body = card.get("data")
    if not isinstance(body, dict):
        raise ValueError("a card of this form has a “data” object, and this one has none")  # noqa: TRY004 - as above
    return cast(dict[str, Any], body)


def _read_body(card: dict[str, Any]) -> _Body:
    return _Body.model_validate(_body_of(card))


def _situation_on(card: dict[str, Any]) -> Situation:
    """What a card says of somebody, in our words for it."""
    body = _read_body(card)
    setting = _answer(body.scenario or "", body.name)
    if ours := _ours_on(body):
        return Situation(person=ours.person, setting=setting, their_side=ours.their_side)
    told = "\n".join(part for part in (body.scenario, body.description, body.personality) if part)
    person = Person(
        name=_answer(body.nickname or body.name, body.name)[:200],
        relationship=_what_they_are_to_you(told),
        pronouns=_spoken_of(told),
        manner=_answer(body.personality or body.description or "", body.name),
        phrases=_phrases(body),
    )
    return Situation(person=person, setting=setting)


def _ours_on(body: _Body) -> _Ours | None:
    """The person as Edgewise wrote them there; one that does not fit (any more) counts as not written."""
    try:
        return _Ours.model_validate((body.extensions or {}).get("edgewise"))
    except ValidationError:
        return None


def _answer(text: str, name: str) -> str:
    """A text of a card as an answer somebody could have given here: without macros, and not too long."""
    plain = _YOU.sub("you", _YOURS.sub("your", _THEM.sub(lambda _: name, text)))
    plain = tidy(re.sub(r"[ \t]+", " ", _MACRO.sub("", plain)))
    if len(plain) <= _LONGEST_ANSWER:
        return plain
    cut = plain[:_LONGEST_ANSWER]
    return cut[: cut.rfind(".") + 1] or cut


def _what_they_are_to_you(told: str) -> Relationship:
    for found in _TO_YOU.finditer(told):
        if (heard := relationship_heard_in(found[1])) is not Relationship.OTHER:
            return heard
    return Relationship.OTHER


def _spoken_of(told: str) -> Pronouns:
    heard = Counter(_SPOKEN_OF[word] for word in re.findall(r"[a-z]+", told.lower()) if word in _SPOKEN_OF)
    if not heard:
        return Pronouns.THEY
    (most, count), rest = heard.most_common(1)[0], heard.total()
    return most if count >= _TOLD_BY and count * 2 > rest else Pronouns.THEY


def _phrases(body: _Body) -> tuple[str, ...]:
    """What they say in the card's examples of how they talk: their own lines, spoken words only, each once."""
    said: dict[str, None] = {}
    for line in (body.mes_example or "").splitlines():
        who, _, words = _THEM.sub(lambda _: body.name, line).strip().partition(":")
        if who.strip().casefold() == body.name.strip().casefold():
            said |= dict.fromkeys(_spoken_in(words))
    return tuple(said)[:_MOST_PHRASES]


def _spoken_in(words: str) -> Iterator[str]:
    spoken = _QUOTED.findall(words) or [_SEEN.sub(" ", words)]
    for one in spoken:
        plain = tidy(" ".join(_YOU_CALLED.sub("", one).split()))
        if 1 <= word_count(plain) <= _LONGEST_PHRASE and not _MACRO.search(plain) and not _YOU.search(plain):
            yield plain[:_LONGEST_ANSWER]


def _said(error: Any, text: str) -> str:
    """A complaint about a card, with the line its field first stands on."""
    where = ".".join(str(part) for part in error["loc"])
    named = re.search(rf'"{re.escape(str(error["loc"][-1]))}"\s*:', text) if error["loc"] else None
    line = f"line {text.count(chr(10), 0, named.start()) + 1}, " if named else ""
    return f"{line}{where or 'the whole'}: {error['msg'].lower()}"
