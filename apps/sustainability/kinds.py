"""The indicators of sustainable development: a closed list with versions, and the concern that each answers.

The rules name themes, indicators and a monitoring method, but no indicator (rules 4.4 [I; text NF]): this list is ours.
A plan and a report keep the version of the list that they were written under; what is once in the list stays in it.
Investments of the partner country are in Indian rupees, so version 1 is India's; another country needs its own entries.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.core.templatetags.gazette import grouped

if TYPE_CHECKING:  # reason: the stubs' name for a text that is translated when it is shown
    from django.utils.functional import _StrPromise

VERSION = 1
MOST = 10**15 - 1


class Theme(TextChoices):
    """The themes of the plan. Source: rules 4.4 [I]."""

    ENVIRONMENT = "environment", _("Environment")
    ECONOMY = "economy", _("Economy")
    SOCIAL = "social", _("Social")


class Concern(TextChoices):
    """What outsiders ask of the mechanism, and plans and reports must answer."""

    ADDITIONALITY = "additionality", _("Additionality")
    CAPACITY = "capacity", _("Capacity building")
    ADOPTION = "adoption", _("Long-term adoption")
    FUNDING = "funding", _("Funding of under-invested sectors")


class Unit(TextChoices):
    """What an indicator counts; amounts of money in whole units of one currency."""

    JOBS = "jobs", _("jobs")
    PERSON_MONTHS = "person_months", _("person-months")
    HOURS = "hours", _("hours")
    PEOPLE = "people", _("people")
    SUPPLIERS = "suppliers", _("suppliers")
    CUBIC_METRES = "cubic_metres", _("cubic metres")
    TONNES = "tonnes", _("tonnes")
    JPY = "JPY", "JPY"
    INR = "INR", "INR"
    YES_NO = "yes_no", _("yes or no, in words")


CURRENCIES = (Unit.JPY, Unit.INR)


class Course(StrEnum):
    """How the results of several periods come together."""

    # What happened in a period is added to what stood before.
    ADDS_UP = "adds_up"
    # What stands at the end of a period takes the place of what stood before.
    STANDS = "stands"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator, with the version of the list that it stands in since, and its explanation in a sentence."""

    key: str
    label: str | _StrPromise
    unit: Unit
    theme: Theme
    course: Course
    concerns: tuple[Concern, ...]
    gloss: str | _StrPromise
    since: int = 1

    @property
    def is_yes_or_no(self) -> bool:
        return self.unit == Unit.YES_NO

    @property
    def currency(self) -> Unit | None:
        """The currency of an investment; None for all others."""
        return self.unit if self.unit in CURRENCIES else None

    def figure(self, amount: int | None) -> str:
        """An amount without its unit: 1,200 or yes; a currency stands before its amount, nothing is a dash."""
        if amount is None or not (self.is_yes_or_no or self.currency):
            return grouped(amount)
        if self.currency:
            return money(self.currency, amount)
        return gettext("yes") if amount else gettext("no")

    def words(self, amount: int) -> str:
        """An amount with its unit."""
        if self.is_yes_or_no or self.currency:
            return self.figure(amount)
        return gettext("%(amount)s %(unit)s") % {"amount": grouped(amount), "unit": self.unit.label}


def money(currency: Unit, amount: int) -> str:
    """Whole units of a currency: INR 1,200,000."""
    # Without a break between the two.
    return f"{currency.value}\u00a0{grouped(amount)}"


INVESTED = (Concern.ADDITIONALITY, Concern.FUNDING)
ADDS_UP, STANDS = Course.ADDS_UP, Course.STANDS
ECONOMY, SOCIAL, ENVIRONMENT = Theme.ECONOMY, Theme.SOCIAL, Theme.ENVIRONMENT

