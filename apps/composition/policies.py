"""What an alternate's scope covers, and what a lawful composition of a side is. Nothing here writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from apps.accounts.checks import appointment_problems
from apps.accounts.models import Membership
from apps.accounts.roles import Role
from apps.composition.kinds import SEATED
from apps.composition.models import Appointment
from apps.composition.selectors import like_it, principal_of, seated_during, side_of_body
from apps.core import clock
from apps.core.errors import Problem
from apps.core.templatetags.gazette import day_words
from apps.workflow.fsm import Act

ONE_DAY = timedelta(days=1)


def covers(scope: Sequence[str], procedure_key: str) -> bool:
    """Whether an alternate may act on a question: one about a file of a procedure in its scope, any where that is empty.

    A question about no file (a text) has the key "", which only an empty scope covers.
    """
    return not scope or procedure_key in scope


@dataclass(frozen=True, slots=True)
class Candidate:
    """An office that somebody is to hold from a day until a day (None: no end)."""

    side: str
    person_id: int
    role: Role
    organisation_id: int
    starts_on: date
    ends_on: date | None
    acts_for_id: int | None
    scope: tuple[str, ...] = ()

    @property
    def is_alternate(self) -> bool:
        return self.role == Role.ALTERNATE

    def membership(self) -> Membership:
        """The membership that it becomes; not saved."""
        return Membership(
            user_id=self.person_id, organisation_id=self.organisation_id, role=self.role.value, side=self.side,
            starts_on=self.starts_on, ends_on=self.ends_on, acts_for_id=self.acts_for_id, scope=list(self.scope),
        )  # fmt: skip


def candidate(subject: Appointment, act: Act) -> Candidate:
    """The office as it is asked for when somebody is nominated, or as it stands when it is taken."""
    given: Mapping[str, Any] = act.inputs if act.step.opens else _as_nominated(subject)
    earliest = subject.cooling(act.effective_on).ends_on + ONE_DAY if act.step.opens else clock.today()
    return Candidate(
        side=given["side"],
        person_id=given["person"],
        role=Role(given["role"]),
        organisation_id=given["organisation"],
        starts_on=max(given.get("first_on") or earliest, earliest),
        ends_on=given.get("last_on"),
        acts_for_id=given.get("acts_for"),
        scope=tuple(given.get("scope", ())),
    )


def _as_nominated(subject: Appointment) -> Mapping[str, Any]:
    columns = {"side": "side", "person": "person_id", "role": "role", "organisation": "organisation_id", "first_on": "starts_on",
               "last_on": "ends_on", "acts_for": "acts_for_id", "scope": "scope"}  # fmt: skip
    return {name: getattr(subject, column) for name, column in columns.items()}


def end_day(subject: Appointment) -> date | None:
    """The last day that was proposed, or today where that day has passed meanwhile; None where none was proposed."""
    held = subject.membership
    if subject.new_end_on is None or held is None:
        return None
    return max(subject.new_end_on, clock.today(), held.starts_on)


def composition_problems(one: Candidate, most: int) -> Iterator[Problem]:
    """What a side's composition would break with one more office, of at most so many who sit. Source: rules 1.1, 3.2.

    CMP-04 to CMP-08, CMP-13 and CMP-15, and those of an appointment as such (ACC-01 to ACC-03, ACC-08).
    """
    if one.ends_on is not None and one.ends_on < one.starts_on:
        text = _("the last day, %(last)s, lies before the earliest first day, %(first)s")
        yield Problem("CMP-08", text % {"last": day_words(one.ends_on), "first": day_words(one.starts_on)}, "last_on")
        return
    if side_of_body(one.organisation_id) not in {"", one.side}:
        yield Problem("CMP-15", _("this body belongs to the other side; name one of the same side"), "organisation")
    if like_it(one.membership()):
        yield Problem("CMP-13", _("this person holds this office in that time already; choose later days"), "first_on")
    yield from appointment_problems(one.membership())
    yield from _problems_of_an_alternate(one)
    yield from _problems_of_a_seat(one, most)


def _problems_of_a_seat(one: Candidate, most: int) -> Iterator[Problem]:
    if one.role not in SEATED:
        return
    seated = list(seated_during(one.side, one.starts_on, one.ends_on))
    if (count := _most_at_once(one, seated)) > most:
        text = _("at most %(most)s members sit on each side; there would be %(count)s")
        yield Problem("CMP-04", text % {"most": most, "count": count}, "role")
    chairs = [other for other in seated if other.as_role == Role.CO_CHAIR and other.user_id != one.person_id]
    if one.role == Role.CO_CHAIR and chairs:
        yield Problem("CMP-05", _chair_is_taken(chairs[0]), "first_on")


def _chair_is_taken(by: Membership) -> str:
    if by.ends_on is None:
        text = _("%(name)s is co-chair of this side, and no end is confirmed; propose that end first")
        return text % {"name": by.user.name}
    text = _("%(name)s is co-chair of this side until %(day)s; choose a first day after it")
    return text % {"name": by.user.name, "day": day_words(by.ends_on)}


def _most_at_once(one: Candidate, seated: Iterable[Membership]) -> int:
    """How many persons would sit on the fullest day; the count rises on first days only."""
    seated = list(seated)
    days = {one.starts_on, *(other.starts_on for other in seated if other.starts_on > one.starts_on)}
    return max(len({one.person_id, *(other.user_id for other in seated if _holds(other, day))}) for day in days)


def _holds(one: Membership, day: date) -> bool:
    return one.starts_on <= day and (one.ends_on is None or one.ends_on >= day)


def _problems_of_an_alternate(one: Candidate) -> Iterator[Problem]:
    """That an alternate, and nobody else, acts for somebody of the same side is said of every appointment (ACC-08)."""
    if one.scope and not one.is_alternate:
        yield Problem("CMP-06", _("only an alternate acts within a scope; leave it empty"), "scope")
    principal = principal_of(one.acts_for_id)
    if principal is None or not one.is_alternate:
        return
    if principal.as_role not in SEATED or principal.user_id == one.person_id:
        yield Problem("CMP-06", _("an alternate acts for another person, who is a member or the co-chair"), "acts_for")
    elif not _holds(principal, one.starts_on):
        words = {"name": principal.user.name, "day": day_words(one.starts_on)}
        yield Problem("CMP-06", _("%(name)s does not hold that office on %(day)s") % words, "acts_for")
    elif principal.ends_on is not None and (one.ends_on is None or one.ends_on > principal.ends_on):
        text = _("%(name)s holds that office until %(day)s; the alternate's last day must not be later")
        yield Problem("CMP-07", text % {"name": principal.user.name, "day": day_words(principal.ends_on)}, "last_on")
