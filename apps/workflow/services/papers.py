"""Handing in a document of a file: the store keeps the bytes, the catalogue names the form."""

from __future__ import annotations

from datetime import date

from apps.accounts.models import Membership
from apps.core import clock
from apps.core.errors import NotReady
from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion
from apps.documents.services import Content, add_version
from apps.workflow import registry
from apps.workflow.checks import filed_form, filing_problems
from apps.workflow.models import Subject
from apps.workflow.services.transaction import one_transaction


def hand_in(
    *,
    subject: Subject,
    kind: Kind,
    name: str,
    content: Content,
    membership: Membership,
    confidential: bool = False,
    form_version: str = "",
    completed_on: date | None = None,
) -> DocumentVersion:
    """Keep a document as the next version of its kind on a file, with the official form that it is written on.

    The form's code is the catalogue's; version and day of completion are kept as stated. Who states none
    gets none: the catalogue is never taken for what somebody said, since records that are replayed state
    no versions. Whoever has asked to be told of new papers is told in the same transaction. Raises as
    `add_version` does, and NotReady (FRM-01 to FRM-03). Source: rules 4, awkward case 42.
    """
    today = clock.today()
    form = filed_form(subject, kind, today, form_version, completed_on)
    if problems := tuple(filing_problems(subject, kind, form, today)):
        raise NotReady(problems)
    with one_transaction():
        version = add_version(
            subject=subject, kind=kind, name=name, content=content, membership=membership, confidential=confidential, form=form
        )
        registry.tell_of_paper(version)
    return version
