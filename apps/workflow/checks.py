"""Runs what a row asks to be true: required documents, their forms, and named checks of the procedure's app."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial

from django.conf import settings
from django.utils.translation import gettext as _

from apps.core.errors import Problem
from apps.documents.checks import form_problems
from apps.documents.kinds import FiledForm, Kind, Standing, completion_field, version_field
from apps.documents.models import DocumentVersion
from apps.documents.selectors import newest_versions
from apps.workflow import registry
from apps.workflow.catalogue import current_version, form_of, standing_of
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
    """A problem (DOOR-05) per kind of the row without a current version, and the hashes of all that are there.

    What a check of the row asks for besides is told by that check. What was found infected does not count as handed in.
    `found` are the file's newest versions, where they have been read already.
    """
    kinds, needed = subject.papers_for(row), subject.documents_of(row)
    if not kinds:
        return [], []
    if found is None:
        found = newest_versions(subject.procedure.key, subject.pk, kinds)
    versions = {version.kind: version for version in found if version.kind in kinds}
    there = [version for version in versions.values() if not version.is_infected]
    missing = [_missing(kind, versions.get(kind.value)) for kind in needed if versions.get(kind.value) not in there]
    return missing, [version.sha256 for version in there]


def _missing(kind: Kind, infected: DocumentVersion | None) -> Problem:
    text = _("%(document)s was found infected and does not count as handed in; upload a clean version")
    if infected is None:
        text = _("%(document)s is missing; upload it first")
    return Problem("DOOR-05", text % {"document": kind.label}, kind.value)


def filed_form(subject: Subject, kind: Kind, on: date, version: str = "", completed_on: date | None = None) -> FiledForm:
    """What is kept of a document's form on a day: code and standing by the catalogue, the rest as stated."""
    partner, version = settings.JCM_PARTNER["code"], version.strip()
    form = form_of(subject.edition, kind, partner, on)
    standing = standing_of(subject.edition, kind, partner, version, on)
    return FiledForm(form.code if form else "", version, completed_on, standing)


def filing_problems(subject: Subject, kind: Kind, filed: FiledForm, on: date) -> Iterator[Problem]:
    """What is wrong with what is stated of a form on a day: DOC-09 to DOC-11, FRM-01 to FRM-03. Source: rules 2.1, 4.

    A version that was not stated is not judged; nor is one where the catalogue knows none. The day counts
    on which a document is handed in: what was in order then stays so.
    """
    partner = settings.JCM_PARTNER["code"]
    if form_of(subject.edition, kind, partner, on) is None:
        yield from _form_of_none(kind, filed)
        return
    yield from form_problems(filed, kind, on)
    if filed.standing in (None, Standing.KNOWN) or not subject.rules.gate("form_version_gate"):
        return
    current = current_version(subject.edition, kind, partner, on) or _("the version now in force")
    words = {"version": filed.version, "current": current}
    if filed.standing == Standing.UNKNOWN:
        text = _("form version %(version)s is not known; use %(current)s, or have the catalogue of forms amended")
        yield Problem("FRM-01", text % words, version_field(kind))
    else:
        text = _("form version %(version)s is not in force; write the document on %(current)s")
        yield Problem("FRM-02", text % words, version_field(kind))


def _form_of_none(kind: Kind, filed: FiledForm) -> Iterator[Problem]:
    text = _("%(document)s is no official form; leave out its version and day of completion")
    problem = partial(Problem, "FRM-03", text % {"document": kind.label})
    if filed.version:
        yield problem(version_field(kind))
    if filed.completed_on:
        yield problem(completion_field(kind))
