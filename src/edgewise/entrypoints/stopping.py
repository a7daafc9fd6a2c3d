"""What is said when practice stops, in the same words on the pages and in the terminal."""

from __future__ import annotations

from dataclasses import dataclass

from edgewise.help import Country, Line, first_for

MORE_THAN_PRACTICE = "This matters more than practice, so practice stops here."
NOTHING_KEPT = "Nothing of this was stored, and nobody was told."
NO_COUNTRY = "We do not know which country you are in, and nothing here finds out by itself."
HOW_OLD = (
    "These numbers were put together from what we know of each organisation, on the day shown; we did not ring them. "
    "If one does not answer, its site has the number of today."
)
WHAT_LEAVING_HIDES = (
    "Leaving takes this page off the screen. It cannot hide that Edgewise is on this machine, that this address is in "
    "the browser’s history, what you kept here before, or a call on a telephone that somebody checks."
)

_MAY_BE = {
    "violence_at_home": "This may be about being hurt or controlled by somebody close to you. That is not your fault.",
    "stalking": "This may be about somebody who follows or watches you. You are right to take it seriously.",
    "threatened": "This may be about somebody who threatens you. You are right to take it seriously.",
    "threatening": "This may be about hurting somebody. If you think you might, do not go to them now. "
    "Speak to someone who listens first.",
    "self_harm": "This may be about not wanting to live, or about hurting yourself. "
    "You do not have to be alone with it.",
    "someone_else": "This may be about somebody who might take their life or hurt themselves. "
    "You do not have to carry it alone, and you may ask for help on their behalf.",
    "child": "This may be about a child who is being hurt. You do not need to be certain to ask for help.",
    "at_risk": "This conversation may not be safe to have. You do not have to have it, and not alone.",
}


def may_be(kind: str) -> str:
    """What the words may be about; a guess, and said as one."""
    return _MAY_BE.get(kind, "This may be about real danger.")


@dataclass(frozen=True, slots=True)
class Helping:
    """Help as it is shown: the country's lines, those that help most with this first.

    Attributes:
        country: whose lines they are; none when the country is not known, or we know no lines of it.
    """

    country: Country | None
    kind: str = ""

    @property
    def lines(self) -> list[Line]:
        """The lines, emergency services first."""
        if self.country is None:
            return []
        order = first_for(self.kind)
        return sorted(self.country.line, key=lambda line: order.index(line.for_))
