"""The debrief on one printed page."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from edgewise import Debrief, Reflection
from edgewise.entrypoints.on_paper import as_pdf
from tests.people import ATTACKING, COLLAPSING, KIND, manager, rehearse


def printed(debrief: Debrief) -> tuple[int, str]:
    pages = PdfReader(BytesIO(as_pdf(debrief))).pages
    return len(pages), " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize(
    "lines", [KIND, ATTACKING, (*KIND, *ATTACKING, *COLLAPSING) * 3], ids=["kind", "attacking", "long"]
)
def test_any_debrief_fits_on_one_page_with_its_words_on_it(lines: tuple[str, ...]) -> None:
    own = Reflection(going_for="to be heard", said_it="yes, I did", lost_ground="when he laughed", distress_now=40)
    debrief = Debrief.of(rehearse(lines, manager(), "usual", 2).reflected(own))
    pages, words = printed(debrief)
    assert pages == 1
    assert "to be heard" in words
    for finding in debrief.findings:
        assert finding.question.in_words.split("?")[0][:25] in words
    assert debrief.reveal.how_near in words


def test_what_was_written_is_printed_as_it_was_and_never_as_markup() -> None:
    title = "#panic() *you* $always$ @me <b> “so”"
    rehearsal = rehearse(("You always do this.",), manager(), "usual", 1).titled(title)
    _, words = printed(Debrief.of(rehearsal))
    assert title in words
    assert "You always do this." in words
