"""Chapter one: who you must talk to.

Their relationship to you, how they talk, what sets them off, what they care about, what happened between you, and the
sentences you can already hear them say.
"""

from edgewise.person.person import (
    Circle,
    Incident,
    Person,
    Pronouns,
    Relationship,
    Theme,
    Trigger,
    Value,
    relationship_heard_in,
)
from edgewise.person.portrait import portrait
from edgewise.person.record import Number, Percent, Record, Several, ShortText, Text, Whole, Worded, plain_words
from edgewise.person.style import Style, StyleName, styles_heard_in
from edgewise.person.words import content_stems, listed, tidy, word_count
from edgewise.person.written import line_of, lines_of

__all__ = [
    "Circle",
    "Incident",
    "Number",
    "Percent",
    "Person",
    "Pronouns",
    "Record",
    "Relationship",
    "Several",
    "ShortText",
    "Style",
    "StyleName",
    "Text",
    "Theme",
    "Trigger",
    "Value",
    "Whole",
    "Worded",
    "content_stems",
    "line_of",
    "lines_of",
    "listed",
    "plain_words",
    "portrait",
    "relationship_heard_in",
    "styles_heard_in",
    "tidy",
    "word_count",
]
