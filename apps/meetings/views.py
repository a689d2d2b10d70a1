"""Meetings: the list, one meeting, and the pages on which its agenda, attendance, decisions and report are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.middleware import ActingRequest
from apps.accounts.models import Membership
from apps.accounts.roles import Role
from apps.committee.selectors import subjects_of
from apps.core.errors import NotReady, Problem, Refusal
from apps.core.exports import declare
from apps.lists.pages import list_page, list_table
from apps.meetings import pages
from apps.meetings.forms import (
    ArrivalForm,
    ChoosingForm,
    DecisionForm,
    DepartureForm,
    GazetteForm,
    GuestForm,
    RemarkForm,
    TopicForm,
    moment_of,
)
from apps.meetings.models import Meeting
from apps.meetings.procedure import AHEAD, ATTENDED, REMARKED, State
from apps.meetings.render import content_of, name_of, place_words, sides_words
from apps.meetings.selectors import (
    OPEN,
    adopted_of,
    agenda_of,
    attendance_of,
    candidates,
    convenes,
    is_insider,
    may_attend,
    meetings_visible_to,
    next_first,
    report_of,
)
from apps.meetings.services import agree_report, put_decisions, put_on_agenda, record_arrivals
from apps.workflow.actors import Actor
from apps.workflow.selectors import looking
from apps.workflow.services import perform

LIST = "meetings/meetings.html"
EXPORT = declare("meetings-export", "csv", "xlsx")
# More than any number of a series.
MOST = 1000
CHANGED = frozenset({*AHEAD, State.IN_SESSION})


@require_safe
def meeting_list(request: ActingRequest) -> HttpResponse:
    """Meetings to come, the next one first; then those that were held, the latest first, with their reports."""
    ahead, _none = next_first(meetings_visible_to(request.membership).filter(state__in=OPEN))

    def heading() -> tuple[None, str]:
        return None, pages.list_heading(ahead)

    more = {"ahead": pages.list_rows(ahead), "convenes": convenes(request.membership), "tables": "meetings-export"}
    return list_page(request, pages.MEETINGS, LIST, heading=heading, **more)


@require_safe
def meeting_table(request: ActingRequest, ending: str) -> HttpResponse:
    """The meetings that are over, as far as the list shows them, as a table for other programs."""
    return list_table(request, pages.MEETINGS, EXPORT, ending, LIST)


@require_safe
def meeting_page(request: ActingRequest, number: int) -> HttpResponse:
    """One meeting. Visitors read when and where, and the report once it is published; the committee reads it as it goes."""
    meeting = meeting_or_404(request, number)
    with looking(meeting):
        return render(request, "meetings/meeting.html", told_of(meeting, request.membership))


def told_of(meeting: Meeting, reader: Membership | None) -> dict[str, Any]:
    """What the page of a meeting tells a reader."""
    insider, report = is_insider(reader), report_of(meeting) if meeting.state == State.PUBLISHED else None
    return {
        **about(meeting),
        "insider": insider,
        "may_decide": convenes(reader) and meeting.state == State.IN_SESSION,
        "agenda": pages.agenda_rows(meeting) if insider and not report else [],
        "presence": pages.presence(meeting) if insider and not report and meeting.state not in AHEAD[:1] else None,
        "report": pages.report_words(report.content) if report else None,
        "kept": report,
    }


def about(meeting: Meeting) -> dict[str, Any]:
    """What every page of a meeting says at its head."""
    return {
        "meeting": meeting,
        "name": name_of(meeting),
        "place": place_words(meeting.mode, meeting.place),
        "kind": pages.OF_A_MEETING.get(meeting.state, "now"),
        "agreed": sides_words(meeting.agreed_sides),
    }


def meeting_or_404(request: ActingRequest, number: int, may: Callable[[Membership | None], bool] | None = None) -> Meeting:
    """A meeting that the reader may know of, where `may` allows. Unknown and hidden look the same."""
    meeting = meetings_visible_to(request.membership).filter(number=number).first() if number < MOST else None
    if meeting is None or (may is not None and not may(request.membership)):
        raise Http404
    return meeting


def is_secretariat(membership: Membership | None) -> bool:
    """Whether somebody acts for a secretariat."""
    return membership is not None and membership.role == Role.SECRETARIAT


class Desk:
    """What one request does to a meeting: the act through the door, and what the page tells of it."""

    def __init__(self, request: ActingRequest, meeting: Meeting) -> None:
        assert request.membership is not None  # noqa: S101 # reason: the page is open to those alone who hold one
        self.request, self.meeting = request, meeting
        self.actor = Actor.person(request.membership)
        self.problems: list[Problem] = []
        self.status = 200

    def did(self, act: Callable[[], object], done: str, form: GazetteForm | None = None) -> bool:
        """Whether the act was recorded; its problems stand at the form, or above the page."""
        if form is not None and not form.is_valid():
            self.status = NotReady.status
            return False
        try:
            act()
        except Refusal as refusal:
            self.status = refusal.status
            if form is not None:
                form.refuse(refusal.problems)
            else:
                self.problems += refusal.problems
            return False
        messages.success(self.request, done)
        return True

    def step(self, key: str, **inputs: Any) -> object:
        """A step of the meeting."""
        return perform(self.meeting, key, actor=self.actor, **inputs)

    def page(self, template: str, context: Mapping[str, Any], form: forms.Form | None = None) -> HttpResponse:
        """The page with what stands in the way."""
        found = {**about(self.meeting), **context, "problems": self.problems, "form": form}
        return render(self.request, template, found, status=self.status)


# --- The agenda -----------------------------------------------------------------------------------


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def agenda_page(request: ActingRequest, number: int) -> HttpResponse:
    """The agenda while it can change: order, what waits for the committee to be ticked, a topic in free words."""
    meeting = meeting_or_404(request, number, convenes)
    desk, in_session, sent = Desk(request, meeting), meeting.state == State.IN_SESSION, request.POST
    choosing = ChoosingForm(candidates(), in_session=in_session, data=sent if "choose" in sent else None)
    topic = TopicForm(in_session=in_session, data=sent if "topic" in sent else None)
    if request.method == "POST" and _changed(desk, choosing, topic):
        return redirect("meeting-agenda", number)
    context = {
        "items": pages.agenda_rows(meeting),
        "choosing": choosing,
        "topic": topic,
        "open": meeting.state in CHANGED,
        "sortable": meeting.state in AHEAD,
    }
    wrong = choosing if choosing.is_bound else topic if topic.is_bound else None
    return desk.page("meetings/agenda.html", context, wrong)


def _changed(desk: Desk, choosing: ChoosingForm, topic: TopicForm) -> bool:
    meeting, sent = desk.meeting, desk.request.POST
    if choosing.is_bound:
        return desk.did(lambda: _put(desk, choosing), _("The agenda is changed."), choosing)
    if topic.is_bound:
        key = "add_late_item" if meeting.state == State.IN_SESSION else "add_item"
        return desk.did(lambda: desk.step(key, **topic.cleaned_data), _("The agenda is changed."), topic)
    version = _whole(sent.get("version", ""))
    if "move" in sent:
        item, _colon, to = sent["move"].partition(":")
        return desk.did(
            lambda: perform(meeting, "move_item", actor=desk.actor, version=version, item=item, to=to),
            _("The agenda is changed."),
        )
    return desk.did(
        lambda: perform(meeting, "remove_item", actor=desk.actor, version=version, item=sent.get("remove", "")),
        _("The agenda is changed."),
    )


def _put(desk: Desk, choosing: ChoosingForm) -> None:
    given = choosing.cleaned_data
    put_on_agenda(desk.meeting, actor=desk.actor, chosen=given["chosen"], consent=given.get("consent", ""))


def _whole(text: str) -> int:
    """The version that a page showed; 0, which is none, for what is no number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < len("1000000000") else 0


