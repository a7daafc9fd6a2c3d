"""Chapter six: when practice stops. Words that may tell of real danger are noticed before anything is played.

kind      what kinds of danger there are
plain     words as they are meant to be read, however they were dressed up
watcher   the small network and the authored wordings that notice danger
watch     what is watched: your words, and what a situation would have played; and what you said you did not mean
"""

from edgewise.danger.kind import Kind
from edgewise.danger.watch import Watch
from edgewise.danger.watcher import Card, Sign, Watcher

__all__ = ["Card", "Kind", "Sign", "Watch", "Watcher"]
