"""Official forms: what they are called where, which version is known, and what is kept of those that are handed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from apps.accounts.models import Membership
from apps.core import clock
from apps.core.errors import NotReady
from apps.documents.kinds import FORM_CODES, FiledForm, Kind, Standing
from apps.documents.models import DocumentVersion
from apps.documents.render import form_doubt, form_words
from apps.documents.services import add_version
from apps.workflow import catalogue
from apps.workflow.catalogue import FORMS, OfficialForm, current_version, form_of, standing_of
from apps.workflow.editions import EDITIONS, Mark, Parameter
from apps.workflow.services import hand_in
from tests.paper import PDF, upload
from tests.people import Cast, cast
from tests.portal.reading import words
from tests.probe.models import Probe
from tests.probe.services import lodged
from tests.workflow.test_step_screens import at, codes, confirmed, filled

NOW = datetime(2027, 3, 1, 3, tzinfo=UTC)
TODAY = date(2027, 3, 1)
PERCENTAGE, ALLOCATION = "Percentage of Credit Allocation Form", "Credit Allocation Form"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def day(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.DOCUMENT_ROOT = tmp_path / "documents"
    with clock.rehearse(NOW):
        yield


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def probe(people: Cast) -> Probe:
    return lodged(people.participant_host)


@pytest.fixture
def as_(client: Client) -> Callable[[Membership], Client]:
    def sign_in(membership: Membership) -> Client:
        client.force_login(membership.user)
        return client

    return sign_in


def in_india(version: str, valid_from: date | None, valid_until: date | None = None, **more: Any) -> OfficialForm:
    """A design document's form as India might publish it."""
    days = {"valid_from": valid_from, "valid_until": valid_until}
    return OfficialForm(("india_2026",), Mark.CONFIRMED, "of the test", "F_PDD", "", version, "IN", **days, **more)


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalogue in which India's design document has two versions, the second in force from 1 February 2027."""
    two = (in_india("01.0", None, date(2027, 1, 31)), in_india("02.0", date(2027, 2, 1)))
    monkeypatch.setattr(catalogue, "FORMS", (*FORMS, *two))


def refused(problems: list[tuple[str, str]], **given: Any) -> None:
    with pytest.raises(NotReady) as refusal:
        hand_in(**given)
    assert [(one.code, one.field) for one in refusal.value.problems] == problems
    assert all(one.text for one in refusal.value.problems)
    assert not DocumentVersion.objects.exists()


def paper(probe: Probe, people: Cast, **stated: Any) -> dict[str, Any]:
    given = {"subject": probe, "kind": Kind.PDD, "name": "pdd.pdf", "content": PDF, "membership": people.participant_host}
    return {**given, **stated}


# --- The catalogue --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edition", "partner", "kind", "code", "name"),
    [
        ("jcm_2022", "UZ", Kind.CREDIT_ALLOCATION, "F_Crd_Allc", PERCENTAGE),
        ("jcm_2022", "LK", Kind.CREDIT_ALLOCATION, "F_Crd_Allc", PERCENTAGE),
        ("jcm_2022", "MN", Kind.CREDIT_ALLOCATION, "F_Crd_Allc", PERCENTAGE),
        ("jcm_2022", "KG", Kind.CREDIT_ALLOCATION, "F_Crd_Allc", ALLOCATION),
        ("jcm_2022", "ID", Kind.CREDIT_ALLOCATION, "F_Crd_Allc", ALLOCATION),
        ("jcm_2022", "GE", Kind.CREDIT_ALLOCATION, "F_Crd_Allc", ""),
        ("india_2026", "IN", Kind.CREDIT_ALLOCATION, "F_Crd_Allc", ""),
        ("india_2026", "IN", Kind.IDEA_NOTE, "F_PIN", ""),
        ("india_interim", "IN", Kind.IDEA_NOTE, "", "Project Information Sheet"),
        ("jcm_2013", "MN", Kind.SD_PLAN, "", "Contribution plan"),
        ("jcm_2013", "TH", Kind.SD_REPORT, "", catalogue.THAI_SAFEGUARDS),
    ],
)
def test_awkward_case_42_forms_are_called_differently_by_country_and_rules(
    edition: str, partner: str, kind: Kind, code: str, name: str
) -> None:
    form = form_of(edition, kind, partner, TODAY)
    assert form is not None
    assert (form.code, form.name) == (code, name)


