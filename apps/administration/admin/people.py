"""People, organisations and appointments. Nothing here gives power in a procedure but an appointment."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group as DjangoGroup
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Membership, Organisation, User
from apps.accounts.render import membership_words
from apps.accounts.roles import OF_COMMITTEE, Role
from apps.accounts.selectors import in_force
from apps.administration import services
from apps.administration.admin.base import SideAware
from apps.administration.admin.factors import WithFactors, asked_anew
from apps.administration.admin.filters import Choice, Choices, SideFilter, SinceFilter, by_column, by_yes_no
from apps.administration.forms import (
    InvitedForm,
    KnownUserForm,
    MembershipForm,
    NewUserForm,
    OrganisationForm,
    PasswordForm,
    Reasoned,
)
from apps.administration.kinds import SECRETARIATS, Group
from apps.administration.models import Amendment
from apps.administration.policies import OF_A_PERSON, Amender, administers, is_administrator, sides_named
from apps.administration.render import Cell, changes_of
from apps.administration.selectors import amendments_visible_to
from apps.administration.site import acting
from apps.core import clock
from apps.core.errors import Refusal

admin.site.unregister(DjangoGroup)
PLAIN = {
    models.DateField: {"widget": forms.DateInput({"placeholder": "2027-03-01"})},
    models.CharField: {"widget": forms.TextInput},
}


# A person as a secretariat finds them.
FOR_SECRETARIATS: Any = (
    (None, {"fields": ("email", "name", "language", "is_active", "is_staff", "joined_at")}),
    (_("This edit"), {"fields": ("reason",)}),
)


def amender(request: HttpRequest) -> Amender:
    """Whoever makes a request, as an editor."""
    return Amender(cast("User", request.user), acting(request))


class Edited(SideAware):
    """Entries that a secretariat or an administrator edits, each time with a reason that is kept."""

    group = Group.PEOPLE
    readers = SECRETARIATS
    for_administrators = True
    # Whether a secretariat edits them, those of its own side and of neither.
    by_secretariats: ClassVar[bool] = True
    change_form_template = "admin/change_form.html"
    formfield_overrides: ClassVar[Any] = PLAIN

    def may(self, request: HttpRequest, verb: str) -> bool:
        """Whether somebody may edit entries of this kind at all; of which, the service says."""
        membership = acting(request)
        is_secretariat = membership is not None and membership.as_role == Role.SECRETARIAT
        return (self.by_secretariats and is_secretariat) or administers(request.user, self.right(verb))

    def right(self, verb: str) -> str:
        return f"{self.opts.app_label}.{verb}_{self.opts.model_name}"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may(request, "add")

    def page_of(self, request: HttpRequest, row: Any) -> dict[str, Any]:  # noqa: ARG002 # reason: as the page of a list asks
        """Nothing besides the form."""
        return {}

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Of a given entry also that it is not the other side's, so that its page is there to be read and has no button."""
        if not self.may(request, "change"):
            return False
        if obj is None or administers(request.user, self.right("change")):
            return True
        membership = acting(request)
        own = {membership.side} if membership else set[str]()
        if isinstance(obj, User) and (obj.is_staff or obj.is_superuser):
            return False
        return not isinstance(obj, User | Organisation) or sides_named(obj) <= own

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002 # reason: Django's signature
        """The form, which knows who fills it in."""
        form = super().get_form(request, obj, change=change, **kwargs)
        right = self.right("change" if obj else "add")
        return type(form.__name__, (form,), {"by": amender(request), "right": right})

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 # reason: Django's signature
        reason, by = form.cleaned_data["reason"], amender(request)
        if not change:
            services.add(obj, reason=reason, by=by)
        elif changes := cast("Reasoned", form).changes():
            services.amend(obj, changes=changes, reason=reason, by=by)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001 # reason: Django's signature
        """Nothing: the service has written what several rows refer to."""

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Nothing: the amendment is the log."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Nothing, as above."""

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Before writing, people show that it is them. A refusal that only the write could find is told as a message."""
        if asked := asked_anew(request):
            return asked
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refusal as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return redirect(request.get_full_path())


# --- People ---------------------------------------------------------------------------------------


class OfficeFilter(Choice):
    """What a person may do today."""

    title = _("Holds")
    parameter_name = "holds"

    def answers(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> Choices:  # noqa: ARG002 # reason: the signature of filters
        yield "none", _("Nothing")
        yield from ((one.value, one.label) for one in Role if one.value in dict(Membership._meta.get_field("role").flatchoices))

    def narrowed(self, request: HttpRequest, queryset: QuerySet[Any], answer: str) -> QuerySet[Any]:  # noqa: ARG002 # reason: as above
        held = Membership.objects.filter(in_force(clock.today()))
        if answer == "none":
            return queryset.exclude(pk__in=held.values("user"))
        return queryset.filter(pk__in=held.filter(role=answer).values("user"))


@admin.register(User)
class UserAdmin(Edited, WithFactors, DjangoUserAdmin[User]):
    """People. A secretariat edits name, language and whether an account is open, of its own side's people.

    Whoever sets a password can sign in as that person: superusers only, and that it was done is kept.
    """

    about = _("Names, languages, open and closed accounts")
    form = KnownUserForm
    add_form = NewUserForm
    change_password_form = PasswordForm
    ordering = ("name", "pk")
    list_display = ("name", "email", "language", "is_active", "is_staff")
    list_filter = (OfficeFilter, by_yes_no("is_active", _("Account open")), by_yes_no("is_staff", _("Administrator of the site")))
    search_fields = ("email", "name", "memberships__organisation__name")
    search_help_text = _("Name, address or organisation")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("email", "name", "language")}),
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
        (_("This edit"), {"fields": ("reason",)}),
    )
    add_fieldsets = ((None, {"fields": ("email", "name", "language", "usable_password", "password1", "password2", "reason")}),)
    change_form_template = "admin/change_form.html"
    add_form_template = "admin/change_form.html"
    change_user_password_template = "admin/password.html"  # noqa: S105 # reason: the name of a page

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [name for _title, options in self.get_fieldsets(request, obj) for name in options["fields"]]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = ["last_login", "joined_at"]
        if obj is None or (request.user.is_superuser and is_administrator(request.user)):
            return fixed
        if administers(request.user, "accounts.change_user"):
            return [*fixed, "is_staff", "is_superuser", "user_permissions"]
        return [*fixed, *(one for one in ("email", "is_staff", "is_superuser", "user_permissions") if one not in OF_A_PERSON)]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002 # reason: Django's signature
        """A secretariat makes accounts without a password."""
        if obj is None and not administers(request.user, "accounts.add_user"):
            kwargs["form"] = InvitedForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Without the reason where nothing can be edited, and without a password for whom a secretariat adds."""
        found = super().get_fieldsets(request, obj)
        if obj is None and not administers(request.user, "accounts.add_user"):
            return ((None, {"fields": ("email", "name", "language", "reason")}),)
        if obj is not None and not administers(request.user, "accounts.change_user"):
            found = FOR_SECRETARIATS
        if obj is None or self.has_change_permission(request, obj):
            return found
        return [(title, options) for title, options in found if "reason" not in options["fields"]]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The rights that an administrator can have: over people, organisations and appointments."""
        if db_field.name == "user_permissions":
            kwargs |= {
                "queryset": Permission.objects.filter(content_type__app_label="accounts").exclude(codename__startswith="delete"),
                "widget": forms.CheckboxSelectMultiple,
            }
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,  # noqa: FBT001, FBT002 # reason: Django's signature
        change: bool = False,  # noqa: FBT001, FBT002 # reason: as above
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        context["may_set_password"] = request.user.is_superuser and is_administrator(request.user)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:  # noqa: A002 # reason: Django's signature
        if not (request.user.is_superuser and is_administrator(request.user)):
            raise PermissionDenied
        return asked_anew(request) or super().user_change_password(request, id, form_url)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:  # noqa: ARG002 # reason: Django's signature
        """A password was set: kept with its reason. Every other edit keeps itself."""
        if request.path.endswith("/password/"):
            services.keep_password_set(obj, reason=request.POST["reason"], by=amender(request))


@admin.register(Organisation)
class OrganisationAdmin(Edited):
    """Organisations are renamed, never deleted: the log names them. What files name is renamed by a step of the file."""

    about = _("Companies, ministries, verifiers and agencies of either side and of neither")
    form = OrganisationForm
    list_display = ("name", "side")
    list_filter = (SideFilter,)
    search_fields = ("name",)
    ordering = ("name", "pk")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("name", "side", "reason") if obj is None or self.has_change_permission(request, obj) else ("name", "side")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:  # noqa: ARG002 # reason: Django's signature
        """The side of an organisation is chosen once: what its people may do hangs on it."""
        return ("side",) if obj else ()


class InForceFilter(Choice):
    """Whether an appointment holds today."""

    title = _("In force")
    parameter_name = "force"

    def answers(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> Choices:  # noqa: ARG002 # reason: as above
        return [("now", _("Today")), ("before", _("Ended")), ("later", _("Not yet begun"))]

    def narrowed(self, request: HttpRequest, queryset: QuerySet[Any], answer: str) -> QuerySet[Any]:  # noqa: ARG002 # reason: as above
        today = clock.today()
        if answer == "now":
            return queryset.filter(in_force(today))
        return queryset.filter(ends_on__lt=today) if answer == "before" else queryset.filter(starts_on__gt=today)


@admin.register(Membership)
class MembershipAdmin(Edited):
    """Appointments. Administrators add them and give them an end; nothing else about them changes, and none is deleted.

    To the Joint Committee only the first of a side are appointed here; then the side does it by itself.
    """

    about = _("Who holds which role from when until when")
    readers = frozenset({*SECRETARIATS, *OF_COMMITTEE, Role.REGISTRY})
    by_secretariats = False
    form = MembershipForm
    list_display = ("user", "role", "side", "organisation", "starts_on", "ends_on")
    list_filter = (InForceFilter, by_column("role", _("Role")), SideFilter)
    list_select_related = ("user", "organisation")
    search_fields = ("user__name", "organisation__name")
    ordering = ("user__name", "pk")

    def rows(self, membership: Membership | None) -> QuerySet[Any]:
        """The committee, which is public; to administrators all, to secretariats all but the other side's experts."""
        found = Membership.objects.all()
        if membership is None:
            return found
        if membership.as_role == Role.SECRETARIAT:
            return found.exclude(~Q(side=membership.side), role=Role.EXPERT)
        return found.filter(role__in=[one.value for one in OF_COMMITTEE])

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        names = ("user", "organisation", "role", "side", "acts_for", "starts_on", "ends_on")
        return (*names, "reason") if obj is None or self.has_change_permission(request, obj) else names

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:  # noqa: ARG002 # reason: Django's signature
        if obj is None:
            return ()
        ended = obj.ends_on is not None and obj.ends_on < clock.today()
        return ("user", "organisation", "role", "side", "acts_for", "starts_on", *(["ends_on"] if ended else []))

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Plain fields to choose from, which need no script and one query each."""
        if db_field.name == "acts_for":
            kwargs["queryset"] = Membership.objects.filter(in_force(clock.today()), role__in=[Role.MEMBER, Role.CO_CHAIR])
            kwargs["queryset"] = kwargs["queryset"].select_related(*Membership.named_with)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:  # noqa: FBT001 # reason: Django's signature
        reason, by = form.cleaned_data["reason"], amender(request)
        if not change:
            services.appoint(obj, reason=reason, by=by)
        elif "ends_on" in form.changed_data:
            services.end(obj, ends_on=obj.ends_on, reason=reason, by=by)


class AmendedFilter(SinceFilter):
    """Amended within the last days."""

    column = "at"


@admin.register(Amendment)
class AmendmentAdmin(SideAware):
    """Every edit of reference data, with its reason."""

    group = Group.PEOPLE
    about = _("Every edit of people, organisations and appointments, with its reason")
    readers = SECRETARIATS
    for_administrators = True
    list_display = ("at", "what", "changes", "by", "reason")
    list_filter = (AmendedFilter, SideFilter)
    search_fields = ("reason", "user__name", "=row_id")
    ordering = ("-id",)
    shown = ("at", "what", "changes", "by", "acting_words", "side", "reason")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        if not self.has_view_permission(request):
            return Amendment.objects.none()
        found = amendments_visible_to(acting(request), administrator=is_administrator(request.user))
        return found.order_by(*self.get_ordering(request))

    @admin.display(description=_("entry"), ordering="model")
    def what(self, one: Amendment) -> str:
        return f"{one.model.partition('.')[2]} {one.row_id}"

    @admin.display(description=_("changes"))
    def changes(self, one: Amendment) -> Cell:
        return Cell(changes_of(one.before, one.after))

    @admin.display(description=_("made by"), ordering="user__name")
    def by(self, one: Amendment) -> str:
        return str(one.user)

    @admin.display(description=_("acting as"))
    def acting_words(self, one: Amendment) -> str:
        held = one.membership
        return membership_words(held) if held else str(_("Administrator of the site"))
