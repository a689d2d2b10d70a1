"""Signing in, and choosing a capacity."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Membership


class SignInForm(AuthenticationForm):
    """E-mail address and password. A wrong address, a wrong password and a closed account read the same."""

    username = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True})
    )

    error_messages = {
        "invalid_login": _("The e-mail address or the password is not right. Check both and try again."),
        "inactive": _("The e-mail address or the password is not right. Check both and try again."),
    }


class CapacityForm(forms.Form):
    """One of a person's memberships in force."""

    membership = forms.TypedChoiceField(
        label=_("In which capacity do you act?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of your capacities"),
            "invalid_choice": _("You do not hold this capacity today; choose another one"),
        },
    )

    def __init__(self, memberships: Sequence[Membership], **options: Any) -> None:
        super().__init__(**options)
        self.fields["membership"].choices = [(one.pk, capacity_words(one)) for one in memberships]  # type: ignore[attr-defined] # reason: known to be a choice field


def capacity_words(membership: Membership) -> str:
    """A membership as its holder reads it."""
    words = [membership.get_role_display(), membership.get_side_display(), membership.organisation.name]
    return ", ".join(str(word) for word in words if word)
