"""The page of a finding with its thread, and the assessment of a file for those whom it concerns."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.middleware import ActingRequest
from apps.core import clock
from apps.core.errors import NotReady, Refusal
from apps.findings import pages
from apps.findings.forms import ChecklistForm
from apps.findings.inputs import assessed_models
from apps.findings.kinds import rows_of_form
from apps.findings.models import Assessed, Finding
from apps.findings.pages import Reader, assessment_of
from apps.findings.policies import may_read_assessment
from apps.findings.render import assessment_url, facts
from apps.findings.selectors import acts_on, papers_about, row_notes, with_somebody
from apps.findings.services import keep_notes
from apps.workflow import policies
from apps.workflow.selectors import open_deadlines


@login_required
@require_safe
def finding(request: ActingRequest, pk: int) -> HttpResponse:
    """What a finding is about, whose move it is, and its thread in order. Unknown and closed look the same: 404."""
    found = Finding.objects.select_related("raised_by").filter(pk=pk).first()
    if found is None:
        raise Http404
    file = file_or_404(found.subject_type, found.subject_id)
    found.__dict__["known_file"] = file
    reader = reader_of(request, file)
    if not policies.may_know(found, reader.held):
        raise Http404
    versions = papers_about([found])
    context = {
        "subject": found,
        "facts": facts(found, file),
        "deadlines": open_deadlines(found),
        "papers": pages.newest(versions, reader),
        "thread": pages.thread(found, acts_on([found]), pages.readable(versions, reader), reader),
        "assessment_url": assessment_url(file) if may_read_assessment(file, reader.held) else "",
    }
    return render(request, "findings/finding.html", context)


@login_required
@require_safe
def assessment(request: ActingRequest, procedure: str, pk: int) -> HttpResponse:
    """The checklist, findings, report and obstacles of a file that an entity assesses. Unknown and closed look the same: 404."""
    file = file_or_404(procedure, pk)
    reader = reader_of(request, file)
    if not may_read_assessment(file, reader.held):
        raise Http404
    page = assessment_of(file, reader)
    context = {
        "page": page,
        "subject": file,
        "rows": pages.checklist(page),
        "threads": page.threads(),
        "obstacles": page.obstacles(),
        "unticked": page.unticked(),
    }
    return render(request, "findings/assessment.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def checklist(request: ActingRequest, procedure: str, pk: int) -> HttpResponse:
    """The entity's own marks and notes on the rows of the form; nobody else's page."""
    file = file_or_404(procedure, pk)
    reader = reader_of(request, file)
    if not reader.is_entity or request.membership is None:
        raise Http404
    rows = rows_of_form(file.assessment, file.rules)
    form = ChecklistForm(rows, row_notes(file), data=request.POST if request.method == "POST" else None)
    if request.method == "GET":
        return checklist_page(request, file, form)
    if not form.is_valid():
        return checklist_page(request, file, form, status=NotReady.status)
    try:
        kept = keep_notes(file, membership=request.membership, notes=form.notes(), seen=form.cleaned_data["seen"])
    except Refusal as refusal:
        form.refuse(refusal.problems)
        return checklist_page(request, file, form, status=refusal.status)
    messages.success(request, _("The checklist is saved.") if kept else _("Nothing was changed."))
    return redirect(assessment_url(file))


def checklist_page(request: ActingRequest, file: Assessed, form: ChecklistForm, *, status: int = 200) -> HttpResponse:
    """The form of the checklist, with what is wrong with it."""
    return render(request, "findings/checklist.html", {"form": form, "subject": file}, status=status)


def file_or_404(procedure: str, pk: int) -> Assessed:
    """A file that an entity assesses, by its procedure and key. Raises Http404."""
    model = dict(assessed_models()).get(procedure)
    found = with_somebody(model, clock.today()).prefetch_related(model.parties).filter(pk=pk).first() if model else None
    if not isinstance(found, Assessed):
        raise Http404
    return found


def reader_of(request: ActingRequest, file: Assessed) -> Reader:
    """Who reads, with what they are towards a file."""
    return Reader(request.membership, policies.capacities_towards(file, request.membership))
