"""How a parameter is monitored: the option, how often, and the gases of a methodology."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Gas(TextChoices):
    """The greenhouse gases. Source: rules 5.1, S48."""

    CO2 = "CO2", "CO2"
    CH4 = "CH4", "CH4"
    N2O = "N2O", "N2O"
    HFC = "HFC", "HFCs"
    PFC = "PFC", "PFCs"
    SF6 = "SF6", "SF6"
    NF3 = "NF3", "NF3"


class Option(TextChoices):
    """Where the value of a monitored parameter comes from. Source: rules 4.11 [R+]."""

    A = "A", _("Option A: public data that others than the participants have measured")
    B = "B", _("Option B: what was bought or sold, as invoices and other commercial evidence show")
    C = "C", _("Option C: what the participants measure with their own meters")


class Frequency(TextChoices):
    """For which stretch of time a value stands."""

    MONTHLY = "monthly", _("every month")
    ANNUAL = "annual", _("every calendar year")


class Origin(TextChoices):
    """Who fixed a value before the project began. Source: rules 5.4, S43."""

    DEFAULT = "default", _("default value of the methodology")
    PROJECT = "project", _("value of the project, fixed at validation")
