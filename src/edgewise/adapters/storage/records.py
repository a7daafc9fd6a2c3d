"""A rehearsal as it is written down, and back.

Each written row is sealed with a checksum. A disk that loses a bit can change a word without SQLite noticing, and a
word you never said must not be shown to you as yours.
"""

from __future__ import annotations

import json
import zlib
from datetime import datetime
from itertools import zip_longest
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from edgewise.adapters.storage.moments import moment
from edgewise.adapters.storage.tables import RehearsalRow, TurnRow
from edgewise.rehearsal import Branch, Ending, Question, Recollection, Reflection, Rehearsal, Turn
from edgewise.situation import Situation
from edgewise.take import Take

if TYPE_CHECKING:
    from collections.abc import Sequence

_Asked = tuple[tuple[Question, ...], tuple[str, ...]]
_TURN: TypeAdapter[Turn] = TypeAdapter(Turn)
_ASKED: TypeAdapter[_Asked] = TypeAdapter(_Asked)
_REMEMBERED: TypeAdapter[tuple[Recollection, ...]] = TypeAdapter(tuple[Recollection, ...])
# In the order in which they lie in a row of the file: new ones are only ever added at the end.
_TURN_COLUMNS = TurnRow.__table__.columns.keys()
_REHEARSAL_COLUMNS = RehearsalRow.__table__.columns.keys()
_FEWEST_COLUMNS = _REHEARSAL_COLUMNS.index("situation") + 1  # in the first form there was


class BrokenSealError(ValueError):
    """What stands in the file is not what was written there; the store says it as a `DamagedDatabaseError`."""


def row_of(rehearsal: Rehearsal, position: int) -> RehearsalRow:
    """The rehearsal written down, all but its turns."""
    reflection = rehearsal.reflection
    row = RehearsalRow(
        id=rehearsal.id,
        position=position,
        started=rehearsal.started.isoformat(),
        started_us=moment(rehearsal.started),
        heading=rehearsal.situation.heading,
        person=rehearsal.situation.person.known_as,
        take_name=rehearsal.take.name,
        ending=rehearsal.ending.value if rehearsal.ending else None,
        format=rehearsal.format,
        seed=str(rehearsal.seed),
        distress_before=rehearsal.distress_before,
        turns=len(rehearsal.turns),
        reflection=reflection.model_dump_json() if reflection else None,
        take=rehearsal.take.model_dump_json(),
        situation=rehearsal.situation.model_dump_json(),
        remembered=_written(rehearsal.remembered),
        asked=_asked_of(rehearsal),
        branch=rehearsal.branch.model_dump_json() if rehearsal.branch else None,
    )
    reseal(row)
    return row


def turn_row_of(rehearsal_id: str, place: int, turn: Turn) -> TurnRow:
    """A turn written down at its place."""
    row = TurnRow(rehearsal_id=rehearsal_id, place=place, who=turn.who, body=turn.model_dump_json())
    row.seal = _turn_seal(row)
    return row


def rehearsal_from(row: RehearsalRow, turns: Sequence[TurnRow]) -> Rehearsal:
    """The rehearsal that was written down.

    Raises:
        BrokenSealError: a row is not as it was written, or a turn is missing.
        ValidationError: the rows are as they were written, but by an Edgewise that knew more than this one.
    """
    _check_seals(row, turns)
    questions, own_questions = _ASKED.validate_json(row.asked) if row.asked else ((), ())
    return Rehearsal.model_validate(
        {
            "format": row.format,
            "id": row.id,
            "situation": Situation.model_validate_json(row.situation),
            "take": Take.model_validate_json(row.take),
            "seed": int(row.seed),
            "started": datetime.fromisoformat(row.started),
            "distress_before": row.distress_before,
            "turns": tuple(turn_from(turn) for turn in turns),
            "ending": row.ending,
            "remembered": _remembered(row),
            "questions": questions,
            "own_questions": own_questions,
            "branch": branch_from(row.branch),
            "reflection": None if row.reflection is None else Reflection.model_validate_json(row.reflection),
        }
    )


def turn_from(row: TurnRow) -> Turn:
    """The turn that was written down.

    Raises:
        ValidationError: it was written by an Edgewise that knew more than this one.
    """
    return _TURN.validate_json(row.body)


