"""Taking a step over HTTP: told, asked, checked, performed; and every refusal with its status and code."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from apps.accounts.models import Membership, User
from apps.accounts.roles import Role
from apps.core import clock
from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion
from apps.documents.services import add_version
from apps.events.models import Event
from apps.workflow.actors import Actor
from apps.workflow.forms import Paper, PaperField
from apps.workflow.models import Deadline
from apps.workflow.services import perform
from tests.people import APPOINTED_ON, Cast, actor, cast
from tests.probe.models import Probe
from tests.probe.services import completed, lodged

PDF = b"%PDF-1.7\nA project design document.\n"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def root(settings: Any, tmp_path: Path) -> Path:
    settings.DOCUMENT_ROOT = tmp_path / "documents"
    return settings.DOCUMENT_ROOT


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def probe(people: Cast) -> Probe:
    return lodged(people.participant_host, title="Biogas, Sangrur")


@pytest.fixture
def approval(people: Cast) -> Probe:
    """A probe before the governments."""
    began = clock.now() - timedelta(days=60)
    with clock.rehearse(began) as time:
        probe = completed(people.participant_host, people.secretariat_host)
        time.move_to(Deadline.objects.get(closed_at=None).due_at)
        perform(probe, "close_inputs", actor=Actor.clock())
    return probe.reload()


@pytest.fixture
def as_(client: Client) -> Callable[[Membership], Client]:
    def sign_in(membership: Membership) -> Client:
        client.force_login(membership.user)
        return client

    return sign_in


def at(probe: Probe, step: str) -> str:
    return f"/probe/{probe.pk}/{step}/"


def hidden(response: Any) -> dict[str, str]:
    """The hidden fields of a page's form, but for the token against forgery."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', response.content.decode())
    return {name: value for name, value in found if name not in {"csrfmiddlewaretoken", "next"}}


def filled(client: Client, address: str, **answers: Any) -> dict[str, Any]:
    """What a browser sends from the form of a step."""
    return {**hidden(client.get(address)), **answers}


def confirmed(client: Client, address: str, sent: dict[str, Any]) -> Any:
    """Send the form, then the check page that it leads to."""
    checked = client.post(address, sent)
    assert checked.status_code == 200, codes(checked)
    return client.post(address, {**hidden(checked), "confirm": "yes"})


def codes(response: Any) -> list[tuple[str, str]]:
    """The code and field of each problem that a page tells."""
    if "form" in response.context and response.context["form"].errors:
        errors = response.context["form"].errors.as_data()
        return [(str(one.code), field.replace("__all__", "")) for field, found in errors.items() for one in found]
    return [(one.code, one.field) for one in response.context.get("problems", ())]


def nothing_moved(probe: Probe, events: int = 1) -> bool:
    """The file stands where it stood and the log holds no more than before."""
    now = probe.reload()
    return (now.state, now.version) == (probe.state, probe.version) and Event.objects.count() == events


# --- The way through ------------------------------------------------------------------------------


def test_the_page_tells_what_the_step_does_and_asks_for_it(as_: Any, people: Cast, probe: Probe) -> None:
    response = as_(people.secretariat_host).get(at(probe, "complete"))
    assert response.status_code == 200
    told = response.context["outlook"]
    assert (str(told.source), str(told.target), told.row.clause) == ("Lodged", "Open for inputs", "P 2")
    assert str(told.capacity) == "Secretariat (partner country)"
    assert [(one.row.key, one.days) for one in told.begins] == [("close_inputs", 15)]
    assert [one.role for one in told.next_by] == [Role.CLOCK]
    assert told.due.step == "complete"
    assert list(response.context["form"].fields) == [
        "acting", "version", "idempotency_key", "papers_seen",
        "PDD", "PDD_upload", "PDD_form_version", "PDD_completed_on", "PDD_confidential", "reason",
    ]  # fmt: skip
    text = response.content.decode()
    assert "<h1" in text
    assert "Find it complete" in text
    assert "From “Lodged” to “Open for inputs”" in text
    assert "7 calendar days after" in text, "the date explains itself"
    assert "Check before confirming" in text


