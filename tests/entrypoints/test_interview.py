"""Meeting the person, through a pipe: every question can be skipped, and no answer is lost."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from edgewise import Pitfall, Relationship, read_situation
from edgewise.person import Pronouns, Style
from edgewise.rehearsal import Happened

THREE = "1\nDana\nmy manager\n\nshort and sarcastic\n/go\n"


def situation_kept(home: Path):
    (path,) = (home / "situations").glob("*.toml")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    return read_situation(path.read_text(encoding="utf-8"))


def situation_draft(home: Path):
    (path,) = (home / "drafts").glob("*.toml")
    return read_situation(path.read_text(encoding="utf-8"))


def test_three_answers_are_enough_for_a_whole_rehearsal(run, kept):
    told = run("rehearse", typed=f"{THREE}\n\n\n\nI want to finish my sentences.\n...\n/end\n")
    assert told.returncode == 0, told.stderr
    assert "Dana:" in told.stdout
    assert "You: I want to finish my sentences." in told.stdout
    assert "What the record shows" in told.stdout
    rehearsal = kept.rehearsal("last")
    assert rehearsal.is_over
    assert rehearsal.situation.person.relationship is Relationship.MANAGER
    assert Style.SARCASTIC in rehearsal.situation.person.talks


def test_every_question_can_be_skipped_but_one_answer_is_needed(run):
    told = run("rehearse", typed="1\n" + "\n" * 40)
    assert told.returncode == 2
    assert "nothing to go on" in told.stderr


def test_every_answer_finds_its_place(run, home):
    answers = [
        "1", "Mum", "my mum", "kind, until you push", "being rushed, being called unfair", "the family; peace",
        "She cut me off at lunch", "last Sunday", "that lunch", "I was only tired", "",
        "I'm only saying.", "You know me.", "", "You always do this.", "", "You never ring.", "",
        "the weight business", "stop mentioning it", "Please stop.", "It hurts.", "Ellie hears it.", "",
        "One quiet lunch", "1, 5", "for Ellie", "She cries", "150", "65", "seventy", "70", "80", "45", "", "y",
    ]  # fmt: skip
    run("rehearse", typed="\n".join(answers) + "\n")
    mum = situation_draft(home)
    assert mum.person.pronouns is Pronouns.SHE
    assert [one.what for one in mum.person.triggers] == ["being rushed", "being called unfair"]
    assert [one.what for one in mum.person.values] == ["the family", "peace"]
    (lunch,) = mum.person.incidents
    assert (lunch.when, lunch.name, lunch.they_tell_it) == ("last Sunday", "that lunch", "I was only tired")
    assert mum.person.phrases == ("I'm only saying.", "You know me.")
    assert (mum.about, mum.ask, mum.came_to_say) == ("the weight business", "stop mentioning it", "Please stop.")
    assert [point.text for point in mum.key_points] == ["It hurts.", "Ellie hears it."]
    assert mum.avoid == (Pitfall.APOLOGISE, Pitfall.GET_ANGRY)
    assert (mum.fear.what, mum.fear.likelihood, mum.distress_before) == ("She cries", 65, 70)
    assert (mum.demands_before, mum.resources_before) == (80, 45)


@pytest.mark.parametrize(
    "answers", ["1\nDana\nmy manager\n", "1\nDana\nmy manager\n\nshort\nbeing rushed\n\ncut me off\n"]
)
def test_answers_are_kept_when_the_input_ends_and_can_be_gone_on_with(run, home, answers):
    told = run("rehearse", typed=answers)
    assert told.returncode == 0
    assert "Your answers are kept." in told.stdout
    (draft,) = (home / "drafts").glob("*.toml")
    assert stat.S_IMODE(draft.stat().st_mode) == 0o600
    again = run("rehearse", typed="3\n/go\nn\n\n\n\n")
    assert "Go on answering about Dana" in again.stdout
    assert "Who do you need to talk to?" not in again.stdout
    assert not list((home / "drafts").glob("*.toml"))


def test_an_answer_longer_than_a_line_can_hold_is_asked_for_again(run, home):
    run("rehearse", typed=f"1\nDana\nmy manager\n\n{'a' * 3000}\nshort\n/go\n\n\n")
    assert situation_kept(home).person.manner == "short"


def test_somebody_who_is_none_of_the_usual_has_what_they_are_for_a_name(run, home):
    run("rehearse", typed="1\n\nmy landlord\n/go\n\n\n")
    assert situation_kept(home).person.known_as == "Landlord"


def test_a_situation_that_was_kept_can_be_called_by_its_name(run, kept):
    run("rehearse", typed=f"{THREE}\n\n\n\n/pause\n")
    told = run("rehearse", "dana", "--take", "hurt", typed="60\nI mind that.\n")
    assert told.returncode == 0, told.stderr
    rehearsal = kept.rehearsal("last")
    assert (rehearsal.situation.person.name, rehearsal.distress_before) == ("Dana", 60)


def test_an_example_can_be_chosen_from_the_list_by_name_or_number(run, kept):
    for choice in ("belittling-manager", "2", "BELITTLING"):
        told = run("rehearse", typed=f"2\n{choice}\n\ngoes-quiet\n\n\n")
        assert told.returncode == 0, told.stderr
        rehearsal = kept.rehearsal("last")
        assert rehearsal.take.name == "goes-quiet"
        assert "belittles" in rehearsal.situation.heading


def test_takes_of_one_sitting_are_put_side_by_side(run, kept):
    reflection = "to be heard\n\n\n\nin part\nHe sighed.\n90\n40\n60\n65\n"
    told = run(
        "rehearse", "belittling-manager", "--take", "usual", "--seed", "1",
        typed=f"80\nI mind that.\n/end\n{reflection}\nI still mind.\n/end\n{reflection}n\n",
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    assert "Side by side" in told.stdout
    second, first = kept.listed()
    assert first.take == "usual"
    assert second.take != "usual"
    assert kept.rehearsal(first.id).reflection.going_for == "to be heard"
    assert kept.rehearsal(second.id).distress_before == 40
    assert "Your wording, then and now" in told.stdout
    told = kept.rehearsal(first.id).reflection
    assert (told.fear_happened, told.happened_instead) == (Happened.PARTLY, "He sighed.")
    assert (told.demands_after, told.resources_after) == (60, 65)


def test_your_own_words_are_kept_before_anything_is_shown(run, kept):
    told = run("rehearse", "belittling-manager", "--take", "usual", typed="\nI mind.\n/end\nto be heard\n").stdout
    assert told.index("your own words") < told.index("What the record shows") < told.index("What was hidden")
    assert "What were you going for? to be heard" in told
    assert kept.rehearsal("last").reflection.going_for == "to be heard"


def test_what_you_want_to_know_is_chosen_before_and_answered_after(run, kept):
    asked = "2\n1\n\nusual\n4\nDid I mention Thursday?\n"
    told = run("rehearse", typed=f"{asked}I mind that you cut me off.\n/end\n\n\n\n\n\n\nn\n").stdout
    rehearsal = kept.rehearsal("last")
    assert len(rehearsal.questions) == 1
    assert rehearsal.own_questions == ("Did I mention Thursday?",)
    shown = told[told.index("What the record shows") :]
    assert rehearsal.questions[0].in_words in shown
    assert "Did I mention Thursday?" in shown


def test_a_turn_can_be_answered_differently_and_the_first_way_stays(run, kept):
    nothing = "\n" * 10
    told = run(
        "rehearse", "belittling-manager", "--take", "usual", "--seed", "1",
        typed=f"\nI mind that.\nYou always do this.\n/end\n{nothing}from 99\nfrom 4\nTo finish.\n/end\n{nothing}n\n",
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    assert "nothing to answer after 98 turns" in told.stdout
    assert "Side by side" in told.stdout
    branch, first = (kept.rehearsal(one.id) for one in kept.listed())
    assert (branch.branch.rehearsal, branch.branch.turns) == (first.id, 3)
    assert branch.turns[:3] == first.turns[:3]
    assert branch.turns[3].text == "To finish."
    assert first.turns[3].text == "You always do this."
