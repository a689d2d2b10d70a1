"""Public inputs in words: whose they are, what stands on the page of a file, and the letters to those who sent them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.accounts.roles import Capacity
from apps.core.posting import Letter
from apps.core.templatetags.gazette import day_words
from apps.public_inputs.models import OpenToInputs, PublicInput, Sent, Statement
from apps.public_inputs.policies import may_read
from apps.public_inputs.procedure import State
from apps.public_inputs.selectors import inputs_about
from apps.workflow import policies
from apps.workflow.render import Fact
from apps.workflow.render.enclosures import EnclosedRow, Enclosure, Key, Read

# How a state looks: a status word, never a colour alone.
STATUS = {
    State.RECEIVED: "wait",
    State.PUBLISHED: "now",
    State.WITHHELD: "attn",
    State.DISPUTED: "attn",
    State.ANSWERED: "done",
    State.SET_ASIDE: "aside",
    State.LAPSED: "aside",
}


def author(said: Statement) -> str:
    """By whom an input is published: with the name, where that was asked for; else as what somebody comments, and from where."""
    if not said.is_named:
        return _("%(who)s, %(country)s, name not published") % {"who": said.get_stakeholder_display(), "country": said.country}
    return _(", ").join(filter(None, (said.name, said.organisation, said.country)))


def facts(one: PublicInput) -> list[Fact]:
    """When it came and why it is withheld. What it says stands on its own page, for those who may read it."""
    found = [Fact(_("Received on"), day_words(one.received_on))]
    if one.objected_on:
        found.append(Fact(_("The other side’s secretariat objected on"), day_words(one.objected_on)))
    return [*found, Fact(_("Why it is withheld"), one.get_ground_display())] if one.ground else found


def answered_by(one: PublicInput) -> str:
    """Who has answered, for whom, and when."""
    if one.answered_on is None:
        return ""
    words = {"who": str(one.answered_by or ""), "day": day_words(one.answered_on)}
    if one.answered_in_place:
        return _("Answer by the secretariat (%(who)s) in place of those who propose, %(day)s") % words
    return _("Answer by %(who)s, %(day)s") % words


# --- The page of a file ---------------------------------------------------------------------------


def enclosures(read: Read) -> dict[Key, Enclosure]:
    """The inputs about files for whoever may know of them, of several files at once; one query, and none for other files."""
    files = {(one.procedure.key, one.pk): (one, held) for one, held in read if isinstance(one, OpenToInputs) and one.reference}
    found: dict[Key, list[PublicInput]] = {}
    for one in inputs_about(files) if files else ():
        found.setdefault((one.subject_type, one.subject_id), []).append(one)
    tables = {key: _enclosure(files[key][0].reference, files[key][1], inputs) for key, inputs in found.items()}
    return {key: table for key, table in tables.items() if table.rows}


def _enclosure(reference: str, held: frozenset[Capacity], inputs: Sequence[PublicInput]) -> Enclosure:
    return Enclosure(
        anchor="public-inputs",
        heading=_("Public inputs"),
        caption=_("Public inputs: from whom, where each stands, and its answer"),
        columns=(_("Input"), pgettext("sender", "From"), _("Where it stands")),
        rows=[_row(one, held) for one in inputs if one.is_public or policies.may_know(one, held)],
        url=reverse("call", args=[reference]),
        more=_("The call and all published inputs"),
    )


def _row(one: PublicInput, held: frozenset[Capacity]) -> EnclosedRow:
    url = one.get_absolute_url() if policies.may_know(one, held) else ""
    by = author(one.statement) if may_read(one, held) else _("not published")
    cells = ((pgettext("sender", "From"), by, ""), (_("Where it stands"), one.state_label, answered_by(one)))
    return EnclosedRow(one.reference, url, _("received on %(day)s") % {"day": day_words(one.received_on)}, cells)


# --- Letters --------------------------------------------------------------------------------------


def token_of(key: UUID) -> str:
    """The secret of the link to what was sent under a key. Only the site's own secret makes it again; kept is its hash."""
    return salted_hmac("public-inputs.link", str(key), algorithm="sha256").hexdigest()[:48]


def link_to(sent: Sent) -> str:
    """The address that confirms what was sent."""
    return settings.SITE_URL + reverse("confirm-input", args=[token_of(sent.key)])


def letter_to(sent: Sent) -> Letter:
    """The link, or once it was opened the receipt, in the language in which it was sent. Nothing of the text is repeated."""
    with translation.override(sent.speaks):
        if sent.received_as is None:
            return _letter(sent, "link", _("Confirm your comment on a JCM call for public inputs"), {"url": link_to(sent)})
        words = {"number": sent.received_as.reference}
        url = settings.SITE_URL + reverse("call", args=[words["number"].rpartition("-")[0]])
        return _letter(sent, "receipt", _("Received: public input %(number)s") % words, {**words, "url": url})


def _letter(sent: Sent, name: str, subject: str, context: dict[str, Any]) -> Letter:
    plain: Any = get_template(f"public_inputs/mail/{name}.txt")
    text = plain.template.render(Context({**context, "sent": sent}, autoescape=False))
    domain = urlsplit(settings.SITE_URL).hostname or "localhost"
    headers = {
        "Message-ID": f"<input.{name}.{sent.key}@{domain}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": sent.speaks,
    }
    return Letter(f"[JCM {settings.JCM_PARTNER['code']}-JP] {subject}", text.strip() + "\n", headers)
