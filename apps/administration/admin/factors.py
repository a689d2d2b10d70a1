"""Taking second factors from somebody who has lost them: for superusers who have just shown that it is them, with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from apps.accounts.middleware import unconfirmed
from apps.accounts.models import User
from apps.accounts.services import remove_factors
from apps.administration import services
from apps.administration.forms import ReasonForm
from apps.administration.policies import Amender, is_administrator
from apps.administration.site import acting
from apps.core.errors import Refusal

# What people sign in with is theirs: nobody reads it, adds to it or changes it here.
admin.site.unregister([Authenticator, EmailAddress, SocialAccount, SocialApp, SocialToken])

if TYPE_CHECKING:
    Base = admin.ModelAdmin[User]
else:
    Base = object


class WithFactors(Base):
    """Adds the page on which somebody's passkeys, app and recovery codes are removed."""

    def get_urls(self) -> list[URLPattern]:
        own = path("<int:pk>/factors/", self.admin_site.admin_view(self.factors), name="accounts_user_factors")
        return [own, *super().get_urls()]

    def factors(self, request: HttpRequest, pk: int) -> HttpResponse:
        """GET asks for the reason; POST removes, and keeps that it was done. Raises PermissionDenied, Http404."""
        if not (request.user.is_superuser and is_administrator(request.user)):
            raise PermissionDenied
        user = User.objects.filter(pk=pk).first()
        if user is None:
            raise Http404
        if asked := unconfirmed(request, sign_in_counts=False):  # type: ignore[arg-type] # reason: made so by the middleware
            return asked
        form = ReasonForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            return self._removed(request, user, form.cleaned_data["reason"])
        context: dict[str, Any] = {**self.admin_site.each_context(request), "form": form, "original": user, "opts": self.opts}
        return TemplateResponse(request, "admin/factors.html", context, status=422 if form.errors else 200)

    def _removed(self, request: HttpRequest, user: User, reason: str) -> HttpResponse:
        here = redirect(reverse("admin:accounts_user_change", args=[user.pk]))
        try:
            services.keep_factors_removed(user, reason=reason, by=Amender(cast("User", request.user), acting(request)))
        except Refusal as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return here
        remove_factors(user)
        self.message_user(request, _("Removed. They set up others when they sign in next."), messages.SUCCESS)
        return here
