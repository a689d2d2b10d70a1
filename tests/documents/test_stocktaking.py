"""What is kept is hashed again each day: lost or changed bytes are told of once, and handed out to nobody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from apps.core import clock
from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion, Stocktake
from apps.documents.services import add_version, stocktaking, take_stock
from apps.events.models import Event
from apps.events.services import relay
from apps.notifications.models import Message
from apps.notifications.render import said, title_of
from tests.people import Cast
from tests.probe.models import Probe
from tests.probe.services import lodged

PDF = b"%PDF-1.7\nA project design document.\n%%EOF\n"

pytestmark = pytest.mark.django_db


@pytest.fixture
def probe(people: Cast) -> Probe:
    return lodged(people.participant_host)


def handed_in(probe: Probe, people: Cast, content: bytes = PDF) -> DocumentVersion:
    return add_version(subject=probe, kind=Kind.PDD, name="pdd.pdf", content=content, membership=people.participant_host)


def damage(version: DocumentVersion, how: str) -> None:
    version.path.chmod(0o640)
    if how == "missing":
        version.path.unlink()
    else:
        version.path.write_bytes(version.path.read_bytes()[:-1] + b"x")


def faults() -> list[tuple[int, str, dict[str, Any]]]:
    found = Event.objects.filter(type="document.damaged").order_by("pk")
    return [(one.subject_id, one.to_state, one.data) for one in found]


def test_each_content_is_hashed_again_once_a_day(probe: Probe, people: Cast) -> None:
    began = clock.now()
    with clock.rehearse(began) as time:
        for content in (PDF, PDF, PDF + b"2"):
            handed_in(probe, people, content)
        assert take_stock() == 2
        time.move_to(began + stocktaking.ROUND)
        assert take_stock() == 0
        time.move_to(began + stocktaking.ROUND + timedelta(microseconds=1))
        assert take_stock() == 2
    assert {one.fault for one in Stocktake.objects.all()} == {""}
    assert faults() == []


@pytest.mark.parametrize("how", ["missing", "changed"])
def test_what_is_damaged_is_told_of_once(how: str, probe: Probe, people: Cast) -> None:
    began = clock.now()
    with clock.rehearse(began) as time:
        first, twin = handed_in(probe, people), handed_in(probe, people)
        whole = handed_in(probe, people, PDF + b"2")
        content = first.path.read_bytes()
        damage(first, how)
        for day in range(3):
            time.move_to(began + 2 * day * stocktaking.ROUND)
            assert take_stock() == 2
        about = [{"kind": "PDD", "number": one.number, "fault": how} for one in (first, twin)]
        assert faults() == [(first.pk, how, about[0]), (twin.pk, how, about[1])]
        assert Stocktake.objects.get(sha256=whole.sha256).fault == ""
        first.path.write_bytes(content)
        time.move_to(began + 9 * stocktaking.ROUND)
        take_stock()
        assert Stocktake.objects.get(sha256=first.sha256).fault == ""
        damage(first, how)
        time.move_to(began + 19 * stocktaking.ROUND)
        take_stock()
    assert len(faults()) == 4, "what was restored and is damaged again is told of again"


@pytest.mark.parametrize("how", ["missing", "changed"])
def test_damaged_bytes_are_handed_out_to_nobody(how: str, probe: Probe, people: Cast, client: Client) -> None:
    version = handed_in(probe, people)
    assert b"".join(client.get(version.get_absolute_url()).streaming_content) == PDF
    assert not Stocktake.objects.exists(), "reading writes nothing"
    damage(version, how)
    answer = client.get(version.get_absolute_url())
    assert answer.status_code == 503
    page = answer.content.decode()
    assert "<h1" in page
    assert "What the site keeps is no longer what was handed in." in page
    assert [one[0] for one in faults()] == [version.pk]


def test_both_secretariats_and_who_handed_it_in_are_told(probe: Probe, people: Cast, client: Client) -> None:
    version = handed_in(probe, people)
    damage(version, "changed")
    take_stock()
    while relay():
        pass
    told = Message.objects.filter(event__type="document.damaged")
    expected = {people.participant_host, people.secretariat_host, people.secretariat_japan}
    assert {one.user_id for one in told} == {one.user_id for one in expected}
    message = told.get(user=people.participant_host.user)
    with translation.override("en"):
        assert title_of(message, probe) == "Security: Document found damaged in the store, Probe Probe"
        (sentence,) = said(message, probe)
    assert sentence == (
        "Project design document, version 1, handed in for Probe Probe, can no longer be opened: what the site keeps is not what "
        "was handed in. Secretariats: have it restored from a backup. Whoever handed it in: keep your copy, it may be asked for."
    )
    client.force_login(people.participant_host.user)
    assert client.get(message.get_absolute_url()).status_code == 200


def test_a_run_ends_in_time_and_the_next_goes_on(probe: Probe, people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        handed_in(probe, people, PDF + b"%d" % number)
    monkeypatch.setattr(stocktaking, "LONGEST_RUN", 0.0)
    assert [take_stock() for _ in range(4)] == [1, 1, 1, 0]
