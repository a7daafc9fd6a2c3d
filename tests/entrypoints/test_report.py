"""Everything of one conversation, taken away: nothing said is missing, and no cell is a formula."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from edgewise import Edgewise, MemoryStore, Reflection, preset
from edgewise.entrypoints.report import Report, _table, as_page, as_tables, report_on
from edgewise.entrypoints.report_on_paper import report_as_pdf
from edgewise.progress import RealOne
from edgewise.rehearsal import Happened
from edgewise.situation.situation import Fear
from tests.people import KIND, manager


@pytest.fixture(scope="module")
def report() -> Report:
    edgewise = Edgewise(store=MemoryStore())
    fearing = manager().model_copy(update={"fear": Fear(what="=He laughs", likelihood=80)})
    told = Reflection(distress_worst=80, distress_now=40, fear_happened=Happened.NO, happened_instead="He *asked*.")
    for seed, lines in enumerate((KIND[:3], KIND[:2])):
        conversation = edgewise.begin(fearing, preset("usual"), seed=seed, distress_before=70)
        for line in lines:
            conversation.say(line)
        conversation.end()
        edgewise.reflect(conversation.rehearsal.id, told)
    edgewise.keep_real_one("last", RealOne(remember="I can be slow"))
    edgewise.begin(fearing, preset("hurt"), seed=9)  # one that is still going on
    heard: list[tuple[int, int]] = []
    made = report_on(edgewise, "last", lambda done, of: heard.append((done, of)))
    assert heard == [(1, 3), (2, 3), (3, 3)]
    return made


def every_word(report: Report) -> list[str]:
    return [turn.text for rehearsal, _ in report.runs for turn in rehearsal.turns if turn.text]


def test_the_page_holds_every_turn_and_what_the_runs_show_together(report: Report) -> None:
    page = as_page(report).replace("\\", "")
    assert all(words in page for words in every_word(report))
    for told in (
        "## How it was for you",
        "2 did not come",
        "| distress at worst | ▇▇ |",
        "I can be slow",
        "He *asked*.",
    ):
        assert told in page
    assert "He *asked*." not in as_page(report)  # it is no markup


def test_the_tables_are_tidy_and_hold_every_turn(report: Report) -> None:
    with zipfile.ZipFile(io.BytesIO(as_tables(report))) as folder:
        tables = {name: list(csv.DictReader(io.StringIO(folder.read(name).decode()))) for name in folder.namelist()}
    assert [row["words"] for row in tables["turns.csv"] if row["words"]] == every_word(report)
    assert [row["distress_worst"] for row in tables["runs.csv"]] == ["80", "80", ""]
    assert tables["runs.csv"][0]["feared"] == "'=He laughs"
    assert {row["run"] for row in tables["findings.csv"]} == {rehearsal.id for rehearsal, told in report.runs if told}


@given(st.text(alphabet="=+-@\t\r\n,'\"ab", max_size=12))
def test_no_cell_is_taken_for_a_formula_and_none_loses_its_words(words: str) -> None:
    (row,) = csv.DictReader(io.StringIO(_table([{"words": words, "more": 1}]), newline=""))
    assert not row["words"].startswith(("=", "+", "-", "@", "\t", "\r"))
    assert row["words"].removeprefix("'") == words.removeprefix("'")


def test_on_paper_stand_the_charts_and_every_run(report: Report) -> None:
    sheets = PdfReader(io.BytesIO(report_as_pdf(report))).pages
    text = "".join(sheet.extract_text() for sheet in sheets)
    assert len(sheets) >= 4
    for told in ("Distress, run by run", "You cut me off", "I can be slow", "at worst"):
        assert told in " ".join(text.split())
