"""Which rows beside the files somebody may read: acts, time limits, documents, books."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.accounts.models import Membership
from apps.administration.selectors.files import files_known_to, held_today, known_subjects
from apps.committee.models import Position
from apps.committee.selectors import conflicts_of
from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion
from apps.documents.policies import READERS
from apps.events.models import Event
from apps.findings.models import Finding
from apps.registry.models import Account, Transfer
from apps.workflow import registry
from apps.workflow.table import Procedure

# --- The log --------------------------------------------------------------------------------------


def events_known_to(membership: Membership | None) -> QuerySet[Event]:
    """The acts on files that somebody may know of today; those files' own pages tell them too."""
    return Event.objects.filter(known_subjects(membership))


# --- Documents ------------------------------------------------------------------------------------


def documents_known_to(membership: Membership | None) -> QuerySet[DocumentVersion]:
    """The document versions that an official may know of, public ones and those that no barrier closes to them.

    The list form of what the page of one document asks; `register_barrier` names the barriers. Source: rules 3.8.
    """
    if membership is None or not held_today(membership):
        return DocumentVersion.everything.none()
    found = Q(pk__in=[])
    for procedure in registry.procedures():
        found |= _of_open_files(procedure, membership)
    versions = DocumentVersion.everything.filter(found)
    if membership.as_role not in READERS:
        return versions.filter(confidential=False)
    return versions.exclude(_closed_to(membership)).exclude(_others_replies(membership))


def _of_open_files(procedure: Procedure, membership: Membership) -> Q:
    """The documents of files that are not hidden, or that the reader may know of."""
    model = registry.model_of(procedure.key)
    if not model.hidden_in:
        return Q(subject_type=procedure.key)
    known = files_known_to(model, membership).order_by().values("pk")
    hidden = model._default_manager.filter(state__in=[str(one) for one in model.hidden_in]).values("pk")
    return Q(subject_type=procedure.key) & (~Q(subject_id__in=hidden) | Q(subject_id__in=known))


def _closed_to(membership: Membership) -> Q:
    """What is confidential in files on which the reader has declared a conflict of interest, and the evidence about them."""
    closed = Q(pk__in=[])
    for subject_type, subject_id in conflicts_of(membership):
        about = Finding.objects.filter(subject_type=subject_type, subject_id=subject_id).values("pk")
        closed |= Q(subject_type=subject_type, subject_id=subject_id)
        closed |= Q(subject_type=Finding.procedure.key, subject_id__in=about)
    return Q(confidential=True) & closed


def _others_replies(membership: Membership) -> Q:
    """The other side's replies on paper, unless every item that they answer is closed. Source: rules 3.8."""
    own = Membership.objects.filter(side=membership.side).values("pk")
    answers = Position.objects.filter(evidence=OuterRef("pk"))
    veiled = answers.filter(item__outcome="", item__closed_on=None)
    return Q(kind=Kind.REPLY) & ~Q(membership_id__in=own) & (~Exists(answers) | Exists(veiled))


# --- The books ------------------------------------------------------------------------------------


def accounts_of_side(membership: Membership | None) -> QuerySet[Account]:
    """The accounts of one's own side's registry."""
    side = membership.side if membership else None
    return Account.objects.filter(side=side) if side else Account.objects.none()


def transfers_of_side(membership: Membership | None) -> QuerySet[Transfer]:
    """The transfers from or to an account of one's own side's registry."""
    own: dict[str, Any] = {"side": membership.side} if membership and membership.side else {"pk__in": []}
    accounts = Account.objects.filter(**own).values("pk")
    return Transfer.objects.filter(Q(debit__in=accounts) | Q(credit__in=accounts))
