"""Everything of one conversation: its runs, what they show together, the real one; as a page, on paper, as tables."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from edgewise.app import Edgewise
from edgewise.debrief import Debrief
from edgewise.entrypoints.markdown import as_markdown, plain
from edgewise.entrypoints.progress_words import (
    NOT_A_SCORE,
    against_the_rest,
    asked_and_had,
    what_you_found_out,
    when_they,
)
from edgewise.entrypoints.real_words import AFTERWARDS, TOOK_PLACE, WENT, day_in_words, feared_in_words
from edgewise.entrypoints.words import HAPPENED, distress_in_words, sparkline
from edgewise.progress import Afterwards, Card, FearedOverAll, Progress, RealOne
from edgewise.rehearsal import FEELINGS, CounterpartTurn, Rehearsal

#: Called with how many of how many runs have been gone through.
Told = Callable[[int, int], None]
_HOW = "How it was for you"
_DEEPER = "##"  # the page of a run stands two headings down in the report
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Report:
    """Everything of one conversation.

    Attributes:
        progress: what the runs show together.
        card: what to take along to the real one.
        real: the real one.
        feared: feared beside actual, over every real one.
        runs: each run, oldest first, with its debrief where your own words on it are kept.
    """

    progress: Progress
    card: Card
    real: RealOne
    feared: FearedOverAll
    runs: tuple[tuple[Rehearsal, Debrief | None], ...]


def report_on(edgewise: Edgewise, rehearsal_id: str, told: Told = lambda _done, _of: None) -> Report:
    """Everything of the conversation that this rehearsal is a run of.

    Args:
        edgewise: where it is kept.
        rehearsal_id: any run of it.
        told: hears how far it has come; a run takes a moment.
    """
    progress = edgewise.progress(rehearsal_id)
    here = [
        one for one in edgewise.listed() if edgewise.conversation_of(one.id) == edgewise.conversation_of(rehearsal_id)
    ]
    runs: list[tuple[Rehearsal, Debrief | None]] = []
    for one in reversed(here):
        rehearsal = edgewise.rehearsal(one.id)
        shown = rehearsal.is_over and rehearsal.reflection is not None
        runs.append((rehearsal, edgewise.debrief(one.id) if shown else None))
        told(len(runs), len(here))
    return Report(
        progress=progress,
        card=edgewise.card(rehearsal_id, when_they),
        real=edgewise.real_one(rehearsal_id),
        feared=edgewise.feared_over_all(),
        runs=tuple(runs),
    )


def as_page(report: Report) -> str:
    """The report in Markdown, with its charts drawn in letters."""
    lines = [f"# {plain(report.progress.heading)}", "", f"With {plain(report.progress.person)}."]
    for title, told in sections(report):
        lines += ["", f"## {title}", "", *(f"- {plain(one)}" for one in told)]
        if title == _HOW:
            lines += ["", *_in_letters(report.progress), "", NOT_A_SCORE]
    for rehearsal, debrief in report.runs:
        page = as_markdown(rehearsal, debrief).splitlines()
        deeper = [f"{_DEEPER}{line}" if line.startswith("#") else line for line in page]
        lines += ["", f"## {rehearsal.started:%Y-%m-%d}, {plain(rehearsal.take.name)}", "", *deeper[1:]]
    return "\n".join(lines).rstrip() + "\n"


def sections(report: Report) -> list[tuple[str, list[str]]]:
    """What stands before the runs: titles, each with its lines."""
    ladder = [f"{rung.predicted}: {rung.what}" for rung in report.progress.ladder.rungs]
    all_of_them = (
        (_HOW, list(_how(report.progress))),
        ("Your edges", list(_edges(report.progress))),
        ("The ladder", ladder),
        ("The real one", list(_real(report))),
    )
    return [(title, told) for title, told in all_of_them if told]


def _how(progress: Progress) -> Iterator[str]:
    yield from what_you_found_out(progress)
    for run in progress.runs:
        how = run.how
        feared = f"feared: {how.feared}" if how.feared else ""
        came = f"it came: {HAPPENED[how.happened]} {how.instead}".strip() if how.happened else ""
        parts = (distress_in_words(*how.distress), asked_and_had(how), feared, came)
        if any(parts):
            yield f"{run.started:%Y-%m-%d}, {run.take}: {'; '.join(part for part in parts if part)}"


def _in_letters(progress: Progress) -> list[str]:
    """How it was, run by run, as bars made of letters."""
    rows: list[str] = []
    for name, slot in _DRAWN:
        levels = [level for run in progress.runs if (level := getattr(run.how, slot)) is not None]
        if levels:
            rows.append(f"| {name} | {sparkline(level / 100 for level in levels)} |")
    return ["| run by run | |", "| --- | --- |", *rows] if rows else []


_DRAWN = (
    ("distress before", "distress_before"),
    ("distress at worst", "distress_worst"),
    ("distress after", "distress_after"),
    ("asked of you, before", "demands_before"),
    ("asked of you, after", "demands_after"),
    ("you had for it, before", "resources_before"),
    ("you have for it, after", "resources_after"),
)


def _edges(progress: Progress) -> Iterator[str]:
    for edge in progress.edges.edges:
        quotes = ", ".join(f"“{one.quote}”" for one in edge.instances[:3])
        yield f"{when_they(edge)} {against_the_rest(edge)} {quotes}"


def _real(report: Report) -> Iterator[str]:
    if day := day_in_words(report.real):
        yield day
    yield from (f"About yourself: {one}" for one in report.card.remember)
    if report.real.afterwards is not None:
        yield from _afterwards(report.real.afterwards)
    if over_all := feared_in_words(report.feared):
        yield over_all


def _afterwards(told: Afterwards) -> Iterator[str]:
    yield f"Did it happen? {TOOK_PLACE[told.took_place]}"
    if told.feared:
        yield f"You had feared: {told.feared}{'' if told.likelihood is None else f' ({told.likelihood} in 100)'}"
    if told.went:
        yield f"How did it go? {WENT[told.went]}"
    for slot, question in AFTERWARDS:
        if answer := getattr(told, slot):
            yield f"{question} {answer}"


def as_tables(report: Report) -> bytes:
    """The report as tidy CSV, one file a kind of thing, in a ZIP file.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, rows in _tables(report).items():
            if rows:
                folder.writestr(f"{name}.csv", _table(rows))
    return kept.getvalue()


