"""People, organisations and appointments. Staff only; nothing here gives power in a procedure but an appointment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from apps.accounts.checks import administration_problems, appointment_problems, end_problems
from apps.accounts.middleware import unconfirmed
from apps.accounts.models import Membership, Organisation, User
from apps.accounts.services import appoint_first, end_first, remove_factors
from apps.core import clock
from apps.core.errors import Problem, Refusal


def site_sign_in(request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # noqa: ARG001 # reason: the signature of AdminSite.login
    """The admin has no log-in of its own. Raises PermissionDenied for somebody signed in who is not staff."""
    if request.user.is_authenticated and not admin.site.has_permission(request):
        raise PermissionDenied
    return redirect_to_login(request.GET.get("next") or "/admin/")


admin.site.login = site_sign_in  # type: ignore[method-assign] # reason: one log-in for the whole site
admin.site.site_header = _("Administration")
admin.site.site_title = _("Administration")
admin.site.index_title = _("Records, people and appointments")
# What people sign in with is theirs: nobody reads it, adds to it or changes it here.
admin.site.unregister([Group, Authenticator, EmailAddress, SocialAccount, SocialApp, SocialToken])


class NewUserForm(AdminUserCreationForm[User]):
    """A new person, with a password or without."""

    class Meta:
        model = User
        fields = ("email", "name", "language")


class KnownUserForm(UserChangeForm[User]):
    """A person who is known already."""

    class Meta:
        model = User
        fields = ("email", "name", "language", "password", "is_active", "is_staff", "is_superuser", "user_permissions")
        field_classes: dict[str, type] = {}


@admin.register(User)
class UserAdmin(DjangoUserAdmin[User]):
    """People. Whoever sets a password can sign in as that person: superusers only, and the log keeps it."""

    form = KnownUserForm
    add_form = NewUserForm
    ordering = ("email",)
    list_display = ("email", "name", "is_active", "is_staff", "is_superuser")
    list_filter = ("is_active", "is_staff", "is_superuser")
    search_fields = ("email", "name")
    filter_horizontal = ("user_permissions",)
    readonly_fields = ("last_login", "joined_at")
    actions = ("remove_factors",)
    fieldsets = (
        (None, {"fields": ("email", "name", "language", "password")}),
        (
            _("Administration of the site"),
            {
                "fields": ("is_active", "is_staff", "is_superuser", "user_permissions"),
                "description": _(
                    "What a person may do in a procedure comes from appointments alone; a superuser has no power there."
                ),
            },
        ),
        (_("Dates"), {"fields": ("last_login", "joined_at")}),
    )
    add_fieldsets = (
        (None, {"classes": ("wide",), "fields": ("email", "name", "language", "usable_password", "password1", "password2")}),
    )

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:  # noqa: ARG002 # reason: Django's signature
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return fields if request.user.is_superuser else (*fields, "is_staff", "is_superuser", "user_permissions")

    @admin.action(description=_("Remove the passkeys, app and recovery codes of people who have lost them"))
    def remove_factors(self, request: HttpRequest, queryset: QuerySet[User]) -> HttpResponse | None:
        """For superusers who have just shown that it is them."""
        if not request.user.is_superuser:
            raise PermissionDenied
        if asked := unconfirmed(request, sign_in_counts=False):  # type: ignore[arg-type] # reason: made so by the middleware
            return asked
        for user in queryset:
            remove_factors(user)
        self.message_user(request, _("Removed. They set up others when they sign in next."), messages.SUCCESS)
        return None

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:  # noqa: A002 # reason: Django's signature
        if not request.user.is_superuser:
            raise PermissionDenied
        return super().user_change_password(request, id, form_url)


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin[Organisation]):
    """Organisations are renamed, never deleted: the log names them."""

    list_display = ("name", "side")
    list_filter = ("side",)
    search_fields = ("name",)

    def has_delete_permission(self, request: HttpRequest, obj: Organisation | None = None) -> bool:  # noqa: ARG002 # reason: Django's signature
        return False


class MembershipForm(ModelForm[Membership]):
    """An appointment as it is made, or the last day of one that was made before."""

    class Meta:
        model = Membership
        fields = ("user", "organisation", "role", "side", "acts_for", "starts_on", "ends_on")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.errors:
            return cleaned
        for problem in list(self.problems()):
            self.add_error(problem.field, str(problem))
        return cleaned

    def problems(self) -> Iterator[Problem]:
        """What stands against the appointment, or against its end."""
        if not self.instance.pk:
            draft = Membership(**self.cleaned_data)
            yield from administration_problems(draft)
            yield from appointment_problems(draft)
        elif "ends_on" in self.changed_data:
            yield from administration_problems(self.instance)
            yield from end_problems(Membership.objects.get(pk=self.instance.pk), self.cleaned_data["ends_on"])


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin[Membership]):
    """Appointments are added and given an end; nothing else about them changes, and none is deleted.

    To the Joint Committee only the first of a side are appointed here; then the side does it by itself.
    """

    form = MembershipForm
    list_display = ("user", "role", "side", "organisation", "starts_on", "ends_on")
    list_filter = ("role", "side")
    list_select_related = ("user", "organisation")
    search_fields = ("user__name", "user__email", "organisation__name")
    autocomplete_fields = ("user", "organisation", "acts_for")

    def has_delete_permission(self, request: HttpRequest, obj: Membership | None = None) -> bool:  # noqa: ARG002 # reason: Django's signature
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Membership | None = None) -> Any:  # noqa: ARG002 # reason: Django's signature
        if obj is None:
            return ()
        ended = obj.ends_on is not None and obj.ends_on < clock.today()
        return ("user", "organisation", "role", "side", "acts_for", "starts_on", *(["ends_on"] if ended else []))

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:  # noqa: ARG002, FBT001 # reason: Django's signature
        if not change:
            appoint_first(obj)
        elif "ends_on" in form.changed_data:
            end_first(obj, ends_on=obj.ends_on)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A refusal that only the write itself could find is told as a message."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refusal as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return redirect(request.get_full_path())
