"""Signing in and out, and choosing the capacity to act in."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.core.internal.ratelimit import consume
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django.views.generic.base import TemplateResponseMixin
from django.views.i18n import set_language

from apps.accounts.adapters import TOO_MANY, browser_of, way_on
from apps.accounts.forms import CapacityForm, SignInForm, capacity_words
from apps.accounts.kinds import Happening
from apps.accounts.middleware import CHOSEN, TYPED, ActingRequest
from apps.accounts.models import User
from apps.accounts.services import happened, prefer_language

REFUSED, TOO_MANY_REQUESTS = 422, 429


def is_limited(request: HttpRequest, action: str, key: str | None = None) -> bool:
    """Whether there were too many requests of a kind (ACCOUNT_RATE_LIMITS); this one counts."""
    return consume(request, app="allauth.account", action=action, key=key) is None


def refused(view: TemplateResponseMixin, context: dict[str, Any]) -> HttpResponse:
    """A page with what is wrong."""
    return view.render_to_response(context, status=REFUSED)


def too_many(request: HttpRequest) -> HttpResponse:
    """The page that asks to wait."""
    return render(request, "accounts/too_many.html", {"text": TOO_MANY}, status=TOO_MANY_REQUESTS)


class SignIn(LoginView):
    """By password; by passkey, or through a ministry, on the same page. A second factor, where there is one, comes next."""

    template_name = "accounts/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(ministries=settings.SIGN_IN_THROUGH, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return too_many(request) if is_limited(request, "login") else super().post(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        user = form.get_user()
        found: HttpResponse = perform_password_login(
            self.request, {"email": user.email}, Login(user=user, redirect_url=self.get_success_url())
        )
        return found

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=REFUSED)


class SecondStep(AuthenticateView):  # type: ignore[misc] # reason: allauth has no types
    """After the password the second factor: a passkey, or a code."""

    template_name = "accounts/second_step.html"

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        if getattr(form, "authenticator", None) and form.authenticator.type == "recovery_codes":
            happened(self.stage.login.user, Happening.CODE_USED, agent=browser_of(self.request))
        return response

    def form_invalid(self, form: Any) -> HttpResponse:  # noqa: ARG002 # reason: allauth's signature
        return refused(self, self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context_data(**kwargs)
        wrong = found.get("webauthn_form") if self.request.method == "POST" and "code" not in self.request.POST else None
        return {**found, "options": found["js_data"]["request_options"], "passkey_refused": bool(wrong and wrong.errors)}


class SignInByPasskey(LoginWebAuthnView):  # type: ignore[misc] # reason: allauth has no types
    """GET by the page's script: what the browser asks the passkey. POST: its answer."""

    def form_invalid(self, form: Any) -> HttpResponse:  # noqa: ARG002 # reason: allauth's signature
        messages.error(self.request, _("The passkey was not taken. Try once more, or sign in in another way."))
        return redirect("login")


@login_required
@require_http_methods(["GET", "POST"])
def choose_capacity(request: ActingRequest) -> HttpResponse:
    """The person's capacities in force today; the chosen one is kept in the session."""
    onwards = way_on(request)
    form = CapacityForm(request.memberships, data=request.POST or None, initial={"membership": request.session.get(CHOSEN)})
    if request.method == "POST" and form.is_valid():
        chosen = next(one for one in request.memberships if one.pk == form.cleaned_data["membership"])
        request.session[CHOSEN] = chosen.pk
        messages.success(request, _("You now act as: %(capacity)s.") % {"capacity": capacity_words(chosen)})
        return redirect(onwards)
    status = REFUSED if form.errors else 200
    return render(request, "accounts/acting.html", {"form": form, "next": onwards}, status=status)


@require_POST
def choose_language(request: ActingRequest) -> HttpResponse:
    """Django's switch; whoever is signed in finds the language again in every browser, and in mails."""
    language = request.POST.get("language", "")
    if isinstance(request.user, User) and language in dict(settings.LANGUAGES) and check_for_language(language):
        prefer_language(request.user, language)
    found: HttpResponse = set_language(request)
    return found


@login_required
@require_POST
def forget_typed(request: HttpRequest) -> HttpResponse:
    """Begin a form anew instead of with what was typed before."""
    request.session.pop(TYPED, None)
    return redirect(way_on(request))
