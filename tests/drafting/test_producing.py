"""A draft becomes a document once it is complete and its parts agree; findings and particulars are taken at that moment."""

from __future__ import annotations

import builtins
import io
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from apps.core.errors import NotAllowed, NotNow, NotReady
from apps.documents.kinds import Standing
from apps.documents.models import DocumentVersion
from apps.drafting.models import ProducedForm
from apps.findings.kinds import FindingKind
from apps.findings.models import Finding
from apps.workflow.services import perform
from tests.drafting.filling import Desk
from tests.findings.raising import raised
from tests.people import actor
from tests.projects.walk import World
from tests.refused import refused
from tests.workflow.test_step_screens import hidden


def text_of(document: DocumentVersion) -> str:
    """The words of a PDF in one line."""
    reader = PdfReader(io.BytesIO(document.path.read_bytes()))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_the_document_is_the_next_version_of_its_kind(desk: Desk, india: World) -> None:
    desk.fill()
    first, second = desk.produce(), desk.produce("ja", confidential=True)
    assert [(one.number, one.name, one.confidential) for one in (first, second)] == [
        (1, "VAL-IN001-en.pdf", False),
        (2, "VAL-IN001-ja.pdf", True),
    ]
    assert (first.form_code, first.form_version, first.form_standing, first.completed_on) == ("F_Val_Rep", "", "", india.today)
    kept = ProducedForm.objects.order_by("id")
    assert [(one.document_id, one.language) for one in kept] == [(first.pk, "en"), (second.pk, "ja")]
    assert set(kept[0].made_of) == {one.key for one in desk.sections if one.is_asked}
    assert set(kept[0].made_of.values()) == {1}


def test_the_version_of_the_form_is_that_of_the_catalogue(jcm: World, settings: Any) -> None:
    settings.JCM_PARTNER = {**settings.JCM_PARTNER, "code": "MN"}
    jcm.edition = "jcm_2022"
    desk = Desk(jcm.in_validation(), "VAL", jcm.people.tpe)
    desk.fill()
    document = desk.produce()
    assert (document.form_code, document.form_version, document.form_standing) == ("F_Val_Rep", "05.0", Standing.KNOWN)
    assert "F_Val_Rep 05.0" in text_of(document)


def test_sections_that_are_not_complete_stand_in_the_way(desk: Desk) -> None:
    desk.fill(opinion={"grounds": ""}, signature={"signed_on_day": "32"})
    with refused(NotReady, "DRF-04", "DRF-04"):
        desk.produce()
    with pytest.raises(NotReady) as caught:
        desk.produce()
    assert [(one.field, one.text) for one in caught.value.problems] == [
        ("opinion", "“Overall opinion” is not complete: Grounds of the opinion"),
        ("signature", "“Authorised signatory” holds mistakes: Day of signature"),
    ]


def test_a_draft_that_was_never_begun_is_not_produced(desk: Desk) -> None:
    with pytest.raises(NotReady) as caught:
        desk.produce()
    assert set(caught.value.codes) == {"DRF-04"}
    assert len(caught.value.problems) == len([one for one in desk.sections if one.is_asked])


def test_a_positive_opinion_needs_every_requirement_ticked(desk: Desk) -> None:
    desk.fill(requirement_104={"closed": ""}, requirement_107={"closed": ""})
    with pytest.raises(NotReady) as caught:
        desk.produce()
    assert [(one.code, one.field) for one in caught.value.problems] == [
        ("DRF-05", "requirement-104"),
        ("DRF-05", "requirement-107"),
    ]
    desk.save("opinion", {"opinion": "negative", "grounds": "Two requirements are not met."})
    assert "Negative" in text_of(desk.produce())


def test_a_draft_that_changed_while_it_was_checked_is_checked_again(desk: Desk, client: Client) -> None:
    desk.fill()
    client.force_login(desk.membership.user)
    page = client.get(desk.at("answers"))
    desk.save("opinion", {"opinion": "negative", "grounds": "A colleague thinks otherwise."})
    answer = client.post(desk.at("answers"), {**hidden(page), "language": "en"})
    assert (answer.status_code, [one.code for one in answer.context["problems"]]) == (409, ["DRF-06"])
    assert "A colleague thinks otherwise." in answer.content.decode()
    assert DocumentVersion.objects.filter(kind="VAL").count() == 0
    assert client.post(desk.at("answers"), {**hidden(answer), "language": "en"}).status_code == 302


def test_nobody_else_produces_it(desk: Desk, india: World) -> None:
    desk.fill()
    desk.membership = india.people.other_tpe
    with refused(NotAllowed, "DRF-01"):
        desk.produce()
    desk.membership = india.people.participant_japan
    with refused(NotNow, "DRF-02"):
        desk.produce()


def test_without_the_libraries_nothing_is_handed_in(desk: Desk, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.fill()
    import_module = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return import_module(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with refused(NotReady, "DRF-07"):
        desk.produce()
    client.force_login(desk.membership.user)
    for place in (desk.at("answers"), desk.at("preview-en.pdf").removesuffix("/")):
        assert "apt-get install libpango-1.0-0" in client.get(place).content.decode()
    assert DocumentVersion.objects.filter(kind="VAL").count() == 0


def test_a_language_that_is_none_is_refused(desk: Desk, client: Client) -> None:
    desk.fill()
    client.force_login(desk.membership.user)
    page = client.get(desk.at("answers"))
    assert client.post(desk.at("answers"), {**hidden(page), "language": "fr"}).status_code == 422


def test_findings_are_taken_as_they_stand_at_that_moment(desk: Desk, india: World) -> None:
    project, people = desk.subject, india.people
    one = raised(project, people.tpe, FindingKind.CL, title="Second boiler", finding="The drawing shows two boilers.")
    desk.fill()
    before = text_of(desk.produce())
    perform(one, "respond", actor=actor(people.participant_japan), response="It was an earlier drawing.")
    perform(Finding.objects.get(pk=one.pk), "close", actor=actor(people.tpe), conclusion="The new drawing shows one boiler.")
    after = text_of(desk.produce())
    assert ("IN001-CL1" in before, "The drawing shows two boilers." in before, "Waits for a response" in before) == (
        True,
        True,
        True,
    )
    assert "It was an earlier drawing." not in before
    assert ("It was an earlier drawing." in after, "The new drawing shows one boiler." in after, "Closed" in after) == (
        True,
        True,
        True,
    )


def test_a_finding_stands_at_its_requirement_and_in_the_list_of_all(desk: Desk, india: World, client: Client) -> None:
    raised(desk.subject, india.people.tpe, FindingKind.FAR, title="Calibration of the flow meter")
    client.force_login(desk.membership.user)
    shown = {
        key: "IN001-FAR1" in client.get(desk.at(key)).content.decode()
        for key in ("requirement-104", "requirement-107", "findings")
    }
    assert shown == {"requirement-104": True, "requirement-107": False, "findings": True}


def test_what_the_file_knows_is_not_asked(desk: Desk, client: Client) -> None:
    client.force_login(desk.membership.user)
    page = client.get(desk.at("particulars"))
    facts = {one.term: one.words for one in page.context["facts"]}
    assert (facts["Title"], facts["Reference number"]) == ("Solar thermal heat for a dairy, Anand, Gujarat", "IN001")
    assert facts["Participants"] == "Solar India (India)\nSolar Japan (Japan)"
    assert (facts["Methodologies"], facts["Validated by"]) == ("IN_AM001 Ver1.0", "TPE-IN-001 First Verifier")
    assert list(page.context["form"].fields) == ["contracted_by"]
