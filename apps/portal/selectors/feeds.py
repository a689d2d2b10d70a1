"""What feed readers are told of: the newest of what is public, each with the day from which it is so."""

from __future__ import annotations

from apps.events.models import Event
from apps.issuance.models import Round
from apps.issuance.selectors import rounds_of
from apps.portal.selectors.projects import RECENT, about, key_of, subjects_of
from apps.projects.models import Project
from apps.registry.models import Block
from apps.workflow.models import Subject


def blocks_issued(most: int) -> list[tuple[Block, Round]]:
    """The latest serial blocks with their rounds, the newest first; two queries."""
    blocks = list(Block.objects.order_by("-issued_on", "-serial")[:most])
    rounds = Round.objects.select_related("project").in_bulk({one.round_id for one in blocks})
    return [(one, rounds[one.round_id]) for one in blocks if one.round_id in rounds]


def events_of(project: Project) -> list[tuple[Event, Subject]]:
    """The latest acts on a project and its rounds, the newest first; two queries."""
    files = {key_of(one): one for one in subjects_of(project, rounds_of([project.pk]).get(project.pk, []))}
    found = Event.objects.filter(about(files)).order_by("-id")[:RECENT]
    return [(one, files[one.subject_type, one.subject_id]) for one in found]
