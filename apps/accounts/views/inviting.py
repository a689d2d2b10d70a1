"""Inviting people, and the link on which they come in."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.adapters import browser_of
from apps.accounts.checks import may_invite
from apps.accounts.forms import InvitationForm, JoinForm
from apps.accounts.middleware import ActingRequest, mark_confirmed, unconfirmed
from apps.accounts.models import Invitation, Membership, User
from apps.accounts.selectors import invitation_of, invitations_by, of_address, organisations_open_to
from apps.accounts.services import accept, invite, joined, withdraw_invitation
from apps.accounts.services.inviting import digest_of
from apps.accounts.views.account import inviting_as, user_of
from apps.accounts.views.signing_in import REFUSED, is_limited, too_many
from apps.core import clock
from apps.core.errors import Refusal

SHOWN = 50
GONE = 410


def inviter_or_404(request: ActingRequest) -> Membership | None:
    """In which capacity somebody invites: the secretariat that they act as, or None for an administrator. Raises Http404."""
    by = inviting_as(request)
    if not may_invite(Invitation(invited_by=user_of(request), membership=by)):
        raise Http404
    return by


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: ActingRequest) -> HttpResponse:
    """The invitations of one's side and a form for another; for secretariats and administrators."""
    by = inviter_or_404(request)
    if request.method != "POST":
        return _invitations(request, by)
    return unconfirmed(request, sign_in_counts=False) or _invite(request, by)


def _invite(request: ActingRequest, by: Membership | None) -> HttpResponse:
    form = InvitationForm(request.POST, organisations=organisations_open_to(by))
    if is_limited(request, "invite"):
        return too_many(request)
    if not form.is_valid():
        return _invitations(request, by, form)
    try:
        made = invite(Invitation(invited_by=user_of(request), membership=by, **form.cleaned_data))
    except Refusal as refusal:
        refuse(form, refusal)
        return _invitations(request, by, form)
    messages.success(
        request,
        _("The invitation goes to %(address)s. Its link is good for seven days and for one use.") % {"address": made.email},
    )
    return redirect("invitations")


def _invitations(request: ActingRequest, by: Membership | None, form: InvitationForm | None = None) -> HttpResponse:
    organisations = organisations_open_to(by)
    context = {
        "form": form or InvitationForm(organisations=organisations),
        "rows": [(one, state_of(one)) for one in invitations_by(by)[:SHOWN]],
        "side": by.side if by else "",
    }
    return render(request, "accounts/invitations.html", context, status=REFUSED if form else 200)


def state_of(invitation: Invitation) -> str:
    """Whether an invitation is waiting, used, withdrawn or over."""
    if invitation.used_at:
        return "used"
    if invitation.withdrawn_at:
        return "withdrawn"
    return "waiting" if invitation.ends_at > clock.now() else "over"


@login_required
@require_POST
def withdrawal(request: ActingRequest, pk: int) -> HttpResponse:
    """Withdraw an invitation of one's side."""
    invitation = get_object_or_404(invitations_by(inviter_or_404(request)), pk=pk)
    try:
        withdraw_invitation(invitation)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The invitation is withdrawn; its link opens nothing more."))
    return redirect("invitations")


@never_cache
@require_http_methods(["GET", "POST"])
def invitation(request: ActingRequest, token: str) -> HttpResponse:
    """The link: opens an account, or, for an address that has one, takes on the appointment once its holder is signed in."""
    if is_limited(request, "accept"):
        return too_many(request)
    found = invitation_of(digest_of(token))
    if found is None or state_of(found) != "waiting":
        return render(request, "accounts/invitation_gone.html", status=GONE)
    known = of_address(found.email)
    return _join(request, found) if known is None else _accept(request, found, known)


def _join(request: ActingRequest, found: Invitation) -> HttpResponse:
    initial = {"name": found.name, "language": found.language}
    draft = User(email=found.email, name=found.name)
    form = JoinForm(draft, request.POST if request.method == "POST" else None, initial=initial)
    if not form.is_bound or not form.is_valid():
        return _page(request, found, form)
    said, password = form.cleaned_data, form.chosen_password()
    try:
        user = joined(found, name=said["name"], language=said["language"], password=password, agent=browser_of(request))
    except Refusal as refusal:
        refuse(form, refusal)
        return _page(request, found, form)
    messages.success(request, _("Welcome. Your account is open."))
    return _enter(request, user, "account" if password else "mfa_add_webauthn")


def _enter(request: ActingRequest, user: User, onwards: str) -> HttpResponse:
    """Sign in who has just proved by the link that the mailbox is theirs."""
    record_authentication(request, user, method="invitation")
    response: HttpResponse = perform_login(request, Login(user=user, redirect_url=reverse(onwards)))
    mark_confirmed(request)
    return response


def _accept(request: ActingRequest, found: Invitation, known: User) -> HttpResponse:
    if request.user != known:
        return _page(request, found, None)
    form = Form()
    if request.method == "POST":
        try:
            accept(found, known, agent=browser_of(request))
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The invitation is accepted."))
            return redirect("account")
    return _page(request, found, form)


def _page(request: ActingRequest, found: Invitation, form: Form | None) -> HttpResponse:
    context: dict[str, Any] = {"invitation": found, "form": form, "is_new": isinstance(form, JoinForm)}
    refused = bool(form and form.is_bound and form.errors)
    return render(request, "accounts/invitation.html", context, status=REFUSED if refused else 200)


def refuse(form: Form, refusal: Refusal) -> None:
    """Tell each problem of a refusal at its field, or at the head of the page."""
    for one in refusal.problems:
        field = one.field if one.field in form.fields else None
        form.add_error(field, ValidationError(one.text, code=one.code))
