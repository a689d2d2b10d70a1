"""Views of lists: keeping one, naming it anew, deleting it. Nobody but their owner ever sees them."""

from __future__ import annotations

from typing import cast
from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.middleware import ActingRequest
from apps.accounts.models import User
from apps.core.errors import Refusal
from apps.lists.declaration import ListOf, declared_list
from apps.lists.forms import KeepForm, ViewForm
from apps.lists.models import SavedView
from apps.lists.pages.filtering import canonical, form_of
from apps.lists.selectors import own_view
from apps.lists.services import change_view, delete_view, keep_view

REFUSED = 422


@login_required
@require_POST
def keep(request: ActingRequest, key: str) -> HttpResponse:
    """Keep what is asked of a list. Of what is asked, what the list does not understand is left out."""
    one = _list_or_404(key)
    form = KeepForm(request.POST)
    if form.is_valid():
        asked = _understood(one, form.cleaned_data["asked"], request)
        given = {"name": form.cleaned_data["name"], "is_default": form.cleaned_data["is_default"]}
        try:
            view = keep_view(cast("User", request.user), key, asked=asked, **given)
        except Refusal as refusal:
            form.refuse(refusal.problems)
        else:
            messages.success(request, _("Your view “%(name)s” is kept.") % {"name": view.name})
            return redirect(_url_of(one, view))
    return _shown(request, one, form, None)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def saved_view(request: ActingRequest, pk: int) -> HttpResponse:
    """A view's name, and whether its list opens with it; POST changes them. Somebody else's and none look alike: 404."""
    view, one = _own_or_404(request, pk)
    form = ViewForm(
        request.POST if request.method == "POST" else None, initial={"name": view.name, "is_default": view.is_default}
    )
    if form.is_valid():
        try:
            change_view(view, name=form.cleaned_data["name"], is_default=form.cleaned_data["is_default"])
        except Refusal as refusal:
            form.refuse(refusal.problems)
        else:
            messages.success(request, _("Your view “%(name)s” is kept.") % {"name": view.name})
            return redirect(_url_of(one, view))
    return _shown(request, one, form, view)


@login_required
@require_POST
def delete(request: ActingRequest, pk: int) -> HttpResponse:
    """Keep a view no longer."""
    view, one = _own_or_404(request, pk)
    delete_view(view)
    messages.success(request, _("Your view “%(name)s” is deleted.") % {"name": view.name})
    return redirect(one.address)


def _shown(request: ActingRequest, one: ListOf, form: ViewForm, view: SavedView | None) -> HttpResponse:
    context = {"one": one, "list_url": reverse(one.address), "form": form, "view": view}
    return render(request, "lists/view.html", context, status=REFUSED if form.errors else 200)


def _list_or_404(key: str) -> ListOf:
    found = declared_list(key)
    if found is None:
        raise Http404
    return found


def _own_or_404(request: ActingRequest, pk: int) -> tuple[SavedView, ListOf]:
    view = own_view(cast("User", request.user), pk)
    if view is None:
        raise Http404
    return view, _list_or_404(view.list)


def _url_of(one: ListOf, view: SavedView) -> str:
    return f"{reverse(one.address)}?view={view.pk}"


def _understood(one: ListOf, asked: str, request: ActingRequest) -> str:
    said = dict(parse_qsl(asked))
    return urlencode(canonical(form_of(one, said, request.membership), said))
