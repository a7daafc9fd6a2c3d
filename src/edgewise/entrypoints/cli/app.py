"""The commands. Each loads what it needs when it runs, so that none waits for what another needs."""
# ruff: noqa: PLC0415

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from edgewise import __version__
from edgewise.entrypoints.cli.trouble import Careful, say_defect, speak_utf8

app = typer.Typer(
    cls=Careful,
    help="Rehearse the conversation you dread with a simulated version of the person you must have it with.",
    epilog="Free, no sign-up, and nothing leaves this machine.",
    context_settings={"help_option_names": ["-h", "--help"]},
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

models_app = typer.Typer(help="See, try and choose the language models you already have.", rich_markup_mode=None)
app.add_typer(models_app, name="models")

RehearsalId = Annotated[
    str, typer.Argument(metavar="ID", help="Its name, the beginning of its name, or last.", show_default=False)
]


class Pace(StrEnum):
    """How their words come."""

    FAST = "fast"
    NATURAL = "natural"


class Format(StrEnum):
    """What an export is written as."""

    JSON = "json"
    MARKDOWN = "markdown"
    PDF = "pdf"
    SITUATION = "situation"
    CARD = "card"
    CARD_PICTURE = "card-picture"


PaceOption = Annotated[Pace, typer.Option("--pace", help="natural: word by word. fast: at once.")]


def run() -> None:
    """Run the command that was typed; a defect is told without a word of what was said in it."""
    speak_utf8()
    try:
        app(prog_name="edgewise")
    except Exception as defect:  # noqa: BLE001 - the last place before a person would see a traceback with their words
        sys.exit(say_defect(defect))


def _tell_version(wanted: bool) -> None:  # noqa: FBT001 - called by Typer
    if wanted:
        typer.echo(f"edgewise {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    *,
    version: Annotated[  # noqa: ARG001 - answered by its callback
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """Without a command, open the pages."""
    if context.invoked_subcommand is None:
        from edgewise.entrypoints.cli.pages_served import serve_pages

        serve_pages(host="127.0.0.1", port=None, browser=True)


@app.command()
def serve(
    *,
    port: Annotated[
        int | None, typer.Option(metavar="N", min=0, max=65535, help="The first free one from 8337 on unless given.")
    ] = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the pages in a browser.")] = True,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Let other machines in; needs a passphrase in EDGEWISE_PASSPHRASE.")
    ] = "127.0.0.1",
) -> None:
    """Open the pages in a browser; only this machine can see them."""
    from edgewise.entrypoints.cli.pages_served import serve_pages

    serve_pages(host=host, port=port, browser=browser)


@app.command("rehearse")
def rehearse_(
    *,
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="[FILE_OR_EXAMPLE]", help="A situation file, or the name of an example.", show_default=False
        ),
    ] = None,
    take: Annotated[str | None, typer.Option(metavar="NAME", help="Which version of them: see edgewise takes.")] = None,
    seed: Annotated[int | None, typer.Option(metavar="N", help="The same seed brings the same chances.")] = None,
    dial: Annotated[
        list[str] | None, typer.Option(metavar="NAME=0..1", help="Turn a dial of the take, as in pushback=0.8.")
    ] = None,
    script: Annotated[Path | None, typer.Option(metavar="LINES.txt", help="Say these lines, one a turn.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")] = False,
    pace: PaceOption = Pace.NATURAL,
) -> None:
    """Have the conversation. In it, ... stays silent, /end ends it and /pause keeps it for later.

    With --json and without --script, your lines are read as they come in; /end ends the conversation.
    """
    from edgewise.entrypoints.cli.choosing import Wish

    wish = Wish(what=what, take=take, seed=seed, dials=tuple(dial or ()), unhurried=pace is Pace.NATURAL)
    if script is not None or as_json:
        from edgewise.entrypoints.cli.playing import play

        play(wish, script=script, as_json=as_json)
    else:
        from edgewise.entrypoints.cli.rehearsing import rehearse

        rehearse(wish)


@app.command()
def resume(
    rehearsal_id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="The newest unfinished one unless given.", show_default=False)
    ] = None,
    *,
    pace: PaceOption = Pace.NATURAL,
) -> None:
    """Go on where a conversation stopped."""
    from edgewise.entrypoints.cli.rehearsing import resume as go_on

    go_on(rehearsal_id, unhurried=pace is Pace.NATURAL)


@app.command("list")
def list_() -> None:
    """See what you have kept, newest first."""
    from edgewise.entrypoints.cli.keeping import show_list

    show_list()


@app.command()
def show(rehearsal_id: RehearsalId) -> None:
    """Read a conversation again, with its debrief if it is over."""
    from edgewise.entrypoints.cli.keeping import show_rehearsal

    show_rehearsal(rehearsal_id)


