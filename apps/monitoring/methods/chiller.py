"""Chillers of high efficiency in place of ordinary ones, for cooling in factories and buildings.

Modelled on public methodologies of this type; not an approved text.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from apps.monitoring.declaration import Fixed, Formula, Measured, Method
from apps.monitoring.kinds import Frequency, Gas, Option

CHILLER = Method(
    key="efficient_chiller",
    title=_("Chillers of high efficiency"),
    gases=(Gas.CO2,),
    measured=(
        Measured(
            "EC_PJ_i", _("Electricity that chiller i used"), "MWh", Option.C, Frequency.MONTHLY,
            _("Electricity meter of the chiller, calibrated"),
        ),
    ),
    fixed=(
        Fixed(
            "COP_PJ_i", _("Coefficient of performance of project chiller i under its rated conditions"), "1",
            _("Specification or factory test of the manufacturer"),
        ),
        Fixed(
            "COP_RE_i", _("Coefficient of performance of the reference chiller, by cooling capacity"), "1",
            _("The methodology’s list, by cooling capacity"),
        ),
        Fixed(
            "EF_elec", _("Emission factor of the electricity used"), "tCO2e/MWh",
            _("Published by the authority of the partner country"),
        ),
    ),
    formulas=(
        Formula("EC_RE_i", _("Electricity that reference chiller i would use"), "MWh", "EC_PJ_i * COP_PJ_i / COP_RE_i"),
        Formula("RE", _("Reference emissions"), "tCO2e", "sum(EC_RE_i) * EF_elec"),
        Formula("PE", _("Project emissions"), "tCO2e", "sum(EC_PJ_i) * EF_elec"),
        Formula("ER", _("Emission reductions"), "tCO2e", "RE - PE"),
    ),
)  # fmt: skip
