"""Third-party entities: from the application to designation, scope by scope, and out of it."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.accounts.roles import Role, either
from apps.completeness.inputs import outcomes
from apps.completeness.kinds import Item, dossier
from apps.documents.kinds import Kind
from apps.workflow.editions import SECTORAL_SCOPES, Mark
from apps.workflow.inputs import Choice, Day, Entity, Number, Numbers, Text
from apps.workflow.table import Limit, Procedure, Step


class State(TextChoices):
    """Where an entity stands in this partner country. Source: rules 2.18."""

    DRAFT = "draft", _("Draft application")
    APPLIED = "applied", _("Applied")
    INCOMPLETE = "incomplete", _("Incomplete")
    COMPLETED = "completed", _("Applied, completed on request")
    COMPLETE = "complete", _("Complete")
    DESIGNATED = "designated", _("Designated")
    UNDER_REVIEW = "under_review", _("Under review")
    SUSPENDED = "suspended", _("Suspended")
    REFUSED = "refused", _("Refused")
    APPLICATION_WITHDRAWN = "application_withdrawn", _("Application withdrawn")
    WITHDRAWN_VOLUNTARILY = "withdrawn_voluntarily", _("Withdrawn voluntarily")
    WITHDRAWN = "withdrawn", _("Withdrawn by the Joint Committee")


class Basis(TextChoices):
    """What an applicant's competence rests on. Source: rules 1.6."""

    ISO_14065 = "iso_14065", _("ISO 14065 accreditation by a member of the International Accreditation Forum")
    CDM = "cdm", _("Designated operational entity of the Clean Development Mechanism")


class Function(TextChoices):
    """What an entity does; each sectoral scope is held for one of them. Source: S35, awkward case 32."""

    VALIDATION = "validation", _("validation")
    VERIFICATION = "verification", _("verification")


class Because(TextChoices):
    """Why a sectoral scope ends before its last day. Source: awkward case 34 (two reasons in one entity)."""

    GIVEN_UP = "given_up", _("given up by the entity")
    ACCREDITATION_LOST = "accreditation_lost", _("no longer accredited")
    WITHDRAWN = "withdrawn", _("withdrawn by the Joint Committee")


APPLICANT = (either(Role.APPLICANT),)
ENTITY = (either(Role.TPE),)
SECRETARIAT = (either(Role.SECRETARIAT),)
COMMITTEE = (either(Role.COMMITTEE),)
CLOCK = (either(Role.CLOCK),)
APPLICATION_TOLD = (*APPLICANT, *SECRETARIAT, either(Role.MEMBER))
OFFICE = (*SECRETARIAT, either(Role.MEMBER))
ALL = (*ENTITY, *OFFICE)

PAPERS = (Kind.TPE_APPLICATION, Kind.ACCREDITATION)
COMPLETENESS = (Limit("completeness_days"),)
# One request for completion, and no second: what comes back is judged as it is. Source: P07.
TO_CHECK = (State.APPLIED, State.COMPLETED)
OPEN = (State.DRAFT, State.APPLIED, State.INCOMPLETE, State.COMPLETED, State.COMPLETE)
# Designated in the register; whether it may work on a day is computed from scopes and suspensions.
IN_OFFICE = (State.DESIGNATED, State.UNDER_REVIEW, State.SUSPENDED)
HEARING = (Limit("tpe_hearing_days"),)
# The last day of a suspension counts as one of it.
LAPSE = (Limit("tpe_suspension_lapse_days", both_ends=True, since="suspended_until", stops=False, extends=False),)
PARTIAL = (Because.GIVEN_UP, Because.ACCREDITATION_LOST)
BASES = tuple((one.value, one.label) for one in Basis)
SCOPES = (Function.VALIDATION.value, Function.VERIFICATION.value)

