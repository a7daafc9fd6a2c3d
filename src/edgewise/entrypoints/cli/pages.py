"""How a transcript, a debrief and takes side by side are shown on the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.table import Table
from rich.text import Text

from edgewise.debrief import Debrief, Evidence, Finding, PointFound, Reveal, Then, Verdict
from edgewise.entrypoints.cli.screen import Screen
from edgewise.entrypoints.words import (
    SAID,
    as_subject,
    course,
    distress_in_words,
    effect_in_words,
    gesture_seen,
    in_the_middle,
    sparkline,
    sureness,
    survived_in_words,
    verdict_in_words,
)
from edgewise.progress import Column, SideBySide
from edgewise.rehearsal import FEELINGS, OWN_WORDS, CounterpartTurn, Question, Reflection, Rehearsal, Turn
from edgewise.take import Move


def show_transcript(screen: Screen, rehearsal: Rehearsal, *, since: int = 0) -> None:
    """The conversation as it was held, from this turn on."""
    for turn in rehearsal.turns[since:]:
        show_turn(screen, rehearsal.situation.person.known_as, turn)


def show_turn(screen: Screen, known_as: str, turn: Turn) -> None:
    """One turn: what was seen, what was said, or that nothing was."""
    if not isinstance(turn, CounterpartTurn):
        if turn.text:
            screen.speech("You", turn.text, style="bold")
        else:
            screen.quietly(f"({_silence('You say', turn.silence_s)})")
        screen.say()
        return
    if turn.gesture:
        screen.gesture(gesture_seen(known_as, turn.gesture))
    if turn.text:
        screen.wait(turn.silence_s)
        screen.speech(known_as, turn.text)
    elif turn.move is Move.GO_SILENT and turn.gesture != "says nothing":
        screen.quietly(f"…  ({as_subject(known_as)} says nothing.)")
    if turn.leaves:
        screen.gesture(f"{as_subject(known_as)} has gone.")
    screen.say()


def _silence(who_says: str, seconds: float) -> str:
    return f"{who_says} nothing for {seconds:.0f} seconds." if seconds >= 1 else f"{who_says} nothing."


def show_debrief(screen: Screen, debrief: Debrief) -> None:
    """Your own words, then what the record shows beside them."""
    if debrief.own_words:
        screen.heading("In your own words")
        _show_own_words(screen, debrief, debrief.own_words)
    screen.heading("What the record shows")
    for finding in debrief.findings:
        screen.say()
        _show_finding(screen, finding, debrief.points if finding.question is Question.SAID_IT else ())
    for answer in debrief.own_answers:
        screen.say()
        screen.say(answer.asked, style="bold")
        screen.inset(Text(answer.says), 2)
        _show_quotes(screen, answer.evidence)
    _show_turning(screen, debrief)


def _show_own_words(screen: Screen, debrief: Debrief, own: Reflection) -> None:
    for slot, question in OWN_WORDS:
        if words := getattr(own, slot):
            screen.inset(Text.assemble((f"{question} ", "dim"), words), 2)
            for one in debrief.beside:
                if one.about == slot:
                    screen.inset(Text(one.says), 4)
                    _show_quotes(screen, one.evidence)
    if distress := distress_in_words(debrief.distress_before, own.distress_worst, own.distress_now):
        screen.inset(Text.assemble(("Distress: ", "dim"), distress), 2)


def _show_finding(screen: Screen, finding: Finding, points: Sequence[PointFound]) -> None:
    screen.say(finding.question.in_words, style="bold")
    answer = Text.assemble((verdict_in_words(finding.verdict), "bold"), f" {finding.says} ")
    if finding.verdict is not Verdict.CANT_TELL:
        answer.append(f"({sureness(finding.confidence)})", "dim")
    screen.inset(answer, 2)
    for point in points:
        screen.inset(Text.assemble((f"{SAID[point.said]} ", "dim"), point.text, (_what_became(point), "dim")), 4)
    _show_quotes(screen, finding.evidence)
    screen.inset(Text.assemble(("To try: ", "dim"), finding.try_next), 2)


def _what_became(point: PointFound) -> str:
    return f" {survived_in_words(survived=point.survived)}" if point.survived is not None else ""


def _show_quotes(screen: Screen, evidence: Sequence[Evidence]) -> None:
    for piece in evidence:
        screen.inset(_quoted(piece), 4)


def _show_turning(screen: Screen, debrief: Debrief) -> None:
    """The turns on which it turned, each with what it did to them and to you."""
    if not debrief.moments:
        return
    screen.heading("Where it turned")
    for moment in debrief.moments:
        screen.say()
        if moment.before:
            screen.inset(Text.assemble((f"{debrief.person}: ", "dim"), (f"“{moment.before.quote}”", "italic")), 2)
        said = f"“{moment.yours.quote}”" if moment.yours else "(nothing)"
        screen.inset(Text.assemble(("You: ", "dim"), (said, "italic"), (f"  turn {moment.turn + 1}", "dim")), 2)
        for reason in moment.did_to_them:
            screen.inset(_because(reason.why, "", effect_in_words(reason.effect)), 4)
        if moment.did_to_you:
            screen.inset(Text(moment.did_to_you), 4)
        screen.inset(Text.assemble((f"{moment.principle} ", ""), (moment.question, "italic")), 2)


def _quoted(piece: Evidence) -> Text:
    return Text.assemble((f"“{piece.quote}”", "italic"), (f"  turn {piece.turn + 1}", "dim"))


def show_reveal(screen: Screen, debrief: Debrief) -> None:
    """What was hidden while you were in it."""
    reveal, person = debrief.reveal, debrief.person
    screen.heading("What was hidden")
    screen.say(f"You met this version of {in_the_middle(person)}: {reveal.take.name}. {reveal.take.promise}".rstrip())
    if reveal.then:
        screen.say()
        screen.show(feelings_chart(reveal.then))
    _show_moves(screen, person, reveal)
    _show_door(screen, reveal)


def feelings_chart(then: Iterable[Then]) -> Table:
    """Six feelings, turn by turn, as small charts."""
    states = [moment.state for moment in then]
    chart = Table.grid(padding=(0, 2))
    for name in FEELINGS:
        levels = [float(getattr(state, name)) for state in states]
        chart.add_row(Text(f"  {name}"), Text(sparkline(levels), "cyan"), Text(course(levels[0], levels[-1]), "dim"))
    return chart


def _show_moves(screen: Screen, person: str, reveal: Reveal) -> None:
    curveballs = {surprise.turn: surprise.curveball.in_words for surprise in reveal.surprises}
    screen.heading("Turn by turn")
    for moment in reveal.then:
        line = Text.assemble(
            (f"{moment.turn + 1:>3}  ", "dim"),
            f"{as_subject(person)} {curveballs.get(moment.turn, moment.move.in_words)}",
            (f"  {moment.mood.value}", "dim"),
            ("  a curveball", "yellow") if moment.turn in curveballs else "",
        )
        screen.show(line)
        for reason in moment.reasons:
            screen.inset(_because(reason.why, reason.quote, effect_in_words(reason.effect)), 7)


def _because(why: str, quote: str, effect: str) -> Text:
    return Text.assemble(
        (why, "dim"), (f" “{quote}”" if quote else "", "italic dim"), (f"  {effect}" if effect else "", "cyan dim")
    )


def _show_door(screen: Screen, reveal: Reveal) -> None:
    screen.heading("How near you came")
    screen.say(reveal.how_near)
    if reveal.still_shut:
        screen.say("What would have opened the door:")
        for missing in reveal.still_shut:
            screen.inset(Text(f"- {missing}"), 2)


def show_side_by_side(screen: Screen, takes: SideBySide) -> None:
    """Takes beside each other, one a column; the questions that came out differently stand in bold."""
    changed = takes.changed()
    table = Table(show_edge=False, pad_edge=False, header_style="bold")
    table.add_column("")
    for column in takes.columns:
        table.add_column(Text(column.take))
    for question in Question:
        answers = [
            Text(column.answers[question].value if question in column.answers else "") for column in takes.columns
        ]
        table.add_row(Text(question.in_words, "bold" if question in changed else ""), *answers)
    table.add_row("Did they grant anything?", *("yes" if column.came_through else "no" for column in takes.columns))
    table.add_row("Their turns", *(str(column.turns) for column in takes.columns))
    table.add_row(
        "How they were at the end", *(column.ended_in.mood.value if column.ended_in else "" for column in takes.columns)
    )
    table.add_row("Distress", *(distress_in_words(*column.distress) for column in takes.columns))
    screen.heading("Side by side")
    screen.show(table)
    if changed:
        screen.quietly("In bold: where you did not do the same each time.")
    _show_wording(screen, takes)
    for column in takes.columns:
        _show_words_of(screen, column)


def _show_wording(screen: Screen, takes: SideBySide) -> None:
    """Each thing you came to say, in the words you had for it each time."""
    wording = takes.wording()
    if wording:
        screen.heading("Your wording, then and now")
    for one in wording:
        screen.say(one.point, style="bold")
        for column, found in zip(takes.columns, one.then, strict=True):
            words = f"“{found.evidence.quote}”" if found and found.evidence else "not said"
            screen.inset(Text.assemble((f"{column.take}: ", "dim"), words), 2)


def _show_words_of(screen: Screen, column: Column) -> None:
    """Where you went, in one take: your words for each answer, and how they were meanwhile."""
    screen.heading(f"In {column.take}")
    for question, shown in column.shown_by.items():
        if question is not Question.SAID_IT:
            screen.say(f"{question.in_words} {verdict_in_words(column.answers[question])}")
            _show_quotes(screen, shown)
    if column.then:
        screen.show(feelings_chart(column.then))
