"""What a step on a third-party entity writes besides the file itself."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from apps.core.errors import NotReady
from apps.third_party_entities.errors import no_scope_named
from apps.third_party_entities.models import Scope, ThirdPartyEntity
from apps.third_party_entities.procedure import Function
from apps.third_party_entities.selectors import certificate_of, last_written, scopes_held
from apps.workflow.fsm import Act
from apps.workflow.services import take_number


def entity_numbered(subject: ThirdPartyEntity, act: Act) -> None:
    """Give the entity its number, the next or the wanted one. Raises NotReady (NUM-01) when it was given before."""
    series = f"TPE-{settings.JCM_PARTNER['code']}"
    subject.number = take_number(series=series, subject=subject, act=act, wanted=act.inputs.get("number"))
    subject.reference = f"{series}-{subject.number:03d}"


def scopes_granted(subject: ThirdPartyEntity, act: Act) -> None:
    """Enter the scopes of a designation or an extension, and the certificate on which it rests.

    Raises NotReady (TPE-03) without any scope.
    """
    subject.certificate_version = certificate_of(subject)
    ends_on = act.inputs.get("ends_on")
    _settle_named(
        act, [_row(subject, act, function, number, ends_on) for function in Function for number in _named(act, function)]
    )


def scopes_given_up(subject: ThirdPartyEntity, act: Act) -> None:
    """Let the named scopes end on a day, by default that of the act; never later than they would have ended anyway.

    Raises NotReady (TPE-03) without any.
    """
    ends_on: date = act.inputs.get("ends_on", act.effective_on)
    rows: list[Scope] = []
    for function in Function:
        held = scopes_held(subject, function, act.effective_on)
        last_days = {number: min(ends_on, held[number].ends_on or ends_on) for number in _named(act, function)}
        rows += [_row(subject, act, function, number, last_day) for number, last_day in last_days.items()]
    _settle_named(act, rows)


def scopes_ended(subject: ThirdPartyEntity, act: Act) -> None:
    """Let every scope that has not ended yet end on the day of the withdrawal."""
    day = act.effective_on
    running = [one for one in last_written(subject) if one.ends_on is None or one.ends_on > day]
    _settle(act, [_row(subject, act, Function(one.function), one.number, day) for one in running])


def _named(act: Act, function: Function) -> list[int]:
    return list(act.inputs.get(function.value, ()))


def _row(subject: ThirdPartyEntity, act: Act, function: Function, number: int, ends_on: date | None) -> Scope:
    return Scope(
        entity=subject,
        function=function,
        number=number,
        starts_on=act.effective_on,
        ends_on=ends_on,
        decision_id=act.actor.decision_id,
        act_id=act.id,
    )


def _settle_named(act: Act, rows: list[Scope]) -> None:
    if not rows:
        raise NotReady(no_scope_named())
    _settle(act, rows)


def _settle(act: Act, rows: list[Scope]) -> None:
    Scope.objects.bulk_create(rows)
    act.data["scopes"] = [
        {"function": row.function, "number": row.number, "ends_on": row.ends_on.isoformat() if row.ends_on else None}
        for row in rows
    ]
