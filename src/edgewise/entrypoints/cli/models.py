"""The models you already have: listed, tried, chosen, and the hosts your words may go to."""

from __future__ import annotations

import getpass
import sys
from contextlib import closing

from edgewise.adapters.models.keys import keep_key
from edgewise.adapters.models.models import Models, consent
from edgewise.config import data_folder
from edgewise.entrypoints.cli.asking import Asker
from edgewise.entrypoints.cli.listening import listener
from edgewise.entrypoints.cli.screen import Screen
from edgewise.entrypoints.voices import place_in_words, room_in_words, speaker_in_words, speed_in_words
from edgewise.errors import NotAgreedError, PersonError
from edgewise.ports.language_model import ModelCard

_AGREED = "Do you agree to that? (y, or Enter for no)"


def show_models() -> None:
    """Who speaks now, and what there is besides."""
    screen, models = Screen(), Models(data_folder())
    screen.say(f"Who speaks now: {speaker_in_words(models.chosen)}")
    found = models.look()
    screen.say()
    if found.cards:
        screen.listing((card.name, _described(card)) for card in found.cards)
    else:
        screen.say("No other voice was found. How to plug in what you have: docs/voices.md")
    for host in found.waiting:
        screen.say(f"Not asked what it has, because it is another machine: {host}.")
        screen.quietly(f"  To let it be asked: edgewise models agree {host}")
    for note in found.notes:
        screen.quietly(note)
    if hosts := models.agreed_hosts:
        screen.quietly(
            f"You agreed that words may go to: {', '.join(hosts)}. Take one back: edgewise models forget HOST"
        )
    if found.cards:
        screen.say()
        screen.quietly("Try one: edgewise models try NAME. Let one speak: edgewise models use NAME")


def try_model(name: str) -> None:
    """Ask a model something that is not yours, and say how soon and how fast it answers."""
    screen, models = Screen(), Models(data_folder())
    card = models.called(name)
    _agree_to(screen, models, card)
    tried = models.try_out(card)
    screen.speech(tried.card.name, tried.said)
    screen.say()
    screen.say(speed_in_words(tried))
    screen.quietly(f"{tried.card.name}, {_described(tried.card)}")


def use_model(name: str | None, *, built_in: bool) -> None:
    """Let a model speak from the next conversation on, or the built-in voice again."""
    screen, models = Screen(), Models(data_folder())
    if built_in:
        models.use_built_in()
    elif name is None:
        raise PersonError("Say which model, or --none for the built-in voice.", next_step="See them: edgewise models")
    else:
        card = models.called(name)
        _agree_to(screen, models, card)
        with closing(models.open(card)):  # what cannot be opened is not chosen
            models.use(card)
    screen.say(f"From the next conversation on: {speaker_in_words(models.chosen)}")


def agree_to_host(host: str) -> None:
    """Say once that words may go to a host."""
    screen, models = Screen(), Models(data_folder())
    _ask_consent(screen, models, host)
    screen.say(f"Agreed. See what {host} has: edgewise models")


def forget_host(host: str) -> None:
    """Take an agreement back."""
    models = Models(data_folder())
    models.take_back(host)
    Screen().say(f"Nothing is sent to {host} any more. Who speaks now: {speaker_in_words(models.chosen)}")


def keep_key_of(host: str) -> None:
    """Put the key for a host into the system's keyring; it is not shown while it is typed."""
    key = getpass.getpass(f"The key for {host} (it is not shown): ") if sys.stdin.isatty() else sys.stdin.readline()
    if not key.strip():
        raise PersonError("No key was given.", kept="Nothing was changed.")
    keep_key(host, key.strip())
    Screen().say(f"The key for {host} is in the system's keyring, and nowhere else.")


def _described(card: ModelCard) -> str:
    return ", ".join(part for part in (place_in_words(card), room_in_words(card)) if part)


def _agree_to(screen: Screen, models: Models, card: ModelCard) -> None:
    """Ask for consent where words would leave for a host that was never agreed to."""
    if not models.may_send_to(card):
        _ask_consent(screen, models, card.host or card.name)


def _ask_consent(screen: Screen, models: Models, host: str) -> None:
    try:
        agreed = Asker(screen, listener()).agreed(f"{consent(host)} {_AGREED}", unless=False)
    except EOFError:
        agreed = False
    if not agreed:
        raise NotAgreedError(f"{host} was not agreed to.", kept="Nothing was sent, and nothing was changed.")
    models.agree(host)
