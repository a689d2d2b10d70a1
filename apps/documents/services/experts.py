"""Naming experts as readers of the confidential documents of one file, and withdrawing them. Source: rules 3.8."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any, Protocol
from uuid import uuid4

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from apps.accounts.models import Membership, Organisation, User
from apps.accounts.roles import Role
from apps.accounts.selectors import holds, memberships_of
from apps.accounts.services import appoint
from apps.core import clock
from apps.core.errors import NotAllowed, NotNow, NotReady, Problem
from apps.documents.events import EXPERT, NAMED, WITHDRAWN
from apps.documents.models import Expert, Withdrawal
from apps.documents.selectors import experts_in_force
from apps.documents.services.subjects import Subject
from apps.events.models import Event
from apps.events.services import append, nudge

CLAUSE = "rules 3.8"
# Of the two events that a naming can have.
VERSIONS = {NAMED: 1, WITHDRAWN: 2}


class Item(Subject, Protocol):
    """A file that says what it calls an organisation."""

    def roles_of(self, organisation_id: int) -> Collection[Role]: ...


def name_expert(*, subject: Item, email: str, organisation: str, last_on: date, reason: str, by: Membership) -> Expert:
    """Let somebody who has an account read the confidential documents of one file, from today until a day.

    Raises NotAllowed (EXP-01) unless a secretariat names, for its own side; NotReady (EXP-02 to EXP-06, EXP-09, ACC-03,
    each at its field) for what stands against it; then nothing is recorded.
    """
    _refuse_others(by)
    with transaction.atomic():
        _lock(subject)
        person = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
        if problems := list(_problems(subject, person, organisation, last_on, reason, by)):
            raise NotReady(problems)
        assert person is not None  # noqa: S101 # reason: one who is not there is a problem
        held = appoint(_membership(person, organisation, last_on, by))
        return _named(subject, held, reason.strip(), by)


def withdraw_expert(*, expert: Expert, reason: str, by: Membership) -> Withdrawal:
    """End the reading of a named expert at once.

    Raises NotAllowed (EXP-01, EXP-07) unless a secretariat of the side that named withdraws, NotNow (EXP-08) when the
    naming is not in force any more, NotReady (EXP-06) without a reason.
    """
    _refuse_others(by)
    if by.side != expert.side:
        text = _("this expert was named by the other side, which alone can withdraw them")
        raise NotAllowed(Problem("EXP-07", text))
    if not reason.strip():
        raise NotReady(_no_reason())
    with transaction.atomic():
        _lock_file(expert.subject_type, expert.subject_id)
        found = experts_in_force(expert.subject_type, expert.subject_id, clock.today())
        if not found.filter(pk=expert.pk).exists():
            raise NotNow(Problem("EXP-08", _("this expert is not in force any more: withdrawn before, or past the last day")))
        made = Withdrawal.objects.create(
            expert=expert, reason=reason.strip(), withdrawn_by=by.pk, withdrawn_at=clock.now(), act_id=uuid4()
        )
        _record(expert, WITHDRAWN, made, by, {})
    return made


def _refuse_others(by: Membership) -> None:
    if by.as_role != Role.SECRETARIAT or not holds(by, clock.today()):
        raise NotAllowed(Problem("EXP-01", _("only a secretariat names experts, for its own side")))


def _problems(
    subject: Item, person: User | None, organisation: str, last_on: date, reason: str, by: Membership
) -> Iterator[Problem]:
    today = clock.today()
    if person is None:
        text = _("nobody has an account with this address; have one made first, or correct the address")
        yield Problem("EXP-02", text, "email")
    elif any(subject.roles_of(one.organisation_id) for one in memberships_of(person, today)):
        yield _has_a_part("email")
    elif _is_named(subject, person, by.side, today):
        text = _("this person is named for this file by your side already; withdraw that first, or leave it")
        yield Problem("EXP-04", text, "email")
    if not organisation.strip():
        yield Problem(
            "EXP-09", _("write the organisation that the expert comes from, or that they are independent"), "organisation"
        )
    elif (house := Organisation.objects.filter(name=organisation.strip(), side="").first()) and subject.roles_of(house.pk):
        yield _has_a_part("organisation")
    if last_on < today:
        yield Problem("EXP-03", _("this day has passed; name today or a later day"), "last_on")
    if not reason.strip():
        yield _no_reason()


def _has_a_part(field: str) -> Problem:
    text = _("this is, or acts for, an organisation that the file names; name somebody who has no part in it")
    return Problem("EXP-05", text, field)


def _no_reason() -> Problem:
    return Problem("EXP-06", _("say why, since the record keeps it"), "reason")


def _is_named(subject: Item, person: User, side: str, today: date) -> bool:
    found = experts_in_force(subject.procedure.key, subject.pk, today)
    return found.filter(membership__user=person, side=side).exists()


def _membership(person: User, organisation: str, last_on: date, by: Membership) -> Membership:
    """The capacity in which the expert reads: of the side that names, for an organisation of neither."""
    house, _made = Organisation.objects.get_or_create(name=organisation.strip(), side="")
    return Membership(
        user=person, organisation=house, role=Role.EXPERT.value, side=by.side, starts_on=clock.today(), ends_on=last_on
    )


def _named(subject: Item, held: Membership, reason: str, by: Membership) -> Expert:
    of_file = {"subject_type": subject.procedure.key, "subject_id": subject.pk, "side": by.side}
    last = Expert.objects.filter(**of_file).aggregate(last=Max("number"))["last"] or 0
    expert = Expert.objects.create(
        **of_file, membership=held, number=last + 1, reason=reason, named_by=by.pk, named_at=clock.now(), act_id=uuid4()
    )
    until = {"until": held.ends_on.isoformat() if held.ends_on else None, "membership": held.pk}
    _record(expert, NAMED, expert, by, until)
    return expert


def _record(expert: Expert, what: str, made: Expert | Withdrawal, by: Membership, data: dict[str, Any]) -> None:
    append(
        Event(
            type=f"{EXPERT}.{what}",
            subject_type=EXPERT,
            subject_id=expert.pk,
            version=VERSIONS[what],
            from_state=NAMED if what == WITHDRAWN else "",
            to_state=what,
            acted_at=clock.now(),
            effective_on=clock.today(),
            rehearsed=clock.is_rehearsed(),
            actor="person",
            membership_id=by.pk,
            capacity=by.role,
            side=by.side,
            organisation_id=by.organisation_id,
            clause=CLAUSE,
            reason=made.reason,
            data={"about": [expert.subject_type, expert.subject_id], **data},
            act_id=made.act_id,
        )
    )
    transaction.on_commit(nudge, robust=True)


def _lock(subject: Item) -> None:
    _lock_file(subject.procedure.key, subject.pk)


def _lock_file(subject_type: str, subject_id: int) -> None:
    """Let one change of a file's experts happen at a time, until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 20261127))", [f"{subject_type}/{subject_id}"])
