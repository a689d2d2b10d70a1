"""When an input counts, to the second; limits, links, letters, and what is forgotten."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction

from apps.core.clock import Rehearsal
from apps.core.errors import NotAllowed, NotNow, NotReady
from apps.events.models import Event
from apps.events.selectors import history
from apps.methodologies.models import ProposedMethodology
from apps.public_inputs.kinds import MOST_OF_ADDRESS, MOST_OF_NETWORK
from apps.public_inputs.models import PublicInput, Sent, Statement, Trace
from apps.public_inputs.procedure import State
from apps.public_inputs.render import token_of
from apps.public_inputs.selectors import call_about
from apps.public_inputs.services import confirm, forget
from apps.public_inputs.services.letters import send_letters
from apps.workflow.actors import Actor
from apps.workflow.services import open_file, sweep
from tests.journeys import methodology
from tests.people import Cast
from tests.public_inputs.writing import SAID, entered, received, sent
from tests.refused import refused

# The last moments of 14 August in Japan; in India it is the evening.
LAST_SECOND = datetime(2028, 8, 14, 14, 59, 59, tzinfo=UTC)
TOO_LATE = datetime(2028, 8, 14, 15, 0, 0, tzinfo=UTC)
AN_HOUR = timedelta(hours=1)


def test_an_input_of_the_last_second_in_japan_counts(proposal: ProposedMethodology, time: Rehearsal) -> None:
    time.move_to(LAST_SECOND)
    found = received(proposal)
    assert (found.reference, found.state, found.received_on) == (f"{proposal.reference}-PI1", State.RECEIVED, date(2028, 8, 14))


def test_an_input_of_the_next_second_does_not_count_swept_or_not(proposal: ProposedMethodology, time: Rehearsal) -> None:
    time.move_to(LAST_SECOND)
    waiting = sent(proposal)
    time.move_to(TOO_LATE)
    with refused(NotReady, "INP-01"):
        confirm(token_of(waiting.key))
    with refused(NotReady, "INP-01"):
        sent(proposal)
    sweep()
    assert proposal.reload().state == "consideration"
    with refused(NotReady, "INP-01"):
        confirm(token_of(waiting.key))
    assert (PublicInput.objects.count(), Statement.objects.count()) == (0, 0)


def test_before_a_call_and_after_an_early_end_nothing_counts(people: Cast) -> None:
    draft = methodology.submitted(people)
    assert call_about(draft) is None
    early = methodology.published(people)
    waiting = sent(early)
    methodology.act(early, "withdraw", people.participant_host)
    with refused(NotReady, "INP-01"):
        confirm(token_of(waiting.key))
    with refused(NotReady, "INP-01"):
        entered(early.reload(), people.secretariat_host)


def test_the_log_has_the_hash_of_the_text_and_nothing_of_its_author(proposal: ProposedMethodology) -> None:
    found = received(proposal)
    (event,) = history("public_input", found.pk)
    digest = sha256(SAID["text"].encode()).hexdigest()
    assert (event.type, event.actor, event.data) == ("public_input.receive", "clock", {"inputs": {}, "sha256": digest})
    logged = str(list(Event.objects.values()))
    assert not any(word in logged for word in (SAID["text"], SAID["name"], "asha@example.org", "192.0.2.7"))


def test_a_link_that_is_opened_twice_gives_one_input(proposal: ProposedMethodology) -> None:
    token = token_of(sent(proposal).key)
    assert confirm(token) == confirm(token)
    assert PublicInput.objects.count() == 1


def test_a_link_that_nobody_sent_is_refused(proposal: ProposedMethodology) -> None:
    sent(proposal)
    with refused(NotNow, "INP-04"):
        confirm("0" * 48)


def test_of_a_link_only_its_hash_is_kept(proposal: ProposedMethodology) -> None:
    one = sent(proposal)
    token = token_of(one.key)
    assert one.token_sha256 == sha256(token.encode()).hexdigest()
    assert token not in str(list(Sent.objects.values()))


def test_once_received_the_text_stands_in_the_statement_alone(proposal: ProposedMethodology) -> None:
    found = received(proposal)
    assert (found.statement.text, found.statement.name, found.statement.country) == (SAID["text"], "Asha Rao", "India")
    assert list(Sent.objects.values_list("text", "name", "organisation", "email")) == [("", "", "", "asha@example.org")]


def test_what_cannot_be_kept_is_refused_at_its_field(proposal: ProposedMethodology) -> None:
    with refused(NotReady, "INP-07"):
        sent(proposal, text="nothing\0there")
    with refused(NotReady, "INP-07"):
        sent(proposal, text="  ")
    assert Sent.objects.count() == 0


# --- Limits ---------------------------------------------------------------------------------------


def test_of_one_address_only_so_much_is_taken_within_an_hour(proposal: ProposedMethodology, time: Rehearsal) -> None:
    for number in range(MOST_OF_ADDRESS):
        sent(proposal, network=f"192.0.2.{number}")
    with refused(NotReady, "INP-05"):
        sent(proposal, email="ASHA@example.org", network="192.0.2.99")
    sent(proposal, email="other@example.org", network="192.0.2.99")
    time.move_to(time.moment + AN_HOUR)
    sent(proposal, network="192.0.2.99")


def test_of_one_network_only_so_much_is_taken_within_an_hour(proposal: ProposedMethodology) -> None:
    for number in range(MOST_OF_NETWORK):
        sent(proposal, email=f"{number}@example.org")
    with refused(NotReady, "INP-05"):
        sent(proposal, email="more@example.org")
    assert Sent.objects.count() == MOST_OF_NETWORK


def test_traces_name_nobody_and_are_forgotten_after_a_day(proposal: ProposedMethodology, time: Rehearsal) -> None:
    sent(proposal)
    kept = str(list(Trace.objects.values()))
    assert "192.0.2.7" not in kept
    assert "asha" not in kept
    time.move_to(time.moment + timedelta(days=1))
    assert (forget(), Trace.objects.count(), Sent.objects.count()) == (0, 0, 1)


def test_what_was_sent_is_forgotten_a_week_after_the_call(proposal: ProposedMethodology, time: Rehearsal) -> None:
    found = received(proposal)
    sent(proposal)
    time.move_to(TOO_LATE + timedelta(days=7) - timedelta(seconds=1))
    assert forget() == 0
    time.move_to(TOO_LATE + timedelta(days=7))
    assert (forget(), Sent.objects.count()) == (2, 0)
    assert found.reload().statement.text == SAID["text"]


# --- Letters by mail ------------------------------------------------------------------------------


def test_the_link_and_then_the_receipt_are_mailed_once_each(proposal: ProposedMethodology) -> None:
    one = sent(proposal)
    token = token_of(one.key)
    assert (send_letters(), send_letters(), len(mail.outbox)) == (1, 0, 1)
    assert f"/public-inputs/confirm/{token}/" in mail.outbox[0].body
    assert mail.outbox[0].to == ["asha@example.org"]
    found = confirm(token)
    assert (send_letters(), send_letters(), len(mail.outbox)) == (1, 0, 2)
    assert mail.outbox[1].subject == f"[JCM IN-JP] Received: public input {found.reference}"
    assert SAID["text"] not in mail.outbox[0].body + mail.outbox[1].body


def test_a_letter_that_fails_waits_and_the_others_go_out(
    proposal: ProposedMethodology, time: Rehearsal, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(proposal)
    sent(proposal, email="other@example.org")
    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMessage.send", lambda self: 1 / (self.to != ["asha@example.org"]))
        assert send_letters() == 1
    assert list(Sent.objects.values_list("link_mailed_at", flat=True))[0] is None  # noqa: RUF015 - in their order
    assert send_letters() == 0
    time.move_to(time.moment + timedelta(minutes=2))
    assert (send_letters(), mail.outbox[-1].to) == (1, ["asha@example.org"])


def test_while_the_mail_server_is_away_one_letter_is_tried_and_the_rest_waits(
    proposal: ProposedMethodology, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each attempt lasts until the server is given up: two hundred would outlast the worker."""
    for number in range(3):
        sent(proposal, email=f"{number}@example.org")
    tried: list[str] = []

    def away(letter: mail.EmailMessage) -> int:
        tried.extend(letter.to)
        raise ConnectionRefusedError("nobody there")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", away)
    assert send_letters() == 0
    assert tried == ["0@example.org"]
    assert list(Sent.objects.order_by("pk").values_list("attempts", flat=True)) == [1, 0, 0]


