"""How the real conversation is put into words and onto paper, on every surface alike."""

from __future__ import annotations

import uuid
from datetime import datetime, time, timedelta
from typing import Any

from edgewise.entrypoints.words import in_the_middle
from edgewise.progress import AgainstFear, Card, FearedOverAll, RealOne, TookPlace

TOOK_PLACE = {
    TookPlace.YES: "yes, it happened",
    TookPlace.NOT_YET: "not yet",
    TookPlace.NOT_NEEDED: "no, and it need not any more",
}
WENT = {
    AgainstFear.BETTER: "better than I feared",
    AgainstFear.AS_FEARED: "about as I feared",
    AgainstFear.WORSE: "worse than I feared",
}
#: What is asked afterwards in your own words, by the answer of an `Afterwards` it fills.
AFTERWARDS = (
    ("happened", "What happened?"),
    ("surprised_by", "What surprised you?"),
    ("tell_yourself", "What would you tell yourself, back before it?"),
)
NO_LINES = "No lines to recite: you will find the words there."
_A_CALENDAR_KNOWS_IT_AS = "Time to talk"
_LASTS = timedelta(hours=1)


def day_in_words(real: RealOne | Card) -> str:
    """When it is to be: "Wednesday, 4 March 2026, at 9:30"; empty while that is open."""
    if real.day is None:
        return ""
    at = f", at {real.at.hour}:{real.at.minute:02}" if real.at else ""
    return f"{real.day:%A}, {real.day.day} {real.day:%B %Y}{at}"


def feared_in_words(feared: FearedOverAll) -> str:
    """Feared beside actual: "7 of 8 went better than you feared."; empty before there is any."""
    if not feared.of:
        return ""
    if feared.of == 1:
        return "The one you told of went better than you feared." if feared.better else ""
    return f"{feared.better} of the {feared.of} you told of went better than you feared."


def card_in_markdown(card: Card) -> str:
    """The card as a page to keep."""
    from edgewise.entrypoints.markdown import plain  # noqa: PLC0415 - only those who write pages need it

    lines = [f"# {plain(card.heading)}", "", f"With {plain(in_the_middle(card.person))}. {day_in_words(card)}".strip()]
    if card.intention:
        lines += ["", "## Why", "", plain(card.intention)]
    for title, told in (("What must not be left unsaid", card.points), ("About yourself", card.remember)):
        if told:
            lines += ["", f"## {title}", "", *(f"- {plain(one)}" for one in told)]
    if card.enough:
        lines += ["", "## Enough for today", "", plain(card.enough)]
    return "\n".join([*lines, "", NO_LINES]) + "\n"


def calendar_file(real: RealOne, conversation: str, *, named: str = "", now: datetime) -> bytes:
    """The day as a file that calendars take (iCalendar, RFC 5545); nothing private stands in it unless you name it.

    Args:
        real: with its day.
        conversation: which one it is, so that a calendar that gets it again moves it and adds no second.
        named: what your calendar shows; only that it is time to talk unless given.
        now: the time, with its zone.
    """
    from icalendar import Calendar, Event  # noqa: PLC0415 - only this needs it

    event: Any = Event()  # it comes half without types
    given: dict[str, object] = {
        "uid": f"{uuid.uuid5(uuid.NAMESPACE_URL, conversation)}@edgewise",
        "dtstamp": now,
        "summary": " ".join(named.split()) or _A_CALENDAR_KNOWS_IT_AS,
        "class": "PRIVATE",
        **_when(real),
    }
    for name, value in given.items():
        event.add(name, value)
    calendar: Any = Calendar()
    calendar.add("prodid", "-//Edgewise//Edgewise//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _when(real: RealOne) -> dict[str, object]:
    if real.day is None or real.at is None:
        return {"dtstart": real.day} if real.day else {}
    begins = datetime.combine(real.day, real.at)
    return {"dtstart": begins, "dtend": begins + _LASTS}


def time_given(words: str) -> time | None:
    """A time of day as it was written ("9:30"); None for none.

    Raises:
        ValueError: it is none.
    """
    given = words.strip()
    return time.fromisoformat(given if len(given.split(":")[0]) == 2 else f"0{given}") if given else None  # noqa: PLR2004
