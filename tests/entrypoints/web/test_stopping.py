"""When practice stops: gently, with help, and without holding anybody."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.entrypoints.web.acting import begin_example, said
from tests.entrypoints.web.conftest import OpenPage, Troubles

pytestmark = pytest.mark.usefixtures("_refusals_are_expected")

ALONE = "I want to kill myself. I have the tablets here."
HIT = "He hits me and he said he will kill me."


@pytest.fixture
def _refusals_are_expected(troubles: Troubles):
    """A page of the stop is answered as a refusal, which the browser notes."""
    troubles.expect("422", "about:blank")


def stop(page: Page, words: str = ALONE) -> str:
    rehearsal = begin_example(page)
    page.locator("#text").fill(words)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Let’s stop here for a moment")).to_be_visible()
    return rehearsal


def test_it_says_what_was_noticed_in_your_words_and_who_can_help_where_you_are(page: Page):
    stop(page)

    assert page.locator("blockquote").inner_text().strip("“”") in ALONE
    expect(page.get_by_text("This matters more than practice")).to_be_visible()
    expect(page.get_by_text("Samaritans", exact=True)).to_be_visible()  # the browser is set to British English


def test_another_country_can_be_chosen_and_is_remembered(page: Page):
    stop(page)

    page.get_by_label("Where you are").select_option("IE")
    page.get_by_role("button", name="Show the help there").click()
    expect(page.get_by_text("Who can help in Ireland")).to_be_visible()
    assert page.locator("blockquote").inner_text().strip("“”") in ALONE
    page.goto("/help")
    expect(page.get_by_role("heading", name="Help in Ireland")).to_be_visible()


def test_words_that_were_not_meant_so_are_said_and_it_goes_on_without_asking_again(page: Page):
    stop(page)

    page.get_by_role("button", name="That is not what I meant").click()
    page.wait_for_url("**/talk#text")
    assert ALONE in said(page)
    page.locator("#text").fill(ALONE)
    page.keyboard.press("Enter")
    expect(page.locator("input[name=seen]")).to_have_value("5")


def test_nothing_of_the_words_is_kept_when_you_leave(page: Page):
    rehearsal = stop(page)

    page.goto(f"/rehearsals/{rehearsal}/talk")
    assert ALONE not in page.content()
    assert page.locator("#text").input_value() == ""


@pytest.mark.parametrize("how", ["the link", "escape twice"])
def test_the_page_is_left_at_once_and_going_back_does_not_show_it(page: Page, how: str):
    stop(page)

    if how == "the link":
        page.get_by_role("link", name="Leave this page now").click()
    else:
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
    page.wait_for_url("about:blank")


def test_what_leaving_cannot_hide_is_said(page: Page):
    stop(page)

    expect(page.get_by_text("It cannot hide")).to_be_visible()


def test_an_answer_of_the_interview_stops_before_it_is_kept_and_can_go_on(page: Page):
    page.goto("/")
    page.get_by_role("button", name="Who do you need to talk to?").click()
    page.wait_for_url("**/who")
    address = page.url
    page.locator("[name='person.manner']").fill(HIT)
    page.get_by_role("button", name="Go on").click()

    expect(page.get_by_role("heading", name="Let’s stop here for a moment")).to_be_visible()
    page.goto(address)
    assert HIT not in page.content()


def test_it_all_works_without_a_script(open_page: OpenPage):
    page = open_page(java_script_enabled=False)
    page.goto("/")
    page.get_by_role("button", name="My review with a manager").click()
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/talk")
    page.locator("#text").fill(ALONE)
    page.get_by_role("button", name="Say it").click()

    expect(page.get_by_role("heading", name="Let’s stop here for a moment")).to_be_visible()
    page.get_by_role("button", name="That is not what I meant").click()
    page.wait_for_url("**/talk#text")
    assert ALONE in said(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_of_the_stop_has_nothing_that_axe_finds_wrong(page: Page, scheme: str):
    page.emulate_media(color_scheme=scheme)
    stop(page)

    assert Axe().run(page).response["violations"] == []
