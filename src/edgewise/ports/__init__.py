"""What the story needs from the outside world, as small interfaces."""

from edgewise.ports.store import Listed, Store
from edgewise.counterpart.speak.voice import Cue, Spoken, Voice

__all__ = ["Cue", "Listed", "Spoken", "Store", "Voice"]
