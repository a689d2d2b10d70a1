"""What one side says stays with it until the item closes: pages, lists, counts, exports, the log and the database.

Canary strings stand in every private place of each side; whoever reads for the other side must never meet one.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from pypdf import PdfReader

from apps.accounts.models import Membership, User
from apps.accounts.roles import Role
from apps.committee.kinds import Stance
from apps.committee.models import Ballot, SideNote
from apps.committee.selectors import board, notes_of
from apps.committee.services import note, record_reply
from apps.core import clock
from apps.core.clock import Rehearsal
from apps.core.errors import NotAllowed, NotNow, NotReady
from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion
from apps.workflow.editions import ADOPTION, EDITIONS, Disclosure
from apps.workflow.services import perform, sweep
from tests.committee.ballots import AGREE, CLOSES_AT, CONFLICT, NO, circulated, registering, say
from tests.paper import PDF, upload
from tests.people import Cast, actor, person
from tests.probe.models import Probe

HREF = re.compile(r'(?:href|action)="(/[^"#]*)')
# Documents are tried one by one below.
MOST = 600
# A list of the administration that is narrowed shows less than the whole one.
NARROWED = re.compile(r"/admin/.*\?")
# The rules are pages of the tables alone, and there are many.
SKIPPED = ("/static/", "/accounts/logout", "/i18n/", "/documents/", "/rules/")


def canary(side: str, place: str) -> str:
    """A word that stands nowhere else."""
    return f"canary-{side}-{place}"


@pytest.fixture(autouse=True)
def own_documents(settings: Any, tmp_path: Path) -> None:
    """What these tests hand in goes with them."""
    settings.DOCUMENT_ROOT = tmp_path / "documents"


def status_of(client: Client, version: DocumentVersion) -> int:
    """What a reader gets who asks for a document."""
    response = client.get(version.get_absolute_url())
    assert b"".join(response) is not None
    return response.status_code


@pytest.fixture
def ballot(people: Cast, probe: Probe, time: Rehearsal) -> Ballot:  # noqa: ARG001 - on its clock
    """Both sides have said something of each private kind on the first of two items."""
    ballot = circulated(people, registering(probe), {"title": "Adopt the rules?"})
    for side, chair, (first, second), secretariat in (
        ("host", people.co_chair_host, people.members_host, people.secretariat_host),
        ("japan", people.co_chair_japan, people.members_japan, people.secretariat_japan),
    ):
        say(ballot, chair, ("agree_with_comment", canary(side, "comment")), 1)
        say(ballot, first, ("do_not_agree", canary(side, "reason")), 1)
        say(ballot, first, ("ask_for_meeting", canary(side, "second-reason")), 1)
        scan = SimpleUploadedFile(f"{canary(side, 'scan')}.pdf", PDF)
        answers = {1: ("do_not_agree", canary(side, "paper"))}
        record_reply(ballot, membership=secretariat, seat=second.pk, received_on=clock.today(), answers=answers, scan=scan)
        for who in (chair, secretariat):
            note(ballot, membership=who, stance=Stance.COMMENT, text=canary(side, f"note-{who.role}"))
    return ballot.reload()


def crawl(client: Client, reader: Membership) -> Iterator[tuple[str, str]]:
    """Every page that a reader can reach from their desk, the ballot and the list, as it is sent."""
    client.force_login(reader.user)
    ahead, seen = ["/", "/decisions/"], set[str]()
    while ahead:
        path = unescape(ahead.pop())
        if path in seen or path.startswith(SKIPPED) or NARROWED.match(path):
            continue
        assert len(seen) < MOST, "all pages are read"
        seen.add(path)
        response = client.get(path)
        page = words_of(response)
        yield path, f"{response.headers} {page}"
        ahead += HREF.findall(page)


def words_of(response: Any) -> str:
    """What an answer says, a PDF too."""
    content: bytes = b"".join(response) if response.streaming else response.content
    if response["Content-Type"] == "application/pdf":
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return content.decode()


@pytest.mark.parametrize("side", ["host", "japan"])
def test_no_page_shows_what_the_other_side_has_said(people: Cast, ballot: Ballot, client: Client, side: str) -> None:
    other = {"host": "japan", "japan": "host"}[side]
    readers = [one for one in (*people.committee, people.secretariat_host, people.secretariat_japan) if one.side == side]
    for reader in readers:
        pages = dict(crawl(client, reader))
        assert ballot.get_absolute_url() in pages
        assert f"/decisions/{ballot.reference}/effect/" in pages
        leaks = {path for path, page in pages.items() if f"canary-{other}" in page}
        assert leaks == set(), reader
        own = {path for path, page in pages.items() if f"canary-{side}" in page}
        assert ballot.get_absolute_url() in own, "its own side is told"


def test_nobody_else_is_told_anything(people: Cast, ballot: Ballot, client: Client) -> None:
    for reader in (people.participant_host, people.tpe, people.government_japan, people.registry_host):
        assert {path for path, page in crawl(client, reader) if "canary" in page} == set(), reader
    client.logout()
    for path in ("/decisions/", ballot.get_absolute_url()):
        assert "canary" not in client.get(path).content.decode()


def test_of_the_other_side_the_page_tells_only_who_has_answered(people: Cast, ballot: Ballot, client: Client) -> None:
    client.force_login(people.members_japan[1].user)
    context = client.get(ballot.get_absolute_url()).context
    host, japan = context["groups"]
    assert [[one["words"] for one in row["answers"]] for row in host["members"]] == [
        ["Answered", "Not yet"], ["Answered", "Not yet"], ["Answered", "Not yet"],
    ]  # fmt: skip
    assert [(row["answered_at"], row["later"]) for row in host["members"]] == [(None, True)] * 3
    assert [row["later"] for row in japan["members"]] == [False] * 3
    assert [str(row["answers"][0]["words"]) for row in japan["members"]] == [
        "Agree, with a comment", "Ask for a meeting", "Do not agree",
    ]  # fmt: skip
    assert context["tally"][0]["words"] == (
        "India: 3 of 3 answered; Japan: 1 agrees with a comment, 1 does not agree, 1 asks for a meeting"
    )
    assert context["tally"][1]["words"] == "India: 0 of 3 answered; Japan: 3 to answer"


@pytest.mark.parametrize("said", [AGREE, NO, CONFLICT])
def test_the_pages_of_a_side_are_the_same_whatever_the_other_has_said(
    people: Cast, probe: Probe, client: Client, said: tuple[str, str]
) -> None:
    ballot = circulated(people, registering(probe))
    marks = []
    for answer in (AGREE, said):
        mark = transaction.savepoint()
        for one in people.members_host:
            say(ballot, one, answer)
        say(ballot, people.co_chair_host, answer)
        client.force_login(User.objects.get(pk=people.co_chair_japan.user_id))  # who has not been here before
        marks.append([as_read(client, path) for path in (ballot.get_absolute_url(), "/", "/decisions/")])
        transaction.savepoint_rollback(mark)
    assert marks[0] == marks[1]


def as_read(client: Client, path: str) -> str:
    """A page without what is new at every request: tokens, keys, and the numbers of records."""
    page = client.get(path).content.decode()
    return re.sub(r'value="[0-9a-zA-Z-]{30,}"|\bname="csrf\w*"|record [\d,]+', "", page)


def test_when_its_window_is_over_both_sides_read_everything_but_the_notes(
    people: Cast, ballot: Ballot, time: Rehearsal, client: Client
) -> None:
    time.move_to(ballot.closes_at or CLOSES_AT)
    sweep()
    client.force_login(people.members_japan[0].user)
    page = client.get(ballot.get_absolute_url()).content.decode()
    for place in ("comment", "reason", "second-reason", "paper"):
        assert canary("host", place) in page
    assert "canary-host-note" not in page
    assert "canary-japan-note" in page


def test_an_edition_may_show_answers_at_once(ballot: Ballot, monkeypatch: pytest.MonkeyPatch) -> None:
    assert {edition.adoption.disclosure for edition in EDITIONS.values()} == {Disclosure.AFTER_CLOSE}
    open_rule = replace(ADOPTION, disclosure=Disclosure.AT_ONCE)
    monkeypatch.setattr(type(ballot), "rules", property(lambda self: replace(EDITIONS[self.edition], adoption=open_rule)))
    assert not any(tally.hidden for tally in board(ballot).as_seen_by("japan").tallies)


# --- Documents ----------------------------------------------------------------------------------------


def test_the_scan_of_a_reply_is_closed_to_the_other_side_until_the_item_closes(
    people: Cast, ballot: Ballot, time: Rehearsal, client: Client
) -> None:
    def statuses(reader: Membership) -> dict[str, int]:
        client.force_login(reader.user)
        found = DocumentVersion.objects.filter(kind="REPLY")
        return {one.name.split("-")[1]: status_of(client, one) for one in found}

    assert statuses(people.members_japan[0]) == {"host": 404, "japan": 200}
    assert statuses(people.secretariat_host) == {"host": 200, "japan": 404}
    time.move_to(ballot.closes_at or CLOSES_AT)
    sweep()
    assert statuses(people.members_japan[0]) == {"host": 200, "japan": 200}
    assert statuses(people.participant_host) == {"host": 404, "japan": 404}


def test_a_conflict_of_interest_closes_the_confidential_papers_of_its_file(people: Cast, probe: Probe, client: Client) -> None:
    (secret,) = upload(probe, people.participant_host, Kind.PDD, confidential=True)
    ballot = circulated(people, registering(probe))
    member = people.members_host[0]
    client.force_login(member.user)
    assert status_of(client, secret) == 200
    say(ballot, member, CONFLICT)
    assert status_of(client, secret) == 404
    page = client.get(ballot.get_absolute_url()).content.decode()
    assert secret.get_absolute_url() not in page
    assert "you have declared a conflict of interest" in page
    assert secret.get_absolute_url() not in client.get(f"/files/probe/{probe.pk}/").content.decode()
    client.force_login(people.members_host[1].user)
    assert status_of(client, secret) == 200


# --- Inside a side ------------------------------------------------------------------------------------


def test_the_database_shows_notes_to_a_session_of_their_side_alone(people: Cast, ballot: Ballot) -> None:
    assert SideNote.objects.count() == 0, "whoever has not said whose session it is sees nothing"
    for side in ("host", "japan"):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select set_config('jcm.side', %s, true)", [side])
            assert set(SideNote.objects.values_list("side", flat=True)) == {side}
            cursor.execute("select set_config('jcm.side', '', true)")
    assert SideNote.objects.count() == 0
    assert {one.side for one in notes_of(ballot, people.members_host[0])} == {"host"}
    assert SideNote.objects.count() == 0, "reading closes the room behind itself"


def test_nobody_writes_into_the_other_sides_room(people: Cast, ballot: Ballot) -> None:
    fields: dict[str, Any] = {"ballot": ballot, "stance": "concur", "at": clock.now()}
    host, japan = people.members_host[0], people.members_japan[0]
    for session, side, who in (("host", "japan", japan), ("", "host", host), ("japan", "japan", host)):
        with pytest.raises(DatabaseError):
            written(session, SideNote(**fields, side=side, membership=who))


def written(session: str, row: SideNote) -> None:
    """Save a note in a session of a side, its keys looked at."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select set_config('jcm.side', %s, true)", [session])
        row.save(force_insert=True)
        connection.check_constraints()


