"""Who is told, and why: those whom the row names, as they stand when it is told, each once and in constant queries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import Membership
from apps.accounts.roles import Role, Side
from apps.committee.services import record_reply
from apps.core import clock
from apps.core.clock import Rehearsal
from apps.events.models import Event
from apps.notifications.kinds import Kind
from apps.notifications.models import Mail, Message, Preference
from apps.notifications.render import lines_of, said, subject_line
from apps.notifications.selectors import Recipient, asks_of, recipients_of, standing_as
from apps.notifications.services import choose, tell
from apps.workflow import registry
from apps.workflow.options import whose_move, worklist
from apps.workflow.selectors import files_of
from apps.workflow.services import perform, sweep
from tests.committee.ballots import CLOSES_AT, CONFLICT, NO, circulated, drafted, registering, say
from tests.journeys.walker import everybody, journeys, procedures, states_of
from tests.notifications.posting import deliver, kinds_of, latest, messages_to
from tests.paper import PDF
from tests.people import APPOINTED_ON, Cast, actor, organisation, person
from tests.probe.models import Probe
from tests.probe.services import completed, lodged

pytestmark = pytest.mark.django_db
TEXT = {"title": "Adopt the rules?"}


def test_a_circulated_ballot_asks_the_members_and_tells_the_secretariats(people: Cast, probe: Probe) -> None:
    circulated(people, registering(probe))
    deliver()
    assert kinds_of("ballot.circulate") == {
        "Japanese co-chair": "received",
        "Indian co-chair": "must_act", "Indian member 1": "must_act", "Indian member 2": "must_act",
        "Japanese member 1": "must_act", "Japanese member 2": "must_act",
        "Indian secretariat": "news", "Japanese secretariat": "news",
    }  # fmt: skip
    mailed = Mail.objects.filter(message__event__type="ballot.circulate").values_list("user__name", flat=True)
    assert set(mailed) == {name for name, kind in kinds_of("ballot.circulate").items() if kind != "news"}
    told = latest(people.members_host[0])
    assert (told.asks, told.moves, told.due_at, told.side) == (
        ["take_position"],
        ["take_position", "close_window"],
        CLOSES_AT,
        "host",
    )
    assert (told.state, told.edition) == ("circulated", "india_2026")


def test_who_acted_hears_that_the_act_was_received_though_the_row_tells_nobody(people: Cast, time: Rehearsal) -> None:
    del time
    lodged(people.participant_host)
    deliver()
    assert kinds_of("probe.lodge") == {"Indian participant": "received"}
    told = latest(people.participant_host)
    assert (told.asks, told.moves, told.due_at, told.state) == ([], [], None, "lodged")


def test_nothing_is_told_in_the_request(people: Cast, time: Rehearsal) -> None:
    del time
    lodged(people.participant_host)
    assert Message.objects.count() == 0


def test_told_twice_is_written_once(people: Cast, probe: Probe) -> None:
    circulated(people, registering(probe))
    deliver()
    messages, mails = list(Message.objects.order_by("pk").values()), list(Mail.objects.order_by("pk").values())
    for event in Event.objects.order_by("pk"):
        tell(event)
    assert list(Message.objects.order_by("pk").values()) == messages
    assert list(Mail.objects.order_by("pk").values()) == mails


def test_the_database_refuses_a_second_message_of_an_event(people: Cast, time: Rehearsal) -> None:
    del time
    lodged(people.participant_host)
    deliver()
    again = Message.objects.get()
    again.pk = "00000000-0000-4000-8000-000000000000"
    with pytest.raises(IntegrityError, match="message_one_per_event"), transaction.atomic():
        again.save(force_insert=True)


@pytest.mark.parametrize(
    "statement",
    [
        "update notifications_message set kind = 'news'",
        "update notifications_message set user_id = user_id",
        "delete from notifications_message",
        "truncate notifications_message cascade",
        "update notifications_mail set address = 'other@example.org'",
        "delete from notifications_mail",
        'update notifications_digest set "on" = "on"',
        "delete from notifications_reminder",
        "delete from notifications_preference",
    ],
)
def test_what_was_told_is_not_changed(statement: str, people: Cast) -> None:
    del people
    with pytest.raises(Exception, match=r"permission denied|append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


# --- As they stand when it is told ----------------------------------------------------------------


def test_only_those_in_office_are_told(people: Cast, probe: Probe) -> None:
    gone, closed = people.members_host[0], people.members_japan[0]
    circulated(people, registering(probe))
    Membership.objects.filter(pk=gone.pk).update(ends_on=clock.today() - timedelta(days=1))
    closed.user.is_active = False
    closed.user.save(update_fields=["is_active"])
    deliver()
    assert {"Indian member 1", "Japanese member 1"} & set(kinds_of("ballot.circulate")) == set()


def test_of_participants_only_those_of_the_file_are_told(people: Cast, time: Rehearsal) -> None:
    del time
    completed(people.participant_host, people.secretariat_host)
    deliver()
    assert kinds_of("probe.complete") == {"Indian participant": "news", "Indian secretariat": "received"}


def test_a_draft_is_told_to_nobody_who_does_not_act_in_it(people: Cast, probe: Probe) -> None:
    del probe
    drafted(people, TEXT)
    deliver()
    assert {one for kind in ("ballot.draft", "ballot.add_item") for one in kinds_of(kind)} == {"Japanese secretariat"}


def test_somebody_with_two_offices_is_told_once_for_the_gravest_reason(people: Cast, probe: Probe) -> None:
    twofold = people.members_host[0]
    Membership.objects.create(
        user=twofold.user, organisation=twofold.organisation, role=Role.SECRETARIAT, side=Side.HOST, starts_on=APPOINTED_ON
    )
    circulated(people, registering(probe))
    deliver()
    told = Message.objects.get(event__type="ballot.circulate", user=twofold.user)
    assert (told.kind, told.membership_id) == (Kind.MUST_ACT, twofold.pk)


def test_nobody_is_asked_who_has_answered_meanwhile(people: Cast, probe: Probe) -> None:
    ballot = circulated(people, registering(probe))
    say(ballot, people.members_host[0])
    deliver()
    assert kinds_of("ballot.circulate")["Indian member 1"] == "news"
    assert kinds_of("ballot.take_position") == {"Indian member 1": "received"}


def test_one_is_asked_once_for_one_step_until_the_file_moves(people: Cast, probe: Probe) -> None:
    ballot = circulated(people, registering(probe), TEXT)
    deliver()
    perform(ballot, "withdraw_item", actor=actor(people.secretariat_host), reason="Not needed.", item=2)
    deliver()
    assert kinds_of("ballot.withdraw_item")["Indian member 1"] == "news"
    assert latest(people.members_host[0]).asks == ["take_position"]


def test_an_amended_text_asks_anew(people: Cast, probe: Probe) -> None:
    ballot = circulated(people, registering(probe))
    deliver()
    say(ballot, people.members_host[0])
    perform(
        ballot.reload(), "amend_item", actor=actor(people.secretariat_host), reason="Clearer.", item=1, new_title="Register it?"
    )
    deliver()
    assert kinds_of("ballot.amend_item")["Indian member 1"] == "must_act"
    assert kinds_of("ballot.amend_item")["Indian secretariat"] == "received"


def test_what_came_before_the_present_state_asks_for_nothing(people: Cast, time: Rehearsal) -> None:
    probe = completed(people.participant_host, people.secretariat_host)
    time.move_to(CLOSES_AT - timedelta(days=5))
    sweep()
    assert probe.reload().state == "approval"
    deliver()
    told = Message.objects.get(event__type="probe.complete", user=people.participant_host.user)
    assert (told.kind, told.asks, told.moves, told.due_at) == ("news", [], [], None)


def test_a_deadline_that_fired_is_told_as_such(people: Cast, probe: Probe, time: Rehearsal) -> None:
    ballot = circulated(people, registering(probe))
    for one in people.committee:
        if one != people.co_chair_host:
            say(ballot, one)
    time.move_to(CLOSES_AT)
    sweep()
    deliver()
    told = kinds_of("ballot.close_window")
    assert (told["Indian member 1"], told["Indian secretariat"], told["Indian co-chair"]) == ("deadline", "deadline", "must_act")
    assert latest(people.co_chair_host).asks == ["take_position"]


# --- What is not told -----------------------------------------------------------------------------


def test_no_message_says_what_another_side_has_answered(
    people: Cast, probe: Probe, settings: Any, tmp_path: Any, time: Rehearsal
) -> None:
    settings.DOCUMENT_ROOT = tmp_path / "documents"
    ballot = circulated(people, registering(probe), TEXT)
    say(ballot, people.co_chair_host, ("agree_with_comment", "canary-comment"), 1)
    say(ballot, people.members_host[0], (NO[0], "canary-reason"), 1)
    say(ballot, people.members_japan[0], CONFLICT, 1)
    record_reply(
        ballot, membership=people.secretariat_host, seat=people.members_host[1].pk, received_on=clock.today(),
        answers={1: (NO[0], "canary-paper")}, scan=SimpleUploadedFile("canary-scan.pdf", PDF),
    )  # fmt: skip
    time.move_to(CLOSES_AT)
    sweep()
    deliver()
    found = list(Message.objects.select_related("event", "user"))
    assert len(found) > 20
    for one in found:
        text = words_of(one)
        assert "canary" not in text, one
        assert "agree" not in text.lower().replace("do you agree that the joint committee adopts", ""), (one, text)
        assert "conflict" not in text.lower(), one


def words_of(message: Message) -> str:
    """All that a message says."""
    file = files_of([message])[message.subject_type, message.subject_id]
    lines = [f"{line.term}: {line.words}" for line in lines_of(message, file)]
    return "\n".join([subject_line(message, file), *said(message, file), *lines])


# --- Cost -----------------------------------------------------------------------------------------


def test_four_hundred_people_cost_no_more_queries_than_a_few(people: Cast, probe: Probe) -> None:
    ballot = circulated(people, registering(probe), TEXT)
    deliver()

    def queries(reason: str) -> int:
        perform(ballot.reload(), "amend_item", actor=actor(people.secretariat_host), reason=reason, item=2, new_title=reason)
        event = Event.objects.filter(type="ballot.amend_item").latest("pk")
        with CaptureQueriesContext(connection) as captured:
            tell(event)
        return len(captured)

    few = queries("Adopt them?")
    ministry = organisation("Ministry of Japan", Side.JAPAN)
    for number in range(400):
        person(f"Official {number}", Role.AUTHORITY, ministry, Side.JAPAN)
    assert queries("Adopt all of them?") == few
    assert few <= 12
    assert Message.objects.filter(event__type="ballot.amend_item").count() == 8 + 408


# --- By the engine's own tests --------------------------------------------------------------------

# Files that await single people, and of each kind of relation one; all others in the long run.
QUICK = {
    ("ballot", "circulated"), ("ballot", "confirmation"), ("appointment", "nominated"), ("appointment", "end_proposed"),
    ("idea_note", "draft"), ("round", "verification"), ("finding", "raised"), ("tpe", "draft"), ("methodology", "draft"),
}  # fmt: skip
FILES = [
    pytest.param(one.key, edition, state, marks=[] if edition == "india_2026" and (one.key, state) in QUICK else pytest.mark.long)
    for one in procedures()
    for edition in one.tables
    for state in states_of(one, edition)
]


@pytest.mark.parametrize(("key", "edition", "state"), FILES)
def test_everybody_is_asked_for_what_their_own_worklist_has(
    key: str, edition: str, state: str, people: Cast, settings: Any, tmp_path: Any, time: Rehearsal
) -> None:
    settings.DOCUMENT_ROOT = tmp_path / "documents"
    file = journeys(registry.procedure(key), edition)[state](people, time).reload()
    rows, everyone = whose_move(file), [one for one in everybody(people) if isinstance(one, Membership)]
    held = {one.membership.pk: one for row in file.procedure.rows(edition) for one in who_could(row, file)}
    asked = asks_of(file, list(held.values()), rows)
    expected = {one.pk for one in everyone if file in worklist(one)}
    assert {pk for pk in asked if pk in {one.pk for one in everyone}} == expected


def who_could(row: Any, file: Any) -> list[Recipient]:
    """Whom a row would tell if it told those who take it."""
    return standing_as(file, row.who, clock.today())


def test_before_circulating_it_can_be_said_who_will_be_told(people: Cast, probe: Probe) -> None:
    draft = drafted(people, registering(probe))
    row = draft.procedure.row(draft.edition, "circulate")
    assert row is not None
    before = {one.membership.user.name for one in recipients_of(row, draft)}
    perform(draft, "circulate", actor=actor(people.co_chair_japan))
    deliver()
    assert before == set(kinds_of("ballot.circulate"))


def test_what_is_off_is_not_mailed_but_told(people: Cast, probe: Probe) -> None:
    choose(people.co_chair_japan.user, {"received": False})
    circulated(people, registering(probe))
    deliver()
    told = latest(people.co_chair_japan)
    assert (told.kind, told.by_mail, Mail.objects.filter(message=told).exists()) == ("received", False, False)
    assert Preference.objects.count() == 1


def test_what_happened_long_ago_is_told_on_the_site_alone(people: Cast, time: Rehearsal) -> None:
    lodged(people.participant_host)
    time.move_to(clock.now() + timedelta(days=14, seconds=1))
    deliver()
    [told] = messages_to(people.participant_host)
    assert (told.kind, told.by_mail, Mail.objects.count()) == ("received", False, 0)
