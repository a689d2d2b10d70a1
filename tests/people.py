"""The people of the tests: every role on both sides, each named by the role that they hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password

from apps.accounts.models import Membership, Organisation, User
from apps.accounts.roles import Role, Side
from apps.workflow.actors import Actor
from tests.remembered import remembered

APPOINTED_ON = date(2013, 1, 1)
PASSWORD = "what-everybody-here-signs-in-with"
# As it is kept: made once, by the hasher of all tests and not by one that a test may try.
ENCODED = make_password(PASSWORD)


@dataclass(frozen=True, slots=True)
class Cast:
    """One membership per role and side; the stranger's organisation takes part in no file."""

    secretariat_host: Membership
    secretariat_japan: Membership
    co_chair_host: Membership
    co_chair_japan: Membership
    members_host: list[Membership]
    members_japan: list[Membership]
    government_host: Membership
    government_japan: Membership
    registry_host: Membership
    registry_japan: Membership
    participant_host: Membership
    participant_japan: Membership
    tpe: Membership
    other_tpe: Membership
    stranger: Membership

    @property
    def everybody(self) -> list[Membership]:
        """All memberships in the order of the fields."""
        values = [getattr(self, name) for name in self.__slots__]
        return [one for value in values for one in (value if isinstance(value, list) else [value])]

    @property
    def committee(self) -> list[Membership]:
        """Both co-chairs and every member."""
        return [self.co_chair_host, self.co_chair_japan, *self.members_host, *self.members_japan]


def cast() -> Cast:
    """Everybody, appointed since before the first rules, in two ministries, companies and verifiers."""
    people: Cast = remembered(("cast",), _cast, is_timeless=True)
    return people


def _cast() -> Cast:
    ministry_host = organisation("Ministry of India", Side.HOST)
    ministry_japan = organisation("Ministry of Japan", Side.JAPAN)
    return Cast(
        secretariat_host=person("Indian secretariat", Role.SECRETARIAT, ministry_host, Side.HOST),
        secretariat_japan=person("Japanese secretariat", Role.SECRETARIAT, ministry_japan, Side.JAPAN),
        co_chair_host=person("Indian co-chair", Role.CO_CHAIR, ministry_host, Side.HOST),
        co_chair_japan=person("Japanese co-chair", Role.CO_CHAIR, ministry_japan, Side.JAPAN),
        members_host=[person(f"Indian member {n}", Role.MEMBER, ministry_host, Side.HOST) for n in (1, 2)],
        members_japan=[person(f"Japanese member {n}", Role.MEMBER, ministry_japan, Side.JAPAN) for n in (1, 2)],
        government_host=person("Government of India", Role.GOVERNMENT, ministry_host, Side.HOST),
        government_japan=person("Government of Japan", Role.GOVERNMENT, ministry_japan, Side.JAPAN),
        registry_host=person("Indian registry officer", Role.REGISTRY, ministry_host, Side.HOST),
        registry_japan=person("Japanese registry officer", Role.REGISTRY, ministry_japan, Side.JAPAN),
        participant_host=person("Indian participant", Role.PARTICIPANT, organisation("Solar India", Side.HOST)),
        participant_japan=person("Japanese participant", Role.PARTICIPANT, organisation("Solar Japan", Side.JAPAN)),
        tpe=person("Third-party entity", Role.TPE, organisation("First Verifier")),
        other_tpe=person("Other third-party entity", Role.TPE, organisation("Second Verifier")),
        stranger=person("Stranger", Role.PARTICIPANT, organisation("Elsewhere Limited", Side.HOST)),
    )


def organisation(name: str, side: str = "") -> Organisation:
    """An organisation by name and side, made where there is none."""
    return Organisation.objects.get_or_create(name=name, side=side)[0]


def person(name: str, role: Role, of: Organisation, side: str = "") -> Membership:
    """A new user, appointed to one role for an organisation."""
    address = f"{name.lower().replace(' ', '.')}@example.org"
    user = User.objects.create(email=address, name=name, password=ENCODED)
    return Membership.objects.create(user=user, organisation=of, role=role, side=side, starts_on=APPOINTED_ON)


def actor(membership: Membership) -> Actor:
    """Somebody who acts in the capacity of their membership."""
    return Actor.person(membership)
