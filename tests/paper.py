"""Papers of the tests: the smallest files that the store accepts."""

from __future__ import annotations

from datetime import date

from apps.accounts.models import Membership
from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion
from apps.workflow.models import Subject
from apps.workflow.services import hand_in

PDF = b"%PDF-1.7\nA paper.\n%%EOF\n"
XLSX = b"PK\x03\x04 a spreadsheet"


def upload(
    subject: Subject,
    membership: Membership,
    *kinds: Kind,
    confidential: bool = False,
    form_version: str = "",
    completed_on: date | None = None,
) -> list[DocumentVersion]:
    """Hand in the next version of each kind; a spreadsheet for the spreadsheet form, else a PDF."""
    return [
        hand_in(
            subject=subject,
            kind=kind,
            name=f"{kind.value}.xlsx" if kind is Kind.METHODOLOGY_SPREADSHEET else f"{kind.value}.pdf",
            content=XLSX if kind is Kind.METHODOLOGY_SPREADSHEET else PDF,
            membership=membership,
            confidential=confidential,
            form_version=form_version,
            completed_on=completed_on,
        )
        for kind in kinds
    ]
