"""What the database holds of a meeting, whatever the application does."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from apps.core.clock import Rehearsal
from apps.meetings.models import AgendaItem, Agreement, Attendance, Meeting, Remark, Report, Resolution
from tests.meetings.convened import MINUTE, announced, in_session, published
from tests.people import Cast


def refused(statement: str, *given: Any) -> str:
    """Why the database refuses a statement."""
    with pytest.raises(DatabaseError) as error:
        run(statement, *given)
    return str(error.value)


@transaction.atomic
def run(statement: str, *given: Any) -> None:
    """A statement of the application, judged to the end."""
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
    connection.check_constraints()


@transaction.atomic
def save(row: Any) -> None:
    """A row, judged to the end."""
    row.save()
    connection.check_constraints()


@pytest.mark.parametrize("model", [Resolution, Remark, Report, Agreement, Attendance])
def test_what_was_written_is_neither_changed_nor_deleted(model: type[Any], people: Cast, time: Rehearsal) -> None:
    published(people, time)
    table = model._meta.db_table
    assert "permission denied" in refused(f"update {table} set act_id = act_id")
    assert "permission denied" in refused(f"delete from {table}")
    assert "permission denied" in refused(f"truncate {table} cascade")


def test_a_presence_ends_once(people: Cast, time: Rehearsal) -> None:
    in_session(people, time)
    later = time.moment + MINUTE
    with connection.cursor() as cursor:
        cursor.execute("update meetings_attendance set until_at = %s where line = 1", [later])
    for value in (later + MINUTE, None):
        assert "is written once" in refused("update meetings_attendance set until_at = %s where line = 1", value)


def test_the_agenda_of_a_meeting_in_session_only_grows_and_with_consent(people: Cast, time: Rehearsal) -> None:
    meeting = in_session(people, time)
    for statement in ("update meetings_agendaitem set number = number", "delete from meetings_agendaitem"):
        assert "the agenda of meeting" in refused(statement)
    item = AgendaItem(meeting=meeting, number=9, title="x", added_at=time.moment, act_id=uuid.uuid4())
    with pytest.raises(DatabaseError, match="the agenda of meeting"), transaction.atomic():
        item.save()


def test_an_items_words_stay_while_it_moves(people: Cast, time: Rehearsal) -> None:  # noqa: ARG001 - on its clock
    announced(people)
    assert "the agenda of meeting" in refused("update meetings_agendaitem set title = 'another'")


@pytest.mark.parametrize("make", ["item", "attendance", "resolution", "remark", "report", "agreement"])
def test_a_row_without_its_act_is_refused(make: str, people: Cast, time: Rehearsal) -> None:
    meeting = announced(people) if make == "item" else in_session(people, time)
    item, at, act_id = meeting.items.order_by("number")[0], time.moment, uuid.uuid4()
    made = {
        "item": lambda: AgendaItem(meeting=meeting, number=9, title="x", added_at=at, act_id=act_id),
        "attendance": lambda: Attendance(
            meeting=meeting, line=9, name="x", organisation="x", manner="room", from_at=at, act_id=act_id
        ),
        "resolution": lambda: Resolution(meeting=meeting, item=item, result="noted", taken_at=at, act_id=act_id),
        "remark": lambda: Remark(meeting=meeting, item=item, text="x", at=at, act_id=act_id),
        "report": lambda: Report(meeting=meeting, revision=1, content={}, sha256="0" * 64, at=at, act_id=act_id),
        "agreement": lambda: Agreement(
            meeting=meeting, side="host", revision=1, membership=people.secretariat_host, at=at, act_id=act_id
        ),
    }
    with pytest.raises(DatabaseError, match="has no act in this transaction"):
        save(made[make]())


def test_a_number_is_given_once(people: Cast, time: Rehearsal) -> None:  # noqa: ARG001 - on its clock
    first, second = announced(people), announced(people)
    assert "meeting_number_once" in refused("update meetings_meeting set number = %s where id = %s", first.number, second.pk)
    assert Meeting.objects.count() == 2
