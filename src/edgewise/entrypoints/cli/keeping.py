"""What you have kept: listed, shown, written out, taken in, removed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from pathlib import Path

import typer

from edgewise.adapters.card_pictures import picture_with
from edgewise.adapters.examples import example, example_names, example_text
from edgewise.adapters.given_files import content_of
from edgewise.adapters.papers import Papers, write_privately
from edgewise.adapters.storage.copies import copies
from edgewise.app import Edgewise
from edgewise.config import data_folder
from edgewise.entrypoints.cli.asking import Asker
from edgewise.entrypoints.cli.listening import listener
from edgewise.entrypoints.cli.locking import passphrase_given
from edgewise.entrypoints.cli.pages import show_debrief, show_reveal, show_transcript
from edgewise.entrypoints.cli.screen import Screen
from edgewise.entrypoints.markdown import as_markdown
from edgewise.entrypoints.on_paper import as_pdf
from edgewise.entrypoints.taking_in import take_in
from edgewise.entrypoints.words import ENDED, turns_in_words
from edgewise.errors import PersonError
from edgewise.rehearsal import Rehearsal
from edgewise.situation import Situation, write_card, write_situation


@contextmanager
def opened() -> Generator[Edgewise]:
    """Edgewise with what you have kept, let go of again at the end."""
    from edgewise.bootstrap import edgewise  # noqa: PLC0415 - SQLAlchemy is slow to load; not every command needs it

    opened_now = edgewise(passphrase=passphrase_given())
    with closing(opened_now.store):
        yield opened_now


def papers_here() -> Papers:
    """The interviews you began and the situations you keep."""
    from edgewise.bootstrap import papers  # noqa: PLC0415 - the same

    return papers(passphrase=passphrase_given())


def show_list() -> None:
    """Every rehearsal, newest first."""
    screen = Screen()
    with opened() as edgewise:
        kept = edgewise.listed()
    if not kept:
        screen.say("Nothing is kept yet. Start with edgewise rehearse.")
        return
    for one in kept:
        begun = one.started.astimezone().strftime("%Y-%m-%d %H:%M")
        screen.say(one.heading, style="bold")
        told = (one.id, begun, one.person, one.take, turns_in_words(one.turns), ENDED[one.ending])
        screen.quietly(f"  {'  ·  '.join(told)}")


def show_rehearsal(rehearsal_id: str) -> None:
    """The conversation as it was held, and the debrief when it is over."""
    screen = Screen()
    with opened() as edgewise:
        rehearsal = edgewise.rehearsal(rehearsal_id)
        screen.say(rehearsal.situation.heading, style="bold")
        screen.quietly(f"{rehearsal.id}  ·  {rehearsal.take.name}  ·  {ENDED[rehearsal.ending]}")
        screen.say()
        show_transcript(screen, rehearsal)
        if rehearsal.is_over:
            debrief = edgewise.debrief(rehearsal.id)
            show_debrief(screen, debrief)
            show_reveal(screen, debrief)
        else:
            screen.quietly(f"To go on: edgewise resume {rehearsal.id}")


#: What can be written of a situation alone, by the name of its format.
_OF_A_SITUATION: dict[str, Callable[[Situation], bytes]] = {
    "situation": lambda situation: write_situation(situation).encode(),
    "card": lambda situation: write_card(situation).encode(),
    "card-picture": lambda situation: picture_with(write_card(situation)),
}


def export_rehearsal(rehearsal_id: str, written_as: str, output: Path | None) -> None:
    """Write a rehearsal out, to a file that only you can read or to the screen."""
    with opened() as edgewise:
        papers = papers_here()
        if written_as in _OF_A_SITUATION and papers.situation_file(rehearsal_id):
            given = _OF_A_SITUATION[written_as](papers.situation(rehearsal_id))
        else:
            given = _exported(edgewise, edgewise.rehearsal(rehearsal_id), written_as)
    if output is None:
        sys.stdout.buffer.write(given)
        return
    write_out(output, given)
    Screen().say(f"Written to {output}.")


def _exported(edgewise: Edgewise, rehearsal: Rehearsal, written_as: str) -> bytes:
    if written_as == "pdf":
        if not rehearsal.is_over:
            raise PersonError(
                "That conversation is not over, so there is no debrief to print.",
                kept="All of it is saved.",
                next_step=f"Go on with it: edgewise resume {rehearsal.id}",
            )
        return as_pdf(edgewise.debrief(rehearsal.id))
    if written_as == "markdown":
        return as_markdown(rehearsal, edgewise.debrief(rehearsal.id) if rehearsal.is_over else None).encode()
    if write := _OF_A_SITUATION.get(written_as):
        return write(rehearsal.situation)
    return f"{edgewise.export(rehearsal.id)}\n".encode()


def write_out(output: Path, given: bytes) -> None:
    if output.exists():
        raise PersonError(
            f"{output} is there already.",
            kept="It was left as it is.",
            next_step="Choose another name, or move that file away first.",
        )
    try:
        write_privately(output, given)
    except OSError as refused:
        raise PersonError(
            f"{output} cannot be written: {(refused.strerror or 'the system refused').lower()}.",
            kept="The rehearsal is kept here as it was.",
            next_step="Choose a folder that is there and that you may write to.",
        ) from refused


def import_rehearsal(file: Path) -> None:
    """Keep an exported rehearsal, a situation or the person on a character card here."""
    content = content_of(file)
    with opened() as edgewise:
        kept = take_in(content, file.name, edgewise, papers_here())
    if isinstance(kept, Path):
        Screen().say(f"Kept: {kept.stem}. Rehearse with it: edgewise rehearse {kept.stem}")
    else:
        Screen().say(f"Kept: {kept.situation.heading} ({kept.id}).")


def delete_rehearsal(rehearsal_id: str | None, *, sure: bool) -> None:
    """Remove one rehearsal for good."""
    if rehearsal_id is None:
        raise PersonError("Say which one to remove.", next_step="See their names with edgewise list.")
    with opened() as edgewise:
        rehearsal = edgewise.rehearsal(rehearsal_id)
        name = f"“{rehearsal.situation.heading}” ({rehearsal.id}, {turns_in_words(len(rehearsal.turns))})"
        _say_what_goes_along()
        if sure or _surely(f"Remove {name} for good? (y, or Enter to keep it)"):
            edgewise.delete(rehearsal.id)
            Screen().say(f"Gone: {name}.")


def delete_everything(*, sure: bool) -> None:
    """Remove every rehearsal, draft and kept situation for good."""
    papers = papers_here()
    with opened() as edgewise:
        count, files = len(edgewise.listed()), len(papers.everything())
        what = f"{count} rehearsal{'' if count == 1 else 's'} and {files} file{'' if files == 1 else 's'} of answers"
        _say_what_goes_along()
        if sure or _surely(f"Remove {what} for good? (y, or Enter to keep them)"):
            edgewise.delete_everything()
            papers.drop_everything()
            Screen().say(f"Gone: {what}.")


def _say_what_goes_along() -> None:
    if older := copies(data_folder()):
        names = ", ".join(copy.name for copy in older)
        Screen().quietly(f"Older copies of the data file may hold those words too, and go along: {names}.")


def _surely(question: str) -> bool:
    screen = Screen()
    try:
        sure = Asker(screen, listener()).agreed(question, unless=False)
    except EOFError:
        sure = False
    if not sure:
        screen.say("Kept as it is.")
    return sure


def show_examples(name: str | None) -> None:
    """The ready examples, or one of them as it is written."""
    if name is not None:
        typer.echo(example_text(name), nl=False)
        return
    screen = Screen()
    screen.listing((one, example(one).heading) for one in example_names())
    screen.quietly("Try one: edgewise rehearse NAME. Copy one: edgewise examples --show NAME > mine.toml")


def show_takes() -> None:
    """The named takes, gentlest first."""
    screen = Screen()
    with opened() as edgewise:
        screen.listing((take.name, take.promise) for take in edgewise.takes)
    screen.quietly("Meet one: edgewise rehearse NAME --take TAKE. Turn a dial: --dial pushback=0.8")
