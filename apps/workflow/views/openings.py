"""Opening a file: the same three answers as for a step, but for a file that does not exist yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.accounts.middleware import ActingRequest, unconfirmed
from apps.accounts.models import Membership
from apps.accounts.roles import Capacity
from apps.core import clock
from apps.core.errors import NotAllowed, NotReady, Refusal
from apps.workflow import policies, registry
from apps.workflow.actors import Actor
from apps.workflow.editions import NoRules
from apps.workflow.forms import OpeningForm
from apps.workflow.holding import holding_of
from apps.workflow.selectors import edition_for
from apps.workflow.services import open_file
from apps.workflow.table import Procedure, Step
from apps.workflow.views.outlook import capacity_for, opening_outlook


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def opening(request: ActingRequest, procedure: Procedure, key: str) -> HttpResponse:
    """GET tells and asks, POST shows the answers to be checked, POST with `confirm` opens the file."""
    try:
        edition = edition_for(procedure, clock.today()).key
    except NoRules as error:
        raise Http404 from error
    row = procedure.row(edition, key)
    if row is None or not row.opens:
        raise Http404
    if request.membership is None and request.memberships:
        return redirect(f"{reverse('acting')}?{urlencode({'next': request.path})}")
    screen = OpeningScreen(request, procedure, edition, row)
    if request.membership is None or not screen.is_theirs:
        return screen.closed()
    return screen.answer(request.membership)


@dataclass
class OpeningScreen:
    """One opening step, as one request sees it."""

    request: ActingRequest
    procedure: Procedure
    edition: str
    row: Step

    def answer(self, membership: Membership) -> HttpResponse:
        """The form, the check page, or the opened file."""
        if self.request.method == "GET":
            return self.page(self.form())
        form = self.form(self.request.POST)
        if not form.is_valid():
            return self.page(form, status=NotReady.status)
        if "change" in self.request.POST:
            return self.page(form)
        return self.confirm(form, membership) if "confirm" in self.request.POST else self.check_page(form)

    def confirm(self, form: OpeningForm, membership: Membership) -> HttpResponse:
        """The act itself, if it is grave after somebody has shown anew that it is them."""
        if self.row.in_person and (asked := unconfirmed(self.request)):
            return asked
        model = registry.model_of(self.procedure.key)
        try:
            form.refuse_other_capacity()
            subject = open_file(
                model,
                self.row.key,
                actor=Actor.person(membership),
                edition=self.edition,
                fields=model.opening_fields(membership.organisation_id, form.values()),
                reason=form.cleaned_data["reason"],
                idempotency_key=str(form.cleaned_data["idempotency_key"]),
                **form.given(),
            )
        except Refusal as refusal:
            return self.again(refusal)
        messages.success(self.request, _("Recorded: “%(step)s”.") % {"step": self.row.title})
        return redirect(subject)

    def page(self, form: OpeningForm, *, status: int = 200) -> HttpResponse:
        """The form with what the step will do."""
        return render(self.request, "workflow/step.html", {"form": form, **self.context()}, status=status)

    def check_page(self, form: OpeningForm) -> HttpResponse:
        """The answers to be confirmed."""
        try:
            form.refuse_other_capacity()
            answers = form.answers()
        except Refusal as refusal:
            return self.again(refusal)
        context = {"answers": answers, "carried": form.carried(), **self.context()}
        return render(self.request, "workflow/check.html", context)

    def again(self, refusal: Refusal) -> HttpResponse:
        """The form as it was filled in with the problems of a refusal, under a new key."""
        form = self.form(self.form(self.request.POST).renewed())
        form.is_valid()
        form.refuse(refusal.problems)
        return self.page(form, status=refusal.status)

    def closed(self) -> HttpResponse:
        """Who may open such a file."""
        heading = _("Not open to you: %(step)s") % {"step": self.row.title}
        context = {"row": self.row, "heading": heading, "problems": [policies.not_open_to(self.row)]}
        return render(self.request, "workflow/closed.html", context, status=NotAllowed.status)

    def context(self) -> dict[str, Any]:
        """What the form and the check page both tell."""
        told = opening_outlook(self.procedure, self.edition, self.row, capacity_for(self.row, self.held))
        return {"procedure": self.procedure, "row": self.row, "outlook": told}

    def form(self, data: QueryDict | None = None) -> OpeningForm:
        """The form of this step, filled in or not; the address may hold answers."""
        membership, declared = self.request.membership, self.procedure.inputs_of(self.row)
        filled = {one.name: self.request.GET[one.name] for one in declared if one.name in self.request.GET}
        return OpeningForm(declared, filled, acting=membership.pk if membership else None, data=data)

    @property
    def is_theirs(self) -> bool:
        return policies.acting_as(self.row, self.held) is not None

    @property
    def held(self) -> frozenset[Capacity]:
        """The reader's capacities where no file names anybody yet."""
        membership = self.request.membership
        holding = holding_of(membership, clock.today()) if membership else None
        return policies.held_where_related(holding) if holding else frozenset()
