"""What was kept can be seen, written out, taken in and removed."""

from __future__ import annotations

import json
import stat
import subprocess
import sys

import pytest

from edgewise import read_situation
from edgewise.adapters.card_pictures import card_in, picture_with

COMMAND = [sys.executable, "-m", "edgewise"]


@pytest.fixture
def rehearsed(run, tmp_path, kept):
    lines = tmp_path / "lines.txt"
    lines.write_text("Sorry, I | mind *that*.\nLet me finish.\n", encoding="utf-8")
    done = run("rehearse", "belittling-manager", "--script", str(lines))
    assert done.returncode == 0, done.stderr
    return kept.listed()[0].id


def test_a_rehearsal_is_listed_and_shown(run, rehearsed):
    assert rehearsed in run("list").stdout
    told = run("show", rehearsed[:5]).stdout
    assert "You: Let me finish." in told
    assert "Did I apologise too quickly?" in told


def test_an_export_reads_back_equal(run, rehearsed, kept, tmp_path):
    before, path = kept.rehearsal(rehearsed), tmp_path / "kept.json"
    assert run("export", rehearsed, "-o", str(path)).returncode == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert run("delete", rehearsed, "--yes").returncode == 0
    assert run("import", str(path)).returncode == 0
    assert kept.rehearsal(rehearsed) == before


def test_an_export_writes_over_nothing(run, rehearsed, tmp_path):
    path = tmp_path / "mine.txt"
    path.write_text("precious", encoding="utf-8")
    told = run("export", rehearsed, "-o", str(path))
    assert told.returncode == 2
    assert path.read_text(encoding="utf-8") == "precious"


def test_a_page_in_markdown_keeps_words_from_meaning_anything_else(run, rehearsed):
    page = run("export", rehearsed, "--format", "markdown").stdout
    assert page.startswith("# ")
    assert r"**You:** Sorry, I \| mind \*that\*." in page
    assert "## What was hidden" in page


def test_a_situation_can_be_taken_from_a_rehearsal(run, rehearsed, kept):
    told = run("export", rehearsed, "--format", "situation").stdout
    assert read_situation(told) == kept.rehearsal(rehearsed).situation


def test_a_card_is_taken_in_rehearsed_and_written_out_as_it_was(run, tmp_path):
    card = {"name": "Marla", "personality": "sarcastic", "mes_example": "{{char}}: Fine.", "unknown": [1, {"a": None}]}
    given, written = tmp_path / "marla.png", tmp_path / "again.json"
    given.write_bytes(picture_with(json.dumps(card)))
    told = run("import", str(given))
    assert "edgewise rehearse marla" in told.stdout
    lines = tmp_path / "lines.txt"
    lines.write_text("I need Saturday off.\n", encoding="utf-8")
    assert run("rehearse", "marla", "--script", str(lines)).returncode == 0
    assert run("rehearse", str(given), "--script", str(lines)).returncode == 0
    assert run("export", "marla", "--format", "card", "-o", str(written)).returncode == 0
    assert json.loads(written.read_text(encoding="utf-8")) == card
    assert run("export", "last", "--format", "card-picture", "-o", str(tmp_path / "again.png")).returncode == 0
    assert json.loads(card_in((tmp_path / "again.png").read_bytes())) == card


def test_a_card_that_cannot_be_read_is_refused_and_nothing_is_kept(run, home, tmp_path):
    given = tmp_path / "marla.json"
    given.write_text('{"spec": "chara_card_v2",\n"data": {"name": 7}}', encoding="utf-8")
    told = run("import", str(given))
    assert told.returncode == 2
    assert "marla.json does not fit: line 2, name" in " ".join(told.stderr.split())
    assert not list(home.glob("situations/*"))


def test_nothing_is_removed_unless_you_say_so(run, rehearsed, kept):
    for typed in ("", "\n", "n\n"):
        assert "Kept as it is." in run("delete", rehearsed, typed=typed).stdout
    assert len(kept.listed()) == 1
    assert "Gone" in run("delete", rehearsed, typed="y\n").stdout
    assert kept.listed() == ()


def test_everything_means_drafts_and_situations_too(run, home, rehearsed, kept):
    run("rehearse", typed="1\nDana\n")
    run("rehearse", typed="1\nMo\n/go\n\n")
    assert list((home / "drafts").glob("*.toml"))
    assert list((home / "situations").glob("*.toml"))
    run("delete", "--everything", "--yes")
    assert kept.listed() == ()
    assert not list((home / "drafts").glob("*.toml"))
    assert not list((home / "situations").glob("*.toml"))
    assert rehearsed not in run("list").stdout


def test_a_reader_who_goes_away_makes_no_noise(rehearsed):
    with subprocess.Popen(
        [*COMMAND, "show", rehearsed], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as shown:
        assert shown.stdout is not None
        shown.stdout.close()
        assert shown.stderr is not None
        assert shown.stderr.read() == ""