@app.command()
def debrief(
    rehearsal_id: RehearsalId,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as one JSON object.")] = False,
) -> None:
    """Hear back on a conversation: your own words first, then what the record shows."""
    from edgewise.entrypoints.cli.rehearsing import hear_back

    hear_back(rehearsal_id, as_json=as_json)


class Way(StrEnum):
    """What can be done when words have set."""

    SCRIPT_DOWN = "script-down"
    SURPRISE = "surprise"
    STOP = "stop"


AnyOfIt = Annotated[
    str,
    typer.Argument(metavar="[ID]", help="Any run of that conversation; the newest if none.", show_default=False),
]


@app.command()
def progress(
    rehearsal_id: AnyOfIt = "last",
    *,
    way: Annotated[
        Way | None, typer.Option("--on", help="Begin what helps where your words have set.", show_default=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as one JSON object.")] = False,
    pace: PaceOption = Pace.NATURAL,
) -> None:
    """See what the takes of one conversation show together: your edges, whether your words have set, the ladder."""
    from edgewise.entrypoints.cli.progressing import go_on, show_progress
    from edgewise.progress import WayOn

    if way is None:
        show_progress(rehearsal_id, as_json=as_json)
    else:
        go_on(WayOn(way.value.replace("-", "_")), rehearsal_id, unhurried=pace is Pace.NATURAL)


@app.command()
def drill(
    move: Annotated[
        str | None,
        typer.Argument(metavar="[MOVE]", help="As in sarcasm; your clearest edge unless given.", show_default=False),
    ] = None,
    rehearsal_id: AnyOfIt = "last",
    *,
    times: Annotated[int, typer.Option(metavar="N", min=1, max=6, help="How often they do it.")] = 4,
    pace: PaceOption = Pace.NATURAL,
) -> None:
    """Go straight to one move of theirs, several times, in a short rehearsal."""
    from edgewise.entrypoints.cli.progressing import drill as go_straight_to

    go_straight_to(move, rehearsal_id, times, unhurried=pace is Pace.NATURAL)


@app.command()
def ladder(  # noqa: PLR0913 - each is one thing that can be changed
    rehearsal_id: AnyOfIt = "last",
    *,
    climb: Annotated[str | None, typer.Option(metavar="RUNG", help="Be on this rung now.", show_default=False)] = None,
    predict: Annotated[
        list[str] | None, typer.Option(metavar="RUNG=0..100", help="How much a rung will distress you.")
    ] = None,
    add: Annotated[str | None, typer.Option(metavar="WORDS", help="A rung of your own.", show_default=False)] = None,
    distress: Annotated[int, typer.Option(metavar="0..100", min=0, max=100, help="What you predict of it.")] = 50,
    take: Annotated[str, typer.Option(metavar="NAME", help="Whom you meet on it; nobody: a step in life.")] = "",
    remove: Annotated[list[str] | None, typer.Option(metavar="RUNG", help="Take a rung away.")] = None,
    pace: PaceOption = Pace.NATURAL,
) -> None:
    """See the rungs from easy to dreaded, change them, or be on one."""
    from edgewise.entrypoints.cli import progressing

    if climb is not None:
        progressing.climb(climb, rehearsal_id, unhurried=pace is Pace.NATURAL)
    elif predict or add or remove:
        progressing.change_ladder(
            rehearsal_id, predicted=predict or (), add=add, distress=distress, take=take, remove=remove or ()
        )
    else:
        progressing.show_ladder(rehearsal_id)


@app.command()
def real(
    rehearsal_id: AnyOfIt = "last",
    *,
    day: Annotated[str, typer.Option("--day", metavar="YYYY-MM-DD", help="The day it is to be.")] = "",
    at: Annotated[str, typer.Option("--at", metavar="HH:MM", help="The time of day, if you know it.")] = "",
    remember: Annotated[
        list[str] | None, typer.Option("--remember", help="Something to remember about yourself; as often as you like.")
    ] = None,
    calendar: Annotated[
        Path | None, typer.Option("--calendar", metavar="FILE", help="Write its day for your calendar.")
    ] = None,
    named: Annotated[bool, typer.Option("--named", help="Let the calendar show what it is about.")] = False,
    afterwards: Annotated[bool, typer.Option("--afterwards", help="Tell how it went.")] = False,
) -> None:
    """The real conversation: its day, a card to take along, and afterwards how it went."""
    from edgewise.entrypoints.cli.coming_up import change_real_one, tell_afterwards

    if afterwards:
        tell_afterwards(rehearsal_id)
    else:
        change_real_one(rehearsal_id, day=day, at=at, remember=remember or (), calendar=calendar, named=named)


class ReportFormat(StrEnum):
    """What a report is written as."""

    MARKDOWN = "markdown"
    PDF = "pdf"
    CSV = "csv"


@app.command()
def report(
    rehearsal_id: AnyOfIt = "last",
    *,
    written_as: Annotated[
        ReportFormat, typer.Option("--format", help="A page, pages to print, or tables in a ZIP file.")
    ] = ReportFormat.MARKDOWN,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where to write it.")] = None,
) -> None:
    """Write out everything of one conversation: every run, what they show together, and the real one."""
    from edgewise.entrypoints.cli.reporting import write_report

    write_report(rehearsal_id, written_as.value, output)


@app.command()
def export(
    rehearsal_id: RehearsalId,
    *,
    written_as: Annotated[
        Format, typer.Option("--format", help="json, situation, card and card-picture read back with edgewise import.")
    ] = Format.JSON,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where to write it.")] = None,
) -> None:
    """Write a rehearsal out, whole or as a page, or the person and situation alone: a file or a character card."""
    from edgewise.entrypoints.cli.keeping import export_rehearsal

    export_rehearsal(rehearsal_id, written_as.value, output)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An exported rehearsal, a situation or a card.")],
) -> None:
    """Keep an exported rehearsal, a situation file, or the person on a character card (JSON or PNG) here."""
    from edgewise.entrypoints.cli.keeping import import_rehearsal

    import_rehearsal(file)


@app.command()
def delete(
    rehearsal_id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="Its name, or last.", show_default=False)
    ] = None,
    *,
    everything: Annotated[
        bool, typer.Option("--everything", help="All rehearsals, drafts and kept situations.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask first.")] = False,
) -> None:
    """Remove a rehearsal for good."""
    from edgewise.entrypoints.cli.keeping import delete_everything, delete_rehearsal

    if everything:
        delete_everything(sure=yes)
    else:
        delete_rehearsal(rehearsal_id, sure=yes)


