"""A finding in words: what it is about, and how often a response was asked for; and the table of a file's findings."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.accounts.roles import Capacity, Role
from apps.core.calendar import legal_day
from apps.core.templatetags.gazette import day_words, grouped
from apps.findings.models import Assessed, Finding
from apps.findings.policies import may_read_assessment
from apps.findings.procedure import State
from apps.findings.selectors import Counts, of_files
from apps.workflow import policies
from apps.workflow.models import Subject
from apps.workflow.options import whose_move
from apps.workflow.render import Fact
from apps.workflow.render.enclosures import EnclosedRow, Enclosure, Key, Read

# How a state looks: a status word, never a colour alone.
STATUS = {
    State.RAISED: "wait",
    State.RESPONDED: "now",
    State.CARRIED: "attn",
    State.CLOSED: "done",
    State.WITHDRAWN: "aside",
    State.LAPSED: "aside",
}
# Who decides on a file reads its findings; the alternate of a member does so in their place.
DECIDING = frozenset({Role.MEMBER, Role.CO_CHAIR, Role.ALTERNATE, Role.SECRETARIAT})


def facts(finding: Finding, file: Assessed | None = None) -> list[Fact]:
    """The kind, the row of the form, the file that it is about, who raised it, and the rounds of responses."""
    found = [
        Fact(_("Kind"), finding.get_kind_display()),
        Fact(_("Requirement"), finding.get_requirement_display()),
        Fact(_("About"), str(file or finding.file)),
        Fact(_("Raised by"), str(finding.raised_by)),
        Fact(_("Responses asked for"), rounds_words(finding)),
    ]
    return [*found, Fact(_("Ended"), day_words(finding.ended_on))] if finding.ended_on else found


def rounds_words(finding: Finding) -> str:
    """How often a response was asked for."""
    return ngettext("%(count)s round", "%(count)s rounds", finding.rounds) % {"count": grouped(finding.rounds)}


def day_of_end(finding: Finding) -> str:
    """The day on which a finding ended or was carried on; empty for one that waits for somebody."""
    if finding.ended_on:
        return _("ended on %(day)s") % {"day": day_words(finding.ended_on)}
    if finding.state == State.CARRIED:
        return _("carried on since %(day)s") % {"day": day_words(legal_day(finding.state_since))}
    return ""


def counts_words(counts: Counts) -> str:
    """How many findings wait for a response, for the entity, are carried on, and have ended."""
    text = _("%(open)s open, %(answered)s answered, %(carried)s carried on, %(closed)s closed")
    return text % {name: grouped(getattr(counts, name)) for name in ("open", "answered", "carried", "closed")}


def who_moves(finding: Finding) -> str:
    """Whose move it is; empty where nobody is waited for."""
    roles = dict.fromkeys(str(one.role.label) for row in whose_move(finding) for one in row.who)
    return _(", ").join(roles)


def enclosures(read: Read) -> dict[Key, Enclosure]:
    """The table of findings for whoever may read them, of several files at once; one query, and none for other files."""
    files = {(one.procedure.key, one.pk): (one, held) for one, held in read if isinstance(one, Assessed)}
    concerned = {key: pair for key, pair in files.items() if _may_read(*pair)}
    found = of_files([file for file, _held in concerned.values()]) if concerned else {}
    for key, (file, _held) in concerned.items():
        file.known_findings = found[key]
    return {key: _enclosure(file, held, found[key]) for key, (file, held) in concerned.items() if found.get(key)}


def _may_read(file: Assessed, held: frozenset[Capacity]) -> bool:
    if file.assessor_id is None:
        return False
    return bool({one.role for one in held} & DECIDING) or policies.may_know(
        Finding(edition=file.edition, state=State.RAISED), held
    )


def _enclosure(file: Assessed, held: frozenset[Capacity], findings: Sequence[Finding]) -> Enclosure:
    opens = may_read_assessment(file, held)
    return Enclosure(
        anchor="findings",
        heading=_("Findings"),
        caption=_("Findings of the third-party entity: kind, requirement, rounds of responses and how each ended"),
        columns=(_("Finding"), _("Requirement"), _("Where it stands")),
        rows=[_row(one, held) for one in findings],
        url=assessment_url(file) if opens else "",
        more=_("Assessment by the entity"),
    )


def _row(finding: Finding, held: frozenset[Capacity]) -> EnclosedRow:
    url = finding.get_absolute_url() if policies.may_know(finding, held) else ""
    stands = _("; ").join(filter(None, (rounds_words(finding), day_of_end(finding))))
    cells = (
        (_("Requirement"), finding.get_requirement_display(), finding.get_kind_display()),
        (_("Where it stands"), finding.state_label, stands),
    )
    return EnclosedRow(finding.reference, url, finding.title, cells)


def assessment_url(file: Subject) -> str:
    """The page on which an entity assesses a file."""
    return reverse("assessment", args=[file.procedure.key, file.pk])
