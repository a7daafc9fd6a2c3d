"""Everything of one conversation on paper, with its charts."""

from __future__ import annotations

from typing import Any, cast

from edgewise.debrief import Debrief
from edgewise.entrypoints.charts import challenge_chart, distress_chart, feared_chart, feelings_chart
from edgewise.entrypoints.on_paper import needs_an_extra, on_one_sheet, set_from
from edgewise.entrypoints.progress_words import NOT_A_SCORE, is_told
from edgewise.entrypoints.report import Report, sections
from edgewise.entrypoints.words import ENDED, as_subject, gesture_seen, in_the_middle
from edgewise.progress import Progress
from edgewise.rehearsal import CounterpartTurn, Rehearsal, Turn

_CHARTS = (
    ("distress", "Distress, run by run", distress_chart),
    ("challenge", "What it asked of you, and what you had for it", challenge_chart),
    ("feared", "What you feared, and whether it came", feared_chart),
)
#: On paper charts have one colour, as they have on the pages.
_INK = {"area": {"color": "#2f5d50"}, "line": {"color": "#2f5d50"}, "point": {"color": "#2f5d50"}}


def report_as_pdf(report: Report) -> bytes:
    """The report on A4.

    Raises:
        MissingExtraError: a library that sets or draws it is not installed.
    """
    progress = report.progress
    return set_from(
        "report.typ",
        {
            "report": {
                "heading": progress.heading,
                "below": f"With {in_the_middle(progress.person)}.",
                "sections": [{"title": title, "lines": lines} for title, lines in sections(report)],
                "charts": _charts(progress),
                "not_a_score": NOT_A_SCORE,
                "runs": [_run(rehearsal, debrief) for rehearsal, debrief in report.runs],
            }
        },
    )


def _charts(progress: Progress) -> list[dict[str, str]]:
    return [
        {"title": title, "svg": _drawn(chart(progress))} for what, title, chart in _CHARTS if is_told(progress, what)
    ]


def _run(rehearsal: Rehearsal, debrief: Debrief | None) -> dict[str, Any]:
    nothing: dict[str, Any] = {"own": [], "findings": [], "how_near": "", "still_shut": []}
    shown = on_one_sheet(debrief) if debrief else nothing
    return {
        **shown,
        "title": f"{rehearsal.started:%Y-%m-%d}, {rehearsal.take.name}",
        "below": f"{ENDED[rehearsal.ending].capitalize()}.",
        "turns": [_turn(rehearsal.situation.person.known_as, turn) for turn in rehearsal.turns],
        "chart": _drawn(feelings_chart(debrief)) if debrief and debrief.reveal.then else "",
    }


def _turn(known_as: str, turn: Turn) -> dict[str, str]:
    if not isinstance(turn, CounterpartTurn):
        return {"who": "You", "seen": "" if turn.text else "You say nothing.", "words": turn.text}
    seen = gesture_seen(known_as, turn.gesture) if turn.gesture else ""
    return {
        "who": known_as,
        "seen": seen if turn.text or seen else f"{as_subject(known_as)} says nothing.",
        "words": turn.text,
    }


def _drawn(specification: dict[str, Any]) -> str:
    try:
        import vl_convert  # noqa: PLC0415 - an extra; only printing needs it
    except ImportError as missing:
        raise needs_an_extra() from missing
    config = {**specification.get("config", {}), **_INK, "font": "Libertinus Serif", "view": {"stroke": None}}
    draw = cast(Any, vl_convert)
    # Nothing is fetched: what is drawn stands in the specification itself.
    return str(draw.vegalite_to_svg({**specification, "config": config}, allowed_base_urls=[]))
