"""What the story needs from the outside world, as small interfaces."""

from edgewise.counterpart.speak.voice import Cue, Spoken, Voice
from edgewise.ports.store import Listed, Store

__all__ = ["Cue", "Listed", "Spoken", "Store", "Voice"]
