"""The official forms that can be filled in on the site, by the kind of document that is written on them. Source: rules 4."""

from apps.documents.kinds import Kind
from apps.drafting.catalogue import designs, reports, requests, statements
from apps.drafting.inputs import OfficialForm

FORMS: dict[Kind, OfficialForm] = {
    one.kind: one for one in (*reports.FORMS, *requests.FORMS, *statements.FORMS, *designs.FORMS)
}  # fmt: skip

__all__ = ["FORMS"]