def test_ministries_that_a_side_consults_read_and_speak_inside_it_alone(people: Cast, ballot: Ballot, client: Client) -> None:
    power = person("Ministry of Power", Role.AUTHORITY, people.members_host[0].organisation, "host")
    client.force_login(power.user)
    path = ballot.get_absolute_url()
    page = client.get(path)
    assert page.context["form"] is None
    assert [one.text for one in page.context["notes"]] == [canary("host", "note-co_chair"), canary("host", "note-secretariat")]
    assert (
        client.post(path, {"note": "yes", "note-item": "2", "note-stance": "do_not_concur", "note-text": ""}).status_code == 422
    )
    assert (
        client.post(path, {"note": "yes", "note-item": "2", "note-stance": "comment", "note-text": "Mind clause 4."}).status_code
        == 302
    )
    last = notes_of(ballot, people.co_chair_host)[-1]
    assert (last.writer, last.item_number, last.text, last.side) == ("Ministry of Power", 2, "Mind clause 4.", "host")
    with pytest.raises(NotAllowed):
        say(ballot, power)


@pytest.mark.parametrize(
    ("stance", "text", "field"), [("comment", " ", "text"), ("shrug", "x", "stance"), ("comment", "x" * 4001, "text")]
)
def test_a_note_says_something(people: Cast, ballot: Ballot, stance: str, text: str, field: str) -> None:
    with pytest.raises(NotReady) as caught:
        note(ballot, membership=people.members_host[0], stance=stance, text=text)
    assert [(one.code, one.field) for one in caught.value.problems] == [("BAL-37", field)]


def test_who_stands_outside_the_committee_writes_no_note_and_nobody_after_the_end(people: Cast, ballot: Ballot) -> None:
    for outsider in (people.participant_host, people.government_host, people.tpe):
        with pytest.raises(NotAllowed) as caught:
            note(ballot, membership=outsider, stance="concur")
        assert caught.value.codes == ("BAL-35",)
    perform(ballot, "withdraw", actor=actor(people.secretariat_host))
    with pytest.raises(NotNow) as refusal:
        note(ballot.reload(), membership=people.members_host[0], stance="concur")
    assert refusal.value.codes == ("BAL-36",)


def test_the_log_holds_no_note(ballot: Ballot) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select string_agg(e::text, ' ') from events_event e where subject_type = 'ballot' and subject_id = %s", [ballot.pk]
        )
        log = cursor.fetchone()[0]
    assert "canary-host-note" not in log
    assert "canary-host-reason" in log, "the record keeps what was answered"
