"""The holidays of a country in a year, as a well-kept list knows them: what a secretariat starts from, not what it decides."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.metadata import version

import holidays

SOURCE = f"python-holidays {version('holidays')}"
ENGLISH = "en_US"


def national_holidays(country: str, year: int) -> list[tuple[date, str]]:
    """Days and English names by the country's two letters, in order; empty for a country that the list does not know.

    Moveable feasts of the coming years are estimates, and say so.
    """
    return sorted(_known(country, year, ENGLISH).items())


def in_language(country: str, day: date, name: str, language: str) -> str:
    """The name of a known holiday in another language; empty where the list has none, or where the name is not the list's own."""
    if _known(country, day.year, ENGLISH).get(day) != name:
        return ""
    return _known(country, day.year, language).get(day, "")


@cache
def _known(country: str, year: int, language: str) -> dict[date, str]:
    try:
        found = holidays.country_holidays(country, years=year, language=language)
    except NotImplementedError:
        return {}
    # What the list does not speak it would answer in a language of its own choice.
    return dict(found) if language in (found.supported_languages or ()) else {}
