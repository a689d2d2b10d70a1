"""Adding the next version of a document to a file."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import partial
from itertools import chain
from typing import IO, Any

from django.conf import settings
from django.core.files.base import File
from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from apps.accounts.models import Membership
from apps.accounts.selectors import holds
from apps.core import clock
from apps.core.errors import NotAllowed, NotReady, Problem
from apps.documents.checks import ALLOWED, content_problems, ending, form_problems, name_problems
from apps.documents.kinds import NO_FORM, FiledForm, Kind
from apps.documents.models import DocumentVersion, Scan, Upload
from apps.documents.services.examining import examined
from apps.documents.services.scanning import SCAN
from apps.documents.services.store import Received, keep, received
from apps.documents.services.subjects import Subject
from apps.documents.services.uploads import handed_over, quotas
from apps.events.services import nudge
from apps.inspection.services import structure_problems

CHUNK = 64 * 1024

# Bytes, or something to read them from; or an upload that is ready.
Incoming = bytes | IO[bytes] | File[Any]
Content = Incoming | Upload


def add_version(
    *,
    subject: Subject,
    kind: Kind,
    name: str,
    content: Content,
    membership: Membership,
    confidential: bool = False,
    form: FiledForm = NO_FORM,
) -> DocumentVersion:
    """Keep a document as the next version of its kind on a file, and return the version.

    `form` is kept as it is given; the engine's `hand_in` looks its code up. Raises NotAllowed (DOC-00) when the
    membership is not in force, NotNow (DOC-17) when an upload cannot be handed in, and NotReady when something is
    not acceptable (DOC-01 to DOC-07, DOC-12 to DOC-14, INS-01 to INS-20, and what the kind's own app examines,
    field = the kind; DOC-09 to DOC-11, field = that of the version or the day); then nothing is kept.
    """
    if not holds(membership, clock.today()):
        raise NotAllowed(Problem("DOC-00", _("this membership is not in force; it cannot hand in documents"), kind.value))
    name = unicodedata.normalize("NFC", name)
    refuse(chain(name_problems(name, kind.value), form_problems(form, kind, clock.today())))
    if isinstance(content, Upload):
        with transaction.atomic():
            keep(file := handed_over(content, subject, kind, membership))
            return _next_version(subject, kind, name, file, membership, form, confidential=confidential)
    with received(chunks(content)) as file:
        refuse(content_problems(name, file.head, file.size, kind.value))
        refuse(quotas(subject, membership, file.size, kind.value))
        # Rehearsed acts hand in placeholders.
        if not clock.is_rehearsed():
            refuse(structure_problems(file.path, name, ending(name), kind.value))
            refuse(iter(examined(subject, kind, file.path)))
        keep(file)
    return _next_version(subject, kind, name, file, membership, form, confidential=confidential)


def _next_version(
    subject: Subject, kind: Kind, name: str, file: Received, membership: Membership, form: FiledForm, *, confidential: bool
) -> DocumentVersion:
    with transaction.atomic():
        _lock(f"{subject.procedure.key}/{subject.pk}/{kind.value}")
        versions = DocumentVersion.objects.filter(subject_type=subject.procedure.key, subject_id=subject.pk, kind=kind.value)
        version = DocumentVersion.objects.create(
            subject_type=subject.procedure.key,
            subject_id=subject.pk,
            kind=kind.value,
            number=(versions.aggregate(last=Max("number"))["last"] or 0) + 1,
            name=name,
            media_type=ALLOWED[ending(name)][0],
            size=file.size,
            sha256=file.sha256,
            form_code=form.code,
            form_version=form.version,
            form_standing=form.standing or "",
            completed_on=form.completed_on,
            confidential=confidential,
            uploaded_at=clock.now(),
            membership_id=membership.pk,
        )
        await_scanner(version)
    return version


def await_scanner(version: DocumentVersion) -> None:
    """Have it scanned soon; also where there is no scanner yet, so that one which comes later finds what was never scanned."""
    Scan.objects.create(version=version, received_at=version.uploaded_at, due_at=version.uploaded_at)
    if settings.CLAMD:
        transaction.on_commit(partial(nudge, SCAN), robust=True)


def _lock(series: str) -> None:
    """Let the uploads of one kind to one file queue until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 20260608))", [series])


def chunks(content: Incoming) -> Iterator[bytes]:
    """What comes in, a little at a time."""
    if isinstance(content, bytes):
        yield content
    elif isinstance(content, File):
        yield from content.chunks(CHUNK)
    else:
        while chunk := content.read(CHUNK):
            yield chunk


def refuse(problems: Iterator[Problem]) -> None:
    """Raise NotReady with all problems, where there are any."""
    if found := tuple(problems):
        raise NotReady(found)