# --- Attendance -----------------------------------------------------------------------------------


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def attendance_page(request: ActingRequest, number: int) -> HttpResponse:
    """Who comes and goes: several appointed at once, guests one by one."""
    meeting = meeting_or_404(request, number, is_secretariat)
    desk, sent = Desk(request, meeting), request.POST
    found = pages.presence(meeting)
    there = {one.membership_id for one in found["present"]}
    arrivals = ArrivalForm((one for one in may_attend(meeting) if one.pk not in there), data=sent if "arrive" in sent else None)
    guest = GuestForm(data=sent if "guest" in sent else None)
    departure = DepartureForm(found["present"], data=sent if "leave" in sent else None)
    if request.method == "POST" and _attended(desk, arrivals, guest, departure):
        return redirect("meeting-attendance", number)
    context = {
        "presence": found,
        "arrivals": arrivals,
        "guest": guest,
        "departure": departure,
        "open": meeting.state in ATTENDED,
    }
    wrong = next((one for one in (arrivals, guest, departure) if one.is_bound), None)
    return desk.page("meetings/attendance.html", context, wrong)


def _attended(desk: Desk, arrivals: ArrivalForm, guest: GuestForm, departure: DepartureForm) -> bool:
    meeting, done = desk.meeting, _("The attendance list is written on.")
    if arrivals.is_bound:
        return desk.did(lambda: _come(desk, arrivals), done, arrivals)
    if departure.is_bound:
        return desk.did(lambda: _leave(desk, departure), done, departure)
    return desk.did(
        lambda: desk.step(
            "record_attendance",
            **{**guest.cleaned_data, "from_at": moment_of(meeting, guest.cleaned_data["from_at"])},
        ),
        done,
        guest,
    )


