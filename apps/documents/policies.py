"""Who may read which document. Default for a confidential one: nobody."""

from __future__ import annotations

from collections.abc import Collection

from apps.accounts.roles import Capacity, Role
from apps.documents.models import DocumentVersion

# Both secretariats and the committee read everything; the others what belongs to a file that names their organisation.
READERS = frozenset(
    {
        Role.SECRETARIAT,
        Role.MEMBER,
        Role.CO_CHAIR,
        Role.TPE,
        Role.APPLICANT,
        Role.PARTICIPANT,
        Role.FOCAL_POINT,
        Role.PROPONENT,
    }
)


def can_see(version: DocumentVersion, capacities: Collection[Capacity]) -> bool:
    """Whether somebody with these capacities towards the document's file may read it; everybody reads what is public."""
    return not version.confidential or any(capacity.role in READERS for capacity in capacities)
