"""A server of our own, and a browser to look at it with."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from edgewise import Edgewise
from edgewise.bootstrap import edgewise as opened
from edgewise.entrypoints.web.application import application

ARGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


class Served:
    """The pages on one folder, which can be stopped and started again at the same address."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        self.edgewise: Edgewise = opened(self.folder)
        app = application(self.edgewise, self.folder, secret="x" * 40)
        self._server = uvicorn.Server(
            uvicorn.Config(app, port=self._port, log_level="error", access_log=False, lifespan="off")
        )
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        for _ in range(200):
            try:
                httpx.get(f"{self.address}/manifest.webmanifest")
            except httpx.TransportError:
                time.sleep(0.02)
            else:
                return
        pytest.fail("the server did not start")

    def stop(self) -> None:
        self._server.should_exit = True
        self._server.force_exit = True
        self._thread.join(timeout=10)
        self.edgewise.store.close()


@pytest.fixture
def served(tmp_path: Path) -> Generator[Served]:
    served = Served(tmp_path / "data")
    served.start()
    yield served
    served.stop()


@pytest.fixture(scope="session")
def browser() -> Generator[Browser]:
    path = shutil.which("chromium") or shutil.which("google-chrome")
    assert path, "The pages are tested in Chromium, which is not here. On Debian: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGS)
        yield browser
        browser.close()


class Troubles(list[str]):
    """What the browser complained of; a test may say which of it was to be expected."""

    def hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.append(message.text)


@pytest.fixture
def context(browser: Browser, served: Served) -> Generator[BrowserContext]:
    context = browser.new_context(base_url=served.address, reduced_motion="reduce", locale="en-GB")
    context.set_default_timeout(8_000)
    yield context
    context.close()


@pytest.fixture
def troubles() -> Troubles:
    return Troubles()


@pytest.fixture
def page(context: BrowserContext, troubles: Troubles) -> Generator[Page]:
    page = context.new_page()
    page.on("console", troubles.hear)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    yield page
    assert not troubles, f"the browser complained: {list(troubles)}"
