"""What the public pages say of one partner country: the file that `manage.py replay` rehearses.

Null means "not read", never "none". Records of one methodology version are merged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from apps.rehearsal.reading import Place, Unreadable, read_json

_REFERENCE = re.compile(r"^[A-Z]{2}_[AP]M\d{3}$")
_PROJECT = re.compile(r"^[A-Z]{2}\d{3}$")
FORMS = ("meeting", "electronic", None)
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ItemRecord:
    """One item of a decision, in its order."""

    kind: str
    ref: str
    title: str
    methodology: str | None
    version: Pair | None
    monitoring_start: date | None
    monitoring_end: date | None
    # How many files of this kind the item is about, where it names none of them.
    count: int = 1
    note: str = ""


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """A decision of the Joint Committee with its items."""

    date: date
    form: str | None
    meeting_no: int | None
    place: str | None
    items: tuple[ItemRecord, ...]


@dataclass(frozen=True, slots=True)
class MethodologyRecord:
    """A version of a methodology."""

    reference: str
    version: Pair | None
    proposed: tuple[str, ...]
    title: str | None
    proponent: str | None
    sectoral_scope: int | None
    inputs_start: date | None
    inputs_end: date | None
    approval_date: date | None

    @property
    def key(self) -> tuple[str, Pair]:
        return self.reference, self.version or (1, 0)

    @property
    def name(self) -> str:
        major, minor = self.version or (1, 0)
        return f"{self.reference} {major}.{minor}"

    def merged_with(self, other: MethodologyRecord) -> MethodologyRecord:
        """The same version as two records tell it: what one of them does not say comes from the other."""
        missing = {name: getattr(other, name) for name in self.__slots__ if not getattr(self, name)}
        return replace(self, **missing)


@dataclass(frozen=True, slots=True)
class EntityRecord:
    """A line of the list of third-party entities."""

    number: str | None
    name: str
    validation: tuple[int, ...] | None
    verification: tuple[int, ...] | None
    designated: date | None
    status: str | None


@dataclass(frozen=True, slots=True)
class ProjectRecord:
    """A line of the list of projects."""

    id: str
    title: str
    status: str
    registration_date: date | None
    methodologies: tuple[tuple[str, Pair], ...]
    host_participants: tuple[str, ...]
    japan_participants: tuple[str, ...]
    validating_tpe: str | None
    validation_report_date: date | None
    verifying_tpe: str | None
    inputs_start: date | None
    crediting_start: date | None
    crediting_end: date | None


@dataclass(frozen=True, slots=True)
class IssuanceRecord:
    """A line of the register of issuances; amounts in whole tonnes."""

    projects: tuple[str, ...]
    monitoring_start: date | None
    monitoring_end: date | None
    decision_date: date | None
    total: int | None
    host: int | None
    japan: int | None
    issued_host: int | None
    issued_japan: int | None
    host_issued_on: date | None
    japan_issued_on: date | None

    @property
    def ref(self) -> str:
        return " ".join(self.projects) or "(project not read)"


@dataclass(frozen=True, slots=True)
class Record:
    """One partner country's record."""

    partner: str
    partner_name: str
    decisions: tuple[DecisionRecord, ...]
    methodologies: tuple[MethodologyRecord, ...]
    entities: tuple[EntityRecord, ...]
    projects: tuple[ProjectRecord, ...]
    issuances: tuple[IssuanceRecord, ...]

    def monitored_from(self, project: str) -> list[date]:
        """The first days of the monitoring periods that were read of a project."""
        return [one.monitoring_start for one in self.issuances if project in one.projects and one.monitoring_start]


def read_record(path: Path) -> Record:
    """Read and check a record file.

    Raises Unreadable: not JSON, a list missing, a field not understood, an end before its start, or
    a total that its parts do not add up to.
    """
    top = read_json(path)
    partner = top.object("partner")
    code = partner.needed("code")
    if not re.fullmatch("[A-Z]{2}", code):
        raise partner.fail("code", f"{code!r} is not a country code of two letters")
    return Record(
        partner=code,
        partner_name=partner.needed("name"),
        decisions=tuple(map(_decision, top.objects("decisions"))),
        methodologies=tuple(_merged(map(_methodology, top.objects("methodologies")))),
        entities=tuple(map(_entity, top.objects("tpes"))),
        projects=tuple(_distinct(top.objects("projects"))),
        issuances=tuple(map(_issuance, top.objects("issuances"))),
    )


def _decision(place: Place) -> DecisionRecord:
    held_on = place.day("date")
    if held_on is None:
        raise place.fail("date", "is missing")
    form = place.text("form")
    if form not in FORMS:
        raise place.fail("form", f"{form!r} is neither meeting nor electronic nor null")
    items = tuple(map(_item, place.objects("items")))
    return DecisionRecord(held_on, form, place.whole("meeting_no"), place.text("place"), items)


