"""The files beside the rehearsals, under the same passphrase as those."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field

from edgewise.adapters.storage.keys import Key
from edgewise.errors import DataFolderError, MissingExtraError

_MAGIC = b"edgewise sealed 1\n"
_NONCE = 12  # bytes: what AES-GCM takes


def is_sealed(held: bytes) -> bool:
    """Whether a file was written under a passphrase."""
    return held.startswith(_MAGIC)


@dataclass(frozen=True, slots=True)
class Sealing:
    """Turns the text of a file into what only the passphrase opens (AES-256-GCM), and back."""

    key: bytes = field(repr=False)

    @classmethod
    def under(cls, key: Key) -> Sealing:
        """The sealing that goes with the key to the rehearsals."""
        return cls(hmac.digest(key.secret, b"edgewise: the files beside the rehearsals", hashlib.sha256))

    def seal(self, text: str) -> bytes:
        """The text, sealed; twice the same text never looks the same.

        Raises:
            MissingExtraError: what seals it is not installed.
        """
        nonce = secrets.token_bytes(_NONCE)
        return _MAGIC + nonce + _cipher(self.key).encrypt(nonce, text.encode(), _MAGIC)

    def open(self, held: bytes) -> bytes:
        """What was sealed.

        Raises:
            DataFolderError: it was changed since, or sealed with another passphrase.
            MissingExtraError: what opens it is not installed.
        """
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - an extra

        nonce, sealed = held[len(_MAGIC) :][:_NONCE], held[len(_MAGIC) + _NONCE :]
        try:
            return _cipher(self.key).decrypt(nonce, sealed, _MAGIC)
        except (InvalidTag, ValueError) as broken:
            raise DataFolderError(
                "A file of your answers is damaged, or was locked with another passphrase.",
                kept="It was left as it is.",
                next_step="Put back a copy from a backup of your own, or remove the file.",
            ) from broken


def _cipher(key: bytes):  # noqa: ANN202 - the type is an extra's
    try:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - an extra
    except ImportError as missing:
        raise MissingExtraError(
            "For data with a passphrase on it, a further package is needed.",
            kept="Nothing was changed.",
            next_step="Install it: pip install 'edgewise[passphrase]'",
        ) from missing
    return AESGCM(key)
