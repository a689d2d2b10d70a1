"""In which capacities somebody stands towards a file. Default: none; a superuser has none either."""

from __future__ import annotations

from collections.abc import Collection

from apps.accounts.roles import INCLUDES, RELATED, Capacity, Role, Side


def capacities(role: Role, side: str, related_as: Collection[Role] | None) -> frozenset[Capacity]:
    """The capacities of a membership towards one file.

    `related_as` is what the file calls the membership's organisation (participant, TPE ...), or None
    where a new file is being opened and no relation exists yet.
    """
    on = Side(side) if side else None
    if role in RELATED:
        held = RELATED[role] if related_as is None else RELATED[role] & frozenset(related_as)
    else:
        held = INCLUDES.get(role, frozenset({role}))
    return frozenset(Capacity(one, on) for one in held)
