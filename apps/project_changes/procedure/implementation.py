"""Report on a project's implementation: what was built and since when it runs, for the committee to know of."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.documents.kinds import Kind
from apps.project_changes.procedure.people import DEVELOPERS, MEMBERS, SECRETARIAT
from apps.workflow.inputs import Choice, Day, Entity, Input, Text
from apps.workflow.table import Procedure, Step


class State(TextChoices):
    """Where a report stands. Source: rules 2.10."""

    DRAFT = "draft", _("Draft implementation report")
    SUBMITTED = "submitted", _("Implementation report submitted")
    RETURNED = "returned", _("Implementation report returned for completion")
    FORWARDED = "forwarded", _("Implementation report forwarded to the Joint Committee")
    WITHDRAWN = "withdrawn", _("Implementation report withdrawn")


class Progress(TextChoices):
    """How far a project is. Fields of the form were not found; these are inferred. Source: rules 4.10 [I]."""

    PLANNED = "planned", _("not begun")
    CONSTRUCTION = "construction", _("under construction")
    OPERATION = "operation", _("in operation")
    STOPPED = "stopped", _("stopped")


PARTICULARS = ("progress", "construction_starts_on", "construction_ends_on", "operation_started_on", "deviations")
FIELD_CHECKS = ("dates_are_in_order", "operation_has_its_day", "another_start_is_explained")
PAPERS = (Kind.IMPLEMENTATION_REPORT,)
UNFINISHED = (State.DRAFT, State.SUBMITTED, State.RETURNED)

# No time limit was found for any of these. Source: rules 2.10 [NF].
# fmt: off
ROWS: tuple[Step, ...] = (
    Step("2.10 4.10", "draft", _("Draft an implementation report"), (), State.DRAFT, DEVELOPERS, checks=("opener_takes_part", "project_stands_registered", *FIELD_CHECKS), inputs=("project", *PARTICULARS), effects=("report_numbered",)),
    Step("2.10 4.10", "amend", _("Amend the implementation report"), (State.DRAFT, State.RETURNED), None, DEVELOPERS, checks=FIELD_CHECKS, inputs=PARTICULARS, voluntary=True),
    Step("2.10", "submit", _("Submit the implementation report"), (State.DRAFT, State.RETURNED), State.SUBMITTED, DEVELOPERS, documents=PAPERS, told=SECRETARIAT, checks=("project_stands_registered",)),
    Step("2.10", "return_report", _("Return the implementation report for completion"), (State.SUBMITTED,), State.RETURNED, SECRETARIAT, told=DEVELOPERS, inputs=("missing",)),
    Step("2.10", "forward", _("Forward the implementation report to the committee"), (State.SUBMITTED,), State.FORWARDED, SECRETARIAT, documents=PAPERS, told=(*DEVELOPERS, *MEMBERS)),
    Step("2.10", "withdraw", _("Withdraw the implementation report"), UNFINISHED, State.WITHDRAWN, DEVELOPERS, told=SECRETARIAT, voluntary=True),
)
# fmt: on

_DECLARED: tuple[Input, ...] = (
    Entity("project", _("Project"), model="projects.Project"),
    Choice("progress", _("How far the project is"), choices=tuple((one.value, one.label) for one in Progress)),
    Day("construction_starts_on", _("Start of construction"), required=False),
    Day("construction_ends_on", _("End of construction"), required=False),
    Day("operation_started_on", _("Operation started on"), required=False),
    Text("deviations", _("Deviations from the PDD"), hint=_("Empty: none."), required=False, lines=4),
    Text("missing", _("What is missing"), lines=4),
)

# The first generation knows no such report.
IMPLEMENTATION = Procedure(
    key="implementation",
    app="project_changes",
    model="ImplementationReport",
    title=_("Project implementation report"),
    states=State,
    final=frozenset({State.FORWARDED, State.WITHDRAWN}),
    tables={"jcm_2022": ROWS, "india_2026": ROWS},
    inputs={one.name: one for one in _DECLARED},
)
