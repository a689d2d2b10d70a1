"""The pages of records over HTTP: who sees them, what can be downloaded by whom, and that reading writes nothing."""

from __future__ import annotations

import io
import json
import re
import zipfile
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import Membership
from apps.accounts.roles import Role
from apps.committee.models import Ballot
from apps.core.clock import Rehearsal
from apps.decision_records.models import DecisionRecord
from apps.decision_records.render import bundle, verify
from apps.decision_records.services import write_records
from apps.workflow.services import perform
from tests.committee.ballots import both_co_chairs_agree, circulated, registering, say
from tests.decision_records.closed import closed, three_items
from tests.people import Cast, actor
from tests.probe.models import Probe

MOST_QUERIES = 12
TAG = re.compile(r"<[^>]*>")


@pytest.fixture
def ballot(people: Cast, time: Rehearsal, probes: list[Probe], monkeypatch: pytest.MonkeyPatch) -> Ballot:
    """A closed ballot of three items without a record."""
    monkeypatch.setattr(bundle, "pdf", lambda record, language: f"%PDF {record.number} {language}".encode())
    return three_items(people, time, probes)


@pytest.fixture
def record(ballot: Ballot) -> DecisionRecord:
    """Its record."""
    return write_records(ballot)[0]


def text(response: Any) -> str:
    """What a page says, without its markup."""
    return " ".join(unescape(TAG.sub(" ", response.content.decode())).split())


def as_member(client: Client, membership: Membership | None) -> Client:
    """The browser of a member, or of a visitor."""
    client.logout()
    if membership is not None:
        client.force_login(membership.user)
    return client


def opened(response: Any) -> zipfile.ZipFile:
    """A bundle that came in pieces."""
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


# --- The page -------------------------------------------------------------------------------------


def test_everybody_reads_what_was_decided(client: Client, record: DecisionRecord) -> None:
    said = text(client.get(f"/decisions/{record.number}/record/"))
    assert "Two items adopted, one severed" in said
    assert "Adopted under (a): no negative reply in the 10 days of its window" in said
    assert "Committee member, Ministry of Japan" in said
    assert "“The default value rests on one study.” Superseded; it does not count." in said
    assert "No reply; counts as consent" in said
    assert "Confidential: named by its hash only" in said
    assert record.sha256 in said
    assert f"python verify.py {record.number}-proof.zip --key {record.key.public_key}" in said
    assert "VAL 1.pdf" not in said
    assert "confidential documents that you may read" not in said


def test_every_language_has_the_page(client: Client, record: DecisionRecord) -> None:
    for language, words in (("ja", "2項目を採択、1項目を分離"), ("hi", "दो मदें अंगीकृत, एक पृथक")):
        client.cookies["language"] = language
        assert words in text(client.get(record.get_absolute_url())), text(client.get(record.get_absolute_url()))[:400]


def test_the_list_of_decisions_leads_there(client: Client, record: DecisionRecord) -> None:
    assert f'href="{record.get_absolute_url()}"' in client.get("/decisions/").content.decode()


def test_a_supplement_leads_to_what_it_follows(client: Client, people: Cast, time: Rehearsal, probes: list[Probe]) -> None:
    Probe.objects.filter(pk=probes[0].pk).update(predecessor=probes[1])
    ballot = circulated(people, registering(probes[0]), registering(probes[1]))
    both_co_chairs_agree(ballot, people)
    ballot = closed(ballot, time)
    first = write_records(ballot)[0]
    page = f"/decisions/{ballot.reference}/record/"
    assert "Adopted , not performed" in text(client.get(page))
    assert "Its predecessor is not registered PRB-05" in text(client.get(page))
    perform(ballot, "execute", actor=actor(people.secretariat_host))
    second = write_records(ballot)[0]
    assert f"{ballot.reference} , supplement 1" in text(client.get(page)).replace(
        f"{ballot.reference}, ", f"{ballot.reference} , "
    )
    assert first.sha256 in text(client.get(page))
    assert client.get(f"{page}0/record.json").content == first.json
    answer = client.get(f"{page}1/record.json")
    assert answer.content == second.json
    assert answer["Content-Disposition"] == f'attachment; filename="{ballot.reference}-supplement-1.json"'


