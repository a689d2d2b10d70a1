"""Who sits on the Joint Committee, as its page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from apps.accounts.models import Membership
from apps.accounts.roles import APPOINTING, Role, Side
from apps.composition.kinds import SEATED
from apps.composition.models import Appointment
from apps.composition.procedure import State
from apps.composition.render import scope_words
from apps.composition.selectors import cooling_ends, reads_appointments, sitting, under_way
from apps.core import clock
from apps.workflow.editions import NoRules
from apps.workflow.selectors import edition_for
from apps.workflow.table import Step


@dataclass(frozen=True, slots=True)
class Place:
    """One line of a side: an office with its holder; `name` is empty where the reader is not told it."""

    held: Membership
    name: str
    url: str
    is_co_chair: bool
    scope: str = ""
    alternates: Sequence[Place] = ()


@dataclass(frozen=True, slots=True)
class Bench:
    """One side of the committee."""

    side: Side
    seats: Sequence[Place]
    secretariat: Sequence[Place]

    @property
    def has_co_chair(self) -> bool:
        return any(one.is_co_chair for one in self.seats)


@dataclass(frozen=True, slots=True)
class Pending:
    """An appointment under way, and when its cooling period ends."""

    file: Appointment
    about: str
    cools_until: datetime | None
    starts_on: date | None


@dataclass(frozen=True, slots=True)
class CommitteePage:
    """Both sides, and for the committee and its secretariats what is under way and what the reader may open."""

    benches: Sequence[Bench]
    pending: Sequence[Pending]
    is_inside: bool
    openings: Sequence[Step]


def page_for(membership: Membership | None) -> CommitteePage:
    """The page as somebody may read it: visitors are told the names of those who sit, and of no other."""
    is_inside = reads_appointments(membership)
    held = list(sitting(clock.today()))
    return CommitteePage(
        benches=[bench(side, [one for one in held if one.side == side], is_inside=is_inside) for side in Side],
        pending=pending() if is_inside else (),
        is_inside=is_inside,
        openings=openings(membership),
    )


def bench(side: Side, held: Sequence[Membership], *, is_inside: bool) -> Bench:
    """A side's co-chair, then its members, each with their alternates; then its secretariat."""
    seated = one_place_each(one for one in held if one.as_role in SEATED)
    alternates = [one for one in held if one.as_role == Role.ALTERNATE]
    secretariat = [one for one in held if one.as_role == Role.SECRETARIAT]
    places = [place(one, is_named=True, is_inside=is_inside, alternates=alternates) for one in seated]
    return Bench(side, places, [place(one, is_named=is_inside, is_inside=is_inside) for one in secretariat])


def one_place_each(held: Iterable[Membership]) -> list[Membership]:
    """One place a person, the co-chair's first."""
    found: dict[int, Membership] = {}
    for one in sorted(held, key=lambda one: (one.as_role != Role.CO_CHAIR, one.pk)):
        found.setdefault(one.user_id, one)
    return list(found.values())


def place(one: Membership, *, is_named: bool, is_inside: bool, alternates: Sequence[Membership] = ()) -> Place:
    """One line, with the alternates who act for its holder."""
    own = [other for other in alternates if other.acts_for_id == one.pk]
    file: Appointment | None = getattr(one, "appointment", None)
    return Place(
        held=one,
        name=one.user.name if is_named else "",
        url=file.get_absolute_url() if file and is_inside else "",
        is_co_chair=one.as_role == Role.CO_CHAIR,
        scope=scope_words(one.scope) if one.acts_for_id else "",
        alternates=[place(other, is_named=is_inside, is_inside=is_inside) for other in own],
    )


def pending() -> list[Pending]:
    """What is under way on either side; both see all of it."""
    files = under_way()
    ends = cooling_ends(files)
    return [Pending(one, _about(one), ends.get(one.pk), _first_day(one)) for one in files]


def _about(file: Appointment) -> str:
    words = {"office": file.get_role_display(), "body": file.organisation.name}
    if file.acts_for is None:
        return _("%(office)s, %(body)s") % words
    return _("%(office)s of %(name)s, %(body)s") % {**words, "name": file.acts_for.user.name}


def _first_day(file: Appointment) -> date | None:
    return file.membership.starts_on if file.state == State.IN_OFFICE and file.membership else None


def openings(membership: Membership | None) -> list[Step]:
    """The steps by which somebody may open a file today."""
    if membership is None or membership.as_role not in APPOINTING:
        return []
    try:
        edition = edition_for(Appointment.procedure, clock.today())
    except NoRules:
        return []
    return [row for row in Appointment.procedure.rows(edition.key) if row.opens]
