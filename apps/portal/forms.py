"""What a list of projects can be narrowed by."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.accounts.render import side_name
from apps.accounts.roles import Side
from apps.issuance.kinds import StageName as RoundStage
from apps.portal.selectors import REGISTERED, WITHDRAWN
from apps.projects.selectors import STATES_OF, StageName

LARGEST_KEY = 2**63 - 1


class ProjectFilter(forms.Form):
    """Every field may stay empty; what is not understood is told beside the field, and then nothing is narrowed."""

    stage = forms.ChoiceField(
        label=_("Stage"),
        required=False,
        choices=[
            ("", _("Any stage")),
            *((name.value, name.label) for name in StageName if name in STATES_OF),
            *RoundStage.choices,
            (REGISTERED, _("Registered")),
            (WITHDRAWN, _("Withdrawn")),
        ],
        error_messages={"invalid_choice": _("Choose one of the list")},
    )
    side = forms.ChoiceField(
        label=_("With participants of"),
        required=False,
        choices=lambda: [("", _("Either side")), *((side.value, side_name(side)) for side in Side)],
        error_messages={"invalid_choice": _("Choose one of the list")},
    )
    text = forms.CharField(label=_("Number, title, place or participant"), required=False, max_length=100)
    before = forms.IntegerField(
        label=_("Older projects"),
        required=False,
        min_value=1,
        max_value=LARGEST_KEY,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _("Begin again with the newest projects")),
    )
