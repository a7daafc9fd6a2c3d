"""The terminal: where you meet them when there is nothing but a keyboard.

app          the commands
choosing     whom to rehearse with, which version of them
interview    the person and what you came to say, one question at a time
stage        the conversation itself
afterwards   your own words, what the record shows, another take
script       the same without a keyboard
keeping      what you have kept: listed, shown, exported, deleted
models       the language models you already have: listed, tried, chosen
pages        how a transcript, a debrief and takes side by side are shown
screen       what is written on the terminal
listening    what is typed there, and when
"""

from edgewise.entrypoints.cli.app import run

__all__ = ["run"]