def _tables(report: Report) -> dict[str, list[dict[str, Any]]]:
    return {
        "runs": list(_runs(report)),
        "turns": [row for rehearsal, _ in report.runs for row in _turns(rehearsal)],
        "findings": [row for _, debrief in report.runs if debrief for row in _findings(debrief)],
        "points": [row for _, debrief in report.runs if debrief for row in _points(debrief)],
        "edges": list(_edge_rows(report.progress)),
        "ladder": [rung.model_dump(mode="json") for rung in report.progress.ladder.rungs],
        "real": _real_rows(report.real),
    }


def _runs(report: Report) -> Iterator[dict[str, Any]]:
    records = {run.rehearsal: run for run in report.progress.runs}
    for rehearsal, _ in report.runs:
        record = records.get(rehearsal.id)
        yield {
            "run": rehearsal.id,
            "started": rehearsal.started.isoformat(),
            "take": rehearsal.take.name,
            "ending": rehearsal.ending or "",
            "turns": len(rehearsal.turns),
            "points": record.points if record else "",
            "points_said": record.said if record else "",
            **(record.how.model_dump(mode="json") if record else {}),
        }


def _turns(rehearsal: Rehearsal) -> Iterator[dict[str, Any]]:
    for place, turn in enumerate(rehearsal.turns, 1):
        theirs = turn if isinstance(turn, CounterpartTurn) else None
        yours = None if isinstance(turn, CounterpartTurn) else turn
        yield {
            "run": rehearsal.id,
            "turn": place,
            "who": "they" if theirs else "you",
            "words": turn.text,
            "silence_s": turn.silence_s,
            "typing_s": yours.typing_s if yours else "",
            "move": theirs.move.value if theirs else "",
            "mood": theirs.mood.value if theirs else "",
            **{name: round(float(getattr(theirs.state, name)), 3) if theirs else "" for name in FEELINGS},
        }


def _findings(debrief: Debrief) -> Iterator[dict[str, Any]]:
    for finding in debrief.findings:
        for piece in finding.evidence or (None,):
            yield {
                "run": debrief.rehearsal_id,
                "question": finding.question.value,
                "verdict": finding.verdict.value,
                "confidence": finding.confidence,
                "turn": piece.turn + 1 if piece else "",
                "quote": piece.quote if piece else "",
            }


def _points(debrief: Debrief) -> Iterator[dict[str, Any]]:
    for point in debrief.points:
        yield {
            "run": debrief.rehearsal_id,
            "point": point.text,
            "said": point.said.value,
            "survived": "" if point.survived is None else point.survived,
            "turn": point.evidence.turn + 1 if point.evidence else "",
            "quote": point.evidence.quote if point.evidence else "",
        }


def _edge_rows(progress: Progress) -> Iterator[dict[str, Any]]:
    for edge in progress.edges.met:
        low, high = edge.interval
        yield {
            "move": edge.move.value,
            "way": edge.way.value,
            "moved": edge.moved.count,
            "met": edge.moved.of,
            "low": round(low, 3),
            "high": round(high, 3),
            "moved_otherwise": edge.otherwise.count,
            "met_otherwise": edge.otherwise.of,
            "is_edge": edge.is_edge,
        }


def _real_rows(real: RealOne) -> list[dict[str, Any]]:
    if real == RealOne():
        return []
    told = real.afterwards.model_dump(mode="json") if real.afterwards else {}
    return [{**real.model_dump(mode="json", exclude={"afterwards"}), **told}]


def _table(rows: Sequence[Mapping[str, Any]]) -> str:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    written = io.StringIO(newline="")
    table = csv.DictWriter(written, columns)
    table.writeheader()
    table.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return written.getvalue()


def _cell(value: Any) -> Any:
    """A cell that is only ever text or a number, to a spreadsheet too (OWASP, CSV injection)."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else "" if value is None else value
