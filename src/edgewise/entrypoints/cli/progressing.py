"""What accumulates over the takes of one conversation: edges, over-rehearsal, the ladder; and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from edgewise.app import Conversation, Edgewise
from edgewise.entrypoints.cli.keeping import opened
from edgewise.entrypoints.cli.rehearsing import hold
from edgewise.entrypoints.cli.screen import Screen
from edgewise.entrypoints.cli.script import print_json
from edgewise.entrypoints.progress_words import (
    NOT_A_SCORE,
    STILL_HELPING,
    TRENDS,
    WHAT_AN_EDGE_IS,
    against_the_rest,
    asked_and_had,
    counted,
    has_numbers,
    what_you_found_out,
    when_they,
)
from edgewise.entrypoints.words import HAPPENED, distress_in_words, sparkline
from edgewise.errors import PersonError, UnknownNameError
from edgewise.progress import DRILLABLE, Edge, EdgeMap, Ladder, OverRehearsal, Progress, Rung, RunRecord, WayOn
from edgewise.take import Move

_SHOWN = 3  # of your own words
_RUNS_SHOWN = 8


def show_progress(rehearsal_id: str, *, as_json: bool) -> None:
    """What the runs of one conversation show together."""
    with opened() as edgewise:
        progress = edgewise.progress(rehearsal_id)
    if as_json:
        print_json(progress.model_dump(mode="json", exclude={"runs"}))
        return
    screen = Screen()
    screen.say(progress.heading, style="bold")
    _show_over(screen, progress.over)
    _show_edges(screen, progress.edges)
    _show_how(screen, progress)
    _show_ladder(screen, progress)


def drill(move: str | None, rehearsal_id: str, times: int, *, unhurried: bool) -> None:
    """A short rehearsal of one move; without a name, of your clearest edge."""

    def begin(edgewise: Edgewise) -> Conversation:
        chosen = _move_called(move) if move else _worth_a_drill(edgewise.progress(rehearsal_id).edges)
        return edgewise.drill(rehearsal_id, chosen, times)

    hold(begin, unhurried=unhurried)


def go_on(way: WayOn, rehearsal_id: str, *, unhurried: bool) -> None:
    """One of the ways on when your words have set."""
    if not hold(lambda edgewise: edgewise.go_on(rehearsal_id, way), unhurried=unhurried):
        Screen().say(way.meaning)


def show_ladder(rehearsal_id: str) -> None:
    """The rungs, and the one proposed next."""
    with opened() as edgewise:
        _show_ladder(Screen(), edgewise.progress(rehearsal_id))


def change_ladder(
    rehearsal_id: str, *, predicted: Sequence[str], add: str | None, distress: int, take: str, remove: Sequence[str]
) -> None:
    """Change what you predict of rungs, take some away, add one."""
    with opened() as edgewise:
        ladder = edgewise.progress(rehearsal_id).ladder
        for given in predicted:
            ladder = _predicting(ladder, given)
        gone = {ladder.rung(name).id for name in remove}
        ladder = ladder.with_rungs(rung for rung in ladder.rungs if rung.id not in gone)
        if add:
            ladder = ladder.with_rung(add, distress, edgewise.take_called(take).name if take else "")
        edgewise.keep_ladder(rehearsal_id, ladder)
    show_ladder(rehearsal_id)


def climb(rung: str, rehearsal_id: str, *, unhurried: bool) -> None:
    """Be on a rung."""
    if not hold(lambda edgewise: edgewise.climb(rehearsal_id, rung), unhurried=unhurried):
        Screen().say("That one is done away from here. It is kept as done.")
        show_ladder(rehearsal_id)


def _move_called(name: str) -> Move:
    wanted = name.strip().lower().replace("-", "_").replace(" ", "_")
    for move in DRILLABLE:
        if move.value == wanted:
            return move
    names = ", ".join(move.value.replace("_", "-") for move in DRILLABLE)
    raise UnknownNameError(f"There is no drill of “{name[:40]}”.", next_step=f"There are: {names}.")


def _worth_a_drill(edges: EdgeMap) -> Move:
    known = [edge.move for edge in (*edges.edges, *edges.suspected) if edge.move in DRILLABLE]
    if not known:
        raise PersonError(
            "No move of theirs has shifted you yet, so there is no edge to go to.",
            next_step="Name a move, as in edgewise drill sarcasm, or meet another version of them first.",
        )
    return known[0]


def _predicting(ladder: Ladder, given: str) -> Ladder:
    name, _, number = given.partition("=")
    if not (number.isdecimal() and int(number) <= 100):  # noqa: PLR2004 - SUDS
        raise PersonError(
            f"“{given[:40]}” predicts nothing.", next_step="Give it as in --predict usual=45, from 0 to 100."
        )
    asked = ladder.rung(name.strip())
    changed = Rung.model_validate({**asked.model_dump(), "predicted": int(number)})
    return ladder.with_rungs(changed if rung is asked else rung for rung in ladder.rungs)


def _show_over(screen: Screen, over: OverRehearsal) -> None:
    if not over.found:
        return
    screen.heading("Your words have set")
    for told in over.told:
        screen.say(told.says)
        for quote in told.quotes:
            screen.inset(Text(f"“{quote}”", style="italic"), 4)
    screen.say()
    for way in over.ways_on:
        screen.say(f"{way.in_words}. {way.meaning}")
        if way is not WayOn.STOP:
            screen.quietly(f"  edgewise progress --on {way.value.replace('_', '-')}")


def _show_edges(screen: Screen, edges: EdgeMap) -> None:
    screen.heading("Your edges")
    if not edges.met:
        screen.say("Nothing has been met yet.")
        return
    screen.quietly(WHAT_AN_EDGE_IS)
    for edge in edges.edges:
        _show_edge(screen, edge)
    if not edges.edges:
        screen.say("None so far.")
    if edges.suspected:
        screen.heading("May be")
        for edge in edges.suspected[:_SHOWN]:
            screen.say(f"{when_they(edge)} {counted(edge.moved)} times. A drill would tell.")
            screen.quietly(f"  edgewise drill {edge.move.value.replace('_', '-')}")


def _show_edge(screen: Screen, edge: Edge) -> None:
    screen.say()
    screen.say(when_they(edge), style="bold")
    screen.say(f"{against_the_rest(edge)} {TRENDS[edge.trend]}".strip())
    for one in edge.instances[:_SHOWN]:
        screen.inset(Text(f"“{one.quote}”", style="italic"), 4)
    if edge.move in DRILLABLE:
        screen.quietly(f"  edgewise drill {edge.move.value.replace('_', '-')}")


def _show_how(screen: Screen, progress: Progress) -> None:
    if not has_numbers(progress):
        return
    screen.heading("How it was for you")
    for sentence in what_you_found_out(progress):
        screen.say(sentence)
    for name, levels in _drawn(progress):
        if levels:
            screen.show(Text.assemble((f"  {name:<24}", ""), (sparkline(level / 100 for level in levels), "cyan")))
    for run in progress.runs[-_RUNS_SHOWN:]:
        _show_run(screen, run)
    screen.quietly(NOT_A_SCORE)


def _drawn(progress: Progress) -> list[tuple[str, list[int]]]:
    hows = [run.how for run in progress.runs]
    drawn = (
        ("distress before", [how.distress_before for how in hows]),
        ("distress at worst", [how.distress_worst for how in hows]),
        ("distress after", [how.distress_after for how in hows]),
        ("asked of you, before", [how.demands_before for how in hows]),
        ("you had for it, before", [how.resources_before for how in hows]),
    )
    return [(name, [level for level in levels if level is not None]) for name, levels in drawn]


def _show_run(screen: Screen, run: RunRecord) -> None:
    how = run.how
    told = (distress_in_words(*how.distress), asked_and_had(how))
    if any(told) or how.happened is not None:
        screen.say()
        screen.say(f"{run.started.astimezone():%d %B}, {run.take}", style="bold")
    if told[0]:
        screen.inset(Text.assemble(("Distress: ", "dim"), told[0]), 2)
    if told[1]:
        screen.inset(Text.assemble(("Asked of you, and what you had: ", "dim"), told[1]), 2)
    if how.feared and how.happened is not None:
        likely = "" if how.likelihood is None else f", {how.likelihood} in 100 likely"
        screen.inset(Text.assemble(("You feared: ", "dim"), f"{how.feared}{likely}"), 2)
        screen.inset(Text.assemble(("It came: ", "dim"), HAPPENED[how.happened], f"  {how.instead}"), 2)


def _show_ladder(screen: Screen, progress: Progress) -> None:
    screen.heading("The ladder")
    if progress.asks_whether_it_helps:
        screen.say(f"You have begun {progress.runs_today} runs today. {STILL_HELPING}")
    for rung in progress.ladder.rungs:
        been = progress.ladder.times_on(rung.id)
        screen.say(f"{rung.predicted:>4}  {rung.what}")
        screen.quietly(f"      {rung.id}{f'  ·  {been} so far' if been else ''}")
    if progress.following.rung is not None:
        screen.say()
        screen.say(f"Next: {progress.following.rung.what} {progress.following.why}")
        screen.quietly(f"  edgewise ladder --climb {progress.following.rung.id}. Going back down is as good.")
    elif progress.following.why:
        screen.say(progress.following.why)
