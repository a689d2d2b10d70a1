"""Rulebook editions: the parameters that the tables refer to by name. Code, not configuration.

Each parameter carries a mark of how sure its source is: C confirmed in text read, C2 confirmed in
secondary text, R recalled but not read again, NF not found and chosen by us, I inferred. A file
keeps the edition that it was opened under.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from apps.accounts.roles import Role
from apps.core.calendar import Unit

if TYPE_CHECKING:  # reason: the stubs' name for a text that is translated when it is shown
    from django.utils.functional import _StrPromise


class Mark(StrEnum):
    """How sure the source of a parameter is."""

    CONFIRMED = "C"
    SECONDARY = "C2"
    INFERRED = "I"
    RECALLED = "R"
    NOT_FOUND = "NF"


# Source: P19, S35 [C]. Whether a sixteenth (carbon capture and storage) follows was not found.
SECTORAL_SCOPES = (
    (1, _("Energy industries (renewable and non-renewable sources)")),
    (2, _("Energy distribution")),
    (3, _("Energy demand")),
    (4, _("Manufacturing industries")),
    (5, _("Chemical industry")),
    (6, _("Construction")),
    (7, _("Transport")),
    (8, _("Mining and mineral production")),
    (9, _("Metal production")),
    (10, _("Fugitive emissions from fuels")),
    (11, _("Fugitive emissions from halocarbons and sulphur hexafluoride")),
    (12, _("Solvents use")),
    (13, _("Waste handling and disposal")),
    (14, _("Afforestation and reforestation")),
    (15, _("Agriculture")),
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number or switch of the rules, with its source."""

    value: int | bool
    mark: Mark
    source: str
    # What a number of days counts.
    unit: Unit = Unit.CALENDAR_DAYS


class Objection(StrEnum):
    """What one negative reply does to its item when the window ends."""

    SEVERS = "severs"
    DEFERS = "defers"


class Disclosure(StrEnum):
    """From when each side reads what the other has said on an item; before, only that it has answered."""

    AT_ONCE = "at_once"
    AFTER_CLOSE = "after_close"


