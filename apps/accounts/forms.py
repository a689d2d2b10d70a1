"""Signing in, showing that it is you, factors, passwords, invitations, and choosing a capacity."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm, LoginWebAuthnForm
from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.accounts.models import Membership, Organisation, User
from apps.accounts.render import role_at, side_name
from apps.accounts.roles import INVITED_AS

NEW, PRESENT = {"autocomplete": "new-password"}, {"autocomplete": "current-password"}
CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "class": "govuk-input govuk-input--width-10"}
PASSWORD_HINT = gettext_lazy(
    "At least 12 characters. Three or four words that belong to nobody else are good, and you may paste."
)


class SignInForm(AuthenticationForm):
    """E-mail address and password. A wrong address, a wrong password and a closed account read the same."""

    username = forms.EmailField(
        label=gettext_lazy("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True})
    )

    error_messages = {
        "invalid_login": gettext_lazy("The e-mail address or the password is not right. Check both and try again."),
        "inactive": gettext_lazy("The e-mail address or the password is not right. Check both and try again."),
    }

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError where they do not belong together, or where too many were tried."""
        address, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if address is not None and password:
            self.user_cache = get_adapter().authenticate(self.request, email=address, password=password)
            if self.user_cache is None:
                raise self.get_invalid_login_error()
        return self.cleaned_data


class CapacityForm(forms.Form):
    """One of a person's memberships in force."""

    membership = forms.TypedChoiceField(
        label=gettext_lazy("In which capacity do you act?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose one of your capacities"),
            "invalid_choice": gettext_lazy("You do not hold this capacity today; choose another one"),
        },
    )

    def __init__(self, memberships: Sequence[Membership], **options: Any) -> None:
        super().__init__(**options)
        self.fields["membership"].choices = [(one.pk, capacity_words(one)) for one in memberships]  # type: ignore[attr-defined] # reason: known to be a choice field


def capacity_words(membership: Membership) -> str:
    """A membership as its holder reads it."""
    side = [side_name(membership.side)] if membership.side else []
    return " · ".join([*role_at(membership.as_role, membership.organisation.name), *side])


# --- Factors --------------------------------------------------------------------------------------


def code_field() -> forms.CharField:
    """A code from an authenticator app, or one for recovery."""
    return forms.CharField(
        label=gettext_lazy("Code"),
        help_text=gettext_lazy("Six digits from your authenticator app, or one of your recovery codes."),
        max_length=20,
        widget=forms.TextInput(attrs=CODE),
        error_messages={"required": gettext_lazy("Type the code")},
    )


class CodeForm(AuthenticateForm):  # type: ignore[misc] # reason: allauth has no types
    """The second step of signing in, by a code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field()


class ConfirmingCodeForm(ReauthenticateForm):  # type: ignore[misc] # reason: allauth has no types
    """Showing by a code that it is you."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field()


