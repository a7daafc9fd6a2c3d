"""Many conversations on one server write to one file."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from edgewise.adapters.storage.sqlite_store import SqliteStore
from tests.contract.rehearsals import a_rehearsal, them, you


def test_many_conversations_at_once_all_keep_every_turn(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path, wait_s=0.01)  # so short that whoever had to wait for SQLite would be refused

    def hold(number: int) -> None:
        rehearsal = a_rehearsal(f"talk-{number}")
        store.begin(rehearsal)
        for place in range(len(rehearsal.turns), len(rehearsal.turns) + 6):
            store.append(rehearsal.id, place, you(f"mine {place}") if place % 2 else them(f"theirs {place}"))

    try:
        with ThreadPoolExecutor(20) as crowd:
            list(crowd.map(hold, range(20)))
        assert {one.turns for one in store.listed()} == {6 + len(a_rehearsal().turns)}
        assert len(store.listed()) == 20
    finally:
        store.close()