# fmt: off
ROWS: tuple[Step, ...] = (
    Step("2.18", "draft", _("Draft an application for designation"), (), State.DRAFT, APPLICANT, checks=("applicant_applies_for_itself", "no_other_file_is_open", "a_scope_is_applied_for"), inputs=("basis", *SCOPES)),
    Step("2.18", "apply", _("Apply for designation"), (State.DRAFT,), State.APPLIED, APPLICANT, documents=PAPERS, told=SECRETARIAT),
    Step("2.18 P07", "request_completion", _("Ask the applicant for completion, once"), (State.APPLIED,), State.INCOMPLETE, SECRETARIAT, told=APPLICANT, checks=("something_is_missing",), inputs=("items", "missing"), effects=("outcomes_kept",)),
    Step("2.18 P07", "resubmit", _("Resubmit the completed application"), (State.INCOMPLETE,), State.COMPLETED, APPLICANT, documents=PAPERS, told=SECRETARIAT, checks=("a_document_was_added",)),
    Step("2.18 P07", "accept_as_complete", _("Find the application complete"), TO_CHECK, State.COMPLETE, SECRETARIAT, documents=PAPERS, limit=COMPLETENESS, told=APPLICATION_TOLD, checks=("every_item_is_in_order",), inputs=("items",), effects=("outcomes_kept",)),
    Step("2.18", "designate", _("Designate as a third-party entity"), (State.COMPLETE,), State.DESIGNATED, COMMITTEE, documents=PAPERS, told=ALL, checks=("scopes_were_applied_for", "end_is_not_before_start"), inputs=(*SCOPES, "ends_on", "number"), effects=("entity_numbered", "scopes_granted")),
    Step("2.18", "refuse", _("Refuse designation"), (State.COMPLETED, State.COMPLETE), State.REFUSED, COMMITTEE, told=APPLICATION_TOLD, inputs=("grounds",)),
    Step("2.18", "withdraw_application", _("Withdraw the application"), OPEN, State.APPLICATION_WITHDRAWN, APPLICANT, told=APPLICATION_TOLD, voluntary=True),
    Step("2.18", "extend", _("Add sectoral scopes, set a new end date or basis"), (State.DESIGNATED,), None, COMMITTEE, documents=(Kind.ACCREDITATION,), told=ALL, checks=("certificate_is_new", "end_is_not_before_start"), inputs=(*SCOPES, "ends_on", "new_basis"), effects=("scopes_granted",), voluntary=True),
    Step("2.18", "give_up_scopes", _("Give up sectoral scopes, or lose their accreditation"), IN_OFFICE, None, (*ENTITY, *COMMITTEE), told=ALL, checks=("scopes_are_held", "end_is_not_before_start"), inputs=(*SCOPES, "because", "ends_on"), effects=("scopes_given_up",), voluntary=True),
    Step("2.18", "open_review", _("Open a review of the entity"), (State.DESIGNATED,), State.UNDER_REVIEW, COMMITTEE, told=ALL, inputs=("grounds",), voluntary=True),
    Step("2.18", "answer_review", _("Answer the grounds of the review"), (State.UNDER_REVIEW,), None, ENTITY, limit=HEARING, told=OFFICE, inputs=("statement",)),
    Step("2.18", "confirm_designation", _("Confirm the designation"), (State.UNDER_REVIEW,), State.DESIGNATED, COMMITTEE, told=ALL, inputs=("grounds",)),
    Step("2.18", "suspend", _("Suspend the designation"), (State.UNDER_REVIEW,), State.SUSPENDED, COMMITTEE, told=ALL, checks=("entity_was_heard", "end_is_not_before_start"), inputs=("grounds", "ends_on"), effects=("suspension_begun",)),
    Step("2.18", "lift_suspension", _("Lift the suspension"), (State.SUSPENDED,), State.DESIGNATED, COMMITTEE, told=ALL, inputs=("grounds",), effects=("suspension_lifted",), voluntary=True),
    Step("2.18", "end_suspension", _("The suspension ends with its last day"), (State.SUSPENDED,), State.DESIGNATED, CLOCK, limit=LAPSE, told=ALL),
    Step("2.18 4.17", "rename", _("Record a new name of the entity"), IN_OFFICE, None, SECRETARIAT, told=ALL, checks=("name_is_another", "name_starts_after_the_last"), inputs=("new_name", "renamed_on"), effects=("former_name_kept",), voluntary=True),
    Step("2.18", "withdraw", _("Withdraw voluntarily from designation"), IN_OFFICE, State.WITHDRAWN_VOLUNTARILY, ENTITY, told=ALL, checks=("successor_may_take_over",), inputs=("open_work", "successor"), effects=("scopes_ended",), voluntary=True),
    Step("2.18", "withdraw_designation", _("Withdraw the designation"), (State.UNDER_REVIEW, State.SUSPENDED), State.WITHDRAWN, COMMITTEE, told=ALL, checks=("entity_was_heard",), inputs=("grounds",), effects=("scopes_ended",), voluntary=True),
)
# fmt: on

# What the completeness check looks at. Source: rules 1.6, 2.18, 4.16, P07.
LOOKED_AT = (
    *dossier(ROWS, "apply", "2.18 4.16", Mark.CONFIRMED),
    Item("basis", _("The basis of the competence is stated"), "1.6", Mark.CONFIRMED, filled=("basis",)),
    Item("scopes", _("The scopes asked for are stated"), "4.16", Mark.RECALLED, filled=("applied_scopes",)),
    Item("certificate", _("The certificate is in force and covers the scopes asked for"), "1.6 2.18", Mark.CONFIRMED),
    Item("declaration", _("The declaration is signed"), "4.16", Mark.RECALLED),
)
EDITIONS_WITH_IT = ("jcm_2013", "jcm_2022", "india_2026")

PROCEDURE = Procedure(
    key="tpe",
    app="third_party_entities",
    model="ThirdPartyEntity",
    title=_("Third-party entity"),
    states=State,
    final=frozenset({State.REFUSED, State.APPLICATION_WITHDRAWN, State.WITHDRAWN_VOLUNTARILY, State.WITHDRAWN}),
    tables=dict.fromkeys(EDITIONS_WITH_IT, ROWS),
    inputs={
        "basis": Choice("basis", _("Basis"), choices=BASES),
        "new_basis": Choice("new_basis", _("New basis"), hint=_("Empty: unchanged."), required=False, choices=BASES),
        "validation": Numbers("validation", _("Sectoral scopes for validation"), required=False, choices=SECTORAL_SCOPES),
        "verification": Numbers("verification", _("Sectoral scopes for verification"), required=False, choices=SECTORAL_SCOPES),
        "missing": Text("missing", _("What is missing"), required=False, lines=4),
        "items": outcomes(dict.fromkeys(EDITIONS_WITH_IT, LOOKED_AT)),
        "ends_on": Day("ends_on", _("Last day"), required=False),
        "number": Number("number", _("Number"), hint=_("Empty: the next one."), required=False),
        "because": Choice("because", _("Reason"), choices=tuple((one.value, one.label) for one in PARTIAL)),
        "grounds": Text("grounds", _("Grounds"), lines=4),
        "statement": Text("statement", _("Statement of the entity"), lines=8),
        "new_name": Text("new_name", _("New name"), longest=200),
        "renamed_on": Day("renamed_on", _("First day of the new name")),
        "open_work": Text("open_work", _("Open validations and verifications, and who goes on with them (or: none)"), lines=4),
        "successor": Entity(
            "successor", _("Third-party entity that takes over"), required=False, model="third_party_entities.ThirdPartyEntity"
        ),
    },
)
