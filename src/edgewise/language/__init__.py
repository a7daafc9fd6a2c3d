"""What a language model may do here: word the counterpart's moves, and propose what the person may look at."""

from edgewise.language.voice import PATIENCE_S, LanguageVoice

__all__ = ["PATIENCE_S", "LanguageVoice"]
