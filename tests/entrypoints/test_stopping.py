from __future__ import annotations

from pathlib import Path

from edgewise.app import Edgewise
from tests.entrypoints.conftest import READY, Run, Terminal

ALONE = "I want to kill myself. I have the tablets here."


def test_a_script_with_words_of_danger_stops_with_help_and_says_what_was_kept(run: Run, tmp_path: Path):
    script = tmp_path / "lines.txt"
    script.write_text(f"Hello.\n{ALONE}\n", encoding="utf-8")

    done = run("rehearse", "belittling-manager", "--take", "usual", "--script", str(script))

    assert done.returncode == 2
    assert "I want to kill myself." in done.stderr
    assert "findahelpline.com" in done.stderr or "999" in done.stderr or "911" in done.stderr
    assert "Traceback" not in done.stderr


def test_in_the_terminal_one_can_say_it_was_not_meant_so_and_go_on(terminal: Terminal, kept: Edgewise):
    here = terminal("rehearse", "belittling-manager", "--take", "usual", "--seed", "7", "--pace", "fast")
    here.sees("0 to 100", READY)
    here.types("")
    here.sees(READY)
    here.types(ALONE)
    here.sees("This matters more than practice", "not meant", READY)
    here.types("not meant")
    here.sees(READY)
    here.types("/pause")
    here.leaves_with()

    rehearsal = kept.rehearsal(kept.listed()[0].id)
    assert any(turn.text == ALONE for turn in rehearsal.turns)


def test_leaving_after_a_stop_keeps_nothing_of_the_words(terminal: Terminal, kept: Edgewise):
    here = terminal("rehearse", "belittling-manager", "--take", "usual", "--seed", "7", "--pace", "fast")
    here.sees("0 to 100", READY)
    here.types("")
    here.sees(READY)
    here.types(ALONE)
    here.sees("This matters more than practice", READY)
    here.types("")
    assert here.leaves_with() == 0

    assert ALONE not in kept.rehearsal(kept.listed()[0].id).model_dump_json()
