"""Receipts of steps and documents: what they say, and who may have them."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from apps.accounts.models import Membership
from apps.accounts.roles import Role
from apps.documents.models import DocumentVersion
from apps.events.models import Event
from apps.projects.models import Project
from apps.workflow.render.receipts import receipt_of_act
from tests.decision_records.test_papers import tags
from tests.drafting.filling import Desk
from tests.people import person
from tests.projects.walk import World
from tests.workflow.test_step_screens import filled, hidden

pytestmark = pytest.mark.usefixtures("plain_papers")

OPINIONS = ["Report a positive validation opinion", "Report a negative validation opinion"]
TITLES = {
    "en": "Report a positive validation opinion",
    "ja": "肯定的妥当性確認意見の報告",
    "hi": "सकारात्मक वैधीकरण अभिमत की सूचना",
}


@pytest.fixture
def reported(desk: Desk, india: World) -> Event:
    """A positive opinion on a report that was filled in on the site."""
    desk.fill()
    desk.produce()
    return india.report(desk.subject)


def act(event: Event, language: str = "") -> str:
    return reverse("act-receipt-paper", args=[event.pk, language]) if language else reverse("act-receipt", args=[event.pk])


def words(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def test_the_receipt_of_a_step(reported: Event, desk: Desk, client: Client) -> None:
    client.force_login(desk.membership.user)
    page = client.get(act(reported))
    receipt = page.context["receipt"]
    assert (receipt.serial, receipt.heading) == (f"A-{reported.pk}", "Recorded: Report a positive validation opinion")
    assert receipt.lines == [
        ("Step", "Report a positive validation opinion"),
        ("Acted as", "Third-party entity, First Verifier"),
        ("The file stands in", "Positive validation opinion"),
        ("Rule", "2.7"),
        ("Number of the record", f"{reported.pk:,}"),
        ("Act", str(reported.act_id)),
    ]
    assert {one.sha256 for one in receipt.papers} == set(reported.documents)
    text = page.content.decode()
    [report] = DocumentVersion.objects.filter(kind="VAL")
    assert (report.name in text, report.sha256 in text) == (True, True)
    assert re.search(r"IST.*JST", text, re.DOTALL)
    assert receipt.following == [("Propose the credit allocation", "Project participant, Focal point")]


def test_the_receipt_of_a_step_as_pdf(reported: Event, desk: Desk, client: Client) -> None:
    client.force_login(desk.membership.user)
    for language, title in TITLES.items():
        answer = client.get(act(reported, language))
        assert (answer.status_code, answer["Content-Disposition"]) == (
            200,
            f'attachment; filename="receipt-A-{reported.pk}-{language}.pdf"',
        )
        root = PdfReader(io.BytesIO(answer.content)).trailer["/Root"]
        assert (root["/Lang"], bool(root["/MarkInfo"]["/Marked"])) == (language, True)
        assert {"/H1", "/H2", "/Table", "/TH"} <= tags(root["/StructTreeRoot"]["/K"], set())
        text = words(answer.content)
        assert f"A-{reported.pk} · IN001" in text
        assert title in str(PdfReader(io.BytesIO(answer.content)).metadata)
        assert all(sha256 in text.replace(" ", "") for sha256 in reported.documents)


def test_the_receipt_of_a_document(desk: Desk, client: Client) -> None:
    desk.fill()
    document = desk.produce(confidential=True)
    client.force_login(desk.membership.user)
    address = reverse("document-receipt", args=[document.pk])
    receipt = client.get(address).context["receipt"]
    assert (receipt.serial, receipt.heading) == (f"D-{document.pk}", "Handed in: Validation report, version 1")
    assert dict(receipt.lines)["Who may read it"] == "Confidential"
    assert [title for title, _url in receipt.steps] == [
        "Report a positive validation opinion",
        "Report a negative validation opinion",
    ]
    text = words(client.get(reverse("document-receipt-paper", args=[document.pk, "en"])).content)
    assert "VAL-IN001-en.pdf" in text
    assert document.sha256 in text.replace(" ", "")


@pytest.mark.parametrize("of", ["act", "document"])
def test_who_may_have_a_receipt(of: str, reported: Event, india: World, client: Client) -> None:
    people = india.people
    [report] = DocumentVersion.objects.filter(kind="VAL")
    address = act(reported) if of == "act" else reverse("document-receipt", args=[report.pk])
    colleague = person("Second auditor", Role.TPE, people.tpe.organisation)
    for one in (people.tpe, colleague, people.secretariat_host, people.secretariat_japan):
        client.force_login(one.user)
        assert client.get(address).status_code == 200, one
    in_another_role = person("Their developer", Role.PARTICIPANT, people.tpe.organisation)
    closed = [people.participant_host, people.participant_japan, people.other_tpe, people.stranger, people.co_chair_japan]
    for one in (*closed, people.members_host[0], people.government_host, people.registry_japan, in_another_role):
        client.force_login(one.user)
        for place in (address, f"{address}en.pdf"):
            assert client.get(place).status_code == 404, one
    client.logout()
    assert client.get(address)["Location"].startswith("/accounts/login/")


def test_what_is_a_draft_to_others_has_no_receipt_for_the_secretariats(india: World, client: Client) -> None:
    project, people = india.open(), india.people
    opened = Event.objects.get(type="project.draft", subject_id=project.pk)
    for one, status in ((people.participant_japan, 200), (people.secretariat_host, 404)):
        client.force_login(one.user)
        assert client.get(act(opened)).status_code == status


def test_receipts_that_are_not_there(desk: Desk, reported: Event, client: Client) -> None:
    client.force_login(desk.membership.user)
    for place in ("/receipts/acts/999999/", "/receipts/documents/999999/", f"/receipts/acts/{reported.pk}/fr.pdf"):
        assert client.get(place).status_code == 404, place


def test_the_history_leads_to_the_receipts_of_those_who_acted(reported: Event, india: World, client: Client) -> None:
    people, project = india.people, Project.objects.get(pk=reported.subject_id)

    def shown(one: Membership | None) -> bool:
        client.logout()
        if one:
            client.force_login(one.user)
        return act(reported) in client.get(project.get_absolute_url()).content.decode()

    seen = {
        one: shown(one) for one in (people.tpe, people.secretariat_japan, people.participant_host, people.co_chair_host, None)
    }
    assert list(seen.values()) == [True, True, False, False, False]


def test_a_step_that_changes_nothing_of_the_state_does_not_wait_for_itself(desk: Desk, client: Client) -> None:
    accepted = Event.objects.get(type="project.accept_assignment", subject_id=desk.subject.pk)
    client.force_login(desk.membership.user)
    following = [title for title, _who in client.get(act(accepted)).context["receipt"].following]
    assert following == OPINIONS


def test_an_upload_has_its_receipt_too_and_the_notice_leads_to_that_of_the_step(desk: Desk, client: Client) -> None:
    client.force_login(desk.membership.user)
    place = f"/project/{desk.subject.pk}/report_negative/"
    paper = SimpleUploadedFile("opinion.pdf", b"%PDF-1.7\nNo.\n", "application/pdf")
    checked = client.post(place, {**filled(client, place, grounds="Two requirements are not met."), "VAL": paper})
    document = DocumentVersion.objects.get(kind="VAL")
    address = reverse("document-receipt", args=[document.pk])
    assert f'href="{address}">Receipt for Validation report, version 1</a>' in checked.content.decode()
    recorded = client.post(place, {**hidden(checked), "confirm": "yes"})
    event = Event.objects.get(type="project.report_negative", subject_id=desk.subject.pk)
    assert f'href="{act(event)}">Receipt</a>' in client.get(recorded["Location"]).content.decode()
    assert "opinion.pdf" in client.get(address).content.decode()


def test_a_legal_day_that_is_another_than_that_of_the_act_is_told(desk: Desk) -> None:
    event = Event.objects.get(type="project.accept_assignment", subject_id=desk.subject.pk)
    assert "Legal day" not in dict(receipt_of_act(event, desk.subject).lines)
    event.effective_on = date(2027, 3, 31)
    assert dict(receipt_of_act(event, desk.subject).lines)["Legal day"] == "31 March 2027"
