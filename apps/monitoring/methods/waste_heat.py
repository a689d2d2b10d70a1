"""Electricity from waste heat of a kiln or furnace, in place of electricity from the grid.

What the plant itself uses is not metered: its rated capacity is taken for every hour of each day on which it ran, which
is the conservative side. Modelled on public methodologies of this type; not an approved text.
"""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from apps.monitoring.declaration import Fixed, Formula, Measured, Method
from apps.monitoring.kinds import Frequency, Gas, Option

WASTE_HEAT = Method(
    key="waste_heat_power",
    title=_("Electricity from waste heat"),
    gases=(Gas.CO2,),
    measured=(
        Measured(
            "EG_SUP", _("Electricity that the plant supplied"), "MWh", Option.C, Frequency.MONTHLY,
            _("Electricity meter of the generator, calibrated"),
        ),
        Measured(
            "D_OP", _("Days on which the plant ran"), "d", Option.C, Frequency.MONTHLY,
            _("Operation log"), at_most=Decimal(31),
        ),
    ),
    fixed=(
        Fixed(
            "EC_CAP", _("Rated capacity of all that uses electricity in the plant"), "MW",
            _("Specification of the manufacturer"),
        ),
        Fixed("H_DAY", _("Hours of a day"), "h/d", _("By definition"), default=Decimal(24)),
        Fixed(
            "EF_elec", _("Emission factor of the electricity replaced"), "tCO2e/MWh",
            _("Published by the authority of the partner country"),
        ),
    ),
    formulas=(
        Formula("EG_AUX", _("Electricity that the plant itself used, at most"), "MWh", "EC_CAP * H_DAY * D_OP"),
        Formula("EG", _("Net electricity that the plant supplied"), "MWh", "EG_SUP - EG_AUX"),
        Formula("RE", _("Reference emissions"), "tCO2e", "EG * EF_elec"),
        Formula("PE", _("Project emissions"), "tCO2e", "0"),
        Formula("ER", _("Emission reductions"), "tCO2e", "RE - PE"),
    ),
)  # fmt: skip
