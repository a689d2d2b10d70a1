"""The register of methodologies: the list, and one methodology with its versions. Everybody may read both."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.accounts.middleware import ActingRequest
from apps.core.exports import declare
from apps.lists.pages import list_page, list_table
from apps.methodologies import render as wording
from apps.methodologies.forms import METHODOLOGIES
from apps.methodologies.selectors import approved_methodologies, public_papers, standing_on, under_way
from apps.workflow.inputs import storable

LIST = "methodologies/methodologies.html"
EXPORT = declare("methodologies-export", "csv", "xlsx")
MOST_PROPOSALS = 50


@require_safe
def methodologies(request: ActingRequest) -> HttpResponse:
    """The approved methodologies; below them the proposals under way that the reader may know of."""
    proposals = list(under_way(request.membership)[:MOST_PROPOSALS])
    return list_page(request, METHODOLOGIES, LIST, tables="methodologies-export", proposals=proposals)


@require_safe
def methodologies_export(request: ActingRequest, ending: str) -> HttpResponse:
    """What the list shows as a table for other programs. A filter that is not understood answers 422."""
    return list_table(request, METHODOLOGIES, EXPORT, ending, LIST)


@require_safe
def methodology(request: ActingRequest, name: str) -> HttpResponse:
    """One approved methodology: each version with its scopes, days and proposals, and the papers that everybody may read."""
    found = approved_methodologies().filter(reference=name).first() if storable(name) else None
    if found is None:
        raise Http404
    bases = standing_on(found)
    proposals = [one for each in bases.values() for one in each]
    context = {
        "methodology": found,
        "rows": wording.version_rows(list(found.versions.all()), bases),
        "papers": wording.paper_rows(public_papers(proposals), proposals),
    }
    return render(request, "methodologies/methodology.html", context)
