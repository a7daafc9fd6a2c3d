from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import product

from edgewise.person.words import stem

BEGINNINGS = "interrupt presen complain organis belittl promis argu threaten apologis disappoint".split()
ENDINGS = "ing ed s ation ations ful fulness ly ment ments er ers able ably".split()
WORDS = ["".join(parts) for parts in product(BEGINNINGS, ENDINGS)]


def test_words_have_the_same_stems_however_many_conversations_go_on_at_once() -> None:
    alone = [stem(word) for word in WORDS]
    slowly = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as crowd:
            for _ in range(10):
                stem.cache_clear()
                assert list(crowd.map(stem, WORDS)) == alone
    finally:
        sys.setswitchinterval(slowly)
