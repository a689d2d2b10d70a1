"""What the list of waiting matters can be narrowed by."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.accounts.render import side_name
from apps.accounts.roles import Role, Side

# Nobody waits for what merely reads.
MOVERS = tuple(one for one in Role if one not in {Role.AUTHORITY, Role.EXPERT})


class WaitingFilter(forms.Form):
    """Every field may stay empty; what is not understood is told beside the field, and then nothing is narrowed."""

    side = forms.ChoiceField(
        label=_("Whose side"),
        required=False,
        choices=lambda: [("", _("Either side")), *((side.value, side_name(side)) for side in Side)],
        error_messages={"invalid_choice": _("Choose one of the list")},
    )
    role = forms.ChoiceField(
        label=_("Whose move"),
        required=False,
        choices=[("", _("Anybody’s")), *((one.value, one.label) for one in MOVERS)],
        error_messages={"invalid_choice": _("Choose one of the list")},
    )
