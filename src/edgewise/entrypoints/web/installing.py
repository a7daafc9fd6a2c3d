"""What a browser needs to keep Edgewise as an app."""

from __future__ import annotations

from importlib.resources import files

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from edgewise import __version__

router = APIRouter(include_in_schema=False)


@router.get("/manifest.webmanifest")
def manifest() -> Response:
    """What it is called and looks like among other apps."""
    return JSONResponse(
        {
            "name": "Edgewise",
            "short_name": "Edgewise",
            "description": "Have the conversation you dread here first.",
            "start_url": "/",
            "display": "standalone",
            "background_color": "#f6f1e9",
            "theme_color": "#f6f1e9",
            "icons": [
                {"src": f"/static/icon.svg?v={__version__}", "sizes": "any", "type": "image/svg+xml"},
                {"src": f"/static/icon-512.png?v={__version__}", "sizes": "512x512", "type": "image/png"},
            ],
        },
        media_type="application/manifest+json",
    )


@router.get("/worker.js")
def worker() -> Response:
    """Keeps how the pages look and move at hand; never a word that was said."""
    script = files("edgewise.entrypoints.web").joinpath("static", "worker.js").read_text(encoding="utf-8")
    return Response(
        script.replace("VERSION", __version__), media_type="text/javascript", headers={"Cache-Control": "no-cache"}
    )
