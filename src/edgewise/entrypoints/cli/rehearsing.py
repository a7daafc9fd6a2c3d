"""A whole sitting: choose, talk, hear back, again."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

import typer

from edgewise.adapters.papers import Draft, Papers
from edgewise.app import Conversation, Edgewise
from edgewise.entrypoints.cli.afterwards import ask_own_words, choose_another, show_what_happened
from edgewise.entrypoints.cli.asking import Asker
from edgewise.entrypoints.cli.choosing import (
    Wish,
    choose_example,
    choose_kept,
    choose_questions,
    choose_take,
    situation_called,
    take_wished,
)
from edgewise.entrypoints.cli.interview import Interview
from edgewise.entrypoints.cli.keeping import opened, papers_here
from edgewise.entrypoints.cli.listening import listener
from edgewise.entrypoints.cli.pages import show_side_by_side
from edgewise.entrypoints.cli.screen import Screen
from edgewise.entrypoints.cli.script import debrief_as_json, print_json
from edgewise.entrypoints.cli.stage import Stage
from edgewise.entrypoints.cli.stopping import Done, unless_stopped
from edgewise.entrypoints.cli.trouble import INTERRUPTED
from edgewise.entrypoints.words import conversation_kept, in_the_middle, turns_in_words
from edgewise.errors import PersonError, RewindError
from edgewise.rehearsal import Rehearsal
from edgewise.situation import Situation
from edgewise.take import Take


@dataclass(frozen=True, slots=True)
class Sitting:
    """One sitting at the terminal."""

    edgewise: Edgewise
    asker: Asker
    papers: Papers

    @property
    def screen(self) -> Screen:
        """Where it is shown."""
        return self.asker.screen

    def unless_stopped(self, do: Callable[[], Done]) -> Done:
        """Do it, unless words in it may tell of real danger: then help comes first."""
        return unless_stopped(do, self.edgewise, self.screen, self.asker.listener)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What to rehearse, and the draft it came from, if it came from one."""

    situation: Situation
    draft: Draft | None = None


@contextmanager
def _sitting(*, unhurried: bool) -> Generator[Sitting]:
    with opened() as edgewise:
        yield Sitting(edgewise, Asker(Screen(unhurried=unhurried), listener()), papers_here())


@contextmanager
def _when_you_leave(screen: Screen, words: Callable[[], str]) -> Generator[None]:
    """Say what was kept when you stop with Ctrl-C, or when nothing more comes."""
    try:
        yield
    except (KeyboardInterrupt, EOFError) as stopped:
        screen.say()
        if said := words():
            screen.say(said)
        raise typer.Exit(INTERRUPTED if isinstance(stopped, KeyboardInterrupt) else 0) from stopped


def rehearse(wish: Wish) -> None:
    """Choose whom and which version, talk, hear back, and again as often as you like."""
    with _sitting(unhurried=wish.unhurried) as here:
        take = take_wished(wish.take, wish.dials, here.edgewise.takes)
        chosen = _named(here, wish.what) if wish.what else _choose(here)
        if isinstance(chosen, Rehearsal):
            _take_up(here, chosen)
            return
        with _when_you_leave(here.screen, lambda: _draft_kept(chosen.draft)):
            distress = _distress(here, chosen)
            questions, own = (), ()
            if take is None:
                take = choose_take(here.asker, here.edgewise.takes)
                questions, own = choose_questions(here.asker, chosen.situation)
            begin = partial(
                here.edgewise.begin,
                chosen.situation,
                take,
                seed=wish.seed,
                distress_before=distress,
                questions=questions,
                own_questions=own,
            )
            conversation = here.unless_stopped(begin)
        if chosen.draft is not None:
            here.papers.drop_draft(chosen.draft)
        _begin(here, conversation)


def resume(rehearsal_id: str | None, *, unhurried: bool) -> None:
    """Go on with a conversation where it stopped.

    Raises:
        PersonError: there is none to go on with.
    """
    with _sitting(unhurried=unhurried) as here:
        if rehearsal_id is None:
            newest = here.edgewise.unfinished()
            if newest is None:
                raise PersonError("No conversation is waiting to go on.", next_step="Start one with edgewise rehearse.")
            rehearsal_id = newest.id
        _take_up(here, here.edgewise.rehearsal(rehearsal_id))


def hold(begin: Callable[[Edgewise], Conversation | None], *, unhurried: bool) -> bool:
    """Hold a conversation that is begun in this way, and hear back; false when there was none to hold."""
    with _sitting(unhurried=unhurried) as here:
        conversation = begin(here.edgewise)
        if conversation is not None:
            _begin(here, conversation)
        return conversation is not None


def hear_back(rehearsal_id: str, *, as_json: bool) -> None:
    """The debrief of a rehearsal; your own words are asked for first if you have not given them."""
    with _sitting(unhurried=False) as here:
        rehearsal = here.edgewise.rehearsal(rehearsal_id)
        if not rehearsal.is_over:
            raise PersonError(
                "That conversation is not over; a debrief would give away what is hidden in it.",
                kept="All of it is saved.",
                next_step=f"Go on with it: edgewise resume {rehearsal.id}",
            )
        if as_json:
            print_json(debrief_as_json(here.edgewise.debrief(rehearsal.id)))
            return
        _hear_back(here, rehearsal)


def _choose(here: Sitting) -> Chosen | Rehearsal:
    here.screen.say("There is a conversation you dread. Have it here first, as often as you like, before it counts.")
    here.screen.say("It is practice, not therapy. Nothing you write leaves this machine.")
    with _when_you_leave(here.screen, lambda: ""):
        ways = _ways(here)
        here.screen.say()
        here.screen.listing((label, "") for label, _ in ways)
        chosen = here.asker.one_of([label for label, _ in ways])
        return ways[chosen][1]()


