"""The learned reader: a small network, trained on labelled turns, that runs on this machine in milliseconds.

tokens    words into the numbers the network takes
card      what is known of the network
network   the network, and the checks its file must pass
spans     which of your words show an act
nearness  how near a turn comes to what was noted beforehand
reader    all of it together, with the rules where they are exact
"""

from edgewise.counterpart.perceive.learned.reader import LearnedReader

__all__ = ["LearnedReader"]
