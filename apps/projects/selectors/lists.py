"""Lists of projects: a fixed number of queries whatever their length."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from apps.accounts.models import Membership
from apps.accounts.roles import RELATED, Side
from apps.projects.models import MethodologyApplied, Participant, Project, Site
from apps.projects.procedure import State
from apps.projects.selectors.particulars import with_sources
from apps.projects.selectors.stages import Stage, stage
from apps.workflow.options import whose_move
from apps.workflow.table import Step


@dataclass(frozen=True, slots=True)
class Line:
    """One project of a list: its stage, and the steps that it waits for with those who take them."""

    project: Project
    stage: Stage
    moves: list[Step]


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a list, newest file first. `before` asks for the next part; None at the end."""

    lines: list[Line]
    before: int | None


def visible_to(membership: Membership | None) -> QuerySet[Project]:
    """The projects that a membership in force (None: the public) may know of.

    Everybody: what is published. Officials: also what waits for publication. Others: also what names their organisation.
    """
    published = Q(inputs_start_on__isnull=False)
    if membership is None:
        return Project.objects.filter(published)
    role = membership.as_role
    if role in RELATED:
        return Project.objects.filter(published | Project.related_to(membership.organisation_id, RELATED[role]))
    return Project.objects.filter(published | Q(state=State.SUBMITTED))


def projects_list(
    among: QuerySet[Project],
    *,
    states: Collection[str] = (),
    side: str = "",
    text: str = "",
    before: int | None = None,
    size: int = 50,
) -> Page:
    """A page of projects among those given, newest file first, in four queries.

    `states` are states of the procedure (`STATES_OF` gives those of a stage), `side` keeps projects with a
    participant of that side, `text` looks in number, title, participants and places, `before` is `Page.before`
    of the page above.
    """
    found = _matching(among, states, side, text.strip())
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = list(_with_parts(found.order_by("-pk"))[: size + 1])
    lines = [Line(one, stage(one), whose_move(one)) for one in rows[:size]]
    return Page(lines, rows[size - 1].pk if len(rows) > size else None)


def _matching(among: QuerySet[Project], states: Collection[str], side: str, text: str) -> QuerySet[Project]:
    if states:
        among = among.filter(state__in=[str(one) for one in states])
    participants = Participant.objects.filter(project=OuterRef("pk"))
    if side:
        among = among.filter(Exists(participants.filter(side=Side(side))))
    if text:
        among = among.filter(
            Q(reference__icontains=text)
            | Q(title__icontains=text)
            | Exists(participants.filter(_named(text)))
            | Exists(Site.objects.filter(_at(text), project=OuterRef("pk")))
        )
    return among


def _named(text: str) -> Q:
    return Q(organisation__name__icontains=text) | Q(new_name__icontains=text) | Q(former_name__icontains=text)


def _at(text: str) -> Q:
    return Q(place__icontains=text) | Q(district__icontains=text) | Q(state_or_province__icontains=text)


def _with_parts(found: QuerySet[Project]) -> QuerySet[Project]:
    return found.select_related("focal_point", "validator__organisation").prefetch_related(
        Prefetch("participants", Participant.objects.select_related("organisation")),
        Prefetch("methodologies_applied", with_sources(MethodologyApplied.objects.all())),
    )