def _ways(here: Sitting) -> list[tuple[str, Callable[[], Chosen | Rehearsal]]]:
    """What can be done now; what was left unfinished is offered only when there is something."""
    ways: list[tuple[str, Callable[[], Chosen | Rehearsal]]] = [
        ("Tell me who you need to talk to", lambda: _interviewed(here, None)),
        ("Take a ready example", lambda: Chosen(choose_example(here.asker))),
    ]
    if unfinished := here.edgewise.unfinished():
        label = f"Go on with {in_the_middle(unfinished.person)} ({unfinished.take}, {turns_in_words(unfinished.turns)})"
        ways.append((label, lambda: here.edgewise.rehearsal(unfinished.id)))
    if draft := here.papers.newest_draft():
        label = f"Go on answering about {in_the_middle(draft.situation.person.known_as)}"
        ways.append((label, lambda: _interviewed(here, draft)))
    if here.papers.situation_files():
        ways.append(("Take one you kept", lambda: Chosen(choose_kept(here.asker, here.papers))))
    return ways


def _interviewed(here: Sitting, begun: Draft | None) -> Chosen:
    interview = Interview(here.asker, here.papers, here.edgewise)
    with _when_you_leave(here.screen, lambda: _answers_kept() if interview.begun else ""):
        draft = interview.hold(begun)
        if here.asker.agreed(
            "Keep these answers as a file, to rehearse again another day? (Enter for yes)", unless=True
        ):
            path = here.papers.keep_situation(draft.situation)
            here.screen.quietly(f"Kept as {path}. To use it again: edgewise rehearse {path.stem}")
    return Chosen(draft.situation, draft)


def _named(here: Sitting, what: str) -> Chosen:
    chosen = Chosen(situation_called(what, here.papers))
    here.screen.say(chosen.situation.heading, style="bold")
    return chosen


def _distress(here: Sitting, chosen: Chosen) -> int | None:
    if chosen.draft is not None:
        return chosen.situation.distress_before
    return here.asker.percent("How much does this distress you right now, 0 to 100? Enter skips.")


def _begin(here: Sitting, conversation: Conversation) -> None:
    stage = Stage(conversation, here.screen, here.asker.listener)
    if _talked(here, stage, stage.open):
        _again(here, conversation.rehearsal.id)


def _take_up(here: Sitting, rehearsal: Rehearsal) -> None:
    if rehearsal.is_over:
        here.screen.say("That conversation is over. Here is what it showed.")
        _hear_back(here, rehearsal)
        return
    conversation = here.unless_stopped(lambda: here.edgewise.resume(rehearsal.id))
    stage = Stage(conversation, here.screen, here.asker.listener)
    if _talked(here, stage, lambda: stage.take_up(len(rehearsal.turns))):
        _again(here, rehearsal.id)


def _again(here: Sitting, rehearsal_id: str) -> None:
    """Offer another take as often as you like; the takes of one sitting are put side by side."""
    done = [here.edgewise.rehearsal(rehearsal_id)]
    while following := _following(here, done):
        stage = Stage(following, here.screen, here.asker.listener)
        begin = partial(stage.take_up, len(following.rehearsal.turns)) if following.rehearsal.branch else stage.open
        if not _talked(here, stage, begin):
            return
        conversation = following
        done.append(here.edgewise.rehearsal(conversation.rehearsal.id))
        show_side_by_side(here.screen, here.edgewise.side_by_side([one.id for one in done]))


def _talked(here: Sitting, stage: Stage, begin: Callable[[], None]) -> bool:
    """Talk until it is over, and hear back (true); or stop for now (false)."""
    with _when_you_leave(here.screen, lambda: conversation_kept(stage.conversation.rehearsal)):
        begin()
        if not stage.play():
            here.screen.say(conversation_kept(stage.conversation.rehearsal))
            return False
    _hear_back(here, stage.conversation.rehearsal)
    return True


def _following(here: Sitting, done: list[Rehearsal]) -> Conversation | None:
    """What comes next: another take, a branch of the last one, or nothing."""
    with _when_you_leave(here.screen, lambda: ""):
        while True:
            chosen = choose_another(here.asker, [one.take for one in done], here.edgewise.takes)
            if not isinstance(chosen, int):
                return _another(here, done[-1], chosen) if chosen else None
            try:
                return here.unless_stopped(partial(here.edgewise.rewind, done[-1].id, chosen - 1))
            except RewindError as refused:
                here.screen.say(f"{refused.happened} {refused.next_step}")


def _another(here: Sitting, last: Rehearsal, take: Take) -> Conversation:
    """The same conversation with another version of them; you come to it with the distress you have now."""
    now = last.reflection.distress_now if last.reflection else None
    distress = last.distress_before if now is None else now
    return here.unless_stopped(lambda: here.edgewise.begin(last.situation, take, distress_before=distress))


def _hear_back(here: Sitting, rehearsal: Rehearsal) -> None:
    with _when_you_leave(here.screen, lambda: f"All of it is kept. The rest: edgewise debrief {rehearsal.id}"):
        if rehearsal.reflection is None:
            ask_own_words(here.edgewise, here.asker, rehearsal.id)
        show_what_happened(here.edgewise, here.asker, rehearsal.id)


def _answers_kept() -> str:
    return "Your answers are kept. To go on with them: edgewise rehearse"


def _draft_kept(draft: Draft | None) -> str:
    return _answers_kept() if draft is not None else ""
