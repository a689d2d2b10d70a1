"""Changing a password, and setting it anew by a link from a mail. Neither goes past a second factor."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.accounts.adapters import browser_of
from apps.accounts.forms import PasswordForm, ResetForm
from apps.accounts.kinds import Happening
from apps.accounts.middleware import ActingRequest, confirming
from apps.accounts.models import User
from apps.accounts.services import send_reset, set_password
from apps.accounts.views.signing_in import REFUSED, is_limited, too_many


@login_required
@never_cache
@confirming
@require_http_methods(["GET", "POST"])
def change(request: ActingRequest) -> HttpResponse:
    """A new password for whoever is signed in and has shown that it is them."""
    assert isinstance(request.user, User)  # noqa: S101 # reason: signing in is required
    form = PasswordForm(request.user, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        set_password(
            request.user, form.cleaned_data["password"], Happening.PASSWORD_CHANGED,
            agent=browser_of(request), but=request.session.session_key,
        )  # fmt: skip
        update_session_auth_hash(request, request.user)
        messages.success(request, _("The password is changed. You were signed out everywhere else."))
        return redirect("account")
    return render(request, "accounts/password_change.html", {"form": form}, status=REFUSED if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Asks for an address. The answer is the same whether there is an account for it or none."""
    form = ResetForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        return render(request, "accounts/password_forgotten.html", {"form": form}, status=REFUSED if form.errors else 200)
    address = form.cleaned_data["email"]
    if is_limited(request, "reset_password", key=address.lower()):
        return too_many(request)
    send_reset(address)
    return redirect("password-sent")


def sent(request: HttpRequest) -> HttpResponse:
    """That a mail is under way, if there is an account."""
    return render(request, "accounts/password_sent.html")


class NewPassword(PasswordResetConfirmView):
    """The link from the mail. It signs nobody in: the second factor is asked when they do."""

    template_name = "accounts/password_new.html"
    form_class = PasswordForm  # type: ignore[assignment] # reason: it is given a user and what was sent, as Django's own
    success_url = reverse_lazy("login")

    def form_valid(self, form: Any) -> HttpResponse:
        user = self.user
        assert isinstance(user, User)  # noqa: S101 # reason: of the site's own model
        set_password(user, form.cleaned_data["password"], Happening.PASSWORD_RESET, agent=browser_of(self.request))
        self.request.session.pop("_password_reset_token", None)
        messages.success(self.request, _("The new password is set. Sign in with it."))
        return redirect(self.get_success_url())

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=REFUSED)
