"""Raising a finding, and what becomes of findings when their files move on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django.utils.translation import gettext as _

from apps.accounts.models import Membership
from apps.accounts.roles import Role
from apps.accounts.selectors import holds
from apps.core import clock
from apps.core.errors import NotAllowed, NotNow, NotReady, Problem
from apps.findings.errors import not_being_assessed
from apps.findings.kinds import FindingKind, Requirement, rows_of_form
from apps.findings.models import Assessed, Finding, RowNote
from apps.findings.selectors import row_notes
from apps.workflow import registry
from apps.workflow.actors import Actor
from apps.workflow.fsm import Act
from apps.workflow.inputs import storable
from apps.workflow.services import one_transaction, open_file, perform, take_number

LONGEST_NOTE = 2_000


def raise_finding(  # reason: keyword-only; each names a part of the finding
    *,
    about: Assessed,
    actor: Actor,
    kind: FindingKind,
    requirement: Requirement,
    title: str,
    finding: str,
    idempotency_key: str | None = None,
) -> Finding:
    """Raise a finding about a file, under that file's edition. Raises as `open_file` does (FND-01 to FND-03)."""
    forward = kind == FindingKind.FAR
    more: dict[str, Any] = {} if forward else {"kind": kind.value}
    opened = open_file(
        Finding,
        "raise_forward" if forward else "raise_request",
        actor=actor,
        edition=about.edition,
        title=title,
        idempotency_key=idempotency_key,
        about=about,
        requirement=str(int(requirement)),
        finding=finding,
        **more,
    )
    return cast("Finding", opened)


def file_held(subject: Finding, act: Act) -> None:  # reason: every effect takes an act
    """Hold the file that a finding is about until both are written, so that no opinion passes it by. Raises NotReady (FND-02)."""
    file = _held(subject.subject_type, subject.subject_id)
    if not file.is_being_assessed:
        raise NotReady(not_being_assessed(file))


def finding_numbered(subject: Finding, act: Act) -> None:
    """Give the finding the next number of its kind at its file."""
    series = f"{subject.file.reference}-{subject.kind.upper()}"
    subject.reference = f"{series}{take_number(series=series, subject=subject, act=act)}"


def keep_notes(file: Assessed, *, membership: Membership, notes: Mapping[int, tuple[bool, str]], seen: int = 0) -> list[RowNote]:
    """Keep what an entity notes on rows of the form: ticked or not, and a text. Rows that stand as they were are left out.

    `seen` is the last note that its writer had read. Raises NotAllowed (FND-06) for others than the entity that is
    assigned, NotNow while it is not at work (FND-02) or where somebody of it wrote meanwhile (FND-07), and NotReady for
    a row of another form (FND-03) or a text that cannot be kept (FND-08).
    """
    with one_transaction():
        file = _held(file.procedure.key, file.pk)
        _refuse_others(file, membership)
        if not file.is_being_assessed:
            raise NotNow(not_being_assessed(file))
        before = row_notes(file)
        if max((one.pk for one in before.values()), default=0) != seen:
            raise NotNow(Problem("FND-07", _("somebody of your organisation has changed the checklist; read it again")))
        _refuse_unkeepable(file, notes)
        new = [_note(file, membership, *one) for one in notes.items() if _differs(before.get(one[0]), *one[1])]
        return RowNote.objects.bulk_create(new)


def _held(subject_type: str, subject_id: int) -> Assessed:
    files = registry.model_of(subject_type)._default_manager.select_for_update(no_key=True)
    return cast("Assessed", files.get(pk=subject_id))


def _refuse_others(file: Assessed, membership: Membership) -> None:
    is_theirs = membership.as_role == Role.TPE and membership.organisation_id == file.assessor_id
    if not is_theirs or not holds(membership, clock.today()):
        raise NotAllowed(Problem("FND-06", _("your organisation is not the entity that is assigned to this file")))


def _refuse_unkeepable(file: Assessed, notes: Mapping[int, tuple[bool, str]]) -> None:
    rows = {one.value for one in rows_of_form(file.assessment, file.rules)}
    problems = [Problem("FND-03", _("there is no row %(row)s on this form") % {"row": one}) for one in notes if one not in rows]
    text = _("a note may have %(most)s characters, in ordinary letters") % {"most": LONGEST_NOTE}
    for number, (_is_met, said) in notes.items():
        if len(said) > LONGEST_NOTE or not storable(said):
            problems.append(Problem("FND-08", text, f"text_{number}"))
    if problems:
        raise NotReady(problems)


def _differs(before: RowNote | None, is_met: bool, text: str) -> bool:  # noqa: FBT001 # reason: private
    return (before.is_met, before.text) != (is_met, text) if before else is_met or bool(text)


def _note(file: Assessed, membership: Membership, number: int, said: tuple[bool, str]) -> RowNote:
    return RowNote(
        subject_type=file.procedure.key, subject_id=file.pk, organisation_id=membership.organisation_id, requirement=number,
        is_met=said[0], text=said[1], membership=membership, at=clock.now(),
    )  # fmt: skip


def take_up(findings: Iterable[Finding], at: Assessed) -> None:
    """Take up forward action requests at a verification; the entity that verifies acts on them from now on."""
    for one in findings:
        perform(one, "take_up", actor=Actor.clock(), taken_up_by=at)


def lapse(findings: Iterable[Finding]) -> None:
    """End findings of which the file ends without an opinion."""
    for one in findings:
        perform(one, "lapse", actor=Actor.clock())
