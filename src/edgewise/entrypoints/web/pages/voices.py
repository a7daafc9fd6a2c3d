"""Who speaks for them: the built-in voice, or a model you already have. Found ones are offered, never switched on."""

from __future__ import annotations

from contextlib import closing

from fastapi import APIRouter, Request, Response

from edgewise.adapters.models.models import Tried, consent, in_full
from edgewise.entrypoints.voices import place_in_words, room_in_words, speaker_in_words, speed_in_words
from edgewise.entrypoints.web.desk import AtDesk, Desk, to
from edgewise.entrypoints.web.forms import words
from edgewise.entrypoints.web.guard import Posted
from edgewise.errors import EdgewiseError, NotAgreedError, UnknownNameError
from edgewise.ports.language_model import ModelCard

router = APIRouter(include_in_schema=False)


@router.get("/voices")
def voices(request: Request, desk: AtDesk) -> Response:
    """What there is, what speaks now, and where words go with each."""
    return _page(request, desk)


@router.post("/voices/try")
def try_it(request: Request, desk: AtDesk, form: Posted) -> Response:
    """Ask a model something that is not yours, and show how soon and how fast it answers."""
    try:
        card = _agreed(desk, form)
        return _page(request, desk, tried=desk.models.try_out(card))
    except EdgewiseError as wrong:
        return _page(request, desk, wrong=wrong)


@router.post("/voices/use")
def use(request: Request, desk: AtDesk, form: Posted) -> Response:
    """Let a model speak from the next conversation on; what cannot be opened is not chosen."""
    try:
        card = _agreed(desk, form)
        with closing(desk.models.open(card)):
            desk.models.use(card)
    except EdgewiseError as wrong:
        return _page(request, desk, wrong=wrong)
    return to("/voices")


@router.post("/voices/built-in")
def use_built_in(desk: AtDesk, _: Posted) -> Response:
    """The built-in voice again."""
    desk.models.use_built_in()
    return to("/voices")


@router.post("/voices/agree")
def agree(request: Request, desk: AtDesk, form: Posted) -> Response:
    """Say once that words may be sent to a host that was found."""
    host = words(form, "host")
    if host not in desk.models.look().waiting:
        raise UnknownNameError("No such host was found.", next_step="Look again at who can speak for them.")
    if words(form, "agreed") != host:
        return _page(request, desk, wrong=_not_agreed(host))
    desk.models.agree(host)
    return to("/voices")


@router.post("/voices/forget")
def forget(desk: AtDesk, form: Posted) -> Response:
    """Take that back."""
    desk.models.take_back(words(form, "host"))
    return to("/voices")


def _agreed(desk: Desk, form: Posted) -> ModelCard:
    """The model of a form; its host is agreed to where the form says yes to the sentence that names it.

    Raises:
        UnknownNameError: there is no such model any more.
        NotAgreedError: words would leave without a yes.
    """
    card = desk.models.called(words(form, "model"))
    host = card.host or card.name
    if not desk.models.may_send_to(card):
        if words(form, "agreed") != host:
            raise _not_agreed(host)
        desk.models.agree(host)
    return card


def _not_agreed(host: str) -> NotAgreedError:
    return NotAgreedError(consent(host), kept="Nothing was sent.", next_step="Tick the box if you agree to that.")


def _page(request: Request, desk: Desk, *, tried: Tried | None = None, wrong: EdgewiseError | None = None) -> Response:
    found, chosen = desk.models.look(), desk.models.chosen
    shown = {
        "speaker": speaker_in_words(chosen),
        "built_in": chosen is None,
        "offers": [
            {
                "name": card.name,
                "in_full": in_full(card),
                "place": place_in_words(card),
                "room": room_in_words(card),
                "host": card.host,
                "consent": "" if desk.models.may_send_to(card) else consent(card.host or card.name),
                "speaks": chosen is not None and (chosen.name, chosen.host) == (card.name, card.host or ""),
            }
            for card in found.cards
        ],
        "waiting": [(host, consent(host)) for host in found.waiting],
        "notes": found.notes,
        "agreed_hosts": desk.models.agreed_hosts,
        "tried": tried,
        "speed": speed_in_words(tried) if tried else "",
        "wrong": wrong,
    }
    return desk.page(request, "voices", shown, status=422 if wrong else 200)
