from __future__ import annotations

from edgewise import preset, preset_names
from edgewise.progress import most_unlike
from edgewise.take import presets


def test_the_next_take_offered_is_one_you_have_not_had_until_you_have_had_them_all() -> None:
    had = [preset("usual")]
    while len(had) < len(preset_names()):
        offered = most_unlike(had, presets())
        assert offered.name not in {take.name for take in had}
        had.append(offered)
    assert most_unlike(had, presets()).name in preset_names()


def test_after_all_charm_comes_someone_less_warm() -> None:
    assert most_unlike([preset("charm")], presets()).dials.warmth < 0.5
