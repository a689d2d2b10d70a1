"""What a webhook is sent: a body without anything confidential, and its signature."""

from __future__ import annotations

import hmac
import json
from hashlib import sha256
from typing import Any

from django.conf import settings

from apps.events.models import Event
from apps.feeds.models import WebhookDelivery
from apps.workflow import registry


def body_of(delivery: WebhookDelivery) -> bytes:
    """Number, type, reference of the file, the act's date, link. The same at every attempt."""
    said = told(delivery.event) if delivery.event else {"link": f"{settings.SITE_URL}/webhooks/"}
    content = {"id": f"delivery-{delivery.pk}", "type": delivery.type, **said}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def told(event: Event) -> dict[str, Any]:
    """What is said of an event: nothing of what was written, only that it happened."""
    subject = registry.model_of(event.subject_type)._default_manager.get(pk=event.subject_id)
    return {
        "event": event.pk,
        "subject": {"type": event.subject_type, "reference": event.subject_ref},
        "acted_on": event.effective_on.isoformat(),
        "link": f"{settings.SITE_URL}{subject.get_absolute_url()}",
    }


def signature(secret: str, at: int, body: bytes) -> str:
    """The value of the header `JCM-Signature`: the second of sending, and the HMAC of it and the body."""
    code = hmac.new(secret.encode(), f"{at}.".encode() + body, sha256).hexdigest()
    return f"t={at},v1={code}"
