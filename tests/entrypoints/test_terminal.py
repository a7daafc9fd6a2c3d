"""At a real terminal: a person types, waits, stops, comes back."""

from __future__ import annotations

import os
import subprocess
import sys
import time

from edgewise import Move, YourTurn

READY = "<ready>"
QUICKLY = ("--pace", "fast")


def begun(terminal, *more):
    sitting = terminal("rehearse", "belittling-manager", "--take", "usual", "--seed", "1", *QUICKLY, *more)
    sitting.sees("0 to 100", READY)
    sitting.types("70")
    sitting.sees(READY)
    return sitting


def your_words(rehearsal):
    return [turn.text for _, turn in rehearsal.your_turns]


def test_a_whole_rehearsal_by_hand_from_the_interview_to_the_debrief(terminal, kept):
    sitting = terminal("rehearse")
    sitting.sees("Tell me who", READY)
    sitting.types("1")
    for question, answer in (
        ("Who do you need", "Dana"),
        ("What are they to you", "my manager"),
        ("She, he", ""),
        ("How do they talk", "short"),
        ("What sets them off", "being rushed"),
        ("What do they care", "/go"),
        ("Keep these answers", ""),
        ("Which version", "1"),
        ("know afterwards", "1, 4"),
        ("of your own", "Did I mention the budget?"),
    ):
        sitting.sees(question, READY)
        sitting.types(answer)
    sitting.sees("Dana:", READY)
    sitting.types("I want to finish my sentences in meetings.")
    sitting.sees("Dana:", READY)
    sitting.types("/end")
    for question, answer in (("going for", "to be heard"), ("say it", "yes"), ("lose ground", ""), ("surprised", "")):
        sitting.sees(question, READY)
        sitting.types(answer)
    for question, answer in (
        ("worst moment", "80"),
        ("And now", "30"),
        ("ask of you", "70"),
        ("have for it now", "75"),
    ):
        sitting.sees(question, READY)
        sitting.types(answer)
    sitting.sees(
        "In your own words",
        "What the record shows",
        "Did I mention the budget",
        "What was hidden",
        "Another take?",
        READY,
    )
    sitting.types("n")
    assert sitting.leaves_with() == 0
    rehearsal = kept.rehearsal("last")
    assert your_words(rehearsal) == ["I want to finish my sentences in meetings."]
    assert rehearsal.reflection.distress_worst == 80
    assert rehearsal.turns[1].typing_s >= 0.0


def test_ctrl_c_loses_no_turn_and_resume_goes_on(terminal, kept):
    sitting = begun(terminal)
    sitting.types("I mind that.")
    sitting.sees(READY)
    sitting.child.send("half a sent")
    sitting.child.sendcontrol("c")
    assert sitting.leaves_with() == 130
    rehearsal = kept.rehearsal("last")
    assert f"edgewise resume {rehearsal.id}" in sitting.seen
    assert your_words(rehearsal) == ["I mind that."]
    again = terminal("resume", *QUICKLY)
    again.sees("where you stopped", "I mind that.", READY)
    again.types("I still do.")
    again.sees(READY)
    again.child.sendcontrol("d")
    assert again.leaves_with() == 0
    assert your_words(kept.rehearsal("last")) == ["I mind that.", "I still do."]


def test_ctrl_c_in_the_interview_keeps_the_answers(terminal, home):
    sitting = terminal("rehearse")
    sitting.sees(READY)
    sitting.types("1")
    sitting.sees("Who do you need", READY)
    sitting.types("Dana")
    sitting.sees("to you", READY)
    sitting.child.sendcontrol("c")
    assert sitting.leaves_with() == 130
    assert "Your answers are kept." in sitting.seen
    (draft,) = (home / "drafts").glob("*.toml")
    assert "Dana" in draft.read_text(encoding="utf-8")


def test_ctrl_c_among_your_own_words_keeps_those_you_gave(terminal, kept):
    sitting = begun(terminal)
    sitting.types("/end")
    sitting.sees("going for", READY)
    sitting.types("to be heard")
    sitting.sees("say it", READY)
    sitting.child.sendcontrol("c")
    assert sitting.leaves_with() == 130
    rehearsal = kept.rehearsal("last")
    assert rehearsal.reflection.going_for == "to be heard"
    assert f"edgewise debrief {rehearsal.id}" in sitting.seen


def test_a_terminal_that_is_closed_loses_no_turn(terminal, kept):
    sitting = begun(terminal)
    sitting.types("I mind that.")
    sitting.sees(READY)
    sitting.hangs_up()
    rehearsal = kept.rehearsal("last")
    assert your_words(rehearsal) == ["I mind that."]
    assert not rehearsal.is_over


def test_a_turn_too_long_comes_back_to_be_shortened(terminal, kept):
    sitting = begun(terminal)
    sitting.child.send("\x1b[200~" + "so " * 2000 + "\x1b[201~\r")
    sitting.sees("one turn can hold 5,000", READY)
    sitting.child.sendcontrol("e")
    sitting.child.send("\x15I mind that.\r")
    sitting.sees(READY)
    sitting.child.sendcontrol("d")
    assert sitting.leaves_with() == 0
    assert your_words(kept.rehearsal("last")) == ["I mind that."]


