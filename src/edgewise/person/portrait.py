"""The person in a few sentences, as far as you have told of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from edgewise.person.person import Incident, Person

_MOST = 4  # things named in one sentence


def portrait(person: Person) -> tuple[str, ...]:
    """What has been understood of them, a sentence each; empty when nothing has been told.

    It shows what they will be played from, so that you can see at once when something was taken wrongly.
    """
    return tuple(_sentences(person))


def _sentences(person: Person) -> Iterator[str]:
    _, them, _ = person.pronouns.forms
    if person.known_as != "Them" or person.talks:
        yield f"{_who(person)}{f': {_several(person.talks)}' if person.talks else ''}."
    if person.triggers:
        yield f"What sets {them} off: {_several([one.what for one in person.triggers])}."
    if person.values:
        yield f"What matters to {them}: {_several([one.what for one in person.values])}."
    if person.incidents:
        yield f"Between you: {'; '.join(_told(one) for one in person.incidents[:_MOST])}."
    if heard := [*person.phrases, *person.comebacks, *person.grievances]:
        yield f"You can hear {them}: {_several([f'“{_plain(one)}”' for one in heard])}."


def _who(person: Person) -> str:
    kin = "" if person.relationship.value == "other" else f"your {person.relationship.value}"
    if person.name and kin:
        return f"{person.name}, {kin}"
    return person.known_as


def _told(incident: Incident) -> str:
    what = _plain(incident.name or incident.what)
    return f"{what} ({_plain(incident.when)})" if incident.when else what


def _several(things: Sequence[str]) -> str:
    named = ", ".join(_plain(one) for one in things[:_MOST])
    return f"{named} and more" if len(things) > _MOST else named


def _plain(words: str) -> str:
    return words.strip().rstrip(".;")
