"""Project idea notes: from the draft to the committee's word on a planned project. Source: rules 2.1, 4.1.

The first generation knows none. India received them, as project information sheets, before it had rules.
"""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from apps.accounts.roles import Role, either, host, japan
from apps.documents.kinds import Kind
from apps.idea_notes.kinds import ACTIVITIES
from apps.workflow.inputs import YES_NO, Choice, Day, Entity, Input, Number, Percent, Text, Tonnes
from apps.workflow.table import Limit, Procedure, Step


class State(TextChoices):
    """Where an idea note stands. Source: rules 2.1."""

    DRAFT = "draft", _("Draft")
    RECEIVED = "received", _("Received before the rules")
    ACKNOWLEDGED = "acknowledged", _("Acknowledged before the rules")
    SHEET_RETURNED = "sheet_returned", _("Returned before the rules")
    SUBMITTED = "submitted", _("Idea note submitted")
    RETURNED = "returned", _("Returned for completion")
    REVIEW = "review", _("Review by both sides")
    CONSIDERATION = "consideration", _("Consideration by the Joint Committee")
    NO_OBJECTION = "no_objection", _("No objection to the planned project")
    OBJECTED = "objected", _("Objection to the planned project")
    DECIDED_OTHERWISE = "decided_otherwise", _("Decision on a planned project")
    EXEMPTION_DRAFTED = "exemption_drafted", _("Exemption proposed")
    EXEMPTED = "exempted", _("Exempted from the idea note")
    WITHDRAWN = "withdrawn", _("Withdrawn")


FINAL = frozenset({State.NO_OBJECTION, State.OBJECTED, State.DECIDED_OTHERWISE, State.EXEMPTED, State.WITHDRAWN})
# What the committee has said yes to, or said in other words.
# What is published of idea notes is what was decided of them; the reason of an objection with it. Source: rules 0.4, 2.1.
PUBLIC = FINAL - {State.WITHDRAWN}
DECIDED = (State.NO_OBJECTION.value, State.DECIDED_OTHERWISE.value, State.EXEMPTED.value)

PARTICIPANT = (either(Role.PARTICIPANT),)
SECRETARIAT = (either(Role.SECRETARIAT),)
COMMITTEE = (either(Role.COMMITTEE),)
CLOCK = (either(Role.CLOCK),)
MEMBERS = (either(Role.MEMBER),)
GOVERNMENTS = (either(Role.GOVERNMENT),)
HOST_GOVERNMENT, JAPANESE_GOVERNMENT = (host(Role.GOVERNMENT),), (japan(Role.GOVERNMENT),)
# Whoever speaks for one side; one side suffices to stop a planned project. Source: rules 2.1, S26.
HOST_SIDE = (host(Role.CO_CHAIR), host(Role.GOVERNMENT))
JAPANESE_SIDE = (japan(Role.CO_CHAIR), japan(Role.GOVERNMENT))
ALL = (*PARTICIPANT, *SECRETARIAT, *MEMBERS, *GOVERNMENTS)

FORM = (Kind.IDEA_NOTE,)
COMPLETENESS = (Limit("pin_completeness_days"),)
DRAFTED = (State.DRAFT, State.RETURNED)
BEFORE_SIDES = (State.REVIEW, State.CONSIDERATION)

PARTICULARS = (
    "host_parties", "japan_parties", "place", "activity", "technology", "japan_contribution", "expected_tonnes_per_year",
    "methodology_expected", "crediting_years", "host_percent", "other_registration", "other_registration_text",
)  # fmt: skip