def test_words_the_disk_would_not_take_come_back_to_be_sent_again(terminal, kept, tmp_path, monkeypatch):
    (tmp_path / "sitecustomize.py").write_text(_DISK_IS_FULL_ONCE, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    sitting = begun(terminal)
    sitting.types("I mind that.")
    sitting.sees("disk is full", READY)
    sitting.types("")
    sitting.sees(READY)
    sitting.types("/pause")
    assert sitting.leaves_with() == 0
    assert your_words(kept.rehearsal("last")) == ["I mind that."]


def test_what_is_pasted_with_line_breaks_is_one_turn(terminal, kept):
    sitting = begun(terminal)
    sitting.child.send("\x1b[200~I mind that.\nI mind it a lot.\x1b[201~\r")
    sitting.sees(READY)
    sitting.types("/pause")
    assert sitting.leaves_with() == 0
    assert your_words(kept.rehearsal("last")) == ["I mind that.\nI mind it a lot."]


def test_the_seconds_before_your_first_key_are_counted(terminal, kept):
    sitting = begun(terminal)
    time.sleep(1.5)
    sitting.types("I mind that.")
    sitting.sees(READY)
    sitting.types("/pause")
    sitting.leaves_with()
    assert 1.3 <= kept.rehearsal("last").turns[1].silence_s <= 6.0


def gone_quiet(terminal, kept):
    """A sitting in which they have just said nothing."""
    sitting = terminal("rehearse", "belittling-manager", "--take", "goes-quiet", "--seed", "1", *QUICKLY)
    sitting.sees(READY)
    sitting.types("")
    for number in range(12):
        sitting.sees(READY)
        last = kept.rehearsal("last").turns[-1]
        if last.move is Move.GO_SILENT:
            return sitting, last
        sitting.types(f"I need you to let me finish in meetings, that is point {number}.")
    raise AssertionError(sitting.seen)


def test_a_silence_you_let_pass_ends_by_itself(terminal, kept):
    sitting, silence = gone_quiet(terminal, kept)
    before = len(kept.rehearsal("last").turns)
    sitting.sees("You say nothing either", READY)
    yours = kept.rehearsal("last").turns[before]
    assert isinstance(yours, YourTurn)
    assert yours.is_silence
    assert abs(yours.silence_s - silence.silence_s) < 1.5


def test_a_silence_you_break_is_timed_and_does_not_end_by_itself(terminal, kept):
    sitting, silence = gone_quiet(terminal, kept)
    before = len(kept.rehearsal("last").turns)
    time.sleep(1.0)
    sitting.child.send("I will ")
    time.sleep(silence.silence_s)
    sitting.child.send("wait.\r")
    sitting.sees(READY)
    yours = kept.rehearsal("last").turns[before]
    assert yours.text == "I will wait."
    assert 0.9 <= yours.silence_s < silence.silence_s
    assert yours.typing_s >= silence.silence_s - 1


_DISK_IS_FULL_ONCE = """
from edgewise.adapters.storage.sqlite_store import SqliteStore
from edgewise.errors import DataFolderError
append, refused = SqliteStore.append, []
def full_once(self, rehearsal_id, place, turn):
    if turn.who == "you" and not refused:
        refused.append(turn)
        raise DataFolderError("The disk is full.", next_step="Make room.")
    append(self, rehearsal_id, place, turn)
SqliteStore.append = full_once
"""

_DIES_BEFORE_IT_ANSWERS = """
import os, signal
from edgewise import example, preset
from edgewise.bootstrap import edgewise
here = edgewise()
conversation = here.begin(example("belittling-manager"), preset("usual"), seed=1)
conversation.let_them_answer = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
conversation.say("I mind that.")
"""


def test_after_kill_9_between_your_words_and_their_answer_resume_has_both_once(terminal, kept):
    died = subprocess.run([sys.executable, "-c", _DIES_BEFORE_IT_ANSWERS], check=False, capture_output=True)
    assert died.returncode == -9, died.stderr
    assert kept.rehearsal("last").awaits_their_answer
    sitting = terminal("resume", *QUICKLY)
    sitting.sees("where you stopped", READY)
    sitting.types("/pause")
    assert sitting.leaves_with() == 0
    assert sitting.seen.count("I mind that.") == 1
    turns = kept.rehearsal("last").turns
    assert [turn.who for turn in turns] == ["counterpart", "you", "counterpart"]


def test_kill_9_at_any_moment_leaves_every_turn_once(run, home, kept):
    for delay in (0.0, 0.005, 0.01, 0.02, 0.05):
        with subprocess.Popen(
            [sys.executable, "-m", "edgewise", "rehearse", "belittling-manager", "--json"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        ) as child:  # fmt: skip
            assert child.stdin is not None
            assert child.stdout is not None
            child.stdout.readline()
            child.stdin.write("I mind that.\n")
            child.stdin.flush()
            time.sleep(delay)
            child.kill()
        told = run("resume", typed="/pause\n")
        assert told.returncode == 0, told.stderr
        who = [turn.who for turn in kept.rehearsal("last").turns]
        assert who in (["counterpart"], ["counterpart", "you", "counterpart"])
        run("delete", "last", "--yes")
    assert home.exists()
