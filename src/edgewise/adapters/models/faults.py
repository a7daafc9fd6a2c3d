"""What went wrong between us and a model, in words: what happened, what was kept, the next step."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from edgewise.errors import (
    EdgewiseError,
    ModelBusy,
    ModelCutOff,
    ModelError,
    ModelMissing,
    ModelRefusedKey,
    ModelSaidNothing,
    ModelTooSlow,
    ModelUnreachable,
)
from edgewise.ports.language_model import ModelCard

_KEPT = "Every turn up to here is kept."
_REDIRECTS, _CLIENT_FAULTS = 300, 400


def unreachable(card: ModelCard) -> ModelUnreachable:
    """Nobody answers there."""
    return ModelUnreachable(
        f"Nothing answers at {_where(card)}.",
        kept=_KEPT,
        next_step="Start it, or look whether its address is right; edgewise models shows what is found.",
    )


def too_slow(card: ModelCard) -> ModelTooSlow:
    """It is there, and takes too long."""
    return ModelTooSlow(
        f"{card.name} took too long to answer.",
        kept=_KEPT,
        next_step="Try a smaller model; edgewise models try NAME says how fast one is.",
    )


def cut_off(card: ModelCard) -> ModelCutOff:
    """It stopped in the middle, or what it sent cannot be read."""
    return ModelCutOff(
        f"{card.name} broke off in the middle, or sent what cannot be read.",
        kept=_KEPT,
        next_step=f"If it happens again, look at what {_where(card)} says about it.",
    )


def said_nothing(card: ModelCard) -> ModelSaidNothing:
    """It answered, with no words."""
    return ModelSaidNothing(
        f"{card.name} answered without a word.",
        kept=_KEPT,
        next_step="If it happens again, try another model: edgewise models.",
    )


def missing(card: ModelCard) -> ModelMissing:
    """There is no such model there."""
    return ModelMissing(
        f"There is no model called {card.name} at {_where(card)}.",
        kept=_KEPT,
        next_step="Fetch it there, or choose another: edgewise models.",
    )


def elsewhere(card: ModelCard) -> ModelUnreachable:
    """It would pass the words on to a host that nobody agreed to."""
    return ModelUnreachable(
        f"{_where(card)} would have the words sent somewhere else, and they were not sent.",
        kept=_KEPT,
        next_step="Look at edgewise models where they would really go, and agree to that if you want to.",
    )


def by_status(card: ModelCard, status: int, headers: Mapping[str, str]) -> ModelError:
    """What an HTTP status means, for whoever rehearses. What the server wrote is left out: it may quote a key or words.

    Args:
        card: the model that was asked.
        status: the status of the answer.
        headers: its headers, by lower-case name.
    """
    match status:
        case 401 | 403:
            return ModelRefusedKey(
                f"{_where(card)} does not accept the key.",
                kept=_KEPT,
                next_step="Set a key that is valid there in the environment, and start Edgewise again.",
            )
        case 404:
            return missing(card)
        case 408 | 504:
            return too_slow(card)
        case 402 | 429 | 503:
            return _busy(card, _seconds(headers.get("retry-after")))
        case _ if _REDIRECTS <= status < _CLIENT_FAULTS:
            return elsewhere(card)
        case _:
            return ModelError(
                f"{_where(card)} could not take what it was asked (HTTP {status}).",
                kept=_KEPT,
                next_step="Look at what it says there, or choose another model: edgewise models.",
            )


def in_words(card: ModelCard, wrong: BaseException) -> Exception:
    """Anything that can happen on the way, told by its kind.

    The clients stand on two HTTP libraries whose errors have the same names, so they are told apart by name.
    """
    if isinstance(wrong, EdgewiseError):
        return wrong
    names = {kind.__name__ for kind in type(wrong).__mro__}
    for kinds, tell in _BY_NAME:
        if names & kinds:
            return tell(card)
    return ModelError(
        f"{card.name} could not be used ({type(wrong).__name__}).",
        kept=_KEPT,
        next_step="Choose another model, or the built-in voice: edgewise models use --none.",
    )


def _busy(card: ModelCard, seconds: float | None) -> ModelBusy:
    when = "in a moment" if seconds is None else f"in {seconds:.0f} seconds"
    return ModelBusy(
        f"{_where(card)} takes no more requests just now.",
        kept=_KEPT,
        next_step=f"It can be asked again {when}; if it stays so, look at your account or at its load there.",
        retry_after_s=seconds,
    )


def _seconds(given: str | None) -> float | None:
    """Seconds to wait, where the server told them as a number; a date is not read."""
    return float(given) if given and given.strip().isdecimal() else None


def _where(card: ModelCard) -> str:
    return card.host or card.name


# The first that fits tells it. A ValueError is what is no UTF-8, no JSON, or not what was agreed on.
_BY_NAME: tuple[tuple[frozenset[str], Callable[[ModelCard], ModelError]], ...] = (
    (frozenset({"NothingSaidError"}), said_nothing),
    (frozenset({"TimeoutException", "APITimeoutError", "TimeoutError"}), too_slow),
    (frozenset({"ConnectError", "ConnectionError", "ProxyError", "UnsupportedProtocol", "InvalidURL"}), unreachable),
    (frozenset({"BrokenOffError", "TransportError", "StreamError", "ValueError", "CancelledError"}), cut_off),
)
