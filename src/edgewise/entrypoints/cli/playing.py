"""Playing a rehearsal without a keyboard."""

from __future__ import annotations

from pathlib import Path

import typer

from edgewise.app import Conversation, Edgewise
from edgewise.entrypoints.cli.choosing import Wish, situation_called, take_wished
from edgewise.entrypoints.cli.keeping import opened, papers_here
from edgewise.entrypoints.cli.pages import show_debrief, show_reveal, show_transcript
from edgewise.entrypoints.cli.screen import Screen
from edgewise.entrypoints.cli.script import (
    debrief_as_json,
    error_as_json,
    lines_arriving,
    print_json,
    read_script,
    say_all,
    say_line,
    turn_as_json,
)
from edgewise.entrypoints.words import conversation_kept
from edgewise.errors import PersonError, TurnError
from edgewise.rehearsal import Rehearsal


def play(wish: Wish, *, script: Path | None, as_json: bool) -> None:
    """Play lines from a file or from standard input.

    Raises:
        ScriptError: a line cannot be said; nothing was begun.
        PersonError: it was not said which situation to play.
    """
    if wish.what is None:
        raise PersonError(
            "Say which situation to play.",
            next_step="Name a file or an example: edgewise rehearse belittling-manager --script lines.txt",
        )
    lines = read_script(script) if script is not None else None
    with opened() as edgewise:
        take = take_wished(wish.take, wish.dials, edgewise.takes) or edgewise.takes[0]
        situation = situation_called(wish.what, papers_here())
        seed = wish.seed if wish.seed is not None or lines is None else 0
        conversation = edgewise.begin(situation, take, seed=seed)
        if lines is None:
            try:
                _hold_with_program(edgewise, conversation)
            except KeyboardInterrupt:
                typer.echo(conversation_kept(conversation.rehearsal), err=True)
                raise
            return
        say_all(conversation, lines)
        rehearsal = conversation.rehearsal
        if as_json:
            for turn in rehearsal.turns:
                print_json(turn_as_json(turn))
            print_json(debrief_as_json(edgewise.debrief(rehearsal.id)))
        else:
            _show_whole(edgewise, Screen(), rehearsal)


def _hold_with_program(edgewise: Edgewise, conversation: Conversation) -> None:
    """Another program says your lines as it makes them; what is wrong with one is told, and the next is awaited."""
    print_json(turn_as_json(conversation.rehearsal.turns[-1]))
    for line in lines_arriving():
        shown = len(conversation.rehearsal.turns)
        if line.strip() == "/pause":
            break
        if line.strip() == "/end":
            conversation.end()
        else:
            try:
                say_line(conversation, line)
            except TurnError as refused:
                print_json(error_as_json(refused))
        for turn in conversation.rehearsal.turns[shown:]:
            print_json(turn_as_json(turn))
        if conversation.rehearsal.is_over:
            print_json(debrief_as_json(edgewise.debrief(conversation.rehearsal.id)))
            return
    typer.echo(conversation_kept(conversation.rehearsal), err=True)


def _show_whole(edgewise: Edgewise, screen: Screen, rehearsal: Rehearsal) -> None:
    show_transcript(screen, rehearsal)
    debrief = edgewise.debrief(rehearsal.id)
    show_debrief(screen, debrief)
    show_reveal(screen, debrief)
