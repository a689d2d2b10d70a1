"""The page of a file, for those whom its table names."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from apps.accounts.middleware import ActingRequest
from apps.accounts.models import Membership
from apps.accounts.roles import Capacity
from apps.documents.models import DocumentVersion
from apps.documents.policies import can_see, closed_to
from apps.documents.selectors import newest_versions, twins_of, with_house
from apps.workflow import policies, registry
from apps.workflow.models import Subject
from apps.workflow.render import facts_of
from apps.workflow.render.enclosures import enclosed
from apps.workflow.selectors import looking, open_deadlines, with_related
from apps.workflow.table import Procedure


@login_required
@require_safe
def file_page(request: ActingRequest, procedure: Procedure, pk: int) -> HttpResponse:
    """Where a file stands, whose move it is, its dates, documents, steps and history. Unknown and closed look the same.

    A file whose procedure has a page of its own is shown there.
    """
    subject = file_or_404(procedure, pk)
    with looking(subject):
        held = policies.capacities_towards(subject, request.membership)
        if not policies.may_know(subject, held):
            raise Http404
        if subject.get_absolute_url() != request.path:
            return redirect(subject)
        newest = subject.known_papers = list(with_house(newest_versions(procedure.key, pk)))
        context = {
            "subject": subject,
            "facts": facts_of(subject),
            "deadlines": list(open_deadlines(subject)),
            "newest": newest,
            "papers": readable(subject, held, request.membership),
            "enclosures": enclosed([(subject, held)]).get((procedure.key, pk), ()),
        }
        return render(request, "workflow/file.html", context)


def file_or_404(procedure: Procedure, pk: int) -> Subject:
    """A file by its procedure and key, with what its page reads of its relations. Raises Http404."""
    model = registry.model_of(procedure.key)
    subject = with_related(model).annotate(**model.told_along()).filter(pk=pk).first()
    if subject is None:
        raise Http404
    return subject


def readable(subject: Subject, held: frozenset[Capacity], reader: Membership | None) -> list[DocumentVersion]:
    """The newest versions of a file's documents that somebody may read, those found infected among them, to be told of.

    In place of a confidential one that is closed to them stands its public twin, where there is one.
    """
    known = subject.known_papers
    newest = list(newest_versions(subject.procedure.key, subject.pk)) if known is None else known
    found = [version for version in newest if can_see(version, held)]
    closed = closed_to(reader, found)
    twins = twins_of(newest)
    open_ = {version.pk: version for version in found if version.pk not in closed}
    return [one for one in (open_.get(version.pk, twins.get(version.pk)) for version in newest) if one is not None]