# fmt: off
OPENING = Step("2.1", "draft", _("Draft an idea note"), (), State.DRAFT, PARTICIPANT, checks=("participant_submits_for_itself", "other_registration_is_explained"), inputs=PARTICULARS)
ROWS: tuple[Step, ...] = (
    Step("2.1", "amend", _("Amend the idea note"), DRAFTED, None, PARTICIPANT, checks=("other_registration_is_explained",), inputs=("title", *PARTICULARS), voluntary=True),
    Step("2.1", "return_for_completion", _("Return for completion"), (State.SUBMITTED,), State.RETURNED, SECRETARIAT, told=PARTICIPANT, inputs=("missing",)),
    Step("2.1", "find_complete", _("Find the idea note complete and circulate it"), (State.SUBMITTED,), State.REVIEW, SECRETARIAT, documents=FORM, limit=COMPLETENESS, told=ALL, inputs=("number",), effects=("number_given",)),
    Step("2.1", "clear_host", _("No objection from the partner country’s side"), (State.REVIEW,), None, HOST_GOVERNMENT, told=SECRETARIAT, checks=("host_side_has_not_answered",), then=("conclude_review",)),
    Step("2.1", "clear_japan", _("No objection from Japan’s side"), (State.REVIEW,), None, JAPANESE_GOVERNMENT, told=SECRETARIAT, checks=("japanese_side_has_not_answered",), then=("conclude_review",)),
    Step("2.1", "raise_concerns_host", _("Raise concerns of the partner country’s side"), (State.REVIEW,), None, HOST_GOVERNMENT, told=ALL, checks=("host_side_has_not_answered",), inputs=("public_reason",), then=("conclude_review",)),
    Step("2.1", "raise_concerns_japan", _("Raise concerns of Japan’s side"), (State.REVIEW,), None, JAPANESE_GOVERNMENT, told=ALL, checks=("japanese_side_has_not_answered",), inputs=("public_reason",), then=("conclude_review",)),
    Step("2.1", "conclude_review", _("Both sides have answered"), (State.REVIEW,), State.CONSIDERATION, CLOCK, told=ALL, checks=("both_sides_answered",)),
    Step("2.1 P12", "decide_no_objection", _("Decide that there is no objection"), (State.CONSIDERATION,), State.NO_OBJECTION, COMMITTEE, limit=(Limit("pin_consideration_days"),), told=ALL),
    Step("2.1", "decide_objection", _("Object to the planned project"), (State.CONSIDERATION,), State.OBJECTED, COMMITTEE, told=ALL, inputs=("public_reason",)),
    Step("2.1", "decide_otherwise", _("Decide on the planned project in other words"), (State.CONSIDERATION,), State.DECIDED_OTHERWISE, COMMITTEE, told=ALL, inputs=("wording", "lets_go_on")),
    Step("2.1", "object_host", _("Object on the partner country’s side"), BEFORE_SIDES, State.OBJECTED, HOST_SIDE, told=ALL, inputs=("public_reason",), voluntary=True),
    Step("2.1", "object_japan", _("Object on Japan’s side"), BEFORE_SIDES, State.OBJECTED, JAPANESE_SIDE, told=ALL, inputs=("public_reason",), voluntary=True),
    Step("2.1", "draft_exemption", _("Propose to exempt a project from the idea note"), (), State.EXEMPTION_DRAFTED, SECRETARIAT, checks=("project_is_older_than_the_rules",), inputs=("for_organisation", "existed_on")),
    Step("2.1", "exempt", _("Exempt the project from the idea note"), (State.EXEMPTION_DRAFTED,), State.EXEMPTED, COMMITTEE, told=ALL),
    Step("2.1", "give_up_exemption", _("Give up the proposed exemption"), (State.EXEMPTION_DRAFTED,), State.WITHDRAWN, SECRETARIAT, voluntary=True),
    Step("2.1", "withdraw", _("Withdraw the idea note"), (*DRAFTED, State.SUBMITTED, *BEFORE_SIDES), State.WITHDRAWN, PARTICIPANT, told=(*SECRETARIAT, *MEMBERS, *GOVERNMENTS), voluntary=True),
)
JCM_2022: tuple[Step, ...] = (
    OPENING,
    Step("2.1", "submit", _("Submit the idea note"), DRAFTED, State.SUBMITTED, PARTICIPANT, documents=FORM, told=SECRETARIAT, checks=("what_the_form_asks_for_is_given",)),
    *ROWS,
)
INDIA_2026: tuple[Step, ...] = (
    OPENING,
    Step("2.1 6.4", "submit", _("Submit the idea note"), DRAFTED, State.SUBMITTED, PARTICIPANT, documents=FORM, told=SECRETARIAT, checks=("what_the_form_asks_for_is_given", "activity_is_eligible")),
    *ROWS,
)
# What was published as "Project Information Sheet" was the draft of the idea note's form. Source: rules 6.1, awkward case 25.
INDIA_INTERIM: tuple[Step, ...] = (
    OPENING,
    Step("2.1", "amend", _("Amend the idea note"), (State.DRAFT, State.SHEET_RETURNED), None, PARTICIPANT, checks=("other_registration_is_explained",), inputs=("title", *PARTICULARS), voluntary=True),
    Step("2.1 6.1", "submit_sheet", _("Submit the project information sheet"), (State.DRAFT, State.SHEET_RETURNED), State.RECEIVED, PARTICIPANT, documents=FORM, told=SECRETARIAT, checks=("what_the_form_asks_for_is_given", "activity_is_eligible", "rules_are_not_yet_in_force")),
    Step("2.1 6.1", "acknowledge", _("Acknowledge the project information sheet"), (State.RECEIVED,), State.ACKNOWLEDGED, SECRETARIAT, limit=COMPLETENESS, told=PARTICIPANT),
    Step("2.1 6.1", "return_sheet", _("Return the project information sheet for completion"), (State.RECEIVED,), State.SHEET_RETURNED, SECRETARIAT, told=PARTICIPANT, inputs=("missing",)),
    Step("2.1 0.3", "move_to_edition", _("Take the file over into the rules now in force"), (State.RECEIVED, State.ACKNOWLEDGED), State.SUBMITTED, SECRETARIAT, told=PARTICIPANT, checks=("later_rules_are_in_force",), into="india_2026"),
    Step("2.1", "withdraw", _("Withdraw the idea note"), (State.DRAFT, State.RECEIVED, State.ACKNOWLEDGED, State.SHEET_RETURNED), State.WITHDRAWN, PARTICIPANT, told=SECRETARIAT, voluntary=True),
)
# fmt: on

