"""What belongs to one project: methodologies, participants, documents."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypedDict

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django_stubs_ext import WithAnnotations

from apps.accounts.roles import Side
from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion
from apps.events.models import Event
from apps.findings.selectors import author_of
from apps.methodologies.models import Basis, MethodologyVersion
from apps.monitoring.models import MethodDeclaration
from apps.monitoring.procedure import State
from apps.projects.models import MethodologyApplied, Project
from apps.workflow.models import Subject


class _Declared(TypedDict):
    is_declared: bool


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
    versions = [(applied, approved_version(applied)) for applied in methodologies_of(project)]
    return [applied for applied, version in versions if version is None or version.approved_on > on]


def scopes_of(project: Project, applied: Iterable[MethodologyApplied] | None = None) -> set[int]:
    """The sectoral scopes of all methodologies that a project applies; `applied` are these where a page has read them."""

    def read() -> set[int]:
        found = applied_by(project) if applied is None else applied
        return {number for one in found for number in one.sectoral_scopes}

    return project.once("scopes", read)


def applied_by(project: Project) -> list[WithAnnotations[MethodologyApplied, _Declared]]:
    """The methodologies applied, each with `is_declared`: whether a declaration of its version is in use; one query."""
    in_use = MethodDeclaration.objects.filter(methodology_version=OuterRef("version"), state=State.IN_USE)
    rows = MethodologyApplied.objects.filter(project=project).select_related("version", "proposal")
    return project.once("applied", lambda: list(rows.annotate(is_declared=Exists(in_use))))


def participants_on(project: Project, side: Side) -> set[int]:
    """The organisations that take part on a side; none for a file that is only being opened."""
    if project._state.adding:
        return set()
    return {one.organisation_id for one in project.who_takes_part() if one.side == side}


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
    events = Event.objects.filter(
        subject_type=project.procedure.key, subject_id=project.pk, type=f"{project.procedure.key}.submit_pdd"
    )
    return events.order_by("version").values_list("effective_on", flat=True).first()
