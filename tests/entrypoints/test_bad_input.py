"""Files and data that are not as they should be: what happened, what was kept, the next step."""

from __future__ import annotations

import os
import sqlite3

import pytest


def told(run, *arguments, code):
    done = run(*arguments)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def test_a_situation_file_that_is_broken_names_the_line(run, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('format = 1\ntitle = "half\n', encoding="utf-8")
    said = told(run, "rehearse", str(path), code=2)
    assert "line 2" in said
    assert "The file was left as it is." in said


def test_a_word_that_a_situation_does_not_have_is_pointed_at(run, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('format = 1\n[person]\nname = "Dana"\nshoesize = 4\n', encoding="utf-8")
    assert "line 4" in told(run, "rehearse", str(path), code=2)


@pytest.mark.parametrize("what", ["none.toml", "some/where", "no-such-example", "a" * 5000])
def test_a_situation_that_is_not_there_says_where_to_look(run, what):
    assert "example" in told(run, "rehearse", what, code=2)


def test_a_situation_file_that_is_not_text_is_left_alone(run, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_bytes(b'title = "\xff"\n')
    assert "UTF-8" in told(run, "rehearse", str(path), code=2)


def test_a_data_file_that_is_no_database_is_left_as_it_is(run, home):
    home.mkdir(mode=0o700)
    (home / "edgewise.db").write_bytes(b"this is not a database, whatever it is called" * 200)
    said = told(run, "list", code=3)
    assert "edgewise.db" in said
    assert len(said.strip().splitlines()) >= 2
    assert (home / "edgewise.db").read_bytes().startswith(b"this is not a database")


def test_data_from_a_newer_edgewise_is_left_as_it_is(run, home):
    run("list")
    with sqlite3.connect(home / "edgewise.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    assert "newer" in told(run, "list", code=3)


def test_a_data_folder_that_is_a_file_says_so(run, home):
    home.write_text("in the way", encoding="utf-8")
    assert told(run, "list", code=3)
    assert home.read_text(encoding="utf-8") == "in the way"


def test_a_data_folder_that_cannot_be_made_says_so(run, monkeypatch):
    monkeypatch.setenv("EDGEWISE_HOME", "/proc/edgewise")
    assert "/proc/edgewise" in told(run, "rehearse", "belittling-manager", code=3)


def test_an_id_that_nobody_has_leads_to_the_list(run):
    for command in ("show", "resume", "debrief", "export", "delete"):
        assert "edgewise list" in told(run, command, "zzz", code=2)


def test_nothing_to_resume_says_how_to_begin(run):
    assert "edgewise rehearse" in told(run, "resume", code=2)


def test_a_defect_is_told_without_a_word_of_what_was_said(run, tmp_path, monkeypatch):
    (tmp_path / "sitecustomize.py").write_text(
        "from edgewise.app import Edgewise\n"
        "def broken(self, *a, **k): raise ValueError('my most private words')\n"
        "Edgewise.begin = broken\n",
        encoding="utf-8",
    )
    lines = tmp_path / "lines.txt"
    lines.write_text("Hello.\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    said = told(run, "rehearse", "belittling-manager", "--script", str(lines), code=4)
    assert "ValueError" in said
    assert "private" not in said


def test_a_file_that_is_no_export_is_not_taken_in(run, tmp_path):
    path = tmp_path / "x.json"
    for content, kept in (
        (b"{", "Nothing was changed."),
        (b'{"a": 1}', "Nothing was changed."),
        (b"\xff\xfe", "as it is."),
    ):
        path.write_bytes(content)
        assert kept in told(run, "import", str(path), code=2)
