"""Reloads, the back button, two tabs, a server that goes away."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.entrypoints.web.acting import begin_example, heard, said, say
from tests.entrypoints.web.conftest import Served, Troubles


def test_a_reload_in_the_middle_of_a_sentence_keeps_it(page: Page) -> None:
    begin_example(page)
    say(page, "I mind that.")
    page.locator("#text").press_sequentially("And what I want is")
    page.reload()
    expect(page.locator("#text")).to_have_value("And what I want is")
    assert "I mind that." in said(page)


def test_the_back_button_sends_nothing_again(page: Page, served: Served) -> None:
    rehearsal = begin_example(page)
    say(page, "I mind that.")
    page.goto("/library")
    page.go_back()
    expect(page.locator("#text")).to_be_visible()
    assert "I mind that." in said(page)
    page.go_back()
    page.go_forward()
    assert len(served.edgewise.rehearsal(rehearsal).your_turns) == 1
    assert len(served.edgewise.listed()) == 1


def test_the_second_of_two_tabs_is_told_and_keeps_its_words(page: Page, served: Served, troubles: Troubles) -> None:
    rehearsal = begin_example(page)
    troubles.expect("409")
    other = page.context.new_page()
    other.goto(page.url)
    say(page, "I said this first.")
    other.locator("#text").fill("I said this second.")
    other.keyboard.press("Enter")
    expect(other.locator("#text")).to_have_value("I said this second.")
    expect(other.locator("#turns")).to_contain_text("I said this first.")
    assert [turn.text for _, turn in served.edgewise.rehearsal(rehearsal).your_turns] == ["I said this first."]
    other.keyboard.press("Enter")
    heard(other, 5)
    assert [turn.text for _, turn in served.edgewise.rehearsal(rehearsal).your_turns][-1] == "I said this second."


def test_a_server_that_goes_away_in_the_middle_loses_nothing(page: Page, served: Served, troubles: Troubles) -> None:
    rehearsal = begin_example(page)
    say(page, "I mind that.")
    troubles.expect("ERR_CONNECTION")
    served.stop()
    page.locator("#text").fill("Are you still there?")
    page.keyboard.press("Enter")
    expect(page.locator("#trouble")).to_contain_text("Your words are still here")
    expect(page.locator("#text")).to_have_value("Are you still there?")
    served.start()
    page.keyboard.press("Enter")
    heard(page, 5)
    assert [turn.text for _, turn in served.edgewise.rehearsal(rehearsal).your_turns] == [
        "I mind that.",
        "Are you still there?",
    ]


def test_what_was_said_in_the_terminal_is_on_the_page_and_the_other_way_round(page: Page, served: Served) -> None:
    rehearsal = begin_example(page)
    served.edgewise.resume(rehearsal).say("I said this in the terminal.")
    page.reload()
    assert "I said this in the terminal." in said(page)
    say(page, "And this on the page.")
    assert served.edgewise.rehearsal(rehearsal).turns[3].text == "And this on the page."


def test_the_interview_is_kept_as_it_is_typed(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Who do you need to talk to?").click()
    page.wait_for_load_state()
    page.get_by_label("Who do you need to talk to?").fill("Dana")
    page.get_by_label("How do they talk?").fill("curt")
    page.get_by_label("What sets them off?").focus()
    expect(page.locator("#portrait")).to_contain_text("Dana: curt")
    page.goto("/")
    page.get_by_role("link", name="Telling about Dana").click()
    expect(page.get_by_label("How do they talk?")).to_have_value("curt")
