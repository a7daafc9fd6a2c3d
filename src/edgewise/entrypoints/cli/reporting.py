"""Everything of one conversation, written to a file from the terminal."""

from __future__ import annotations

import sys
from pathlib import Path

from rich.progress import Progress as Bar
from rich.progress import TaskID

from edgewise.app import Edgewise
from edgewise.entrypoints.cli.keeping import opened, write_out
from edgewise.entrypoints.cli.screen import Screen
from edgewise.entrypoints.report import Report, as_page, as_tables, report_on
from edgewise.errors import PersonError


def write_report(rehearsal_id: str, written_as: str, output: Path | None) -> None:
    """Write it out; a page goes to the screen unless a file is named."""
    if output is None and written_as != "markdown":
        raise PersonError(
            "That is not for the screen.", next_step=f"Name a file: edgewise report --format {written_as} -o FILE"
        )
    with opened() as edgewise:
        given = _written(_gone_through(edgewise, rehearsal_id), written_as)
    if output is None:
        sys.stdout.buffer.write(given)
        return
    write_out(output, given)
    Screen().say(f"Written to {output}.")


def _gone_through(edgewise: Edgewise, rehearsal_id: str) -> Report:
    with Bar(transient=True, disable=not sys.stderr.isatty()) as bar:
        going: TaskID = bar.add_task("Reading the runs", total=None)
        return report_on(edgewise, rehearsal_id, lambda done, of: bar.update(going, completed=done, total=of))


def _written(report: Report, written_as: str) -> bytes:
    if written_as == "pdf":
        from edgewise.entrypoints.report_on_paper import report_as_pdf  # noqa: PLC0415 - slow to load

        return report_as_pdf(report)
    return as_tables(report) if written_as == "csv" else as_page(report).encode()
