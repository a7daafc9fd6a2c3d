"""What sort of conversation it is."""

from __future__ import annotations

from enum import StrEnum

from edgewise.person import content_stems


class Kind(StrEnum):
    """What sort of conversation it is."""

    PERFORMANCE_REVIEW = "performance_review"
    ASKING = "asking"
    BOUNDARY = "boundary"
    TELLING = "telling"
    LONG_STANDING = "long_standing"
    CREATIVE_FEEDBACK = "creative_feedback"
    ENDING = "ending"
    CREDIT = "credit"
    OTHER = "other"


# Words people use when they say what they must talk about, by the kind they point to.
_HEARD_AS: dict[Kind, str] = {
    Kind.PERFORMANCE_REVIEW: "review appraisal rating rated performance probation evaluation targets",
    Kind.ASKING: "raise salary pay promotion lend loan owe deposit refund extension budget transfer reference favour",
    Kind.BOUNDARY: "boundary boundaries privacy unannounced uninvited permission weekends shouting interrupting",
    Kind.TELLING: "confess secret pregnant diagnosis moving emigrating gay lesbian trans wedding news cheated lied",
    Kind.LONG_STANDING: "years childhood growing decades always weight drinking favourite compared grew",
    Kind.CREATIVE_FEEDBACK: "draft chapter manuscript script song mix lyrics painting design scene poem novel demo",
    Kind.ENDING: "break breakup divorce separate leaving quit resign ending over goodbye unfriend",
    Kind.CREDIT: "credit byline plagiarised stole idea ideas presented authorship",
}
_STEMS = {kind: content_stems(words) for kind, words in _HEARD_AS.items()}


def kind_heard_in(words: str) -> Kind:
    """The kind that a description in the user's own words points to most; `OTHER` when it points to none."""
    heard = content_stems(words)
    hits = {kind: len(heard & stems) for kind, stems in _STEMS.items()}
    best = max(hits, key=lambda kind: hits[kind])
    return best if hits[best] else Kind.OTHER
