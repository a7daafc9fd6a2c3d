"""What kinds of danger the words someone writes can tell of."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """A kind of danger; which kind it is only decides which help stands first."""

    VIOLENCE_AT_HOME = "violence_at_home"
    STALKING = "stalking"
    THREATENED = "threatened"
    THREATENING = "threatening"
    SELF_HARM = "self_harm"
    SOMEONE_ELSE = "someone_else"
    CHILD = "child"
    AT_RISK = "at_risk"
