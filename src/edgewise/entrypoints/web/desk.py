"""What the pages work with, and how they are put on the screen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.templating import Jinja2Templates
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from edgewise import __version__
from edgewise.adapters.models.models import Models
from edgewise.adapters.papers import Papers
from edgewise.app import Edgewise
from edgewise.entrypoints import words
from edgewise.entrypoints.voices import spoken_by, words_go_to
from edgewise.entrypoints.web.guard import token_of
from edgewise.entrypoints.web.talks import Talks
from edgewise.situation.interview import PITFALLS

_SEE_OTHER = 303


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("edgewise.entrypoints.web"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    given: dict[str, Any] = {"version": __version__, "words": words, "pitfalls": PITFALLS}
    environment.globals.update(given)
    return environment


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything a page needs.

    Attributes:
        edgewise: what a person can do.
        papers: interviews begun, and situations kept.
        talks: the conversations going on.
        folder: where it all lies; shown, so that nobody has to wonder.
        models: who else could speak for them, and where words may go.
        templates: how the pages are built.
    """

    edgewise: Edgewise
    papers: Papers
    talks: Talks
    folder: Path
    models: Models
    templates: Jinja2Templates

    @classmethod
    def laid(cls, edgewise: Edgewise, folder: Path, papers: Papers | None = None) -> Desk:
        """A desk for one place where rehearsals are kept."""
        return cls(
            edgewise,
            papers or Papers(folder),
            Talks(edgewise),
            folder,
            Models(folder),
            Jinja2Templates(env=_environment()),
        )

    def page(self, request: Request, name: str, shown: Mapping[str, Any], *, status: int = 200) -> HTMLResponse:
        """A page, with what every page has: the word its forms send back, how you like to see it, where words go."""
        chosen = self.models.chosen
        every = {
            "token": token_of(request),
            "appearance": request.session.get("appearance", "system"),
            "guarded": bool(request.app.state.passphrase),
            "words_go_to": words_go_to(chosen),
            "spoken_by": spoken_by(chosen),
        }
        return self.templates.TemplateResponse(request, f"{name}.html", {**every, **shown}, status_code=status)


def as_file(given: str | bytes, name: str, kind: str) -> Response:
    """Something to keep outside of Edgewise."""
    disposition = f"attachment; filename={json.dumps(name)}"
    return Response(
        given,
        media_type=kind if isinstance(given, bytes) else f"{kind}; charset=utf-8",
        headers={"Content-Disposition": disposition},
    )


def to(path: str) -> RedirectResponse:
    """Go there next; going back does not send a form again."""
    return RedirectResponse(path, status_code=_SEE_OTHER)


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


#: The desk, for whoever answers a request.
AtDesk = Annotated[Desk, Depends(_desk)]
