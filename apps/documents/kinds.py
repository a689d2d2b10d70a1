"""The kinds of document that the procedures ask for, with the code of the official form where there is one."""

from __future__ import annotations

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
    VALIDATION_REPORT = "VAL", _("Validation report")
    CREDIT_ALLOCATION = "ALLC", _("Credit allocation form")
    REGISTRATION_REQUEST = "REG", _("Registration request")
    REGISTRATION_WITHDRAWAL = "RW", _("Withdrawal of a registration request")
    MONITORING_REPORT = "MR", _("Monitoring report")
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


# Codes of the official forms; a kind without one is no official form.
FORM_CODES = {
    Kind.PROPOSED_METHODOLOGY: "F_PM",
    Kind.METHODOLOGY_SPREADSHEET: "F_PMS",
    Kind.REVISION_REQUEST: "F_AMR_Req",
    Kind.IDEA_NOTE: "F_PIN",
    Kind.PDD: "F_PDD",
    Kind.SD_PLAN: "F_SDIP",
    Kind.SD_REPORT: "F_SDIR",
    Kind.MOC_STATEMENT: "F_MoC",
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
