"""Handing in what everybody may read of a confidential document."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import Membership
from apps.accounts.selectors import holds
from apps.core import clock
from apps.core.errors import NotAllowed, Problem
from apps.documents.checks import content_problems, ending, name_problems
from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion, Reading, Upload
from apps.documents.selectors import is_of_own_house
from apps.documents.services.leaks import leak_problems
from apps.documents.services.store import Received, keep, received
from apps.documents.services.subjects import subject_of
from apps.documents.services.uploads import begin_upload, handed_over, quotas
from apps.documents.services.versions import Content, await_scanner, chunks, refuse
from apps.inspection.services import structure_problems

FIELD = "file"
ONE_READING = timedelta(minutes=10)


def begin_twin(*, original: DocumentVersion, name: str, size: int, membership: Membership) -> Upload:
    """Make room for a public version that will come piece by piece and is compared with the confidential one when it is whole.

    Raises NotAllowed and NotReady as `add_twin` does, for what can be said of it beforehand.
    """
    _may_hand_in(original, membership)
    refuse(_named(original, unicodedata.normalize("NFC", name)))
    subject, kind = subject_of(original), Kind(original.kind)
    return begin_upload(subject=subject, kind=kind, name=name, size=size, membership=membership, twin_of=original)


def add_twin(*, original: DocumentVersion, name: str, content: Content, membership: Membership) -> DocumentVersion:
    """Keep a public version of a confidential document, checked against it for what it gives away; it supersedes earlier ones.

    Raises NotAllowed (DOC-00, DOC-18) for whoever may not, NotReady (DOC-01 to DOC-07, DOC-12 to DOC-14, DOC-19, DOC-20,
    DOC-22, INS-01 to INS-20, TWN-01 to TWN-13, field = `file`) for what is not acceptable, NotNow (DOC-17) for an upload
    that cannot be handed in, and StoreAway; then nothing is kept.
    """
    _may_hand_in(original, membership)
    name = unicodedata.normalize("NFC", name)
    refuse(_named(original, name))
    if isinstance(content, Upload):
        with transaction.atomic():
            subject, kind = subject_of(original), Kind(original.kind)
            keep(file := handed_over(content, subject, kind, membership, original))
            return _kept(original, name, file, membership)
    with received(chunks(content)) as file:
        refuse(content_problems(name, file.head, file.size, FIELD))
        refuse(quotas(subject_of(original), membership, file.size, FIELD))
        refuse(structure_problems(file.path, name, ending(name), FIELD))
        refuse(leak_problems(original, file.path, name, FIELD))
        keep(file)
    return _kept(original, name, file, membership)


def _may_hand_in(original: DocumentVersion, membership: Membership) -> None:
    if not holds(membership, clock.today()):
        raise NotAllowed(Problem("DOC-00", _("this membership is not in force; it cannot hand in documents"), FIELD))
    if not is_of_own_house(original, membership):
        text = _("only the organisation that handed the confidential version in hands in a public one")
        raise NotAllowed(Problem("DOC-18", text, FIELD))


def _named(original: DocumentVersion, name: str) -> Iterator[Problem]:
    if not original.confidential or original.is_infected:
        yield Problem("DOC-19", _("this document needs no public version: it is public, or it was found infected"), FIELD)
        return
    yield from name_problems(name, FIELD)
    if ending(name) != ending(original.name):
        text = _("the confidential version ends in %(ending)s; save the public one as the same kind of file")
        yield Problem("DOC-20", text % {"ending": ending(original.name)}, FIELD)


def _kept(original: DocumentVersion, name: str, file: Received, membership: Membership) -> DocumentVersion:
    same = (
        "subject_type", "subject_id", "kind", "number", "media_type", "form_code", "form_version", "form_standing",
        "completed_on",
    )  # fmt: skip
    with transaction.atomic():
        twin = DocumentVersion.everything.create(
            **{one: getattr(original, one) for one in same},
            name=name,
            size=file.size,
            sha256=file.sha256,
            uploaded_at=clock.now(),
            membership_id=membership.pk,
            twin_of=original,
        )
        await_scanner(twin)
    return twin


def note_reading(version: DocumentVersion, reader: Membership | None) -> None:
    """Record that somebody is handed a confidential document, or shown a part of it; of what is public nothing is recorded.

    What is read page by page is one reading: within a few minutes it is recorded once.
    """
    if not version.confidential or reader is None:
        return
    now = clock.now()
    recent = Reading.objects.filter(version=version, membership_id=reader.pk, read_at__gt=now - ONE_READING)
    if not recent.exists():
        Reading.objects.create(version=version, membership_id=reader.pk, read_at=now)
