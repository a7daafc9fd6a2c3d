"""How long a text is in tokens, where no server counts it for us."""

from __future__ import annotations

#: Characters of plain English in a token. Measured tokenizers take four and more; three errs on the safe side.
_CHARACTERS = 3
#: What a message costs besides its words: its role, its beginning and its end.
_AROUND = 4


def tokens_at_most(text: str) -> int:
    """Tokens this text takes, rather too many than too few.

    Some tokenizers take a token for each digit and each mark, and for each byte of a character outside ASCII; so do we.
    """
    letters = sum(character.isascii() and (character.isalpha() or character == " ") for character in text)
    return -(-letters // _CHARACTERS) + len(text.encode("utf-8", "replace")) - letters + _AROUND
