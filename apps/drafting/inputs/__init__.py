"""What the official forms ask: questions, sections of questions, and a section as it is filled in."""

from apps.drafting.inputs.filling import SectionForm, filled, progress_of, typed_of
from apps.drafting.inputs.questions import (
    Asked,
    Choice,
    Day,
    Long,
    Mail,
    Number,
    Question,
    Short,
    Table,
    Tick,
    Typed,
    Year,
)
from apps.drafting.inputs.sections import OfficialForm, Section

__all__ = [
    "Asked",
    "Choice",
    "Day",
    "Long",
    "Mail",
    "Number",
    "OfficialForm",
    "Question",
    "Section",
    "SectionForm",
    "Short",
    "Table",
    "Tick",
    "Typed",
    "Year",
    "filled",
    "progress_of",
    "typed_of",
]
