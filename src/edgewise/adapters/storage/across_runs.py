"""What is kept across runs: what each run shows, a conversation's ladder, and what is known of the real one."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from edgewise.adapters.storage.records import BrokenSealError
from edgewise.adapters.storage.tables import LadderRow, RealRow, RecordRow, RehearsalRow
from edgewise.progress import Ladder, RealOne, RunRecord, conversation_key

_COLUMNS = tuple(LadderRow.__table__.columns.keys())  # those of a real one are the same


@dataclass(frozen=True, slots=True)
class OfAConversation:
    """What is kept of a conversation beside its runs, as it is written down.

    Attributes:
        ladder: its ladder; None when none is kept.
        real: the real one; None when nothing was told of it.
    """

    ladder: str | None
    real: str | None


def keep_record(session: Session, record: RunRecord, made_by: str) -> None:
    """Write down what one run shows, in place of what stood there."""
    body = record.model_dump_json()
    session.merge(RecordRow(rehearsal_id=record.rehearsal, made_by=made_by, body=body, seal=_seal(body)))


def records(session: Session, rehearsal_ids: Sequence[str], made_by: str) -> dict[str, RunRecord]:
    """What these runs show, as far as this version wrote it down; a damaged one is left out, to be made anew."""
    asked = select(RecordRow).where(RecordRow.rehearsal_id.in_(rehearsal_ids), RecordRow.made_by == made_by)
    sound = [row for row in session.scalars(asked) if row.seal == _seal(row.body)]
    return {row.rehearsal_id: RunRecord.model_validate_json(row.body) for row in sound}


def drop_record(session: Session, rehearsal_id: str) -> None:
    """Remove what one run showed."""
    session.execute(delete(RecordRow).where(RecordRow.rehearsal_id == rehearsal_id))


def keep_ladder(session: Session, conversation: str, ladder: Ladder) -> None:
    """Write the ladder of a conversation down."""
    body = ladder.model_dump_json()
    session.merge(LadderRow(conversation=conversation, body=body, seal=_seal(body)))


def ladder(session: Session, conversation: str) -> Ladder | None:
    """The ladder of a conversation.

    Raises:
        BrokenSealError: it is not as it was written.
    """
    row = session.get(LadderRow, conversation)
    if row is None:
        return None
    if row.seal != _seal(row.body):
        raise BrokenSealError(conversation)
    return Ladder.model_validate_json(row.body)


def keep_real_one(session: Session, conversation: str, real: RealOne) -> None:
    """Write down what is known of the real one."""
    body = real.model_dump_json()
    session.merge(RealRow(conversation=conversation, body=body, seal=_seal(body)))


def real_ones(session: Session) -> dict[str, RealOne]:
    """Every real one, by its conversation.

    Raises:
        BrokenSealError: one is not as it was written.
    """
    found = dict[str, RealOne]()
    for row in session.scalars(select(RealRow)):
        if row.seal != _seal(row.body):
            raise BrokenSealError(row.conversation)
        found[row.conversation] = RealOne.model_validate_json(row.body)
    return found


def sealed(values: Sequence[object]) -> tuple[str, Ladder | RealOne] | None:
    """The ladder or the real one that these values of a row are, and its conversation, if they bear its seal."""
    if len(values) != len(_COLUMNS):
        return None
    row = LadderRow(**dict(zip(_COLUMNS, values, strict=True)))
    if row.seal != _seal(row.body):
        return None
    for kind in (Ladder, RealOne):
        try:
            return row.conversation, kind.model_validate_json(row.body)
        except ValidationError:
            continue
    return None


def conversation_of(row: RehearsalRow) -> str:
    """Which conversation a rehearsal is a run of."""
    return conversation_key(row.heading, row.person)


def forget_run(session: Session, conversation: str, rehearsal_id: str) -> None:
    """Take the name of a run out of the ladder of its conversation; a damaged ladder, which cannot be read, goes."""
    row = session.get(LadderRow, conversation)
    if row is None or rehearsal_id not in row.body:
        return
    if row.seal == _seal(row.body):
        keep_ladder(session, conversation, Ladder.model_validate_json(row.body).without_run(rehearsal_id))
    else:
        session.delete(row)


def leave(session: Session, conversation: str, heading: str, person: str) -> OfAConversation:
    """Take away what is kept of a conversation that has no runs any more; what stood in it."""
    same = select(RehearsalRow.id).where(RehearsalRow.heading == heading, RehearsalRow.person == person)
    if session.scalars(same.limit(1)).first() is not None:
        return OfAConversation(None, None)
    return OfAConversation(*(_taken(session, kind, conversation) for kind in (LadderRow, RealRow)))


def move_to(session: Session, conversation: str, left: OfAConversation) -> None:
    """Keep it under another conversation, but for what that one has of its own."""
    for kind, body in ((LadderRow, left.ladder), (RealRow, left.real)):
        if body is not None and session.get(kind, conversation) is None:
            session.add(kind(conversation=conversation, body=body, seal=_seal(body)))


def _taken(session: Session, kind: type[LadderRow | RealRow], conversation: str) -> str | None:
    row = session.get(kind, conversation)
    if row is None:
        return None
    session.delete(row)
    session.flush()
    return row.body


def _seal(body: Any) -> int:
    return zlib.crc32(str(body).encode())