@pytest.mark.parametrize("name", ["JC-IN-2099-001", "none", "a%00b", "JC-IN-2027-001%20"])
def test_what_is_not_there_is_404(client: Client, record: DecisionRecord, name: str) -> None:
    for rest in ("", "0/record.json", "0/en.pdf", "0/proof.zip", "0/committee-proof.zip"):
        assert client.get(f"/decisions/{name}/record/{rest}").status_code == 404, rest
    for rest in ("1/record.json", "0/fr.pdf", "1/proof.zip", "99999999999999999999/record.json"):
        assert client.get(f"{record.get_absolute_url()}{rest}").status_code == 404, rest


def test_a_running_ballot_has_no_page(client: Client, people: Cast, probes: list[Probe]) -> None:
    ballot = circulated(people, registering(probes[0]))
    for membership in (None, people.secretariat_host, people.co_chair_japan):
        assert as_member(client, membership).get(f"/decisions/{ballot.reference}/record/").status_code == 404


def test_the_pages_take_few_queries_however_many_items(client: Client, record: DecisionRecord, people: Cast) -> None:
    def queries(path: str) -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    of_three = queries(record.get_absolute_url())
    many = circulated(people, *({"title": f"Adopt text {number}?", "text": "Its words."} for number in range(12)))
    for one in people.committee:
        say(many, one)
    twelve = write_records(many)[0]
    assert queries(twelve.get_absolute_url()) == of_three <= MOST_QUERIES
    assert queries("/decisions/key/") <= MOST_QUERIES
    as_member(client, people.co_chair_host)
    assert queries(twelve.get_absolute_url()) <= MOST_QUERIES


# --- Before the relay has come --------------------------------------------------------------------


def test_reading_writes_nothing(client: Client, ballot: Ballot, people: Cast) -> None:
    page = f"/decisions/{ballot.reference}/record/"
    for membership in (None, people.participant_host, people.secretariat_host):
        said = text(as_member(client, membership).get(page))
        assert "The record is being prepared" in said
        assert ("Write the record now" in said) == (membership == people.secretariat_host)
    assert DecisionRecord.objects.count() == 0
    assert client.head(page).status_code == 200
    assert DecisionRecord.objects.count() == 0


def test_the_committee_can_have_it_written_at_once(client: Client, ballot: Ballot, people: Cast) -> None:
    page = f"/decisions/{ballot.reference}/record/"
    for membership in (None, people.participant_host, people.tpe, people.government_japan):
        assert as_member(client, membership).post(page).status_code == 404
    assert DecisionRecord.objects.count() == 0
    for _twice in range(2):
        assert as_member(client, people.secretariat_host).post(page)["Location"] == page
    assert DecisionRecord.objects.get().number == ballot.reference
    assert Client(enforce_csrf_checks=True).post(page).status_code == 403


# --- Downloads ------------------------------------------------------------------------------------


def test_the_json_is_kept_for_ever(client: Client, record: DecisionRecord) -> None:
    address = f"{record.get_absolute_url()}0/record.json"
    answer = client.get(address)
    assert answer.content == record.json
    assert {name: answer[name] for name in ("Content-Type", "Content-Disposition", "Cache-Control", "ETag")} == {
        "Content-Type": "application/json",
        "Content-Disposition": f'attachment; filename="{record.number}.json"',
        "Cache-Control": "public, max-age=31536000, immutable",
        "ETag": f'"{record.sha256}"',
    }
    assert answer["X-Content-Type-Options"] == "nosniff"
    again = client.get(address, headers={"If-None-Match": f'"{record.sha256}"'})
    assert (again.status_code, again.content) == (304, b"")
    assert client.post(address).status_code == 405


