"""What a record says, when it is written, and that nobody changes it."""

from __future__ import annotations

import json
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import DatabaseError, IntegrityError, connection, transaction

from apps.committee.models import Ballot, BallotItem, SideNote
from apps.committee.selectors import room
from apps.core import clock
from apps.core.canonical import canonical, normal
from apps.core.clock import Rehearsal
from apps.decision_records.handlers import record_decision
from apps.decision_records.kinds import key_id
from apps.decision_records.models import DecisionRecord, RecordKey
from apps.decision_records.render import verify
from apps.decision_records.render.words import meaning_of
from apps.decision_records.services import write_records
from apps.events.models import Delivery, Event
from apps.events.services import relay
from apps.workflow.services import perform
from tests.committee.ballots import both_co_chairs_agree, circulated, registering, say
from tests.decision_records.closed import RULE, closed, three_items, twelve_items
from tests.people import Cast, actor
from tests.probe.models import Probe

GOLDEN = Path(__file__).with_name("golden.json")
ACTS = {"act", "outcome_act"}
VALUES = [
    None, True, 0, -7, 2**53 - 1, "", "a", "é", '\u2028 \x7f \u0001 \t " \\ /', "𝟘 日本 भारत", [], {}, [[], {}, [None, False]],
    {"b": 1, "a": {"Z": "1", "_": [1, "2"], "~": {}}, "": 0},
]  # fmt: skip
OTHER_SEED = "42" * 32


def told(record: DecisionRecord) -> dict[str, Any]:
    """What a record says."""
    said: dict[str, Any] = json.loads(record.json)
    return said


def item(record: DecisionRecord, number: int) -> dict[str, Any]:
    """What a record says of an item."""
    found: dict[str, Any] = told(record)["items"][number - 1]
    return found


def steady(said: dict[str, Any]) -> dict[str, Any]:
    """A record without what differs from run to run: keys, acts and their hashes; of the languages English alone."""
    people = {seat["seat"]: place for place, seat in enumerate(said["seats"], 1)}
    acts: dict[str, str] = {}
    numbers = count(1)

    def name(key: str, value: Any) -> Any:
        if key in ACTS:
            return acts.setdefault(value, f"act {next(numbers)}")
        if key in {"seat", "membership"}:
            return people.get(value, "somebody")
        if key == "silent":
            return [people[one] for one in value]
        return walk(value)

    def walk(value: Any) -> Any:
        if isinstance(value, list):
            return [walk(one) for one in value]
        if not isinstance(value, dict):
            return value
        if set(value) == {"en", "ja", "hi"}:
            assert all(value.values())
            return {"en": value["en"]}
        revised = {"title", "sha256"} <= set(value)
        changing = {"sha256"} if "answer" in value or revised else {"key"} if "procedure" in value else set()
        return {key: "differs" if key in changing else name(key, one) for key, one in value.items()}

    walked: dict[str, Any] = walk(said)
    return walked


# --- What it says ---------------------------------------------------------------------------------


