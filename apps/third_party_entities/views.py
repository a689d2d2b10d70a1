"""The register of third-party entities: the list, and one entity with its scopes. Everybody may read both."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.accounts.middleware import ActingRequest
from apps.core.exports import declare
from apps.lists.pages import list_page, list_table
from apps.third_party_entities import render as wording
from apps.third_party_entities.forms import ENTITIES
from apps.third_party_entities.selectors import entities_visible_to
from apps.workflow.inputs import storable

LIST = "third_party_entities/entities.html"
EXPORT = declare("third-party-entities-export", "csv", "xlsx")


@require_safe
def entities(request: ActingRequest) -> HttpResponse:
    """Every entity that was ever designated; applications for those who may know of them."""
    return list_page(request, ENTITIES, LIST, tables="third-party-entities-export")


@require_safe
def entities_export(request: ActingRequest, ending: str) -> HttpResponse:
    """What the list shows as a table for other programs. A filter that is not understood answers 422."""
    return list_table(request, ENTITIES, EXPORT, ending, LIST)


@require_safe
def entity(request: ActingRequest, name: str) -> HttpResponse:
    """One entity by its number: where it stands, its scopes with their days, its names. Unknown: 404."""
    known = entities_visible_to(request.membership).select_related("successor").exclude(reference="")
    found = known.filter(reference=name).first() if storable(name) else None
    if found is None:
        raise Http404
    context = {
        "entity": found,
        "kind": wording.kind_of(found),
        "facts": wording.register_facts(found),
        "rows": wording.scope_rows(found),
    }
    return render(request, "third_party_entities/entity.html", context)
