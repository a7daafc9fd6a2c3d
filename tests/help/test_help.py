from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgewise.danger import Kind
from edgewise.help import Country, For, countries, country_called, country_of, directories, first_for


def test_help_is_known_for_at_least_thirty_countries():
    whole = [one for one in countries().values() if {For.VIOLENCE, For.CRISIS} <= {line.for_ for line in one.line}]

    assert len(whole) >= 30


@pytest.mark.parametrize("country", countries().values(), ids=lambda country: country.code)
def test_every_line_names_who_answers_where_it_is_from_and_the_day_it_was_put_there(country: Country):
    assert country.line[0].for_ is For.EMERGENCY
    assert country.line[0].number
    for line in country.line:
        assert line.name == line.name.strip()
        assert line.source.startswith("https://")
        assert date(2026, 1, 1) <= line.compiled <= date(2100, 1, 1)
        assert line.number or line.for_ is For.VIOLENCE


def test_no_country_lists_the_same_number_for_the_same_thing_twice():
    for country in countries().values():
        told = [(line.for_, line.number) for line in country.line]
        assert len(told) == len(set(told)), country.name


def test_there_are_directories_for_crises_for_violence_and_for_children_in_any_country():
    assert {one.for_ for one in directories()} >= {For.CRISIS, For.VIOLENCE, For.CHILD}


@pytest.mark.parametrize("kind", Kind)
def test_emergency_services_stand_first_whatever_it_is_about_and_nothing_is_left_out(kind: Kind):
    assert first_for(kind.value)[0] is For.EMERGENCY
    assert set(first_for(kind.value)) == set(For)


def test_whoever_does_not_want_to_live_sees_a_crisis_line_before_any_other():
    assert first_for(Kind.SELF_HARM.value)[1] is For.CRISIS


@pytest.mark.parametrize(
    ("languages", "country"),
    [
        ("en-IE,en;q=0.8", "IE"),
        ("de_AT.UTF-8", "AT"),
        ("zh-Hant-TW", "TW"),
        ("en", ""),
        ("en,fr-BE;q=0.5", "BE"),
        ("C", ""),
    ],
)
def test_the_country_is_heard_in_what_a_system_is_set_to(languages: str, country: str):
    assert country_of(languages) == country


@given(st.text(max_size=80))
def test_no_setting_however_odd_breaks_it(languages: str):
    assert country_of(languages) == "" or len(country_of(languages)) == 2


def test_a_country_nobody_knows_lines_of_is_told_apart():
    assert country_called("XX") is None
    assert country_called("ie") is not None
