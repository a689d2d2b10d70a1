"""What a methodology declares comes into use once both secretariats say so, and is kept as it was agreed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from apps.core import clock
from apps.core.clock import Rehearsal
from apps.core.errors import NotReady, Refusal
from apps.events.models import Event
from apps.monitoring import methods, services
from apps.monitoring.methods import SOLAR, WASTE_HEAT
from apps.monitoring.models import MethodDeclaration
from apps.monitoring.procedure import State
from apps.monitoring.render import facts
from apps.monitoring.selectors import declarations_in_use
from apps.workflow.models import Deadline
from apps.workflow.options import worklist
from apps.workflow.services import perform
from tests.journeys.method_declaration import in_use, proposed
from tests.people import Cast, actor, cast


@pytest.fixture
def time(db: None, settings: Any, tmp_path: Path) -> Iterator[Rehearsal]:  # noqa: ARG001 - the rows need a database
    settings.DOCUMENT_ROOT = tmp_path / "documents"
    with clock.rehearse(datetime(2027, 3, 1, 3, tzinfo=UTC)) as found:
        yield found


@pytest.fixture
def people(time: Rehearsal) -> Cast:  # noqa: ARG001 - the clock comes first
    return cast()


def refused(file: MethodDeclaration, step: str, by: Any, **inputs: Any) -> list[str]:
    with pytest.raises(Refusal) as refusal:
        perform(file, step, actor=actor(by), **inputs)
    return [one.code for one in refusal.value.problems]


def test_what_one_secretariat_proposes_comes_into_use_when_the_other_agrees(people: Cast, time: Rehearsal) -> None:
    file = proposed(people, time)
    assert (file.state, file.digest, file.proposed_by_side, file.agreed_on) == ("proposed", WASTE_HEAT.digest, "japan", None)
    assert declarations_in_use([file.methodology_version_id]) == {}
    assert worklist(people.secretariat_host) == [file]
    assert worklist(people.secretariat_japan) == []
    perform(file, "agree", actor=actor(people.secretariat_host))
    file = file.reload()
    assert (file.state, file.agreed_on) == ("in_use", clock.today())
    assert declarations_in_use([file.methodology_version_id]) == {file.methodology_version_id: file}
    assert (worklist(people.secretariat_host), Deadline.objects.count()) == ([], Deadline.objects.exclude(closed_at=None).count())


def test_neither_side_acts_for_the_other(people: Cast, time: Rehearsal) -> None:
    file = proposed(people, time)
    own, other = people.secretariat_japan, people.secretariat_host
    assert refused(file, "agree", own) == ["MON-34"]
    assert refused(file, "decline", own, grounds="x") == ["MON-34"]
    assert refused(file, "withdraw", other) == ["MON-35"]
    for stranger in (people.members_host[0], people.participant_host, people.tpe, people.government_japan, people.registry_host):
        assert refused(file, "agree", stranger) == ["DOOR-00"]
    assert Event.objects.filter(subject_type="method_declaration").count() == 1


def test_the_same_is_not_declared_twice(people: Cast, time: Rehearsal) -> None:
    file = proposed(people, time)
    with pytest.raises(NotReady) as refusal:
        proposed(people, time, version=file.methodology_version)
    assert refusal.value.codes == ("MON-33",)
    perform(file, "agree", actor=actor(people.secretariat_host))
    with pytest.raises(NotReady) as refusal:
        proposed(people, time, version=file.methodology_version)
    assert refusal.value.codes == ("MON-33",)
    assert "Formulas of section F (In use)" in refusal.value.problems[0].text


def test_a_later_one_takes_the_place_of_the_earlier(people: Cast, time: Rehearsal) -> None:
    earlier = in_use(people, time)
    later = in_use(people, time, version=earlier.methodology_version, declared="solar_pv")
    earlier = earlier.reload()
    assert (earlier.state, later.state) == ("replaced", "in_use")
    agreed = Event.objects.get(type="method_declaration.agree", subject_id=later.pk)
    replaced = Event.objects.get(type="method_declaration.replace")
    assert (agreed.data["replaces"], replaced.subject_id, replaced.membership_id) == (earlier.pk, earlier.pk, None)
    assert declarations_in_use([earlier.methodology_version_id]) == {earlier.methodology_version_id: later}
    assert refused(later, "replace", people.secretariat_host) == ["DOOR-00"]


def test_the_database_keeps_a_second_one_out_of_use(people: Cast, time: Rehearsal, monkeypatch: pytest.MonkeyPatch) -> None:
    first = in_use(people, time)
    second = proposed(people, time, version=first.methodology_version, declared="solar_pv")
    # As where both came into use at the same moment, and neither saw the other.
    monkeypatch.setattr(services, "declarations_in_use", lambda _versions: {})
    assert refused(second, "agree", people.secretariat_host) == ["MON-33"]
    assert (first.reload().state, second.reload().state) == ("in_use", "proposed")


def test_what_was_agreed_stays_whatever_the_site_declares_later(
    people: Cast, time: Rehearsal, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = in_use(people, time)
    monkeypatch.setitem(methods.BY_KEY, WASTE_HEAT.key, SOLAR)
    found = MethodDeclaration.objects.get(pk=file.pk).method
    assert (found.digest, found.formulas[0].text) == (WASTE_HEAT.digest, "EC_CAP * H_DAY * D_OP")
    assert found is not WASTE_HEAT


def test_a_text_of_their_own_is_declared_as_well(people: Cast, time: Rehearsal) -> None:
    text = json.dumps(WASTE_HEAT.record() | {"key": "kiln_heat", "title": "Heat of a cement kiln"})
    file = in_use(people, time, declared=text)
    assert (file.method.key, str(file.method.title)) == ("kiln_heat", "Heat of a cement kiln")
    with pytest.raises(NotReady) as refusal:
        proposed(people, time, version=file.methodology_version, declared=text.replace("PE - RE", "x").replace("RE - PE", "RE"))
    assert [(one.code, one.field) for one in refusal.value.problems] == [("DOOR-08", "declared")]
    assert "the last formulas are RE, PE and ER = RE - PE" in refusal.value.problems[0].text


def test_the_page_tells_what_is_declared(people: Cast, time: Rehearsal, client: Client) -> None:
    file = in_use(people, time)
    told = {str(one.term): one.words for one in facts(file)}
    assert told["Calculated"].splitlines()[0] == "EG_AUX = EC_CAP * H_DAY * D_OP  [MWh]"
    assert told["Monitored"].splitlines()[1] == "D_OP [d]: Days on which the plant ran; option C, every month"
    assert told["Fixed before the project begins"].splitlines()[1:] == [
        "H_DAY [h/d]: Hours of a day; 24 by default",
        "EF_elec [tCO2e/MWh]: Emission factor of the electricity replaced; fixed at validation",
    ]
    client.force_login(people.secretariat_host.user)
    page = client.get(file.get_absolute_url())
    assert (page.status_code, "EG_AUX = EC_CAP * H_DAY * D_OP" in page.content.decode()) == (200, True)
    client.force_login(people.participant_host.user)
    assert client.get(file.get_absolute_url()).status_code == 404
    assert str(State.IN_USE.label) in page.content.decode()
