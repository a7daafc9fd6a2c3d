"""What keeps other pages, other machines and other eyes out."""

from __future__ import annotations

import http.client
import json
import logging
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest
from fastapi.routing import APIRoute

from edgewise import Edgewise, MemoryStore
from edgewise.entrypoints.web.guard import LARGEST_REQUEST
from edgewise.entrypoints.web.serving import serve
from edgewise.errors import AddressError
from edgewise.rehearsal import FEELINGS, CounterpartTurn, Rehearsal, Turn
from tests.entrypoints.web.conftest import Calling, Program, Served, Serving
from tests.entrypoints.web.places import Home, furnished
from tests.people import ATTACKING, KIND

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
PRIVATE = "my most private words"
PASSPHRASE = "a long walk by the sea"  # noqa: S105 - it opens nothing but this


def routes(served: Served, method: str) -> Iterator[str]:
    """The address of everything that answers to this method."""
    for router in served.app.routes:
        found = getattr(getattr(router, "original_router", None), "routes", [router])
        yield from (one.path for one in found if isinstance(one, APIRoute) and method in one.methods)


def filled(path: str, home: Home) -> str:
    """An address with names in it that are there."""
    given = {
        "rehearsal_id": home.told,
        "draft": home.draft,
        "part": "who",
        "place": "1",
        "name": home.situation,
        "written_as": "md",
        "which": "distress",
    }
    return re.sub(r"\{(\w+)\}", lambda wanted: given[wanted[1]], path)


def everything(served: Served) -> list[object]:
    """All that is kept, to see that nothing has changed."""
    files = {path: path.read_bytes() for path in served.folder.rglob("*.toml")}
    return [files, *(served.edgewise.rehearsal(one.id) for one in served.edgewise.listed())]


# ---- where a call comes from


def test_a_name_that_is_not_ours_is_answered_with_nothing(lived_in: Home, calling: Calling) -> None:
    program = calling(lived_in.served)
    for host in ("evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", ""):
        answer = program.get("/", headers={"Host": host})
        assert answer.status_code == 400, host
        assert "Edgewise" not in answer.text


def test_our_own_names_are_answered(lived_in: Home, calling: Calling) -> None:
    program, port = calling(lived_in.served), lived_in.served.port
    for host in ("127.0.0.1", f"127.0.0.1:{port}", f"localhost:{port}"):
        assert program.get("/", headers={"Host": host}).status_code == 200, host


@pytest.mark.parametrize("method", UNSAFE)
def test_other_pages_can_change_nothing(lived_in: Home, calling: Calling, method: str) -> None:
    served, program = lived_in.served, calling(lived_in.served)
    before = everything(served)
    for path in {*routes(served, method), "/", "/settings", "/api/rehearsals"}:
        for sent in (
            {"Origin": "https://evil.example"},
            {"Origin": "http://127.0.0.1:1"},
            {"Origin": "null"},
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
        ):
            answer = program.http.request(method, filled(path, lived_in), headers=sent)
            assert answer.status_code == 403, (path, sent)
            assert "Nothing was changed." in answer.text
    assert everything(served) == before


def test_our_own_pages_and_programs_on_this_machine_can(served: Served, calling: Calling) -> None:
    for sent in ({}, {"Origin": served.address}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}):
        begun = calling(served, **sent).http.post("/api/rehearsals", json={"example": "belittling-manager"})
        assert begun.status_code == 201


def test_a_form_that_our_pages_did_not_send_changes_nothing(lived_in: Home, calling: Calling) -> None:
    served, program = lived_in.served, calling(lived_in.served)
    program.get("/settings")
    before = everything(served)
    forms = [path for path in routes(served, "POST") if not path.startswith("/api/")]
    assert len(forms) > 15
    given = {"sure": "delete", "title": "Another", "turns": "2", "person.name": "Someone"}
    for path in forms:
        for token in ({}, {"token": ""}, {"token": "a guess"}, {"token": "é"}):
            answer = program.http.post(filled(path, lived_in), data={**given, **token})
            assert answer.status_code == 403, path
            assert "did not come from here" in answer.text, path
    assert everything(served) == before


