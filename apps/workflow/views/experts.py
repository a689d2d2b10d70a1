"""The experts who may read the confidential documents of a file: named and withdrawn by each side's secretariat."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.middleware import ActingRequest
from apps.accounts.models import Membership
from apps.accounts.roles import Role
from apps.core import clock
from apps.core.errors import NotReady, Problem, Refusal
from apps.core.forms import DayMonthYearField
from apps.documents.models import Expert
from apps.documents.selectors import experts_in_force, experts_of
from apps.documents.services import name_expert, withdraw_expert
from apps.workflow.forms import LONGEST_REASON
from apps.workflow.models import Subject
from apps.workflow.policies import capacities_towards, may_know
from apps.workflow.table import Procedure
from apps.workflow.views.files import file_or_404, readable

LONGEST_ORGANISATION = 200


class ExpertForm(forms.Form):
    """Who is named, until when, and why."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address of the expert's account"),
        help_text=gettext_lazy("Whoever has no account yet gets one from an administrator first."),
        error_messages={"required": gettext_lazy("Write the address")},
    )
    organisation = forms.CharField(
        label=gettext_lazy("Where the expert comes from"),
        help_text=gettext_lazy("The organisation, or that they are independent. It stands beside each of their readings."),
        max_length=LONGEST_ORGANISATION,
        error_messages={"required": gettext_lazy("Write the organisation")},
    )
    last_on = DayMonthYearField(label=gettext_lazy("Last day"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("What the expert is asked. It is kept in the record."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": "3"}),
        error_messages={"required": gettext_lazy("Say why")},
    )

    def refuse(self, refusal: Refusal) -> None:
        """Tell the problems of a refusal at the fields that they name."""
        for one in refusal.problems:
            self.add_error(one.field if one.field in self.fields else None, ValidationError(one.text, code=one.code))


class WithdrawalForm(forms.Form):
    """Why an expert is withdrawn; whether that is said is the service's matter."""

    reason = forms.CharField(required=False, max_length=LONGEST_REASON)

    def said(self) -> str:
        """The reason. Raises NotReady (EXP-06) where it cannot be kept."""
        if not self.is_valid():
            raise NotReady(Problem("EXP-06", _("this reason cannot be kept; write it anew, and shorter"), "reason"))
        return str(self.cleaned_data["reason"])


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def experts(request: ActingRequest, procedure: Procedure, pk: int) -> HttpResponse:
    """For secretariats: who is named for a file, and a form to name another. For an expert: what they may read of it."""
    subject, reader = _reader_or_404(request, procedure, pk)
    if reader.as_role == Role.EXPERT:
        if request.method == "POST":
            raise Http404
        return _page(request, subject, reader)
    form = ExpertForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, subject, reader, form)
    if not form.is_valid():
        return _page(request, subject, reader, form, NotReady.status)
    try:
        name_expert(subject=subject, by=reader, **form.cleaned_data)
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(request, subject, reader, form, refusal.status)
    messages.success(request, _("Recorded: the expert is named and can read the confidential documents of this file."))
    return redirect("experts", procedure.key, pk)


@login_required
@never_cache
@require_POST
def withdrawal(request: ActingRequest, procedure: Procedure, pk: int, number: int) -> HttpResponse:
    """Withdraw an expert whom one's own side named: `reason`."""
    subject, reader = _reader_or_404(request, procedure, pk)
    expert = experts_of(procedure.key, pk).filter(pk=number).first()
    if expert is None or reader.as_role == Role.EXPERT:
        raise Http404
    try:
        withdraw_expert(expert=expert, reason=WithdrawalForm(request.POST).said(), by=reader)
    except Refusal as refusal:
        return _page(request, subject, reader, ExpertForm(), refusal.status, refusal)
    messages.success(request, _("Recorded: the expert is withdrawn and reads nothing more."))
    return redirect("experts", procedure.key, pk)


def _reader_or_404(request: ActingRequest, procedure: Procedure, pk: int) -> tuple[Subject, Membership]:
    """The file, and a secretariat that may know of it or its named expert. Raises Http404 for everybody else."""
    subject, reader = file_or_404(procedure, pk), request.membership
    held = capacities_towards(subject, reader)
    is_expert = any(one.role == Role.EXPERT for one in held)
    is_secretariat = any(one.role == Role.SECRETARIAT for one in held) and may_know(subject, held)
    if reader is None or not (is_expert or is_secretariat):
        raise Http404
    return subject, reader


def _page(
    request: ActingRequest,
    subject: Subject,
    reader: Membership,
    form: ExpertForm | None = None,
    status: int = 200,
    refusal: Refusal | None = None,
) -> HttpResponse:
    context = {"subject": subject, "form": form, "problems": refusal.problems if refusal else ()}
    told = _for_secretariat(subject, reader) if form is not None else _for_expert(subject, reader)
    return render(request, "workflow/experts.html", {**context, **told}, status=status)


def _for_secretariat(subject: Subject, reader: Membership) -> dict[str, Any]:
    key = subject.procedure.key
    in_force = {one.pk for one in experts_in_force(key, subject.pk, clock.today())}
    return {"rows": [_row(one, reader, in_force) for one in experts_of(key, subject.pk)]}


def _row(one: Expert, reader: Membership, in_force: set[int]) -> dict[str, Any]:
    is_in_force = one.pk in in_force
    return {"expert": one, "is_in_force": is_in_force, "is_own": is_in_force and one.side == reader.side}


def _for_expert(subject: Subject, reader: Membership) -> dict[str, Any]:
    held = capacities_towards(subject, reader)
    return {"naming": Expert.objects.get(membership=reader), "papers": readable(subject, held, reader)}
