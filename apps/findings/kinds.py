"""The words of an assessment: kinds of finding, and the requirement rows of the two report forms."""

from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

from apps.workflow.editions import Edition
from apps.workflow.inputs import Label

ROWS_OF_A_FORM = 100


class FindingKind(TextChoices):
    """What an entity asks for. Source: rules 2.7; that the last is answered at the first verification is recalled."""

    CAR = "car", _("Corrective action request")
    CL = "cl", _("Clarification request")
    FAR = "far", _("Forward action request")


class Assessment(IntegerChoices):
    """What a third-party entity does with a file; the number is the hundred of its form's rows."""

    VALIDATION = 1, _("validation")
    VERIFICATION = 2, _("verification")


class Examination(TextChoices):
    """How an entity looked at a project. Source: rules 2.7, 2.12, S32."""

    DESK_REVIEW = "desk_review", _("Desk review")
    SITE_VISIT = "site_visit", _("Site visit")
    OTHER = "other_techniques", _("Other auditing techniques")


class Requirement(IntegerChoices):
    """A row of the validation form (101 and on) or of the verification form (201 and on).

    Of the validation form the first six were read [C S43], the next five are recalled [R+] and the last
    three inferred from the later generations' lists of annexes [I]. Those of the verification form are
    recalled [R+]. Source: rules 2.7, 4.7, 4.12.
    """

    PDD_FORM = 101, _("PDD form used")
    DESCRIPTION = 102, _("Project description")
    METHODOLOGY = 103, _("Application of the approved methodology")
    EMISSIONS = 104, _("Emission sources and calculation")
    ENVIRONMENT = 105, _("Environmental impact assessment")
    CONSULTATION = 106, _("Local stakeholder consultation")
    MONITORING = 107, _("Monitoring")
    PUBLIC_INPUTS = 108, _("Public inputs")
    COMMUNICATION = 109, _("Modalities of communication")
    DOUBLE_REGISTRATION = 110, _("Avoidance of double registration")
    OPERATION = 111, _("Start of operation")
    SD_PLAN = 112, _("Sustainable development implementation plan")
    REFERENCE_EMISSIONS = 113, _("Assessment of reference emissions")
    IDEA_NOTE = 114, _("Consistency with the project idea note")
    ELIGIBILITY = 201, _("Eligibility criteria still met")
    INSTALLATION = 202, _("Installation as in the PDD")
    CALIBRATION = 203, _("Calibration of measuring equipment")
    CALCULATION = 204, _("Calculation of emission reductions")
    SINGLE_REGISTRATION = 205, _("No double registration")
    CHANGES = 206, _("Changes after registration")

    @property
    def assessment(self) -> Assessment:
        return Assessment(self.value // ROWS_OF_A_FORM)


LATER = frozenset({Requirement.SD_PLAN, Requirement.REFERENCE_EMISSIONS, Requirement.IDEA_NOTE})


def rows_of_form(assessment: Assessment, rules: Edition) -> list[Requirement]:
    """The requirement rows of a form under an edition of the rules, in the form's order."""
    later = rules.gate("later_requirement_rows")
    return [one for one in Requirement if one.assessment == assessment and (later or one not in LATER)]


def choices_of(assessment: Assessment) -> tuple[tuple[int, Label], ...]:
    """The rows of a form in all editions, as an input offers them to be ticked."""
    return tuple((one.value, one.label) for one in Requirement if one.assessment == assessment)
