"""The people of a rehearsal, each named by the role that they hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.hashers import make_password

from apps.accounts.models import Membership, Organisation, User
from apps.accounts.roles import Role, Side
from apps.workflow.actors import Actor

DOMAIN = "sample.example"


@dataclass(frozen=True, slots=True)
class Seat:
    """A part to be played: who, as what, for which body, on which side."""

    name: str
    role: Role
    body: str
    side: Side


@dataclass(slots=True)
class Players:
    """Everybody who acts in a rehearsal; companies and verifiers join when they are first needed."""

    appointed_on: date
    encoded_password: str = field(default_factory=lambda: make_password(None))
    seats: dict[tuple[Role, Side], list[Membership]] = field(default_factory=dict)
    others: dict[tuple[Role, int], Membership] = field(default_factory=dict)

    def appoint(self, seats: Iterable[Seat]) -> None:
        """Give the parts of both governments to new people."""
        for seat in seats:
            body = Organisation.objects.get_or_create(name=seat.body, side=seat.side)[0]
            self.seats.setdefault((seat.role, seat.side), []).append(self._person(seat.name, seat.role, body, seat.side))

    def one(self, role: Role, side: Side) -> Actor:
        """The first holder of a role on a side."""
        return Actor.person(self.seats[role, side][0])

    def committee(self) -> list[Membership]:
        """Every member of both sides, the co-chairs last."""
        roles = (Role.MEMBER, Role.CO_CHAIR)
        return [one for role in roles for side in Side for one in self.seats.get((role, side), [])]

    def of(self, organisation: Organisation, role: Role) -> Actor:
        """Somebody who speaks for a company (participant) or a verifier (third-party entity)."""
        key = role, organisation.pk
        if key not in self.others:
            self.others[key] = self._person(organisation.name, role, organisation, organisation.side)
        return Actor.person(self.others[key])

    def newcomer(self, name: str) -> User:
        """Somebody without an office, who is to be given one."""
        return User.objects.create(email=f"{_address(name)}@{DOMAIN}", name=name[:120], password=self.encoded_password)

    def _person(self, name: str, role: Role, body: Organisation, side: str) -> Membership:
        user = self.newcomer(name)
        return Membership.objects.create(user=user, organisation=body, role=role, side=side, starts_on=self.appointed_on)


def company(name: str, side: Side | None = None) -> Organisation:
    """An organisation by its name and side, made where there is none."""
    return Organisation.objects.get_or_create(name=name[:200], side=side.value if side else "")[0]


def committee_of(host: str, members: int = 2) -> list[Seat]:
    """The least that a Joint Committee needs: co-chairs, members, secretariats, governments, registries."""
    return [seat for side, of in ((Side.HOST, host), (Side.JAPAN, "Japanese")) for seat in _seats(side, of, members)]


def _seats(side: Side, of: str, members: int) -> list[Seat]:
    body = f"{of} side"
    single = {
        Role.CO_CHAIR: "co-chair",
        Role.SECRETARIAT: "secretariat",
        Role.GOVERNMENT: "government",
        Role.REGISTRY: "registry officer",
    }
    return [Seat(f"{of} {word}", role, body, side) for role, word in single.items()] + [
        Seat(f"{of} member {number}", Role.MEMBER, body, side) for number in range(1, members + 1)
    ]


def _address(name: str) -> str:
    """A mail address made of the letters and digits of a name; people of one name are told apart by a number."""
    plain = "".join(letter if letter.isascii() and letter.isalnum() else "." for letter in name.lower())
    stem = ".".join(part for part in plain.split(".") if part)[:50] or "person"
    taken = User.objects.filter(email__startswith=f"{stem}").count()
    return f"{stem}.{taken + 1}" if taken else stem
