"""What lists of projects are narrowed by where their rounds count too."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.accounts.roles import Capacity, Role, Side
from apps.core import clock
from apps.issuance.models import Round
from apps.issuance.procedure import State
from apps.projects.models import Project
from apps.workflow.models import Deadline
from apps.workflow.options import awaiting


def waiting_for(among: QuerySet[Project], role: Role, side: Side | None) -> QuerySet[Project]:
    """The projects that wait, or of which a round waits, for a step of a role; a round not before its monitoring period ends."""
    needed = Capacity(role, side)
    rounds = Round.objects.filter(awaiting(Round, needed))
    rounds = rounds.exclude(state=State.MONITORING, period_ends_on__gte=clock.today())
    return among.filter(awaiting(Project, needed) | Q(pk__in=rounds.values("project_id")))


def late(among: QuerySet[Project]) -> QuerySet[Project]:
    """The projects of which, or of a round of which, something is overdue that a person has to do."""
    overdue = Deadline.objects.filter(closed_at=None, by_clock=False, due_at__lte=clock.now())
    own = overdue.filter(subject_type=Project.procedure.key).values("subject_id")
    of_rounds = overdue.filter(subject_type=Round.procedure.key).values("subject_id")
    return among.filter(Q(pk__in=own) | Q(pk__in=Round.objects.filter(pk__in=of_rounds).values("project_id")))


def checked_by(among: QuerySet[Project], reference: str) -> QuerySet[Project]:
    """The projects that an entity validates or of which it verifies a round, by the entity's number."""
    verified = Round.objects.filter(project=OuterRef("pk"), verifier__reference=reference)
    return among.filter(Q(validator__reference=reference) | Exists(verified))
