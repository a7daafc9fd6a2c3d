"""Playing lines without a keyboard."""

from __future__ import annotations

import json

import pytest

LINES = """Thanks for making time. I want to talk about the Monday meeting.
When you cut me off, I felt small, and I stopped talking.
...

I can see the team matters to you. I'm asking you to let me finish.
"""


@pytest.fixture
def lines(tmp_path):
    path = tmp_path / "lines.txt"
    path.write_text(LINES, encoding="utf-8")
    return path


def played(run, lines, *more):
    return run("rehearse", "belittling-manager", "--take", "defensive", "--seed", "7", "--script", str(lines), *more)


def test_the_same_file_take_seed_and_lines_print_the_same_bytes(run, lines):
    first, second = played(run, lines, "--json"), played(run, lines, "--json")
    assert first.returncode == 0, first.stderr
    assert first.stdout == second.stdout
    assert first.stderr == ""


def test_another_seed_is_another_rehearsal(run, lines):
    one = run("rehearse", "belittling-manager", "--script", str(lines), "--json", "--seed", "1").stdout
    other = run("rehearse", "belittling-manager", "--script", str(lines), "--json", "--seed", "2").stdout
    assert one != other


def test_each_line_is_one_object_and_the_debrief_comes_last(run, lines):
    objects = [json.loads(line) for line in played(run, lines, "--json").stdout.splitlines()]
    turns, debrief = objects[:-1], objects[-1]
    assert {turn["type"] for turn in turns} == {"turn"}
    yours = [turn for turn in turns if turn["who"] == "you"]
    theirs = [turn for turn in turns if turn["who"] == "counterpart"]
    assert [turn["text"] for turn in yours][2] == ""
    assert all(set(turn) == {"type", "who", "text", "silence_s"} for turn in yours)
    assert all(
        set(turn) == {"type", "who", "text", "gesture", "move", "mood", "state", "reasons", "silence_s", "curveball"}
        for turn in theirs
    )
    assert debrief["type"] == "debrief"
    assert "rehearsal_id" not in debrief
    assert all({"question", "verdict", "confidence", "evidence", "try"} <= set(each) for each in debrief["findings"])


def test_every_quote_in_the_debrief_stands_in_its_turn(run, lines):
    *turns, debrief = [json.loads(line) for line in played(run, lines, "--json").stdout.splitlines()]
    for finding in debrief["findings"]:
        for piece in finding["evidence"]:
            assert piece["quote"] in turns[piece["turn"]]["text"]


def test_a_silence_in_a_script_has_a_length(run, lines):
    objects = [json.loads(line) for line in played(run, lines, "--json").stdout.splitlines()]
    silence = next(each for each in objects if each.get("who") == "you" and not each["text"])
    assert silence["silence_s"] >= 4.0


def test_without_json_it_reads_as_a_conversation(run, lines):
    told = played(run, lines).stdout
    assert "You: When you cut me off" in told
    assert "Did I get reactive?" in told
    assert "What was hidden" in told


def test_a_line_of_a_hundred_thousand_characters_is_refused_before_anything_begins(run, tmp_path, kept):
    path = tmp_path / "long.txt"
    path.write_text("Hello.\n" + "a" * 100_000 + "\n", encoding="utf-8")
    told = played(run, path, "--json")
    assert told.returncode == 2
    assert "Line 2 of long.txt" in told.stderr
    assert "100,000 characters" in told.stderr
    assert told.stdout == ""
    assert kept.listed() == ()


@pytest.mark.parametrize("nothing", ["", "\n\n  \n"])
def test_a_script_with_nothing_in_it_says_what_to_write(run, tmp_path, nothing):
    path = tmp_path / "empty.txt"
    path.write_text(nothing, encoding="utf-8")
    told = played(run, path)
    assert told.returncode == 2
    assert "one line for each of your turns" in told.stderr


def test_a_script_that_is_not_text_names_the_line(run, tmp_path):
    path = tmp_path / "odd.txt"
    path.write_bytes(b"Hello.\nI \xff mind.\n")
    told = played(run, path)
    assert told.returncode == 2
    assert "Line 2 of odd.txt is not text in UTF-8" in told.stderr


def test_a_script_that_is_not_there_is_said_so(run, tmp_path):
    for path in (tmp_path / "none.txt", tmp_path):
        told = played(run, path)
        assert told.returncode == 2
        assert "cannot be opened" in told.stderr


def test_control_characters_emoji_and_right_to_left_text_pass_through_harmlessly(run, tmp_path):
    path = tmp_path / "odd.txt"
    path.write_text(
        "I mind \x1b[31mthat\x07 🙂 very much.\nلا أريد ذلك\n\u202eback\n# not a comment\n", encoding="utf-8"
    )
    told = played(run, path, "--json")
    assert told.returncode == 0, told.stderr
    said = [each["text"] for each in map(json.loads, told.stdout.splitlines()) if each.get("who") == "you"]
    assert said == ["I mind [31mthat 🙂 very much.", "لا أريد ذلك", "back", "# not a comment"]
    assert "\x1b" not in played(run, path).stdout


def test_a_take_that_is_mistyped_is_guessed_at(run, lines):
    told = run("rehearse", "belittling-manager", "--take", "defensve", "--script", str(lines))
    assert told.returncode == 2
    assert "Did you mean defensive?" in told.stderr


def test_dials_make_a_take_of_your_own(run, lines):
    told = run(
        "rehearse",
        "belittling-manager",
        "--dial",
        "pushback=0.9",
        "--dial",
        "warmth=0",
        "--script",
        str(lines),
        "--json",
    )
    take = json.loads(told.stdout.splitlines()[-1])["reveal"]["take"]
    assert (take["name"], take["dials"]["pushback"], take["dials"]["warmth"]) == ("your own", 0.9, 0.0)


@pytest.mark.parametrize("dial", ["pushback=2", "pushback=nan", "pushback", "charisma=0.4"])
def test_a_dial_that_cannot_be_turned_so_is_explained(run, lines, dial):
    told = run("rehearse", "belittling-manager", "--dial", dial, "--script", str(lines))
    assert told.returncode == 2
    assert "dial" in told.stderr
    assert "Traceback" not in told.stderr


def test_json_without_a_situation_asks_for_one(run):
    told = run("rehearse", "--json")
    assert told.returncode == 2
    assert "Say which situation to play" in told.stderr


def test_another_program_can_hold_the_conversation(run):
    told = run(
        "rehearse", "belittling-manager", "--json", "--seed", "3", typed=f"I mind that.\n{'a' * 6000}\n...\n/end\n"
    )
    objects = [json.loads(line) for line in told.stdout.splitlines()]
    assert [each["type"] for each in objects] == ["turn"] * 3 + ["error"] + ["turn"] * 3 + ["debrief"]


def test_when_the_other_program_stops_the_conversation_is_kept(run, kept):
    told = run("rehearse", "belittling-manager", "--json", typed="I mind that.\n")
    assert told.returncode == 0
    assert kept.listed()[0].turns == 3
    assert f"edgewise resume {kept.listed()[0].id}" in told.stderr
