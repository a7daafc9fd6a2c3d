"""Whom to rehearse with, and which version of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from edgewise.adapters.examples import example, example_names
from edgewise.adapters.given_files import situation_at
from edgewise.adapters.papers import Papers
from edgewise.entrypoints.cli.asking import Asker
from edgewise.errors import PersonError, SituationFileError, UnknownNameError
from edgewise.rehearsal import Question, questions_for
from edgewise.situation import Situation
from edgewise.take import Dials, Take, take_called

_OWN = "your own"
_LONGEST_QUESTION = 300  # characters; a question, not a letter


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for on the command line."""

    what: str | None = None
    take: str | None = None
    seed: int | None = None
    dials: tuple[str, ...] = ()
    unhurried: bool = True


def situation_called(what: str, papers: Papers) -> Situation:
    """The situation in a file or on a character card, among those you keep, or among the examples.

    Raises:
        SituationFileError: the file is not there, or cannot be read.
        UnknownNameError: it is no file, and nothing has this name.
    """
    path = Path(what).expanduser()
    if _is_file(path):
        return situation_at(path)
    if papers.situation_file(what):
        return papers.situation(what)
    if path.suffix in {".toml", ".json", ".png"} or path.name != what:
        raise SituationFileError(
            f"There is no situation file {what[:200]}.",
            next_step="Check the path, or see the ready ones with edgewise examples.",
        )
    return example(what)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def choose_example(asker: Asker) -> Situation:
    """One of the ready examples."""
    names = example_names()
    asker.screen.heading("Ready examples")
    asker.screen.listing((name, example(name).heading) for name in names)
    return example(names[asker.one_of(names)])


def choose_kept(asker: Asker, papers: Papers) -> Situation:
    """One of the situations you keep."""
    files = papers.situation_files()
    asker.screen.heading("Yours")
    names = [papers.called(path) for path in files]
    asker.screen.listing((name, "") for name in names)
    return papers.situation(files[asker.one_of(names)].stem)


def choose_take(asker: Asker, takes: Sequence[Take]) -> Take:
    """One of the named takes, their usual self when skipped."""
    asker.screen.heading("Which version of them? Enter for their usual self.")
    asker.screen.listing((take.name, take.promise) for take in takes)
    return takes[asker.one_of([take.name for take in takes])]


def choose_questions(asker: Asker, situation: Situation) -> tuple[tuple[Question, ...], tuple[str, ...]]:
    """What you want to know afterwards, and a question of your own; the usual ones when skipped."""
    usual = questions_for(situation.sort)
    asker.screen.heading("What do you want to know afterwards? Enter for the first ones, or numbers, such as 1, 3.")
    offered = (*usual, *(one for one in Question if one not in usual))
    asker.screen.listing((one.in_words, "") for one in offered)
    chosen = tuple(offered[place] for place in asker.several_of([one.in_words for one in offered]))
    own = asker.words("A question of your own? Enter for none.")[:_LONGEST_QUESTION]
    return chosen, (own,) if own else ()


def take_wished(name: str | None, dials: Sequence[str], takes: Sequence[Take]) -> Take | None:
    """The take that was named, its dials turned as asked; None when nothing was said about it.

    Raises:
        UnknownNameError: there is no such take, or no such dial.
        PersonError: a dial is not a number from 0 to 1.
    """
    if name is None and not dials:
        return None
    base = take_called(name, takes) if name is not None else takes[0]
    if not dials:
        return base
    turned = dict(_dial(given) for given in dials)
    try:
        to = Dials.model_validate(base.dials.model_dump() | turned)
    except ValidationError as wrong:
        where = ", ".join(str(error["loc"][0]) for error in wrong.errors())
        raise PersonError(
            f"A dial runs from 0 to 1; {where} does not.", next_step="Give it as in --dial pushback=0.8."
        ) from wrong
    return base.model_copy(update={"name": _OWN, "promise": "", "dials": to})


def _dial(given: str) -> tuple[str, float]:
    name, _, level = given.partition("=")
    name = name.strip().lower()
    if name not in Dials.model_fields:
        raise UnknownNameError(
            f"There is no dial called “{name[:40]}”.", next_step=f"The dials are: {', '.join(Dials.model_fields)}."
        )
    try:
        return name, float(level)
    except ValueError as wrong:
        raise PersonError(
            f"“{level[:40]}” is no setting for {name}.", next_step="Give it as in --dial pushback=0.8, from 0 to 1."
        ) from wrong