def test_the_word_of_somebody_elses_page_opens_nothing(lived_in: Home, calling: Calling) -> None:
    mine, theirs = calling(lived_in.served), calling(lived_in.served)
    mine.get("/settings")
    token = re.search(r'name="token" value="([^"]+)"', theirs.get("/settings").text)
    assert token
    assert mine.http.post("/meet", data={"token": token[1]}).status_code == 403


# ---- what comes in


def test_a_body_larger_than_allowed_is_not_even_read(lived_in: Home) -> None:
    for path in ("/import", "/api/rehearsals"):
        connection = http.client.HTTPConnection("127.0.0.1", lived_in.served.port, timeout=20)
        connection.putrequest("POST", path)
        connection.putheader("Content-Length", str(LARGEST_REQUEST + 1))
        connection.endheaders()
        answer = connection.getresponse()
        assert answer.status == 413
        assert "Nothing was changed." in answer.read().decode()
        connection.close()


def test_a_body_that_does_not_say_how_large_it_is_is_measured(lived_in: Home, calling: Calling) -> None:
    program = calling(lived_in.served)
    begins = b'--x\r\nContent-Disposition: form-data; name="file"; filename="x.json"\r\n\r\n'

    def too_much() -> Iterator[bytes]:
        yield begins
        for _ in range(LARGEST_REQUEST // 100_000):
            yield b" " * 100_000

    for path, kind in (("/api/rehearsals", "application/json"), ("/import", "multipart/form-data; boundary=x")):
        answer = program.http.post(path, content=too_much(), headers={"Content-Type": kind})
        assert answer.status_code == 413
        assert "Nothing was changed." in answer.text


def test_a_length_that_is_no_number_is_refused(lived_in: Home) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", lived_in.served.port, timeout=20)
    connection.putrequest("POST", "/import")
    connection.putheader("Content-Length", "lots")
    connection.endheaders()
    assert connection.getresponse().status in {400, 413}
    connection.close()


# ---- what goes out


def test_every_page_says_what_it_may_load_and_is_kept_by_no_browser(lived_in: Home, calling: Calling) -> None:
    program = calling(lived_in.served)
    for name, path in lived_in.pages.items():
        sent = program.get(path).headers
        policy = dict(part.split(" ", 1) for part in sent["content-security-policy"].split("; "))
        assert policy["default-src"] == "'none'", name
        assert {policy["script-src"], policy["style-src"], policy["connect-src"], policy["form-action"]} == {"'self'"}
        assert (policy["frame-ancestors"], policy["base-uri"]) == ("'none'", "'none'"), name
        assert "unsafe" not in sent["content-security-policy"], name
        assert sent["cache-control"] == "no-store", name
        assert sent["x-content-type-options"] == "nosniff", name
        assert sent["referrer-policy"] == "same-origin", name


def test_what_was_said_is_kept_by_no_browser_wherever_it_goes_out(lived_in: Home, calling: Calling) -> None:
    program = calling(lived_in.served)
    for path in (
        f"/api/rehearsals/{lived_in.told}/debrief",
        f"/api/rehearsals/{lived_in.told}/export",
        f"/rehearsals/{lived_in.told}/export.json",
        f"/rehearsals/{lived_in.told}/export.md",
        f"/rehearsals/{lived_in.told}/feelings.json",
        "/static/there-is-no-such-file",
    ):
        assert program.get(path).headers["cache-control"] == "no-store", path


class Inline(HTMLParser):
    """Finds what a page would run or dress itself with, written into the page itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in given):
            self.found.append(tag)
        for name, value in given.items():
            if name == "style" or name.startswith(("on", "hx-on")) or (value or "").lower().startswith("javascript:"):
                self.found.append(f"{tag} {name}")


def test_no_page_has_a_script_or_a_style_written_into_it(lived_in: Home, calling: Calling) -> None:
    program = calling(lived_in.served)
    for name, path in lived_in.pages.items():
        looks = Inline()
        looks.feed(program.get(path).text)
        assert looks.found == [], name


def test_the_cookie_is_for_our_own_pages_alone(lived_in: Home, calling: Calling) -> None:
    cookie = calling(lived_in.served).get("/").headers["set-cookie"].lower()
    assert "samesite=strict" in cookie
    assert "httponly" in cookie


# ---- the passphrase


def test_without_the_passphrase_nothing_is_shown(serving: Serving, calling: Calling) -> None:
    served = serving(passphrase=PASSPHRASE)
    home, program = furnished(served), calling(served)
    for path in {*routes(served, "GET"), *home.pages.values(), "/api/openapi.json"}:
        address, answer = filled(path, home), program.get(filled(path, home))
        if path in {"/enter", "/manifest.webmanifest", "/worker.js"}:
            assert answer.status_code == 200, address
        elif path.startswith("/api/"):
            assert answer.status_code == 401, address
            assert set(answer.json()) == {"happened", "kept", "next_step"}
        else:
            assert (answer.status_code, answer.headers["location"]) == (303, "/enter"), address
            assert answer.text == ""
    assert program.get("/static/edgewise.css").status_code == 200


def test_without_the_passphrase_nothing_is_changed(serving: Serving, calling: Calling) -> None:
    served = serving(passphrase=PASSPHRASE)
    home, program = furnished(served), calling(served)
    before = everything(served)
    for method in UNSAFE:
        for path in routes(served, method):
            if path != "/enter":
                assert program.http.request(method, filled(path, home)).status_code in {303, 401}, path
    assert everything(served) == before


def test_a_wrong_passphrase_is_refused(serving: Serving, calling: Calling) -> None:
    program = calling(serving(passphrase=PASSPHRASE))
    for tried in ("", "a guess", PASSPHRASE.upper(), f"{PASSPHRASE} ", "ü"):
        answer = program.sends("/enter", {"passphrase": tried}, seen_at="/enter")
        assert answer.status_code == 403, tried
        assert "That is not it." in answer.text
        assert program.get("/").status_code == 303


def test_the_right_passphrase_lets_in_whoever_gave_it_and_nobody_else(serving: Serving, calling: Calling) -> None:
    served = serving(passphrase=PASSPHRASE)
    program = calling(served)
    assert program.sends("/enter", {"passphrase": PASSPHRASE}, seen_at="/enter").headers["location"] == "/"
    page = program.get("/")
    assert "There is a conversation you dread" in page.text
    assert "on the machine that serves this page" in page.text
    assert program.get("/api/rehearsals").status_code == 200
    assert calling(served).get("/").status_code == 303


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.7", "::", "example.org"])  # noqa: S104 - that is what is refused
@pytest.mark.parametrize("passphrase", ["", "short"])
def test_other_machines_are_let_in_only_with_a_passphrase(tmp_path: Path, host: str, passphrase: str) -> None:
    edgewise = Edgewise(store=MemoryStore())
    with pytest.raises(AddressError) as refused:
        serve(edgewise, tmp_path, host=host, port=None, browser=False, passphrase=passphrase)
    assert refused.value.kept == "Nothing was started."
    assert "EDGEWISE_PASSPHRASE" in refused.value.next_step


# ---- what others could read


class Breaks(MemoryStore):
    """A store that breaks as it is given a turn of yours, or asked for one it should have."""

    def append(self, rehearsal_id: str, place: int, turn: Turn) -> None:
        if turn.who == "you":
            raise ValueError(turn.text)
        super().append(rehearsal_id, place, turn)

    def load(self, rehearsal_id: str) -> Rehearsal:
        raise KeyError(PRIVATE, rehearsal_id)


def test_no_word_that_was_said_is_logged_when_edgewise_breaks(
    serving: Serving, calling: Calling, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    program = calling(serving(opens=lambda _: Edgewise(store=Breaks())))
    begun = program.http.post("/api/rehearsals", json={"example": "belittling-manager"}).json()
    answers = [
        program.http.post(f"/api/rehearsals/{begun['id']}/turns", json={"text": PRIVATE, "seen": 1}),
        program.sends(f"/rehearsals/{begun['id']}/say", {"text": PRIVATE, "seen": "1"}),
        program.get(f"/rehearsals/{begun['id']}"),
        program.http.post("/api/rehearsals", json={"example": PRIVATE, "other": PRIVATE}),
        program.http.post("/api/rehearsals", content=PRIVATE, headers={"Content-Type": "application/json"}),
        program.sends("/settings/delete-everything", {"sure": PRIVATE}),
    ]
    assert [answer.status_code for answer in answers] == [500, 500, 500, 422, 422, 422]
    for answer in answers[:3]:
        assert "Edgewise broke. That is a mistake in Edgewise, not yours." in answer.text
    told, printed = caplog.text, capfd.readouterr()
    assert "ValueError at" in told
    assert "KeyError at" in told
    for heard in (told, printed.out, printed.err, *(answer.text for answer in answers)):
        assert "private" not in heard


# ---- what is hidden


def _hidden(rehearsal: Rehearsal) -> set[str]:
    """Everything behind their turns that is written in words nobody says."""
    theirs = [turn for turn in rehearsal.turns if isinstance(turn, CounterpartTurn)]
    reasons = {reason.why for turn in theirs for reason in turn.reasons}
    moves = {turn.move.in_words for turn in theirs} | {turn.move.value for turn in theirs if "_" in turn.move.value}
    levels = {str(getattr(turn.state, name)) for turn in theirs for name in FEELINGS}
    lines = {turn.line for turn in theirs if turn.line}
    return {one for one in {*reasons, *moves, *lines, *levels} if len(one) > 4}


def test_what_is_hidden_stays_hidden_until_it_is_over(served: Served, program: Program) -> None:
    http = program.http
    begun = http.post("/api/rehearsals", json={"example": "belittling-manager", "take": "hits-back", "seed": 3}).json()
    address = f"/api/rehearsals/{begun['id']}"
    answers: list[httpx.Response] = []
    for place, line in enumerate((*KIND[:3], *ATTACKING[:2])):
        accept = "text/event-stream" if place % 2 else "application/json"
        given = {"text": line, "seen": 1 + 2 * place}
        answers.append(http.post(f"{address}/turns", json=given, headers={"Accept": accept}))
    assert not served.edgewise.rehearsal(begun["id"]).is_over
    answers += [
        http.get(path)
        for path in (
            address,
            f"{address}/debrief",
            f"{address}/export",
            "/api/rehearsals",
            "/",
            "/library",
            *(
                f"/rehearsals/{begun['id']}{page}"
                for page in ("", "/talk", "/again", "/debrief", "/own-words", "/feelings.json")
            ),
            *(f"/rehearsals/{begun['id']}/export.{kind}" for kind in ("json", "md", "pdf")),
            f"/side-by-side?take={begun['id']}&take={begun['id']}",
        )
    ]
    hidden = _hidden(served.edgewise.rehearsal(begun["id"]))
    assert len(hidden) > 20
    for answer in answers:
        found = [one for one in hidden if one in answer.text]
        assert found == [], answer.request.url
        for name in ("mood", "curveball", "reasons", "seed"):
            assert f'"{name}"' not in answer.text, answer.request.url
    seen = {"place", "who", "text", "gesture", "silence_s", "silent", "leaves", "voice", "note"}
    assert {key for turn in http.get(address).json()["turns"] for key in turn} == seen
    http.post(f"{address}/end")
    http.put(f"{address}/own-words", json={})
    shown = json.dumps(http.get(f"{address}/debrief").json(), ensure_ascii=False)
    assert any(one in shown for one in hidden)


def test_what_is_behind_it_is_not_written_out_before_your_own_words(lived_in: Home, calling: Calling) -> None:
    program = calling(lived_in.served)
    page = program.get(f"/rehearsals/{lived_in.just_over}/export.md").text
    assert KIND[0] in page
    assert "What was hidden" not in page
    assert "What was hidden" in program.get(f"/rehearsals/{lived_in.told}/export.md").text


def test_what_is_kept_is_readable_by_you_alone(lived_in: Home) -> None:
    folder = lived_in.served.folder
    for path in (folder, *folder.rglob("*")):
        assert path.stat().st_mode & 0o077 == 0, path
