"""Meeting the person: one question at a time, each can be skipped, and every answer is kept as it is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from pydantic import ValidationError

from edgewise.adapters.papers import Draft, Papers
from edgewise.app import Edgewise
from edgewise.entrypoints.cli.asking import Asker
from edgewise.entrypoints.cli.stopping import unless_stopped
from edgewise.errors import ModelError, NotAgreedError, PersonError
from edgewise.person import Pronouns, Relationship, listed, relationship_heard_in
from edgewise.situation import Situation
from edgewise.situation.interview import INTERVIEW, OF_AN_INCIDENT, PITFALLS, Answer, Asked, Part

_GO = frozenset({"/go", "/start", "/begin"})

_HER = frozenset(
    "mum mom mother mam mama wife girlfriend sister daughter aunt auntie grandmother gran nan grandma niece".split()
)
_HIM = frozenset("dad father papa husband boyfriend brother son uncle grandfather grandad grandpa nephew".split())


class _EnoughError(Exception):
    """You would rather begin."""


@dataclass(frozen=True, slots=True)
class _Question:
    """One thing that is asked.

    Attributes:
        put: asks it, and gives back the situation after each answer, as often as there are answers.
    """

    put: Callable[[Asker, Situation], Iterator[Situation]]


class Interview:
    """Asks who they are and what you came to say."""

    def __init__(self, asker: Asker, papers: Papers, edgewise: Edgewise) -> None:
        self._asker = asker
        self._papers = papers
        self._edgewise = edgewise
        self._draft = papers.new_draft()

    def hold(self, draft: Draft | None = None) -> Draft:
        """Ask, from where a draft stopped, until everything was asked or you would rather begin.

        Raises:
            PersonError: nothing at all was answered.
        """
        self._draft = draft or self._papers.new_draft()
        self._asker.screen.say()
        self._asker.screen.say(
            "One question at a time. Press Enter to skip any of them; three answers are enough. "
            "Type /go to begin at once."
        )
        with suppress(_EnoughError):
            for place in range(self._draft.asked, len(_QUESTIONS)):
                self._ask(place)
        if not self.begun:
            raise PersonError(
                "There is nothing to go on yet.",
                next_step="Answer one question, or try a ready one: edgewise rehearse belittling-manager.",
            )
        return self._draft

    @property
    def begun(self) -> bool:
        """Whether anything has been answered."""
        return self._draft.situation != Situation()

    def _ask(self, place: int) -> None:
        for situation in _QUESTIONS[place].put(_Impatient(self._asker), self._draft.situation):
            look = partial(self._edgewise.watch.situation, situation)
            unless_stopped(look, self._edgewise, self._asker.screen, self._asker.listener)
            self._keep(replace(self._draft, situation=situation))
        if place == _COMEBACKS:
            self._offer_said_back()
        self._keep(replace(self._draft, asked=place + 1))

    def _offer_said_back(self) -> None:
        """With a language model chosen, it may suggest what they might say back; you keep what rings true."""
        question = "Shall your language model suggest what they might say back? (y, or Enter to go on)"
        asker = _Impatient(self._asker)
        if not self._edgewise.has_model or not asker.agreed(question, unless=False):
            return
        lines = self._said_back()
        if not lines:
            return
        self._asker.screen.listing((f"“{line}”", "") for line in lines)
        self._asker.screen.say("Which of these ring true? By number; Enter takes none.")
        kept = [lines[place] for place in asker.several_of(lines)]
        self._keep(replace(self._draft, situation=_with(self._draft.situation, _SAID_BACK, kept)))

    def _said_back(self) -> tuple[str, ...]:
        try:
            lines = self._edgewise.might_say_back(self._draft.situation)
        except (ModelError, NotAgreedError) as wrong:
            self._asker.screen.quietly(f"  {wrong.happened} {wrong.next_step}")
            return ()
        if not lines:
            self._asker.screen.quietly("  Nothing it proposed rested on what you have told so far.")
        return lines

    def _keep(self, draft: Draft) -> None:
        self._draft = draft
        if self.begun:
            self._papers.keep_draft(draft)


class _Impatient(Asker):
    """Listens for the word that ends the interview in every answer."""

    def __init__(self, asker: Asker) -> None:
        super().__init__(asker.screen, asker.listener)

    def more(self) -> str:
        answer = super().more()
        if answer.lower() in _GO:
            raise _EnoughError
        return answer


def _with(situation: Situation, where: str, given: object) -> Situation:
    """The situation with one more answer in it; an answer to a question that takes several is added to them."""
    written: dict[str, Any] = situation.model_dump(exclude_defaults=True)
    *path, last = where.split(".")
    inner = written
    for name in path:
        inner = inner.setdefault(name, {})
    inner[last] = [*inner.get(last, ()), *given] if isinstance(given, list | tuple) else given
    return Situation.model_validate(written)


def _taken(asker: Asker, situation: Situation, where: str, given: object) -> Situation | None:
    try:
        return _with(situation, where, given)
    except ValidationError:
        asker.screen.quietly("  That is more than one answer can hold. Say the heart of it, in a line or two.")
        return None


def _line(asked: Asked, asker: Asker, situation: Situation) -> Iterator[Situation]:
    """One answer in your own words."""
    answer = asker.words(asked.question, asked.hint)
    while answer:
        after = _taken(asker, situation, asked.where, answer)
        if after is not None:
            yield after
            return
        answer = asker.more()


def _listed(asked: Asked, asker: Asker, situation: Situation) -> Iterator[Situation]:
    """One answer that names several things."""
    after = _taken(asker, situation, asked.where, list(listed(asker.words(asked.question, asked.hint))))
    if after is not None and after != situation:
        yield after


def _several(asked: Asked, asker: Asker, situation: Situation) -> Iterator[Situation]:
    """Answers until there are no more."""
    answer = asker.words(asked.question, f"{asked.hint} One a line; an empty line ends it.")
    while answer:
        after = _taken(asker, situation, asked.where, [answer])
        if after is not None:
            situation = after
            yield situation
        answer = asker.more()


def _percent(asked: Asked, asker: Asker, situation: Situation) -> Iterator[Situation]:
    given = asker.percent(asked.question, asked.hint)
    if given is not None:
        yield _with(situation, asked.where, given)


def _relationship(asked: Asked, asker: Asker, situation: Situation) -> Iterator[Situation]:
    answer = asker.words(asked.question, asked.hint)
    if not answer:
        return
    heard = relationship_heard_in(answer)
    situation = _with(situation, "person.relationship", heard)
    if heard is Relationship.OTHER and not situation.person.name:
        called = answer.removeprefix("my ").removeprefix("My ")[:80]
        situation = _with(situation, "person.name", called[:1].upper() + called[1:])
    words = set(answer.lower().split())
    if pronoun := Pronouns.SHE if words & _HER else Pronouns.HE if words & _HIM else None:
        situation = _with(situation, "person.pronouns", pronoun)
    yield situation


def _pronouns(asked: Asked, asker: Asker, situation: Situation) -> Iterator[Situation]:
    if situation.person.pronouns is not Pronouns.THEY:
        return
    answer = asker.words(asked.question, asked.hint).lower()
    if answer in set(Pronouns):
        yield _with(situation, "person.pronouns", Pronouns(answer))


def _incidents(asked: Asked, asker: Asker, situation: Situation) -> Iterator[Situation]:
    what = asker.words(asked.question, asked.hint)
    while what:
        incident = {"what": what}
        before, after = situation, _taken(asker, situation, "person.incidents", [incident])
        if after is None:
            what = asker.more()
            continue
        yield (situation := after)
        for more in OF_AN_INCIDENT:
            incident[more.where] = asker.words(more.question, more.hint)
            situation = _taken(asker, before, "person.incidents", [incident]) or situation
            yield situation
        what = asker.words("Anything else that happened between you?", "Enter goes on.")


def _avoid(asked: Asked, asker: Asker, situation: Situation) -> Iterator[Situation]:
    asker.screen.say()
    asker.screen.say(f"{asked.question} {asked.hint}")
    asker.screen.listing((meaning, "") for meaning in PITFALLS.values())
    chosen = asker.several_of(list(PITFALLS.values()))
    if chosen:
        kinds = list(PITFALLS)
        yield _with(situation, "avoid", [kinds[place] for place in chosen])


def _their_side(asker: Asker, situation: Situation) -> Iterator[Situation]:
    if not asker.agreed("A few more about their side, that only you can know? (y, or Enter to skip all)", unless=False):
        return
    for asked in INTERVIEW:
        if asked.part is Part.SIDE:
            for after in _put_to(asked).put(asker, situation):
                situation = after
                yield situation


_PUTTING: dict[Answer, Callable[[Asked, Asker, Situation], Iterator[Situation]]] = {
    Answer.LINE: _line,
    Answer.LISTED: _listed,
    Answer.SEVERAL: _several,
    Answer.PERCENT: _percent,
    Answer.RELATIONSHIP: _relationship,
    Answer.PRONOUNS: _pronouns,
    Answer.INCIDENTS: _incidents,
    Answer.PITFALLS: _avoid,
}


def _put_to(asked: Asked) -> _Question:
    return _Question(partial(_PUTTING[asked.answer], asked))


_SAID_BACK = "person.comebacks"
_FIRST = tuple(asked for asked in INTERVIEW if asked.part is not Part.SIDE)
_COMEBACKS = next(place for place, asked in enumerate(_FIRST) if asked.where == _SAID_BACK)
_QUESTIONS = (*(_put_to(asked) for asked in _FIRST), _Question(_their_side))
