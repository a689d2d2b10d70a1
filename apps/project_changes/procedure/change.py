"""A change of a project after its registration: minor ones are confirmed by a third-party entity, others decided."""

from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

from apps.completeness.inputs import outcomes
from apps.completeness.kinds import SIGNED, Item, dossier
from apps.documents.kinds import Kind
from apps.project_changes.procedure.people import DEVELOPERS, ENTITY, FOCAL_POINT, JC, MEMBERS, SECRETARIAT
from apps.workflow.editions import Mark
from apps.workflow.inputs import Day, Entity, Input, Numbers, Text, Tonnes
from apps.workflow.table import Limit, Procedure, Step


class State(TextChoices):
    """Where a change stands. Source: rules 2.16."""

    IDENTIFIED = "identified", _("Change identified")
    ASSESSED = "assessed", _("Opinion of the third-party entity given")
    REQUESTED = "requested", _("Approval of the change requested")
    INCOMPLETE = "incomplete", _("Request for approval of the change incomplete")
    CONSIDERATION = "consideration", _("Consideration by the Joint Committee")
    APPROVED = "approved", _("Change approved")
    IN_EFFECT = "in_effect", _("Change approved and published")
    CONFIRMED = "confirmed", _("Minor change confirmed")
    DENIED = "denied", _("Change denied")
    WITHDRAWN = "withdrawn", _("Change withdrawn")


class Affects(IntegerChoices):
    """What a change may affect; one that affects none of them is minor. Source: rules 2.16."""

    ELIGIBILITY = 1, _("eligibility under the methodology")
    CALCULATION = 2, _("calculation of emission reductions")
    MONITORING_PLAN = 3, _("monitoring plan")
    SCALE = 4, _("scale of the project")
    START = 5, _("start of operation")


UNDECIDED = (State.IDENTIFIED, State.ASSESSED, State.REQUESTED, State.INCOMPLETE, State.CONSIDERATION)
REVISED = (Kind.PDD, Kind.CHANGE_OPINION)
DOSSIER = (Kind.CHANGE_REQUEST, *REVISED)
SETTLED = ("takes_effect_on", "affects", "entity")
PARTICULARS = (
    "description", "why", "pdd_sections", *SETTLED, "new_title", "new_expected_tonnes", "new_operation_starts_on",
)  # fmt: skip
ENTITY_CHECKS = ("entity_is_designated", "entity_takes_no_part")
OPINION_CHECKS = (*ENTITY_CHECKS, "opinion_comes_from_the_entity")

