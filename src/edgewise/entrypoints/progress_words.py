"""How edges, over-rehearsal and the ladder are put into words, on every surface alike."""

from __future__ import annotations

from edgewise.progress import DOES, Edge, Share, Trend

TRENDS = {
    Trend.EASING: "It shifts you less than it did.",
    Trend.GROWING: "It shifts you more than it did.",
    Trend.UNCLEAR: "",
}
WHAT_AN_EDGE_IS = (
    "A move counts as an edge when it shifted you at least three times, and more often than their other moves do. "
    "Twice is not yet a pattern."
)
STILL_HELPING = "Is it still helping, or has it become a way of waiting?"


def when_they(edge: Edge) -> str:
    """An edge as a sentence: "When they are sarcastic, you give way."."""
    return f"When they {DOES[edge.move]}, you {edge.way.in_words}."


def counted(share: Share) -> str:
    """So many of so many: "4 of 6"."""
    return f"{share.count} of {share.of}"


def how_sure(edge: Edge) -> str:
    """What the count allows to be said: "between 30 and 90 times in a hundred"."""
    low, high = (round(100 * end) for end in edge.interval)
    return f"between {low} and {high} times in a hundred"


def against_the_rest(edge: Edge) -> str:
    """The count, beside how you are otherwise."""
    rest = f"With their other moves it was {counted(edge.otherwise)}." if edge.otherwise.of else ""
    met = f"{edge.moved.count} of the {edge.moved.of} times"
    return f"It did so {met} you met it: {how_sure(edge)}, as far as so few can say. {rest}".strip()
