"""What is late, in a browser: the banner, the parts on a secretariat's desk, a document that waits for the scanner."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from apps.core import clock
from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion, Scan
from apps.documents.services import add_version, scan_what_waits
from apps.workflow.models import Heartbeat
from tests.notifications.posting import deliver
from tests.pages.looking import Looking, sign_in
from tests.people import Cast, cast
from tests.probe.services import lodged
from tests.scanner import EICAR, Scanner, free_port

pytestmark = pytest.mark.django_db(transaction=True)

PDF = b"%PDF-1.7\nA project design document.\n%%EOF\n"
A_WHILE = timedelta(minutes=6)


@pytest.fixture
def late(transactional_db: None, settings: Any, tmp_path: Path) -> tuple[Cast, DocumentVersion]:  # noqa: ARG001 - the server sees committed rows only
    """A site on which all that can be late is; one document waits for the scanner, another was found infected."""
    settings.DOCUMENT_ROOT, people = tmp_path, cast()
    probe = lodged(people.participant_host, title="Solar heat for a dairy")
    with clock.rehearse(clock.now() - A_WHILE), Scanner() as scanner:
        settings.CLAMD = scanner.address
        add_version(
            subject=probe, kind=Kind.MONITORING_PLAN, name="plan.pdf", content=PDF + EICAR, membership=people.participant_host
        )
        assert scan_what_waits() == 1
        deliver()
        version = add_version(subject=probe, kind=Kind.PDD, name="pdd.pdf", content=PDF, membership=people.participant_host)
        lodged(people.participant_host)
        Heartbeat.objects.create(job="sweep", beat_at=clock.now())
        settings.CLAMD = f"127.0.0.1:{free_port()}"
        scan_what_waits()
    assert Scan.objects.get(done_at=None).last_error
    connection.close()
    return people, version


def test_what_is_late_stands_in_nobodys_way(late: tuple[Cast, DocumentVersion], looking: Looking) -> None:
    people, version = late
    file = f"/probe/{version.subject_id}/"
    infected = DocumentVersion.objects.get(kind=Kind.MONITORING_PLAN)
    sign_in(looking.page, looking.server, people.secretariat_host.user)
    pages = {"desk": "/", "file": file, "waits": version.get_absolute_url(), "infected": infected.get_absolute_url()}
    for name, path in pages.items():
        looking.open(path, status=403 if name in {"waits", "infected"} else 200)
        assert looking.page.locator("#delays").is_visible()
        for width in (1280, 375):
            looking.page.set_viewport_size({"width": width, "height": 900})
            looking.picture(f"late-{name}-{width}")
        assert looking.barriers() == [], name
        looking.page.set_viewport_size({"width": 320, "height": 900})
        assert looking.overflow() == 0, name
        assert (looking.refused(), looking.foreign(), looking.wrong) == ([], [], []), name
    said = looking.page.locator("main").inner_text()
    assert "Nobody can open it, and it does not count as handed in." in said
    looking.open(file)
    assert looking.page.get_by_role("link", name="Project design document").count() == 1
    assert looking.page.get_by_role("link", name="Monitoring plan").count() == 0
    assert "Being checked for viruses" in looking.page.locator("main").inner_text()
