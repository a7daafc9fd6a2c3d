"""Edges, drills and the ladder in the terminal."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from typer.testing import CliRunner

from edgewise.bootstrap import edgewise as open_edgewise
from edgewise.entrypoints.cli.app import app
from edgewise.rehearsal import Happened, Reflection
from edgewise.situation.situation import Fear
from edgewise.take import Move
from tests.people import COLLAPSING, KIND, manager, rehearse

Typed = Callable[..., str]


@pytest.fixture
def typed(tmp_path, monkeypatch: pytest.MonkeyPatch) -> Typed:
    monkeypatch.setenv("EDGEWISE_HOME", str(tmp_path))
    store = open_edgewise(tmp_path).store
    for day, lines in enumerate((KIND, COLLAPSING, KIND)):
        store.begin(rehearse(lines, manager(), seed=day).model_copy(update={"id": f"run-{day}"}))
    store.close()

    def run(*words: str, says: str = "", exits: int = 0) -> str:
        result = CliRunner().invoke(app, words, input=says)
        assert result.exit_code == exits, result.output
        return result.output

    return run


def test_progress_shows_edges_and_the_ladder(typed: Typed) -> None:
    shown = typed("progress")
    assert "Your edges" in shown
    assert "The ladder" in shown
    assert "edgewise ladder --climb receptive" in shown


def test_how_it_was_is_told_and_drawn_beside_what_was_feared(typed: Typed, tmp_path) -> None:
    here = open_edgewise(tmp_path)
    fearing = manager().model_copy(update={"fear": Fear(what="He laughs", likelihood=80)})
    here.store.begin(rehearse(KIND, fearing, seed=9).model_copy(update={"id": "fearful"}))
    here.reflect("fearful", Reflection(distress_worst=80, distress_now=40, fear_happened=Happened.NO))
    here.store.close()
    shown = typed("progress", "fearful")
    assert "Once you said what became of a fear. It did not come." in shown
    assert "80 at worst, 40 after" in shown
    assert "None of it is a score" in shown


def test_progress_as_json_reads_back(typed: Typed) -> None:
    shown = json.loads(typed("progress", "run-0", "--json"))
    assert shown["newest"] in {"run-0", "run-1", "run-2"}
    assert [rung["predicted"] for rung in shown["ladder"]["rungs"]] == sorted(
        rung["predicted"] for rung in shown["ladder"]["rungs"]
    )


def test_a_drill_by_name_is_held_and_kept(typed: Typed, tmp_path) -> None:
    said = typed("drill", "go-silent", "--times", "2", "--pace", "fast", says="\n".join([*KIND[:3], "/pause"]) + "\n")
    assert "Martin" in said
    store = open_edgewise(tmp_path).store
    newest = store.load("last")
    assert newest.take.drill is not None
    assert newest.take.drill.move is Move.GO_SILENT
    store.close()


def test_a_drill_of_something_nobody_does_names_those_there_are(typed: Typed) -> None:
    assert "sarcasm" in typed("drill", "juggling", exits=2)


def test_what_you_predict_moves_a_rung_and_stays(typed: Typed) -> None:
    typed("ladder", "--predict", "harder=5")
    shown = typed("ladder")
    assert shown.index("harder version") < shown.index("kindest day")


def test_a_rung_of_your_own_and_one_taken_away(typed: Typed) -> None:
    shown = typed("ladder", "--add", "Say good morning to him.", "--distress", "15", "--remove", "surprise")
    assert "Say good morning to him." in shown
    assert "without knowing what will come" not in shown


def test_a_step_in_life_is_kept_as_done(typed: Typed) -> None:
    shown = typed("ladder", "--climb", "in-life")
    assert "1 so far" in shown


def test_to_stop_is_a_way_on(typed: Typed) -> None:
    assert "The rest can only happen with them there." in " ".join(typed("progress", "--on", "stop").split())


def test_the_real_one_has_a_day_a_card_and_an_afterwards(typed: Typed, tmp_path) -> None:
    file = tmp_path / "talk.ics"
    shown = typed("real", "--day", "2027-03-04", "--at", "9:30", "--remember", "I can be slow", "--calendar", str(file))
    assert "Thursday, 4 March 2027, at 9:30" in shown
    assert "I can be slow" in shown
    assert b"SUMMARY:Time to talk" in file.read_bytes()
    told = typed("real", "--afterwards", says="1\n\n60\n1\nHe heard me out.\n\n\n")
    assert "The one you told of went better than you feared." in told
    assert "cannot be read" in typed("real", "--day", "soon", exits=2)


def test_a_report_is_written_where_it_is_asked_for_and_never_over_another_file(typed: Typed, tmp_path) -> None:
    assert "## How it was for you" in typed("report") or "## The ladder" in typed("report")
    file = tmp_path / "tables.zip"
    assert "Name a file" in typed("report", "--format", "csv", exits=2)
    typed("report", "--format", "csv", "-o", str(file))
    assert file.read_bytes()[:2] == b"PK"
    assert "is there already" in typed("report", "--format", "csv", "-o", str(file), exits=2)