def test_the_record_of_a_ballot_is_the_golden_one(people: Cast, time: Rehearsal, probes: list[Probe], tmp_path: Path) -> None:
    [record] = write_records(three_items(people, time, probes))
    now = json.dumps(steady(told(record)), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    (tmp_path / GOLDEN.name).write_text(now, encoding="utf-8")
    assert now == GOLDEN.read_text(encoding="utf-8"), f"where the format was to change, it is now {tmp_path / GOLDEN.name}"


def test_reasons_are_given_in_three_languages(people: Cast, time: Rehearsal, probes: list[Probe]) -> None:
    [record] = write_records(three_items(people, time, probes))
    assert item(record, 1)["reasoning"] == {
        "en": (
            "Adopted under (a): no negative reply in the 10 days of its window, which ended with 26 March 2027, and both"
            " co-chairs agreed: India on 16 March 2027, 08:30 IST / 12:00 JST and Japan on 16 March 2027, 08:30 IST / 12:00 JST."
            " 2 members were silent, which counts as consent. 1 member declared a conflict of interest and was not counted."
        ),
        "ja": (
            "（a）により採択。10日間の回答期間（2027年3月26日に終了）内に否定的な回答がなく、両共同議長が賛成した"
            "（インドは2027年3月16日 08:30 IST / 12:00 JST及び日本は2027年3月16日 08:30 IST / 12:00 JST）。"
            "委員2名は回答せず、同意とみなされた。委員1名は利益相反を申告し、数に含めなかった。"
        ),
        "hi": (
            "(a) के अधीन अंगीकृत: 26 मार्च 2027 को समाप्त 10 दिन की अवधि में कोई नकारात्मक उत्तर नहीं आया, और दोनों सह-अध्यक्ष"
            " सहमत हुए: भारत ने 16 मार्च 2027, 08:30 IST / 12:00 JST तथा जापान ने 16 मार्च 2027, 08:30 IST / 12:00 JST।"
            " 2 सदस्य मौन रहे, जिसे सहमति माना जाता है। 1 सदस्य ने हितों का टकराव घोषित किया और उसे गिना नहीं गया।"
        ),
    }


def test_a_bundle_of_twelve_is_one_record(people: Cast, time: Rehearsal) -> None:
    [record] = write_records(twelve_items(people, time))
    said = told(record)["items"]
    assert [one["outcome"] for one in said] == ["adopted"] * 3 + ["severed"] + ["adopted"] * 8
    assert [one["performance"]["performed"] for one in said if "performance" in one] == [True] * 3 + [False] + [True] * 7
    assert said[4]["performance"]["problems"] == [{"code": "PRB-05", "text": "its predecessor is not registered"}]
    assert [one["number"] for each in said for one in each["positions"]] == list(range(1, 39))


def test_everybody_agreed_and_a_meeting_are_other_grounds(people: Cast, probes: list[Probe]) -> None:
    early = circulated(people, registering(probes[0]))
    for one in people.committee:
        say(early, one)
    [record] = write_records(early)
    assert item(record, 1)["reasoning"]["en"] == (
        "Adopted under (b): all members agreed before the window ended; the co-chairs: India on 16 March 2027, 08:30 IST / 12:00"
        " JST and Japan on 16 March 2027, 08:30 IST / 12:00 JST."
    )
    met = circulated(people, registering(probes[1]), form="meeting", meeting_no=2, place="Delhi", held_on="2027-03-16")
    both_co_chairs_agree(met, people)
    [record] = write_records(met)
    assert told(record)["meeting"] == {"number": "2", "place": "Delhi", "held_on": "2027-03-16"}
    assert item(record, 1)["reasoning"]["en"].startswith("Adopted at the meeting of 16 March 2027; both co-chairs confirmed it: ")
    assert "window" not in item(record, 1)
    bare = circulated(people, RULE, form="unstated")
    both_co_chairs_agree(bare, people)
    [record] = write_records(bare)
    assert item(record, 1)["reasoning"]["en"].startswith("Adopted: both co-chairs confirmed it: India on ")


def test_a_withdrawn_item_says_why(people: Cast, probes: list[Probe]) -> None:
    ballot = circulated(people, registering(probes[0]), RULE)
    perform(ballot, "withdraw_item", actor=actor(people.secretariat_host), item=1, reason="The applicant asked for time.")
    for one in people.committee:
        say(ballot, one)
    [record] = write_records(ballot)
    assert item(record, 1)["outcome_because"] == "The applicant asked for time."
    assert item(record, 1)["reasoning"]["en"] == "Withdrawn."
    assert "performance" not in item(record, 1)


def test_nobody_is_named_and_no_side_is_overheard(people: Cast, time: Rehearsal, probes: list[Probe]) -> None:
    ballot = three_items(people, time, probes)
    note = {"membership": people.members_host[0], "side": "host", "stance": "comment", "text": "CANARY", "at": clock.now()}
    with room("host"):
        SideNote.objects.create(ballot=ballot, **note)
    [record] = write_records(ballot)
    text = record.json.decode()
    for one in people.everybody:
        assert one.user.name not in text
        assert one.user.email not in text
    assert "@" not in text
    assert "CANARY" not in text
    assert "VAL 1.pdf" not in text
    assert "PDD 1.pdf" in text
    assert {act["event"] for act in told(record)["acts"]} == {
        "ballot.circulate", "ballot.take_position", "ballot.close_window", "ballot.settle", "ballot.execute", "ballot.close",
    }  # fmt: skip


def test_an_act_inside_a_side_is_in_no_record(people: Cast, time: Rehearsal, probes: list[Probe], monkeypatch: Any) -> None:
    """Whatever else becomes an act of a ballot is left out unless the record refers to it."""
    monkeypatch.setattr("apps.decision_records.render.record.TOLD", frozenset({"ballot.close"}))
    [record] = write_records(three_items(people, time, probes))
    assert {act["event"] for act in told(record)["acts"]} == {
        "ballot.circulate", "ballot.take_position", "ballot.settle", "ballot.close",
    }  # fmt: skip


# --- Its bytes ------------------------------------------------------------------------------------


def test_the_signature_is_the_sites(people: Cast, time: Rehearsal, probes: list[Probe], settings: Any) -> None:
    settings.RECORD_SIGNING_KEY = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
    [record] = write_records(three_items(people, time, probes))
    # The first test vector of RFC 8032.
    assert record.key.public_key == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert record.key.key_id == key_id(bytes.fromhex(record.key.public_key)) == "21fe31dfa154a261"
    public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(record.key.public_key))
    public.verify(bytes.fromhex(record.signature), record.json)
    assert canonical(told(record)) == record.json == verify.canonical(told(record))


