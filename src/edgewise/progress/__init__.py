"""Chapter seven: what accumulates across takes."""

from edgewise.progress.next_take import most_unlike
from edgewise.progress.side_by_side import Column, SideBySide, side_by_side

__all__ = ["Column", "SideBySide", "most_unlike", "side_by_side"]
