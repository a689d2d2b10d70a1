"""What is said inside a side. No act, no event: the other side must not even see that something was said."""

from __future__ import annotations

from django.utils.translation import gettext as _

from apps.accounts.models import Membership
from apps.accounts.selectors import holds
from apps.committee.kinds import Stance
from apps.committee.models import Ballot, BallotItem, SideNote
from apps.committee.selectors import NOTERS, RUNNING, room
from apps.core import clock
from apps.core.errors import NotAllowed, NotNow, NotReady, Problem
from apps.workflow.inputs import storable

LONGEST = 4000


def note(ballot: Ballot, *, membership: Membership, stance: str, text: str = "", item: BallotItem | None = None) -> SideNote:
    """Concur or comment inside one's own side, on the ballot or on one of its items; only that side ever reads it.

    Raises NotAllowed (BAL-35) for whoever is not of the committee, its secretariat or a ministry that a side
    consults, NotNow (BAL-36) where nothing can be said any more and NotReady (BAL-37) without words.
    """
    if not holds(membership, clock.today()) or not membership.side or membership.as_role not in NOTERS:
        raise NotAllowed(Problem("BAL-35", _("only the committee and whom a side consults speak inside a side")))
    if ballot.state not in RUNNING:
        raise NotNow(Problem("BAL-36", _("this ballot does not run; there is nothing to be said inside a side")))
    text = text.strip()
    _refuse_wordless(stance, text)
    with room(membership.side):
        return SideNote.objects.create(
            ballot=ballot, item=item, membership=membership, side=membership.side, stance=stance, text=text, at=clock.now()
        )


def _refuse_wordless(stance: str, text: str) -> None:
    if stance not in Stance.values:
        raise NotReady(Problem("BAL-37", _("say whether you concur, do not concur or comment"), "stance"))
    if stance != Stance.CONCUR and not text:
        raise NotReady(Problem("BAL-37", _("write what you have to say"), "text"))
    if len(text) > LONGEST or not storable(text):
        raise NotReady(Problem("BAL-37", _("write at most %(most)s characters, in ordinary letters") % {"most": LONGEST}, "text"))
