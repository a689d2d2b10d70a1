"""The inbox, one message, and what the reader wants mailed."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.middleware import ActingRequest
from apps.accounts.models import User
from apps.core.errors import NotReady
from apps.notifications import selectors
from apps.notifications.forms import PreferencesForm
from apps.notifications.pages import days_of
from apps.notifications.render import lines_of, said, title_of
from apps.notifications.services import choose, read, read_all, stop_digests
from apps.workflow.selectors import files_of

PER_PAGE = 30


def reader(request: ActingRequest) -> User:
    """Who reads. Raises Http404 for a visitor, whom the views have sent to sign in before."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


@login_required
@require_safe
def inbox_page(request: ActingRequest) -> HttpResponse:
    """The reader's messages by day, the unread first."""
    page = Paginator(selectors.inbox(reader(request)), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "days": days_of(page.object_list), "no_mail_leaves": not settings.EMAIL_HOST}
    return render(request, "notifications/inbox.html", context)


@login_required
@never_cache
@require_safe
def message_page(request: ActingRequest, pk: UUID) -> HttpResponse:
    """One message of the reader's own; opening it marks it as read. Those of others look as if there were none."""
    message = selectors.message_of(reader(request), pk)
    if message is None:
        raise Http404
    read(message)
    subject = files_of([message])[message.subject_type, message.subject_id]
    context = {
        "message": message,
        "subject": subject,
        "title": title_of(message, subject),
        "sentences": said(message, subject),
        "lines": lines_of(message, subject),
        "unread_messages": selectors.unread_count(message.user),
    }
    return render(request, "notifications/message.html", context)


@login_required
@require_POST
def read_everything(request: ActingRequest) -> HttpResponse:
    """Mark all of the reader's messages as read."""
    count = read_all(reader(request))
    text = ngettext("%(count)d message is marked as read.", "%(count)d messages are marked as read.", count)
    messages.success(request, text % {"count": count})
    return redirect("messages")


@login_required
@require_http_methods(["GET", "POST"])
def preferences_page(request: ActingRequest) -> HttpResponse:
    """Which classes of messages the reader gets by mail."""
    user = reader(request)
    form = PreferencesForm(selectors.wants_mail(user), data=request.POST or None)
    problems = _choose(user, form) if request.method == "POST" and form.is_valid() else None
    if problems == ():
        messages.success(request, _("Your choice is kept."))
        return redirect("preferences")
    context = {"form": form, "problems": problems, "no_mail_leaves": not settings.EMAIL_HOST}
    return render(request, "notifications/preferences.html", context, status=422 if problems else 200)


def _choose(user: User, form: PreferencesForm) -> tuple[object, ...]:
    """What stands against a choice; nothing when it is kept."""
    try:
        choose(user, form.wanted)
    except NotReady as refusal:
        return refusal.problems
    return ()


@csrf_exempt
@require_http_methods(["GET", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """End the digests of whoever got this link: at once by POST, as mail programs do (RFC 8058), by a button for people.

    The link is signed and ends digests only, so that it needs neither a session nor a form of this site.
    """
    user = selectors.reader_of(token)
    if user is None:
        raise Http404
    if request.method == "POST":
        stop_digests(user)
    return render(request, "notifications/unsubscribe.html", {"done": request.method == "POST"})