def test_an_old_record_keeps_its_key(people: Cast, time: Rehearsal, probes: list[Probe], settings: Any) -> None:
    [first] = write_records(three_items(people, time, probes))
    settings.RECORD_SIGNING_KEY = OTHER_SEED
    text = circulated(people, RULE)
    for one in people.committee:
        say(text, one)
    [second] = write_records(text)
    assert [first.key_id, second.key_id] == list(RecordKey.objects.order_by("id").values_list("pk", flat=True))
    assert first.key.public_key != second.key.public_key


@pytest.mark.parametrize("value", VALUES)
def test_both_programs_write_the_same_canonical_json(value: Any) -> None:
    assert canonical(value) == verify.canonical(normal(value))


def test_fractions_and_decomposed_letters_are_kept_out() -> None:
    with pytest.raises(TypeError, match=r"^0\.5 has no place in a record: write amounts as texts$"):
        canonical({"tonnes": [0.5]})
    assert canonical({"e\u0301": "e\u0301"}) == '{"é":"é"}'.encode()


# --- When it is written ---------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_the_relay_has_it_written_once(people: Cast, time: Rehearsal, probes: list[Probe]) -> None:
    ballot = three_items(people, time, probes)
    assert DecisionRecord.objects.count() == 0
    relay()
    first = DecisionRecord.objects.get()
    assert (first.number, first.supplement) == (ballot.reference, 0)
    Delivery.objects.filter(subscriber="decision_records").update(delivered_at=None)
    relay()
    assert DecisionRecord.objects.get() == first
    assert not Delivery.objects.filter(subscriber="decision_records", delivered_at=None).exists()


def test_there_is_none_before_the_close_nor_for_a_withdrawn_ballot(people: Cast, probes: list[Probe]) -> None:
    ballot = circulated(people, registering(probes[0]), RULE)
    assert write_records(ballot) == []
    both_co_chairs_agree(ballot, people)
    record_decision(Event.objects.filter(type="ballot.take_position").latest("id"))
    assert DecisionRecord.objects.count() == 0
    perform(ballot, "withdraw", actor=actor(people.secretariat_host))
    assert write_records(ballot) == []


