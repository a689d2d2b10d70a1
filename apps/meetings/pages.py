"""What the meetings' pages show: the list, one meeting with its agenda and papers, and the report in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apps.accounts.models import Membership
from apps.accounts.roles import Role, Side
from apps.committee.render import beside
from apps.committee.selectors import subjects_of
from apps.core import clock
from apps.core.calendar import legal_day
from apps.core.exports import Cell, Table
from apps.core.templatetags.gazette import day_words, grouped
from apps.documents.models import DocumentVersion
from apps.documents.render import address_of, scan_words
from apps.documents.selectors import newest_of
from apps.lists.declaration import Choice, Column, ListOf, Offer, Rows, Sort, Span, declare_list, equals
from apps.meetings.kinds import Manner, Mode, Result
from apps.meetings.models import AgendaItem, Attendance, Meeting, Resolution
from apps.meetings.policies import quorum_among
from apps.meetings.procedure import State
from apps.meetings.render import NOT_REACHED, as_data, missing_words, name_of, place_words, quorum_words, result_words
from apps.meetings.selectors import OPEN, agenda_of, attendance_of, meetings_visible_to, resolutions_of, seats_on
from apps.workflow.models import Subject

STATUS = {
    Result.ADOPTED.value: "done",
    Result.NOT_AGREED.value: "stop",
    Result.DEFERRED.value: "attn",
    Result.NOTED.value: "aside",
    NOT_REACHED: "wait",
}
# Guests come last.
SIDES = (Side.HOST.value, Side.JAPAN.value, "")
OF_A_MEETING = {
    State.PLANNED.value: "wait",
    State.ANNOUNCED.value: "now",
    State.IN_SESSION.value: "attn",
    State.CANCELLED.value: "stop",
    State.PUBLISHED.value: "done",
}


def list_heading(ahead: Sequence[Meeting]) -> str:
    """When the committee meets next."""
    coming = [one for one in ahead if one.announced_at]
    if not coming:
        return _("No meeting of the Joint Committee is announced")
    if coming[0].state == State.IN_SESSION:
        return _("The Joint Committee is meeting now")
    return _("The Joint Committee meets on %(day)s") % {"day": day_words(coming[0].held_on)}


def list_rows(meetings: Iterable[Meeting]) -> list[dict[str, Any]]:
    """Meetings as the list shows them."""
    return [
        {
            "meeting": one,
            "name": name_of(one),
            "place": place_words(one.mode, one.place),
            "kind": OF_A_MEETING.get(one.state, "now"),
        }
        for one in meetings
    ]


# --- One meeting ----------------------------------------------------------------------------------


def agenda_rows(meeting: Meeting) -> list[dict[str, Any]]:
    """The agenda with files, papers and what was decided, for those who read it as it goes."""
    items, found = agenda_of(meeting), resolutions_of(meeting)
    files = subjects_of(items)
    papers = _papers(items)
    return [
        {
            "item": item,
            "file": files.get(item.pk),
            "row": _row(files.get(item.pk), item),
            "beside": beside(item.title, files[item.pk].title) if item.pk in files else item.text,
            "papers": [paper(meeting, one) for one in papers.get((item.subject_type, item.subject_id), ())],
            "late": meeting.announced_at is not None and item.added_at > meeting.announced_at and not item.consent,
            "resolution": found.get(item.pk),
            "kind": STATUS[found[item.pk].result] if item.pk in found else "wait",
        }
        for item in items
    ]


def _row(file: Subject | None, item: AgendaItem) -> Any:
    return file.procedure.row(file.edition, item.step) if file else None


def adopted_row(item: AgendaItem, resolution: Resolution, file: Subject | None) -> dict[str, Any]:
    """A decision that is put before the co-chairs."""
    return {
        "item": item,
        "resolution": resolution,
        "file": file,
        "row": file.procedure.row(file.edition, resolution.step) if file else None,
    }


def _papers(items: Iterable[AgendaItem]) -> dict[tuple[str, int | None], list[DocumentVersion]]:
    about = {(item.subject_type, item.subject_id) for item in items if item.subject_id is not None}
    found: dict[tuple[str, int | None], list[DocumentVersion]] = {}
    for version in newest_of(about) if about else ():
        found.setdefault((version.subject_type, version.subject_id), []).append(version)
    return found


def paper(meeting: Meeting, version: DocumentVersion) -> dict[str, Any]:
    """A paper of an item, with whether it came after the day for papers."""
    late = legal_day(version.uploaded_at) > meeting.papers_due_on
    return {
        "title": version.get_kind_display(),
        "url": address_of(version),
        "closed": scan_words(version),
        "version": version.number,
        "kind": version.name.rpartition(".")[2].upper(),
        "size": version.size,
        "sha256": version.sha256,
        "doubt": _("Came after the day for papers") if late else "",
    }


def presence(meeting: Meeting) -> dict[str, Any]:
    """Who is or was there, and whether they are enough to decide."""
    attendances, seats = attendance_of(meeting), seats_on(meeting)
    at = meeting.session_closed_at or clock.now()
    # Once it is over, what counts is the opening: at the close itself people leave.
    found = quorum_among(meeting, attendances, seats, (meeting.session_opened_at or at) if meeting.session_closed_at else at)
    return {
        "lines": [line_words(one) for one in attendances],
        "present": [one for one in attendances if one.until_at is None],
        "quorum": quorum_words(as_data(found)),
        "missing": missing_words(found),
    }


def line_words(one: Attendance) -> dict[str, Any]:
    """A line of the attendance list."""
    membership = one.membership
    return {
        "line": one.line,
        "name": one.name,
        "organisation": one.organisation,
        "side": membership.side if membership else "",
        "role": role_words(membership.role if membership else ""),
        "acts_for": membership.acts_for.user.name if membership and membership.acts_for else "",
        "manner": one.get_manner_display(),
        "from_at": one.from_at,
        "until_at": one.until_at,
    }


def role_words(role: str) -> str:
    """In which role somebody attends."""
    return str(Role(role).label) if role else _("Guest")


# --- The report in words --------------------------------------------------------------------------


def report_words(content: Mapping[str, Any]) -> dict[str, Any]:
    """The report in the reader's language, from its data."""
    head = content["meeting"]
    return {
        "head": {
            **head,
            "place": place_words(head["mode"], head["place"]),
            "opened_at": moment(head["opened_at"]),
            "closed_at": moment(head["closed_at"]),
        },
        "quorum": quorum_words(content["quorum"]) if content["quorum"] else "",
        "ballot": content["ballot"],
        "attendance": [_attended(one) for one in sorted(content["attendance"], key=lambda one: SIDES.index(one["side"]))],
        "agenda": [_decided(one) for one in content["agenda"]],
    }


