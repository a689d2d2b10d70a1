"""Passkeys, the authenticator app and recovery codes of the own account. Each opens to who has just shown that it is them."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.mfa.adapter import get_adapter
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, get_totp_secret
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.internal.auth import begin_registration
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from apps.accounts.adapters import FACTOR_ADDED, browser_of
from apps.accounts.kinds import Happening
from apps.accounts.middleware import ActingRequest, confirming
from apps.accounts.services import happened
from apps.accounts.views.account import user_of
from apps.accounts.views.signing_in import refused

OWN = (login_required, never_cache, confirming)
ADDED = (Happening.PASSKEY_ADDED, Happening.APP_ADDED)


class Telling:
    """A view whose success is written down in its own transaction, and told. What adds a factor makes this a session with one."""

    kind: ClassVar[Happening]
    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc] # reason: of the view that it stands before
            happened(user_of(self.request), self.kind, agent=browser_of(self.request), but=self.request.session.session_key)
        if self.kind in ADDED:
            self.request.session[FACTOR_ADDED] = True
        messages.success(self.request, self.kind.label)
        return response


@method_decorator(OWN, name="dispatch")
class AddPasskey(Telling, AddWebAuthnView):  # type: ignore[misc] # reason: allauth has no types
    """A passkey that asks for a finger, a face or a PIN, and is found by the browser without an address."""

    kind = Happening.PASSKEY_ADDED
    template_name = "accounts/passkey_add.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context_data(**kwargs)
        return {**found, **kwargs, "options": begin_registration(self.request.user, passwordless=True)}

    def form_invalid(self, form: Any) -> HttpResponse:
        return refused(self, self.get_context_data(form=form))

    def get_success_url(self) -> str:
        return reverse("mfa_view_recovery_codes" if self.did_generate_recovery_codes else "account")


@method_decorator(OWN, name="dispatch")
class RemovePasskey(Telling, RemoveWebAuthnView):  # type: ignore[misc] # reason: allauth has no types
    """Asks once more, then removes it."""

    kind = Happening.PASSKEY_REMOVED
    template_name = "accounts/passkey_remove.html"

    def get_success_url(self) -> str:
        return reverse("account")


@method_decorator(OWN, name="dispatch")
class SetUpApp(Telling, ActivateTOTPView):  # type: ignore[misc] # reason: allauth has no types
    """The secret as a picture and in letters, and the first code."""

    kind = Happening.APP_ADDED
    template_name = "accounts/app_set_up.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context_data(**kwargs)
        return {**found, "secret": " ".join(_fours(found["form"].secret))}

    def form_invalid(self, form: Any) -> HttpResponse:
        return refused(self, self.get_context_data(form=form))

    def get_success_url(self) -> str:
        return reverse("mfa_view_recovery_codes" if self.did_generate_recovery_codes else "account")


@login_required
@never_cache
@confirming
def app_picture(request: ActingRequest) -> HttpResponse:
    """The secret of an app that is being set up, to be scanned: a file of its own, for no page may hold one."""
    if SECRET_SESSION_KEY not in request.session:
        raise Http404
    adapter = get_adapter()
    drawn = adapter.build_totp_svg(adapter.build_totp_url(request.user, get_totp_secret()))
    return HttpResponse(drawn, "image/svg+xml")


def _fours(text: str) -> list[str]:
    return [text[index : index + 4] for index in range(0, len(text), 4)]


@method_decorator(OWN, name="dispatch")
class RemoveApp(Telling, DeactivateTOTPView):  # type: ignore[misc] # reason: allauth has no types
    """Asks once more, then removes it."""

    kind = Happening.APP_REMOVED
    template_name = "accounts/app_remove.html"

    def get_success_url(self) -> str:
        return reverse("account")


@method_decorator(OWN, name="dispatch")
class ShowCodes(ViewRecoveryCodesView):  # type: ignore[misc] # reason: allauth has no types
    """Recovery codes, once."""

    template_name = "accounts/codes.html"


@method_decorator(OWN, name="dispatch")
class MakeCodes(Telling, GenerateRecoveryCodesView):  # type: ignore[misc] # reason: allauth has no types
    """New recovery codes in place of the old ones."""

    kind = Happening.CODES_MADE
    template_name = "accounts/codes_make.html"

    def form_invalid(self, form: Any) -> HttpResponse:
        return refused(self, self.get_context_data(form=form))
