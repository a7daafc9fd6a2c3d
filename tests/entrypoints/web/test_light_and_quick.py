"""The first page is light, and there at once."""

from __future__ import annotations

from playwright.sync_api import Response

from tests.entrypoints.web.conftest import OpenPage

LIGHT = 200_000  # bytes, of everything the first page loads, as it travels
AT_ONCE = 1000  # milliseconds until the page can be used


def test_everything_of_the_first_page_together_is_under_200_kilobytes(open_page: OpenPage) -> None:
    page = open_page("about:blank")
    loaded: list[Response] = []
    page.on("response", lambda one: loaded.append(one))  # noqa: PLW0108 - what is listened with must be a function
    page.goto("/", wait_until="networkidle")
    assert any(".css" in one.url for one in loaded)
    travelled = sum(
        sum(one.request.sizes()[part] for part in ("responseBodySize", "responseHeadersSize")) for one in loaded
    )
    assert 1000 < travelled < LIGHT


def test_what_draws_charts_is_not_loaded_before_there_is_one(open_page: OpenPage) -> None:
    page = open_page()
    page.wait_for_load_state("networkidle")
    names = page.evaluate("performance.getEntriesByType('resource').map(one => one.name)")
    assert names
    assert not [one for one in names if "vega" in one]


def test_the_first_page_can_be_used_within_a_second(open_page: OpenPage) -> None:
    def interactive() -> float:
        page = open_page()
        page.wait_for_load_state("load")
        return page.evaluate("performance.getEntriesByType('navigation')[0].domInteractive")

    # The best of three: this is about the page, not about what else the machine is doing.
    assert min(interactive() for _ in range(3)) < AT_ONCE
