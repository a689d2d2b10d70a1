"""What a list of projects can be narrowed by."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.accounts.roles import Side
from apps.projects.procedure import State
from apps.projects.selectors import STATES_OF, StageName

# A stage, or what lies beyond the stages that are passed once.
REGISTERED, WITHDRAWN = "registered", "withdrawn"
BEYOND = {
    REGISTERED: (State.REGISTERED.value,),
    WITHDRAWN: (State.REQUEST_WITHDRAWN.value, State.WITHDRAWN.value),
}


class ProjectFilter(forms.Form):
    """Every field may stay empty; what is not understood is told beside the field and narrows nothing."""

    stage = forms.ChoiceField(
        label=_("Stage"),
        required=False,
        choices=[
            ("", _("Any stage")),
            *((name.value, name.label) for name in StageName if name in STATES_OF),
            (REGISTERED, _("Registered")),
            (WITHDRAWN, _("Withdrawn")),
        ],
    )
    side = forms.ChoiceField(label=_("With participants of"), required=False, choices=[("", _("Either side")), *Side.choices])
    text = forms.CharField(label=_("Number, title or participant"), required=False, max_length=100)

    def states(self) -> tuple[str, ...]:
        """The states of the procedure that the chosen stage stands for; empty for any."""
        chosen = self.cleaned_data.get("stage") if self.is_bound and self.is_valid() else ""
        if not chosen:
            return ()
        if chosen in (REGISTERED, WITHDRAWN):
            return BEYOND[chosen]
        return tuple(str(state.value) for state in STATES_OF[StageName(chosen)])
