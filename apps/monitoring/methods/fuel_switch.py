"""Boilers for natural gas in place of boilers for diesel oil.

Modelled on public methodologies of this type; not an approved text. The emission factors are limits of the 95 % interval
of the IPCC Guidelines of 2006 (volume 2, stationary combustion), each on its conservative side.
"""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from apps.monitoring.declaration import Fixed, Formula, Measured, Method
from apps.monitoring.kinds import Frequency, Gas, Option

FUEL_SWITCH = Method(
    key="boiler_fuel_switch",
    title=_("Natural gas in place of diesel oil in boilers"),
    gases=(Gas.CO2,),
    measured=(
        Measured(
            "FC_i", _("Natural gas that boiler i burnt"), "m3", Option.B, Frequency.MONTHLY,
            _("Invoices of the supplier, by boiler"),
        ),
        Measured(
            "NCV", _("Net calorific value of the natural gas"), "GJ/m3", Option.A, Frequency.MONTHLY,
            _("Published by the supplier"), adds_up=False,
        ),
        Measured(
            "eta_PJ_i", _("Efficiency of project boiler i"), "1", Option.C, Frequency.ANNUAL,
            _("Yearly test of the boiler"), adds_up=False, at_most=Decimal(1),
        ),
        Measured(
            "EC_AUX", _("Electricity that pumps and fans used"), "MWh", Option.C, Frequency.ANNUAL,
            _("Electricity meter, calibrated"),
        ),
    ),
    fixed=(
        Fixed("eta_RE", _("Efficiency of the reference boiler"), "1", _("The methodology’s list, by size of boiler")),
        Fixed(
            "EF_RE", _("Emission factor of diesel oil, lower limit"), "tCO2e/GJ",
            _("IPCC Guidelines 2006, volume 2"), default=Decimal("0.0726"),
        ),
        Fixed(
            "EF_PJ", _("Emission factor of natural gas, upper limit"), "tCO2e/GJ",
            _("IPCC Guidelines 2006, volume 2"), default=Decimal("0.0583"),
        ),
        Fixed(
            "EF_elec", _("Emission factor of the electricity used"), "tCO2e/MWh",
            _("Published by the authority of the partner country"),
        ),
    ),
    formulas=(
        Formula("EI_i", _("Energy of the gas that boiler i burnt"), "GJ", "FC_i * NCV", Frequency.MONTHLY),
        Formula("HG_i", _("Heat that boiler i delivered"), "GJ", "EI_i * eta_PJ_i"),
        Formula("RE", _("Reference emissions"), "tCO2e", "sum(HG_i) / eta_RE * EF_RE"),
        Formula("PE", _("Project emissions"), "tCO2e", "sum(EI_i) * EF_PJ + EC_AUX * EF_elec"),
        Formula("ER", _("Emission reductions"), "tCO2e", "RE - PE"),
    ),
)  # fmt: skip
