"""Who may read which document. Default for a confidential one: nobody."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from apps.accounts.models import Membership
from apps.accounts.roles import Capacity, Role
from apps.documents.models import DocumentVersion
from apps.documents.selectors import is_of_own_house

# Both secretariats and the committee read everything; the others what belongs to a file that names their organisation, and
# an expert what belongs to the file for which they were named.
READERS = frozenset(
    {
        Role.SECRETARIAT,
        Role.MEMBER,
        Role.CO_CHAIR,
        Role.ALTERNATE,
        Role.TPE,
        Role.APPLICANT,
        Role.PARTICIPANT,
        Role.FOCAL_POINT,
        Role.PROPONENT,
        Role.EXPERT,
    }
)


def can_see(version: DocumentVersion, capacities: Collection[Capacity]) -> bool:
    """Whether somebody with these capacities towards the document's file may read it; everybody reads what is public."""
    return not version.confidential or any(capacity.role in READERS for capacity in capacities)


# Takes a reader and documents, and gives the keys of those that are closed to the reader whatever the capacity.
Barrier = Callable[[Membership, Sequence[DocumentVersion]], Iterable[int]]

_barriers: list[Barrier] = []


def register_barrier(barrier: Barrier) -> None:
    """Make a ground known on which a document is closed to somebody who could read it otherwise."""
    if barrier not in _barriers:
        _barriers.append(barrier)


def closed_to(reader: Membership | None, versions: Iterable[DocumentVersion]) -> set[int]:
    """Which of these documents are closed to a reader by a barrier, such as a declared conflict of interest."""
    asked = [version for version in versions if version.confidential]
    if reader is None or not asked:
        return set()
    return {pk for barrier in _barriers for pk in barrier(reader, asked)}


def may_open(version: DocumentVersion, reader: Membership | None) -> bool:
    """Whether somebody who may read a document may have its bytes now.

    What waits for the scanner is open to those alone who handed it in; what was found infected, to nobody.
    """
    if version.is_unchecked:
        return reader is not None and is_of_own_house(version, reader)
    return version.is_cleared
