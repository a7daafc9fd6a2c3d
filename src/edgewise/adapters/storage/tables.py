"""The shape of the data file."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """What the tables have in common: nothing but that they belong to one file."""


class RehearsalRow(Base):
    """One rehearsal without its turns.

    What a list shows stands before the long texts, so that listing thousands never reads those. `position` counts
    rehearsals as they were kept; `turns` says how many there must be, so that one
    that a failing disk lost is missed; `started_us` is `started` in microseconds since 1970 (UTC), to sort by.
    """

    __tablename__ = "rehearsals"
    __table_args__ = (Index("rehearsals_newest", "started_us", "position"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(unique=True)
    started_us: Mapped[int] = mapped_column(BigInteger)
    started: Mapped[str]
    heading: Mapped[str]
    person: Mapped[str]
    take_name: Mapped[str]
    ending: Mapped[str | None]
    format: Mapped[int]
    seed: Mapped[str]  # text: a seed may be larger than SQLite's 64 bits
    distress_before: Mapped[int | None]
    turns: Mapped[int]
    seal: Mapped[int] = mapped_column(BigInteger)
    reflection: Mapped[str | None]
    take: Mapped[str]
    situation: Mapped[str]
    remembered: Mapped[str | None]
    asked: Mapped[str | None]
    branch: Mapped[str | None]


class TurnRow(Base):
    """One turn at its place in a rehearsal, from 0."""

    __tablename__ = "turns"

    rehearsal_id: Mapped[str] = mapped_column(ForeignKey("rehearsals.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    who: Mapped[str]
    seal: Mapped[int] = mapped_column(BigInteger)
    body: Mapped[str]


class RecordRow(Base):
    """What one run shows across runs: made from its rehearsal, and made anew when another Edgewise reads it."""

    __tablename__ = "run_records"

    rehearsal_id: Mapped[str] = mapped_column(ForeignKey("rehearsals.id"), primary_key=True)
    made_by: Mapped[str]
    seal: Mapped[int] = mapped_column(BigInteger)
    body: Mapped[str]


class LadderRow(Base):
    """The ladder of one conversation."""

    __tablename__ = "ladders"

    conversation: Mapped[str] = mapped_column(primary_key=True)
    seal: Mapped[int] = mapped_column(BigInteger)
    body: Mapped[str]


class RealRow(Base):
    """The real conversation that one conversation is rehearsed for."""

    __tablename__ = "real_ones"

    conversation: Mapped[str] = mapped_column(primary_key=True)
    seal: Mapped[int] = mapped_column(BigInteger)
    body: Mapped[str]
