"""Appraise: what your turn does to this person, and why."""

from edgewise.counterpart.appraise.appraise import Appraisal, Hearing, appraise, baseline

__all__ = ["Appraisal", "Hearing", "appraise", "baseline"]
