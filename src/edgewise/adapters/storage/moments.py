"""When a rehearsal began, as a number that sorts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def moment(started: datetime) -> int:
    """When it began, in microseconds since 1970; a time without a zone counts as UTC."""
    since = started.replace(tzinfo=None) - _EPOCH - (started.utcoffset() or timedelta())
    return since // timedelta(microseconds=1)
