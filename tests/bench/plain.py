"""The same projects in a plain list of Django: counted, cut by offset, searched by `icontains`, a template without a frame."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.template import Context, Template
from django.views.generic import ListView

from apps.projects.models import Project

ROWS = Template(
    "<table>{% for one in page_obj %}<tr><td>{{ one.reference }} {{ one.title }}<td>{% for who in one.participants.all %}"
    "{{ who }} {% endfor %}<td>{{ one.state }}<td>{{ one.state_since }}</tr>{% endfor %}</table>{{ paginator.count }}"
)


class PlainList(ListView[Project]):
    """What a list costs that nobody has thought about."""

    paginate_by = 25
    ordering = ("-pk",)

    def get_queryset(self) -> QuerySet[Project]:
        """All published projects, or those that a text is found in."""
        found = Project.objects.filter(inputs_start_on__isnull=False).prefetch_related("participants__organisation")
        if text := self.request.GET.get("text"):
            ways = Q(title__icontains=text) | Q(reference__icontains=text) | Q(sites__place__icontains=text)
            found = found.filter(ways | Q(participants__organisation__name__icontains=text)).distinct()
        return found.order_by(*self.ordering)

    def render_to_response(self, context: dict[str, Any], **_response: Any) -> HttpResponse:
        """The rows alone."""
        return HttpResponse(ROWS.render(Context(context)))