# fmt: off
ROWS: tuple[Step, ...] = (
    Step("2.16 4.14", "identify", _("Report a change of a registered project"), (), State.IDENTIFIED, (*DEVELOPERS, *ENTITY), told=(*DEVELOPERS, *ENTITY), checks=("opener_has_a_part_in_the_change", "project_stands_registered", "new_figures_are_said_to_be_affected", *ENTITY_CHECKS), inputs=("project", *PARTICULARS), effects=("change_numbered", "change_holds_the_project")),
    Step("2.16 4.14", "amend", _("Amend the description of the change"), (State.IDENTIFIED,), None, DEVELOPERS, told=ENTITY, checks=("new_figures_are_said_to_be_affected", *ENTITY_CHECKS), inputs=PARTICULARS, effects=("change_holds_the_project",), voluntary=True),
    Step("2.16", "confirm_minor", _("Confirm a minor change"), (State.IDENTIFIED,), State.CONFIRMED, ENTITY, documents=REVISED, told=(*DEVELOPERS, *SECRETARIAT), checks=("project_stands_registered", "change_is_minor", *OPINION_CHECKS), effects=("change_took_effect",)),
    Step("2.16", "give_opinion", _("Give an opinion on a change for the committee"), (State.IDENTIFIED,), State.ASSESSED, ENTITY, documents=(Kind.CHANGE_OPINION,), told=DEVELOPERS, checks=("change_is_for_the_committee", *OPINION_CHECKS)),
    Step("2.16 4.14", "request", _("Request approval of the change"), (State.ASSESSED,), State.REQUESTED, FOCAL_POINT, documents=DOSSIER, told=(*SECRETARIAT, *ENTITY), checks=("project_stands_registered", "opinion_comes_from_the_entity")),
    Step("2.16", "request_completion", _("Ask for completion"), (State.REQUESTED,), State.INCOMPLETE, SECRETARIAT, told=(*DEVELOPERS, *ENTITY), checks=("something_is_missing",), inputs=("items", "missing"), effects=("outcomes_kept",)),
    Step("2.16", "resubmit", _("Resubmit the request"), (State.INCOMPLETE,), State.REQUESTED, FOCAL_POINT, documents=DOSSIER, told=SECRETARIAT, checks=("project_stands_registered", "opinion_comes_from_the_entity")),
    Step("2.16", "accept_as_complete", _("Accept as complete"), (State.REQUESTED,), State.CONSIDERATION, SECRETARIAT, limit=(Limit("completeness_days"),), told=(*DEVELOPERS, *ENTITY, *MEMBERS), checks=("every_item_is_in_order",), inputs=("items",), effects=("outcomes_kept",)),
    Step("2.16", "approve", _("Approve the change"), (State.CONSIDERATION,), State.APPROVED, JC, documents=DOSSIER, told=(*DEVELOPERS, *ENTITY, *SECRETARIAT), checks=("project_stands_registered",), effects=("change_took_effect", "change_lets_the_project_go")),
    Step("2.16", "deny", _("Deny the change"), (State.CONSIDERATION,), State.DENIED, JC, told=(*DEVELOPERS, *ENTITY, *SECRETARIAT), inputs=("grounds",), effects=("change_lets_the_project_go",)),
    Step("2.16 P16", "publish", _("Publish the revised PDD"), (State.APPROVED,), State.IN_EFFECT, SECRETARIAT, documents=(Kind.PDD,), limit=(Limit("change_publication_days"),), told=(*DEVELOPERS, *ENTITY, *MEMBERS), checks=("revised_design_is_public",)),
    Step("2.16", "withdraw", _("Withdraw the change"), UNDECIDED, State.WITHDRAWN, DEVELOPERS, told=(*SECRETARIAT, *ENTITY), effects=("change_lets_the_project_go",), voluntary=True),
)
# fmt: on

# What the completeness check looks at. Source: rules 2.16, 4.14.
LOOKED_AT = (
    *dossier(ROWS, "request", "2.16 4.14", Mark.RECALLED),
    Item(
        "change",
        _("The change, its reason and the sections of the PDD are described"),
        "4.14",
        Mark.RECALLED,
        filled=("description", "why", "pdd_sections"),
    ),
    Item("tracked", _("The revised PDD is there clean and with its changes tracked"), "2.16", Mark.RECALLED),
    Item("signed", SIGNED, "4.14", Mark.RECALLED),
)
EDITIONS_WITH_IT = ("jcm_2013", "jcm_2022", "india_2026")

_DECLARED: tuple[Input, ...] = (
    Entity("project", _("Project"), model="projects.Project"),
    Text("description", _("Description of the change"), lines=6),
    Text("why", _("Reason for the change"), lines=4),
    Text("pdd_sections", _("Sections of the PDD"), longest=200),
    Day("takes_effect_on", _("Day from which the change holds")),
    Numbers(
        "affects",
        _("What the change may affect"),
        hint=_("None: a minor change."),
        required=False,
        choices=tuple(Affects.choices),
    ),
    Entity("entity", _("Third-party entity that judges the change"), model="third_party_entities.ThirdPartyEntity"),
    Text("new_title", _("New title of the project"), hint=_("Empty: unchanged."), required=False),
    Tonnes(
        "new_expected_tonnes",
        _("Expected emission reductions per year from then on"),
        hint=_("Empty: unchanged."),
        required=False,
    ),
    Day("new_operation_starts_on", _("New starting date of project operation"), hint=_("Empty: unchanged."), required=False),
    Text("missing", _("What is missing"), required=False, lines=4),
    outcomes(dict.fromkeys(EDITIONS_WITH_IT, LOOKED_AT)),
    Text("grounds", _("Grounds"), lines=4),
)

CHANGE = Procedure(
    key="change",
    app="project_changes",
    model="Change",
    title=_("Change of a registered project"),
    states=State,
    final=frozenset({State.IN_EFFECT, State.CONFIRMED, State.DENIED, State.WITHDRAWN}),
    tables=dict.fromkeys(EDITIONS_WITH_IT, ROWS),
    inputs={one.name: one for one in _DECLARED},
)
