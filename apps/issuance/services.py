"""What a step on a round writes besides the round itself; and how a round is opened."""

from __future__ import annotations

from datetime import date
from typing import cast

from django.conf import settings

from apps.core import clock
from apps.issuance.models import Round
from apps.projects.models import Project
from apps.registry.services import Origin, account_of_government, issue
from apps.workflow.actors import Actor
from apps.workflow.fsm import Act
from apps.workflow.services import open_file, take_number


def open_round(*, project: Project, actor: Actor, starts_on: date, ends_on: date, idempotency_key: str | None = None) -> Round:
    """Open a monitoring period of a project under the edition in force today; both days belong to it.

    Raises NotAllowed or NotReady (ISS-01 to ISS-05). Source: rules 2.11.
    """
    edition = Round.procedure.edition_in_force(settings.JCM_PARTNER["code"], clock.today())
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
    subject.number = take_number(series=f"{subject.project.reference}_R", subject=subject, act=act)
    subject.reference = f"{subject.project.reference}-R{subject.number}"


def credits_booked(subject: Round, act: Act) -> None:
    """Issue one side's credits into the books: to the accounts named, or all to the side's Government.

    The act's id names the issuance, so that nothing is booked twice. Source: rules 2.14, 4.13.
    """
    own = subject.side_of(act.step)
    parts = act.inputs.get("parts") or [(account_of_government(own.side).pk, own.tonnes)]
    origin = Origin(subject.project_id, subject.pk, own.side, subject.period_starts_on, subject.period_ends_on)
    block = issue(id=act.id, origin=origin, issued_on=act.effective_on, parts=parts, act=act)
    act.data.update(serials=[block.first_serial, block.last_serial], parts=[list(part) for part in parts])
