"""When something goes wrong: what happened, what was kept, the next step, and never a traceback with your words."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup

from edgewise.entrypoints.cli.stopping import help_in_lines
from edgewise.errors import DeveloperError, EdgewiseError, OperatorError, PracticeStoppedError
from edgewise.help import country_called, country_of_this_machine

MENDED_BY_YOU, MENDED_BY_OPERATOR, DEFECT, INTERRUPTED = 2, 3, 4, 130

# What a terminal that was closed, or a reader that went away, looks like from in here.
_NOBODY_THERE = frozenset({errno.EPIPE, errno.EIO, errno.EBADF})


class Careful(TyperGroup):
    """Commands whose errors are told in words, with an exit code that says who can mend them."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        try:
            done = super().invoke(ctx)
            sys.stdout.flush()  # so that a reader who has gone away is noticed here, and not at the very end
            return done  # noqa: TRY300 - what is flushed belongs to the command
        except EdgewiseError as error:
            say(error)
            raise typer.Exit(exit_code(error)) from error
        except KeyboardInterrupt as stopped:
            raise typer.Exit(INTERRUPTED) from stopped
        except OSError as gone:
            if gone.errno not in _NOBODY_THERE:
                raise
            leave_quietly()
            raise typer.Exit(0) from gone


def exit_code(error: EdgewiseError) -> int:
    """2 when you can mend it, 3 when it is the machine, 4 when it is Edgewise."""
    if isinstance(error, OperatorError):
        return MENDED_BY_OPERATOR
    return DEFECT if isinstance(error, DeveloperError) else MENDED_BY_YOU


def say(error: EdgewiseError) -> None:
    """Tell an error on standard error, one line for each of the three things it says."""
    for part in (error.happened, error.kept, error.next_step):
        if part:
            typer.echo(part, err=True)
    if isinstance(error, PracticeStoppedError):
        for line in help_in_lines(country_called(country_of_this_machine()), error.kind):
            typer.echo(f"  {line}", err=True)


def say_defect(defect: BaseException) -> int:
    """Tell that Edgewise broke, and where in its code; the message is left out because it may hold what was said."""
    typer.echo(f"Edgewise broke ({type(defect).__name__}). That is a mistake in Edgewise, not yours.", err=True)
    for frame in traceback.extract_tb(defect.__traceback__):
        typer.echo(f"    {Path(frame.filename).name}, line {frame.lineno}, in {frame.name}", err=True)
    typer.echo(
        "Every turn up to here is kept. Please report the lines above; none of your words are in them.", err=True
    )
    return DEFECT


def leave_quietly() -> None:
    """Nobody is reading any more: let what is still unwritten go nowhere, so that leaving makes no noise."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            os.dup2(nowhere, stream.fileno())
        except (OSError, ValueError):
            continue
    os.close(nowhere)


def speak_utf8() -> None:
    """Read and write UTF-8 whatever the terminal was told, so that no name and no emoji is lost or fatal."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
