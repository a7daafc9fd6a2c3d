"""Which country this machine is set to. Nothing is asked of a network."""

from __future__ import annotations

import locale
import os
import re

_REGION = re.compile(r"^[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?[-_]([A-Za-z]{2})\b")


def country_of(languages: str) -> str:
    """The country in a locale or a list of languages ("en-IE,en;q=0.8", "de_AT.UTF-8"); empty when it names none."""
    for one in languages.split(","):
        if found := _REGION.match(one.strip()):
            return found[1].upper()
    return ""


def country_of_this_machine() -> str:
    """The country this system is set to, by its locale; empty when it is set to none."""
    told = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    told.append(locale.getlocale()[0] or "")
    return next((country for one in told if (country := country_of(one))), "")
