"""When practice stops, at the terminal: what was noticed, who can help, and a way to go on if it was not meant so."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import typer

from edgewise.app import Edgewise
from edgewise.entrypoints import stopping
from edgewise.entrypoints.cli.listening import Listener
from edgewise.entrypoints.cli.screen import Screen
from edgewise.entrypoints.stopping import Helping
from edgewise.errors import PracticeStoppedError
from edgewise.help import Country, countries, country_called, country_of_this_machine, directories

Done = TypeVar("Done")
_NOT_MEANT = "not meant"
_WAYS = "Enter leaves. “not meant” goes on, if you did not mean it so. A country’s name shows its numbers."


def unless_stopped(
    do: Callable[[], Done], edgewise: Edgewise, screen: Screen, listener: Listener, kept: Callable[[], str] = str
) -> Done:
    """Do it; when words stop practice, show help, and do it again only if they were not meant so.

    Args:
        do: what may be stopped.
        edgewise: what is told when words were not meant so.
        screen: where it is shown.
        listener: who hears what you answer.
        kept: what to say is kept, when you leave.

    Raises:
        typer.Exit: you leave.
    """
    while True:
        try:
            return do()
        except PracticeStoppedError as error:
            _show(screen, error)
            if not _go_on(screen, listener, error):
                if words := kept():
                    screen.say(words)
                raise typer.Exit(0) from error
            edgewise.not_what_i_meant(error.said)


def help_in_lines(country: Country | None, kind: str = "") -> list[str]:
    """Help, one line each; the directories where no country is known."""
    if country is None:
        return [stopping.NO_COUNTRY, *(f"{one.name}: {one.source}" for one in directories())]
    shown = Helping(country, kind).lines
    return [f"{line.name}  {line.number}  {line.source}".replace("    ", "  ") for line in shown]


def _show(screen: Screen, error: PracticeStoppedError) -> None:
    screen.say()
    screen.say(f"You wrote: “{error.quote}”")
    screen.say(stopping.may_be(error.kind))
    screen.say(f"{stopping.MORE_THAN_PRACTICE} {stopping.NOTHING_KEPT}")
    _show_help(screen, country_called(country_of_this_machine()), error.kind)


def _show_help(screen: Screen, country: Country | None, kind: str) -> None:
    screen.say()
    if country is not None:
        screen.say(f"Who can help in {country.in_a_sentence}:")
    for line in help_in_lines(country, kind):
        screen.say(f"  {line}")
    screen.quietly(stopping.HOW_OLD)
    screen.quietly("In any country: findahelpline.com, befrienders.org, hotpeachpages.net")


def _go_on(screen: Screen, listener: Listener, error: PracticeStoppedError) -> bool:
    """Whether you did not mean it so; leaving is one key away, and so is nobody's being there."""
    while True:
        screen.say()
        screen.say(_WAYS)
        try:
            answer = listener.answer("  > ").strip().casefold().strip("“”\"'.")
        except (EOFError, KeyboardInterrupt):
            return False
        if answer == _NOT_MEANT:
            return True
        if not (asked := _countries_like(answer)):
            return False
        _show_help(screen, asked[0], error.kind)


def _countries_like(answer: str) -> list[Country]:
    if len(answer) < 2:  # noqa: PLR2004 - a country's code
        return []
    exact = country_called(answer)
    return [exact] if exact else [one for one in countries().values() if one.name.casefold().startswith(answer)]
