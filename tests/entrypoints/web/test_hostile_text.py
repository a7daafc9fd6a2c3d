"""Whatever is written anywhere is shown as text, runs nothing, and is never thrown away for being too much."""

from __future__ import annotations

import html
import json
import re

import pytest
from playwright.sync_api import Page, expect

from edgewise import example
from edgewise.adapters.card_pictures import card_in, picture_with
from edgewise.person import tidy
from edgewise.rehearsal import OWN_WORDS
from edgewise.situation.interview import INTERVIEW, OF_AN_INCIDENT, Answer, Part
from tests.entrypoints.web.conftest import Calling, Program, Served, Troubles
from tests.entrypoints.web.places import Home, held
from tests.people import KIND

MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg onload=alert(3)></textarea>{{7*7}}&lt;b&gt;"
ODD = "אמא, שלום \u202eevil\u2066 👩‍👩‍👧‍👦🏳️‍🌈 e\u0301te\u0301 be\u0000fo\u0007re\ufeff ﷽"
HOSTILE = f"{MARKUP} {ODD}"
LONG = "word " * 20_000
PLAIN = re.compile(r"has more in it than one answer can hold|is longer than can be kept|is too long|one turn can hold")


def shown(text: str) -> str:
    """A text as it may be seen: without what cannot be shown."""
    return tidy(text)


def holds(page: Page, text: str) -> None:
    """The page shows the text, and nothing in it has become a part of the page."""
    seen = page.locator("body").evaluate(
        "body => [body.innerText, ...[...body.querySelectorAll('input, textarea')].map(one => one.value)].join(' ')"
    )
    assert shown(text) in " ".join(seen.split())
    assert page.locator("body :is(script, img, [onerror], [onload])").count() == 0


def fill_in_everything(page: Page) -> None:
    """Write it in every field of the form that takes words."""
    for field in page.locator("main :is(textarea, input[type=text]):visible").all():
        if field.get_attribute("inputmode") != "numeric" and field.get_attribute("name") != "person.relationship":
            field.fill(f"{HOSTILE} {field.get_attribute('name')}")


# ---- in the browser


def test_nothing_that_is_written_anywhere_runs_or_becomes_part_of_a_page(page: Page, served: Served) -> None:
    page.get_by_role("button", name="Who do you need to talk to?").click()
    for part in ("who", "between", "side", "came"):
        page.wait_for_url(f"**/{part}")
        fill_in_everything(page)
        page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/ready/*")
    holds(page, f"{HOSTILE} key_points")
    page.locator("summary", has_text="What you want to know").click()
    page.get_by_label("Questions of your own").first.or_(page.locator("[name=own_question]").first).first.wait_for()
    fill_in_everything(page)
    page.get_by_label("Keep these answers").check()
    page.get_by_role("button", name="Begin").click()

    page.wait_for_url("**/talk")
    assert page.title() == f"You and {shown(HOSTILE)} person.name"
    for turns in (3, 5):
        page.get_by_label("What you say").fill(HOSTILE)
        page.keyboard.press("Enter")
        answered = page.locator(f"input[name=seen][value='{turns}']")
        expect(answered.or_(page.get_by_role("link", name="Hear back")).first).to_be_attached()
        if page.get_by_role("link", name="Hear back").is_visible():
            break
    expect(page.locator(".yours .words").first).to_have_text(shown(HOSTILE))
    page.reload()
    holds(page, HOSTILE)
    if page.locator("#saying").is_visible():
        page.get_by_role("button", name="stop here").click()
    page.get_by_role("link", name="Hear back").click()
    fill_in_everything(page)
    page.get_by_role("button", name="See what the record shows").click()
    page.wait_for_url("**/debrief")
    for text in (HOSTILE, f"{HOSTILE} going_for", f"{HOSTILE} own_question"):
        holds(page, text)

    rehearsal = served.edgewise.listed()[0].id
    page.goto(f"/rehearsals/{rehearsal}")
    page.get_by_text("Rename or delete").click()
    page.get_by_label("Another title").fill(f"{HOSTILE} title")
    page.get_by_role("button", name="Rename").click()
    for path in (f"/rehearsals/{rehearsal}", "/", "/library", f"/rehearsals/{rehearsal}/again"):
        page.goto(path)
        holds(page, f"{HOSTILE} title")
    page.goto(f"/library?q={MARKUP.replace('&', '%26').replace('#', '%23')}")
    holds(page, MARKUP)


