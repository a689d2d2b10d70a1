"""What is known to have happened to a row."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from apps.accounts.models import Membership, Organisation, User
from apps.administration.models import Amendment
from apps.administration.selectors.rows import events_known_to
from apps.events.models import Event
from apps.events.selectors import history
from apps.workflow.models import Subject
from apps.workflow.render.history import with_organisations

MOST_ENTRIES = 200
AMENDED = (User, Organisation, Membership)


def events_about(row: Model, membership: Membership | None) -> QuerySet[Event]:
    """The acts on a file, oldest first; of any other row the act that wrote it, where the reader may know of it."""
    if isinstance(row, Subject):
        return with_organisations(history(row.procedure.key, row.pk))[:MOST_ENTRIES]
    act: UUID | None = getattr(row, "act_id", None)
    found = events_known_to(membership).filter(act_id=act) if act else Event.objects.none()
    return with_organisations(found.order_by("id"))


def amendments_of(row: Model) -> QuerySet[Amendment]:
    """The edits of a person, an organisation or an appointment, the newest first."""
    found = (
        Amendment.objects.filter(model=row._meta.label_lower, row_id=row.pk)
        if isinstance(row, AMENDED)
        else Amendment.objects.none()
    )
    return found.select_related("user", "membership__organisation")


def amendments_visible_to(membership: Membership | None, *, administrator: bool) -> QuerySet[Amendment]:
    """The edits that somebody may read: an administrator all, a secretariat those of its own side and of neither."""
    found = Amendment.objects.select_related("user", "membership__organisation")
    if administrator:
        return found
    return found.filter(side__in=["", membership.side]) if membership else found.none()


def names_of(membership_ids: Any) -> dict[int, str]:
    """The people of some memberships by membership; one query."""
    found = Membership.objects.filter(pk__in={one for one in membership_ids if one}).values_list("pk", "user__name")
    return dict(found)
