"""What docs/webhooks.md says is what happens: its program is run, and its example is one of ours."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.conf import settings

from apps.core.clock import Rehearsal
from apps.events.services import relay
from apps.feeds.kinds import WAITS
from apps.feeds.services.hooks import make_webhook
from apps.feeds.services.sending import send_webhooks
from tests.feeds.receiving import Receiver
from tests.people import Cast
from tests.probe.services import lodged

TEXT = (settings.BASE_DIR / "docs" / "webhooks.md").read_text(encoding="utf-8")
[PROGRAM] = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)


@pytest.fixture
def is_genuine() -> Any:
    names: dict[str, Any] = {}
    exec(compile(PROGRAM, "docs/webhooks.md", "exec"), names)  # noqa: S102 - the document's own program
    return names["is_genuine"]


def test_the_program_knows_our_messages_from_others(is_genuine: Any, receiver: Receiver, people: Cast, time: Rehearsal) -> None:
    _hook, secret = make_webhook(people.secretariat_host, url=receiver.url, wanted=["probe"])
    lodged(people.participant_host)
    relay()
    assert send_webhooks() == 1
    [(headers, body)] = receiver.got
    header, at = headers["JCM-Signature"], time.moment.timestamp()
    assert is_genuine(secret, header, body, at)
    assert is_genuine(secret, header, body, at + 300)
    assert not is_genuine(secret, header, body, at + 301)
    assert not is_genuine(secret, header, body), "long ago by the real clock, or far ahead"
    assert not is_genuine(f"{secret}x", header, body, at)
    assert not is_genuine(secret, header, body + b" ", at)
    later = header.replace(f"t={int(at)}", f"t={int(at) + 1}")
    assert not is_genuine(secret, later, body, at)
    for broken in ("", "t=,v1=", "t=x,v1=y", f"t={int(at)}", "v1=é", "nonsense", "t=²,v1=0", header.replace("v1=", "v0=")):
        assert not is_genuine(secret, broken, body, at)


def test_the_program_is_short_and_needs_the_standard_library_alone() -> None:
    assert len([line for line in PROGRAM.splitlines() if line.strip()]) <= 15
    assert set(re.findall(r"^(?:import|from) (\w+)", PROGRAM, re.MULTILINE)) == {"hmac", "time", "hashlib"}


def test_the_example_has_the_fields_of_a_message(receiver: Receiver, people: Cast, time: Rehearsal) -> None:
    del time
    make_webhook(people.secretariat_host, url=receiver.url, wanted=["probe"])
    lodged(people.participant_host)
    relay()
    send_webhooks()
    [example] = re.findall(r"^    (\{.*?\})\n\n", TEXT, re.DOTALL | re.MULTILINE)
    given = json.loads(example)
    [told] = receiver.told
    assert (list(given), list(given["subject"])) == (list(told), list(told["subject"]))
    assert {name for name in told if f"| `{name}` |" not in TEXT} == set()


def test_the_waits_are_those_of_the_document() -> None:
    minutes = [int(one.total_seconds() // 60) for one in WAITS]
    assert minutes == [1, 5, 30, 120, 360, 1440]
    assert "1, 5 and 30 minutes, 2, 6 and 24 hours" in TEXT