def test_a_turn_too_long_to_take_in_is_told_and_stays_in_the_box(
    page: Page, served: Served, troubles: Troubles
) -> None:
    rehearsal = held(served.edgewise, KIND[:1], over=False)
    page.goto(f"/rehearsals/{rehearsal}/talk")
    box = page.get_by_label("What you say")
    box.fill(LONG)
    expect(page.get_by_role("alert")).to_contain_text("one turn can hold 5000")
    troubles.expect("422 (Unprocessable")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Say the first part of it")
    expect(box).to_have_value(LONG)
    expect(box).to_be_focused()
    expect(page.locator(".turn")).to_have_count(3)
    assert len(served.edgewise.rehearsal(rehearsal).turns) == 3
    box.fill("All right. Let me finish.")
    expect(page.get_by_role("alert")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.locator(".turn")).to_have_count(5)


def test_words_too_long_for_any_call_stay_in_the_box_too(page: Page, served: Served, troubles: Troubles) -> None:
    page.goto(f"/rehearsals/{held(served.edgewise, (), over=False)}/talk")
    page.get_by_label("What you say").fill(LONG * 3)
    troubles.expect("422 (Unprocessable")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("What you say")).to_have_value(LONG * 3)


# ---- too much of anything, in any form


def _still_there(answer_text: str, given: str) -> bool:
    return html.unescape(answer_text).count(given) > 0


def _fields(*parts: Part) -> list[str]:
    return [
        asked.where
        for asked in INTERVIEW
        if asked.part in parts and asked.answer in {Answer.LINE, Answer.LISTED, Answer.SEVERAL, Answer.PERCENT}
    ]


def test_an_answer_that_is_too_long_is_told_and_stays_in_the_form(program: Program, served: Served) -> None:
    program.sends("/examples/belittling-manager", seen_at="/")
    (draft,) = (path.stem for path in (served.folder / "drafts").glob("*.toml"))
    before = program.get(f"/ready/{draft}").text
    incident = [f"person.incidents.0.{slot}" for slot in ("what", *(asked.where for asked in OF_AN_INCIDENT))]
    for part in (Part.WHO, Part.BETWEEN, Part.SIDE, Part.CAME):
        for name in [*_fields(part), *(incident if part is Part.BETWEEN else [])]:
            other = {"person.incidents.0.what": "He cut me off"} if name.startswith("person.incidents") else {}
            answer = program.sends(f"/meet/{draft}/{part.value}", {**other, name: f"<b>{LONG}"})
            assert answer.status_code == 422, name
            assert PLAIN.search(answer.text), name
            assert "in a line or two" in answer.text
            assert _still_there(answer.text, f"<b>{LONG}"), name
            assert "<b>word" not in answer.text, name
    assert re.sub(r'value="[^"]{16,}"', "", program.get(f"/ready/{draft}").text) == re.sub(
        r'value="[^"]{16,}"', "", before
    )


def test_an_answer_that_is_too_long_stays_when_asked_one_by_one(program: Program, served: Served) -> None:
    program.sends("/examples/belittling-manager", seen_at="/")
    (draft,) = (path.stem for path in (served.folder / "drafts").glob("*.toml"))
    one_by_one = [asked for asked in INTERVIEW if asked.part is not Part.FEAR]
    for place, asked in enumerate(one_by_one):
        name = "person.incidents.0.what" if asked.answer is Answer.INCIDENTS else asked.where
        if asked.answer in {Answer.LINE, Answer.LISTED, Answer.SEVERAL, Answer.INCIDENTS}:
            answer = program.sends(f"/meet/{draft}/asked/{place}", {name: LONG})
            assert answer.status_code == 422, name
            assert PLAIN.search(answer.text), name
            assert _still_there(answer.text, LONG), name


