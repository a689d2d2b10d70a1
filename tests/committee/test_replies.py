"""Replies on paper, late replies and refused tries: who writes them down, what counts, and who reads them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client

from apps.accounts.models import Membership
from apps.committee.models import Attempt, Ballot, Confirmation, LateReply, Position
from apps.committee.services import record_reply
from apps.core.clock import Rehearsal
from apps.core.errors import NotAllowed, NotNow, NotReady
from apps.documents.models import DocumentVersion
from apps.events.models import Event
from apps.workflow.services import perform, sweep
from tests.committee.alternate import alternate
from tests.committee.ballots import AGREE, CLOSES_AT, NO, both_co_chairs_agree, circulated, kept_late, outcomes, registering, say
from tests.paper import PDF
from tests.people import Cast, actor
from tests.probe.models import Probe
from tests.refused import refused

TEXTS = [{"title": f"Adopt rule {number}?"} for number in (1, 2)]
TODAY = date(2027, 3, 1)


@pytest.fixture
def ballot(people: Cast, time: Rehearsal) -> Ballot:  # noqa: ARG001 - on its clock
    return circulated(people, *TEXTS)


def scan(name: str = "reply.pdf") -> SimpleUploadedFile:
    """A scanned letter."""
    return SimpleUploadedFile(name, PDF, "application/pdf")


def recorded(ballot: Ballot, by: Membership, seat: Membership, answer: tuple[str, str] = NO, **more: Any) -> Event:
    """A secretariat writes down a member's reply to the first item."""
    given = {"received_on": TODAY, "answers": {1: answer}, "scan": scan(), **more}
    return record_reply(ballot, membership=by, seat=seat.pk, **given)


def test_a_reply_on_paper_weighs_as_any_other_and_is_marked(people: Cast, ballot: Ballot, time: Rehearsal) -> None:
    member = people.members_host[0]
    event = recorded(ballot, people.secretariat_host, member)
    position = Position.objects.get()
    assert (position.membership, position.answer, position.reason) == (member, *NO)
    assert (position.on_paper, position.received_on, event.membership_id) == (True, TODAY, people.secretariat_host.pk)
    evidence = DocumentVersion.objects.get()
    assert (position.evidence, evidence.kind, evidence.confidential) == (evidence, "REPLY", True)
    assert event.documents == [evidence.sha256]
    both_co_chairs_agree(ballot, people)
    time.move_to(ballot.reload().closes_at or CLOSES_AT)
    sweep()
    assert outcomes(ballot) == ["severed", "adopted"]


def test_the_member_confirms_what_was_written_down_and_nobody_else(people: Cast, ballot: Ballot) -> None:
    member = people.members_host[0]
    with refused(NotReady, "BAL-29"):
        perform(ballot, "confirm_reply", actor=actor(member))
    recorded(ballot, people.secretariat_host, member)
    with refused(NotReady, "BAL-29"):
        perform(ballot, "confirm_reply", actor=actor(people.members_host[1]))
    with refused(NotAllowed, "DOOR-00"):
        perform(ballot, "confirm_reply", actor=actor(people.secretariat_host))
    event = perform(ballot, "confirm_reply", actor=actor(member))
    confirmation = Confirmation.objects.get()
    assert (confirmation.position, confirmation.membership) == (Position.objects.get(), member)
    assert event.data["positions"] == [confirmation.position_id]
    with refused(NotReady, "BAL-29"):
        perform(ballot, "confirm_reply", actor=actor(member))


def test_a_member_replaces_a_reply_that_was_written_down_wrongly(people: Cast, ballot: Ballot) -> None:
    recorded(ballot, people.secretariat_host, people.members_host[0])
    say(ballot, people.members_host[0], AGREE, 1)
    assert list(Position.objects.values_list("answer", "on_paper")) == [("do_not_agree", True), ("agree", False)]


