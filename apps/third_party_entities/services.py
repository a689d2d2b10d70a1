"""What a step on a third-party entity writes besides the file itself."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings

from apps.completeness.services import outcomes_kept  # noqa: F401 # reason: named in the table
from apps.core.errors import NotReady
from apps.third_party_entities.errors import no_scope_named
from apps.third_party_entities.models import FormerName, Scope, Suspension, ThirdPartyEntity
from apps.third_party_entities.procedure import Because, Function
from apps.third_party_entities.selectors import certificate_of, last_written, named_since, scopes_held
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
        because = act.inputs["because"]
        rows += [_row(subject, act, function, number, last_day, because) for number, last_day in last_days.items()]
    _settle_named(act, rows)


def scopes_ended(subject: ThirdPartyEntity, act: Act) -> None:
    """Let every scope that has not ended yet end on the day of the withdrawal."""
    day, because = act.effective_on, Because.WITHDRAWN if act.actor.decision_id else Because.GIVEN_UP
    running = [one for one in last_written(subject) if one.ends_on is None or one.ends_on > day]
    _settle(act, [_row(subject, act, Function(one.function), one.number, day, because) for one in running])


def suspension_begun(subject: ThirdPartyEntity, act: Act) -> None:
    """Keep the entity from working from the day of the decision to the last day, or until it is lifted."""
    _suspend(subject, act, ends_on=act.inputs.get("ends_on"))


def suspension_lifted(subject: ThirdPartyEntity, act: Act) -> None:
    """Let the entity work again from the day of the decision."""
    _suspend(subject, act, lifted=True)


def former_name_kept(subject: ThirdPartyEntity, act: Act) -> None:
    """Keep the name borne so far with its days, and give the file the new one; its number stays. Source: awkward case 37."""
    since, first = named_since(subject), act.inputs["renamed_on"]
    last_day = first - timedelta(days=1)
    FormerName.objects.create(entity=subject, name=subject.title, starts_on=since, ends_on=last_day, act_id=act.id)
    act.data["former_name"] = subject.title
    subject.title = act.inputs["new_name"]


def _named(act: Act, function: Function) -> list[int]:
    return list(act.inputs.get(function.value, ()))


def _suspend(subject: ThirdPartyEntity, act: Act, *, ends_on: date | None = None, lifted: bool = False) -> None:
    Suspension.objects.create(
        entity=subject,
        starts_on=act.effective_on,
        ends_on=ends_on,
        lifted=lifted,
        decision_id=act.actor.decision_id,  # type: ignore[misc] # reason: only a decision suspends and lifts
        act_id=act.id,
    )


def _row(subject: ThirdPartyEntity, act: Act, function: Function, number: int, ends_on: date | None, because: str = "") -> Scope:
    return Scope(
        entity=subject,
        function=function,
        number=number,
        starts_on=act.effective_on,
        ends_on=ends_on,
        because=because,
        decision_id=act.actor.decision_id,
        act_id=act.id,
    )


def _settle_named(act: Act, rows: list[Scope]) -> None:
    if not rows:
        raise NotReady(no_scope_named())
    _settle(act, rows)


def _settle(act: Act, rows: list[Scope]) -> None:
    Scope.objects.bulk_create(rows)
    act.data["scopes"] = [_told(row) for row in rows]


def _told(row: Scope) -> dict[str, object]:
    ends_on = row.ends_on.isoformat() if row.ends_on else None
    because = {"because": str(row.because)} if row.because else {}
    return {"function": row.function, "number": row.number, "ends_on": ends_on, **because}