@pytest.mark.parametrize("name", [*_fields(Part.FEAR), "own_question"])
def test_what_is_wrong_as_you_get_ready_is_told_and_nothing_has_to_be_chosen_again(
    lived_in: Home, calling: Calling, name: str
) -> None:
    program = calling(lived_in.served)
    chosen = {
        "take": "hits-back",
        "avoid": "get_angry",
        "asked.avoid": "1",
        "questions": "asked",
        "own_question": "Did I breathe?",
        "dial.warmth": "35",
        "private_intention": "for me",
        "keep": "1",
    }
    wrong = LONG.strip() if name != "fear.likelihood" else "a lot"
    count = len(lived_in.served.edgewise.listed())
    for path in (f"/ready/{lived_in.draft}", f"/rehearsals/{lived_in.told}/again"):
        answer = program.sends(path, {**chosen, name: wrong})
        text = html.unescape(answer.text)
        assert answer.status_code == 422, path
        assert PLAIN.search(text) or "not a number from 0 to 100" in text, path
        assert wrong in text, path
        for field, kept in (("own_question", "Did I breathe?"), ("private_intention", "for me")):
            assert field == name or kept in text, (path, field)
        assert re.search(r'value="hits-back" checked', text), path
        assert re.search(r'value="get_angry" checked', text), path
        assert re.findall(r'name="questions" value="(\w+)" checked', text) == ["asked"], path
        assert re.search(r'name="dial.warmth"[^>]*value="35"', text), path
    assert len(lived_in.served.edgewise.listed()) == count


def test_own_words_that_are_too_long_stay_in_the_form(lived_in: Home, calling: Calling) -> None:
    program, path = calling(lived_in.served), f"/rehearsals/{lived_in.just_over}/own-words"
    for slot, _ in OWN_WORDS:
        answer = program.sends(path, {slot: f"<b>{LONG}", "distress_now": "40"})
        assert answer.status_code == 422, slot
        assert PLAIN.search(answer.text), slot
        assert _still_there(answer.text, f"<b>{LONG}"), slot
        assert 'value="40"' in answer.text
    answer = program.sends(path, {"distress_now": "very", "going_for": "to be heard"})
    assert "not a number from 0 to 100" in answer.text
    assert "to be heard" in answer.text
    assert lived_in.served.edgewise.rehearsal(lived_in.just_over).reflection is None


def test_a_turn_that_is_too_long_stays_in_the_box_without_a_script(lived_in: Home, calling: Calling) -> None:
    program = calling(lived_in.served)
    for said, told in ((LONG.strip(), "Say the first part of it"), (" \x00 ", "There were no words in that.")):
        answer = program.sends(f"/rehearsals/{lived_in.going_on}/say", {"text": said, "seen": "5"})
        assert answer.status_code == 422
        assert told in answer.text
        assert _still_there(answer.text, said.strip("\x00 "))


def test_titles_that_cannot_be_used_change_nothing(lived_in: Home, calling: Calling) -> None:
    program, served = calling(lived_in.served), lived_in.served
    heading = served.edgewise.rehearsal(lived_in.told).situation.heading
    for path, titles in (
        (f"/rehearsals/{lived_in.told}/rename", (LONG,)),
        (f"/situations/{lived_in.situation}/rename", (LONG, "", "\x00", "...", "../../etc")),
    ):
        for title in titles[:4]:
            answer = program.sends(path, {"title": title})
            assert answer.status_code == 422, (path, title[:20])
            assert "title" in answer.text
    assert served.edgewise.rehearsal(lived_in.told).situation.heading == heading
    assert [path.stem for path in (served.folder / "situations").iterdir()] == [lived_in.situation]


def test_a_title_is_never_a_path(program: Program, served: Served) -> None:
    program.sends("/examples/belittling-manager", seen_at="/")
    (draft,) = (path.stem for path in (served.folder / "drafts").glob("*.toml"))
    program.sends(f"/ready/{draft}", {"keep": "1"})
    (before,) = (served.folder / "situations").iterdir()
    program.sends(f"/situations/{before.stem}/rename", {"title": "../../../etc/passwd <script>"})
    assert [path.name for path in (served.folder / "situations").iterdir()] == ["etc-passwd-script.toml"]
    for path in ("/situations/..%2f..%2fedgewise/export.toml", "/static/..%2f..%2fapi.py", "/meet/..%2f/who"):
        assert program.get(path).status_code == 404, path


def test_numbers_that_are_none_or_too_many_are_no_trouble(lived_in: Home, calling: Calling) -> None:
    program = calling(lived_in.served)
    for number in ("", "-1", "1e3", "٣", "²", "9" * 5000, LONG):
        assert program.sends(f"/rehearsals/{lived_in.told}/rewind", {"turns": number}).status_code in {303, 422}
        said = program.sends(f"/rehearsals/{lived_in.going_on}/say", {"text": "Hello.", "seen": number})
        assert said.status_code == 422, number[:9]
        assert "another window" in said.text
        assert "Hello." in said.text
        dial = program.sends(f"/ready/{lived_in.draft}", {"take": "your own", "dial.warmth": number})
        assert dial.status_code == 422, number[:9]
        own = program.sends(f"/rehearsals/{lived_in.just_over}/own-words", {"distress_now": f"x{number}"})
        assert own.status_code == 422, number[:9]
    for path in ("/meet/zzz/who", f"/meet/{lived_in.draft}/nonsense", f"/meet/{lived_in.draft}/asked/{'9' * 5000}"):
        assert program.get(path).status_code in {303, 404, 422}, path[:40]


