"""Receiving a file piece by piece: into quarantine, checked when it is whole, handed in afterwards, or forgotten."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import chain

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import Membership
from apps.accounts.selectors import holds
from apps.core import clock
from apps.core.errors import NotAllowed, NotNow, NotReady, Problem
from apps.documents.checks import ALLOWED, LONGEST_SIGNATURE, content_problems, ending, name_problems, quota_problems
from apps.documents.kinds import Kind, Progress
from apps.documents.models import DocumentVersion, Upload
from apps.documents.selectors import bytes_of_file, bytes_of_member
from apps.documents.services.examining import examined
from apps.documents.services.leaks import leak_problems
from apps.documents.services.store import MODE, Received, sync
from apps.documents.services.subjects import Subject, subject_of
from apps.inspection.services import structure_problems

DAY = timedelta(days=1)
# What is not handed in within this time is forgotten.
KEPT_FOR = DAY
# What one request may bring.
LARGEST_PIECE = 8 * 1024 * 1024
CHUNK = 64 * 1024


def begin_upload(
    *, subject: Subject, kind: Kind, name: str, size: int, membership: Membership, twin_of: DocumentVersion | None = None
) -> Upload:
    """Make room for a file of `size` bytes that will come piece by piece, for a step or as the public version of another.

    Raises NotAllowed (DOC-00) when the membership is not in force and NotReady (DOC-01 to DOC-06, DOC-12 to DOC-14,
    field = the kind) for what can be said of it beforehand.
    """
    if not holds(membership, clock.today()):
        raise NotAllowed(Problem("DOC-00", _("this membership is not in force; it cannot hand in documents"), kind.value))
    name = unicodedata.normalize("NFC", name)
    problems = list(name_problems(name, kind.value)) or list(_announced(subject, membership, name, size, kind.value))
    if problems:
        raise NotReady(problems)
    return Upload.objects.create(
        membership_id=membership.pk,
        subject_type=subject.procedure.key,
        subject_id=subject.pk,
        kind=kind.value,
        twin_of=twin_of,
        name=name,
        size=size,
        begun_at=clock.now(),
    )


def quotas(subject: Subject, membership: Membership, size: int, field: str) -> Iterator[Problem]:
    """Whether there is room for so many bytes more: DOC-13, DOC-14."""
    sent, held = bytes_of_member(membership, clock.now() - DAY), bytes_of_file(subject.procedure.key, subject.pk)
    return quota_problems(sent, held, size, field)


def _announced(subject: Subject, membership: Membership, name: str, size: int, field: str) -> Iterator[Problem]:
    """What is wrong with a file of which only name and size are known: that its beginning is right is taken for granted."""
    _media_type, beginning = ALLOWED[ending(name)]
    return chain(content_problems(name, beginning, size, field), quotas(subject, membership, size, field))


def receive(upload: Upload, offset: int, pieces: Iterable[bytes]) -> Upload:
    """Add bytes that begin at `offset`; when the file is whole it is checked, and is ready or refused from then on.

    What is acknowledged is on the disk. A piece whose sender breaks off leaves nothing behind. Raises NotNow (DOC-15)
    for an offset other than what was received, and once the file is whole; NotReady (DOC-06, DOC-16) for too much;
    StoreAway when a public version cannot be compared now, and then the last piece counts for nothing.
    """
    with transaction.atomic():
        held = Upload.objects.select_for_update().get(pk=upload.pk)
        if held.progress != Progress.COMING or held.received != offset:
            text = _("the upload stands at byte %(received)d; go on from there")
            raise NotNow(Problem("DOC-15", text % {"received": held.received}, held.kind))
        held.received += _append(held, pieces)
        if held.received == held.size:
            _judge(held)
        held.save()
    return held


def _append(upload: Upload, pieces: Iterable[bytes]) -> int:
    """Write what comes to the disk, at the place that was acknowledged last; returns how many bytes came."""
    upload.path.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    came = 0
    with os.fdopen(os.open(upload.path, os.O_WRONLY | os.O_CREAT, MODE), "wb") as file:
        file.seek(upload.received)
        for piece in pieces:
            came += len(piece)
            if came > LARGEST_PIECE:
                raise NotReady(Problem("DOC-16", _("send at most %(most)d bytes at once") % {"most": LARGEST_PIECE}, upload.kind))
            if upload.received + came > upload.size:
                text = _("more came than the %(size)d bytes that were announced; choose the file again")
                raise NotReady(Problem("DOC-06", text % {"size": upload.size}, upload.kind))
            file.write(piece)
        file.truncate()
        file.flush()
        os.fsync(file.fileno())
    if not upload.received:
        sync(upload.path.parent)
    return came


def _judge(upload: Upload) -> None:
    head, upload.sha256 = _read(upload)
    name, field = upload.name, upload.kind
    found = list(content_problems(name, head, upload.size, field))
    found = found or list(structure_problems(upload.path, name, ending(name), field))
    if upload.twin_of is None:
        found = found or examined(subject_of(upload), Kind(upload.kind), upload.path)
    else:
        found = found or list(leak_problems(upload.twin_of, upload.path, name, field))
    upload.problems = [{"code": one.code, "text": one.text} for one in found]
    upload.progress = Progress.REFUSED if found else Progress.READY
    if found:
        transaction.on_commit(lambda: upload.path.unlink(missing_ok=True))


def _read(upload: Upload) -> tuple[bytes, str]:
    with upload.path.open("rb") as file:
        head = file.read(LONGEST_SIGNATURE)
        file.seek(0)
        return head, hashlib.file_digest(file, "sha256").hexdigest()


def handed_over(
    upload: Upload, subject: Subject, kind: Kind, membership: Membership, twin_of: DocumentVersion | None = None
) -> Received:
    """A ready upload as a file that came in, marked as handed in; its passing name goes with the transaction.

    Raises NotNow (DOC-17) when it is not ready, was handed in before, or was sent by another or for something else.
    """
    held = Upload.objects.select_for_update().filter(pk=upload.pk).first()
    original = twin_of.pk if twin_of else None
    meant = (membership.pk, subject.procedure.key, subject.pk, kind.value, original, Progress.READY.value)
    if held is None or _meant(held) != meant or not held.path.exists():
        raise NotNow(no_upload(kind.value))
    held.progress = Progress.HANDED_IN
    held.save(update_fields=["progress"])
    transaction.on_commit(lambda: held.path.unlink(missing_ok=True))
    with held.path.open("rb") as file:
        return Received(held.path, file.read(LONGEST_SIGNATURE), held.size, held.sha256)


def no_upload(field: str) -> Problem:
    """That an upload cannot be handed in."""
    return Problem("DOC-17", _("this upload is not finished or is no longer kept; choose the file again"), field)


def _meant(upload: Upload) -> tuple[int, str, int, str, int | None, str]:
    return (
        upload.membership_id, upload.subject_type, upload.subject_id, upload.kind, upload.twin_of_id, upload.progress,
    )  # fmt: skip


def forget_uploads() -> int:
    """Remove what came in and was not handed in within a day, with its file; returns how many rows went."""
    before = clock.now() - KEPT_FOR
    old = list(Upload.objects.filter(begun_at__lt=before))
    Upload.objects.filter(pk__in=[one.pk for one in old]).delete()
    for one in old:
        one.path.unlink(missing_ok=True)
    return len(old)


def give_up(upload: Upload) -> None:
    """Forget an upload that its sender no longer wants. What was handed in stays."""
    Upload.objects.filter(pk=upload.pk).exclude(progress=Progress.HANDED_IN).delete()
    upload.path.unlink(missing_ok=True)
