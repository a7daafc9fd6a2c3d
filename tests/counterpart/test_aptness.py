"""Which line answers what was said."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from edgewise import Situation, preset
from edgewise.counterpart.decide import Chance
from edgewise.counterpart.mind import Mind
from edgewise.counterpart.perceive import Context, RuleReader
from edgewise.counterpart.speak import BuiltInVoice, Line, Repertoire, built_in_repertoire
from edgewise.counterpart.speak.aptness import Aptness, plainly
from edgewise.counterpart.speak.voice import Cue
from edgewise.errors import ModelFileError
from edgewise.rehearsal import YourTurn
from edgewise.take import Mood, Move

APT = Aptness.shipped()


def test_every_line_anybody_could_say_has_been_gone_over() -> None:
    missing = [line.says for line in built_in_repertoire().lines if plainly(line) and not APT.knows(line)]
    assert missing == [], "run: python -m training.lines"


@pytest.mark.parametrize(
    ("turn", "apt", "elsewhere"),
    [
        ("Why did you leave me off the list?", "Because there wasn't room for everyone.", "Fine, thanks. You?"),
        ("How was your weekend?", "Quiet. It rained.", "Because I didn't think you'd mind."),
        ("I'm sorry I shouted.", "You should be.", "Three thousand is a lot of money."),
        ("What would it take for you to say yes?", "A bit more time, for a start.", "You never told me you were ill."),
    ],
)
def test_the_reply_that_answers_points_where_the_turn_asks(turn: str, apt: str, elsewhere: str) -> None:
    asked = APT.asks(turn)
    assert asked @ APT.answers(apt) > asked @ APT.answers(elsewhere)


def test_a_line_it_does_not_know_is_neither_preferred_nor_passed_over() -> None:
    known = [line for line in built_in_repertoire().serving(Move.ANSWER) if plainly(line)][:20]
    told = APT.of([*known, Line("Nobody wrote this one before.", "", Move.ANSWER)], "Why did you do it?")
    assert told[-1] == pytest.approx(sum(told[:-1]) / len(known), abs=0.01)
    assert min(told) < told[-1] < max(told)


def test_one_line_alone_has_nothing_to_be_ranked_against() -> None:
    voice = BuiltInVoice(Repertoire([Line("No.", "", Move.DENY)]))
    mind = Mind.before_the_first_word(Situation(), preset("usual"))
    text = "You shouted at me on Friday and it was horrible."
    reading = RuleReader().read(text, Context(Situation()))
    heard = mind.having_heard(YourTurn(text=text), reading)
    spoken = voice.speak(Cue(heard, reading, Mood.EVEN, Move.DENY, Chance(1, 1)))
    assert spoken is not None
    assert spoken.text == "No."


@pytest.mark.parametrize("damaged", ["card.json", "replies.onnx", "lines.npz"])
def test_a_damaged_file_is_refused_with_the_way_to_mend_it(damaged: str, tmp_path: Path) -> None:
    shipped = Path(str(files("edgewise.counterpart.speak").joinpath("model")))
    for name in ("card.json", "replies.onnx", "lines.npz"):
        (tmp_path / name).write_bytes((shipped / name).read_bytes())
    (tmp_path / damaged).write_bytes(b"{}" if damaged.endswith("json") else b"broken")
    with pytest.raises(ModelFileError) as caught:
        Aptness.from_folder(tmp_path)
    assert "Install Edgewise again" in str(caught.value)
