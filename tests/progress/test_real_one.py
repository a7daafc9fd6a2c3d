"""The real conversation: a day, a card with no lines to recite, and what was feared beside what came."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from edgewise import Edgewise, MemoryStore, preset
from edgewise.entrypoints.progress_words import when_they
from edgewise.entrypoints.real_words import calendar_file, card_in_markdown, feared_in_words
from edgewise.errors import PracticeStoppedError
from edgewise.progress import Afterwards, AgainstFear, RealOne, TookPlace, Way, card_of, edge_map, feared_over_all
from edgewise.take import Move
from tests.people import KIND, manager
from tests.progress.records import a_run, met

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
reals = st.lists(
    st.builds(
        RealOne,
        afterwards=st.none()
        | st.builds(
            Afterwards,
            told=st.just(NOW),
            took_place=st.sampled_from(TookPlace),
            went=st.none() | st.sampled_from(AgainstFear),
        ),
    ),
    max_size=10,
)


def rehearsed(now: datetime = NOW) -> tuple[Edgewise, str]:
    edgewise = Edgewise(store=MemoryStore(), now=lambda: now)
    conversation = edgewise.begin(manager(), preset("usual"), seed=3)
    conversation.say(KIND[0])
    conversation.end()
    return edgewise, conversation.rehearsal.id


def test_the_card_holds_what_you_came_with_and_what_to_remember_of_yourself() -> None:
    steady, gives_way = [met(Move.DENY) for _ in range(12)], met(Move.SARCASM, Way.COLLAPSE)
    edges = edge_map([a_run(*steady, *[gives_way] * 5)])
    card = card_of(
        manager(), edges, RealOne(remember="I can be slow\n\nMy voice is enough"), map(when_they, edges.edges)
    )
    assert card.points == tuple(point.text for point in manager().key_points)
    assert card.remember[:2] == ("I can be slow", "My voice is enough")
    assert card.remember[2].startswith("When they are sarcastic, you give way.")
    written = card_in_markdown(card)
    assert all(one in written for one in ("I can be slow", *card.points))


def test_it_is_asked_how_it_went_once_its_time_has_come_and_until_it_is_told() -> None:
    for real, asks in (
        (RealOne(), False),
        (RealOne(day=date(2026, 3, 4)), False),  # the day is not over
        (RealOne(day=date(2026, 3, 4), at=time(11, 0)), True),
        (RealOne(day=date(2026, 3, 3)), True),
        (RealOne(day=date(2026, 3, 3), afterwards=Afterwards(told=NOW)), False),
        (RealOne(day=date(2026, 3, 3), afterwards=Afterwards(told=NOW, took_place=TookPlace.NOT_YET)), True),
    ):
        assert real.asks_how_it_went(NOW) is asks


def test_a_conversation_whose_day_has_passed_waits_to_be_told_of() -> None:
    edgewise, name = rehearsed()
    edgewise.keep_real_one(name, RealOne(day=NOW.astimezone().date() - timedelta(days=1)))
    assert [one.id for one in edgewise.to_be_told()] == [name]
    told = edgewise.real_one(name).model_copy(update={"afterwards": Afterwards(told=NOW, went=AgainstFear.BETTER)})
    edgewise.keep_real_one(name, told)
    assert edgewise.to_be_told() == ()
    assert feared_in_words(edgewise.feared_over_all()) == "The one you told of went better than you feared."


def test_what_is_told_of_it_is_looked_at_for_danger_before_it_is_kept() -> None:
    edgewise, name = rehearsed()
    with pytest.raises(PracticeStoppedError):
        edgewise.keep_real_one(name, RealOne(remember="If it goes wrong I am going to kill myself tonight."))
    assert edgewise.real_one(name) == RealOne()


@given(reals, reals)
def test_feared_beside_actual_never_counts_more_than_was_told_and_never_loses_any(
    some: list[RealOne], more: list[RealOne]
) -> None:
    before, after = feared_over_all(some), feared_over_all([*some, *more])
    assert 0 <= before.better <= before.of <= len(some)
    assert after.better >= before.better
    assert after.of >= before.of


@given(
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.text(max_size=60),
)
def test_a_calendar_reads_the_day_back_whatever_it_is_called(day: date, at: time | None, named: str) -> None:
    file = calendar_file(RealOne(day=day, at=at), "some conversation", named=named, now=NOW)
    (event,) = Calendar.from_ical(file).walk("VEVENT")
    assert event.decoded("dtstart") == (day if at is None else datetime.combine(day, at))


def test_a_calendar_is_told_nothing_of_what_it_is_about_unless_you_name_it() -> None:
    real = RealOne(day=date(2026, 3, 4), remember="She always cries")
    file = calendar_file(real, "Telling Mum about the money", now=NOW)
    assert b"Time to talk" in file
    assert b"Mum" not in file
    assert b"cries" not in file
    assert file == calendar_file(real, "Telling Mum about the money", now=NOW)
