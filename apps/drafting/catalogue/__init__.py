"""The official forms that can be filled in on the site, by the kind of document that is written on them. Source: rules 4."""

from apps.documents.kinds import Kind
from apps.drafting.catalogue import designs, methodologies, projects, reports, requests, statements, sustainability
from apps.drafting.inputs import OfficialForm
from apps.workflow.catalogue import INTERESTS

OF_ALL_PARTS = (reports, requests, statements, designs, sustainability, projects, methodologies)
FORMS: dict[Kind, OfficialForm] = {one.kind: one for part in OF_ALL_PARTS for one in part.FORMS}
# Official forms that are not filled in here, by kind, or by name where they have none, and what is done instead.
ELSEWHERE = {
    Kind.METHODOLOGY_SPREADSHEET.value: "a spreadsheet with formulas: it is made in a spreadsheet program and uploaded",
    INTERESTS: "no procedure takes it as a document: whoever has a conflict of interest says so in their answer to the item",
}

__all__ = ["ELSEWHERE", "FORMS"]
