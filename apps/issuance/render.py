"""A round in words: what a decision about it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from apps.accounts.roles import Side
from apps.core.templatetags.gazette import day_words, grouped, tonnes
from apps.issuance.models import Round
from apps.issuance.selectors import Named, amounts_told
from apps.projects.render import on_every_form, prior_approval
from apps.workflow.render import Fact


def facts(one: Round) -> list[Fact]:
    """The period, the verification and the Governments' prior approval."""
    return list(_facts(one))


def on_forms(one: Round) -> dict[str, Fact]:
    """What the official forms about it repeat, by the name under which they would ask for it. Source: rules 4.12, 4.13."""
    found = {"project": Fact(_("Project"), str(one.project)), **on_every_form(one.project)}
    found["period"] = Fact(_("Monitoring period"), _period(one))
    if one.verifier:
        found["entity"] = Fact(_("Verified by"), str(one.verifier))
    verified, _named = amounts_told(one)
    if verified:
        rows = [_("%(year)s: %(tonnes)s") % {"year": year, "tonnes": _plain(amount)} for year, amount in verified.items()]
        found["verified"] = Fact(_("Verified by calendar year"), "\n".join(rows))
    return found


def notes(one: Round) -> list[Fact]:
    """The amounts on the page of a round: verified by calendar year, decided by vintage and holder. Source: rules 4.12, 5.7."""
    return list(_notes(one))


def _notes(one: Round) -> Iterator[Fact]:
    verified, named = amounts_told(one)
    if verified:
        rows = [_("%(year)s: %(tonnes)s") % {"year": year, "tonnes": _plain(amount)} for year, amount in verified.items()]
        yield Fact(_("Verified by calendar year"), _("; ").join(rows))
    for side in Side:
        rows = [_of_holder(row) for row in named if row.side == side]
        if rows:
            yield Fact(_("Decided for %(side)s") % {"side": side.label}, _("; ").join(rows))
    if one.authorised_on:
        yield Fact(_("Transfer authorised"), day_words(one.authorised_on))


def _plain(amount: int) -> str:
    """An amount as text that is joined with other text."""
    return _("%(amount)s tCO2e") % {"amount": grouped(amount)}


def _of_holder(row: Named) -> str:
    given = {"year": row.year, "holder": row.holder, "tonnes": _plain(row.tonnes)}
    return _("%(year)s, %(holder)s: %(tonnes)s") % given if row.year else _("%(holder)s: %(tonnes)s") % given


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
