"""What a record tells of those who did not simply answer: amended texts, alternates, replies on paper, late ones."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile

from apps.accounts.models import Membership
from apps.accounts.roles import Role
from apps.committee.services import record_reply
from apps.core.canonical import sha256
from apps.core.clock import Rehearsal
from apps.core.errors import NotNow
from apps.decision_records import pages
from apps.decision_records.models import DecisionRecord
from apps.decision_records.render import bundle, verify
from apps.decision_records.render.sheet import sheet
from apps.decision_records.services import write_records
from apps.workflow.services import perform, sweep
from tests.committee.ballots import (
    AGREE,
    CIRCULATED_AT,
    CLOSES_AT,
    CONFLICT,
    NO,
    both_co_chairs_agree,
    circulated,
    registering,
    say,
)
from tests.decision_records.closed import RULE, closed, with_papers
from tests.people import APPOINTED_ON, Cast, actor, organisation, person
from tests.probe.models import Probe

SCAN = b"%PDF-1.7\nI agree.\n%%EOF\n"


def items(record: DecisionRecord) -> list[dict[str, Any]]:
    """The items of a record."""
    found: list[dict[str, Any]] = json.loads(record.json)["items"]
    return found


def alternate_of(principal: Membership) -> Membership:
    """Somebody of another ministry who acts for a member in everything."""
    of = organisation("Embassy", principal.side)
    user = person(f"Alternate of {principal.pk}", Role.AUTHORITY, of, principal.side).user
    return Membership.objects.create(
        user=user, organisation=of, role=Role.ALTERNATE, side=principal.side, starts_on=APPOINTED_ON, acts_for=principal
    )


def test_an_amended_text_stands_with_the_one_before(people: Cast, time: Rehearsal) -> None:
    time.move_to(CIRCULATED_AT)
    former = circulated(people, RULE)
    for one in people.committee:
        say(former, one)
    wrong = f"{former.reference}/1"
    ballot = circulated(people, RULE, {"title": "Correct the text?", "text": "As it stands.", "corrects": wrong})
    both_co_chairs_agree(ballot, people)
    time.move_to(CLOSES_AT - timedelta(days=3))
    perform(ballot, "amend_item", actor=actor(people.co_chair_host), item=1, new_text="Amended.", reason="As agreed by both.")
    say(ballot.reload(), people.co_chair_host, AGREE, 1)
    say(ballot, people.co_chair_japan, AGREE, 1)
    time.move_to(CLOSES_AT)
    sweep()
    time.move_to(CLOSES_AT + timedelta(days=8))
    sweep()
    [record] = write_records(ballot.reload())
    first, second = items(record)
    assert [(one["number"], one["text"]) for one in first["revisions"]] == [(1, RULE["text"]), (2, "Amended.")]
    assert [(one["revision"], one["counts"], one["superseded"]) for one in first["positions"]] == [
        (1, False, True), (1, False, True), (2, True, False), (2, True, False),
    ]  # fmt: skip
    assert (first["text"], first["revision"], first["window"]["ends_on"]) == ("Amended.", 2, "2027-04-03")
    assert (second["window"]["ends_on"], second["corrects"]) == ("2027-03-26", wrong)
    assert "which ended with 3 April 2027" in first["reasoning"]["en"]
    shown = sheet(record, "en")
    assert ("Corrects", wrong) in shown.items[1]["facts"]
    assert ("Text decided on", "revision 2") in shown.items[0]["facts"]
    assert "Window for replies" not in dict(shown.facts)
    assert shown.items[0]["voices"][0]["notes"] == ["Superseded; it does not count.", "On revision 1."]


def test_an_alternate_is_named_by_whom_they_act_for(people: Cast, time: Rehearsal, probes: list[Probe]) -> None:
    principal = people.members_host[0]
    alternate = alternate_of(principal)
    ballot = circulated(people, registering(probes[0]))
    say(ballot, principal, CONFLICT)
    say(ballot, alternate, AGREE)
    both_co_chairs_agree(ballot, people)
    [record] = write_records(closed(ballot, time))
    [item] = items(record)
    declared, spoken = item["positions"][:2]
    assert (declared["membership"], declared["counts"], declared["superseded"]) == (principal.pk, False, False)
    assert (spoken["seat"], spoken["membership"], spoken["counts"]) == (principal.pk, alternate.pk, True)
    assert spoken["by_alternate"] == {"membership": alternate.pk, "function": "alternate", "organisation": "Embassy"}
    assert [one["membership"] for one in item["conflicts_of_interest"]] == [principal.pk]
    notes = sheet(record, "en").items[0]["voices"]
    assert [f"Taken by an alternate: Embassy, membership {alternate.pk}."] in [one.get("notes") for one in notes]


def test_a_reply_on_paper_has_its_scan_by_hash(
    people: Cast, time: Rehearsal, probes: list[Probe], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle, "pdf", lambda record, language: f"%PDF {record.number} {language}".encode())
    member = people.members_japan[0]
    with_papers(people, probes[0], 1)
    ballot = circulated(people, registering(probes[0]))
    given = {"seat": member.pk, "received_on": date(2027, 3, 16), "answers": {1: AGREE}}
    record_reply(ballot, membership=people.secretariat_japan, scan=ContentFile(SCAN, "reply.pdf"), **given)
    both_co_chairs_agree(ballot.reload(), people)
    [record] = write_records(closed(ballot, time))
    [item] = items(record)
    paper = item["positions"][0]["on_paper"]
    assert (paper["received_on"], paper["confirmed"], paper["scan"]["sha256"]) == ("2027-03-16", False, sha256(SCAN))
    assert "name" not in paper["scan"]
    assert "reply.pdf" not in record.json.decode()
    [told] = [note for one in sheet(record, "en").items[0]["voices"] for note in one.get("notes", ())]
    assert told == "Received on paper or by e-mail on 16 March 2027; not confirmed by the member yet."
    open_to_all = pages.public_parts(record)
    inside = pages.committee_parts(record, people.members_host[0])
    assert sha256(SCAN) not in {part.sha256 for part in open_to_all}
    assert sha256(SCAN) in {part.sha256 for part in inside}
    for parts in (open_to_all, inside):
        assert verify.check({part.path: b"".join(part.chunks()) for part in parts}, set())[0] == []


def test_a_late_reply_is_told_where_it_came_before_the_record(people: Cast, time: Rehearsal, probes: list[Probe]) -> None:
    Probe.objects.filter(pk=probes[0].pk).update(predecessor=probes[1])
    ballot = circulated(people, registering(probes[0]), registering(probes[1]))
    both_co_chairs_agree(ballot, people)
    ballot = closed(ballot, time)
    with pytest.raises(NotNow):
        say(ballot, people.members_host[0], NO, 1)
    perform(ballot, "execute", actor=actor(people.secretariat_host))
    first, supplement = write_records(ballot)
    assert "late_replies" not in items(first)[0]
    [late] = items(supplement)[0]["late_replies"]
    assert (late["answer"], late["reason"], late["seat"]) == (NO[0], NO[1], people.members_host[0].pk)
    assert [one["reason"] for one in sheet(supplement, "en").items[0]["late"]] == [NO[1]]


def test_a_deferred_item_says_why(people: Cast) -> None:
    ballot = circulated(people, RULE, {**RULE, "title": "Adopt it once more?"})
    perform(ballot, "defer_item", actor=actor(people.co_chair_host), item=1, reason="For the meeting in May.")
    for one in people.committee:
        say(ballot.reload(), one)
    [record] = write_records(ballot.reload())
    deferred = items(record)[0]
    assert (deferred["outcome"], deferred["outcome_because"]) == ("deferred", "For the meeting in May.")
    assert deferred["reasoning"]["en"] == "Deferred to a meeting."
    assert sheet(record, "en").heading == "One item adopted, one deferred"
