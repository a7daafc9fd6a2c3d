"""A chat page made with Gradio that says your words back, one after another: what `benchmarks.server` measures beside.

Run by the Python of an environment that has Gradio in it: python echo.py PORT
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import gradio


def said_back(words: str, _before: Any) -> Iterator[str]:
    """The words so far, with each word."""
    spoken = words.split(" ")
    for number in range(len(spoken)):
        yield " ".join(spoken[: number + 1])


if __name__ == "__main__":
    page = gradio.ChatInterface(said_back, api_name="chat", concurrency_limit=None)
    page.queue(max_size=None).launch(server_name="127.0.0.1", server_port=int(sys.argv[1]), quiet=True)
