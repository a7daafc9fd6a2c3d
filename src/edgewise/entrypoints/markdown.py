"""A rehearsal as a page to keep, in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from edgewise.debrief import Debrief, Evidence, Finding, PointFound, Then
from edgewise.entrypoints.words import (
    ENDED,
    SAID,
    as_subject,
    distress_in_words,
    effect_in_words,
    gesture_seen,
    sparkline,
    sureness,
    survived_in_words,
    verdict_in_words,
)
from edgewise.rehearsal import FEELINGS, OWN_WORDS, CounterpartTurn, Question, Reflection, Rehearsal, Turn

_MEANS_SOMETHING = re.compile(r"([\\`*_<>\[\]#|])")


def as_markdown(rehearsal: Rehearsal, debrief: Debrief | None) -> str:
    """The conversation, and when it is over what it showed."""
    lines = [*_head(rehearsal), *_transcript(rehearsal)]
    if debrief is not None:
        lines += [*_own_words(debrief), *_findings(debrief), *_turning(debrief), *_reveal(debrief)]
    return "\n".join(lines).rstrip() + "\n"


def plain(text: str) -> str:
    """Words that mean nothing but themselves, on one line."""
    return _MEANS_SOMETHING.sub(r"\\\1", " ".join(text.split()))


def _paragraphs(text: str) -> str:
    """Words with the line breaks they were said with."""
    return "  \n".join(plain(line) for line in text.split("\n"))


def _head(rehearsal: Rehearsal) -> Iterator[str]:
    yield f"# {plain(rehearsal.situation.heading)}"
    yield ""
    person, take = plain(rehearsal.situation.person.known_as), plain(rehearsal.take.name)
    yield f"With {person}. Take: {take}. {rehearsal.started:%Y-%m-%d}. {ENDED[rehearsal.ending].capitalize()}."
    yield ""


def _transcript(rehearsal: Rehearsal) -> Iterator[str]:
    yield "## The conversation"
    yield ""
    for place, turn in enumerate(rehearsal.turns, 1):
        yield f"{place}\\. {_turn(rehearsal.situation.person.known_as, turn)}"
        yield ""


def _turn(known_as: str, turn: Turn) -> str:
    if not isinstance(turn, CounterpartTurn):
        return f"**You:** {_paragraphs(turn.text)}" if turn.text else "*You say nothing.*"
    seen = f"*{plain(gesture_seen(known_as, turn.gesture))}*" if turn.gesture else ""
    said = f"**{plain(known_as)}:** {_paragraphs(turn.text)}" if turn.text else ""
    return " ".join(part for part in (seen, said) if part) or f"*{plain(as_subject(known_as))} says nothing.*"


def _own_words(debrief: Debrief) -> Iterator[str]:
    own = debrief.own_words or Reflection()
    told = [(slot, question, getattr(own, slot)) for slot, question in OWN_WORDS]
    distress = distress_in_words(debrief.distress_before, own.distress_worst, own.distress_now)
    if not distress and not any(words for _, _, words in told):
        return
    yield "## In your own words"
    yield ""
    for slot, question, words in told:
        if words:
            yield f"- {question} {plain(words)}"
            yield from (f"    - {plain(one.says)}" for one in debrief.beside if one.about == slot)
    if distress:
        yield f"- Distress: {distress}"
    yield ""


def _findings(debrief: Debrief) -> Iterator[str]:
    yield "## What the record shows"
    yield ""
    for finding in debrief.findings:
        yield from _finding(finding, debrief.points if finding.question is Question.SAID_IT else ())
    for answer in debrief.own_answers:
        yield f"### {plain(answer.asked)}"
        yield ""
        yield plain(answer.says)
        yield ""
        yield from _quotes(answer.evidence)


def _turning(debrief: Debrief) -> Iterator[str]:
    if not debrief.moments:
        return
    yield "## Where it turned"
    yield ""
    for moment in debrief.moments:
        if moment.before:
            yield f"{plain(debrief.person)}: “{plain(moment.before.quote)}”  "
        yield f"You: {f'“{plain(moment.yours.quote)}”' if moment.yours else '*nothing*'} (turn {moment.turn + 1})"
        yield ""
        for told in (*(reason.why for reason in moment.did_to_them), moment.did_to_you):
            if told:
                yield f"- {plain(told)}"
        yield ""
        yield f"{plain(moment.principle)} *{plain(moment.question)}*"
        yield ""


def _finding(finding: Finding, points: Sequence[PointFound]) -> Iterator[str]:
    yield f"### {finding.question.in_words}"
    yield ""
    yield f"**{verdict_in_words(finding.verdict)}** {plain(finding.says)} ({sureness(finding.confidence)})"
    yield ""
    for point in points:
        lasted = f" {survived_in_words(survived=point.survived)}" if point.survived is not None else ""
        yield f"- {SAID[point.said]} {plain(point.text)}{lasted}"
    if points:
        yield ""
    yield from _quotes(finding.evidence)
    yield f"To try: {plain(finding.try_next)}"
    yield ""


def _quotes(evidence: Sequence[Evidence]) -> Iterator[str]:
    for piece in evidence:
        yield f"> {plain(piece.quote)} (turn {piece.turn + 1})"
        yield ""


def _reveal(debrief: Debrief) -> Iterator[str]:
    reveal = debrief.reveal
    yield "## What was hidden"
    yield ""
    if reveal.then:
        yield "| feeling | turn by turn |"
        yield "| --- | --- |"
        for name in FEELINGS:
            yield f"| {name} | {sparkline(float(getattr(moment.state, name)) for moment in reveal.then)} |"
        yield ""
    curveballs = {surprise.turn: surprise.curveball.in_words for surprise in reveal.surprises}
    for moment in reveal.then:
        yield from _moment(debrief.person, moment, curveballs.get(moment.turn))
    yield ""
    yield reveal.how_near
    if reveal.still_shut:
        yield ""
        yield "What would have opened the door:"
        yield ""
        yield from (f"- {missing}" for missing in reveal.still_shut)


def _moment(person: str, moment: Then, curveball: str | None) -> Iterator[str]:
    did = f"{curveball} (a curveball)" if curveball else moment.move.in_words
    yield f"- Turn {moment.turn + 1}: {plain(as_subject(person))} {did}, {moment.mood.value}"
    for reason in moment.reasons:
        quote = f" “{plain(reason.quote)}”" if reason.quote else ""
        effect = effect_in_words(reason.effect)
        yield f"    - {plain(reason.why)}{quote}{f' ({effect})' if effect else ''}"