def test_a_step_with_an_input_is_checked_and_then_performed(as_: Any, people: Cast, probe: Probe) -> None:
    client, address = as_(people.secretariat_japan), at(probe, "note")
    sent = filled(client, address, remark="Two lines\nof remark", reason="Asked on the telephone")
    checked = client.post(address, sent)
    assert checked.status_code == 200
    assert [(one.label, one.words) for one in checked.context["answers"]] == [
        ("Remark", "Two lines\nof remark"),
        ("Reason or remark, kept in the record", "Asked on the telephone"),
    ]
    assert '<button class="govuk-button" name="confirm" value="yes"' in checked.content.decode()
    assert "Note a remark</button>" in checked.content.decode(), "the button names the act"
    assert nothing_moved(probe)

    response = client.post(address, {**hidden(checked), "confirm": "yes"})
    assert (response.status_code, response["Location"]) == (302, f"/probe/{probe.pk}/")
    assert probe.reload().remark == "Two lines\nof remark"
    event = Event.objects.get(version=2)
    assert (event.type, event.reason, event.side) == ("probe.note", "Asked on the telephone", "japan")
    assert event.membership_id == people.secretariat_japan.pk
    assert event.idempotency_key == sent["idempotency_key"]
    assert "Recorded: “Note a remark”, record" in client.get(response["Location"]).content.decode()


def test_answers_can_be_changed_before_they_are_confirmed(as_: Any, people: Cast, probe: Probe) -> None:
    client, address = as_(people.participant_host), at(probe, "note")
    checked = client.post(address, filled(client, address, remark="First"))
    back = client.post(address, {**hidden(checked), "change": "remark"})
    assert back.status_code == 200
    assert back.context["form"]["remark"].value() == "First"
    assert nothing_moved(probe)
    confirmed(client, address, {**hidden(back), "remark": "Second"})
    assert probe.reload().remark == "Second"


def test_a_missing_document_is_handed_in_with_the_step(as_: Any, people: Cast, probe: Probe) -> None:
    client, address = as_(people.secretariat_host), at(probe, "complete")
    sent = filled(client, address, PDD=SimpleUploadedFile("pdd.pdf", PDF), PDD_confidential="on")
    checked = client.post(address, sent)
    version = DocumentVersion.objects.get()
    assert (version.kind, version.number, version.name, version.confidential) == ("PDD", 1, "pdd.pdf", True)
    assert version.path.read_bytes() == PDF
    assert checked.context["papers"] == [version]
    assert version.sha256[:8] in checked.content.decode()
    response = client.post(address, {**hidden(checked), "confirm": "yes"})
    assert response.status_code == 302
    assert probe.reload().state == "inputs"
    assert Event.objects.get(version=2).documents == [version.sha256]


def test_the_same_confirmation_twice_is_recorded_once(as_: Any, people: Cast, probe: Probe) -> None:
    client, address = as_(people.participant_host), at(probe, "withdraw")
    checked = client.post(address, filled(client, address))
    sent = {**hidden(checked), "confirm": "yes"}
    first, second = client.post(address, sent), client.post(address, sent)
    assert (first.status_code, second.status_code) == (302, 302)
    assert probe.reload().state == "withdrawn"
    assert Event.objects.filter(type="probe.withdraw").count() == 1


def test_a_document_that_is_there_may_be_replaced_by_those_who_handed_it_in(as_: Any, people: Cast, probe: Probe) -> None:
    add_version(subject=probe, kind=Kind.PDD, name="a.pdf", content=PDF, membership=people.secretariat_japan)
    client, address = as_(people.secretariat_host), at(probe, "complete")
    assert "Version 1 is there (a.pdf)" in client.get(address).content.decode()
    confirmed(client, address, filled(client, address, PDD=SimpleUploadedFile("b.pdf", PDF + b"2")))
    newest = DocumentVersion.objects.get(number=2)
    assert Event.objects.get(version=2).documents == [newest.sha256]


def test_a_document_of_others_is_shown_and_not_asked_for(as_: Any, people: Cast, probe: Probe) -> None:
    theirs = add_version(subject=probe, kind=Kind.PDD, name="a.pdf", content=PDF, membership=people.participant_host)
    client, address = as_(people.secretariat_host), at(probe, "complete")
    response = client.get(address)
    assert "PDD" not in response.context["form"].fields
    assert response.context["papers"] == [theirs]
    confirmed(client, address, filled(client, address, PDD=SimpleUploadedFile("b.pdf", PDF + b"2")))
    assert DocumentVersion.objects.get() == theirs
    assert Event.objects.get(version=2).documents == [theirs.sha256]