def test_neither_secretariat_writes_down_a_reply_of_the_other_side(people: Cast, ballot: Ballot) -> None:
    for by, seat in ((people.secretariat_host, people.members_japan[0]), (people.secretariat_japan, people.co_chair_host)):
        with pytest.raises(NotReady) as caught:
            recorded(ballot, by, seat)
        assert caught.value.codes == ("BAL-27",)
    assert list(Attempt.objects.values_list("side", "codes")) == [("host", ["BAL-27"]), ("japan", ["BAL-27"])]
    assert (Position.objects.count(), DocumentVersion.objects.count()) == (0, 0), "nothing is half-written"


def test_a_reply_on_paper_is_that_of_whoever_holds_the_seat(people: Cast, ballot: Ballot) -> None:
    with refused(NotReady, "BAL-10"):
        recorded(ballot, people.secretariat_host, alternate(people.members_host[0]))
    assert not Position.objects.exists()


def test_a_secretariat_never_votes(people: Cast, ballot: Ballot) -> None:
    with pytest.raises(NotAllowed) as caught:
        say(ballot, people.secretariat_host)
    assert caught.value.codes == ("DOOR-00",)
    with pytest.raises(NotReady) as refusal:
        recorded(ballot, people.secretariat_host, people.secretariat_host)
    assert refusal.value.codes == ("BAL-10",)
    with refused(NotAllowed, "DOOR-00"):
        perform(ballot, "record_reply", actor=actor(people.members_host[0]), seat=people.members_host[0].pk)


def test_each_reply_has_its_own_scan_and_a_day_that_can_be(people: Cast, ballot: Ballot, time: Rehearsal) -> None:
    recorded(ballot, people.secretariat_host, people.members_host[0])
    answers = [{"item": 1, "answer": "agree"}]
    given = {"actor": actor(people.secretariat_host), "seat": people.members_host[1].pk, "answers": answers}
    with refused(NotReady, "BAL-28"):
        perform(ballot, "record_reply", received_on=TODAY, **given)
    time.move_to(time.moment + timedelta(days=2))
    for day in (date(2027, 2, 28), date(2027, 3, 4)):
        with pytest.raises(NotReady) as caught:
            recorded(ballot, people.secretariat_host, people.members_host[1], received_on=day)
        assert caught.value.codes == ("BAL-28",)
    recorded(ballot, people.secretariat_host, people.members_host[1], received_on=date(2027, 3, 3))
    assert Position.objects.values("evidence").distinct().count() == 2


def test_a_reply_that_is_written_down_after_the_close_is_refused(people: Cast, ballot: Ballot, time: Rehearsal) -> None:
    time.move_to(ballot.closes_at or CLOSES_AT)
    with pytest.raises(NotReady) as caught:
        recorded(ballot, people.secretariat_host, people.members_host[0])
    assert caught.value.codes == ("BAL-14",)
    assert (Position.objects.count(), DocumentVersion.objects.count()) == (0, 0)


def test_the_database_takes_no_paper_reply_without_its_scan_or_its_secretariat(people: Cast, ballot: Ballot) -> None:
    event = say(ballot, people.members_host[0], AGREE, 1)
    seat = ballot.seats.get(membership=people.members_host[1])
    fields = {
        "ballot": ballot, "item": ballot.items.get(number=2), "seat": seat, "membership": people.members_host[1], "revision": 1,
        "side": "host", "answer": "agree", "at": event.acted_at, "act_id": event.act_id,
    }  # fmt: skip
    with pytest.raises(IntegrityError, match="position_on_paper_has_its_scan"):
        Position.objects.create(**fields, on_paper=True)


# --- Late replies, and tries that were refused --------------------------------------------------------


def test_a_late_reply_is_kept_marked_late_and_never_counts(people: Cast, ballot: Ballot, time: Rehearsal) -> None:
    both_co_chairs_agree(ballot, people)
    time.move_to((ballot.closes_at or CLOSES_AT) + timedelta(hours=1))
    with pytest.raises((NotNow, NotReady)) as caught:
        say(ballot, people.members_japan[0], NO, 1, 2)
    assert caught.value.codes == ("DOOR-02",)
    assert outcomes(ballot) == ["adopted", "adopted"]
    kept = LateReply.objects.order_by("item__number")
    assert list(kept.values_list("item__number", "side", "answer", "reason")) == [(1, "japan", *NO), (2, "japan", *NO)]
    assert Attempt.objects.get().codes == ["DOOR-02"]
    with kept_late("DOOR-02"):
        say(ballot, people.co_chair_host, NO, 1)


