"""A mail: subject, plain text, simple HTML, heads. One link, nothing secret, nothing attached, nothing that tracks."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.core.posting import Letter
from apps.core.templatetags.gazette import day_words
from apps.notifications.models import Digest, Mail, Message
from apps.notifications.render.words import file_words, lines_of, prefixed, said, state_words, step_words, subject_line, zone_of
from apps.notifications.selectors import token_of
from apps.workflow.models import Subject
from apps.workflow.selectors import files_of

ENGLISH = "en"
MOST_LINES = 100


def letter_of(mail: Mail) -> Letter:
    """The mail in the reader's language, with a line in English below where that is another."""
    with translation.override(mail.language):
        return _of_message(mail, mail.message) if mail.message else _of_digest(mail)


# --- Messages -------------------------------------------------------------------------------------


def _of_message(mail: Mail, message: Message) -> Letter:
    subject = files_of([message])[message.subject_type, message.subject_id]
    line = subject_line(message, subject)
    context = {
        "sentences": said(message, subject),
        "lines": lines_of(message, subject),
        "url": settings.SITE_URL + message.get_absolute_url(),
        "act": _("Read and act on the site") if message.asks else _("Read on the site"),
        "english": _in_english(mail, message, subject),
    }
    text, html = _bodies("message", line, context)
    return Letter(line, text, _threaded(mail, message), html)


def _in_english(mail: Mail, message: Message, subject: Subject) -> str:
    if mail.language == ENGLISH:
        return ""
    with translation.override(ENGLISH):
        return subject_line(message, subject)


def _threaded(mail: Mail, message: Message) -> dict[str, str]:
    """Heads that put all mails about one file into one thread."""
    root = f"<{message.subject_type}.{message.subject_id}@{domain()}>"
    return {**_heads(mail, "messages"), "In-Reply-To": root, "References": root}


# --- Digests --------------------------------------------------------------------------------------


def _of_digest(mail: Mail) -> Letter:
    digest = mail.digest or Digest()
    messages = list(digest.messages.select_related("event").order_by("created_at", "id"))
    line = _digest_line(digest, len(messages))
    context = {
        "groups": _groups(messages[:MOST_LINES]),
        "more": max(0, len(messages) - MOST_LINES),
        "url": settings.SITE_URL + reverse("messages"),
        "act": _("Read them on the site"),
        "english": _digest_in_english(mail, digest, len(messages)),
    }
    text, html = _bodies("digest", line, context)
    return Letter(line, text, _unsubscribable(mail), html)


def _digest_line(digest: Digest, count: int) -> str:
    words = {"count": count, "day": day_words(digest.on)}
    return prefixed(ngettext("%(count)d message until %(day)s", "%(count)d messages until %(day)s", count) % words)


def _digest_in_english(mail: Mail, digest: Digest, count: int) -> str:
    if mail.language == ENGLISH:
        return ""
    with translation.override(ENGLISH):
        return _digest_line(digest, count)


def _groups(messages: list[Message]) -> list[dict[str, Any]]:
    """The messages by file, in the order in which the files first came up: what was done, when, and the state it led to."""
    files, groups = files_of(messages), dict[tuple[str, int], dict[str, Any]]()
    for one in messages:
        key = (one.subject_type, one.subject_id)
        entry = groups.setdefault(key, {"file": file_words(files[key]), "title": files[key].title, "acts": []})
        entry["acts"].append({"day": _day_of(one), "step": step_words(one), "state": state_words(one)})
    return list(groups.values())


def _day_of(message: Message) -> str:
    at = message.event.acted_at if message.event else message.created_at
    return day_words(at.astimezone(zone_of(message.side)).date(), "short")


def _unsubscribable(mail: Mail) -> dict[str, str]:
    """Heads by which a mail program ends the digests with one click."""
    url = settings.SITE_URL + reverse("unsubscribe", args=[token_of(mail.user_id)])
    post = {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return {**_heads(mail, "digest"), **post}


# --- All mails ------------------------------------------------------------------------------------


def domain() -> str:
    """The host of this site, which its Message-IDs end with."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def _heads(mail: Mail, name: str) -> dict[str, str]:
    return {
        "Message-ID": f"<{mail.pk}@{domain()}>",
        "List-Id": f"JCM {settings.JCM_PARTNER['code']}-JP <{name}.{domain()}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": mail.language,
    }


def _bodies(name: str, line: str, context: dict[str, Any]) -> tuple[str, str]:
    """The same said as plain text and as HTML."""
    plain: Any = get_template(f"notifications/mail/{name}.txt")
    html = get_template(f"notifications/mail/{name}.html")
    whole = {**context, "line": line, "language": translation.get_language()}
    text = plain.template.render(Context(whole, autoescape=False))
    return text.strip() + "\n", html.render(whole)
