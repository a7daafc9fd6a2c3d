from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgewise.progress import Share
from edgewise.progress.proportion import at_least_more

shares = st.integers(1, 200).flatmap(lambda of: st.builds(Share, count=st.integers(0, of), of=st.just(of)))


@given(shares)
def test_the_interval_holds_the_share_and_stays_between_none_and_all(share: Share) -> None:
    low, high = share.interval()
    assert 0.0 <= low <= share.share <= high <= 1.0


@given(shares, st.integers(2, 50))
def test_the_interval_narrows_with_instances(share: Share, times: int) -> None:
    more = Share(count=share.count * times, of=share.of * times)
    assert _width(more) < _width(share)


def _width(share: Share) -> float:
    low, high = share.interval()
    return high - low


def test_the_interval_is_that_of_wilson() -> None:
    # Newcombe (1998), Statistics in Medicine 17:857, table I, method 3: 15 of 148 and 1 of 29.
    assert Share(count=15, of=148).interval() == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert Share(count=1, of=29).interval() == pytest.approx((0.0061, 0.1718), abs=5e-5)


def test_the_difference_is_that_of_newcombe() -> None:
    # Newcombe (1998), Statistics in Medicine 17:873, table II, method 10: 56 of 70 against 48 of 80.
    assert at_least_more(Share(count=56, of=70), Share(count=48, of=80), 1.959964) == pytest.approx(0.0524, abs=5e-5)


def test_of_no_occasion_nothing_is_known() -> None:
    assert Share(count=0, of=0).interval() == (0.0, 1.0)


@given(shares)
def test_nothing_is_more_than_itself(share: Share) -> None:
    assert at_least_more(share, share) < 0