def test_a_reply_in_time_is_not_late(people: Cast, ballot: Ballot) -> None:
    with refused(NotReady, "BAL-30"):
        perform(ballot, "reply_late", actor=actor(people.members_host[0]), answers=[{"item": 1, "answer": "agree"}])


def test_who_never_sat_keeps_nothing_but_a_remembered_try(people: Cast, ballot: Ballot, time: Rehearsal) -> None:
    former = people.members_host[0]
    Membership.objects.filter(pk=former.pk).update(ends_on=time.moment.date())
    time.move_to(datetime(2027, 3, 4, tzinfo=UTC))
    with pytest.raises(NotAllowed) as caught:
        say(ballot, former, NO, 1)
    assert caught.value.codes == ("DOOR-00",)
    assert list(Attempt.objects.values_list("membership", "side", "codes")) == [(former.pk, "host", ["DOOR-00"])]
    assert not LateReply.objects.exists()


# --- The pages ----------------------------------------------------------------------------------------


def test_the_page_writes_down_a_reply(people: Cast, ballot: Ballot, client: Client) -> None:
    path = f"{ballot.get_absolute_url()}reply/"
    client.force_login(people.secretariat_host.user)
    page = client.get(path)
    offered = [key for key, _name in page.context["form"].fields["seat"].choices if key]
    assert offered == [one.pk for one in (people.co_chair_host, *people.members_host)]
    sent = {
        "seat": people.members_host[0].pk, "received_on_day": "1", "received_on_month": "3", "received_on_year": "2027",
        "item_1": "do_not_agree", "reason": "As I wrote.",
    }  # fmt: skip
    assert client.post(path, sent).status_code == 422, "without a scan"
    assert client.post(path, {**sent, "scan": scan("reply.exe")}).status_code == 422
    assert client.post(path, {**sent, "reason": "", "scan": scan()}).context["form"].errors == {
        "reason": ["Write down the reason or comment."]
    }
    assert Position.objects.count() == 0
    assert client.post(path, {**sent, "scan": scan()}).status_code == 302
    assert Position.objects.get().reason == "As I wrote."
    said = client.get(ballot.get_absolute_url()).content.decode()
    assert "on paper, not yet confirmed by the member" in said


def test_only_secretariats_have_that_page_and_only_while_the_ballot_runs(people: Cast, ballot: Ballot, client: Client) -> None:
    path = f"{ballot.get_absolute_url()}reply/"
    for one in (people.members_host[0], people.co_chair_japan, people.participant_host):
        client.force_login(one.user)
        assert client.get(path).status_code == 404
    perform(ballot, "withdraw", actor=actor(people.secretariat_host))
    client.force_login(people.secretariat_host.user)
    assert client.get(path)["Location"] == ballot.get_absolute_url()


def test_tries_are_read_by_the_secretariat_and_co_chair_of_that_side_alone(people: Cast, probe: Probe, client: Client) -> None:
    ballot = circulated(people, registering(probe))
    with pytest.raises(NotAllowed):
        say(ballot, people.secretariat_japan)
    readers = {people.secretariat_japan.pk, people.co_chair_japan.pk}
    for one in (*people.committee, people.secretariat_host, people.secretariat_japan):
        client.force_login(one.user)
        told = "Refused attempts" in client.get(ballot.get_absolute_url()).content.decode()
        assert told == (one.pk in readers), one


def test_whoever_had_left_the_office_when_the_reply_came_is_not_heard(people: Cast, ballot: Ballot, time: Rehearsal) -> None:
    member = people.members_host[0]
    Membership.objects.filter(pk=member.pk).update(ends_on=TODAY)
    time.move_to(time.moment + timedelta(days=1))
    with refused(NotReady, "BAL-39"):
        recorded(ballot, people.secretariat_host, member, received_on=TODAY + timedelta(days=1))
    recorded(ballot, people.secretariat_host, member)
    assert Position.objects.get().received_on == TODAY, "what was sent on the last day counts, whenever it is written down"
