"""The page that answers four concerns over all registered projects, from their plans and reports alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.core.templatetags.gazette import day_words, grouped, in_words
from apps.portal.render.benefits import plan_words, unit_words
from apps.portal.selectors import Contribution
from apps.sustainability.kinds import BESIDE_THE_CONCERNS, BY_KEY, CURRENCIES, Concern, Indicator, Unit, answering, money
from apps.workflow.editions import SECTORAL_SCOPES

SECTORS = dict(SECTORAL_SCOPES)
HUNDRED = 100


def heading_of(found: Sequence[Contribution]) -> str:
    """How many of the registered projects have reported."""
    if not found:
        return _("No project is registered yet")
    reported = sum(one.has_reported for one in found)
    text = ngettext(
        "%(reported)s of %(projects)s registered projects has reported on sustainable development",
        "%(reported)s of %(projects)s registered projects have reported on sustainable development",
        reported,
    )
    return capfirst(text % {"reported": in_words(reported), "projects": in_words(len(found))})


def answers(found: Sequence[Contribution]) -> list[dict[str, Any]]:
    """The concerns that indicators answer one by one, each with a sentence, a caution and a row per indicator."""
    said = {
        Concern.ADDITIONALITY: (_subsidised(found), _caution_of_additionality()),
        Concern.CAPACITY: (_trained(found), ""),
        Concern.ADOPTION: (_adopted(found), ""),
    }
    return [
        {"concern": one, "say": say, "caution": caution, "rows": indicator_rows(found, answering(one))}
        for one, (say, caution) in said.items()
    ]


def funding(found: Sequence[Contribution]) -> dict[str, Any]:
    """Where the money goes: investment by sector; projects of several sectors stand in a row of their own."""
    groups: dict[tuple[int, ...], list[Contribution]] = defaultdict(list)
    for one in found:
        groups[one.scopes].append(one)
    rows = [_sector_row(scopes, groups[scopes]) for scopes in sorted(groups)]
    funded = {number for one in found if _amounts([one], planned=True) for number in one.scopes}
    unfunded = [str(name) for number, name in SECTORAL_SCOPES if number not in funded]
    return {"rows": rows, "say": _funded(len(funded)), "unfunded": unfunded}


def beside(found: Sequence[Contribution]) -> list[dict[str, Any]]:
    """Jobs, local benefits and what else answers none of the four concerns."""
    return indicator_rows(found, BESIDE_THE_CONCERNS)


def project_rows(found: Iterable[Contribution]) -> list[dict[str, Any]]:
    """Who has filed what: the plan's version and day, how many rounds are reported and how many of them verified."""
    return [
        {
            "project": one.project,
            "sectors": sector_words(one.scopes),
            "plan": plan_words(one.plan.version, day_words(one.plan.filed_on)) if one.plan else "",
            "reported": _rounds_words(len(one.reported)) if one.reported else "",
            "verified": _verified_words(len(one.reported & one.verified)),
        }
        for one in found
    ]


def sector_words(scopes: Iterable[int]) -> str:
    """The names of sectoral scopes."""
    return _("; ").join(str(SECTORS[number]) for number in scopes) or _("No sector named")


# --- Indicators over all projects -----------------------------------------------------------------


def indicator_rows(found: Sequence[Contribution], entries: Iterable[Indicator]) -> list[dict[str, Any]]:
    """A row per indicator: what is planned, reported and verified over all projects, and how many have not reported."""
    return [_indicator_row(found, entry) for entry in entries]


def _indicator_row(found: Sequence[Contribution], entry: Indicator) -> dict[str, Any]:
    lines = [(one, line) for one in found for line in one.lines if line.entry == entry]
    planned = [line.aim.target for _one, line in lines if line.aim]
    reported = [line.standing for _one, line in lines if line.standing is not None]
    verified = [amount for one, line in lines if (amount := line.standing_in(one.verified)) is not None]
    missing = sum(1 for _one, line in lines if line.aim and line.standing is None)
    return {
        "label": entry.label,
        "unit": unit_words(entry),
        "planned": _together(entry, planned),
        "planned_by": _projects_words(len(planned)),
        "reported": _together(entry, reported),
        "missing": _missing_words(missing) if missing else "",
        "verified": _together(entry, verified),
        "words": list(_words(lines)) if entry.is_yes_or_no else [],
    }


