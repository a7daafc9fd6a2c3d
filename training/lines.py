"""Goes over the repertoire's lines again after some were written: `python -m training.lines`. Needs no training.

The ranking of replies keeps where each line points; a line it has not gone over is neither preferred nor passed over.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from edgewise.counterpart.perceive.learned.network import Network, session
from edgewise.counterpart.speak import built_in_repertoire
from edgewise.counterpart.speak.aptness import Aptness, Card, packed, plainly

REPLIES = Path(__file__).parent.parent / "src/edgewise/counterpart/speak/model"


def know_lines(right: float | None = None) -> None:
    """Write where each line of the repertoire points, and the card.

    Args:
        right: how often the ranking picked the reply of four, when it has just been taught.
    """
    old = REPLIES / "card.json"
    scores = Card.model_validate_json(old.read_bytes()).scores if right is None else {"picked of four, unseen": right}
    model = (REPLIES / "replies.onnx").read_bytes()
    apt = Aptness(Network.shipped(), session(model), {})
    lines = packed({line.name: apt.answers(plainly(line)) for line in built_in_repertoire().lines if plainly(line)})
    (REPLIES / "lines.npz").write_bytes(lines)
    sums = {"model_sha256": hashlib.sha256(model).hexdigest(), "lines_sha256": hashlib.sha256(lines).hexdigest()}
    old.write_text(Card(**sums, scores=scores).model_dump_json(indent=1) + "\n")


if __name__ == "__main__":
    know_lines()
