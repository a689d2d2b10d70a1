"""What must be true before an act: the step exists, the actor may, it is time, and nothing is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field
from django.utils.translation import gettext as _

from apps.accounts.roles import Capacity
from apps.core import clock
from apps.core.errors import NotAllowed, NotNow, NotReady, Problem
from apps.workflow import policies
from apps.workflow.actors import ActorKind
from apps.workflow.checks import check_results
from apps.workflow.fsm import Act
from apps.workflow.inputs import clean_all, storable
from apps.workflow.models import Subject
from apps.workflow.selectors import is_due
from apps.workflow.table import Step

OWN = ("id", "state", "version", "state_since", "opened_at")


def row_of(subject: Subject, step: str) -> Step:
    """The row of a step in the edition of a file. Raises NotNow (DOOR-03) when there is none."""
    row = subject.procedure.row(subject.edition, step)
    if row is None:
        raise NotNow(Problem("DOOR-03", _("the rules of this file know no step “%(step)s”") % {"step": step}))
    return row


def capacity_of(act: Act, subject: Subject | None) -> Capacity:
    """The capacity in which an act is performed. Raises NotAllowed (DOOR-00) when the actor holds none that the row asks for."""
    capacity = policies.acting_as(act.step, policies.held(act.actor, act.holding, subject))
    if capacity is None:
        raise NotAllowed(policies.not_open_to(act.step))
    return capacity


def judge_time(subject: Subject, act: Act, version: int | None) -> None:
    """Raises NotNow: DOOR-04 a stale version, DOOR-02 another state, DOOR-06 not yet due for the clock."""
    if version not in {None, subject.version}:
        raise NotNow(Problem("DOOR-04", _("the file has moved since you read it; read it again")))
    if subject.state not in act.step.source:
        raise NotNow(policies.not_in_state(act.step, subject))
    if act.actor.kind == ActorKind.CLOCK and act.step.limit_in(subject.state) and not is_due(subject, act.step.key, act.at):
        raise NotNow(Problem("DOOR-06", _("“%(step)s” has not fallen due") % {"step": act.step.title}))


def judge_content(subject: Subject, act: Act, problems: Iterable[Problem]) -> None:
    """Clean the inputs and run the row's checks. Raises NotReady with every problem, those given included.

    Checks judge clean inputs only: they run once every input is understood.
    """
    found = [*problems, *_misstated(act)]
    try:
        act.inputs = clean_all(subject.procedure.inputs_of(act.step), act.inputs)
    except NotReady as refusal:
        found += refusal.problems
    else:
        found += check_results(subject, act.step, act)
    if found:
        raise NotReady(found)


def _misstated(act: Act) -> Iterator[Problem]:
    if act.actor.kind == ActorKind.PERSON and act.effective_on < clock.today():
        yield Problem("DOOR-10", _("the effective date lies in the past"), "effective_on")
    if not storable(act.reason):
        yield Problem("DOOR-08", _("the reason holds characters that cannot be kept; write it anew"), "reason")


def fitting(subject: Subject, names: list[str]) -> list[str]:
    """The same column names. Raises NotReady (DOOR-08) where a value is too long or too large for its column."""
    judged = _judged(type(subject))
    problems = [problem for name in names if name in judged for problem in _misfits(judged[name], getattr(subject, name))]
    if problems:
        raise NotReady(problems)
    return names


@cache
def _judged(model: type[Subject]) -> dict[str, Field[Any, Any]]:
    """The columns that hold what came from outside; the engine's own always fit."""
    return {field.attname: field for field in model._meta.concrete_fields if field.name not in OWN}


def _misfits(field: Field[Any, Any], value: Any) -> Iterator[Problem]:
    messages = list[str]()
    try:
        field.run_validators(value)
    except ValidationError as error:
        messages += error.messages
    if isinstance(value, str) and not storable(value):
        messages.append(_("it holds characters that cannot be kept; write it anew"))
    yield from (Problem("DOOR-08", f"{field.verbose_name}: {message}", field.name) for message in messages)
