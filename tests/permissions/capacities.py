"""In which capacities somebody comes to the site: every office of both sides, those whom a file names, and those it does not."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.test import Client

from apps.accounts.models import Membership, User
from apps.accounts.roles import Role, Side
from tests.committee.alternate import alternate
from tests.people import APPOINTED_ON, ENCODED, Cast, cast, organisation, person

SIDES = {"India": Side.HOST, "Japan": Side.JAPAN}
PUBLIC = "the public"
# Signed in with two capacities, of which none is chosen.
UNDECIDED = "undecided"


class People:
    """Everybody who comes, by the words of the table; the names of the cast's organisations are those of the walk."""

    def __init__(self) -> None:
        self.cast: Cast = cast()
        self.spare = {
            "former entity": entity_of("Former Verifier"),
            "applicant": entity_of("Applicant Verifier"),
            "other participant, Japan": participant_of("Developer of Kyoto", Side.JAPAN),
        }
        self.users: dict[str, User | None] = {PUBLIC: None}
        for name, side in SIDES.items():
            self._officials(name, side)
        self._companies()
        self._without_capacity()

    def _officials(self, name: str, side: Side) -> None:
        own = {key.removesuffix(f"_{side}"): getattr(self.cast, key) for key in Cast.__slots__ if key.endswith(f"_{side}")}
        first, second = own["members"]
        authority = person(f"Authority of {name}", Role.AUTHORITY, organisation(f"Agency of {name}", side), side)
        self.users |= {
            f"co-chair, {name}": own["co_chair"].user,
            f"member, {name}": first.user,
            f"member in conflict, {name}": second.user,
            f"alternate, {name}": alternate(first).user,
            f"secretariat, {name}": own["secretariat"].user,
            f"authority, {name}": authority.user,
            f"government, {name}": own["government"].user,
            f"registry, {name}": own["registry"].user,
            f"participant, {name}": own["participant"].user,
        }

    def _companies(self) -> None:
        self.users |= {
            "other participant": self.cast.stranger.user,
            "entity": self.cast.tpe.user,
            "other entity": self.cast.other_tpe.user,
            "former entity": self.spare["former entity"].user,
            "applicant": self.spare["applicant"].user,
        }

    def _without_capacity(self) -> None:
        former = person("Former secretary", Role.SECRETARIAT, organisation("Ministry of India", Side.HOST), Side.HOST)
        Membership.objects.filter(pk=former.pk).update(ends_on=date(2027, 1, 1))
        more: dict[str, Any] = {"is_superuser": True, "is_staff": True}
        undecided = person("Undecided", Role.SECRETARIAT, organisation("Ministry of Japan", Side.JAPAN), Side.JAPAN)
        held = {"user": undecided.user, "organisation": organisation("Solar India", Side.HOST), "role": Role.PARTICIPANT}
        Membership.objects.create(starts_on=APPOINTED_ON, **held)
        self.users |= {
            "former secretary": former.user,
            "superuser": User.objects.create(email="root@example.org", name="Administrator", password=ENCODED, **more),
            # Named for one file each once it is there; see the site.
            "expert": User.objects.create(email="expert@example.org", name="Expert", password=ENCODED),
            "other expert": User.objects.create(email="other.expert@example.org", name="Other expert", password=ENCODED),
            "without capacity": User.objects.create(email="nobody@example.org", name="Nobody", password=ENCODED),
            UNDECIDED: undecided.user,
        }

    @property
    def walking(self) -> Cast:
        """The cast as other tests have it."""
        return self.cast

    def clients(self) -> dict[str, Client]:
        """A browser for each, signed in."""
        found = {name: Client() for name in self.users}
        for name, user in self.users.items():
            if user is not None:
                found[name].force_login(user)
        return found


def entity_of(name: str) -> Membership:
    """Somebody of a verifier."""
    return person(f"Auditor of {name}", Role.TPE, organisation(name))


def participant_of(name: str, side: Side) -> Membership:
    """Somebody of a company."""
    return person(f"Engineer of {name}", Role.PARTICIPANT, organisation(name, side))
