"""Runs what a row asks to be true: required documents and named checks of the procedure's app."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from apps.core.errors import Problem
from apps.documents.models import DocumentVersion
from apps.documents.selectors import current_versions
from apps.workflow import registry
from apps.workflow.fsm import Act
from apps.workflow.models import Subject
from apps.workflow.table import Step


def check_results(subject: Subject, row: Step, act: Act) -> list[Problem]:
    """Every problem that the row's checks find; each check is a sentence that is true when all is well."""
    if not row.checks:
        return []
    module = registry.part(subject.procedure, "checks")
    return [problem for name in row.checks for problem in getattr(module, name)(subject, act)]


def missing_documents(
    subject: Subject, row: Step, found: Iterable[DocumentVersion] | None = None
) -> tuple[list[Problem], list[str]]:
    """A problem (DOOR-05) per required kind without a current version, and the hashes of those that are there.

    `found` are the file's current versions, where they have been read already.
    """
    if not row.documents:
        return [], []
    if found is None:
        found = current_versions(subject.procedure.key, subject.pk, row.documents)
    versions = [version for version in found if version.kind in row.documents]
    there = {version.kind for version in versions}
    missing = [
        Problem("DOOR-05", _("%(document)s is missing; upload it first") % {"document": kind.label}, kind.value)
        for kind in row.documents
        if kind not in there
    ]
    return missing, [version.sha256 for version in versions]
