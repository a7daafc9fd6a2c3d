"""Where real help is to be had, country by country: emergency services, violence at home, crises, children.

The lines stand in `countries.toml` and `directories.toml`, each with its source and the day it was put there. Nothing
is looked up by network, and nobody is asked where you are: the country is what this system is set to until you choose.
"""

from edgewise.help.lines import Country, Directory, For, Line, countries, country_called, directories, first_for
from edgewise.help.place import country_of, country_of_this_machine

__all__ = [
    "Country",
    "Directory",
    "For",
    "Line",
    "countries",
    "country_called",
    "country_of",
    "country_of_this_machine",
    "directories",
    "first_for",
]
