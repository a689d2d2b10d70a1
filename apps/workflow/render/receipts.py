"""Receipts in words: that a step was taken, or a document handed in, with all by which it can be found again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from apps.accounts.models import Membership, Organisation
from apps.accounts.render import side_name
from apps.accounts.roles import Role
from apps.core.calendar import legal_day
from apps.core.canonical import sha256
from apps.core.render import paper
from apps.core.templatetags.gazette import day_words, grouped
from apps.documents.models import DocumentVersion
from apps.documents.render import form_words
from apps.events.models import Event
from apps.workflow import registry
from apps.workflow.holding import Holding
from apps.workflow.models import Deadline, Subject
from apps.workflow.policies import may_have_receipt
from apps.workflow.table import Step

# Term and words.
Line = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was done, when, by whom, with which documents, and what comes next.

    `serial` names the receipt: "A-12" for an act, "D-7" for a document.
    """

    serial: str
    subject: Subject
    heading: str
    at: datetime
    lines: Sequence[Line]
    said: str
    papers: Sequence[DocumentVersion]
    following: Sequence[Line]
    is_rehearsed: bool
    steps: Sequence[Line] = ()

    @property
    def name(self) -> str:
        """What its PDF is called, without ending."""
        return f"receipt-{self.serial}"


# --- Of an act ------------------------------------------------------------------------------------


def receipt_of_act(event: Event, subject: Subject) -> Receipt:
    """The receipt of a step; it says what the act has made of the file, not what became of it since."""
    row = subject.procedure.row(event.edition, event.type.partition(".")[2])
    return Receipt(
        serial=f"A-{event.pk}",
        subject=subject,
        heading=_("Recorded: %(step)s") % {"step": row.title if row else event.type},
        at=event.acted_at,
        lines=_lines_of_act(event, subject, row),
        said=event.reason,
        papers=papers_of(event),
        following=_following(event, subject),
        is_rehearsed=event.rehearsed,
    )


def _lines_of_act(event: Event, subject: Subject, row: Step | None) -> list[Line]:
    """What was done, in which capacity, under which rule, and the number of the record."""
    by = Organisation.objects.filter(pk=event.organisation_id or 0).values_list("name", flat=True).first()
    found = [(_("Step"), str(row.title) if row else event.type), (_("Acted as"), _party(event.capacity, event.side, by or ""))]
    if event.effective_on != legal_day(event.acted_at):
        found.append((_("Legal day"), day_words(event.effective_on)))
    states = subject.procedure.states
    found.append((_("The file stands in"), str(states(event.to_state).label)))
    return [*found, (_("Rule"), event.clause), (_("Number of the record"), grouped(event.pk)), (_("Act"), str(event.act_id))]


def _party(role: str, side: str, organisation: str) -> str:
    """Who acted: role, side, organisation. People are named by their membership only."""
    parts = (str(Role(role).label), side_name(side) if side else "", organisation)
    return _(", ").join(filter(None, parts))


def papers_of(event: Event) -> list[DocumentVersion]:
    """The documents that were recorded with an act, by their hashes; of the same bytes the version that it was made on."""
    versions = DocumentVersion.objects.filter(
        subject_type=event.subject_type, subject_id=event.subject_id, sha256__in=event.documents, uploaded_at__lte=event.acted_at
    )
    return list(versions.order_by("kind", "-number").distinct("kind"))


def _following(event: Event, subject: Subject) -> list[Line]:
    """Who acts next, and by which day where the act has begun a time limit; whether it ended the procedure."""
    state, done = event.to_state, event.type.partition(".")[2]
    rows = [one for one in subject.procedure.rows(event.edition) if state in one.source and not one.voluntary and one.key != done]
    if subject.version == event.version:
        rows = [one for one in rows if subject.waits_for(one)]
    if not rows and state not in subject.procedure.final:
        return [(_("Nothing"), _("Nobody is waited for."))]
    if not rows:
        return [(_("Nothing"), _("The procedure has ended."))]
    opened = Deadline.objects.filter(opened_by=event.act_id, supersedes=None)
    due = {one.step: one.last_day for one in opened}
    return [(str(row.title), _awaited(row, due.get(row.key))) for row in rows]


def _awaited(row: Step, due: date | None) -> str:
    """Who takes a step, and until when."""
    who = _(", ").join(dict.fromkeys(str(one.role.label) for one in row.who))
    return _("%(who)s, by %(day)s") % {"who": who, "day": day_words(due)} if due else who


# --- Of a document --------------------------------------------------------------------------------


def receipt_of_document(version: DocumentVersion, subject: Subject, by: Membership, rows: Sequence[Step]) -> Receipt:
    """The receipt of a document; `rows` are the steps of now that take it from the reader."""
    text = _("Handed in: %(document)s, version %(number)s")
    return Receipt(
        serial=f"D-{version.pk}",
        subject=subject,
        heading=text % {"document": version.get_kind_display(), "number": version.number},
        at=version.uploaded_at,
        lines=_lines_of_document(version, by),
        said="",
        papers=[version],
        following=[(str(row.title), _awaited(row, None)) for row in taking(version, subject)],
        is_rehearsed=False,
        steps=[(str(row.title), subject.step_url(row)) for row in rows],
    )


def taking(version: DocumentVersion, subject: Subject) -> list[Step]:
    """The steps of a file's present state that take a kind of document."""
    rows = subject.procedure.rows(subject.edition)
    return [row for row in rows if version.kind in subject.papers_for(row) and subject.state in row.source]


def _lines_of_document(version: DocumentVersion, by: Membership) -> list[Line]:
    """The document, its form, who handed it in, and its number."""
    form, about = form_words(version), {"document": version.get_kind_display(), "number": version.number}
    found = [
        (_("Document"), _("%(document)s, version %(number)s") % about),
        (_("Acted as"), _party(by.role, by.side, by.organisation.name)),
    ]
    found += [(_("Official form"), form)] if form else []
    open_to = _("Confidential") if version.confidential else _("Public")
    return [*found, (_("Who may read it"), open_to), (_("Number of the document"), grouped(version.pk))]


# --- On paper -------------------------------------------------------------------------------------


def receipt_pdf(receipt: Receipt, language: str) -> bytes:
    """A receipt as a tagged PDF, in the language in which its words are. Raises NoPapers."""
    with override(language):
        page = render_to_string(
            "workflow/receipt_paper.html", {"receipt": receipt, "language": language, "site": settings.SITE_URL}
        )
    return paper(page, sha256(receipt.serial.encode()), keeps=False)


def receipt_url(subject: Subject, event: Event, holding: Holding | None) -> str:
    """Where the receipt of an act is, for those who may have it; empty for everybody else."""
    mine = may_have_receipt(subject, holding, event.organisation_id, event.capacity)
    return reverse("act-receipt", args=[event.pk]) if mine else ""


def subject_of(subject_type: str, subject_id: int) -> Subject | None:
    """The file that an event or a document is about; None for what is about no file."""
    if not registry.is_procedure(subject_type):
        return None
    return registry.model_of(subject_type)._default_manager.filter(pk=subject_id).first()
