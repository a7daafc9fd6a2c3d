"""The take as a chart: six feelings, turn by turn."""

from __future__ import annotations

from typing import Any

from edgewise.debrief import Debrief
from edgewise.rehearsal import FEELINGS


def feelings_chart(debrief: Debrief) -> dict[str, Any]:
    """What they felt at each of their turns, from 0 to 1, as a Vega-Lite specification.

    Colours are left to the page, so that it reads in the light and in the dark.
    """
    import altair as alt  # noqa: PLC0415 - it takes a second to load, and only this page needs it

    rows = [
        {"feeling": name, "turn": then.turn + 1, "level": round(float(getattr(then.state, name)), 3)}
        for then in debrief.reveal.then
        for name in FEELINGS
    ]
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X("turn:Q", title=None, axis=alt.Axis(tickMinStep=1, grid=False, tickCount=4)),
        y=alt.Y("level:Q", title=None, scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(values=[0, 0.5, 1])),
        tooltip=[alt.Tooltip("turn:Q"), alt.Tooltip("level:Q", format=".2f")],
    )
    lines = base.mark_area(opacity=0.18, interpolate="monotone") + base.mark_line(
        interpolate="monotone", point=alt.OverlayMarkDef(size=18)
    )
    chart: Any = lines.properties(width=170, height=84)
    faceted = chart.facet(facet=alt.Facet("feeling:N", title=None, sort=list(FEELINGS)), columns=3)
    specification: dict[str, Any] = faceted.to_dict()
    return specification
