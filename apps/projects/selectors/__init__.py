"""Finding projects; what they apply; where they stand."""

from apps.projects.selectors.about import project_of, running_files_about
from apps.projects.selectors.declared import estimates_of, last_allocation, signatories_of, with_declared
from apps.projects.selectors.later import (
    crediting_periods,
    first_renewed_day,
    holds_until,
    is_used,
    last_day_of_years,
    later_versions,
    participant_changes,
)
from apps.projects.selectors.lists import (
    applying,
    dressed,
    in_province,
    in_scope,
    names_to_choose,
    taking_part,
    visible_to,
)
from apps.projects.selectors.monitoring import declarations_for, monitoring_bases, unbound
from apps.projects.selectors.particulars import (
    approved_version,
    first_submitted_on,
    kept_from_the_public,
    methodologies_of,
    organisations_of,
    participants_on,
    report_author,
    scopes_of,
    unapproved,
    validated_documents,
    with_sources,
)
from apps.projects.selectors.reference import reference_decisions, reference_status
from apps.projects.selectors.signatories import current_signatories, entities_by_name
from apps.projects.selectors.stages import STATES_OF, WITHDRAWN, Stage, StageName, public_status, stage, stages

__all__ = [
    "STATES_OF",
    "WITHDRAWN",
    "Stage",
    "StageName",
    "applying",
    "approved_version",
    "crediting_periods",
    "current_signatories",
    "declarations_for",
    "dressed",
    "entities_by_name",
    "estimates_of",
    "first_renewed_day",
    "first_submitted_on",
    "holds_until",
    "in_province",
    "in_scope",
    "is_used",
    "kept_from_the_public",
    "last_allocation",
    "last_day_of_years",
    "later_versions",
    "methodologies_of",
    "monitoring_bases",
    "names_to_choose",
    "organisations_of",
    "participant_changes",
    "participants_on",
    "project_of",
    "public_status",
    "reference_decisions",
    "reference_status",
    "report_author",
    "running_files_about",
    "scopes_of",
    "signatories_of",
    "stage",
    "stages",
    "taking_part",
    "unapproved",
    "unbound",
    "validated_documents",
    "visible_to",
    "with_declared",
    "with_sources",
]