class AppForm(ActivateTOTPForm):  # type: ignore[misc] # reason: allauth has no types
    """The first code of an authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field()
        self.fields["code"].help_text = _("The six digits that the app shows now.")


def no_passkey() -> ValidationError:
    """What is told of whatever is no answer of a passkey."""
    return ValidationError(_("The passkey was not taken. Try once more."))


class SignInPasskeyForm(LoginWebAuthnForm):  # type: ignore[misc] # reason: allauth has no types
    """The answer of a passkey to whoever signs in with it alone."""

    def clean_credential(self) -> Authenticator:
        """Raises ValidationError for whatever else was sent."""
        try:
            return super().clean_credential()
        except ValidationError:
            raise
        except Exception as error:  # reason: what strangers send breaks the library's reader in many ways
            raise no_passkey() from error


class SecondPasskeyForm(AuthenticateWebAuthnForm):  # type: ignore[misc] # reason: allauth has no types
    """The answer of a passkey as the second step."""

    def clean_credential(self) -> Authenticator:
        """Raises ValidationError for whatever else was sent."""
        try:
            return super().clean_credential()
        except ValidationError:
            raise
        except Exception as error:  # reason: as above
            raise no_passkey() from error


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc] # reason: allauth has no types
    """A passkey and its name. It asks for a finger, a face or a PIN each time, and so stands for both factors."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["passwordless"]
        self.fields["name"].label = _("Name of the passkey")
        self.fields["name"].help_text = _("So that you know it again, for example “Office laptop”.")
        self.fields["name"].max_length = 60
        self.fields["credential"].error_messages["required"] = _(
            "The browser gave no passkey. Try once more, or use an authenticator app."
        )

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError for a key that did not ask who uses it, and for what is no key."""
        self.cleaned_data["passwordless"] = True
        try:
            found: dict[str, Any] = super().clean()
        except ValidationError:
            raise
        except Exception as error:  # reason: as above
            raise no_passkey() from error
        return found


class ConfirmationForm(forms.Form):
    """Showing that it is you, in one of the ways that you have."""

    prefix = "confirm"
    way = forms.CharField(widget=forms.HiddenInput)
    credential = forms.CharField(required=False, widget=forms.HiddenInput)
    code = code_field()
    password = forms.CharField(
        label=gettext_lazy("Password"), strip=False, max_length=4096, widget=forms.PasswordInput(attrs=PRESENT),
        error_messages={"required": gettext_lazy("Type your password")},
    )  # fmt: skip

    def __init__(self, user: User, ways: Sequence[str], request: HttpRequest) -> None:
        sent = request.POST if f"{self.prefix}-way" in request.POST else None
        super().__init__(sent, initial={"way": ways[-1] if ways else ""})
        self.user, self.ways, self.request = user, ways, request
        for name in ("code", "password"):
            self.fields[name].required = sent is None or sent.get(self.add_prefix("way")) == name
            if name not in ways:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError for a way that the person does not have, and for what is not right."""
        way = self.cleaned_data.get("way")
        if way not in self.ways:
            raise ValidationError(_("Nothing was shown. Use one of the ways on this page."))
        if not self.errors:
            getattr(self, f"by_{way}")()
        return self.cleaned_data

    def by_passkey(self) -> None:
        """Raises ValidationError for a passkey that is not this person's."""
        form = SecondPasskeyForm(user=self.user, data={"credential": self.data.get(self.add_prefix("credential"), "")})
        if not form.is_valid():
            raise no_passkey()
        post_authentication(self.request, form.cleaned_data["credential"], reauthenticated=True)

    def by_code(self) -> None:
        """Tells at the field that a code is not right."""
        form = ConfirmingCodeForm(user=self.user, data={"code": self.cleaned_data["code"]})
        if form.is_valid():
            post_authentication(self.request, form.authenticator, reauthenticated=True)
        else:
            self.add_error("code", form.errors["code"].as_data())

    def by_password(self) -> None:
        """Tells at the field that a password is not right."""
        found = get_adapter().authenticate(self.request, email=self.user.email, password=self.cleaned_data["password"])
        if found is None or found.pk != self.user.pk:
            self.add_error("password", _("This is not your password"))


# --- Passwords ------------------------------------------------------------------------------------


class ResetForm(forms.Form):
    """Whose password is forgotten."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        error_messages={"required": gettext_lazy("Write the address")},
    )


class PasswordForm(forms.Form):
    """A new password, typed once: it can be shown."""

    password = forms.CharField(
        label=gettext_lazy("New password"), help_text=PASSWORD_HINT, strip=False, max_length=4096,
        widget=forms.PasswordInput(attrs=NEW), error_messages={"required": gettext_lazy("Choose a password")},
    )  # fmt: skip

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        """Raises ValidationError for one that is easily guessed."""
        password: str = self.cleaned_data["password"]
        if password:
            validate_password(password, self.user)
        return password


# --- Invitations ----------------------------------------------------------------------------------


class InvitationForm(forms.Form):
    """Who is invited, and to which appointment, if to any. What goes with what is the service's matter."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"), help_text=gettext_lazy("The link goes there, and the person signs in with it.")
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the mail"), choices=settings.LANGUAGES)
    role = forms.ChoiceField(
        label=gettext_lazy("Appointment"), required=False, widget=forms.RadioSelect,
        help_text=gettext_lazy("It begins on the day on which the person accepts."),
        choices=[
            ("", gettext_lazy("None: an account alone, as for people whom their side is going to appoint")),
            *((one.value, one.label) for one in INVITED_AS),
        ],
    )  # fmt: skip
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Organisation"), required=False, empty_label=gettext_lazy("None"),
        help_text=gettext_lazy("Only with an appointment."),
    )  # fmt: skip

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined] # reason: known to be a choice of rows


class JoinForm(PasswordForm):
    """Opening an account: a name, a language, and a password or a passkey."""

    PASSWORD, PASSKEY = "password", "passkey"

    name = forms.CharField(
        label=gettext_lazy("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of mails"), choices=settings.LANGUAGES)
    way = forms.ChoiceField(
        label=gettext_lazy("How do you want to sign in?"), widget=forms.RadioSelect, initial=PASSWORD,
        choices=[
            (PASSWORD, gettext_lazy("With a password")),
            (PASSKEY, gettext_lazy("With a passkey: your finger, face or PIN. The browser asks for it on the next page")),
        ],
    )  # fmt: skip
    field_order = ["name", "language", "way", "password"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].required = self.data.get("way") != self.PASSKEY
        self.fields["password"].label = _("Password")

    def chosen_password(self) -> str | None:
        """The password, unless a passkey was chosen."""
        return self.cleaned_data["password"] if self.cleaned_data["way"] == self.PASSWORD else None
