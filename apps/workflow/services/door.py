"""The one door. Views, admin, tasks, ballots and replays all move files through here."""

from __future__ import annotations

from contextlib import suppress
from copy import deepcopy
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _

from apps.core import calendar, clock
from apps.core.errors import NotNow, NotReady, Problem
from apps.events.models import Event
from apps.workflow import registry
from apps.workflow.actors import Actor, ActorKind
from apps.workflow.checks import missing_documents
from apps.workflow.fsm import Act, genuine
from apps.workflow.models import Subject
from apps.workflow.selectors import due_by_clock, general_stops
from apps.workflow.services.judging import capacity_of, fitting, judge_content, judge_time, row_of
from apps.workflow.services.locking import lock, lock_for_new, lock_key
from apps.workflow.services.recording import event_of, repeated, row_said
from apps.workflow.services.transaction import one_transaction
from apps.workflow.services.writing import write
from apps.workflow.table import Step

ONE_DAY = timedelta(days=1)


def perform(  # reason: the door's own signature; everything but the file and the step is named
    subject: Subject,
    step: str,
    *,
    actor: Actor,
    effective_on: date | None = None,
    reason: str = "",
    idempotency_key: str | None = None,
    version: int | None = None,
    **inputs: Any,
) -> Event:
    """Perform a step of the procedure's table on a file and return the event that records it.

    `effective_on` is the legal date (default: today in Japan), `version` the version the caller saw,
    `inputs` what the row asks for. A repeated `idempotency_key` returns the first result.

    Raises NotAllowed (who), NotNow (state, version, not due), NotReady (documents, inputs, checks,
    every problem at once) or Repeated; then nothing is recorded. Source: plan, section 5.
    """
    with one_transaction():
        today = clock.today()
        locked, holding = lock(type(subject), subject.pk, actor, today)
        if locked is None:
            raise NotNow(Problem("DOOR-01", _("this file does not exist")))
        row = _row(locked, step, idempotency_key)
        act = Act(uuid4(), row, actor, clock.now(), effective_on or today, reason.strip(), inputs, holding)
        done = repeated(idempotency_key, locked, act)
        if done is not None:
            return done
        locked = _catch_up(locked, act, version)
        act.capacity = capacity_of(act, locked)
        judge_time(locked, act, version)
        event = _moved(locked, act, idempotency_key)
        event.followed_by = _follow(locked, act)
        return event


def open_file(  # reason: as `perform`
    model: type[Subject],
    step: str,
    *,
    actor: Actor,
    edition: str,
    title: str,
    reason: str = "",
    idempotency_key: str | None = None,
    fields: dict[str, Any] | None = None,
    **inputs: Any,
) -> Subject:
    """Open a new file by the opening step of its procedure and return it; the act is recorded as its first event.

    `fields` are columns that must be set before the row can be saved. Raises as `perform` does
    (DOOR-07 without a title). A repeated `idempotency_key` returns the file that it opened.
    """
    with one_transaction():
        at, today = clock.now(), clock.today()
        subject = model(edition=edition, title=title.strip(), opened_at=at, state_since=at, **fields or {})
        act = Act(uuid4(), row_of(subject, step), actor, at, today, reason.strip(), inputs)
        if idempotency_key:
            lock_key(idempotency_key)
        done = repeated(idempotency_key, subject, act)
        if done is not None:
            return model._default_manager.get(pk=done.subject_id)
        act.holding = lock_for_new(subject, actor, today)
        subject.stops = general_stops()
        act.capacity = capacity_of(act, None)
        _open(subject, act, idempotency_key)
        _follow(subject, act)
        return subject.reload() if act.step.then else subject


def _catch_up(subject: Subject, act: Act, version: int | None) -> Subject:
    """Let what fell due before this act happen first, in due order, so that a late sweep changes no outcome.

    An act that is dated back (by the clock or a decision) comes before what fell due after its date.
    What the engine refuses to the clock stays open and holds up nobody.
    """
    if version not in {None, subject.version}:
        return subject
    before = min(act.at, calendar.start_of(act.effective_on + ONE_DAY))
    for deadline in due_by_clock(subject, before):
        if act.actor.kind == ActorKind.CLOCK and deadline.step == act.step.key:
            break
        with suppress(NotNow, NotReady):
            perform(subject, deadline.step, actor=Actor.clock(), effective_on=deadline.last_day)
            subject = subject.reload()
    return subject


def _row(subject: Subject, step: str, key: str | None) -> Step:
    """The row of a step; for a repeated key also one that the file has left with its edition."""
    known = subject.procedure.row(subject.edition, step)
    return known or row_said(key, subject, step) or row_of(subject, step)


def _moved(subject: Subject, act: Act, key: str | None) -> Event:
    missing, documents = missing_documents(subject, act.step)
    judge_content(subject, act, missing)
    edition, from_state, before = subject.edition, subject.state, _columns(subject)
    _run(subject, act)
    subject.version += 1
    if subject.state != from_state:
        subject.state_since = act.at
    _effects(subject, act)
    event = event_of(subject, act, key=key, edition=edition, from_state=from_state, documents=documents)
    write(subject, act.step, event, fitting(subject, _changed(subject, before)))
    return event


def _open(subject: Subject, act: Act, key: str | None) -> None:
    """The first act of a file: the row is saved before the effects, which may refer to it."""
    if not act.step.opens:
        raise NotNow(Problem("DOOR-02", _("“%(step)s” needs a file that is open") % {"step": act.step.title}))
    judge_content(subject, act, [] if subject.title else [Problem("DOOR-07", _("the title is missing"), "title")])
    _run(subject, act)
    subject.version = 1
    fitting(subject, _changed(subject, {}))
    subject.save(force_insert=True)
    before = _columns(subject)
    _effects(subject, act)
    event = event_of(subject, act, key=key, edition=subject.edition, from_state="", documents=[])
    write(subject, act.step, event, fitting(subject, _changed(subject, before)))


def _run(subject: Subject, act: Act) -> None:
    """The step's own body, by way of django-fsm, which sets the state. The row may take the file over into another edition."""
    getattr(subject, act.step.key)(genuine(act))
    subject.edition = act.step.into or subject.edition


def _effects(subject: Subject, act: Act) -> None:
    for name in act.step.effects:
        getattr(registry.part(subject.procedure, "services"), name)(subject, act)


def _columns(subject: Subject) -> dict[str, Any]:
    """The columns as they are now; lists and mappings are copied, since a body may change them in place."""
    return {name: deepcopy(value) if isinstance(value, list | dict) else value for name, value in subject.__dict__.items()}


def _changed(subject: Subject, before: dict[str, Any]) -> list[str]:
    """The columns that the step and its effects have set."""
    now = subject.__dict__
    return [one.attname for one in subject._meta.concrete_fields if before.get(one.attname) != now.get(one.attname)]


def _follow(subject: Subject, act: Act) -> list[Event]:
    """Let the rule act on the same day: the steps that follow this one as soon as their checks hold."""
    followed = []
    for step in act.step.then:
        if not subject.may_follow(step):
            continue
        with suppress(NotNow, NotReady):
            followed.append(perform(subject, step, actor=Actor.clock(), effective_on=act.effective_on))
    return followed
