"""Where the key for a host is looked for: the environment, then the system's keyring. It is kept nowhere else."""

from __future__ import annotations

import os

from edgewise.errors import MissingExtraError, OperatorError

#: What our keys are filed under in the system's keyring.
_SERVICE = "edgewise"


def key_for(host: str, *variables: str) -> str | None:
    """The key for this host: from the first of these variables that is set, else from the system's keyring."""
    for name in variables:
        if key := os.environ.get(name, "").strip():
            return key
    return _in_keyring(host)


def keep_key(host: str, key: str) -> None:
    """Put a key into the system's keyring.

    Raises:
        MissingExtraError: what reaches the keyring is not installed.
        OperatorError: this system has no keyring, or it refused.
    """
    try:
        import keyring  # noqa: PLC0415 - an extra
        from keyring.errors import KeyringError  # noqa: PLC0415
    except ImportError as missing:
        raise MissingExtraError(
            "To reach the system's keyring, a further package is needed.",
            kept="The key was not kept.",
            next_step="Install it: pip install 'edgewise[keyring]'. Or set OPENAI_API_KEY in the environment.",
        ) from missing
    try:
        keyring.set_password(_SERVICE, host, key)
    except KeyringError as refused:
        raise OperatorError(
            "The system's keyring cannot be used here.",
            kept="The key was not kept.",
            next_step="Set it in the environment instead, as OPENAI_API_KEY.",
        ) from refused


def _in_keyring(host: str) -> str | None:
    try:
        import keyring  # noqa: PLC0415 - an extra
        from keyring.errors import KeyringError  # noqa: PLC0415
    except ImportError:
        return None
    try:
        return keyring.get_password(_SERVICE, host)
    except KeyringError:
        return None
