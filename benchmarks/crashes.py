"""What a crash costs: rehearsals killed with `kill -9` at random moments, and what stands on the disk afterwards.

    python -m benchmarks.crashes [KILLS] [SEED] [--locked]

One folder is used from the first kill to the last, so that what one crash leaves is what the next one starts from.
Each time a child takes up where the last one was killed, or begins anew, and says on a pipe what is kept as soon as
the store has said so. After the kill the data is opened in the ordinary way and must be whole; every turn that was
said to be kept must be there, word for word, and nothing that was deleted may be back. With --locked there is a
passphrase on the data.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from edgewise import Edgewise, MemoryStore, Reflection, Rehearsal, example, example_names, preset, preset_names
from edgewise.adapters.storage.copies import FILE_NAME
from edgewise.adapters.storage.locking import lock
from edgewise.adapters.storage.sqlite_store import SqliteStore
from edgewise.errors import DamagedDatabaseError
from edgewise.rehearsal import Ending, Turn

KILLS = 1000
LONGEST_LIFE_S = 0.4  # seconds a child lives at most: on average some ten turns
_LINES = (
    "In the Monday meeting you cut me off, and I stopped bringing you what I know.",
    "I want to finish my sentence before you answer.",
    "...",
    "You always do this. You never listen to a word I say.",
    "I can see the week has been hard on you, and I still need this to change.",
    "What would it take for you to let me finish?",
    "Sorry. I'm sorry, it's probably nothing.",
    "On Thursday it happened twice, in front of the client.",
)


class Telling(SqliteStore):
    """A store that says on a pipe what it has kept, once it has."""

    def __init__(self, folder: Path, pipe: int, passphrase: str) -> None:
        super().__init__(folder, passphrase=passphrase)
        self._pipe = pipe

    def begin(self, rehearsal: Rehearsal) -> None:
        """Keep a new rehearsal, and say so."""
        super().begin(rehearsal)
        self._tell("begun", rehearsal.id, len(rehearsal.turns))

    def append(self, rehearsal_id: str, place: int, turn: Turn) -> None:
        """Keep a turn, and say which."""
        super().append(rehearsal_id, place, turn)
        self._tell("turn", rehearsal_id, place, turn.model_dump_json())

    def end(self, rehearsal_id: str, ending: Ending) -> None:
        """Keep how it ended, and say so."""
        super().end(rehearsal_id, ending)
        self._tell("over", rehearsal_id)

    def reflect(self, rehearsal_id: str, reflection: Reflection) -> None:
        """Keep your own words, and say so."""
        super().reflect(rehearsal_id, reflection)
        self._tell("own words", rehearsal_id, reflection.going_for)

    def delete(self, rehearsal_id: str) -> None:
        """Say that it is to go, delete it, and say that it has gone."""
        self._tell("deleting", rehearsal_id)
        super().delete(rehearsal_id)
        self._tell("deleted", rehearsal_id)

    def _tell(self, *told: str | int) -> None:
        os.write(self._pipe, (json.dumps(told) + "\n").encode())  # at most one line in one stroke


def rehearse_for_ever(store: Telling, chance: random.Random) -> None:
    """Take up the unfinished rehearsal if there is one, and go on from rehearsal to rehearsal."""
    edgewise = Edgewise(store=store)
    while True:
        unfinished = edgewise.unfinished()
        if unfinished:
            conversation = edgewise.resume(unfinished.id)
        else:
            situation = example(chance.choice(example_names()))
            conversation = edgewise.begin(situation, preset(chance.choice(preset_names())))
        for _ in range(chance.randrange(1, 9)):
            if conversation.rehearsal.is_over:
                break
            conversation.say(chance.choice(_LINES))
        conversation.end()
        edgewise.reflect(conversation.rehearsal.id, Reflection(going_for=chance.choice(_LINES)))
        if chance.random() < 0.3:  # often enough to be hit by a kill
            edgewise.store.delete(chance.choice(edgewise.listed()).id)


@dataclass
class Told:
    """What the children have said to be kept."""

    turns: dict[str, dict[int, str]] = field(default_factory=dict[str, dict[int, str]])
    over: set[str] = field(default_factory=set[str])
    own_words: dict[str, str] = field(default_factory=dict[str, str])
    deleting: set[str] = field(default_factory=set[str])
    deleted: set[str] = field(default_factory=set[str])
    broke: list[str] = field(default_factory=list[str])

    @property
    def count(self) -> int:
        """How many turns have been said to be kept, of rehearsals that were not deleted."""
        return sum(len(turns) for turns in self.turns.values())

    def hears(self, lines: bytes) -> set[str]:
        """Take in what one child said; gives back the rehearsals it was in. A line cut off by the kill says nothing."""
        told = [json.loads(line) for line in lines.split(b"\n")[:-1]]
        for what, name, *more in told:
            if what == "begun":
                self.turns.setdefault(name, {})
            elif what == "turn":
                self.turns.setdefault(name, {})[more[0]] = more[1]
            elif what == "over":
                self.over.add(name)
            elif what == "own words":
                self.own_words[name] = more[0]
            elif what == "broke":
                self.broke.append(name)
            else:
                {"deleting": self.deleting, "deleted": self.deleted}[what].add(name)
        return {name for _, name, *_ in told}


@dataclass
class Found:
    """What was wrong after the kills; all of it must be nothing.

    Attributes:
        lost: turns, endings and own words that were kept and are not there any more, or not as they were.
        back: rehearsals that were deleted and are there again.
        broken: times the data did not open, or was not whole.
    """

    kills: int = 0
    kept: int = 0
    lost: list[str] = field(default_factory=list[str])
    back: list[str] = field(default_factory=list[str])
    broken: list[str] = field(default_factory=list[str])
    in_the_middle: int = 0

    @property
    def nothing(self) -> bool:
        """Whether nothing was wrong."""
        return not (self.lost or self.back or self.broken)


def crashes(folder: Path, kills: int, chance: random.Random, *, passphrase: str = "") -> Found:
    """Kill so many children in this folder, and look after each; with a passphrase on the data, if there is one."""
    if passphrase:
        SqliteStore(folder).close()
        lock(folder, passphrase)
    os.cpu_count = lambda: 1  # the networks then answer without threads of their own, which a fork would leave behind
    _warm_up()
    told, found = Told(), Found()
    for _ in range(kills):
        named = told.hears(_life(folder, chance, passphrase))
        found.kills += 1
        found.in_the_middle += (folder / f"{FILE_NAME}-wal").exists()
        look(folder, told, named, found, passphrase)
    look(folder, told, set(told.turns), found, passphrase)
    found.kept = told.count
    found.broken += told.broke
    return found


def _warm_up() -> None:
    """Load all that an answer needs before the first fork; no database may be open then."""
    conversation = Edgewise(store=MemoryStore()).begin(example("belittling-manager"), preset("usual"))
    conversation.say(_LINES[0])


def _life(folder: Path, chance: random.Random, passphrase: str) -> bytes:
    """The life of one child, from its first word to the kill; what it said."""
    reads, writes = os.pipe()
    seed, lives, speaks = chance.random(), chance.uniform(0, LONGEST_LIFE_S), chance.random() < 0.8
    child = os.fork()
    if child == 0:
        os.close(reads)
        _live(folder, writes, random.Random(seed), passphrase)
    os.close(writes)
    if speaks:  # most lives are counted from the first word kept, the others from birth: those end while it opens
        select.select([reads], [], [])
    time.sleep(lives)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reads, "rb") as said:
        return said.read()


def _live(folder: Path, pipe: int, chance: random.Random, passphrase: str) -> None:
    try:
        rehearse_for_ever(Telling(folder, pipe, passphrase), chance)
    except BaseException as broke:  # a child that breaks must say so, whatever it was
        os.write(pipe, (json.dumps(("broke", f"{type(broke).__name__}: {broke}")) + "\n").encode())
        raise
    finally:
        os._exit(1)


def look(folder: Path, told: Told, named: set[str], found: Found, passphrase: str = "") -> None:
    """Open what is there and hold it to what was told."""
    with closing(SqliteStore(folder, passphrase=passphrase)) as store:
        try:
            store.check()
        except DamagedDatabaseError as damage:
            found.broken.append(f"kill {found.kills}: {damage}")
        there = {listed.id for listed in store.listed()}
        found.back += sorted(told.deleted & there)
        for name in sorted(named & set(told.turns)):
            if name in there:
                _hold(store.load(name), told, found)
            elif name not in told.deleting:
                found.lost.append(f"{name}: all of it")
            else:
                told.turns.pop(name)
                told.deleted.add(name)


def _hold(rehearsal: Rehearsal, told: Told, found: Found) -> None:
    kept = [turn.model_dump_json() for turn in rehearsal.turns]
    for place, words in told.turns[rehearsal.id].items():
        if kept[place : place + 1] != [words]:
            found.lost.append(f"{rehearsal.id}: turn {place}")
    if rehearsal.id in told.over and not rehearsal.is_over:
        found.lost.append(f"{rehearsal.id}: how it ended")
    own = rehearsal.reflection.going_for if rehearsal.reflection else None
    if rehearsal.id in told.own_words and own != told.own_words[rehearsal.id]:
        found.lost.append(f"{rehearsal.id}: your own words")


def main(kills: int = KILLS, seed: int = 0, *, locked: bool = False) -> None:
    """Kill, look, and print what was found."""
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="edgewise-crashes-") as folder:
        passphrase = "a long walk by the sea" if locked else ""
        found = crashes(Path(folder), kills, random.Random(seed), passphrase=passphrase)
    print(f"kills                                  {found.kills:6}")
    print(f"  that left a log to be taken up       {found.in_the_middle:6}")
    print(f"turns said to be kept, and looked for  {found.kept:6}")
    print(f"turns, endings or own words lost       {len(found.lost):6}")
    print(f"deleted and back again                 {len(found.back):6}")
    print(f"did not open, or not whole             {len(found.broken):6}")
    print(f"seconds                                {time.perf_counter() - began:6.0f}")
    for trouble in (*found.lost, *found.back, *found.broken):
        print(trouble)
    if not found.nothing:
        sys.exit(1)


if __name__ == "__main__":
    given = sys.argv[1:]
    main(*(int(one) for one in given if one != "--locked"), locked="--locked" in given)