# ---- files


def test_a_broken_file_is_told_plainly_and_changes_nothing(lived_in: Home, calling: Calling) -> None:
    program, served = calling(lived_in.served), lived_in.served
    token = re.search(r'name="token" value="([^"]+)"', program.get("/library").text)
    assert token
    exported = served.edgewise.export(lived_in.told)
    another = json.loads(exported)
    another["situation"]["title"] = "<script>alert(1)</script>"
    before = served.edgewise.listed()
    for content in (
        b"",
        b"{",
        b"null",
        b"[]",
        b"\xff\xfe\x00",
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40,
        exported[: len(exported) // 2].encode(),
        exported.replace('"counterpart"', '"ghost"', 1).encode(),
        exported.replace(lived_in.told, "../../etc", 1).encode(),
        b"[" * 200_000,
        b'{"a":' * 200_000,
        json.dumps(another).encode(),
        json.dumps({**another, "seed": "x" * 100_000}).encode(),
    ):
        answer = program.http.post("/import", data={"token": token[1]}, files={"file": ("x.json", content)})
        assert answer.status_code == 422, content[:20]
        words = re.search(r"<h1>(.+?)</h1>", answer.text, re.DOTALL)
        assert words, content[:20]
        assert len(words[1]) < 300
        assert re.search("changed|left as it is", answer.text), content[:20]
        assert "Traceback" not in answer.text
    assert program.http.post("/import", data={"token": token[1]}).status_code == 422
    assert served.edgewise.listed() == before


def test_a_file_full_of_markup_is_taken_in_as_text(program: Program, served: Served) -> None:
    rehearsal = held(served.edgewise, KIND[:1])
    given = json.loads(served.edgewise.export(rehearsal))
    given["id"] = "elsewhere"
    given["situation"]["title"] = given["turns"][1]["text"] = given["turns"][0]["gesture"] = MARKUP
    token = re.search(r'name="token" value="([^"]+)"', program.get("/library").text)
    assert token
    file = {"file": ("<script>.json", json.dumps(given).encode())}
    taken = program.http.post("/import", data={"token": token[1]}, files=file)
    assert taken.headers["location"] == "/rehearsals/elsewhere"
    program.sends("/rehearsals/elsewhere/own-words", {"go": "skip"})
    for path in ("", "/talk", "/debrief"):
        text = program.get(f"/rehearsals/elsewhere{path}").text
        assert html.escape(MARKUP, quote=False)[:30] in text
        assert "<script>alert" not in text
        assert "<img src=x" not in text


def test_a_file_with_nothing_said_in_it_can_be_looked_at(program: Program, served: Served) -> None:
    empty = served.edgewise.rehearsal(held(served.edgewise, ())).model_copy(update={"id": "empty", "turns": ()})
    served.edgewise.import_(empty.model_dump_json())
    program.sends("/rehearsals/empty/own-words", {"go": "skip"})
    for path in ("", "/talk", "/debrief", "/again", "/export.md", "/feelings.json"):
        assert program.get(f"/rehearsals/empty{path}").status_code == 200, path
    assert example("belittling-manager").heading in program.get("/rehearsals/empty").text


def test_a_character_card_is_taken_in_kept_and_saved_again_with_nothing_lost(program: Program, served: Served) -> None:
    card = {"name": f"Marla {MARKUP[:60]}", "scenario": "{{char}} waits.", "later": {"kept": [1, None]}}
    content = picture_with(json.dumps(card))
    token = re.search(r'name="token" value="([^"]+)"', program.get("/library").text)
    assert token
    taken = program.http.post("/import", data={"token": token[1]}, files={"file": ("../../marla.png", content)})
    assert taken.headers["location"] == "/library#situations"
    (kept,) = (path for path in served.folder.rglob("situations/*.toml"))
    assert program.get(f"/situations/{kept.stem}/card.json").json() == card
    assert json.loads(card_in(program.get(f"/situations/{kept.stem}/card.png").content)) == card
    listed = program.get("/library").text
    assert html.escape(MARKUP[:30], quote=False) in listed
    assert "<script>alert" not in listed
    assert "<img src=x" not in listed
