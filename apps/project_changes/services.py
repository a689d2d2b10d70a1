"""What a step on a file about a registered project writes besides the file itself; and how such a file is opened."""

from __future__ import annotations

from typing import Any, cast

from apps.completeness.services import outcomes_kept  # noqa: F401 # reason: named in the table
from apps.core import clock
from apps.project_changes.models import Change, ImplementationReport, Renewal
from apps.projects import services as projects
from apps.projects.models import Project
from apps.workflow.actors import Actor
from apps.workflow.fsm import Act
from apps.workflow.selectors import edition_for
from apps.workflow.services import open_file


def report_change(
    *, project: Project, actor: Actor, title: str, idempotency_key: str | None = None, **particulars: Any
) -> Change:
    """Report a change of a registered project under the edition in force today.

    `particulars` are what the step `identify` asks for. Raises NotAllowed or NotReady (CHG-01 to CHG-04).
    """
    edition = edition_for(Change.procedure, clock.today())
    opened = open_file(
        Change,
        "identify",
        actor=actor,
        edition=edition.key,
        title=title,
        idempotency_key=idempotency_key,
        fields={"project_id": project.pk},
        project=project.pk,
        **particulars,
    )
    return cast("Change", opened)


def change_numbered(subject: Change, act: Act) -> None:
    """Give the change the next number of its project, such as IN001-C1."""
    subject.number, subject.reference = projects.number_within(subject.project, "C", subject=subject, act=act)


def change_holds_the_project(subject: Change, act: Act) -> None:
    """From its day on, a change that the committee has to decide on holds up what is asked for the project."""
    starts_on = None if subject.is_minor else subject.takes_effect_on
    projects.hold(project=subject.project, act=act, source=subject.reference, starts_on=starts_on)


def change_lets_the_project_go(subject: Change, act: Act) -> None:
    """A change that is decided or withdrawn holds up nothing any more."""
    projects.hold(project=subject.project, act=act, source=subject.reference, starts_on=None)


def change_took_effect(subject: Change, act: Act) -> None:
    """Write the project's next version, from the day that the change names. Source: rules 2.16, awkward case 21."""
    version = projects.next_version(
        project=subject.project,
        act=act,
        source=subject.reference,
        effective_on=subject.takes_effect_on,
        description=subject.description,
        **subject.new_particulars,
    )
    act.data["version"] = {"number": version.number, "was": version.was, "now": version.now}


def renewal_numbered(subject: Renewal, act: Act) -> None:
    """Give the renewal the next number of its project, such as IN001-N1."""
    subject.number, subject.reference = projects.number_within(subject.project, "N", subject=subject, act=act)


def crediting_period_renewed(subject: Renewal, act: Act) -> None:
    """Write down the renewed period, so that credits can come of its days. Source: rules 2.17."""
    period = projects.renew_crediting_period(project=subject.project, act=act, source=subject.reference, ends_on=subject.ends_on)
    act.data["period"] = [period.starts_on.isoformat(), period.ends_on.isoformat()]


def report_numbered(subject: ImplementationReport, act: Act) -> None:
    """Give the report the next number of its project, such as IN001-I1."""
    subject.number, subject.reference = projects.number_within(subject.project, "I", subject=subject, act=act)
