"""A third-party entity fills in the validation report on the site, produces it, hands it in, and takes the step."""

from __future__ import annotations

import io
import re

from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from apps.documents.models import DocumentVersion
from apps.events.models import Event
from apps.findings.kinds import rows_of_form
from tests.drafting.filling import Desk, answered
from tests.projects.walk import FOUND_ADDITIONAL, World
from tests.workflow.test_step_screens import filled, hidden


def test_from_the_step_over_the_form_to_the_recorded_opinion(india: World, desk: Desk, client: Client) -> None:
    project, people = desk.subject, india.people
    client.force_login(people.tpe.user)

    step = client.get(f"/project/{project.pk}/report_positive/")
    assert f'href="{desk.at()}">Fill in on this site' in step.content.decode()

    page = client.get(desk.at())
    assert page.status_code == 200
    assert [(str(one["name"]), one["words"]) for one in page.context["tasks"]][:2] == [
        ("A.1 Particulars", "Not begun"),
        ("A.2 Overall opinion", "Not begun"),
    ]

    address = desk.at(desk.sections[0].key)
    for one in desk.sections:
        assert address == desk.at(one.key)
        form = client.get(address)
        if not one.is_asked:
            address = form.context["next_url"]
            continue
        answer = client.post(address, {**hidden(form), **answered(one)})
        assert answer.status_code == 302, one.key
        address = answer["Location"]
    assert address == desk.at("answers")

    checked = client.get(address)
    assert "Check the answers before you hand the form in" in checked.content.decode()
    done = client.post(address, {**hidden(checked), "language": "en"})
    [report] = DocumentVersion.objects.filter(kind="VAL", subject_id=project.pk)
    assert done["Location"] == reverse("document-receipt", args=[report.pk])
    said = (report.name, report.number, report.form_code, report.completed_on)
    assert said == ("VAL-IN001-en.pdf", 1, "F_Val_Rep", india.today)
    assert (report.membership_id, report.media_type, report.confidential) == (people.tpe.pk, "application/pdf", False)
    assert "Means of validation as written" in PdfReader(io.BytesIO(report.path.read_bytes())).pages[1].extract_text()

    receipt = client.get(done["Location"])
    assert receipt.status_code == 200
    assert report.sha256 in receipt.content.decode()
    [step_url] = re.findall(r'href="(/project/\d+/report_positive/)"', receipt.content.decode())
    given = {
        "requirements": [str(int(one)) for one in rows_of_form(project.assessment, project.rules)],
        "examination": "desk_review",
    }
    assert client.get(step_url).context["form"].initial["requirements"] == given["requirements"]
    ready = client.post(step_url, filled(client, step_url, **given, **FOUND_ADDITIONAL))
    recorded = client.post(step_url, {**hidden(ready), **given, "confirm": "yes"})
    assert recorded.status_code == 302
    assert project.reload().state == "validated"

    event = Event.objects.get(type="project.report_positive", subject_id=project.pk)
    assert report.sha256 in event.documents
    notice = client.get(recorded["Location"]).content.decode()
    address = reverse("act-receipt", args=[event.pk])
    assert f'href="{address}">Receipt</a>' in notice
    assert report.sha256 in client.get(address).content.decode()
