"""What the list of decisions shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apps.accounts.models import Membership
from apps.committee.kinds import Basis, Form
from apps.committee.models import BallotItem, Decision
from apps.committee.selectors import decisions, subjects_of
from apps.core.exports import Cell, Table
from apps.core.templatetags.gazette import grouped, in_words
from apps.events.kinds import kind
from apps.lists.declaration import Choice, Column, ListOf, Offer, Rows, Sort, Span, declare_list, equals
from apps.workflow import registry
from apps.workflow.models import Subject
from apps.workflow.policies import way_to


def decision_rows(decisions: Iterable[Decision], membership: Membership | None) -> list[dict[str, Any]]:
    """Adopted items, each with its file and where the reader finds it; one query for each kind of file."""
    found = list(decisions)
    subjects = subjects_of([one.item for one in found])
    return [
        {"decision": one, "subject": subject, "url": way_to(subject, membership), **decided_words(one.item, subject)}
        for one in found
        for subject in [subjects.get(one.item_id)]
    ]


def decided_words(item: BallotItem, subject: Subject | None) -> dict[str, str]:
    """What was decided, and `about`, the file's title where these words do not hold it already.

    The items of a meeting may be called by their file alone: then the step says what was decided about it.
    """
    if subject is None:
        return {"title": item.title, "about": ""}
    title = item.title
    if item.step and not title.replace(subject.title, "").replace(subject.reference, "").strip(" :·,"):
        label = kind(f"{item.subject_type}.{item.step}").label
        title = _("%(step)s: %(number)s") % {"step": label, "number": subject.reference or subject.title}
    told = set(subject.title.casefold().split()) <= set(title.casefold().split())
    return {"title": title, "about": "" if told else subject.title}


# --- The list as it is declared -------------------------------------------------------------------

# Of what is no step of a file: rules, special measures, reports.
TEXT = "text"


def _visible(_reader: Membership | None) -> Rows:
    return decisions().order_by()


def _kinds() -> list[Offer]:
    return [*((one.key, str(one.title)) for one in registry.procedures()), (TEXT, gettext_lazy("A text alone"))]


def _forms() -> list[Offer]:
    return list(Form.choices)


def _grounds() -> list[Offer]:
    return list(Basis.choices)


def _about(among: Rows, kind: str) -> Rows:
    return among.filter(item__subject_type="" if kind == TEXT else kind)


def _counted(count: int) -> str:
    return ngettext("%(count)s item adopted", "%(count)s items adopted", count) % {"count": grouped(count)}


def adopted_heading() -> tuple[int, str]:
    """How many items the committee has adopted, and the sentence that says so."""
    count = decisions().count()
    if not count:
        return 0, _("The Joint Committee has not adopted anything yet")
    text = ngettext("The Joint Committee has adopted %(words)s item", "The Joint Committee has adopted %(words)s items", count)
    return count, text % {"words": in_words(count)}


def decision_table(rows: Iterable[Mapping[str, Any]]) -> Table:
    """Rows of the list as a table for other programs."""
    heads = [_("Decision"), _("Item"), _("Question"), _("File"), _("Adopted on"), _("Form"), _("On which ground")]
    return Table(_("Decisions"), heads, map(_exported, rows))


def _exported(row: Mapping[str, Any]) -> list[Cell]:
    one, subject = row["decision"], row["subject"]
    named = subject.title if subject else ""
    return [
        one.ballot.reference, one.item.number, one.item.title, named, one.adopted_on, one.ballot.get_form_display(),
        one.get_rule_display(),
    ]  # fmt: skip


DECISIONS = declare_list(
    ListOf(
        key="decisions",
        address="decisions",
        title=gettext_lazy("Decisions"),
        visible=_visible,
        rows=decision_rows,
        table=decision_table,
        counted=_counted,
        empty=gettext_lazy("Nothing yet."),
        searched="decision",
        search=gettext_lazy("Question or number of the decision"),
        in_sight=1,
        columns=(
            Column("item", gettext_lazy("Item")),
            Column("decision", gettext_lazy("Decision"), "number"),
            Column("when", gettext_lazy("Adopted on"), "adopted"),
            Column("ground", gettext_lazy("On which ground")),
        ),
        sorts=(
            Sort("adopted", gettext_lazy("Adopted last first"), "adopted_on", date, descending=True),
            Sort("number", gettext_lazy("By number"), "ballot__reference", str),
        ),
        filters=(
            Choice("about", gettext_lazy("About"), gettext_lazy("Anything"), _about, _kinds),
            Choice("form", gettext_lazy("Form"), gettext_lazy("Any form"), equals("ballot__form"), _forms),
            Choice("ground", gettext_lazy("On which ground"), gettext_lazy("Any ground"), equals("rule"), _grounds),
            Span("adopted", gettext_lazy("Adopted from"), gettext_lazy("Adopted until"), "adopted_on"),
        ),
    )
)