@pytest.mark.parametrize(
    ("edition", "partner", "kind", "version"),
    [
        ("jcm_2022", "MN", Kind.IDEA_NOTE, "06.0"),
        ("jcm_2022", "MN", Kind.PDD, "05.0"),
        ("jcm_2022", "MN", Kind.TPE_APPLICATION, "06.0"),
        ("jcm_2022", "UZ", Kind.PDD, ""),
        ("jcm_2013", "MN", Kind.PDD, ""),
        ("jcm_2013", "ID", Kind.VALIDATION_REPORT, ""),  # 01.0 was read, and is not the last
        ("jcm_2013", "LA", Kind.MOC_STATEMENT, ""),
        ("india_2026", "IN", Kind.PDD, ""),
        ("india_interim", "IN", Kind.IDEA_NOTE, ""),
    ],
)
def test_awkward_case_42_a_version_is_known_where_it_was_read_and_nowhere_else(
    edition: str, partner: str, kind: Kind, version: str
) -> None:
    assert current_version(edition, kind, partner, TODAY) == version


def test_no_version_of_indias_is_known() -> None:
    india = [form for form in FORMS if "india_2026" in form.editions]
    assert {(form.version, form.mark) for form in india} == {("", Mark.NOT_FOUND)}
    assert {form.kind for form in india} >= set(FORM_CODES)


def test_a_form_stands_once_by_edition_country_and_version() -> None:
    each = [(edition, form) for form in FORMS for edition in form.editions]
    keys = [(edition, form.partner, form.called, form.kind, form.version) for edition, form in each]
    assert len(keys) == len(set(keys))
    assert {edition for edition, *_rest in keys} == set(EDITIONS)
    assert sum(form.partner == "MN" and "jcm_2022" in form.editions for form in FORMS) == 21


@pytest.mark.usefixtures("known")
def test_versions_are_told_by_their_days() -> None:
    place = ("india_2026", Kind.PDD, "IN")
    before, from_then = date(2027, 1, 31), date(2027, 2, 1)
    assert [current_version(*place, on) for on in (before, from_then)] == ["01.0", "02.0"]
    assert [standing_of(*place, "01.0", on) for on in (before, from_then)] == [Standing.KNOWN, Standing.OUT_OF_FORCE]
    assert [standing_of(*place, "02.0", on) for on in (before, from_then)] == [Standing.OUT_OF_FORCE, Standing.KNOWN]
    assert [standing_of(*place, one, TODAY) for one in ("2.0", "3.0", "draft", "")] == [
        Standing.KNOWN, Standing.UNKNOWN, Standing.UNKNOWN, None,
    ]  # fmt: skip


def test_a_newer_version_without_days_supersedes(monkeypatch: pytest.MonkeyPatch) -> None:
    place = ("india_2026", Kind.PDD, "IN")
    monkeypatch.setattr(catalogue, "FORMS", (in_india("05.0", None), in_india("06.0", None)))
    assert (current_version(*place, TODAY), standing_of(*place, "05.0", TODAY)) == ("06.0", Standing.OUT_OF_FORCE)
    monkeypatch.setattr(catalogue, "FORMS", (in_india("05.0", None), in_india("06.0", None, is_latest=False)))
    assert (current_version(*place, TODAY), standing_of(*place, "05.0", TODAY)) == ("", Standing.KNOWN)


# --- What is kept ---------------------------------------------------------------------------------


