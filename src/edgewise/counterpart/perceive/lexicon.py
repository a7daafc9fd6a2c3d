"""The patterns of `acts.toml`, compiled once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from edgewise.counterpart.perceive.acts import Act
from edgewise.counterpart.perceive.reading import Span

STRONG, WEAK = 0.9, 0.65
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class ActPatterns:
    """How one act shows in words."""

    act: Act
    strong: re.Pattern[str] | None
    weak: re.Pattern[str] | None
    veto: re.Pattern[str] | None

    def shown_in(self, text: str) -> tuple[float, tuple[Span, ...]]:
        """How likely the act is in this text (0 to 1), and the words that show it."""
        forbidden = [match.span() for match in self.veto.finditer(text)] if self.veto else []
        for pattern, likelihood in ((self.strong, STRONG), (self.weak, WEAK)):
            found = _spans_outside(pattern, text, forbidden)
            if found:
                return likelihood, found
        return 0.0, ()

    def ruled_out_in(self, text: str) -> bool:
        """Whether what looks like the act here is something else ("sorry for your loss")."""
        return bool(self.veto and self.veto.search(text)) and not self.shown_in(text)[1]


@lru_cache(maxsize=1)
def act_patterns() -> tuple[ActPatterns, ...]:
    """Every act's patterns."""
    written = tomllib.loads(files("edgewise.counterpart.perceive").joinpath("acts.toml").read_text(encoding="utf-8"))
    words: dict[str, str] = written.pop("words")
    return tuple(
        ActPatterns(Act(name), *(_one_of(body.get(part, []), words) for part in ("strong", "weak", "veto")))
        for name, body in written.items()
    )


def straightened(text: str) -> str:
    """The text with straight apostrophes and no half characters, one for one, so that spans stay true."""
    return _HALF_CHARACTER.sub("\ufffd", text.replace("’", "'").replace("‘", "'"))


def _one_of(patterns: list[str], words: dict[str, str]) -> re.Pattern[str] | None:
    if not patterns:
        return None
    joined = "|".join(f"(?:{pattern})" for pattern in patterns)
    for name, stretch in words.items():
        joined = joined.replace(f"<{name}>", stretch)
    return re.compile(joined, re.IGNORECASE)


def _spans_outside(pattern: re.Pattern[str] | None, text: str, forbidden: list[tuple[int, int]]) -> tuple[Span, ...]:
    if pattern is None:
        return ()
    found = [_trimmed(text, *match.span()) for match in pattern.finditer(text) if match.group().strip()]
    return tuple(span for span in found if not any(start < span.end and span.start < end for start, end in forbidden))


def _trimmed(text: str, start: int, end: int) -> Span:
    """The span without the spaces and stops around it, so that a quote reads as words."""
    loose = " \t\n,.;:!?…"
    while start < end - 1 and text[start] in loose:
        start += 1
    while end > start + 1 and text[end - 1] in loose:
        end -= 1
    return Span(start, end)
