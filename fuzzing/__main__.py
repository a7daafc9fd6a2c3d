"""Gives one parser ever stranger files, led by which of our lines they reach, until it does not say what is wrong."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["edgewise", "tomllib", "png"]):
    from edgewise.adapters.card_pictures import picture_with
    from edgewise.adapters.examples import example_names, example_text
    from edgewise.adapters.given_files import holds_a_situation, situation_in
    from edgewise.adapters.memory_store import MemoryStore
    from edgewise.app import Edgewise
    from edgewise.counterpart.additions import read_additions
    from edgewise.errors import EdgewiseError
    from edgewise.situation import read_situation, write_card, write_situation

ADDITIONS = '[styles.gruff]\nheard_in = ["gruff"]\n\n[[lines]]\nmove = "dismiss"\nstyle = ["gruff"]\ntext = ["Hm."]\n'


def situation(given: bytes) -> None:
    """A situation file, or a character card as JSON or PNG: it reads, and what was read is written again."""
    holds_a_situation(given)
    read = situation_in(given, called="the file")
    assert read_situation(write_situation(read)) == read  # noqa: S101 - a fuzzer has nothing else to say
    write_card(read).encode()


def rehearsal(given: bytes) -> None:
    """An exported rehearsal."""
    Edgewise(store=MemoryStore()).import_(given.decode("utf-8", errors="replace"))


def additions(given: bytes) -> None:
    """Lines, takes and styles of one's own."""
    read_additions(given.decode("utf-8", errors="replace"), called="the file")


TARGETS: dict[str, tuple[Callable[[bytes], None], list[bytes]]] = {
    "situation": (
        situation,
        [
            *(example_text(name).encode() for name in example_names()),
            write_card(read_situation(example_text(example_names()[0]))).encode(),
            picture_with(json.dumps({"name": "Jo", "mes_example": "{{char}}: Fine."})),
        ],
    ),
    "rehearsal": (rehearsal, [b'{"format": 1, "id": "a", "situation": {}, "take": {"name": "usual"}, "turns": []}']),
    "additions": (additions, [ADDITIONS.encode()]),
}


def main() -> None:
    """Fuzz one of them for a while."""
    asked = argparse.ArgumentParser(description=main.__doc__)
    asked.add_argument("what", choices=TARGETS)
    asked.add_argument("--seconds", type=int, default=60)
    told = asked.parse_args()
    parse, seeds = TARGETS[told.what]

    def survives(given: bytes) -> None:
        try:
            parse(given)
        except EdgewiseError:
            return

    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(seeds):
            Path(corpus, str(number)).write_bytes(seed)
        how = [sys.argv[0], corpus, f"-max_total_time={told.seconds}", "-max_len=20000", "-rss_limit_mb=4096"]
        atheris.Setup(how, survives)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
