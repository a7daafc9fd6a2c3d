"""The lines, read from their files and checked."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field


class For(StrEnum):
    """What a line is for."""

    EMERGENCY = "emergency"
    VIOLENCE = "violence"
    CRISIS = "crisis"
    CHILD = "child"


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    for_: Annotated[For, Field(alias="for")]
    name: Annotated[str, Field(min_length=2)]
    source: Annotated[str, Field(pattern=r"^https://[\w.-]+(?:/[\w./@-]*)?$")]
    compiled: date


class Line(_Entry):
    """One line somebody answers.

    Attributes:
        for_: what it is for.
        name: who answers.
        number: what to dial; empty where only the site leads to it.
        source: the organisation's own site.
        compiled: the day we put it here; not a day on which it was rung.
    """

    number: Annotated[str, Field(pattern=r"^(?:[\d*][\w\s,;()*-]*)?$")]

    @property
    def dial(self) -> str:
        """The number as a telephone takes it; empty when there is more than one, or none."""
        bare = self.number.replace(" ", "").replace("-", "")
        return bare if bare.isdigit() else ""


class Directory(_Entry):
    """Somewhere that leads to lines in many countries; `covers` says which."""

    covers: Annotated[str, Field(min_length=2)]


_WITH_THE = ("United", "Netherlands", "Philippines")


class Country(BaseModel):
    """What is known of one country.

    Attributes:
        code: ISO 3166-1, two letters.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    name: Annotated[str, Field(min_length=2)]
    line: tuple[Line, ...]

    @property
    def in_a_sentence(self) -> str:
        """Its name after "in": "the Netherlands"."""
        return f"the {self.name}" if self.name.startswith(_WITH_THE) else self.name


@lru_cache(maxsize=1)
def countries() -> Mapping[str, Country]:
    """Every country we know lines of, by its code, in the order of their names."""
    told = [Country.model_validate({"code": code, **body}) for code, body in _written("countries").items()]
    return {country.code: country for country in sorted(told, key=lambda one: one.name)}


@lru_cache(maxsize=1)
def directories() -> tuple[Directory, ...]:
    """Where lines of other countries are found."""
    return tuple(Directory.model_validate(one) for one in _written("directories")["directory"])


def country_called(code: str) -> Country | None:
    """The country of this code; none when we know no lines of it."""
    return countries().get(code.strip().upper())


#: Which sort of line stands first, by the kind of danger (`edgewise.danger.Kind`); emergency services always do.
_FIRST = {
    "violence_at_home": (For.VIOLENCE, For.CRISIS, For.CHILD),
    "stalking": (For.VIOLENCE, For.CRISIS, For.CHILD),
    "threatened": (For.VIOLENCE, For.CRISIS, For.CHILD),
    "at_risk": (For.VIOLENCE, For.CRISIS, For.CHILD),
    "child": (For.CHILD, For.VIOLENCE, For.CRISIS),
}


def first_for(kind: str) -> tuple[For, ...]:
    """The sorts of lines, in the order in which they help with a kind of danger."""
    return (For.EMERGENCY, *_FIRST.get(kind, (For.CRISIS, For.VIOLENCE, For.CHILD)))


def _written(name: str) -> dict[str, Any]:
    return tomllib.loads(files("edgewise.help").joinpath(f"{name}.toml").read_text(encoding="utf-8"))
