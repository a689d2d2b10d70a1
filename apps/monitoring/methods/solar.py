"""Solar photovoltaic plants that feed the grid, or take from it what they do not make themselves.

Modelled on public methodologies of this type; not an approved text.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from apps.monitoring.declaration import Fixed, Formula, Measured, Method
from apps.monitoring.kinds import Frequency, Gas, Option

SOLAR = Method(
    key="solar_pv",
    title=_("Electricity from solar photovoltaic plants"),
    gases=(Gas.CO2,),
    measured=(
        Measured(
            "EG_i", _("Electricity that plant i delivered"), "MWh", Option.C, Frequency.MONTHLY,
            _("Electricity meter of the plant, calibrated"),
        ),
    ),
    fixed=(
        Fixed(
            "EF_RE", _("Reference emission factor of the electricity replaced, below that of the grid"), "tCO2e/MWh",
            _("The methodology’s list, by grid and by captive plant"),
        ),
    ),
    formulas=(
        Formula("RE", _("Reference emissions"), "tCO2e", "sum(EG_i) * EF_RE"),
        Formula("PE", _("Project emissions"), "tCO2e", "0"),
        Formula("ER", _("Emission reductions"), "tCO2e", "RE - PE"),
    ),
)  # fmt: skip
