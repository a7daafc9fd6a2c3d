"""Choosing who speaks: offered, agreed to, tried; and where words go stands on every page."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.adapters.models.fakes import NAME, Server
from tests.entrypoints.web.acting import begin_example
from tests.entrypoints.web.conftest import OpenPage, Program

_NAMED = ("OLLAMA_HOST", "OPENAI_BASE_URL", "OPENAI_API_BASE", "OPENAI_API_KEY", "EDGEWISE_GGUF")


@pytest.fixture(autouse=True)
def ollama(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """An Ollama on this machine."""
    for name in _NAMED:
        monkeypatch.delenv(name, raising=False)
    begun = Server()
    begun.start()
    monkeypatch.setenv("OLLAMA_HOST", begun.host)
    yield begun
    begun.stop()


def test_a_voice_is_tried_chosen_and_left_again(open_page: OpenPage, ollama: Server) -> None:
    page = open_page("/voices")
    expect(page.locator("main")).to_contain_text("The built-in voice.")
    page.get_by_role("button", name=f"Try it: {NAME}").click()
    expect(page.get_by_role("status")).to_contain_text("I heard you. Not now.")
    page.get_by_role("button", name=f"Let it speak: {NAME}").click()
    expect(page.locator(".lead")).to_have_text(f"{NAME}, on this machine, at {ollama.host}.")
    expect(page.locator(".foot")).to_contain_text("Your words stay on this machine.")
    page.get_by_role("button", name="Back to the built-in voice").click()
    expect(page.locator(".lead")).to_contain_text("The built-in voice.")


def test_the_voice_that_speaks_stands_where_one_begins_and_where_one_talks(open_page: OpenPage) -> None:
    page = open_page("/voices")
    page.get_by_role("button", name=f"Let it speak: {NAME}").click()
    page.goto("/")
    page.get_by_role("button", name="My review with a manager").click()
    expect(page.locator("main")).to_contain_text(f"Spoken by {NAME}.")
    page.goto("/voices")
    page.get_by_role("button", name="Back to the built-in voice").click()
    begin_example(page)
    expect(page.locator("main")).not_to_contain_text("Spoken by")


def test_words_leave_only_with_a_yes_to_the_sentence_that_names_the_host(program: Program, ollama: Server) -> None:
    ollama.ollama_model = {"remote_host": "https://ollama.com:443"}
    asked = {"model": f"{NAME} at ollama.com"}
    for path in ("/voices/use", "/voices/try"):
        refused = program.sends(path, asked, seen_at="/voices")
        assert refused.status_code == 422
        assert "would be sent to ollama.com" in refused.text
    assert ollama.chats() == []
    assert program.sends("/voices/use", {**asked, "agreed": "ollama.com"}, seen_at="/voices").status_code == 303
    for path in ("/", "/library", "/settings"):
        assert "sent to ollama.com" in program.get(path).text or "go to ollama.com" in program.get(path).text
        assert "on this machine." not in program.get(path).text.partition("<footer")[2]
    program.sends("/voices/forget", {"host": "ollama.com"}, seen_at="/voices")
    assert "Your words stay on this machine." in program.get("/library").text


def test_a_host_that_was_not_found_or_not_ticked_is_not_agreed_to(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-x")
    invented = program.sends("/voices/agree", {"host": "evil.example", "agreed": "evil.example"}, seen_at="/voices")
    assert invented.status_code == 404
    unticked = program.sends("/voices/agree", {"host": "api.openai.com"}, seen_at="/voices")
    assert unticked.status_code == 422
    assert "Where your words may go" not in program.get("/voices").text


def test_a_model_that_fails_is_told_on_the_page(program: Program, ollama: Server) -> None:
    ollama.mood = "has no such model"
    told = program.sends("/voices/try", {"model": NAME}, seen_at="/voices")
    assert told.status_code == 422
    assert f"There is no model called {NAME}" in told.text


MEET = {"person.name": "Dana", "person.phrases": "I'm only saying.", "person.comebacks": "Who told you that?"}


def _proposing(ollama: Server) -> None:
    variants = [
        {"line": "I said what I said.", "because": "I'm only saying."},
        {"line": "You never rang.", "because": "she hates the telephone"},
    ]
    ollama.structured = json.dumps({"variants": variants})


def test_the_interview_asks_the_model_what_they_might_say_back_and_keeps_what_rings_true(
    open_page: OpenPage, ollama: Server
) -> None:
    page = open_page("/voices")
    page.get_by_role("button", name=f"Let it speak: {NAME}").click()
    _proposing(ollama)
    page.goto("/")
    page.get_by_role("button", name="Who do you need to talk to?").click()
    page.goto(page.url.replace("/who", "/between"))
    page.get_by_label("Sentences you can hear").fill("I'm only saying.")
    page.get_by_role("button", name="Ask it").click()
    expect(page.locator("#said-back")).not_to_contain_text("You never rang.")  # nothing that was told says so
    expect(page.get_by_label("Sentences you can hear")).to_have_value("I'm only saying.")
    page.get_by_label("I said what I said.").check()
    page.get_by_role("button", name="Go on").click()
    page.goto(page.url.replace("/side", "/between"))
    expect(page.get_by_label("What would they say back to you?")).to_have_value("I said what I said.")


def test_a_model_that_cannot_be_asked_keeps_every_answer(program: Program, ollama: Server) -> None:
    program.sends("/voices/use", {"model": NAME}, seen_at="/voices")
    begun = program.sends("/meet", seen_at="/").headers["location"].replace("/who", "/between")
    for mood, told in (("is busy", "takes no more requests just now"), ("well", "rested on what you have told")):
        ollama.mood, ollama.structured = mood, '{"variants": []}'
        answer = program.sends(begun, {**MEET, "go": "said-back"}, seen_at=begun)
        assert answer.status_code == 200
        assert told in answer.text
        assert "Who told you that?" in program.get(begun).text


def test_one_question_at_a_time_offers_the_model_where_it_belongs_and_not_without_one(
    program: Program, ollama: Server
) -> None:
    begun = program.sends("/meet", seen_at="/").headers["location"]
    questions = [begun.replace("/who", f"/asked/{place}") for place in range(10)]
    assert not any("said-back" in program.get(one).text for one in questions)
    program.sends("/voices/use", {"model": NAME}, seen_at="/voices")
    (offered,) = [one for one in questions if "said-back" in program.get(one).text]
    _proposing(ollama)
    program.sends(begun.replace("/who", "/between"), {**MEET, "go": "next"}, seen_at=begun)
    answer = program.sends(offered, {"person.comebacks": "Who told you that?", "go": "said-back"}, seen_at=offered)
    assert "I said what I said." in answer.text