# --- Letters on paper -----------------------------------------------------------------------------


def test_a_letter_counts_by_the_day_on_which_it_came(proposal: ProposedMethodology, people: Cast, time: Rehearsal) -> None:
    time.move_to(TOO_LATE + timedelta(days=2))
    sweep()
    late = proposal.reload()
    found = entered(late, people.secretariat_host, received_on=date(2028, 8, 14))
    (event,) = history("public_input", found.pk)
    assert (found.received_on, found.statement.by_letter) == (date(2028, 8, 14), True)
    assert (event.capacity, event.side, event.data["received_on"]) == ("secretariat", "host", "2028-08-14")
    for day in (date(2028, 7, 30), date(2028, 8, 15)):
        with refused(NotReady, "INP-01"):
            entered(late, people.secretariat_host, received_on=day)


def test_only_a_secretariat_enters_letters_and_nobody_receives_by_hand(proposal: ProposedMethodology, people: Cast) -> None:
    for one in (people.participant_host, people.co_chair_japan, people.tpe, people.government_host):
        with refused(NotAllowed, "DOOR-00"):
            entered(proposal, one)
    statement = Statement.objects.create(**SAID)
    fields = {"subject_type": "methodology", "subject_id": proposal.pk, "statement": statement, "received_on": date(2028, 7, 31)}
    person = Actor.person(people.secretariat_host)
    given = {"actor": person, "edition": proposal.edition, "title": "x", "fields": fields}
    with refused(NotAllowed, "DOOR-00"):
        open_file(PublicInput, "receive", **given)


def test_what_somebody_wrote_cannot_be_changed_or_deleted(proposal: ProposedMethodology) -> None:
    found = received(proposal)
    for sql in ("update public_inputs_statement set text = 'x'", "delete from public_inputs_statement"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("delete from public_inputs_publicinput where id = %s", [found.pk])
