"""Who may fill in which form of a file: whoever may hand in its document with a step, as the page of the step decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from apps.accounts.models import Membership
from apps.documents.kinds import Kind
from apps.documents.selectors import current_versions, kinds_open_to
from apps.drafting.catalogue import FORMS
from apps.drafting.inputs import OfficialForm
from apps.workflow.models import Subject
from apps.workflow.policies import acting_as, capacities_towards
from apps.workflow.table import Step


@dataclass(frozen=True, slots=True)
class Writing:
    """Somebody at a form of a file: `steps` are those of now that take its document from them; none while they have to wait."""

    subject: Subject
    form: OfficialForm
    membership: Membership
    steps: Sequence[Step]

    @property
    def kind(self) -> Kind:
        return self.form.kind

    @property
    def is_open(self) -> bool:
        """Whether it may be written and produced now."""
        return bool(self.steps)


def writing(subject: Subject, kind: Kind, membership: Membership | None) -> Writing | None:
    """What a membership may do with the form of a kind; None where no step of the file ever asks it for that document."""
    form, held = FORMS.get(kind), capacities_towards(subject, membership)
    if form is None or membership is None:
        return None
    theirs = [row for row in asking(subject, kind) if acting_as(row, held)]
    if not theirs:
        return None
    now = [row for row in theirs if subject.state in row.source]
    return Writing(subject, form, membership, now if now and may_replace(subject, kind, membership) else ())


def asking(subject: Subject, kind: Kind) -> list[Step]:
    """The steps of a file's table that ask for a kind of document."""
    return [row for row in subject.procedure.rows(subject.edition) if kind in subject.papers_for(row) and not row.opens]


def may_replace(subject: Subject, kind: Kind, membership: Membership) -> bool:
    """Whether the next version of a document is a membership's to hand in: nobody of another role handed in the current one."""
    current = current_versions(subject.procedure.key, subject.pk, [kind.value])
    return kind in kinds_open_to(membership.as_role, [kind], current)
