"""Where somebody stands in a kind of conversation, when nobody has told us where this person does."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

from pydantic import TypeAdapter

from edgewise.person import Record
from edgewise.situation import Kind


class Standing(Record):
    """For each slot of a person's side, sentences that anybody in their place could say."""

    defence: tuple[str, ...]
    grievance: tuple[str, ...]
    soft_spot: tuple[str, ...]
    could_concede: tuple[str, ...]
    would_offer: tuple[str, ...]
    condition: tuple[str, ...]


@lru_cache(maxsize=1)
def standings() -> dict[Kind, Standing]:
    """Every kind's, from `kinds.toml`."""
    written = tomllib.loads(files("edgewise.counterpart.speak").joinpath("kinds.toml").read_text(encoding="utf-8"))
    return TypeAdapter(dict[Kind, Standing]).validate_python(written)
