"""Finding methodologies, their versions and their documents."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Exists, Max, OuterRef, Prefetch, Q, QuerySet, Subquery

from apps.accounts.models import Membership
from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion
from apps.documents.selectors import current_versions
from apps.methodologies.models import ApprovedMethodology, Basis, MethodologyVersion, ProposedMethodology
from apps.methodologies.procedure import PROCEDURE
from apps.workflow.options import is_known_to, known_to


def usable_on(version: MethodologyVersion, submitted_on: date, ended_on: date | None, *, grace_days: int = 0) -> bool:
    """Whether a project that is submitted for validation on a day may apply a version; `ended_on` is when it was superseded.

    It may from the day of the approval until the day before a higher version supersedes it, and for the grace
    that the edition gives. Afterwards the project keeps it, whatever is approved later. Source: rules 2.4, S43.
    """
    return version.approved_on <= submitted_on and (ended_on is None or submitted_on < ended_on + timedelta(days=grace_days))


def approved_by(on: date) -> QuerySet[MethodologyVersion]:
    """The versions that were approved by a day, those in force and those that running projects keep.

    Source: awkward case 29 (versions 1.0, 2.0 and 3.0 of one methodology are in use side by side).
    """
    return MethodologyVersion.objects.select_related("methodology").filter(approved_on__lte=on)


def approved_methodologies() -> QuerySet[ApprovedMethodology]:
    """All approved methodologies with their versions, the newest first; `latest_title` and `latest_on` are of the highest."""
    latest = MethodologyVersion.objects.filter(methodology=OuterRef("pk")).order_by("-major", "-minor")
    found = ApprovedMethodology.objects.annotate(
        latest_title=Subquery(latest.values("title")[:1]), latest_on=Subquery(latest.values("approved_on")[:1])
    )
    return found.prefetch_related(Prefetch("versions", MethodologyVersion.objects.order_by("-major", "-minor")))


def in_scope(among: QuerySet[ApprovedMethodology], number: str) -> QuerySet[ApprovedMethodology]:
    """The methodologies of which a version is of a sectoral scope."""
    versions = MethodologyVersion.objects.filter(methodology=OuterRef("pk"), sectoral_scopes__contains=[int(number)])
    return among.filter(Exists(versions))


def under_way(membership: Membership | None) -> QuerySet[ProposedMethodology]:
    """The proposals that are not decided and that a membership may know of, the newest first; visitors: what is published."""
    published = Q(inputs_opened_on__isnull=False)
    running = ProposedMethodology.objects.exclude(state__in=[state.value for state in PROCEDURE.final])
    found = running.filter(published | known_to(ProposedMethodology, membership))
    return found.annotate(is_known=is_known_to(ProposedMethodology, membership)).order_by("-pk")


def standing_on(methodology: ApprovedMethodology) -> dict[int, list[ProposedMethodology]]:
    """The proposals that each version stands on, by the key of the version; one query."""
    found: dict[int, list[ProposedMethodology]] = {}
    for one in Basis.objects.filter(version__methodology=methodology).select_related("proposal").order_by("proposal__number"):
        found.setdefault(one.version_id, []).append(one.proposal)
    return found


def public_papers(proposals: Iterable[ProposedMethodology]) -> list[DocumentVersion]:
    """The newest version of each kind that everybody may read of some proposals' documents; one query."""
    versions = DocumentVersion.objects.filter(
        subject_type=PROCEDURE.key, subject_id__in=[one.pk for one in proposals], confidential=False
    )
    newest = versions.order_by("subject_id", "kind", "-number").distinct("subject_id", "kind")
    return [one for one in newest if not one.is_infected]


def in_force(methodology: ApprovedMethodology, on: date) -> MethodologyVersion | None:
    """The version that a new project applies on a day: the highest that is approved; None before the first."""
    return approved_by(on).filter(methodology=methodology).order_by("-major", "-minor").first()


def version_of(reference: str, major: int, minor: int) -> MethodologyVersion | None:
    """A version by the number of its methodology, such as "IN_AM001", and its pair; None when there is none."""
    versions = MethodologyVersion.objects.select_related("methodology")
    return versions.filter(methodology__reference=reference, major=major, minor=minor).first()


def versions_of(reference: str) -> QuerySet[MethodologyVersion]:
    """The history of an approved methodology, by version."""
    versions = MethodologyVersion.objects.select_related("methodology")
    return versions.filter(methodology__reference=reference).order_by("major", "minor")


def latest_version(methodology: ApprovedMethodology) -> MethodologyVersion | None:
    """The highest version of a methodology."""
    return methodology.versions.order_by("-major", "-minor").first()


def superseded_days(versions: Iterable[MethodologyVersion]) -> dict[int, date]:
    """By the key of a version the day on which a higher one was approved first, without those that are the latest; one query."""
    later = Q(major__gt=OuterRef("major")) | Q(major=OuterRef("major"), minor__gt=OuterRef("minor"))
    first = MethodologyVersion.objects.filter(later, methodology=OuterRef("methodology")).order_by("approved_on")
    rows = MethodologyVersion.objects.filter(pk__in=[one.pk for one in versions])
    ended = rows.annotate(ended_on=Subquery(first.values("approved_on")[:1])).values_list("pk", "ended_on")
    return {pk: day for pk, day in ended if day is not None}


def next_pair(revised: ApprovedMethodology | None, major: int | None, minor: int | None) -> tuple[int, int]:
    """The pair of the next version: as wanted, else 1.0 for a new methodology and the next major one for a revision.

    A wanted minor number alone belongs to the latest major one.
    """
    latest = latest_version(revised) if revised else None
    last = latest.major if latest else 0
    if major is None:
        major = max(last, 1) if minor else last + 1
    return major, minor or 0


def pair_of(proposal: ProposedMethodology, major: int | None, minor: int | None) -> tuple[int, int]:
    """The pair under which a proposal is approved: as wanted, else the next free one.

    An editorial correction stays with the version that it corrects, also where a later major version is there.
    """
    corrected = proposal.corrects
    if corrected is None:
        return next_pair(proposal.revises, major, minor)
    last = corrected.methodology.versions.filter(major=corrected.major).aggregate(last=Max("minor"))["last"]
    return corrected.major, last + 1 if minor is None else minor


def proposals_of(reference: str) -> QuerySet[ProposedMethodology]:
    """The proposals that the versions of an approved methodology stand on, oldest first."""
    return ProposedMethodology.objects.filter(bases__version__methodology__reference=reference).order_by("number")


def public_versions(proposal: ProposedMethodology, kinds: Iterable[Kind]) -> QuerySet[DocumentVersion]:
    """The newest version of each kind that everybody may read."""
    versions = DocumentVersion.objects.filter(subject_type=proposal.procedure.key, subject_id=proposal.pk, confidential=False)
    return versions.filter(kind__in=[kind.value for kind in kinds]).order_by("kind", "-number").distinct("kind")


def has_text_since(proposal: ProposedMethodology, moment: datetime) -> bool:
    """Whether the current form of the proposal was uploaded at a moment or later."""
    current = current_versions(proposal.procedure.key, proposal.pk, (Kind.PROPOSED_METHODOLOGY,)).first()
    return current is not None and current.uploaded_at >= moment
