"""Assessment of reference emissions: the committee confirms that the level is conservative and fits the host's NDC."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.accounts.roles import Role, either
from apps.completeness.inputs import outcomes
from apps.completeness.kinds import SIGNED, Item, dossier
from apps.documents.kinds import Kind
from apps.workflow.editions import Mark
from apps.workflow.inputs import Entity, Input, Text, Tonnes
from apps.workflow.table import Limit, Procedure, Step


class State(TextChoices):
    """Where an assessment stands. Source: rules 2.8 [I]."""

    DRAFT = "draft", _("Draft request for assessment")
    REQUESTED = "requested", _("Assessment requested")
    INCOMPLETE = "incomplete", _("Request for assessment incomplete")
    ASSESSING = "assessing", _("Assessment by the Joint Committee")
    ADJUST = "adjust", _("Lower reference level asked for")
    CONFIRMED = "confirmed", _("Reference emissions confirmed")
    REFUSED = "refused", _("Reference emissions refused")
    WITHDRAWN = "withdrawn", _("Request for assessment withdrawn")
    LAPSED = "lapsed", _("Ended with its project")


FINAL = frozenset({State.CONFIRMED, State.REFUSED, State.WITHDRAWN, State.LAPSED})
RUNNING = tuple(state for state in State if state not in FINAL)

DEVELOPERS = (either(Role.PARTICIPANT), either(Role.FOCAL_POINT))
FOCAL_POINT = (either(Role.FOCAL_POINT),)
SECRETARIAT = (either(Role.SECRETARIAT),)
JC = (either(Role.COMMITTEE),)
MEMBERS = (either(Role.MEMBER),)
GOVERNMENTS = (either(Role.GOVERNMENT),)
CLOCK = (either(Role.CLOCK),)
HEARING = (*DEVELOPERS, *SECRETARIAT, *GOVERNMENTS)

PARTICULARS = (
    "methodology", "proposed_methodology", "reference_tonnes", "usual_tonnes", "project_tonnes", "evidence", "ndc_reasoning",
)  # fmt: skip
IN_TIME = ("project_is_before_the_end_of_validation",)
LEVEL_CHECKS = ("project_applies_the_methodology", "reference_is_below_business_as_usual", "level_is_as_low_as_asked")
PAPERS = (Kind.REFERENCE_REQUEST,)
WRITTEN = ("standing_written",)

# Trigger, deadline and consequence were not found; the course is inferred from the form's place. Source: rules 2.8 [NF], [I].
# fmt: off
ROWS: tuple[Step, ...] = (
    Step("2.8 4.6", "draft", _("Draft a request for assessment of reference emissions"), (), State.DRAFT, DEVELOPERS, checks=("opener_takes_part", *IN_TIME, "no_other_assessment_runs", *LEVEL_CHECKS), inputs=("project", *PARTICULARS)),
    Step("2.8 4.6", "amend", _("Amend the request for assessment"), (State.DRAFT, State.INCOMPLETE), None, DEVELOPERS, checks=LEVEL_CHECKS, inputs=PARTICULARS, voluntary=True),
    Step("2.8", "request", _("Request assessment of the reference emissions"), (State.DRAFT,), State.REQUESTED, FOCAL_POINT, documents=PAPERS, told=SECRETARIAT, checks=("project_has_its_number", *IN_TIME), effects=("assessment_numbered", *WRITTEN)),
    Step("2.8", "request_completion", _("Ask for completion"), (State.REQUESTED,), State.INCOMPLETE, SECRETARIAT, told=DEVELOPERS, checks=("something_is_missing",), inputs=("items", "missing"), effects=("outcomes_kept",)),
    Step("2.8", "resubmit", _("Resubmit the request"), (State.INCOMPLETE,), State.REQUESTED, FOCAL_POINT, documents=PAPERS, told=SECRETARIAT, checks=IN_TIME, effects=WRITTEN),
    Step("2.8", "accept_as_complete", _("Accept as complete"), (State.REQUESTED,), State.ASSESSING, SECRETARIAT, limit=(Limit("completeness_days"),), told=(*DEVELOPERS, *MEMBERS), checks=("every_item_is_in_order",), inputs=("items",), effects=("outcomes_kept",)),
    Step("0.4-3 2.8", "confirm", _("Confirm the reference emissions"), (State.ASSESSING,), State.CONFIRMED, JC, documents=PAPERS, told=HEARING, checks=IN_TIME, inputs=("grounds",), effects=WRITTEN),
    Step("0.4-3 2.8", "adjust", _("Ask for a lower reference level"), (State.ASSESSING,), State.ADJUST, JC, told=HEARING, checks=("lower_level_is_asked_for",), inputs=("grounds", "at_most_tonnes"), effects=WRITTEN),
    Step("0.4-3 2.8", "refuse", _("Refuse the reference emissions"), (State.ASSESSING,), State.REFUSED, JC, told=HEARING, inputs=("grounds",), effects=WRITTEN),
    Step("2.8 4.6", "file_adjusted", _("File the adjusted reference level"), (State.ADJUST,), State.REQUESTED, FOCAL_POINT, documents=PAPERS, told=SECRETARIAT, checks=(*IN_TIME, *LEVEL_CHECKS, "form_is_new"), inputs=PARTICULARS, effects=WRITTEN),
    Step("2.8", "withdraw", _("Withdraw the request for assessment"), RUNNING, State.WITHDRAWN, DEVELOPERS, told=SECRETARIAT, effects=WRITTEN, voluntary=True),
    Step("2.8 2.15", "lapse", _("Its project has ended"), RUNNING, State.LAPSED, CLOCK, told=(*DEVELOPERS, *SECRETARIAT), effects=WRITTEN, voluntary=True),
)
# fmt: on

TABLES = {"jcm_2022": ROWS, "india_2026": ROWS}
# What the completeness check looks at; the form's fields were not read. Source: rules 2.8, 4.6.
LOOKED_AT = (
    *dossier(ROWS, "request", "2.8", Mark.INFERRED),
    Item(
        "levels",
        _("Both levels are stated, with the evidence for them"),
        "4.6",
        Mark.INFERRED,
        filled=("reference_tonnes", "usual_tonnes", "evidence"),
    ),
    Item("reasoning", _("It is said how the level fits the contribution"), "4.6", Mark.INFERRED, filled=("ndc_reasoning",)),
    Item("signed", SIGNED, "4.6", Mark.INFERRED),
)
LISTS = dict.fromkeys(TABLES, LOOKED_AT)

_DECLARED: tuple[Input, ...] = (
    Entity("project", _("Project"), model="projects.Project"),
    Entity("methodology", _("Approved methodology"), required=False, model="methodologies.MethodologyVersion"),
    Entity("proposed_methodology", _("Proposed methodology"), required=False, model="methodologies.ProposedMethodology"),
    Tonnes("reference_tonnes", _("Reference emissions per year")),
    Tonnes("usual_tonnes", _("Emissions per year under business as usual")),
    Tonnes("project_tonnes", _("Expected project emissions per year"), required=False),
    Text("evidence", _("Evidence for both levels"), lines=6),
    Text("ndc_reasoning", _("How the level fits the partner country’s nationally determined contribution"), lines=6),
    Text("missing", _("What is missing"), required=False, lines=4),
    outcomes(LISTS),
    Text("grounds", _("Grounds"), lines=4),
    Tonnes(
        "at_most_tonnes",
        _("Highest reference emissions per year to be accepted"),
        hint=_("Empty: any lower level."),
        required=False,
    ),
)

# The first generation knows no such assessment.
PROCEDURE = Procedure(
    key="reference_emissions",
    app="reference_emissions",
    model="ReferenceAssessment",
    title=_("Assessment of reference emissions"),
    states=State,
    final=FINAL,
    tables=TABLES,
    inputs={one.name: one for one in _DECLARED},
)