@dataclass(frozen=True, slots=True)
class AdoptionRule:
    """When the committee has decided. Source: rules 3.3 [R], a parameter of the edition.

    An item is adopted (a) when its window of `window_days` is over, nobody objects, those who `must_agree` have
    all said yes and everybody else has said yes or keeps a silence that counts (`silence_consents`); or (b), with
    `early_when_all_agree`, as soon as every member has said yes. Silence of those who must agree is never
    consent. A decision taken at a meeting needs the confirmation of those who must agree only.
    """

    window_days: int
    both_ends: bool
    early_when_all_agree: bool
    mark: Mark
    must_agree: tuple[Role, ...] = (Role.CO_CHAIR,)
    silence_consents: tuple[Role, ...] = (Role.MEMBER,)
    objection: Objection = Objection.SEVERS
    disclosure: Disclosure = Disclosure.AFTER_CLOSE


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of the rules."""

    key: str
    title: str | _StrPromise
    in_force_from: date
    parameters: Mapping[str, Parameter]
    adoption: AdoptionRule

    def days(self, name: str) -> int:
        """A number of days. Raises KeyError for an unknown name."""
        return int(self.parameters[name].value)

    def unit(self, name: str) -> Unit:
        """What a number of days counts. Raises KeyError for an unknown name."""
        return self.parameters[name].unit

    def gate(self, name: str) -> bool:
        """Whether a gate is on. Raises KeyError for an unknown name."""
        return bool(self.parameters[name].value)


ADOPTION = AdoptionRule(window_days=10, both_ends=False, early_when_all_agree=True, mark=Mark.RECALLED)
PIN_COMPLETENESS = Parameter(7, Mark.NOT_FOUND, "rules 2.1: seven days suggested, as P01; a target that only alarms")

FORM_GATE = "rules 2.1: form version current; without effect where the catalogue of forms knows no version"


def _clocks() -> dict[str, Parameter]:
    """How long things take, and how many may sit; the same in every edition that has rules."""
    return {
        "completeness_days": Parameter(
            7, Mark.CONFIRMED, "P01, S37: completeness check of a methodology; P05-P07 recalled the same"
        ),
        "methodology_inputs_days": Parameter(15, Mark.CONFIRMED, "P02, S37, S57: both end dates count"),
        "consideration_days": Parameter(60, Mark.CONFIRMED, "P03, S37: from the close of inputs [R]"),
        "extended_consideration_days": Parameter(90, Mark.CONFIRMED, "P03, S37: from the close of inputs [R]"),
        "pdd_inputs_days": Parameter(30, Mark.RECALLED, "P04"),
        "pdd_publication_days": Parameter(7, Mark.NOT_FOUND, "rules 2.5: seven days suggested; a target that only alarms"),
        "issuance_days": Parameter(60, Mark.NOT_FOUND, "P15: 0 to 41 days seen; a target that only alarms"),
        "grievance_days": Parameter(60, Mark.NOT_FOUND, "rules 2.19: no clause found; a target that only alarms"),
        "change_publication_days": Parameter(5, Mark.RECALLED, "P16: notice of a decision; a target that only alarms"),
        "adoption_window_days": Parameter(ADOPTION.window_days, ADOPTION.mark, "rules 3.3: the window of the adoption rule"),
        "members_per_side": Parameter(10, Mark.CONFIRMED, "P10, S36; India not found"),
        "appointment_cooling_days": Parameter(
            3,
            Mark.NOT_FOUND,
            "rules 3.2: the other side is told of a new member [R-]; no clause on when the appointment then holds was found,"
            " three days give the sides time to see a forged one, as emission registries wait before a new account is trusted",
        ),
        "pin_completeness_days": PIN_COMPLETENESS,
        "pin_consideration_days": Parameter(
            60, Mark.NOT_FOUND, "P12: not found, as for a methodology; a target that only alarms"
        ),
        "pin_validity_days": Parameter(0, Mark.NOT_FOUND, "P17: not found; 0 means no end"),
        "tpe_hearing_days": Parameter(
            14, Mark.NOT_FOUND, "rules 2.18: an entity under review is heard [R-]; how long it has to answer was not found"
        ),
        "tpe_suspension_lapse_days": Parameter(
            1, Mark.NOT_FOUND, "rules 2.18: a suspension until a day ends by itself when its last day, the one counted, ends"
        ),
        "scope_warning_days": Parameter(
            180,
            Mark.NOT_FOUND,
            "rules 1.6, 2.18: no clause on a warning was found; half a year is about what a new accreditation takes",
        ),
        "input_moderation_days": Parameter(3, Mark.NOT_FOUND, "rules 2.5: no time was found; a target that only alarms"),
        "input_objection_days": Parameter(5, Mark.NOT_FOUND, "rules 2.5: no clause; then a withheld input stays withheld"),
        "input_answer_days": Parameter(14, Mark.NOT_FOUND, "rules 2.5: no time was found; a target that only alarms"),
        "superseded_version_grace_days": Parameter(
            0, Mark.NOT_FOUND, "rules 2.4, S43: valid at submission for validation; days after a newer version were not found"
        ),
    }


def _meetings() -> dict[str, Parameter]:
    """How the committee meets: notice, papers, quorum, report."""
    return {
        "meeting_notice_days": Parameter(
            21, Mark.NOT_FOUND, "rules 3.4: notice not found; three weeks chosen, counted back from the meeting"
        ),
        "meeting_papers_days": Parameter(
            14, Mark.NOT_FOUND, "rules 3.4: circulation not found; two weeks chosen, counted back from the meeting"
        ),
        "meeting_report_days": Parameter(30, Mark.NOT_FOUND, "rules 3.7: not found; a target that only alarms"),
        "quorum_co_chairs": Parameter(
            value=True, mark=Mark.RECALLED, source="rules 3.2: co-chairs of both sides present [R-]; an alternate counts"
        ),
        "quorum_members_per_side": Parameter(
            0, Mark.NOT_FOUND, "rules 3.2: a number was not found; the co-chair of a side counts as one; 0 means no number"
        ),
    }


# Reminders are the site's service; no clause asks for them or forbids them.
REMINDER = "no clause on reminders was found; a service of the site, as its plan of deadlines and messages chooses"


def _reminders() -> dict[str, Parameter]:
    """When those whose move it is are reminded of a time limit, and from when the secretariats are told that it has passed."""
    return {
        "first_reminder_days": Parameter(5, Mark.NOT_FOUND, f"{REMINDER}: days before the last day; 0 means none"),
        "second_reminder_days": Parameter(2, Mark.NOT_FOUND, f"{REMINDER}: days before the last day; 0 means none"),
        "last_day_reminder": Parameter(value=True, mark=Mark.NOT_FOUND, source=f"{REMINDER}: on the last day itself"),
        "escalation_days": Parameter(
            1, Mark.NOT_FOUND, f"{REMINDER}: days after the last day, to the secretariats of both sides"
        ),
    }


# A clock that everybody relies on is stopped or given more time by both sides together; no clause was found.
STOPS = "rules Q16 and awkward cases: no clause was found; both secretariats act together, for a bounded time"


def _time_orders() -> dict[str, Parameter]:
    """For how long the clocks may stand still, and until when each side confirms its holidays."""
    return {
        "longest_stop_days": Parameter(60, Mark.NOT_FOUND, f"{STOPS}: the most days of one stop"),
        "stop_backdating_days": Parameter(
            30, Mark.NOT_FOUND, f"{STOPS}: how far back a stop may begin, such as an outage found later"
        ),
        "stop_end_days": Parameter(1, Mark.NOT_FOUND, f"{STOPS}: a stop ends by itself when its last day, the one counted, ends"),
        "holiday_confirmation_days": Parameter(
            20,
            Mark.NOT_FOUND,
            "no clause was found: a promise of each secretariat to confirm the holidays of a year; a target that only alarms",
            Unit.WORKING_DAYS,
        ),
    }


def _gates(*, later: bool, japanese_participant: bool, by_item: bool = False) -> dict[str, Parameter]:
    """What must be there before a step; `later` of the generations after the first."""
    return {
        "form_version_gate": Parameter(later, Mark.INFERRED, FORM_GATE),
        "pin_gate": Parameter(later, Mark.CONFIRMED, "rules 0.3: first generation has no PIN"),
        "japanese_participant_gate": Parameter(
            japanese_participant,
            Mark.INFERRED,
            "rules 1.3, 6.3-1: entities of both; MV002 of the first generation has none of Japan",
        ),
        "later_requirement_rows": Parameter(
            later, Mark.INFERRED, "rules 2.7: rows of the validation form that the later generations' annexes imply"
        ),
        "reference_assessment_required": Parameter(value=False, mark=Mark.NOT_FOUND, source="rules 2.8, Q6: when obligatory"),
        "completeness_by_item": Parameter(
            by_item,
            Mark.INFERRED,
            "P01, P05-P07: the checks are known, their lists were not read; records of older editions tell of no items",
        ),
        "same_entity_may_verify": Parameter(
            value=True, mark=Mark.RECALLED, source="rules 1.6, 2.13, S45: the entity that validated may verify; awkward case 38"
        ),
        "first_verification_site_visit": Parameter(
            value=True, mark=Mark.CONFIRMED, source="rules 2.12, S32: guideline for validation and verification, paragraph 84"
        ),
    }


def _design(*, later: bool, full: bool) -> dict[str, Parameter]:
    """What is asked of a design document besides its form."""
    return {
        "additionality_gate": Parameter(
            later, Mark.INFERRED, "rules 2.1, S26: a note was objected to for want of additionality; no clause on it was read"
        ),
        "signatories_gate": Parameter(
            full, Mark.CONFIRMED, "rules 1.4, 4.5, S45: a primary and an alternate per entity; older records name nobody"
        ),
        "full_design_gate": Parameter(
            full, Mark.INFERRED, "rules 4.3, S46: particulars of the PDD form; older records give few of them"
        ),
    }


def _issuance(*, by_vintage: bool, longest_years: int) -> dict[str, Parameter]:
    """Which days and amounts credits come of, and in which order."""
    return {
        "monitoring_before_registration": Parameter(
            value=True, mark=Mark.CONFIRMED, source="rules 2.11, S29, S57: seen in the first generation; India not found"
        ),
        "amounts_by_vintage": Parameter(
            by_vintage,
            Mark.RECALLED,
            "rules 4.12, 5.7: amounts per calendar year [R+]; the published records of the older editions give totals only",
        ),
        "tonnes_rounded_down_per_year": Parameter(
            value=True,
            mark=Mark.RECALLED,
            source="rules 4.12, 5.8: whole tonnes are published [C], each calendar year rounded down [R+];"
            " off: the sum of the period is rounded down once, awkward case 14",
        ),
        "japan_awaits_authorisation": Parameter(
            value=False,
            mark=Mark.NOT_FOUND,
            source="rules 5.14: trigger of the first transfer for India not found; Mongolia's register shows either order;"
            " host, authorisation, Japan was seen in Thailand alone, awkward case 4",
        ),
        "longest_crediting_years": Parameter(
            longest_years, Mark.SECONDARY, "P11, S02: ten years with renewals; 0 means no limit"
        ),
    }


def _sd_plan(*, answers_concerns: bool) -> dict[str, Parameter]:
    """What the plan of sustainable development must hold; the first generation has none."""
    source = "rules 4.4: the form's text was not found; at least one indicator of each concern, where it is on"
    return {"sd_plan_answers_concerns": Parameter(answers_concerns, Mark.NOT_FOUND, source)}


JCM_2013 = Edition(
    key="jcm_2013",
    title=_("First generation (2013)"),
    in_force_from=date(2013, 1, 1),
    parameters={
        **_clocks(),
        **_reminders(),
        **_time_orders(),
        **_meetings(),
        **_gates(later=False, japanese_participant=False),
        **_design(later=False, full=False),
        **_issuance(by_vintage=False, longest_years=0),
    },
    adoption=ADOPTION,
)

# In force for a partner country from the day on which its committee adopts it, never by itself. Source: rules 0.3, S21-S27.
JCM_2022 = Edition(
    key="jcm_2022",
    title=_("Second generation (2022)"),
    in_force_from=date(2022, 1, 1),
    parameters={
        **_clocks(),
        **_reminders(),
        **_time_orders(),
        **_meetings(),
        **_gates(later=True, japanese_participant=False),
        **_design(later=True, full=False),
        **_issuance(by_vintage=False, longest_years=0),
        **_sd_plan(answers_concerns=False),
    },
    adoption=ADOPTION,
)

# From the first meeting of India's committee until its rules: project information sheets are received, and nothing else.
# Source: rules 2.1, 6.1, S04, S08 [C].
INDIA_INTERIM = Edition(
    key="india_interim",
    title=_("India before its rules (2025)"),
    in_force_from=date(2025, 9, 22),
    parameters={
        **_reminders(),
        "pin_completeness_days": PIN_COMPLETENESS,
        "form_version_gate": Parameter(
            value=False, mark=Mark.NOT_FOUND, source="rules 6.1: the version of the draft form was not found"
        ),
    },
    adoption=ADOPTION,
)

INDIA_2026 = Edition(
    key="india_2026",
    title=_("India 2026"),
    in_force_from=date(2026, 6, 8),
    parameters={
        **_clocks(),
        **_reminders(),
        **_time_orders(),
        **_meetings(),
        **_gates(later=True, japanese_participant=True, by_item=True),
        **_design(later=True, full=True),
        **_issuance(by_vintage=True, longest_years=10),
        **_sd_plan(answers_concerns=True),
    },
    adoption=ADOPTION,
)

EDITIONS: Mapping[str, Edition] = {edition.key: edition for edition in (JCM_2013, JCM_2022, INDIA_INTERIM, INDIA_2026)}

# Which editions a partner country uses, oldest first; every other country is on the first generation.
OF_PARTNER: Mapping[str, tuple[Edition, ...]] = {"IN": (INDIA_INTERIM, INDIA_2026)}


class NoRules(LookupError):
    """A partner country's rules were not yet in force on a day."""


def edition(key: str) -> Edition:
    """An edition by key. Raises KeyError when there is none."""
    return EDITIONS[key]


def in_force(partner: str, on: date) -> Edition:
    """The edition that a partner country's files are opened under on a day.

    Raises NoRules when the country's rules were not yet in force.
    """
    candidates = [one for one in OF_PARTNER.get(partner, (JCM_2013,)) if one.in_force_from <= on]
    if not candidates:
        raise NoRules(f"{partner}: no rules in force on {on.isoformat()}")
    return candidates[-1]
