"""Chapter seven: what accumulates across takes."""

from edgewise.progress.drill import DOES, DRILLABLE, drill_take, receptive, without_your_opening
from edgewise.progress.edges import Edge, EdgeMap, Instance, Trend, Way, edge_map
from edgewise.progress.how_it_was import FearedBesideActual, HowItWas, Stance, how_it_was
from edgewise.progress.ladder import Climb, Ladder, Proposed, Rung, next_rung, proposed_ladder, runs_on_that_day
from edgewise.progress.next_take import most_unlike
from edgewise.progress.over_rehearsal import OverRehearsal, Sign, WayOn, over_rehearsal
from edgewise.progress.progress import COUNTED, Progress, conversation_key, progress_of
from edgewise.progress.proportion import Share
from edgewise.progress.real_one import (
    Afterwards,
    AgainstFear,
    Card,
    FearedOverAll,
    RealOne,
    TookPlace,
    card_of,
    feared_over_all,
    written_in_it,
)
from edgewise.progress.run_record import RunRecord, record_of
from edgewise.progress.side_by_side import Column, SideBySide, side_by_side

__all__ = [
    "COUNTED",
    "DOES",
    "DRILLABLE",
    "Afterwards",
    "AgainstFear",
    "Card",
    "Climb",
    "Column",
    "Edge",
    "EdgeMap",
    "FearedBesideActual",
    "FearedOverAll",
    "HowItWas",
    "Instance",
    "Ladder",
    "OverRehearsal",
    "Progress",
    "Proposed",
    "RealOne",
    "RunRecord",
    "Rung",
    "Share",
    "SideBySide",
    "Sign",
    "Stance",
    "TookPlace",
    "Trend",
    "Way",
    "WayOn",
    "card_of",
    "conversation_key",
    "drill_take",
    "edge_map",
    "feared_over_all",
    "how_it_was",
    "most_unlike",
    "next_rung",
    "over_rehearsal",
    "progress_of",
    "proposed_ladder",
    "receptive",
    "record_of",
    "runs_on_that_day",
    "side_by_side",
    "without_your_opening",
    "written_in_it",
]
