"""Signing in and out, and choosing the capacity to act in."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.accounts.forms import CapacityForm, SignInForm, capacity_words
from apps.accounts.middleware import CHOSEN, ActingRequest
from apps.accounts.models import User
from apps.accounts.selectors import memberships_of
from apps.core import clock

REFUSED = 422


class SignIn(LoginView):
    """Who holds several capacities goes on to choose one."""

    template_name = "accounts/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=REFUSED)

    def get_success_url(self) -> str:
        onwards = super().get_success_url()
        user = self.request.user
        several = isinstance(user, User) and memberships_of(user, clock.today()).count() > 1
        return f"{reverse('acting')}?{urlencode({'next': onwards})}" if several else onwards


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


def way_on(request: HttpRequest) -> str:
    """Where to go afterwards: a page of this site that the request names, else the start."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return asked if safe else "/"