def test_a_document_keeps_its_form_as_it_was_stated(probe: Probe, people: Cast) -> None:
    [version] = upload(probe, people.participant_host, Kind.PDD, form_version=" 05.0 ", completed_on=date(2026, 5, 3))
    version = DocumentVersion.objects.get(pk=version.pk)
    assert (version.form_code, version.form_version, version.completed_on) == ("F_PDD", "05.0", date(2026, 5, 3))
    assert (form_words(version), form_doubt(version)) == ("F_PDD 05.0, completed 3 May 2026", "")


@pytest.mark.usefixtures("known")
def test_who_states_nothing_gets_no_version(probe: Probe, people: Cast) -> None:
    [version] = upload(probe, people.participant_host, Kind.PDD)
    assert (version.form_code, version.form_version, version.form_standing, version.completed_on) == ("F_PDD", "", "", None)
    assert form_words(version) == "F_PDD"


def test_what_is_no_official_form_has_none(probe: Probe, people: Cast) -> None:
    [version] = upload(probe, people.participant_host, Kind.MONITORING_PLAN)
    assert (version.form_code, form_words(version)) == ("", "")
    stated = {"form_version": "01.0", "completed_on": TODAY, "kind": Kind.ACCREDITATION}
    with pytest.raises(NotReady) as refusal:
        hand_in(**paper(probe, people, **stated))
    assert [(one.code, one.field) for one in refusal.value.problems] == [
        ("FRM-03", "ACC_form_version"),
        ("FRM-03", "ACC_completed_on"),
    ]


def test_the_day_of_completion_is_neither_to_come_nor_before_the_mechanism(probe: Probe, people: Cast) -> None:
    refused([("DOC-10", "PDD_completed_on")], **paper(probe, people, completed_on=date(2027, 3, 2)))
    refused([("DOC-11", "PDD_completed_on")], **paper(probe, people, completed_on=date(2012, 12, 31)))
    for number, day in enumerate((TODAY, date(2013, 1, 1)), start=1):
        assert hand_in(**paper(probe, people, completed_on=day)).number == number


@pytest.mark.parametrize("version", ["05.0" * 3, "5\x000", "5\u202e0"])
def test_a_version_that_is_none_is_refused(version: str, probe: Probe, people: Cast) -> None:
    refused([("DOC-09", "PDD_form_version")], **paper(probe, people, form_version=version))
    with pytest.raises(NotReady, match="DOC-09"):
        add_version(**{**paper(probe, people), "form": FiledForm("F_PDD", version)})


