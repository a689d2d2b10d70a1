"""The kinds of document that the procedures ask for, with the code of the official form where there is one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """A kind of document. Source: rules section 4 (form codes of the third generation)."""

    PROPOSED_METHODOLOGY = "PM", _("Proposed methodology")
    METHODOLOGY_SPREADSHEET = "PMS", _("Methodology spreadsheet")
    REVISION_REQUEST = "AMR", _("Approved methodology revision request")
    IDEA_NOTE = "PIN", _("Project idea note")
    PDD = "PDD", _("Project design document")
    MONITORING_PLAN = "MP", _("Monitoring plan")
    SD_PLAN = "SDIP", _("Sustainable development implementation plan")
    SD_REPORT = "SDIR", _("Sustainable development implementation report")
    MOC_STATEMENT = "MOC", _("Modalities of communication statement")
    REFERENCE_REQUEST = "ASST", _("Assessment of reference emissions request")
    VALIDATION_REPORT = "VAL", _("Validation report")
    CREDIT_ALLOCATION = "ALLC", _("Credit allocation form")
    REGISTRATION_REQUEST = "REG", _("Registration request")
    REGISTRATION_WITHDRAWAL = "RW", _("Withdrawal of a registration request")
    MONITORING_REPORT = "MR", _("Monitoring report")
    MONITORING_SHEET = "MRS", _("Monitoring sheet (workbook)")
    VERIFICATION_REPORT = "VRF", _("Verification report")
    ISSUANCE_REQUEST = "ISS", _("Credits issuance request")
    ISSUANCE_WITHDRAWAL = "IW", _("Withdrawal of an issuance request")
    IMPLEMENTATION_REPORT = "IMP", _("Project implementation report")
    CHANGE_REQUEST = "PRC", _("Post-registration change request")
    CHANGE_OPINION = "OPN", _("Third-party entity’s opinion on a change")
    RENEWAL_REQUEST = "REN", _("Crediting period renewal request")
    PROJECT_WITHDRAWAL = "PW", _("Withdrawal of a registered project")
    CESSATION_EVIDENCE = "CEASED", _("Evidence that a participant has ceased operations")
    TPE_APPLICATION = "TPE", _("TPE application")
    ACCREDITATION = "ACC", _("Accreditation certificate")
    FINDING_EVIDENCE = "EVID", _("Evidence for the response to a finding")
    REVIEW_EVIDENCE = "REVEV", _("Evidence for the answer to a review")
    DECISION_PAPER = "PAPER", _("Paper for the committee")
    REPLY = "REPLY", _("Reply of a member on paper or by e-mail")


class Standing(TextChoices):
    """What the catalogue of forms said of a stated version on the day on which it was handed in."""

    KNOWN = "known", _("In force as far as known")
    UNKNOWN = "unknown", _("Not in the catalogue of forms")
    OUT_OF_FORCE = "out", _("Not in force on the day it was handed in")


class Outcome(TextChoices):
    """What the scanner found in a document."""

    CLEAN = "clean", _("Nothing found")
    INFECTED = "infected", _("Infected")


class Fault(TextChoices):
    """What is wrong with bytes that are kept."""

    NONE = "", _("As they came")
    MISSING = "missing", _("No longer there")
    CHANGED = "changed", _("No longer what came in")


class Progress(TextChoices):
    """How far a file has come that is on its way in."""

    COMING = "coming", _("Being received")
    READY = "ready", _("Checked, nothing in its way")
    REFUSED = "refused", _("Refused")
    HANDED_IN = "handed_in", _("Handed in")


@dataclass(frozen=True, slots=True)
class FiledForm:
    """The official form that a document is written on: code and standing by the catalogue, the rest as whoever files it states.

    What nobody stated stays empty. Source: rules 4.
    """

    code: str = ""
    version: str = ""
    completed_on: date | None = None
    standing: Standing | None = None


NO_FORM = FiledForm()


def version_field(kind: Kind) -> str:
    """The field in which the version of a document's form is stated."""
    return f"{kind.value}_form_version"


def completion_field(kind: Kind) -> str:
    """The field in which the day of completion of a document is stated."""
    return f"{kind.value}_completed_on"


# Codes of the official forms of the third generation; a kind without one is no official form.
FORM_CODES = {
    Kind.PROPOSED_METHODOLOGY: "F_PM",
    Kind.METHODOLOGY_SPREADSHEET: "F_PMS",
    Kind.REVISION_REQUEST: "F_AMR_Req",
    Kind.IDEA_NOTE: "F_PIN",
    Kind.PDD: "F_PDD",
    Kind.SD_PLAN: "F_SDIP",
    Kind.SD_REPORT: "F_SDIR",
    Kind.MOC_STATEMENT: "F_MoC",
    Kind.REFERENCE_REQUEST: "F_Asst_Req",
    Kind.VALIDATION_REPORT: "F_Val_Rep",
    Kind.CREDIT_ALLOCATION: "F_Crd_Allc",
    Kind.REGISTRATION_REQUEST: "F_Reg_Req",
    Kind.REGISTRATION_WITHDRAWAL: "F_RW_Req",
    Kind.VERIFICATION_REPORT: "F_Vrf_Rep",
    Kind.ISSUANCE_REQUEST: "F_Iss_Req",
    Kind.ISSUANCE_WITHDRAWAL: "F_IW_Req",
    Kind.IMPLEMENTATION_REPORT: "F_Imp_Rep",
    Kind.CHANGE_REQUEST: "F_PRC_Req",
    Kind.RENEWAL_REQUEST: "F_Ren_Req",
    Kind.PROJECT_WITHDRAWAL: "F_PW_Req",
    Kind.TPE_APPLICATION: "F_TPE",
}
