"""What belongs to one project: methodologies, participants, documents."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import OuterRef, Prefetch, QuerySet, prefetch_related_objects

from apps.accounts.models import Organisation
from apps.accounts.roles import Side
from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion
from apps.events.models import Event
from apps.findings.selectors import author_of
from apps.methodologies.models import Basis, MethodologyVersion
from apps.projects.models import MethodologyApplied, Project
from apps.workflow.models import Subject


def methodologies_of(project: Project) -> QuerySet[MethodologyApplied]:
    """The methodologies that a project applies, with all that their names and approvals need."""
    return with_sources(MethodologyApplied.objects.filter(project=project))


def with_sources(applied: QuerySet[MethodologyApplied]) -> QuerySet[MethodologyApplied]:
    """The same rows with versions, proposals and what the proposals have become, in two queries."""
    bases = Prefetch("proposal__bases", Basis.objects.select_related("version__methodology"))
    return applied.select_related("version__methodology", "proposal").prefetch_related(bases)


def approved_version(applied: MethodologyApplied) -> MethodologyVersion | None:
    """The approved version that a project applies, also where it still names the proposal; None before approval."""
    if applied.proposal is None:
        return applied.version
    return next((basis.version for basis in applied.proposal.bases.all()), None)


def unapproved(project: Project, on: date) -> list[MethodologyApplied]:
    """The methodologies applied that are not approved on a day."""
    versions = [(applied, approved_version(applied)) for applied in applied_by(project)]
    return [applied for applied, version in versions if version is None or version.approved_on > on]


def scopes_of(project: Project) -> set[int]:
    """The sectoral scopes of all methodologies that a project applies."""
    return {number for one in applied_by(project) for number in one.sectoral_scopes}


def applied_by(project: Project, known: Iterable[MethodologyApplied] | None = None) -> list[MethodologyApplied]:
    """What `methodologies_of` finds, read once while the project is only looked at; `known` are these where a page has them."""
    return project.once("applied", lambda: list(methodologies_of(project) if known is None else known))


def participants_on(project: Project, side: Side) -> set[int]:
    """The organisations that take part on a side; none for a file that is only being opened."""
    if project._state.adding:
        return set()
    return {one.organisation_id for one in project.who_takes_part() if one.side == side}


def organisations_taking_part(project: Project) -> list[Organisation]:
    """The organisations of the participants by name; no query where a page has read them with these."""
    found = [] if project._state.adding else project.who_takes_part()
    prefetch_related_objects(found, "organisation")
    return sorted((one.organisation for one in found), key=lambda one: one.name)


def organisations_of(project: Project) -> set[int]:
    """The participants of both sides and the focal point."""
    return {*participants_on(project, Side.HOST), *participants_on(project, Side.JAPAN), project.focal_point_id}


def validated_documents(project: Project) -> set[str]:
    """The SHA-256 hashes of the documents that the last positive opinion was given on."""
    reports = Event.objects.filter(
        subject_type=project.procedure.key, subject_id=project.pk, type=f"{project.procedure.key}.report_positive"
    )
    return set(reports.order_by("-version").values_list("documents", flat=True).first() or ())


def kept_from_the_public(file: Subject, kinds: Iterable[Kind]) -> set[str]:
    """Those of the kinds that were handed in, but in no version that everybody may read."""
    versions = DocumentVersion.objects.filter(subject_type=file.procedure.key, subject_id=file.pk)
    found = set(versions.filter(kind__in=[kind.value for kind in kinds]).values_list("kind", "confidential"))
    return {kind for kind, confidential in found if confidential and (kind, False) not in found}


def report_author(project: Project) -> int | None:
    """The organisation whose people handed in the current validation report; None while there is none."""
    return author_of(project, Kind.VALIDATION_REPORT)


def first_submitted_on(project: Project) -> date | None:
    """The day on which the design document was submitted first; None before. A return for completion does not move it."""
    if hasattr(project, "submitted_told"):
        told: date | None = project.submitted_told
        return told
    return submissions(project.pk).values_list("effective_on", flat=True).first()


def submissions(project: int | OuterRef) -> QuerySet[Event]:
    """The events by which the design document of a project was submitted, the first of them first."""
    key = Project.procedure.key
    return Event.objects.filter(subject_type=key, subject_id=project, type=f"{key}.submit_pdd").order_by("version")
