"""What the takes of one conversation show together, on its page."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from edgewise import Edgewise, Reflection, example, preset
from edgewise.rehearsal import Happened
from edgewise.situation.situation import Fear
from edgewise.take import Move
from tests.entrypoints.web.conftest import Calling, OpenPage, Served
from tests.people import COLLAPSING, KIND

OPENING = "When you talk down to me in front of the team I stop bringing you what I know, and that has to change."
CLOSING = "I am asking you to let me finish when I present, and to correct me afterwards when we are alone."


def run(served: Served, lines: tuple[str, ...], seed: int) -> str:
    edgewise: Edgewise = served.edgewise
    conversation = edgewise.begin(example("belittling-manager"), preset("usual"), seed=seed)
    for line in lines:
        conversation.say(line)
    conversation.end()
    edgewise.reflect(conversation.rehearsal.id, Reflection())
    return conversation.rehearsal.id


def three_alike(served: Served) -> str:
    return [run(served, (OPENING, CLOSING), seed) for seed in (1, 2, 3)][-1]


def numbers(page: Page) -> list[int]:
    """What is predicted of each rung, from the top of the page down."""
    texts = page.locator(".rungs .predicted").all_inner_texts()
    return [int(re.sub(r"\D", "", text)) for text in texts]


def test_the_map_shows_every_move_that_was_met_with_its_count(served: Served, open_page: OpenPage) -> None:
    last = run(served, COLLAPSING, 4)
    page = open_page(f"/progress/{last}")
    rows = page.locator("table.map tbody tr")
    expect(rows.first).to_be_visible()
    assert all(re.search(r"\d of \d", rows.nth(place).inner_text()) for place in range(rows.count()))
    assert page.locator("svg.interval").first.get_attribute("aria-label")


def test_a_drill_begins_from_the_page(served: Served, open_page: OpenPage) -> None:
    last = run(served, KIND[:3], 4)
    page = open_page(f"/progress/{last}")
    page.get_by_text("Drill another move").click()
    page.get_by_label("They", exact=True).select_option("sarcasm")
    page.locator("#edges details").get_by_role("button", name="Drill it").click()
    page.wait_for_url("**/talk")
    newest = served.edgewise.rehearsal("last")
    assert newest.take.drill is not None
    assert newest.take.drill.move is Move.SARCASM


def test_words_that_have_set_are_told_with_three_ways_on_also_before_another_take(
    served: Served, open_page: OpenPage
) -> None:
    last = three_alike(served)
    for path in (f"/progress/{last}", f"/rehearsals/{last}/again"):
        page = open_page(path)
        told = page.locator("#set")
        expect(told).to_contain_text("words were the same in three takes")
        expect(told.get_by_role("button")).to_have_count(3)


def test_putting_the_script_down_begins_with_what_you_came_to_say_taken_away(
    served: Served, open_page: OpenPage
) -> None:
    page = open_page(f"/progress/{three_alike(served)}")
    page.get_by_role("button", name="Put the script down").click()
    page.wait_for_url("**/talk")
    assert served.edgewise.rehearsal("last").take.takes_your_opening


def test_stopping_begins_nothing_and_says_that_you_are_ready(served: Served, open_page: OpenPage) -> None:
    last = three_alike(served)
    before = len(served.edgewise.listed())
    page = open_page(f"/progress/{last}")
    page.get_by_role("button", name="Stop: you are ready").click()
    expect(page.get_by_text("You are ready. Close this page")).to_be_visible()
    assert len(served.edgewise.listed()) == before


def test_of_two_takes_alike_nothing_is_said(served: Served, open_page: OpenPage) -> None:
    last = [run(served, (OPENING, CLOSING), seed) for seed in (1, 2)][-1]
    expect(open_page(f"/progress/{last}").locator("#set")).to_have_count(0)


def test_the_ladder_can_be_changed_and_its_order_follows_the_numbers(served: Served, open_page: OpenPage) -> None:
    page = open_page(f"/progress/{run(served, KIND[:2], 4)}")
    assert numbers(page) == sorted(numbers(page))
    page.get_by_text("Change the ladder").click()
    page.locator("#predicted-harder").fill("3")
    page.locator("#own").fill("Say good morning to him in the lift.")
    page.locator("#own-predicted").fill("1")
    page.get_by_role("button", name="Keep the ladder so").click()
    rungs = page.locator(".rungs li")
    expect(rungs.nth(0)).to_contain_text("Say good morning to him in the lift.")
    expect(rungs.nth(1)).to_contain_text("harder version")
    assert numbers(page) == sorted(numbers(page))


def test_a_rung_without_a_number_is_refused_and_what_was_written_stays(
    served: Served, open_page: OpenPage, troubles
) -> None:
    troubles.expect("422")
    page = open_page(f"/progress/{run(served, KIND[:2], 4)}")
    page.get_by_text("Change the ladder").click()
    page.locator("#what-harder").fill("Have it on his worst day.")
    page.locator("#predicted-usual").fill("much")
    page.get_by_role("button", name="Keep the ladder so").click()
    expect(page.get_by_role("alert")).to_contain_text("no number from 0 to 100")
    assert page.locator("#what-harder").input_value() == "Have it on his worst day."


def test_going_on_a_rung_begins_it_and_the_next_one_is_proposed(served: Served, open_page: OpenPage) -> None:
    last = run(served, KIND[:2], 4)
    page = open_page(f"/progress/{last}")
    page.locator(".rungs li.next").get_by_role("button").click()
    page.wait_for_url("**/talk")
    assert served.edgewise.rehearsal("last").take.name == "receptive"
    page.goto(f"/progress/{last}")
    expect(page.locator(".rungs li.next")).to_contain_text("usual self")


def test_after_three_runs_in_a_day_it_asks_whether_it_still_helps(served: Served, open_page: OpenPage) -> None:
    expect(open_page(f"/progress/{three_alike(served)}").get_by_text("Is it still helping")).to_be_visible()


def test_a_drill_or_a_way_on_that_is_not_there_is_refused_plainly(served: Served, calling: Calling) -> None:
    last, program = run(served, KIND[:2], 4), calling(served)
    assert program.sends(f"/progress/{last}/drill", {"move": "greet"}).status_code == 404
    assert program.sends(f"/progress/{last}/on", {"way": "up"}).status_code == 404
    assert program.sends(f"/progress/{last}/climb", {"rung": "moon"}).status_code == 404
    assert program.get("/progress/nobody").status_code == 404


def test_a_run_that_nobody_read_yet_is_read_when_its_page_is_asked_for(served: Served, calling: Calling) -> None:
    conversation = served.edgewise.begin(example("belittling-manager"), preset("usual"), seed=4)
    conversation.say(KIND[0])
    conversation.end()
    assert "1 run that is over" in calling(served).get(f"/progress/{conversation.rehearsal.id}").text


def feared(served: Served, seed: int, told: Reflection) -> str:
    situation = example("belittling-manager").model_copy(
        update={"fear": Fear(what="He laughs at me", likelihood=80), "demands_before": 90, "resources_before": 40}
    )
    conversation = served.edgewise.begin(situation, preset("usual"), seed=seed, distress_before=70)
    conversation.say(KIND[0])
    conversation.end()
    served.edgewise.reflect(conversation.rehearsal.id, told)
    return conversation.rehearsal.id


def test_what_was_feared_stands_beside_what_came_and_is_drawn(served: Served, open_page: OpenPage) -> None:
    feared(served, 1, Reflection(distress_worst=90, distress_now=60, fear_happened=Happened.PARTLY))
    last = feared(
        served,
        2,
        Reflection(fear_happened=Happened.NO, happened_instead="He asked.", demands_after=50, resources_after=60),
    )
    page = open_page(f"/progress/{last}")
    how = page.locator("#how")
    expect(how).to_contain_text("Of 2 fears you told the end of, 1 came in part, 1 did not come.")
    expect(how).to_contain_text("By your own numbers you now have enough for it.")
    expect(how.locator(".chart svg")).to_have_count(3)
    how.get_by_text("The same as a table").click()
    expect(how.locator("tbody tr").last).to_contain_text("He laughs at me (80 in 100)")
    expect(how.locator("tbody tr").last).to_contain_text("90 and 40 before, 50 and 60 after")


def test_own_words_ask_what_became_of_the_fear_and_keep_it(served: Served, open_page: OpenPage) -> None:
    situation = example("belittling-manager").model_copy(update={"fear": Fear(what="He laughs at me")})
    conversation = served.edgewise.begin(situation, preset("usual"), seed=1)
    conversation.say(KIND[0])
    conversation.end()
    page = open_page(f"/rehearsals/{conversation.rehearsal.id}/own-words")
    page.get_by_role("group", name="He laughs at me").get_by_text("in part").click()
    page.get_by_label("What happened, then?").fill("He sighed.")
    page.locator("#resources_after").fill("65")
    page.get_by_role("button", name="See what the record shows").click()
    page.wait_for_url("**/debrief")
    told = served.edgewise.rehearsal(conversation.rehearsal.id).reflection
    assert told is not None
    assert (told.fear_happened, told.happened_instead, told.resources_after) == (Happened.PARTLY, "He sighed.", 65)


def test_takes_side_by_side_show_your_words_and_how_they_were(served: Served, open_page: OpenPage) -> None:
    first, second = run(served, KIND[:4], 1), run(served, COLLAPSING, 2)
    page = open_page(f"/side-by-side?take={first}&take={second}")
    expect(page.locator("#wording")).to_contain_text("You cut me off")
    expect(page.locator("table q").first).to_be_visible()
    expect(page.locator("#states .chart svg")).to_have_count(2)


def test_progress_and_side_by_side_are_there_for_programs_too(served: Served, calling: Calling) -> None:
    first, second = run(served, KIND[:2], 1), feared(served, 2, Reflection(fear_happened=Happened.NO))
    program = calling(served)
    told = program.get(f"/api/rehearsals/{second}/progress").json()
    assert told["runs"][-1]["how"]["happened"] == "no"
    beside = program.get("/api/side-by-side", params={"take": [first, second]}).json()
    assert [column["rehearsal_id"] for column in beside["columns"]] == [first, second]
    assert program.get("/api/side-by-side", params={"take": [first]}).status_code == 422
