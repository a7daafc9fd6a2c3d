"""`edgewise perceive`: turns in, one answer a line out."""

from __future__ import annotations

import json
import subprocess
import sys

from edgewise.counterpart import Act


def perceive(*lines: bytes) -> list[dict]:
    done = subprocess.run(
        [sys.executable, "-m", "edgewise", "perceive"], input=b"\n".join(lines), capture_output=True, check=True
    )
    assert done.stderr == b""
    return [json.loads(line) for line in done.stdout.splitlines()]


def line(**asked: object) -> bytes:
    return json.dumps(asked).encode()


def test_each_line_is_answered_in_its_place_and_a_broken_one_does_not_stop_the_rest():
    told = perceive(
        line(text="You never listen.", before=["I was only joking."]),
        b"not json",
        b'{"text": 5}',
        b"\xff\xfe",
        line(text="I felt small.", before=[{"who": "counterpart", "text": "What is it now?"}]),
    )
    assert [("error" in one) for one in told] == [False, True, True, True, False]
    assert told[0]["acts"]["criticise"] > 0.5 > told[4]["acts"]["criticise"]
    assert told[4]["acts"]["impact"] > 0.5


def test_an_answer_holds_every_act_and_the_words_that_show_it():
    text = "Sorry to bother you. Could you put my name on it?"
    told = perceive(line(text=text))[0]
    assert set(told["acts"]) == {act.value for act in Act}
    (start, end), *_ = told["spans"]["request"]
    assert text[start:end].startswith("Could you")
    assert {"warmth", "dominance", "receptiveness", "topic_shift", "relevance"} <= set(told)


def test_key_points_triggers_and_values_are_answered_when_they_are_given():
    told = perceive(
        line(
            text="You were unfair to me on Tuesday, and I want my name on the report.",
            came_to_say="Put my name on the report",
            key_points=["Put my name on the report", "Stop shouting"],
            triggers=["being called unfair"],
            values=["the team's good name"],
        )
    )[0]
    assert told["key_points"] == ["plainly", "not at all"]
    assert [one["what"] for one in told["triggers"]] == ["being called unfair"]
    assert told["relevance"] > 0.5


def test_an_error_never_repeats_what_was_written():
    told = perceive(line(text=["a secret"]))[0]
    assert "secret" not in told["error"]
