"""Every file of every procedure: to be read. A file moves by its steps alone, which stand here as buttons.

Each procedure's model is found by itself, so that an app with a table and a model needs no admin of its own.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Membership
from apps.administration.admin.base import SideAware
from apps.administration.admin.filters import DueFilter, EditionFilter, LongFilter, StateFilter, WhoseFilter
from apps.administration.admin.particulars import columns_of, particular, period
from apps.administration.kinds import Group
from apps.administration.render import NONE, Cell
from apps.administration.selectors import documents_known_to, files_known_to, procedural, yours
from apps.administration.site import acting
from apps.committee.models import Ballot
from apps.composition.models import Appointment
from apps.issuance.models import Round
from apps.meetings.models import Meeting
from apps.methodologies.models import ProposedMethodology
from apps.workflow.models import Deadline, Subject
from apps.workflow.render import facts_of, notes_of
from apps.workflow.selectors import looking, with_related

OF_THE_COMMITTEE = (Ballot, Meeting, Appointment)
MOST_PAPERS = 50
FILTERS = (StateFilter, WhoseFilter, DueFilter, LongFilter, EditionFilter)


class FilesAdmin(SideAware):
    """A procedure's files. The page of one shows what its own page shows to the same reader, its steps, and no column more."""

    ordering = ("-state_since", "-pk")
    list_display_links = None
    search_help_text = _("Number, title, or name of a participant")
    change_form_template = "admin/file.html"

    def get_list_display(self, request: HttpRequest) -> Any:  # noqa: ARG002 # reason: Django's signature
        return columns_of(self.model)

    def get_search_fields(self, request: HttpRequest) -> Any:  # noqa: ARG002 # reason: as above
        return ("reference", "title", *particular(self.model).search)

    def get_list_filter(self, request: HttpRequest) -> Any:  # noqa: ARG002 # reason: as above
        return (*FILTERS, *particular(self.model).filters)

    def get_list_select_related(self, request: HttpRequest) -> Any:  # noqa: ARG002 # reason: as above
        return particular(self.model).related or False

    def rows(self, membership: Membership | None) -> QuerySet[Any]:
        model: type[Subject] = self.model
        limits = Deadline.objects.filter(subject_type=model.procedure.key, subject_id=OuterRef("pk"), closed_at=None)
        found: QuerySet[Any] = files_known_to(model, membership).annotate(
            due_at=Subquery(limits.order_by("due_at").values("due_at")[:1])
        )
        return found

    def waiting(self, request: HttpRequest) -> Any:
        if membership := acting(request):
            found = files_known_to(self.model, membership).filter(yours(self.model, membership))
            yield "whose=yours", _("It is your move"), found

    @admin.display(description=_("number"), ordering="reference")
    def reference_or_number(self, subject: Subject) -> str:
        return subject.reference or f"#{subject.pk}"

    @admin.display(description=_("state"), ordering="state")
    def state_words(self, subject: Subject) -> str:
        return subject.state_label

    @admin.display(description=_("rulebook edition"), ordering="edition")
    def edition_words(self, subject: Subject) -> str:
        return str(subject.rules.title)

    @admin.display(description=_("next time limit"), ordering="due_at")
    def due(self, subject: Subject) -> Cell:
        due_at = vars(subject).get("due_at")
        return Cell(due_at, "due") if due_at else NONE

    @admin.display(description=_("monitoring period"), ordering="period_starts_on")
    def period_words(self, one: Round) -> Cell:
        return period(one)

    @admin.display(description=_("project"), ordering="project__reference")
    def project_number(self, one: Any) -> str:
        return one.project.reference or str(one.project)

    @admin.display(description=_("sectoral scopes"))
    def scopes(self, one: ProposedMethodology) -> str:
        return str(_(", ")).join(map(str, one.sectoral_scopes))

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """A file with what its page reads of its relations. Raises Http404."""
        found: Model = super().get_object(request, object_id, from_field)
        return with_related(self.model).get(pk=found.pk)

    def page_of(self, request: HttpRequest, row: Subject) -> dict[str, Any]:
        membership = acting(request)
        with looking(row):
            facts = [] if isinstance(row, Ballot) else [*facts_of(row), *notes_of(row)]
        about = {"subject_type": row.procedure.key, "subject_id": row.pk}
        papers = documents_known_to(membership).filter(**about).order_by("kind", "-number", "-pk")[:MOST_PAPERS]
        return {
            "subject": row,
            "facts": facts,
            "papers": list(papers),
            "deadlines": list(Deadline.objects.filter(**about, closed_at=None).order_by("due_at", "id")),
            "history_url": reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_history", args=[row.pk]),
        }


class FilesOfTheCommittee(FilesAdmin):
    """Ballots, meetings and appointments."""

    group = Group.COMMITTEE


admin.site.register([one for one in procedural() if one not in OF_THE_COMMITTEE], FilesAdmin)
admin.site.register(OF_THE_COMMITTEE, FilesOfTheCommittee)
