"""The whole loop by HTTP, for programs on this machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from edgewise import example
from edgewise.rehearsal import LONGEST_TURN, Rehearsal
from tests.entrypoints.web.conftest import Program, Served
from tests.people import KIND

Json = dict[str, Any]
STREAM = {"Accept": "text/event-stream"}


def begin(program: Program, **given: Any) -> Json:
    answer = program.http.post("/api/rehearsals", json={"example": "belittling-manager", "seed": 7, **given})
    assert answer.status_code == 201, answer.text
    return answer.json()


def say(program: Program, rehearsal: str, text: str, seen: int, **more: Any) -> httpx.Response:
    given = {"text": text, "seen": seen, **more.pop("json", {})}
    return program.http.post(f"/api/rehearsals/{rehearsal}/turns", json=given, **more)


def events(answer: httpx.Response) -> Iterator[tuple[str, Json]]:
    assert answer.headers["content-type"].startswith("text/event-stream")
    for event in answer.text.strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in event.split("\n"))
        yield fields["event"], json.loads(fields["data"])


def test_the_whole_loop(program: Program, served: Served) -> None:
    http = program.http
    begun = begin(program, distress_before=70, questions=["said_it", "asked"], own_questions=["Did I breathe?"])
    assert (begun["person"], begun["take"], begun["over"]) == ("Martin", "usual", False)
    assert [turn["who"] for turn in begun["turns"]] == ["counterpart"]
    address = f"/api/rehearsals/{begun['id']}"

    seen = 1
    for line in KIND[:2]:
        answer = say(program, begun["id"], line, seen).json()
        assert (answer["place"], answer["who"]) == (seen + 1, "counterpart")
        seen += 2
    assert [turn["text"] for turn in http.get(address).json()["turns"]][1::2] == list(KIND[:2])

    last = http.post(f"{address}/end").json()
    assert last["place"] == seen
    assert http.get(address).json()["over"] is True
    assert http.post(f"{address}/end").json() is None

    refused = http.get(f"{address}/debrief")
    assert refused.status_code == 422
    assert refused.json()["happened"] == "Your own words come first."
    assert http.put(f"{address}/own-words", json={"going_for": "to be heard", "distress_now": 40}).status_code == 204
    told = http.get(f"{address}/debrief").json()
    assert told["own_words"]["going_for"] == "to be heard"
    assert {finding["question"] for finding in told["findings"]} == {"said_it", "asked"}
    assert told["own_answers"][0]["asked"] == "Did I breathe?"

    branch = http.post(f"{address}/rewind", json={"turns": 3})
    assert branch.status_code == 201
    kept = [turn["text"] for turn in branch.json()["turns"]]
    assert kept == [turn.text for turn in served.edgewise.rehearsal(begun["id"]).turns[:3]]
    assert say(program, branch.json()["id"], "What would help?", 3).status_code == 200
    assert [one["id"] for one in http.get("/api/rehearsals").json()] == [branch.json()["id"], begun["id"]]

    exported = http.get(f"{address}/export").text
    assert Rehearsal.model_validate_json(exported) == served.edgewise.rehearsal(begun["id"])
    assert http.delete(address).status_code == 204
    assert http.get(address).status_code == 404
    assert [one["id"] for one in http.get("/api/rehearsals").json()] == [branch.json()["id"]]


def test_an_answer_comes_as_it_is_seen_then_silence_then_words(program: Program, served: Served) -> None:
    begun = begin(program, take="goes-quiet")
    seen = 1
    kinds: set[str] = set()
    for line in KIND[:6]:
        told = list(events(say(program, begun["id"], line, seen, headers=STREAM)))
        names = [name for name, _ in told]
        assert names == sorted(names, key=["heard", "gesture", "silence", "words", "done"].index)
        assert names[-1] == "done"
        done, turn = told[-1][1], served.edgewise.rehearsal(begun["id"]).turns[-1]
        assert " ".join(data["text"] for name, data in told if name == "words") == turn.text == done["text"]
        assert done["place"] == seen + 1
        kinds |= set(names)
        seen += 2
    assert kinds == {"heard", "gesture", "silence", "words", "done"}


def test_the_same_seed_brings_the_same_answer_whole_or_as_it_comes(program: Program) -> None:
    whole, streamed = begin(program), begin(program)
    for place, line in enumerate(KIND[:3]):
        one = say(program, whole["id"], line, 1 + 2 * place).json()
        *_, (_, other) = events(say(program, streamed["id"], line, 1 + 2 * place, headers=STREAM))
        assert one == other


def test_silence_and_its_length_are_kept_and_so_is_how_a_turn_came(program: Program, served: Served) -> None:
    begun = begin(program)
    say(program, begun["id"], "...", 1, json={"silence_s": 12.5})
    say(program, begun["id"], KIND[1], 3, json={"silence_s": 2.0, "typing_s": 30.0, "corrections": 4})
    silent, spoken = (turn for _, turn in served.edgewise.rehearsal(begun["id"]).your_turns)
    assert (silent.text, silent.silence_s) == ("", 12.5)
    assert (spoken.silence_s, spoken.typing_s, spoken.corrections) == (2.0, 30.0, 4)


def test_asking_whether_they_would_cut_in_says_nothing(program: Program, served: Served) -> None:
    begun = begin(program)
    before = served.edgewise.rehearsal(begun["id"])
    asked = program.http.post(
        f"/api/rehearsals/{begun['id']}/so-far", json={"text": "I wanted to say that. " * 30, "seen": 1}
    )
    assert set(asked.json()) == {"cuts_in"}
    assert served.edgewise.rehearsal(begun["id"]) == before


def test_a_situation_of_your_own_and_dials_of_your_own(program: Program, served: Served) -> None:
    situation = {"person": {"name": "Dana", "relationship": "boss"}, "came_to_say": "Let me finish."}
    begun = begin(program, example="", situation=situation, dials={"pushback": 0.9, "warmth": 0.1})
    rehearsal = served.edgewise.rehearsal(begun["id"])
    assert (begun["heading"], begun["person"], begun["take"]) == ("Let me finish.", "Dana", "your own")
    assert (rehearsal.take.dials.pushback, rehearsal.take.dials.warmth) == (0.9, 0.1)


def test_examples_and_takes_can_be_looked_up(program: Program) -> None:
    examples = program.get("/api/examples").json()
    assert examples["belittling-manager"]["person"]["name"] == example("belittling-manager").person.name
    takes = program.get("/api/takes").json()
    assert "usual" in {take["name"] for take in takes}
    assert all(set(take) == {"name", "promise"} for take in takes)


# ---- when something is wrong


@pytest.fixture
def going_on(program: Program) -> str:
    return begin(program)["id"]


@pytest.fixture
def over(program: Program) -> str:
    begun = begin(program)["id"]
    program.http.post(f"/api/rehearsals/{begun}/end")
    return begun


def is_told(answer: httpx.Response, status: int) -> None:
    assert answer.status_code == status, (answer.request.method, answer.request.url, answer.text)
    assert answer.headers["content-type"] == "application/json"
    told = answer.json()
    assert {"happened", "kept", "next_step"} <= set(told), answer.request.url
    assert told["happened"], answer.request.url
    assert told["next_step"], answer.request.url
    assert "!" not in answer.text


def test_every_error_is_told_as_json_with_what_was_kept_and_what_to_do(
    program: Program, served: Served, going_on: str, over: str
) -> None:
    http, at, ended = program.http, f"/api/rehearsals/{going_on}", f"/api/rehearsals/{over}"
    before = [served.edgewise.rehearsal(one) for one in (going_on, over)]
    for status, method, path, given in (
        (404, "GET", "/api/rehearsals/nobody", None),
        (404, "GET", "/api/rehearsals/%00", None),
        (404, "GET", "/api/no-such-thing", None),
        (405, "PUT", "/api/rehearsals", {}),
        (404, "DELETE", "/api/rehearsals/nobody", None),
        (404, "POST", "/api/rehearsals/nobody/turns", {"text": "Hello.", "seen": 1}),
        (404, "POST", "/api/rehearsals", {"example": "no-such-example"}),
        (404, "POST", "/api/rehearsals", {"example": "belittling-manager", "take": "no-such-take"}),
        (422, "POST", "/api/rehearsals", {}),
        (422, "POST", "/api/rehearsals", {"example": "belittling-manager", "nonsense": 1}),
        (422, "POST", "/api/rehearsals", {"example": "belittling-manager", "own_questions": ["?"] * 9}),
        (422, "POST", "/api/rehearsals", {"example": "belittling-manager", "own_questions": ["?" * 9_000]}),
        (422, "POST", "/api/rehearsals", {"situation": {"person": {"name": "x" * 9_000}}}),
        (404, "POST", "/api/rehearsals", {"situation": {"person": {"name": "Dana", "styles": ["unheard-of"]}}}),
        (422, "POST", f"{at}/turns", {"text": "", "seen": 1}),
        (422, "POST", f"{at}/turns", {"text": " \x00\u202e ", "seen": 1}),
        (422, "POST", f"{at}/turns", {"text": "x" * (LONGEST_TURN + 1), "seen": 1}),
        (422, "POST", f"{at}/turns", {"text": "x" * 300_000, "seen": 1}),
        (422, "POST", f"{at}/turns", {"text": "Hello.", "seen": "many"}),
        (422, "POST", f"{at}/turns", {"text": "Hello.", "seen": 1, "silence_s": -1}),
        (409, "POST", f"{at}/turns", {"text": "Hello.", "seen": 9}),
        (409, "POST", f"{at}/turns", {"text": "Hello.", "seen": 10**30}),
        (409, "POST", f"{at}/so-far", {"text": "Hello.", "seen": 9}),
        (422, "PUT", f"{at}/own-words", {}),
        (422, "GET", f"{at}/debrief", None),
        (422, "GET", f"{at}/export", None),
        (422, "POST", f"{at}/rewind", {"turns": 2}),
        (422, "POST", f"{at}/rewind", {"turns": 10**30}),
        (422, "POST", f"{at}/rewind", {"turns": -1}),
        (409, "POST", f"{ended}/turns", {"text": "And another thing.", "seen": 2}),
        (422, "PUT", f"{ended}/own-words", {"going_for": "x" * 20_000}),
        (422, "PUT", f"{ended}/own-words", {"distress_now": 101}),
        (422, "GET", f"{ended}/debrief", None),
    ):
        is_told(http.request(method, path, json=given), status)
    for content, status in (
        (b"{", 422),
        (b"", 422),
        (b"[]", 422),
        (b'{"text": "x\\ud800", "seen": 1}', 422),
        (b"\xff", 400),
        (b"[" * 100_000, 400),
    ):
        is_told(http.post(f"{at}/turns", content=content, headers={"Content-Type": "application/json"}), status)
    is_told(http.post(f"{at}/end", headers={"Origin": "https://evil.example"}), 403)
    assert [served.edgewise.rehearsal(one) for one in (going_on, over)] == before
    assert len(served.edgewise.listed()) == 2


def test_words_sent_as_another_page_could_send_them_are_not_read(program: Program, served: Served) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        sent = program.http.post(
            "/api/rehearsals", content=b'{"example": "belittling-manager"}', headers={"Content-Type": kind}
        )
        is_told(sent, 422)
    assert served.edgewise.listed() == ()


def test_the_description_lists_all_of_it(program: Program) -> None:
    described = program.get("/api/openapi.json").json()
    offered = {(method.upper(), path) for path, methods in described["paths"].items() for method in methods}
    one = "/api/rehearsals/{rehearsal_id}"
    assert offered == {
        ("GET", "/api/examples"),
        ("GET", "/api/takes"),
        ("GET", "/api/rehearsals"),
        ("POST", "/api/rehearsals"),
        ("GET", one),
        ("DELETE", one),
        ("POST", f"{one}/turns"),
        ("POST", f"{one}/so-far"),
        ("POST", f"{one}/end"),
        ("PUT", f"{one}/own-words"),
        ("GET", f"{one}/debrief"),
        ("POST", f"{one}/rewind"),
        ("GET", f"{one}/export"),
        ("GET", f"{one}/progress"),
        ("GET", "/api/side-by-side"),
        ("POST", "/api/not-meant"),
    }
    for path, methods in described["paths"].items():
        for method, told in methods.items():
            assert told["description"], (method, path)
