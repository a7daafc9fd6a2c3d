"""When practice stops, and help at any time: calm pages that work without a script and are quick to leave."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from starlette.datastructures import FormData

from edgewise.entrypoints import stopping
from edgewise.entrypoints.stopping import Helping
from edgewise.entrypoints.web.desk import AtDesk, Desk, to
from edgewise.entrypoints.web.forms import words
from edgewise.entrypoints.web.guard import Posted
from edgewise.errors import PracticeStoppedError
from edgewise.help import countries, country_called, country_of, country_of_this_machine, directories

router = APIRouter(include_in_schema=False)

NOT_MEANT = "not_meant"
_OURS = "stopped."  # what the page of the stop itself sends, beside what was in the form before


@router.get("/help")
def help_(request: Request, desk: AtDesk) -> Response:
    """Help, by country."""
    return desk.page(request, "help", _shown(request, ""))


@router.post("/help")
def choose_country(request: Request, form: Posted) -> Response:
    """Keep which country you are in, in this browser."""
    _choose(request, form)
    return to("/help")


@router.post("/stopped/country")
def choose_country_here(request: Request, desk: AtDesk, form: Posted) -> Response:
    """The page of the stop again, with the help of another country; what you wrote stays where it was."""
    _choose(request, form)
    quote, kind, said = (words(form, f"{_OURS}{name}") for name in ("quote", "kind", "said"))
    error = PracticeStoppedError(quote, kind=kind, said=said)
    return _page(request, desk, error, _here(words(form, f"{_OURS}action")), form)


@router.post("/stopped/go-on")
def go_on(form: Posted) -> Response:
    """You did not mean it so, and there was no form to send again: back to the page you wanted."""
    return to(_here(words(form, f"{_OURS}back")))


def stopped_page(request: Request, desk: Desk, error: PracticeStoppedError) -> Response:
    """The page of the stop, from which the form that was sent can be sent again."""
    form = getattr(request.state, "form", None)
    if form is not None:
        return _page(request, desk, error, request.url.path, form)
    return _page(request, desk, error, "/stopped/go-on", FormData({f"{_OURS}back": request.url.path}))


def _page(request: Request, desk: Desk, error: PracticeStoppedError, action: str, form: FormData) -> Response:
    told = {"action", "quote", "kind", "said", "country"}
    ours = {f"{_OURS}{name}" for name in told}
    again = [
        (name, value)
        for name, value in form.multi_items()
        if isinstance(value, str) and name not in ours and name not in {"token", NOT_MEANT}
    ]
    shown = {**_shown(request, error.kind), "error": error, "action": action, "again": again}
    return desk.page(request, "stopped", shown, status=422)


def _shown(request: Request, kind: str) -> dict[str, object]:
    code = _country(request)
    return {
        "helping": Helping(country_called(code), kind),
        "code": code,
        "countries": countries(),
        "directories": directories(),
        "stopping": stopping,
    }


def _country(request: Request) -> str:
    """The one you chose, else the one your browser or this machine is set to."""
    chosen = request.session.get("country")
    if isinstance(chosen, str):
        return chosen
    return country_of(request.headers.get("accept-language", "")) or country_of_this_machine()


def _choose(request: Request, form: FormData) -> None:
    code = words(form, f"{_OURS}country")
    if code in countries() or not code:
        request.session["country"] = code


def _here(path: str) -> str:
    """A path of our own pages; the first page when it is none."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else "/"