# --- Refused --------------------------------------------------------------------------------------


def test_visitors_are_asked_to_sign_in(client: Client, probe: Probe) -> None:
    address = at(probe, "note")
    assert client.get(address)["Location"] == f"/accounts/login/?next={address}"
    assert client.post(address, {"confirm": "yes", "remark": "x"})["Location"] == f"/accounts/login/?next={address}"
    assert nothing_moved(probe)


ROLES = ["co_chair_host", "government_host", "registry_japan", "tpe", "stranger", "participant_japan"]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("stage", ["ask", "check", "confirm"])
def test_the_wrong_role_is_refused(role: str, stage: str, as_: Any, people: Cast, probe: Probe) -> None:
    membership = getattr(people, role)
    client = as_(membership)
    sent = {"acting": membership.pk, "version": probe.version, "idempotency_key": str(uuid4()), "remark": "x"}
    if stage == "ask":
        response = client.get(at(probe, "note"))
    else:
        response = client.post(at(probe, "note"), {**sent, "confirm": "yes"} if stage == "confirm" else sent)
    assert response.status_code == 403
    assert codes(response) == [("DOOR-00", "")]
    assert "DOOR-00" in response.content.decode()
    assert "This step was not taken, and nothing was recorded." in response.content.decode()
    assert nothing_moved(probe)


@pytest.mark.parametrize("role", ["stranger", "tpe"])
def test_somebody_whom_the_file_does_not_name_reads_nothing_of_it(role: str, as_: Any, people: Cast, probe: Probe) -> None:
    assert "Biogas" not in as_(getattr(people, role)).get(at(probe, "note")).content.decode()


def test_the_wrong_side_is_refused(as_: Any, people: Cast, approval: Probe) -> None:
    client = as_(people.government_japan)
    count = Event.objects.count()
    sent = {"acting": people.government_japan.pk, "version": approval.version, "idempotency_key": str(uuid4()), "confirm": "yes"}
    response = client.post(at(approval, "approve_host"), sent)
    assert (response.status_code, codes(response)) == (403, [("DOOR-00", "")])
    assert "Only the Government of India can take “Approve (host)”" in response.content.decode()
    assert nothing_moved(approval, count)
    response = confirmed(client, at(approval, "approve_japan"), filled(client, at(approval, "approve_japan")))
    assert response.status_code == 302
    assert approval.reload().japan_approved_on is not None


@pytest.mark.parametrize("step", ["close_inputs", "register", "reject"])
def test_nobody_takes_a_step_of_the_clock_or_the_committee(step: str, as_: Any, people: Cast, probe: Probe) -> None:
    client = as_(people.co_chair_host)
    sent = {"acting": people.co_chair_host.pk, "version": 1, "idempotency_key": str(uuid4()), "confirm": "yes", "tonnes": "5"}
    for response in (client.get(at(probe, step)), client.post(at(probe, step), sent)):
        assert (response.status_code, codes(response)) == (403, [("DOOR-00", "")])
    assert nothing_moved(probe)


@pytest.mark.parametrize("who", ["superuser", "ended"])
def test_whoever_holds_no_capacity_is_refused(who: str, client: Client, people: Cast, probe: Probe) -> None:
    if who == "superuser":
        client.force_login(User.objects.create_superuser("root@example.org", "a long pass phrase", name="Root"))
    else:
        Membership.objects.filter(pk=people.secretariat_host.pk).update(ends_on=APPOINTED_ON)
        client.force_login(people.secretariat_host.user)
    sent = {"acting": people.secretariat_host.pk, "version": 1, "idempotency_key": str(uuid4()), "remark": "x", "confirm": "yes"}
    for response in (client.get(at(probe, "note")), client.post(at(probe, "note"), sent)):
        assert (response.status_code, codes(response)) == (403, [("DOOR-00", "")])
    assert nothing_moved(probe)


