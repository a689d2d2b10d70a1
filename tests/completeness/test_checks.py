"""A completeness check goes item by item: all in order to accept, something missing to ask, nothing in silence."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from apps.completeness.inputs import outcomes
from apps.completeness.kinds import Item
from apps.completeness.selectors import items_of
from apps.core.errors import NotReady
from apps.documents.kinds import FiledForm, Kind, Outcome, Standing
from apps.documents.models import DocumentVersion, Verdict
from apps.documents.services import add_version
from apps.events.models import Event
from apps.events.services import relay
from apps.notifications.models import Message
from apps.projects.models import Project
from apps.projects.procedure import State
from apps.third_party_entities.models import ThirdPartyEntity
from apps.workflow.editions import EDITIONS, Mark
from apps.workflow.inputs import clean_all
from apps.workflow.models import Subject
from apps.workflow.services import open_file, perform
from tests.people import actor
from tests.portal.reading import Reader, words
from tests.projects.walk import PAPERS, World, upload
from tests.workflow.test_rulebook import GOLDEN
from tests.workflow.test_step_screens import codes, confirmed, filled

ALL = ["reg_req", "pdd", "mp", "val_rep", "moc", "sdip", "crd_allc", "signed", "one_design", "statement", "period"]


def judged(file: Subject, **changes: Any) -> dict[str, Any]:
    """Every item in order but for some."""
    return {one.key: "in_order" for one in items_of(file)} | changes


def wrong(text: str = "") -> dict[str, str]:
    return {"outcome": "wrong", "text": text}


def in_order(text: str = "") -> dict[str, str]:
    return {"outcome": "in_order", "text": text}


def refused(world: World, file: Subject, step: str, **inputs: Any) -> list[tuple[str, str]]:
    """The codes and fields of a refusal; the file stands as it stood."""
    before = file.reload().version
    with pytest.raises(NotReady) as caught:
        perform(file, step, actor=actor(world.people.secretariat_host), **inputs)
    assert file.reload().version == before
    return [(one.code, one.field) for one in caught.value.problems]


@pytest.fixture
def requested(india: World) -> Project:
    return india.reach(State.REQUESTED)


# --- Accepting and asking ---------------------------------------------------------------------------


def test_the_list_is_that_of_the_edition(requested: Project) -> None:
    assert len(items_of(requested)) == 11
    assert [one.key for one in items_of(requested)][-4:] == ALL[-4:]
    first = Project(edition="jcm_2013")
    assert [one.key for one in items_of(first)][-3:] == ["signed", "one_design", "statement"]


def test_what_is_all_in_order_is_accepted_and_the_record_keeps_what_the_system_saw(india: World, requested: Project) -> None:
    event = perform(
        requested,
        "accept_as_complete",
        actor=actor(india.people.secretariat_host),
        items=judged(requested, signed=in_order("Seen.")),
    )
    assert requested.reload().state == State.CONSIDERATION
    told = {row["item"]: (row["outcome"], row["text"]) for row in event.data["inputs"]["items"]}
    assert told["signed"] == ("in_order", "Seen.")
    assert len(told) == 11
    assert event.data["found_by_system"]["pdd"] == ["in_order", "version 1 is there"]
    assert event.data["found_by_system"]["period"] == ["in_order", "filled in"]
    assert "signed" not in event.data["found_by_system"]


def test_every_item_is_judged(india: World, requested: Project) -> None:
    assert refused(india, requested, "accept_as_complete") == [("CPL-01", "items")]
    assert refused(india, requested, "request_completion") == [("CPL-01", "items")]
    assert refused(india, requested, "request_completion", missing="A signature") == [("CPL-01", "items")]
    some = judged(requested)
    del some["signed"], some["statement"]
    assert refused(india, requested, "accept_as_complete", items=some) == [
        ("CPL-01", "item_signed"),
        ("CPL-01", "item_statement"),
    ]


def test_what_is_missing_stands_against_completeness(india: World, requested: Project) -> None:
    given = judged(requested, signed=wrong("Nobody has signed."), one_design=wrong("Two versions."))
    assert refused(india, requested, "accept_as_complete", items=given) == [
        ("CPL-06", "item_signed"),
        ("CPL-06", "item_one_design"),
    ]


def test_completion_is_asked_for_only_where_something_is_missing_and_it_is_said_what(india: World, requested: Project) -> None:
    assert refused(india, requested, "request_completion", items=judged(requested)) == [("CPL-02", "items")]
    assert refused(india, requested, "request_completion", items=judged(requested, signed=wrong())) == [
        ("CPL-05", "wrong_signed")
    ]
    perform(
        requested,
        "request_completion",
        actor=actor(india.people.secretariat_host),
        items=judged(requested, signed=wrong("The focal point has not signed.")),
    )
    assert requested.reload().state == State.INCOMPLETE


# --- What the system finds --------------------------------------------------------------------------


def infected(file: Subject, kind: Kind) -> None:
    version = DocumentVersion.objects.filter(subject_type=file.procedure.key, subject_id=file.pk, kind=kind).latest("number")
    Verdict.objects.create(
        version=version, outcome=Outcome.INFECTED, carries="Eicar", scanner="clamd", judged_at=version.uploaded_at
    )


def test_what_is_not_there_cannot_be_in_order(india: World, requested: Project) -> None:
    infected(requested, Kind.MOC_STATEMENT)
    key = next(one.key for one in items_of(requested) if one.document == Kind.MOC_STATEMENT)
    reason = judged(requested, **{key: in_order("We have it on paper.")})
    assert refused(india, requested, "accept_as_complete", items=reason) == [("CPL-03", f"item_{key}")]
    perform(
        requested, "request_completion", actor=actor(india.people.secretariat_host), items=judged(requested, **{key: wrong()})
    )
    assert requested.reload().state == State.INCOMPLETE, "the system's own words say what is wrong"


def test_what_the_system_found_is_not_passed_over_in_silence(india: World, requested: Project) -> None:
    key = next(one.key for one in items_of(requested) if one.document == Kind.PDD)
    upload_of_another_form(requested, india)
    assert refused(india, requested, "accept_as_complete", items=judged(requested)) == [("CPL-04", f"wrong_{key}")]
    event = perform(
        requested,
        "accept_as_complete",
        actor=actor(india.people.secretariat_host),
        items=judged(requested, **{key: in_order("The older version was agreed in February.")}),
    )
    found = event.data["found_by_system"][key]
    assert (found[0], found[1].startswith("Form version: ")) == ("wrong", True)


def upload_of_another_form(file: Subject, world: World) -> None:
    """A design document on a version of its form that is not in force."""
    form, by = FiledForm(code="F_PDD", version="03.0", standing=Standing.OUT_OF_FORCE), world.people.participant_host
    add_version(subject=file, kind=Kind.PDD, name="pdd.pdf", content=b"%PDF-1.7 another", membership=by, form=form)


# --- Editions and rules -----------------------------------------------------------------------------


def test_older_editions_take_what_was_said_in_one_text_or_in_none(jcm: World) -> None:
    project = jcm.reach(State.REQUESTED)
    by = actor(jcm.people.secretariat_host)
    assert refused(jcm, project, "request_completion") == [("CPL-01", "items")]
    perform(project, "request_completion", actor=by, missing="A signature")
    assert project.reload().state == State.INCOMPLETE
    perform(project.reload(), "resubmit", actor=actor(jcm.people.participant_japan))
    perform(project.reload(), "accept_as_complete", actor=by)
    assert project.reload().state == State.CONSIDERATION


def test_an_older_edition_takes_items_all_the_same(jcm: World) -> None:
    project = jcm.reach(State.REQUESTED)
    assert refused(jcm, project, "accept_as_complete", items=judged(project, signed=wrong("No."))) == [("CPL-06", "item_signed")]
    perform(project, "accept_as_complete", actor=actor(jcm.people.secretariat_host), items=judged(project))
    assert project.reload().state == State.CONSIDERATION


def test_an_application_is_sent_back_once_and_then_judged_as_it_is(india: World) -> None:
    people = india.people
    entity = open_file(
        ThirdPartyEntity, "draft", actor=actor(people.tpe), edition="india_2026", title="First Verifier",
        fields={"organisation_id": people.tpe.organisation_id}, basis="iso_14065", validation=[1], verification=[1],
    )  # fmt: skip
    upload(entity, people.tpe, *PAPERS)
    by = actor(people.secretariat_host)
    perform(entity, "apply", actor=actor(people.tpe))
    lacking = judged(entity, declaration=wrong("It is not signed."))
    assert refused(india, entity, "accept_as_complete", items=lacking) == [("CPL-06", "item_declaration")]
    perform(entity, "request_completion", actor=by, items=lacking)
    upload(entity, people.tpe, Kind.TPE_APPLICATION, text="signed")
    perform(entity.reload(), "resubmit", actor=actor(people.tpe))
    perform(entity.reload(), "accept_as_complete", actor=by, items=lacking)
    assert entity.reload().state == "complete"


def test_a_returned_design_document_needs_its_reason(india: World) -> None:
    project = india.reach(State.SUBMITTED)
    assert refused(india, project, "return_pdd") == [("DOOR-07", "missing")]


# --- Pages ------------------------------------------------------------------------------------------


def test_the_page_asks_for_each_item_with_what_the_system_found(requested: Project, india: World, read: Reader) -> None:
    place = f"/project/{requested.pk}/accept_as_complete/"
    page = read(place, india.people.secretariat_host)
    form = page.context["form"]
    assert [name for name in form.names if name.startswith("item_")].__len__() == 11
    key = next(one.key for one in items_of(requested) if one.document == Kind.PDD)
    assert (form.initial[f"item_{key}"], "item_signed" in form.initial) == ("in_order", False)
    assert "Found by the system: version 1 is there." in words(page)
    response = read.client.post(place, filled(read.client, place))
    assert response.status_code == 422
    assert ("DOOR-07", "item_signed") in codes(response)
    human = {f"item_{one.key}": "in_order" for one in items_of(requested)}
    response = confirmed(read.client, place, filled(read.client, place, **human))
    assert response.status_code == 302, codes(response)
    assert requested.reload().state == State.CONSIDERATION


def test_the_participants_read_exactly_these_items(requested: Project, india: World, read: Reader) -> None:
    people = india.people
    place = f"/project/{requested.pk}/request_completion/"
    read.sign_in(people.secretariat_japan)
    given = {f"item_{one.key}": "in_order" for one in items_of(requested)}
    given |= {"item_signed": "wrong", "wrong_signed": "The focal point has not signed.", "item_one_design": "wrong"}
    response = read.client.post(place, filled(read.client, place, **given))
    assert (response.status_code, codes(response)) == (422, [("CPL-05", "wrong_one_design")])
    given["wrong_one_design"] = "The request names version 1, the report version 2."
    assert confirmed(read.client, place, filled(read.client, place, **given)).status_code == 302
    text = words(read(requested.get_absolute_url(), people.participant_host))
    told = [
        "The request is signed and dated The focal point has not signed. 4.9",
        "All documents name the same version of the PDD The request names version 1, the report version 2. 2.9",
    ]
    assert "What must be completed 2 Items that were missing or wrong on 15 April 2027" in text
    assert [line for line in told if line not in text] == []
    assert "The communication statement is signed" not in text
    assert "What must be completed" not in words(read(requested.get_absolute_url()))
    relay()
    event = Event.objects.get(type="project.request_completion")
    message = Message.objects.get(event=event, user=people.participant_host.user)
    said = "The request is signed and dated: The focal point has not signed. All documents name"
    assert said in words(read(message.get_absolute_url(), people.participant_host))


# --- The input --------------------------------------------------------------------------------------

LIST = (Item("a", "First", "1", Mark.CONFIRMED), Item("b", "Second", "2", Mark.INFERRED))
GIVEN = outcomes({"india_2026": LIST})


@pytest.mark.parametrize(
    "raw",
    [
        {"b": "wrong", "a": "in_order"},
        {"b": {"outcome": "wrong"}, "a": {"outcome": "in_order", "text": " "}},
        [{"item": "b", "outcome": "wrong"}, {"item": "a", "outcome": "in_order"}],
        "b; wrong\na; in_order",
    ],
)
def test_outcomes_come_in_several_forms(raw: Any) -> None:
    told = [{"item": "a", "outcome": "in_order", "text": ""}, {"item": "b", "outcome": "wrong", "text": ""}]
    assert clean_all([GIVEN], {"items": raw}) == {"items": told}
    assert clean_all([GIVEN], {"items": told}) == {"items": told}, "what the log says is understood again"
    assert GIVEN.words(told) == "First: In order\nSecond: Missing or wrong"


@pytest.mark.parametrize(
    "raw",
    [{"c": "wrong"}, {"a": "perhaps"}, {"a": {"outcome": "wrong", "text": "x" * 2001}}, 7, [1], "a; wrong\na; wrong", "a"],
)
def test_what_is_no_outcome_is_refused(raw: Any) -> None:
    with pytest.raises(NotReady) as caught:
        clean_all([GIVEN], {"items": raw})
    assert [(one.code, one.field) for one in caught.value.problems] == [("DOOR-08", "items")]


def test_the_lists_equal_their_golden_copy() -> None:
    said = StringIO()
    call_command("completeness", stdout=said)
    assert said.getvalue() == (GOLDEN / "completeness.md").read_text(encoding="utf-8")
    assert EDITIONS["india_2026"].gate("completeness_by_item")


def test_the_page_of_a_check_keeps_to_its_budget(india: World, requested: Project, read: Reader) -> None:
    steps = ("accept_as_complete", "request_completion")
    cost = [read.queries(f"/project/{requested.pk}/{step}/", india.people.secretariat_host) for step in steps]
    assert cost == [5, 4]
    given = judged(requested, signed=wrong("One."))
    perform(requested, "request_completion", actor=actor(india.people.secretariat_host), items=given)
    assert read.queries(requested.get_absolute_url(), india.people.participant_host) <= 12
