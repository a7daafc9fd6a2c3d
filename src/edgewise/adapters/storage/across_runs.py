"""What is kept across runs, written down and read back: what each run shows, and the ladder of a conversation."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from edgewise.adapters.storage.records import BrokenSealError
from edgewise.adapters.storage.tables import LadderRow, RecordRow, RehearsalRow
from edgewise.progress import Ladder, RunRecord, conversation_key

_LADDER_COLUMNS = tuple(LadderRow.__table__.columns.keys())


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


def sealed_ladder(values: Sequence[object]) -> tuple[str, Ladder] | None:
    """The ladder that these values of a row are, and its conversation, if they bear its seal."""
    if len(values) != len(_LADDER_COLUMNS):
        return None
    row = LadderRow(**dict(zip(_LADDER_COLUMNS, values, strict=True)))
    return (row.conversation, Ladder.model_validate_json(row.body)) if row.seal == _seal(row.body) else None


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


def leave(session: Session, conversation: str, heading: str, person: str) -> str | None:
    """Take away the ladder of a conversation that nothing is kept of any more; what stood in it."""
    same = select(RehearsalRow.id).where(RehearsalRow.heading == heading, RehearsalRow.person == person)
    if session.scalars(same.limit(1)).first() is not None:
        return None
    row = session.get(LadderRow, conversation)
    if row is None:
        return None
    session.delete(row)
    session.flush()
    return row.body


def move_to(session: Session, conversation: str, body: str) -> None:
    """Keep a ladder under another conversation, unless that one has its own."""
    if session.get(LadderRow, conversation) is None:
        session.add(LadderRow(conversation=conversation, body=body, seal=_seal(body)))


def _seal(body: Any) -> int:
    return zlib.crc32(str(body).encode())
