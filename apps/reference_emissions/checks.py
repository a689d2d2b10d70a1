"""What must be true of an assessment's step; each check is a sentence that holds when all is well."""

from __future__ import annotations

from django.utils.translation import gettext as _

from apps.completeness.checks import every_item_is_in_order, something_is_missing  # noqa: F401 # reason: named in the table
from apps.core.errors import Problem
from apps.core.templatetags.gazette import grouped
from apps.documents.kinds import Kind
from apps.projects.policies import takes_no_part, used_before
from apps.projects.procedure import State as ProjectState
from apps.projects.selectors import project_of
from apps.reference_emissions.models import ReferenceAssessment
from apps.reference_emissions.selectors import proposals_applied, running_assessments, versions_applied
from apps.workflow.fsm import Act

# From the submission of the design document to the positive opinion. Source: rules 2.8 [I].
BEFORE_THE_OPINION = frozenset(
    {ProjectState.SUBMITTED, ProjectState.INPUTS, ProjectState.INPUTS_CLOSED, ProjectState.VALIDATION, ProjectState.NOT_VALIDATED}
)


def opener_takes_part(subject: ReferenceAssessment, act: Act) -> list[Problem]:
    """REF-01: whoever asks for the assessment takes part in the project or is its focal point. Source: rules 1.3, 2.8."""
    return takes_no_part(project_of(subject, act), act, "REF-01")


def project_is_before_the_end_of_validation(subject: ReferenceAssessment, act: Act) -> list[Problem]:
    """REF-02: the design document was submitted and there is no positive opinion yet. Source: rules 2.8 [I]."""
    project = project_of(subject, act)
    if project.state in BEFORE_THE_OPINION:
        return []
    text = _("%(project)s: %(state)s; reference emissions are assessed from the submission of the PDD to the positive opinion")
    return [Problem("REF-02", text % {"project": project.reference or project.pk, "state": project.state_label}, "project")]


def no_other_assessment_runs(subject: ReferenceAssessment, act: Act) -> list[Problem]:
    """REF-03: a project's assessments are decided one after the other. Source: rules 2.8 [I]."""
    text = _("assessment %(assessment)s of this project is running; wait for its end, or withdraw it")
    return [Problem("REF-03", text % {"assessment": one}, "project") for one in running_assessments(project_of(subject, act))]


def project_applies_the_methodology(subject: ReferenceAssessment, act: Act) -> list[Problem]:
    """REF-04: the levels rest on one methodology, approved or proposed, that the project applies. Source: rules 4.6 [I]."""
    if not act.inputs:
        return []
    version, proposal = act.inputs.get("methodology"), act.inputs.get("proposed_methodology")
    if (version is None) == (proposal is None):
        return [
            Problem("REF-04", _("name one methodology, approved or proposed, and leave the other field empty"), "methodology")
        ]
    project = project_of(subject, act)
    if version in versions_applied(project) or proposal in proposals_applied(project):
        return []
    field = "methodology" if version is not None else "proposed_methodology"
    return [Problem("REF-04", _("the project does not apply this methodology; name one that it applies"), field)]


def reference_is_below_business_as_usual(subject: ReferenceAssessment, act: Act) -> list[Problem]:
    """REF-05: reference emissions are lower than those under business as usual. Source: rules 0.4-3 [C2]."""
    reference, usual = act.inputs.get("reference_tonnes"), act.inputs.get("usual_tonnes")
    if reference is None or usual is None or reference < usual:
        return []
    text = _("the reference emissions are not below business as usual; give less than %(usual)s tCO2e a year")
    return [Problem("REF-05", text % {"usual": grouped(usual)}, "reference_tonnes")]


def lower_level_is_asked_for(subject: ReferenceAssessment, act: Act) -> list[Problem]:
    """REF-06: what the committee accepts at most is less than what was requested. Source: rules 2.8 [I]."""
    most = act.inputs.get("at_most_tonnes")
    if most is None or most < subject.reference_tonnes:
        return []
    text = _("this is no lower level; ask for less than %(reference)s tCO2e a year, or confirm the level")
    return [Problem("REF-06", text % {"reference": grouped(subject.reference_tonnes)}, "at_most_tonnes")]


def level_is_as_low_as_asked(subject: ReferenceAssessment, act: Act) -> list[Problem]:
    """REF-07: once the committee has asked for a lower level, none above it is filed. Source: rules 2.8 [I]."""
    reference, most = act.inputs.get("reference_tonnes"), subject.at_most_tonnes
    if reference is None or most is None or reference <= most:
        return []
    text = _("the Joint Committee asked for a lower level; give at most %(most)s tCO2e a year")
    return [Problem("REF-07", text % {"most": grouped(most)}, "reference_tonnes")]


def form_is_new(subject: ReferenceAssessment, act: Act) -> list[Problem]:
    """REF-08: the adjusted level is filed on a form of its own. Source: rules 2.8 [I]."""
    return used_before(subject, Kind.REFERENCE_REQUEST, "REF-08")


def project_has_its_number(subject: ReferenceAssessment, act: Act) -> list[Problem]:
    """REF-09: the design document was found complete and published. Source: rules 2.5, 2.8 [I]."""
    if subject.project.reference:
        return []
    text = _("the project has no number yet; request the assessment once its PDD is published")
    return [Problem("REF-09", text, "project")]