INDICATORS = (
    Indicator("jobs_permanent", _("Permanent jobs"), Unit.JOBS, ECONOMY, STANDS, (),
        _("Jobs for an unlimited time at the project, in full-time equivalents, at the end of the period.")),
    Indicator("jobs_women", _("Permanent jobs held by women"), Unit.JOBS, SOCIAL, STANDS, (),
        _("Those of the permanent jobs that women hold at the end of the period.")),
    Indicator("construction_work", _("Work during construction"), Unit.PERSON_MONTHS, ECONOMY, ADDS_UP, (),
        _("Months that people were paid to build and install in the period.")),
    Indicator("training_hours", _("Hours of training"), Unit.HOURS, SOCIAL, ADDS_UP, (Concern.CAPACITY,),
        _("Hours of training held in the period, each hour once, however many listen.")),
    Indicator("people_trained", _("People trained"), Unit.PEOPLE, SOCIAL, ADDS_UP, (Concern.CAPACITY,),
        _("People who ended a training in the period; each person is counted once.")),
    Indicator("women_trained", _("Women trained"), Unit.PEOPLE, SOCIAL, ADDS_UP, (Concern.CAPACITY,),
        _("Those of the people trained who are women.")),
    Indicator("technology_transferred", _("Technology transferred"), Unit.YES_NO, ECONOMY, STANDS, (Concern.ADOPTION,),
        _("Whether the technology and what is needed to run it were handed over; the words say which.")),
    Indicator("local_maintenance", _("Local maintenance capacity"), Unit.PEOPLE, ECONOMY, STANDS, (Concern.ADOPTION,),
        _("People in the partner country who can maintain the equipment without help from abroad, at the end of the period.")),
    Indicator("local_suppliers", _("Local suppliers of parts"), Unit.SUPPLIERS, ECONOMY, STANDS, (Concern.ADOPTION,),
        _("Suppliers in the partner country from whom parts and consumables are bought, at the end of the period.")),
    Indicator("investment_japan_subsidy", _("Subsidy from Japan"), Unit.JPY, ECONOMY, ADDS_UP, INVESTED,
        _("Grants of the Government of Japan paid out for the project in the period.")),
    Indicator("investment_japan_private", _("Private investment from Japan"), Unit.JPY, ECONOMY, ADDS_UP, INVESTED,
        _("What companies and banks of Japan paid for the project in the period, grants left out.")),
    Indicator("investment_india_public", _("Public investment from India"), Unit.INR, ECONOMY, ADDS_UP, INVESTED,
        _("What public bodies of India paid for the project in the period, grants and viability gap funding included.")),
    Indicator("investment_india_private", _("Private investment from India"), Unit.INR, ECONOMY, ADDS_UP, INVESTED,
        _("What companies and banks of India paid for the project in the period.")),
    Indicator("investment_other", _("Investment from elsewhere"), Unit.INR, ECONOMY, ADDS_UP, INVESTED,
        _("What development banks and others outside both countries paid for the project in the period.")),
    Indicator("people_served", _("People served"), Unit.PEOPLE, SOCIAL, STANDS, (),
        _("People who have better energy, water, transport or income through the project, at the end of the period.")),
    Indicator("local_benefits", _("Local benefits"), Unit.YES_NO, SOCIAL, STANDS, (),
        _("Whether people near the project benefit in a way that no other indicator counts; the words say how.")),
    Indicator("water_saved", _("Water saved"), Unit.CUBIC_METRES, ENVIRONMENT, ADDS_UP, (),
        _("Water not taken from its source in the period, against the case without the project.")),
    Indicator("waste_put_to_use", _("Waste put to use"), Unit.TONNES, ENVIRONMENT, ADDS_UP, (),
        _("Residues and waste put to use in the period instead of burnt in the open or dumped.")),
)  # fmt: skip
BY_KEY = {one.key: one for one in INDICATORS}


def answering(concern: Concern) -> tuple[Indicator, ...]:
    """The indicators that answer a concern, in the order of the list."""
    return tuple(one for one in INDICATORS if concern in one.concerns)


BESIDE_THE_CONCERNS = tuple(one for one in INDICATORS if not one.concerns)
