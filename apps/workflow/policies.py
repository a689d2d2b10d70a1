"""In which capacities an actor stands towards a file."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from apps.accounts.models import Membership
from apps.accounts.policies import capacities
from apps.accounts.render import capacity_name, side_name
from apps.accounts.roles import RELATED, Capacity, Role
from apps.core import clock
from apps.core.errors import Problem
from apps.core.sentences import any_of
from apps.documents.selectors import naming_of
from apps.workflow.actors import Actor, ActorKind
from apps.workflow.fsm import Act
from apps.workflow.holding import Holding, holding_of
from apps.workflow.models import ProposedByOneSide, Subject
from apps.workflow.table import Procedure, Step

_BY_RULE = frozenset({Capacity(Role.CLOCK)})
_BY_DECISION = frozenset({Capacity(Role.COMMITTEE)})


def held(actor: Actor, holding: Holding | None, subject: Subject | None) -> frozenset[Capacity]:
    """The capacities that an actor holds towards a file, or (None) for opening one. Empty by default."""
    if actor.kind == ActorKind.CLOCK:
        return _BY_RULE
    if actor.kind == ActorKind.DECISION:
        return _BY_DECISION
    if holding is None:
        return frozenset()
    return held_where_related(holding) if subject is None else held_by(holding, subject)


def held_by(holding: Holding, subject: Subject) -> frozenset[Capacity]:
    """A membership's capacities towards a file."""
    related_as = subject.roles_of(holding.organisation_id) if holding.role in RELATED else ()
    return capacities(holding.role, holding.side, related_as)


def capacities_towards(subject: Subject, membership: Membership | None) -> frozenset[Capacity]:
    """The capacities of a membership towards a file today; none for visitors."""
    holding = holding_of(membership, clock.today()) if membership else None
    if membership is None or holding is None:
        return frozenset()
    return _named_for(subject, membership) if holding.role == Role.EXPERT else held_by(holding, subject)


def _named_for(subject: Subject, membership: Membership) -> frozenset[Capacity]:
    """An expert's capacity towards the one file for which they were named; none towards any other."""
    naming = naming_of(membership, clock.today())
    if naming is None or (naming.subject_type, naming.subject_id) != (subject.procedure.key, subject.pk):
        return frozenset()
    return capacities(Role.EXPERT, membership.side, (Role.EXPERT,))


def held_where_related(holding: Holding) -> frozenset[Capacity]:
    """A membership's capacities towards files that name its organisation, and towards new ones."""
    return capacities(holding.role, holding.side, None)


def acting_as(row: Step, capacities: Collection[Capacity]) -> Capacity | None:
    """The capacity in which a step would be performed; None when it is not open to the holder."""
    return next((one for needed in row.who for one in capacities if needed.covers(one)), None)


def not_open_to(row: Step) -> Problem:
    """Why somebody without the capacity cannot take a step, in words."""
    if all(capacity.role == Role.CLOCK for capacity in row.who):
        return Problem("DOOR-00", _("“%(step)s” happens by itself; nobody takes it") % {"step": row.title})
    return Problem("DOOR-00", _("only %(who)s can take “%(step)s”") % {"who": _takers(row), "step": row.title})


def beside_title(row: Step, problem: Problem) -> Problem:
    """The same problem as it stands beside the title of its step, which it then need not repeat."""
    if problem.code == "DOOR-00":
        by_itself = all(capacity.role == Role.CLOCK for capacity in row.who)
        return Problem(problem.code, _("it happens by itself") if by_itself else _("only %(who)s can") % {"who": _takers(row)})
    if problem.code == "DOOR-02" and row.source:
        return Problem(problem.code, _("possible in: %(states)s") % {"states": _sources(row)})
    return problem


def _takers(row: Step) -> str:
    """Who takes a step, within a sentence."""
    return any_of(map(_taker, row.who))


def _taker(one: Capacity) -> str:
    if one.side and one.role == Role.GOVERNMENT:
        return _("the Government of %(country)s") % {"country": side_name(one.side)}
    return capacity_name(one)


def _sources(row: Step) -> str:
    return _(", ").join(str(state.label) for state in row.source)


def not_in_state(row: Step, subject: Subject) -> Problem:
    """Why a step cannot be taken in the present state, in words."""
    if row.opens:
        return Problem("DOOR-02", _("“%(step)s” opens a new file; this one is open already") % {"step": row.title})
    return Problem(
        "DOOR-02",
        _("“%(step)s” is possible in: %(states)s. The file is in: %(state)s.")
        % {"step": row.title, "states": _sources(row), "state": subject.state_label},
    )


def may_act_in(procedure: Procedure, edition: str, state: str, held: frozenset[Capacity]) -> bool:
    """Whether a file in a state waits for a holder of these capacities."""
    rows = [row for row in procedure.rows(edition) if state in row.source and not row.voluntary]
    return any(acting_as(row, held) for row in rows)


def may_know_in(procedure: Procedure, edition: str, state: str, held: frozenset[Capacity]) -> bool:
    """Whether a file in a state is the business of a holder of these capacities.

    It is that of everybody whom its table names, as acting or as told; but a draft, the state in which a
    file is opened without telling anybody, is known to those alone who act in it.
    """
    rows = procedure.rows(edition)
    if state in {row.target for row in rows if row.opens and not row.told}:
        return any(acting_as(row, held) for row in rows if state in row.source)
    return any(needed.covers(one) for row in rows for needed in (*row.who, *row.told) for one in held)


def may_have_receipt(subject: Subject, holding: Holding | None, organisation_id: int | None, capacity: str) -> bool:
    """Whether somebody may have the receipt of what an organisation did in a capacity.

    Those who did it may: its people who can act in that capacity; and both secretariats, as soon as the file is known to them.
    """
    if holding is None:
        return False
    can_act_so = any(one.role.value == capacity for one in held_where_related(holding))
    if holding.organisation_id == organisation_id and can_act_so:
        return True
    return holding.role == Role.SECRETARIAT and may_know(subject, held_by(holding, subject))


def may_know(subject: Subject, held: frozenset[Capacity]) -> bool:
    """Whether a file is the business of somebody who holds these capacities towards it."""
    return may_know_in(subject.procedure, subject.edition, subject.state, held)


def way_to(subject: Subject | None, membership: Membership | None) -> str:
    """Where a reader finds a file: officials on its own page where it is their business, others on a public one, or nowhere.

    Asks no database, so that lists may use it: whether a file names somebody's organisation is not looked for.
    """
    if subject is None or membership is None or membership.as_role in RELATED:
        return subject.register_url if subject else ""
    return subject.get_absolute_url() if may_know(subject, capacities_towards(subject, membership)) else subject.register_url


def own_side_answers(subject: ProposedByOneSide, act: Act, code: str) -> list[Problem]:
    """A problem where the side that proposed would answer: what one side proposes the other answers; neither acts for both."""
    if act.holding is None or act.holding.side != subject.proposed_by_side:
        return []
    return [Problem(code, _("your side has proposed this; the secretariat of the other side answers, or you withdraw it"))]


def other_side_withdraws(subject: ProposedByOneSide, act: Act, code: str) -> list[Problem]:
    """A problem where the other side would withdraw: a proposal is withdrawn by the side that made it."""
    if act.holding is None or act.holding.side == subject.proposed_by_side:
        return []
    return [Problem(code, _("the other side has proposed this; decline it instead"))]