def test_whoever_holds_several_capacities_chooses_first(as_: Any, people: Cast, probe: Probe) -> None:
    held = people.secretariat_host
    Membership.objects.create(user=held.user, organisation=held.organisation, role="tpe", starts_on=APPOINTED_ON)
    client, address = as_(held), at(probe, "note")
    assert client.get(address)["Location"] == f"/accounts/acting/?next=%2Fprobe%2F{probe.pk}%2Fnote%2F"
    assert client.post(address, {"confirm": "yes"}).status_code == 302
    assert nothing_moved(probe)
    client.post("/accounts/acting/", {"membership": held.pk})
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("stage", ["check", "confirm"])
def test_a_page_read_in_another_capacity_is_refused(stage: str, as_: Any, people: Cast, probe: Probe) -> None:
    """Somebody serves both the secretariat and a participant, and changes the capacity in another window."""
    held = people.secretariat_host
    other = Membership.objects.create(
        user=held.user, organisation=people.participant_host.organisation, role="participant", starts_on=APPOINTED_ON
    )
    client, address = as_(held), at(probe, "note")
    client.post("/accounts/acting/", {"membership": held.pk})
    sent = filled(client, address, remark="Mine")
    if stage == "confirm":
        sent = {**hidden(client.post(address, sent)), "confirm": "yes"}
    client.post("/accounts/acting/", {"membership": other.pk})
    response = client.post(address, sent)
    assert (response.status_code, codes(response)) == (409, [("ACC-06", "")])
    assert nothing_moved(probe)
    confirmed(client, address, {**hidden(response), "remark": "Mine"})
    assert Event.objects.get(version=2).membership_id == other.pk


@pytest.mark.parametrize("confirm", [{}, {"confirm": "yes"}])
def test_a_step_of_another_state_is_refused(confirm: dict[str, str], as_: Any, people: Cast, approval: Probe) -> None:
    count = Event.objects.count()
    client = as_(people.secretariat_host)
    sent = {"acting": people.secretariat_host.pk, "version": approval.version, "idempotency_key": str(uuid4()), **confirm}
    for response in (client.get(at(approval, "complete")), client.post(at(approval, "complete"), sent)):
        assert (response.status_code, codes(response)) == (409, [("DOOR-02", "")])
        assert "The file is in: Before the governments." in response.content.decode()
    assert nothing_moved(approval, count)


@pytest.mark.parametrize("stage", ["check", "confirm"])
def test_a_stale_page_is_refused_with_what_was_typed(stage: str, as_: Any, people: Cast, probe: Probe) -> None:
    client, address = as_(people.participant_host), at(probe, "note")
    sent = filled(client, address, remark="Mine")
    if stage == "confirm":
        sent = {**hidden(client.post(address, sent)), "confirm": "yes"}
    perform(probe, "note", actor=actor(people.secretariat_host), remark="Theirs")
    response = client.post(address, sent)
    assert (response.status_code, codes(response)) == (409, [("DOOR-04", "")])
    assert "The file has moved since you read it" in response.content.decode()
    assert probe.reload().remark == "Theirs"
    assert Event.objects.count() == 2
    again = {**hidden(response), "remark": response.context["form"]["remark"].value()}
    assert (again["version"], again["remark"]) == ("2", "Mine")
    assert again["idempotency_key"] != sent["idempotency_key"]
    confirmed(client, address, again)
    assert probe.reload().remark == "Mine"


def test_a_page_that_went_stale_by_a_move_says_where_the_file_is(as_: Any, people: Cast, probe: Probe) -> None:
    client, address = as_(people.participant_host), at(probe, "note")
    sent = {**hidden(client.post(address, filled(client, address, remark="Mine"))), "confirm": "yes"}
    perform(probe, "withdraw", actor=actor(people.participant_host))
    response = client.post(address, sent)
    assert (response.status_code, codes(response)) == (409, [("DOOR-04", "")])
    assert (probe.reload().state, Event.objects.count()) == ("withdrawn", 2)


def test_what_fell_due_meanwhile_makes_a_page_stale(as_: Any, people: Cast) -> None:
    """The window of inputs has run out since the page was read: the clock comes first, the act is refused."""
    began = datetime(2026, 6, 9, 3, tzinfo=UTC)
    with clock.rehearse(began) as time:
        probe = completed(people.participant_host, people.secretariat_host)
        client, address = as_(people.participant_host), at(probe, "note")
        sent = {**hidden(client.post(address, filled(client, address, remark="Late"))), "confirm": "yes"}
        time.move_to(began + timedelta(days=30))
        response = client.post(address, sent)
        assert (response.status_code, [code for code, _field in codes(response)]) == (409, ["DOOR-04"])
        assert (probe.reload().state, probe.remark) == ("approval", ""), "reading it again shows what the clock did"
        assert Event.objects.filter(type="probe.close_inputs", actor="clock").count() == 1
        assert codes(client.get(address)) == [("DOOR-02", "")]


