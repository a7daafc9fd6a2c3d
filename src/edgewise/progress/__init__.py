"""Chapter seven: what accumulates across takes."""

from edgewise.progress.side_by_side import Column, SideBySide, side_by_side

__all__ = ["Column", "SideBySide", "side_by_side"]
