"""The two sides in words. The letters and the name of the partner come from JCM_PARTNER."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from apps.accounts.roles import Side

PARTNERS = (gettext_noop("India"),)  # names that JCM_PARTNER may hold, for the catalogues
JAPAN_CODE = "JP"


def side_name(side: str) -> str:
    """The country of a side in the reader's language. Raises ValueError for what is no side."""
    return _("Japan") if Side(side) is Side.JAPAN else _(settings.JCM_PARTNER["name"])


def side_code(side: str) -> str:
    """The two letters of a side. Raises ValueError for what is no side."""
    return JAPAN_CODE if Side(side) is Side.JAPAN else settings.JCM_PARTNER["code"]