def test_a_missing_document_is_refused_at_its_field(as_: Any, people: Cast, probe: Probe) -> None:
    client, address = as_(people.secretariat_host), at(probe, "complete")
    sent = filled(client, address)
    for more in ({}, {"confirm": "yes"}):
        response = client.post(address, {**sent, **more})
        assert (response.status_code, codes(response)) == (422, [("DOOR-05", "PDD")])
        text = response.content.decode()
        assert "There is a problem" in text
        assert '<a href="#id_PDD">Project design document is missing; upload it first</a>' in text
        assert "DOOR-05" in text
        assert "<title>Error:" in text
    assert nothing_moved(probe)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("pdd.exe", PDF, "DOC-04"),
        ("pdd.pdf", b"", "DOC-05"),
        ("pdd.pdf", b"<html>", "DOC-07"),
        ("a" * 148 + ".pdf", PDF, "DOC-02"),
    ],
)
def test_a_document_that_is_not_acceptable_is_refused(
    name: str, content: bytes, code: str, as_: Any, people: Cast, probe: Probe, root: Path
) -> None:
    client, address = as_(people.secretariat_host), at(probe, "complete")
    response = client.post(address, filled(client, address, PDD=SimpleUploadedFile(name, content)))
    assert (response.status_code, codes(response)) == (422, [(code, "PDD")])
    assert code in response.content.decode()
    assert DocumentVersion.objects.count() == 0
    assert not root.exists()
    assert nothing_moved(probe)


def test_a_document_that_was_kept_before_is_judged_by_its_first_bytes_again() -> None:
    """A step that is refused after its documents were kept judges the same form once more."""
    sent = SimpleUploadedFile("pdd.pdf", PDF)
    sent.read()
    assert PaperField(Paper(Kind.PDD, None, is_open=True)).clean(sent) is sent


def test_a_document_that_was_replaced_since_it_was_checked_stops_the_act(as_: Any, people: Cast, probe: Probe) -> None:
    add_version(subject=probe, kind=Kind.PDD, name="a.pdf", content=PDF, membership=people.participant_host)
    client, address = as_(people.secretariat_host), at(probe, "complete")
    checked = client.post(address, filled(client, address))
    add_version(subject=probe, kind=Kind.PDD, name="b.pdf", content=PDF + b"2", membership=people.participant_host)
    response = client.post(address, {**hidden(checked), "confirm": "yes"})
    assert (response.status_code, codes(response)) == (409, [("DOC-08", "")])
    assert nothing_moved(probe)


@pytest.mark.parametrize(
    ("answers", "problems"),
    [
        ({"remark": ""}, [("DOOR-07", "remark")]),
        ({}, [("DOOR-07", "remark")]),
        ({"remark": "   "}, [("DOOR-07", "remark")]),
        ({"remark": "a\x00b"}, [("DOOR-08", "remark")]),
        ({"remark": "x" * 10_001}, [("DOOR-08", "remark")]),
        ({"remark": "x", "reason": "y" * 4_001}, [("max_length", "reason")]),
        ({"remark": "x", "acting": "one"}, [("invalid", "acting")]),
        ({"remark": "x", "version": "one"}, [("invalid", "version")]),
        ({"remark": "x", "version": ""}, [("required", "version")]),
        ({"remark": "x", "idempotency_key": "not a key"}, [("invalid", "idempotency_key")]),
        ({"remark": "x", "idempotency_key": ""}, [("required", "idempotency_key")]),
    ],
)
@pytest.mark.parametrize("confirm", [{}, {"confirm": "yes"}])
def test_bad_input_is_refused_at_its_field(
    confirm: dict[str, str], answers: dict[str, str], problems: list[Any], as_: Any, people: Cast, probe: Probe
) -> None:
    client, address = as_(people.participant_host), at(probe, "note")
    response = client.post(address, {**filled(client, address), **answers, **confirm})
    assert (response.status_code, codes(response)) == (422, problems)
    assert nothing_moved(probe)


