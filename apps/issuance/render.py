"""A round in words: what a decision about it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from apps.core.templatetags.gazette import day_words, grouped, tonnes
from apps.issuance.models import Round
from apps.projects.render import prior_approval
from apps.workflow.render import Fact


def facts(one: Round) -> list[Fact]:
    """The period, the verification and the Governments' prior approval."""
    return list(_facts(one))


def _facts(one: Round) -> Iterator[Fact]:
    yield Fact(_("Monitoring period"), _period(one))
    if one.verified_on:
        verifier = one.verifier.reference if one.verifier else ""
        yield Fact(_("Verification"), _("Positive, %(day)s, %(by)s") % {"day": day_words(one.verified_on), "by": verifier})
        yield Fact(_("Verified"), tonnes(one.verified_tonnes))
    yield from prior_approval(one)


def _period(one: Round) -> str:
    days = (one.period_ends_on - one.period_starts_on).days + 1
    return _("%(first)s to %(last)s, both counted: %(days)s days") % {
        "first": day_words(one.period_starts_on),
        "last": day_words(one.period_ends_on),
        "days": grouped(days),
    }
