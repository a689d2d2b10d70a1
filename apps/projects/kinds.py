"""What a credit allocation can hold for."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Validity(TextChoices):
    """How long an allocation holds. Source: rules 4.8 [NF], question Q7."""

    WHOLE_PERIOD = "whole_period", _("the whole crediting period")
    PER_PERIOD = "per_period", _("one monitoring period at a time")


# Who holds a part of a side's credits besides its participants, in the lines of a split.
GOVERNMENT = "government"
