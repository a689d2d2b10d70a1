"""Saving sections of drafts, and producing the document. Whatever was typed is kept, right or wrong."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from apps.accounts.models import Membership
from apps.core import clock
from apps.core.errors import NotAllowed, NotNow, NotReady, Problem
from apps.core.render import NoPapers
from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion
from apps.drafting.checks import not_open, problems_in_file
from apps.drafting.inputs import Typed, filled
from apps.drafting.models import Draft, ProducedForm, SavedSection
from apps.drafting.policies import Writing, writing
from apps.drafting.render import file_name, head_of, pdf, sections_of
from apps.drafting.selectors import sections_saved
from apps.workflow.models import Subject
from apps.workflow.services import hand_in, one_transaction

ONCE = "section_saved_once_per_version"


def save_section(
    *, subject: Subject, kind: Kind, membership: Membership, section: str, typed: Typed, version: int
) -> SavedSection:
    """Keep what was typed in a section over the version that the writer saw (0: none), and return what is kept now.

    The same text saved again, or by two people at once, is one version. Raises NotAllowed (DRF-01), and NotNow: DRF-02 where
    the file waits for no such document from them, DRF-03 where somebody else saved another text over that version.
    """
    allowed(subject, kind, membership)
    draft = _draft(subject, kind, membership)
    newest = sections_saved(subject, kind, membership.organisation_id).get(section)
    if newest is not None and newest.typed == typed:
        return newest
    if (newest.version if newest else 0) != version:
        raise NotNow(changed_meanwhile())
    try:
        with transaction.atomic():
            return SavedSection.objects.create(
                draft=draft, section=section, version=version + 1, typed=dict(typed), saved_at=clock.now(), saved_by=membership
            )
    except IntegrityError as error:
        if ONCE not in str(error):
            raise
        newest = sections_saved(subject, kind, membership.organisation_id).get(section)
        if newest is None or newest.typed != typed:
            raise NotNow(changed_meanwhile()) from error
        return newest


def _draft(subject: Subject, kind: Kind, membership: Membership) -> Draft:
    key = {"subject_type": subject.procedure.key, "subject_id": subject.pk, "kind": kind.value}
    begun = {"begun_at": clock.now()}
    return Draft.objects.get_or_create(**key, organisation_id=membership.organisation_id, defaults=begun)[0]


def changed_meanwhile() -> Problem:
    """That somebody else saved the section."""
    text = _("somebody else of your organisation saved this section meanwhile; compare both texts, mend yours and save again")
    return Problem("DRF-03", text)


def allowed(subject: Subject, kind: Kind, membership: Membership) -> Writing:
    """Let those pass who may write the form now. Raises NotAllowed (DRF-01), NotNow (DRF-02)."""
    found = writing(subject, kind, membership)
    if found is None:
        text = _("no step of this file takes “%(document)s” from your organisation")
        raise NotAllowed(Problem("DRF-01", text % {"document": kind.label}))
    if problems := list(not_open(found)):
        raise NotNow(problems)
    return found


def seen(sections: Mapping[str, SavedSection]) -> str:
    """Which versions of the sections somebody read: "opinion.2 particulars.1"."""
    return " ".join(f"{key}.{one.version}" for key, one in sorted(sections.items()))


def produce(
    *, subject: Subject, kind: Kind, membership: Membership, language: str, confidential: bool, checked: str
) -> DocumentVersion:
    """Produce the document of a draft and hand it in as the next version of its kind; returns the version.

    Form code and version are those of the catalogue, the day of completion is today; findings and particulars are taken as
    they stand now. `checked` are the versions that were read (`seen`). Raises as `save_section` and `hand_in` do, and NotReady
    (DRF-04, DRF-05, DRF-07 to DRF-10, SDV-01 to SDV-03, field = the section), NotNow (DRF-06).
    """
    form = allowed(subject, kind, membership).form
    sections = sections_saved(subject, kind, membership.organisation_id)
    if seen(sections) != checked:
        raise NotNow(Problem("DRF-06", _("the draft was changed while you checked it; check the answers again")))
    typed = {key: one.typed for key, one in sections.items()}
    problems = problems_in_file(subject, kind, filled(sections_of(form, subject), typed))
    if problems:
        raise NotReady(problems)
    try:
        content = pdf(form, subject, typed, language, is_draft=False)
    except NoPapers as error:
        raise NotReady(Problem("DRF-07", _("this site cannot make PDFs now; upload the document instead"))) from error
    draft = next(iter(sections.values())).draft
    with one_transaction():
        document = _handed_in(subject, kind, membership, language, content, confidential=confidential)
        made_of = {key: one.version for key, one in sections.items()}
        ProducedForm.objects.create(draft=draft, document=document, language=language, made_of=made_of)
    return document


def _handed_in(
    subject: Subject, kind: Kind, membership: Membership, language: str, content: bytes, *, confidential: bool
) -> DocumentVersion:
    """Hand in the document with what the catalogue says of its form."""
    head = head_of(subject, kind)
    return hand_in(
        subject=subject,
        kind=kind,
        name=file_name(subject, kind, language),
        content=content,
        membership=membership,
        confidential=confidential,
        form_version=head.version if head.entry else "",
        completed_on=head.completed_on if head.entry else None,
    )
