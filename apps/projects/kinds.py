"""Words that a project's file chooses among: how long an allocation holds, what a design document and its validator say."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Validity(TextChoices):
    """How long an allocation holds. Source: rules 4.8 [NF], question Q7."""

    WHOLE_PERIOD = "whole_period", _("the whole crediting period")
    PER_PERIOD = "per_period", _("one monitoring period at a time")


class Additionality(TextChoices):
    """What a validator finds of the additionality statement. Source: rules 2.1, S26."""

    ADDITIONAL = "additional", _("The project is additional")
    NOT_ADDITIONAL = "not_additional", _("The project is not additional")


class Rank(TextChoices):
    """As which of the two an authorised signatory signs. Source: rules 1.4, S45."""

    PRIMARY = "primary", _("primary signatory")
    ALTERNATE = "alternate", _("alternate signatory")


# Who holds a part of a side's credits besides its participants, in the lines of a split or of a decision.
GOVERNMENT = "government"
