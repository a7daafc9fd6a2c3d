"""Before and after the real one, on its pages."""

from __future__ import annotations

from datetime import datetime, timedelta

from playwright.sync_api import expect
from pypdf import PdfReader

from edgewise import Reflection, example, preset
from tests.entrypoints.web.conftest import OpenPage, Program, Served
from tests.people import KIND


def run(served: Served) -> str:
    conversation = served.edgewise.begin(example("belittling-manager"), preset("usual"), seed=3)
    conversation.say(KIND[0])
    conversation.end()
    served.edgewise.reflect(conversation.rehearsal.id, Reflection())
    return conversation.rehearsal.id


def test_a_day_is_set_the_card_is_taken_along_and_how_it_went_is_asked_on_the_first_page(
    served: Served, open_page: OpenPage
) -> None:
    name = run(served)
    yesterday = (datetime.now().astimezone() - timedelta(days=1)).date()
    page = open_page(f"/progress/{name}")
    page.get_by_role("link", name="A day for it").click()
    page.get_by_label("Which day?").fill(yesterday.isoformat())
    page.get_by_label("What do you want to remember").fill("I can be slow.")
    page.locator("#before").get_by_role("button", name="Keep it").click()
    page.get_by_role("link", name="The card to take along").click()
    expect(page.locator("article")).to_contain_text("You cut me off in front of the team")
    expect(page.locator("article")).to_contain_text("I can be slow.")
    page.goto(served.address)
    page.get_by_role("link", name="Its day has passed.").click()
    after = page.locator("#afterwards")
    after.get_by_label("yes, it happened").check()
    after.get_by_label("better than I feared").check()
    after.get_by_label("What happened?").fill("He heard me out.")
    after.get_by_role("button", name="Keep it").click()
    expect(page.locator("main")).to_contain_text("The one you told of went better than you feared.")
    expect(page.get_by_label("What happened?")).to_have_value("He heard me out.")
    page.goto(served.address)
    expect(page.locator("main")).not_to_contain_text("How did it go?")


def test_what_cannot_be_read_is_told_and_stays_in_the_form(served: Served, program: Program) -> None:
    here = f"/progress/{run(served)}/real"
    for given in ({"day": "soon", "remember": "Breathe"}, {"day": "2026-03-04", "at": "late", "remember": "Breathe"}):
        answer = program.sends(here, given, seen_at=here)
        assert answer.status_code == 422
        assert "Breathe" in answer.text
    answer = program.sends(f"{here}/afterwards", {"likelihood": "often", "happened": "It rained"}, seen_at=here)
    assert answer.status_code == 422
    assert "It rained" in answer.text
    assert program.get(here.replace("/real", "/calendar.ics")).status_code == 422


def test_the_card_and_the_day_can_be_taken_away_as_files(served: Served, program: Program, tmp_path) -> None:
    name = run(served)
    here = f"/progress/{name}/real"
    program.sends(here, {"day": "2027-03-04", "at": "09:30", "remember": "I can be slow"}, seen_at=here)
    calendar = program.get(f"/progress/{name}/calendar.ics")
    assert calendar.headers["content-type"].startswith("text/calendar")
    assert "DTSTART:20270304T093000" in calendar.text
    assert "review" not in calendar.text
    assert "review" in program.get(f"/progress/{name}/calendar.ics", params={"named": True}).text
    assert "I can be slow" in program.get(f"/progress/{name}/card.md").text
    paper = tmp_path / "card.pdf"
    paper.write_bytes(program.get(f"/progress/{name}/card.pdf").content)
    (sheet,) = PdfReader(paper).pages
    assert "I can be slow" in sheet.extract_text()


def test_everything_is_written_out_and_the_page_says_when_it_is_there(served: Served, open_page: OpenPage) -> None:
    page = open_page(f"/progress/{run(served)}")
    with page.expect_download() as coming:
        page.get_by_role("link", name="as tables").click()
    assert coming.value.suggested_filename == "edgewise-report.zip"
    expect(page.locator("#report")).to_contain_text("It is written")
