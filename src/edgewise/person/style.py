"""How they talk."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from edgewise.person.words import content_stems


class Style(StrEnum):
    """A way of talking. A person has one or several; lines are written for them."""

    CURT = "curt"
    BLUNT = "blunt"
    SARCASTIC = "sarcastic"
    JOKEY = "jokey"
    WARM = "warm"
    ANXIOUS = "anxious"
    COLD = "cold"
    CHARMING = "charming"
    WOUNDED = "wounded"
    LECTURING = "lecturing"
    RAMBLING = "rambling"


#: A style's name: one of ours, or one that somebody added.
StyleName = Annotated[Style | Annotated[str, Field(pattern=r"^[a-z][a-z-]{1,30}$")], Field(union_mode="left_to_right")]


# Words people use when they describe how somebody talks, by the style they point to.
_HEARD_AS: dict[Style, str] = {
    Style.CURT: "curt short brief terse abrupt clipped monosyllabic impatient snappy quiet silent",
    Style.BLUNT: "blunt direct straight frank loud shouts harsh brutal aggressive tactless swears",
    Style.SARCASTIC: "sarcastic sarcasm snide mocking mocks sneers biting belittling belittles dry ironic eyerolls",
    Style.JOKEY: "jokes joking jokey funny laughs laughing teases teasing humour humor banter light",
    Style.WARM: "warm kind gentle soft caring friendly sweet affectionate tender",
    Style.ANXIOUS: "anxious nervous worries worried worrier panics stressed flustered fearful insecure apologetic",
    Style.COLD: "cold distant formal detached icy polite reserved withdrawn stiff flat",
    Style.CHARMING: "charming charm smooth flatters flattering persuasive slick smiles compliments",
    Style.WOUNDED: "wounded sensitive hurt cries tearful martyr guilt sulks sulking fragile victim touchy",
    Style.LECTURING: "lectures lecturing preachy explains condescending patronising patronizing pompous advice",
    Style.RAMBLING: "rambles rambling wanders chatty talkative tangents interrupts stories endless",
}
_STEMS: dict[Style, frozenset[str]] = {style: content_stems(words) for style, words in _HEARD_AS.items()}


def styles_heard_in(manner: str) -> tuple[Style, ...]:
    """The styles that a description in the user's own words points to ("short with me, sarcastic"), strongest first."""
    heard = content_stems(manner)
    hits = {style: len(heard & stems) for style, stems in _STEMS.items()}
    return tuple(sorted((style for style, count in hits.items() if count), key=lambda style: -hits[style]))