@app.command()
def lock() -> None:
    """Put a passphrase on everything kept here, or change it. A lost passphrase means lost data."""
    from edgewise.entrypoints.cli.locking import lock_all

    lock_all()


@app.command()
def unlock() -> None:
    """Take the passphrase away again."""
    from edgewise.entrypoints.cli.locking import unlock_all

    unlock_all()


@app.command()
def salvage() -> None:
    """Save what can be read of a damaged data file; the damaged one is kept beside it."""
    from edgewise.entrypoints.cli.locking import salvage_all

    salvage_all()


@app.command()
def examples(
    *, name: Annotated[str | None, typer.Option("--show", metavar="NAME", help="Print one, to copy from.")] = None
) -> None:
    """See the ready examples."""
    from edgewise.entrypoints.cli.keeping import show_examples

    show_examples(name)


@app.command()
def takes() -> None:
    """See the versions of them you can meet."""
    from edgewise.entrypoints.cli.keeping import show_takes

    show_takes()


@app.command()
def perceive() -> None:
    """Read turns from standard input, one JSON object a line, and print what each does.

    {"text": "…", "before": ["…"]} and, if you like, came_to_say, key_points, triggers and values.
    """
    from edgewise.entrypoints.cli.perceiving import perceive as read_lines

    read_lines()


ModelName = Annotated[str, typer.Argument(metavar="NAME", help="As edgewise models lists it.", show_default=False)]
HostName = Annotated[str, typer.Argument(metavar="HOST", help="As edgewise models names it.", show_default=False)]


@models_app.callback(invoke_without_command=True)
def models(context: typer.Context) -> None:
    """See the language models you already have; the built-in voice speaks until you choose one."""
    if context.invoked_subcommand is None:
        from edgewise.entrypoints.cli.models import show_models

        show_models()


@models_app.command("try")
def try_(name: ModelName) -> None:
    """Ask a model something that is not yours, and see how soon and how fast it answers."""
    from edgewise.entrypoints.cli.models import try_model

    try_model(name)


@models_app.command()
def use(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="As edgewise models lists it.", show_default=False)
    ] = None,
    *,
    none: Annotated[bool, typer.Option("--none", help="The built-in voice again.")] = False,
) -> None:
    """Let a model speak from the next conversation on."""
    from edgewise.entrypoints.cli.models import use_model

    use_model(name, built_in=none)


@models_app.command()
def agree(host: HostName) -> None:
    """Say once that what you say may be sent to another machine."""
    from edgewise.entrypoints.cli.models import agree_to_host

    agree_to_host(host)


@models_app.command()
def forget(host: HostName) -> None:
    """Take that back."""
    from edgewise.entrypoints.cli.models import forget_host

    forget_host(host)


@models_app.command()
def key(host: HostName) -> None:
    """Put the key for a host into the system's keyring."""
    from edgewise.entrypoints.cli.models import keep_key_of

    keep_key_of(host)
