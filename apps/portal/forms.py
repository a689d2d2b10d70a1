"""The list of projects: what it can be narrowed by, searched for and sorted by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from apps.accounts.models import Membership
from apps.accounts.render import side_name
from apps.accounts.roles import Role, Side
from apps.core.templatetags.gazette import grouped
from apps.issuance.kinds import StageName as RoundStage
from apps.issuance.selectors import checked_by, late, rounds_of, waiting_for
from apps.lists.declaration import (
    Choice,
    Column,
    ListOf,
    Offer,
    Rows,
    Sort,
    Span,
    day_or_first,
    declare_list,
    editions_of,
    equals,
    scopes,
    states_of,
)
from apps.portal import render as wording
from apps.portal.selectors import REGISTERED, WITHDRAWN, at_stage, deadlines_of, key_of, place_of, subjects_of
from apps.projects.models import Project
from apps.projects.selectors import (
    STATES_OF,
    StageName,
    applying,
    dressed,
    in_province,
    in_scope,
    names_to_choose,
    taking_part,
    visible_to,
)
from apps.workflow.options import whose_move

OVERDUE = "overdue"
# Whose move it may be: roles, and where a step is always one side's alone, the side.
MOVERS = (
    (Role.PARTICIPANT, None), (Role.TPE, None), (Role.SECRETARIAT, None), (Role.COMMITTEE, None),
    (Role.GOVERNMENT, Side.HOST), (Role.GOVERNMENT, Side.JAPAN), (Role.REGISTRY, Side.HOST), (Role.REGISTRY, Side.JAPAN),
)  # fmt: skip


def _stages() -> list[Offer]:
    once = [(name.value, name.label) for name in StageName if name in STATES_OF]
    return [*once, *RoundStage.choices, (REGISTERED, _("Registered")), (WITHDRAWN, _("Withdrawn"))]


def _sides() -> list[Offer]:
    return [(side.value, side_name(side)) for side in Side]


def _movers() -> list[Offer]:
    return [(mover_key(role, side), wording.mover_name(role, side)) for role, side in MOVERS]


def mover_key(role: Role, side: Side | None) -> str:
    """A role, of one side where it has one, as an address names it."""
    return f"{role.value}-{side.value}" if side else role.value


def _offers(reader: Membership | None) -> dict[str, list[Offer]]:
    """Where projects that the reader knows of are, the methodologies, and the entities; one query."""
    named = names_to_choose(visible_to(reader))
    found: dict[str, list[Offer]] = {key: [] for key in ("place", "methodology", "tpe")}
    for key, value, name in named:
        found[key].append((value, f"{value} {name}".strip()))
    return found


def _overdue() -> list[Offer]:
    return [(OVERDUE, _("Overdue"))]


def _late(among: Rows, _value: str) -> Rows:
    return late(among)


def _waiting(among: Rows, value: str) -> Rows:
    role, _dash, side = value.partition("-")
    return waiting_for(among, Role(role), Side(side) if side else None)


def _counted(count: int) -> str:
    return ngettext("%(count)s project", "%(count)s projects", count) % {"count": grouped(count)}


def rows_of(projects: Sequence[Project], _reader: Membership | None = None) -> list[dict[str, Any]]:
    """The rows of some projects; two queries whatever their number."""
    rounds = rounds_of([one.pk for one in projects])
    of_each = [(one, rounds.get(one.pk, [])) for one in projects]
    deadlines = deadlines_of(key_of(file) for one, own in of_each for file in subjects_of(one, own))
    return [wording.list_row(one, place_of(one, whose_move(one), own, deadlines), own) for one, own in of_each]


def _visible(reader: Membership | None) -> Rows:
    return dressed(visible_to(reader))


PROJECTS = declare_list(
    ListOf(
        key="projects",
        address="projects",
        title=_("Projects"),
        visible=_visible,
        rows=rows_of,
        table=wording.project_table,
        counted=_counted,
        empty=_("No project has been published yet. A project appears here as soon as its design document is published."),
        searched=Project.procedure.key,
        search=_("Number, title, place, participant or methodology"),
        in_sight=2,
        columns=(
            Column("project", _("Project"), "number"),
            Column("parties", _("Participants")),
            Column("stage", _("Stage")),
            Column("move", _("Whose move")),
            Column("since", _("Since"), "since"),
        ),
        sorts=(
            Sort("opened", _("The newest file first"), "pk", int, descending=True),
            Sort("number", _("By number"), "reference", str),
            Sort("title", _("By title"), "title", str),
            Sort("since", _("What moved last first"), "state_since", datetime, descending=True),
            Sort(
                "registered",
                _("Registered last first"),
                day_or_first("registered_on"),
                date,
                descending=True,
            ),
        ),
        offers=_offers,
        filters=(
            Choice("stage", _("Stage"), _("Any stage"), at_stage, _stages),
            Choice("move", _("Whose move"), _("Anybody’s"), _waiting, _movers),
            Choice("due", _("Time limits"), _("Any"), _late, _overdue),
            Choice("side", _("With participants of"), _("Either side"), taking_part, _sides),
            Choice("scope", _("Sectoral scope"), _("Any scope"), in_scope, scopes),
            Choice("place", _("State or province"), _("Anywhere"), in_province),
            Choice("methodology", _("Methodology"), _("Any methodology"), applying),
            Choice("tpe", _("Third-party entity"), _("Any entity"), checked_by),
            Choice("state", _("State of the file"), _("Any state"), equals("state"), states_of(Project.procedure)),
            Choice("edition", _("Rulebook"), _("Any edition"), equals("edition"), editions_of(Project.procedure)),
            Span("registered", _("Registered from"), _("Registered until"), "registered_on"),
            Span("inputs", _("Public inputs begun from"), _("Public inputs begun until"), "inputs_start_on"),
        ),
    )
)
