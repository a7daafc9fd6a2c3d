"""Nobody is shut out: by eyes, by hands, by a small screen, by what reads a page aloud."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.entrypoints.web.acting import begin_example, end, heard, say
from tests.entrypoints.web.conftest import OpenPage
from tests.entrypoints.web.places import Home

SCHEMES = ("light", "dark")
WIDTHS = (320, 1280)


@pytest.fixture(scope="module", params=SCHEMES)
def looking(request: pytest.FixtureRequest, browser: Browser, lived_in: Home) -> Iterator[Page]:
    """One page to look at everything with."""
    context = browser.new_context(
        base_url=lived_in.served.address, color_scheme=request.param, reduced_motion="reduce", locale="en-GB"
    )
    yield context.new_page()
    context.close()


def settled(page: Page, path: str) -> None:
    page.goto(path)
    for chart in page.locator("[data-spec]").all():
        expect(chart.locator("svg").first).to_be_attached()
    page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true")


def test_no_page_has_anything_that_axe_finds_wrong_in_either_scheme_and_at_either_width(
    looking: Page, lived_in: Home
) -> None:
    found: list[str] = []
    for name, path in lived_in.pages.items():
        for width in WIDTHS:
            looking.set_viewport_size({"width": width, "height": 800})
            settled(looking, path)
            for broken in Axe().run(looking).response["violations"]:
                where = [node["target"] for node in broken["nodes"]]
                found.append(f"{name} at {width}: {broken['id']}: {broken['help']} {where}")
    assert found == []


def test_no_page_has_to_be_pushed_sideways_on_the_smallest_phone(looking: Page, lived_in: Home) -> None:
    looking.set_viewport_size({"width": 320, "height": 640})
    too_wide: list[str] = []
    for name, path in lived_in.pages.items():
        settled(looking, path)
        if looking.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            too_wide.append(name)
    assert too_wide == []


def test_what_they_say_is_told_to_a_screen_reader_when_there_is_a_pause(page: Page) -> None:
    begin_example(page)
    live = page.locator("[aria-live=polite]")
    expect(live).to_have_count(1)
    say(page, "When you cut me off on Thursday I stopped bringing you things.")
    answer = page.locator("#turns .theirs .words").last.inner_text()
    expect(live).to_contain_text(answer)


def test_the_focus_is_never_lost_on_the_way_through_a_rehearsal(page: Page) -> None:
    begin_example(page)
    say(page, "I want to finish my sentence in the meeting.")
    page.keyboard.press("Tab")
    focus = page.evaluate("document.activeElement.tagName")
    assert focus != "BODY"
    page.locator("#text").focus()
    say(page, "It happened on Thursday.")
    heard(page, 5)
    end(page)
    assert page.evaluate("document.activeElement !== null")
    page.get_by_role("button", name="See what the record shows").click()
    page.wait_for_url("**/debrief")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") != "BODY"


def test_whoever_wants_less_motion_gets_none(open_page: OpenPage) -> None:
    page = open_page()
    begin_example(page)
    moving = page.evaluate("document.getAnimations().filter(one => one.playState === 'running').length")
    assert moving == 0
