"""Which offices of the committee decide, and which are counted."""

from apps.accounts.roles import Role

# Those whose holders take positions, so that their credential is bound to the office.
DECIDING = (Role.CO_CHAIR, Role.MEMBER, Role.ALTERNATE)

# Those who sit: what is counted against the most that a side may have.
SEATED = (Role.CO_CHAIR, Role.MEMBER)
