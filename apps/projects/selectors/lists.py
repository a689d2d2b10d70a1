"""Lists of projects: a fixed number of queries whatever their length."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Value

from apps.accounts.models import Membership
from apps.accounts.roles import RELATED
from apps.methodologies.models import ApprovedMethodology
from apps.projects.models import MethodologyApplied, Participant, Project, Site
from apps.projects.procedure import State
from apps.projects.selectors.particulars import with_sources
from apps.third_party_entities.models import ThirdPartyEntity


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


def dressed(among: QuerySet[Project]) -> QuerySet[Project]:
    """The same projects with all that a line of a list tells of them, in four queries for any number of them."""
    return among.select_related("focal_point", "validator__organisation").prefetch_related(
        Prefetch("participants", Participant.objects.select_related("organisation")),
        Prefetch("methodologies_applied", with_sources(MethodologyApplied.objects.all())),
    )


# --- What lists are narrowed by -------------------------------------------------------------------


def taking_part(among: QuerySet[Project], side: str) -> QuerySet[Project]:
    """The projects with a participant of a side."""
    return among.filter(Exists(Participant.objects.filter(project=OuterRef("pk"), side=side)))


def in_province(among: QuerySet[Project], name: str) -> QuerySet[Project]:
    """The projects with a place in a state or province."""
    return among.filter(Exists(Site.objects.filter(project=OuterRef("pk"), state_or_province=name)))


def names_to_choose(among: QuerySet[Project]) -> list[tuple[str, str, str]]:
    """What some projects can be narrowed by: kind of name, name, and what it is called besides. One query.

    The states and provinces in which they are; the numbers of all approved methodologies; of all entities ever designated.
    """
    nothing = Value("")
    sites = Site.objects.filter(project__in=among.order_by().values("pk")).exclude(state_or_province="").order_by()
    places = sites.values_list(Value("place"), F("state_or_province"), nothing).distinct()
    methods = ApprovedMethodology.objects.order_by().values_list(Value("methodology"), F("reference"), nothing)
    entities = ThirdPartyEntity.objects.exclude(number=None).order_by()
    named = entities.values_list(Value("tpe"), F("reference"), F("title"))
    return sorted(places.union(methods, named))


def applying(among: QuerySet[Project], reference: str) -> QuerySet[Project]:
    """The projects that apply an approved methodology, in whichever version, also where they still name the proposal."""
    by_version, by_proposal = (f"{way}__methodology__reference" for way in ("version", "proposal__bases__version"))
    applied = MethodologyApplied.objects.filter(Q(**{by_version: reference}) | Q(**{by_proposal: reference}))
    return among.filter(pk__in=applied.values("project_id"))


def in_scope(among: QuerySet[Project], number: str) -> QuerySet[Project]:
    """The projects with a methodology of a sectoral scope."""
    wanted = [int(number)]
    ways = Q(version__sectoral_scopes__contains=wanted) | Q(proposal__sectoral_scopes__contains=wanted)
    return among.filter(pk__in=MethodologyApplied.objects.filter(ways).values("project_id"))