def _item(place: Place) -> ItemRecord:
    start, end = place.period("monitoring_start", "monitoring_end")
    version = place.version("version") if place.fields.get("methodology") else None
    names = ("project", "methodology", "entity", "project_idea", "document")
    ref = next((value for name in names if (value := place.text(name))), "")
    title = place.text("title") or place.text("note") or ref
    count = place.whole("count")
    return ItemRecord(
        place.needed("kind"), ref, title, place.text("methodology"), version, start, end,
        count=1 if count is None else count, note=place.text("note") or "",
    )  # fmt: skip


def _methodology(place: Place) -> MethodologyRecord:
    reference = place.needed("methodology")
    if not _REFERENCE.match(reference):
        raise place.fail("methodology", f"{reference!r} is not a number such as XX_AM001")
    start, end = place.period("public_inputs_start", "public_inputs_end")
    return MethodologyRecord(
        reference=reference,
        version=place.version("version"),
        proposed=tuple((place.text("proposed_no") or "").split()),
        title=place.text("title"),
        proponent=place.text("proponent"),
        sectoral_scope=place.whole("sectoral_scope"),
        inputs_start=start,
        inputs_end=end,
        approval_date=place.day("approval_date"),
    )


def _merged(records: Iterator[MethodologyRecord]) -> Iterator[MethodologyRecord]:
    found: dict[tuple[str, Pair], MethodologyRecord] = {}
    for record in records:
        found[record.key] = found[record.key].merged_with(record) if record.key in found else record
    yield from found.values()


def _entity(place: Place) -> EntityRecord:
    return EntityRecord(
        number=place.text("number"),
        name=place.needed("name"),
        validation=place.numbers("scopes_validation"),
        verification=place.numbers("scopes_verification"),
        designated=place.day("designated"),
        status=place.text("status"),
    )


def _distinct(places: list[Place]) -> Iterator[ProjectRecord]:
    seen: set[str] = set()
    for place in places:
        project = _project(place)
        if project.id in seen:
            raise place.fail("id", f"{project.id} stands twice")
        seen.add(project.id)
        yield project


def _project(place: Place) -> ProjectRecord:
    number = place.needed("id")
    if not _PROJECT.match(number):
        raise place.fail("id", f"{number!r} is not a number such as XX001")
    inputs_start, _end = place.period("pdd_public_inputs_start", "pdd_public_inputs_end")
    crediting_start, crediting_end = place.period("crediting_period_start", "crediting_period_end")
    return ProjectRecord(
        id=number,
        title=place.needed("title"),
        status=place.needed("status"),
        registration_date=place.day("registration_date"),
        methodologies=tuple(map(_applied, place.objects("methodologies"))),
        host_participants=_parties(place.text("host_participants")),
        japan_participants=_parties(place.text("japan_participants")),
        validating_tpe=place.text("validating_tpe"),
        validation_report_date=place.day("validation_report_date"),
        verifying_tpe=place.text("verifying_tpe"),
        inputs_start=inputs_start,
        crediting_start=crediting_start,
        crediting_end=crediting_end,
    )


def _applied(place: Place) -> tuple[str, Pair]:
    return place.needed("methodology"), place.version("version") or (1, 0)


def _parties(names: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in (names or "").split(";") if name.strip()))


def _issuance(place: Place) -> IssuanceRecord:
    start, end = place.period("monitoring_start", "monitoring_end")
    record = IssuanceRecord(
        projects=place.texts("projects") or (),
        monitoring_start=start,
        monitoring_end=end,
        decision_date=place.day("decision_date"),
        total=place.whole("total"),
        host=place.whole("amount_host"),
        japan=place.whole("amount_japan"),
        issued_host=place.whole("issued_host"),
        issued_japan=place.whole("issued_japan"),
        host_issued_on=place.day("issuance_date_host"),
        japan_issued_on=place.day("issuance_date_japan"),
    )
    _adds_up(place, "total", ("amount_host", "amount_japan"))
    _adds_up(place, "amount_host", ("host_government", "host_participants"))
    _adds_up(place, "amount_japan", ("japan_government", "japan_participants"))
    return record


def _adds_up(place: Place, whole: str, parts: tuple[str, str]) -> None:
    total, amounts = place.whole(whole), [place.whole(part) for part in parts]
    if total is None or any(amount is None for amount in amounts):
        return
    together = sum(amount for amount in amounts if amount is not None)
    if together != total:
        raise place.fail(whole, f"{total} is not the sum of {' and '.join(parts)}, {together}")


__all__ = ["Record", "Unreadable", "read_record"]
