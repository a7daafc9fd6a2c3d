"""Which machine an address is on: this one, or one that words would have to leave for."""

from __future__ import annotations

from ipaddress import ip_address
from socket import create_connection
from urllib.parse import SplitResult, urlsplit

_LISTENS_S = 0.3  # seconds; a program on this machine accepts at once
_USUAL_PORTS = {"http": 80, "https": 443}
# What a server is told to listen at when it should listen everywhere; who connects to it reaches this machine.
_EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - compared with, never listened at


def host_of(address: str) -> str:
    """The host of an address as a person is shown it: "api.openai.com", "localhost:11434"."""
    parts = urlsplit(address)
    name = parts.hostname or ""
    port = _port(parts)
    shown = f"[{name}]" if ":" in name else name
    return shown if port is None or port == _USUAL_PORTS.get(parts.scheme) else f"{shown}:{port}"


def on_this_machine(host: str) -> bool:
    """Whether what is sent to this host stays on this machine: only loopback does.

    Args:
        host: a name or an address, with or without a port.
    """
    name = (urlsplit(f"//{host}").hostname or "").rstrip(".")
    if name == "localhost" or name.endswith(".localhost") or name in _EVERYWHERE:
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def listens(address: str) -> bool:
    """Whether anybody listens at an address of this machine: known in no time, before a client is loaded to ask."""
    parts = urlsplit(reachable(address))
    try:
        with create_connection((parts.hostname or "", _port(parts) or _USUAL_PORTS.get(parts.scheme, 80)), _LISTENS_S):
            return True
    except OSError:
        return False


def reachable(address: str) -> str:
    """An address to connect to, where it was written as one to listen at."""
    parts = urlsplit(address)
    if parts.hostname not in _EVERYWHERE:
        return address
    port = _port(parts)
    return parts._replace(netloc="127.0.0.1" if port is None else f"127.0.0.1:{port}").geturl()


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError:  # no number; whoever connects to it will say so
        return None