def test_the_public_bundle_holds_what_is_public(client: Client, record: DecisionRecord, people: Cast) -> None:
    for membership in (None, people.secretariat_host):
        answer = as_member(client, membership).get(f"{record.get_absolute_url()}0/proof.zip")
        assert answer["Content-Type"] == "application/zip"
        assert answer["Content-Disposition"] == f'attachment; filename="{record.number}-proof.zip"'
        assert answer["X-Content-Type-Options"] == "nosniff"
        with opened(answer) as files:
            names = files.namelist()
            told = json.loads(files.read("record.json"))
            public = {one["sha256"] for item in told["items"] for one in item.get("documents", ()) if one["public"]}
            held = {name: files.read(name) for name in names if name.startswith("documents/")}
        assert {verify.digest(content) for content in held.values()} == public
        assert not any(b"Validation report" in content for content in held.values())
        assert sorted(set(names) - set(held)) == [
            f"{record.number}-en.pdf", f"{record.number}-hi.pdf", f"{record.number}-ja.pdf", "README.txt", "keys.json",
            "manifest.json", "manifest.sig.json", *(f"positions/{number:04}.json" for number in range(1, 11)),
            "record.json", "record.sig.json", "rule.json", "rule.md", "verify.py",
        ]  # fmt: skip


def test_the_committees_bundle_is_for_the_committee(client: Client, record: DecisionRecord, people: Cast) -> None:
    address = f"{record.get_absolute_url()}0/committee-proof.zip"
    outside = [one for one in people.everybody if one.as_role not in {Role.SECRETARIAT, Role.CO_CHAIR, Role.MEMBER}]
    for membership in (None, *outside):
        assert as_member(client, membership).get(address).status_code == 404, membership
        assert "committee-proof" not in client.get(record.get_absolute_url()).content.decode()
    for membership in (people.secretariat_japan, people.co_chair_host, people.members_host[0]):
        assert "committee-proof" in as_member(client, membership).get(record.get_absolute_url()).content.decode()
        answer = client.get(address)
        assert answer["Cache-Control"] == "private, no-store"
        with opened(answer) as files:
            held = [files.read(name) for name in files.namelist() if name.startswith("documents/")]
            assert sum(b"Validation report" in content for content in held) == 2
            everything = {name: files.read(name) for name in files.namelist()}
        assert verify.check(everything, set())[0] == []


def test_a_conflict_of_interest_closes_the_files_of_its_item(client: Client, record: DecisionRecord, people: Cast) -> None:
    as_member(client, people.members_japan[0])
    with opened(client.get(f"{record.get_absolute_url()}0/committee-proof.zip")) as files:
        held = b"".join(files.read(name) for name in files.namelist() if name.startswith("documents/"))
        everything = {name: files.read(name) for name in files.namelist()}
    assert b"Validation report 1" not in held
    assert b"Validation report 2" in held
    assert b"Project design document 1" in held
    assert verify.check(everything, set())[0] == []


def test_a_paper_is_a_download(client: Client, record: DecisionRecord, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.decision_records.views.pdf", lambda _record, language: f"%PDF {language}".encode())
    answer = client.get(f"{record.get_absolute_url()}0/ja.pdf")
    assert (answer.content, answer["Content-Type"]) == (b"%PDF ja", "application/pdf")
    assert answer["Content-Disposition"] == f'attachment; filename="{record.number}-ja.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"


# --- Keys -----------------------------------------------------------------------------------------


def test_every_key_is_public(client: Client, record: DecisionRecord, settings: Any) -> None:
    key = record.key
    assert "Signs now" in text(client.get("/decisions/key/"))
    answer = client.get(f"/decisions/key/{key.key_id}.json")
    assert answer.json() == {"key_id": key.key_id, "public_key": key.public_key}
    assert answer["Content-Disposition"] == f'attachment; filename="{key.key_id}.json"'
    settings.RECORD_SIGNING_KEY = "42" * 32
    said = text(client.get("/decisions/key/"))
    assert said.index("Not yet Signs now") < said.index("Earlier key")
    assert key.public_key in said
    assert "42" * 32 not in said
    assert client.get(f"/decisions/key/{key.key_id}.json").status_code == 200
    assert client.get("/decisions/key/0123456789abcdef.json").status_code == 404


@pytest.mark.django_db
def test_a_site_without_records_shows_its_key(client: Client) -> None:
    assert "Not yet Signs now" in text(client.get("/decisions/key/"))
