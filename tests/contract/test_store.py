"""What every store promises, on disk or in memory: one suite that each of them passes."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Protocol

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edgewise.adapters.memory_store import MemoryStore
from edgewise.adapters.storage.sqlite_store import SqliteStore
from edgewise.errors import (
    AlreadyKeptError,
    DeveloperError,
    EdgewiseError,
    ElsewhereError,
    PersonError,
    RehearsalOverError,
    UnknownNameError,
)
from edgewise.ports.store import Store
from edgewise.progress import Ladder, RealOne, RunRecord, conversation_key
from edgewise.progress.run_record import Reply
from edgewise.rehearsal import Ending, Reflection, Rehearsal, Turn
from tests.contract.rehearsals import NOON, a_rehearsal, recalled, reflections, rehearsals, them, turns, you

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class ClosingStore(Store, Protocol):
    def close(self) -> None: ...


@pytest.fixture(params=["on disk", "in memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ClosingStore]:
    kept: ClosingStore = SqliteStore(tmp_path / "data") if request.param == "on disk" else MemoryStore()
    yield kept
    kept.close()


manyfold = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def names(store: Store) -> list[str]:
    return [shown.id for shown in store.listed()]


@manyfold
@given(rehearsal=rehearsals)
def test_what_is_kept_loads_equal(store: Store, rehearsal: Rehearsal):
    store.delete_everything()
    store.begin(rehearsal)
    loaded = store.load(rehearsal.id)
    assert loaded == rehearsal
    assert loaded.model_dump_json() == rehearsal.model_dump_json()


@manyfold
@given(said=st.lists(turns, max_size=6), reflection=reflections)
def test_a_rehearsal_kept_turn_by_turn_loads_equal(store: Store, said: list[Turn], reflection: Reflection):
    store.delete_everything()
    whole = a_rehearsal()
    store.begin(whole)
    for place, turn in enumerate(said):
        store.append(whole.id, place, turn)
        whole = whole.with_turn(turn)
    store.end(whole.id, Ending.YOU_ENDED)
    store.reflect(whole.id, reflection)
    assert store.load(whole.id) == whole.ended().reflected(reflection)


def test_a_rehearsal_with_turns_goes_on_from_its_last_turn(store: Store):
    store.begin(a_rehearsal(turns=(you(), them())))
    store.append("monday-1", 2, you("Again, then."))
    assert store.load("monday-1").turns == (you(), them(), you("Again, then."))


def test_a_seed_larger_than_sixty_four_bits_is_kept(store: Store):
    big = a_rehearsal().model_copy(update={"seed": 2**64 - 1})
    store.begin(big)
    assert store.load("monday-1").seed == 2**64 - 1


def test_a_rehearsal_of_the_same_name_does_not_overwrite_the_first(store: Store):
    store.begin(a_rehearsal(turns=(you(),)))
    with pytest.raises(AlreadyKeptError, match="already kept"):
        store.begin(a_rehearsal())
    assert store.load("monday-1").turns == (you(),)


def test_a_place_already_taken_is_refused_and_the_first_words_stay(store: Store):
    store.begin(a_rehearsal(turns=(you("First."),)))
    with pytest.raises(ElsewhereError, match="Another Edgewise window") as refused:
        store.append("monday-1", 0, you("Second."))
    assert "edgewise resume monday-1" in refused.value.next_step
    assert store.load("monday-1").turns == (you("First."),)


def test_a_place_before_the_first_is_refused(store: Store):
    store.begin(a_rehearsal(turns=(you(),)))
    with pytest.raises(DeveloperError):
        store.append("monday-1", -1, you())
    assert store.load("monday-1").turns == (you(),)


def test_a_gap_in_the_conversation_is_refused(store: Store):
    store.begin(a_rehearsal(turns=(you(),)))
    with pytest.raises(DeveloperError, match="1 turns are on disk"):
        store.append("monday-1", 2, you())
    assert store.load("monday-1").turns == (you(),)


def test_nothing_is_added_to_a_conversation_that_has_ended(store: Store):
    store.begin(a_rehearsal(turns=(you(),)))
    store.end("monday-1", Ending.YOU_ENDED)
    with pytest.raises(RehearsalOverError):
        store.append("monday-1", 1, them())
    assert store.load("monday-1").turns == (you(),)


def test_when_they_leave_the_conversation_is_over_with_that_turn(store: Store):
    store.begin(a_rehearsal(turns=(you(),)))
    store.append("monday-1", 1, them(leaves=True))
    assert store.load("monday-1").ending is Ending.THEY_LEFT


def test_how_it_first_ended_stays(store: Store):
    store.begin(a_rehearsal(ending=Ending.THEY_LEFT))
    store.end("monday-1", Ending.YOU_ENDED)
    assert store.load("monday-1").ending is Ending.THEY_LEFT


def test_your_own_words_can_be_written_anew(store: Store):
    store.begin(a_rehearsal())
    store.reflect("monday-1", Reflection(going_for="first thought"))
    store.reflect("monday-1", Reflection(going_for="second thought"))
    assert store.load("monday-1").reflection == Reflection(going_for="second thought")


def test_the_beginning_of_an_id_is_enough_when_only_one_begins_so(store: Store):
    store.begin(a_rehearsal("abc-1"))
    store.begin(a_rehearsal("abd-1"))
    assert store.load("abc").id == "abc-1"


def test_a_whole_id_is_found_although_another_begins_with_it(store: Store):
    store.begin(a_rehearsal("abc-1"))
    store.begin(a_rehearsal("abc"))
    assert store.load("abc").id == "abc"


def test_a_beginning_that_several_share_names_them_and_points_to_the_list(store: Store):
    for number in range(7):
        store.begin(a_rehearsal(f"abc-{number}"))
    with pytest.raises(UnknownNameError, match="abc-0, abc-1") as refused:
        store.load("abc")
    assert "edgewise list" in refused.value.next_step


@pytest.mark.parametrize("wild", ["%", "_", "a_c", "ab%", "ABC", "*", "a?c", "[a]"])
def test_no_letter_of_a_name_is_a_wildcard_and_case_counts(store: Store, wild: str):
    store.begin(a_rehearsal("abc-1"))
    with pytest.raises(UnknownNameError):
        store.load(wild)


def test_an_underscore_in_a_name_means_an_underscore(store: Store):
    store.begin(a_rehearsal("a_c"))
    store.begin(a_rehearsal("abc"))
    assert store.load("a_").id == "a_c"


@pytest.mark.parametrize("nonsense", ["", " ", "x", "x" * 100_000, "a\x00b", "\udcff", "émile", "'; DROP TABLE turns"])
def test_a_name_that_nothing_has_is_said_to_be_unknown_whatever_is_asked(store: Store, nonsense: str):
    store.begin(a_rehearsal())
    asked = (
        lambda: store.load(nonsense),
        lambda: store.append(nonsense, 0, you()),
        lambda: store.end(nonsense, Ending.YOU_ENDED),
        lambda: store.reflect(nonsense, Reflection()),
        lambda: store.delete(nonsense),
    )
    for ask in asked:
        with pytest.raises(UnknownNameError) as refused:
            ask()
        assert "edgewise list" in refused.value.next_step
        assert len(refused.value.happened) < 200
    assert names(store) == ["monday-1"]


def test_only_a_whole_id_changes_or_deletes_anything(store: Store):
    store.begin(a_rehearsal("monday-1"))
    for change in (lambda: store.delete("monday"), lambda: store.end("last", Ending.YOU_ENDED)):
        with pytest.raises(UnknownNameError):
            change()
    assert store.load("monday-1") == a_rehearsal("monday-1")


def test_last_is_the_newest(store: Store):
    store.begin(a_rehearsal("newer", minutes=5))
    store.begin(a_rehearsal("older"))
    assert store.load("last").id == "newer"


def test_last_is_unknown_when_nothing_was_rehearsed(store: Store):
    with pytest.raises(UnknownNameError):
        store.load("last")


def test_a_rehearsal_really_called_last_is_found_by_its_name(store: Store):
    store.begin(a_rehearsal("last"))
    store.begin(a_rehearsal("lasting", minutes=5))
    assert store.load("last").id == "last"


def test_the_list_shows_the_newest_first_with_what_a_person_looks_for(store: Store):
    store.begin(a_rehearsal("older", turns=(you(), them()), ending=Ending.YOU_ENDED))
    store.begin(a_rehearsal("newest", minutes=9))
    store.begin(a_rehearsal("between", minutes=3))
    assert names(store) == ["newest", "between", "older"]
    shown = store.listed()[-1]
    assert (shown.heading, shown.person, shown.take) == ("Put my name on the report", "Dana", "defensive")
    assert (shown.turns, shown.started, shown.ending) == (2, NOON, Ending.YOU_ENDED)


def test_of_two_that_began_in_the_same_moment_the_one_kept_later_comes_first(store: Store):
    store.begin(a_rehearsal("b-first"))
    store.begin(a_rehearsal("a-second"))
    assert names(store) == ["a-second", "b-first"]


def test_newest_is_told_by_the_moment_not_by_the_clock_on_the_wall(store: Store):
    from datetime import timedelta, timezone  # noqa: PLC0415

    early = a_rehearsal("tokyo").model_copy(
        update={"started": NOON.replace(tzinfo=timezone(timedelta(hours=9)), hour=13)}
    )
    store.begin(a_rehearsal("london"))
    store.begin(early)
    assert names(store) == ["london", "tokyo"]


def test_a_deleted_rehearsal_is_gone_and_the_others_stay(store: Store):
    store.begin(a_rehearsal("one", turns=(you(),)))
    store.begin(a_rehearsal("two", turns=(you(), them())))
    store.delete("one")
    assert names(store) == ["two"]
    assert store.load("two").turns == (you(), them())
    with pytest.raises(UnknownNameError):
        store.load("one")


def test_what_others_remember_of_a_deleted_rehearsal_goes_with_it(store: Store):
    store.begin(a_rehearsal("one", turns=(you("It's fine."),)))
    store.begin(a_rehearsal("two").model_copy(update={"remembered": (recalled("one"), recalled("three", "harsh"))}))
    store.delete("one")
    assert store.load("two").remembered == (recalled("three", "harsh"),)


def test_a_name_set_free_by_deleting_can_be_used_again_and_brings_nothing_back(store: Store):
    store.begin(a_rehearsal(turns=(you(),)))
    store.delete("monday-1")
    store.begin(a_rehearsal())
    assert store.load("monday-1").turns == ()


def test_delete_everything_leaves_an_empty_list_that_can_be_filled_again(store: Store):
    store.begin(a_rehearsal("one", turns=(you(),)))
    store.begin(a_rehearsal("two"))
    store.delete_everything()
    assert store.listed() == ()
    store.begin(a_rehearsal("three"))
    assert names(store) == ["three"]


def test_every_refusal_names_the_next_step(store: Store):
    store.begin(a_rehearsal(turns=(you(),)))
    refused: list[EdgewiseError] = []
    for ask in (
        lambda: store.begin(a_rehearsal()),
        lambda: store.append("monday-1", 0, you()),
        lambda: store.append("monday-1", 9, you()),
        lambda: store.load("nobody"),
    ):
        with pytest.raises(EdgewiseError) as caught:
            ask()
        refused.append(caught.value)
    assert all(error.happened and error.next_step for error in refused)
    assert isinstance(refused[-1], PersonError)


def a_record(rehearsal: str, words: str = "I wrote that report.") -> RunRecord:
    return RunRecord(rehearsal=rehearsal, started=NOON, take="usual", replies=(Reply(turn=1, move=None, words=words),))


def ladder_with(words: str, *, run: str | None = None) -> Ladder:
    ladder = Ladder().with_rung(words, 40)
    return ladder.climbed("own-1", NOON, run) if run else ladder


def conversation_of(rehearsal: Rehearsal) -> str:
    return conversation_key(rehearsal.situation.heading, rehearsal.situation.person.known_as)


def test_the_record_of_a_run_is_kept_and_what_another_edgewise_made_is_not_given_back(store: Store):
    store.begin(a_rehearsal())
    store.keep_record(a_record("monday-1"), made_by="1")
    assert store.records(["monday-1", "nobody"], made_by="1") == {"monday-1": a_record("monday-1")}
    assert store.records(["monday-1"], made_by="2") == {}
    store.keep_record(a_record("monday-1", "Other words."), made_by="2")
    assert store.records(["monday-1"], made_by="2")["monday-1"].replies[0].words == "Other words."


def test_a_record_goes_with_its_rehearsal_and_none_is_kept_of_one_that_is_not_here(store: Store):
    store.begin(a_rehearsal())
    store.keep_record(a_record("monday-1"), made_by="1")
    store.delete("monday-1")
    assert store.records(["monday-1"], made_by="1") == {}
    with pytest.raises(UnknownNameError):
        store.keep_record(a_record("monday-1"), made_by="1")


def test_keeping_a_record_changes_no_rehearsal_and_no_other_record(store: Store):
    for name in ("monday-1", "monday-2"):
        store.begin(a_rehearsal(name))
        store.keep_record(a_record(name), made_by="1")
    store.keep_record(a_record("monday-2", "Other words."), made_by="1")
    assert store.records(["monday-1"], made_by="1") == {"monday-1": a_record("monday-1")}
    assert store.load("monday-1") == a_rehearsal("monday-1")


def test_a_ladder_is_kept_and_replaced(store: Store):
    assert store.ladder("here") is None
    store.keep_ladder("here", ladder_with("Say hello."))
    store.keep_ladder("here", ladder_with("Say more."))
    assert store.ladder("here") == ladder_with("Say more.")
    assert store.ladder("there") is None


def test_a_ladder_goes_with_the_last_rehearsal_of_its_conversation(store: Store):
    for name in ("monday-1", "monday-2"):
        store.begin(a_rehearsal(name))
    here = conversation_of(a_rehearsal())
    store.keep_ladder(here, ladder_with("Say hello.", run="monday-1"))
    store.delete("monday-1")
    assert store.ladder(here) == ladder_with("Say hello.", run="monday-1").without_run("monday-1")
    store.delete("monday-2")
    assert store.ladder(here) is None


def test_a_ladder_goes_along_when_its_conversation_is_called_otherwise(store: Store):
    store.begin(a_rehearsal())
    store.keep_ladder(conversation_of(a_rehearsal()), ladder_with("Say hello."))
    store.rename("monday-1", "The report")
    assert store.ladder(conversation_of(a_rehearsal())) is None
    assert store.ladder(conversation_of(a_rehearsal().titled("The report"))) == ladder_with("Say hello.")


def test_a_real_one_is_kept_replaced_and_goes_with_the_last_rehearsal(store: Store):
    store.begin(a_rehearsal())
    here = conversation_of(a_rehearsal())
    store.keep_real_one(here, RealOne(remember="Breathe"))
    store.keep_real_one(here, RealOne(day=date(2026, 3, 4), at=time(9, 30)))
    assert store.real_ones() == {here: RealOne(day=date(2026, 3, 4), at=time(9, 30))}
    store.rename("monday-1", "The report")
    assert list(store.real_ones()) == [conversation_of(a_rehearsal().titled("The report"))]
    store.delete("monday-1")
    assert store.real_ones() == {}


def test_deleting_everything_takes_records_and_ladders_too(store: Store):
    store.begin(a_rehearsal())
    store.keep_record(a_record("monday-1"), made_by="1")
    store.keep_ladder("here", ladder_with("Say hello."))
    store.keep_real_one("here", RealOne(remember="Breathe"))
    store.delete_everything()
    assert store.ladder("here") is None
    assert store.real_ones() == {}
    assert store.records(["monday-1"], made_by="1") == {}
