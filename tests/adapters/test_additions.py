"""Lines, takes and ways of talking that others wrote."""

from __future__ import annotations

import re
import sys
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest

from edgewise import Edgewise, MemoryStore, Person, Relationship, Situation
from edgewise.adapters.additions import FOLDER, additions
from edgewise.counterpart import RuleReader
from edgewise.counterpart.speak import built_in_repertoire
from edgewise.errors import RepertoireError, UnknownNameError

PAGE = Path(__file__).parents[2] / "docs" / "additions.md"
UNCLE = Person(name="Ray", relationship=Relationship.RELATIVE, manner="a gruff old man")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / FOLDER).mkdir()
    return tmp_path


def put(folder: Path, text: str, name: str = "mine.toml") -> None:
    (folder / FOLDER / name).write_text(text, encoding="utf-8")


def edgewise(folder: Path) -> Edgewise:
    return Edgewise(MemoryStore(), reader=RuleReader(), find_additions=lambda: additions(folder))


def test_without_a_folder_there_is_nothing_added(tmp_path: Path) -> None:
    assert not additions(tmp_path).lines
    assert edgewise(tmp_path).additions.repertoire is built_in_repertoire()


def test_the_worked_example_in_the_docs_works(folder: Path) -> None:
    first, second, _ = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    put(folder, first, "my-uncle.toml")
    put(folder, second, "my-uncle-press.toml")
    here = edgewise(folder)
    take = here.take_called("long lunch")
    assert take in here.takes
    assert take.dials.wandering == 0.7
    said = set[str]()
    for seed in range(30):
        conversation = here.begin(Situation(person=UNCLE, came_to_say="I won't drive you on Sundays"), take, seed=seed)
        assert conversation.rehearsal.situation.person.styles == ("gruff", "curt", "blunt")
        for line in ("Hi.", "Well.", "Um, so.", "It's about Sundays."):
            said.add(conversation.say(line).text)
    assert said & {"Spit it out. The tea's going cold.", "Hm."}


def test_a_rehearsal_with_an_added_style_reads_back_without_the_addition(folder: Path) -> None:
    put(folder, '[styles.gruff]\nheard_as = "gruff"')
    here = edgewise(folder)
    exported = here.export(here.begin(Situation(person=UNCLE), here.takes[0], seed=1).rehearsal.id)
    assert Edgewise(MemoryStore()).import_(exported).situation.person.styles == ("gruff",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('move = "press"\n\n[[group]]\nlines = [No]', "line 4"),
        ('move = "shrug"\n[[group]]\nlines = ["No."]', "line 1: move"),
        ('move = "press"\n[[group]]\nlines = ["So?"]\n\n[[group]]\nmoods = ["cross"]\nlines = ["Go on."]', "line 6"),
        ('move = "press"\n[[group]]\nlines = ["So?"]\n\n[[group]]\nstyles = ["gruf"]\nlines = ["Go on."]', "line 5"),
        ('move = "press"\n[[group]]\nlines = ["Hm, {everything}."]', "everything"),
        ("[takes.usual]\npushback = 1", "usual"),
        ('[takes.usual]\npromise = "Mine."', "there is a take called usual already"),
        ("\n[takes.mine]\ndials = { pushback = 7 }", "line 3"),
        ('[styles.curt]\nheard_as = "short"', "there is a style called curt already"),
        ("[styles.Gruff]\n", "Gruff"),
        ('[styles.gruff]\nheard = "gruff"', "line 2"),
        ('hello = "there"', "hello"),
    ],
)
def test_what_is_wrong_is_told_with_its_file_and_line(folder: Path, text: str, said: str) -> None:
    put(folder, text)
    with pytest.raises(RepertoireError) as caught:
        additions(folder)
    assert said in str(caught.value)
    assert "mine.toml" in str(caught.value)


def test_two_additions_cannot_bring_the_same_name(folder: Path) -> None:
    put(folder, '[takes.mine]\npromise = "One."', "a.toml")
    put(folder, '[takes.mine]\npromise = "Two."', "b.toml")
    with pytest.raises(RepertoireError, match="called mine"):
        additions(folder)


def test_a_file_that_is_no_text_is_named(folder: Path) -> None:
    (folder / FOLDER / "photo.toml").write_bytes(b"\xff\xd8\xff\xe0")
    with pytest.raises(RepertoireError, match=r"photo\.toml"):
        additions(folder)


def test_a_style_nobody_brought_is_refused_before_the_conversation_begins(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="gruff"):
        edgewise(tmp_path).begin(Situation(person=Person(styles=("gruff",))), edgewise(tmp_path).takes[0])


def test_a_broken_addition_does_not_keep_you_from_what_you_have_kept(folder: Path) -> None:
    put(folder, "no toml")
    assert edgewise(folder).listed() == ()


def test_an_installed_package_can_bring_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "uncles_for_edgewise"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "lines.toml").write_text('move = "press"\n[[group]]\nlines = ["Out with it, the match is on."]')
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    points = EntryPoints([EntryPoint("uncles", "uncles_for_edgewise", "edgewise.additions")])
    monkeypatch.setattr("edgewise.adapters.additions.entry_points", lambda group: points.select(group=group))
    assert [line.says for line in additions(tmp_path / "none").lines] == ["Out with it, the match is on."]