def _together(entry: Indicator, amounts: Sequence[int]) -> str:
    """The sum of several projects; of yes and no the number of projects that say yes. Empty where there is none."""
    if not amounts:
        return ""
    return _projects_words(sum(amounts)) if entry.is_yes_or_no else entry.figure(sum(amounts))


def _words(lines: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """What the projects say of what was handed over or who benefits: the newest report, else the plan."""
    for one, line in lines:
        said = [outcome.note for outcome in line.results.values() if outcome.note and outcome.result]
        if said:
            yield {"project": one.project, "text": said[-1], "planned": False}
        elif line.aim and line.aim.target:
            yield {"project": one.project, "text": line.aim.note, "planned": True}


# --- Sentences ------------------------------------------------------------------------------------


def _sum(found: Sequence[Contribution], key: str, *, planned: bool) -> int:
    lines = [line for one in found for line in one.lines if line.entry.key == key]
    return sum((line.aim.target if line.aim else 0) if planned else (line.standing or 0) for line in lines)


def _subsidised(found: Sequence[Contribution]) -> str:
    subsidy = _sum(found, "investment_japan_subsidy", planned=True)
    whole = subsidy + _sum(found, "investment_japan_private", planned=True)
    if not whole:
        return _("No investment from Japan is planned yet.")
    text = _("Subsidies are %(share)s per cent of the %(whole)s that are planned from Japan.")
    return text % {"share": subsidy * HUNDRED // whole, "whole": money(Unit.JPY, whole)}


def _caution_of_additionality() -> str:
    return _(
        "Investment by source shows who pays; it does not prove by itself that a project would not have come about otherwise."
        " That is judged with the methodology."
    )


def _trained(found: Sequence[Contribution]) -> str:
    said = {side: grouped(_sum(found, "people_trained", planned=side == "planned")) for side in ("planned", "reported")}
    return _("People who ended a training: %(reported)s reported, %(planned)s planned.") % said


def _adopted(found: Sequence[Contribution]) -> str:
    said = {side: grouped(_sum(found, "local_maintenance", planned=side == "planned")) for side in ("planned", "reported")}
    said["handed"] = grouped(_sum(found, "technology_transferred", planned=False))
    said["promised"] = grouped(_sum(found, "technology_transferred", planned=True))
    return _(
        "People in the partner country who can maintain the equipment: %(reported)s reported, %(planned)s planned."
        " Projects in which the technology is handed over: %(handed)s reported, %(promised)s planned."
    ) % said  # fmt: skip


def _funded(count: int) -> str:
    text = _("Investment is planned in %(count)s of the %(all)s sectors of the mechanism.")
    return text % {"count": grouped(count), "all": grouped(len(SECTORAL_SCOPES))}


def _projects_words(count: int) -> str:
    return ngettext("%(count)s project", "%(count)s projects", count) % {"count": grouped(count)}


def _missing_words(count: int) -> str:
    text = ngettext("%(count)s project has not reported", "%(count)s projects have not reported", count)
    return text % {"count": grouped(count)}


def _rounds_words(count: int) -> str:
    return ngettext("%(count)s round", "%(count)s rounds", count) % {"count": grouped(count)}


def _verified_words(count: int) -> str:
    return ngettext("%(count)s of them verified", "%(count)s of them verified", count) % {"count": grouped(count)}


# --- Sectors --------------------------------------------------------------------------------------


def _sector_row(scopes: tuple[int, ...], found: Sequence[Contribution]) -> dict[str, Any]:
    missing = sum(1 for one in found if _amounts([one], planned=True) and not _amounts([one], planned=False))
    return {
        "sectors": sector_words(scopes),
        "projects": _projects_words(len(found)),
        "planned": _amounts(found, planned=True),
        "reported": _amounts(found, planned=False),
        "missing": _missing_words(missing) if missing else "",
    }


def _amounts(found: Sequence[Contribution], *, planned: bool) -> list[str]:
    """What is invested, by currency, for currencies are never added together; none where nothing is."""
    sums = dict.fromkeys(CURRENCIES, 0)
    for entry in answering(Concern.FUNDING):
        if entry.currency:
            sums[entry.currency] += _sum(found, entry.key, planned=planned)
    return [money(currency, amount) for currency, amount in sums.items() if amount]


def explained() -> list[dict[str, Any]]:
    """The indicators with what they mean, in the order of the list."""
    return [{"key": key, "entry": entry, "concerns": [one.label for one in entry.concerns]} for key, entry in BY_KEY.items()]
