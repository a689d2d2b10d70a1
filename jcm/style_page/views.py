"""The view behind /style/."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from apps.core.errors import Problem
from jcm.style_page import samples
from jcm.style_page.forms import BallotPaper, Choose, EveryField, half_filled


class StylePage(TemplateView):
    """Every component in every state; a POST shows its form as a page with mistakes does."""

    template_name = "style.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **samples.EVERYTHING,
            **samples.with_dates(),
            "pictures": samples.pictures(),
            "notices": samples.notices(),
            "sample_data": True,
            "every_field": EveryField(prefix="every"),
            "wrong_fields": half_filled(),
            "refused": [Problem("ISS-07", _("The period overlaps the period of round 1."))],
            "filter": Choose(self.request.GET),
            "ballot_paper": BallotPaper(prefix="ballot"),
            "wrong_paper": BallotPaper({}, prefix="missed"),
            "page": Paginator(range(163), 20).get_page(self.request.GET.get("page")),
            **super().get_context_data(**kwargs),
        }

    def post(self, request: HttpRequest) -> HttpResponse:
        """The same page with what was sent and its mistakes."""
        form = EveryField(request.POST, request.FILES, prefix="every")
        return self.render_to_response(self.get_context_data(form=form, every_field=form), status=422 if form.errors else 200)
