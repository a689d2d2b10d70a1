"""Renewal of a crediting period: reference emissions validated again, approved by both Governments in India, decided."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.accounts.roles import Role, host, japan
from apps.completeness.inputs import outcomes
from apps.completeness.kinds import SIGNED, Item, dossier
from apps.documents.kinds import Kind
from apps.project_changes.procedure.people import (
    CLOCK,
    DEVELOPERS,
    ENTITY,
    FOCAL_POINT,
    GOVERNMENTS,
    JC,
    MEMBERS,
    SECRETARIAT,
)
from apps.workflow.editions import Mark
from apps.workflow.inputs import Day, Entity, Input, Text
from apps.workflow.table import Limit, Procedure, Step


class State(TextChoices):
    """Where a renewal stands. Source: rules 2.17."""

    DRAFT = "draft", _("Draft request for renewal")
    REQUESTED = "requested", _("Renewal requested")
    INCOMPLETE = "incomplete", _("Request for renewal incomplete")
    REVALIDATION = "revalidation", _("Reference emissions being validated again")
    NOT_REVALIDATED = "not_revalidated", _("Negative opinion on the reference emissions")
    REVALIDATED = "revalidated", _("Positive opinion on the reference emissions")
    GOVERNMENTS_APPROVED = "governments_approved", _("Renewal approved by both Governments")
    GOVERNMENT_REFUSED = "government_refused", _("Prior approval of the renewal refused")
    RENEWED = "renewed", _("Crediting period renewed")
    DENIED = "denied", _("Renewal denied")
    WITHDRAWN = "withdrawn", _("Request for renewal withdrawn")


FINAL = frozenset({State.GOVERNMENT_REFUSED, State.RENEWED, State.DENIED, State.WITHDRAWN})
UNDECIDED = tuple(state for state in State if state not in FINAL)
BEFORE_APPROVAL = tuple(state for state in UNDECIDED if state != State.GOVERNMENTS_APPROVED)

PERIOD_CHECKS = ("project_stands_registered", "project_has_a_crediting_period", "renewal_adds_days", "total_is_within_limit")
ENTITY_CHECKS = ("entity_may_validate_again", "entity_takes_no_part")
REPORT_CHECKS = (*ENTITY_CHECKS, "report_comes_from_the_entity")
PAPERS = (Kind.RENEWAL_REQUEST,)
REPORT = (Kind.VALIDATION_REPORT,)
HEARING = (*DEVELOPERS, *ENTITY, *SECRETARIAT, *GOVERNMENTS)
HOST, JAPAN = (host(Role.GOVERNMENT),), (japan(Role.GOVERNMENT),)
BOTH_APPROVED = ("both_governments_approved_the_renewal",)
UNANSWERED = ("government_has_not_answered_on_the_renewal",)

# fmt: off
_UP_TO_THE_OPINION: tuple[Step, ...] = (
    Step("2.17", "draft", _("Draft a request for renewal of the crediting period"), (), State.DRAFT, DEVELOPERS, checks=("opener_takes_part", *PERIOD_CHECKS, "no_other_renewal_runs", *ENTITY_CHECKS), inputs=("project", "ends_on", "entity"), effects=("renewal_numbered",)),
    Step("2.17", "amend", _("Amend the request for renewal"), (State.DRAFT,), None, DEVELOPERS, checks=(*PERIOD_CHECKS, *ENTITY_CHECKS), inputs=("ends_on", "entity"), voluntary=True),
    Step("2.17", "request", _("Request renewal of the crediting period"), (State.DRAFT,), State.REQUESTED, FOCAL_POINT, documents=PAPERS, told=(*SECRETARIAT, *ENTITY), checks=PERIOD_CHECKS),
    Step("2.17", "request_completion", _("Ask for completion"), (State.REQUESTED,), State.INCOMPLETE, SECRETARIAT, told=DEVELOPERS, checks=("something_is_missing",), inputs=("items", "missing"), effects=("outcomes_kept",)),
    Step("2.17", "resubmit", _("Resubmit the request"), (State.INCOMPLETE,), State.REQUESTED, FOCAL_POINT, documents=PAPERS, told=SECRETARIAT, checks=PERIOD_CHECKS),
    Step("2.17", "accept_as_complete", _("Accept as complete"), (State.REQUESTED,), State.REVALIDATION, SECRETARIAT, limit=(Limit("completeness_days"),), told=(*DEVELOPERS, *ENTITY), checks=("every_item_is_in_order",), inputs=("items",), effects=("outcomes_kept",)),
    Step("2.17", "report_positive", _("Report a positive opinion on the reference emissions"), (State.REVALIDATION,), State.REVALIDATED, ENTITY, documents=REPORT, told=(*HEARING, *MEMBERS), checks=REPORT_CHECKS),
    Step("2.17", "report_negative", _("Report a negative opinion on the reference emissions"), (State.REVALIDATION,), State.NOT_REVALIDATED, ENTITY, documents=REPORT, told=(*DEVELOPERS, *SECRETARIAT), checks=REPORT_CHECKS, inputs=("grounds",)),
    Step("2.17", "revise", _("Revise and let the reference emissions be validated again"), (State.NOT_REVALIDATED,), State.REVALIDATION, DEVELOPERS, told=ENTITY),
)

JCM_2022: tuple[Step, ...] = (
    *_UP_TO_THE_OPINION,
    Step("2.17", "renew", _("Renew the crediting period"), (State.REVALIDATED,), State.RENEWED, JC, documents=(*PAPERS, *REPORT), told=HEARING, checks=PERIOD_CHECKS, effects=("crediting_period_renewed",)),
    Step("2.17", "deny", _("Deny the renewal"), (State.REVALIDATED,), State.DENIED, JC, told=HEARING, inputs=("grounds",)),
    Step("2.17", "withdraw", _("Withdraw the request for renewal"), BEFORE_APPROVAL, State.WITHDRAWN, DEVELOPERS, told=(*SECRETARIAT, *ENTITY), voluntary=True),
)

INDIA_2026: tuple[Step, ...] = (
    *_UP_TO_THE_OPINION,
    Step("0.4-1 2.17", "approve_renewal_host", _("Give the partner country's prior approval"), (State.REVALIDATED,), None, HOST, told=HEARING, checks=UNANSWERED, then=("conclude_approvals",)),
    Step("0.4-1 2.17", "approve_renewal_japan", _("Give Japan's prior approval"), (State.REVALIDATED,), None, JAPAN, told=HEARING, checks=UNANSWERED, then=("conclude_approvals",)),
    Step("0.4-1 2.17", "refuse_renewal_host", _("Refuse the partner country's prior approval"), (State.REVALIDATED,), State.GOVERNMENT_REFUSED, HOST, told=HEARING, checks=UNANSWERED, inputs=("grounds",)),
    Step("0.4-1 2.17", "refuse_renewal_japan", _("Refuse Japan's prior approval"), (State.REVALIDATED,), State.GOVERNMENT_REFUSED, JAPAN, told=HEARING, checks=UNANSWERED, inputs=("grounds",)),
    Step("0.4-1 2.17", "conclude_approvals", _("Both Governments have approved"), (State.REVALIDATED,), State.GOVERNMENTS_APPROVED, CLOCK, told=(*DEVELOPERS, *SECRETARIAT, *MEMBERS), checks=BOTH_APPROVED),
    Step("2.17", "renew", _("Renew the crediting period"), (State.GOVERNMENTS_APPROVED,), State.RENEWED, JC, documents=(*PAPERS, *REPORT), told=HEARING, checks=(*PERIOD_CHECKS, *BOTH_APPROVED), effects=("crediting_period_renewed",)),
    Step("2.17", "deny", _("Deny the renewal"), (State.GOVERNMENTS_APPROVED,), State.DENIED, JC, told=HEARING, inputs=("grounds",)),
    Step("2.17", "withdraw", _("Withdraw the request for renewal"), UNDECIDED, State.WITHDRAWN, DEVELOPERS, told=(*SECRETARIAT, *ENTITY), voluntary=True),
)
# fmt: on

TABLES = {"jcm_2022": JCM_2022, "india_2026": INDIA_2026}
# What the completeness check looks at; the form's fields were not read. Source: rules 2.17, 4.15.
JUDGED = (
    Item("period", _("The new end of the crediting period is stated"), "2.17", Mark.INFERRED, filled=("ends_on",)),
    Item("signed", SIGNED, "2.17", Mark.INFERRED),
)
LISTS = {edition: (*dossier(rows, "request", "2.17", Mark.INFERRED), *JUDGED) for edition, rows in TABLES.items()}

_DECLARED: tuple[Input, ...] = (
    Entity("project", _("Project"), model="projects.Project"),
    Day("ends_on", _("New end of the crediting period")),
    Entity(
        "entity",
        _("Third-party entity that validates the reference emissions again"),
        model="third_party_entities.ThirdPartyEntity",
    ),
    Text("missing", _("What is missing"), required=False, lines=4),
    outcomes(LISTS),
    Text("grounds", _("Grounds"), lines=4),
)

# The first generation knows no crediting period.
RENEWAL = Procedure(
    key="renewal",
    app="project_changes",
    model="Renewal",
    title=_("Renewal of a crediting period"),
    states=State,
    final=FINAL,
    tables=TABLES,
    inputs={one.name: one for one in _DECLARED},
)
