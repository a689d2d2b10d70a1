"""Finding documents."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from apps.accounts.models import Membership
from apps.accounts.roles import Role
from apps.documents.kinds import Kind, Outcome, Progress
from apps.documents.models import DocumentVersion, Expert, Scan, Stocktake, Upload, Verdict


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


def with_house(versions: QuerySet[DocumentVersion]) -> QuerySet[DocumentVersion]:
    """The same versions, each with `house` and `role`: by whom it was handed in; in the same query."""
    by = Membership.objects.filter(pk=OuterRef("membership_id"))
    house = Coalesce(Subquery(by.values("organisation")), Value(0), output_field=BigIntegerField())
    return versions.annotate(house_told=house, role_told=Coalesce(Subquery(by.values("role")), Value("")))


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
    return Exists(
        Verdict.objects.filter(**series, version__twin_of=None, version__number__gte=OuterRef("number"), outcome=Outcome.INFECTED)
    )


def twins_of(versions: Iterable[DocumentVersion]) -> dict[int, DocumentVersion]:
    """The newest public twin of each confidential version that has one and that was not found infected; one query, or none."""
    keys = [one.pk for one in versions if one.confidential]
    if not keys:
        return {}
    infected = Verdict.objects.filter(version=OuterRef("pk"), outcome=Outcome.INFECTED)
    twins = (
        DocumentVersion.everything.filter(~Exists(infected), twin_of__in=keys)
        .order_by("twin_of_id", "-pk")
        .distinct("twin_of_id")
    )
    return {one.twin_of_id: one for one in twins if one.twin_of_id is not None}


def readings_of(version: DocumentVersion) -> list[tuple[datetime, Membership]]:
    """Who was handed a confidential document, and when, the latest first; two queries."""
    found = list(version.readings.all())
    readers = Membership.objects.select_related("user", "organisation").in_bulk({one.membership_id for one in found})
    return [(one.read_at, readers[one.membership_id]) for one in found]


def waiting_scans() -> QuerySet[Scan]:
    """What waits for the scanner."""
    return Scan.objects.filter(done_at=None)


def is_of_own_house(version: DocumentVersion, reader: Membership) -> bool:
    """Whether a document was handed in for the organisation that a reader acts for; no query for one read `with_house`."""
    if version.house is not None:
        return version.house == reader.organisation_id
    return Membership.objects.filter(pk=version.membership_id, organisation=reader.organisation_id).exists()


def kinds_open_to(role: Role | None, kinds: Iterable[Kind], current: Iterable[DocumentVersion]) -> set[Kind]:
    """Of some kinds those of which somebody of a role may hand in the next version: theirs, and what nobody has handed in."""
    current = list(current)
    there, own = {version.kind for version in current}, kinds_handed_in_by(role, current) if role else set()
    return {kind for kind in kinds if kind.value in own or kind.value not in there}


def kinds_handed_in_by(role: Role, versions: Iterable[DocumentVersion]) -> set[str]:
    """The kinds among these versions that were handed in by somebody of this role."""
    versions = list(versions)
    if all(version.role is not None for version in versions):
        return {version.kind for version in versions if version.role == role}
    uploaders = Membership.objects.filter(role=role.value, pk__in={version.membership_id for version in versions})
    keys = set(uploaders.values_list("pk", flat=True))
    return {version.kind for version in versions if version.membership_id in keys}


def upload_of(token: UUID | str, sender: Membership | None) -> Upload | None:
    """An upload that somebody began in the capacity they act in now."""
    return Upload.objects.filter(token=token, membership_id=sender.pk).first() if sender else None


def ready_uploads(tokens: Iterable[UUID], sender: Membership | None, subject_type: str, subject_id: int) -> dict[UUID, Upload]:
    """Of these uploads those that can be handed in to a file by whoever sent them."""
    tokens = list(tokens)
    if not tokens or sender is None:
        return {}
    own = Upload.objects.filter(token__in=tokens, membership_id=sender.pk, progress=Progress.READY, twin_of=None)
    return {one.token: one for one in own.filter(subject_type=subject_type, subject_id=subject_id)}


def ready_twin(token: UUID, sender: Membership, original: DocumentVersion) -> Upload | None:
    """The upload of a public version that can be handed in by whoever sent it; None for any other."""
    ready = Upload.objects.filter(membership_id=sender.pk, progress=Progress.READY, twin_of=original)
    return ready.filter(token=token).first()


def bytes_of_member(membership: Membership, since: datetime) -> int:
    """How much was handed in, or is on its way in, in one capacity since a moment."""
    handed_in = DocumentVersion.everything.filter(membership_id=membership.pk, uploaded_at__gte=since)
    coming = Upload.objects.filter(membership_id=membership.pk, begun_at__gte=since).exclude(progress=Progress.HANDED_IN)
    return _bytes(handed_in) + _bytes(coming)


def bytes_of_file(subject_type: str, subject_id: int) -> int:
    """How much the documents of a file take, all versions together."""
    return _bytes(DocumentVersion.everything.filter(subject_type=subject_type, subject_id=subject_id))


def _bytes(rows: QuerySet[DocumentVersion] | QuerySet[Upload]) -> int:
    return rows.aggregate(total=Sum("size"))["total"] or 0


def hashes_to_look_at(before: datetime) -> QuerySet[DocumentVersion, str]:
    """The hashes of everything kept that was not hashed again since a moment."""
    since = Stocktake.objects.filter(sha256=OuterRef("sha256"), looked_at__gte=before)
    kept = DocumentVersion.everything.select_related(None).order_by("sha256")
    return kept.filter(~Exists(since)).values_list("sha256", flat=True).distinct()


def experts_of(subject_type: str, subject_id: int) -> QuerySet[Expert]:
    """Everybody who was ever named as expert for a file, the latest first, with what became of it; one query."""
    found = Expert.objects.select_related("membership__user", "membership__organisation", "withdrawal")
    return found.filter(subject_type=subject_type, subject_id=subject_id)


def experts_in_force(subject_type: str, subject_id: int, on: date) -> QuerySet[Expert]:
    """Those of them who may read its confidential documents on a day."""
    starts, ends = Q(membership__starts_on__lte=on), Q(membership__ends_on=None) | Q(membership__ends_on__gte=on)
    return experts_of(subject_type, subject_id).filter(starts, ends, withdrawal=None, membership__user__is_active=True)


def naming_of(membership: Membership, on: date) -> Expert | None:
    """For which file somebody acts as named expert on a day; None where the naming was withdrawn or has ended."""
    found = Expert.objects.select_related("membership").filter(membership=membership, withdrawal=None).first()
    ends_on = found.membership.ends_on if found else None
    return found if ends_on is not None and ends_on >= on else None
