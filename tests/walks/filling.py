"""What a step is given on a walk: what the journeys know, and variations of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import MultipleObjectsReturned, ObjectDoesNotExist
from django.db import IntegrityError

from apps.accounts.models import Membership
from apps.accounts.roles import Side
from apps.core.clock import Rehearsal
from apps.core.errors import Refusal
from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion
from apps.documents.services import add_version
from apps.issuance.inputs import Amounts, Parts, TonnesByYear
from apps.projects.kinds import GOVERNMENT
from apps.registry.models import Account
from apps.workflow.inputs import Day, Input, Tonnes
from apps.workflow.models import Subject
from apps.workflow.table import Step
from tests.journeys.walker import Need, Scene
from tests.people import Cast
from tests.walks.commits import committed

if TYPE_CHECKING:
    from hypothesis import strategies as st

    from tests.walks.base import Walker

MOST = 12_000
# The journeys expect the world that they made themselves.
UNFIT = (
    Refusal, ObjectDoesNotExist, MultipleObjectsReturned, IntegrityError, ValueError, AttributeError, AssertionError,
    StopIteration,
)  # fmt: skip


def prepared(people: Cast, time: Rehearsal, file: Subject, need: Need, *, first: bool) -> dict[str, Any] | None:
    """The inputs of a step, after what must happen first; None where either does not fit this file, and nothing has happened."""
    if not callable(need.inputs) and not (first and need.before):
        return dict(need.inputs)
    scene = Scene(people, time, file.edition, file)

    def work() -> dict[str, Any]:
        if first and need.before:
            need.before(scene)
            scene.file = scene.file.reload()
        return need.filled(scene)

    try:
        return committed(work)
    except UNFIT:
        return None


def varied(walk: Walker, data: st.DataObject, file: Subject, row: Step, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The same inputs with other amounts and days now and then, and with parts for accounts."""
    found = dict(inputs)
    for one in file.procedure.inputs_of(row):
        if isinstance(one, Tonnes) and one.name in found and walk.chance(data, 3):
            found[one.name] = walk.pick(data, range(MOST))
        if isinstance(one, Day) and one.name in found and walk.chance(data, 6):
            found |= shifted([one], found, walk.pick(data, [1, -1, 30, -200]))
        if isinstance(one, Parts) and walk.chance(data, 2):
            found[one.name] = parts(walk, data, file, row)
        if isinstance(one, TonnesByYear) and walk.chance(data, 2 if runs_through_years(file) else 4):
            found[one.name] = by_year(walk, data, file, found.get("verified_tonnes", MOST))
        if isinstance(one, Amounts) and walk.chance(data, 2):
            found = {name: value for name, value in found.items() if not name.endswith("_tonnes")}
            found[one.name] = amounts(walk, data, file)
    return found


def runs_through_years(file: Any) -> bool:
    """Whether a round has several vintages."""
    return len(file.years) > 1


def by_year(walk: Walker, data: st.DataObject, file: Any, total: int) -> dict[int, int]:
    """Tonnes of a round by its calendar years, which add up to the total, or almost."""
    first, *others = file.years
    later = {year: walk.pick(data, [0, total // (len(others) + 2)]) for year in others}
    if walk.chance(data, 8):
        later[first - 1] = 0
    return {first: total - sum(later.values()) + walk.pick(data, [0, 0, 0, 0, 1]), **later}


def amounts(walk: Walker, data: st.DataObject, file: Any) -> list[dict[str, Any]]:
    """Lines of a decision: what was verified of each year (or in all) for both sides, their Governments and participants."""
    verified = list(file.verified_amounts.values_list("year", "tonnes")) or [(None, file.verified_tonnes or 0)]
    holders = {side: [GOVERNMENT, GOVERNMENT] for side in Side}
    for one in file.project.participants.select_related("organisation").order_by("id"):
        holders[one.side].append(one.organisation.name)
    lines = []
    for year, most in verified:
        host = walk.pick(data, [most // 5, 0, most])
        tonnes = {Side.HOST: host, Side.JAPAN: most - host + walk.pick(data, [0, 0, 0, 0, 1])}
        for side, share in tonnes.items():
            first = walk.pick(data, sorted({share, share // 3}))
            named = {walk.pick(data, holders[side]): first, GOVERNMENT: share - first} if first < share else {GOVERNMENT: share}
            lines += [{"year": year, "side": side.value, "holder": name, "tonnes": part} for name, part in named.items()]
    return lines


def shifted(declared: Iterable[Input], inputs: Mapping[str, Any], days: int) -> dict[str, Any]:
    """The same inputs with every date so many days later."""
    found = dict(inputs)
    for one in declared:
        if isinstance(one, Day) and one.name in found:
            day = found[one.name]
            found[one.name] = (day if isinstance(day, date) else date.fromisoformat(day)) + timedelta(days=days)
    return found


def parts(walk: Walker, data: st.DataObject, file: Any, row: Step) -> list[tuple[int, int]]:
    """The decided tonnes of a side in one or two accounts, not always its own and not always the whole."""
    accounts = list(Account.objects.exclude(kind="source").order_by("id").values_list("id", "side")) or [(0, "")]
    own = [pk for pk, side in accounts if side in row.sides]
    pool = own if own and not walk.chance(data, 4) else [pk for pk, _side in accounts]
    whole = (file.side_of(row).tonnes or 0) + walk.pick(data, [0, 0, 0, 1, -1])
    first = walk.pick(data, sorted({0, 1, max(0, whole) // 3, max(0, whole)}))
    return [(walk.pick(data, pool), first), (walk.pick(data, pool), max(0, whole - first))]


def paper(file: Subject, kind: Kind, by: Membership, number: int) -> DocumentVersion:
    """Hand in a document that differs from all others."""
    is_sheet = kind is Kind.METHODOLOGY_SPREADSHEET
    content = b"PK\x03\x04 %d" % number if is_sheet else b"%%PDF-1.7\n%d\n" % number
    name = f"{kind.value}.xlsx" if is_sheet else f"{kind.value}.pdf"
    return add_version(subject=file, kind=kind, name=name, content=content, membership=by)
