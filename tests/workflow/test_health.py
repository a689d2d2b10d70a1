"""How the engine says that it is well, and `manage.py sweep`."""

from __future__ import annotations

import socket
from datetime import timedelta
from io import StringIO

import pytest
from celery import current_app
from django.core.management import call_command
from django.db import connection
from django.test import Client

from apps.core import clock
from apps.documents.models import DocumentVersion, Stocktake
from apps.events.models import Delivery
from apps.workflow.models import Heartbeat
from apps.workflow.services import sweep
from tests.people import cast
from tests.probe.services import completed

WITHOUT_SCANNER = {"scanner": "no scanner configured"}


def swept(seconds_ago: float) -> None:
    Heartbeat.objects.create(job="sweep", beat_at=clock.now() - timedelta(seconds=seconds_ago))


@pytest.mark.django_db(transaction=True)
def test_a_site_that_sweeps_is_well(client: Client) -> None:
    with clock.rehearse(clock.now()):
        sweep()
        response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {
        "status": "ok", "database": "reachable", "broker": "reachable", **WITHOUT_SCANNER, "sweep_age_seconds": 0,
    }  # fmt: skip
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize(("age", "status"), [(299, 200), (301, 503)])
def test_a_sweep_of_five_minutes_ago_is_too_old(age: int, status: int, client: Client) -> None:
    with clock.rehearse(clock.now()):
        swept(age)
        response = client.get("/healthz")
    assert (response.status_code, response.json()["sweep_age_seconds"]) == (status, age)


@pytest.mark.django_db
def test_a_site_that_never_swept_is_not_well(client: Client) -> None:
    response = client.get("/healthz")
    assert response.status_code == 503
    assert (response.json()["status"], response.json()["sweep_age_seconds"]) == ("failing", None)


@pytest.mark.django_db
def test_a_broker_that_is_away_is_told_and_is_no_failure(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    swept(1)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        monkeypatch.setattr(current_app.conf, "broker_read_url", f"redis://127.0.0.1:{taken.getsockname()[1]}/0")
        response = client.get("/healthz")
    assert (response.status_code, response.json()["broker"]) == (200, "unreachable")


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_away_is_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    connection.close()
    with monkeypatch.context() as patch:
        patch.setitem(connection.settings_dict, "NAME", "no_such_database")
        response = client.get("/healthz")
        connection.close()
    assert response.status_code == 503
    assert response.json() == {
        "status": "failing", "database": "unreachable", "broker": "reachable", **WITHOUT_SCANNER, "sweep_age_seconds": None,
    }  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_the_command_sweeps_and_delivers() -> None:
    people = cast()
    call_command("sweep", stdout=StringIO())  # what the system opens by itself
    with clock.rehearse(clock.now() - timedelta(days=60)):
        probe = completed(people.participant_host, people.secretariat_host)
    # The probe's paper is one in name only.
    Stocktake.objects.create(sha256=DocumentVersion.objects.get().sha256, looked_at=clock.now())
    waiting = Delivery.objects.filter(delivered_at=None).count()
    assert waiting > 0
    said = StringIO()
    call_command("sweep", stdout=said)
    assert said.getvalue().startswith(f"steps performed: 1\ndeliveries handed over: {waiting + waiting // 2}\n")
    assert probe.reload().state == "approval"
    assert not Delivery.objects.filter(delivered_at=None).exists()
    said = StringIO()
    call_command("sweep", stdout=said)
    assert said.getvalue().startswith("steps performed: 0\ndeliveries handed over: 0\n")
