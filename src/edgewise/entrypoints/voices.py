"""What voices are called, and where words go with each, in the same words on the pages and in the terminal."""

from __future__ import annotations

from edgewise.adapters.models.choices import Chosen
from edgewise.adapters.models.hosts import on_this_machine
from edgewise.adapters.models.models import Tried, leaves_machine
from edgewise.ports.language_model import ModelCard

BUILT_IN = "The built-in voice. It works without a network, and nothing you write goes anywhere."
_SHORT_S = 0.05  # seconds; less is not told apart


def place_in_words(card: ModelCard) -> str:
    """Where a model is, and so where words would go: "on this machine, at localhost:11434"."""
    if card.host is None:
        return "on this machine, inside Edgewise"
    return (
        f"at {card.host}, so words leave this machine" if leaves_machine(card) else f"on this machine, at {card.host}"
    )


def room_in_words(card: ModelCard) -> str:
    """How much of a conversation it can have in mind; empty while that is not known."""
    return f"room for {card.context} tokens" if card.context else ""


def speaker_in_words(chosen: Chosen | None) -> str:
    """Who speaks now, and where words go; one or two sentences."""
    if chosen is None:
        return BUILT_IN
    if not chosen.host:
        return f"{chosen.name}, inside Edgewise. Nothing you write leaves this machine."
    if on_this_machine(chosen.host):
        return f"{chosen.name}, on this machine, at {chosen.host}."
    return f"{chosen.name}. What you say, and what you wrote about them, is sent to {chosen.host}."


def spoken_by(chosen: Chosen | None) -> str:
    """What stands on the screen while a model speaks; empty for the built-in voice."""
    if chosen is None:
        return ""
    elsewhere = words_go_to(chosen)
    return f"Spoken by {chosen.name}; your words go to {elsewhere}." if elsewhere else f"Spoken by {chosen.name}."


def words_go_to(chosen: Chosen | None) -> str:
    """The other machine that words are sent to; empty when they stay on this one."""
    return chosen.host if chosen is not None and chosen.host and not on_this_machine(chosen.host) else ""


def speed_in_words(tried: Tried) -> str:
    """How soon and how fast a model answered."""
    soon = (
        f"First words after {_seconds(tried.first_words_s)} once it is ready ({_seconds(tried.ready_s)} the first time)"
    )
    fast = f", then {tried.tokens_a_second:.0f} tokens a second." if tried.tokens_a_second else ", all of it at once."
    return soon + fast


def _seconds(seconds: float) -> str:
    return "less than 0.1 seconds" if seconds < _SHORT_S else f"{max(seconds, 0.1):.1f} seconds"