def with_a_late_effect(people: Cast, time: Rehearsal, probes: list[Probe]) -> tuple[Ballot, Event]:
    """A closed ballot whose first item was performed only when the secretariat tried again, and that act."""
    Probe.objects.filter(pk=probes[0].pk).update(predecessor=probes[1])
    ballot = circulated(people, registering(probes[0]), registering(probes[1]))
    both_co_chairs_agree(ballot, people)
    ballot = closed(ballot, time)
    assert BallotItem.objects.get(ballot=ballot, number=1).executed_at is None
    return ballot, perform(ballot, "execute", actor=actor(people.secretariat_host))


def test_what_is_performed_later_is_a_supplement(people: Cast, time: Rehearsal, probes: list[Probe]) -> None:
    ballot, again = with_a_late_effect(people, time, probes)
    record_decision(again)
    first, second = DecisionRecord.objects.order_by("supplement")
    assert (first.supplement, second.supplement, second.act_id) == (0, 1, again.act_id)
    assert told(second)["supplements"] == {"number": ballot.reference, "supplement": 0, "sha256": first.sha256}
    before, after = item(first, 1)["performance"], item(second, 1)["performance"]
    # The relay came late: the refusal's own words are gone, and its code is explained instead where an app explains it.
    assert (before["performed"], before["problems"]) == (False, [{"code": "PRB-05"}])
    assert (after["performed"], after["effect"]["event"], after["act"]) == (True, "probe.register", str(again.act_id))
    assert write_records(ballot) == []


def test_trying_in_vain_is_no_supplement(people: Cast, time: Rehearsal, probes: list[Probe]) -> None:
    Probe.objects.filter(pk=probes[0].pk).update(predecessor=probes[1])
    ballot = circulated(people, registering(probes[0]))
    both_co_chairs_agree(ballot, people)
    ballot = closed(ballot, time)
    perform(ballot, "execute", actor=actor(people.secretariat_host))
    assert [one.supplement for one in write_records(ballot)] == [0]


def test_codes_are_explained() -> None:
    assert meaning_of(None, "BAL-22") == "An adopted step failed by a fault of the system, not of the rules."
    assert meaning_of(None, "XYZ-99") == ""


# --- That nobody changes it -----------------------------------------------------------------------


def attacked(statement: str, *values: object) -> str:
    """What the database says to a statement of the application."""
    with pytest.raises(DatabaseError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
    return str(refusal.value)


def test_the_application_cannot_change_or_delete_a_record(people: Cast, time: Rehearsal, probes: list[Probe]) -> None:
    write_records(three_items(people, time, probes))
    for table in ("decision_records_decisionrecord", "decision_records_recordkey"):
        for statement in (f"update {table} set id = id", f"delete from {table}", f"truncate {table} cascade"):
            assert attacked(statement).startswith("permission denied"), statement


def test_a_record_is_of_its_bytes_and_of_an_act(people: Cast, time: Rehearsal, probes: list[Probe]) -> None:
    ballot, _again = with_a_late_effect(people, time, probes)
    record, supplement = write_records(ballot)
    fields = {"ballot": ballot, "number": ballot.reference, "signature": record.signature, "key": record.key}

    def refused(**changed: object) -> str:
        made = {**fields, "supplement": 2, "content": b"{}", "sha256": verify.digest(b"{}"), "act_id": ballot_act, **changed}
        with pytest.raises(IntegrityError) as refusal, transaction.atomic():
            DecisionRecord.objects.create(**made)
        return str(refusal.value)

    ballot_act = Event.objects.filter(subject_type="ballot", type="ballot.execute").earliest("id").act_id
    assert "record_hash_is_of_its_bytes" in refused(sha256="0" * 64)
    assert "record_once_per_supplement" in refused(supplement=1)
    circulation = Event.objects.get(type="ballot.circulate")
    assert "tells of no act that ended its ballot" in refused(act_id=circulation.act_id)
    assert "tells of no act that ended its ballot" in refused(number="JC-IN-2027-999")
    assert supplement.supplement == 1
