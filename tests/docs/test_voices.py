from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from edgewise.adapters.models.models import GROUP, Models

PAGE = (Path(__file__).parents[2] / "docs" / "voices.md").read_text(encoding="utf-8")


def printed(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return found[1]


def test_the_source_that_is_shown_there_works_as_printed(tmp_path: Path) -> None:
    shown: dict[str, Any] = {}
    exec(printed("python"), shown)  # noqa: S102 - our own page
    named = tomllib.loads(printed("toml"))["project"]["entry-points"][GROUP]["echo"]
    assert named == "my_models:source"
    models = Models(tmp_path, lambda agreed: (shown["source"](agreed),))
    tried = models.try_out(models.called("echo"))
    assert tried.said == "Doyouhavetenminutesfor metoday?".replace(" ", "")
    models.use(models.called("echo"))
    speaking = models.speaking()
    assert speaking is not None
    assert speaking.card.name == "echo"