def sealed_turn(values: Sequence[object]) -> TurnRow | None:
    """The turn that these values of a row are, if they bear its seal."""
    if len(values) != len(_TURN_COLUMNS):
        return None
    row = TurnRow(**dict(zip(_TURN_COLUMNS, values, strict=True)))
    return row if row.seal == _turn_seal(row) else None


def sealed_rehearsal(values: Sequence[object]) -> RehearsalRow | None:
    """The rehearsal that these values of a row are, if they bear its seal; older rows have fewer of them."""
    if not _FEWEST_COLUMNS <= len(values) <= len(_REHEARSAL_COLUMNS):
        return None
    row = RehearsalRow(**dict(zip_longest(_REHEARSAL_COLUMNS, values)))
    return row if row.seal == _rehearsal_seal(row) else None


def retitle(row: RehearsalRow, title: str) -> None:
    """Write another title into a row, and seal it again."""
    given = Situation.model_validate_json(row.situation)
    situation = Situation.model_validate({**given.model_dump(), "title": title})
    row.situation, row.heading = situation.model_dump_json(), situation.heading
    reseal(row)


def forget(row: RehearsalRow, rehearsal_id: str) -> None:
    """Take what is remembered of another rehearsal out of this one.

    A row that was damaged loses all it remembers and keeps its broken seal: a word that was to be deleted must go, and
    damage must not be blessed.
    """
    if rehearsal_id not in (row.remembered or ""):
        return
    if row.seal != _rehearsal_seal(row):
        row.remembered = None
        return
    row.remembered = _written(tuple(one for one in _remembered(row) if one.rehearsal != rehearsal_id))
    reseal(row)


def _asked_of(rehearsal: Rehearsal) -> str | None:
    asked = rehearsal.questions, rehearsal.own_questions
    return _ASKED.dump_json(asked).decode() if any(asked) else None


def _written(remembered: tuple[Recollection, ...]) -> str | None:
    return _REMEMBERED.dump_json(remembered).decode() if remembered else None


def _remembered(row: RehearsalRow) -> tuple[Recollection, ...]:
    return _REMEMBERED.validate_json(row.remembered) if row.remembered else ()


def branch_from(written: str | None) -> Branch | None:
    """Where it left another rehearsal.

    Raises:
        ValidationError: it cannot be read in what is there.
    """
    return None if written is None else Branch.model_validate_json(written)


def when_and_how(started: str, ending: str | None) -> tuple[datetime, Ending | None]:
    """When it began and how it ended, for a list.

    Raises:
        BrokenSealError: neither a time nor an ending can be read in what is there.
    """
    try:
        return datetime.fromisoformat(started), None if ending is None else Ending(ending)
    except (TypeError, ValueError) as exc:
        raise BrokenSealError(started) from exc


def check_seal(row: RehearsalRow) -> None:
    """Make sure that the row is as it was written, before it is shown or changed: a new seal must never bless damage.

    Raises:
        BrokenSealError: it is not.
    """
    if row.seal != _rehearsal_seal(row):
        raise BrokenSealError(row.id)


def reseal(row: RehearsalRow) -> None:
    """Seal the row again, after a turn, how it ended or your own words were added."""
    row.seal = _rehearsal_seal(row)


def _check_seals(row: RehearsalRow, turns: Sequence[TurnRow]) -> None:
    check_seal(row)
    whole = all(turn.seal == _turn_seal(turn) for turn in turns)
    if not whole or [turn.place for turn in turns] != list(range(row.turns)):
        raise BrokenSealError(row.id)


def _rehearsal_seal(row: RehearsalRow) -> int:
    told = (row.started, row.ending, row.format, row.seed, row.distress_before, row.turns, row.reflection)
    # Rows from before there were these columns were sealed without them.
    later = [part for part in (row.remembered, row.asked, row.branch) if part is not None]
    return _seal(row.id, *told, row.take, row.situation, *later)


def _turn_seal(row: TurnRow) -> int:
    return _seal(row.rehearsal_id, row.place, row.who, row.body)


def _seal(*parts: str | int | None) -> int:
    # A damaged row may return bytes, which JSON does not know: they are sealed as they look, and match nothing.
    return zlib.crc32(json.dumps(parts, default=repr).encode())
