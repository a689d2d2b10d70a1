"""What a special measure can set aside."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Waives(TextChoices):
    """The rules that a special measure may relax and that the engine itself applies. Source: rules 2.20, awkward case 39."""

    SITE_VISIT = "site_visit", _("Site visit at the first verification")
    OTHER = "other", _("Another rule, which no check of this system applies")