_DECLARED: tuple[Input, ...] = (
    Text("title", _("Title"), hint=_("Empty: unchanged."), required=False),
    Text("host_parties", _("Participants of the partner country, with their roles"), required=False, lines=3, longest=2000),
    Text("japan_parties", _("Participants of Japan, with their roles"), required=False, lines=3, longest=2000),
    Text("place", _("Location: state, district, place"), required=False, longest=300),
    Choice("activity", _("Eligible activity"), required=False, choices=tuple((one.code, one.label) for one in ACTIVITIES)),
    Text("technology", _("Technology"), required=False, lines=4, longest=4000),
    Text("japan_contribution", _("Contribution from Japan"), required=False, lines=3, longest=4000),
    Tonnes("expected_tonnes_per_year", _("Expected emission reductions per year"), required=False),
    Text("methodology_expected", _("Methodology expected to be applied"), required=False, longest=300),
    Number("crediting_years", _("Crediting period proposed, in years"), required=False, most=60),
    Percent("host_percent", _("Share proposed for the partner country in per cent"), required=False),
    Choice("other_registration", _("Registered or proposed under another programme"), required=False, choices=YES_NO),
    Text("other_registration_text", _("Which programme, under which number"), required=False, lines=3, longest=2000),
    Text("missing", _("What is missing"), lines=4),
    Number("number", _("Number"), hint=_("Empty: the next one."), required=False),
    Text("public_reason", _("Reason, to be published"), lines=4, longest=4000),
    Text("wording", _("Wording of the decision"), lines=4, longest=4000),
    Choice("lets_go_on", _("The decision lets the project go on"), choices=YES_NO),
    Entity("for_organisation", _("Organisation whose project it is"), model="accounts.Organisation"),
    Day("existed_on", _("Day on which the project existed already")),
)

PROCEDURE = Procedure(
    key="idea_note",
    app="idea_notes",
    model="IdeaNote",
    title=_("Project idea note"),
    states=State,
    final=FINAL,
    tables={"jcm_2022": JCM_2022, "india_interim": INDIA_INTERIM, "india_2026": INDIA_2026},
    inputs={one.name: one for one in _DECLARED},
)