def test_a_check_that_fails_is_told_before_and_after(as_: Any, people: Cast, approval: Probe) -> None:
    perform(approval, "approve_host", actor=actor(people.government_host))
    count = Event.objects.count()
    client, address = as_(people.government_host), at(approval, "approve_host")
    response = client.get(address)
    assert response.status_code == 200
    assert "Not possible yet:" in response.content.decode()
    assert "PRB-01" in response.content.decode()
    for more in ({}, {"confirm": "yes"}):
        response = client.post(address, {**hidden(response), **more})
        assert (response.status_code, codes(response)) == (422, [("PRB-01", "")])
        assert "PRB-01" in response.content.decode()
    assert Event.objects.count() == count


def test_a_key_that_was_used_for_another_act_is_refused(as_: Any, people: Cast, probe: Probe) -> None:
    key = str(uuid4())
    perform(probe, "note", actor=actor(people.secretariat_host), idempotency_key=key, remark="First")
    client, address = as_(people.participant_host), at(probe, "note")
    sent = {**filled(client, address, remark="Second"), "idempotency_key": key, "confirm": "yes"}
    response = client.post(address, sent)
    assert (response.status_code, codes(response)) == (409, [("DOOR-11", "")])
    assert probe.reload().remark == "First"
    assert Event.objects.count() == 2


@pytest.mark.parametrize(
    "address",
    [
        "/probe/999999999/note/", f"/probe/{10**30}/note/", "/nothing/1/note/", "/probe/1/", "/probe/0/",
        "/probe/new/note/", "/probe/new/nothing/", "/probe/-1/note/",
    ],
)  # fmt: skip
def test_what_does_not_exist_is_not_found(address: str, as_: Any, people: Cast) -> None:
    assert as_(people.secretariat_host).get(address).status_code == 404


@pytest.mark.parametrize("step", ["nothing", "lodge", "save", "delete"])
def test_a_step_that_the_table_does_not_know_is_not_found(step: str, as_: Any, people: Cast, probe: Probe) -> None:
    client = as_(people.participant_host)
    assert client.get(at(probe, step)).status_code == 404
    assert client.post(at(probe, step), {"confirm": "yes"}).status_code == 404
    assert nothing_moved(probe)


def test_the_form_is_protected_against_other_sites(people: Cast, probe: Probe) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.participant_host.user)
    assert client.post(at(probe, "withdraw"), {"confirm": "yes"}).status_code == 403
    assert nothing_moved(probe)


# --- Opening a file -------------------------------------------------------------------------------


def test_a_file_is_opened(as_: Any, people: Cast) -> None:
    client, address = as_(people.secretariat_japan), "/probe/new/lodge/"
    response = client.get(address)
    assert response.status_code == 200
    assert "A new file is opened; it begins in “Lodged”" in response.content.decode()
    checked = client.post(address, filled(client, address, title="Green ammonia, Odisha"))
    assert [one.words for one in checked.context["answers"]] == ["Green ammonia, Odisha", "None given"]
    assert Probe.objects.count() == 0
    sent = {**hidden(checked), "confirm": "yes"}
    first, second = client.post(address, sent), client.post(address, sent)
    opened = Probe.objects.get()
    assert first["Location"] == second["Location"] == f"/probe/{opened.pk}/"
    assert (opened.title, opened.state, opened.edition) == ("Green ammonia, Odisha", "lodged", "india_2026")
    assert Event.objects.get().membership_id == people.secretariat_japan.pk


@pytest.mark.parametrize("confirm", [{}, {"confirm": "yes"}])
def test_a_file_needs_a_title(confirm: dict[str, str], as_: Any, people: Cast) -> None:
    client, address = as_(people.secretariat_japan), "/probe/new/lodge/"
    for title, code in (("", "DOOR-07"), ("t" * 301, "DOOR-08"), ("a\x00", "DOOR-08")):
        response = client.post(address, {**filled(client, address, title=title), **confirm})
        assert (response.status_code, codes(response)) == (422, [(code, "title")])
    assert Probe.objects.count() == 0


