"""Webhooks of one side: making them, their latest deliveries, a test, another secret, and their end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.middleware import ActingRequest
from apps.accounts.models import Membership
from apps.core.errors import Refusal
from apps.feeds.forms import WebhookForm
from apps.feeds.models import Webhook
from apps.feeds.policies.keepers import is_heard, keeps_webhooks, tellable
from apps.feeds.selectors import webhook_of, webhooks_of
from apps.feeds.services.hooks import make_webhook, renew_secret, revoke_webhook, write_ping
from apps.feeds.services.sending import send_at_once

REFUSED = 422


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def webhook_page(request: ActingRequest) -> HttpResponse:
    """A side's webhooks with their latest deliveries; POST makes one, whose secret is shown once."""
    keeper = keeper_of(request)
    procedures, secret = tellable(keeper), ""
    form = WebhookForm(procedures, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _hook, secret = make_webhook(keeper, url=form.cleaned_data["url"], wanted=form.cleaned_data["wanted"])
        except Refusal as refusal:
            form.refuse(refusal.problems)
        else:
            form = WebhookForm(procedures)
    return shown(request, keeper, form, secret)


def shown(request: ActingRequest, keeper: Membership, form: WebhookForm, secret: str = "") -> HttpResponse:
    """The page, with a new secret where there is one."""
    titles = {one.key: one.title for one in tellable(keeper)}
    rows: list[dict[str, Any]] = [
        {
            "hook": one.hook,
            "latest": one.latest,
            "waiting": one.waiting,
            "is_heard": is_heard(one.hook.owner),
            "wanted": _(", ").join(str(titles.get(key, key)) for key in one.hook.wanted),
        }
        for one in webhooks_of(keeper.side)
    ]
    context = {"form": form, "secret": secret, "rows": rows, "in_use": sum(row["hook"].revoked_at is None for row in rows)}
    return render(request, "feeds/webhooks.html", context, status=REFUSED if form.errors else 200)


@login_required
@require_POST
def test_webhook(request: ActingRequest, key: int) -> HttpResponse:
    """Send a ping now, by the way that every event takes, and say what came of it."""
    keeper = keeper_of(request)
    hook = hook_or_404(keeper, key)
    try:
        sent = send_at_once(write_ping(hook, by=keeper))
    except Refusal as refusal:
        messages.error(request, "; ".join(one.text for one in refusal.problems))
        return redirect("webhooks")
    if sent is None:
        messages.info(request, _("The test is being sent; its line below says what came of it."))
    elif sent.delivered_at:
        messages.success(
            request, _("The test arrived: %(url)s answered %(status)s.") % {"url": hook.url, "status": sent.status_code}
        )
    else:
        messages.error(request, _("The test did not arrive at %(url)s; its line below says why.") % {"url": hook.url})
    return redirect("webhooks")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def renew_webhook(request: ActingRequest, key: int) -> HttpResponse:
    """Asks whether the secret is to be replaced; POST does it, and shows the new one once."""

    def do(hook: Webhook, keeper: Membership) -> HttpResponse:
        return shown(request, keeper, WebhookForm(tellable(keeper)), renew_secret(hook, by=keeper))

    return asked(request, key, "feeds/webhook_renew.html", do)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: ActingRequest, key: int) -> HttpResponse:
    """Asks whether the webhook is to end; POST does it."""

    def do(hook: Webhook, keeper: Membership) -> HttpResponse:
        revoke_webhook(hook, by=keeper)
        messages.success(request, _("The webhook is revoked: %(url)s is told nothing any more.") % {"url": hook.url})
        return redirect("webhooks")

    return asked(request, key, "feeds/webhook_revoke.html", do)


def asked(request: ActingRequest, key: int, template: str, do: Callable[[Webhook, Membership], HttpResponse]) -> HttpResponse:
    """A question about one webhook, and what is done when it is answered."""
    keeper = keeper_of(request)
    context: dict[str, Any] = {"hook": hook_or_404(keeper, key)}
    status = 200
    if request.method == "POST":
        try:
            return do(context["hook"], keeper)
        except Refusal as refusal:
            context["problems"], status = refusal.problems, refusal.status
    return render(request, template, context, status=status)


def keeper_of(request: ActingRequest) -> Membership:
    """The membership in which somebody keeps webhooks. For all others the page is not there: raises Http404."""
    if request.membership is None or not keeps_webhooks(request.membership):
        raise Http404
    return request.membership


def hook_or_404(keeper: Membership, key: int) -> Webhook:
    """A webhook of one's own side; the other side's look like none. Raises Http404."""
    hook = webhook_of(keeper.side, key)
    if hook is None:
        raise Http404
    return hook
