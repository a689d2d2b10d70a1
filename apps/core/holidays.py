"""The holidays of a country in a year, as a well-kept list knows them: what a secretariat starts from, not what it decides."""

from __future__ import annotations

from datetime import date
from importlib.metadata import version

import holidays

SOURCE = f"python-holidays {version('holidays')}"


def national_holidays(country: str, year: int) -> list[tuple[date, str]]:
    """Days and English names by the country's two letters, in order; empty for a country that the list does not know.

    Moveable feasts of the coming years are estimates, and say so.
    """
    try:
        found = holidays.country_holidays(country, years=year, language="en_US")
    except NotImplementedError:
        return []
    return sorted(found.items())
