"""Proposed methodologies: from the draft to the committee's decision."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.accounts.roles import Role, either
from apps.completeness.inputs import outcomes
from apps.completeness.kinds import Item, dossier
from apps.documents.kinds import Kind
from apps.workflow.editions import SECTORAL_SCOPES, Mark
from apps.workflow.inputs import Choice, Entities, Entity, Number, Numbers, Text
from apps.workflow.table import Limit, Procedure, Step


class State(TextChoices):
    """Where a proposed methodology stands. Source: rules 2.2 and 2.4."""

    DRAFT = "draft", _("Draft")
    OWN_DRAFT = "own_draft", _("Draft of the Joint Committee")
    SIDE_DRAFT = "side_draft", _("Draft of a Government")
    EDITORIAL_DRAFT = "editorial_draft", _("Draft of an editorial correction")
    SUBMITTED = "submitted", _("Submitted")
    INCOMPLETE = "incomplete", _("Incomplete")
    PUBLIC_INPUTS = "public_inputs", _("Public inputs")
    CONSIDERATION = "consideration", _("Consideration by the Joint Committee")
    EXTENDED = "extended_consideration", _("Extended consideration by the Joint Committee")
    EDITORIAL = "editorial", _("Editorial correction before the Joint Committee")
    RETURNED = "returned", _("Returned for revision")
    RETURNED_EXTENDED = "returned_extended", _("Returned for revision in extended consideration")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    JOINED = "joined", _("Joined to another proposal")


class Reason(TextChoices):
    """Why a methodology is revised. The request form has categories (rules 2.4); their words were not found [NF]."""

    ERROR = "error", _("Correction of an error")
    APPLICABILITY = "applicability", _("Other technologies or conditions are covered")
    DATA = "data", _("New data or default values")
    CLARIFICATION = "clarification", _("Clearer wording of a requirement")
    OTHER = "other", _("Another reason")


PROPONENT = (either(Role.PROPONENT),)
SECRETARIAT = (either(Role.SECRETARIAT),)
MEMBERS = (either(Role.MEMBER),)
GOVERNMENTS = (either(Role.GOVERNMENT),)
COMMITTEE = (either(Role.COMMITTEE),)
CLOCK = (either(Role.CLOCK),)
ALL = (*PROPONENT, *SECRETARIAT, *MEMBERS)

REVISION = ("revises", "revision_reason")
FORMS = (Kind.PROPOSED_METHODOLOGY, Kind.METHODOLOGY_SPREADSHEET)
BEFORE_COMMITTEE = (State.CONSIDERATION, State.EXTENDED)
DECIDED_IN = (*BEFORE_COMMITTEE, State.EDITORIAL)
RETURNED = (State.RETURNED, State.RETURNED_EXTENDED)
UNDECIDED = (State.DRAFT, State.SUBMITTED, State.INCOMPLETE, State.PUBLIC_INPUTS, *BEFORE_COMMITTEE, *RETURNED)

COMPLETENESS = (Limit("completeness_days"),)
INPUTS = (Limit("methodology_inputs_days", both_ends=True),)
# Overdue is shown and never deems anything approved.
DECISION = (
    Limit("consideration_days", since="counted_from", only_in=State.CONSIDERATION),
    Limit("extended_consideration_days", since="counted_from", only_in=State.EXTENDED),
)

# fmt: off
ROWS: tuple[Step, ...] = (
    Step("2.2", "draft", _("Draft a proposed methodology"), (), State.DRAFT, PROPONENT, checks=("revision_names_its_reason",), inputs=("sectoral_scopes", "proponents", *REVISION), effects=("proponents_named",)),
    Step("1.5", "draft_own", _("Draft a proposal of the Joint Committee itself"), (), State.OWN_DRAFT, SECRETARIAT, checks=("revision_names_its_reason",), inputs=("sectoral_scopes", *REVISION)),
    Step("1.5", "draft_for_side", _("Draft a proposal of a Government"), (), State.SIDE_DRAFT, GOVERNMENTS, checks=("revision_names_its_reason",), inputs=("sectoral_scopes", *REVISION)),
    Step("2.4", "draft_editorial", _("Draft an editorial correction of a version"), (), State.EDITORIAL_DRAFT, SECRETARIAT, inputs=("corrects",)),
    Step("2.2", "submit", _("Submit the proposed methodology"), (State.DRAFT,), State.SUBMITTED, PROPONENT, documents=FORMS, told=SECRETARIAT, checks=("revision_request_is_there", "public_versions_are_there")),
    Step("1.5", "submit_own", _("Submit the Joint Committee's own proposal"), (State.OWN_DRAFT,), State.SUBMITTED, SECRETARIAT, documents=FORMS, told=MEMBERS, checks=("public_versions_are_there",)),
    Step("1.5", "submit_for_side", _("Submit the Government's proposal"), (State.SIDE_DRAFT,), State.SUBMITTED, GOVERNMENTS, documents=FORMS, told=(*SECRETARIAT, *MEMBERS), checks=("draft_is_of_this_side", "revision_request_is_there", "public_versions_are_there")),
    Step("2.4", "submit_editorial", _("Put the editorial correction before the Joint Committee"), (State.EDITORIAL_DRAFT,), State.EDITORIAL, SECRETARIAT, documents=FORMS, told=MEMBERS, checks=("public_versions_are_there",)),
    Step("1.5", "discard_own", _("Discard the Joint Committee's own draft"), (State.OWN_DRAFT, State.EDITORIAL_DRAFT), State.WITHDRAWN, SECRETARIAT, voluntary=True),
    Step("1.5", "discard_for_side", _("Discard the Government's draft"), (State.SIDE_DRAFT,), State.WITHDRAWN, GOVERNMENTS, checks=("draft_is_of_this_side",), voluntary=True),
    Step("2.2 P01", "request_completion", _("Ask the proponent for completion"), (State.SUBMITTED,), State.INCOMPLETE, SECRETARIAT, told=PROPONENT, checks=("proponent_can_be_asked", "something_is_missing"), inputs=("items", "missing"), effects=("outcomes_kept",)),
    Step("2.2", "resubmit", _("Resubmit the completed proposal"), (State.INCOMPLETE,), State.SUBMITTED, PROPONENT, documents=FORMS, told=SECRETARIAT, checks=("revision_request_is_there", "public_versions_are_there", "documents_are_newer_than_the_request")),
    Step("2.2 P01", "publish", _("Find complete and publish for public inputs"), (State.SUBMITTED,), State.PUBLIC_INPUTS, SECRETARIAT, documents=FORMS, limit=COMPLETENESS, told=ALL, checks=("public_versions_are_there", "every_item_is_in_order"), inputs=("number", "items"), effects=("proposal_numbered", "outcomes_kept")),
    Step("2.2 P02", "close_inputs", _("Public inputs close"), (State.PUBLIC_INPUTS,), State.CONSIDERATION, CLOCK, limit=INPUTS, told=ALL),
    Step("2.2 P03", "extend", _("Extend the consideration"), (State.CONSIDERATION,), State.EXTENDED, COMMITTEE, told=ALL, inputs=("grounds",), voluntary=True),
    Step("2.2 P03", "approve", _("Approve the methodology"), BEFORE_COMMITTEE, State.APPROVED, COMMITTEE, documents=FORMS, limit=DECISION, told=ALL, checks=("every_public_input_is_answered", "number_agrees_with_the_revised_methodology", "version_is_new"), inputs=("number", "major", "minor"), effects=("methodology_approved",)),
    Step("2.2", "approve_with_revisions", _("Approve the methodology with revisions"), BEFORE_COMMITTEE, State.APPROVED, COMMITTEE, documents=FORMS, told=ALL, checks=("every_public_input_is_answered", "revised_text_is_there", "number_agrees_with_the_revised_methodology", "version_is_new"), inputs=("new_title", "number", "major", "minor"), effects=("methodology_approved",)),
    Step("2.2", "return_for_revision", _("Return for revision"), (State.CONSIDERATION,), State.RETURNED, COMMITTEE, told=ALL, checks=("proponent_can_be_asked",), inputs=("comments",)),
    Step("2.2", "revise", _("Submit the revised proposal"), (State.RETURNED,), State.CONSIDERATION, PROPONENT, documents=FORMS, told=ALL, checks=("public_versions_are_there", "documents_are_newer_than_the_request")),
    Step("2.2", "return_in_extension", _("Return for revision in extended consideration"), (State.EXTENDED,), State.RETURNED_EXTENDED, COMMITTEE, told=ALL, checks=("proponent_can_be_asked",), inputs=("comments",)),
    Step("2.2", "revise_in_extension", _("Submit the revised proposal in extended consideration"), (State.RETURNED_EXTENDED,), State.EXTENDED, PROPONENT, documents=FORMS, told=ALL, checks=("public_versions_are_there", "documents_are_newer_than_the_request")),
    Step("2.4", "approve_editorial", _("Approve the editorial correction as a minor version"), (State.EDITORIAL,), State.APPROVED, COMMITTEE, documents=FORMS, told=ALL, checks=("minor_follows_the_corrected_version", "version_is_new"), inputs=("minor",), effects=("methodology_approved",)),
    Step("2.2", "reject", _("Reject the proposal"), DECIDED_IN, State.REJECTED, COMMITTEE, told=ALL, inputs=("grounds",), effects=("inputs_lapsed",)),
    Step("2.4", "join", _("Join to another proposal that was approved"), BEFORE_COMMITTEE, State.JOINED, COMMITTEE, told=ALL, inputs=("other",), effects=("joined_to_the_version", "inputs_lapsed"), voluntary=True),
    Step("2.2", "withdraw", _("Withdraw the proposal"), UNDECIDED, State.WITHDRAWN, PROPONENT, told=ALL, effects=("inputs_lapsed",), voluntary=True),
)
# fmt: on

# What the completeness check looks at. Source: rules 2.2, 4.2, P01.
LOOKED_AT = (
    *dossier(ROWS, "submit", "2.2", Mark.CONFIRMED),
    Item("scopes", _("The sectoral scopes are stated"), "2.2 4.2", Mark.CONFIRMED, filled=("sectoral_scopes",)),
    Item("sections", _("All sections of the form are filled in"), "4.2", Mark.CONFIRMED),
    Item("sheets", _("The spreadsheet has its input, calculation and monitoring sheets"), "4.2", Mark.RECALLED),
)
EDITIONS_WITH_IT = ("jcm_2013", "jcm_2022", "india_2026")

PROCEDURE = Procedure(
    key="methodology",
    app="methodologies",
    model="ProposedMethodology",
    title=_("Proposed methodology"),
    states=State,
    final=frozenset({State.APPROVED, State.REJECTED, State.WITHDRAWN, State.JOINED}),
    tables=dict.fromkeys(EDITIONS_WITH_IT, ROWS),
    inputs={
        "sectoral_scopes": Numbers("sectoral_scopes", _("Sectoral scopes"), choices=SECTORAL_SCOPES),
        "proponents": Entities("proponents", _("Further proponents"), required=False, model="accounts.Organisation"),
        "revises": Entity(
            "revises", _("Approved methodology that this revises"), required=False, model="methodologies.ApprovedMethodology"
        ),
        "revision_reason": Choice(
            "revision_reason", _("Why it is revised"), required=False, choices=tuple((one.value, one.label) for one in Reason)
        ),
        "corrects": Entity("corrects", _("Version that this corrects"), model="methodologies.MethodologyVersion"),
        "missing": Text("missing", _("What is missing"), required=False, lines=4),
        "items": outcomes(dict.fromkeys(EDITIONS_WITH_IT, LOOKED_AT)),
        "number": Number("number", _("Number"), hint=_("Empty: the next one."), required=False),
        "grounds": Text("grounds", _("Grounds"), lines=4),
        "comments": Text("comments", _("Comments of the Joint Committee"), lines=8),
        "new_title": Text("new_title", _("Title"), hint=_("Empty: unchanged."), required=False, longest=300),
        "major": Number("major", _("Version before the point"), hint=_("Empty: the next one."), required=False, most=999),
        "minor": Number("minor", _("Version after the point"), hint=_("Empty: 0."), required=False, least=0, most=999),
        "other": Entity("other", _("The other proposal"), model="methodologies.ProposedMethodology"),
    },
)
