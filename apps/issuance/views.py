"""The monitoring sheets of a round: made for whoever may know of it, with the round's own days and project."""

from __future__ import annotations

from contextlib import suppress

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from apps.accounts.middleware import ActingRequest
from apps.core.errors import NotReady
from apps.core.exports import declare, download
from apps.issuance.forms import SheetForm, ValuesForm, items_in
from apps.issuance.models import Round
from apps.issuance.render import values_told
from apps.issuance.selectors import templates_of
from apps.monitoring.judging import template_is_whole
from apps.monitoring.methods import BY_KEY
from apps.monitoring.services import write_sheets
from apps.monitoring.workbook import file_name
from apps.workflow import policies

SHEET = declare("monitoring-sheet", "xlsx")


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def monitoring_sheet(request: ActingRequest, pk: int) -> HttpResponse:
    """GET asks for the methodology and the items, then for the fixed values; POST answers with the workbook.

    Where values were fixed at validation nothing is asked: there is a workbook for each methodology.
    """
    subject = round_or_404(request, pk)
    if subject.bases:
        return bound(request, subject)
    given = request.POST if request.method == "POST" else request.GET
    form = SheetForm(given if "method" in given else None)
    if not form.is_bound:
        return page(request, subject, form)
    if not form.is_valid():
        return page(request, subject, form, status=NotReady.status)
    # The fixed values are asked for only once there is something to fix them for.
    problems = [one for one in template_is_whole(form.template(subject)) if one.field != "values"]
    if problems:
        form.refuse(problems)
        return page(request, subject, form, status=NotReady.status)
    return with_values(request, subject, form)


def bound(request: ActingRequest, subject: Round) -> HttpResponse:
    """The workbook of the methodology that POST names by its version; else the page that lists them with their fixed values."""
    templates = templates_of(subject)
    chosen = next((one for one in templates if one.version == request.POST.get("version")), None)
    if chosen is not None:
        with suppress(NotReady):  # the page says why
            return download(write_sheets(template=chosen), file_name(chosen), export=SHEET)
    sheets = [(one, values_told(one), template_is_whole(one)) for one in templates]
    status = NotReady.status if chosen is not None else 200
    return render(request, "issuance/bound_sheets.html", {"subject": subject, "sheets": sheets}, status=status)


def with_values(request: ActingRequest, subject: Round, chosen: SheetForm) -> HttpResponse:
    """The page with a field for each value that the project fixed, or the workbook once they are given."""
    method, items = BY_KEY[chosen.cleaned_data["method"]], items_in(chosen.cleaned_data["items"])
    if request.method != "POST":
        return page(request, subject, ValuesForm(method, items))
    form = ValuesForm(method, items, request.POST)
    if not form.is_valid():
        return page(request, subject, form, status=NotReady.status)
    template = form.template(subject)
    try:
        return download(write_sheets(template=template), file_name(template), export=SHEET)
    except NotReady as refusal:
        form.refuse(refusal.problems)
        return page(request, subject, form, status=refusal.status)


def round_or_404(request: ActingRequest, pk: int) -> Round:
    """A round that the reader may know of. Unknown and closed look the same."""
    subject = Round.objects.select_related("project", "verifier").filter(pk=pk).first()
    if subject is None or not policies.may_know(subject, policies.capacities_towards(subject, request.membership)):
        raise Http404
    return subject


def page(request: ActingRequest, subject: Round, form: SheetForm, *, status: int = 200) -> HttpResponse:
    """One of the two pages."""
    method = BY_KEY[str(form["method"].value())] if isinstance(form, ValuesForm) else None
    context = {
        "subject": subject, "form": form, "method": method, "items": items_in(str(form["items"].value() or "")),
    }  # fmt: skip
    return render(request, "issuance/monitoring_sheet.html", context, status=status)
