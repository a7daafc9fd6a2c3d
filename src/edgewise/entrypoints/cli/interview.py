"""Meeting the person: one question at a time, each can be skipped, and every answer is kept as it is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from edgewise.entrypoints.cli.asking import Asker
from edgewise.entrypoints.cli.papers import Draft, Papers
from edgewise.errors import PersonError
from edgewise.person import Pronouns, Relationship, listed, relationship_heard_in
from edgewise.situation import Pitfall, Situation

_GO = frozenset({"/go", "/start", "/begin"})

_PITFALLS = {
    Pitfall.APOLOGISE: "apologise when there is nothing to be sorry for",
    Pitfall.OVER_EXPLAIN: "over-explain",
    Pitfall.OFF_TOPIC: "be led off the subject",
    Pitfall.GO_SILENT: "go silent",
    Pitfall.GET_ANGRY: "get angry",
    Pitfall.BACK_DOWN: "back down",
}
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

    def __init__(self, asker: Asker, papers: Papers) -> None:
        self._asker = asker
        self._papers = papers
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
            self._keep(replace(self._draft, situation=situation))
        self._keep(replace(self._draft, asked=place + 1))

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


def _words(where: str, question: str, hint: str = "") -> _Question:
    """One answer in your own words."""

    def put(asker: Asker, situation: Situation) -> Iterator[Situation]:
        answer = asker.words(question, hint)
        while answer:
            after = _taken(asker, situation, where, answer)
            if after is not None:
                yield after
                return
            answer = asker.more()

    return _Question(put)


def _list(where: str, question: str, hint: str) -> _Question:
    """One answer that names several things."""

    def put(asker: Asker, situation: Situation) -> Iterator[Situation]:
        after = _taken(asker, situation, where, list(listed(asker.words(question, hint))))
        if after is not None and after != situation:
            yield after

    return _Question(put)


def _several(where: str, question: str, hint: str) -> _Question:
    """Answers until there are no more."""

    def put(asker: Asker, situation: Situation) -> Iterator[Situation]:
        answer = asker.words(question, f"{hint} One a line; an empty line ends it.")
        while answer:
            after = _taken(asker, situation, where, [answer])
            if after is not None:
                situation = after
                yield situation
            answer = asker.more()

    return _Question(put)


def _percent(where: str, question: str, hint: str) -> _Question:
    def put(asker: Asker, situation: Situation) -> Iterator[Situation]:
        given = asker.percent(question, hint)
        if given is not None:
            yield _with(situation, where, given)

    return _Question(put)


def _relationship(asker: Asker, situation: Situation) -> Iterator[Situation]:
    answer = asker.words("What are they to you?", "My manager, my mum, a friend, the person I live with …")
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


def _pronouns(asker: Asker, situation: Situation) -> Iterator[Situation]:
    if situation.person.pronouns is not Pronouns.THEY:
        return
    answer = asker.words("She, he, or they?", "Enter for they.").lower()
    if answer in set(Pronouns):
        yield _with(situation, "person.pronouns", Pronouns(answer))


_OF_AN_INCIDENT = (
    ("when", "When was that?", "Last Thursday, 2019, when I was eleven …"),
    ("name", "What would you both call it?", "The planning meeting, that Christmas …"),
    ("they_tell_it", "How do they tell it?", "In their own words, to you."),
)


def _incidents(asker: Asker, situation: Situation) -> Iterator[Situation]:
    what = asker.words(
        "What happened between you? One thing at a time.",
        "As you would tell it: she cut me off in the planning meeting.",
    )
    while what:
        incident = {"what": what}
        before, after = situation, _taken(asker, situation, "person.incidents", [incident])
        if after is None:
            what = asker.more()
            continue
        yield (situation := after)
        for slot, question, hint in _OF_AN_INCIDENT:
            incident[slot] = asker.words(question, hint)
            situation = _taken(asker, before, "person.incidents", [incident]) or situation
            yield situation
        what = asker.words("Anything else that happened between you?", "Enter goes on.")


def _avoid(asker: Asker, situation: Situation) -> Iterator[Situation]:
    asker.screen.say()
    asker.screen.say("What do you want to avoid doing? As many as you like, by number.")
    asker.screen.listing((meaning, "") for meaning in _PITFALLS.values())
    chosen = asker.several_of(list(_PITFALLS.values()))
    if chosen:
        kinds = list(_PITFALLS)
        yield _with(situation, "avoid", [kinds[place] for place in chosen])


_THEIR_SIDE = (
    ("defence", "Why do they do it, as they would say it?"),
    ("grievance", "What do they hold against you in this?"),
    ("soft_spot", "What hurts them underneath?"),
    ("could_concede", "Which part of it could they grant?"),
    ("would_offer", "What would they offer instead?"),
    ("condition", "On what condition would they say yes?"),
)


def _their_side(asker: Asker, situation: Situation) -> Iterator[Situation]:
    if not asker.agreed("A few more about their side, that only you can know? (y, or Enter to skip all)", unless=False):
        return
    for slot, question in _THEIR_SIDE:
        for after in _words(f"their_side.{slot}", question, "A whole sentence, as they would say it.").put(
            asker, situation
        ):
            situation = after
            yield situation


_QUESTIONS = (
    _words("person.name", "Who do you need to talk to?", "What you call them."),
    _Question(_relationship),
    _Question(_pronouns),
    _words("person.manner", "How do they talk?", "Short, jokey, kind until you push, never lets you finish …"),
    _list(
        "person.triggers", "What sets them off?", "Several are fine, with commas: being called unfair, being rushed."
    ),
    _list("person.values", "What do they care about?", "Several are fine: the team looking good, peace at home."),
    _Question(_incidents),
    _several("person.phrases", "What do they actually say? Sentences you can hear.", "Word for word."),
    _several("person.comebacks", "What would they say back to you?", "As they would say it."),
    _several("person.grievances", "What would they bring up against you?", "As they would say it, to you."),
    _words("about", "What is it about, in two or three words?", "The review, the rent, how we talk about Dad."),
    _words("ask", "Finish this: I want them to …", "Put my name on the report, stop talking about my weight."),
    _words("came_to_say", "What did you come to say? One sentence."),
    _several("key_points", "What must not be left unsaid?", "The points you do not want to leave without making."),
    _words("would_settle_for", "What would be enough for today?"),
    _Question(_avoid),
    _words("private_intention", "Why does it matter to you?", "For you alone. They never hear this."),
    _words("fear.what", "What do you fear will happen?"),
    _percent("fear.likelihood", "How likely is that, 0 to 100?", "Your feeling about it is enough."),
    _percent(
        "distress_before",
        "How much does this distress you right now, 0 to 100?",
        "0 is calm, 100 is the worst there is.",
    ),
    _Question(_their_side),
)
