"""What a step on a round writes besides the round itself; and how a round is opened."""

from __future__ import annotations

from datetime import date
from typing import cast

from apps.core import clock
from apps.findings.kinds import Examination, FindingKind
from apps.findings.selectors import open_about
from apps.findings.services import lapse, take_up
from apps.issuance.models import Round
from apps.issuance.selectors import forwards_for, is_first_verification, waived_site_visit
from apps.projects.models import Project
from apps.projects.services import number_within
from apps.registry.services import Origin, account_of_government, issue
from apps.sustainability.services import file_report
from apps.workflow.actors import Actor
from apps.workflow.fsm import Act
from apps.workflow.selectors import edition_for
from apps.workflow.services import open_file


def open_round(*, project: Project, actor: Actor, starts_on: date, ends_on: date, idempotency_key: str | None = None) -> Round:
    """Open a monitoring period of a project under the edition in force today; both days belong to it.

    Raises NotAllowed or NotReady (ISS-01 to ISS-05). Source: rules 2.11.
    """
    edition = edition_for(Round.procedure, clock.today())
    opened = open_file(
        Round,
        "open_round",
        actor=actor,
        edition=edition.key,
        title=project.title,
        idempotency_key=idempotency_key,
        fields={"project_id": project.pk},
        project=project.pk,
        period_starts_on=starts_on,
        period_ends_on=ends_on,
    )
    return cast("Round", opened)


def round_numbered(subject: Round, act: Act) -> None:
    """Give the round the next number of its project."""
    subject.number, subject.reference = number_within(subject.project, "R", subject=subject, act=act)


def forwards_taken_up(subject: Round, act: Act) -> None:
    """Let the verifier answer the forward action requests that were carried to this verification. Source: rules 2.7, 4.12."""
    found = forwards_for(subject)
    take_up(found, at=subject)
    act.data["taken_up"] = [one.reference for one in found]


def results_filed(subject: Round, act: Act) -> None:
    """File the next version of the round's sustainable development report, where one is given. Source: rules 2.11, 4.4."""
    file_report(project_id=subject.project_id, round_id=subject.pk, act=act)


def findings_lapsed(subject: Round, act: Act) -> None:  # reason: every effect takes an act
    """End the requests of a round that is given up; forward ones wait for the next verification."""
    lapse(open_about(subject).exclude(kind=FindingKind.FAR))


def waiver_noted(subject: Round, act: Act) -> None:
    """Name in the record the special measure by which a first verification went without a site visit. Source: rules 2.20."""
    if act.inputs["examination"] == Examination.OTHER and is_first_verification(subject):
        act.data["special_measure"] = waived_site_visit(act.effective_on)


def credits_booked(subject: Round, act: Act) -> None:
    """Issue one side's credits into the books: to the accounts named, or all to the side's Government.

    The act's id names the issuance, so that nothing is booked twice. Source: rules 2.14, 4.13.
    """
    own = subject.side_of(act.step)
    parts = act.inputs.get("parts") or [(account_of_government(own.side).pk, own.tonnes)]
    origin = Origin(subject.project_id, subject.pk, own.side, subject.period_starts_on, subject.period_ends_on)
    block = issue(id=act.id, origin=origin, issued_on=act.effective_on, parts=parts, act=act)
    act.data.update(serials=[block.first_serial, block.last_serial], parts=[list(part) for part in parts])
