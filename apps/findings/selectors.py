"""Finding findings."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from apps.findings.kinds import FindingKind
from apps.findings.models import Assessed, Finding
from apps.findings.procedure import OPEN, UNSETTLED
from apps.workflow import registry

Key = tuple[str, int]


def file_named(value: str) -> Assessed | None:
    """The file that a cleaned input names."""
    subject_type, subject_id = registry.key_of(value)
    file = registry.model_of(subject_type)._default_manager.filter(pk=subject_id).first()
    return file if isinstance(file, Assessed) else None


def findings_about(files: Iterable[Key]) -> QuerySet[Finding]:
    """The findings about several files, each named by procedure and key, in the order in which they were raised."""
    about = Q(pk__in=[])
    for subject_type, subject_id in files:
        about |= Q(subject_type=subject_type, subject_id=subject_id)
    return Finding.objects.filter(about).order_by("id")


def open_about(file: Assessed) -> QuerySet[Finding]:
    """The findings about a file that have not ended, those carried on included."""
    return findings_about([(file.procedure.key, file.pk)]).filter(state__in=OPEN)


def unsettled(file: Assessed) -> QuerySet[Finding]:
    """The findings about a file that stand in the way of a positive opinion: neither ended nor carried on."""
    return findings_about([(file.procedure.key, file.pk)]).filter(state__in=UNSETTLED)


def forwards_about(files: Iterable[Key]) -> QuerySet[Finding]:
    """The forward action requests about several files that have not ended."""
    return findings_about(files).filter(kind=FindingKind.FAR, state__in=OPEN)
