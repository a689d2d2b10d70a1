"""The two sides, the roles, and the capacities that a procedure table can ask for."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Side(TextChoices):
    """The two governments' sides: the partner country, which hosts the projects, and Japan."""

    HOST = "host", _("partner country")
    JAPAN = "japan", _("Japan")


class Role(TextChoices):
    """What a person, or the system, can act as."""

    PARTICIPANT = "participant", _("Project participant")
    FOCAL_POINT = "focal_point", _("Focal point")
    PROPONENT = "proponent", _("Methodology proponent")
    TPE = "tpe", _("Third-party entity")
    APPLICANT = "applicant", _("Applicant entity")
    SECRETARIAT = "secretariat", _("Secretariat")
    MEMBER = "member", _("Committee member")
    CO_CHAIR = "co_chair", _("Co-chair")
    ALTERNATE = "alternate", _("Alternate")
    AUTHORITY = "authority", _("Ministry or authority, consulted")
    GOVERNMENT = "government", _("Government")
    REGISTRY = "registry", _("Registry officer")
    EXPERT = "expert", _("Named expert")
    CLOCK = "clock", _("The system, by rule")
    COMMITTEE = "committee", _("Joint Committee")


# Roles that a person can be appointed to.
APPOINTABLE = (
    Role.PARTICIPANT,
    Role.TPE,
    Role.SECRETARIAT,
    Role.MEMBER,
    Role.CO_CHAIR,
    Role.ALTERNATE,
    Role.AUTHORITY,
    Role.GOVERNMENT,
    Role.REGISTRY,
)

# A role that nobody is appointed to but by being named for one file.
NAMED = (Role.EXPERT,)

# What an invitation may carry: people of a participant or of a third-party entity. To everything else a side appoints itself.
INVITED_AS = (Role.PARTICIPANT, Role.TPE)

# Offices of the Joint Committee in the order in which pages show them, and those of them by which a side appoints its own people.
OF_COMMITTEE = (Role.CO_CHAIR, Role.MEMBER, Role.ALTERNATE, Role.SECRETARIAT, Role.AUTHORITY)
APPOINTING = (Role.SECRETARIAT, Role.CO_CHAIR)

# Roles that always belong to one side.
SIDED = (
    Role.SECRETARIAT,
    Role.MEMBER,
    Role.CO_CHAIR,
    Role.ALTERNATE,
    Role.AUTHORITY,
    Role.GOVERNMENT,
    Role.REGISTRY,
)

# What the people of an organisation may be with regard to a file, if the file names their organisation so.
RELATED = {
    Role.PARTICIPANT: frozenset({Role.PARTICIPANT, Role.FOCAL_POINT, Role.PROPONENT}),
    Role.TPE: frozenset({Role.TPE, Role.APPLICANT}),
    # Of no organisation: an expert stands towards the one file for which they were named, and reads its documents.
    Role.EXPERT: frozenset({Role.EXPERT}),
}

# A co-chair is also a member.
INCLUDES = {Role.CO_CHAIR: frozenset({Role.CO_CHAIR, Role.MEMBER})}


@dataclass(frozen=True, slots=True)
class Capacity:
    """A role, on one side or (side None) on either."""

    role: Role
    side: Side | None = None

    def covers(self, held: Capacity) -> bool:
        """Whether somebody who holds `held` satisfies this requirement."""
        return self.role == held.role and self.side in (None, held.side)

    def __str__(self) -> str:
        return f"{self.role.label} ({self.side.label})" if self.side else str(self.role.label)


def either(role: Role) -> Capacity:
    """A role of either side."""
    return Capacity(role)


def host(role: Role) -> Capacity:
    """A role of the partner country's side."""
    return Capacity(role, Side.HOST)


def japan(role: Role) -> Capacity:
    """A role of Japan's side."""
    return Capacity(role, Side.JAPAN)
