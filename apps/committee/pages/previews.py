"""What is told before a ballot is circulated or an item adopted: to whom it goes, and what happens to each file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.accounts.models import Membership
from apps.accounts.roles import APPOINTABLE, Role
from apps.accounts.selectors import holders
from apps.committee.models import Ballot, BallotItem
from apps.committee.pages.ballots import Page
from apps.committee.policies import rehearse_item, row_of
from apps.core import clock
from apps.workflow.holding import Holding
from apps.workflow.models import Subject
from apps.workflow.policies import acting_as, held_by
from apps.workflow.table import Step

# Steps that have no link of their own: they follow from what is done elsewhere.
UNLINKED = frozenset({"take_position", "reply_late"})
# Steps on one item, in few words.
ON_ITEMS = {
    "remove_item": gettext_lazy("Remove"),
    "amend_item": gettext_lazy("Amend"),
    "defer_item": gettext_lazy("Defer to a meeting"),
    "withdraw_item": gettext_lazy("Withdraw"),
}


def told_rows(row: Step | None) -> list[dict[str, Any]]:
    """The people whom a step tells, by side: name, function, organisation and the language that they read."""
    roles = {capacity.role for capacity in row.told} if row else set()
    found = holders(roles & set(APPOINTABLE), clock.today())
    return [
        {"side": side, "people": [_person(one) for one in people]}
        for side, people in groupby(found, key=lambda membership: membership.side)
    ]


def _person(membership: Membership) -> dict[str, str]:
    languages = dict(settings.LANGUAGES)
    return {
        "name": membership.user.name,
        "role": membership.get_role_display(),
        "organisation": membership.organisation.name,
        "language": str(languages.get(membership.user.language, membership.user.language)),
    }


def not_told_rows(row: Step | None) -> list[dict[str, Any]]:
    """The roles that a step does not tell, with how many people hold each on each side."""
    told = {capacity.role for capacity in row.told} if row else set()
    others = holders([role for role in APPOINTABLE if role not in told], clock.today())
    counted: dict[tuple[str, str], int] = {}
    for one in others:
        counted[one.side, one.role] = counted.get((one.side, one.role), 0) + 1
    return [{"side": side, "role": Role(role).label, "count": count} for (side, role), count in sorted(counted.items())]


def effect_rows(items: Iterable[BallotItem], subjects: Mapping[int, Subject]) -> list[dict[str, Any]]:
    """What adoption of each item does, by its file's table; whether anything hinders it is told of each by itself."""
    return [_effect(item, subjects.get(item.pk)) for item in items]


def rehearsed_row(item: BallotItem, subject: Subject | None) -> dict[str, Any]:
    """What adoption of one item would do now, and what would hinder it: the engine is asked, without change."""
    return {**_effect(item, subject), "problems": rehearse_item(item, subject)}


def _effect(item: BallotItem, subject: Subject | None) -> dict[str, Any]:
    row = row_of(subject, item) if subject else None
    if subject is None or row is None:
        return {"item": item, "subject": subject, "row": row, "change": _("The text is adopted; no file moves.")}
    if row.target is None:
        words = _("The file stays in “%(source)s”.") % {"source": subject.state_label}
    else:
        words = _("The file moves from “%(source)s” to “%(target)s”.") % {
            "source": subject.state_label,
            "target": row.target.label,
        }
    return {"item": item, "subject": subject, "row": row, "change": words}


def acts_of(page: Page, membership: Membership) -> list[dict[str, str]]:
    """The steps that the reader may take on a ballot now, each with its page; the steps tell whether anything hinders them."""
    rows = [row for row in _open_rows(page.ballot, membership) if row.key not in UNLINKED and _is_offered(page, row)]
    return [{"title": str(row.title), "url": page.ballot.step_url(row)} for row in rows]


def items_to_prepare(
    ballot: Ballot, items: Iterable[BallotItem], subjects: Mapping[int, Subject], membership: Membership | None
) -> list[dict[str, Any]]:
    """The items of a ballot with what their adoption does, and the steps that the reader may take on each."""
    rows = [row for row in _open_rows(ballot, membership) if row.key in ON_ITEMS]
    return [{**_effect(item, subjects.get(item.pk)), "acts": _on_item(ballot, item, rows)} for item in items]


def _on_item(ballot: Ballot, item: BallotItem, rows: Iterable[Step]) -> list[dict[str, str]]:
    def url(row: Step) -> str:
        return f"{reverse('step', args=[ballot.procedure.key, ballot.pk, row.key])}?item={item.number}"

    return [{"title": str(ON_ITEMS[row.key]), "url": url(row)} for row in rows] if item.is_open else []


def _open_rows(ballot: Ballot, membership: Membership | None) -> list[Step]:
    """The rows of the ballot's table that a reader may take in its state, were all else in order."""
    if membership is None:
        return []
    held = held_by(Holding(membership.as_role, membership.side, membership.organisation_id), ballot)
    return [row for row in ballot.procedure.rows(ballot.edition) if ballot.state in row.source and acting_as(row, held)]


def _is_offered(page: Page, row: Step) -> bool:
    """Of the two ways of putting a draft before the committee only that of its form; a confirmation where one waits."""
    if row.key == "confirm_reply":
        return page.may_confirm
    return row.key not in {"circulate", "ask_to_confirm"} or page.ballot.waits_for(row)
