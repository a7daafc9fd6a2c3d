"""A home that has been lived in: something to see on every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from edgewise import Edgewise, Reflection, example, preset
from edgewise.adapters.papers import Papers
from tests.people import KIND

if TYPE_CHECKING:
    from tests.entrypoints.web.conftest import Served

OWN = Reflection(going_for="to be heard", said_it="Yes, I did.", lost_ground="when he laughed", distress_now=40)


@dataclass(frozen=True)
class Home:
    """What is kept in it.

    Attributes:
        going_on: a rehearsal that is not over.
        just_over: one that is over, with no own words on it yet.
        told: one with own words on it.
        branch: one that left it, over as well.
        draft: an interview half told.
        situation: a situation that was kept.
    """

    served: Served
    going_on: str
    just_over: str
    told: str
    branch: str
    draft: str
    situation: str

    @property
    def pages(self) -> dict[str, str]:
        """The address of every page."""
        return {
            "start": "/",
            "who they are": f"/meet/{self.draft}/who",
            "what is between you": f"/meet/{self.draft}/between",
            "their side": f"/meet/{self.draft}/side",
            "what you came to say": f"/meet/{self.draft}/came",
            "one question": f"/meet/{self.draft}/asked/3",
            "what happened, asked": f"/meet/{self.draft}/asked/6",
            "ready": f"/ready/{self.draft}",
            "again": f"/rehearsals/{self.told}/again",
            "talk": f"/rehearsals/{self.going_on}/talk",
            "talk over": f"/rehearsals/{self.just_over}/talk",
            "own words": f"/rehearsals/{self.just_over}/own-words",
            "debrief": f"/rehearsals/{self.told}/debrief",
            "progress": f"/progress/{self.told}",
            "real": f"/progress/{self.told}/real",
            "card": f"/progress/{self.told}/card",
            "side by side": f"/side-by-side?take={self.told}&take={self.branch}",
            "help": "/help",
            "library": "/library",
            "found nothing": "/library?q=zebra",
            "read": f"/rehearsals/{self.told}",
            "settings": "/settings",
            "voices": "/voices",
            "trouble": "/rehearsals/nobody",
            "enter": "/enter",
        }


def held(edgewise: Edgewise, lines: Sequence[str], *, over: bool = True, own: Reflection | None = None) -> str:
    """A conversation with a ready example, as far as these lines; gives back its id."""
    conversation = edgewise.begin(example("belittling-manager"), preset("usual"), seed=7)
    for line in lines:
        conversation.say(line)
    if over:
        conversation.end()
    if own is not None:
        edgewise.reflect(conversation.rehearsal.id, own)
    return conversation.rehearsal.id


def furnished(served: Served) -> Home:
    """Keep something of everything there."""
    edgewise, papers = served.edgewise, Papers(served.folder)
    told = held(edgewise, (*KIND[:4], "You always cut me off. You never listen.", "..."), own=OWN)
    branch = edgewise.rewind(told, 3)
    branch.say("What would it take for you to let me finish?")
    branch.end()
    edgewise.reflect(branch.rehearsal.id, Reflection())
    return Home(
        served=served,
        going_on=held(edgewise, KIND[:2], over=False),
        just_over=held(edgewise, KIND[:2]),
        told=told,
        branch=branch.rehearsal.id,
        draft=papers.draft_of(example("belittling-manager")).name,
        situation=papers.keep_situation(example("belittling-manager")).stem,
    )
