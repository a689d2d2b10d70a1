"""What a step on a round writes besides the round itself; and how a round is opened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import cast
from uuid import uuid5

from django.utils.translation import gettext as _

from apps.completeness.services import outcomes_kept  # noqa: F401 # reason: named in the table
from apps.core import clock
from apps.core.errors import NotReady, Problem
from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion
from apps.documents.services import Filed, at_hand
from apps.findings.kinds import Examination, FindingKind
from apps.findings.selectors import open_about
from apps.findings.services import lapse, take_up
from apps.issuance.inputs import verified_years
from apps.issuance.kinds import Amount, HolderKind
from apps.issuance.models import DecidedAmount, Round, SheetReading, SideOfRound, VerifiedAmount
from apps.issuance.procedure import PROCEDURE
from apps.issuance.selectors import (
    added_up,
    amounts_due,
    forwards_for,
    holder_accounts,
    is_first_verification,
    names_of_participants,
    parts_by_vintage,
    readings_of,
    sheets_of,
    sums_by_account,
    templates_of,
    waived_site_visit,
)
from apps.monitoring.services import Outcome, read_any, recalculate
from apps.projects.models import MonitoringBasis, Project
from apps.projects.services import number_within
from apps.registry.kinds import Part
from apps.registry.services import Origin, account_of_government, issue
from apps.sustainability.services import file_report
from apps.workflow.actors import Actor
from apps.workflow.fsm import Act
from apps.workflow.selectors import edition_for
from apps.workflow.services import open_file


def open_round(*, project: Project, actor: Actor, starts_on: date, ends_on: date, idempotency_key: str | None = None) -> Round:
    """Open a monitoring period of a project under the edition in force today; both days belong to it.

    Raises NotAllowed or NotReady (ISS-01 to ISS-05). Source: rules 2.11.
    """
    edition = edition_for(Round.procedure, clock.today())
    opened = open_file(
        Round,
        "open_round",
        actor=actor,
        edition=edition.key,
        title=project.title,
        idempotency_key=idempotency_key,
        fields={"project_id": project.pk},
        project=project.pk,
        period_starts_on=starts_on,
        period_ends_on=ends_on,
    )
    return cast("Round", opened)


def round_numbered(subject: Round, act: Act) -> None:
    """Give the round the next number of its project."""
    subject.number, subject.reference = number_within(subject.project, "R", subject=subject, act=act)


def forwards_taken_up(subject: Round, act: Act) -> None:
    """Let the verifier answer the forward action requests that were carried to this verification. Source: rules 2.7, 4.12."""
    found = forwards_for(subject)
    take_up(found, at=subject)
    act.data["taken_up"] = [one.reference for one in found]


def results_filed(subject: Round, act: Act) -> None:
    """File the next version of the round's sustainable development report, where one is given. Source: rules 2.11, 4.4."""
    file_report(project_id=subject.project_id, round_id=subject.pk, act=act)


def findings_lapsed(subject: Round, act: Act) -> None:  # reason: every effect takes an act
    """End the requests of a round that is given up; forward ones wait for the next verification."""
    lapse(open_about(subject).exclude(kind=FindingKind.FAR))


def calculation_noted(subject: Round, act: Act) -> None:
    """Name in the record the sheets that the act stands on, and what was calculated of them. Source: rules 4.12."""
    readings = readings_of(sheets_of(subject))
    if readings:
        act.data["sheets"] = [one.document.sha256 for one in readings]
        act.data["calculated"] = {str(year.year): year.tonnes for year in added_up(readings)}


def sheet_problems(subject: Filed, path: Path) -> Sequence[Problem]:
    """What is wrong with a monitoring sheet that comes in for a round, each with its sheet and cell: ISS-39, MON-02 to MON-32."""
    try:
        _read(subject.procedure.key, subject.pk, path)
    except NotReady as refusal:
        return refusal.problems
    return ()


def keep_reading(version: DocumentVersion) -> None:
    """Keep what was read of a monitoring sheet, with the document. Raises NotReady as `sheet_problems` tells."""
    if version.kind != Kind.MONITORING_SHEET:
        return
    with at_hand(version.sha256) as path:
        round_, basis, outcome = _read(version.subject_type, version.subject_id, path)
    SheetReading.objects.create(
        round=round_,
        document=version,
        basis=basis,
        first_on=round_.period_starts_on,
        last_on=round_.period_ends_on,
        readings=[[*key, str(value)] for key, value in outcome.judgement.readings.items()],
        calculated=[_texts(year.year, year.reference, year.project, year.reduction, year.tonnes) for year in outcome.years],
        differing=[_texts(one.year, one.symbol, one.stated, one.calculated, one.cell) for one in outcome.differences],
        remarkable=[warning.field for warning in outcome.judgement.warnings],
        read_at=version.uploaded_at,
    )


