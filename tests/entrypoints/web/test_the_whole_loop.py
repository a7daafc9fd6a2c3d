"""From an empty page to the debrief, a branch and another take."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from edgewise import Rehearsal, preset
from edgewise.take import Move
from tests.entrypoints.web.acting import end, heard, say
from tests.entrypoints.web.conftest import OpenPage, Served
from tests.people import manager

INTERVIEW = (
    ("Who do you need to talk to?", "Dana"),
    ("What are they to you?", "my manager"),
    ("How do they talk?", "short, sarcastic, never lets me finish"),
    ("What sets them off?", "being called unfair, being rushed"),
)


def test_the_whole_loop_by_mouse(page: Page, served: Served) -> None:
    page.goto("/")
    page.get_by_role("button", name="Who do you need to talk to?").click()
    page.wait_for_load_state()
    for label, answer in INTERVIEW:
        page.get_by_label(label).fill(answer)
    page.get_by_label("she", exact=True).check()
    expect(page.locator("#portrait")).to_contain_text("Dana, your manager: curt, sarcastic")
    expect(page.locator("#portrait")).to_contain_text("sets her off: being called unfair")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("What happened?").fill("she cut me off in the planning meeting")
    page.get_by_label("What do they actually say?").fill("Let's take that offline.\nNoted.")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("What did you come to say?").fill("When you cut me off I stop bringing you problems")
    page.get_by_label("What must not be left unsaid?").fill("You cut me off in the planning meeting")
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("main")).to_contain_text("When you cut me off I stop bringing you problems")
    page.get_by_role("button", name="Begin").click()
    say(page, "Have you got a minute?")
    say(page, "You cut me off in the planning meeting and I lost my thread.")
    say(page, "You always do this.")
    end(page)
    page.get_by_label("What were you going for?").fill("to be heard")
    page.get_by_label("Did you say it?").fill("yes, I said it")
    page.get_by_label("And now, 0 to 100?", exact=True).first.fill("40")
    page.get_by_role("button", name="See what the record shows").click()
    expect(page.get_by_role("heading", name="In your own words")).to_be_visible()
    expect(page.locator(".next-to")).to_contain_text("The record has it too")
    expect(page.locator("#feelings svg")).to_be_visible(timeout=20_000)
    quote = page.locator(".quote", has_text="You always do this.").first
    quote.click()
    expect(page.locator(".turn:target .words")).to_have_text("You always do this.")
    first = served.edgewise.listed()[0].id
    page.get_by_role("button", name="Answer differently from turn 6").click()
    page.wait_for_url("**/talk#text")
    expect(page.locator("#turns")).to_contain_text("I lost my thread")
    expect(page.locator("#turns")).not_to_contain_text("You always do this.")
    say(page, "I want to finish my point when I start one.")
    end(page)
    page.get_by_role("button", name="Pass this over").click()
    page.get_by_role("link", name="Beside the one it left").click()
    expect(page.locator("tr.changed", has_text="Did I get reactive?")).to_be_visible()
    assert served.edgewise.branches(first)[0].branch.turns == 5
    page.goto(f"/rehearsals/{first}/debrief")
    expect(page.locator(".tree")).to_contain_text("from turn 6")
    page.get_by_role("link", name="Another take").click()
    expect(page.locator("input[name=take]:checked")).not_to_have_value("usual")
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/talk")
    assert len(served.edgewise.listed()) == 3


def _tab_to(page: Page, name: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate("(document.activeElement.innerText || document.activeElement.id || '').trim()")
        assert page.evaluate("document.activeElement !== document.body"), "the focus is lost"
        if focused.startswith(name):
            return
    raise AssertionError(f"{name} cannot be reached by keyboard")


def test_the_whole_loop_by_keyboard_alone(page: Page) -> None:
    page.goto("/")
    _tab_to(page, "Asking my mother")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ready/*")
    _tab_to(page, "Begin")
    page.keyboard.press("Enter")
    page.wait_for_url("**/talk")
    expect(page.locator("#text")).to_be_focused()
    page.keyboard.type("Mum, it hurts when you talk about my weight.")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("Please stop.")
    page.keyboard.press("Enter")
    heard(page, 3)
    expect(page.locator(".yours .words")).to_have_text("Mum, it hurts when you talk about my weight.\nPlease stop.")
    _tab_to(page, "Say nothing")
    page.keyboard.press("Space")
    heard(page, 5)
    expect(page.locator("#text")).to_be_focused()
    page.keyboard.type("You always do this. You never listen to me.")  # with this, something turns for whoever is met
    page.keyboard.press("Enter")
    heard(page, 7)
    for _ in range(6):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.innerText") == "I’m going to stop here":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Hear back")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/own-words")
    _tab_to(page, "going_for")
    page.keyboard.type("staying calm")
    _tab_to(page, "See what the record shows")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What the record shows")).to_be_visible()
    _tab_to(page, "Try again from here")
    page.keyboard.press("Enter")
    expect(page.locator("#text")).to_be_focused()


def test_the_interview_can_be_held_one_question_at_a_time(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Who do you need to talk to?").click()
    page.wait_for_load_state()
    page.get_by_role("link", name="Ask me one question at a time").click()
    expect(page.get_by_label("Who do you need to talk to?")).to_be_focused()
    page.keyboard.type("Mum")
    page.keyboard.press("Enter")
    page.get_by_label("What are they to you?").fill("my mum")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Question 3 of")).to_be_visible()
    expect(page.locator("#portrait")).to_contain_text("Mum, your parent")
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_label("What are they to you?")).to_have_value("parent")
    page.get_by_role("link", name="Show me the form instead").click()
    expect(page.get_by_label("Who do you need to talk to?")).to_have_value("Mum")
    page.get_by_role("button", name="That is enough, begin").click()
    expect(page.get_by_role("button", name="Begin")).to_be_visible()


def test_without_any_script_a_conversation_is_held_and_debriefed(open_page: OpenPage) -> None:
    page = open_page("/", java_script_enabled=False)
    page.get_by_role("button", name="My flatmate and the rent").click()
    page.get_by_role("button", name="Begin").click()
    for words in ("The rent was late again.", "I want it on the first."):
        page.locator("#text").fill(words)
        page.get_by_role("button", name="Say it").click()
    expect(page.locator(".turn")).to_have_count(5)
    page.get_by_role("button", name="I’m going to stop here").click()
    page.get_by_role("link", name="Hear back").click()
    page.get_by_role("button", name="Pass this over").click()
    expect(page.get_by_role("heading", name="What the record shows")).to_be_visible()
    page.get_by_text("The same as a table").click()
    expect(page.get_by_role("columnheader", name="patience")).to_be_visible()


def test_they_may_cut_you_off_while_you_type_and_the_rest_stays_in_the_box(page: Page, served: Served) -> None:
    running_on = (
        "The thing is that when you cut me off in the planning meeting I lost my thread in front of everybody. "
        "Afterwards nobody asked me about the numbers any more. I had worked on those numbers for three weeks. "
        "I also think that the others have noticed it by now. Priya said something at lunch. "
    )
    begun = (served.edgewise.begin(manager(), preset("hits-back"), seed=seed) for seed in range(30))
    rehearsal = next(one.rehearsal.id for one in begun if one.cuts_in(running_on))
    page.goto(f"/rehearsals/{rehearsal}/talk")
    page.locator("#text").fill(running_on)
    page.keyboard.type("And another thing")
    heard(page, 3)
    kept = served.edgewise.rehearsal(rehearsal)
    assert kept.turns[1].text.startswith("The thing is")
    assert kept.turns[2].move.value == "cut_off"
    expect(page.locator("#text")).to_have_value(re.compile("another thing"))


def _gone_quiet(served: Served) -> Rehearsal:
    """A conversation in which they have just said nothing."""
    for seed in range(30):
        conversation = served.edgewise.begin(manager(), preset("goes-quiet"), seed=seed)
        if conversation.say("You cut me off in front of everyone.").move is Move.GO_SILENT:
            return conversation.rehearsal
    raise AssertionError("they always answered")


def test_a_silence_of_theirs_is_silence_on_the_page_and_can_be_stayed_with(page: Page, served: Served) -> None:
    rehearsal = _gone_quiet(served)
    page.goto(f"/rehearsals/{rehearsal.id}/talk")
    expect(page.locator("#breath")).to_be_visible()
    expect(page.locator("#turns .theirs").last.locator(".words")).to_have_count(0)
    page.get_by_role("button", name="Stay with it").click()
    heard(page, 5)
    expect(page.locator("#turns .yours").last).to_contain_text("You say nothing")


def test_a_silence_nobody_breaks_ends_by_itself_once(page: Page, served: Served) -> None:
    rehearsal = _gone_quiet(served)
    page.clock.install()
    page.goto(f"/rehearsals/{rehearsal.id}/talk")
    expect(page.locator("#breath")).to_be_visible()
    page.clock.fast_forward(int(rehearsal.turns[-1].silence_s * 1000) + 500)
    expect(page.locator("input[name=seen]")).to_have_value("5")
    assert served.edgewise.rehearsal(rehearsal.id).turns[3].is_silence


def test_what_was_said_last_is_always_in_view(page: Page, served: Served) -> None:
    page.set_viewport_size({"width": 360, "height": 560})
    rehearsal = served.edgewise.begin(manager(), preset("usual"), seed=4).rehearsal
    page.goto(f"/rehearsals/{rehearsal.id}/talk")
    for words in ("Have you got a minute?", "You cut me off in front of the team.", "I want to finish my point."):
        say(page, words)
        last = page.locator("#turns .turn").last.bounding_box()
        assert last["y"] + last["height"] <= page.locator("#saying").bounding_box()["y"] + 1
