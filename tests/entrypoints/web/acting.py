"""What a person does on the pages."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect


def begin_example(page: Page, *, take: str = "usual") -> str:
    """From the first page into a ready example; gives back the rehearsal's id."""
    page.goto("/")
    page.get_by_role("button", name="My review with a manager").click()
    page.locator(f"input[name=take][value='{take}']").check()
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/talk")
    expect(page.locator("#text")).to_be_focused()
    return re.search(r"/rehearsals/(\w+)/talk", page.url)[1]


def say(page: Page, words: str) -> None:
    """Say something and hear the answer out."""
    page.wait_for_load_state()
    seen = int(page.locator("input[name=seen]").input_value())
    page.locator("#text").fill(words)
    page.keyboard.press("Enter")
    heard(page, seen + 2)


def heard(page: Page, turns: int) -> None:
    """Wait until so many turns have been seen."""
    expect(page.locator("input[name=seen]")).to_have_value(str(turns))
    expect(page.locator("#text")).to_be_focused()


def end(page: Page) -> None:
    page.get_by_role("button", name="I’m going to stop here").click()
    page.get_by_role("link", name="Hear back").click()
    page.wait_for_url("**/own-words")


def said(page: Page) -> list[str]:
    return page.locator("#turns .words").all_inner_texts()
