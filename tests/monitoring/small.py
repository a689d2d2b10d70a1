"""A small methodology, for what the declared ones do not show."""

from __future__ import annotations

from typing import Any

from apps.monitoring.declaration import Fixed, Formula, Measured, Method
from apps.monitoring.kinds import Frequency, Gas, Option

MONTHLY, ANNUAL = Frequency.MONTHLY, Frequency.ANNUAL


def measured(symbol: str, of: str, frequency: Frequency = MONTHLY, **others: Any) -> Measured:
    return Measured(symbol, "measured", of, Option.C, frequency, "meter", **others)


def declared(*formulas: Formula, re: str = "EG * EF", pe: str = "0", er: str = "RE - PE", **others: Any) -> Method:
    """A small method; what is tried comes before its last formulas."""
    given: dict[str, Any] = {
        "key": "small", "title": "Small", "gases": (Gas.CO2,),
        "measured": (
            measured("EG", "MWh"), measured("FC", "t"), measured("FC_i", "t"), measured("NCV", "GJ/t", adds_up=False),
            measured("AUX", "MWh", ANNUAL), measured("ETA", "1", ANNUAL, adds_up=False),
        ),
        "fixed": (Fixed("EF", "factor", "tCO2e/MWh", "list"), Fixed("CAP", "capacity", "MW", "plate")),
        "formulas": (*formulas, core("RE", re), core("PE", pe), core("ER", er)),
    }  # fmt: skip
    return Method(**{**given, **others})


def core(symbol: str, text: str, of: str = "tCO2e", every: Frequency = ANNUAL) -> Formula:
    return Formula(symbol, "result", of, text, every)
