"""The methodologies that sheets are made for. To add one: a module beside these, and its name in the list."""

from __future__ import annotations

from collections.abc import Mapping

from apps.monitoring.declaration import Method
from apps.monitoring.methods.chiller import CHILLER
from apps.monitoring.methods.fuel_switch import FUEL_SWITCH
from apps.monitoring.methods.solar import SOLAR
from apps.monitoring.methods.waste_heat import WASTE_HEAT

__all__ = ["BY_KEY", "CHILLER", "FUEL_SWITCH", "METHODS", "SOLAR", "WASTE_HEAT"]

METHODS = (SOLAR, CHILLER, WASTE_HEAT, FUEL_SWITCH)
BY_KEY: Mapping[str, Method] = {one.key: one for one in METHODS}
