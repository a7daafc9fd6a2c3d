"""With a passphrase on what is kept, one page asks for it, and nothing else is there until it has been given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from edgewise import Edgewise, MemoryStore
from edgewise.adapters.papers import Papers
from edgewise.adapters.storage.locking import lock
from edgewise.bootstrap import edgewise as open_edgewise
from edgewise.bootstrap import papers
from edgewise.entrypoints.web.application import locked_application
from tests.entrypoints.web.conftest import SECRET, Calling, Program, Served
from tests.entrypoints.web.places import Home, furnished
from tests.people import KIND

PASSPHRASE = "a long walk by the sea"  # noqa: S105 - it opens nothing but this
WRONG = "a short walk by the sea"


class LockedServed(Served):
    """The pages over a folder that is locked."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.edgewise = Edgewise(store=MemoryStore())

    def start(self) -> None:
        self.app = locked_application(self.folder, self.opens, secret=SECRET)
        self.listen()

    def opens(self, passphrase: str) -> tuple[Edgewise, Path, Papers]:
        self.edgewise = open_edgewise(self.folder, passphrase=passphrase)
        return self.edgewise, self.folder, papers(self.folder, passphrase=passphrase)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home that was lived in, and then locked."""
    served = Served(tmp_path / "home")
    served.start()
    home = furnished(served)
    served.stop()
    lock(served.folder, PASSPHRASE)
    return home


@pytest.fixture
def locked(home: Home) -> Iterator[LockedServed]:
    served = LockedServed(home.served.folder)
    served.start()
    yield served
    served.stop()


def gives(program: Program, passphrase: str) -> int:
    return program.sends("/unlock", {"passphrase": passphrase}, seen_at="/unlock").status_code


def test_before_the_passphrase_nothing_is_shown_wherever_one_goes(
    home: Home, locked: LockedServed, calling: Calling
) -> None:
    program = calling(locked)
    for path in (*home.pages.values(), "/no-such-page"):
        answer = program.get(path)
        assert (answer.status_code, answer.headers["location"], answer.text) == (303, "/unlock", ""), path
    assert program.get("/api/rehearsals").status_code == 401
    assert set(program.get("/api/rehearsals").json()) == {"happened", "kept", "next_step"}
    assert "What you keep here is locked" in program.get("/unlock").text
    assert program.get("/static/edgewise.css").status_code == 200


def test_a_wrong_passphrase_is_refused_and_never_said_back(locked: LockedServed, calling: Calling) -> None:
    program = calling(locked)
    answer = program.sends("/unlock", {"passphrase": WRONG}, seen_at="/unlock")
    assert answer.status_code == 403
    assert "That is not it." in answer.text
    assert WRONG not in answer.text
    assert gives(program, "") == 403
    assert program.get("/").headers["location"] == "/unlock"


def test_the_right_one_opens_everything_and_everything_works(
    home: Home, locked: LockedServed, calling: Calling
) -> None:
    program = calling(locked)
    assert gives(program, PASSPHRASE) == 303
    assert KIND[0] in program.get(f"/rehearsals/{home.told}").text
    begun = program.http.post("/api/rehearsals", json={"example": "belittling-manager"}).json()
    said = program.http.post(f"/api/rehearsals/{begun['id']}/turns", json={"text": KIND[1], "seen": 1})
    assert said.status_code == 200
    start = program.get("/").text
    assert not re.search(r"<strong>[0-9a-f]{8}</strong>", start, re.IGNORECASE)
    assert "edgewise unlock" in program.get("/settings").text


def test_another_page_cannot_give_the_passphrase(locked: LockedServed, calling: Calling) -> None:
    other = calling(locked, Origin="http://example.org")
    assert other.http.post("/unlock", data={"passphrase": PASSPHRASE}).status_code == 403
    assert calling(locked).http.post("/unlock", data={"passphrase": PASSPHRASE}).status_code == 403
    assert calling(locked).get("/").headers["location"] == "/unlock"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_that_asks_shuts_nobody_out(locked: LockedServed, browser: Browser, scheme: str, width: int) -> None:
    context = browser.new_context(
        base_url=locked.address, color_scheme=scheme, viewport={"width": width, "height": 640}, locale="en-GB"
    )
    page = context.new_page()
    page.goto("/")
    assert page.url.endswith("/unlock")
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.keyboard.type(WRONG)
    page.keyboard.press("Enter")
    page.get_by_text("That is not it.").wait_for()
    assert Axe().run(page).response["violations"] == []
    page.keyboard.type(PASSPHRASE)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="There is a conversation you dread").wait_for()
    context.close()
