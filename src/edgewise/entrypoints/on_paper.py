"""The debrief as a page to print: one sheet, from the same object as every other way of showing it."""

from __future__ import annotations

import json
from importlib.resources import as_file, files
from typing import Any

from edgewise.debrief import Debrief, Evidence, Finding, Moment, PointFound
from edgewise.entrypoints.real_words import NO_LINES, day_in_words
from edgewise.entrypoints.words import (
    ENDED,
    SAID,
    distress_in_words,
    in_the_middle,
    sparkline,
    survived_in_words,
    verdict_in_words,
)
from edgewise.errors import MissingExtraError
from edgewise.progress import Card
from edgewise.rehearsal import FEELINGS, OWN_WORDS, Question, Reflection

_LONGEST = 220  # characters of a quote, so that all of it fits on one sheet
_MOST_QUOTES = 2


def as_pdf(debrief: Debrief) -> bytes:
    """The debrief on one sheet of A4, in a type as large as fits.

    Raises:
        MissingExtraError: the library that sets the page is not installed.
    """
    return set_from("debrief.typ", {"debrief": on_one_sheet(debrief)})


def card_as_pdf(card: Card) -> bytes:
    """The card to take along, on half a sheet.

    Raises:
        MissingExtraError: the library that sets the page is not installed.
    """
    shown = card.model_dump(mode="json")
    told = {"below": f"With {in_the_middle(card.person)}. {day_in_words(card)}".strip(), "last": NO_LINES}
    return set_from("card.typ", {"card": {**shown, **told}})


def needs_an_extra() -> MissingExtraError:
    """What to say when what makes PDFs is not installed."""
    return MissingExtraError(
        "To make a PDF, a further package is needed.",
        kept="All of it is kept, and --format markdown works without it.",
        next_step="Install it: pip install 'edgewise[pdf]'",
    )


def set_from(template: str, given: dict[str, Any]) -> bytes:
    """Pages set from data, which is never read as anything but text.

    Raises:
        MissingExtraError: the library that sets them is not installed.
    """
    try:
        import typst  # noqa: PLC0415 - an extra; only printing needs it
    except ImportError as missing:
        raise needs_an_extra() from missing
    inputs = {name: json.dumps(value) for name, value in given.items()}
    with as_file(files("edgewise.entrypoints").joinpath(template)) as path:
        page: Any = typst.compile(str(path), sys_inputs=inputs)
    return bytes(page)


def on_one_sheet(debrief: Debrief) -> dict[str, Any]:
    """What stands on a debrief's sheet, as data."""
    reveal = debrief.reveal
    return {
        "heading": debrief.heading,
        "below": f"With {in_the_middle(debrief.person)}. {reveal.take.name}. {ENDED[debrief.ending]}.",
        "own": _own_words(debrief),
        "findings": [
            _finding(one, debrief.points if one.question is Question.SAID_IT else ()) for one in debrief.findings
        ]
        + [
            {"question": one.asked, "verdict": "", "says": one.says, "points": [], "quotes": _quotes(one.evidence)}
            for one in debrief.own_answers
        ],
        "moments": [_moment(one, debrief.person) for one in debrief.moments],
        "met": f"You met this version of {in_the_middle(debrief.person)}: {reveal.take.name}. {reveal.take.promise}",
        "feelings": [
            {"name": name, "levels": sparkline(float(getattr(then.state, name)) for then in reveal.then[-40:])}
            for name in FEELINGS
        ],
        "how_near": reveal.how_near,
        "still_shut": list(reveal.still_shut),
    }


def _own_words(debrief: Debrief) -> list[dict[str, Any]]:
    own = debrief.own_words or Reflection()
    told = [
        {
            "question": question,
            "answer": _short(getattr(own, slot)),
            "beside": [one.says for one in debrief.beside if one.about == slot],
        }
        for slot, question in OWN_WORDS
        if getattr(own, slot)
    ]
    distress = distress_in_words(debrief.distress_before, own.distress_worst, own.distress_now)
    return [*told, *([{"question": "Distress:", "answer": distress, "beside": []}] if distress else [])]


def _finding(finding: Finding, points: tuple[PointFound, ...]) -> dict[str, Any]:
    return {
        "question": finding.question.in_words,
        "verdict": verdict_in_words(finding.verdict),
        "says": finding.says,
        "points": [
            {
                "how": SAID[point.said],
                "text": _short(point.text),
                "lasted": "" if point.survived is None else survived_in_words(survived=point.survived),
            }
            for point in points
        ],
        "quotes": _quotes(finding.evidence),
    }


def _moment(moment: Moment, person: str) -> dict[str, Any]:
    return {
        "person": person,
        "before": _short(moment.before.quote) if moment.before else "",
        "yours": _short(moment.yours.quote) if moment.yours else "…",
        "turn": str(moment.turn + 1),
        "drew": moment.did_to_you,
        "principle": moment.principle,
        "question": moment.question,
    }


def _quotes(evidence: tuple[Evidence, ...]) -> list[dict[str, str]]:
    return [{"quote": _short(piece.quote), "turn": str(piece.turn + 1)} for piece in evidence[:_MOST_QUOTES]]


def _short(words: str) -> str:
    on_a_line = " ".join(words.split())
    return on_a_line if len(on_a_line) <= _LONGEST else f"{on_a_line[:_LONGEST].rsplit(' ', 1)[0]} …"
