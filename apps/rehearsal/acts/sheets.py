"""Declarations of methodologies, and monitoring sheets that are filled in as a participant's spreadsheet program does."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any, cast

from openpyxl import load_workbook
from openpyxl.writer.excel import save_workbook

from apps.accounts.models import Membership
from apps.accounts.roles import Role, Side
from apps.documents.kinds import Kind
from apps.issuance.models import Round
from apps.issuance.selectors import added_up, readings_of, sheets_of, templates_of
from apps.methodologies.models import MethodologyVersion
from apps.monitoring.layout import Kind as CellKind
from apps.monitoring.layout import laid_out
from apps.monitoring.models import MethodDeclaration
from apps.monitoring.services import write_sheets
from apps.monitoring.template import Key, Template
from apps.rehearsal.acts.stage import Stage
from apps.workflow.services import hand_in, open_file


def propose(stage: Stage, version: MethodologyVersion, declared: Any, *, by: Side = Side.JAPAN) -> MethodDeclaration:
    """One side's secretariat proposes what an approved version declares."""
    stage.tick()
    opened = open_file(
        MethodDeclaration,
        "propose",
        actor=stage.players.one(Role.SECRETARIAT, by),
        edition=stage.edition_of(MethodDeclaration),
        title=f"Parameters and formulas of {version}",
        methodology_version=version.pk,
        declared=declared,
        grounds="As in the sections on calculation of the approved text.",
    )
    return cast("MethodDeclaration", opened).reload()


def agree(stage: Stage, declaration: MethodDeclaration, *, by: Side = Side.HOST) -> MethodDeclaration:
    """The other side's secretariat agrees."""
    return stage.act(declaration, "agree", stage.players.one(Role.SECRETARIAT, by))


def hand_in_sheets(stage: Stage, one: Round, value: Callable[[Key, Template], float]) -> None:
    """The focal point fills in and hands in the sheet of each methodology; `value` says what was monitored."""
    actor = stage.players.of(one.project.focal_point, Role.PARTICIPANT)
    membership = Membership.objects.get(pk=actor.membership_id or 0)
    for template in templates_of(one):
        stage.tick()
        content = _filled(template, value)
        hand_in(subject=one, kind=Kind.MONITORING_SHEET, name="monitoring-sheet.xlsx", content=content, membership=membership)


def _filled(template: Template, value: Callable[[Key, Template], float]) -> bytes:
    book = load_workbook(BytesIO(write_sheets(template=template)))
    for sheet in laid_out(template):
        for (row, column), cell in sheet.of_kind(CellKind.ENTRY):
            if cell.key:
                book[sheet.name].cell(row, column, value(cell.key, template))
    buffer = BytesIO()
    save_workbook(book, buffer)
    return buffer.getvalue()


def calculated(one: Round) -> dict[int, int]:
    """The tonnes of each calendar year that come of the sheets of a round; nothing where it has none."""
    return {year.year: year.tonnes for year in added_up(readings_of(sheets_of(one)))}
