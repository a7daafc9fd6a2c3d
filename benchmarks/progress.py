"""What accumulates across takes: how right over-rehearsal and edges are, and how soon the pages show them.

- over-rehearsal: hand-written sets of takes (`data/takes.jsonl`); the threshold was set on two thirds of them. Also cut
  down to their first two takes, of which nothing may be said.
- edges: simulated people with planted weaknesses (`simulated.py`) rehearse six times with the real counterpart; an
  edge counts as recovered when both the move and the way are right.
- pages: a folder with 2,000 rehearsals, once all of one conversation and once of forty; the median and the slowest of
  twenty requests to the progress page, in this process.

python -m benchmarks.progress [--people 48] [--rehearsals 2000]
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path

from fastapi.testclient import TestClient

from benchmarks.simulated import Simulated, simulated_people
from benchmarks.take_sets import TakeSet, take_sets
from edgewise.bootstrap import edgewise
from edgewise.counterpart import LearnedReader
from edgewise.entrypoints.web.application import application
from edgewise.progress.edges import edge_map
from edgewise.progress.over_rehearsal import over_rehearsal
from edgewise.progress.proportion import Share
from edgewise.progress.run_record import record_of
from edgewise.rehearsal import Rehearsal

PRECISION, RECALL, RECOVERED, FALSE = 0.90, 0.80, 0.90, 0.05
PAGE_MS, REQUESTS, SITUATIONS = 300, 20, 40
RUNS = 6


def main(given: Sequence[str] | None = None) -> None:
    """Print what each part measured."""
    parser = argparse.ArgumentParser(description="How right and how quick progress is.")
    parser.add_argument("--people", type=int, default=48, help="simulated people")
    parser.add_argument("--rehearsals", type=int, default=2000, help="rehearsals stored")
    asked = parser.parse_args([] if given is None else given)
    reader = LearnedReader()
    _over_rehearsal(reader)
    _edges(reader, asked.people)
    _pages(reader, asked.rehearsals)


def _over_rehearsal(reader: LearnedReader) -> None:
    print("over-rehearsal, on hand-written sets of takes\n")
    for unseen in (False, True):
        _judged("unseen" if unseen else "seen", list(take_sets(unseen=unseen)), reader)


def _judged(called: str, sets: Sequence[TakeSet], reader: LearnedReader) -> None:
    found = {one.id: _found(one.takes, reader) for one in sets}
    right = sum(found[one.id] and one.scripted for one in sets)
    said, scripted = sum(found.values()), sum(one.scripted for one in sets)
    on_two = sum(_found(one.takes[:2], reader) for one in sets)
    _share(f"  {called} ({len(sets)} sets): precision", Share(count=right, of=said), at_least=PRECISION)
    _share(f"  {called}: recall", Share(count=right, of=scripted), at_least=RECALL)
    _share(f"  {called}: said on two takes alone", Share(count=on_two, of=len(sets)), at_most=0.0)
    for one in sets:
        if found[one.id] is not one.scripted:
            print(f"    wrong: {one.id}, {one.kind}")


def _found(takes: Iterable[Rehearsal], reader: LearnedReader) -> bool:
    return over_rehearsal(record_of(take, reader) for take in takes).found


def _edges(reader: LearnedReader, count: int) -> None:
    people = simulated_people(count)
    print(f"\nedges, {count} simulated people, {RUNS} runs each\n")
    planted, found, right = 0, 0, 0
    for person in people:
        there = set(person.planted.items())
        seen = _edges_of(person, reader)
        planted, found, right = planted + len(there), found + len(seen), right + len(there & seen)
    _share("  planted edges recovered", Share(count=right, of=planted), at_least=RECOVERED)
    _share("  false among the edges found", Share(count=found - right, of=found), at_most=FALSE)


def _edges_of(person: Simulated, reader: LearnedReader) -> set[tuple[object, object]]:
    found = edge_map(record_of(run, reader) for run in person.runs(RUNS, reader))
    return {(edge.move, edge.way) for edge in found.edges}


def _pages(reader: LearnedReader, count: int) -> None:
    print(f"\npages, {count} rehearsals stored\n")
    runs = [run for person in simulated_people(4) for run in person.runs(RUNS, reader)]
    for situations in (1, SITUATIONS):
        with tempfile.TemporaryDirectory() as folder:
            _page(Path(folder), runs, count, situations)


def _page(folder: Path, runs: Sequence[Rehearsal], count: int, situations: int) -> None:
    ours = edgewise(folder)
    for number in range(count):
        ours.store.begin(_copied(runs[number % len(runs)], number, number % situations))
    client = TestClient(application(ours, folder), base_url="http://127.0.0.1")
    address = f"/progress/r{count - 1:05d}"
    client.get("/")
    first = _timed(client, address)
    ours.progress(f"r{count - 1:05d}")
    worked = time.process_time()
    times = sorted(_timed(client, address) for _ in range(REQUESTS))
    worked = 1000 * (time.process_time() - worked) / REQUESTS
    called = "one conversation" if situations == 1 else f"{situations} conversations"
    print(f"  {called}: median {statistics.median(times):.0f} ms, slowest {times[-1]:.0f} ms (at most {PAGE_MS})")
    print(f"    of which this program itself worked {worked:.0f} ms a page; the rest is what else the machine does")
    print(f"    the first, when no run of it had been read yet: {first:.0f} ms")
    ours.store.close()


def _copied(run: Rehearsal, number: int, situation: int) -> Rehearsal:
    return run.model_copy(
        update={
            "id": f"r{number:05d}",
            "started": run.started + timedelta(hours=number),
            "situation": run.situation.model_copy(update={"title": f"Conversation {situation}"}),
        }
    )


def _timed(client: TestClient, address: str) -> float:
    began = time.perf_counter()
    client.get(address).raise_for_status()
    return 1000 * (time.perf_counter() - began)


def _share(what: str, share: Share, *, at_least: float | None = None, at_most: float | None = None) -> None:
    low, high = share.interval()
    aim = f"at least {at_least:.2f}" if at_least is not None else f"at most {at_most:.2f}"
    print(f"{what:<52} {share.share:.3f} ({share.count} of {share.of}; {low:.2f} to {high:.2f}) ({aim})")


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