def _texts(*values: object) -> list[str]:
    return [str(one) for one in values]


def _read(procedure: str, pk: int, path: Path) -> tuple[Round, MonitoringBasis, Outcome]:
    """The round that a sheet is for, the basis on which it stands, and what comes of it; what differs is told by the steps.

    Raises NotReady with what is wrong with it.
    """
    field = Kind.MONITORING_SHEET.value
    one = Round.objects.select_related("project").get(pk=pk) if procedure == PROCEDURE.key else None
    if one is None or not one.bases:
        text = _("no values were fixed at validation for a methodology of this project; leave the sheet out")
        raise NotReady(Problem("ISS-39", text, field))
    templates = templates_of(one)
    number, judgement = read_any(path=path, templates=templates)
    outcome = recalculate(template=templates[number], judgement=judgement)
    if not outcome.years:
        raise NotReady(tuple(replace(problem, field=field) for problem in outcome.problems))
    return one, one.bases[number], outcome


def waiver_noted(subject: Round, act: Act) -> None:
    """Name in the record the special measure by which a first verification went without a site visit. Source: rules 2.20."""
    if act.inputs["examination"] == Examination.OTHER and is_first_verification(subject):
        act.data["special_measure"] = waived_site_visit(act.effective_on)


def verified_years_kept(subject: Round, act: Act) -> None:
    """Keep the verified tonnes of each calendar year; those of a period within one year follow from the total.

    Source: rules 4.12, 5.7.
    """
    years = verified_years(act.inputs, subject.years)
    if years:
        rows = [VerifiedAmount(round=subject, year=year, tonnes=years.get(year, 0), act_id=act.id) for year in subject.years]
        VerifiedAmount.objects.bulk_create(rows)


def decided_amounts_kept(subject: Round, act: Act) -> None:
    """Keep the amounts as the committee decided them: its lines, else one for each side. Source: rules 5.11, awkward case 14."""
    DecidedAmount.objects.bulk_create(_decided(subject, act))


def _decided(subject: Round, act: Act) -> Iterator[DecidedAmount]:
    lines: list[Amount] = act.inputs.get("amounts", [])
    known = names_of_participants(subject.project) if lines else {}
    for one in lines:
        holder = None if one.is_of_government else known[one.side].matching(one.holder).pop()
        kind = HolderKind.PARTICIPANT if holder else HolderKind.GOVERNMENT
        yield DecidedAmount(
            round=subject, year=one.year, side=one.side, kind=kind, holder_id=holder, tonnes=one.tonnes, act_id=act.id
        )
    for own in () if lines else subject.sides:
        yield DecidedAmount(round=subject, side=own.side, kind=HolderKind.SIDE, tonnes=own.tonnes or 0, act_id=act.id)


def credits_booked(subject: Round, act: Act) -> None:
    """Issue one side's credits into the books, a block for each vintage that the decision named.

    To the holders that it named; else to the accounts given, or all to the side's Government. The act's id
    names the issuance, so that nothing is booked twice. Source: rules 2.14, 4.13, 5.7.
    """
    own = subject.side_of(act.step)
    vintages = _parts(subject, own, act)
    origin = Origin(subject.project_id, subject.pk, own.side, subject.period_starts_on, subject.period_ends_on)
    blocks = [
        issue(
            id=uuid5(act.id, str(vintage)) if vintage else act.id,
            origin=replace(origin, vintage=vintage),
            issued_on=act.effective_on,
            parts=parts,
            act=act,
        )
        for vintage, parts in vintages.items()
    ]
    act.data.update(serials=[blocks[0].first_serial, blocks[-1].last_serial])
    act.data.update(parts=[list(part) for part in sums_by_account(vintages).items()])
    if None not in vintages:
        act.data.update(vintages=[[block.vintage, block.first_serial, block.last_serial] for block in blocks])


def _parts(subject: Round, own: SideOfRound, act: Act) -> dict[int | None, list[Part]]:
    """Who receives how much of each vintage; of the whole period where the decision named no year."""
    decided = amounts_due(subject, own.side)
    if any(one.names_a_holder for one in decided):
        if any(one.kind == HolderKind.GOVERNMENT for one in decided):
            account_of_government(own.side)
        return parts_by_vintage(decided, holder_accounts(own.side, decided))
    return {None: act.inputs.get("parts") or [(account_of_government(own.side).pk, own.tonnes or 0)]}
