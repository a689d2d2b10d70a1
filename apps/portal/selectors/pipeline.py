"""How many projects and methodologies stand where: of what is published alone, each counted once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TypedDict

from django.db.models import Case, Count, IntegerField, Max, OuterRef, QuerySet, Subquery, Value, When
from django_stubs_ext import WithAnnotations

from apps.issuance.kinds import StageName as RoundStage
from apps.issuance.models import Round
from apps.issuance.selectors import STATES_OF as ROUND_STATES_OF
from apps.methodologies.models import ProposedMethodology
from apps.portal.selectors.projects import BEYOND, REGISTERED
from apps.projects.models import Project
from apps.projects.selectors import STATES_OF, StageName, visible_to

# The stages in the order of the cycle; a registered project without a running round stands between rounds.
STAGES = (StageName.PROPOSAL, StageName.VALIDATION, StageName.REGISTRATION, *RoundStage, *BEYOND)


def projects_by_stage() -> dict[str, int]:
    """How many published projects are at each stage, each counted at its furthest; one query.

    The keys are those by which the list of projects is narrowed; registered ones with a running round count at its stage.
    """
    found: Counter[str] = Counter()
    places = with_furthest(visible_to(None)).order_by().values_list("state", "furthest")
    for state, furthest, count in places.annotate(Count("pk")):
        found[stage_at(state, furthest)] += count
    return {stage: found[stage] for stage in map(str, STAGES) if stage in found or stage != StageName.PROPOSAL}


class _Furthest(TypedDict):
    furthest: int | None


def with_furthest(projects: QuerySet[Project]) -> QuerySet[WithAnnotations[Project, _Furthest]]:
    """Projects with `furthest`: how far their furthest running round has come, the place of its stage; None without one."""
    order = [When(state__in=[str(state) for state in ROUND_STATES_OF[one]], then=Value(n)) for n, one in enumerate(RoundStage)]
    rounds = Round.objects.filter(project=OuterRef("pk")).order_by().values("project")
    furthest = rounds.annotate(furthest=Max(Case(*order, output_field=IntegerField()))).values("furthest")
    return projects.annotate(furthest=Subquery(furthest))


def stage_at(state: str, furthest: int | None) -> str:
    """The stage at which a project is counted."""
    if state in BEYOND[REGISTERED] and furthest is not None:
        return list(RoundStage)[furthest].value
    stages = [*((str(stage), states) for stage, states in STATES_OF.items()), *BEYOND.items()]
    return next(stage for stage, states in stages if state in states)


def methodologies_by_state() -> dict[str, int]:
    """How many published proposals of methodologies are in each state, in the rulebook's order; one query."""
    published = ProposedMethodology.objects.filter(inputs_opened_on__isnull=False).order_by()
    found = dict(published.values_list("state").annotate(Count("pk")))
    return {state: found[state] for state in ProposedMethodology.procedure.states.values if state in found}


def registered_among(stages: Mapping[str, int]) -> int:
    """How many of the projects counted by stage are registered: rounds are run by registered projects alone."""
    return sum(count for stage, count in stages.items() if stage in {REGISTERED, *RoundStage.values})
