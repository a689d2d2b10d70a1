"""Finding documents."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.accounts.models import Membership
from apps.accounts.roles import Role
from apps.documents.kinds import Outcome
from apps.documents.models import DocumentVersion, Scan, Verdict


def newest_versions(subject_type: str, subject_id: int, kinds: Iterable[str] | None = None) -> QuerySet[DocumentVersion]:
    """The newest version of each kind (or of the given kinds) of a file, ordered by kind; also one that was found infected."""
    versions = DocumentVersion.objects.filter(subject_type=subject_type, subject_id=subject_id)
    if kinds is not None:
        versions = versions.filter(kind__in=[str(kind) for kind in kinds])
    return versions.order_by("kind", "-number").distinct("kind")


def current_versions(subject_type: str, subject_id: int, kinds: Iterable[str] | None = None) -> QuerySet[DocumentVersion]:
    """The version of each kind that counts as handed in: the newest, and none where that was found infected.

    What it was to replace does not come back by itself: whoever handed it in meant the newer text.
    """
    return newest_versions(subject_type, subject_id, kinds).filter(~_infected_since())


def newest_of(files: Iterable[tuple[str, int]]) -> QuerySet[DocumentVersion]:
    """The same of several files, each named by procedure and key, in one query."""
    about = Q(pk__in=[])
    for subject_type, subject_id in files:
        about |= Q(subject_type=subject_type, subject_id=subject_id)
    key = ("subject_type", "subject_id", "kind")
    return DocumentVersion.objects.filter(about, ~_infected_since()).order_by(*key, "-number").distinct(*key)


def _infected_since() -> Exists:
    """Whether a version, or a later one of its series, was found infected."""
    series = {f"version__{name}": OuterRef(name) for name in ("subject_type", "subject_id", "kind")}
    return Exists(Verdict.objects.filter(**series, version__number__gte=OuterRef("number"), outcome=Outcome.INFECTED))


def waiting_scans() -> QuerySet[Scan]:
    """What waits for the scanner."""
    return Scan.objects.filter(done_at=None)


def is_of_own_house(version: DocumentVersion, reader: Membership) -> bool:
    """Whether a document was handed in for the organisation that a reader acts for."""
    return Membership.objects.filter(pk=version.membership_id, organisation=reader.organisation_id).exists()


def kinds_handed_in_by(role: Role, versions: Iterable[DocumentVersion]) -> set[str]:
    """The kinds among these versions that were handed in by somebody of this role."""
    versions = list(versions)
    uploaders = Membership.objects.filter(role=role.value, pk__in={version.membership_id for version in versions})
    keys = set(uploaders.values_list("pk", flat=True))
    return {version.kind for version in versions if version.membership_id in keys}
