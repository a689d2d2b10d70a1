"""The room of one side: what its people say among themselves. The database opens it to nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from apps.accounts.models import Membership
from apps.accounts.roles import Role
from apps.committee.models import Ballot, SideNote

# Who speaks inside a side.
NOTERS = frozenset({Role.CO_CHAIR, Role.MEMBER, Role.ALTERNATE, Role.SECRETARIAT, Role.AUTHORITY})

NOTES = """
select n.*, u.name as writer, o.name as organisation, i.number as item_number from side_notes_of(%s, %s) n
  join accounts_membership m on m.id = n.membership_id
  join accounts_user u on u.id = m.user_id
  join accounts_organisation o on o.id = m.organisation_id
  left join committee_ballotitem i on i.id = n.item_id
 order by n.id
"""


@contextmanager
def room(side: str) -> Iterator[None]:
    """Open the room of one side until the end of the block: row-level security shows no other side's notes.

    The setting is local to the transaction, so that no connection carries it on to the next request.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select set_config('jcm.side', %s, true)", [side])
        try:
            yield
        finally:
            if not connection.needs_rollback:
                cursor.execute("select set_config('jcm.side', '', true)")


def notes_of(ballot: Ballot, membership: Membership | None) -> list[SideNote]:
    """What was said about a ballot inside the side of a membership, the oldest first; nothing for everybody else.

    One query; each has `writer`, `organisation` and, where it is about one item, `item_number`.
    """
    if membership is None or membership.as_role not in NOTERS:
        return []
    return list(SideNote.objects.raw(NOTES, [ballot.pk, membership.side]))