def _come(desk: Desk, arrivals: ArrivalForm) -> None:
    given = arrivals.cleaned_data
    at = moment_of(desk.meeting, given["from_at"])
    record_arrivals(desk.meeting, actor=desk.actor, memberships=arrivals.chosen(), manner=given["manner"], from_at=at)


def _leave(desk: Desk, departure: DepartureForm) -> None:
    line, at = departure.cleaned_data["line"], departure.cleaned_data["until_at"]
    came = desk.meeting.attendances.get(line=line).from_at
    desk.step("record_departure", line=line, until_at=moment_of(desk.meeting, at, earliest=came))


# --- Decisions ------------------------------------------------------------------------------------


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def item_page(request: ActingRequest, number: int, item: int) -> HttpResponse:
    """What the meeting makes of one item, with the time at which it did."""
    meeting = meeting_or_404(request, number, convenes)
    asked = next((one for one in agenda_of(meeting) if one.number == item), None)
    if asked is None:
        raise Http404
    file = subjects_of([asked]).get(asked.pk)
    row = file.procedure.row(file.edition, asked.step) if file else None
    form = DecisionForm(asked, file, attendance_of(meeting), data=request.POST if request.method == "POST" else None)
    desk = Desk(request, meeting)
    if request.method == "POST" and desk.did(lambda: _decide(desk, item, form), _("The decision is written down."), form):
        return redirect(f"{reverse('meeting', args=[number])}#item-{item}")
    context = {"item": asked, "file": file, "row": row, "open": meeting.state == State.IN_SESSION}
    return desk.page("meetings/item.html", context, form)


def _decide(desk: Desk, item: int, form: DecisionForm) -> None:
    given = form.cleaned_data
    desk.step(
        "take_decision",
        item=item,
        result=given["result"],
        taken_at=moment_of(desk.meeting, given["taken_at"], earliest=desk.meeting.session_opened_at),
        subject_step=form.step,
        inputs=form.given(),
        text=given["text"],
        conflicts=given.get("conflicts", []),
    )


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decisions_page(request: ActingRequest, number: int) -> HttpResponse:
    """All that the meeting adopted, to be put before both co-chairs as one ballot."""
    meeting = meeting_or_404(request, number, convenes)
    desk = Desk(request, meeting)
    done = _("Both co-chairs are asked to confirm.")
    if request.method == "POST" and desk.did(lambda: put_decisions(meeting, actor=desk.actor), done):
        return redirect(meeting.reload())
    adopted = adopted_of(meeting)
    files = subjects_of([item for item, _one in adopted])
    context = {"adopted": [pages.adopted_row(item, one, files.get(item.pk)) for item, one in adopted]}
    return desk.page("meetings/decisions.html", context)


# --- The report -----------------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_page(request: ActingRequest, number: int) -> HttpResponse:
    """The report: for the committee as it would be drafted now or as it was, for everybody once it is published."""
    meeting = meeting_or_404(request, number)
    if meeting.state != State.PUBLISHED and (not is_insider(request.membership) or meeting.state not in REMARKED):
        raise Http404
    remark = RemarkForm(agenda_of(meeting), data=request.POST if "remark" in request.POST else None)
    if request.method == "POST" and (found := _reported(request, meeting, remark)):
        return found
    return report_shown(request, meeting, remark)


def _reported(request: ActingRequest, meeting: Meeting, remark: RemarkForm) -> HttpResponse | None:
    if not is_secretariat(request.membership) or request.membership is None:
        raise Http404
    desk = Desk(request, meeting)
    if remark.is_bound:
        did = desk.did(lambda: desk.step("remark", **remark.cleaned_data), _("The remark is kept."), remark)
    else:
        side, revision = request.membership.side, _whole(request.POST.get("agree", ""))
        act = lambda: agree_report(meeting, actor=desk.actor, side=side, revision=revision)  # noqa: E731 # reason: read once below
        did = desk.did(act, _("Your agreement is recorded."))
    return redirect("meeting-report", meeting.number) if did else report_shown(request, meeting.reload(), remark, desk)


def report_shown(request: ActingRequest, meeting: Meeting, remark: RemarkForm, desk: Desk | None = None) -> HttpResponse:
    """The report with what may be done about it."""
    kept = report_of(meeting) if meeting.state in {State.REPORTED, State.PUBLISHED} else None
    context = {
        **about(meeting),
        "kept": kept,
        "report": pages.report_words(kept.content if kept else content_of(meeting)),
        "insider": is_insider(request.membership),
        "may_agree": pages.may_agree(meeting, request.membership),
        "remark": remark if is_secretariat(request.membership) and meeting.state in REMARKED else None,
        "problems": desk.problems if desk else (),
        "form": remark if remark.is_bound else None,
    }
    return render(request, "meetings/report.html", context, status=desk.status if desk else 200)