@pytest.mark.parametrize("role", ["co_chair_host", "tpe", "registry_host", "government_japan"])
def test_a_file_is_opened_by_those_whom_the_table_names(role: str, as_: Any, people: Cast) -> None:
    membership = getattr(people, role)
    client, address = as_(membership), "/probe/new/lodge/"
    sent = {"acting": membership.pk, "version": 0, "idempotency_key": str(uuid4()), "title": "x", "confirm": "yes"}
    for response in (client.get(address), client.post(address, sent)):
        assert (response.status_code, codes(response)) == (403, [("DOOR-00", "")])
    assert Probe.objects.count() == 0


# --- The page of a file ---------------------------------------------------------------------------


def test_the_page_of_a_file_says_where_it_stands_and_what_is_open(as_: Any, people: Cast, probe: Probe) -> None:
    response = as_(people.secretariat_host).get(f"/probe/{probe.pk}/")
    assert response.status_code == 200
    text = response.content.decode()
    assert "It stands in “Lodged”." in text
    assert "Lodge a probe" in text
    assert f'href="/probe/{probe.pk}/note/"' in text, "open to them"
    assert "Only Project participant can</span>" in text, "not open, and why"
    assert f'href="/probe/{probe.pk}/complete/"' in text, "a missing document is handed in with the step"
    assert "7 calendar days after" in text


@pytest.mark.parametrize(("role", "status"), [
    ("participant_host", 200), ("secretariat_japan", 200), ("government_japan", 404),
    ("stranger", 404), ("participant_japan", 404), ("tpe", 404), ("registry_host", 404), ("members_host", 404),
])  # fmt: skip
def test_only_those_whom_the_table_names_read_the_page_of_a_file(
    role: str, status: int, as_: Any, people: Cast, probe: Probe
) -> None:
    membership = getattr(people, role)
    client = as_(membership[0] if isinstance(membership, list) else membership)
    assert client.get(f"/probe/{probe.pk}/").status_code == status


def test_a_long_history_is_shown_in_part_with_a_link_to_the_whole(as_: Any, people: Cast, probe: Probe) -> None:
    for number in range(21):
        perform(probe, "note", actor=actor(people.secretariat_host), remark=f"Remark {number}", reason=f"Reason {number}.")
    client = as_(people.secretariat_host)
    short = client.get(f"/probe/{probe.pk}/").content.decode()
    assert "Show all 22 entries" in short
    assert short.count("jcm-timeline__what") == 21, "twenty entries and what comes next"
    assert ("Reason 20." in short, "Reason 1." in short, "Reason 0." in short) == (True, True, False)
    whole = client.get(f"/probe/{probe.pk}/?history=all").content.decode()
    assert whole.count("jcm-timeline__what") == 23
    assert "Show all" not in whole


def test_nobody_is_named_in_a_history_but_by_role_and_organisation(as_: Any, people: Cast, probe: Probe) -> None:
    text = as_(people.secretariat_host).get(f"/probe/{probe.pk}/").content.decode()
    assert "Project participant&nbsp;· Solar India" in text
    assert "Indian participant" not in text


# --- At once --------------------------------------------------------------------------------------


def at_once(membership: Membership, address: str, sent: dict[str, Any], count: int = 6) -> list[int]:
    """The statuses that a page sent several times at once gets."""
    start = Barrier(count)

    def send(_number: int) -> int:
        client = Client()
        client.force_login(membership.user)
        start.wait(timeout=30)
        try:
            return client.post(address, sent).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(send, range(count)))


@pytest.mark.django_db(transaction=True)
def test_a_confirmation_sent_several_times_at_once_is_recorded_once(as_: Any) -> None:
    people = cast()
    probe = lodged(people.participant_host)
    client, address = as_(people.participant_host), at(probe, "withdraw")
    sent = {**hidden(client.post(address, filled(client, address))), "confirm": "yes"}
    assert at_once(people.participant_host, address, sent) == [302] * 6
    assert Event.objects.filter(type="probe.withdraw").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_file_asked_for_several_times_at_once_is_opened_once(as_: Any) -> None:
    people = cast()
    client, address = as_(people.secretariat_host), "/probe/new/lodge/"
    sent = {**hidden(client.post(address, filled(client, address, title="Once"))), "confirm": "yes"}
    assert at_once(people.secretariat_host, address, sent) == [302] * 6
    assert Probe.objects.count() == 1
    assert client.post(address, sent).status_code == 302
    assert (Probe.objects.count(), Event.objects.count()) == (1, 1)
