"""Finding documents."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from apps.accounts.models import Membership
from apps.accounts.roles import Role
from apps.documents.models import DocumentVersion


def current_versions(subject_type: str, subject_id: int, kinds: Iterable[str] | None = None) -> QuerySet[DocumentVersion]:
    """The newest version of each kind (or of the given kinds) of a file, ordered by kind."""
    versions = DocumentVersion.objects.filter(subject_type=subject_type, subject_id=subject_id)
    if kinds is not None:
        versions = versions.filter(kind__in=[str(kind) for kind in kinds])
    return versions.order_by("kind", "-number").distinct("kind")


def newest_of(files: Iterable[tuple[str, int]]) -> QuerySet[DocumentVersion]:
    """The newest version of each kind of several files, each named by procedure and key, in one query."""
    about = Q(pk__in=[])
    for subject_type, subject_id in files:
        about |= Q(subject_type=subject_type, subject_id=subject_id)
    key = ("subject_type", "subject_id", "kind")
    return DocumentVersion.objects.filter(about).order_by(*key, "-number").distinct(*key)


def kinds_handed_in_by(role: Role, versions: Iterable[DocumentVersion]) -> set[str]:
    """The kinds among these versions that were handed in by somebody of this role."""
    versions = list(versions)
    uploaders = Membership.objects.filter(role=role.value, pk__in={version.membership_id for version in versions})
    keys = set(uploaders.values_list("pk", flat=True))
    return {version.kind for version in versions if version.membership_id in keys}
