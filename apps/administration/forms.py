"""Forms that ask for a reason, and that judge as the service will."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AdminPasswordChangeForm, AdminUserCreationForm
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from apps.accounts.checks import administration_problems, appointment_problems, end_problems
from apps.accounts.models import Membership, Organisation, User
from apps.administration.policies import Amender, amendment_problems
from apps.core.errors import Problem

REASON = _("Why this is changed. It is kept with the values before and after, for ever.")


def reason_field() -> forms.CharField:
    """The reason that every edit needs."""
    return forms.CharField(label=_("Reason"), help_text=REASON, max_length=2000, widget=forms.Textarea({"rows": 3}))


class Reasoned(forms.ModelForm[Any]):
    """A form of an entry, with the reason for the edit; `by` edits, with `right` where they are an administrator."""

    by: ClassVar[Amender]
    right: ClassVar[str] = ""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.errors:
            add_problems(self, self.problems())
        return cleaned

    def problems(self) -> Iterator[Problem]:
        """What stands against the edit."""
        yield from amendment_problems(self.by, self.held(), self.changes(), right=self.right)

    def held(self) -> Model:
        """The entry as the database has it; a new one as it is typed."""
        row: Model = self.instance
        return type(row)._default_manager.get(pk=row.pk) if row.pk else row

    def changes(self) -> dict[str, Any]:
        """The fields that the edit changes; none for a new entry."""
        if not self.instance.pk:
            return {}
        return {name: self.cleaned_data[name] for name in self.changed_data if name != "reason"}


def add_problems(form: forms.BaseForm, problems: Iterable[Problem]) -> None:
    """Tell each problem at its field, or of the whole where the form has no such field."""
    for problem in list(problems):
        field = problem.field if problem.field in form.fields else None
        form.add_error(field, ValidationError(str(problem), code=problem.code))


def languages() -> forms.ChoiceField:
    """The languages of the site."""
    return forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class NewUserForm(AdminUserCreationForm[User]):
    """A new person, with a password or without."""

    by: ClassVar[Amender]
    right: ClassVar[str] = ""
    language = languages()
    reason = reason_field()

    class Meta:
        model = User
        fields = ("email", "name", "language")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors:
            add_problems(self, amendment_problems(self.by, self.instance, (), right=self.right))
        return cleaned


class InvitedForm(Reasoned):
    """A new person without a password: whoever reads mail at the address sets one."""

    language = languages()
    reason = reason_field()

    class Meta:
        model = User
        fields = ("email", "name", "language")


class KnownUserForm(Reasoned):
    """A person who is known already."""

    language = languages()
    reason = reason_field()

    class Meta:
        model = User
        fields = ("email", "name", "language", "is_active", "is_staff", "is_superuser", "user_permissions")


class PasswordForm(AdminPasswordChangeForm):  # type: ignore[type-arg] # reason: it takes none when it runs
    """Another password for somebody, with the reason."""

    reason = reason_field()


class ReasonForm(forms.Form):
    """The reason alone."""

    reason = reason_field()


class OrganisationForm(Reasoned):
    """An organisation by its name."""

    reason = reason_field()

    class Meta:
        model = Organisation
        fields = ("name", "side")

    def held(self) -> Model:
        """A new organisation as it is typed: its side says who may make it."""
        if self.instance.pk:
            return super().held()
        return Organisation(name=self.cleaned_data["name"], side=self.cleaned_data["side"])


class MembershipForm(Reasoned):
    """An appointment as it is made, or the last day of one that was made before."""

    reason = reason_field()

    class Meta:
        model = Membership
        fields = ("user", "organisation", "role", "side", "acts_for", "starts_on", "ends_on")

    def problems(self) -> Iterator[Problem]:
        """What stands against the appointment, or against its end."""
        yield from super().problems()
        if not self.instance.pk:
            draft = Membership(**{name: value for name, value in self.cleaned_data.items() if name != "reason"})
            yield from administration_problems(draft)
            yield from appointment_problems(draft)
        elif "ends_on" in self.changed_data:
            yield from administration_problems(self.instance)
            yield from end_problems(Membership.objects.get(pk=self.instance.pk), self.cleaned_data["ends_on"])