@pytest.mark.usefixtures("known")
def test_the_gate_refuses_versions_that_are_unknown_or_out_of_force(
    probe: Probe, people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused([("FRM-01", "PDD_form_version")], **paper(probe, people, form_version="03.0"))
    refused([("FRM-02", "PDD_form_version")], **paper(probe, people, form_version="01.0"))
    assert hand_in(**paper(probe, people, form_version="2.0")).form_standing == Standing.KNOWN
    off = Parameter(value=False, mark=Mark.INFERRED, source="of the test")
    monkeypatch.setitem(EDITIONS["india_2026"].parameters, "form_version_gate", off)  # type: ignore[arg-type] # reason: a plain dictionary
    accepted = [hand_in(**paper(probe, people, form_version=version)) for version in ("03.0", "01.0")]
    assert [one.form_standing for one in accepted] == [Standing.UNKNOWN, Standing.OUT_OF_FORCE]
    assert [form_doubt(one) for one in accepted] == [
        "Form version: Not in the catalogue of forms",
        "Form version: Not in force on the day it was handed in",
    ]


def test_the_database_knows_no_standing_without_a_version(probe: Probe, people: Cast) -> None:
    given = paper(probe, people)
    for standing, version in ((Standing.KNOWN, ""), ("sure", "05.0")):
        with pytest.raises(IntegrityError, match="document_standing_is_of_a_version"), transaction.atomic():
            add_version(**given, form=FiledForm("F_PDD", version, None, standing))  # type: ignore[arg-type] # reason: on purpose


# --- On the page of a step ------------------------------------------------------------------------


def test_the_page_asks_for_version_and_day_of_each_official_form(as_: Any, people: Cast, probe: Probe) -> None:
    client, address = as_(people.secretariat_host), at(probe, "complete")
    page = client.get(address)
    assert page.context["form"]["PDD_form_version"].value() == "", "India's is not known, and none is guessed"
    assert "F_PDD: version of the form" in page.content.decode()
    sent = {"PDD": SimpleUploadedFile("pdd.pdf", PDF), "PDD_form_version": "01.0"}
    day = {"PDD_completed_on_day": "3", "PDD_completed_on_month": "2", "PDD_completed_on_year": "2027"}
    checked = client.post(address, filled(client, address, **sent, **day))
    assert "F_PDD 01.0, completed 3 February 2027" in words(checked)
    version = DocumentVersion.objects.get()
    assert (version.form_code, version.form_version, version.completed_on) == ("F_PDD", "01.0", date(2027, 2, 3))
    assert "F_PDD 01.0, completed 3 February 2027" in words(client.get(probe.get_absolute_url()))


@pytest.mark.usefixtures("known")
def test_the_version_in_force_stands_there_already_and_is_needed(as_: Any, people: Cast, probe: Probe) -> None:
    client, address = as_(people.secretariat_host), at(probe, "complete")
    page = client.get(address)
    assert page.context["form"]["PDD_form_version"].value() == "02.0"
    assert "In force as far as known: 02.0." in page.content.decode()
    response = client.post(address, filled(client, address, PDD=SimpleUploadedFile("pdd.pdf", PDF), PDD_form_version=" "))
    assert (response.status_code, codes(response)) == (422, [("DOOR-07", "PDD_form_version")])
    confirmed(client, address, filled(client, address, PDD=SimpleUploadedFile("pdd.pdf", PDF), PDD_form_version="02.0"))
    assert DocumentVersion.objects.get().form_standing == Standing.KNOWN
    assert probe.reload().state == "inputs"


@pytest.mark.usefixtures("known")
def test_everything_wrong_with_a_form_is_told_at_its_fields_and_nothing_kept(as_: Any, people: Cast, probe: Probe) -> None:
    client, address = as_(people.secretariat_host), at(probe, "complete")
    day = {"PDD_completed_on_day": "2", "PDD_completed_on_month": "3", "PDD_completed_on_year": "2027"}
    sent = filled(client, address, PDD=SimpleUploadedFile("pdd.pdf", PDF), PDD_form_version="01.0", **day)
    response = client.post(address, sent)
    assert response.status_code == 422
    assert sorted(codes(response)) == [("DOC-10", "PDD_completed_on"), ("FRM-02", "PDD_form_version")]
    text = response.content.decode()
    assert "form version 01.0 is not in force; write the document on 02.0" in text
    assert 'href="#id_PDD_completed_on_0"' in text
    assert not DocumentVersion.objects.exists()
    half = filled(client, address, PDD=SimpleUploadedFile("pdd.pdf", PDF), PDD_form_version="02.0", PDD_completed_on_day="2")
    assert codes(client.post(address, half)) == [("DOOR-08", "PDD_completed_on")]
    assert not DocumentVersion.objects.exists()


@pytest.mark.usefixtures("known")
def test_what_is_stated_of_no_file_is_left_alone(as_: Any, people: Cast, probe: Probe) -> None:
    upload(probe, people.secretariat_japan, Kind.PDD)
    client, address = as_(people.secretariat_host), at(probe, "complete")
    confirmed(client, address, filled(client, address, PDD_form_version="01.0"))
    assert DocumentVersion.objects.get().form_version == ""
