"""The committee's own people on the sample site: an alternate on each side, and a member who is about to take office."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from apps.accounts.roles import Role, Side
from apps.composition.models import Appointment
from apps.rehearsal import india
from apps.rehearsal.acts import composition
from apps.rehearsal.acts.stage import Stage
from apps.rehearsal.people import Seat, company

Scene = tuple[int, Callable[[], None]]


@dataclass(frozen=True, slots=True)
class SampleOffice:
    """An office that a side fills; an alternate's with the name of whom they act for, and in which procedures (all: none)."""

    seat: Seat
    acts_for: str = ""
    scope: tuple[str, ...] = ()


# Appointed by their own sides while the sample is played; the last is still in its cooling period.
OFFICES = (
    SampleOffice(
        Seat("Indian alternate, Power", Role.ALTERNATE, india.INDIAN_BODIES["Power"], Side.HOST), "Indian member, Power"
    ),
    SampleOffice(
        Seat("Japanese alternate, METI", Role.ALTERNATE, india.JAPANESE_BODIES["METI"], Side.JAPAN),
        "Japanese member, METI",
        ("project", "round"),
    ),
    SampleOffice(Seat("Indian member, Steel", Role.MEMBER, "Ministry of Steel", Side.HOST)),
)


@dataclass(slots=True)
class SampleOffices:
    """Appointments while the sample is being played, by the name of the person."""

    stage: Stage
    files: dict[str, Appointment] = field(default_factory=dict)

    def scenes(self) -> Iterator[Scene]:
        """What happens, in days from today: who is confirmed two days ago still has to wait."""
        for one, day in zip(OFFICES, (-150, -150, -3), strict=True):
            yield day, partial(self._nominate, one)
            yield day + 1, partial(self._confirm, one)

    def _nominate(self, one: SampleOffice) -> None:
        seat = one.seat
        person, body = self.stage.players.newcomer(seat.name), company(seat.body, seat.side)
        more = {}
        if seat.role == Role.ALTERNATE:
            principal = next(held for held in self.stage.players.committee() if held.user.name == one.acts_for)
            more = {"acts_for": principal.pk, "scope": list(one.scope)}
        self.files[seat.name] = composition.nominate(self.stage, Side(seat.side), person, seat.role, body, **more)

    def _confirm(self, one: SampleOffice) -> None:
        self.files[one.seat.name] = composition.confirm(self.stage, self.files[one.seat.name])