def _attended(one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **one,
        "role": role_words(one["role"]),
        "manner": Manner(one["manner"]).label,
        "from_at": moment(one["from_at"]),
        "until_at": moment(one["until_at"]),
    }


def _decided(one: Mapping[str, Any]) -> dict[str, Any]:
    confirmed = one["confirmation"] is None or one["confirmation"]["outcome"] == "adopted"
    kind = STATUS[one["result"]] if confirmed else "stop"
    named = beside(one["title"], one["file"]["title"]) if one["file"] else ""
    return {
        **one,
        "beside": named,
        "taken_at": moment(one["taken_at"]),
        "words": result_words(one["result"], one["confirmation"]),
        "kind": kind,
    }


def moment(text: str) -> datetime | None:
    """A moment of the report's data."""
    return datetime.fromisoformat(text) if text else None


def may_agree(meeting: Meeting, membership: Membership | None) -> bool:
    """Whether a reader is the secretariat of a side that has not agreed to the report as it stands."""
    if membership is None or membership.role != Role.SECRETARIAT or meeting.state != State.REPORTED:
        return False
    return membership.side not in meeting.agreed_sides


# --- The list of meetings that are over, as it is declared ----------------------------------------


def _visible(reader: Membership | None) -> Rows:
    return meetings_visible_to(reader).exclude(state__in=OPEN).order_by()


def _rows(meetings: Sequence[Meeting], _reader: Membership | None) -> list[dict[str, Any]]:
    return list_rows(meetings)


def _modes() -> list[Offer]:
    return list(Mode.choices)


def _states() -> list[Offer]:
    return [(state.value, state.label) for state in State if state not in OPEN]


def _counted(count: int) -> str:
    return ngettext("%(count)s meeting", "%(count)s meetings", count) % {"count": grouped(count)}


def meeting_table(rows: Iterable[Mapping[str, Any]]) -> Table:
    """Rows of the list as a table for other programs; the day is that at the place of the meeting."""
    heads = [_("Number"), _("Day"), _("Where"), _("Where it stands"), _("Report published")]
    return Table(_("Meetings"), heads, map(_exported, rows))


def _exported(row: Mapping[str, Any]) -> list[Cell]:
    one = row["meeting"]
    published = legal_day(one.published_at) if one.published_at else None
    return [one.number, one.held_on, row["place"], one.state_label, published]


MEETINGS = declare_list(
    ListOf(
        key="meetings",
        address="meetings",
        title=gettext_lazy("Meetings"),
        visible=_visible,
        rows=_rows,
        table=meeting_table,
        counted=_counted,
        empty=gettext_lazy("None yet."),
        in_sight=2,
        columns=(
            Column("meeting", gettext_lazy("Meeting"), "number"),
            Column("when", gettext_lazy("When"), "day"),
            Column("where", gettext_lazy("Where")),
            Column("report", gettext_lazy("Report")),
        ),
        sorts=(
            Sort("day", gettext_lazy("Held last first"), "held_on", date, descending=True),
            Sort("number", gettext_lazy("By number"), "number", int),
        ),
        filters=(
            Span("held", gettext_lazy("Held from"), gettext_lazy("Held until"), "held_on"),
            Choice("mode", gettext_lazy("How it was held"), gettext_lazy("Any way"), equals("mode"), _modes),
            Choice("state", gettext_lazy("Where it stands"), gettext_lazy("Any state"), equals("state"), _states),
        ),
    )
)
