"""What happened to a project and its rounds: every act as something done, by whom, in which round."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.accounts.models import Membership
from apps.accounts.render import role_at, side_name
from apps.accounts.roles import Role, Side
from apps.core import clock
from apps.core.templatetags.gazette import day_words, grouped
from apps.events.kinds import kind
from apps.events.models import Event
from apps.issuance.models import Round
from apps.portal.selectors import File
from apps.workflow.holding import Holding, holding_of
from apps.workflow.models import Subject
from apps.workflow.render.history import day_of, is_at_the_end
from apps.workflow.render.receipts import receipt_url

TOLD: dict[str, Promise] = {
    "project.draft": gettext_lazy("Project opened"),
    "project.amend": gettext_lazy("Particulars amended"),
    "project.submit_pdd": gettext_lazy("Project design document submitted"),
    "project.return_pdd": gettext_lazy("Project design document returned for completion"),
    "project.publish": gettext_lazy("Published for public inputs"),
    "project.close_inputs": gettext_lazy("Public inputs closed"),
    "project.assign_validator": gettext_lazy("Validating third-party entity named"),
    "project.change_validator": gettext_lazy("Another third-party entity named"),
    "project.accept_assignment": gettext_lazy("Assignment accepted, no conflict of interest declared"),
    "project.decline_assignment": gettext_lazy("Assignment declined by the third-party entity"),
    "project.amend_in_validation": gettext_lazy("Particulars amended in validation"),
    "project.report_positive": gettext_lazy("Positive validation opinion reported"),
    "project.report_negative": gettext_lazy("Negative validation opinion reported"),
    "project.revise": gettext_lazy("Revised and taken to validation again"),
    "project.reopen_validation": gettext_lazy("Taken back into validation"),
    "project.propose_allocation": gettext_lazy("Credit allocation proposed"),
    "project.approve_registration_host": gettext_lazy("The Government of %(host)s gave its prior approval"),
    "project.approve_registration_japan": gettext_lazy("The Government of %(japan)s gave its prior approval"),
    "project.refuse_registration_host": gettext_lazy("The Government of %(host)s refused its prior approval"),
    "project.refuse_registration_japan": gettext_lazy("The Government of %(japan)s refused its prior approval"),
    "project.conclude_approvals": gettext_lazy("Both Governments have approved"),
    "project.agree_allocation_host": gettext_lazy("The Government of %(host)s agreed to the credit allocation"),
    "project.agree_allocation_japan": gettext_lazy("The Government of %(japan)s agreed to the credit allocation"),
    "project.refuse_allocation_host": gettext_lazy("The Government of %(host)s refused the credit allocation"),
    "project.refuse_allocation_japan": gettext_lazy("The Government of %(japan)s refused the credit allocation"),
    "project.conclude_agreement": gettext_lazy("Both Governments have agreed to the credit allocation"),
    "project.request_registration": gettext_lazy("Registration requested"),
    "project.request_completion": gettext_lazy("Completion of the request asked for"),
    "project.resubmit": gettext_lazy("Request resubmitted"),
    "project.accept_as_complete": gettext_lazy("Request accepted as complete"),
    "project.register": gettext_lazy("Project registered"),
    "project.reject": gettext_lazy("Registration refused"),
    "project.send_to_review": gettext_lazy("Request for registration sent to review"),
    "project.answer_review": gettext_lazy("Questions of the Joint Committee answered"),
    "project.answer_review_with_evidence": gettext_lazy("Questions of the Joint Committee answered with evidence"),
    "project.withdraw_request": gettext_lazy("Request for registration withdrawn"),
    "project.withdraw": gettext_lazy("Project withdrawn"),
    "project.change_focal_point": gettext_lazy("Another focal point named"),
    "project.add_participant": gettext_lazy("Participant added"),
    "project.rename_participant": gettext_lazy("Name of a participant changed"),
    "project.change_contacts": gettext_lazy("Contacts or signatories changed"),
    "project.withdraw_participant": gettext_lazy("Participant withdrawn"),
    "project.withdraw_defunct_participant": gettext_lazy("Participant that had ceased operations withdrawn"),
    "project.withdraw_registered": gettext_lazy("Registered project withdrawn"),
    "round.open_round": gettext_lazy("Monitoring period opened"),
    "round.change_period": gettext_lazy("Monitoring period changed"),
    "round.report": gettext_lazy("Monitoring report submitted"),
    "round.assign_verifier": gettext_lazy("Verifying third-party entity named"),
    "round.change_verifier": gettext_lazy("Another third-party entity named"),
    "round.accept_assignment": gettext_lazy("Assignment accepted, no conflict of interest declared"),
    "round.decline_assignment": gettext_lazy("Assignment declined by the third-party entity"),
    "round.take_up_forwards": gettext_lazy("Forward action requests taken up"),
    "round.verify_positive": gettext_lazy("Positive verification opinion reported"),
    "round.verify_negative": gettext_lazy("Negative verification opinion reported"),
    "round.revise": gettext_lazy("Monitoring report revised and taken to verification again"),
    "round.request_issuance": gettext_lazy("Issuance requested"),
    "round.request_completion": gettext_lazy("Completion of the request asked for"),
    "round.resubmit": gettext_lazy("Request resubmitted"),
    "round.accept_as_complete": gettext_lazy("Request accepted as complete"),
    "round.approve_issuance_host": gettext_lazy("The Government of %(host)s gave its prior approval"),
    "round.approve_issuance_japan": gettext_lazy("The Government of %(japan)s gave its prior approval"),
    "round.refuse_issuance_host": gettext_lazy("The Government of %(host)s refused its prior approval"),
    "round.refuse_issuance_japan": gettext_lazy("The Government of %(japan)s refused its prior approval"),
    "round.conclude_approvals": gettext_lazy("Both Governments have approved"),
    "round.notify": gettext_lazy("The Joint Committee decided %(decided)s credits and notified both sides"),
    "round.issue_host": gettext_lazy("%(host)s issued %(host_tonnes)s credits"),
    "round.authorise": gettext_lazy("The Government of %(host)s authorised the transfer of %(japan)s’s credits"),
    "round.issue_japan": gettext_lazy("%(japan)s issued %(japan_tonnes)s credits"),
    "round.close": gettext_lazy("Both sides have issued"),
    "round.reject": gettext_lazy("Issuance refused"),
    "round.withdraw_request": gettext_lazy("Request for issuance withdrawn"),
    "round.withdraw": gettext_lazy("Round given up"),
}


def entries(file: File, reader: Membership | None) -> list[dict[str, Any]]:
    """The events of a project and its rounds as the timeline takes them, with the receipts that the reader may have.

    People are named by role and organisation only.
    """
    subjects, holding = file.subjects, holding_of(reader, clock.today()) if reader else None
    return [_entry(event, subjects[event.subject_type, event.subject_id], holding) for event in file.events]


def _entry(event: Event, subject: Subject, holding: Holding | None) -> dict[str, Any]:
    return {
        "url": receipt_url(subject, event, holding),
        "at": event.acted_at,
        "ends": is_at_the_end(event),
        "title": title(event, subject),
        "by": list(_parties(event, subject)),
        "side": event.side,
        "number": event.pk,
        "said": event.reason,
    }


def title(event: Event, subject: Subject) -> str:
    """What was done; an act without words of its own is called by its row in the rulebook."""
    return words_of(event.type, subject)


def words_of(name: str, subject: Subject) -> str:
    """An act of a type on a file as something done."""
    text = TOLD.get(name)
    if text is None:
        return str(kind(name).label)
    given = {"host": side_name(Side.HOST), "japan": side_name(Side.JAPAN)}
    if isinstance(subject, Round):
        given |= {
            "decided": grouped(subject.decided_tonnes),
            "host_tonnes": grouped(subject.host_tonnes),
            "japan_tonnes": grouped(subject.japan_tonnes),
        }
    return str(text) % given


def _parties(event: Any, subject: Subject) -> Iterator[str]:
    """Who acted and for whom, the decision, the round, and the legal day where it is another than that of the act."""
    role, organisation = Role(event.capacity), event.organisation_name
    first, *more = role_at(role, organisation) if organisation else [str(role.label)]
    yield first
    if event.ballot_reference:
        yield _decision(event.ballot_reference, event.ballot_item)
    yield from more
    if isinstance(subject, Round):
        yield _("round %(number)s") % {"number": subject.number}
    if event.effective_on != day_of(event):
        yield _("with effect from %(day)s") % {"day": day_words(event.effective_on, "short")}


def _decision(reference: str, item: int) -> str:
    return _("decision %(number)s, item %(item)s") % {"number": reference, "item": item}
