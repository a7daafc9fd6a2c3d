"""What every written-down thing in Edgewise has in common: it never changes, and it refuses what it does not know."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict

from edgewise.person.words import tidy


class Record(BaseModel):
    """Something written down about a conversation; made once, then only replaced, never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


#: Words a person typed or pasted, tidied: no control characters, no loose spaces at the ends.
Text = Annotated[str, AfterValidator(tidy)]
