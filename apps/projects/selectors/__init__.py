"""Finding projects; what they apply; where they stand."""

from apps.projects.selectors.lists import Line, Page, projects_list, visible_to
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
from apps.projects.selectors.stages import STATES_OF, Stage, StageName, public_status, stage, stages

__all__ = [
    "STATES_OF",
    "Line",
    "Page",
    "Stage",
    "StageName",
    "approved_version",
    "first_submitted_on",
    "kept_from_the_public",
    "methodologies_of",
    "organisations_of",
    "participants_on",
    "projects_list",
    "public_status",
    "report_author",
    "scopes_of",
    "stage",
    "stages",
    "unapproved",
    "validated_documents",
    "visible_to",
    "with_sources",
]
