"""Charts as Vega-Lite specifications. Colours are left to the page, so that they read in the light and in the dark."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from edgewise.debrief import Debrief
from edgewise.entrypoints.words import HAPPENED
from edgewise.progress import HowItWas, Progress
from edgewise.rehearsal import FEELINGS

_WHOLE = 100
_Rows = list[dict[str, str | int | float]]


def feelings_chart(debrief: Debrief, turns: int = 0) -> dict[str, Any]:
    """What they felt at each of their turns, from 0 to 1.

    Args:
        debrief: of the take.
        turns: how many turns the axis has room for, so that charts of several takes can be compared; at least its own.
    """
    rows: _Rows = [
        {"of": name, "at": then.turn + 1, "level": round(float(getattr(then.state, name)), 3)}
        for then in debrief.reveal.then
        for name in FEELINGS
    ]
    return _small(rows, FEELINGS, most=1, last=max([turns, *(then.turn + 1 for then in debrief.reveal.then)]))


def distress_chart(progress: Progress) -> dict[str, Any]:
    """Distress before, at worst and after, run by run, 0 to 100."""
    parts = ("before", "at worst", "after")
    return _by_run(progress, parts, lambda how: zip(parts, how.distress, strict=True))


def challenge_chart(progress: Progress) -> dict[str, Any]:
    """What it asked of you and what you had for it, before and after, run by run, 0 to 100."""
    parts = ("asked of you, before", "asked of you, after", "you had for it, before", "you have for it, after")

    def told(how: HowItWas) -> Iterable[tuple[str, int | None]]:
        given = (how.demands_before, how.demands_after, how.resources_before, how.resources_after)
        return zip(parts, given, strict=True)

    return {**_by_run(progress, parts, told), "columns": 2}


def feared_chart(progress: Progress) -> dict[str, Any]:
    """How likely you thought what you feared, run by run, apart by whether it came."""
    parts = {one: f"it came: {meaning}" for one, meaning in HAPPENED.items()}

    def told(how: HowItWas) -> Iterable[tuple[str, int | None]]:
        if how.feared and how.happened is not None:
            yield parts[how.happened], how.likelihood

    return _by_run(progress, tuple(parts.values()), told)


def _by_run(
    progress: Progress, parts: Sequence[str], told: Callable[[HowItWas], Iterable[tuple[str, int | None]]]
) -> dict[str, Any]:
    rows: _Rows = [
        {"of": part, "at": number, "level": level}
        for number, run in enumerate(progress.runs, start=1)
        for part, level in told(run.how)
        if level is not None
    ]
    return _small(rows, parts, most=_WHOLE, last=len(progress.runs))


def _small(rows: _Rows, parts: Sequence[str], *, most: int, last: int) -> dict[str, Any]:
    """One small chart for each part, all on the same scales."""
    import altair as alt  # noqa: PLC0415 - it takes a second to load, and only charts need it

    across = alt.Scale(domain=[1, max(2, last)])
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X("at:Q", title=None, scale=across, axis=alt.Axis(tickMinStep=1, grid=False, tickCount=4, format="d")),
        y=alt.Y("level:Q", title=None, scale=alt.Scale(domain=[0, most]), axis=alt.Axis(values=[0, most / 2, most])),
        tooltip=[alt.Tooltip("at:Q"), alt.Tooltip("level:Q", format=".2f" if most == 1 else "d")],
    )
    lines = base.mark_area(opacity=0.18, interpolate="monotone") + base.mark_line(
        interpolate="monotone", point=alt.OverlayMarkDef(size=18)
    )
    chart: Any = lines.properties(width=170, height=84)
    faceted = chart.facet(facet=alt.Facet("of:N", title=None, sort=list(parts)), columns=3)
    specification: dict[str, Any] = faceted.to_dict()
    return specification
